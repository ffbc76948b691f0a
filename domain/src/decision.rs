//! What a verb is given beside the state, and what it answers.

use std::collections::BTreeMap;

use chrono::TimeDelta;
use serde::{Deserialize, Serialize};

use crate::catalog::{Service, Template};
use crate::customers::{Customer, MandateRecord};
use crate::journal::{Entry, Fact, Line};
use crate::packages::Package;
use crate::pipeline::{
    Activity, Company, Counted, Opportunity, PipelineSettings, Quota, Quote, StageScheme,
};
use crate::settings::{CreditorRecord, Settings};
use crate::{
    ActorId, BusinessId, Cause, CustomerId, EntryId, EntryKey, Fingerprint, Instant, OpportunityId,
    PackageId, QuotaId, Refusal,
};

/// Which part someone plays in a business.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Role {
    /// Runs the business: catalogue, settings and everything below.
    Owner,
    /// Serves customers: bookings, completions, sales.
    Staff,
    /// Sells: customers and packages.
    Sales,
    /// Another system, with scopes.
    Machine,
    /// A customer, for themselves.
    Customer,
}

/// Who acts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Actor {
    /// The token's subject.
    pub id: ActorId,
    /// The part they play.
    pub role: Role,
}

impl Actor {
    /// This system itself, where nobody acts: a machine called carnet.
    pub fn carnet() -> Self {
        Self {
            id: ActorId::carnet(),
            role: Role::Machine,
        }
    }
}

/// The surroundings of one decision. Time and ids are arguments: the domain has no clock.
#[derive(Debug, Clone)]
pub struct Context {
    /// The tenant.
    pub business: BusinessId,
    /// Who acts.
    pub actor: Actor,
    /// The present, to the millisecond.
    pub now: Instant,
    /// Randomness for the entry's id.
    pub random: u128,
    /// What the request was, so that a repeated one is known again.
    pub fingerprint: Fingerprint,
    /// What made this happen.
    pub cause: Cause,
}

impl Context {
    /// The entry found under this request's key, if it is this very request's.
    ///
    /// # Errors
    /// [`Refusal::KeyReused`] when another request was there before.
    pub fn repeated<'e>(&self, found: Option<&'e Entry>) -> Result<Option<&'e Entry>, Refusal> {
        match found {
            Some(entry) if entry.fingerprint != self.fingerprint => Err(Refusal::KeyReused),
            Some(_) | None => Ok(found),
        }
    }

    /// The entry that put the version this edit would put, if it was this very edit. Another edit's
    /// is no reuse of a key: the version mismatch says what there is to say.
    pub fn repeated_edit<'e>(&self, found: Option<&'e Entry>) -> Option<&'e Entry> {
        found.filter(|entry| entry.fingerprint == self.fingerprint)
    }

    /// The same by a customer who is named by their record: for entries that are about no customer.
    pub(crate) fn naming(&self, customer: CustomerId) -> Self {
        Self {
            actor: self.named_actor(Some(customer)),
            ..self.clone()
        }
    }

    /// Who acts, as the journal names them: a customer by their record alone. Their account is personal
    /// data, and the journal outlives the person.
    fn named_actor(&self, customer: Option<CustomerId>) -> Actor {
        match (self.actor.role, customer) {
            (Role::Customer, Some(customer)) => Actor {
                id: customer.into(),
                role: Role::Customer,
            },
            (Role::Owner | Role::Staff | Role::Sales | Role::Machine | Role::Customer, _) => {
                self.actor.clone()
            }
        }
    }

    /// The journal entry of this decision. It comes after `last_change` of the packages it touches,
    /// also within one millisecond and with a clock that is behind, so that the order of the ids is
    /// each package's order.
    pub(crate) fn entry(
        &self,
        customer: Option<CustomerId>,
        fact: Fact,
        lines: Vec<Line>,
        last_change: Option<Instant>,
    ) -> Entry {
        let at = last_change.map_or(self.now, |last| {
            self.now.max(last + TimeDelta::milliseconds(1))
        });
        Entry {
            id: EntryId::new(at, self.random),
            at,
            business: self.business.clone(),
            customer,
            actor: self.named_actor(customer),
            cause: self.cause.clone(),
            fingerprint: self.fingerprint.clone(),
            fact,
            lines,
            also: Vec::new(),
            standings: Vec::new(),
            told_at: None,
        }
    }
}

