//! One request's way: route, token, body, event, function.

use std::collections::HashMap;
use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::sync::Arc;

use axum::Router;
use axum::body::to_bytes;
use axum::extract::{ConnectInfo, Request, State};
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderValue, Method, header};
use axum::response::{IntoResponse, Response};
use chrono::Utc;
use functions::App;
use lambda_http::Context;
use percent_encoding::percent_decode_str;
use serde_json::{Map, Value};

use super::answer::Refused;
use super::event::{Received, event};
use super::invoke::{Calls, invoke};
use crate::{Problem, Template, Tokens};

/// The largest body API Gateway passes on.
const LARGEST_BODY: usize = 10 * 1024 * 1024;
/// How much of a body that is too large is read before it is refused, so that the client, which is
/// still sending, can read the answer.
const LARGEST_READ: usize = 8 * LARGEST_BODY;

struct Api {
    routes: HashMap<Method, matchit::Router<Target>>,
    tokens: Tokens,
    calls: Calls,
}

struct Target {
    route_key: String,
    name: &'static str,
    function: Router,
}

/// Every route of the template, with one instance of each function.
///
/// # Errors
/// [`Problem::Template`] when two routes cannot be told apart.
pub(super) fn router(
    template: &Template,
    app: &App,
    tokens: Tokens,
    calls: Calls,
) -> Result<Router, Problem> {
    let instances: HashMap<&str, Router> = functions::FUNCTIONS
        .iter()
        .map(|function| (function.name, function.router(app.clone())))
        .collect();
    let mut routes = HashMap::<Method, matchit::Router<Target>>::new();
    for route in &template.routes {
        let problem = |what: String| Problem::Template {
            file: template.file.clone(),
            what,
        };
        let instance = instances.get(route.function);
        let function =
            instance.ok_or_else(|| problem(format!("there is no function {}", route.function)))?;
        let target = Target {
            route_key: format!("{} {}", route.method, route.path),
            name: route.function,
            function: function.clone(),
        };
        let of_method = routes.entry(route.method.clone()).or_default();
        of_method
            .insert(&route.path, target)
            .map_err(|error| problem(format!("{} {}: {error}", route.method, route.path)))?;
    }
    let api = Arc::new(Api {
        routes,
        tokens,
        calls,
    });
    Ok(Router::new().fallback(answer).with_state(api))
}

async fn answer(State(api): State<Arc<Api>>, request: Request) -> Response {
    match api.answer(request).await {
        Ok(response) => response,
        Err(refused) => refused.into_response(),
    }
}

impl Api {
    async fn answer(&self, request: Request) -> Result<Response, Refused> {
        let (parts, body) = request.into_parts();
        let path = decoded(parts.uri.path())?;
        let routes = self.routes.get(&parts.method).ok_or(Refused::NotFound)?;
        let matched = routes.at(&path).map_err(|_| Refused::NotFound)?;
        let claims = self.claims(&parts.headers)?;
        let body = to_bytes(body, LARGEST_READ)
            .await
            .map_err(|_| Refused::TooLarge)?;
        if body.len() > LARGEST_BODY {
            return Err(Refused::TooLarge);
        }
        let target = matched.value;
        let id = crate::random_hex::<16>().map_err(|_| Refused::Failed)?;
        let at = Utc::now();
        let trace = format!("Root=1-{:08x}-{}", at.timestamp(), &id[..24]);
        let event = event(
            &parts,
            &body,
            &Received {
                route_key: &target.route_key,
                path: &path,
                parameters: matched.params.iter().collect(),
                claims: &claims,
                id: &id,
                trace: &trace,
                at,
                source: source(&parts),
            },
        );
        let context = context(target.name, &id, trace);
        let mut response = invoke(
            target.function.clone(),
            event.to_string(),
            context,
            &self.calls,
        )
        .await?;
        if let Ok(id) = HeaderValue::from_str(&id) {
            response.headers_mut().insert("apigw-requestid", id);
        }
        Ok(response)
    }

    /// The claims of the bearer token; as in the cloud, the word `Bearer` may be left out.
    fn claims(&self, headers: &HeaderMap) -> Result<Map<String, Value>, Refused> {
        let sent = headers
            .get(header::AUTHORIZATION)
            .and_then(|value| value.to_str().ok());
        let sent = sent.ok_or(Refused::Unauthorized)?;
        let token = match sent.split_once(' ') {
            Some((scheme, token)) if scheme.eq_ignore_ascii_case("bearer") => token.trim(),
            Some(_) | None => sent,
        };
        self.tokens.verify(token).map_err(|_| Refused::Unauthorized)
    }
}

/// The path as the HTTP API sees it: decoded once before routing, so that an encoded slash separates,
/// and cut at an encoded question mark.
fn decoded(path: &str) -> Result<String, Refused> {
    let path = percent_decode_str(path)
        .decode_utf8()
        .map_err(|_| Refused::Malformed)?;
    Ok(path.split('?').next().unwrap_or_default().to_owned())
}

fn source(parts: &Parts) -> IpAddr {
    match parts.extensions.get::<ConnectInfo<SocketAddr>>() {
        Some(ConnectInfo(address)) => address.ip(),
        None => Ipv4Addr::LOCALHOST.into(),
    }
}

fn context(function: &str, id: &str, trace: String) -> Context {
    let mut context = Context::default();
    context.request_id = id.to_owned();
    context.invoked_function_arn = format!("arn:aws:lambda:local:000000000000:function:{function}");
    context.xray_trace_id = Some(trace);
    context
}
