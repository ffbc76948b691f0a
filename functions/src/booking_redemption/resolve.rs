//! What moving, cancelling, completing and missing an appointment have in common.

use domain::bookings::Booking;
use domain::journal::Entry;
use domain::packages::Package;
use domain::{BookingId, Context, CustomerId, Decision, Refusal};
use infra::{
    BookingAndPackages, Consistency, Failure, Fault, Mutation, Settled, Store, adopt, settle,
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::BookingView;
use crate::App;
use crate::edge::{Answer, Caller, Problem};

/// Whose booking; may be left out.
#[derive(Debug, Clone, Copy, Default, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = BookingOf)]
pub(crate) struct BookingOfBody {
    /// The booking's customer: named, it spares a read.
    #[schema(value_type = Option<String>)]
    pub(crate) customer_id: Option<CustomerId>,
}

/// Something to be done to a booking that exists.
pub(crate) struct Resolve<'a> {
    pub(crate) caller: &'a Caller,
    pub(crate) booking: BookingId,
    /// As the caller names them.
    pub(crate) customer: Option<CustomerId>,
    /// Whether the fingerprint has a key of the caller's in it, which tells repetitions apart.
    pub(crate) keyed: bool,
    pub(crate) context: Context,
}

impl Resolve<'_> {
    /// Does it by the verb's own decision, and answers with the booking as it is then.
    ///
    /// # Errors
    /// In this order: `booking-not-found`, `booking-of-another-customer`, then the verb's own.
    pub(crate) async fn by<D>(self, app: &App, decide: D) -> Result<Answer<BookingView>, Problem>
    where
        D: Fn(&Booking, &BookingAndPackages, &Context) -> Result<Decision, Refusal> + Sync,
    {
        let (booking, replayed) = self.settle(app, decide).await?;
        Ok(Answer::ok(BookingView::of(booking)).replayed(replayed))
    }

    /// Does it, and gives the booking as it is then, and whether that had been done before.
    ///
    /// # Errors
    /// Those of [`Resolve::by`].
    pub(crate) async fn settle<D>(self, app: &App, decide: D) -> Result<(Booking, bool), Failure>
    where
        D: Fn(&Booking, &BookingAndPackages, &Context) -> Result<Decision, Refusal> + Sync,
    {
        let resolving = Resolving {
            request: self,
            decide,
        };
        let settled = settle(&app.store, &resolving).await?;
        let booking = after(&settled.state.entries, &settled).ok_or(Refusal::BookingNotFound)?;
        Ok((booking, settled.replayed))
    }

    /// The booking, if the caller may see it and names its customer, if any, rightly.
    fn booking(&self, state: &BookingAndPackages) -> Result<Booking, Refusal> {
        let booking = Booking::fold(&state.entries).ok_or(Refusal::BookingNotFound)?;
        let customer = state.customer.as_ref();
        let theirs = customer.filter(|customer| customer.id == booking.customer);
        if !self.caller.owns(theirs) {
            return Err(Refusal::BookingNotFound);
        }
        if self.customer.is_some_and(|named| named != booking.customer) {
            return Err(Refusal::BookingOfAnother);
        }
        Ok(booking)
    }
}

/// The booking after a mutation's entry: what is answered again when it is repeated.
pub(crate) fn after<S>(known: &[Entry], settled: &Settled<S>) -> Option<Booking> {
    let entry = settled.entry.as_ref()?;
    let before = known.iter().take_while(|known| known.id != entry.id);
    Booking::fold(before.chain([entry]))
}

/// A request with its verb's decision.
struct Resolving<'a, D> {
    request: Resolve<'a>,
    decide: D,
}

impl<D> Mutation for Resolving<'_, D>
where
    D: Fn(&Booking, &BookingAndPackages, &Context) -> Result<Decision, Refusal> + Sync,
{
    type State = BookingAndPackages;

    async fn load(&self, store: &Store, consistency: Consistency) -> Result<Self::State, Fault> {
        let Resolve {
            booking,
            customer,
            context,
            ..
        } = &self.request;
        store
            .booking_and_packages(&context.business, booking, *customer, consistency)
            .await
    }

    /// The last thing that happened to the booking may have been this very request; one with a key
    /// is known again later, too.
    fn repeated<'s>(&self, state: &'s Self::State) -> Result<Option<&'s Entry>, Refusal> {
        let Resolve { context, keyed, .. } = &self.request;
        let mut candidates = state
            .entries
            .iter()
            .rev()
            .take(if *keyed { usize::MAX } else { 1 });
        let same = candidates.find(|entry| entry.fingerprint == context.fingerprint);
        if same.is_some() {
            self.request.booking(state)?;
        }
        Ok(same)
    }

    fn known_for_good(&self) -> bool {
        self.request.keyed
    }

    async fn confirm(&self, store: &Store, state: Self::State) -> Result<Self::State, Fault> {
        let (business, strong) = (&self.request.context.business, Consistency::Strong);
        let entries = store.booking_entries(business, &self.request.booking, strong);
        match entries.await? == state.entries {
            true => Ok(state),
            false => self.load(store, strong).await,
        }
    }

    fn decide(&self, state: &Self::State) -> Result<Option<Decision>, Refusal> {
        let booking = self.request.booking(state)?;
        (self.decide)(&booking, state, &self.request.context).map(Some)
    }

    fn adopt(&self, state: &mut Self::State, package: Package) -> bool {
        adopt(&mut state.packages, package)
    }
}
