//! Asking what would pay.

use axum::extract::State;
use domain::bookings::{Ineligible, Quote, Verdict, quote as decide};
use domain::{CustomerId, Instant, Name, PackageId, Refusal, ServiceId};
use infra::{Consistency, Redeemed};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::view::{PayWithWord, ServiceLineView};
use super::{PayWithBody, service_ids};
use crate::App;
use crate::edge::{
    Answer, Caller, Conflict, Json, Missing, Problem, Problems, Right, ServiceRef, Timestamp,
    objects,
};

/// What would be booked.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct QuoteBody {
    /// For whom; a customer's token may leave it out.
    #[schema(value_type = Option<String>)]
    customer_id: Option<CustomerId>,
    /// When it would start.
    #[schema(value_type = String, format = DateTime)]
    starts_at: Timestamp,
    /// What would be done.
    #[serde(deserialize_with = "objects")]
    services: Vec<ServiceRef>,
    /// What should pay; `auto` if left out.
    #[serde(default = "auto")]
    pay_with: PayWithBody,
}

fn auto() -> PayWithBody {
    PayWithBody::Word(PayWithWord::Auto)
}

/// What would pay, and why nothing else would.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[schema(as = RedemptionQuote)]
pub(crate) struct QuoteView {
    /// Whether a booking would be paid in full.
    covered: bool,
    /// What would pay for each service, in the order asked.
    services: Vec<ServiceLineView>,
    /// Every package of the customer, in the order of preference.
    packages: Vec<ConsideredView>,
}

/// A package that was looked at.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[schema(as = ConsideredPackage)]
pub(crate) struct ConsideredView {
    /// The package.
    #[schema(value_type = String)]
    package_id: PackageId,
    /// What it is called.
    #[schema(value_type = Option<String>)]
    name: Option<Name>,
    /// What it would do for each service, in the order asked.
    services: Vec<VerdictView>,
}

/// What a package would do for a service.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[schema(as = Verdict)]
pub(crate) struct VerdictView {
    /// The service.
    #[schema(value_type = String)]
    service_id: ServiceId,
    /// Whether it would pay.
    chosen: bool,
    /// Units it would pay.
    units: Option<u64>,
    /// Why it would not.
    reason: Option<ReasonView>,
}

/// Why a package would not pay.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
#[schema(as = NotChosenReason)]
pub(crate) enum ReasonView {
    /// The caller named other packages, or none should pay.
    NotNamed,
    /// It is another's and no longer shared with the customer.
    NotAMember,
    /// The service is not among those it covers.
    ServiceNotCovered,
    /// Its credit is in another currency than the price.
    CurrencyDiffers,
    /// It is an offer, waits for its deposit, or was voided or refunded.
    PackageNotActive,
    /// It rests when the appointment starts.
    PackageFrozen,
    /// It will have expired when the appointment starts.
    ExpiredAtAppointment,
    /// It was used as often as it may be in that day, week or period.
    CapReached,
    /// It has fewer units available than are needed.
    InsufficientUnits,
    /// What it would give is not paid yet.
    NotPaid,
    /// It could pay, but another package comes first.
    AnotherPreferred,
}

/// Which package would pay for an appointment, how many units, and why each other package would not.
/// Nothing is written.
#[utoipa::path(post, path = "/v1/redemption-quotes", tag = "bookings", request_body = QuoteBody,
    responses((status = 200, body = QuoteView), Problems, Missing, Conflict))]
pub(crate) async fn quote(
    State(app): State<App>,
    caller: Caller,
    Json(body): Json<QuoteBody>,
) -> Result<Answer<QuoteView>, Problem> {
    caller.may(Right::ReadWallet)?;
    let services = service_ids(&body.services)?;
    let pay_with = body.pay_with.parse()?;
    let customer = caller.customer_or_own(body.customer_id, &app.store).await?;
    let now = app.clock.now();
    let load = |consistency| {
        app.store
            .redeemed(&caller.business, customer, &services, None, consistency)
    };
    let answer = |redeemed: &Redeemed, now: Instant| {
        if !caller.owns(redeemed.holdings.customer.as_ref()) {
            return Err(Refusal::CustomerNotFound);
        }
        decide(
            &redeemed.holdings,
            &services,
            body.starts_at.0,
            &pay_with,
            now,
        )
    };
    let mut redeemed = load(Consistency::Eventual).await?;
    let mut quote = answer(&redeemed, now);
    // Nobody is told that nothing pays because of what was sold a moment ago.
    if !quote.as_ref().is_ok_and(Quote::covered) {
        redeemed = load(Consistency::Strong).await?;
        quote = answer(&redeemed, now);
    }
    Ok(Answer::ok(QuoteView::of(quote?, &services, &redeemed)))
}

impl QuoteView {
    fn of(quote: Quote, services: &[ServiceId], redeemed: &Redeemed) -> Self {
        let held = &redeemed.holdings.packages;
        let packages = quote.packages.iter().map(|considered| ConsideredView {
            package_id: considered.package,
            name: held
                .iter()
                .find(|package| package.id == considered.package)
                .map(|package| package.terms.name.clone()),
            services: services
                .iter()
                .zip(&considered.verdicts)
                .map(|(service, verdict)| VerdictView::of(*service, *verdict))
                .collect(),
        });
        Self {
            covered: quote.covered(),
            packages: packages.collect(),
            services: quote
                .services
                .into_iter()
                .map(ServiceLineView::from)
                .collect(),
        }
    }
}

impl VerdictView {
    fn of(service_id: ServiceId, verdict: Verdict) -> Self {
        match verdict {
            Verdict::Chosen(draw) => Self {
                service_id,
                chosen: true,
                units: Some(draw.units),
                reason: None,
            },
            Verdict::NotChosen(reason) => {
                let reason = match reason {
                    Ineligible::NotNamed => ReasonView::NotNamed,
                    Ineligible::NotAMember => ReasonView::NotAMember,
                    Ineligible::ServiceNotCovered => ReasonView::ServiceNotCovered,
                    Ineligible::CurrencyDiffers => ReasonView::CurrencyDiffers,
                    Ineligible::Expired => ReasonView::ExpiredAtAppointment,
                    Ineligible::NotActive => ReasonView::PackageNotActive,
                    Ineligible::Frozen => ReasonView::PackageFrozen,
                    Ineligible::CapReached => ReasonView::CapReached,
                    Ineligible::NotPaid => ReasonView::NotPaid,
                    Ineligible::InsufficientUnits => ReasonView::InsufficientUnits,
                    Ineligible::AnotherPreferred => ReasonView::AnotherPreferred,
                };
                Self {
                    service_id,
                    chosen: false,
                    units: None,
                    reason: Some(reason),
                }
            }
        }
    }
}
