//! Records: of two edits of one version one is written, and of two requests under one key.

use futures::future::join_all;
use local::Role;
use serde_json::{Value, json};

use super::overtaken;
use crate::harness::{Business, Left, Request, World, id};

/// The route, the field in which the two requests differ, where it is read, and the conditions, each of
/// which is enough: `=` is that the version is the one that was read, `+` that nothing is there.
const EDITS: &str = "
PUT /v1/settings | /name | {path} | SETTINGS=, ENTRY of settings+
PUT /v1/services/{id} | /name | {path} | SERVICE=, ENTRY of service+
PUT /v1/package-templates/{id} | /name | {path} | TEMPLATE=, ENTRY of template+
PATCH /v1/customers/{id} | /name | {path} | CUSTOMER=, ENTRY of customer+
PATCH /v1/customers/{id} (renamed) | /phone | {path} | NAME+
PUT /v1/settings/creditor | /name | {path} | CREDITOR=, ENTRY of creditor+
PUT /v1/customers/{id}/mandate | /holder | {path} | MANDATE=, ENTRY of mandate+
PUT /v1/settings/pipeline | /lost_reasons/0/name | {path} | PIPELINE=, ENTRY of pipeline+
PUT /v1/stage-schemes/{id} | /name | {path} | SCHEME=, SCHEME-STEP+, ENTRY of scheme+
PUT /v1/companies/{id} | /name | {path} | COMPANY=, ENTRY of company+
PUT /v1/quotas/{id} | /name | {path} | QUOTA=, ENTRY of quota+
PATCH /v1/opportunities/{id} | /title | {path} | OPPORTUNITY=, ENTRY of opportunity+
PUT /v1/quotes/{id} | /note | {path} | QUOTE=
PATCH /v1/opportunities/{id}/activities/{activity_id} | /subject | {list} | ACTIVITY=
";

/// The same of what is put first, where nothing was.
const FIRSTS: &str = "
PUT /v1/settings (first) | /name | {path} | SETTINGS+, ENTRY of settings+
PUT /v1/settings/creditor (first) | /name | {path} | CREDITOR+, ENTRY of creditor+
PUT /v1/customers/{id}/mandate (first) | /holder | {path} | MANDATE+, ENTRY of mandate+
PUT /v1/settings/pipeline (first) | /lost_reasons/0/name | {path} | PIPELINE+, ENTRY of pipeline+
";

/// The same of what is made under an Idempotency-Key.
const CREATIONS: &str = "
POST /v1/services | /name | {path}/{id} | SERVICE+, ENTRY of service+
POST /v1/package-templates | /name | {path}/{id} | TEMPLATE+, ENTRY of template+
POST /v1/customers | /phone | {path}/{id} | CUSTOMER+, NAME+, ENTRY of customer+
POST /v1/stage-schemes | /name | {path}/{id} | SCHEME+, SCHEME-STEP+, ENTRY of scheme+
POST /v1/companies | /name | {path}/{id} | COMPANY+, ENTRY of company+
POST /v1/quotas | /name | {path}/{id} | QUOTA+, ENTRY of quota+
POST /v1/opportunities | /title | {path}/{id} | OPPORTUNITY+, ENTRY of opportunity+
POST /v1/opportunities/{id}/quotes | /note | /v1/quotes/{id} | QUOTE+
POST /v1/packages (terms) | /terms/name | {path}/{id} | PACKAGE+, ENTRY of sale+
";

/// What the two requests say in the field in which they differ.
fn says(field: &str, fast: bool) -> &'static str {
    match (field, fast) {
        ("/phone", false) => "+90 212 111 11 11",
        ("/phone", true) => "+90 212 222 22 22",
        (_, false) => "Birinci",
        (_, true) => "İkinci",
    }
}

fn saying(request: &Request, field: &str, fast: bool) -> Request {
    let mut request = request.clone();
    let body = request.body.as_mut().unwrap();
    match field.rsplit_once('/') {
        Some(("", name)) => body[name] = json!(says(field, fast)),
        _ => *body.pointer_mut(field).unwrap() = json!(says(field, fast)),
    }
    request
}

