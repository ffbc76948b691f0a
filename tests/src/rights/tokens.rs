//! Tokens that are none, or not good enough.

use local::{Claims, Role, Tokens};
use serde_json::json;

use super::table::rows;
use crate::harness::{Business, Request, World, routes};

/// Tokens that the gateway must not accept, by what is wrong with them.
fn unacceptable(world: &World) -> Vec<(&'static str, String)> {
    let good = Claims::new(Role::Owner, &world.business, "someone");
    let mint = |claims: &Claims| world.tokens().mint(claims).unwrap();
    let customer = world.token(Role::Customer);
    let (owner, customer): (Vec<String>, Vec<String>) = (parts(&mint(&good)), parts(&customer));
    // {"alg":"none","typ":"JWT"}
    let unsigned = "eyJhbGciOiJub25lIiwidHlwIjoiSldUIn0";
    let foreign = Tokens::new("a key of someone else");
    let expired = Claims {
        exp: 946_684_800,
        ..good.clone()
    };
    let audience = Claims {
        aud: "another".to_owned(),
        ..good.clone()
    };
    let issuer = Claims {
        iss: "https://another.invalid".to_owned(),
        ..good.clone()
    };
    vec![
        ("empty", String::new()),
        ("no token", "owner".to_owned()),
        ("expired", mint(&expired)),
        ("for another audience", mint(&audience)),
        ("of another issuer", mint(&issuer)),
        ("signed with another key", foreign.mint(&good).unwrap()),
        ("not signed", format!("{unsigned}.{}.", owner[1])),
        (
            "signed for other claims",
            format!("{}.{}.{}", owner[0], owner[1], customer[2]),
        ),
    ]
}

fn parts(token: &str) -> Vec<String> {
    token.split('.').map(str::to_owned).collect()
}

#[tokio::test]
async fn no_route_answers_without_a_good_token() {
    let world = World::new().await;
    let unauthorized = (401, json!({"message": "Unauthorized"}));
    for route in routes() {
        let request = Request::new(&route).at("x");
        let answer = request.call(&world).anonymous().send().await;
        assert_eq!((answer.status, answer.body), unauthorized, "{request:?}");
        for (what, token) in unacceptable(&world) {
            let answer = request.call(&world).by(&token).send().await;
            let got = (answer.status, answer.body);
            assert_eq!(got, unauthorized, "{request:?} with a token that is {what}");
        }
    }
    assert_eq!(world.journal().await.len(), 0);
}

#[tokio::test]
async fn a_token_without_a_business_or_a_subject_is_refused_on_every_route() {
    let world = World::new().await;
    let business = Business::open(&world).await;
    let good = Claims::new(Role::Owner, &business.id, "someone");
    let of = |business: Option<&str>| Claims {
        business: business.map(str::to_owned),
        ..good.clone()
    };
    let subject = |sub: &str| Claims {
        sub: sub.to_owned(),
        ..good.clone()
    };
    let long = "b".repeat(65);
    let nobody: Vec<(Claims, u16, &str)> = vec![
        (of(None), 403, "no-business"),
        (of(Some("")), 403, "no-business"),
        (of(Some("a#b")), 403, "no-business"),
        (of(Some(&long)), 403, "no-business"),
        (subject(""), 401, "unauthorized"),
        (subject("Ayşe Yılmaz"), 401, "unauthorized"),
    ];
    for row in rows() {
        let request = business.request(row.route, &business.one).await;
        let before = business.entries().await;
        for (claims, status, code) in &nobody {
            let token = world.tokens().mint(claims).unwrap();
            request.call(&world).by(&token).refused(*status, code).await;
        }
        assert_eq!(business.entries().await, before, "{}", row.route);
    }
}
