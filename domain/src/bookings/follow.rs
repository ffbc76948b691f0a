//! Following an appointment that is kept in another system.

use super::book::{Appointment, Holdings, lines, unpaid};
use super::booking::{Booking, BookingStatus, BookingTerms, DeductAt, PayWith};
use super::cancel::cancelled;
use super::choose::choose;
use super::choose_anew::choose_anew;
use super::complete::completed;
use super::draw::draw;
use super::no_show::missed;
use super::paid_then::hold_as_paid_then;
use super::reopen::reopen;
use super::reschedule::choose_again;
use super::resolve_anew::resolve_unfinished;
use crate::calendar::{Slot, within_five_years};
use crate::journal::{Entry, Fact, Posting};
use crate::packages::{Account, Package};
use crate::{Context, CustomerId, Decision, EntryKey, Instant, Refusal};

/// What another system tells of an appointment that it keeps: all of it, as it was there then.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Telling {
    /// When that happened there.
    pub at: Instant,
    /// Whose appointment it is.
    pub customer: CustomerId,
    /// The appointment. What nothing pays for is due: it is agreed already.
    pub appointment: Appointment,
    /// What had become of it by then; booked, too, where it was moved.
    pub status: BookingStatus,
}

/// What counts more: that it took place, then that it fell through, then when it is; and of two that say
/// the like, the later one. Of the same instant, whichever: but always the same one.
type Weight = (u8, Instant, u8, Instant);

/// The next step from where a booking stands to where the other system says it stands, paid by what could pay
/// then; none once it is there, or where something that counts more was told before. So what is told may come in any order and
/// any number of times: the last step always leads to what counts most.
///
/// That an appointment took place is final; that it was called off or missed outweighs every time it was
/// booked for; else what happened later counts, by the other system's time and not by when it is heard of.
/// By that time, too, a cancellation is late or not. What a person here took back stays taken back, unless
/// it happened again afterwards; the same event, known by the context's fingerprint, never does it again. What
/// was never heard of before is booked first, on whatever day, with
/// archived services as well: it is agreed already, and what nothing pays for is due.
///
/// # Errors
/// In this order: [`Refusal::BookingOfAnother`], [`Refusal::BookingIdReused`] for other services than
/// before; [`Refusal::NoShowTooEarly`]; [`Refusal::StartsTooFar`]; for what is booked first
/// [`Refusal::SettingsMissing`], [`Refusal::CustomerNotFound`], [`Refusal::CustomerErased`],
/// [`Refusal::ServiceNotFound`], [`Refusal::PackageNotFound`]; [`Refusal::HoldMissing`] where packages were
/// read at another moment than the booking.
pub fn follow(
    entries: &[Entry],
    holdings: &Holdings,
    telling: &Telling,
    context: &Context,
) -> Result<Option<Decision>, Refusal> {
    match followed(entries, holdings, telling, context)? {
        Some(decision) => Ok(Some(decision)),
        None => catch_up(entries, &holdings.packages, context),
    }
}

/// What a payment that was told at the same time did not see to, because it did not see the appointment.
fn catch_up(
    entries: &[Entry],
    packages: &[Package],
    context: &Context,
) -> Result<Option<Decision>, Refusal> {
    let resolved = Booking::fold(entries).is_some_and(|it| it.status != BookingStatus::Booked);
    let told = packages.iter().filter(|one| {
        let heard = one.standing.heard;
        heard.is_some_and(|heard| !resolved || happened_at(entries) >= heard.told_at)
    });
    for package in told {
        let decision = choose_anew(entries, packages, package.id, context)?;
        if decision.is_some() {
            return Ok(decision);
        }
    }
    Ok(None)
}

fn followed(
    entries: &[Entry],
    holdings: &Holdings,
    telling: &Telling,
    context: &Context,
) -> Result<Option<Decision>, Refusal> {
    let booking = Booking::fold(entries);
    if let Some(booking) = &booking {
        telling.must_be_of(booking)?;
        if let Some(decision) = resolve_unfinished(booking, entries, &holdings.packages, context)? {
            return Ok(Some(decision));
        }
        if booking.status == BookingStatus::Completed
            || taken_back(entries, telling.at, context)
            || telling.weight() <= weight_of(booking, entries)
        {
            return Ok(None);
        }
    }
    let starts_at = telling.appointment.starts_at;
    if telling.status == BookingStatus::NoShow && telling.at < starts_at {
        return Err(Refusal::NoShowTooEarly);
    }
    within_five_years(starts_at, context.now)?;
    let packages = &holdings.packages;
    let mut decision = match &booking {
        None => begin(holdings, telling, context)?,
        Some(booking) => step(booking, entries, packages, telling, context)?,
    };
    decision.entry.told_at = Some(telling.at);
    Ok(Some(decision))
}

impl Telling {
    fn must_be_of(&self, booking: &Booking) -> Result<(), Refusal> {
        if booking.customer != self.customer {
            return Err(Refusal::BookingOfAnother);
        }
        let services = booking.terms.services.iter().map(|line| &line.service);
        match services.eq(&self.appointment.services) {
            true => Ok(()),
            false => Err(Refusal::BookingIdReused),
        }
    }

    fn weight(&self) -> Weight {
        let (rank, order) = rank(self.status);
        (rank, self.at, order, self.appointment.starts_at)
    }
}

