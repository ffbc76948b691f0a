//! What every operation of the document shares.

use utoipa::openapi::security::{Http, HttpAuthScheme, SecurityRequirement, SecurityScheme};
use utoipa::openapi::{ComponentsBuilder, OpenApi, RefOr};
use utoipa::{PartialSchema, ToSchema};

use super::ProblemBody;
use super::forms::add_forms;
use super::responses::{GatewayMessage, add_derived};

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
