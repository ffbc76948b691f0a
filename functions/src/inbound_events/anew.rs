//! What pays for told appointments once a payment was made or came back.

use domain::bookings::{choose_anew as decide, told_bookings};
use domain::journal::Entry;
use domain::packages::Package;
use domain::{BookingId, Context, CustomerId, Decision, PackageId, Refusal};
use infra::{
    BookingAndPackages, Consistency, Failure, Fault, Mutation, Store, fingerprint, settle,
};

use crate::App;
use crate::booking_redemption::adopt;
use crate::bus_function::Rejected;
use crate::edge::Caller;

/// Lets the open appointments of the package's holder that another system told be paid as if they had been
/// told now, where that draws on `package` or no longer does: the earliest appointment first, each by a
/// step of its own. Called again, it goes on where it stopped.
pub(super) async fn choose_anew(
    app: &App,
    caller: &Caller,
    package: &Package,
) -> Result<(), Rejected> {
    let (business, customer) = (&caller.business, package.customer);
    let entries = app.store.customer_entries(business, customer, None).await?;
    for booking in told_bookings(&entries, package) {
        let content = (&booking, package.id, package.version);
        let anew = Anew {
            context: app.context(caller, fingerprint("choose-anew", &content)?)?,
            package: package.id,
            booking,
            customer,
        };
        match settle(&app.store, &anew).await {
            // It cannot be given back as it was taken: it stays as it is.
            Ok(_) | Err(Failure::Refused(_)) => {}
            Err(Failure::Fault(fault)) => return Err(fault.into()),
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

    fn adopt(&self, state: &mut Self::State, package: Package) {
        adopt(&mut state.packages, package);
    }
}
