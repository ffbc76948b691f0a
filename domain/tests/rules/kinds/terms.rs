//! Terms: list prices, and what does not fit together.

use domain::Refusal;
use domain::calendar::{Span, SpanUnit, Validity};
use domain::catalog::{Contents, Deposit, Extras, TemplateDraft, TemplateTerms};
use domain::packages::{Caps, InstalmentPlan, PackageTerms};
use serde_json::json;

use super::drafted;
use crate::fixtures::*;

fn services() -> Vec<domain::catalog::Service> {
    holdings(Vec::new()).services
}

/// The price, the list price and the discount of a draft.
fn prices(draft: TemplateDraft) -> (u64, Option<u64>, Option<u64>) {
    let terms = draft.terms(&services()).unwrap();
    let minor = |money: domain::Money| money.amount_minor();
    (
        minor(terms.price),
        terms.list_price.map(minor),
        terms.discount().map(minor),
    )
}

#[test]
fn the_list_price_is_what_the_services_cost_one_by_one() {
    let shared = visit_contents(10, &[(1, 1), (2, 3)]);
    let bundle = Contents::Bundle {
        services: vec![(svc(1), 4, 2), (svc(2), 3, 1)],
    };
    let credit = credit_contents(lira(70_000), &[]);
    for (contents, price, seen) in [
        // Ten of service 1 at 300.00 are more than three of service 2 at 500.00.
        (shared.clone(), None, (300_000, Some(300_000), None)),
        (
            shared.clone(),
            Some(250_000),
            (250_000, Some(300_000), Some(50_000)),
        ),
        (shared, Some(400_000), (400_000, Some(300_000), None)),
        (bundle, None, (210_000, Some(210_000), None)),
        (credit, Some(60_000), (60_000, Some(70_000), Some(10_000))),
    ] {
        assert_eq!(prices(drafted(contents, price.map(lira), None)), seen);
    }
}

#[test]
fn services_in_two_currencies_have_no_list_price_together() {
    let contents = visit_contents(10, &[(1, 1), (3, 1)]);
    let priced = drafted(contents.clone(), Some(lira(5)), None);
    assert_eq!(prices(priced), (5, None, None));
    let free = drafted(contents, None, None).terms(&services());
    assert_eq!(free.unwrap_err().code(), "package-terms");
    // Nor does a price in another currency have a discount.
    let abroad = drafted(visit_contents(10, &[(1, 1)]), Some(lei(5)), None);
    assert_eq!(prices(abroad), (5, None, None));
}

fn flawed(extras: Extras) -> TemplateDraft {
    TemplateDraft {
        extras,
        ..drafted(visit_contents(10, &[(1, 1)]), Some(lira(1_000)), None)
    }
}

/// Each flaw alone, and the earlier of two together.
#[test]
fn terms_that_do_not_fit_together_are_refused_in_order() {
    let plan = |count, monthly_day| {
        Some(InstalmentPlan {
            count,
            monthly_day,
            direct_debit: false,
        })
    };
    type Flawed = fn(&mut Extras);
    let flaws: [(&str, Flawed); 6] = [
        ("tax_basis_points", |e| {
            e.conditions.tax_basis_points = 10_001
        }),
        ("grace_days", |e| e.conditions.grace_days = 367),
        ("priority", |e| e.conditions.priority = 101),
        ("max_members", |e| e.conditions.max_members = 21),
        ("per cent", |e| e.deposit = Some(Deposit::Percent(0))),
        ("1 to 60 instalments", |e| {
            e.plan = Some(InstalmentPlan {
                count: 61,
                monthly_day: 1,
                direct_debit: false,
            });
        }),
    ];
    for (index, (says, flaw)) in flaws.iter().enumerate() {
        for (_, later) in &flaws[index..] {
            let mut extras = Extras::default();
            flaw(&mut extras);
            later(&mut extras);
            let refused = flawed(extras).terms(&services()).unwrap_err();
            assert_eq!(refused.code(), "package-terms");
            assert!(refused.to_string().contains(says), "{says}: {refused}");
        }
    }
    for (deposit, plan) in [
        (Some(Deposit::Percent(101)), None),
        (Some(Deposit::Amount(lei(1))), None),
        (Some(Deposit::Amount(lira(0))), None),
        (Some(Deposit::Amount(lira(1_001))), None),
        (None, plan(0, 1)),
        (None, plan(1, 0)),
        (None, plan(1, 32)),
        // Nothing is left after the deposit, or less than a unit for each.
        (Some(Deposit::Percent(100)), plan(1, 1)),
        (Some(Deposit::Amount(lira(941))), plan(60, 1)),
    ] {
        let extras = Extras {
            deposit,
            plan,
            ..Extras::default()
        };
        let refused = flawed(extras).terms(&services()).unwrap_err();
        assert_eq!(refused.code(), "package-terms", "{deposit:?} {plan:?}");
    }
    let extras = Extras {
        deposit: Some(Deposit::Amount(lira(940))),
        plan: plan(60, 31),
        ..Extras::default()
    };
    assert!(flawed(extras).terms(&services()).is_ok());
}

