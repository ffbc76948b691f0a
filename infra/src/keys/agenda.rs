//! The keys of what falls due.

use chrono::NaiveDate;
use domain::due::{Due, DueOf, Since, What};
use domain::{BusinessId, Instant};

use super::{Key, sold_at};
use crate::digest::derived_bytes;

/// Into how many partitions a month is spread.
pub(crate) const SHARDS: u8 = 8;

/// What every partition of the agenda begins with.
pub(crate) const AGENDA_PREFIX: &str = "DUE#";

/// Partition of what falls due in the month of a day, in UTC: of one record always the same.
pub(crate) fn agenda(day: NaiveDate, shard: u8) -> String {
    format!("{AGENDA_PREFIX}{}#{shard}", day.format("%Y-%m"))
}

/// Which partition of a month a record's is.
pub(crate) fn shard_of(business: &BusinessId, of: DueOf) -> u8 {
    let [first, ..] = derived_bytes(&[business.as_str(), &of.to_string()]);
    first % SHARDS
}

/// Where something stands on the agenda of a day.
pub(crate) fn on_agenda(day: NaiveDate, business: &BusinessId, of: DueOf, due: Due) -> Key {
    let at = sold_at(due.at);
    let what = due.what.name();
    Key::new(
        agenda(day, shard_of(business, of)),
        format!("{at}#{business}#{of}#{what}"),
    )
}

/// After everything that is due at an instant, and before what is due later.
pub(crate) fn after_due_at(at: Instant) -> String {
    format!("{}#~", sold_at(at))
}

/// The instant that the sort key of something on the agenda begins with.
pub(crate) fn due_at(sk: &str) -> &str {
    sk.split_once('#').map_or(sk, |(at, _)| at)
}

/// The business and the record in the sort key of something on the agenda.
pub(crate) fn due_of(sk: &str) -> &str {
    let of = sk.split_once('#').map_or(sk, |(_, of)| of);
    of.rsplit_once('#').map_or(of, |(of, _)| of)
}

/// Partition of what was set aside because it failed again and again.
pub(crate) fn set_aside() -> String {
    format!("{AGENDA_PREFIX}SET-ASIDE")
}

/// Partition of the businesses whose agenda is made anew.
pub(crate) fn agendas_anew() -> String {
    format!("{AGENDA_PREFIX}ANEW")
}

/// How far the agenda of a business is made anew.
pub(crate) fn agenda_anew(business: &BusinessId) -> Key {
    Key::new(agendas_anew(), business.as_str())
}

/// From which day on the agenda is worked off.
pub(crate) fn agenda_reached() -> Key {
    Key::new(format!("{AGENDA_PREFIX}REACHED"), "DAY")
}

/// The key of the entry that tells that something fell due.
pub(crate) fn notice(business: &BusinessId, of: DueOf, what: What, since: Since) -> Key {
    let since = match since {
        Since::Day(day) => day.to_string(),
        Since::Moment(at) => sold_at(at),
    };
    let what = what.name();
    Key::new(format!("B#{business}#N#{of}"), format!("{since}#{what}"))
}
