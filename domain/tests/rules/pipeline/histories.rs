//! Any history of opportunities keeps every promise at every step.

use std::collections::BTreeMap;

use domain::customers::Customer;
use domain::journal::Entry;
use domain::pipeline::{
    Counted, ForecastCategory, Link, Opportunity, OpportunityChange, OpportunityDraft,
    OpportunityEdit, Origin, Party, QuotaTarget, QuotaTerms, Recurrence, Rules, Stage, Status,
    assign, close, duplicate, edit, fold_opportunity, link, move_stage, open, reopen, resume,
    set_lines, set_quota, suspend, total, unlink,
};
use domain::{Context, Decision, OpportunityId, Put, QuotaId, Refusal};
use proptest::collection::vec;
use proptest::prelude::*;

use super::command::{Command, command};
use super::fixtures::*;
use super::quotas::{qta, quota, terms};
use crate::fixtures::{context, customer, days, hours, lira, now, salt};

/// What nobody may find in the journal.
const SECRET: &str = "Kleopatra";

struct World {
    rules: Rules,
    context: Context,
    records: BTreeMap<OpportunityId, Opportunity>,
    linked: BTreeMap<(QuotaId, OpportunityId), Counted>,
    journal: Vec<Entry>,
    changes: BTreeMap<OpportunityId, Vec<OpportunityChange>>,
}

impl World {
    fn new() -> Self {
        let mut scheme = plain();
        scheme.stages[1].terms.may_skip = false;
        scheme.stages[2].terms.requires = [domain::pipeline::Requirement::Lines].into();
        scheme.stages[2].terms.forecast = ForecastCategory::BestCase;
        Self {
            rules: rules_of(vec![scheme]),
            context: context(now()),
            records: BTreeMap::new(),
            linked: BTreeMap::new(),
            journal: Vec::new(),
            changes: BTreeMap::new(),
        }
    }

    /// What the command decides about the opportunity; none where there is nothing to decide.
    fn decide(
        &self,
        command: &Command,
        of: Option<&Opportunity>,
    ) -> Result<Option<Decision>, Refusal> {
        let (rules, context) = (&self.rules, &self.context);
        let id = OpportunityId::new(context.now, context.random);
        if let Command::Open {
            stage,
            lines,
            recurs,
        } = command
        {
            let draft = OpportunityDraft {
                title: SECRET.parse().unwrap(),
                stage: Some(*stage).filter(|stage| *stage > 0),
                lines: (0..*lines).map(|n| line(1, n + 1)).collect(),
                recurs: recurs.then_some(Recurrence { every_months: 6 }),
                ..draft()
            };
            return open(&opening(rules.clone()), draft, (id, salt()), None, context).map(Some);
        }
        let Some(of) = of else { return Ok(None) };
        let version = of.version;
        let party = |n: u8| match n {
            1 => Party::CompanyId(com(1)),
            n => Party::CustomerId(crate::fixtures::cus(n)),
        };
        match command {
            Command::Open { .. } | Command::Archive(_) | Command::Wait(_) => Ok(None),
            Command::Edit {
                estimate,
                described,
                stale,
            } => {
                let described = described.then(|| SECRET.parse().unwrap());
                let wanted = OpportunityEdit {
                    estimate: Some(lira(*estimate)).filter(|_| *estimate > 0),
                    description: Some(described),
                    ..OpportunityEdit::default()
                };
                edit(of, wanted, version - u64::from(*stale), rules, context)
            }
            Command::Stage(to) => move_stage(of, *to, version, rules, context).map(Some),
            Command::Lines(count) => {
                let lines = (0..*count).map(|n| line(2, n + 1)).collect();
                set_lines(of, lines, &goods(), version, rules, context).map(Some)
            }
            Command::Close(outcome, reasoned) => {
                let mut closing = closing(*outcome);
                closing.note = Some(SECRET.parse().unwrap());
                closing.reason = closing.reason.filter(|_| *reasoned);
                close(of, closing, Some(&customer(1)), version, rules, context).map(Some)
            }
            Command::Suspend(after) => {
                let until = (context.now + days(*after)).date_naive();
                suspend(of, until, version, rules, context).map(Some)
            }
            Command::Resume => resume(of, version, rules, context).map(Some),
            Command::Reopen(to) => {
                let reason = "mistake".parse().unwrap();
                reopen(of, (reason, *to), version, rules, context).map(Some)
            }
            Command::Assign(n) => {
                let to = format!("sales-{n}").parse().unwrap();
                assign(of, &to, version, rules, context)
            }
            Command::Duplicate => {
                let person: Customer = customer(1);
                duplicate(of, (id, salt()), Some(&person), rules, context).map(Some)
            }
            Command::Link { n, primary } => {
                let link_to = Link {
                    party: party(*n),
                    role: "guest".parse().unwrap(),
                    primary: *primary,
                };
                link(of, link_to, &parties(), version, context).map(Some)
            }
            Command::Unlink(n) => unlink(of, party(*n), version, rules, context).map(Some),
            Command::Quota(n) => {
                let quotas = [1, 2].map(|n| {
                    let count = terms(QuotaTarget::Count(1));
                    let representative = of.position.representative.clone();
                    quota(
                        n,
                        QuotaTerms {
                            representative,
                            ..count
                        },
                    )
                });
                set_quota(of, n.map(qta), &quotas, version, rules, context)
            }
        }
    }

