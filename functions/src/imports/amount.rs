//! Numbers as spreadsheets write them.

use domain::{Currency, Money};

/// What is wrong with an amount, in words.
const MISREAD: &str = "an amount is digits with at most one point or comma before its decimals, as \
                       1500 or 1500,50: no spaces, and nothing between thousands";

/// The minor units of an amount that is written in whole ones, with a decimal point or comma. More
/// decimals than the currency has are refused: `1.500` lira is likelier 1500 than 1.50.
///
/// # Errors
/// The rule that it breaks, in words.
pub(super) fn minor_units(text: &str, currency: Currency) -> Result<u64, &'static str> {
    let decimals = usize::from(currency.decimals());
    let (whole, part) = text.split_once(['.', ',']).unwrap_or((text, "0"));
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let no_part = part == "0" && !text.contains(['.', ',']);
    if !digits(whole) || !digits(part) || (!no_part && part.len() > decimals) {
        return Err(MISREAD);
    }
    let part = if no_part { "" } else { part };
    let minor = format!("{whole}{part:0<decimals$}");
    let minor: Option<u64> = minor.parse().ok();
    minor
        .filter(|minor| *minor <= Money::MAX_MINOR)
        .ok_or("an amount is at most 999999999999 minor units")
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn minor(text: &str, code: &str) -> Option<u64> {
        minor_units(text, code.to_owned().try_into().unwrap()).ok()
    }

    #[test]
    fn an_amount_has_as_many_decimals_as_its_currency_at_most() {
        for (text, code, expected) in [
            ("1500", "TRY", Some(150_000)),
            ("1500,5", "TRY", Some(150_050)),
            ("1500.50", "TRY", Some(150_050)),
            ("0", "TRY", Some(0)),
            ("0,07", "EUR", Some(7)),
            ("1.500", "TRY", None),
            ("1.500", "KWD", Some(1_500)),
            ("1500", "JPY", Some(1_500)),
            ("1500.0", "JPY", None),
            ("1.500,00", "TRY", None),
            ("1 500", "TRY", None),
            ("1500,", "TRY", None),
            (",50", "TRY", None),
            ("-1", "TRY", None),
            ("+1", "TRY", None),
            ("1e3", "TRY", None),
            ("٣", "TRY", None),
            ("", "TRY", None),
            ("9999999999,99", "TRY", Some(Money::MAX_MINOR)),
            ("10000000000", "TRY", None),
            ("99999999999999999999", "TRY", None),
        ] {
            assert_eq!(minor(text, code), expected, "{text} {code}");
        }
    }

    proptest! {
        #[test]
        fn every_amount_that_is_written_out_is_read_again(
            amount in 0..=Money::MAX_MINOR,
            code in proptest::sample::select(vec!["JPY", "EUR", "KWD"]),
            mark in proptest::sample::select(vec!['.', ',']),
        ) {
            let currency: Currency = code.to_owned().try_into().unwrap();
            let decimals = currency.decimals();
            let scale = 10_u64.pow(u32::from(decimals));
            let (whole, part) = (amount / scale, amount % scale);
            let width = usize::from(decimals);
            let text = match decimals {
                0 => whole.to_string(),
                _ => format!("{whole}{mark}{part:0width$}"),
            };
            prop_assert_eq!(minor_units(&text, currency), Ok(amount));
        }

        #[test]
        fn no_text_makes_it_panic(text in "\\PC{0,24}") {
            let _ = minor(&text, "TRY");
        }
    }
}
