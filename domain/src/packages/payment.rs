//! Money that came in for a package, or went back.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::sepa::Iban;
use crate::text::text;
use crate::{EntryId, InvalidText, Money};

/// How something was paid.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum PaymentMethod {
    /// In cash.
    Cash,
    /// By card. It can come back: a chargeback.
    Card,
    /// By a transfer that the customer made.
    Transfer,
    /// By a debit that the business collected. It can come back.
    DirectDebit,
}

impl PaymentMethod {
    /// Whether the bank can take it back.
    pub fn can_return(self) -> bool {
        match self {
            PaymentMethod::Card | PaymentMethod::DirectDebit => true,
            PaymentMethod::Cash | PaymentMethod::Transfer => false,
        }
    }
}

text!(
    /// By what a payment is found at the till, the bank or the card's acquirer: for a direct debit
    /// its end-to-end id. It stands in the journal, so nothing of a person belongs in it: it has no
    /// room for a name, and an account's number is refused.
    PaymentReference,
    InvalidText,
    |text| {
        let allowed = |c: char| c.is_ascii_alphanumeric() || "-_./:+#".contains(c);
        if !(1..=64).contains(&text.len()) || !text.chars().all(allowed) {
            return Err(InvalidText(
                "a payment's reference is 1 to 64 letters, digits or any of - _ . / : + #, such as a receipt's number",
            ));
        }
        if text.parse::<Iban>().is_ok() {
            return Err(InvalidText(
                "a payment's reference is no account number: give the receipt's or the transfer's",
            ));
        }
        Ok(text.to_owned())
    }
);

text!(
    /// Why a payment came back, as the bank codes it: `AM04` for too little on the account, `MD06`
    /// for a customer who objects, or a card scheme's number.
    ReturnReason,
    InvalidText,
    |text| {
        let code = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '.';
        if (1..=16).contains(&text.len()) && text.chars().all(code) {
            Ok(text.to_owned())
        } else {
            Err(InvalidText(
                "the reason of a return is the bank's code for it, 1 to 16 letters, digits, - or ., such as AM04",
            ))
        }
    }
);

/// Money that came in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Payment {
    /// How much.
    pub amount: Money,
    /// How.
    pub method: PaymentMethod,
    /// By what it is found elsewhere.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reference: Option<PaymentReference>,
}

/// A payment that came back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReturnedPayment {
    /// The entry that recorded it.
    pub payment: EntryId,
    /// How much it was.
    pub amount: Money,
    /// Why.
    pub reason: ReturnReason,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reference_has_no_room_for_a_name_an_address_or_an_account() {
        for (text, sound) in [
            ("R-2026/0001", true),
            ("01JD2Y3Z4A5B6C7D8E9F0G1H2J-02", true),
            ("pi_3Oq#1:a.b+c", true),
            ("", false),
            ("Ayse Yilmaz", false),
            ("ayse@example.com", false),
            ("Ayşe", false),
            ("DE89370400440532013000", false),
        ] {
            assert_eq!(text.parse::<PaymentReference>().is_ok(), sound, "{text}");
        }
        assert!("x".repeat(64).parse::<PaymentReference>().is_ok());
        assert!("x".repeat(65).parse::<PaymentReference>().is_err());
    }

    #[test]
    fn a_reason_is_a_code() {
        for (text, sound) in [
            ("AM04", true),
            ("4853", true),
            ("10.4", true),
            ("", false),
            ("no money", false),
            ("12345678901234567", false),
        ] {
            assert_eq!(text.parse::<ReturnReason>().is_ok(), sound, "{text}");
        }
    }
}
