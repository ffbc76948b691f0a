//! What the model's customers are offered, and what they answer.

use super::books::Books;
use super::holdings::{Package, Stage};
use super::terms::TEMPLATES;
use super::{Model, begins};
use crate::prove::asked::moment::MILLIS;

impl Model {
    /// Nothing is granted, and nothing to be paid.
    pub(crate) fn make_offer(&mut self, customer: usize, template: usize, until: Option<i64>) {
        let terms = &TEMPLATES[template];
        self.packages.push(Package {
            id: String::new(),
            sold: self.now * MILLIS,
            terms,
            holder: customer,
            opportunity: None,
            members: Vec::new(),
            expires: None,
            ends: None,
            rest: None,
            stage: Stage::Offered,
            offered_until: until,
            lapse_told: false,
            accepted: false,
            agreed: 0,
            price: 0,
            paid: 0,
            books: Books::default(),
            changes: 0,
            pools: terms.no_units(),
        });
        self.entries += 1;
    }

    /// From now on it is sold.
    pub(crate) fn accept(&mut self, place: usize) -> Result<(), &'static str> {
        let now = self.now;
        let package = &mut self.packages[place];
        package.must_be_offered(now)?;
        package.accepted = true;
        package.begin(now);
        Ok(())
    }

    /// What waits for its first payment is withdrawn from.
    pub(crate) fn decline(&mut self, place: usize) -> Result<(), &'static str> {
        let now = self.now;
        let package = &mut self.packages[place];
        if package.stage == Stage::Waits && package.paid == 0 {
            return self.void(place);
        }
        package.must_be_offered(now)?;
        package.stage = Stage::Declined;
        Ok(())
    }
}

impl Package {
    /// Sold now.
    pub(crate) fn begin(&mut self, now: i64) {
        self.begin_for(self.terms.price, now);
    }

    /// Sold now, for that price.
    pub(crate) fn begin_for(&mut self, price: u64, now: i64) {
        let terms = self.terms;
        self.agreed = price;
        self.sold = now * MILLIS;
        self.expires = terms.days.map(|days| begins(Model::day(now) + days + 1));
        self.ends = self.expires.map(|expires| expires + terms.grace_days * 24);
        self.stage = match self.deposit() {
            Some(_) => Stage::Waits,
            None => Stage::Active,
        };
        self.price = price;
        self.pools = terms.pools_for(price);
    }

    fn must_be_offered(&self, now: i64) -> Result<(), &'static str> {
        match self.stage {
            Stage::Declined => Err("offer-answered"),
            _ if self.accepted => Err("offer-answered"),
            Stage::Offered if self.lapsed(now) => Err("offer-lapsed"),
            Stage::Offered => Ok(()),
            Stage::Waits | Stage::Active | Stage::Voided | Stage::Refunded => Err("not-an-offer"),
        }
    }
}
