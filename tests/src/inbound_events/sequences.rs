//! Whatever is told, in whichever order it comes and however often: it ends as told once and in order.

use futures::stream::{self, StreamExt};
use serde_json::{Value, json};

use crate::harness::{Salon, World, event, is_embedded};

/// Everything that may be told, in the order of the other systems' time.
const ALL: [&str; 7] = [
    "AppointmentBooked",
    "AppointmentRescheduled",
    "AppointmentCancelled",
    "AppointmentCompleted",
    "AppointmentNoShow",
    "PaymentSucceeded",
    "PaymentReturned",
];

/// Their places.
const EACH: [usize; 7] = [0, 1, 2, 3, 4, 5, 6];

/// A customer, what they book from, and what waits for a payment.
struct Person<'s> {
    salon: &'s Salon,
    id: String,
    package: String,
    bought: String,
    pays: Pays,
}

/// What pays for the appointment.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Pays {
    /// A package that is paid.
    Another,
    /// The one that waits for its payment, which is made after everything else.
    Bought,
    /// The same, paid before everything else.
    BoughtBefore,
}

impl<'s> Person<'s> {
    async fn new(salon: &'s Salon, templates: &[String; 2], pays: Pays) -> Self {
        let random = format!("{:x}", infra::random_128().unwrap());
        let email = format!("{random}@example.com");
        let id = salon.customer("Deniz", &email).await;
        Self {
            package: salon.sell(&id, &templates[0]).await,
            bought: salon.sell(&id, &templates[1]).await,
            salon,
            id,
            pays,
        }
    }

    /// The event of this place in [`ALL`].
    fn event(&self, place: usize) -> (&'static str, Value) {
        let kind = ALL[place];
        let occurred_at = match (kind, self.pays) {
            ("PaymentSucceeded", Pays::BoughtBefore) => "2026-11-22T00:15:00Z".to_owned(),
            (_, Pays::Another | Pays::Bought | Pays::BoughtBefore) => {
                format!("2026-11-22T0{place}:30:00Z")
            }
        };
        if kind.starts_with("Payment") {
            let mut money = self.salon.money(&self.bought, &self.bought, 50_000);
            money["occurred_at"] = json!(occurred_at);
            if kind == "PaymentReturned" {
                money["reason"] = json!("4853");
            }
            return (kind, money);
        }
        let moved = place > 0;
        let starts_at = if moved {
            "2026-11-22T03:00:00Z"
        } else {
            "2026-11-22T02:00:00Z"
        };
        let mut told = self.salon.told(&self.id, starts_at, &occurred_at);
        told["customer_id"] = json!(self.id);
        told["pay_with"] = match self.pays {
            Pays::Another => json!([self.package]),
            Pays::Bought | Pays::BoughtBefore => json!([self.bought]),
        };
        (kind, told)
    }

    /// Tells them in this order; `again`, each is delivered twice in a row, and then all of them are told once
    /// more. What can be seen of it then.
    async fn after(&self, order: &[usize], again: bool) -> String {
        let rounds = if again { &[2, 1][..] } else { &[1] };
        for (round, times) in rounds.iter().enumerate() {
            for place in order {
                let (kind, detail) = self.event(*place);
                for _ in 0..*times {
                    // What is delivered twice is the same event, what is told once more is another.
                    let id = format!("{}-{place}-{round}", self.id);
                    let event = event(&id, "elsewhere.example", kind, &detail);
                    let told = self.salon.world.take(event).await;
                    assert_eq!(told, Ok(()), "{kind}");
                }
            }
        }
        let world = &self.salon.world;
        let booking = world.get(&format!("/v1/bookings/{}", self.id)).send().await;
        let seen = json!({
            "booking": booking.body,
            "package": self.salon.package(&self.package).await,
            "bought": self.salon.package(&self.bought).await,
        });
        let seen = serde_json::to_string_pretty(&seen).unwrap();
        let seen = seen.replace(&self.id, "cus");
        let seen = seen
            .replace(&self.package, "pkg")
            .replace(&self.bought, "bought");
        // When it was sold and so on is when this test was there.
        let told = |line: &&str| !line.contains("sold_at");
        seen.lines().filter(told).collect::<Vec<_>>().join("\n")
    }
}

