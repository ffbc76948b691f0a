//! Answers to what cannot be done: RFC 9457 problem details with a stable code.

use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use domain::Refusal;
use domain::pipeline::Ground;
use infra::{Failure, Fault};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// A problem on its way out.
#[derive(Debug)]
pub struct Problem {
    status: u16,
    code: &'static str,
    detail: String,
    cause: Option<String>,
}

/// A problem as clients see it.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
pub struct ProblemBody {
    /// A URI that names the kind of problem.
    #[serde(rename = "type")]
    #[schema(example = "urn:carnet:problem:insufficient-units")]
    pub kind: String,
    /// The kind in words.
    pub title: String,
    /// The HTTP status.
    pub status: u16,
    /// What to do about it.
    pub detail: String,
    /// Stable: for programs.
    #[schema(example = "insufficient-units")]
    pub code: String,
}

/// The code of a problem, for the log line of its request.
#[derive(Debug, Clone)]
pub(super) struct Logged {
    pub(super) code: &'static str,
    pub(super) cause: Option<String>,
}

impl Problem {
    /// A problem with its HTTP status, stable code, and a sentence that says what to do.
    pub fn new(status: u16, code: &'static str, detail: impl Into<String>) -> Self {
        Self {
            status,
            code,
            detail: detail.into(),
            cause: None,
        }
    }

    /// The stable code.
    pub fn code(&self) -> &'static str {
        self.code
    }

    /// What to do about it.
    pub(crate) fn detail(&self) -> &str {
        &self.detail
    }

    /// What is logged of it, and never told.
    pub(crate) fn cause(&self) -> Option<&str> {
        self.cause.as_deref()
    }
}

impl From<Refusal> for Problem {
    fn from(refusal: Refusal) -> Self {
        let status = match refusal.cause() {
            Refusal::EmailUnverified => 403,
            Refusal::ServiceNotFound(_)
            | Refusal::TemplateNotFound
            | Refusal::CustomerNotFound
            | Refusal::PackageNotFound
            | Refusal::BookingNotFound
            | Refusal::NothingToClaim
            | Refusal::RefundQuoteNotFound
            | Refusal::PaymentNotFound
            | Refusal::DebitNotFound => 404,
            Refusal::SettingsMissing
            | Refusal::ServiceArchived(_)
            | Refusal::ServiceInUse(_)
            | Refusal::TemplateArchived
            | Refusal::EmailTaken
            | Refusal::AlreadyClaimed
            | Refusal::BookingOfAnother
            | Refusal::BookingResolved(_)
            | Refusal::NoShowTooEarly
            | Refusal::RescheduleLate
            | Refusal::CancelLate
            | Refusal::NoPackage
            | Refusal::ServiceNotCovered(_)
            | Refusal::CurrencyDiffers(_)
            | Refusal::PackageNotActive(_)
            | Refusal::PackageFrozen(_)
            | Refusal::ExpiredAtAppointment(_)
            | Refusal::CapReached(_)
            | Refusal::NotPaid(_)
            | Refusal::InsufficientUnits
            | Refusal::HoldMissing
            | Refusal::CollectionSize
            | Refusal::CollectionCurrency(_)
            | Refusal::DebitAmount(_)
            | Refusal::MandateDate(_)
            | Refusal::NotAMember(_)
            | Refusal::BookingPaid
            | Refusal::NotReversible(_)
            | Refusal::PackageClosed
            | Refusal::Unchanged(_)
            | Refusal::EndsInPast
            | Refusal::NotSoldOnline
            | Refusal::NotAnOffer
            | Refusal::OfferAnswered
            | Refusal::OfferLapsed
            | Refusal::CreditorMissing
            | Refusal::NotPayable
            | Refusal::PaymentCurrency
            | Refusal::PaymentTooLarge
            | Refusal::PaymentNotReturnable
            | Refusal::PaymentReturned
            | Refusal::CustomerErased => 409,
            Refusal::VersionMismatch => 412,
            Refusal::KeyReused
            | Refusal::BookingIdReused
            | Refusal::StartsInPast
            | Refusal::StartsTooFar
            | Refusal::StartsInFuture
            | Refusal::ValidityOutOfRange
            | Refusal::TemplateContents(_)
            | Refusal::PackageTerms(_)
            | Refusal::SettingsOutOfRange(_)
            | Refusal::TooLarge
            | Refusal::DebitRepeated(_)
            | Refusal::CollectionDate
            | Refusal::SeriesSize
            | Refusal::InSeries { .. }
            | Refusal::DayOutOfRange(_)
            | Refusal::TemplatePriceFixed
            | Refusal::MandateSigned
            | Refusal::PaymentOfNothing
            | Refusal::UsedAboveQuantity
            | Refusal::PaidAbovePrice
            | Refusal::ExpiresBeforeSold
            | Refusal::ImportTerms(..)
            | Refusal::ImportDiffers => 422,
            Refusal::Pipeline(why) => match why.ground() {
                Ground::Missing => 404,
                Ground::Conflict => 409,
                Ground::Invalid => 422,
                Ground::Forbidden => 403,
            },
        };
        Self::new(status, refusal.code(), refusal.to_string())
    }
}

impl From<Fault> for Problem {
    fn from(fault: Fault) -> Self {
        let (status, code, detail) = match &fault {
            Fault::Unavailable { .. } => (
                503,
                "busy",
                "the service is busy: send the same request again in a moment",
            ),
            Fault::Denied { .. } | Fault::Broken { .. } => {
                (500, "broken", "the service failed: it has been recorded")
            }
        };
        let cause = Some(fault.cause().to_owned());
        Self {
            cause,
            ..Self::new(status, code, detail)
        }
    }
}

impl From<Failure> for Problem {
    fn from(failure: Failure) -> Self {
        match failure {
            Failure::Refused(refusal) => refusal.into(),
            Failure::Fault(fault) => fault.into(),
        }
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let status = StatusCode::from_u16(self.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let body = ProblemBody {
            kind: format!("urn:carnet:problem:{}", self.code),
            title: self.code.replace('-', " "),
            status: self.status,
            detail: self.detail,
            code: self.code.to_owned(),
        };
        let mut response = (status, axum::Json(body)).into_response();
        let headers = response.headers_mut();
        let json = HeaderValue::from_static("application/problem+json");
        headers.insert(header::CONTENT_TYPE, json);
        if status == StatusCode::SERVICE_UNAVAILABLE {
            headers.insert(header::RETRY_AFTER, HeaderValue::from_static("1"));
        }
        response.extensions_mut().insert(Logged {
            code: self.code,
            cause: self.cause,
        });
        response
    }
}

/// No handler has this path.
pub async fn no_such_route() -> Problem {
    Problem::new(
        404,
        "no-such-route",
        "there is nothing at this path: see the API's OpenAPI document",
    )
}

/// The path has no handler for this method: 404 as at the gateway, which looks for both together.
pub async fn no_such_method() -> Problem {
    Problem::new(
        404,
        "no-such-method",
        "this path does not have this method: see the API's OpenAPI document",
    )
}
