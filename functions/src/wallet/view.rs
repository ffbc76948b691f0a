//! Wallets and journal entries as clients see them.

use chrono::{DateTime, Utc};
use domain::journal::{Entry, Line};
use domain::packages::{Account, Package, Wallet, wallet};
use domain::{
    BookingId, CustomerId, EntryId, Instant, Money, Name, OpportunityId, PackageId, Role, ServiceId,
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::reader::Reader;
use super::shared::SharedView;
use super::standing::StandingView;
use crate::edge::SumField;
use crate::package_sales::{BalanceView, PackageView, PaymentView};

/// Everything a customer holds.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[schema(as = Wallet)]
pub struct WalletView {
    /// Whose.
    #[schema(value_type = String)]
    pub customer_id: CustomerId,
    /// Every package, first sold first.
    pub packages: Vec<PackageView>,
    /// What the active ones add up to, without what is shared.
    pub totals: TotalsView,
    /// Packages of others who share them with the customer, first sold first.
    pub shared: Vec<SharedView>,
}

/// What the active packages add up to.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[schema(as = WalletTotals)]
pub struct TotalsView {
    /// Per service; visits that several services share count in each of them.
    pub services: Vec<ServiceTotalView>,
    /// Credit, one sum per currency.
    #[schema(value_type = Vec<SumField>)]
    pub credit: Vec<Money>,
}

/// What can still be redeemed of one service.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[schema(as = ServiceTotal)]
pub struct ServiceTotalView {
    /// The service.
    #[schema(value_type = String)]
    pub service_id: ServiceId,
    /// Its name in the newest package.
    #[schema(value_type = String)]
    pub name: Name,
    /// Visits available.
    pub available: u64,
    /// How often it can be redeemed with them.
    pub redemptions: u64,
    /// Whether a pass covers it, beside these.
    pub unlimited: bool,
}

impl WalletView {
    /// The wallet as it stands at `now`.
    pub(crate) fn of(
        customer: CustomerId,
        packages: &[Package],
        shared: &[Package],
        now: Instant,
    ) -> Self {
        let Wallet { services, credit } = wallet(packages, now);
        let services = services.into_iter().map(|total| ServiceTotalView {
            service_id: total.service,
            name: total.name,
            available: total.available_units,
            redemptions: total.redemptions,
            unlimited: total.unlimited,
        });
        Self {
            customer_id: customer,
            packages: packages
                .iter()
                .map(|package| PackageView::of(package, now))
                .collect(),
            totals: TotalsView {
                services: services.collect(),
                credit,
            },
            shared: shared
                .iter()
                .map(|package| SharedView::of(package, now))
                .collect(),
        }
    }
}

/// One mutation: who, when, what, because of what, and the units that moved.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[schema(as = JournalEntry)]
pub struct EntryView {
    /// Its id; sorts by time.
    #[schema(value_type = String)]
    pub id: EntryId,
    /// When.
    pub at: DateTime<Utc>,
    /// When it happened in the system that told it; null for what was done here.
    pub told_at: Option<DateTime<Utc>>,
    /// What happened.
    #[schema(example = "booked")]
    pub fact: String,
    /// The customer concerned.
    #[schema(value_type = Option<String>)]
    pub customer_id: Option<CustomerId>,
    /// The booking concerned.
    #[schema(value_type = Option<String>)]
    pub booking_id: Option<BookingId>,
    /// The opportunity concerned.
    #[schema(value_type = Option<String>)]
    pub opportunity_id: Option<OpportunityId>,
    /// The package that was sold, offered or changed; null for an appointment's entry.
    #[schema(value_type = Option<String>)]
    pub package_id: Option<PackageId>,
    /// When the appointment starts, where one is booked, moved or recorded.
    pub starts_at: Option<DateTime<Utc>>,
    /// What of a customer's, a company's or an opportunity's record was changed, where it was.
    pub fields: Vec<String>,
    /// Packages that changed in more than their units, as they are then.
    pub standings: Vec<StandingView>,
    /// The part that who did it plays.
    #[schema(value_type = String, example = "staff")]
    pub role: Role,
    /// Who did it; customers do not see which member of staff.
    pub actor: Option<String>,
    /// The request that made it happen.
    pub cause: String,
    /// The payment that was recorded or came back, or the debit that was rejected; null where it is
    /// another customer's.
    pub payment: Option<PaymentView>,
    /// Units moved, in order.
    pub lines: Vec<LineView>,
}

/// Units that moved between two accounts of a pool.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[schema(as = JournalLine)]
pub struct LineView {
    /// The package.
    #[schema(value_type = String)]
    pub package_id: PackageId,
    /// Which of its pools, from 0.
    pub pool: usize,
    /// Taken from; null where units were granted.
    #[schema(example = "available")]
    pub from: Option<String>,
    /// Put into; null where what was granted was taken back.
    #[schema(example = "held")]
    pub to: Option<String>,
    /// Visits, or minor units.
    pub units: u64,
    /// The money they stand for, where they come to be owed to the customer or cease to be.
    #[schema(value_type = Option<SumField>)]
    pub value: Option<Money>,
    /// The pool after this line; null where another customer holds the package.
    pub after: Option<BalanceView>,
    /// The package's version after the entry.
    pub version: u64,
}

impl EntryView {
    /// The entry as this reader sees it.
    pub(crate) fn of(entry: Entry, reader: &Reader) -> Self {
        let standings = entry.standings.iter();
        let standings = standings.filter(|change| reader.holds(change.package));
        let lines = entry.lines.iter();
        let concerned = reader.is_concerned(&entry);
        let opportunity = entry.fact.opportunity();
        let lines = lines.filter(|line| concerned || reader.holds(line.package));
        Self {
            id: entry.id,
            at: entry.at,
            told_at: entry.told_at,
            fact: entry.fact.name().to_owned(),
            customer_id: entry.customer.or(opportunity.map(|change| change.customer)),
            booking_id: entry.fact.booking().cloned(),
            opportunity_id: opportunity.map(|change| change.opportunity),
            package_id: entry.fact.package(),
            starts_at: entry.fact.starts_at(),
            fields: entry.fact.fields().to_vec(),
            standings: standings.map(StandingView::of).collect(),
            role: entry.actor.role,
            actor: reader
                .sees_actor(&entry)
                .then(|| entry.actor.id.to_string()),
            cause: entry.cause.to_string(),
            payment: PaymentView::of(&entry).filter(|_| concerned),
            lines: lines
                .map(|line| LineView::of(line, reader.holds(line.package)))
                .collect(),
        }
    }
}

impl LineView {
    /// The line, without what only the package's holder is to know.
    fn of(line: &Line, held: bool) -> Self {
        let account = |account: Account| match account {
            Account::Captured => "used".to_owned(),
            Account::Available
            | Account::Held
            | Account::Forfeited
            | Account::Expired
            | Account::Refunded
            | Account::Transferred => account.name().to_owned(),
        };
        Self {
            package_id: line.package,
            pool: line.pool,
            from: line.from.map(account),
            to: line.to.map(account),
            units: line.units,
            value: line.value.filter(|_| held),
            after: held.then(|| line.after.into()),
            version: line.version,
        }
    }
}
