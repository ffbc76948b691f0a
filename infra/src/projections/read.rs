//! Reading rows for a report.

use domain::BusinessId;
use domain::reports::{Month, Rows, Span};
use futures::future::try_join_all;

use super::part_keys::Part;
use super::row_keys;
use super::sums;
use crate::keys::Key;
use crate::store::{Item, Range};
use crate::{Fault, Store};

impl Store {
    /// The ledger of these days.
    ///
    /// # Errors
    /// [`Fault`] when the database fails.
    pub async fn ledger_rows(
        &self,
        business: &BusinessId,
        generation: u32,
        spans: &[Span],
    ) -> Result<Rows, Fault> {
        self.rows_of(business, generation, &[Part::Ledger], &of_spans(spans))
            .await
    }

    /// The sales of these days, by template and by seller.
    ///
    /// # Errors
    /// [`Fault`] when the database fails.
    pub async fn sales_rows(
        &self,
        business: &BusinessId,
        generation: u32,
        spans: &[Span],
    ) -> Result<Rows, Fault> {
        let parts = [Part::Templates, Part::Sellers];
        self.rows_of(business, generation, &parts, &of_spans(spans))
            .await
    }

    /// What became of the money of the packages sold in these months.
    ///
    /// # Errors
    /// [`Fault`] when the database fails.
    pub async fn cohort_rows(
        &self,
        business: &BusinessId,
        generation: u32,
        (first, last): (Month, Month),
    ) -> Result<Rows, Fault> {
        let months = [of_months(first, last)];
        self.rows_of(business, generation, &[Part::Cohorts], &months)
            .await
    }

    /// What became of the units of the packages sold in these months.
    ///
    /// # Errors
    /// [`Fault`] when the database fails.
    pub async fn usage_rows(
        &self,
        business: &BusinessId,
        generation: u32,
        (first, last): (Month, Month),
    ) -> Result<Rows, Fault> {
        let months = [of_months(first, last)];
        self.rows_of(business, generation, &[Part::Usage], &months)
            .await
    }

    /// Every row of a generation.
    pub(super) async fn every_row(
        &self,
        business: &BusinessId,
        generation: u32,
    ) -> Result<Rows, Fault> {
        let whole = [(String::new(), String::new())];
        self.rows_of(business, generation, &Part::ALL, &whole).await
    }

    /// Ranges of parts, read side by side.
    pub(super) async fn rows_of(
        &self,
        business: &BusinessId,
        generation: u32,
        parts: &[Part],
        ranges: &[(String, String)],
    ) -> Result<Rows, Fault> {
        let wanted = parts
            .iter()
            .flat_map(|part| ranges.iter().map(move |range| (*part, range)));
        let reads = wanted.map(|(part, range)| async move {
            let partition = row_keys::rows(business, generation, part);
            Ok::<_, Fault>((part, self.query_range(&partition, range).await?))
        });
        let mut rows = Rows::default();
        for (part, items) in try_join_all(reads).await? {
            sums::add_items(&mut rows, part, items)?;
        }
        Ok(rows)
    }

    /// Everything between two sort keys, both included; an empty one is no bound.
    pub(super) async fn query_range(
        &self,
        partition: &str,
        (from, to): &(String, String),
    ) -> Result<Vec<Item>, Fault> {
        let bound = |bound: &String| Some(bound.clone()).filter(|bound| !bound.is_empty());
        let (mut from, to) = (bound(from), bound(to));
        let mut items = Vec::new();
        loop {
            let range = Range {
                from: from.take(),
                to: to.clone(),
                ..Range::default()
            };
            let (page, goes_on) = self.query_page(None, partition, &range).await?;
            let last = page.last().and_then(Key::of);
            items.extend(page);
            match last.filter(|_| goes_on) {
                // Nothing sorts between a key and the key with a space after it.
                Some(last) => from = Some(format!("{} ", last.sk)),
                None => return Ok(items),
            }
        }
    }
}

pub(super) fn of_spans(spans: &[Span]) -> Vec<(String, String)> {
    let spans = spans.iter();
    spans
        .map(|span| {
            let last = row_keys::last_of(&row_keys::period(span.last));
            (row_keys::period(span.first), last)
        })
        .collect()
}

pub(super) fn of_months(first: Month, last: Month) -> (String, String) {
    let last = row_keys::last_of(&row_keys::cohort(last));
    (row_keys::cohort(first), last)
}
