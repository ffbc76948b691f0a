//! Which bank an account is with.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use super::iban::compact;
use crate::InvalidText;
use crate::text::text;

text!(
    /// A bank, by its BIC (ISO 9362): four letters or digits, its country, two more, and perhaps
    /// three for a branch. Spaces and lower case are accepted and not kept.
    Bic,
    InvalidText,
    |text| {
        let text = compact(text);
        let sound = text.chars().all(|c| c.is_ascii_uppercase() || c.is_ascii_digit())
            && [8, 11].contains(&text.len())
            && text[4..6].chars().all(|c| c.is_ascii_uppercase());
        if !sound {
            return Err(InvalidText(
                "a BIC is 8 or 11 letters and digits such as COBADEFFXXX, the fifth and sixth its country",
            ));
        }
        Ok(text)
    }
);

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_bic_has_the_form_of_iso_9362() {
        for (text, bic) in [
            ("COBADEFF", "COBADEFF"),
            ("cobadeffxxx", "COBADEFFXXX"),
            ("DEUT DE FF 500", "DEUTDEFF500"),
            ("BTRLRO22CJA", "BTRLRO22CJA"),
            ("1234DE5A", "1234DE5A"),
        ] {
            assert_eq!(text.parse::<Bic>().unwrap().as_str(), bic);
        }
        for bad in [
            "",
            "COBADEF",
            "COBADEFFX",
            "COBADEFFXX",
            "COBADEFFXXXX",
            "COBA12FF",
            "COBAD1FF",
            "COBADE-F",
            "ÇOBADEFF",
            "COBADéF",
        ] {
            assert!(bad.parse::<Bic>().is_err(), "{bad}");
        }
    }

    proptest! {
        #[test]
        fn what_is_read_as_a_bic_is_read_again_unchanged(text in "[A-Za-z0-9 ]{0,14}|.{0,14}") {
            if let Ok(bic) = text.parse::<Bic>() { prop_assert_eq!(bic.as_str().parse::<Bic>(), Ok(bic.clone())); }
        }
    }
}
