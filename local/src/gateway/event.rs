//! The event API Gateway's HTTP API sends to a function (payload format 2.0).

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::net::IpAddr;

use axum::http::request::Parts;
use axum::http::{HeaderMap, header};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use chrono::{DateTime, Utc};
use serde_json::{Map, Value, json};

/// The name the API calls itself. A client's own Host header never arrives: in the cloud, a request
/// with another one reaches another API.
const DOMAIN: &str = "localhost";
const ACCOUNT: &str = "000000000000";
const API: &str = "local";

/// What the gateway knows of a request beyond its own text.
pub struct Received<'a> {
    /// The route, such as `GET /v1/services/{id}`.
    pub route_key: &'a str,
    /// The path, decoded.
    pub path: &'a str,
    /// What the path has in the place of the route's parameters.
    pub parameters: Vec<(&'a str, &'a str)>,
    /// What the token says.
    pub claims: &'a Map<String, Value>,
    /// The gateway's id for the request.
    pub id: &'a str,
    /// Its X-Ray trace.
    pub trace: &'a str,
    /// When it arrived.
    pub at: DateTime<Utc>,
    /// Whom it is from.
    pub source: IpAddr,
}

/// The event for a request. As in the cloud, `rawPath` is decoded and `rawQueryString` is not.
pub fn event(parts: &Parts, body: &[u8], received: &Received<'_>) -> Value {
    let query = parts.uri.query().unwrap_or_default();
    let mut event = json!({
        "version": "2.0",
        "routeKey": received.route_key,
        "rawPath": received.path,
        "rawQueryString": query,
        "headers": headers(&parts.headers, received),
        "requestContext": {
            "accountId": ACCOUNT,
            "apiId": API,
            "authorizer": {
                // Scopes are listed only where a route asks for some, and none does; what a token
                // has is in its claim `scope`.
                "jwt": {"claims": rendered(received.claims), "scopes": null}
            },
            "domainName": DOMAIN,
            "domainPrefix": DOMAIN,
            "http": {
                "method": parts.method.as_str(),
                "path": received.path,
                "protocol": format!("{:?}", parts.version),
                "sourceIp": received.source.to_string(),
                "userAgent": joined(&parts.headers, &header::USER_AGENT),
            },
            "requestId": received.id,
            "routeKey": received.route_key,
            "stage": "$default",
            "time": received.at.format("%d/%b/%Y:%H:%M:%S +0000").to_string(),
            "timeEpoch": received.at.timestamp_millis(),
        },
        "isBase64Encoded": false,
    });
    if !query.is_empty() {
        event["queryStringParameters"] = json!(parameters(query));
    }
    if !received.parameters.is_empty() {
        event["pathParameters"] = received.parameters.iter().copied().collect();
    }
    let cookies = parts.headers.get_all(header::COOKIE).iter();
    let cookies: Vec<_> = cookies
        .map(|value| String::from_utf8_lossy(value.as_bytes()))
        .flat_map(|value| value.split("; ").map(str::to_owned).collect::<Vec<_>>())
        .collect();
    if !cookies.is_empty() {
        event["cookies"] = json!(cookies);
    }
    match std::str::from_utf8(body) {
        Ok("") => {}
        Ok(text) => event["body"] = json!(text),
        Err(_) => {
            event["body"] = json!(STANDARD.encode(body));
            event["isBase64Encoded"] = json!(true);
        }
    }
    event
}

/// Names in lower case; several values of one name are one, between commas.
fn headers(sent: &HeaderMap, received: &Received<'_>) -> BTreeMap<String, String> {
    let mut headers: BTreeMap<String, String> = sent
        .keys()
        .filter(|name| *name != header::COOKIE)
        .map(|name| (name.as_str().to_owned(), joined(sent, name)))
        .collect();
    let source = received.source.to_string();
    let forwarded = match headers.remove("x-forwarded-for") {
        Some(before) => format!("{before}, {source}"),
        None => source,
    };
    headers.extend([
        ("host".to_owned(), DOMAIN.to_owned()),
        ("x-amzn-trace-id".to_owned(), received.trace.to_owned()),
        ("x-forwarded-for".to_owned(), forwarded),
        ("x-forwarded-proto".to_owned(), "http".to_owned()),
    ]);
    headers
}

fn joined(headers: &HeaderMap, name: &header::HeaderName) -> String {
    let values = headers.get_all(name).iter();
    let values: Vec<Cow<'_, str>> = values
        .map(|value| String::from_utf8_lossy(value.as_bytes()))
        .collect();
    values.join(",")
}

/// Decoded; several values of one name are one, between commas.
fn parameters(query: &str) -> BTreeMap<String, String> {
    let mut parameters = BTreeMap::<String, String>::new();
    for (name, value) in form_urlencoded::parse(query.as_bytes()) {
        parameters
            .entry(name.into_owned())
            .and_modify(|before| *before = format!("{before},{value}"))
            .or_insert_with(|| value.to_string());
    }
    parameters
}

