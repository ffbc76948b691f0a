//! A team of twelve that sells for three years: every opportunity is decided by the domain and committed
//! as in life. What it does depends on nothing but numbers, so that it is the same each time.

mod dice;
mod verbs;

use chrono::TimeDelta;
use dice::Dice;
use domain::customers::{Customer, CustomerDetails, create};
use domain::journal::Entry;
use domain::pipeline::{Rules, SchemeDraft, StageDraft, create_scheme, default_scheme, move_stage};
use domain::{
    Actor, BusinessId, Context, CustomerId, Decision, Fingerprint, Instant, Put, Refusal, Role,
    SchemeId,
};
use infra::{Consistency, Fault, Mutation, Store, settle};

pub(crate) type Failed = Box<dyn std::error::Error + Send + Sync>;

/// How many sell.
const TEAM: u64 = 12;
/// How many opportunities each customer has.
const OF_A_CUSTOMER: u64 = 60;
/// For how long they have been selling.
const DAYS: u64 = 3 * 365;

/// A business's team.
pub(crate) struct SalesTeam {
    store: Store,
    business: BusinessId,
    rules: Rules,
    now: Instant,
    courses: u64,
}

/// A decision that was made already.
pub(crate) struct Made(pub(crate) Decision);

impl Mutation for Made {
    type State = ();

    async fn load(&self, _: &Store, _: Consistency) -> Result<(), Fault> {
        Ok(())
    }

    fn repeated<'s>(&self, (): &'s ()) -> Result<Option<&'s Entry>, Refusal> {
        Ok(None)
    }

    fn decide(&self, (): &()) -> Result<Option<Decision>, Refusal> {
        Ok(Some(self.0.clone()))
    }
}

impl SalesTeam {
    /// Of a business that has settings; it gets a second stage scheme if it has one only. There are so
    /// many courses that an opportunity may take.
    pub(crate) async fn hire(
        store: Store,
        business: BusinessId,
        (now, courses): (Instant, u64),
    ) -> Result<Self, Failed> {
        let rules = store.rules(&business, Consistency::Strong).await?;
        let mut team = Self {
            store,
            business,
            rules,
            now,
            courses,
        };
        if team.rules.schemes.len() > 1 {
            return Ok(team);
        }
        let stages = default_scheme()?.stages.into_iter();
        let draft = SchemeDraft {
            name: "Companies".parse()?,
            stages: stages
                .map(|stage| StageDraft {
                    number: None,
                    terms: stage.terms,
                })
                .collect(),
        };
        let context = team.context(now, 0, u128::MAX)?;
        let id = SchemeId::from_bytes([2; 16]);
        let decision = create_scheme(draft, id, &[], &context)?;
        settle(&team.store, &Made(decision)).await?;
        let rules = team.store.rules(&team.business, Consistency::Strong);
        team.rules = rules.await?;
        Ok(team)
    }

    /// A representative's account.
    pub(crate) fn representative(number: u64) -> String {
        format!("0f8fad5b-d9cb-469f-a165-{:012}", number % TEAM)
    }

    /// The customer of an opportunity.
    pub(crate) fn customer(number: u64) -> CustomerId {
        CustomerId::from_bytes(u128::from(1 + number / OF_A_CUSTOMER).to_be_bytes())
    }

    /// Opens an opportunity and does with it what is done with it; how many entries that makes. The
    /// customer comes with their first one.
    pub(crate) async fn work(&self, number: u64) -> Result<u64, Failed> {
        let mut entries = 0;
        for decision in self.decisions(number)? {
            settle(&self.store, &Made(decision)).await?;
            entries += 1;
        }
        Ok(entries)
    }

    /// What it decides to open an opportunity and to do what is done with it, in order.
    pub(crate) fn decisions(&self, number: u64) -> Result<Vec<Decision>, Failed> {
        let mut decisions = Vec::new();
        if number.is_multiple_of(OF_A_CUSTOMER) {
            decisions.push(self.arrival(number)?);
        }
        decisions.extend(self.history(number)?);
        Ok(decisions)
    }

    /// Opened, talked about, moved on a few times, and most often won, lost or abandoned within some
    /// weeks. Some rest, some have something to be done.
    fn history(&self, number: u64) -> Result<Vec<Decision>, Failed> {
        let mut dice = Dice((number % self.courses).wrapping_mul(0x2545_f491_4f6c_dd1d));
        let minutes = dice.roll(DAYS * 24 * 60);
        let mut at = self.now - TimeDelta::minutes(i64::try_from(minutes)?);
        let mut decisions = vec![self.opened(number, at, &mut dice)?];
        let road = [2, 3, 5];
        let ends = dice.roll(100);
        // Some are forgotten: they stay open, and rot.
        let moves = usize::try_from(dice.roll(4))?;
        for step in 0..=moves {
            let hours = 12 + dice.roll(24 * 14);
            at += TimeDelta::hours(i64::try_from(hours)?);
            if at > self.now {
                break;
            }
            let present = decisions.last().and_then(Decision::opportunity).cloned();
            let mut present = present.ok_or("a decision without an opportunity")?;
            let context = self.context(at, number, 1 + step as u128)?;
            if dice.roll(3) == 0 {
                let context = self.context(at, number, 0x80 + step as u128)?;
                let called = self.called(&present, &context)?;
                present = called.opportunity().cloned().unwrap_or(present);
                decisions.push(called);
            }
            if let Some(stage) = road.get(step).filter(|_| step < moves) {
                let version = present.version;
                let moved = move_stage(&present, *stage, version, &self.rules, &context);
                decisions.push(moved?);
            } else if ends < 92 {
                decisions.push(self.closed(&present, ends, &context)?);
            } else if ends < 94 {
                decisions.push(self.rested(&present, &context)?);
            } else if ends < 97 {
                decisions.push(self.planned(&present, &context)?);
            }
        }
        Ok(decisions)
    }

    /// The decision that adds the customer of an opportunity.
    fn arrival(&self, number: u64) -> Result<Decision, Failed> {
        let context = self.context(self.now, number, 0xff)?;
        let details = CustomerDetails {
            name: "Ayşe Yılmaz".parse()?,
            email: None,
            phone: None,
        };
        let ids = (Self::customer(number), context.fingerprint.clone());
        Ok(create(details, None, ids, &context)?)
    }

    fn person(&self, number: u64) -> Result<Customer, Failed> {
        let decision = self.arrival(number)?;
        let created = decision.puts.into_iter().find_map(|put| {
            if let Put::Customer { after, .. } = put {
                return Some(after);
            }
            None
        });
        Ok(created.ok_or("no customer was created")?)
    }

    fn context(&self, now: Instant, number: u64, step: u128) -> Result<Context, Failed> {
        Ok(Context {
            business: self.business.clone(),
            actor: Actor {
                id: Self::representative(number).parse()?,
                role: Role::Sales,
            },
            now,
            random: (u128::from(number) << 8) | (step & 0xff),
            fingerprint: "0".repeat(64).parse::<Fingerprint>()?,
            cause: "request-1".parse()?,
        })
    }
}
