//! Texts that people type: names, e-mail addresses, phone numbers, colours.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// A text that breaks its type's rule, which the message states.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct InvalidText(pub(crate) &'static str);

/// A newtype over a text that is parsed once, and spelled in one way.
macro_rules! text {
    ($(#[$doc:meta])* $name:ident, $error:ty, $parse:expr) => {
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(into = "String", try_from = "String")]
        pub struct $name(String);

        impl $name {
            /// The text.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl FromStr for $name {
            type Err = $error;

            fn from_str(text: &str) -> Result<Self, $error> {
                let parse: fn(&str) -> Result<String, $error> = $parse;
                parse(text).map(Self)
            }
        }

        impl From<$name> for String {
            fn from(text: $name) -> String {
                text.0
            }
        }

        impl TryFrom<String> for $name {
            type Error = $error;

            fn try_from(text: String) -> Result<Self, $error> {
                text.parse()
            }
        }
    };
}
pub(crate) use text;

text!(
    /// What something or someone is called: one line, trimmed, at most 120 characters.
    Name,
    InvalidText,
    |text| {
        let text = text.trim();
        let fits = (1..=120).contains(&text.chars().count());
        // The last two are Unicode's own ends of a line and of a paragraph.
        let breaks = |c: char| c.is_control() || "\u{2028}\u{2029}".contains(c);
        if !fits || text.chars().any(breaks) {
            return Err(InvalidText("a name is 1 to 120 characters on one line"));
        }
        Ok(text.to_owned())
    }
);

text!(
    /// What is written down about something: several lines, trimmed, at most 2000 characters.
    Note,
    InvalidText,
    |text| {
        let text = text.trim();
        let fits = (1..=2000).contains(&text.chars().count());
        if !fits || text.chars().any(|c| c.is_control() && !"\n\r\t".contains(c)) {
            return Err(InvalidText("a note is 1 to 2000 characters without control characters"));
        }
        Ok(text.to_owned())
    }
);

text!(
    /// A word that the business chooses and everything counts by: a reason, a role, a tag.
    Slug,
    InvalidText,
    |text| {
        let fits = (1..=40).contains(&text.len());
        let allowed = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
        if !fits || !text.chars().all(allowed) || text.starts_with('-') || text.ends_with('-') {
            return Err(InvalidText(
                "this is 1 to 40 lower-case letters, digits and hyphens, such as too-expensive",
            ));
        }
        Ok(text.to_owned())
    }
);

text!(
    /// An e-mail address, trimmed and in lower case so that one mailbox is one address.
    Email,
    InvalidText,
    |text| {
        let text = text.trim().to_lowercase();
        let options = email_address::Options::default()
            .without_display_text()
            .without_domain_literal()
            .with_required_tld();
        email_address::EmailAddress::parse_with_options(&text, options)
            .map_err(|_| InvalidText("an e-mail address looks like ana@example.com"))?;
        Ok(text)
    }
);

text!(
    /// A phone number as people write it: 5 to 32 of digits, spaces and `+ ( ) - . /`.
    Phone,
    InvalidText,
    |text| {
        let text = text.trim();
        let fits = (5..=32).contains(&text.len());
        if !fits || !text.chars().all(|c| c.is_ascii_digit() || " +()-./".contains(c)) {
            return Err(InvalidText("a phone number is 5 to 32 digits, spaces or + ( ) - . /"));
        }
        Ok(text.to_owned())
    }
);

text!(
    /// A colour for the calendar: one of a small palette, or `#rrggbb`.
    Colour,
    InvalidText,
    |text| {
        const PALETTE: [&str; 10] = [
            "yellow", "purple", "green", "red", "orange", "blue", "teal", "pink", "brown", "grey",
        ];
        let text = text.trim().to_lowercase();
        let hex = text.strip_prefix('#').is_some_and(|digits| {
            digits.len() == 6 && digits.chars().all(|c| c.is_ascii_hexdigit())
        });
        if !hex && !PALETTE.contains(&text.as_str()) {
            return Err(InvalidText(
                "a colour is #rrggbb or one of yellow, purple, green, red, orange, blue, teal, pink, brown, grey",
            ));
        }
        Ok(text)
    }
);

impl Name {
    /// A name of our own.
    pub(crate) fn fixed(name: &'static str) -> Self {
        Self(name.to_owned())
    }
}

impl Colour {
    /// A colour of the palette, for defaults.
    pub(crate) fn of_palette(name: &'static str) -> Self {
        Self(name.to_owned())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn an_email_is_one_mailbox_whatever_its_case() {
        assert_eq!(
            " Ana@Example.COM ".parse::<Email>().unwrap().as_str(),
            "ana@example.com"
        );
        for bad in [
            "",
            "ana",
            "ana@",
            "ana@localhost",
            "Ana <ana@example.com>",
            "a@[1.2.3.4]",
        ] {
            assert!(bad.parse::<Email>().is_err(), "{bad}");
        }
    }

    #[test]
    fn a_name_is_one_line_of_at_most_120_characters() {
        assert_eq!("  Gül  ".parse::<Name>().unwrap().as_str(), "Gül");
        assert!("ş".repeat(120).parse::<Name>().is_ok());
        for bad in [
            "".to_owned(),
            "   ".to_owned(),
            "a\nb".to_owned(),
            "x".repeat(121),
        ] {
            assert!(bad.parse::<Name>().is_err(), "{bad:?}");
        }
    }

    #[test]
    fn a_colour_is_of_the_palette_or_hexadecimal() {
        assert!("Green".parse::<Colour>().is_ok());
        assert!("#00FF7f".parse::<Colour>().is_ok());
        assert!("#00ff7".parse::<Colour>().is_err());
        assert!("sparkly".parse::<Colour>().is_err());
    }

    proptest! {
        #[test]
        fn what_a_parser_accepts_it_accepts_again_unchanged(text in ".{0,140}") {
            if let Ok(name) = text.parse::<Name>() { prop_assert_eq!(name.as_str().parse::<Name>(), Ok(name.clone())); }
            if let Ok(mail) = text.parse::<Email>() { prop_assert_eq!(mail.as_str().parse::<Email>(), Ok(mail.clone())); }
            if let Ok(phone) = text.parse::<Phone>() { prop_assert_eq!(phone.as_str().parse::<Phone>(), Ok(phone.clone())); }
        }
    }
}
