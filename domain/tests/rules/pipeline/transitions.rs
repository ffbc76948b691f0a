//! Every verb on an opportunity of every status.

use domain::pipeline::{
    ForecastCategory, Link, Opportunity, OpportunityEdit, Outcome, Party, Rules, Status, assign,
    close, edit, fold_opportunity, link, move_stage, reopen, resume, set_lines, suspend,
};
use domain::{Context, Decision, Refusal};

use super::fixtures::*;
use crate::fixtures::{at, context, customer, now};

/// What each verb makes of each status, or the code it is refused with.
const TABLE: &str = "
verb              | open                      | suspended             | won                | lost               | abandoned
suspend           | suspended                 | opportunity-suspended | opportunity-closed | opportunity-closed | opportunity-closed
resume            | opportunity-not-suspended | open                  | opportunity-closed | opportunity-closed | opportunity-closed
win               | won                       | won                   | opportunity-closed | opportunity-closed | opportunity-closed
lose              | lost                      | lost                  | opportunity-closed | opportunity-closed | opportunity-closed
abandon           | abandoned                 | abandoned             | opportunity-closed | opportunity-closed | opportunity-closed
reopen            | opportunity-not-closed    | opportunity-not-closed | open              | open               | open
move on           | open                      | opportunity-suspended | stage-before-win   | opportunity-closed | opportunity-closed
move back         | open                      | opportunity-suspended | stage-before-win   | opportunity-closed | opportunity-closed
move past the win | stage-after-win           | opportunity-suspended | won                | opportunity-closed | opportunity-closed
move nowhere      | stage-not-found           | opportunity-suspended | stage-not-found    | opportunity-closed | opportunity-closed
stay              | stage-reached             | opportunity-suspended | stage-reached      | opportunity-closed | opportunity-closed
edit              | open                      | suspended             | opportunity-closed | opportunity-closed | opportunity-closed
write lines       | open                      | suspended             | opportunity-closed | opportunity-closed | opportunity-closed
assign            | open                      | suspended             | won                | lost               | abandoned
link              | open                      | suspended             | won                | lost               | abandoned
";

fn do_it(
    verb: &str,
    of: &Opportunity,
    rules: &Rules,
    context: &Context,
) -> Result<Decision, Refusal> {
    let version = of.version;
    let moved = |to| move_stage(of, to, version, rules, context);
    let closed = |outcome| {
        close(
            of,
            closing(outcome),
            Some(&customer(1)),
            version,
            rules,
            context,
        )
    };
    match verb {
        "suspend" => suspend(of, day("2026-06-01"), version, rules, context),
        "resume" => resume(of, version, rules, context),
        "win" => closed(Outcome::Won),
        "lose" => closed(Outcome::Lost),
        "abandon" => closed(Outcome::Abandoned),
        "reopen" => {
            let reason = "mistake".parse().unwrap();
            reopen(of, (reason, None), version, rules, context)
        }
        "move on" => moved(3),
        "move back" => moved(1),
        "move past the win" => moved(4),
        "move nowhere" => moved(6),
        "stay" => moved(2),
        "edit" => {
            let wanted = OpportunityEdit {
                title: Some("Another".parse().unwrap()),
                ..OpportunityEdit::default()
            };
            edit(of, wanted, version, rules, context).map(Option::unwrap)
        }
        "write lines" => set_lines(of, vec![line(1, 2)], &goods(), version, rules, context),
        "assign" => {
            let to = "sales-2".parse().unwrap();
            assign(of, &to, version, rules, context).map(Option::unwrap)
        }
        "link" => {
            let company = Link {
                party: Party::CompanyId(com(1)),
                role: "venue".parse().unwrap(),
                primary: false,
            };
            link(of, company, &parties(), version, context)
        }
        verb => panic!("{verb}"),
    }
}

/// An opportunity of this status in stage 2.
fn of_status(status: Status) -> Opportunity {
    let (rules, context) = (rules(), context(now()));
    let opened = opened();
    let moved = put(&move_stage(&opened, 2, 1, &rules, &context).unwrap());
    let verb = match status {
        Status::Open => return moved,
        Status::Suspended => "suspend",
        Status::Won => "win",
        Status::Lost => "lose",
        Status::Abandoned => "abandon",
    };
    put(&do_it(verb, &moved, &rules, &context).unwrap())
}

fn name(status: Status) -> String {
    serde_json::to_value(status)
        .unwrap()
        .as_str()
        .unwrap()
        .to_owned()
}

#[test]
fn every_verb_does_to_every_status_what_the_table_says() {
    let later = context(at("2026-03-09T09:00:00Z"));
    let mut rows = TABLE
        .trim()
        .lines()
        .map(|line| line.split('|').map(str::trim));
    let head: Vec<&str> = rows.next().unwrap().skip(1).collect();
    assert_eq!(head, Status::ALL.map(name));
    for mut row in rows {
        let verb = row.next().unwrap();
        for (status, expected) in Status::ALL.into_iter().zip(row) {
            let before = of_status(status);
            let done = do_it(verb, &before, &rules(), &later);
            let got = match &done {
                Ok(decision) => name(put(decision).position.status),
                Err(refusal) => refusal.code().to_owned(),
            };
            assert_eq!(got, expected, "{verb} of {status:?}");
            if let Ok(decision) = done {
                adds_up(verb, &before, &decision);
            }
        }
    }
}

