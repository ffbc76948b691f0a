//! The forms of what stands in paths and headers, as the patterns that the document has.

use utoipa::openapi::path::{Operation, ParameterIn};
use utoipa::openapi::{RefOr, Schema};

/// An id after what says of what it is.
const ULID: &str = "[0-7][0-9A-HJKMNP-TV-Z]{25}";
const BOOKING_ID: &str = "^[A-Za-z0-9][A-Za-z0-9._:~-]{0,63}$";
/// A version as it is given out.
const ETAG: &str = "^\"[1-9][0-9]{0,18}\"$";
/// Printable, without a comma, and with no space at its ends.
const KEY: &str = "^[!-+\\--~]([ -+\\--~]{0,253}[!-+\\--~])?$";

/// Adds the forms of the operation's parameters that have one.
pub(super) fn add_forms(path: &str, operation: &mut Operation) {
    for parameter in operation.parameters.iter_mut().flatten() {
        let RefOr::T(parameter) = parameter else {
            continue;
        };
        let form = match (&parameter.parameter_in, parameter.name.as_str()) {
            (ParameterIn::Path, name) => of_path(path, name),
            (ParameterIn::Header, "If-Match") => Some(ETAG.to_owned()),
            (ParameterIn::Header, "Idempotency-Key") => Some(KEY.to_owned()),
            (ParameterIn::Header, _)
            | (ParameterIn::Query | ParameterIn::QueryString | ParameterIn::Cookie, _) => None,
        };
        if let (Some(RefOr::T(Schema::Object(schema))), Some(form)) = (&mut parameter.schema, form)
        {
            schema.pattern = Some(form);
        }
    }
}

/// Of what stands after a segment; a debit is called as the bank calls it.
fn of_path(path: &str, name: &str) -> Option<String> {
    let (before, _) = path.split_once(&format!("/{{{name}}}"))?;
    let prefix = match before.rsplit('/').next()? {
        "bookings" => return Some(BOOKING_ID.to_owned()),
        "activities" => "act",
        "companies" => "com",
        "customers" => "cus",
        "links" => "(cus|com)",
        "opportunities" => "opp",
        "package-templates" => "tpl",
        "packages" => "pkg",
        "payments" => "ent",
        "quotas" => "qta",
        "quotes" => "qte",
        "services" => "svc",
        "stage-schemes" => "sch",
        _ => return None,
    };
    Some(format!("^{prefix}_{ULID}$"))
}
