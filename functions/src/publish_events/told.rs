//! The events of one entry, in order.

use chrono::SecondsFormat;
use domain::journal::Entry;
use domain::{Instant, Role};
use events::Contract;
use events::out::{self, Sequence, Told};
use infra::{Fault, Notice};

/// The events of an entry in the making. The first has the entry's id; each other one has an id of its
/// own that is made of the entry's, what it is and what it is about, so that it is the same whenever it is
/// told.
pub(super) struct Tellings<'e> {
    pub(super) entry: &'e Entry,
    told: Vec<Notice>,
}

impl<'e> Tellings<'e> {
    /// None yet.
    pub(super) fn of(entry: &'e Entry) -> Self {
        Self {
            entry,
            told: Vec::new(),
        }
    }

    /// Those that were made.
    pub(super) fn all(self) -> Vec<Notice> {
        self.told
    }

    /// Tells one more, of the customer of the entry unless it is another.
    ///
    /// # Errors
    /// [`Fault::Broken`] for one that JSON cannot express.
    pub(super) fn tell<C: Contract>(
        &mut self,
        customer: Option<String>,
        sequence: Option<Sequence>,
        event: impl FnOnce(Told) -> C,
    ) -> Result<(), Fault> {
        let entry = self.entry;
        let entry_id = entry.id.to_string();
        let id = match (self.told.is_empty(), &sequence) {
            (true, _) => entry_id.clone(),
            (false, None) => format!("{entry_id}:{}", C::DETAIL_TYPE),
            (false, Some(sequence)) => format!("{entry_id}:{}:{}", C::DETAIL_TYPE, sequence.of),
        };
        // What is told of several pools of one package.
        let alike = |told: &&Notice| told.id == id || told.id.starts_with(&format!("{id}:"));
        let id = match self.told.iter().skip(1).filter(alike).count() {
            0 => id,
            before => format!("{id}:{}", before + 1),
        };
        let told = Told {
            id: id.clone(),
            entry_id,
            at: time(entry.at),
            business_id: entry.business.to_string(),
            actor: out::Actor {
                id: entry.actor.id.to_string(),
                role: role(entry.actor.role),
            },
            cause: entry.cause.to_string(),
            customer_id: customer.or(entry.customer.map(|customer| customer.to_string())),
            sequence,
        };
        let detail = serde_json::to_string(&event(told)).map_err(|error| Fault::Broken {
            cause: format!("event {id}: {error}"),
        })?;
        self.told.push(Notice {
            id,
            detail_type: C::DETAIL_TYPE,
            at: entry.at,
            detail,
        });
        Ok(())
    }
}

/// An instant as events have it.
pub(super) fn time(at: Instant) -> String {
    at.to_rfc3339_opts(SecondsFormat::Millis, true)
}

fn role(role: Role) -> out::Role {
    match role {
        Role::Owner => out::Role::Owner,
        Role::Staff => out::Role::Staff,
        Role::Sales => out::Role::Sales,
        Role::Machine => out::Role::Machine,
        Role::Customer => out::Role::Customer,
    }
}
