//! The agenda of an opportunity.

use chrono::{Days, NaiveDate};
use chrono_tz::Tz;

use super::{Due, What};
use crate::calendar::start_of_day;
use crate::pipeline::{Opportunity, QuoteStatus, Status};

/// How many days before it a close date is near.
pub const CLOSE_NEAR_DAYS: u64 = 7;

/// Undecided: when its quotes lapse; open: when its close date is near; resting: when it is resumed. All
/// at the beginning of the day in the business's zone.
pub fn opportunity_agenda(opportunity: &Opportunity, zone: Tz) -> Vec<Due> {
    let position = &opportunity.position;
    let begins = |day: Option<NaiveDate>, what: What| {
        let at = day.and_then(|day| start_of_day(day, zone));
        at.map(|at| Due { at, what })
    };
    let mut agenda = Vec::new();
    if !position.status.is_closed() {
        let sent = opportunity.quotes.iter();
        let sent = sent.filter(|quote| quote.status == QuoteStatus::Sent);
        agenda.extend(sent.filter_map(|quote| {
            let after = quote.valid_until?.succ_opt();
            begins(after, What::QuoteLapse(quote.id))
        }));
    }
    match position.status {
        Status::Open => {
            let near = position.expected_close_on;
            let near = near.checked_sub_days(Days::new(CLOSE_NEAR_DAYS));
            agenda.extend(begins(near, What::CloseDate));
        }
        Status::Suspended => agenda.extend(begins(opportunity.resume_on, What::Resumption)),
        Status::Won | Status::Lost | Status::Abandoned => {}
    }
    agenda
}
