//! Taking over one package, and adding its holder.

use domain::customers::{Customer, CustomerDetails, create};
use domain::journal::Entry;
use domain::packages::{Import, Running, RunningTerms, import};
use domain::{Context, CustomerId, Decision, Fingerprint, PackageId, Refusal};
use infra::{Consistency, Fault, Identity, ImportState, Mutation, Store};

use super::catalogue::Catalogue;

/// A package to be taken over.
pub(super) struct Take<'a> {
    pub(super) catalogue: &'a Catalogue,
    pub(super) running: &'a Running,
    pub(super) customer: CustomerId,
    pub(super) package: PackageId,
    pub(super) context: Context,
}

impl Take<'_> {
    /// The decision for this customer.
    ///
    /// # Errors
    /// Those of [`import`].
    pub(super) fn decide_for(&self, customer: Option<&Customer>) -> Result<Decision, Refusal> {
        let (template, services) = match &self.running.terms {
            RunningTerms::OfTemplate { template, .. } => {
                (self.catalogue.templates.get(template), Vec::new())
            }
            RunningTerms::Own(draft) => (None, self.catalogue.services(&draft.contents.services())),
        };
        let state = Import {
            settings: Some(self.catalogue.settings.clone()),
            customer: customer.cloned(),
            template: template.cloned(),
            services,
        };
        import(&state, self.running, self.package, &self.context)
    }
}

impl Mutation for Take<'_> {
    type State = ImportState;

    async fn load(&self, store: &Store, consistency: Consistency) -> Result<Self::State, Fault> {
        let business = &self.context.business;
        store
            .import_state(business, self.customer, self.package, consistency)
            .await
    }

    fn repeated<'s>(&self, state: &'s Self::State) -> Result<Option<&'s Entry>, Refusal> {
        let found = self.context.repeated(state.entry.as_ref());
        found.map_err(|_| Refusal::ImportDiffers)
    }

    fn decide(&self, state: &Self::State) -> Result<Option<Decision>, Refusal> {
        self.decide_for(state.customer.as_ref()).map(Some)
    }
}

/// Someone to be added, unless another request has just done so.
pub(super) struct Add {
    pub(super) details: CustomerDetails,
    pub(super) id: CustomerId,
    pub(super) salt: Fingerprint,
    pub(super) context: Context,
}

impl Mutation for Add {
    type State = Identity;

    async fn load(&self, store: &Store, consistency: Consistency) -> Result<Self::State, Fault> {
        let (business, email) = (&self.context.business, self.details.email.as_ref());
        store
            .identity(business, self.id, email, 1, consistency)
            .await
    }

    fn repeated<'s>(&self, state: &'s Self::State) -> Result<Option<&'s Entry>, Refusal> {
        Ok(state.entry.as_ref())
    }

    /// None where somebody has the address by now: that is who is meant.
    fn decide(&self, state: &Self::State) -> Result<Option<Decision>, Refusal> {
        if state.holder.is_some() {
            return Ok(None);
        }
        let made = (self.id, self.salt.clone());
        create(self.details.clone(), None, made, &self.context).map(Some)
    }
}
