//! What is called: each operation, with all that has to be there before it.

use serde_json::{Value, json};

use super::Failed;
use super::request::{Request, id};
use super::shop::{Shop, lira};

/// Something that is asked of a function.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Operation {
    Sell,
    SellAgain,
    BookNamed,
    BookChosen,
    BookAgain,
    Quote,
    Complete,
    CompleteUnnamed,
    Cancel,
    NoShow,
    Adjust,
    Wallet,
    CustomerJournal,
    AddCustomer,
    OpenOpportunity,
    MoveStage,
    LogCall,
    AcceptQuote,
}

impl Operation {
    pub(super) const ALL: [Self; 18] = [
        Self::Sell,
        Self::SellAgain,
        Self::BookNamed,
        Self::BookChosen,
        Self::BookAgain,
        Self::Quote,
        Self::Complete,
        Self::CompleteUnnamed,
        Self::Cancel,
        Self::NoShow,
        Self::Adjust,
        Self::Wallet,
        Self::CustomerJournal,
        Self::AddCustomer,
        Self::OpenOpportunity,
        Self::MoveStage,
        Self::LogCall,
        Self::AcceptQuote,
    ];

    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Sell => "sell a template",
            Self::SellAgain => "sell, the key sent again",
            Self::BookNamed => "redeem: book, the package named",
            Self::BookChosen => "redeem: book, the package chosen",
            Self::BookAgain => "book, sent again",
            Self::Quote => "redemption quote",
            Self::Complete => "complete",
            Self::CompleteUnnamed => "complete, the customer not named",
            Self::Cancel => "cancel",
            Self::NoShow => "no-show",
            Self::Adjust => "adjust",
            Self::Wallet => "wallet of 20 packages",
            Self::CustomerJournal => "journal of a customer, a page",
            Self::AddCustomer => "add a customer",
            Self::OpenOpportunity => "open an opportunity",
            Self::MoveStage => "move it to another stage",
            Self::LogCall => "note a call about it",
            Self::AcceptQuote => "accept a quote of one package",
        }
    }

    /// The binary that does it.
    pub(super) fn function(self) -> &'static str {
        match self {
            Self::Sell | Self::SellAgain => "package-sales",
            Self::BookNamed | Self::BookChosen | Self::BookAgain | Self::Quote | Self::Cancel => {
                "booking-redemption"
            }
            Self::Complete | Self::CompleteUnnamed | Self::NoShow => "appointment-completion",
            Self::Adjust => "package-care",
            Self::Wallet | Self::CustomerJournal => "wallet",
            Self::AddCustomer => "customers",
            Self::OpenOpportunity | Self::MoveStage | Self::LogCall | Self::AcceptQuote => {
                "opportunity-updates"
            }
        }
    }

    /// (round trips, WRU, RRU) that DESIGN and the tests allow it; none where there is no such line.
    pub(super) fn budget(self) -> Option<(usize, f64, f64)> {
        match self {
            Self::Sell => Some((2, 7.0, 2.0)),
            Self::BookNamed | Self::BookChosen => Some((2, 6.0, 2.0)),
            Self::Complete | Self::Cancel | Self::NoShow => Some((2, 6.0, 2.0)),
            Self::CompleteUnnamed => Some((3, 6.0, 2.0)),
            Self::SellAgain | Self::BookAgain => Some((3, 6.0, 2.0)),
            Self::Wallet => Some((1, 0.0, 2.5)),
            Self::Quote
            | Self::Adjust
            | Self::CustomerJournal
            | Self::AddCustomer
            | Self::OpenOpportunity
            | Self::MoveStage
            | Self::LogCall
            | Self::AcceptQuote => None,
        }
    }

    /// Does all that has to be there before, and gives the request itself.
    pub(super) async fn prepare(self, shop: &Shop) -> Result<Request, Failed> {
        let customer = &shop.customer;
        let resolve = |booking: &str, verb: &str, body: Value| {
            Request::post(format!("/v1/bookings/{booking}/{verb}"), &body)
        };
        let named = json!({"customer_id": customer});
        Ok(match self {
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
        })
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
