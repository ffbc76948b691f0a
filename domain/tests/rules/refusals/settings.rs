//! Settings at their limits, and past them.

use domain::Refusal;
use domain::bookings::{DeductAt, Penalty};
use domain::settings::{self, Renewals, Settings};

use crate::fixtures::*;

type Edit = fn(&mut Settings);

fn set(edit: Edit) -> Result<(), Refusal> {
    let mut wanted = settings(DeductAt::Booking, Penalty::Release);
    edit(&mut wanted);
    settings::change(None, wanted, None, &context(now())).map(drop)
}

fn renewals(lead_days: u16) -> Option<Renewals> {
    let representative = "ayse".parse().unwrap();
    Some(Renewals {
        representative,
        lead_days,
    })
}

fn sources(count: usize) -> std::collections::BTreeSet<domain::ActorId> {
    let names = (0..count).map(|number| format!("system-{number}.example"));
    names.map(|name| name.parse().unwrap()).collect()
}

#[test]
fn settings_at_their_limits_are_taken() {
    let taken: [Edit; 13] = [
        |_| {},
        |it| it.event_sources = sources(10),
        |it| it.expiring_days = Vec::new(),
        |it| it.expiring_days = vec![1, 366],
        |it| it.expiring_days = vec![5, 4, 3, 2, 1],
        |it| it.renewals = renewals(0),
        |it| it.renewals = renewals(366),
        |it| it.policies.cancel_window_hours = 720,
        |it| it.policies.return_grace_days = 0,
        |it| it.policies.return_grace_days = 366,
        |it| it.policies.no_show = Penalty::ForfeitPercent(1),
        |it| it.policies.late_cancel = Penalty::ForfeitPercent(99),
        |it| it.policies.late_cancel = Penalty::Forfeit,
    ];
    for (number, edit) in taken.into_iter().enumerate() {
        assert_eq!(set(edit), Ok(()), "{number}");
    }
}

#[test]
fn settings_past_their_limits_are_refused_with_what_may_be_said() {
    let refused: [(&str, &[Edit]); 6] = [
        (
            "event_sources must name at most 10 systems",
            &[|it| it.event_sources = sources(11)],
        ),
        (
            "expiring_days must be at most 5 different numbers between 1 and 366",
            &[
                |it| it.expiring_days = vec![0],
                |it| it.expiring_days = vec![367],
                |it| it.expiring_days = vec![6, 5, 4, 3, 2, 1],
                |it| it.expiring_days = vec![7, 7],
                |it| it.expiring_days = vec![7, 3, 7],
                |it| it.expiring_days = vec![1, 3, 3],
            ],
        ),
        (
            "renewals.lead_days must be between 0 and 366",
            &[|it| it.renewals = renewals(367)],
        ),
        (
            "cancel_window_hours must be between 0 and 720",
            &[|it| it.policies.cancel_window_hours = 721],
        ),
        (
            "return_grace_days must be between 0 and 366",
            &[|it| it.policies.return_grace_days = 367],
        ),
        (
            "forfeit_percent must be between 1 and 99: use forfeit for all, release for nothing",
            &[
                |it| it.policies.no_show = Penalty::ForfeitPercent(0),
                |it| it.policies.no_show = Penalty::ForfeitPercent(100),
                |it| it.policies.late_cancel = Penalty::ForfeitPercent(0),
                |it| it.policies.late_cancel = Penalty::ForfeitPercent(100),
            ],
        ),
    ];
    for (reason, edits) in refused {
        for (number, edit) in edits.iter().enumerate() {
            let refusal = Err(Refusal::SettingsOutOfRange(reason));
            assert_eq!(set(*edit), refusal, "{reason}: {number}");
        }
    }
}

#[test]
fn a_business_that_names_its_systems_believes_no_other() {
    let mut business = settings(DeductAt::Booking, Penalty::Release);
    let [named, other] = ["till.example", "other.example"].map(|name| name.parse().unwrap());
    assert!(business.believes(&other));
    business.event_sources.insert(named);
    assert!(!business.believes(&other));
    assert!(business.believes(&"till.example".parse().unwrap()));
}
