//! Where money is.

use std::fmt;
use std::str::FromStr;

use ::iban::{IbanLike, ParseBaseIbanError, ParseIbanError};
use serde::{Deserialize, Serialize};

use crate::InvalidText;

/// The countries whose accounts SEPA reaches, by the code their IBANs begin with (European Payments
/// Council, EPC409-09). Accounts of Guernsey, Jersey and the Isle of Man begin with GB, those of the
/// French overseas territories with FR, those of Åland with FI.
const SEPA: [&str; 42] = [
    "AD", "AL", "AT", "BE", "BG", "CH", "CY", "CZ", "DE", "DK", "EE", "ES", "FI", "FR", "GB", "GI",
    "GR", "HR", "HU", "IE", "IS", "IT", "LI", "LT", "LU", "LV", "MC", "MD", "ME", "MK", "MT", "NL",
    "NO", "PL", "PT", "RO", "RS", "SE", "SI", "SK", "SM", "VA",
];

/// An account that SEPA reaches, by its IBAN (ISO 13616): the country's own length and structure,
/// and check digits that fit. Spaces and lower case are accepted and not kept.
///
/// It shows itself only as country and last four characters, in logs and to people; what has to pay
/// asks for [`Iban::electronic`].
#[derive(Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub struct Iban(String);

impl Iban {
    /// The whole of it, without spaces.
    pub fn electronic(&self) -> &str {
        &self.0
    }

    /// The two letters of its country.
    pub fn country(&self) -> &str {
        &self.0[..2]
    }
}

impl fmt::Display for Iban {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}…{}", self.country(), &self.0[self.0.len() - 4..])
    }
}

impl fmt::Debug for Iban {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Iban({self})")
    }
}

impl FromStr for Iban {
    type Err = InvalidText;

    /// # Errors
    /// In this order: not of the form of an IBAN, check digits that do not fit, a country outside
    /// SEPA, not of the country's structure. The messages never repeat the text.
    fn from_str(text: &str) -> Result<Self, InvalidText> {
        let malformed = InvalidText(
            "an IBAN looks like DE89 3704 0044 0532 0130 00, with its country's own length: check each character",
        );
        let outside = InvalidText(
            "the IBAN's country is not in SEPA, so no direct debit reaches it: give another account",
        );
        let iban = compact(text).parse::<::iban::Iban>();
        match iban {
            Ok(iban) if SEPA.contains(&iban.country_code()) => {
                Ok(Self(iban.electronic_str().to_owned()))
            }
            Ok(_) | Err(ParseIbanError::UnknownCountry(_)) => Err(outside),
            Err(ParseIbanError::InvalidBban(base)) if !SEPA.contains(&base.country_code()) => {
                Err(outside)
            }
            Err(ParseIbanError::InvalidBaseIban {
                source: ParseBaseIbanError::InvalidChecksum,
            }) => Err(InvalidText(
                "the IBAN's check digits do not fit the rest of it: compare it with the original",
            )),
            Err(
                ParseIbanError::InvalidBban(_)
                | ParseIbanError::InvalidBaseIban {
                    source: ParseBaseIbanError::InvalidFormat,
                },
            ) => Err(malformed),
        }
    }
}

impl From<Iban> for String {
    fn from(iban: Iban) -> String {
        iban.0
    }
}

impl TryFrom<String> for Iban {
    type Error = InvalidText;

    fn try_from(text: String) -> Result<Self, InvalidText> {
        text.parse()
    }
}

