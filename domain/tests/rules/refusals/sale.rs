//! Selling, offering, buying online, and answering an offer.

use chrono::NaiveDate;
use domain::Refusal;
use domain::bookings::{DeductAt, Penalty};
use domain::calendar::{Span, SpanUnit, Validity};
use domain::catalog::Contents;
use domain::packages::{Goods, Order, Package, Sale, Stage, accept, buy, decline, offer, sell};

use crate::fixtures::*;

/// Something to be sold or offered.
#[derive(Debug, Clone)]
struct Wish {
    sale: Sale,
    order: Order,
    until: Option<NaiveDate>,
}

impl Wish {
    fn terms(&mut self, validity: Validity) {
        match &mut self.order.goods {
            Goods::Template => self.sale.template.as_mut().unwrap().terms.validity = Some(validity),
            Goods::Terms(draft) => draft.validity = Some(validity),
        }
    }
}

fn of_template() -> Wish {
    let mut sale = sale(template(1, visit_contents(10, &[(1, 1)]), Some(30)));
    sale.template.as_mut().unwrap().terms.extras.online = true;
    Wish {
        sale,
        order: Order::of_template(),
        until: Some(day("2026-03-02")),
    }
}

fn of_terms() -> Wish {
    let mut wish = of_template();
    wish.sale.template = None;
    let draft = draft(visit_contents(10, &[(1, 1)]), Some(30));
    wish.order.goods = Goods::Terms(Box::new(draft));
    wish
}

const NOBODY: [Flaw<Wish>; 3] = [
    (Refusal::SettingsMissing, |wish| wish.sale.settings = None),
    (Refusal::CustomerNotFound, |wish| wish.sale.customer = None),
    (Refusal::CustomerErased, |wish| {
        wish.sale.customer = wish.sale.customer.take().map(erased);
    }),
];

const NO_TEMPLATE: [Flaw<Wish>; 2] = [
    (Refusal::TemplateNotFound, |wish| wish.sale.template = None),
    (Refusal::TemplateArchived, |wish| {
        if let Some(template) = &mut wish.sale.template {
            template.archived = true;
        }
    }),
];

/// Ten years and a day, and yesterday.
const NO_LAST_DAY: [Flaw<Wish>; 2] = [
    (Refusal::DayOutOfRange("expires_on"), |wish| {
        wish.order.expires_on = Some(day("2036-03-03"));
    }),
    (Refusal::DayOutOfRange("expires_on"), |wish| {
        wish.order.expires_on = Some(day("2026-03-01"));
    }),
];

const NO_VALIDITY: Flaw<Wish> = (Refusal::ValidityOutOfRange, |wish| {
    if wish.sale.template.is_some() {
        let (count, unit) = (11, SpanUnit::Years);
        wish.terms(Validity::FromSale(Span { count, unit }));
    }
});

/// Over since this midnight.
const OVER: Flaw<Wish> = (Refusal::EndsInPast, |wish| {
    if wish.order.goods != Goods::Template || wish.sale.template.is_some() {
        wish.terms(Validity::Until(day("2026-03-01")));
    }
});

#[test]
fn selling_a_template_refuses_in_the_documented_order() {
    let price: Flaw<Wish> = (Refusal::TemplatePriceFixed, |wish| {
        wish.order.price = Some(lei(1));
    });
    let flaws = [
        &NOBODY[..],
        &NO_TEMPLATE,
        &[price],
        &NO_LAST_DAY,
        &[NO_VALIDITY, OVER],
    ];
    let sell = |wish: &Wish| sell(&wish.sale, &wish.order, pkg(1), &context(now()));
    check(&of_template(), sell, &flaws.concat());
}