#[test]
fn a_pass_is_for_a_time_has_a_price_and_no_cap_of_nothing() {
    let pass = |caps| Contents::Pass {
        services: Vec::new(),
        caps,
    };
    let month = Some(Validity::FromFirstUse(Span {
        count: 1,
        unit: SpanUnit::Months,
    }));
    let none = Caps::default();
    let code = |draft: TemplateDraft| draft.terms(&services()).map_err(|refusal| refusal.code());
    let sound = code(drafted(pass(none), Some(lira(1)), month)).unwrap();
    assert_eq!(sound.list_price, None);
    assert_eq!(sound.colour.as_str(), "yellow");
    assert_eq!(
        code(drafted(pass(none), Some(lira(1)), None)),
        Err("package-terms")
    );
    assert_eq!(code(drafted(pass(none), None, month)), Err("package-terms"));
    let nothing = Caps {
        per_week: Some(0),
        ..none
    };
    assert_eq!(
        code(drafted(pass(nothing), Some(lira(1)), month)),
        Err("package-template-contents")
    );
}

#[test]
fn a_bundle_names_each_service_once_and_not_too_many() {
    let of = |services: Vec<(u8, u64, u32)>| {
        let services = services
            .into_iter()
            .map(|(n, quantity, units)| (svc(n), quantity, units));
        let contents = Contents::Bundle {
            services: services.collect(),
        };
        drafted(contents, Some(lira(1)), None).terms(&services_of_twenty())
    };
    for services in [
        vec![],
        vec![(1, 1, 1), (1, 1, 1)],
        vec![(1, 0, 1)],
        vec![(1, 1, 2)],
        vec![(1, 1, 0)],
        vec![(1, 100_001, 1)],
        (1..=11).map(|n| (n, 1, 1)).collect(),
    ] {
        let refused = of(services.clone()).unwrap_err();
        assert!(
            matches!(refused, Refusal::TemplateContents(_)),
            "{services:?}: {refused}"
        );
    }
    let ten = of((1..=10).map(|n| (n, 1, 1)).collect()).unwrap();
    assert_eq!((ten.pools.len(), ten.colour.as_str()), (10, "blue"));
}

fn services_of_twenty() -> Vec<domain::catalog::Service> {
    (1..=20).map(|n| service(n, lira(100))).collect()
}

#[test]
fn a_deposit_in_per_cent_is_rounded_up_to_the_unit() {
    assert_eq!(Deposit::Percent(33).on(lira(100)), lira(33));
    assert_eq!(Deposit::Percent(33).on(lira(101)), lira(34));
    assert_eq!(Deposit::Percent(100).on(lira(101)), lira(101));
    assert_eq!(Deposit::Amount(lira(7)).on(lira(101)), lira(7));
}

#[test]
fn terms_of_templates_and_of_packages_are_stored_as_one_object() {
    let both = json!({
        "name": "Paket", "kind": "visits", "colour": "green", "category": "Cilt",
        "price": {"amount_minor": 90_000, "currency": "TRY"}, "tax_basis_points": 2000,
        "validity": {"from-sale": {"count": 6, "unit": "months"}}, "grace_days": 7, "priority": 3,
        "promotional": true, "transferable": true, "max_members": 2, "redeem_up_to_paid": true,
        "plan": {"count": 6, "monthly_day": 1},
    });
    let mut template = both.clone();
    template["deposit"] = json!({"percent": 25});
    template["online"] = json!(true);
    template["pools"] = json!([]);
    let read = serde_json::from_value::<TemplateTerms>(template.clone()).unwrap();
    assert_eq!(serde_json::to_value(read).unwrap(), template);
    let mut package = both;
    package["list_price_minor"] = json!(100_000);
    package["deposit"] = json!({"amount_minor": 22_500, "currency": "TRY"});
    let read = serde_json::from_value::<PackageTerms>(package.clone()).unwrap();
    assert_eq!(serde_json::to_value(read).unwrap(), package);
}
