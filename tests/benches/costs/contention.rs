//! Many redemptions of one package at once, beside the same number one after the other.

use std::time::{Duration, Instant};

use functions::Clock;
use futures::future::join_all;
use serde_json::{Value, json};

use super::database::Kind;
use super::request::Request;
use super::shop::Shop;
use super::stats::Sorted;
use super::{BUSINESS, Failed};

/// How many redeem at once.
pub(super) const CROWD: usize = 200;

/// What one crowd of redemptions took.
#[derive(Debug, Clone)]
pub(super) struct Crowd {
    pub(super) all: Duration,
    /// Of each, in milliseconds.
    pub(super) times: Sorted,
    /// How many were given up at first, and sent again until they were answered.
    pub(super) given_up: usize,
    /// What was asked of the database.
    pub(super) requests: usize,
}

/// The same redemptions, both ways, several times.
#[derive(Debug, Clone)]
pub(super) struct Contention {
    pub(super) database: &'static str,
    pub(super) in_sequence: Vec<Crowd>,
    pub(super) at_once: Vec<Crowd>,
}

impl Contention {
    /// How many times as long all at once take, by the medians.
    pub(super) fn ratio(&self) -> f64 {
        middle(&self.at_once) / middle(&self.in_sequence)
    }

    pub(super) fn given_up(&self) -> usize {
        let crowds = self.at_once.iter().chain(&self.in_sequence);
        crowds.map(|crowd| crowd.given_up).sum()
    }
}

/// The median of what the crowds took, in milliseconds.
pub(super) fn middle(crowds: &[Crowd]) -> f64 {
    Sorted::of_times(crowds.iter().map(|crowd| crowd.all)).median()
}

/// Measures it so many times, each time in a new database if there can be one, on new packages of as many
/// visits as there are redemptions: none may be refused, and none is left. Who is told to try again later
/// does so, as clients do. A round before the first is not counted: DynamoDB Local is a program that has yet
/// to be compiled then.
pub(super) async fn measure(kind: &Kind, rounds: u64) -> Result<Contention, Failed> {
    let business = format!("{BUSINESS}-crowd");
    let mut contention = Contention {
        database: kind.name(),
        in_sequence: Vec::new(),
        at_once: Vec::new(),
    };
    for round in 0..=rounds {
        let database = kind.open()?;
        let shop = Shop::open(&database.endpoint, &business, Clock::system()).await?;
        let template = json!({
            "name": "Kalabalık", "kind": "visits", "quantity": CROWD,
            "services": [{"service_id": shop.services[0]}],
        });
        let template = shop.made("/v1/package-templates", template).await?;
        let alone = crowd(&shop, &template, false).await?;
        let together = crowd(&shop, &template, true).await?;
        let seconds = |crowd: &Crowd| crowd.all.as_secs_f64();
        println!(
            "{}: round {round}: {CROWD} in sequence {:.2} s, at once {:.2} s, {} given up at first",
            kind.name(),
            seconds(&alone),
            seconds(&together),
            together.given_up
        );
        if round > 0 {
            contention.in_sequence.push(alone);
            contention.at_once.push(together);
        }
    }
    Ok(contention)
}

async fn crowd(shop: &Shop, template: &str, at_once: bool) -> Result<Crowd, Failed> {
    let customer = shop.person().await?;
    let sale = json!({"customer_id": customer, "template_id": template});
    let package = shop.made("/v1/packages", sale).await?;
    let requests: Vec<Request> = (0..CROWD)
        .map(|_| {
            let body = shop.appointment(&customer, json!([package]));
            Request::post("/v1/bookings", &body)
        })
        .collect();
    shop.meter.take();
    let began = Instant::now();
    let answers = if at_once {
        join_all(requests.iter().map(|request| timed(shop, request))).await
    } else {
        let mut answers = Vec::new();
        for request in &requests {
            answers.push(timed(shop, request).await);
        }
        answers
    };
    let all = began.elapsed();
    let answers: Vec<Answered> = answers.into_iter().collect::<Result<_, _>>()?;
    let asked = shop.meter.take().requests;
    all_used(shop, &customer).await?;
    Ok(Crowd {
        all,
        times: Sorted::of_times(answers.iter().map(|answered| answered.took)),
        given_up: answers.iter().filter(|answered| answered.sent > 1).count(),
        requests: asked,
    })
}

/// How long one redemption took, and how often it was sent.
struct Answered {
    took: Duration,
    sent: u32,
}

async fn timed(shop: &Shop, request: &Request) -> Result<Answered, Failed> {
    let began = Instant::now();
    let (_, sent) = shop.door.insist(request).await?;
    let took = began.elapsed();
    Ok(Answered { took, sent })
}

/// No visit is left, and each is held once: else what was measured was not right.
async fn all_used(shop: &Shop, customer: &str) -> Result<(), Failed> {
    let wallet = Request::get(format!("/v1/customers/{customer}/wallet"));
    let wallet = shop.send(&wallet).await?;
    let pool: &Value = &wallet["packages"][0]["pools"][0];
    match pool["held"] == CROWD && pool["available"] == 0 {
        true => Ok(()),
        false => Err(format!("{CROWD} were booked, and the wallet has {pool}").into()),
    }
}
