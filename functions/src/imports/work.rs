//! Working through the lines of a file, as far as the time allows.

use std::collections::BTreeMap;

use domain::customers::Customer;
use domain::{CustomerId, Email, Instant, Refusal};
use futures::{StreamExt, stream};
use infra::{Consistency, Failure, Fault, fresh_salt, random_128, settle};

use super::catalogue::Catalogue;
use super::file::Row;
use super::identity::Identity;
use super::line::Line;
use super::mistake::Mistake;
use super::outcome::{Holder, Outcome, Seen};
use super::take::{Add, Take};
use crate::App;
use crate::customers::put;
use crate::edge::{Caller, Problem};

/// As many lines are looked up at once.
const LINES: usize = 100;

/// As many customers are worked on at once; the lines of one customer come one after the other.
const AT_ONCE: usize = 8;

/// More mistakes than these are worth another request.
const MISTAKES: usize = 1000;

/// A row and the package that it is, if it has cells.
pub(super) type Numbered<'r> = (&'r Row, Option<&'r Identity>);

/// The lines of one customer, with their places among the rows.
type Group = (Email, Vec<(usize, Line)>);

/// How far a request came.
#[derive(Default)]
pub(super) struct Done {
    /// What became of the first rows: of all, unless the time was over, the mistakes were too many, or the
    /// database out of reach.
    pub(super) first: Vec<Outcome>,
    /// What was taken over of the rows after those, as several customers are worked on at once.
    pub(super) ahead: Vec<Outcome>,
    /// Customers that were added, also where their package was not taken over any more.
    pub(super) added: usize,
}

/// What became of them, as far as they were begun.
struct Ended {
    outcomes: Vec<(usize, Outcome)>,
    email: Email,
    holder: Holder,
    /// Customers that were added.
    added: usize,
    /// What kept the others from being begun.
    fault: Option<Fault>,
}

/// What lines are worked on with.
pub(super) struct Work<'a> {
    pub(super) app: &'a App,
    pub(super) caller: &'a Caller,
    pub(super) catalogue: &'a Catalogue,
    /// Whether everything is checked and nothing written.
    pub(super) dry_run: bool,
    /// No line is begun from then on.
    pub(super) until: Instant,
}

impl Done {
    fn is_nothing(&self) -> bool {
        self.first.is_empty() && self.ahead.is_empty() && self.added == 0
    }
}

