//! Collecting from one package.

use domain::customers::MandateRecord;
use domain::journal::{Entry, Fact, PackageChange};
use domain::packages::{Collected, CollectionOf, Package, PlannedPackage, collect as decide};
use domain::{Context, Decision, EntryKey, Refusal};
use infra::{CollectState, Consistency, Fault, Mutation, Store, adopt, fingerprint, settle};

use crate::App;
use crate::edge::{Caller, Problem};

/// What a collection took of one package.
pub(super) struct Taken {
    pub(super) package: Package,
    /// The holder's mandate as it is now.
    pub(super) mandate: Option<MandateRecord>,
    pub(super) collected: Collected,
}

struct CollectOne<'a> {
    planned: PlannedPackage,
    collection: &'a CollectionOf,
    key: EntryKey,
    context: Context,
}

/// Collects from one package of a collection, once.
pub(super) async fn collect_one(
    app: &App,
    caller: &Caller,
    collection: &CollectionOf,
    planned: PlannedPackage,
) -> Result<Taken, Problem> {
    let digest = fingerprint("collection", &collection.id)?;
    let content = fingerprint("collect-one", &(planned, &collection.id))?;
    let one = CollectOne {
        planned,
        collection,
        key: EntryKey::Keyed(planned.package, digest),
        context: app.context(caller, content)?,
    };
    let settled = settle(&app.store, &one).await?;
    let (package, entry) = settled
        .state
        .package
        .zip(settled.entry)
        .ok_or(Refusal::PackageNotFound)?;
    let Fact::PackageChanged {
        change: PackageChange::Collected(collected),
        ..
    } = entry.fact
    else {
        let cause = "a collection's key holds another entry".to_owned();
        return Err(Fault::Broken { cause }.into());
    };
    Ok(Taken {
        package,
        mandate: settled.state.mandate,
        collected,
    })
}

impl Mutation for CollectOne<'_> {
    type State = CollectState;

    const STRONG: bool = true;

    /// Strongly: of two collections at once, the later one sees what the earlier one took.
    async fn load(&self, store: &Store, _: Consistency) -> Result<Self::State, Fault> {
        let business = &self.context.business;
        store
            .collect_state(business, self.planned, &self.key, Consistency::Strong)
            .await
    }

    fn repeated<'s>(&self, state: &'s Self::State) -> Result<Option<&'s Entry>, Refusal> {
        self.context.repeated(state.entry.as_ref())
    }

    fn decide(&self, state: &Self::State) -> Result<Option<Decision>, Refusal> {
        let settings = state.settings.as_ref().ok_or(Refusal::SettingsMissing)?;
        let package = state.package.as_ref().ok_or(Refusal::PackageNotFound)?;
        decide(
            package,
            state.mandate.as_ref(),
            self.collection,
            self.key.clone(),
            settings,
            &self.context,
        )
        .map(Some)
    }

    fn adopt(&self, state: &mut Self::State, package: Package) -> bool {
        adopt(state.package.as_mut_slice(), package)
    }
}
