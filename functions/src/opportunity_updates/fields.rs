//! Fields that several bodies of the pipeline share.

use domain::pipeline::{AmountPeriod, ForecastCategory, Recurrence, Status};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// How often an amount is earned.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
#[schema(as = AmountPeriod)]
pub(super) enum PeriodField {
    /// Once.
    Fixed,
    /// Every month.
    Monthly,
    /// Every year.
    Yearly,
}

impl From<PeriodField> for AmountPeriod {
    fn from(field: PeriodField) -> Self {
        match field {
            PeriodField::Fixed => AmountPeriod::Fixed,
            PeriodField::Monthly => AmountPeriod::Monthly,
            PeriodField::Yearly => AmountPeriod::Yearly,
        }
    }
}

impl From<AmountPeriod> for PeriodField {
    fn from(period: AmountPeriod) -> Self {
        match period {
            AmountPeriod::Fixed => PeriodField::Fixed,
            AmountPeriod::Monthly => PeriodField::Monthly,
            AmountPeriod::Yearly => PeriodField::Yearly,
        }
    }
}

/// When the next opportunity is expected to be decided.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = Recurrence)]
pub(super) struct RecursField {
    /// So many months after this one was won, 1 to 60.
    #[schema(minimum = 1, maximum = 60, example = 12)]
    pub(super) every_months: u8,
}

impl From<RecursField> for Recurrence {
    fn from(field: RecursField) -> Self {
        Self {
            every_months: field.every_months,
        }
    }
}

/// Whether an opportunity is still one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
#[schema(as = OpportunityStatus)]
pub(crate) enum StatusField {
    /// Being worked on.
    Open,
    /// Resting until a day.
    Suspended,
    /// Sold.
    Won,
    /// The customer decided against it.
    Lost,
    /// The business gave it up.
    Abandoned,
}

impl From<Status> for StatusField {
    fn from(status: Status) -> Self {
        match status {
            Status::Open => StatusField::Open,
            Status::Suspended => StatusField::Suspended,
            Status::Won => StatusField::Won,
            Status::Lost => StatusField::Lost,
            Status::Abandoned => StatusField::Abandoned,
        }
    }
}

impl From<StatusField> for Status {
    fn from(field: StatusField) -> Self {
        match field {
            StatusField::Open => Status::Open,
            StatusField::Suspended => Status::Suspended,
            StatusField::Won => Status::Won,
            StatusField::Lost => Status::Lost,
            StatusField::Abandoned => Status::Abandoned,
        }
    }
}

/// How sure a sale is, as a forecast groups it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
#[schema(as = ForecastCategory)]
pub(crate) enum ForecastField {
    /// Counted on.
    Commit,
    /// Possible, if all goes well.
    BestCase,
    /// In the pipeline, no more.
    Pipeline,
    /// Left out.
    Omitted,
}

impl From<ForecastCategory> for ForecastField {
    fn from(category: ForecastCategory) -> Self {
        match category {
            ForecastCategory::Commit => ForecastField::Commit,
            ForecastCategory::BestCase => ForecastField::BestCase,
            ForecastCategory::Pipeline => ForecastField::Pipeline,
            ForecastCategory::Omitted => ForecastField::Omitted,
        }
    }
}

impl From<ForecastField> for ForecastCategory {
    fn from(field: ForecastField) -> Self {
        match field {
            ForecastField::Commit => ForecastCategory::Commit,
            ForecastField::BestCase => ForecastCategory::BestCase,
            ForecastField::Pipeline => ForecastCategory::Pipeline,
            ForecastField::Omitted => ForecastCategory::Omitted,
        }
    }
}
