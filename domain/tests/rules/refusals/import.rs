//! Taking over packages that ran elsewhere.

use domain::Refusal;
use domain::bookings::{DeductAt, Penalty};
use domain::calendar::{Span, SpanUnit, Validity};
use domain::catalog::{Contents, TemplateDraft};
use domain::packages::{Caps, Import, Running, RunningTerms, Unit, import};

use crate::fixtures::*;

/// Ten visits of template 1 at 1,000.00 lira, four of them used, sold on 1 February until 30 June.
fn sound() -> (Import, Running) {
    let import = Import {
        settings: Some(settings(DeductAt::Booking, Penalty::Release)),
        customer: Some(customer(1)),
        template: Some(template(1, visit_contents(10, &[(1, 1)]), Some(30))),
        services: holdings(Vec::new()).services,
    };
    let running = Running {
        terms: RunningTerms::OfTemplate {
            template: tpl(1),
            quantities: vec![10],
            price_minor: Some(100_000),
        },
        currency: lira(0).currency(),
        used: vec![4],
        paid_minor: Some(60_000),
        sold_on: day("2026-02-01"),
        expires_on: Some(day("2026-06-30")),
    };
    (import, running)
}

fn verb((state, running): &(Import, Running)) -> Result<domain::Decision, Refusal> {
    import(state, running, pkg(1), &context(now()))
}

fn quantities(running: &mut Running, of: &[u64]) {
    if let RunningTerms::OfTemplate { quantities, .. } = &mut running.terms {
        *quantities = of.to_vec();
    }
}

const QUANTITIES: Refusal = Refusal::ImportTerms(
    "quantity",
    "needs a number for each balance of the template, in its order, with | between them",
);
const USED: Refusal = Refusal::ImportTerms(
    "used",
    "needs a number for each balance, in the order of quantity, with | between them",
);

const SOLD_LATER: Refusal = Refusal::ImportTerms(
    "sold_on",
    "lies after today: sell the package instead, or correct the date",
);
const SOLD_LONG_AGO: Refusal =
    Refusal::ImportTerms("sold_on", "lies more than 50 years back: check the year");

#[test]
fn importing_refuses_in_the_documented_order() {
    check(
        &sound(),
        verb,
        &[
            (Refusal::SettingsMissing, |(state, _)| state.settings = None),
            (Refusal::CustomerNotFound, |(state, _)| {
                state.customer = None;
            }),
            (Refusal::CustomerErased, |(state, _)| {
                state.customer = Some(erased(customer(1)));
            }),
            (Refusal::TemplateNotFound, |(state, _)| {
                state.template = None;
            }),
            (Refusal::TemplateNotFound, |(state, _)| {
                state.template = Some(template(2, visit_contents(10, &[(1, 1)]), None));
            }),
            (
                Refusal::ImportTerms(
                    "currency",
                    "is not the template's: correct it, or leave it empty",
                ),
                |(_, running)| running.currency = lei(0).currency(),
            ),
            (QUANTITIES, |(_, running)| quantities(running, &[5, 5])),
            (USED, |(_, running)| running.used = vec![1, 1]),
            (Refusal::UsedAboveQuantity, |(_, running)| {
                running.used = vec![11];
            }),
            (Refusal::PaidAbovePrice, |(_, running)| {
                running.paid_minor = Some(100_001);
            }),
            (SOLD_LATER, |(_, running)| {
                running.sold_on = day("2026-03-03");
            }),
            (SOLD_LONG_AGO, |(_, running)| {
                running.sold_on = day("1976-03-01");
            }),
            (Refusal::ExpiresBeforeSold, |(_, running)| {
                running.expires_on = Some(day("1976-01-01"));
            }),
        ],
    );
}

#[test]
fn a_package_of_its_own_is_refused_for_what_a_template_would_be() {
    let (mut state, mut running) = sound();
    state.template = None;
    let own = |contents| RunningTerms::Own(draft(contents, None));
    for (contents, refusal) in [
        (
            visit_contents(10, &[]),
            Refusal::TemplateContents("visits need at least one service in services"),
        ),
        (
            visit_contents(10, &[(9, 1)]),
            Refusal::ServiceNotFound(svc(9)),
        ),
        (
            credit_contents(lira(0), &[]),
            Refusal::TemplateContents("credit must be more than 0"),
        ),
    ] {
        running.terms = own(contents);
        let attempt = (state.clone(), running.clone());
        assert_eq!(verb(&attempt).unwrap_err(), refusal);
    }
    running.terms = own(Contents::Pass {
        services: Vec::new(),
        caps: Caps::default(),
    });
    assert!(verb(&(state.clone(), running.clone())).is_ok());
    running.expires_on = None;
    let endless = Refusal::PackageTerms("a pass needs a validity: it is unlimited for a time");
    assert_eq!(verb(&(state, running)).unwrap_err(), endless);
}

#[test]
fn quantities_and_uses_fit_their_pools() {
    let refused = |state: &Import, running: &Running| {
        let attempt = (state.clone(), running.clone());
        verb(&attempt).unwrap_err().code()
    };
    let (state, mut running) = sound();
    for wrong in [0, 100_001] {
        quantities(&mut running, &[wrong]);
        assert_eq!(refused(&state, &running), "import-terms", "{wrong}");
    }
    let (mut state, mut running) = sound();
    let contents = Contents::Pass {
        services: Vec::new(),
        caps: Caps {
            per_period: Some(3),
            ..Caps::default()
        },
    };
    state.template = Some(template(1, contents, Some(30)));
    assert_eq!(refused(&state, &running), "import-terms");
    quantities(&mut running, &[]);
    assert_eq!(refused(&state, &running), "used-above-quantity");
    running.used = vec![3];
    assert!(verb(&(state, running)).is_ok());
}

#[test]
fn an_end_that_depends_on_a_first_use_is_needed_once_something_is_used() {
    let (mut state, mut running) = sound();
    let (count, unit) = (30, SpanUnit::Days);
    if let Some(template) = &mut state.template {
        template.terms.validity = Some(Validity::FromFirstUse(Span { count, unit }));
    }
    running.expires_on = None;
    let attempt = (state.clone(), running.clone());
    assert_eq!(verb(&attempt).unwrap_err().code(), "import-terms");
    running.used = vec![0];
    assert!(verb(&(state, running)).is_ok());
}

#[test]
fn credit_is_in_the_currency_of_its_line() {
    let (mut state, mut running) = sound();
    let mut sold = template(1, credit_contents(lei(500), &[]), None);
    sold.terms.price = lira(100_000);
    assert!(matches!(sold.terms.pools[0].unit, Unit::Money(_)));
    state.template = Some(sold);
    running.used = Vec::new();
    assert_eq!(verb(&(state, running)).unwrap_err().code(), "import-terms");
}

#[test]
fn its_own_terms_are_those_of_a_draft_with_the_end_of_the_line() {
    let (state, mut running) = sound();
    running.terms = RunningTerms::Own(TemplateDraft {
        price: Some(lira(100_000)),
        ..draft(visit_contents(10, &[(1, 1)]), Some(5))
    });
    let decision = verb(&(state, running)).unwrap();
    let [domain::Put::Package(package)] = decision.puts.as_slice() else {
        unreachable!("one package: {decision:?}");
    };
    assert_eq!(
        package.terms.validity,
        Some(Validity::Until(day("2026-06-30")))
    );
}
