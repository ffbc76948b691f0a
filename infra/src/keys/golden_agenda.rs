//! The keys of what falls due as they are stored.

#![cfg(test)]

use domain::due::{Due, DueOf, What};
use domain::{CustomerId, OpportunityId, PackageId, QuoteId};

use super::*;

const ULID: &str = "00000000000000000000000007";

#[test]
fn every_key_of_the_agenda_is_golden() {
    let b: BusinessId = "gul".parse().unwrap();
    let bytes = 7_u128.to_be_bytes();
    let (customer, id) = (CustomerId::from_bytes(bytes), PackageId::from_bytes(bytes));
    let package = DueOf::Package { customer, id };
    let opportunity = DueOf::Opportunity(OpportunityId::from_bytes(bytes));
    let at: Instant = "2026-11-22T08:00:00.250Z".parse().unwrap();
    let day: NaiveDate = "2026-11-23".parse().unwrap();
    let due = |what| Due { at, what };
    let quote = What::QuoteLapse(QuoteId::from_bytes(bytes));
    let shard = shard_of(&b, package);
    for (key, pk, sk) in [
        (
            on_agenda(day, &b, package, due(What::Expiring(7))),
            format!("DUE#2026-11-23#{shard}"),
            format!("001795334400250#gul#pkg_{ULID}#expiring-7"),
        ),
        (
            notice(&b, opportunity, due(quote)),
            format!("B#gul#N#opp_{ULID}"),
            format!("001795334400250#quote-lapse-qte_{ULID}"),
        ),
        (agenda_reached(), "DUE#REACHED".to_owned(), "DAY".to_owned()),
    ] {
        assert_eq!((key.pk, key.sk), (pk, sk));
    }
    assert_eq!(set_aside(), "DUE#SET-ASIDE");
    assert!(shard < SHARDS);
    let key = on_agenda(day, &b, package, due(What::Expiry)).sk;
    assert!(key < after_due_at(at));
    let later = at + chrono::TimeDelta::milliseconds(1);
    let next = due(What::Expiry);
    let next = on_agenda(day, &b, package, Due { at: later, ..next });
    assert!(after_due_at(at) < next.sk);
}
