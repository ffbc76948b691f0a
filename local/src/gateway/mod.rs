//! A local stand-in for API Gateway's HTTP API: routes, the JWT authorizer, and each request turned
//! into the event its function would be sent.

mod answer;
mod api;
mod beside;
pub mod event;
mod invoke;
mod running;

use std::io;
use std::net::SocketAddr;
use std::time::Duration;

use axum::Router;
use axum::extract::Request;
use axum::response::Response;
use functions::App;
use tokio::net::TcpListener;
use tokio::sync::oneshot;
use tower::ServiceExt;
use tower_http::cors::{Any, CorsLayer};
use utoipa_swagger_ui::{Config, SwaggerUi};

use self::invoke::Calls;
pub use self::running::Running;
pub(crate) use self::running::within_grace;
use crate::template::Cors;
use crate::{Problem, Template, Tokens};

/// Every function behind its routes.
#[derive(Debug, Clone)]
pub struct Gateway {
    router: Router,
    tokens: Tokens,
    calls: Calls,
}

impl Gateway {
    /// Puts one instance of every function behind the template's routes; besides, `/openapi.json` and
    /// `/docs` without a token.
    ///
    /// # Errors
    /// [`Problem::Template`] when two routes cannot be told apart.
    pub fn new(template: &Template, app: &App, tokens: Tokens) -> Result<Gateway, Problem> {
        let calls = Calls::default();
        let api = api::router(template, app, tokens.clone(), calls.clone())?;
        let docs = SwaggerUi::new("/docs")
            .url("/openapi.json", functions::openapi())
            // The default sends the document to a validator on the internet.
            .config(Config::default().validator_url("none"));
        let mut router = Router::new().merge(docs).fallback_service(api);
        if let Some(cors) = &template.cors {
            router = router.layer(any_origin(cors));
        }
        Ok(Gateway {
            router,
            tokens,
            calls,
        })
    }

    /// Answers one request, without a socket.
    pub async fn call(&self, request: Request) -> Response {
        match self.router.clone().oneshot(request).await {
            Ok(response) => response,
            Err(never) => match never {},
        }
    }

    /// Answers on `listener` until it is stopped.
    ///
    /// # Errors
    /// [`Problem::Port`] when the listener has no address.
    pub fn serve(self, listener: TcpListener) -> Result<Running, Problem> {
        let address = listener
            .local_addr()
            .map_err(|reason| Problem::Port { port: 0, reason })?;
        let (stop, stopped) = oneshot::channel::<()>();
        let service = self
            .router
            .into_make_service_with_connect_info::<SocketAddr>();
        let server = tokio::spawn(async move {
            let server = axum::serve(listener, service).with_graceful_shutdown(async {
                // A dropped sender means stop, too.
                let _ = stopped.await;
            });
            if let Err(error) = server.await {
                tracing::error!(%error, "the gateway stopped");
            }
        });
        Ok(Running {
            address,
            tokens: self.tokens,
            calls: self.calls,
            stop,
            server,
        })
    }

    /// Serves on `port` of this machine's loopback address; 0 picks a free one.
    ///
    /// # Errors
    /// [`Problem::PortTaken`], [`Problem::Port`], [`Problem::Template`].
    pub async fn start(
        template: &Template,
        app: &App,
        tokens: Tokens,
        port: u16,
    ) -> Result<Running, Problem> {
        let listener = listen(port).await?;
        Gateway::new(template, app, tokens)?.serve(listener)
    }
}

/// Takes `port` of the loopback address; 0 picks a free one.
///
/// # Errors
/// [`Problem::PortTaken`], [`Problem::Port`].
pub async fn listen(port: u16) -> Result<TcpListener, Problem> {
    TcpListener::bind(("127.0.0.1", port))
        .await
        .map_err(|reason| {
            if reason.kind() == io::ErrorKind::AddrInUse {
                Problem::PortTaken(port)
            } else {
                Problem::Port { port, reason }
            }
        })
}

fn any_origin(cors: &Cors) -> CorsLayer {
    CorsLayer::new()
        .allow_origin(Any)
        .allow_methods(cors.allow_methods.clone())
        .allow_headers(cors.allow_headers.clone())
        .expose_headers(cors.expose_headers.clone())
        .max_age(Duration::from_secs(cors.max_age_seconds))
}

#[cfg(test)]
mod tests {
    use axum::body::{Body, to_bytes};
    use axum::http::{HeaderMap, StatusCode};
    use serde_json::{Value, json};

    use super::*;
    use crate::{Claims, Role};

