//! Doing one thing that is due.

use domain::due::{Due, DueOf, Fallen, What, activity_due, opportunity_due, package_due};
use domain::journal::Entry;
use domain::packages::Package;
use domain::{Actor, Context, Decision, Refusal};
use infra::{
    Consistency, DueState, Failure, Fault, Mutation, OnAgenda, Record, Store, fingerprint,
    fresh_salt, random_128, settle,
};

use super::renewal::Renewing;
use crate::App;
use crate::opportunity_updates::renewal_of;

/// What came of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Outcome {
    /// It is recorded.
    Done,
    /// There was nothing to do.
    Nothing,
}

/// Something that is due.
struct Falling<'a> {
    item: &'a OnAgenda,
    context: Context,
}

/// Does what is due, as this system itself; the record as it is at this moment decides. Where it is not on
/// the record's agenda any more, because the business keeps other days since, it is put where it belongs.
///
/// # Errors
/// The verb's refusal, or [`Fault`].
pub(super) async fn fall(app: &App, item: &OnAgenda) -> Result<Outcome, Failure> {
    let (of, due) = (item.of.to_string(), item.due);
    let broken = |cause: &dyn std::fmt::Display| Fault::Broken {
        cause: cause.to_string(),
    };
    let context = Context {
        business: item.business.clone(),
        actor: Actor::carnet(),
        now: app.clock.now(),
        random: random_128()?,
        // The same for who does it at once, or again, also where the zone has moved it meanwhile.
        fingerprint: fingerprint("due", &(&of, due.what.name()))?,
        cause: format!("due-{}", due.what.name())
            .parse()
            .map_err(|error| broken(&error))?,
    };
    if let (What::Renewal, DueOf::Package { id, .. }) = (due.what, item.of) {
        let named = (renewal_of(&item.business, id), fresh_salt()?);
        let renewing = Renewing {
            item,
            named,
            context,
        };
        let settled = settle(&app.store, &renewing).await?;
        let (entry, state) = (settled.entry.is_some(), settled.state);
        let stale = !entry && renewing.fallen(&state)? == Fallen::Stale;
        return ended(app, item, (entry, stale), &state.due).await;
    }
    let falling = Falling { item, context };
    let settled = settle(&app.store, &falling).await?;
    let (entry, state) = (settled.entry.is_some(), settled.state);
    let stale = !entry && falling.fallen(&state)? == Fallen::Stale;
    ended(app, item, (entry, stale), &state).await
}

/// What came of it: whether there is an entry of it and, where there is none, whether it was on the
/// record's agenda.
async fn ended(
    app: &App,
    item: &OnAgenda,
    (entry, stale): (bool, bool),
    state: &DueState,
) -> Result<Outcome, Failure> {
    if entry {
        return Ok(Outcome::Done);
    }
    if stale {
        put_right(app, item, state).await?;
    }
    Ok(Outcome::Nothing)
}

/// Puts on the agenda what falls due of the record later than what was not on its agenda, and the same
/// whenever it does: in another zone it may have fallen due before.
async fn put_right(app: &App, item: &OnAgenda, state: &DueState) -> Result<(), Fault> {
    let (Some(record), Some(settings)) = (&state.record, &state.rules.settings) else {
        return Ok(());
    };
    let mut agenda: Vec<Due> = record.agenda(settings);
    let then = item.due;
    agenda.retain(|due| due.at > then.at || due.what == then.what);
    let (version, now) = (record.version(), app.clock.now());
    app.store
        .move_agenda((&item.business, item.of), (&[], &agenda), version, now)
        .await
}

impl Falling<'_> {
    fn fallen(&self, state: &DueState) -> Result<Fallen, Refusal> {
        let settings = state.rules.settings.as_ref();
        let settings = settings.ok_or(Refusal::SettingsMissing)?;
        let (due, context) = (&self.item.due, &self.context);
        match (&state.record, &state.opportunity) {
            (Some(Record::Package(package)), _) => package_due(package, settings, due, context),
            (Some(Record::Opportunity(opportunity)), _) => {
                opportunity_due(opportunity, &state.rules, due, context)
            }
            (Some(Record::Activity(activity)), Some(opportunity)) => {
                Ok(activity_due(activity, opportunity, due, context))
            }
            (Some(Record::Activity(_)) | None, _) => Ok(Fallen::Stale),
        }
    }
}

impl Mutation for Falling<'_> {
    type State = DueState;

    const STRONG: bool = true;

    /// Always as it is at this moment: that there is nothing to do must be as true as that there is.
    async fn load(&self, store: &Store, _: Consistency) -> Result<Self::State, Fault> {
        store.due_state(&self.context.business, self.item.of).await
    }

    /// What was done is found where it would be put, or is not on the agenda any more.
    fn repeated<'s>(&self, _: &'s Self::State) -> Result<Option<&'s Entry>, Refusal> {
        Ok(None)
    }

    fn decide(&self, state: &Self::State) -> Result<Option<Decision>, Refusal> {
        match self.fallen(state)? {
            Fallen::Decided(decision) => Ok(Some(decision)),
            Fallen::Nothing | Fallen::Stale => Ok(None),
        }
    }

    fn adopt(&self, state: &mut Self::State, package: Package) -> bool {
        match &mut state.record {
            Some(Record::Package(read)) if read.id == package.id => {
                **read = package;
                true
            }
            Some(_) | None => false,
        }
    }
}
