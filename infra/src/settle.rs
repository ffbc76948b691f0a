//! The road every mutation takes: load, decide, commit, and again when somebody was faster.

use std::future::Future;
use std::time::{Duration, Instant};

use domain::journal::Entry;
use domain::packages::Package;
use domain::{Decision, Refusal};

use crate::commit::Committed;
use crate::pace::Pace;
use crate::{Consistency, Failure, Fault, Store};

/// For which part of the patience a decision may rest on what was read beside the packages, and what no
/// condition holds it to: settings, services, the customer. All of it was read after the request had come, so
/// that it might have been decided then; and to read it again at each attempt makes a crowd half as fast.
const HOLDS: u32 = 2;

/// A mutation: what it looks at and what it decides.
pub trait Mutation: Sync {
    /// What it looks at.
    type State: Send + Sync;

    /// Whether it is always read strongly, whatever is asked for.
    const STRONG: bool = false;

    /// Reads the state, in as few round trips as the data allows.
    fn load(
        &self,
        store: &Store,
        consistency: Consistency,
    ) -> impl Future<Output = Result<Self::State, Fault>> + Send;

    /// The entry of this very request, if it was committed before.
    ///
    /// # Errors
    /// The refusal of a key that was used for another request.
    fn repeated<'s>(&self, state: &'s Self::State) -> Result<Option<&'s Entry>, Refusal>;

    /// Whether an entry that was found stays the answer. One under the request's own key does; one
    /// that was merely the last to happen does not, and is believed only of a strong read.
    fn known_for_good(&self) -> bool {
        true
    }

    /// The state as a strong read has it, when it seemed that nothing is left to do: all of it, unless
    /// less is enough to see that nothing has changed.
    fn confirm(
        &self,
        store: &Store,
        state: Self::State,
    ) -> impl Future<Output = Result<Self::State, Fault>> + Send {
        let _ = state;
        self.load(store, Consistency::Strong)
    }

    /// Decides; none when nothing is left to do.
    ///
    /// # Errors
    /// The verb's refusals.
    fn decide(&self, state: &Self::State) -> Result<Option<Decision>, Refusal>;

    /// Whether the decision follows from what its commit does not check, as it changes nothing of that: it
    /// counts only if it was read strongly.
    fn is_unchecked(&self, decision: &Decision) -> bool {
        let _ = decision;
        false
    }

    /// Takes in a package as it is by now, in place of the one that was read. Whether that is enough to
    /// decide again: if not, all is read again.
    fn adopt(&self, state: &mut Self::State, package: Package) -> bool {
        let _ = (state, package);
        false
    }
}

/// Puts a package in the place of its former self, if that alone was read; whether it was. Of several, others may
/// have changed with it: what pays is chosen of packages as all of them are at one moment.
pub fn adopt(packages: &mut [Package], package: Package) -> bool {
    match packages {
        [present] if present.id == package.id => {
            *present = package;
            true
        }
        _ => false,
    }
}

/// How a mutation ended well.
#[derive(Debug, Clone)]
pub struct Settled<S> {
    /// What it looked at in the end.
    pub state: S,
    /// Its entry; none when nothing was left to do.
    pub entry: Option<Entry>,
    /// The other entries of a series that was committed now.
    pub series: Vec<Entry>,
    /// Whether the entry was there before.
    pub replayed: bool,
}

/// Runs a mutation to its end. Reads are eventually consistent; a refusal counts only after a
/// strongly consistent one, so that nobody is refused for what was bought a moment ago. So does that
/// nothing is left to do, or nothing to change: it may have been undone since.
///
/// # Errors
/// The refusal, or a [`Fault`]; [`Fault::Unavailable`] when contention or a silent database outlast
/// the store's patience. Whether something was written is not known then: the same request, under
/// the same key, finds out.
pub async fn settle<M: Mutation>(
    store: &Store,
    mutation: &M,
) -> Result<Settled<M::State>, Failure> {
    let mut pace = Pace::new(store.patience);
    let run = run(store, mutation, &mut pace);
    let ended = tokio::time::timeout(store.patience, run).await;
    let ended = ended.unwrap_or_else(|_| {
        let cause = "patience ended".to_owned();
        Err(Fault::Unavailable { cause }.into())
    });
    match &ended {
        Ok(Settled {
            entry: Some(entry),
            series,
            replayed: false,
            ..
        }) => {
            let entries = std::iter::once(entry).chain(series);
            store.metrics.committed(entries, pace.effort());
        }
        Ok(_) | Err(_) => store.metrics.given_up(pace.effort()),
    }
    ended
}