/// A record to be written whole. Version 1 must not exist yet; version n replaces version n − 1.
#[expect(
    clippy::large_enum_variant,
    reason = "a decision has a handful of them"
)]
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Put {
    /// The business's settings.
    Settings(Settings),
    /// A service.
    Service(Service),
    /// A package template.
    Template(Template),
    /// A customer and, for an edit, what was there before, so that its look-ups can follow.
    Customer {
        /// The record as it was.
        before: Option<Customer>,
        /// The record as it becomes.
        after: Customer,
    },
    /// A package as sold or offered. Later changes of a package are the entry's lines and standings,
    /// nothing else.
    Package(Package),
    /// What a payment at a payment provider is for: nothing else, once this is written.
    PaidOnline {
        /// A digest of the provider and what it calls the payment.
        name: Fingerprint,
        /// The package.
        package: PackageId,
    },
    /// A member is pointed to a package that they may redeem from.
    Share {
        /// The package.
        package: PackageId,
        /// Who holds it.
        holder: CustomerId,
        /// Who may redeem from it.
        member: CustomerId,
    },
    /// A member is pointed to a package no longer.
    Unshare {
        /// The package.
        package: PackageId,
        /// Who holds it.
        holder: CustomerId,
        /// Who no longer may.
        member: CustomerId,
    },
    /// A customer's mandate, or that there is none any more.
    Mandate(CustomerId, MandateRecord),
    /// The account that direct debits go to.
    Creditor(CreditorRecord),
    /// The settings of the pipeline.
    PipelineSettings(PipelineSettings),
    /// A stage scheme.
    Scheme(StageScheme),
    /// That the n-th thing happens to the business's stage schemes: one sequence for all of them, so that
    /// none is decided on what another has changed.
    SchemeStep(u64),
    /// An opportunity.
    Opportunity(Box<Opportunity>),
    /// A revision of a quote.
    Quote(Box<Quote>),
    /// An activity.
    Activity(Box<Activity>),
    /// A company.
    Company(Company),
    /// A quota.
    Quota(Quota),
    /// What a quota knows of an opportunity that counts for it.
    Counted(QuotaId, Counted),
    /// An opportunity counts for a quota no longer.
    Uncounted(QuotaId, OpportunityId),
}

/// What a verb decides: exactly one journal entry, the key it goes under, and records to write.
/// Packages change by the entry's lines and standings alone, so the state is the fold of the journal by
/// construction.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decision {
    /// Where the entry goes; taken once.
    pub key: EntryKey,
    /// What is recorded.
    pub entry: Entry,
    /// Who holds each package that the entry touches.
    pub holders: BTreeMap<PackageId, CustomerId>,
    /// Records to write beside it.
    pub puts: Vec<Put>,
    /// The other entries of a series, each under its own key: all are written or none.
    pub series: Vec<(EntryKey, Entry)>,
    /// Quotas that something is linked to or taken from. Each must not have been closed, and whoever
    /// closes or edits one at the same moment does so on what it is after this, or before.
    pub counting: Vec<QuotaId>,
}

impl Decision {
    /// A decision that touches no package.
    pub(crate) fn of_records(key: EntryKey, entry: Entry, puts: Vec<Put>) -> Self {
        Self {
            key,
            entry,
            holders: BTreeMap::new(),
            puts,
            series: Vec::new(),
            counting: Vec::new(),
        }
    }

    /// The same, told by another system as having happened then; none where it was asked for here.
    #[must_use]
    pub fn told(mut self, at: Option<Instant>) -> Self {
        self.entry.told_at = at;
        self
    }

    /// The opportunity that is decided on, as it becomes.
    pub fn opportunity(&self) -> Option<&Opportunity> {
        self.puts.iter().find_map(|put| match put {
            Put::Opportunity(opportunity) => Some(&**opportunity),
            Put::Settings(_)
            | Put::Service(_)
            | Put::Template(_)
            | Put::Customer { .. }
            | Put::Package(_)
            | Put::PaidOnline { .. }
            | Put::Share { .. }
            | Put::Unshare { .. }
            | Put::Mandate(..)
            | Put::Creditor(_)
            | Put::PipelineSettings(_)
            | Put::SchemeStep(_)
            | Put::Scheme(_)
            | Put::Quote(_)
            | Put::Activity(_)
            | Put::Company(_)
            | Put::Quota(_)
            | Put::Counted(..)
            | Put::Uncounted(..) => None,
        })
    }

    /// The activity that is decided on, as it becomes.
    pub fn activity(&self) -> Option<&Activity> {
        self.puts.iter().find_map(|put| {
            if let Put::Activity(activity) = put {
                return Some(&**activity);
            }
            None
        })
    }

    /// Every entry, in order, with the key it goes under.
    pub fn entries(&self) -> impl Iterator<Item = (&EntryKey, &Entry)> {
        let others = self.series.iter().map(|(key, entry)| (key, entry));
        std::iter::once((&self.key, &self.entry)).chain(others)
    }
}