fn rank(status: BookingStatus) -> (u8, u8) {
    match status {
        BookingStatus::Booked => (0, 0),
        BookingStatus::NoShow => (1, 0),
        BookingStatus::Cancelled => (1, 1),
        BookingStatus::Completed => (2, 0),
    }
}

/// The weight of what made the booking what it is.
fn weight_of(booking: &Booking, entries: &[Entry]) -> Weight {
    let (rank, order) = rank(booking.status);
    (rank, happened_at(entries), order, booking.terms.starts_at)
}

/// When that happened which made the booking what it is: by the other system's time, or here.
pub(super) fn happened_at<'a, E>(entries: E) -> Instant
where
    E: IntoIterator<Item = &'a Entry, IntoIter: DoubleEndedIterator>,
{
    let paid = |entry: &&Entry| matches!(entry.fact, Fact::Paid { .. });
    let last = entries.into_iter().rev().find(|entry| !paid(entry));
    last.map_or(Instant::MIN_UTC, |entry| entry.told_at.unwrap_or(entry.at))
}

/// Whether somebody here took back, after `at`, what was recorded; or, whatever the other system's clock
/// said, what this very event had made of it.
fn taken_back(entries: &[Entry], at: Instant, context: &Context) -> bool {
    let of_event = |entry: &Entry| entry.fingerprint == context.fingerprint;
    entries.iter().enumerate().any(|(index, entry)| {
        let reversed = matches!(entry.fact, Fact::Reversed { .. }) && entry.told_at.is_none();
        let mut before = entries.iter().take(index);
        reversed && (entry.at >= at || before.any(of_event))
    })
}

fn step(
    booking: &Booking,
    entries: &[Entry],
    packages: &[Package],
    telling: &Telling,
    context: &Context,
) -> Result<Decision, Refusal> {
    if booking.status != BookingStatus::Booked {
        return reopen(booking, entries, packages, telling.at, context);
    }
    if booking.terms.starts_at != telling.appointment.starts_at {
        return rebook(booking, packages, telling, context);
    }
    let told = (telling.status, telling.at);
    // What a person let pay for it stays.
    let by_told = entries.last().is_some_and(|last| last.told_at.is_some());
    if by_told && telling.status != BookingStatus::Booked {
        let otherwise = hold_as_paid_then(booking, packages, telling.at, context)?;
        if let Some(otherwise) = otherwise {
            return Ok(otherwise);
        }
    }
    match resolved(booking, packages, told, context)? {
        Some(decision) => Ok(decision),
        None => rebook(booking, packages, telling, context),
    }
}

/// What became of an open appointment, by the other system's time: with what could pay for it then. None
/// where nothing has become of it.
///
/// # Errors
/// [`Refusal::NoShowTooEarly`].
pub(super) fn resolved(
    booking: &Booking,
    packages: &[Package],
    (status, at): (BookingStatus, Instant),
    context: &Context,
) -> Result<Option<Decision>, Refusal> {
    if status == BookingStatus::Booked {
        return Ok(None);
    }
    let decision = match status {
        BookingStatus::Cancelled => {
            let penalty = booking.penalty_at(at);
            cancelled(booking, packages, (penalty, at), context)?
        }
        BookingStatus::NoShow => missed(booking, packages, at, context)?,
        BookingStatus::Completed | BookingStatus::Booked => {
            completed(booking, packages, at, context)?
        }
    };
    Ok(Some(decision))
}

/// Books what was never heard of.
fn begin(holdings: &Holdings, telling: &Telling, context: &Context) -> Result<Decision, Refusal> {
    let settings = holdings.settings()?;
    let customer = holdings.customer()?;
    let appointment = &telling.appointment;
    let wanted = holdings.priced(&appointment.services)?;
    let (pay_with, _) = appointment.payment(settings);
    holdings.packages_exist(&pay_with)?;
    let slot = Slot {
        starts_at: appointment.starts_at,
        zone: settings.time_zone(),
    };
    let packages = &holdings.packages;
    let holds = settings.policies.deduct_at == DeductAt::Booking && pay_with != PayWith::None;
    let services = match holds {
        true => lines(
            &wanted,
            &choose(customer, packages, &wanted, &pay_with, slot),
        ),
        false => unpaid(&wanted),
    };
    let mut posting = Posting::new(packages, context.now);
    posting.moves(&draw(&services, packages, Account::Held, slot)?)?;
    let terms = BookingTerms {
        booking: appointment.booking.clone(),
        starts_at: appointment.starts_at,
        services,
        pay_with,
        allow_partial: true,
        policies: settings.policies,
    };
    let key = EntryKey::Booking(appointment.booking.clone());
    Ok(posting.record(key, customer, Fact::Booked(terms), context))
}

/// Moves it to its time, as if it had been booked for it at once; where it is there already, what it
/// holds stays, and what is written down is that it was told again.
fn rebook(
    booking: &Booking,
    packages: &[Package],
    telling: &Telling,
    context: &Context,
) -> Result<Decision, Refusal> {
    let terms = &booking.terms;
    let starts_at = telling.appointment.starts_at;
    let slot = Slot {
        starts_at,
        zone: terms.policies.time_zone,
    };
    let mut posting = Posting::new(packages, context.now);
    let services = match booking.may_hold() && starts_at != terms.starts_at {
        true => choose_again(booking, &mut posting, slot, (true, telling.at))?,
        false => terms.services.clone(),
    };
    let fact = Fact::Rescheduled {
        booking: terms.booking.clone(),
        starts_at,
        services,
    };
    Ok(posting.record(booking.next_step(), booking.customer, fact, context))
}
