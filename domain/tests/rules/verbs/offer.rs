//! Offers, terms put together for one customer, typed ends, and what customers buy themselves.

use domain::bookings::{DeductAt, Penalty};
use domain::calendar::{Span, SpanUnit, Validity};
use domain::catalog::Deposit;
use domain::journal::{Entry, Fact, PackageChange, fold};
use domain::packages::{
    Goods, InstalmentPlan, Order, Package, Stage, Status, accept, buy, decline, sell, wallet,
};
use domain::{Context, EntryKey, Instant, Money, Refusal};

use crate::fixtures::*;

fn order_of(validity: Option<Validity>) -> Order {
    let mut draft = draft(visit_contents(10, &[(1, 1)]), None);
    draft.validity = validity;
    Order {
        goods: Goods::Terms(Box::new(draft)),
        ..Order::of_template()
    }
}

fn months(count: u16) -> Span {
    let unit = SpanUnit::Months;
    Span { count, unit }
}

fn accepted(offer: &Package, context: &Context) -> Result<(Package, Entry), Refusal> {
    let settings = settings(DeductAt::Booking, Penalty::Release);
    let entry = accept(offer, &settings, keyed(1), context)?.entry;
    Ok((offer.after(&entry)?, entry))
}

#[test]
fn an_offer_grants_nothing_until_it_is_accepted() {
    let offer = offered(&order_of(None), None);
    assert_eq!(offer.status(now() + days(3_000)), Status::Offer);
    assert_eq!((offer.version, offer.worth_minor()), (1, 0));
    assert_eq!(show(offer.pools[0].balance), "0: ");
    assert_eq!(offer.template, None);
    assert_eq!(wallet(std::slice::from_ref(&offer), now()).services, []);

    let later = now() + days(2);
    let (package, entry) = accepted(&offer, &context(later)).unwrap();
    assert_eq!(package.status(later), Status::Active);
    assert_eq!(show(package.pools[0].balance), "10: 10 available");
    assert_eq!((package.version, package.worth_minor()), (2, 100_000));
    assert_eq!((package.sold_at, package.agreed_at()), (now(), later));
    let change = PackageChange::Accepted;
    assert_eq!(
        entry.fact,
        Fact::PackageChanged {
            package: pkg(1),
            change
        }
    );
    assert_eq!(entry.lines[0].value, Some(lira(100_000)));
}

#[test]
fn the_journal_of_an_offer_folds_to_what_it_is() {
    let (sale, order) = (
        sale(template(1, visit_contents(2, &[(1, 1)]), None)),
        Order::of_template(),
    );
    let made = domain::packages::offer(&sale, &order, None, pkg(1), &context(now())).unwrap();
    assert!(matches!(made.entry.fact, Fact::PackageOffered(_)));
    assert_eq!(
        (made.key, &made.entry.lines),
        (EntryKey::Sale(pkg(1)), &Vec::new())
    );
    let offer = fold(pkg(1), [&made.entry]).unwrap().unwrap();
    let (package, entry) = accepted(&offer, &context(now() + days(1))).unwrap();
    assert_eq!(fold(pkg(1), [&made.entry, &entry]), Ok(Some(package)));
    let declined = decline(&offer, keyed(1), &context(now() + days(1))).unwrap();
    let folded = fold(pkg(1), [&made.entry, &declined.entry])
        .unwrap()
        .unwrap();
    assert_eq!(folded.status(now() + days(1)), Status::Declined);
}

