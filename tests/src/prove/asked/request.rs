//! What is sent, and what is answered.

use serde_json::{Value, json};

use super::answer::{REJECTED, TAKEN};
use super::ask::{Ask, Paying, Request};
use super::moment::{at, date};
use crate::harness::{Answer, Call, World, event};
use crate::prove::model::Model;
use crate::prove::model::telling::Telling;
use crate::prove::shop::Shop;

/// Who tells of appointments.
const SOURCE: &str = "elsewhere.example";

/// What goes over the wire.
enum Sent {
    /// The path of a request, and its body.
    Request(String, Value),
    /// The kind of an event, and its detail.
    Event(&'static str, Value),
    /// A request of the pipeline.
    Call(Box<Call>),
}

impl Request {
    /// Sends it; what is answered. An event is given to the function that takes it.
    pub(crate) async fn send(&self, world: &World, shop: &Shop, model: &Model) -> Answer {
        match self.sent(world, shop, model) {
            Sent::Request(path, body) => {
                let call = world.post(&format!("/v1/{path}"), body);
                let call = match self.by {
                    Some(customer) => call.by(&shop.token(world, customer)),
                    None => call,
                };
                match self.ask.has_key() {
                    true => call.key(&self.key).send().await,
                    false => call.send().await,
                }
            }
            Sent::Call(call) => call.send().await,
            Sent::Event(kind, detail) => {
                let taken = world.take(event(&self.key, SOURCE, kind, &detail)).await;
                let (status, code) = match taken {
                    Ok(()) => (TAKEN, None),
                    Err(code) => (REJECTED, Some(code)),
                };
                Answer {
                    status,
                    body: json!({"code": code}),
                    etag: None,
                    replayed: false,
                    content_type: String::new(),
                }
            }
        }
    }

    fn sent(&self, world: &World, shop: &Shop, model: &Model) -> Sent {
        let package = |place: usize| model.packages[place].id.clone();
        let pay_with = |pay: &Paying| match pay {
            Paying::None => json!("none"),
            Paying::Auto => json!("auto"),
            Paying::Named(places) => places.iter().map(|place| package(*place)).collect(),
        };
        let services = |places: &[usize]| -> Value {
            let named = places
                .iter()
                .map(|place| json!({"service_id": shop.services[*place]}));
            named.collect()
        };
        let (path, body) = match &self.ask {
            Ask::Sell { customer, template } => {
                let (customer, template) = (&shop.customers[*customer], &shop.templates[*template]);
                let body = json!({"customer_id": customer, "template_id": template});
                ("packages".to_owned(), body)
            }
            Ask::Buy { template, .. } => {
                let body = json!({"template_id": shop.templates[*template]});
                ("me/packages".to_owned(), body)
            }
            Ask::Offer {
                customer,
                template,
                until,
            } => {
                let (customer, template) = (&shop.customers[*customer], &shop.templates[*template]);
                let offer = until.map_or(json!({}), |until| json!({"until": date(until)}));
                let body =
                    json!({"customer_id": customer, "template_id": template, "offer": offer});
                ("packages".to_owned(), body)
            }
            Ask::Book(asked) => {
                let body = json!({
                    "booking_id": format!("b-{}", asked.booking),
                    "customer_id": shop.customers[asked.customer],
                    "services": services(&asked.services), "starts_at": at(asked.starts_at),
                    "pay_with": pay_with(&asked.pay), "allow_partial": asked.partial,
                });
                ("bookings".to_owned(), body)
            }
            Ask::Series(all) => {
                let appointments = all.iter().map(|asked| {
                    json!({
                        "booking_id": format!("b-{}", asked.booking),
                        "services": services(&asked.services), "starts_at": at(asked.starts_at),
                    })
                });
                let body = json!({
                    "customer_id": shop.customers[all[0].customer],
                    "appointments": appointments.collect::<Vec<_>>(),
                    "pay_with": pay_with(&all[0].pay), "allow_partial": all[0].partial,
                });
                ("bookings/series".to_owned(), body)
            }
            Ask::Redeem {
                booking,
                pay,
                partial,
            } => {
                let body = json!({"pay_with": pay_with(pay), "allow_partial": partial});
                (format!("bookings/b-{booking}/redeem"), body)
            }
            Ask::WalkIn(asked) => {
                let walk_in = json!({
                    "services": services(&asked.services), "starts_at": at(asked.starts_at),
                    "pay_with": pay_with(&asked.pay),
                });
                let customer = &shop.customers[asked.customer];
                let body = json!({"customer_id": customer, "walk_in": walk_in});
                (format!("bookings/b-{}/complete", asked.booking), body)
            }
            Ask::Move { booking, starts_at } => {
                let body = json!({"starts_at": at(*starts_at)});
                (format!("bookings/b-{booking}/reschedule"), body)
            }
            Ask::Cancel { booking, waive } => (
                format!("bookings/b-{booking}/cancel"),
                json!({"waive": waive}),
            ),
            Ask::Complete { booking } => (format!("bookings/b-{booking}/complete"), json!({})),
            Ask::Miss { booking } => (format!("bookings/b-{booking}/no-show"), json!({})),
            Ask::Reverse { booking } => (format!("bookings/b-{booking}/reverse"), json!({})),
            Ask::Care {
                package: place,
                care,
            } => {
                let (verb, body) = care.request(shop, model);
                (format!("packages/{}/{verb}", package(*place)), body)
            }
            Ask::Money {
                package: place,
                money,
            } => {
                let id = package(*place);
                if let Some((kind, detail)) = money.event(&world.business, &id) {
                    return Sent::Event(kind, detail);
                }
                let (verb, body) = money.request(model);
                (format!("packages/{id}/{verb}"), body)
            }
            Ask::Tell(Telling {
                became,
                appointment,
                at: occurred_at,
            }) => {
                let services = appointment.services.iter();
                let services = services.map(|place| shop.services[*place].clone());
                let detail = json!({
                    "version": 1, "business_id": world.business,
                    "booking_id": format!("b-{}", appointment.booking),
                    "customer_id": shop.customers[appointment.customer],
                    "services": services.collect::<Vec<_>>(),
                    "starts_at": at(appointment.starts_at), "pay_with": pay_with(&appointment.pay),
                    "occurred_at": at(*occurred_at),
                });
                return Sent::Event(became.event(), detail);
            }
            Ask::Deal(deal) => {
                let call = deal.call(world, shop, model, &self.key);
                return Sent::Call(Box::new(call));
            }
        };
        Sent::Request(path, body)
    }
}
