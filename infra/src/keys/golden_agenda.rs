//! The keys of what falls due as they are stored.

#![cfg(test)]

use domain::due::{Due, DueOf, Since, What};
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
            format!("DUE#2026-11#{shard}"),
            format!("001795334400250#gul#pkg_{ULID}#expiring-7"),
        ),
        (
            notice(&b, opportunity, quote, Since::Day(day)),
            format!("B#gul#N#opp_{ULID}"),
            format!("2026-11-23#quote-lapse-qte_{ULID}"),
        ),
        (
            notice(&b, opportunity, What::Reminder, Since::Moment(at)),
            format!("B#gul#N#opp_{ULID}"),
            "001795334400250#reminder".to_owned(),
        ),
        (agenda_anew(&b), "DUE#ANEW".to_owned(), "gul".to_owned()),
        (agenda_reached(), "DUE#REACHED".to_owned(), "DAY".to_owned()),
    ] {
        assert_eq!((key.pk, key.sk), (pk, sk));
    }
    assert_eq!(set_aside(), "DUE#SET-ASIDE");
    assert!(shard < SHARDS);
    let key = on_agenda(day, &b, package, due(What::Expiry)).sk;
    assert!(key < after_due_at(at));
    assert_eq!(due_at(&key), "001795334400250");
    assert_eq!(due_of(&key), format!("gul#pkg_{ULID}"));
    let later = at + chrono::TimeDelta::milliseconds(1);
    let next = due(What::Expiry);
    let next = on_agenda(day, &b, package, Due { at: later, ..next });
    assert!(after_due_at(at) < next.sk);
}
