//! Identifiers. Ours are prefixed ULIDs; the caller's are short and safe inside a key.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use ulid::Ulid;

use crate::Instant;
use crate::text::text;

/// A text that is not an identifier of the expected form.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("not {expected}")]
pub struct MalformedId {
    /// The form that was expected, in words.
    pub expected: &'static str,
}

macro_rules! ulid_id {
    ($(#[$doc:meta])* $name:ident, $prefix:literal) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(into = "String", try_from = "String")]
        pub struct $name(Ulid);

        impl $name {
            /// What every id of this type begins with.
            pub const PREFIX: &'static str = $prefix;

            /// An id made at `at`, told apart by 80 random bits.
            pub fn new(at: Instant, random: u128) -> Self {
                Self(Ulid::from_parts(u64::try_from(at.timestamp_millis()).unwrap_or(0), random))
            }

            /// An id that the same 16 bytes always give again: bytes derived from a caller's key.
            pub fn from_bytes(bytes: [u8; 16]) -> Self {
                Self(Ulid::from_bytes(bytes))
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                let mut buffer = [0; ulid::ULID_LEN];
                write!(f, "{}{}", $prefix, self.0.array_to_str(&mut buffer))
            }
        }

        impl FromStr for $name {
            type Err = MalformedId;

            /// Only the canonical spelling, so that one id is one key.
            fn from_str(text: &str) -> Result<Self, MalformedId> {
                let malformed = MalformedId {
                    expected: concat!("an id of the form ", $prefix, " and 26 characters"),
                };
                let ulid = text.strip_prefix($prefix).and_then(|rest| Ulid::from_string(rest).ok());
                match ulid.map(Self) {
                    Some(id) if id.to_string() == text => Ok(id),
                    Some(_) | None => Err(malformed),
                }
            }
        }

        impl From<$name> for String {
            fn from(id: $name) -> String {
                id.to_string()
            }
        }

        impl TryFrom<String> for $name {
            type Error = MalformedId;

            fn try_from(text: String) -> Result<Self, MalformedId> {
                text.parse()
            }
        }
    };
}

ulid_id!(
    /// A customer of one business.
    CustomerId, "cus_"
);
ulid_id!(
    /// A sold package.
    PackageId, "pkg_"
);
ulid_id!(
    /// A package template.
    TemplateId, "tpl_"
);
ulid_id!(
    /// A bookable service.
    ServiceId, "svc_"
);
ulid_id!(
    /// A journal entry; its time part is the entry's own time, so ids sort by time.
    EntryId, "ent_"
);

ulid_id!(
    /// An offer to pay back what is left of a package.
    RefundQuoteId, "rfq_"
);

ulid_id!(
    /// A stage scheme of the pipeline.
    SchemeId, "sch_"
);
ulid_id!(
    /// A situation that may end in a sale.
    OpportunityId, "opp_"
);
ulid_id!(
    /// A revision of a quote.
    QuoteId, "qte_"
);
ulid_id!(
    /// Something done, or to be done, about an opportunity.
    ActivityId, "act_"
);
ulid_id!(
    /// A company.
    CompanyId, "com_"
);
ulid_id!(
    /// What a representative is to sell in a period.
    QuotaId, "qta_"
);

impl RefundQuoteId {
    /// The id of what is quoted under this digest of a caller's key; none if it is no digest.
    pub fn of(digest: &Fingerprint) -> Option<Self> {
        let number = u128::from_str_radix(digest.as_str(), 16).ok()?;
        Some(Self::from_bytes(number.to_be_bytes()))
    }

    /// The digest that it was made of: where the quote is found.
    ///
    /// # Errors
    /// None in practice: 32 hexadecimal digits are a digest.
    pub fn digest(self) -> Result<Fingerprint, MalformedId> {
        format!("{:032x}", self.0.0).parse()
    }
}

/// At most `most` characters, all of them `allowed`, the first one also `first`.
fn fits(
    text: &str,
    most: usize,
    expected: &'static str,
    first: fn(char) -> bool,
    allowed: fn(char) -> bool,
) -> Result<String, MalformedId> {
    if text.len() <= most && text.starts_with(first) && text.chars().all(allowed) {
        Ok(text.to_owned())
    } else {
        Err(MalformedId { expected })
    }
}

/// The path of a booking is taken by the path of a series where it is called that.
fn booking_id(text: &str) -> Result<String, MalformedId> {
    let expected = "1 to 64 letters, digits or any of - _ . : ~, the first a letter or digit, and not the word series";
    if text == "series" {
        return Err(MalformedId { expected });
    }
    let allowed = |c: char| c.is_ascii_alphanumeric() || "-_.:~".contains(c);
    fits(text, 64, expected, |c| c.is_ascii_alphanumeric(), allowed)
}

text!(
    /// The tenant, as the verified claim names it.
    BusinessId, MalformedId,
    |text| fits(text, 64, "1 to 64 letters, digits, - or _", |_| true, |c| c.is_ascii_alphanumeric() || "-_".contains(c))
);
text!(
    /// An appointment's id in the caller's system; unique within a business.
    BookingId, MalformedId,
    |text| booking_id(text)
);
text!(
    /// What a caller sends so that a repeated request commits once.
    IdempotencyKey, MalformedId,
    |text| fits(text, 255, "1 to 255 printable ASCII characters", |_| true, |c| c.is_ascii_graphic() || c == ' ')
);
text!(
    /// Who acted: the token's `sub`; a customer's own record where a customer acted.
    ActorId, MalformedId,
    |text| fits(text, 128, "1 to 128 printable ASCII characters", |_| true, |c| c.is_ascii_graphic())
);

impl ActorId {
    /// What acts where nobody does: a fact that the table's stream told.
    pub fn carnet() -> Self {
        Self("carnet".to_owned())
    }
}

impl From<CustomerId> for ActorId {
    fn from(customer: CustomerId) -> Self {
        Self(customer.to_string())
    }
}

text!(
    /// What made a mutation happen, such as the id of a request.
    Cause, MalformedId,
    |text| fits(text, 128, "1 to 128 printable ASCII characters", |_| true, |c| c.is_ascii_graphic())
);
text!(
    /// A digest of a command's content; two requests under one key must have the same.
    Fingerprint, MalformedId,
    |text| fits(text, 64, "1 to 64 letters or digits", |_| true, |c| c.is_ascii_alphanumeric())
);

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn an_id_is_read_only_in_its_canonical_spelling() {
        let id = CustomerId::from_bytes([7; 16]);
        assert_eq!(id.to_string().parse(), Ok(id));
        assert!(id.to_string().to_lowercase().parse::<CustomerId>().is_err());
        assert!(
            id.to_string()
                .replace("cus_", "pkg_")
                .parse::<CustomerId>()
                .is_err()
        );
        assert!(
            "cus_8ZZZZZZZZZZZZZZZZZZZZZZZZZ"
                .parse::<CustomerId>()
                .is_err()
        );
    }

    #[test]
    fn the_id_of_a_refund_quote_gives_its_digest_back() {
        let digest: Fingerprint = "00e85878bdba090c5242df0b6ac78a9b".parse().unwrap();
        let id = RefundQuoteId::of(&digest).unwrap();
        assert_eq!(id.digest(), Ok(digest));
        assert_eq!(RefundQuoteId::of(&"xyz".parse().unwrap()), None);
    }

    #[test]
    fn a_booking_id_cannot_carry_a_key_separator() {
        assert!("a#b".parse::<BookingId>().is_err());
        for bad in ["", ".", "..", "-1", "a/b"] {
            assert!(bad.parse::<BookingId>().is_err(), "{bad}");
        }
        assert!("x".repeat(65).parse::<BookingId>().is_err());
        assert!("2026-11-22:room_1".parse::<BookingId>().is_ok());
    }

    proptest! {
        #[test]
        fn parsing_never_panics_and_what_it_accepts_prints_the_same(text in ".{0,80}") {
            if let Ok(id) = text.parse::<PackageId>() { prop_assert_eq!(id.to_string(), text.clone()); }
            if let Ok(id) = text.parse::<BookingId>() { prop_assert_eq!(id.to_string(), text.clone()); }
        }

        #[test]
        fn every_ulid_survives_its_text(bytes: [u8; 16]) {
            let id = PackageId::from_bytes(bytes);
            prop_assert_eq!(id.to_string().parse::<PackageId>(), Ok(id));
        }
    }
}
