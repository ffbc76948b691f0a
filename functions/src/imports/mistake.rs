//! What is wrong with a line.

use domain::Refusal;

use super::Column;

/// Something wrong with a line, in words that name nobody.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Mistake {
    /// Where; none for the whole line.
    pub(super) column: Option<Column>,
    /// Stable.
    pub(super) code: &'static str,
    /// What to do about it.
    pub(super) detail: String,
}

impl Mistake {
    pub(super) fn new(column: Column, code: &'static str, detail: impl Into<String>) -> Self {
        Self {
            column: Some(column),
            code,
            detail: detail.into(),
        }
    }

    /// Of a line whose id an earlier one has for something else.
    pub(super) fn of_id() -> Self {
        let detail =
            "an earlier line has this id and says something else: give each package its own";
        Self::new(Column::Id, "id-repeated", detail)
    }

    /// Of a line with more or fewer cells than the first.
    pub(super) fn of_length() -> Self {
        Self {
            column: None,
            code: "line-length",
            detail: "the line has more or fewer cells than the first line: put a cell that holds \
                     the separator in quotation marks"
                .to_owned(),
        }
    }
}

impl From<Refusal> for Mistake {
    fn from(refusal: Refusal) -> Self {
        let column = match (&refusal, refusal.code()) {
            (Refusal::ImportTerms(field, _), _) => Column::named(field),
            (_, "customer-erased" | "customer-not-found") => Some(Column::Email),
            (_, "package-template-not-found" | "package-terms") => Some(Column::Package),
            (_, "service-not-found" | "service-archived") => Some(Column::Services),
            (_, "package-template-contents") => Some(Column::Quantity),
            (_, "used-above-quantity") => Some(Column::Used),
            (_, "amounts-too-large") => Some(Column::Price),
            (_, "paid-above-price") => Some(Column::Paid),
            (_, "expires-before-sold" | "validity-out-of-range") => Some(Column::ExpiresOn),
            (_, "import-differs") => Some(Column::Id),
            (_, _) => None,
        };
        Self {
            column,
            code: refusal.code(),
            detail: refusal.to_string(),
        }
    }
}
