//! What every operation of the document shares.

use utoipa::openapi::path::{Operation, ParameterIn};
use utoipa::openapi::security::{Http, HttpAuthScheme, SecurityRequirement, SecurityScheme};
use utoipa::openapi::{ComponentsBuilder, OpenApi, RefOr, Required};
use utoipa::{PartialSchema, ToSchema};

use super::ProblemBody;
use super::forms::add_forms;
use super::responses::{GatewayMessage, of};

/// The document with its bearer token, the schema of problems, and what the handlers need not say.
pub fn secured(mut document: OpenApi) -> OpenApi {
    describe(&mut document);
    let bearer = SecurityScheme::Http(Http::new(HttpAuthScheme::Bearer));
    let components = document.components.take().unwrap_or_default();
    let mut components = ComponentsBuilder::from(components)
        .security_scheme("bearer", bearer)
        .build();
    for (name, schema) in [
        (ProblemBody::name(), ProblemBody::schema()),
        (GatewayMessage::name(), GatewayMessage::schema()),
    ] {
        components.schemas.insert(name.into_owned(), schema);
    }
    document.components = Some(components);
    document.security = Some(vec![SecurityRequirement::new(
        "bearer",
        Vec::<String>::new(),
    )]);
    document
}

/// Gives every operation a name of its own, the problems that follow from what it takes, and its success
/// the description that OpenAPI 3.1 asks for.
fn describe(document: &mut OpenApi) {
    for (path, item) in &mut document.paths.paths {
        let operations = [
            ("get", &mut item.get),
            ("post", &mut item.post),
            ("put", &mut item.put),
            ("patch", &mut item.patch),
            ("delete", &mut item.delete),
        ];
        for (method, operation) in operations {
            let Some(operation) = operation else { continue };
            let words = path.split(['/', '{', '}']).filter(|word| !word.is_empty());
            let words: Vec<&str> = std::iter::once(method).chain(words.skip(1)).collect();
            operation.operation_id = Some(words.join("-"));
            add_derived(operation);
            add_forms(path, operation);
            for response in operation.responses.responses.values_mut() {
                if let RefOr::T(response) = response
                    && response.description.is_empty()
                {
                    response.description = "Done.".to_owned();
                }
            }
        }
    }
}

/// Adds the statuses that follow from what an operation takes.
fn add_derived(operation: &mut Operation) {
    let mut statuses = Vec::new();
    if operation.request_body.is_some() {
        // Too large, not declared as what is taken, not what is taken.
        statuses.extend([413, 415, 422]);
    }
    for parameter in operation.parameters.iter().flatten() {
        let RefOr::T(parameter) = parameter else {
            continue;
        };
        let required = parameter.required == Required::True;
        match (&parameter.parameter_in, parameter.name.as_str()) {
            (ParameterIn::Path, _) => statuses.push(404),
            (ParameterIn::Header, "If-Match") if required => statuses.extend([412, 428]),
            (ParameterIn::Header, "If-Match") => statuses.push(412),
            (ParameterIn::Header, "Idempotency-Key") => statuses.push(422),
            (ParameterIn::Header, _)
            | (ParameterIn::Query | ParameterIn::QueryString | ParameterIn::Cookie, _) => {}
        }
    }
    for (status, response) in of(&statuses) {
        let known = &mut operation.responses.responses;
        known.entry(status).or_insert(response);
    }
}
