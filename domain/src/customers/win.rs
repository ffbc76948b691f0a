//! A lead becomes a customer without a package.

use super::{Customer, create};
use crate::journal::Fact;
use crate::{Context, Decision};

/// Notes that services were sold to the customer; none where that is known. A package that is sold says
/// so itself.
pub(crate) fn win(present: &Customer, context: &Context) -> Option<Decision> {
    if present.won_at.is_some() {
        return None;
    }
    let after = Customer {
        won_at: Some(context.now),
        version: present.version + 1,
        ..present.clone()
    };
    let fact = Fact::CustomerEdited(vec!["customer_since".to_owned()]);
    Some(create::saved(Some(present), after, fact, context))
}
