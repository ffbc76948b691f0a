//! A report as JSON or, where that is what the client accepts, as CSV for a spreadsheet.

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use domain::reports::Share;
use infra::Fault;
use serde::Serialize;

use crate::edge::Problem;

/// What the client accepts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Format {
    /// An object with everything.
    Json,
    /// The lines as a table, with a header.
    Csv,
}

impl<S: Sync> FromRequestParts<S> for Format {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Problem> {
        let accept = parts.headers.get_all(header::ACCEPT).iter();
        let accept = accept.filter_map(|value| value.to_str().ok());
        Ok(Self::preferred(accept))
    }
}

impl Format {
    /// CSV only for those who prefer it to JSON.
    fn preferred<'h>(accept: impl Iterator<Item = &'h str>) -> Self {
        let (mut json, mut csv) = (None, None);
        for range in accept.flat_map(|value| value.split(',')) {
            let mut words = range.split(';').map(str::trim);
            let kind = words.next().unwrap_or_default().to_ascii_lowercase();
            let weight = words.find_map(|word| word.strip_prefix("q=")?.parse::<f32>().ok());
            let weight = weight.unwrap_or(1.0);
            match kind.as_str() {
                "text/csv" => csv = Some(weight),
                "application/json" => json = Some(weight),
                _ => {}
            }
        }
        match (csv, json) {
            (Some(csv), json) if csv > json.unwrap_or(0.0) => Format::Csv,
            (Some(_) | None, _) => Format::Json,
        }
    }

    /// The answer: `body` with its `lines`, or the lines alone. `name` is what the file is called.
    pub(super) fn answer<B: Serialize, L: Serialize>(
        self,
        name: &str,
        body: &B,
        lines: impl FnOnce(&B) -> &[L],
    ) -> Result<Response, Problem> {
        let mut response = match self {
            Format::Json => axum::Json(body).into_response(),
            Format::Csv => {
                let mut response = (StatusCode::OK, table(lines(body))?).into_response();
                let headers = response.headers_mut();
                let csv = HeaderValue::from_static("text/csv; charset=utf-8");
                headers.insert(header::CONTENT_TYPE, csv);
                let file = format!("attachment; filename=\"{name}.csv\"");
                if let Ok(file) = HeaderValue::try_from(file) {
                    headers.insert(header::CONTENT_DISPOSITION, file);
                }
                response
            }
        };
        let vary = HeaderValue::from_static("accept");
        response.headers_mut().insert(header::VARY, vary);
        Ok(response)
    }
}

/// A share in hundredths of a per cent, rounded half up; none of nothing.
pub(crate) fn basis_points(share: Share) -> Option<i128> {
    let of = share.denominator;
    let rounded = (share.numerator * 20_000 + of).div_euclid((2 * of).max(1));
    Some(rounded).filter(|_| of > 0)
}

/// The lines under the names of their fields.
fn table<L: Serialize>(lines: &[L]) -> Result<Vec<u8>, Problem> {
    let mut plain = csv::Writer::from_writer(Vec::new());
    for line in lines {
        plain.serialize(line).map_err(broken)?;
    }
    let plain = plain.into_inner().map_err(broken)?;
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .from_reader(plain.as_slice());
    let mut safe = csv::Writer::from_writer(Vec::new());
    for record in reader.records() {
        safe.write_record(record.map_err(broken)?.iter().map(harmless))
            .map_err(broken)?;
    }
    safe.into_inner().map_err(broken)
}

/// A text that a spreadsheet would take for a formula is marked as text. Numbers stay numbers.
fn harmless(field: &str) -> String {
    let formula = field.starts_with(['=', '+', '-', '@', '\t', '\r', '\n']);
    match formula && field.parse::<i128>().is_err() {
        true => format!("'{field}"),
        false => field.to_owned(),
    }
}

fn broken(cause: impl std::fmt::Display) -> Problem {
    Fault::Broken {
        cause: cause.to_string(),
    }
    .into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn csv_is_for_those_who_prefer_it() {
        for (accept, format) in [
            (&[][..], Format::Json),
            (&["*/*"], Format::Json),
            (&["text/csv"], Format::Csv),
            (&["Text/CSV; charset=utf-8"], Format::Csv),
            (&["application/json", "text/csv"], Format::Json),
            (&["application/json;q=0.5, text/csv"], Format::Csv),
            (&["text/csv;q=0.5, */*"], Format::Csv),
            (&["text/csv;q=0"], Format::Json),
            (&["text/html"], Format::Json),
        ] {
            assert_eq!(
                Format::preferred(accept.iter().copied()),
                format,
                "{accept:?}"
            );
        }
    }

    #[test]
    fn a_share_is_rounded_half_up_and_there_is_none_of_nothing() {
        let share = |numerator, denominator| {
            basis_points(Share {
                numerator,
                denominator,
            })
        };
        assert_eq!(share(1, 3), Some(3333));
        assert_eq!(share(2, 3), Some(6667));
        assert_eq!(share(1, 20_000), Some(1));
        assert_eq!(share(5, 5), Some(10_000));
        assert_eq!(share(0, 5), Some(0));
        assert_eq!(share(0, 0), None);
    }

    #[derive(Serialize)]
    struct Line {
        who: &'static str,
        amount_minor: i128,
        share: Option<u64>,
    }

    #[test]
    fn a_table_has_a_header_and_no_formula() {
        let line = |who, amount_minor, share| Line {
            who,
            amount_minor,
            share,
        };
        let lines = [
            line("=HYPERLINK(\"http://x\")", -5, None),
            line("@a, b", 7, Some(1)),
            line("-5", 0, None),
            line("-5+1", 0, None),
        ];
        let text = String::from_utf8(table(&lines).unwrap()).unwrap();
        let expected = "who,amount_minor,share\n\"'=HYPERLINK(\"\"http://x\"\")\",-5,\n\
            \"'@a, b\",7,1\n-5,0,\n'-5+1,0,\n";
        assert_eq!(text, expected);
    }
}
