//! Each operation, with all that has to be there before it.

use chrono::TimeDelta;
use serde_json::{Value, json};

use super::Failed;
use super::call::Call;
use super::operations::{Operation, SERIES};
use super::request::{Request, id};
use super::shop::{PRICE, Shop, lira};
use super::told::told_sale;

impl Operation {
    /// Does all that has to be there before, and gives the call itself.
    pub(super) async fn prepare(self, shop: &Shop) -> Result<Call, Failed> {
        let customer = &shop.customer;
        let resolve = |booking: &str, verb: &str, body: Value| {
            Request::post(format!("/v1/bookings/{booking}/{verb}"), &body)
        };
        let named = json!({"customer_id": customer});
        let of_customer = |mut body: Value| {
            body["customer_id"] = json!(customer);
            body
        };
        let request = match self {
            Self::Sell => Request::post("/v1/packages", &shop.sale(&shop.buyer)).key(shop.fresh()),
            Self::SellAgain => {
                let sale = Request::post("/v1/packages", &shop.sale(&shop.buyer));
                again(shop, sale.key(shop.fresh())).await?
            }
            Self::BookNamed => book(shop, json!([shop.package])),
            Self::BookChosen => book(shop, json!("auto")),
            Self::BookAgain => again(shop, book(shop, json!("auto"))).await?,
            Self::Quote => {
                let mut body = shop.appointment(customer, Value::Null);
                if let Some(body) = body.as_object_mut() {
                    body.retain(|name, _| !["booking_id", "pay_with"].contains(&name.as_str()));
                }
                Request::post("/v1/redemption-quotes", &body)
            }
            Self::Complete => resolve(&shop.booked().await?, "complete", named),
            Self::CompleteUnnamed => resolve(&shop.booked().await?, "complete", json!({})),
            Self::Cancel => resolve(&shop.booked().await?, "cancel", named),
            Self::NoShow => resolve(&shop.booked().await?, "no-show", named),
            Self::Adjust => {
                let body = json!({"units": 1, "reason": "goodwill", "customer_id": customer});
                let path = format!("/v1/packages/{}/adjustments", shop.package);
                Request::post(path, &body).key(shop.fresh())
            }
            Self::Wallet => Request::get(format!("/v1/customers/{}/wallet", shop.collector)),
            Self::CustomerJournal => Request::get(format!("/v1/customers/{customer}/journal")),
            Self::AddCustomer => {
                let email = format!("{}@example.com", shop.fresh());
                let person = json!({"name": "Deniz Kaya", "email": email});
                Request::post("/v1/customers", &person).key(shop.fresh())
            }
            Self::OpenOpportunity => {
                Request::post("/v1/opportunities", &opportunity(shop, customer)).key(shop.fresh())
            }
            Self::MoveStage => {
                let path = format!("/v1/opportunities/{}/stage", opened(shop, customer).await?);
                Request::post(path, &json!({"stage": 2})).if_match(1)
            }
            Self::LogCall => {
                let path = format!(
                    "/v1/opportunities/{}/activities",
                    opened(shop, customer).await?
                );
                let call = json!({"kind": "call", "subject": "Beş seans istiyor"});
                Request::post(path, &call).key(shop.fresh())
            }
            Self::AcceptQuote => accept(shop).await?,
            Self::Reschedule => {
                let at = shop.now() - TimeDelta::minutes(2);
                let at = at.format("%Y-%m-%dT%H:%M:%SZ").to_string();
                let body = of_customer(json!({"starts_at": at}));
                resolve(&shop.booked().await?, "reschedule", body)
            }
            Self::Series => series(shop),
            Self::Redeem => {
                let body = shop.appointment(customer, json!("none"));
                shop.send(&Request::post("/v1/bookings", &body)).await?;
                let booking = body["booking_id"].as_str().unwrap_or_default();
                resolve(booking, "redeem", named)
            }
            Self::Pay => {
                let body = json!({"amount": lira(10_000), "method": "card"});
                care(shop, "payments", body).await?
            }
            Self::Freeze => care(shop, "freeze", json!({})).await?,
            Self::Transfer => transfer(shop).await?,
            Self::Refund => refund(shop).await?,
            Self::AcceptOffer => {
                let holder = shop.person().await?;
                let mut offer = shop.sale(&holder);
                offer["offer"] = json!({});
                let offer = shop.made("/v1/packages", offer).await?;
                let body = json!({"customer_id": holder});
                Request::post(format!("/v1/packages/{offer}/accept"), &body).key(shop.fresh())
            }
            Self::TellBooking => return Ok(Call::Bus(booked_elsewhere(shop))),
            Self::FollowSale | Self::PublishSale => {
                return Ok(Call::Stream(
                    self.function(),
                    told_sale(shop, self.function()).await?,
                ));
            }
        };
        Ok(Call::Request(request))
    }
}