fn adds_up(verb: &str, before: &Opportunity, decision: &Decision) {
    let after = put(decision);
    let position = &after.position;
    assert_eq!(after.version, before.version + 1, "{verb}");
    let change = decision.entry.fact.opportunity().unwrap();
    assert_eq!(change.before.as_ref(), Some(&before.position), "{verb}");
    assert_eq!(&change.after, position, "{verb}");
    assert_eq!(change.version, after.version);
    assert!(decision.entry.at > before.changed_at || decision.entry.at == after.changed_at);
    // The status and the stage are independent of each other.
    if !verb.starts_with("move") {
        assert_eq!(position.stage, before.position.stage, "{verb}");
    }
    assert_eq!(
        position.closed_on.is_some(),
        position.status.is_closed(),
        "{verb}"
    );
    assert_eq!(
        after.resume_on.is_some(),
        position.status == Status::Suspended,
        "{verb}"
    );
    assert_eq!(
        position.rots_on.is_some(),
        position.status == Status::Open,
        "{verb}"
    );
    let reasoned = [Status::Lost, Status::Abandoned].contains(&position.status);
    assert_eq!(position.reason.is_some(), reasoned, "{verb}");
    let forecast = match position.status {
        Status::Open => ForecastCategory::Pipeline,
        Status::Won => ForecastCategory::Commit,
        Status::Suspended | Status::Lost | Status::Abandoned => ForecastCategory::Omitted,
    };
    assert_eq!(position.forecast, forecast, "{verb}");
}

#[test]
fn what_rested_rots_from_the_day_it_is_resumed_and_what_was_reopened_from_that_day() {
    let (rules, context) = (rules(), context(at("2026-05-04T09:00:00Z")));
    let rests = of_status(Status::Suspended);
    assert_eq!(rests.position.rots_on, None);
    let resumed = put(&resume(&rests, rests.version, &rules, &context).unwrap());
    assert_eq!(resumed.position.rots_on, Some(day("2026-05-11")));
    assert_eq!(resumed.position.stage_since, rests.position.stage_since);
    let lost = of_status(Status::Lost);
    let mut lost = lost;
    lost.closing_note = Some("Teyzesine gitti".parse().unwrap());
    let reopened = put(&do_it("reopen", &lost, &rules, &context).unwrap());
    assert_eq!(reopened.position.rots_on, Some(day("2026-05-11")));
    assert_eq!(reopened.position.stage_since, context.now);
    assert_eq!(reopened.closing_note, None);
}

#[test]
fn what_is_won_after_delivery_began_is_reopened_in_the_last_stage_before_the_win() {
    let (rules, context) = (rules(), context(now()));
    let won = of_status(Status::Won);
    let delivered = put(&move_stage(&won, 5, won.version, &rules, &context).unwrap());
    let reopened = put(&do_it("reopen", &delivered, &rules, &context).unwrap());
    assert_eq!(reopened.position.stage, 3);
    let reason = || "mistake".parse().unwrap();
    let to = |stage| {
        reopen(
            &delivered,
            (reason(), Some(stage)),
            delivered.version,
            &rules,
            &context,
        )
    };
    assert_eq!(put(&to(1).unwrap()).position.stage, 1);
    assert_eq!(to(4).unwrap_err().code(), "stage-after-win");
}

#[test]
fn who_answers_for_an_opportunity_is_kept_with_the_quota_they_left() {
    let (rules, context) = (rules(), context(now()));
    let mut present = opened();
    for n in 0..60 {
        present.quota = Some(domain::QuotaId::from_bytes([1; 16]));
        let to = format!("sales-{n}").parse().unwrap();
        let decision = assign(&present, &to, present.version, &rules, &context).unwrap();
        present = put(&decision.unwrap());
        assert_eq!(
            (&present.position.representative, present.quota),
            (&to, None)
        );
        assert_eq!(present.assignments.last().unwrap().representative, to);
    }
    assert_eq!(present.assignments.len(), 50);
    let same = present.position.representative.clone();
    let again = assign(&present, &same, present.version, &rules, &context);
    assert_eq!(again.unwrap(), None);
}

#[test]
fn entries_that_do_not_follow_each_other_are_no_history() {
    let before = of_status(Status::Open);
    let decision = do_it("win", &before, &rules(), &context(now())).unwrap();
    let change = decision.entry.fact.opportunity().unwrap();
    assert_eq!(fold_opportunity([]).unwrap(), None);
    assert!(fold_opportunity([change]).is_err());
}