/// Without the spaces that people group characters by, and in upper case.
pub(super) fn compact(text: &str) -> String {
    let characters = text.chars().filter(|c| !c.is_whitespace());
    characters.map(|c| c.to_ascii_uppercase()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const FORM: &str = "an IBAN looks like";
    const CHECK: &str = "the IBAN's check digits";
    const OUTSIDE: &str = "the IBAN's country is not in SEPA";

    /// The examples of the IBAN registry.
    const EXAMPLES: [&str; 42] = [
        "AD1200012030200359100100",
        "AL47212110090000000235698741",
        "AT611904300234573201",
        "BE68539007547034",
        "BG80BNBG96611020345678",
        "CH9300762011623852957",
        "CY17002001280000001200527600",
        "CZ6508000000192000145399",
        "DE89370400440532013000",
        "DK5000400440116243",
        "EE382200221020145685",
        "ES9121000418450200051332",
        "FI2112345600000785",
        "FR1420041010050500013M02606",
        "GB29NWBK60161331926819",
        "GI75NWBK000000007099453",
        "GR1601101250000000012300695",
        "HR1210010051863000160",
        "HU42117730161111101800000000",
        "IE29AIBK93115212345678",
        "IS140159260076545510730339",
        "IT60X0542811101000000123456",
        "LI21088100002324013AA",
        "LT121000011101001000",
        "LU280019400644750000",
        "LV80BANK0000435195001",
        "MC5811222000010123456789030",
        "MD24AG000225100013104168",
        "ME25505000012345678951",
        "MK07250120000058984",
        "MT84MALT011000012345MTLCAST001S",
        "NL91ABNA0417164300",
        "NO9386011117947",
        "PL61109010140000071219812874",
        "PT50000201231234567890154",
        "RO49AAAA1B31007593840000",
        "RS35260005601001611379",
        "SE4550000000058398257466",
        "SI56263300012039086",
        "SK3112000000198742637541",
        "SM86U0322509800000000270100",
        "VA59001123000012345678",
    ];

    #[test]
    fn the_registrys_example_of_every_sepa_country_is_an_iban() {
        let countries = EXAMPLES.map(|example| &example[..2]);
        assert_eq!(countries, SEPA);
        for example in EXAMPLES {
            let iban: Iban = example.parse().unwrap();
            assert_eq!(iban.electronic(), example);
            assert_eq!(iban.country(), &example[..2]);
        }
    }

    #[test]
    fn an_iban_is_read_as_people_write_it() {
        for text in [
            "DE89 3704 0044 0532 0130 00",
            " de89370400440532013000 ",
            "DE89\u{a0}3704\u{a0}0044\u{a0}0532\u{a0}0130\u{a0}00",
            "D E89 37040044 0532013000",
        ] {
            let iban: Iban = text.parse().unwrap();
            assert_eq!(iban.electronic(), "DE89370400440532013000", "{text}");
        }
    }

    #[test]
    fn what_is_no_iban_of_sepa_says_what_is_wrong() {
        for (text, says) in [
            ("", FORM),
            ("DE", FORM),
            ("DE8", FORM),
            ("8937040044053201300 0DE", FORM),
            ("DE89-3704-0044-0532-0130-00", FORM),
            ("DE8937040044053201300é", FORM),
            ("DE893704004405320130001234567890123456", FORM),
            // One digit changed, two exchanged, and check digits that no computation gives.
            ("DE89370400440532013001", CHECK),
            ("DE98370400440532013000", CHECK),
            ("GB29NWBK60161331926891", CHECK),
            ("DE00370400440532013000", CHECK),
            // The check digits fit, but not the country's length or structure.
            ("DE85A70400440532013000", FORM),
            ("DE50539007547034", FORM),
            ("BE4100012030200359001", FORM),
            // Real accounts beyond SEPA, and a country that has no IBANs.
            ("TR330006100519786457841326", OUTSIDE),
            ("UA213223130000026007233566001", OUTSIDE),
            ("SA0380000000608010167519", OUTSIDE),
            ("BR1800360305000010009795493C1", OUTSIDE),
            ("XK051212012345678906", OUTSIDE),
            ("US64SVBKUS6S3300958879", OUTSIDE),
        ] {
            let error = text.parse::<Iban>().unwrap_err().to_string();
            assert!(error.starts_with(says), "{text}: {error}");
        }
    }

    #[test]
    fn an_iban_shows_itself_only_in_part_and_is_stored_whole() {
        let iban: Iban = "DE89370400440532013000".parse().unwrap();
        assert_eq!(iban.to_string(), "DE…3000");
        assert_eq!(format!("{iban:?}"), "Iban(DE…3000)");
        let stored = serde_json::to_string(&iban).unwrap();
        assert_eq!(stored, r#""DE89370400440532013000""#);
        assert_eq!(serde_json::from_str::<Iban>(&stored).unwrap(), iban);
        let refused = serde_json::from_str::<Iban>(r#""DE89370400440532013001""#).unwrap_err();
        assert!(!refused.to_string().contains("0532013001"), "{refused}");
    }

    proptest! {
        #[test]
        fn what_is_read_as_an_iban_is_read_again_unchanged(text in ".{0,40}") {
            if let Ok(iban) = text.parse::<Iban>() { prop_assert_eq!(iban.electronic().parse::<Iban>(), Ok(iban.clone())); }
        }

        #[test]
        fn no_changed_digit_passes(which in 0..EXAMPLES.len(), at in 2_usize..12, by in 1_u8..10) {
            let mut text = EXAMPLES[which].as_bytes().to_vec();
            prop_assume!(text[at].is_ascii_digit());
            text[at] = b'0' + (text[at] - b'0' + by) % 10;
            let text = String::from_utf8(text).unwrap();
            prop_assert!(text.parse::<Iban>().is_err(), "{}", text);
        }
    }
}