/// Claims as the JWT authorizer passes them on: every value a text, a list as `[owner staff]`.
fn rendered(claims: &Map<String, Value>) -> BTreeMap<&str, String> {
    claims
        .iter()
        .map(|(name, value)| (name.as_str(), text(value)))
        .collect()
}

fn text(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Array(values) => {
            let values: Vec<String> = values.iter().map(text).collect();
            format!("[{}]", values.join(" "))
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::Object(_) => value.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use axum::http::Request;
    use chrono::TimeZone;
    use lambda_http::request::LambdaRequest;

    use super::*;

    fn built(request: Request<()>, body: &[u8]) -> Value {
        let claims = json!({"sub": "someone", "cognito:groups": ["owner", "staff"],
            "email_verified": true, "exp": 1_800_000_000, "custom:business_id": "gul"});
        let received = Received {
            route_key: "POST /v1/bookings/{id}/cancel",
            path: "/v1/bookings/ş 1/cancel",
            parameters: vec![("id", "ş 1")],
            claims: claims.as_object().unwrap(),
            id: "0123",
            trace: "Root=1-2-3",
            at: Utc.with_ymd_and_hms(2026, 3, 9, 19, 3, 58).unwrap(),
            source: [127, 0, 0, 1].into(),
        };
        event(&request.into_parts().0, body, &received)
    }

    fn request() -> Request<()> {
        Request::post("/v1/bookings/%C5%9F%201/cancel?a=1%20x&a=2&b=")
            .header("Host", "127.0.0.1:3000")
            .header("User-Agent", "test")
            .header("Idempotency-Key", "k")
            .header("Accept", "a")
            .header("Accept", "b")
            .body(())
            .unwrap()
    }

    #[test]
    fn a_request_becomes_the_event_that_api_gateway_sends() {
        let expected = json!({
            "version": "2.0",
            "routeKey": "POST /v1/bookings/{id}/cancel",
            "rawPath": "/v1/bookings/ş 1/cancel",
            "rawQueryString": "a=1%20x&a=2&b=",
            "headers": {
                "accept": "a,b",
                "host": "localhost",
                "idempotency-key": "k",
                "user-agent": "test",
                "x-amzn-trace-id": "Root=1-2-3",
                "x-forwarded-for": "127.0.0.1",
                "x-forwarded-proto": "http",
            },
            "queryStringParameters": {"a": "1 x,2", "b": ""},
            "pathParameters": {"id": "ş 1"},
            "requestContext": {
                "accountId": "000000000000",
                "apiId": "local",
                "authorizer": {"jwt": {
                    "claims": {
                        "sub": "someone",
                        "cognito:groups": "[owner staff]",
                        "email_verified": "true",
                        "exp": "1800000000",
                        "custom:business_id": "gul",
                    },
                    "scopes": null,
                }},
                "domainName": "localhost",
                "domainPrefix": "localhost",
                "http": {
                    "method": "POST",
                    "path": "/v1/bookings/ş 1/cancel",
                    "protocol": "HTTP/1.1",
                    "sourceIp": "127.0.0.1",
                    "userAgent": "test",
                },
                "requestId": "0123",
                "routeKey": "POST /v1/bookings/{id}/cancel",
                "stage": "$default",
                "time": "09/Mar/2026:19:03:58 +0000",
                "timeEpoch": 1_773_083_038_000_i64,
            },
            "body": "{\"a\":\"ş\"}",
            "isBase64Encoded": false,
        });
        assert_eq!(built(request(), "{\"a\":\"ş\"}".as_bytes()), expected);
    }

    #[test]
    fn a_function_sees_the_path_and_the_query_that_were_sent() {
        let event = built(request(), b"").to_string();
        let request: LambdaRequest = serde_json::from_str(&event).unwrap();
        let request = lambda_http::Request::from(request);
        assert_eq!(request.uri().path(), "/v1/bookings/%C5%9F%201/cancel");
        assert_eq!(request.uri().query(), Some("a=1%20x&a=2&b="));
        assert_eq!(request.method(), "POST");
        assert!(request.body().is_empty());
    }

    #[test]
    fn a_body_that_is_not_text_is_base64() {
        let event = built(request(), &[0xff, 0x00]);
        assert_eq!(event["body"], "/wA=");
        assert_eq!(event["isBase64Encoded"], true);
        assert_eq!(built(request(), b"").get("body"), None);
    }

    #[test]
    fn cookies_are_a_list_of_their_own() {
        let (mut parts, ()) = request().into_parts();
        parts.headers.insert("cookie", "a=1; b=2".parse().unwrap());
        let event = built(Request::from_parts(parts, ()), b"");
        assert_eq!(event["cookies"], json!(["a=1", "b=2"]));
        assert_eq!(event["headers"].get("cookie"), None);
    }
}
