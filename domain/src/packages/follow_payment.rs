//! Following a payment that a payment provider keeps.

use super::payments::change_of;
use super::return_payment::came_back;
use super::{
    NotedPayment, Package, Payment, PaymentMethod, PaymentReference, RecordedPayment, ReturnReason,
    Unchanged, confirm_refund, note_return, pay_online, payments,
};
use crate::journal::{Entry, PackageChange};
use crate::settings::Settings;
use crate::{
    BusinessId, Context, Decision, EntryKey, Fingerprint, Instant, Money, PackageId, Put, Refusal,
};

/// What a payment provider tells of a payment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PaymentTelling {
    /// When that happened there.
    pub at: Instant,
    /// By what it is found there.
    pub reference: PaymentReference,
    /// A digest of the provider and that: what another provider calls the same is another payment.
    pub name: Fingerprint,
    /// What happened.
    pub news: PaymentNews,
}

/// What happened to a payment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PaymentNews {
    /// So much was paid.
    Paid(Money),
    /// It came back; under the digest of what was told, by which it is noted once.
    Back(NotedPayment, Fingerprint),
}

/// What following a payment looks at.
#[derive(Debug, Clone, Copy)]
pub struct PaymentState<'a> {
    /// What it is for.
    pub package: &'a Package,
    /// The package's own entries, read after it.
    pub history: &'a [Entry],
    /// Where units of the package were given away to.
    pub given: &'a [Package],
    /// What the payment was for, where it was told before.
    pub remembered: Option<&'a (BusinessId, PackageId)>,
    /// That it came back, told by a provider that did not say what it was for.
    pub backs: &'a [NotedPayment],
}

/// The next step from what is recorded of a payment to what is told of it; none once that is all there. So
/// what is told may come in any order and any number of times.
///
/// A payment is recorded once, also where somebody entered it here by its reference. What came back is
/// noted until the payment is recorded, and then takes it back. What the business gave back at the provider,
/// and recorded here as a refund, is only confirmed: the money left once. A note of another amount than the
/// payment's is for people to settle, and stands in the way of nothing.
///
/// # Errors
/// In this order: for what was paid [`Unchanged::PaymentDiffers`] for a payment that is recorded for
/// something else or with another amount, then those of [`pay_online`]; for what came back
/// [`Unchanged::PaymentDiffers`] for another amount than the payment's, then those of [`return_payment`].
pub fn follow_payment(
    state: PaymentState<'_>,
    telling: &PaymentTelling,
    settings: &Settings,
    context: &Context,
) -> Result<Option<Decision>, Refusal> {
    let following = Following {
        state,
        telling,
        settings,
        context,
    };
    let decision = match &telling.news {
        PaymentNews::Paid(amount) => following.paid(*amount)?,
        PaymentNews::Back(noted, digest) => following.back(noted, digest)?,
    };
    Ok(decision.map(|decision| decision.told(Some(telling.at))))
}

#[derive(Clone, Copy)]
struct Following<'a> {
    state: PaymentState<'a>,
    telling: &'a PaymentTelling,
    settings: &'a Settings,
    context: &'a Context,
}

impl<'a> Following<'a> {
    fn paid(self, amount: Money) -> Result<Option<Decision>, Refusal> {
        let PaymentState {
            package,
            remembered,
            ..
        } = self.state;
        let differs = || Err(Unchanged::PaymentDiffers.into());
        let this = (self.context.business.clone(), package.id);
        if remembered.is_some_and(|remembered| *remembered != this) {
            return differs();
        }
        let named = self.recorded();
        if named.is_empty() {
            return self.record(amount).map(Some);
        }
        let mut named = named.iter();
        let Some(recorded) = named.find(|one| one.payment.amount == amount) else {
            return differs();
        };
        for noted in self.foretold().chain(self.state.backs) {
            match self.came_back(recorded, noted) {
                Err(Refusal::Unchanged(Unchanged::PaymentDiffers)) | Ok(None) => {}
                step => return step,
            }
        }
        Ok(None)
    }

    fn back(self, noted: &NotedPayment, digest: &Fingerprint) -> Result<Option<Decision>, Refusal> {
        let recorded = self.recorded();
        // One payment comes back once, whatever was paid under its name since.
        if recorded.iter().any(|one| one.returned.is_some()) {
            return Ok(None);
        }
        let whole = recorded.iter().find(|one| noted.is_all_of(one));
        if let Some(recorded) = whole.or(recorded.first()) {
            return self.came_back(recorded, noted);
        }
        if self.foretold().any(|known| known.what() == noted.what()) {
            return Ok(None);
        }
        let package = self.state.package;
        let key = EntryKey::Keyed(package.id, digest.clone());
        note_return(package, noted.clone(), key, self.context).map(Some)
    }

