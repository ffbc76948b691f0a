//! Terms as clients send and see them.

use std::borrow::Cow;

use chrono::NaiveDate;
use domain::Money;
use domain::calendar::{Span, SpanUnit, Validity};
use domain::catalog::Deposit;
use domain::packages::{Caps, InstalmentPlan};
use serde::{Deserialize, Serialize};
use utoipa::openapi::RefOr;
use utoipa::openapi::schema::{ObjectBuilder, OneOfBuilder, Ref, Schema, Type};
use utoipa::{PartialSchema, ToSchema};

use crate::edge::MoneyField;

/// How long a package is valid: `until` a day, or `count` and `unit` from the sale or the first use.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(
    untagged,
    expecting = "validity is {\"until\": \"2026-12-31\"} or {\"count\": 6, \"unit\": \"months\", \"from\": \"sale\" or \"first-use\"}"
)]
pub enum ValidityField {
    /// Through a day.
    Until(UntilField),
    /// For a span.
    For(SpanField),
}

/// Through a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct UntilField {
    /// The last day.
    pub until: NaiveDate,
}

/// For a span.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SpanField {
    /// How many.
    pub count: u16,
    /// `days`, `months` or `years`.
    pub unit: SpanUnit,
    /// Where it begins; with the sale if left out.
    #[serde(default)]
    pub from: SpanFrom,
}

/// Where a span begins.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum SpanFrom {
    /// On the day of the sale.
    #[default]
    Sale,
    /// On the day of the first appointment.
    FirstUse,
}

impl From<ValidityField> for Validity {
    fn from(field: ValidityField) -> Self {
        match field {
            ValidityField::Until(UntilField { until }) => Validity::Until(until),
            ValidityField::For(SpanField { count, unit, from }) => {
                let span = Span { count, unit };
                match from {
                    SpanFrom::Sale => Validity::FromSale(span),
                    SpanFrom::FirstUse => Validity::FromFirstUse(span),
                }
            }
        }
    }
}

impl From<Validity> for ValidityField {
    fn from(validity: Validity) -> Self {
        let field = |Span { count, unit }, from| Self::For(SpanField { count, unit, from });
        match validity {
            Validity::Until(until) => Self::Until(UntilField { until }),
            Validity::FromSale(span) => field(span, SpanFrom::Sale),
            Validity::FromFirstUse(span) => field(span, SpanFrom::FirstUse),
        }
    }
}

impl PartialSchema for ValidityField {
    fn schema() -> RefOr<Schema> {
        let word = |words: &[&str]| {
            ObjectBuilder::new()
                .schema_type(Type::String)
                .enum_values(Some(words.iter().map(|word| (*word).to_owned())))
        };
        let day = ObjectBuilder::new()
            .schema_type(Type::String)
            .description(Some("The last day, such as 2026-12-31"));
        let count = ObjectBuilder::new()
            .schema_type(Type::Integer)
            .minimum(Some(1.0));
        let span = ObjectBuilder::new()
            .property("count", count)
            .required("count")
            .property("unit", word(&["days", "months", "years"]))
            .required("unit")
            .property("from", word(&["sale", "first-use"]));
        OneOfBuilder::new()
            .item(ObjectBuilder::new().property("until", day).required("until"))
            .item(span)
            .description(Some(
                "Through a day, or for a span from the sale (if `from` is left out) or the first use",
            ))
            .into()
    }
}

impl ToSchema for ValidityField {
    fn name() -> Cow<'static, str> {
        "Validity".into()
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

/// What has to be paid first: `{"amount": …}` or `{"percent": 20}`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(
    untagged,
    expecting = "a deposit is {\"amount\": {\"amount_minor\": 5000, \"currency\": \"TRY\"}} or {\"percent\": 20}"
)]
pub enum DepositField {
    /// This much.
    Amount(AmountField),
    /// This part of the price.
    Percent(PercentField),
}

/// This much.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AmountField {
    /// How much.
    pub amount: Money,
}

/// This part of the price.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PercentField {
    /// From 1 to 100.
    pub percent: u8,
}

impl From<DepositField> for Deposit {
    fn from(field: DepositField) -> Self {
        match field {
            DepositField::Amount(AmountField { amount }) => Deposit::Amount(amount),
            DepositField::Percent(PercentField { percent }) => Deposit::Percent(percent),
        }
    }
}

impl From<Deposit> for DepositField {
    fn from(deposit: Deposit) -> Self {
        match deposit {
            Deposit::Amount(amount) => Self::Amount(AmountField { amount }),
            Deposit::Percent(percent) => Self::Percent(PercentField { percent }),
        }
    }
}

impl PartialSchema for DepositField {
    fn schema() -> RefOr<Schema> {
        let percent = ObjectBuilder::new()
            .schema_type(Type::Integer)
            .minimum(Some(1.0))
            .maximum(Some(100.0));
        let amount = Ref::from_schema_name(MoneyField::name());
        OneOfBuilder::new()
            .item(
                ObjectBuilder::new()
                    .property("amount", amount)
                    .required("amount"),
            )
            .item(
                ObjectBuilder::new()
                    .property("percent", percent)
                    .required("percent"),
            )
            .into()
    }
}

impl ToSchema for DepositField {
    fn name() -> Cow<'static, str> {
        "Deposit".into()
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
