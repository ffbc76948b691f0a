//! The agenda of an activity.

use super::{Due, What};
use crate::pipeline::Activity;

/// When somebody is to be reminded of it, while it is planned.
pub fn activity_agenda(activity: &Activity) -> Vec<Due> {
    let remind_at = activity.remind_at.filter(|_| activity.is_planned());
    let what = What::Reminder;
    remind_at.map(|at| Due { at, what }).into_iter().collect()
}