#[test]
fn selling_terms_of_its_own_refuses_what_a_template_of_them_would() {
    let terms: [Flaw<Wish>; 4] = [
        (
            Refusal::TemplateContents("visits need at least one service in services"),
            |wish| {
                if let Goods::Terms(draft) = &mut wish.order.goods {
                    let (quantity, services) = (10, Vec::new());
                    draft.contents = Contents::Visits { quantity, services };
                }
            },
        ),
        (Refusal::ServiceNotFound(svc(1)), |wish| {
            wish.sale.services.clear();
        }),
        (Refusal::ServiceArchived(svc(1)), |wish| {
            for service in &mut wish.sale.services {
                service.archived = true;
            }
        }),
        (
            Refusal::PackageTerms("priority must be between 0 and 100"),
            |wish| {
                if let Goods::Terms(draft) = &mut wish.order.goods {
                    draft.extras.conditions.priority = 101;
                }
            },
        ),
    ];
    let flaws = [&NOBODY[..], &terms, &NO_LAST_DAY, &[OVER]].concat();
    let sell = |wish: &Wish| sell(&wish.sale, &wish.order, pkg(1), &context(now()));
    check(&of_terms(), sell, &flaws);
}

#[test]
fn offering_refuses_in_the_documented_order() {
    let another = "the price is in another currency than the template's: give one in the same";
    let price: [Flaw<Wish>; 1] = [(Refusal::PackageTerms(another), |wish| {
        wish.order.price = Some(lei(1));
    })];
    let until: [Flaw<Wish>; 2] = [
        (Refusal::DayOutOfRange("offer.until"), |wish| {
            wish.until = Some(day("2026-03-01"));
        }),
        (Refusal::DayOutOfRange("offer.until"), |wish| {
            wish.until = Some(day("2036-03-03"));
        }),
    ];
    let flaws = [
        &NOBODY[..],
        &NO_TEMPLATE,
        &price,
        &NO_LAST_DAY,
        &[NO_VALIDITY, OVER],
        &until,
    ];
    let offer = |wish: &Wish| {
        let (sale, order, until) = (&wish.sale, &wish.order, wish.until);
        offer(sale, order, until, pkg(1), &context(now()))
    };
    check(&of_template(), offer, &flaws.concat());
    // Of other terms any price will do.
    let mut wish = of_terms();
    wish.order.price = Some(lei(1));
    assert!(offer(&wish).is_ok());
}

#[test]
fn buying_online_refuses_in_the_documented_order() {
    let offline: Flaw<Wish> = (Refusal::NotSoldOnline, |wish| {
        if let Some(template) = &mut wish.sale.template {
            template.terms.extras.online = false;
        }
    });
    let flaws = [&NOBODY[..], &NO_TEMPLATE, &[offline], &[NO_VALIDITY, OVER]];
    let buy = |wish: &Wish| buy(&wish.sale, pkg(1), &context(now()));
    check(&of_template(), buy, &flaws.concat());
}

#[test]
fn answering_an_offer_refuses_in_the_documented_order() {
    let offered = offered(&of_template().order, Some(day("2026-03-31")));
    let answered: [Flaw<Package>; 6] = [
        (Refusal::NotAnOffer, |package| {
            package.standing.stage = Stage::Pending;
        }),
        (Refusal::NotAnOffer, |package| {
            package.standing.stage = Stage::Active;
        }),
        (Refusal::OfferAnswered, |package| {
            package.standing.stage = Stage::Declined;
        }),
        (Refusal::OfferAnswered, |package| {
            package.standing.stage = Stage::Refunded;
            package.standing.accepted_at = Some(now());
        }),
        (Refusal::OfferLapsed, |package| {
            package.standing.offered_until = Some(now());
        }),
        (Refusal::ValidityOutOfRange, |package| {
            let (count, unit) = (11, SpanUnit::Years);
            package.terms.validity = Some(Validity::FromSale(Span { count, unit }));
        }),
    ];
    let settings = settings(DeductAt::Booking, Penalty::Release);
    let context = context(now());
    let (yes, no) = (
        |package: &Package| accept(package, &settings, keyed(1), &context),
        |package: &Package| decline(package, keyed(1), &context),
    );
    // What was sold at once has not been accepted: the two do not come together.
    check(&offered, yes, &answered[..2]);
    check(&offered, yes, &answered[2..]);
    // What waits for its first payment is withdrawn from.
    check(&offered, no, &answered[1..2]);
    check(&offered, no, &answered[2..5]);
}
