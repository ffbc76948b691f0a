//! What moving, cancelling, completing and missing an appointment have in common.

use domain::bookings::Booking;
use domain::journal::Entry;
use domain::packages::Package;
use domain::{BookingId, Context, CustomerId, Decision, Refusal, Role};
use infra::{BookingAndPackages, Consistency, Fault, Mutation, Settled, Store};

use super::book::adopt;
use crate::edge::Caller;

/// Something done to a booking that exists.
pub(crate) struct Resolve<'a, V> {
    pub(crate) caller: &'a Caller,
    pub(crate) booking: BookingId,
    /// As the caller names them, which spares a round trip.
    pub(crate) customer: Option<CustomerId>,
    pub(crate) context: Context,
    pub(crate) verb: V,
}

/// What differs between those verbs.
pub(crate) trait Verb: Sync {
    /// Whether the decision needs the business's settings.
    const NEEDS_SETTINGS: bool = false;

    /// The verb's own decision.
    fn decide(
        &self,
        booking: &Booking,
        state: &BookingAndPackages,
        context: &Context,
    ) -> Result<Decision, Refusal>;
}

impl<V: Verb> Resolve<'_, V> {
    /// The booking, if the caller may see it and names its customer, if any, rightly.
    fn booking(&self, state: &BookingAndPackages) -> Result<Booking, Refusal> {
        let booking = state.booking().ok_or(Refusal::BookingNotFound)?;
        let theirs = state
            .customer
            .as_ref()
            .filter(|customer| customer.id == booking.customer);
        if self.caller.actor.role == Role::Customer {
            self.caller
                .may_see(theirs)
                .map_err(|_| Refusal::BookingNotFound)?;
        }
        if self.customer.is_some_and(|named| named != booking.customer) {
            return Err(Refusal::BookingOfAnother);
        }
        Ok(booking)
    }

    /// The booking after it was settled.
    pub(crate) fn settled(
        &self,
        settled: &Settled<BookingAndPackages>,
    ) -> Result<Booking, Refusal> {
        let known = settled.state.entries.iter();
        let new = settled
            .entry
            .iter()
            .filter(|entry| known.clone().all(|e| e.id != entry.id));
        Booking::fold(known.clone().chain(new)).ok_or(Refusal::BookingNotFound)
    }
}

impl<V: Verb> Mutation for Resolve<'_, V> {
    type State = BookingAndPackages;

    async fn load(&self, store: &Store, consistency: Consistency) -> Result<Self::State, Fault> {
        let business = &self.context.business;
        let settings = V::NEEDS_SETTINGS;
        store
            .booking_and_packages(
                business,
                &self.booking,
                self.customer,
                settings,
                consistency,
            )
            .await
    }

    /// The last thing that happened to the booking may have been this very request.
    fn repeated<'s>(&self, state: &'s Self::State) -> Result<Option<&'s Entry>, Refusal> {
        let last = state.entries.last();
        let same = last.filter(|entry| entry.fingerprint == self.context.fingerprint);
        if same.is_some() {
            self.booking(state)?;
        }
        Ok(same)
    }

    fn decide(&self, state: &Self::State) -> Result<Option<Decision>, Refusal> {
        let booking = self.booking(state)?;
        self.verb.decide(&booking, state, &self.context).map(Some)
    }

    fn adopt(&self, state: &mut Self::State, package: Package) {
        adopt(&mut state.packages, package);
    }
}