    const TEMPLATE: &str = "
Resources:
  HttpApi:
    Type: AWS::Serverless::HttpApi
    Properties:
      CorsConfiguration: {AllowMethods: [POST], AllowHeaders: [authorization], MaxAge: 60}
  CatalogFunction:
    Type: AWS::Serverless::Function
    Properties:
      CodeUri: target/lambda/catalog/
      Events: {Create: {Type: HttpApi, Properties: {Method: POST, Path: /v1/services}}}
";

    /// Its database answers nothing: no request of these tests may reach a function.
    fn gateway() -> Gateway {
        let app = App {
            store: infra::Store::new(infra::client::at("http://127.0.0.1:9"), "none"),
            clock: functions::Clock::system(),
            bus: None,
        };
        let template = Template::parse("template.yaml", TEMPLATE).unwrap();
        Gateway::new(&template, &app, Tokens::new("a key")).unwrap()
    }

    async fn answered(
        request: axum::http::request::Builder,
        body: Body,
    ) -> (StatusCode, HeaderMap, Value) {
        let (parts, body) = gateway()
            .call(request.body(body).unwrap())
            .await
            .into_parts();
        let body = to_bytes(body, usize::MAX).await.unwrap();
        (
            parts.status,
            parts.headers,
            serde_json::from_slice(&body).unwrap_or(Value::Null),
        )
    }

    fn bearer(tokens: &Tokens, claims: &Claims) -> String {
        format!("Bearer {}", tokens.mint(claims).unwrap())
    }

    #[tokio::test]
    async fn only_a_route_with_its_method_is_found_token_or_not() {
        for request in [
            Request::get("/v1/nothing"),
            Request::get("/v1/services"),
            Request::post("/v1/services/"),
            Request::post("/v1%2Fservices%2Fa"),
        ] {
            let (status, _, body) = answered(request, Body::empty()).await;
            assert_eq!(
                (status, body),
                (StatusCode::NOT_FOUND, json!({"message": "Not Found"}))
            );
        }
        let (status, _, _) = answered(Request::post("/v1/%ff"), Body::empty()).await;
        assert_eq!(status, StatusCode::BAD_REQUEST);
    }

    #[tokio::test]
    async fn a_request_without_a_good_token_is_unauthorized() {
        let claims = Claims::new(Role::Owner, "gul", "someone");
        let elsewhere = Claims {
            aud: "another".to_owned(),
            ..claims.clone()
        };
        let request = || Request::post("/v1/services");
        for request in [
            request(),
            request().header("authorization", "Bearer"),
            request().header("authorization", "Basic abc"),
            request().header("authorization", bearer(&Tokens::new("a key"), &elsewhere)),
            request().header("authorization", bearer(&Tokens::new("another"), &claims)),
        ] {
            let (status, headers, body) = answered(request, Body::empty()).await;
            assert_eq!(
                (status, body),
                (StatusCode::UNAUTHORIZED, json!({"message": "Unauthorized"}))
            );
            assert_eq!(headers["www-authenticate"], "Bearer");
        }
    }

    #[tokio::test]
    async fn a_body_of_more_than_ten_megabytes_is_too_large() {
        let claims = Claims::new(Role::Owner, "gul", "someone");
        let token = bearer(&Tokens::new("a key"), &claims);
        for length in [10 * 1024 * 1024 + 1, 81 * 1024 * 1024] {
            let request = Request::post("/v1/services").header("authorization", &token);
            let (status, _, body) = answered(request, Body::from(vec![b' '; length])).await;
            assert_eq!(status, StatusCode::PAYLOAD_TOO_LARGE);
            assert_eq!(body, json!({"message": "Request Entity Too Large"}));
        }
    }

    #[tokio::test]
    async fn a_page_of_any_origin_may_do_what_the_template_allows() {
        let preflight = Request::options("/v1/services")
            .header("origin", "http://localhost:5173")
            .header("access-control-request-method", "POST");
        let (status, headers, _) = answered(preflight, Body::empty()).await;
        assert!(status.is_success());
        assert_eq!(headers["access-control-allow-origin"], "*");
        assert_eq!(headers["access-control-allow-methods"], "POST");
        assert_eq!(headers["access-control-allow-headers"], "authorization");
        let refused = Request::post("/v1/services").header("origin", "http://localhost:5173");
        let (_, headers, _) = answered(refused, Body::empty()).await;
        assert_eq!(headers["access-control-allow-origin"], "*");
    }

    #[tokio::test]
    async fn the_document_and_its_page_need_no_token() {
        let (status, _, document) = answered(Request::get("/openapi.json"), Body::empty()).await;
        assert_eq!(
            (status, document["openapi"].is_string()),
            (StatusCode::OK, true)
        );
        let (status, _, _) = answered(Request::get("/docs/"), Body::empty()).await;
        assert_eq!(status, StatusCode::OK);
    }
}