impl Work<'_> {
    /// Works through `rows`, as far as it comes.
    ///
    /// # Errors
    /// The fault that kept the very first row from being worked on.
    pub(super) async fn through(&self, rows: &[Numbered<'_>]) -> Result<Done, Problem> {
        let (mut done, mut mistakes) = (Done::default(), 0);
        let mut seen = Seen::default();
        for part in rows.chunks(LINES) {
            if self.is_late() || mistakes >= MISTAKES {
                break;
            }
            let (outcomes, fault) = match self.part(part, &mut seen, &mut done.added).await {
                Ok(outcomes) => outcomes,
                Err(fault) => (Vec::new(), Some(fault)),
            };
            let whole = outcomes.iter().all(Option::is_some) && fault.is_none();
            let mut outcomes = outcomes.into_iter();
            let first = outcomes.by_ref().map_while(|outcome| outcome);
            done.first.extend(first);
            let ahead = outcomes.flatten().filter(Outcome::is_imported);
            done.ahead.extend(ahead);
            match fault {
                Some(fault) if done.is_nothing() => return Err(fault.into()),
                Some(_) | None => {}
            }
            if !whole {
                break;
            }
            mistakes = done.first.iter().map(Outcome::mistakes).sum();
        }
        Ok(done)
    }

    fn is_late(&self) -> bool {
        self.app.clock.now() >= self.until
    }

    /// What became of each of these rows; none of those that were not begun.
    async fn part(
        &self,
        rows: &[Numbered<'_>],
        seen: &mut Seen,
        added: &mut usize,
    ) -> Result<(Vec<Option<Outcome>>, Option<Fault>), Fault> {
        let (store, business) = (&self.app.store, &self.caller.business);
        let ids = rows.iter().filter_map(|(_, identity)| *identity);
        let ids: Vec<_> = ids.map(|identity| identity.package).collect();
        let before = store.entries_of_sales(business, &ids).await?;
        let mut outcomes: Vec<Option<Outcome>> = Vec::with_capacity(rows.len());
        let mut groups = BTreeMap::<Email, Vec<(usize, Line)>>::new();
        for (place, (row, identity)) in rows.iter().enumerate() {
            let cells = row.cells.as_ref().zip(*identity);
            let entry = identity.and_then(|identity| before.get(&identity.package));
            outcomes.push(match (cells, entry) {
                (None, _) => Some(Outcome::Failed(vec![Mistake::of_length()])),
                (Some((_, identity)), _) if identity.contradicts => {
                    Some(Outcome::Failed(vec![Mistake::of_id()]))
                }
                (Some((_, identity)), Some(entry)) => {
                    Some(match entry.fingerprint == identity.fingerprint {
                        true => Outcome::Already,
                        false => Outcome::refused(Refusal::ImportDiffers),
                    })
                }
                (Some((cells, _)), None) => match Line::read(cells, self.catalogue) {
                    Ok(line) => {
                        let group = groups.entry(line.email.clone()).or_default();
                        group.push((place, line));
                        None
                    }
                    Err(mistakes) => Some(Outcome::Failed(mistakes)),
                },
            });
        }
        let emails: Vec<Email> = groups.keys().cloned().collect();
        let holders = store.holders_of_emails(business, &emails).await?;
        let work = groups.into_iter().map(|group| {
            let there = holders.get(&group.0).copied().map(Holder::There);
            let holder = there.unwrap_or_else(|| seen.holder(&group.0));
            self.group(rows, group, holder)
        });
        let work: Vec<_> = work.collect();
        let mut fault = None;
        let mut work = stream::iter(work).buffer_unordered(AT_ONCE);
        while let Some(ended) = work.next().await {
            for (place, outcome) in ended.outcomes {
                if let Some((slot, (_, Some(identity)))) =
                    outcomes.get_mut(place).zip(rows.get(place))
                {
                    *slot = Some(seen.again(identity, outcome));
                }
            }
            *added += ended.added;
            seen.would_be(ended.email, ended.holder);
            fault = fault.or(ended.fault);
        }
        Ok((outcomes, fault))
    }

    /// The lines of one customer, in order, until the time is over or something breaks.
    async fn group(&self, rows: &[Numbered<'_>], (email, lines): Group, holder: Holder) -> Ended {
        let mut ended = Ended {
            outcomes: Vec::new(),
            email,
            holder,
            added: 0,
            fault: None,
        };
        for (place, line) in lines {
            let identity = rows.get(place).and_then(|(_, identity)| *identity);
            let Some(identity) = identity.filter(|_| !self.is_late()) else {
                break;
            };
            let (holder, added) = (&mut ended.holder, &mut ended.added);
            let outcome = match self.line(&line, identity, holder, added).await {
                Ok(Some(outcome)) => outcome,
                Ok(None) => break,
                Err(Failure::Refused(refusal)) => Outcome::refused(refusal),
                Err(Failure::Fault(fault)) => {
                    ended.fault = Some(fault);
                    break;
                }
            };
            ended.outcomes.push((place, outcome));
        }
        ended
    }

    /// None where the time was over before the package was taken over.
    async fn line(
        &self,
        line: &Line,
        identity: &Identity,
        holder: &mut Holder,
        added: &mut usize,
    ) -> Result<Option<Outcome>, Failure> {
        let store = &self.app.store;
        let mut take = Take {
            catalogue: self.catalogue,
            running: &line.running,
            customer: CustomerId::from_bytes([0; 16]),
            package: identity.package,
            context: self.context(identity.fingerprint.clone())?,
        };
        take.customer = match holder {
            Holder::There(customer) => *customer,
            Holder::WouldBe(customer) => {
                take.decide_for(Some(customer))?;
                return Ok(Some(Outcome::Imported));
            }
            Holder::Nobody => {
                let Some(details) = line.details() else {
                    return Ok(Some(Outcome::nameless()));
                };
                let add = Add {
                    id: CustomerId::new(self.app.clock.now(), random_128()?),
                    salt: fresh_salt()?,
                    context: self.context(fresh_salt()?)?,
                    details,
                };
                // Nobody is added for a package that cannot be taken over.
                let customer = add.customer()?;
                take.decide_for(Some(&customer))?;
                if self.dry_run {
                    *added += 1;
                    *holder = Holder::WouldBe(Box::new(customer));
                    return Ok(Some(Outcome::Imported));
                }
                let settled = settle(store, &add).await?;
                *added += usize::from(!settled.replayed);
                let there = settled.state.holder.unwrap_or(add.id);
                *holder = Holder::There(there);
                there
            }
        };
        if self.dry_run {
            let (business, package) = (&self.caller.business, identity.package);
            let holder = take.customer;
            let state = store.import_state(business, holder, package, Consistency::Strong);
            take.decide_for(state.await?.customer.as_ref())?;
            return Ok(Some(Outcome::Imported));
        }
        if self.is_late() {
            return Ok(None);
        }
        let settled = settle(store, &take).await?;
        Ok(Some(match settled.replayed {
            true => Outcome::Already,
            false => Outcome::Imported,
        }))
    }

    fn context(&self, fingerprint: domain::Fingerprint) -> Result<domain::Context, Fault> {
        Ok(domain::Context {
            business: self.caller.business.clone(),
            actor: self.caller.actor.clone(),
            now: self.app.clock.now(),
            random: random_128()?,
            fingerprint,
            cause: self.caller.cause.clone(),
        })
    }
}

impl Add {
    /// The customer as they will be.
    fn customer(&self) -> Result<Customer, Refusal> {
        let details = self.details.clone();
        let decision =
            domain::customers::create(details, None, (self.id, self.salt.clone()), &self.context)?;
        put(&decision).ok_or(Refusal::CustomerNotFound)
    }
}
