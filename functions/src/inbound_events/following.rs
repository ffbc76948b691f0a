//! Following a payment to where its provider says it stands.

use domain::journal::Entry;
use domain::packages::{PaymentNews, PaymentState, PaymentTelling, follow_payment};
use domain::{Context, Decision, Fingerprint, PackageId, Refusal};
use infra::{Consistency, Fault, Mutation, Store, ToldPayment, settle};

use super::payment::{Named, Of};
use super::take::Told;
use crate::bus_function::Rejected;

/// More steps than there are: recorded, and taken back again.
const MOST_STEPS: usize = 8;

/// Takes every step that is left; what is there then.
///
/// # Errors
/// `package-not-found`, `settings-missing`, those of [`follow_payment`].
pub(super) async fn follow(
    told: &Told<'_>,
    of: &Of,
    (news, content): (PaymentNews, &Fingerprint),
) -> Result<ToldPayment, Rejected> {
    let Named {
        reference,
        name,
        at,
    } = &of.payment;
    let telling = PaymentTelling {
        at: *at,
        reference: reference.clone(),
        name: name.clone(),
        news,
    };
    for _ in 0..MOST_STEPS {
        let follow = Follow {
            package: of.package,
            telling: &telling,
            context: told.app.context(&of.caller, content.clone())?,
        };
        let settled = settle(&told.app.store, &follow).await?;
        if settled.entry.is_none() {
            return Ok(settled.state);
        }
    }
    let cause = "a payment does not come to rest".to_owned();
    Err(Fault::Unavailable { cause }.into())
}

struct Follow<'a> {
    package: PackageId,
    telling: &'a PaymentTelling,
    context: Context,
}

impl Mutation for Follow<'_> {
    type State = ToldPayment;

    const STRONG: bool = true;

    /// Each step is decided on what the one before it left.
    async fn load(&self, store: &Store, _: Consistency) -> Result<Self::State, Fault> {
        let name = &self.telling.name;
        let told = store.told_payment(&self.context.business, self.package, name);
        told.await
    }

    /// What was done is seen in the package's own entries.
    fn repeated<'s>(&self, _: &'s Self::State) -> Result<Option<&'s Entry>, Refusal> {
        Ok(None)
    }

    fn decide(&self, state: &Self::State) -> Result<Option<Decision>, Refusal> {
        let ToldPayment {
            history,
            given,
            remembered,
            backs,
        } = state;
        let found = history.package.as_ref().zip(history.holder.as_ref());
        let (package, _) = found.ok_or(Refusal::PackageNotFound)?;
        let settings = history.settings.as_ref().ok_or(Refusal::SettingsMissing)?;
        let known = PaymentState {
            package,
            history: &history.entries,
            given,
            remembered: remembered.as_ref(),
            backs,
        };
        follow_payment(known, self.telling, settings, &self.context)
    }
}