fn book(shop: &Shop, pay_with: Value) -> Request {
    Request::post("/v1/bookings", &shop.appointment(&shop.customer, pay_with))
}

/// What was done already.
async fn again(shop: &Shop, request: Request) -> Result<Request, Failed> {
    shop.send(&request).await?;
    Ok(request)
}

fn opportunity(shop: &Shop, customer: &str) -> Value {
    json!({
        "customer_id": customer, "title": "Gelin paketi, Haziran", "estimate": lira(900_000),
        "lines": [{"service_id": shop.services[0], "quantity": 2}, {"service_id": shop.services[1]}],
        "tags": ["bridal"],
    })
}

async fn opened(shop: &Shop, customer: &str) -> Result<String, Failed> {
    shop.made("/v1/opportunities", opportunity(shop, customer))
        .await
}

/// The quote of a lead, who becomes a customer by it.
async fn accept(shop: &Shop) -> Result<Request, Failed> {
    let lead = shop.person().await?;
    let path = format!("/v1/opportunities/{}/quotes", opened(shop, &lead).await?);
    let lines = json!({"lines": [{"template_id": shop.template}]});
    let draft = Request::post(path, &lines).key(shop.fresh());
    let quote = id(&shop.send(&draft).await?)?;
    let send = Request::post(format!("/v1/quotes/{quote}/send"), &json!({}));
    shop.send(&send).await?;
    Ok(Request::post(
        format!("/v1/quotes/{quote}/accept"),
        &json!({}),
    ))
}

fn series(shop: &Shop) -> Request {
    let one = |_| {
        let mut one = shop.appointment(&shop.customer, Value::Null);
        if let Some(one) = one.as_object_mut() {
            one.retain(|name, _| !["customer_id", "pay_with"].contains(&name.as_str()));
        }
        one
    };
    let appointments: Vec<Value> = (0..SERIES).map(one).collect();
    let body = json!({
        "customer_id": shop.customer, "appointments": appointments, "pay_with": [shop.package],
    });
    Request::post("/v1/bookings/series", &body)
}

/// Something that is done for a package of somebody who holds no other.
async fn care(shop: &Shop, verb: &str, mut body: Value) -> Result<Request, Failed> {
    let holder = shop.person().await?;
    let package = shop.sold(&holder).await?;
    body["customer_id"] = json!(holder);
    Ok(Request::post(format!("/v1/packages/{package}/{verb}"), &body).key(shop.fresh()))
}

/// A package that is paid for; its path, and who holds it.
async fn paid(shop: &Shop) -> Result<(String, String), Failed> {
    let holder = shop.person().await?;
    let path = format!("/v1/packages/{}", shop.sold(&holder).await?);
    let paid = json!({"amount": lira(PRICE), "method": "card", "customer_id": holder});
    let paid = Request::post(format!("{path}/payments"), &paid).key(shop.fresh());
    shop.send(&paid).await?;
    Ok((path, holder))
}

async fn transfer(shop: &Shop) -> Result<Request, Failed> {
    let (path, holder) = paid(shop).await?;
    let body = json!({
        "customer_id": holder, "to_customer_id": shop.person().await?,
        "pools": [{"pool": 0, "units": 1}],
    });
    Ok(Request::post(format!("{path}/transfers"), &body).key(shop.fresh()))
}

async fn refund(shop: &Shop) -> Result<Request, Failed> {
    let (path, holder) = paid(shop).await?;
    let quote = json!({"policy": "pro-rata", "customer_id": holder});
    let quote = Request::post(format!("{path}/refund-quotes"), &quote).key(shop.fresh());
    let quote = id(&shop.send(&quote).await?)?;
    let body = json!({"quote_id": quote, "customer_id": holder});
    Ok(Request::post(format!("{path}/refunds"), &body).key(shop.fresh()))
}

fn booked_elsewhere(shop: &Shop) -> Value {
    let appointment = shop.appointment(&shop.customer, json!("auto"));
    let detail = json!({
        "version": 1, "business_id": shop.business, "booking_id": appointment["booking_id"],
        "customer_id": shop.customer, "services": [shop.services[0]],
        "starts_at": appointment["starts_at"], "pay_with": "auto",
        "occurred_at": appointment["starts_at"],
    });
    json!({
        "version": "0", "id": shop.fresh(), "detail-type": "AppointmentBooked",
        "source": "elsewhere.example", "account": "123456789012",
        "time": appointment["starts_at"], "region": "eu-central-1", "resources": [],
        "detail": detail,
    })
}