/// A request of the route that nothing was done for yet, and a token of who may send it.
async fn fresh(business: &Business<'_>, route: &str) -> (Request, String) {
    let (plain, way) = route.split_once(" (").unwrap_or((route, ""));
    let world = business.world;
    let mut request = match way {
        "first)" | "renamed)" => business.request(plain, &business.one).await,
        _ => business.request(route, &business.one).await,
    };
    let mut sender = business.owner.clone();
    if way != "first)" && plain.starts_with("PUT ") && !request.has("if-match") {
        // There is to be one.
        request.call(world).by(&sender).ok().await;
        request = business.request(plain, &business.one).await;
    }
    if way == "first)" {
        request = request.without("if-match");
        match plain.contains("{id}") {
            true => {
                let name = json!({"name": "Elif Demir"});
                let other = id(&world.post("/v1/customers", name).by(&sender).ok().await);
                request.path = request.path.replace(&business.one.id, &other);
            }
            // Where nothing was ever put.
            false => {
                let elsewhere = business.fresh(&world.business);
                sender = world.token_of(&elsewhere, Role::Owner);
            }
        }
    }
    if way == "renamed)" {
        request.body.as_mut().unwrap()["name"] = json!(business.fresh("Yeni"));
    }
    if plain.starts_with("POST ") {
        let key = business.fresh("the same");
        request = request.without("idempotency-key");
        request = request.header("idempotency-key", key);
    }
    (request, sender)
}

/// What becomes of the first of two requests when the second one is carried out before it is written.
async fn check(row: &str, refused: (u16, &str)) {
    let mut columns = row.split('|').map(str::trim);
    let mut column = || columns.next().unwrap();
    let (route, field, read, conditions) = (column(), column(), column(), column());
    let world = World::new().await;
    let business = Business::open(&world).await;
    let names = conditions.split(", ").map(|short| {
        let (kind, version) = (&short[..short.len() - 1], short.ends_with('='));
        match version {
            true => format!("Put {kind} version = ?"),
            false => format!("Put {kind} absent"),
        }
    });
    let names: Vec<String> = names.collect();
    let alone = names.iter().map(|name| (name, Left::Alone));
    for (name, left) in alone.chain([(&names[0], Left::Nothing)]) {
        let (request, sender) = fresh(&business, route).await;
        let slow = saying(&request, field, false).call(&world).by(&sender);
        let fast = saying(&request, field, true).call(&world).by(&sender);
        let ended = overtaken(&world, (name, left), slow.send(), fast.ok()).await;
        let spoilt = left == Left::Nothing;
        let code = ended.slow.body["code"].as_str().unwrap_or_default();
        let answer = (ended.slow.status, code);
        assert_eq!(ended.written, spoilt, "{route}: {name}");
        assert_eq!(answer == refused, !spoilt, "{route}: {name}: {answer:?}");
        assert_eq!(answer.0 < 300, spoilt, "{route}: {name}: {answer:?}");
        let list = request.path.rsplit_once('/').unwrap().0;
        let made = ended.fast["id"].as_str().unwrap_or_default();
        let read = read
            .replace("{path}", &request.path)
            .replace("{list}", list);
        let read = world.get(&read.replace("{id}", made)).by(&sender).ok();
        let read: Value = read.await;
        let shows = |fast| read.to_string().contains(says(field, fast));
        assert_eq!(
            (shows(false), shows(true)),
            (spoilt, !spoilt),
            "{route}: {name}"
        );
    }
}

async fn check_all(rows: &str, refused: (u16, &str)) {
    let rows = rows.trim().lines();
    join_all(rows.map(|row| check(row, refused))).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn of_two_edits_of_one_version_each_condition_alone_refuses_the_later() {
    check_all(EDITS, (412, "version-mismatch")).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn of_two_that_put_the_first_version_each_condition_alone_refuses_the_later() {
    check_all(FIRSTS, (412, "version-mismatch")).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn of_two_requests_under_one_key_each_condition_alone_refuses_the_later() {
    check_all(CREATIONS, (422, "idempotency-key-reused")).await;
}
