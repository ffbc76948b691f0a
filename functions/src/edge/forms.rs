//! The forms of what stands in paths, queries and headers, as the document has them.

use utoipa::openapi::path::{Operation, ParameterIn};
use utoipa::openapi::schema::{KnownFormat, Object, SchemaFormat, Type};
use utoipa::openapi::{RefOr, Schema};

/// An id after what says of what it is.
const ULID: &str = "[0-7][0-9A-HJKMNP-TV-Z]{25}";
const BOOKING_ID: &str = "^[A-Za-z0-9][A-Za-z0-9._:~-]{0,63}$";
/// A version as it is given out.
const ETAG: &str = "^\"[1-9][0-9]{0,18}\"$";
/// Printable, without a comma, and with no space at its ends.
const KEY: &str = "^[!-+\\--~]([ -+\\--~]{0,253}[!-+\\--~])?$";

/// The `sub` of a token.
const ACCOUNT: &str = "^[!-~]{1,128}$";

/// Adds the forms of the operation's parameters that have one.
pub(super) fn add_forms(path: &str, operation: &mut Operation) {
    for parameter in operation.parameters.iter_mut().flatten() {
        let RefOr::T(parameter) = parameter else {
            continue;
        };
        let Some(RefOr::T(Schema::Object(schema))) = &mut parameter.schema else {
            continue;
        };
        match (&parameter.parameter_in, parameter.name.as_str()) {
            (ParameterIn::Path, name) => schema.pattern = of_path(path, name),
            (ParameterIn::Header, name) => {
                // It is left out, and never null.
                schema.schema_type = Type::String.into();
                schema.pattern = of_header(name).map(str::to_owned);
            }
            (ParameterIn::Query, name) => add_form_of_query(name, schema),
            (ParameterIn::QueryString | ParameterIn::Cookie, _) => {}
        }
    }
}

fn of_header(name: &str) -> Option<&'static str> {
    match name {
        "If-Match" => Some(ETAG),
        "Idempotency-Key" => Some(KEY),
        _ => None,
    }
}

fn add_form_of_query(name: &str, schema: &mut Object) {
    let id_of = |prefix: &str| Some(format!("^{prefix}_{ULID}$"));
    match name {
        "customer_id" => schema.pattern = id_of("cus"),
        "scheme_id" => schema.pattern = id_of("sch"),
        "template_id" => schema.pattern = id_of("tpl"),
        "assignee_id" | "representative_id" => schema.pattern = Some(ACCOUNT.to_owned()),
        "as_of" | "close_from" | "close_to" | "from" | "to" => {
            // A wallet is that of an instant, which says so.
            let day = SchemaFormat::KnownFormat(KnownFormat::Date);
            schema.format.get_or_insert(day);
        }
        _ => {}
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
