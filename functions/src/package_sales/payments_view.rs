//! What is paid and still to be paid for a package, as clients see it.

use chrono::{DateTime, NaiveDate, Utc};
use domain::journal::Entry;
use domain::packages::{Instalment, Package, Part, end_to_end, payments, schedule};
use domain::sepa::EndToEndId;
use domain::settings::Settings;
use domain::{EntryId, Money, PackageId};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::payment_view::RecordedPaymentView;
use crate::edge::SumField;

/// What has to be paid for a package when, and what was.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[schema(as = Payments)]
pub(crate) struct PaymentsView {
    /// The package.
    #[schema(value_type = String)]
    package_id: PackageId,
    /// What has been paid, less what came back, was paid back or went on with units that were given
    /// away.
    #[schema(value_type = SumField)]
    paid: Money,
    /// What is still to be paid.
    #[schema(value_type = SumField)]
    outstanding: Money,
    /// The parts of the price, in the order in which payments fill them.
    instalments: Vec<InstalmentView>,
    /// Direct debits that the bank was given and has neither paid nor rejected.
    debits_in_flight: Vec<InFlightView>,
    /// The payments, in the order in which they were recorded.
    payments: Vec<RecordedPaymentView>,
    /// What was paid back with what was left of it; null where nothing was.
    refund: Option<RefundView>,
}

/// What was paid back.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[schema(as = RefundOfPackage)]
pub(crate) struct RefundView {
    /// The entry that recorded it.
    #[schema(value_type = String)]
    entry_id: EntryId,
    /// When it was recorded.
    at: DateTime<Utc>,
    /// How much.
    #[schema(value_type = SumField)]
    amount: Money,
}

impl RefundView {
    fn of(entry: &Entry) -> Option<Self> {
        let amount = entry.fact.paid_back()?;
        Some(Self {
            entry_id: entry.id,
            at: entry.at,
            amount,
        })
    }
}

/// A direct debit on its way.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[schema(as = DebitInFlight)]
pub(crate) struct InFlightView {
    /// What the bank calls it.
    #[schema(value_type = String)]
    end_to_end_id: EndToEndId,
    /// Which instalment of the plan, from 1.
    instalment: u8,
    /// How much.
    #[schema(value_type = SumField)]
    amount: Money,
}

/// A part of the price that is paid at once.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[schema(as = Instalment)]
pub(crate) struct InstalmentView {
    /// Which part.
    part: PartView,
    /// The number of a monthly one, from 1.
    number: Option<u8>,
    /// The day it is due; null at any time.
    #[schema(value_type = Option<String>, format = Date)]
    due_on: Option<NaiveDate>,
    /// How much.
    #[schema(value_type = SumField)]
    amount: Money,
    /// How much of it is paid.
    #[schema(value_type = SumField)]
    paid: Money,
    /// What is still to be paid of it.
    #[schema(value_type = SumField)]
    outstanding: Money,
    /// Whether it was given to the bank to collect, which it is once.
    collected: bool,
}

/// Which part of the price.
#[derive(Debug, Clone, Copy, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
#[schema(as = PartOfPrice)]
pub(crate) enum PartView {
    /// What has to be paid before the package can be used.
    Deposit,
    /// An instalment of the plan.
    Monthly,
    /// What no plan says when to pay.
    Open,
}

impl PaymentsView {
    pub(super) fn of(package: &Package, settings: &Settings, entries: &[Entry]) -> Self {
        let standing = &package.standing;
        let currency = package.terms.price.currency();
        let collected = standing.debit.as_ref().map_or(0, |debit| debit.collected);
        let instalments = schedule(package, settings.time_zone()).into_iter();
        let payments = payments(package.id, entries).into_iter();
        Self {
            package_id: package.id,
            paid: Money::total(currency, standing.paid_minor),
            outstanding: Money::total(currency, standing.outstanding_minor()),
            instalments: instalments
                .map(|instalment| InstalmentView::of(instalment, collected))
                .collect(),
            debits_in_flight: InFlightView::all(package),
            payments: payments.map(RecordedPaymentView::of).collect(),
            refund: entries.iter().find_map(RefundView::of),
        }
    }
}

impl InFlightView {
    fn all(package: &Package) -> Vec<Self> {
        let debit = package.standing.debit.iter();
        let in_flight = debit.flat_map(|debit| &debit.in_flight);
        let shown = in_flight.filter_map(|(instalment, amount_minor)| {
            Some(Self {
                end_to_end_id: end_to_end(package.id, *instalment).ok()?,
                instalment: *instalment,
                amount: Money::total(package.terms.price.currency(), *amount_minor),
            })
        });
        shown.collect()
    }
}

impl InstalmentView {
    fn of(instalment: Instalment, collected: u8) -> Self {
        let (part, number) = match instalment.part {
            Part::Deposit => (PartView::Deposit, None),
            Part::Monthly(number) => (PartView::Monthly, Some(number)),
            Part::Open => (PartView::Open, None),
        };
        Self {
            part,
            number,
            due_on: instalment.due_on,
            amount: instalment.amount,
            paid: instalment.paid,
            outstanding: instalment.outstanding(),
            collected: number.is_some_and(|number| number <= collected),
        }
    }
}
