//! The keys of the pipeline as they are stored, for years.

#![cfg(test)]

use chrono::NaiveDate;
use domain::pipeline::Status;
use domain::{
    ActivityId, BusinessId, CompanyId, CustomerId, EntryKey, OpportunityId, QuotaId, QuoteId,
    SchemeId,
};

use super::*;

const ULID: &str = "00000000000000000000000007";
const BYTES: [u8; 16] = 7_u128.to_be_bytes();

#[test]
fn every_key_of_the_pipeline_is_golden() {
    let b: BusinessId = "gul".parse().unwrap();
    let opportunity_id = OpportunityId::from_bytes(BYTES);
    let scheme_id = SchemeId::from_bytes(BYTES);
    let company_id = CompanyId::from_bytes(BYTES);
    let quota_id = QuotaId::from_bytes(BYTES);
    for (key, golden) in [
        (pipeline_settings(&b), "B#gul | PIPELINE".to_owned()),
        (
            scheme_step(&b, 3),
            "B#gul#SCHEME-STEPS | 00000003".to_owned(),
        ),
        (scheme(&b, scheme_id), format!("B#gul#SCHEMES | sch_{ULID}")),
        (
            company(&b, company_id),
            format!("B#gul#COMPANIES | com_{ULID}"),
        ),
        (quota(&b, quota_id), format!("B#gul#QUOTAS | qta_{ULID}")),
        (
            counted(&b, quota_id, opportunity_id),
            format!("B#gul#QUOTA#qta_{ULID} | opp_{ULID}"),
        ),
        (
            opportunity(&b, opportunity_id),
            format!("B#gul#O#opp_{ULID} | OPPORTUNITY"),
        ),
        (
            activity(&b, opportunity_id, ActivityId::from_bytes(BYTES)),
            format!("B#gul#O#opp_{ULID} | ACT#act_{ULID}"),
        ),
        (
            quote(&b, QuoteId::from_bytes(BYTES)),
            format!("B#gul#Q#qte_{ULID} | QUOTE"),
        ),
        (
            entry(&b, &EntryKey::PipelineSettings(2)),
            "B#gul#E#pipeline | V#0000000002".to_owned(),
        ),
        (
            entry(&b, &EntryKey::Scheme(scheme_id, 3)),
            format!("B#gul#E#sch_{ULID} | V#0000000003"),
        ),
        (
            entry(&b, &EntryKey::Opportunity(opportunity_id, 12)),
            format!("B#gul#E#opp_{ULID} | V#0000000012"),
        ),
        (
            entry(&b, &EntryKey::Company(company_id, 1)),
            format!("B#gul#E#com_{ULID} | V#0000000001"),
        ),
        (
            entry(&b, &EntryKey::Quota(quota_id, 1)),
            format!("B#gul#E#qta_{ULID} | V#0000000001"),
        ),
    ] {
        assert_eq!(format!("{} | {}", key.pk, key.sk), golden);
        assert_eq!(Key::of(&key.attributes()), Some(key));
    }
}

#[test]
fn every_list_of_opportunities_is_golden_and_of_its_business() {
    let b: BusinessId = "gul".parse().unwrap();
    let customer_id = CustomerId::from_bytes(BYTES);
    for (partition, golden) in [
        (pipeline(&b), "B#gul".to_owned()),
        (
            in_stage(&b, SchemeId::from_bytes(BYTES), 3),
            format!("B#gul#S#sch_{ULID}#3"),
        ),
        (
            of_representative(&b, &"sub-1".parse().unwrap()),
            "B#gul#BY#sub-1".to_owned(),
        ),
        (of_customer(&b, customer_id), format!("B#gul#C#cus_{ULID}")),
    ] {
        assert_eq!(partition, golden);
        assert_eq!(business_of(&partition), Some(b.clone()));
    }
}

#[test]
fn opportunities_are_listed_by_status_then_day_then_id() {
    let id = OpportunityId::from_bytes(BYTES);
    let day = |day: &str| day.parse::<NaiveDate>().unwrap();
    let key = listed(Status::Won, day("2026-11-30"), id);
    assert_eq!(key, format!("3#2026-11-30#opp_{ULID}"));
    assert_eq!(of_listed(&key), Some((Status::Won, day("2026-11-30"), id)));
    for status in Status::ALL {
        let key = listed(status, day("2026-11-30"), id);
        assert_eq!(of_listed(&key), Some((status, day("2026-11-30"), id)));
        assert!(listed_as(status) < listed_on(status, day("0001-01-01")));
        assert!(key.starts_with(&listed_on(status, day("2026-11-30"))));
    }
    let ranks = Status::ALL.map(listed_as);
    assert_eq!(ranks, ["1#", "2#", "3#", "4#", "5#"]);
    let on = |day: NaiveDate| listed(Status::Open, day, id);
    assert!(on(day("2026-11-30")) < on(day("2026-12-01")));
    assert!(on(day("2026-12-31")) < on(day("2027-01-01")));
    let later = OpportunityId::from_bytes([9; 16]);
    assert!(on(day("2026-11-30")) < listed(Status::Open, day("2026-11-30"), later));
    for no in [
        "",
        "#",
        "1#2026-11-30",
        "6#2026-11-30#opp_00000000000000000000000007",
        "1#2026-11-31#opp_00000000000000000000000007",
        "1#2026-11-30#cus_00000000000000000000000007",
        &format!("{key}#"),
        &key[1..],
    ] {
        assert_eq!(of_listed(no), None, "{no}");
    }
}
