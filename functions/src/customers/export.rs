//! Handing out everything that is held about a person.

use std::collections::BTreeMap;

use axum::extract::State;
use chrono::{DateTime, Utc};
use domain::bookings::Booking;
use domain::journal::Entry;
use domain::{ActorId, BookingId, CustomerId, Refusal};
use infra::{Consistency, Cursor, Everything, List, Member, PageRequest};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use utoipa::{IntoParams, ToSchema};

use super::ProfileView;
use crate::App;
use crate::booking_redemption::BookingView;
use crate::edge::{Answer, Caller, PageOf, Path, Problem, Problems, Query, Right};
use crate::opportunity_updates::OpportunityHeldView;
use crate::wallet::{EntryView, Reader, WalletView};

/// Which part of the journal.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct ExportQuery {
    /// Goes on with the journal where the answer that gave this `next_cursor` ended.
    cursor: Option<String>,
    /// At most so many journal entries, 1 to 1000; 1000 if left out.
    #[param(minimum = 1, maximum = 1000)]
    limit: Option<u16>,
}

/// Everything that is held about a person.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[schema(as = Export)]
pub(crate) struct ExportView {
    /// When it was put together.
    pub exported_at: DateTime<Utc>,
    /// Who it is about, and everything but the journal; null where a cursor goes on with that.
    pub holdings: Option<HoldingsView>,
    /// What happened, newest first, as the person sees it: without which member of staff did it.
    pub journal: PageOf<EntryView>,
}

/// What is held about a person beside the journal.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[schema(as = Holdings)]
pub(crate) struct HoldingsView {
    /// The record.
    pub customer: ProfileView,
    /// The account that is bound to it, as the tokens' `sub`.
    #[schema(value_type = Option<String>)]
    pub account: Option<ActorId>,
    /// What they hold, and what others share with them.
    pub wallet: WalletView,
    /// Every appointment, earliest first. May miss the last moments.
    pub bookings: Vec<BookingView>,
    /// What the business hoped, or hopes, to sell them, the oldest first: with what was written about
    /// it, but without which member of staff works on it.
    pub opportunities: Vec<OpportunityHeldView>,
    /// Whatever else is kept with the record, such as a mandate, as it is kept.
    #[schema(value_type = Object)]
    pub others: Map<String, Value>,
}

/// Everything that is held about a customer; with a customer's token, about oneself. A long journal
/// goes on by `cursor`.
#[utoipa::path(get, path = "/v1/customers/{id}/export", tag = "customers",
    params(("id" = String, Path, description = "The customer"), ExportQuery),
    responses((status = 200, body = ExportView), Problems))]
pub(crate) async fn export(
    State(app): State<App>,
    caller: Caller,
    Path(id): Path<CustomerId>,
    Query(query): Query<ExportQuery>,
) -> Result<Answer<ExportView>, Problem> {
    caller.may(Right::ExportCustomers)?;
    let page = query.page()?;
    let (store, business, now) = (&app.store, &caller.business, app.clock.now());
    let (holdings, journal) = if page.after.is_some() {
        let (member, journal) = tokio::join!(
            store.member(business, id, Consistency::Strong),
            store.customer_journal(business, id, &page),
        );
        let member = member?;
        caller.may_see(member.customer.as_ref())?;
        let reader = Reader::customer(id, &member.packages);
        let journal = PageOf::of(journal?, |entry| EntryView::of(entry, &reader));
        (None, journal)
    } else {
        let everything = store.everything(business, id).await?;
        caller.may_see(everything.member.customer.as_ref())?;
        let reader = Reader::customer(id, &everything.member.packages);
        let journal = newest(&everything.journal, page.limit.into(), &reader);
        (Some(HoldingsView::of(everything, now)?), journal)
    };
    Ok(Answer::ok(ExportView {
        exported_at: now,
        holdings,
        journal,
    }))
}

impl ExportQuery {
    /// # Errors
    /// `malformed-cursor` (400), then `malformed-limit` (400).
    fn page(&self) -> Result<PageRequest, Problem> {
        let decode = |cursor| Cursor::decode(cursor, List::Journal);
        let after = self.cursor.as_deref().map(decode).transpose();
        let after =
            after.map_err(|error| Problem::new(400, "malformed-cursor", error.to_string()))?;
        let limit = self.limit.unwrap_or(1000);
        if !(1..=1000).contains(&limit) {
            let detail = "limit is a number from 1 to 1000";
            return Err(Problem::new(400, "malformed-limit", detail));
        }
        Ok(PageRequest { after, limit })
    }
}

/// The last `limit` of these entries, newest first, and where to go on.
fn newest(entries: &[Entry], limit: usize, reader: &Reader) -> PageOf<EntryView> {
    let shown = entries.iter().rev().take(limit);
    let last = shown.clone().next_back().filter(|_| entries.len() > limit);
    PageOf {
        items: shown
            .map(|entry| EntryView::of(entry.clone(), reader))
            .collect(),
        next_cursor: last.map(|entry| Cursor::of_entry(entry.id).encode()),
    }
}

impl HoldingsView {
    fn of(everything: Everything, now: domain::Instant) -> Result<Self, Refusal> {
        let Member {
            customer,
            packages,
            shared,
        } = everything.member;
        let customer = customer.ok_or(Refusal::CustomerNotFound)?;
        let id = customer.id;
        let mut bookings = BTreeMap::<&BookingId, Vec<&Entry>>::new();
        for entry in &everything.journal {
            if let Some(booking) = entry.fact.booking() {
                bookings.entry(booking).or_default().push(entry);
            }
        }
        let bookings = bookings.into_values().filter_map(Booking::fold);
        // Those of others that drew on a package of theirs are in their journal too.
        let own = bookings.filter(|booking| booking.customer == id);
        let mut bookings: Vec<BookingView> = own.map(BookingView::of).collect();
        bookings.sort_by_key(|booking| booking.starts_at);
        Ok(Self {
            account: customer.account.clone(),
            wallet: WalletView::of(id, &packages, &shared, now),
            customer: ProfileView::of(customer, &packages),
            bookings,
            opportunities: everything
                .opportunities
                .into_iter()
                .map(Into::into)
                .collect(),
            others: everything.others,
        })
    }
}
