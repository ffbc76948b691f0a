//! Payments and instalments as clients see them.

use chrono::{DateTime, NaiveDate, Utc};
use domain::journal::{Entry, Fact, PackageChange};
use domain::packages::{
    Instalment, Package, Part, Payment, PaymentMethod, PaymentReference, RecordedPayment,
    ReturnReason, end_to_end, payments, schedule,
};
use domain::sepa::EndToEndId;
use domain::settings::Settings;
use domain::{EntryId, Money, PackageId};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::PackageView;
use crate::booking_redemption::BookingView;
use crate::edge::MoneyField;

/// A payment, one that came back, or a debit that was rejected, as an entry of the journal has it.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[schema(as = JournalPayment)]
pub struct PaymentView {
    /// How much.
    #[schema(value_type = MoneyField)]
    pub amount: Money,
    /// `cash`, `card`, `transfer` or `direct-debit`; null for what came back or was rejected.
    #[schema(value_type = Option<String>)]
    pub method: Option<PaymentMethod>,
    /// By what it is found elsewhere: of a rejected debit its end-to-end id.
    #[schema(value_type = Option<String>)]
    pub reference: Option<String>,
    /// The entry of the payment that came back; null for one that came in.
    #[schema(value_type = Option<String>)]
    pub returned_payment_id: Option<EntryId>,
    /// Why it came back or was rejected, as the bank codes it.
    #[schema(value_type = Option<String>)]
    pub reason: Option<ReturnReason>,
}

impl PaymentView {
    /// The payment that the entry is about, if it is about one.
    pub fn of(entry: &Entry) -> Option<Self> {
        let Fact::PackageChanged { change, .. } = &entry.fact else {
            return None;
        };
        if let PackageChange::Paid(payment) = change {
            return Some(Self {
                amount: payment.amount,
                method: Some(payment.method),
                reference: payment.reference.as_ref().map(ToString::to_string),
                returned_payment_id: None,
                reason: None,
            });
        }
        if let PackageChange::DebitRejected(rejected) = change {
            return Some(Self {
                amount: rejected.amount,
                method: None,
                reference: Some(rejected.id.to_string()),
                returned_payment_id: None,
                reason: Some(rejected.reason.clone()),
            });
        }
        let PackageChange::PaymentReturned(returned) = change else {
            return None;
        };
        Some(Self {
            amount: returned.amount,
            method: None,
            reference: None,
            returned_payment_id: Some(returned.payment),
            reason: Some(returned.reason.clone()),
        })
    }
}

/// A payment, and whether it stayed.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[schema(as = Payment)]
pub(crate) struct RecordedPaymentView {
    /// The entry that recorded it.
    #[schema(value_type = String)]
    entry_id: EntryId,
    /// When it was recorded.
    at: DateTime<Utc>,
    /// How much.
    #[schema(value_type = MoneyField)]
    amount: Money,
    /// `cash`, `card`, `transfer` or `direct-debit`.
    #[schema(value_type = String, example = "card")]
    method: PaymentMethod,
    /// By what it is found elsewhere.
    #[schema(value_type = Option<String>)]
    reference: Option<PaymentReference>,
    /// When and why it came back; null where it stayed.
    returned: Option<ReturnedView>,
}

/// When and why a payment came back.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[schema(as = ReturnedPayment)]
pub(crate) struct ReturnedView {
    /// When that was recorded.
    at: DateTime<Utc>,
    /// The bank's code for it.
    #[schema(value_type = String, example = "AM04")]
    reason: ReturnReason,
}

impl RecordedPaymentView {
    pub(super) fn of(recorded: RecordedPayment) -> Self {
        let RecordedPayment {
            entry,
            at,
            payment,
            returned,
        } = recorded;
        let Payment {
            amount,
            method,
            reference,
        } = payment;
        Self {
            entry_id: entry,
            at,
            amount,
            method,
            reference,
            returned: returned.map(|(at, reason)| ReturnedView { at, reason }),
        }
    }

    /// The payment `id` of `package`, as these entries have it.
    pub(super) fn find(package: PackageId, entries: &[Entry], id: EntryId) -> Option<Self> {
        let mut payments = payments(package, entries).into_iter();
        payments.find(|payment| payment.entry == id).map(Self::of)
    }
}

/// A payment that was recorded or came back, and the package as it is then.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[schema(as = PaymentOfPackage)]
pub(crate) struct PaidView {
    /// The payment.
    pub(super) payment: RecordedPaymentView,
    /// The package.
    pub(super) package: PackageView,
    /// Where the payment made a package active that was sold with `apply_to: existing_bookings`: the
    /// appointments it pays for from now on.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) existing_bookings: Option<Vec<BookingView>>,
}

/// What has to be paid for a package when, and what was.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[schema(as = Payments)]
pub(crate) struct PaymentsView {
    /// The package.
    #[schema(value_type = String)]
    package_id: PackageId,
    /// What has been paid, less what came back, was paid back or went on with units that were given
    /// away.
    #[schema(value_type = MoneyField)]
    paid: Money,
    /// What is still to be paid.
    #[schema(value_type = MoneyField)]
    outstanding: Money,
    /// The parts of the price, in the order in which payments fill them.
    instalments: Vec<InstalmentView>,
    /// Direct debits that the bank was given and has neither paid nor rejected.
    debits_in_flight: Vec<InFlightView>,
    /// The payments, in the order in which they were recorded.
    payments: Vec<RecordedPaymentView>,
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
    #[schema(value_type = MoneyField)]
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
    #[schema(value_type = MoneyField)]
    amount: Money,
    /// How much of it is paid.
    #[schema(value_type = MoneyField)]
    paid: Money,
    /// What is still to be paid of it.
    #[schema(value_type = MoneyField)]
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
