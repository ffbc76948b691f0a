//! What is deployed, read from the SAM template: the routes of the API and what the table's stream
//! calls. There is no second list of either.

mod cors;
mod mapping;
mod rule;

use std::path::Path;

use axum::http::Method;
use serde_norway::Value;

use crate::Problem;
use cors::read_cors;

pub use cors::Cors;
pub use mapping::Mapping;
pub use rule::Rule;

/// What the template says about the HTTP API.
#[derive(Debug, Clone)]
pub struct Template {
    /// The file, for messages.
    pub file: String,
    /// Every route, in the template's order.
    pub routes: Vec<Route>,
    /// What pages of other origins may do; none answers no preflight.
    pub cors: Option<Cors>,
    /// What the table's stream calls, in the template's order.
    pub mappings: Vec<Mapping>,
    /// Which events the bus gives to which function.
    pub rules: Vec<Rule>,
}

/// One route and the function behind it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Route {
    /// The method.
    pub method: Method,
    /// The path, parameters in braces.
    pub path: String,
    /// The function's name, one of [`functions::FUNCTIONS`].
    pub function: &'static str,
}

impl Template {
    /// Reads the file.
    ///
    /// # Errors
    /// [`Problem::Template`], one line that names the file and what is wrong.
    pub fn read(path: &Path) -> Result<Template, Problem> {
        let file = path.display().to_string();
        match std::fs::read_to_string(path) {
            Ok(text) => Template::parse(&file, &text),
            Err(error) => Err(Problem::Template {
                what: format!(
                    "{error}; run from the repository's root, or name the template with --template"
                ),
                file,
            }),
        }
    }

    /// Reads the text of the template called `file`.
    ///
    /// # Errors
    /// [`Problem::Template`] for a text that is not YAML or has no resources; then for a function
    /// that nobody wrote, an event without method or path, a route that is there twice; then for
    /// no functions at all.
    pub fn parse(file: &str, text: &str) -> Result<Template, Problem> {
        let problem = |what| Problem::Template {
            file: file.to_owned(),
            what,
        };
        let template = read(file, text);
        template.map_err(problem)
    }
}

fn read(file: &str, text: &str) -> Result<Template, String> {
    let template: Value =
        serde_norway::from_str(text).map_err(|error| format!("not YAML: {error}"))?;
    let resources = template
        .get("Resources")
        .and_then(Value::as_mapping)
        .ok_or("it has no Resources")?;
    let mut routes: Vec<Route> = Vec::new();
    let (mut cors, mut mappings) = (None, Vec::new());
    for (id, resource) in resources {
        let id = id.as_str().unwrap_or_default();
        match resource.get("Type").and_then(Value::as_str) {
            Some("AWS::Serverless::Function") => {
                mappings.extend(mapping::read_mappings(id, resource)?);
                for route in function_routes(id, resource)? {
                    let twice =
                        |other: &&Route| other.method == route.method && other.path == route.path;
                    if let Some(other) = routes.iter().find(twice) {
                        return Err(format!(
                            "{} {} is a route of {} and of {}",
                            route.method, route.path, other.function, route.function
                        ));
                    }
                    routes.push(route);
                }
            }
            Some("AWS::Serverless::HttpApi") => {
                cors = property(resource, "CorsConfiguration")
                    .map(read_cors)
                    .transpose()?;
            }
            Some(_) | None => {}
        }
    }
    if routes.is_empty() {
        return Err("it has no function with an HttpApi event".to_owned());
    }
    Ok(Template {
        file: file.to_owned(),
        routes,
        cors,
        mappings,
        rules: rule::read_rules(&template, resources)?,
    })
}

fn property<'a>(resource: &'a Value, name: &str) -> Option<&'a Value> {
    resource.get("Properties")?.get(name)
}

/// Events with their names.
type Events<'a> = Vec<(&'a str, &'a Value)>;

/// The last part of a function's `CodeUri`, and its events with their names.
fn code_and_events<'a>(id: &str, resource: &'a Value) -> Result<(&'a str, Events<'a>), String> {
    let code = property(resource, "CodeUri")
        .and_then(Value::as_str)
        .ok_or_else(|| format!("{id} has no CodeUri such as target/lambda/catalog/"))?;
    let code = code.trim_end_matches('/').rsplit('/').next();
    let events = property(resource, "Events").and_then(Value::as_mapping);
    let events = events.into_iter().flatten();
    let events = events.map(|(name, event)| (name.as_str().unwrap_or_default(), event));
    Ok((code.unwrap_or_default(), events.collect()))
}

