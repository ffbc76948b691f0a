//! What follows from the stream, however it comes: the agenda, and the rows of the reports.

use aws_lambda_events::dynamodb::EventRecord;

use super::asked::command::Way;
use super::model::due::WORK;
use super::run::{Run, Violation};
use super::send::send;
use super::summary::Summary;
use crate::harness::Answer;

impl Run<'_> {
    /// What is due is done, whatever happens on the way; and then nothing is left to be done.
    pub(super) async fn fall_due(&mut self, way: &Way, order: u64, summary: &mut Summary) {
        self.follow(way, order, summary).await;
        let work = async || {
            self.world.work(WORK).await;
            Answer::default()
        };
        send(self.world, work, way, summary).await;
        self.world.due_work().await;
        self.model.fall_due();
        // Of what was done then the stream tells, and what is due of that is done.
        self.model.hear();
        self.model.fall_due();
        summary.due += 1;
    }

    /// The rows of the reports are what the journal tells, after the stream has told everything; and what is
    /// owed by them is what is owed for all packages together. In some histories.
    pub(super) async fn compare_rows(
        &mut self,
        (way, order): &(Way, u64),
        summary: &mut Summary,
    ) -> Result<(), Violation> {
        if !order.is_multiple_of(3) {
            // To tell everything takes longer than all that was done.
            return Ok(());
        }
        self.follow(way, *order, summary).await;
        self.world.pump().await;
        let business = self.world.business.parse().unwrap();
        let verified = self.world.store.verify_projections(&business, |_| {});
        let differences = verified.await.unwrap();
        if !differences.is_empty() {
            return Err(format!("rows of the reports differ: {differences:?}"));
        }
        let report = self.world.get("/v1/reports/liability").ok().await;
        let (owed, expected) = (&report["items"][0]["liability_minor"], self.model.owed());
        match owed.as_u64().unwrap_or_default() == expected {
            true => self.compare_reports().await,
            false => Err(format!("{owed} is owed by the report, not {expected}")),
        }
    }

    /// What the stream has to tell reaches everyone behind it. At one of the pieces something happens on the
    /// way; where they are killed there, it and those after it are told again.
    pub(super) async fn follow(&mut self, way: &Way, order: u64, summary: &mut Summary) {
        let told = self.world.told().await;
        let pieces = pieces(&told, order);
        let place = (order / 20).checked_rem(pieces.len() as u64);
        let (before, after) = pieces.split_at(place.unwrap_or_default() as usize);
        for piece in before {
            self.world.deliver(piece).await;
        }
        let rest = async || {
            for piece in after {
                self.world.deliver(piece).await;
            }
            Answer::default()
        };
        let (killed, trouble) = (summary.killed, summary.all_trouble());
        send(self.world, rest, way, summary).await;
        summary.pieces += pieces.len() as u64;
        summary.told_again += summary.killed - killed;
        summary.told_amid_trouble += summary.all_trouble() - trouble;
        self.model.hear();
    }
}

/// In which pieces it is told: in an order of its own, some of them twice; in the stream's, once, where
/// `order` is 0.
fn pieces(told: &[EventRecord], order: u64) -> Vec<&[EventRecord]> {
    let mut pieces: Vec<_> = told.chunks(3 + (order % 20) as usize).collect();
    if order == 0 {
        return pieces;
    }
    let again: Vec<_> = pieces.iter().step_by(3).copied().collect();
    pieces.extend(again);
    let mut random = order;
    let shuffled = pieces.into_iter().map(|piece| {
        // The generator of Knuth's MMIX: its upper bits are the better ones.
        random = random
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (random >> 33, piece)
    });
    let mut shuffled: Vec<_> = shuffled.collect();
    shuffled.sort_by_key(|(place, _)| *place);
    shuffled.into_iter().map(|(_, piece)| piece).collect()
}
