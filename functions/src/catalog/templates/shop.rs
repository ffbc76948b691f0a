//! What customers can buy themselves.

use axum::extract::State;
use domain::catalog::{Kind, Template};
use domain::{Colour, Money, Name, TemplateId};
use infra::List;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{CapsField, CoverView, DepositField, InstalmentsField, TemplateView, ValidityField};
use crate::App;
use crate::edge::{Answer, Caller, ListQuery, MoneyField, PageOf, Problem, Problems, Query, Right};

/// A package template as a customer sees it in the shop.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[schema(as = ShopPackageTemplate)]
pub(crate) struct ShopView {
    /// Its id.
    #[schema(value_type = String)]
    id: TemplateId,
    /// What it is called.
    #[schema(value_type = String)]
    name: Name,
    /// `visits`, `bundle`, `credit` or `pass`.
    #[schema(value_type = String)]
    kind: Kind,
    /// Its colour.
    #[schema(value_type = String)]
    colour: Colour,
    /// What the business files it under.
    #[schema(value_type = Option<String>)]
    category: Option<Name>,
    /// What it costs, tax included.
    #[schema(value_type = MoneyField)]
    price: Money,
    /// What its services cost one by one; null where that cannot be said.
    #[schema(value_type = Option<MoneyField>)]
    list_price: Option<Money>,
    /// How much less it costs; null for nothing.
    #[schema(value_type = Option<MoneyField>)]
    discount: Option<Money>,
    /// Hundredths of a per cent.
    tax_basis_points: u16,
    /// How long it is valid; null is for ever.
    validity: Option<ValidityField>,
    /// Days that it can be used after it has expired.
    grace_days: u16,
    /// For visits: how many.
    quantity: Option<u64>,
    /// For credit: how much.
    #[schema(value_type = Option<MoneyField>)]
    credit: Option<Money>,
    /// For a pass: how often it may be used; null is without limit.
    caps: Option<CapsField>,
    /// What it pays for; null is everything.
    services: Option<Vec<CoverView>>,
    /// Whether units may be given to another customer.
    transferable: bool,
    /// How many others may redeem from it.
    max_members: u8,
    /// Whether units can be redeemed only as far as they are paid.
    redeem_up_to_paid: bool,
    /// What has to be paid before it can be used; null is all of the price.
    deposit: Option<DepositField>,
    /// How the rest is paid after a deposit; null is at any time.
    instalments: Option<InstalmentsField>,
}

impl From<Template> for ShopView {
    fn from(template: Template) -> Self {
        let view = TemplateView::from(template);
        Self {
            id: view.id,
            name: view.name,
            kind: view.kind,
            colour: view.colour,
            category: view.category,
            price: view.price,
            list_price: view.list_price,
            discount: view.discount,
            tax_basis_points: view.tax_basis_points,
            validity: view.validity,
            grace_days: view.grace_days,
            quantity: view.quantity,
            credit: view.credit,
            caps: view.caps,
            services: view.services,
            transferable: view.transferable,
            max_members: view.max_members,
            redeem_up_to_paid: view.redeem_up_to_paid,
            // Without a deposit all of it has to be paid first: nothing is left for instalments.
            instalments: view.instalments.filter(|_| view.deposit.is_some()),
            deposit: view.deposit,
        }
    }
}

/// The package templates that customers can buy themselves, in order of id: `POST /v1/me/packages`.
#[utoipa::path(get, path = "/v1/shop/package-templates", tag = "catalog", params(ListQuery),
    responses((status = 200, body = PageOf<ShopView>), Problems))]
pub(crate) async fn shop(
    State(app): State<App>,
    caller: Caller,
    Query(query): Query<ListQuery>,
) -> Result<Answer<PageOf<ShopView>>, Problem> {
    caller.may(Right::ReadServices)?;
    let page = query.page(List::Templates)?;
    let templates = app.store.online_templates(&caller.business, &page).await?;
    Ok(Answer::ok(PageOf::of(templates, ShopView::from)))
}
