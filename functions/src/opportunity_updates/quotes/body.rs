//! A quote as clients send it.

use chrono::NaiveDate;
use domain::Note;
use domain::pipeline::QuoteDraft;
use infra::QuotesBeside;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::super::line::{LineBody, parse_lines};
use crate::catalog::{DepositField, InstalmentsField};
use crate::edge::{Problem, object_or_null, objects_or_null};

/// What a quote offers.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = QuoteDraft)]
pub(crate) struct QuoteBody {
    /// What it offers, at most 20 packages among it; the opportunity's lines if left out.
    #[serde(default, deserialize_with = "objects_or_null")]
    lines: Option<Vec<LineBody>>,
    /// The last day on which it can be accepted; any if left out.
    #[schema(value_type = Option<String>, example = "2026-12-31")]
    valid_until: Option<NaiveDate>,
    /// What must be paid of the packages before they can be used, in place of what their templates say:
    /// an amount is shared among them by price, a part is of each.
    #[serde(default, deserialize_with = "object_or_null")]
    deposit: Option<DepositField>,
    /// How the rest of each package is paid, in place of what its template says.
    #[serde(default, deserialize_with = "object_or_null")]
    instalments: Option<InstalmentsField>,
    /// What the customer is told beside it.
    #[schema(value_type = Option<String>, max_length = 2000)]
    note: Option<Note>,
}

impl QuoteBody {
    /// What it asks for, and what has to be looked at for that.
    ///
    /// # Errors
    /// `invalid-body` (422) for a line of neither or both of a service and a template, and for a discount
    /// or a deposit of neither or both of an amount and a part.
    pub(super) fn parse(self) -> Result<(QuoteDraft, QuotesBeside), Problem> {
        let (lines, beside) = match self.lines {
            Some(lines) => {
                let (lines, items) = parse_lines(lines)?;
                (Some(lines), QuotesBeside::Lines(items))
            }
            None => (None, QuotesBeside::OwnLines),
        };
        let draft = QuoteDraft {
            lines,
            valid_until: self.valid_until,
            deposit: self.deposit.map(DepositField::parse).transpose()?,
            plan: self.instalments.map(Into::into),
            note: self.note,
        };
        Ok((draft, beside))
    }
}
