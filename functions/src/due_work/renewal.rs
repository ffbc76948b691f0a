//! Opening the opportunity to sell a package again.

use domain::due::{Fallen, renewal_due};
use domain::journal::Entry;
use domain::pipeline::Item;
use domain::{Context, Decision, Fingerprint, OpportunityId, Refusal};
use infra::{Consistency, DueState, Fault, Mutation, OnAgenda, OpeningState, Record, Store};

/// A renewal that is due.
pub(super) struct Renewing<'a> {
    pub(super) item: &'a OnAgenda,
    /// What it is called, and its salt.
    pub(super) named: (OpportunityId, Fingerprint),
    pub(super) context: Context,
}

/// What it looks at: the package, and what opening an opportunity does, where there is a package.
pub(super) struct RenewalState {
    pub(super) due: DueState,
    opening: Option<OpeningState>,
}

impl Renewing<'_> {
    pub(super) fn fallen(&self, state: &RenewalState) -> Result<Fallen, Refusal> {
        let settings = state.due.rules.settings.as_ref();
        let settings = settings.ok_or(Refusal::SettingsMissing)?;
        let (Some(Record::Package(package)), Some(opening)) = (&state.due.record, &state.opening)
        else {
            return Ok(Fallen::Stale);
        };
        let (what, opening) = ((&**package, &self.item.due), &opening.opening);
        renewal_due(what, settings, opening, self.named.clone(), &self.context)
    }
}

impl Mutation for Renewing<'_> {
    type State = RenewalState;

    const STRONG: bool = true;

    async fn load(&self, store: &Store, _: Consistency) -> Result<Self::State, Fault> {
        let business = &self.context.business;
        let due = store.due_state(business, self.item.of).await?;
        let opening = match &due.record {
            Some(Record::Package(package)) => {
                let of = (self.named.0, package.customer);
                let items: Vec<Item> = package.template.into_iter().map(Item::TemplateId).collect();
                let strong = Consistency::Strong;
                Some(store.opening_state(business, of, &items, strong).await?)
            }
            Some(Record::Opportunity(_) | Record::Activity(_)) | None => None,
        };
        Ok(RenewalState { due, opening })
    }

    /// Whoever opened it, and however: it is there once.
    fn repeated<'s>(&self, state: &'s Self::State) -> Result<Option<&'s Entry>, Refusal> {
        let opening = state.opening.as_ref();
        Ok(opening.and_then(|opening| opening.entry.as_ref()))
    }

    fn decide(&self, state: &Self::State) -> Result<Option<Decision>, Refusal> {
        match self.fallen(state)? {
            Fallen::Decided(decision) => Ok(Some(decision)),
            Fallen::Nothing | Fallen::Stale => Ok(None),
        }
    }
}
