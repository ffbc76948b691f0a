//! What selling, offering and buying have in common: they make a package, once per Idempotency-Key.

use domain::journal::{Entry, fold};
use domain::packages::{Package, Sale};
use domain::{
    BusinessId, Context, CustomerId, Decision, IdempotencyKey, PackageId, Refusal, ServiceId,
    TemplateId,
};
use infra::{Consistency, Fault, Mutation, SaleState, Store, derived_bytes, settle};

use super::PackageView;
use crate::App;
use crate::edge::{Answer, Problem};

/// What a request to sell names.
#[derive(Debug)]
pub(super) struct Named {
    pub(super) customer: CustomerId,
    pub(super) template: Option<TemplateId>,
    /// Those that terms of its own name.
    pub(super) services: Vec<ServiceId>,
}

/// A package that was made, as it was then.
#[derive(Debug)]
pub(super) struct Sold {
    pub(super) package: Package,
    /// The entry that made it.
    pub(super) entry: Entry,
    pub(super) replayed: bool,
}

impl Sold {
    pub(super) fn answer(&self) -> Answer<PackageView> {
        let view = PackageView::of(&self.package, self.package.sold_at);
        Answer::created(view).replayed(self.replayed)
    }
}

/// The id of the package that a request makes: the same for a repeated one, so that the package itself
/// cannot be sold twice.
pub(crate) fn package_of(business: &BusinessId, key: &IdempotencyKey) -> PackageId {
    PackageId::from_bytes(derived_bytes(&[business.as_str(), "package", key.as_str()]))
}

/// Makes the package `id` by the verb's own decision; a repeated request finds what the first one made.
///
/// # Errors
/// `idempotency-key-reused`, then the verb's own.
pub(super) async fn sold<D>(
    app: &App,
    named: Named,
    id: PackageId,
    context: Context,
    decide: D,
) -> Result<Sold, Problem>
where
    D: Fn(&Sale, PackageId, &Context) -> Result<Decision, Refusal> + Sync,
{
    let selling = Selling {
        named,
        id,
        context,
        decide,
    };
    let settled = settle(&app.store, &selling).await?;
    let entry = settled.entry.ok_or(Refusal::PackageNotFound)?;
    let package = fold(id, [&entry])?.ok_or(Refusal::PackageNotFound)?;
    Ok(Sold {
        package,
        entry,
        replayed: settled.replayed,
    })
}

struct Selling<D> {
    named: Named,
    id: PackageId,
    context: Context,
    decide: D,
}

impl<D> Mutation for Selling<D>
where
    D: Fn(&Sale, PackageId, &Context) -> Result<Decision, Refusal> + Sync,
{
    type State = SaleState;

    async fn load(&self, store: &Store, consistency: Consistency) -> Result<Self::State, Fault> {
        let Named {
            customer,
            template,
            services,
        } = &self.named;
        let business = &self.context.business;
        let goods = (*template, services.as_slice());
        store
            .sale(business, *customer, goods, self.id, consistency)
            .await
    }

    fn repeated<'s>(&self, state: &'s Self::State) -> Result<Option<&'s Entry>, Refusal> {
        self.context.repeated(state.sold.as_ref())
    }

    fn decide(&self, state: &Self::State) -> Result<Option<Decision>, Refusal> {
        (self.decide)(&state.sale, self.id, &self.context).map(Some)
    }
}
