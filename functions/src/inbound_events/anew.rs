//! What pays for told appointments once a payment was made or came back.

use domain::bookings::{choose_anew as decide, told_bookings};
use domain::journal::Entry;
use domain::packages::Package;
use domain::{BookingId, Context, CustomerId, Decision, Instant, PackageId, Refusal};
use infra::{
    BookingAndPackages, Consistency, Failure, Fault, Mutation, Store, adopt, fingerprint, settle,
};

use crate::App;
use crate::bus_function::Rejected;
use crate::edge::Caller;

/// More steps than there are: opened again, with what could pay then, and resolved again.
const MOST_STEPS: usize = 8;

/// Lets the appointments of the package's holder that another system told be paid as if they had been told
/// after what is known by now of its payments: those that are open, and those that were resolved at `since`,
/// when the payment was made or came back, or later; the earliest appointment first, step by step. Called
/// again, it goes on where it stopped.
pub(super) async fn choose_anew(
    app: &App,
    caller: &Caller,
    package: &Package,
    since: Instant,
) -> Result<(), Rejected> {
    let (business, customer) = (&caller.business, package.customer);
    let entries = app.store.customer_entries(business, customer, None).await?;
    for booking in told_bookings(&entries, package, since) {
        let content = (&booking, package.id, package.version);
        let content = fingerprint("choose-anew", &content)?;
        for step in 0..MOST_STEPS {
            let anew = Anew {
                context: app.context(caller, content.clone())?,
                package: package.id,
                booking: booking.clone(),
                customer,
            };
            match settle(&app.store, &anew).await {
                Ok(settled) if settled.entry.is_some() => {}
                Ok(_) => break,
                // It cannot be given back as it was taken: it stays as it is.
                Err(Failure::Refused(_)) if step == 0 => break,
                Err(Failure::Refused(refusal)) => return Err(refusal.into()),
                Err(Failure::Fault(fault)) => return Err(fault.into()),
            }
        }
    }
    Ok(())
}

struct Anew {
    booking: BookingId,
    customer: CustomerId,
    package: PackageId,
    context: Context,
}

impl Mutation for Anew {
    type State = BookingAndPackages;

    const STRONG: bool = true;

    /// What the payment left.
    async fn load(&self, store: &Store, _: Consistency) -> Result<Self::State, Fault> {
        let (business, customer) = (&self.context.business, Some(self.customer));
        store
            .booking_and_packages(business, &self.booking, customer, Consistency::Strong)
            .await
    }

    /// What was done is seen in the booking itself.
    fn repeated<'s>(&self, _: &'s Self::State) -> Result<Option<&'s Entry>, Refusal> {
        Ok(None)
    }

    fn decide(&self, state: &Self::State) -> Result<Option<Decision>, Refusal> {
        let BookingAndPackages {
            entries, packages, ..
        } = state;
        decide(entries, packages, self.package, &self.context)
    }

    fn adopt(&self, state: &mut Self::State, package: Package) -> bool {
        adopt(&mut state.packages, package)
    }
}
