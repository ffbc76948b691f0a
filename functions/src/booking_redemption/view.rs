//! Bookings as clients send and see them.

use std::borrow::Cow;

use chrono::{DateTime, Utc};
use domain::bookings::{Booking, BookingStatus, DeductAt, Draw, PayWith, ServiceLine};
use domain::{BookingId, CustomerId, Money, PackageId, ServiceId};
use serde::{Deserialize, Serialize};
use utoipa::openapi::RefOr;
use utoipa::openapi::schema::{ArrayBuilder, ObjectBuilder, OneOfBuilder, Schema, Type};
use utoipa::{PartialSchema, ToSchema};

use crate::edge::{MoneyField, Problem, ServiceRef, SumField};

/// The most services of one appointment.
pub(crate) const MAX_SERVICES: usize = 20;

/// What should pay: `"none"`, `"auto"`, or a list of package ids, the preferred one first.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(
    untagged,
    expecting = "pay_with is \"auto\", \"none\" or a list of package ids"
)]
pub enum PayWithBody {
    /// `none` or `auto`.
    Word(PayWithWord),
    /// These packages.
    Packages(Vec<PackageId>),
}

impl PartialSchema for PayWithBody {
    fn schema() -> RefOr<Schema> {
        let word = ObjectBuilder::new()
            .schema_type(Type::String)
            .enum_values(Some(["none", "auto"]));
        let ids = ArrayBuilder::new().items(ObjectBuilder::new().schema_type(Type::String));
        OneOfBuilder::new()
            .item(word)
            .item(ids)
            .description(Some(
                "`none`, `auto`, or package ids, the preferred one first",
            ))
            .into()
    }
}

impl ToSchema for PayWithBody {
    fn name() -> Cow<'static, str> {
        "PayWith".into()
    }
}

/// What should pay, in a word.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum PayWithWord {
    /// No package is touched.
    None,
    /// Whichever packages the choosing order prefers.
    Auto,
}

impl From<PayWith> for PayWithBody {
    fn from(pay_with: PayWith) -> Self {
        match pay_with {
            PayWith::None => Self::Word(PayWithWord::None),
            PayWith::Auto => Self::Word(PayWithWord::Auto),
            PayWith::Packages(ids) => Self::Packages(ids),
        }
    }
}

impl PayWithBody {
    /// # Errors
    /// `invalid-body` (422) for an empty list, a package named twice, or more than 20.
    pub(crate) fn parse(self) -> Result<PayWith, Problem> {
        match self {
            Self::Word(PayWithWord::None) => Ok(PayWith::None),
            Self::Word(PayWithWord::Auto) => Ok(PayWith::Auto),
            Self::Packages(ids) => {
                let twice = ids.iter().enumerate().any(|(i, id)| ids[..i].contains(id));
                if ids.is_empty() || ids.len() > MAX_SERVICES || twice {
                    let detail = "pay_with names 1 to 20 packages, each once";
                    return Err(Problem::new(422, "invalid-body", detail));
                }
                Ok(PayWith::Packages(ids))
            }
        }
    }
}

/// The services asked for.
///
/// # Errors
/// `invalid-body` (422) for none or more than 20.
pub(crate) fn service_ids(services: &[ServiceRef]) -> Result<Vec<ServiceId>, Problem> {
    if !(1..=MAX_SERVICES).contains(&services.len()) {
        let detail = "services names 1 to 20 services; one that is done twice, twice";
        return Err(Problem::new(422, "invalid-body", detail));
    }
    Ok(services.iter().map(|service| service.service_id).collect())
}

/// An appointment.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[schema(as = Booking)]
pub struct BookingView {
    /// The caller's id.
    #[schema(value_type = String)]
    pub booking_id: BookingId,
    /// Whose it is.
    #[schema(value_type = String)]
    pub customer_id: CustomerId,
    /// Where it stands.
    pub status: BookingStatusView,
    /// When it starts.
    pub starts_at: DateTime<Utc>,
    /// What is done, and what pays for it.
    pub services: Vec<ServiceLineView>,
    /// What should pay.
    pub pay_with: PayWithBody,
    /// When units leave the wallet: the policy when it was booked.
    #[schema(value_type = String)]
    pub deduct_at: DeductAt,
    /// Whether what nothing pays for may be due.
    pub allow_partial: bool,
    /// What is to be paid otherwise, one sum per currency.
    #[schema(value_type = Vec<SumField>)]
    pub due: Vec<Money>,
}

/// Where an appointment stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
#[schema(as = BookingStatus)]
pub enum BookingStatusView {
    /// To come.
    Booked,
    /// Took place.
    Completed,
    /// Called off.
    Cancelled,
    /// The customer did not come.
    NoShow,
}

/// One service of an appointment.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[schema(as = ServiceLine)]
pub struct ServiceLineView {
    /// The service.
    #[schema(value_type = String)]
    pub service_id: ServiceId,
    /// What it costs without a package, as agreed.
    #[schema(value_type = MoneyField)]
    pub price: Money,
    /// What pays, or was taken for a no-show; null where no package does or the units went back.
    pub paid_by: Option<DrawView>,
}

/// Units of one pool.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[schema(as = Draw)]
pub struct DrawView {
    /// The package.
    #[schema(value_type = String)]
    pub package_id: PackageId,
    /// Which of its pools, from 0.
    pub pool: usize,
    /// Visits, or minor units.
    pub units: u64,
}

impl From<Draw> for DrawView {
    fn from(draw: Draw) -> Self {
        Self {
            package_id: draw.package,
            pool: draw.pool,
            units: draw.units,
        }
    }
}

impl From<ServiceLine> for ServiceLineView {
    fn from(line: ServiceLine) -> Self {
        let paid_by = line.paid_by.map(DrawView::from);
        Self {
            service_id: line.service,
            price: line.price,
            paid_by,
        }
    }
}

impl BookingView {
    /// The booking as it stands.
    pub(crate) fn of(booking: Booking) -> Self {
        let due = Money::totals(
            booking
                .due()
                .map(|line| (line.price.currency(), line.price.amount_minor())),
        );
        let terms = booking.terms;
        Self {
            booking_id: terms.booking,
            customer_id: booking.customer,
            status: match booking.status {
                BookingStatus::Booked => BookingStatusView::Booked,
                BookingStatus::Completed => BookingStatusView::Completed,
                BookingStatus::Cancelled => BookingStatusView::Cancelled,
                BookingStatus::NoShow => BookingStatusView::NoShow,
            },
            starts_at: terms.starts_at,
            services: terms
                .services
                .into_iter()
                .map(ServiceLineView::from)
                .collect(),
            pay_with: terms.pay_with.into(),
            deduct_at: terms.policies.deduct_at,
            allow_partial: terms.allow_partial,
            due,
        }
    }
}
