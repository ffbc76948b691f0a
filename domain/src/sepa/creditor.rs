//! Who collects.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use super::iban::compact;
use super::reference::is_of_sepa;
use super::{Bic, Iban};
use crate::text::text;
use crate::{InvalidText, Name};

text!(
    /// A SEPA creditor identifier (AT-02 of the rulebook; EPC262-08): country, two check digits
    /// (ISO 7064, 97-10, over all but the business code), a business code of three characters that
    /// the creditor chooses, and up to 28 that the country gave. Spaces and lower case are accepted
    /// and not kept.
    CreditorId,
    InvalidText,
    |text| {
        let text = compact(text);
        let sound = (8..=35).contains(&text.len())
            && text.chars().all(is_of_sepa)
            && fits_check_digits(&text);
        if !sound {
            return Err(InvalidText(
                "a creditor identifier looks like DE98ZZZ09999999999: compare it with the letter of the bank that gave it",
            ));
        }
        Ok(text)
    }
);

/// The same check digits as those of an IBAN, over letters and digits only, without the business
/// code at 4 to 7. All characters are ASCII by now.
fn fits_check_digits(text: &str) -> bool {
    let national = text[7..].chars().filter(char::is_ascii_alphanumeric);
    let checked: String = text[..4].chars().chain(national).collect();
    checked.len() > 4 && checked.parse::<::iban::BaseIban>().is_ok()
}

impl CreditorId {
    /// The three characters that tell the creditor's lines of business apart; `ZZZ` when nobody
    /// chose any. Two identifiers that differ only here are the same creditor.
    pub fn business_code(&self) -> &str {
        &self.0[4..7]
    }
}

/// A business as its bank knows it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Creditor {
    /// The name that the customer reads on the bank statement.
    pub name: Name,
    /// The account that is credited.
    pub iban: Iban,
    /// Its bank; none where the bank finds itself by the IBAN.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub bic: Option<Bic>,
    /// The identifier that mandates are given to.
    pub id: CreditorId,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_creditor_identifier_has_check_digits_that_leave_out_the_business_code() {
        for (text, id, business_code) in [
            ("DE98ZZZ09999999999", "DE98ZZZ09999999999", "ZZZ"),
            ("de98 zzz 0999 9999 999", "DE98ZZZ09999999999", "ZZZ"),
            ("DE98ABC09999999999", "DE98ABC09999999999", "ABC"),
            ("AT61ZZZ01234567890", "AT61ZZZ01234567890", "ZZZ"),
            ("FR72ZZZ123456", "FR72ZZZ123456", "ZZZ"),
            ("NL79ZZZ999999990000", "NL79ZZZ999999990000", "ZZZ"),
            ("BE69ZZZ050D000000008", "BE69ZZZ050D000000008", "ZZZ"),
            ("IT66ZZZA1B2C3D4E5F6G7H8", "IT66ZZZA1B2C3D4E5F6G7H8", "ZZZ"),
            ("ES50ZZZM23456789", "ES50ZZZM23456789", "ZZZ"),
            ("IE84ZZZ123456", "IE84ZZZ123456", "ZZZ"),
            // Punctuation of a national part counts for nothing in the check digits.
            ("DE98ZZZ0999-999/9999", "DE98ZZZ0999-999/9999", "ZZZ"),
        ] {
            let creditor: CreditorId = text.parse().unwrap_or_else(|e| panic!("{text}: {e}"));
            assert_eq!(
                (creditor.as_str(), creditor.business_code()),
                (id, business_code)
            );
        }
    }

    #[test]
    fn what_is_no_creditor_identifier_is_refused() {
        for bad in [
            "",
            "DE98ZZZ",
            "DE98ZZZ-",
            "DE97ZZZ09999999999",
            "DE98ZZZ09999999998",
            "DE89ZZZ09999999999",
            "9898ZZZ09999999999",
            "DEX8ZZZ09999999999",
            "DE98Z_Z09999999999",
            "DE98ZZZ0999999999é",
            "DE98ZZZ099999999990000000000000000000000",
        ] {
            assert!(bad.parse::<CreditorId>().is_err(), "{bad}");
        }
    }
}
