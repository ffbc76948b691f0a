//! The road every mutation takes: load, decide, commit, and again when somebody was faster.

use std::future::Future;

use domain::journal::Entry;
use domain::packages::Package;
use domain::{Decision, Refusal};

use crate::commit::Committed;
use crate::pace::Pace;
use crate::{Consistency, Failure, Fault, Store};

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
    let mut state = mutation.load(store, Consistency::Eventual).await?;
    let mut fresh = false;
    for attempt in 0.. {
        let decision = match next(mutation, &state) {
            Ok(Next::Commit(decision))
                if !(fresh || M::STRONG) && mutation.is_unchecked(&decision) =>
            {
                state = mutation.load(store, Consistency::Strong).await?;
                fresh = true;
                continue;
            }
            Ok(Next::Commit(decision)) => decision,
            Ok(Next::Done { entry, for_good }) if fresh || for_good || M::STRONG => {
                return Ok(Settled {
                    state,
                    entry,
                    series: Vec::new(),
                    replayed: true,
                });
            }
            // Two partitions are not read at one moment: what is missing has just moved.
            Err(Refusal::HoldMissing) => {
                pace.wait().await?;
                state = mutation.load(store, Consistency::Strong).await?;
                fresh = true;
                continue;
            }
            Err(refusal) if fresh => return Err(refusal.into()),
            Ok(Next::Done { .. }) => {
                state = mutation.confirm(store, state).await?;
                fresh = true;
                continue;
            }
            Err(_) => {
                state = mutation.load(store, Consistency::Strong).await?;
                fresh = true;
                continue;
            }
        };
        match store.commit_patiently(&decision, attempt, pace).await? {
            Committed::Done => {
                return Ok(Settled {
                    state,
                    entry: Some(decision.entry),
                    series: decision
                        .series
                        .into_iter()
                        .map(|(_, entry)| entry)
                        .collect(),
                    replayed: false,
                });
            }
            Committed::Taken(entry)
                if mutation.known_for_good() && entry.fingerprint == decision.entry.fingerprint =>
            {
                return Ok(Settled {
                    state,
                    entry: Some(*entry),
                    series: Vec::new(),
                    replayed: true,
                });
            }
            Committed::Changed(packages) => {
                pace.lost();
                // Once, what the failed condition returned is the newest there is. After another lost
                // race the crowd is worth avoiding, and what was returned is old by then.
                let packages = if pace.first_race() {
                    pace.begin();
                    packages
                } else {
                    pace.wait().await?;
                    let business = &decision.entry.business;
                    store.packages_again(business, &packages).await?
                };
                fresh = false;
                for package in packages {
                    fresh |= !mutation.adopt(&mut state, package);
                }
                if fresh {
                    state = mutation.load(store, Consistency::Strong).await?;
                }
            }
            Committed::Taken(_) | Committed::Stale => {
                pace.lost();
                if !pace.first_race() {
                    pace.wait().await?;
                }
                state = mutation.load(store, Consistency::Strong).await?;
                fresh = true;
            }
        }
    }
    Err(Fault::broken("no attempt is the last").into())
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