#[test]
fn the_validity_of_an_offer_counts_from_its_acceptance_unless_it_ends_on_a_fixed_day() {
    let june = Some(day("2026-06-30"));
    for (validity, expires_on, offered, agreed) in [
        (None, None, None, None),
        // A month from 31 March, though it was offered on the 2nd.
        (
            Some(Validity::FromSale(months(1))),
            None,
            None,
            Some("2026-04-30T21:00:00Z"),
        ),
        (Some(Validity::FromFirstUse(months(1))), None, None, None),
        (
            Some(Validity::Until(day("2026-05-31"))),
            None,
            Some("2026-05-31T21:00:00Z"),
            Some("2026-05-31T21:00:00Z"),
        ),
        (
            Some(Validity::FromSale(months(1))),
            june,
            Some("2026-06-30T21:00:00Z"),
            Some("2026-06-30T21:00:00Z"),
        ),
        (
            None,
            june,
            Some("2026-06-30T21:00:00Z"),
            Some("2026-06-30T21:00:00Z"),
        ),
    ] {
        let order = Order {
            expires_on,
            ..order_of(validity)
        };
        let offer = self::offered(&order, None);
        assert_eq!(offer.standing.ends_at, offered.map(at), "{order:?}");
        // Nobody accepts what is over.
        assert_eq!(offer.standing.offered_until, offered.map(at), "{order:?}");
        let (package, _) = accepted(&offer, &context(at("2026-03-31T09:00:00Z"))).unwrap();
        assert_eq!(package.standing.ends_at, agreed.map(at), "{order:?}");
    }
}

#[test]
fn an_offer_can_be_accepted_through_its_last_day_and_shows_as_expired_after() {
    // The last Sunday of March is an hour short in Bucharest.
    let mut sale = sale(template(1, visit_contents(2, &[(1, 1)]), None));
    if let Some(settings) = &mut sale.settings {
        settings.policies.time_zone = chrono_tz::Europe::Bucharest;
    }
    let (order, until) = (Order::of_template(), Some(day("2026-03-29")));
    let made = domain::packages::offer(&sale, &order, until, pkg(1), &context(now())).unwrap();
    let offer = fold(pkg(1), [&made.entry]).unwrap().unwrap();
    let end = at("2026-03-29T21:00:00Z");
    let last = end - chrono::TimeDelta::milliseconds(1);
    for (now, status) in [(last, Status::Offer), (end, Status::Expired)] {
        assert_eq!(offer.status(now), status, "{now}");
    }
    assert!(accepted(&offer, &context(last)).is_ok());
    let refused = accepted(&offer, &context(end)).unwrap_err();
    assert_eq!(refused, Refusal::OfferLapsed);
}

#[test]
fn an_accepted_offer_waits_for_its_deposit() {
    let mut order = order_of(None);
    order.price = Some(lira(40_000));
    if let Goods::Terms(draft) = &mut order.goods {
        draft.extras.deposit = Some(Deposit::Percent(25));
    }
    let offer = offered(&order, None);
    assert_eq!(offer.terms.deposit, Some(lira(10_000)));
    let (package, _) = accepted(&offer, &context(now())).unwrap();
    assert_eq!(package.status(now()), Status::PendingPayment);
    assert_eq!(show(package.pools[0].balance), "10: 10 available");
}

#[test]
fn an_offer_of_a_template_may_have_a_price_of_its_own_and_shows_what_it_saves() {
    let mut sale = sale(template(1, visit_contents(10, &[(1, 1)]), None));
    sale.template.as_mut().unwrap().terms.list_price = Some(lira(300_000));
    let order = Order {
        price: Some(lira(77_777)),
        ..Order::of_template()
    };
    let made = domain::packages::offer(&sale, &order, None, pkg(1), &context(now())).unwrap();
    let offer = fold(pkg(1), [&made.entry]).unwrap().unwrap();
    assert_eq!(offer.template, Some(tpl(1)));
    assert_eq!(offer.terms.price, lira(77_777));
    assert_eq!(offer.terms.discount(), Some(lira(222_223)));
    assert_eq!(offer.standing.price_minor, 77_777);
    let (package, _) = accepted(&offer, &context(now())).unwrap();
    assert_eq!(package.worth_minor(), 77_777);
}

