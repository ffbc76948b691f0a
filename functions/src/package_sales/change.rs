//! What everything that happens to a package outside of appointments has in common.

use domain::customers::Customer;
use domain::journal::Entry;
use domain::packages::Package;
use domain::settings::Settings;
use domain::{Context, CustomerId, Decision, EntryKey, IdempotencyKey, PackageId, Refusal};
use infra::{
    Beside, Consistency, Fault, Mutation, PackageState, Store, adopt, fingerprint, settle,
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::PackageView;
use crate::App;
use crate::edge::{Answer, Caller, Problem};

/// Who holds a package; may be left out.
#[derive(Debug, Clone, Copy, Default, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = PackageOf)]
pub(crate) struct HolderBody {
    /// The package's holder: named, it spares a read.
    #[schema(value_type = Option<String>)]
    pub(crate) customer_id: Option<CustomerId>,
}

/// Something to be done to a package that exists, once per Idempotency-Key.
pub(crate) struct Change<'a> {
    caller: &'a Caller,
    package: PackageId,
    /// As the caller names them: it spares a read.
    holder: Option<CustomerId>,
    key: EntryKey,
    beside: Beside,
    /// Whether it is read strongly at once.
    strongly: bool,
    context: Context,
}

/// What became of a package.
pub(crate) struct Changed {
    /// The package as the request left it.
    pub(crate) package: Package,
    /// What was recorded.
    pub(crate) entry: Entry,
    /// Whether it had been recorded before.
    pub(crate) replayed: bool,
}

/// What a change is decided on.
pub(crate) struct Changing<'a> {
    /// The package.
    pub(crate) package: &'a Package,
    /// Who holds it.
    pub(crate) holder: &'a Customer,
    /// How the business works.
    pub(crate) settings: &'a Settings,
    /// Where the entry goes.
    pub(crate) key: EntryKey,
    /// Other customers that were asked for, as far as there are such.
    pub(crate) customers: &'a [Customer],
    /// Another entry that was asked for.
    pub(crate) earlier: Option<&'a Entry>,
    /// The surroundings.
    pub(crate) context: &'a Context,
}

impl<'a> Change<'a> {
    /// The change that `verb` with `content` makes to `package` under `key`.
    ///
    /// # Errors
    /// A problem when the operating system has no randomness.
    pub(crate) fn new(
        app: &App,
        caller: &'a Caller,
        (package, holder): (PackageId, Option<CustomerId>),
        key: &IdempotencyKey,
        (verb, content): (&str, &impl Serialize),
    ) -> Result<Self, Problem> {
        let key = EntryKey::Keyed(package, fingerprint("key", key)?);
        let of = (package, holder);
        Self::once(app, caller, of, key, (verb, &(holder, content)))
    }

    /// The change that `verb` with `content` makes to `package`, once, as `key` says: no caller's key
    /// is needed.
    ///
    /// # Errors
    /// A problem when the operating system has no randomness.
    pub(crate) fn once(
        app: &App,
        caller: &'a Caller,
        (package, holder): (PackageId, Option<CustomerId>),
        key: EntryKey,
        (verb, content): (&str, &impl Serialize),
    ) -> Result<Self, Problem> {
        Ok(Self {
            caller,
            package,
            holder,
            key,
            beside: Beside::default(),
            strongly: false,
            context: app.context(caller, fingerprint(verb, &(package, content))?)?,
        })
    }

    /// The same, for which other things are looked at, too.
    pub(crate) fn beside(self, beside: Beside) -> Self {
        Self { beside, ..self }
    }

    /// The same, which changes nothing of the package, so that its commit is not held to what was read.
    pub(crate) fn strongly(self) -> Self {
        Self {
            strongly: true,
            ..self
        }
    }

    /// The same, recorded as what makes this package.
    pub(crate) fn making(self, made: PackageId) -> Self {
        let key = EntryKey::Sale(made);
        Self { key, ..self }
    }

