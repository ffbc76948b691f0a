//! Many redemptions of one package at once, beside the same number one after the other.

use std::time::{Duration, Instant};

use functions::Clock;
use futures::future::join_all;
use serde_json::{Value, json};

use super::database::Database;
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
    /// How many were not answered with 201.
    pub(super) refused: usize,
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

    pub(super) fn refused(&self) -> usize {
        let crowds = self.at_once.iter().chain(&self.in_sequence);
        crowds.map(|crowd| crowd.refused).sum()
    }
}

/// The median of what the crowds took, in milliseconds.
pub(super) fn middle(crowds: &[Crowd]) -> f64 {
    Sorted::of_times(crowds.iter().map(|crowd| crowd.all)).median()
}

/// Measures it so many times on a database, each time on new packages of as many visits as there are
/// redemptions: none may be refused, and none is left.
pub(super) async fn measure(database: &Database, rounds: u64) -> Result<Contention, Failed> {
    let business = format!("{BUSINESS}-crowd");
    let shop = Shop::open(&database.endpoint, &business, Clock::system()).await?;
    let mut contention = Contention {
        database: database.name,
        in_sequence: Vec::new(),
        at_once: Vec::new(),
    };
    let template = json!({
        "name": "Kalabalık", "kind": "visits", "quantity": CROWD,
        "services": [{"service_id": shop.services[0]}],
    });
    let template = shop.made("/v1/package-templates", template).await?;
    for round in 0..rounds {
        let alone = crowd(&shop, &template, false).await?;
        let together = crowd(&shop, &template, true).await?;
        let seconds = |crowd: &Crowd| crowd.all.as_secs_f64();
        println!(
            "{}: round {round}: {CROWD} in sequence {:.2} s, at once {:.2} s",
            database.name,
            seconds(&alone),
            seconds(&together)
        );
        contention.in_sequence.push(alone);
        contention.at_once.push(together);
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
    let answers: Vec<(u16, Duration)> = answers.into_iter().collect::<Result<_, _>>()?;
    let asked = shop.meter.take().requests;
    all_used(shop, &customer, &answers).await?;
    Ok(Crowd {
        all,
        times: Sorted::of_times(answers.iter().map(|(_, took)| *took)),
        refused: answers.iter().filter(|(status, _)| *status != 201).count(),
        requests: asked,
    })
}

async fn timed(shop: &Shop, request: &Request) -> Result<(u16, Duration), Failed> {
    let began = Instant::now();
    let (status, _) = shop.door.answer(request).await?;
    Ok((status, began.elapsed()))
}

/// Every redemption that succeeded holds a visit, and no visit is held that nobody asked for: else what was
/// measured was not right. Of one that was given up it is not known.
async fn all_used(shop: &Shop, customer: &str, answers: &[(u16, Duration)]) -> Result<(), Failed> {
    let wallet = Request::get(format!("/v1/customers/{customer}/wallet"));
    let wallet = shop.send(&wallet).await?;
    let pool: &Value = &wallet["packages"][0]["pools"][0];
    let units = |name: &str| pool[name].as_u64().unwrap_or_default() as usize;
    let with = |wanted| {
        answers
            .iter()
            .filter(|(status, _)| *status == wanted)
            .count()
    };
    let (booked, unknown, held) = (with(201), with(503), units("held"));
    let right = (booked..=booked + unknown).contains(&held);
    match right && held + units("available") == CROWD {
        true => Ok(()),
        false => Err(format!("{booked} were booked, and the wallet has {pool}").into()),
    }
}
