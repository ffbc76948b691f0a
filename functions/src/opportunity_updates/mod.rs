//! The `opportunity-updates` function: the pipeline.

mod activities;
mod assign;
mod change;
mod close;
mod companies;
mod customer_page;
mod duplicate;
mod edit;
mod fields;
mod get;
mod held;
mod journal;
mod line;
mod lines;
mod links;
mod list;
mod open;
mod parts;
mod quota;
mod quotas;
mod quotes;
mod reasons;
mod renewal;
mod reopen;
mod resume;
mod schemes;
mod stage;
mod suspend;
mod view;

pub(crate) use held::OpportunityHeldView;
pub(crate) use renewal::renewal_of;
pub(crate) use view::OpportunityView;

use crate::Function;
use crate::operation::{Operation, operations};
use crate::run::BODY_BYTES;

/// The function.
pub const FUNCTION: Function = Function {
    name: "opportunity-updates",
    operations,
    body_bytes: BODY_BYTES,
};

fn operations() -> Vec<Operation> {
    operations![
        list::list,
        open::open,
        get::get,
        edit::edit,
        stage::stage,
        close::close,
        suspend::suspend,
        resume::resume,
        reopen::reopen,
        assign::assign,
        lines::lines,
        links::link,
        links::unlink,
        duplicate::duplicate,
        reasons::get::get,
        reasons::put::put,
        schemes::list::list,
        schemes::create::create,
        schemes::get::get,
        schemes::edit::edit,
        schemes::archive::archive,
        companies::list::list,
        companies::create::create,
        companies::get::get,
        companies::edit::edit,
        activities::list,
        activities::log,
        activities::change,
        activities::complete,
        activities::cancel,
        activities::to_do,
        journal::journal,
        customer_page::customer_page,
        quota::quota,
        renewal::renewal,
        quotas::list::list,
        quotas::create::create,
        quotas::get::get,
        quotas::edit::edit,
        quotas::close::close,
        quotes::list::list,
        quotes::draft::draft,
        quotes::get::get,
        quotes::edit::edit,
        quotes::send::send,
        quotes::primary::primary,
        quotes::revise::revise,
        quotes::withdraw::withdraw,
        quotes::reject::reject,
        quotes::accept::accept,
    ]
}