#[test]
fn terms_of_its_own_cost_their_list_price_unless_they_say_otherwise() {
    for (price, own, sold_for, discount) in [
        // Ten times 300.00 lira.
        (None, None, 300_000, None),
        (None, Some(250_000), 250_000, Some(50_000)),
        (Some(200_000), Some(250_000), 200_000, Some(100_000)),
        (Some(0), None, 0, Some(300_000)),
        (Some(400_000), None, 400_000, None),
    ] {
        let mut order = order_of(None);
        order.price = price.map(lira);
        if let Goods::Terms(draft) = &mut order.goods {
            draft.price = own.map(lira);
        }
        let sale = sale(template(1, visit_contents(1, &[(1, 1)]), None));
        let decision = sell(&sale, &order, pkg(1), &context(now())).unwrap();
        let package = fold(pkg(1), [&decision.entry]).unwrap().unwrap();
        assert_eq!(package.terms.price, lira(sold_for), "{order:?}");
        assert_eq!(package.terms.discount(), discount.map(lira), "{order:?}");
        assert_eq!(package.status(now()), Status::Active);
    }
}

#[test]
fn a_typed_last_day_ends_a_package_with_its_days_of_grace_and_a_first_use_does_not_move_it() {
    let mut sale = sale(template(1, visit_contents(10, &[(1, 1)]), None));
    let terms = &mut sale.template.as_mut().unwrap().terms;
    terms.validity = Some(Validity::FromFirstUse(months(1)));
    terms.extras.conditions.grace_days = 2;
    let order = Order {
        // The clocks of Istanbul stand still all year.
        expires_on: Some(day("2036-03-02")),
        ..Order::of_template()
    };
    let decision = sell(&sale, &order, pkg(1), &context(now())).unwrap();
    let package = fold(pkg(1), [&decision.entry]).unwrap().unwrap();
    let standing = &package.standing;
    assert!(standing.end_is_set);
    assert_eq!(standing.expires_at, Some(at("2036-03-02T21:00:00Z")));
    assert_eq!(standing.ends_at, Some(at("2036-03-04T21:00:00Z")));
    let today = Order {
        expires_on: Some(day("2026-03-02")),
        ..Order::of_template()
    };
    assert!(sell(&sale, &today, pkg(1), &context(now())).is_ok());
}

#[test]
fn what_a_customer_buys_alone_is_of_no_use_before_it_is_paid() {
    let plan = InstalmentPlan {
        count: 3,
        monthly_day: 1,
        direct_debit: false,
    };
    let bought = |price: Money, deposit: Option<Deposit>| {
        let mut sale = sale(template(1, visit_contents(10, &[(1, 1)]), None));
        let terms = &mut sale.template.as_mut().unwrap().terms;
        terms.price = price;
        terms.extras.deposit = deposit;
        terms.extras.plan = Some(plan).filter(|_| price.amount_minor() > 0);
        terms.extras.online = true;
        let decision = buy(&sale, pkg(1), &context(now())).unwrap();
        fold(pkg(1), [&decision.entry]).unwrap().unwrap()
    };
    let whole = bought(lira(90_000), None);
    assert_eq!(whole.standing.stage, Stage::Pending);
    assert_eq!(
        (whole.terms.deposit, whole.terms.plan),
        (Some(lira(90_000)), None)
    );
    let part = bought(lira(90_000), Some(Deposit::Percent(50)));
    assert_eq!(part.standing.stage, Stage::Pending);
    assert_eq!(
        (part.terms.deposit, part.terms.plan),
        (Some(lira(45_000)), Some(plan))
    );
    let free = bought(lira(0), None);
    assert_eq!(
        (free.standing.stage, free.terms.deposit),
        (Stage::Active, None)
    );
    assert_eq!(show(free.pools[0].balance), "10: 10 available");
}

#[test]
fn an_accepted_offer_is_as_old_as_its_acceptance() {
    let agreed = |package: &Package, on: Instant| accepted(package, &context(on)).unwrap().0;
    let offer = offered(&order_of(Some(Validity::FromSale(months(1)))), None);
    let package = agreed(&offer, now() + days(9));
    assert_eq!(package.begins_at(), Some(now() + days(9)));
    assert_eq!(offer.begins_at(), Some(now()));
}