fn function_routes(id: &str, resource: &Value) -> Result<Vec<Route>, String> {
    let (name, events) = code_and_events(id, resource)?;
    let unknown = || format!("{id}'s CodeUri names the function {name:?}, which does not exist");
    let mut others = functions::STREAM_FUNCTIONS.iter().map(|f| f.name);
    let timed = functions::TIMED_FUNCTIONS.iter().any(|f| f.name == name);
    let on_bus = functions::BUS_FUNCTIONS.iter().any(|f| f.name == name);
    let no_routes = timed || on_bus || others.any(|other| other == name);
    let function = functions::FUNCTIONS.iter().find(|f| f.name == name);
    let Some(function) = function else {
        return if no_routes {
            Ok(Vec::new())
        } else {
            Err(unknown())
        };
    };
    let mut routes = Vec::new();
    for (event_id, event) in events {
        if event.get("Type").and_then(Value::as_str) != Some("HttpApi") {
            continue;
        }
        let what = |what: &str| format!("{id}'s event {event_id} {what}");
        let text = |name| property(event, name).and_then(Value::as_str);
        let method = text("Method").ok_or_else(|| what("has no Method"))?;
        let path = text("Path").ok_or_else(|| what("has no Path"))?;
        let method = match method.to_uppercase().as_str() {
            "GET" => Method::GET,
            "POST" => Method::POST,
            "PUT" => Method::PUT,
            "PATCH" => Method::PATCH,
            "DELETE" => Method::DELETE,
            other => {
                return Err(what(&format!(
                    "has the Method {other}, which the local gateway does not route"
                )));
            }
        };
        if !path.starts_with('/') || path.contains('+') {
            return Err(what(&format!(
                "has the Path {path}, which the local gateway does not route"
            )));
        }
        routes.push(Route {
            method,
            path: path.to_owned(),
            function: function.name,
        });
    }
    Ok(routes)
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEMPLATE: &str = "
Resources:
  Table: {Type: AWS::DynamoDB::Table, Properties: {Name: !Sub '${A}-b'}}
  HttpApi:
    Type: AWS::Serverless::HttpApi
    Properties:
      CorsConfiguration:
        AllowOrigins: !Ref AllowedOrigins
        AllowMethods: [GET]
        AllowHeaders: [authorization]
        ExposeHeaders: [etag]
        MaxAge: 60
  CatalogFunction:
    Type: AWS::Serverless::Function
    Properties:
      CodeUri: target/lambda/catalog/
      Policies: [{Resource: !GetAtt Table.Arn}]
      Events:
        List: {Type: HttpApi, Properties: {ApiId: !Ref HttpApi, Method: get, Path: /v1/services}}
        Get: {Type: HttpApi, Properties: {Method: GET, Path: '/v1/services/{id}'}}
        Nightly: {Type: Schedule, Properties: {Schedule: rate(1 day)}}
";

    fn refused(text: &str) -> String {
        Template::parse("template.yaml", text)
            .unwrap_err()
            .to_string()
    }

    #[test]
    fn routes_and_cors_are_read_past_the_intrinsic_functions() {
        let template = Template::parse("template.yaml", TEMPLATE).unwrap();
        let catalog = |path: &str| Route {
            method: Method::GET,
            path: path.to_owned(),
            function: "catalog",
        };
        assert_eq!(
            template.routes,
            [catalog("/v1/services"), catalog("/v1/services/{id}")]
        );
        let cors = template.cors.unwrap();
        assert_eq!(cors.allow_headers, ["authorization"]);
        assert_eq!(cors.max_age_seconds, 60);
    }

    #[test]
    fn what_is_wrong_is_said_in_one_line_that_names_the_file() {
        let event = "Get: {Type: HttpApi, Properties: {Method: GET, Path: '/v1/services/{id}'}}";
        let cases = [
            ("a: [", "template.yaml: not YAML: "),
            ("a: b", "template.yaml: it has no Resources"),
            (
                "Resources: {}",
                "template.yaml: it has no function with an HttpApi event",
            ),
            (
                &TEMPLATE.replace("/catalog/", "/catalogue/"),
                "template.yaml: CatalogFunction's CodeUri names the function \"catalogue\", which does not exist",
            ),
            (
                &TEMPLATE.replace("CodeUri", "Code"),
                "template.yaml: CatalogFunction has no CodeUri such as target/lambda/catalog/",
            ),
            (
                &TEMPLATE.replace(event, &format!("{event}\n        Again{}", &event[3..])),
                "template.yaml: GET /v1/services/{id} is a route of catalog and of catalog",
            ),
            (
                &TEMPLATE.replace(", Path: /v1/services}", "}"),
                "template.yaml: CatalogFunction's event List has no Path",
            ),
            (
                &TEMPLATE.replace("Method: get, ", ""),
                "template.yaml: CatalogFunction's event List has no Method",
            ),
            (
                &TEMPLATE.replace("Method: get", "Method: ANY"),
                "template.yaml: CatalogFunction's event List has the Method ANY, which the local gateway does not route",
            ),
        ];
        for (text, line) in cases {
            let refused = refused(text);
            assert!(refused.starts_with(line), "{refused}");
            assert!(!refused.contains('\n'), "{refused}");
        }
    }
}