/// Every way to choose `count` of these, in their order.
fn chosen(from: &[usize], count: usize) -> Vec<Vec<usize>> {
    if count == 0 {
        return vec![Vec::new()];
    }
    let each = from.iter().enumerate();
    each.flat_map(|(index, first)| {
        let rests = chosen(&from[index + 1..], count - 1).into_iter();
        rests.map(|rest| [vec![*first], rest].concat())
    })
    .collect()
}

/// Every order of these.
fn orders(of: &[usize]) -> Vec<Vec<usize>> {
    if of.is_empty() {
        return vec![Vec::new()];
    }
    let each = of.iter().enumerate();
    each.flat_map(|(index, first)| {
        let others = [&of[..index], &of[index + 1..]].concat();
        let rests = orders(&others).into_iter();
        rests.map(|rest| [vec![*first], rest].concat())
    })
    .collect()
}

async fn salon() -> (Salon, [String; 2]) {
    let salon = Salon::within(World::new().await, "booking", "forfeit").await;
    let services = [salon.manicure.as_str()];
    let visits = salon.visits(5, &services).await;
    let price = json!({"amount_minor": 100_000, "currency": "TRY"});
    let waiting = json!({
        "name": "Online", "kind": "visits", "quantity": 5, "price": price,
        "deposit": {"percent": 50},
        "services": [{"service_id": salon.manicure}],
    });
    let waiting = salon.template(waiting).await;
    (salon, [visits, waiting])
}

/// Tries every order of each of these choices; on DynamoDB Local, of every fifth.
async fn every_order(choices: impl IntoIterator<Item = Vec<usize>>, pays: Pays) {
    let (salon, templates) = salon().await;
    let stride = if is_embedded() { 1 } else { 5 };
    for choice in choices.into_iter().step_by(stride) {
        let in_order = Person::new(&salon, &templates, pays).await;
        let in_order = in_order.after(&choice, false).await;
        let tried = stream::iter(orders(&choice)).map(async |order| {
            let person = Person::new(&salon, &templates, pays).await;
            let found = person.after(&order, true).await;
            assert_eq!(found, in_order, "{order:?}");
        });
        tried.buffer_unordered(8).collect::<Vec<()>>().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn one_and_two_end_alike_in_every_order() {
    let choices = [1, 2].into_iter().flat_map(|count| chosen(&EACH, count));
    every_order(choices, Pays::Another).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn three_end_alike_in_every_order() {
    every_order(chosen(&EACH, 3), Pays::Another).await;
}

/// The rules (domain/tests/rules/verbs/following) try all of them. Here it is every four of what is told of an appointment, and each of them
/// with what is told of a payment.
#[tokio::test(flavor = "multi_thread")]
async fn four_end_alike_in_every_order() {
    every_order(chosen(&EACH[..5], 4), Pays::Another).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn two_of_an_appointment_and_two_of_a_payment_end_alike_in_every_order() {
    let others = (1..5).map(|other| vec![0, other, 5, 6]);
    every_order(others, Pays::Another).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_appointment_and_the_later_payment_of_what_pays_for_it_end_alike_in_every_order() {
    let others = (1..5).map(|other| vec![0, other, 5, 6]);
    every_order(others, Pays::Bought).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_appointment_and_the_earlier_payment_of_what_pays_for_it_end_alike_in_every_order() {
    let told = [5, 0, 1, 2, 3, 4, 6];
    let choices = [2, 3, 4].into_iter().flat_map(|count| chosen(&told, count));
    let choices = choices.filter(|choice| {
        let returned = choice.contains(&6);
        choice.contains(&5) && (returned || choice.len() < 4)
    });
    every_order(choices, Pays::BoughtBefore).await;
}
