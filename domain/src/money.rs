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

    /// How many decimals an amount has when it is written in whole units: 2 for lira, 0 for yen.
    pub fn decimals(self) -> u16 {
        self.0.exponent().unwrap_or_default()
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

    /// A sum that may be above [`Money::MAX_MINOR`]: it is shown, never spent.
    pub fn total(currency: Currency, amount_minor: u64) -> Self {
        Self {
            currency,
            amount_minor,
        }
    }

    /// Whole minor units.
    pub fn amount_minor(self) -> u64 {
        self.amount_minor
    }

    /// The currency.
    pub fn currency(self) -> Currency {
        self.currency
    }

    /// `percent` hundredths of it, rounded up to the minor unit.
    #[must_use]
    pub fn percent_rounded_up(self, percent: u8) -> Money {
        let part = (self.amount_minor * u64::from(percent.min(100))).div_ceil(100);
        Money {
            currency: self.currency,
            amount_minor: part,
        }
    }

    /// How much less it is than `other`; none where it is not, or is in another currency.
    pub fn less_than(self, other: Money) -> Option<Money> {
        let less = other.amount_minor.checked_sub(self.amount_minor);
        let less = less.filter(|less| self.currency == other.currency && *less > 0);
        less.map(|amount_minor| Money {
            currency: self.currency,
            amount_minor,
        })
    }

    /// Shares in proportion to `weights`, equal ones where all are 0, that add up to the whole: by the
    /// method of the largest remainder (Hamilton), the earlier of two equal remainders first.
    pub fn split(self, weights: &[u64]) -> Vec<u64> {
        let equal = vec![1; weights.len()];
        let sum: u128 = weights.iter().map(|weight| u128::from(*weight)).sum();
        let (weights, sum) = match sum {
            0 => (equal.as_slice(), weights.len() as u128),
            sum => (weights, sum),
        };
        let whole = u128::from(self.amount_minor);
        let quotas = weights.iter().map(|weight| whole * u128::from(*weight));
        let (mut shares, remainders): (Vec<u64>, Vec<u128>) = quotas
            .map(|quota| (u64::try_from(quota / sum).unwrap_or(u64::MAX), quota % sum))
            .unzip();
        let given: u64 = shares.iter().sum();
        let mut order: Vec<usize> = (0..shares.len()).collect();
        order.sort_by_key(|index| std::cmp::Reverse(remainders.get(*index).copied()));
        let left = usize::try_from(self.amount_minor - given).unwrap_or(usize::MAX);
        for index in order.into_iter().take(left) {
            if let Some(share) = shares.get_mut(index) {
                *share += 1;
            }
        }
        shares
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
    fn a_currency_has_the_decimals_that_its_amounts_are_written_with_and_its_place_by_its_code() {
        let currency = |code: &str| Currency::try_from(code.to_owned()).unwrap();
        let decimals = ["JPY", "TRY", "KWD"].map(|code| currency(code).decimals());
        assert_eq!(decimals, [0, 2, 3]);
        assert_eq!(currency("TRY").to_string(), "TRY");
        assert!(currency("EUR") < currency("TRY"));
        assert!(currency("TRY") < currency("USD"));
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

    #[test]
    fn a_split_gives_the_odd_cents_to_the_largest_remainders() {
        let split = |amount, weights: &[u64]| {
            let currency = Currency::try_from("TRY".to_owned()).unwrap();
            Money::new(amount, currency).unwrap().split(weights)
        };
        assert_eq!(split(100, &[1, 1, 1]), [34, 33, 33]);
        assert_eq!(split(100, &[5, 3, 1]), [56, 33, 11]);
        assert_eq!(split(7, &[0, 0]), [4, 3]);
        assert_eq!(split(10, &[0, 3]), [0, 10]);
        assert_eq!(split(0, &[2, 3]), [0, 0]);
        assert_eq!(split(5, &[]), Vec::<u64>::new());
    }

    proptest::proptest! {
        #[test]
        fn every_split_sums_to_the_whole_and_strays_by_less_than_one(
            amount in 0..=Money::MAX_MINOR,
            code in proptest::sample::select(vec!["JPY", "EUR", "KWD"]),
            weights in proptest::collection::vec(0..=u64::from(u32::MAX), 1..20),
        ) {
            let currency = Currency::try_from(code.to_owned()).unwrap();
            let shares = Money::new(amount, currency).unwrap().split(&weights);
            proptest::prop_assert_eq!(shares.iter().sum::<u64>(), amount);
            let sum: u128 = weights.iter().map(|w| u128::from(*w)).sum();
            for (share, weight) in shares.iter().zip(&weights).filter(|_| sum > 0) {
                let quota = u128::from(amount) * u128::from(*weight);
                let scaled = u128::from(*share) * sum;
                proptest::prop_assert!(scaled.abs_diff(quota) < sum);
            }
        }
    }
}
