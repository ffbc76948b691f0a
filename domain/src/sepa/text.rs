//! Texts that any bank can read.

use super::reference::is_of_sepa;

/// A text of 1 to `MAX` characters of the SEPA basic set (EPC217-08): Latin letters, digits, space
/// and `/ - ? : ( ) . , ' +`. It is 70 characters for a name, 140 for what a customer reads about a
/// debit; `MAX` is at least 11.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SepaText<const MAX: usize>(String);

impl<const MAX: usize> SepaText<MAX> {
    /// Any text as banks can read it: other scripts and accents in Latin letters, other signs as the
    /// nearest one there is or a full stop, any run of spaces as one, and no more than fits. Of a
    /// text with nothing to read it makes `NOTPROVIDED`, as the scheme calls it.
    pub fn of(text: &str) -> Self {
        let latin = deunicode::deunicode_with_tofu(text, ".");
        let mut basic = String::with_capacity(latin.len());
        for word in latin.split(|c: char| c.is_whitespace() || c.is_control()) {
            if !word.is_empty() && !basic.is_empty() {
                basic.push(' ');
            }
            word.chars().for_each(|c| push_basic(&mut basic, c));
        }
        // Every character is one byte by now.
        basic.truncate(MAX);
        let basic = basic.trim_end();
        Self(
            if basic.is_empty() {
                "NOTPROVIDED"
            } else {
                basic
            }
            .to_owned(),
        )
    }

    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

fn push_basic(text: &mut String, c: char) {
    match c {
        '@' => text.push_str("(at)"),
        '&' => text.push('+'),
        '_' | '~' => text.push('-'),
        ';' => text.push(','),
        '"' | '`' => text.push('\''),
        '[' | '{' | '<' => text.push('('),
        ']' | '}' | '>' => text.push(')'),
        '|' | '\\' => text.push('/'),
        c if is_of_sepa(c) => text.push(c),
        _ => text.push('.'),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn any_text_becomes_one_that_banks_can_read() {
        for (text, basic) in [
            ("Ana Pop", "Ana Pop"),
            ("Şükrü Öztürk-Çağ", "Sukru Ozturk-Cag"),
            ("Jürgen Groß", "Jurgen Gross"),
            ("Μαρία Παπαδοπούλου", "Maria Papadopoulou"),
            ("Иван Петров", "Ivan Petrov"),
            ("Müller & Söhne <GmbH>", "Muller + Sohne (GmbH)"),
            ("a@b.c; \"10%\" [x_y]", "a(at)b.c, '10.' (x-y)"),
            ("O’Neill – Café", "O'Neill - Cafe"),
            ("  two\t lines\r\nof\u{a0}text ", "two lines of text"),
            ("", "NOTPROVIDED"),
            (" \u{200b}\n", "NOTPROVIDED"),
            ("💅", "nail care"),
            ("\u{e000}", "."),
        ] {
            assert_eq!(SepaText::<70>::of(text).as_str(), basic, "{text:?}");
        }
    }

    #[test]
    fn a_text_is_cut_where_it_no_longer_fits_and_never_ends_in_a_space() {
        let text = format!("{} {}", "ß".repeat(6), "x".repeat(9));
        assert_eq!(SepaText::<12>::of(&text).as_str(), "ssssssssssss");
        assert_eq!(SepaText::<13>::of(&text).as_str(), "ssssssssssss");
        assert_eq!(SepaText::<14>::of(&text).as_str(), "ssssssssssss x");
    }

    proptest! {
        #[test]
        fn whatever_is_typed_fits_the_scheme_and_reads_the_same_again(text in "\\PC{0,200}|.{0,200}") {
            let basic = SepaText::<70>::of(&text);
            prop_assert!((1..=70).contains(&basic.as_str().len()));
            prop_assert!(basic.as_str().chars().all(|c| is_of_sepa(c) || c == ' '), "{:?}", basic);
            prop_assert_eq!(basic.as_str().trim(), basic.as_str());
            prop_assert_eq!(SepaText::<70>::of(basic.as_str()), basic);
        }
    }
}
