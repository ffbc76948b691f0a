//! Lines: their prices, discounts and limits.

use domain::pipeline::{
    Discount, Goods, Item, LineDraft, PipelineRefusal, priced, set_lines, total,
};
use domain::{Money, Refusal};

use super::fixtures::*;
use crate::fixtures::{Flaw, check, context, lei, lira, now, service, svc, tpl};

#[test]
fn a_line_costs_its_quantity_at_its_price_less_its_discount() {
    for (quantity, unit_price, discount, expected) in [
        (1, None, None, 10_000),
        (3, None, None, 30_000),
        (3, Some(999), None, 2_997),
        (1, Some(0), None, 0),
        (3, None, Some(Discount::Percent(10)), 27_000),
        (1, None, Some(Discount::Percent(100)), 0),
        // 1.5 is taken off as 2, 1.49 as 1.
        (1, Some(15), Some(Discount::Percent(10)), 13),
        (1, Some(149), Some(Discount::Percent(1)), 148),
        (3, None, Some(Discount::Amount(lira(1))), 29_999),
        (3, None, Some(Discount::Amount(lira(30_000))), 0),
        (1000, None, None, 10_000_000),
    ] {
        let draft = LineDraft {
            quantity,
            unit_price: unit_price.map(lira),
            discount,
            ..line(1, 1)
        };
        let lines = priced(vec![draft], &goods()).unwrap();
        assert_eq!(
            lines[0].total,
            lira(expected),
            "{quantity} {unit_price:?} {discount:?}"
        );
        assert_eq!(lines[0].name.to_string(), "Service 1");
    }
}

#[test]
fn lines_of_goods_that_change_later_keep_their_names_and_prices() {
    let first = opened();
    let (rules, context) = (rules(), context(now()));
    let lines = vec![line(1, 1), packages(1, 2)];
    let after = put(&set_lines(&first, lines, &goods(), 1, &rules, &context).unwrap());
    assert_eq!(after.lines[0].unit_price, lira(10_000));
    assert_eq!(after.lines[1].unit_price, lira(100_000));
    assert_eq!(total(&after.lines).unwrap(), Some(lira(210_000)));
    assert_eq!(total(&[]).unwrap(), None);
}

/// Lines, and what there is.
type Attempt = (Vec<LineDraft>, Goods);

#[test]
fn lines_are_refused_in_the_documented_order() {
    let sound: Attempt = (vec![line(1, 1), packages(1, 1)], goods());
    let terms = |reason| Refusal::from(PipelineRefusal::LineTerms(reason));
    let flaws: [Flaw<Attempt>; 11] = [
        (PipelineRefusal::TooMany("50 lines").into(), |(lines, _)| {
            *lines = lines.iter().cycle().take(51).cloned().collect();
        }),
        (Refusal::ServiceNotFound(svc(9)), |(lines, _)| {
            lines[0].item = Item::ServiceId(svc(9));
        }),
        (Refusal::ServiceArchived(svc(1)), |(_, goods)| {
            goods.services[0].archived = true;
        }),
        (terms("quantity is between 1 and 1000"), |(lines, _)| {
            lines[0].quantity = 0;
        }),
        (terms("quantity is between 1 and 1000"), |(lines, _)| {
            lines[0].quantity = 1001;
        }),
        (Refusal::TooLarge, |(lines, _)| {
            lines[0].unit_price = Some(lira(Money::MAX_MINOR));
            lines[0].quantity = lines[0].quantity.max(2);
        }),
        (
            terms("a discount is between 1 and 100 per cent"),
            |(lines, _)| lines[0].discount = Some(Discount::Percent(0)),
        ),
        (
            terms("a discount is between 1 and 100 per cent"),
            |(lines, _)| lines[0].discount = Some(Discount::Percent(101)),
        ),
        (
            terms("the discount is in the currency of the price"),
            |(lines, _)| lines[0].discount = Some(Discount::Amount(lei(1))),
        ),
        (
            terms("the discount is at most the whole line"),
            |(lines, _)| lines[0].discount = Some(Discount::Amount(lira(10_001))),
        ),
        (PipelineRefusal::LinesMix.into(), |(lines, _)| {
            lines.push(LineDraft {
                unit_price: Some(lei(1)),
                ..line(2, 1)
            });
        }),
    ];
    // Those of one line are checked one field after another: each alone, then with what comes after.
    for (refusal, flaw) in &flaws {
        let mut attempt = sound.clone();
        flaw(&mut attempt);
        let (lines, goods) = attempt;
        assert_eq!(priced(lines, &goods).unwrap_err(), *refusal);
    }
    let order = [0, 2, 3, 6, 10].map(|n| flaws[n].clone());
    check(
        &sound,
        |(lines, goods)| priced(lines.clone(), goods),
        &order,
    );
    let templates: [Flaw<Attempt>; 2] = [
        (Refusal::TemplateNotFound, |(lines, _)| {
            lines[1].item = Item::TemplateId(tpl(9));
        }),
        (Refusal::TemplateArchived, |(_, goods)| {
            goods.templates[0].archived = true;
        }),
    ];
    check(
        &sound,
        |(lines, goods)| priced(lines.clone(), goods),
        &templates,
    );
}

#[test]
fn fifty_lines_are_not_too_many_but_what_they_come_to_may_be() {
    let fifty = |price: u64| {
        let mut goods = goods();
        goods.services = vec![service(1, lira(price))];
        priced(vec![line(1, 1); 50], &goods)
    };
    assert_eq!(fifty(1).unwrap().len(), 50);
    assert_eq!(fifty(Money::MAX_MINOR).unwrap_err(), Refusal::TooLarge);
}