async fn run<M: Mutation>(
    store: &Store,
    mutation: &M,
    pace: &mut Pace,
) -> Result<Settled<M::State>, Failure> {
    let mut looked = Looked::first(store, mutation).await?;
    for attempt in 0.. {
        let decision = match next(mutation, &looked.state) {
            Ok(Next::Commit(decision)) if !looked.strong && mutation.is_unchecked(&decision) => {
                looked = Looked::again(store, mutation).await?;
                continue;
            }
            Ok(Next::Commit(decision)) => decision,
            Ok(Next::Done { entry, for_good }) if for_good || looked.strong => {
                return Ok(looked.unchanged(entry));
            }
            // Two partitions are not read at one moment: what is missing has just moved.
            Err(Refusal::HoldMissing) => {
                pace.wait().await?;
                looked = Looked::again(store, mutation).await?;
                continue;
            }
            Err(refusal) if looked.again => return Err(refusal.into()),
            Ok(Next::Done { .. }) => {
                let state = Box::pin(mutation.confirm(store, looked.state)).await?;
                looked = Looked::strongly(state);
                continue;
            }
            Err(_) => {
                looked = Looked::again(store, mutation).await?;
                continue;
            }
        };
        let commit = Box::pin(store.commit_patiently(&decision, attempt, pace));
        match commit.await? {
            Committed::Done => {
                let series = decision.series.into_iter().map(|(_, entry)| entry);
                return Ok(Settled {
                    state: looked.state,
                    entry: Some(decision.entry),
                    series: series.collect(),
                    replayed: false,
                });
            }
            Committed::Taken(entry)
                if mutation.known_for_good() && entry.fingerprint == decision.entry.fingerprint =>
            {
                return Ok(looked.unchanged(Some(*entry)));
            }
            Committed::Changed(packages) => {
                pace.lost();
                // Once, what the failed condition returned is the newest there is. After another lost
                // race the crowd is worth avoiding, and what was returned is old by then.
                let first = pace.first_race();
                if first {
                    pace.begin();
                } else {
                    pace.wait().await?;
                }
                let packages = match (looked.holds(store.patience / HOLDS), first) {
                    (false, _) => None,
                    (true, true) => Some(packages),
                    (true, false) => {
                        let business = &decision.entry.business;
                        Some(store.packages_again(business, &packages).await?)
                    }
                };
                if !packages.is_some_and(|packages| looked.adopts(mutation, packages)) {
                    looked = Looked::again(store, mutation).await?;
                }
            }
            Committed::Taken(_) | Committed::Stale => {
                pace.lost();
                if !pace.first_race() {
                    pace.wait().await?;
                }
                looked = Looked::again(store, mutation).await?;
            }
        }
    }
    Err(Fault::broken("no attempt is the last").into())
}

/// What was read, and what that is worth.
struct Looked<S> {
    state: S,
    at: Instant,
    /// Whether all of it was read strongly, and at once.
    strong: bool,
    /// Whether that was to see if a refusal stands.
    again: bool,
}

impl<S> Looked<S> {
    async fn first<M: Mutation<State = S>>(store: &Store, mutation: &M) -> Result<Self, Fault> {
        Ok(Self {
            at: Instant::now(),
            // Boxed, here and below: what it waits for is large, and would be part of all that waits for it.
            state: Box::pin(mutation.load(store, Consistency::Eventual)).await?,
            strong: M::STRONG,
            again: false,
        })
    }

    async fn again<M: Mutation<State = S>>(store: &Store, mutation: &M) -> Result<Self, Fault> {
        let state = Box::pin(mutation.load(store, Consistency::Strong)).await?;
        Ok(Self::strongly(state))
    }

    fn strongly(state: S) -> Self {
        Self {
            state,
            at: Instant::now(),
            strong: true,
            again: true,
        }
    }

    /// Whether what is beside the packages is new enough to decide on.
    fn holds(&self, longest: Duration) -> bool {
        self.at.elapsed() < longest
    }

    /// Puts these packages in the place of their former selves; false where all is to be read again.
    fn adopts<M: Mutation<State = S>>(&mut self, mutation: &M, packages: Vec<Package>) -> bool {
        (self.strong, self.again) = (false, false);
        let mut packages = packages.into_iter();
        packages.all(|package| mutation.adopt(&mut self.state, package))
    }

    fn unchanged(self, entry: Option<Entry>) -> Settled<S> {
        Settled {
            state: self.state,
            entry,
            series: Vec::new(),
            replayed: true,
        }
    }
}

/// What a state leads to.
enum Next {
    /// It was done before; without an entry, there is nothing to do.
    Done {
        entry: Option<Entry>,
        for_good: bool,
    },
    Commit(Decision),
}

fn next<M: Mutation>(mutation: &M, state: &M::State) -> Result<Next, Refusal> {
    if let Some(entry) = mutation.repeated(state)? {
        return Ok(Next::Done {
            entry: Some(entry.clone()),
            for_good: mutation.known_for_good(),
        });
    }
    let nothing = Next::Done {
        entry: None,
        for_good: false,
    };
    Ok(mutation.decide(state)?.map_or(nothing, Next::Commit))
}
