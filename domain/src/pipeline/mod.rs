//! The pipeline: every situation that may end in a sale, and its history.

mod activity;
mod amount;
mod anew;
mod assign;
mod change;
mod close;
mod company;
mod default_scheme;
mod edit;
mod line;
mod move_stage;
mod open;
mod opportunity;
mod position;
mod quota;
mod quote;
mod quotes;
mod reasons;
mod refusal;
mod reopen;
mod rules;
mod save_scheme;
mod scheme;
mod set_lines;
mod status;
mod suspend;

pub use activity::{Activity, ActivityKind, ActivityState};
pub use amount::{AmountPeriod, Earned, MAX_TERM_MONTHS, Recurring};
pub use assign::assign;
pub use change::{OpportunityChange, OpportunityEvent, fold_opportunity};
pub use close::{Closing, close};
pub use company::{Company, CompanyDetails, create_company, edit_company};
pub use default_scheme::default_scheme;
pub use edit::{OpportunityEdit, edit};
pub use line::{
    Discount, Goods, Item, LineDraft, LineItem, MAX_LINES, MAX_QUANTITY, priced, total,
};
pub use move_stage::move_stage;
pub use open::{Opening, OpportunityDraft, open};
pub use opportunity::{
    Assignment, Link, MAX_LINKS, MAX_PLANNED, MAX_QUOTES, MAX_TAGS, Opportunity, Origin, Party,
    Planned, QuoteRef, Recurrence,
};
pub use position::{Effort, Position};
pub use quota::{Attained, Quota, QuotaTarget, QuotaTerms};
pub use quote::{Quote, QuoteLine, QuoteStatus};
pub use quotes::{
    MAX_PACKAGES, QuoteDraft, Quoting, Sending, accept_quote, draft_quote, edit_quote,
    make_primary, reject_quote, revise_quote, send_quote, withdraw_quote,
};
pub use reasons::{PipelineSettings, Reason, change_reasons};
pub use refusal::{Ground, PipelineRefusal};
pub use reopen::reopen;
pub use rules::Rules;
pub(crate) use save_scheme::first_scheme;
pub use save_scheme::{SchemeDraft, archive_scheme, create_scheme, edit_scheme};
pub use scheme::{
    ForecastCategory, MAX_STAGES, Milestone, Phase, Requirement, Stage, StageDraft, StageScheme,
    StageTerms,
};
pub use set_lines::set_lines;
pub use status::{Outcome, Status, Transition};
pub use suspend::{resume, suspend};
