//! Pages of a list, and the opaque cursor between them.

use base64::Engine;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use domain::{ActivityId, CompanyId, EntryId, QuotaId, ServiceId, TemplateId};

use crate::keys::{is_name, is_sold, is_version, of_listed, of_to_do};

/// Where a list goes on. It holds a sort key only: the partition always comes from the caller's
/// claims, so that a cursor opens nobody else's list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cursor(String);

/// A text that no list has given out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("this cursor is not one that a list gave out: leave it away to start from the beginning")]
pub struct MalformedCursor;

impl Cursor {
    pub(crate) fn after(sort_key: impl Into<String>) -> Self {
        Self(sort_key.into())
    }

    /// After an entry of a journal.
    pub fn of_entry(entry: EntryId) -> Self {
        Self::after(entry.to_string())
    }

    /// Of a list among several of the same kind.
    pub(crate) fn of_list(list: u32, sort_key: &str) -> Self {
        Self(format!("{list:08x}#{sort_key}"))
    }

    /// The sort key in that list.
    pub(crate) fn sort_key_of(&self, list: u32) -> Option<&str> {
        of_list(&self.0, list)
    }

    pub(crate) fn sort_key(&self) -> &str {
        &self.0
    }

    /// The text that stands for it.
    pub fn encode(&self) -> String {
        BASE64_URL_SAFE_NO_PAD.encode(&self.0)
    }

    /// # Errors
    /// [`MalformedCursor`] unless `list` could have given it out.
    pub fn decode(text: &str, list: List) -> Result<Self, MalformedCursor> {
        let bytes = BASE64_URL_SAFE_NO_PAD
            .decode(text)
            .map_err(|_| MalformedCursor)?;
        let sort_key = String::from_utf8(bytes).map_err(|_| MalformedCursor)?;
        if list.has(&sort_key) {
            Ok(Self(sort_key))
        } else {
            Err(MalformedCursor)
        }
    }
}

/// A list that goes on by cursors.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum List {
    /// The services of a business.
    Services,
    /// Its package templates.
    Templates,
    /// Its customers, by name.
    Customers,
    /// A journal: of a customer, a package or the business.
    Journal,
    /// The packages of a business, or of one customer.
    Packages,
    /// Opportunities, in one of their lists: which, see [`crate::OpportunityFilter::list_of`].
    Opportunities(u32),
    /// The activities of an opportunity.
    Activities,
    /// What somebody is to do: whose, see [`crate::ToDoFilter::list_of`].
    ToDo(u32),
    /// The entries of an opportunity.
    Versions,
    /// The companies of a business.
    Companies,
    /// Its quotas.
    Quotas,
}

impl List {
    fn has(self, sort_key: &str) -> bool {
        match self {
            List::Services => sort_key.parse::<ServiceId>().is_ok(),
            List::Templates => sort_key.parse::<TemplateId>().is_ok(),
            List::Customers => is_name(sort_key),
            List::Journal => sort_key.parse::<EntryId>().is_ok(),
            List::Packages => is_sold(sort_key),
            List::Opportunities(list) => {
                of_list(sort_key, list).is_some_and(|key| of_listed(key).is_some())
            }
            List::Activities => sort_key.parse::<ActivityId>().is_ok(),
            List::ToDo(list) => of_list(sort_key, list).is_some_and(|key| of_to_do(key).is_some()),
            List::Versions => is_version(sort_key),
            List::Companies => sort_key.parse::<CompanyId>().is_ok(),
            List::Quotas => sort_key.parse::<QuotaId>().is_ok(),
        }
    }
}

/// The sort key of a cursor that says of which list it is.
fn of_list(cursor: &str, list: u32) -> Option<&str> {
    cursor.strip_prefix(&format!("{list:08x}#"))
}

/// Which part of a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PageRequest {
    /// After this; none from the beginning.
    pub after: Option<Cursor>,
    /// At most so many, from 1 to 1000.
    pub limit: u16,
}

/// A part of a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Page<T> {
    /// The part.
    pub items: Vec<T>,
    /// Where it goes on; none at the end.
    pub next: Option<Cursor>,
}
