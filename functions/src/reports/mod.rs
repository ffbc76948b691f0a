//! The `reports` function: what the sums tell, as JSON or CSV. docs/reports.md defines every figure.

mod basis;
mod breakage;
mod days;
mod forecast;
mod format;
mod funnel;
mod liability;
mod pipeline;
mod representatives;
mod roll_forward;
mod sales;
mod utilisation;
mod wins;
mod wins_lines;

pub(crate) use format::basis_points;

use crate::Function;
use crate::operation::{Operation, operations};
use crate::run::BODY_BYTES;

/// The function.
pub const FUNCTION: Function = Function {
    name: "reports",
    operations,
    body_bytes: BODY_BYTES,
};

fn operations() -> Vec<Operation> {
    operations![
        liability::liability,
        roll_forward::roll_forward,
        sales::sales,
        utilisation::utilisation,
        breakage::breakage,
        pipeline::pipeline,
        forecast::forecast,
        wins::wins,
        funnel::funnel,
        representatives::representatives,
    ]
}