    fn record(self, amount: Money) -> Result<Decision, Refusal> {
        let PaymentTelling {
            at,
            reference,
            name,
            ..
        } = self.telling;
        let package = self.state.package;
        let payment = Payment {
            amount,
            method: PaymentMethod::Card,
            reference: Some(reference.clone()),
        };
        let key = EntryKey::Keyed(package.id, name.clone());
        let mut decision = pay_online(package, payment, (key, *at), self.settings, self.context)?;
        decision.puts.push(Put::PaidOnline {
            name: name.clone(),
            package: package.id,
        });
        Ok(decision)
    }

    fn came_back(
        self,
        recorded: &RecordedPayment,
        noted: &NotedPayment,
    ) -> Result<Option<Decision>, Refusal> {
        let PaymentState {
            package,
            history,
            given,
            ..
        } = self.state;
        let told = noted.amount.unwrap_or(recorded.payment.amount);
        let confirmed = self.confirmed(|reference| *reference == noted.reference);
        if recorded.returned.is_some() || noted.refund && told.amount_minor() <= confirmed {
            return Ok(None);
        }
        if noted.refund && told.currency() == recorded.payment.amount.currency() {
            let paid_back = history.iter().filter_map(|entry| entry.fact.paid_back());
            let paid_back: u64 = paid_back.map(Money::amount_minor).sum();
            let of_others = self.confirmed(|reference| *reference != noted.reference);
            let left = paid_back.saturating_sub(of_others);
            if told.amount_minor() <= left {
                let confirmed = NotedPayment {
                    amount: Some(told),
                    ..noted.clone()
                };
                return self.confirm(confirmed).map(Some);
            }
            // A part of it is recorded here, and a part is not.
            if left > 0 {
                return Err(Unchanged::PaymentDiffers.into());
            }
        }
        if told != recorded.payment.amount {
            return Err(Unchanged::PaymentDiffers.into());
        }
        let (known, what) = (
            (history, given),
            (recorded.entry, noted.reason.clone(), Some(noted.at)),
        );
        came_back(package, known, what, self.settings, self.context).map(Some)
    }

    /// One after the other, so that no two confirm the same money.
    fn confirm(self, noted: NotedPayment) -> Result<Decision, Refusal> {
        let package = self.state.package;
        let before = self
            .changes()
            .filter(|(_, change)| confirmation(change).is_some());
        let digest = format!("confirmed{}", before.count() + 1).parse();
        let digest: Fingerprint = digest.map_err(|_| Refusal::TooLarge)?;
        let key = EntryKey::Keyed(package.id, digest);
        confirm_refund(package, noted, key, self.context)
    }

    /// Minor units of refunds of these payments that were confirmed: of each payment the most that was told.
    fn confirmed(self, of: impl Fn(&PaymentReference) -> bool) -> u64 {
        let mut most: Vec<(&PaymentReference, u64)> = Vec::new();
        let all = self
            .changes()
            .filter_map(|(_, change)| confirmation(change));
        for noted in all.filter(|noted| of(&noted.reference)) {
            let told = noted.amount.map_or(0, Money::amount_minor);
            match most.iter_mut().find(|(name, _)| *name == &noted.reference) {
                Some((_, most)) => *most = told.max(*most),
                None => most.push((&noted.reference, told)),
            }
        }
        most.into_iter().map(|(_, told)| told).sum()
    }

    /// The payments of this name: this provider's, and those that somebody entered here.
    fn recorded(self) -> Vec<RecordedPayment> {
        let mut recorded = payments(self.state.package.id, self.state.history);
        let teller = &self.context.actor.id;
        recorded.retain(|one| {
            let by_another = one.told_by.as_ref().is_some_and(|by| by != teller);
            one.payment.reference.as_ref() == Some(&self.telling.reference) && !by_another
        });
        recorded
    }

    /// What this provider told of its coming back, before it was recorded.
    fn foretold(self) -> impl Iterator<Item = &'a NotedPayment> {
        self.changes().filter_map(move |(entry, change)| {
            let PackageChange::ReturnForetold(noted) = change else {
                return None;
            };
            let told = entry.actor.id == self.context.actor.id;
            (told && noted.reference == self.telling.reference).then_some(noted)
        })
    }

    fn changes(self) -> impl Iterator<Item = (&'a Entry, &'a PackageChange)> {
        let package = self.state.package.id;
        let entries = self.state.history.iter();
        entries.filter_map(move |entry| Some((entry, change_of(package, entry)?)))
    }
}

impl NotedPayment {
    /// What is told: told again with another time, it is the same.
    pub fn what(&self) -> (&PaymentReference, Option<Money>, &ReturnReason, bool) {
        (&self.reference, self.amount, &self.reason, self.refund)
    }

    fn is_all_of(&self, recorded: &RecordedPayment) -> bool {
        let all = self
            .amount
            .is_none_or(|amount| amount == recorded.payment.amount);
        all && recorded.returned.is_none()
    }
}

fn confirmation(change: &PackageChange) -> Option<&NotedPayment> {
    if let PackageChange::RefundConfirmed(noted) = change {
        return Some(noted);
    }
    None
}
