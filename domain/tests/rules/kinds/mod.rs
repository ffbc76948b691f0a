//! What the kinds of packages do that visits and credit for ever do not.

mod bundle;
mod first_use;
mod paid;
mod pass;
mod terms;
mod value;

use domain::calendar::Validity;
use domain::catalog::{Contents, Extras, TemplateDraft, create_template};
use domain::packages::{Order, Package, sell};
use domain::{Context, Money, Put};

use crate::fixtures::*;

/// A draft over services 1 (300.00 lira), 2 (500.00 lira) and 3 (200.00 lei).
fn drafted(contents: Contents, price: Option<Money>, validity: Option<Validity>) -> TemplateDraft {
    TemplateDraft {
        price,
        validity,
        ..draft(contents, None)
    }
}

/// Package 1 of this draft, sold to customer 1 at `context`.
pub(crate) fn sold_as(draft: TemplateDraft, context: &Context) -> Package {
    let services = holdings(Vec::new()).services;
    let created = create_template(draft, &services, tpl(1), context).unwrap();
    let [Put::Template(template)] = created.puts.as_slice() else {
        unreachable!("one template: {created:?}");
    };
    let (sale, order) = (sale(template.clone()), Order::of_template());
    let sold = sell(&sale, &order, pkg(1), context).unwrap();
    match sold.puts.as_slice() {
        [Put::Package(package)] => package.clone(),
        puts => unreachable!("one package: {puts:?}"),
    }
}

fn with_extras(draft: TemplateDraft, extras: Extras) -> TemplateDraft {
    TemplateDraft { extras, ..draft }
}
