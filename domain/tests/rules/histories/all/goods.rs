//! What the business sells: every kind, in two currencies, on terms of every sort.

use chrono::{Days, NaiveDate};
use domain::Money;
use domain::Put;
use domain::calendar::{Span, SpanUnit, Validity};
use domain::catalog::{
    Contents, Deposit, Extras, Service, Template, TemplateDraft, create_template,
};
use domain::packages::{Caps, Conditions, InstalmentPlan};

use crate::fixtures::*;

/// Services 1 and 2 in euro, 3 in lei, and 4 for nothing.
pub(super) fn services() -> Vec<Service> {
    let prices = [euro(3_000), euro(5_000), lei(20_000), euro(0)];
    let numbered = (1..).zip(prices);
    numbered.map(|(n, price)| service(n, price)).collect()
}

/// Templates from 1 on; `today` is the day on which the history begins.
pub(super) fn templates(today: NaiveDate) -> Vec<Template> {
    let drafts = (1..).zip(drafts(today));
    drafts.map(|(n, draft)| made(n, draft)).collect()
}

fn made(n: u8, draft: TemplateDraft) -> Template {
    let decision = create_template(draft, &services(), tpl(n), &context(now())).unwrap();
    match decision.puts.as_slice() {
        [Put::Template(template)] => template.clone(),
        puts => panic!("one template, not {puts:?}"),
    }
}

fn span(count: u16, unit: SpanUnit) -> Span {
    Span { count, unit }
}

pub(super) fn goods(
    contents: Contents,
    price: Money,
    validity: Option<Validity>,
    extras: Extras,
) -> TemplateDraft {
    TemplateDraft {
        name: "Goods".parse().unwrap(),
        colour: None,
        price: Some(price),
        validity,
        contents,
        extras,
    }
}

pub(super) fn plan(count: u8, monthly_day: u8) -> Option<InstalmentPlan> {
    Some(InstalmentPlan {
        count,
        monthly_day,
        direct_debit: true,
    })
}

fn drafts(today: NaiveDate) -> Vec<TemplateDraft> {
    use SpanUnit::{Days as D, Months as M};
    use Validity::{FromFirstUse, FromSale, Until};
    let shared = Conditions {
        transferable: true,
        max_members: 2,
        ..Conditions::default()
    };
    let on = |conditions| Extras {
        conditions,
        ..Extras::default()
    };
    let paid_for = Conditions {
        redeem_up_to_paid: true,
        ..shared.clone()
    };
    let bundle = Contents::Bundle {
        services: vec![(svc(1), 4, 1), (svc(2), 6, 2)],
    };
    let pass = |services: &[u8], caps| Contents::Pass {
        services: services.iter().copied().map(svc).collect(),
        caps,
    };
    let capped = Caps {
        per_day: Some(1),
        per_week: Some(2),
        per_period: Some(3),
    };
    let twice = Caps {
        per_period: Some(2),
        ..Caps::default()
    };
    vec![
        goods(
            visit_contents(10, &[(1, 1), (2, 2)]),
            euro(10_001),
            Some(FromSale(span(20, D))),
            Extras {
                plan: plan(4, 31),
                ..on(Conditions {
                    grace_days: 5,
                    ..shared.clone()
                })
            },
        ),
        goods(
            visit_contents(5, &[(1, 1)]),
            euro(9_998),
            None,
            Extras {
                deposit: Some(Deposit::Percent(20)),
                plan: plan(3, 31),
                ..on(paid_for.clone())
            },
        ),
        goods(
            bundle,
            euro(20_003),
            Some(FromFirstUse(span(1, M))),
            Extras {
                deposit: Some(Deposit::Percent(50)),
                online: true,
                ..on(Conditions {
                    grace_days: 3,
                    ..shared.clone()
                })
            },
        ),
        goods(
            credit_contents(euro(20_000), &[]),
            euro(15_007),
            Some(Until(today + Days::new(30))),
            on(paid_for.clone()),
        ),
        goods(
            credit_contents(lei(70_000), &[3]),
            lei(50_021),
            Some(FromFirstUse(span(15, D))),
            Extras {
                plan: plan(2, 1),
                online: true,
                ..on(shared.clone())
            },
        ),
        goods(
            pass(&[1, 2], capped),
            euro(9_001),
            Some(FromSale(span(1, M))),
            Extras {
                plan: plan(2, 30),
                ..on(shared.clone())
            },
        ),
        goods(
            pass(&[], Caps::default()),
            lei(12_347),
            Some(FromFirstUse(span(2, M))),
            Extras {
                online: true,
                ..on(paid_for)
            },
        ),
        goods(
            pass(&[1], twice),
            euro(4_003),
            Some(FromSale(span(2, M))),
            on(Conditions {
                priority: 9,
                ..shared.clone()
            }),
        ),
        // Given away.
        goods(
            visit_contents(2, &[(3, 1), (4, 1)]),
            lei(0),
            Some(FromSale(span(10, D))),
            Extras {
                online: true,
                ..on(Conditions {
                    promotional: true,
                    priority: 5,
                    ..shared.clone()
                })
            },
        ),
        // Hardly anything for a visit.
        goods(
            visit_contents(7, &[(3, 1), (1, 3)]),
            lei(10),
            Some(FromSale(span(1, M))),
            Extras {
                plan: plan(4, 29),
                ..on(shared)
            },
        ),
    ]
}
