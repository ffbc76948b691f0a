//! The pipeline: every situation that may end in a sale, and its history.

mod activity;
mod activity_draft;
mod advance;
mod amount;
mod anew;
mod assign;
mod cancel_activity;
mod change;
mod change_activity;
mod close;
mod company;
mod complete_activity;
mod default_scheme;
mod duplicate;
mod edit;
mod line;
mod links;
mod log_activity;
mod move_stage;
mod open;
mod opportunity;
mod parties;
mod plan_activity;
mod position;
mod quota;
mod quote;
mod quotes;
mod reasons;
mod refusal;
mod renew;
mod reopen;
mod rules;
mod save_quota;
mod save_scheme;
mod scheme;
mod set_lines;
mod set_quota;
mod status;
mod suspend;

pub use activity::{Activity, ActivityKind, ActivityState, MAX_WITH};
pub use activity_draft::ActivityDraft;
pub use advance::{advance, milestones};
pub use amount::{AmountPeriod, Earned, MAX_TERM_MONTHS, Recurring};
pub use assign::assign;
pub use cancel_activity::cancel_activity;
pub use change::{OpportunityChange, OpportunityEvent, fold_opportunity};
pub use change_activity::{ActivityEdit, change_activity};
pub use close::{Closing, close};
pub use company::{Company, CompanyDetails, create_company, edit_company};
pub use complete_activity::{Completion, complete_activity};
pub use default_scheme::default_scheme;
pub use duplicate::duplicate;
pub use edit::{OpportunityEdit, edit};
pub use line::{
    Discount, Goods, Item, LineDraft, LineItem, MAX_LINES, MAX_QUANTITY, priced, total,
};
pub use links::{link, unlink};
pub use log_activity::log_activity;
pub use move_stage::move_stage;
pub use open::{Opening, OpportunityDraft, open};
pub use opportunity::{
    Assignment, Link, MAX_LINKS, MAX_PLANNED, MAX_QUOTES, MAX_TAGS, Opportunity, Origin, Party,
    Planned, QuoteRef, Recurrence,
};
pub use parties::Parties;
pub use plan_activity::{Plan, plan_activity};
pub use position::{Effort, Position};
pub use quota::{Attained, Counted, Quota, QuotaTarget, QuotaTerms};
pub use quote::{Quote, QuoteLine, QuoteStatus};
pub use quotes::{
    MAX_PACKAGES, QuoteDraft, Quoting, Sending, accept_quote, draft_quote, edit_quote,
    make_primary, reject_quote, revise_quote, send_quote, withdraw_quote,
};
pub use reasons::{PipelineSettings, Reason, change_reasons};
pub use refusal::{Ground, PipelineRefusal};
pub(crate) use renew::renewable_on;
pub use renew::{predicted_day, renew, used_up_on};
pub use reopen::reopen;
pub use rules::Rules;
pub use save_quota::{close_quota, create_quota, edit_quota};
pub(crate) use save_scheme::first_scheme;
pub use save_scheme::{SchemeDraft, archive_scheme, create_scheme, edit_scheme};
pub use scheme::{
    ForecastCategory, MAX_STAGES, Milestone, Phase, Requirement, Stage, StageDraft, StageScheme,
    StageTerms,
};
pub use set_lines::set_lines;
pub use set_quota::set_quota;
pub use status::{Outcome, Status, Transition};
pub use suspend::{resume, suspend};
