//! What a quota knows of what is linked to it.

use domain::pipeline::{
    Counted, Opportunity, OpportunityEdit, Outcome, QuotaTarget, Status, assign, close, edit,
    set_quota,
};
use domain::{Decision, Put};

use super::fixtures::closing;
use super::opened::{after, by, opened, rules};
use super::quotas::{qta, quota, terms};
use crate::fixtures::*;

/// What a decision tells quotas.
fn told(decision: &Decision) -> Vec<Put> {
    let told = decision
        .puts
        .iter()
        .filter(|put| matches!(put, Put::Counted(..)) || matches!(put, Put::Uncounted(..)));
    told.cloned().collect()
}

#[test]
fn a_quota_knows_what_becomes_of_what_is_linked_to_it_until_that_leaves() {
    let (rules, owner) = (rules(), by("owner", now()));
    let quotas = [
        quota(1, terms(QuotaTarget::Count(1))),
        quota(2, terms(QuotaTarget::Count(1))),
    ];
    let set = |present: &Opportunity, to| {
        let set = set_quota(present, to, &quotas, present.version, &rules, &owner);
        set.unwrap().unwrap()
    };
    let known = |of: &Opportunity, status, close_on: &str, value| Counted {
        opportunity: of.id,
        title: of.title.clone(),
        status,
        close_on: day(close_on),
        value,
    };
    let unlinked = opened(lira(5000));
    let expected = unlinked.position.expected_close_on.to_string();
    let first = set(&unlinked, Some(qta(1)));
    let open = known(&unlinked, Status::Open, &expected, lira(5000));
    assert_eq!(told(&first), [Put::Counted(qta(1), open)]);

    let linked = after(&first);
    let dearer = OpportunityEdit {
        estimate: Some(lira(7000)),
        ..OpportunityEdit::default()
    };
    let dearer = edit(&linked, dearer, 2, &rules, &owner).unwrap().unwrap();
    let open = known(&linked, Status::Open, &expected, lira(7000));
    assert_eq!(told(&dearer), [Put::Counted(qta(1), open)]);
    // What it does not know of tells it nothing.
    let tagged = OpportunityEdit {
        tags: Some(["vip".parse().unwrap()].into()),
        ..OpportunityEdit::default()
    };
    let tagged = edit(&linked, tagged, 2, &rules, &owner).unwrap().unwrap();
    assert_eq!(told(&tagged), []);

    let won = close(&linked, closing(Outcome::Won), None, 2, &rules, &owner).unwrap();
    let today = rules.today(now()).unwrap().to_string();
    let is_won = known(&linked, Status::Won, &today, lira(5000));
    assert_eq!(told(&won), [Put::Counted(qta(1), is_won.clone())]);
    let moved = set(&after(&won), Some(qta(2)));
    assert_eq!(
        told(&moved),
        [
            Put::Uncounted(qta(1), linked.id),
            Put::Counted(qta(2), is_won)
        ]
    );
    let taken = set(&after(&won), None);
    assert_eq!(told(&taken), [Put::Uncounted(qta(1), linked.id)]);
    let to = "rep-2".parse().unwrap();
    let given = assign(&linked, &to, 2, &rules, &owner).unwrap().unwrap();
    assert_eq!(told(&given), [Put::Uncounted(qta(1), linked.id)]);
}
