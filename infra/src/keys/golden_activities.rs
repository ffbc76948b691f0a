//! The keys of activities as they are stored, for years.

#![cfg(test)]

use domain::{ActivityId, OpportunityId};

use super::*;

const ULID: &str = "00000000000000000000000007";

#[test]
fn every_key_of_activities_is_golden() {
    let b: BusinessId = "gul".parse().unwrap();
    let bytes = 7_u128.to_be_bytes();
    let (opportunity, activity_id) = (
        OpportunityId::from_bytes(bytes),
        ActivityId::from_bytes(bytes),
    );
    let key = activity(&b, opportunity, activity_id);
    for (key, pk, sk) in [
        (
            key.clone(),
            format!("B#gul#O#opp_{ULID}"),
            format!("ACT#act_{ULID}"),
        ),
        (
            activity_key(&b, opportunity, &"ab12".parse().unwrap()),
            format!("B#gul#O#opp_{ULID}#KEYS"),
            "ab12".to_owned(),
        ),
        (
            opportunity_entry(&b, opportunity, 12),
            format!("B#gul#E#opp_{ULID}"),
            "V#0000000012".to_owned(),
        ),
    ] {
        assert_eq!((&key.pk, &key.sk), (&pk, &sk));
    }
    assert_eq!(opportunity_of(&b, &key.pk), Some(opportunity));
    for no in [
        "",
        "B#gul#O#",
        "B#gul#O#opp_7",
        "B#gul2#O#opp_00000000000000000000000007",
    ] {
        assert_eq!(opportunity_of(&b, no), None, "{no}");
    }
    assert!(is_version("V#0000000012"));
    for no in ["", "V#", "V#12", "V#00000000012", "V#000000001x"] {
        assert!(!is_version(no), "{no}");
    }
}

#[test]
fn what_is_to_be_done_sorts_by_the_time_it_is_due() {
    let id = ActivityId::from_bytes(7_u128.to_be_bytes());
    let at: Instant = "2026-11-22T08:00:00.250Z".parse().unwrap();
    let key = to_do_at(at, id);
    assert_eq!(key, format!("001795334400250#act_{ULID}"));
    assert_eq!(of_to_do(&key), Some((at, id)));
    for no in [&key[1..], &key[..15], "1#act_", ""] {
        assert_eq!(of_to_do(no), None, "{no}");
    }
    assert_eq!(of_to_do(&key.replacen('0', "+", 1)), None);
    assert!(key < after_to_do_at(at));
    let next = at + chrono::TimeDelta::milliseconds(1);
    assert!(after_to_do_at(at) < to_do_at(next, id));
    let b: BusinessId = "gul".parse().unwrap();
    assert_eq!(to_do(&b, &"rep-1".parse().unwrap()), "B#gul#TODO#rep-1");
}
