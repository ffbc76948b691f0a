//! Opportunities that packages won: decided by the rules, and committed like everything else.

use domain::journal::Fact;
use domain::packages::{Order, sell};
use domain::pipeline::{Closing, Outcome, close};
use domain::{Actor, Context, CustomerId, OpportunityId, PackageId, Put, TemplateId};
use infra::{Consistency, random_128, settle};
use serde_json::json;

use super::sales_team::Made;
use super::{World, id, lira};

/// An opportunity that is won, and the packages that it sold.
#[derive(Debug, Clone)]
pub(crate) struct Won {
    pub(crate) opportunity: String,
    pub(crate) packages: Vec<String>,
}

impl World {
    /// An opportunity of a customer that is won, with a package of each of these templates sold by it.
    pub(crate) async fn won(&self, business: &str, customer: &str, templates: &[&str]) -> Won {
        let owner = self.token_of(business, local::Role::Owner);
        let body = json!({"customer_id": customer, "title": "Gelin", "estimate": lira(1000)});
        let opened = self.post("/v1/opportunities", body).by(&owner).ok().await;
        let opportunity = id(&opened);
        let mut packages = Vec::new();
        for template in templates {
            packages.push(
                self.sold_by(business, customer, template, &opportunity)
                    .await,
            );
        }
        let of = packages.iter().map(|id| id.parse().unwrap()).collect();
        self.win(business, &opportunity, of).await;
        Won {
            opportunity,
            packages,
        }
    }

    /// Wins an opportunity by these packages.
    pub(crate) async fn win(&self, business: &str, opportunity: &str, packages: Vec<PackageId>) {
        let context = self.context_of(business);
        let id: OpportunityId = opportunity.parse().unwrap();
        let state =
            self.store
                .opportunity_state(&context.business, (id, 0), &[], Consistency::Strong);
        let state = state.await.unwrap();
        let present = state.opportunity.unwrap();
        let closing = Closing {
            outcome: Outcome::Won,
            reason: None,
            note: None,
        };
        let version = present.version;
        let mut decision = close(&present, closing, None, version, &state.rules, &context).unwrap();
        for put in &mut decision.puts {
            if let Put::Opportunity(won) = put {
                won.packages = packages.clone();
            }
        }
        settle(&self.store, &Made(decision)).await.unwrap();
    }

    /// A package that says which opportunity sold it; its id.
    async fn sold_by(
        &self,
        business: &str,
        customer: &str,
        template: &str,
        opportunity: &str,
    ) -> String {
        let context = self.context_of(business);
        let customer: CustomerId = customer.parse().unwrap();
        let template: TemplateId = template.parse().unwrap();
        let package = PackageId::new(context.now, context.random);
        let goods = (Some(template), &[][..]);
        let strong = Consistency::Strong;
        let sale = self
            .store
            .sale(&context.business, customer, goods, package, strong);
        let sale = sale.await.unwrap().sale;
        let mut decision = sell(&sale, &Order::of_template(), package, &context).unwrap();
        let of = Some(opportunity.parse().unwrap());
        if let Fact::PackageSold(sold) = &mut decision.entry.fact {
            sold.opportunity = of;
        }
        for put in &mut decision.puts {
            if let Put::Package(sold) = put {
                sold.opportunity = of;
            }
        }
        settle(&self.store, &Made(decision)).await.unwrap();
        package.to_string()
    }

    /// The surroundings of a decision of Carnet itself.
    pub(crate) fn context_of(&self, business: &str) -> Context {
        Context {
            business: business.parse().unwrap(),
            actor: Actor::carnet(),
            now: self.clock.now(),
            random: random_128().unwrap(),
            fingerprint: "f1".parse().unwrap(),
            cause: "test".parse().unwrap(),
        }
    }
}
