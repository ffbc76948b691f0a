//! What every operation of the document shares.

use std::collections::BTreeMap;

use utoipa::openapi::security::{Http, HttpAuthScheme, SecurityRequirement, SecurityScheme};
use utoipa::openapi::{
    ComponentsBuilder, ContentBuilder, OpenApi, Ref, RefOr, Response, ResponseBuilder,
};
use utoipa::{IntoResponses, PartialSchema, ToSchema};

use super::ProblemBody;

/// The problems any operation may answer with.
#[derive(Debug)]
pub struct Problems;

impl IntoResponses for Problems {
    fn responses() -> BTreeMap<String, RefOr<Response>> {
        let problem = |description: &str| {
            let schema = Ref::from_schema_name(ProblemBody::name());
            let content = ContentBuilder::new().schema(Some(schema)).build();
            let response = ResponseBuilder::new()
                .description(description)
                .content("application/problem+json", content);
            RefOr::T(response.build())
        };
        BTreeMap::from([
            (
                "4XX".to_owned(),
                problem("It cannot be done; nothing was written. `code` is stable."),
            ),
            (
                "503".to_owned(),
                problem("Busy; send the same request again after Retry-After."),
            ),
        ])
    }
}

/// The document with its bearer token, the schema of problems, and what the handlers need not say.
pub fn secured(mut document: OpenApi) -> OpenApi {
    describe(&mut document);
    let bearer = SecurityScheme::Http(Http::new(HttpAuthScheme::Bearer));
    let components = document.components.take().unwrap_or_default();
    let mut components = ComponentsBuilder::from(components)
        .security_scheme("bearer", bearer)
        .build();
    components
        .schemas
        .insert(ProblemBody::name().into_owned(), ProblemBody::schema());
    document.components = Some(components);
    document.security = Some(vec![SecurityRequirement::new(
        "bearer",
        Vec::<String>::new(),
    )]);
    document
}

/// Gives every operation a name of its own, and its success the description that OpenAPI 3.1 asks for.
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