    /// Does it by the verb's own decision, and answers with the package as it is then. A repeated
    /// request is answered with the package as it was after the first.
    ///
    /// # Errors
    /// In this order: `package-not-found`, `idempotency-key-reused`, `settings-missing`, then the
    /// verb's own.
    pub(crate) async fn by<D>(self, app: &App, decide: D) -> Result<Answer<PackageView>, Problem>
    where
        D: Fn(&Changing<'_>) -> Result<Decision, Refusal> + Sync,
    {
        let changed = self.done_by(app, decide).await?;
        Ok(Answer::ok(changed.view()).replayed(changed.replayed))
    }

    /// Does it by the verb's own decision, and says what became of the package.
    ///
    /// # Errors
    /// Those of [`Change::by`].
    pub(crate) async fn done_by<D>(self, app: &App, decide: D) -> Result<Changed, Problem>
    where
        D: Fn(&Changing<'_>) -> Result<Decision, Refusal> + Sync,
    {
        let changed = Deciding {
            request: self,
            decide,
        };
        let settled = settle(&app.store, &changed).await?;
        let before = settled.state.package;
        Changed::of(app, before, settled.entry, settled.replayed).await
    }
}

impl Changed {
    /// The package, which was read as `package`, after `entry`.
    ///
    /// # Errors
    /// `package-not-found`, and the database's.
    pub(crate) async fn of(
        app: &App,
        package: Option<Package>,
        entry: Option<Entry>,
        replayed: bool,
    ) -> Result<Self, Problem> {
        let (package, entry) = package.zip(entry).ok_or(Refusal::PackageNotFound)?;
        let after = if replayed {
            let (business, holder) = (&entry.business, package.customer);
            let after = app
                .store
                .package_after(business, holder, package.id, &entry);
            after.await?.unwrap_or(package)
        } else {
            package.after(&entry)?
        };
        Ok(Self {
            package: after,
            replayed,
            entry,
        })
    }

    /// The package as clients see it, as of then: the same whenever it is asked for again.
    pub(crate) fn view(&self) -> PackageView {
        PackageView::of(&self.package, self.entry.at)
    }
}

/// A request with its verb's decision.
struct Deciding<'a, D> {
    request: Change<'a>,
    decide: D,
}

impl<D> Deciding<'_, D> {
    /// The package, if the caller may see it.
    fn seen<'s>(&self, state: &'s PackageState) -> Result<(&'s Package, &'s Customer), Refusal> {
        let seen = state.package.as_ref().zip(state.holder.as_ref());
        seen.filter(|(_, holder)| self.request.caller.owns(Some(holder)))
            .ok_or(Refusal::PackageNotFound)
    }
}

impl<D> Mutation for Deciding<'_, D>
where
    D: Fn(&Changing<'_>) -> Result<Decision, Refusal> + Sync,
{
    type State = PackageState;

    async fn load(&self, store: &Store, consistency: Consistency) -> Result<Self::State, Fault> {
        let Change {
            package,
            holder,
            key,
            beside,
            strongly,
            context,
            ..
        } = &self.request;
        let keyed = (key, beside);
        let consistency = match strongly {
            true => Consistency::Strong,
            false => consistency,
        };
        store
            .package_state(&context.business, *package, *holder, keyed, consistency)
            .await
    }

    fn repeated<'s>(&self, state: &'s Self::State) -> Result<Option<&'s Entry>, Refusal> {
        self.seen(state)?;
        let (context, entry) = (&self.request.context, state.entry.as_ref());
        // A fact of the bank's, not a caller's key: told otherwise it is refused as what it is.
        if let EntryKey::Rejection(..) = self.request.key {
            return Ok(context.repeated_edit(entry));
        }
        context.repeated(entry)
    }

    fn decide(&self, state: &Self::State) -> Result<Option<Decision>, Refusal> {
        let (package, holder) = self.seen(state)?;
        let settings = state.settings.as_ref().ok_or(Refusal::SettingsMissing)?;
        let changing = Changing {
            package,
            holder,
            settings,
            key: self.request.key.clone(),
            customers: &state.customers,
            earlier: state.earlier.as_ref(),
            context: &self.request.context,
        };
        (self.decide)(&changing).map(Some)
    }

    /// What leaves the package as it is, as a member who is one already does, is not held to its version.
    fn is_unchecked(&self, decision: &Decision) -> bool {
        decision.holders.is_empty() && !self.request.strongly
    }

    fn adopt(&self, state: &mut Self::State, package: Package) -> bool {
        adopt(state.package.as_mut_slice(), package)
    }
}
