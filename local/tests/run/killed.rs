//! Killed while clients ask, and started again on its file.

use std::sync::atomic::{AtomicUsize, Ordering};

use futures::future::{join, join_all};
use reqwest::{Client, StatusCode};
use serde_json::{Value, json};
use tokio::sync::Notify;

use crate::process::{Carnet, Folder};

/// How many clients ask at once.
const CLIENTS: usize = 4;
/// How many answers there are before it is killed again.
const ANSWERS: usize = 8;
/// The visits of the package, which are more than anybody books here.
const VISITS: usize = 5_000;

/// Where it answers, and the owner's token.
struct Shop {
    http: Client,
    address: String,
    token: String,
}

/// What came back.
struct Answer {
    status: StatusCode,
    body: Value,
    /// Whether it had been done before.
    replayed: bool,
}

/// What was sent, and what was answered; none where it was killed before.
struct Asked {
    path: String,
    body: Value,
    answer: Option<Answer>,
}

impl Shop {
    fn open(folder: &Folder) -> Self {
        let said = std::fs::read_to_string(folder.path().join(".carnet/demo.env")).unwrap();
        let value = |name: &str| {
            let prefix = format!("{name}=");
            let mut lines = said.lines().map(|line| line.trim_start_matches("export "));
            let line = lines.find_map(|line| line.strip_prefix(&prefix));
            line.unwrap().trim_matches(['\'', '"']).to_owned()
        };
        Self {
            http: Client::new(),
            address: value("CARNET"),
            token: value("OWNER"),
        }
    }

    async fn post(&self, path: &str, body: &Value) -> Option<Answer> {
        let request = self.http.post(format!("{}{path}", self.address));
        let request = request.bearer_auth(&self.token);
        let request = request.header("idempotency-key", format!("{path} {}", body["booking_id"]));
        let response = request.json(body).send().await.ok()?;
        let status = response.status();
        let replayed = response.headers().get("idempotent-replayed");
        let replayed = replayed.is_some_and(|replayed| replayed == "true");
        let body = response.json().await.ok()?;
        Some(Answer {
            status,
            body,
            replayed,
        })
    }

    async fn get(&self, path: &str) -> Value {
        let request = self.http.get(format!("{}{path}", self.address));
        let response = request.bearer_auth(&self.token).send().await.unwrap();
        response.json().await.unwrap()
    }

    async fn made(&self, path: &str, body: Value) -> String {
        let made = self.post(path, &body).await.unwrap();
        assert_eq!(made.status, StatusCode::CREATED, "{}", made.body);
        made.body["id"].as_str().unwrap().to_owned()
    }

    /// Books and completes one appointment after the other, until nobody answers any more.
    async fn client(
        &self,
        name: &str,
        booking: &Value,
        (answers, told): (&AtomicUsize, &Notify),
    ) -> Vec<Asked> {
        let mut asked = Vec::new();
        for number in 0.. {
            let id = format!("{name}-{number}");
            let mut body = booking.clone();
            body["booking_id"] = json!(id);
            let complete = format!("/v1/bookings/{id}/complete");
            for (path, body) in [("/v1/bookings", body), (complete.as_str(), json!({}))] {
                let answer = self.post(path, &body).await;
                let answered = answer.is_some();
                asked.push(Asked {
                    path: path.to_owned(),
                    body,
                    answer,
                });
                if !answered {
                    return asked;
                }
                answers.fetch_add(1, Ordering::Relaxed);
                told.notify_one();
            }
        }
        asked
    }

    /// Asks again: what was answered has been done and is answered alike, and what was not is done now.
    async fn ask_again(&self, asked: &Asked) {
        let answer = self.post(&asked.path, &asked.body).await.unwrap();
        let (status, body) = (answer.status, answer.body);
        assert!(status.is_success(), "{} {body}", asked.path);
        if let Some(before) = &asked.answer {
            assert_eq!((before.status, &before.body), (status, &body));
            assert!(answer.replayed, "{} was lost: {body}", asked.path);
        }
    }

    /// How many entries the journal of a package has.
    async fn entries(&self, package: &str) -> usize {
        let (mut count, mut after) = (0, String::new());
        loop {
            let path = format!("/v1/packages/{package}/journal?limit=100{after}");
            let page = self.get(&path).await;
            count += page["items"].as_array().unwrap().len();
            match page["next_cursor"].as_str() {
                Some(cursor) => after = format!("&cursor={cursor}"),
                None => return count,
            }
        }
    }
}

fn kills() -> usize {
    let said = std::env::var("CARNET_PROVE_KILLS");
    said.map_or(3, |said| said.parse().unwrap())
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_asked_when_it_was_killed_is_done_once() {
    let folder = Folder::new("killed");
    let mut carnet = Carnet::start(&folder, &["--port", "0"]);
    let mut shop = Shop::open(&folder);
    let services = shop.get("/v1/services").await;
    let service = json!({"service_id": services["items"][0]["id"]});
    let customer = json!({"name": "Ayşe Yılmaz"});
    let customer = shop.made("/v1/customers", customer).await;
    let template = json!({
        "name": "Çok", "kind": "visits", "quantity": VISITS, "services": [service],
        "price": {"amount_minor": 100_000, "currency": "TRY"},
    });
    let template = shop.made("/v1/package-templates", template).await;
    let sale = json!({"customer_id": customer, "template_id": template});
    let package = shop.made("/v1/packages", sale).await;
    let mut asked = Vec::new();
    for kill in 0..kills() {
        let booking = json!({
            "customer_id": customer, "services": [service], "pay_with": [package],
            "starts_at": chrono::Utc::now().to_rfc3339(),
        });
        let (answers, answered) = (AtomicUsize::new(0), Notify::new());
        let names: Vec<String> = (0..CLIENTS).map(|one| format!("{kill}-{one}")).collect();
        let clients = names
            .iter()
            .map(|name| shop.client(name, &booking, (&answers, &answered)));
        let killed = async {
            while answers.load(Ordering::Relaxed) < ANSWERS + kill % CLIENTS {
                answered.notified().await;
            }
            carnet.kill();
        };
        let (round, ()) = join(join_all(clients), killed).await;
        carnet = Carnet::start(&folder, &["--port", "0"]);
        shop = Shop::open(&folder);
        let round: Vec<Asked> = round.into_iter().flatten().collect();
        assert!(round.iter().any(|asked| asked.answer.is_none()));
        // A client goes on when it is answered: what it asked before its last request is all there.
        let answered = round.iter().filter(|asked| asked.answer.is_some()).count();
        let entries = shop.entries(&package).await;
        let expected = 1 + asked.len() + answered;
        assert!(
            (expected..=expected + CLIENTS).contains(&entries),
            "{entries} entries, and {answered} of this round were answered"
        );
        for asked in &round {
            shop.ask_again(asked).await;
        }
        asked.extend(round);
    }
    let booked = asked.iter().filter(|asked| asked.path == "/v1/bookings");
    let booked = booked.count();
    let completed = asked.len() - booked;
    let shown = shop.get(&format!("/v1/packages/{package}")).await;
    let units = ["available", "held", "used"].map(|name| shown["pools"][0][name].as_u64());
    let expected = [VISITS - booked, booked - completed, completed];
    assert_eq!(units, expected.map(|units| u64::try_from(units).ok()));
    assert_eq!(shop.entries(&package).await, 1 + asked.len());
    carnet.stop();
}
