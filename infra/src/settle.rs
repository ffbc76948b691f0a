//! The road every mutation takes: load, decide, commit, and again when somebody was faster.

use std::future::Future;
use std::time::{Duration, Instant};

use domain::journal::Entry;
use domain::packages::Package;
use domain::{Decision, Refusal};

use crate::commit::Committed;
use crate::digest::random_128;
use crate::{Consistency, Failure, Fault, Store};

/// A mutation: what it looks at and what it decides.
pub trait Mutation: Sync {
    /// What it looks at.
    type State: Send + Sync;

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

    /// Decides; none when nothing is left to do.
    ///
    /// # Errors
    /// The verb's refusals.
    fn decide(&self, state: &Self::State) -> Result<Option<Decision>, Refusal>;

    /// Takes in a package as a failed commit found it, in place of the one that was read.
    fn adopt(&self, state: &mut Self::State, package: Package) {
        let _ = (state, package);
    }
}

/// How a mutation ended well.
#[derive(Debug, Clone)]
pub struct Settled<S> {
    /// What it looked at in the end.
    pub state: S,
    /// Its entry; none when nothing was left to do.
    pub entry: Option<Entry>,
    /// Whether the entry was there before.
    pub replayed: bool,
}

/// Runs a mutation to its end. Reads are eventually consistent; a refusal counts only after a
/// strongly consistent one, so that nobody is refused for what was bought a moment ago.
///
/// # Errors
/// The refusal, or a [`Fault`]; [`Fault::Unavailable`] when contention outlasts the store's patience.
pub async fn settle<M: Mutation>(
    store: &Store,
    mutation: &M,
) -> Result<Settled<M::State>, Failure> {
    let mut pace = Pace::new(store.patience);
    let mut state = mutation.load(store, Consistency::Eventual).await?;
    let mut fresh = false;
    loop {
        if let Some(entry) = mutation.repeated(&state)? {
            let entry = Some(entry.clone());
            return Ok(Settled {
                state,
                entry,
                replayed: true,
            });
        }
        let decision = match mutation.decide(&state) {
            Ok(Some(decision)) => decision,
            Ok(None) => {
                return Ok(Settled {
                    state,
                    entry: None,
                    replayed: true,
                });
            }
            Err(refusal) if fresh => return Err(refusal.into()),
            Err(_) => {
                state = mutation.load(store, Consistency::Strong).await?;
                fresh = true;
                continue;
            }
        };
        let mut committed = store.commit(&decision).await?;
        while let Committed::Contended { cause } = committed {
            pace.wait(&cause).await?;
            committed = store.commit(&decision).await?;
        }
        match committed {
            Committed::Done => {
                return Ok(Settled {
                    state,
                    entry: Some(decision.entry),
                    replayed: false,
                });
            }
            Committed::Taken(entry) if entry.fingerprint == decision.entry.fingerprint => {
                return Ok(Settled {
                    state,
                    entry: Some(*entry),
                    replayed: true,
                });
            }
            // Once, what the failed condition returned is the newest there is. After another lost
            // race the crowd is worth avoiding, and what was returned is old by then.
            Committed::Changed(packages) if pace.first_race() => {
                for package in packages {
                    mutation.adopt(&mut state, package);
                }
                fresh = false;
            }
            Committed::Taken(_) if pace.first_race() => {
                state = mutation.load(store, Consistency::Strong).await?;
                fresh = true;
            }
            Committed::Changed(_) | Committed::Taken(_) | Committed::Stale => {
                pace.wait("lost every race for the same items").await?;
                state = mutation.load(store, Consistency::Strong).await?;
                fresh = true;
            }
            Committed::Contended { cause } => return Err(Fault::Unavailable { cause }.into()),
        }
    }
}

/// How long to wait between attempts, and when to give up.
#[derive(Debug)]
struct Pace {
    until: Instant,
    waits: u32,
    raced: bool,
}

impl Pace {
    /// The longest first wait. Doubled five times at most: enough for 200 to drain one package.
    const FIRST_MICROS: u128 = 100_000;

    fn new(patience: Duration) -> Self {
        Self {
            until: Instant::now() + patience,
            waits: 0,
            raced: false,
        }
    }

    fn first_race(&mut self) -> bool {
        !std::mem::replace(&mut self.raced, true)
    }

    /// Waits with full jitter, longer each time.
    async fn wait(&mut self, cause: &str) -> Result<(), Fault> {
        if Instant::now() >= self.until {
            return Err(Fault::Unavailable {
                cause: cause.to_owned(),
            });
        }
        let most = Self::FIRST_MICROS << self.waits.min(4);
        self.waits += 1;
        let micros = u64::try_from(random_128()? % most).unwrap_or_default();
        tokio::time::sleep(Duration::from_micros(micros)).await;
        Ok(())
    }
}
