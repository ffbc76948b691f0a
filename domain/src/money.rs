//! Money: whole minor units of one ISO 4217 currency. Two currencies are never added.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::Object;

/// An ISO 4217 currency that has minor units (so no metals, funds or test codes).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub struct Currency(iso_currency::Currency);

impl Currency {
    /// The three-letter code.
    pub fn code(self) -> &'static str {
        self.0.code()
    }
}

impl PartialOrd for Currency {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Currency {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.code().cmp(other.code())
    }
}

impl fmt::Display for Currency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

impl From<Currency> for String {
    fn from(currency: Currency) -> String {
        currency.code().to_owned()
    }
}

impl TryFrom<String> for Currency {
    type Error = MoneyError;

    fn try_from(code: String) -> Result<Self, MoneyError> {
        iso_currency::Currency::from_code(&code)
            .filter(|currency| currency.exponent().is_some())
            .map(Self)
            .ok_or(MoneyError::UnknownCurrency)
    }
}

/// Why something is not an amount of money.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum MoneyError {
    /// The code is not in ISO 4217.
    #[error("currency must be a three-letter ISO 4217 code such as TRY or RON")]
    UnknownCurrency,
    /// Below zero or above [`Money::MAX_MINOR`].
    #[error("amount_minor must be between 0 and {}", Money::MAX_MINOR)]
    OutOfRange,
}

/// An amount that is owed, paid or priced: never negative.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "Object<Unchecked>")]
pub struct Money {
    currency: Currency,
    amount_minor: u64,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Unchecked {
    currency: Currency,
    amount_minor: i64,
}

impl TryFrom<Object<Unchecked>> for Money {
    type Error = MoneyError;

    fn try_from(Object(raw): Object<Unchecked>) -> Result<Self, MoneyError> {
        let amount_minor = u64::try_from(raw.amount_minor).map_err(|_| MoneyError::OutOfRange)?;
        Self::new(amount_minor, raw.currency)
    }
}

impl Money {
    /// Large enough for any price, small enough that a million of them still sum in 64 bits.
    pub const MAX_MINOR: u64 = 999_999_999_999;

    /// `amount_minor` minor units (kuruş, bani, cents) of `currency`.
    ///
    /// # Errors
    /// [`MoneyError::OutOfRange`] above [`Money::MAX_MINOR`].
    pub fn new(amount_minor: u64, currency: Currency) -> Result<Self, MoneyError> {
        if amount_minor > Self::MAX_MINOR {
            return Err(MoneyError::OutOfRange);
        }
        Ok(Self {
            currency,
            amount_minor,
        })
    }

    /// Whole minor units.
    pub fn amount_minor(self) -> u64 {
        self.amount_minor
    }

    /// The currency.
    pub fn currency(self) -> Currency {
        self.currency
    }

    /// The sums of minor units, one per currency, in order of code; no line for nothing. A sum may be above
    /// [`Money::MAX_MINOR`]: it is shown, never spent. Eighteen million of the largest amounts fit.
    pub fn totals(amounts: impl IntoIterator<Item = (Currency, u64)>) -> Vec<Money> {
        let mut totals = std::collections::BTreeMap::<Currency, u64>::new();
        for (currency, amount_minor) in amounts {
            let sum = totals.entry(currency).or_default();
            *sum = sum.saturating_add(amount_minor);
        }
        let totals = totals
            .into_iter()
            .filter(|(_, amount_minor)| *amount_minor > 0);
        totals
            .map(|(currency, amount_minor)| Money {
                currency,
                amount_minor,
            })
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(json: &str) -> Result<Money, String> {
        serde_json::from_str(json).map_err(|e| e.to_string())
    }

    #[test]
    fn only_whole_non_negative_amounts_of_a_known_currency_are_money() {
        assert!(read(r#"{"amount_minor":1,"currency":"TRY"}"#).is_ok());
        for (json, says) in [
            (r#"{"amount_minor":-1,"currency":"TRY"}"#, "between 0"),
            (
                r#"{"amount_minor":1000000000000,"currency":"TRY"}"#,
                "between 0",
            ),
            (r#"{"amount_minor":1.5,"currency":"TRY"}"#, "floating point"),
            (
                r#"{"amount_minor":99999999999999999999,"currency":"TRY"}"#,
                "invalid",
            ),
            (r#"{"amount_minor":1,"currency":"try"}"#, "ISO 4217"),
            (r#"{"amount_minor":1,"currency":"XAU"}"#, "ISO 4217"),
            (r#"["TRY",1]"#, "an object with named fields"),
            (
                r#"{"amount_minor":1,"currency":"TRY","x":1}"#,
                "unknown field",
            ),
        ] {
            let error = read(json).unwrap_err();
            assert!(error.contains(says), "{json}: {error}");
        }
    }

    #[test]
    fn totals_keep_currencies_apart_and_leave_out_nothing_but_zero() {
        let money = |amount, code: &str| {
            Money::new(amount, Currency::try_from(code.to_owned()).unwrap()).unwrap()
        };
        let part = |amount, code: &str| (money(0, code).currency(), amount);
        assert_eq!(
            Money::totals([
                part(5, "TRY"),
                part(7, "RON"),
                part(2, "TRY"),
                part(0, "EUR")
            ]),
            vec![money(7, "RON"), money(7, "TRY")]
        );
        let large = Money::totals([part(Money::MAX_MINOR, "TRY"), part(1, "TRY")]);
        assert_eq!(large[0].amount_minor(), Money::MAX_MINOR + 1);
    }
}
