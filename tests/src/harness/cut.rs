//! Killing whoever talks to the database at a request of one's choice.

use std::sync::{Arc, Mutex};

use tokio::sync::Notify;

/// From a certain request on, nothing is answered any more, until the connection is mended.
#[derive(Debug, Clone, Default)]
pub(crate) struct Cut(Arc<Mutex<State>>);

#[derive(Debug, Default)]
struct State {
    /// Requests that pass before; none for no cut.
    passing: Option<u32>,
    arrives: bool,
    /// Told of every request that is cut, of this work alone: more than one may be, side by side.
    reached: Arc<Notify>,
}

/// Mends the connection, also where the work panics.
struct Mended<'c>(&'c Cut);

impl Drop for Mended<'_> {
    fn drop(&mut self) {
        self.0.mend();
    }
}

/// A request that is not answered.
pub(super) struct Unanswered {
    pub(super) arrives: bool,
    pub(super) reached: Arc<Notify>,
}

impl Cut {
    /// Runs `work` until it has sent `passing` requests; the next one arrives or does not, and is never
    /// answered, and the work is dropped there. Its result, if it came to its end before.
    pub(crate) async fn kill<T>(
        &self,
        passing: u32,
        arrives: bool,
        work: impl Future<Output = T>,
    ) -> Option<T> {
        let reached = Arc::<Notify>::default();
        *self.0.lock().unwrap() = State {
            passing: Some(passing),
            arrives,
            reached: reached.clone(),
        };
        let mended = Mended(self);
        let ended = tokio::select! {
            ended = work => Some(ended),
            () = reached.notified() => None,
        };
        drop(mended);
        ended
    }

    /// From now on everything is answered.
    pub(crate) fn mend(&self) {
        *self.0.lock().unwrap() = State::default();
    }

    /// Whether the next request is answered: none if it is.
    pub(super) fn next(&self) -> Option<Unanswered> {
        let mut state = self.0.lock().unwrap();
        let passing = state.passing.as_mut()?;
        if let Some(fewer) = passing.checked_sub(1) {
            *passing = fewer;
            return None;
        }
        // What is sent after it, side by side, does not arrive.
        let arrives = std::mem::take(&mut state.arrives);
        let reached = state.reached.clone();
        Some(Unanswered { arrives, reached })
    }
}

#[tokio::test]
async fn a_connection_is_whole_again_after_work_that_panicked() {
    let cut = Cut::default();
    let (passing, its) = (0, cut.clone());
    let work = async move { its.kill(passing, true, async { panic!("amid it") }).await };
    let ended: Result<Option<()>, _> = tokio::spawn(work).await;
    assert!(ended.unwrap_err().is_panic());
    assert!(cut.next().is_none());
}
