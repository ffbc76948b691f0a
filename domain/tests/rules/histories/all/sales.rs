//! How a package comes to be: sold, bought, offered, taken over.

use chrono::{Days, NaiveDate};
use domain::calendar::{Span, SpanUnit, Validity, day_of};
use domain::catalog::{Contents, Deposit, Extras, Template, TemplateDraft};
use domain::packages::{
    self, Conditions, Goods, Import, Order, Package, Pool, Running, RunningTerms, Sale, Stage, Unit,
};

use super::command::Command;
use super::goods::{goods, plan};
use super::world::{Decided, World, ZONE};
use crate::fixtures::*;

impl World {
    pub(super) fn today(&self) -> NaiveDate {
        day_of(self.now, ZONE)
    }

    fn template(&self, command: &Command) -> Template {
        let template = Command::pick(command.what, &self.templates);
        template.unwrap().clone()
    }

    fn sale(&self, command: &Command, template: Option<Template>) -> Sale {
        Sale {
            settings: Some(self.settings.clone()),
            customer: Some(self.customer(command)),
            template,
            services: self.services.clone(),
        }
    }

    pub(super) fn sell(&self, command: &Command) -> Decided {
        let sale = self.sale(command, Some(self.template(command)));
        let expires_on = self.today() + Days::new(u64::from(command.much % 40));
        let order = Order {
            expires_on: Some(expires_on).filter(|_| command.yes && command.much.is_multiple_of(3)),
            price: Some(euro(1)).filter(|_| command.is_odd()),
            ..Order::of_template()
        };
        packages::sell(&sale, &order, self.next_package(), &self.context()).map(Some)
    }

    pub(super) fn sell_terms(&self, command: &Command) -> Decided {
        let draft = own_terms(command);
        let order = Order {
            goods: Goods::Terms(Box::new(draft)),
            ..Order::of_template()
        };
        let sale = self.sale(command, None);
        packages::sell(&sale, &order, self.next_package(), &self.context()).map(Some)
    }

    pub(super) fn buy(&self, command: &Command) -> Decided {
        let online = |template: &&Template| template.terms.extras.online || command.is_odd();
        let online: Vec<&Template> = self.templates.iter().filter(online).collect();
        let template = Command::pick(command.what, &online).copied();
        let sale = self.sale(command, template.cloned());
        let buyer = self.by_customer(self.customer(command).id);
        packages::buy(&sale, self.next_package(), &buyer).map(Some)
    }

    pub(super) fn offer(&self, command: &Command) -> Decided {
        let own = command.what.is_multiple_of(3);
        let template = Some(self.template(command)).filter(|_| !own);
        // Sometimes at another price than the template's.
        let price = template.as_ref().map(|template| template.terms.price);
        let price =
            price.filter(|price| price.amount_minor() > 1_000 && command.much.is_multiple_of(2));
        let order = Order {
            goods: match own {
                true => Goods::Terms(Box::new(own_terms(command))),
                false => Goods::Template,
            },
            price: price.map(|price| money(price.amount_minor() - 7, price.currency().code())),
            expires_on: None,
            existing_bookings: command.yes,
        };
        let until = self.today() + Days::new(u64::from(command.much % 20));
        let until = Some(until).filter(|_| command.yes);
        let sale = self.sale(command, template);
        packages::offer(&sale, &order, until, self.next_package(), &self.context()).map(Some)
    }

    pub(super) fn accept(&self, command: &Command) -> Decided {
        let Some(package) = self.package(command, is_offered) else {
            return Ok(None);
        };
        let holder = self.by_customer(package.customer);
        packages::accept(package, &self.settings, self.key(package), &holder).map(Some)
    }

    pub(super) fn decline(&self, command: &Command) -> Decided {
        let Some(package) = self.package(command, is_offered) else {
            return Ok(None);
        };
        packages::decline(package, self.key(package), &self.context()).map(Some)
    }

    pub(super) fn import(&self, command: &Command) -> Decided {
        let template = self.template(command);
        let terms = &template.terms;
        let (price, currency) = (terms.price.amount_minor(), terms.price.currency());
        let used = terms.pools.iter().map(|pool| match pool.unit {
            Unit::Visit | Unit::Money(_) => u64::from(command.much) % (pool.units + 1),
            Unit::Unlimited => u64::from(command.much % 3),
        });
        let import = Import {
            settings: Some(self.settings.clone()),
            customer: Some(self.customer(command)),
            template: Some(template.clone()),
            services: self.services.clone(),
        };
        let running = Running {
            terms: RunningTerms::OfTemplate {
                template: template.id,
                quantities: Vec::new(),
                price_minor: None,
            },
            currency,
            used: used.collect(),
            paid_minor: Some(price / 2).filter(|_| !command.yes),
            sold_on: self.today() - Days::new(u64::from(command.which % 40)),
            expires_on: Some(self.today() + Days::new(25))
                .filter(|_| !command.much.is_multiple_of(4)),
        };
        packages::import(&import, &running, self.next_package(), &self.context()).map(Some)
    }
}

fn is_offered(package: &Package) -> bool {
    package.standing.stage == Stage::Offered
}

/// Terms that no template has.
fn own_terms(command: &Command) -> TemplateDraft {
    let price = euro(u64::from(command.much) + 5_000);
    let service = command.who % 2 + 1;
    let quantity = u64::from(command.much % 6) + 1;
    let extras = Extras {
        conditions: Conditions {
            transferable: command.yes,
            max_members: command.what % 3,
            redeem_up_to_paid: command.what.is_multiple_of(2),
            ..Conditions::default()
        },
        deposit: Some(Deposit::Amount(euro(500))).filter(|_| command.what.is_multiple_of(4)),
        plan: plan(command.what % 5 + 1, command.what % 31 + 1).filter(|_| command.yes),
        ..Extras::default()
    };
    let validity = Validity::FromSale(Span {
        count: command.much % 60 + 1,
        unit: SpanUnit::Days,
    });
    let contents = match command.what % 2 {
        0 => visit_contents(quantity, &[(service, 1)]),
        _ => Contents::Bundle {
            services: vec![(svc(1), quantity, 1), (svc(2), 3, 1), (svc(4), 2, 1)],
        },
    };
    let validity = Some(validity).filter(|_| !command.which.is_multiple_of(3));
    goods(contents, price, validity, extras)
}

/// Sold, and neither over nor given up.
pub(super) fn is_open(package: &Package) -> bool {
    matches!(package.standing.stage, Stage::Pending | Stage::Active)
}

/// Whether something is available that has a number.
pub(super) fn has_units(package: &Package) -> bool {
    let counted = |pool: &Pool| pool.unit != Unit::Unlimited && pool.balance.available > 0;
    package.pools.iter().any(counted)
}
