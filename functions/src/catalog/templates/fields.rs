//! Terms as clients send and see them.

use chrono::NaiveDate;
use domain::Money;
use domain::calendar::{Span, SpanUnit, Validity};
use domain::catalog::Deposit;
use domain::packages::{Caps, InstalmentPlan};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::edge::{MoneyField, Problem};

/// How long a package is valid: `until` a day, or `count` and `unit` from the sale or the first use.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = Validity)]
pub struct ValidityField {
    /// Through this day, whenever it is sold.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>, example = "2026-12-31")]
    pub until: Option<NaiveDate>,
    /// Else for how many `unit`.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(minimum = 1, example = 6)]
    pub count: Option<u16>,
    /// `days`, `months` or `years`.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>, example = "months")]
    pub unit: Option<SpanUnit>,
    /// Where they begin: with the `sale`, also if left out, or with the `first-use`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub from: Option<SpanFrom>,
}

/// Where a span begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
pub enum SpanFrom {
    /// On the day of the sale.
    Sale,
    /// On the day of the first appointment.
    FirstUse,
}

impl ValidityField {
    /// # Errors
    /// `invalid-body` (422) for neither or both of a day and a span.
    pub(crate) fn parse(self) -> Result<Validity, Problem> {
        let of = |count, unit| Span { count, unit };
        match (self.until, self.count, self.unit, self.from) {
            (Some(day), None, None, None) => Ok(Validity::Until(day)),
            (None, Some(count), Some(unit), None | Some(SpanFrom::Sale)) => {
                Ok(Validity::FromSale(of(count, unit)))
            }
            (None, Some(count), Some(unit), Some(SpanFrom::FirstUse)) => {
                Ok(Validity::FromFirstUse(of(count, unit)))
            }
            _ => Err(Problem::new(
                422,
                "invalid-body",
                "validity has either until, or count and unit and perhaps from",
            )),
        }
    }
}

impl From<Validity> for ValidityField {
    fn from(validity: Validity) -> Self {
        let field = |Span { count, unit }, from| Self {
            until: None,
            count: Some(count),
            unit: Some(unit),
            from: Some(from),
        };
        match validity {
            Validity::Until(day) => Self {
                until: Some(day),
                count: None,
                unit: None,
                from: None,
            },
            Validity::FromSale(span) => field(span, SpanFrom::Sale),
            Validity::FromFirstUse(span) => field(span, SpanFrom::FirstUse),
        }
    }
}

/// How often a pass may be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = Caps)]
pub struct CapsField {
    /// In one day of the business.
    #[schema(minimum = 1, example = 1)]
    pub per_day: Option<u32>,
    /// In one week, Monday to Sunday.
    #[schema(minimum = 1, example = 3)]
    pub per_week: Option<u32>,
    /// In the whole time that it is valid.
    #[schema(minimum = 1)]
    pub per_period: Option<u32>,
}

impl From<CapsField> for Caps {
    fn from(field: CapsField) -> Self {
        Self {
            per_day: field.per_day,
            per_week: field.per_week,
            per_period: field.per_period,
        }
    }
}

impl From<Caps> for CapsField {
    fn from(caps: Caps) -> Self {
        Self {
            per_day: caps.per_day,
            per_week: caps.per_week,
            per_period: caps.per_period,
        }
    }
}

/// What has to be paid first: an `amount`, or a part of the price.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = Deposit)]
pub struct DepositField {
    /// This much.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<MoneyField>)]
    pub amount: Option<Money>,
    /// Else this part of the price, rounded up to the minor unit.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(minimum = 1, maximum = 100, example = 20)]
    pub percent: Option<u8>,
}

impl DepositField {
    /// # Errors
    /// `invalid-body` (422) for neither or both of an amount and a part.
    pub(crate) fn parse(self) -> Result<Deposit, Problem> {
        match (self.amount, self.percent) {
            (Some(amount), None) => Ok(Deposit::Amount(amount)),
            (None, Some(percent)) => Ok(Deposit::Percent(percent)),
            (Some(_), Some(_)) | (None, None) => Err(Problem::new(
                422,
                "invalid-body",
                "deposit has either amount or percent",
            )),
        }
    }
}

impl From<Deposit> for DepositField {
    fn from(deposit: Deposit) -> Self {
        match deposit {
            Deposit::Amount(amount) => Self {
                amount: Some(amount),
                percent: None,
            },
            Deposit::Percent(percent) => Self {
                amount: None,
                percent: Some(percent),
            },
        }
    }
}

/// A plan to pay month by month.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = Instalments)]
pub struct InstalmentsField {
    /// How many, after the deposit if there is one.
    #[schema(minimum = 1, maximum = 60, example = 6)]
    pub count: u8,
    /// The day of the month on which each is due; in a shorter month its last.
    #[schema(minimum = 1, maximum = 31, example = 1)]
    pub monthly_day: u8,
    /// Whether they are collected from the customer's account under a mandate; no if left out.
    #[serde(default)]
    pub direct_debit: bool,
}

impl From<InstalmentsField> for InstalmentPlan {
    fn from(field: InstalmentsField) -> Self {
        Self {
            count: field.count,
            monthly_day: field.monthly_day,
            direct_debit: field.direct_debit,
        }
    }
}

impl From<InstalmentPlan> for InstalmentsField {
    fn from(plan: InstalmentPlan) -> Self {
        Self {
            count: plan.count,
            monthly_day: plan.monthly_day,
            direct_debit: plan.direct_debit,
        }
    }
}
