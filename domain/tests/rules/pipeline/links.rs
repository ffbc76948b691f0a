//! People and companies who have to do with an opportunity.

use domain::Refusal;
use domain::pipeline::{Link, Opportunity, Parties, Party, PipelineRefusal, link, unlink};

use super::fixtures::*;
use crate::fixtures::{check, context, cus, customer, erased, now};

fn to(party: Party, primary: bool) -> Link {
    Link {
        party,
        role: "mother".parse().unwrap(),
        primary,
    }
}

/// The opportunity, who is linked to it and who there is, and the version the caller read.
type Attempt = (Opportunity, Party, Parties, u64);

fn run((present, party, parties, expected): &Attempt) -> Result<domain::Decision, Refusal> {
    link(
        present,
        to(*party, true),
        parties,
        *expected,
        &context(now()),
    )
}

#[test]
fn a_link_is_refused_in_the_documented_order() {
    let person: Attempt = (opened(), Party::CustomerId(cus(2)), parties(), 1);
    let too_many = Refusal::from(PipelineRefusal::TooMany("20 links"));
    check(
        &person,
        run,
        &[
            (Refusal::VersionMismatch, |a| a.3 = 2),
            (PipelineRefusal::LinkTaken.into(), |a| a.0.customer = cus(2)),
            (PipelineRefusal::LinkTaken.into(), |a| {
                a.0.links.push(to(Party::CustomerId(cus(2)), false));
            }),
            (Refusal::CustomerNotFound, |a| a.2.customers = Vec::new()),
            (Refusal::CustomerErased, |a| {
                a.2.customers = vec![erased(customer(2))];
            }),
            (too_many, |a| {
                for n in 10..30 {
                    a.0.links.push(to(Party::CompanyId(com(n)), false));
                }
            }),
        ],
    );
    let office: Attempt = (opened(), Party::CompanyId(com(1)), parties(), 1);
    check(
        &office,
        run,
        &[
            (Refusal::VersionMismatch, |a| a.3 = 0),
            (PipelineRefusal::LinkTaken.into(), |a| {
                a.0.links.push(to(Party::CompanyId(com(1)), false));
            }),
            (PipelineRefusal::CompanyMissing.into(), |a| {
                a.2.companies = Vec::new()
            }),
            (PipelineRefusal::CompanyMissing.into(), |a| {
                a.2.companies = vec![company(2)];
            }),
        ],
    );
}

#[test]
fn one_link_at_most_is_the_primary_one() {
    let context = context(now());
    let person = to(Party::CustomerId(cus(2)), true);
    let first = put(&link(&opened(), person, &parties(), 1, &context).unwrap());
    let company = to(Party::CompanyId(com(1)), true);
    let second = put(&link(&first, company, &parties(), 2, &context).unwrap());
    let primary: Vec<bool> = second.links.iter().map(|link| link.primary).collect();
    assert_eq!(primary, [false, true]);
    // Nobody becomes primary because the one who was is gone.
    let third = unlink(&second, Party::CompanyId(com(1)), 3, &rules(), &context);
    let third = put(&third.unwrap());
    assert_eq!(third.links, [to(Party::CustomerId(cus(2)), false)]);
}

#[test]
fn taking_a_link_away_is_refused_in_the_documented_order() {
    let context = context(now());
    let person = to(Party::CustomerId(cus(2)), true);
    let linked = put(&link(&opened(), person, &parties(), 1, &context).unwrap());
    let away = |party, expected| unlink(&linked, party, expected, &rules(), &context);
    let missing = Refusal::from(PipelineRefusal::LinkMissing);
    let (person, other) = (Party::CustomerId(cus(2)), Party::CompanyId(com(1)));
    assert_eq!(away(other, 1).unwrap_err(), Refusal::VersionMismatch);
    assert_eq!(away(person, 1).unwrap_err(), Refusal::VersionMismatch);
    assert_eq!(away(other, 2).unwrap_err(), missing);
    assert!(put(&away(person, 2).unwrap()).links.is_empty());
}
