//! The references by which banks tell messages, debits and mandates apart.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::MalformedId;
use crate::text::text;

/// Whether banks pass this character on unchanged (EPC217-08: the basic set), in a reference; texts
/// have spaces too.
pub(super) fn is_of_sepa(c: char) -> bool {
    c.is_ascii_alphanumeric() || "/-?:().,'+".contains(c)
}

/// A reference as it is spelled, of at most `most` characters. Slashes that begin, end or are
/// doubled are what banks refuse in references.
fn reference(text: &str, most: usize, expected: &'static str) -> Result<String, MalformedId> {
    let slashes = text.starts_with('/') || text.ends_with('/') || text.contains("//");
    if (1..=most).contains(&text.len()) && text.chars().all(is_of_sepa) && !slashes {
        Ok(text.to_owned())
    } else {
        Err(MalformedId { expected })
    }
}

text!(
    /// What a mandate is called (AT-01 of the rulebook), unique among those given to a creditor
    /// whatever its case. It stands on the paper that the customer signed.
    MandateReference, MalformedId,
    |text| reference(text, 35, "1 to 35 letters, digits or any of / - ? : ( ) . , ' +, no slash first, last or doubled")
);
text!(
    /// What a debit is called all the way to the customer's bank and, if it is returned, back
    /// (AT-10). Our ids have an underscore, which banks do not pass on: leave it out or replace it.
    EndToEndId, MalformedId,
    |text| reference(text, 35, "1 to 35 letters, digits or any of / - ? : ( ) . , ' +, no slash first, last or doubled")
);
text!(
    /// What a file is called, never used again by this business with this bank. Five of the 35
    /// characters a bank takes are left for the blocks of the file.
    MessageId, MalformedId,
    |text| reference(text, 30, "1 to 30 letters, digits or any of / - ? : ( ) . , ' +, no slash first, last or doubled")
);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reference_is_made_of_what_banks_pass_on() {
        for (text, sound) in [
            ("M-2026/0001", true),
            ("a", true),
            ("A?b:(c).d,e'f+g-1", true),
            ("12345678901234567890123456789012345", true),
            ("123456789012345678901234567890123456", false),
            ("", false),
            ("M 1", false),
            ("pkg_1", false),
            ("M&1", false),
            ("ş", false),
            ("/M1", false),
            ("M1/", false),
            ("M//1", false),
            ("M1\n", false),
        ] {
            assert_eq!(text.parse::<MandateReference>().is_ok(), sound, "{text:?}");
            assert_eq!(text.parse::<EndToEndId>().is_ok(), sound, "{text:?}");
            let short = sound && text.len() <= 30;
            assert_eq!(text.parse::<MessageId>().is_ok(), short, "{text:?}");
        }
        assert!(
            "123456789012345678901234567890"
                .parse::<MessageId>()
                .is_ok()
        );
        assert!(
            "1234567890123456789012345678901"
                .parse::<MessageId>()
                .is_err()
        );
    }
}
