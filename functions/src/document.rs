//! The OpenAPI document.

use utoipa::openapi::{InfoBuilder, OpenApi, OpenApiBuilder};

use crate::FUNCTIONS;
use crate::edge::secured;
use crate::operation::documented;

/// The OpenAPI document of all functions, from the routes themselves.
pub fn openapi() -> OpenApi {
    let info = InfoBuilder::new()
        .title("Carnet")
        .version(env!("CARGO_PKG_VERSION"))
        .description(Some(
            "Prepaid packages for appointment businesses: sell, redeem when booked, settle when \
             completed; and the pipeline that sells them. Times are RFC 3339 in UTC, money is whole minor units of an ISO 4217 \
             currency, errors are RFC 9457 problems with a stable code.",
        ))
        .build();
    let mut document = OpenApiBuilder::new().info(info).build();
    for function in FUNCTIONS {
        document.merge(documented(&(function.operations)()));
    }
    secured(document)
}
