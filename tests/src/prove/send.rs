//! Sending a request, whatever happens on its way.

use futures::future::join;

use super::asked::command::Way;
use super::summary::Summary;
use crate::harness::{Answer, World};

/// Ends the functions under way with the client that asked, before the connection is mended.
struct Ends<'w>(&'w World);

impl Drop for Ends<'_> {
    fn drop(&mut self) {
        self.0.end_calls();
    }
}

/// The answer that the client has in the end; of two copies, both. A client whose handler was killed asks
/// again.
pub(super) async fn send(
    world: &World,
    call: impl AsyncFn() -> Answer,
    way: &Way,
    summary: &mut Summary,
) -> Vec<Answer> {
    let faults = &world.faults;
    match way {
        Way::Clear => vec![call().await],
        Way::Twice => {
            summary.copies += 1;
            let (one, other) = join(call(), call()).await;
            vec![one, other]
        }
        Way::Troubled(trouble) => {
            faults.expect(trouble);
            let answer = call().await;
            let came = trouble.len() - faults.clear();
            summary.troubled(&trouble[..came]);
            vec![answer]
        }
        Way::Killed { passing, arrives } => {
            let work = async {
                let _ends = Ends(world);
                call().await
            };
            let answered = faults.cut().kill(*passing, *arrives, work).await;
            if let Some(answer) = answered {
                return vec![answer];
            }
            summary.killed += 1;
            vec![call().await]
        }
        Way::Stale => {
            faults.lag().begin();
            let answer = call().await;
            summary.stale += faults.lag().end();
            vec![answer]
        }
    }
}