    fn apply(&mut self, command: &Command, of: Option<&Opportunity>, decision: Decision) {
        for (_, entry) in decision.entries() {
            let change = entry.fact.opportunity().unwrap().clone();
            self.journal.push(entry.clone());
            self.changes
                .entry(change.opportunity)
                .or_default()
                .push(change);
        }
        for put in decision.puts {
            if let Put::Opportunity(after) = put {
                let before = self.records.insert(after.id, (*after).clone());
                assert_eq!(after.version, before.map_or(1, |before| before.version + 1));
            } else if let Put::Counted(quota, link) = put {
                self.linked.insert((quota, link.opportunity), link);
            } else if let Put::Uncounted(quota, id) = put {
                assert!(self.linked.remove(&(quota, id)).is_some());
            } else {
                panic!("an opportunity, or what a quota knows of one, not {put:?}");
            }
        }
        let Some(before) = of else { return };
        let after = &self.records[&before.id];
        // The status moves with its verbs alone, and the stage with its own.
        let moves_status = matches!(
            command,
            Command::Close(..) | Command::Suspend(_) | Command::Resume | Command::Reopen(_)
        );
        let moves_stage = matches!(command, Command::Stage(_) | Command::Reopen(_));
        assert!(moves_status || after.position.status == before.position.status);
        assert!(moves_stage || after.position.stage == before.position.stage);
    }

    fn check(&self) {
        let mut nexts = BTreeMap::new();
        for (id, record) in &self.records {
            let changes = &self.changes[id];
            let position = &record.position;
            let folded = fold_opportunity(changes).unwrap();
            assert_eq!(folded.as_ref(), Some(position));
            assert_eq!(changes.len() as u64, record.version);
            let lines = total(&record.lines).unwrap();
            assert_eq!(position.amount, lines.unwrap_or(record.estimate));
            let omitted = match position.status {
                Status::Open | Status::Won => false,
                Status::Suspended | Status::Lost | Status::Abandoned => true,
            };
            assert_eq!(position.forecast == ForecastCategory::Omitted, omitted);
            assert_eq!(position.closed_on.is_some(), position.status.is_closed());
            assert_eq!(position.rots_on.is_some(), position.status == Status::Open);
            let after_win = position.stage > 3;
            assert!(!after_win || position.status == Status::Won);
            assert!(record.links.iter().filter(|link| link.primary).count() <= 1);
            assert_eq!(
                record.assignments.last().unwrap().representative,
                position.representative
            );
            if let Some(Origin::RecurrenceOf(won)) = record.origin {
                assert_eq!(nexts.insert(won, *id), None, "two after {won}");
            }
        }
        for (won, next) in nexts {
            assert_eq!(self.records[&won].next, Some(next));
        }
        let known = self.records.values().filter_map(|of| {
            let link = Counted {
                opportunity: of.id,
                title: of.title.clone(),
                status: of.position.status,
                close_on: of.position.close_on(),
                value: of.position.value,
            };
            of.quota.map(|quota| ((quota, of.id), link))
        });
        assert_eq!(known.collect::<BTreeMap<_, _>>(), self.linked);
        let mut last: BTreeMap<OpportunityId, &Entry> = BTreeMap::new();
        for entry in &self.journal {
            let id = entry.fact.opportunity().unwrap().opportunity;
            if let Some(before) = last.insert(id, entry) {
                assert!(before.id < entry.id, "{before:?} is not before {entry:?}");
            }
        }
    }
}

proptest! {
    #[test]
    fn any_history_of_opportunities_is_the_fold_of_its_entries(
        commands in vec((command(), any::<prop::sample::Index>()), 1..60),
    ) {
        let mut world = World::new();
        for (number, (command, which)) in commands.into_iter().enumerate() {
            world.context.random = (number as u128 + 1) << 20;
            if let Command::Wait(count) = command {
                world.context.now += hours(count);
                continue;
            }
            if let Command::Archive(number) = command {
                archive(&mut world.rules.schemes[0].stages, number);
                continue;
            }
            let ids: Vec<OpportunityId> = world.records.keys().copied().collect();
            let of = (!ids.is_empty()).then(|| world.records[which.get(&ids)].clone());
            let of = of.filter(|_| !matches!(command, Command::Open { .. }));
            let (records, length) = (world.records.clone(), world.journal.len());
            match world.decide(&command, of.as_ref()) {
                Ok(Some(decision)) => world.apply(&command, of.as_ref(), decision),
                Ok(None) | Err(_) => {
                    prop_assert_eq!(&world.records, &records);
                    prop_assert_eq!(world.journal.len(), length);
                }
            }
            world.check();
        }
        let told = serde_json::to_string(&world.journal).unwrap();
        prop_assert!(!told.contains(SECRET), "{}", told);
        let read: Vec<Entry> = serde_json::from_str(&told).unwrap();
        prop_assert_eq!(read, world.journal);
    }
}

/// Archives a stage, or brings it back; the first stays.
fn archive(stages: &mut [Stage], number: u16) {
    let found = stages.iter_mut().find(|stage| stage.number == number);
    if let Some(stage) = found.filter(|stage| stage.number > 1) {
        stage.archived = !stage.archived;
    }
}
