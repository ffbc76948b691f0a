//! What is sold or offered, as clients send it.

use chrono::NaiveDate;
use domain::packages::{Goods, Order};
use domain::{CustomerId, Money, TemplateId};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::sale::Named;
use crate::catalog::TemplateBody;
use crate::edge::{MoneyField, Problem, object_or_null};

/// What is sold or offered to whom: a template, or terms put together for this customer.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = SaleBody)]
pub(crate) struct OrderBody {
    /// The buyer.
    #[schema(value_type = String, example = "cus_01JD2Y3Z4A5B6C7D8E9F0G1H2J")]
    customer_id: CustomerId,
    /// The template, unless there are `terms`.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>, example = "tpl_01JD2Y3Z4A5B6C7D8E9F0G1H2J")]
    template_id: Option<TemplateId>,
    /// Terms of its own, as a template would have them; unless there is a `template_id`.
    #[serde(
        default,
        deserialize_with = "object_or_null",
        skip_serializing_if = "Option::is_none"
    )]
    terms: Option<TemplateBody>,
    /// Offers it: nothing can be used before the offer is accepted.
    #[serde(
        default,
        deserialize_with = "object_or_null",
        skip_serializing_if = "Option::is_none"
    )]
    offer: Option<OfferBody>,
    /// The last day on which it can be used, in place of the validity of the template or terms; at
    /// most ten years ahead.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>, example = "2027-12-31")]
    expires_on: Option<NaiveDate>,
    /// What it costs in place of the price of the template or terms, tax included; of a template only
    /// in an offer.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<MoneyField>)]
    price: Option<Money>,
    /// Which appointments it pays for once it is active; `new_only` if left out.
    #[serde(skip_serializing_if = "Option::is_none")]
    apply_to: Option<ApplyTo>,
}

/// Which appointments a new package pays for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum ApplyTo {
    /// Those that are booked from now on.
    NewOnly,
    /// Also those that are booked by then, for that day or later and unpaid, in the order of their
    /// time.
    ExistingBookings,
}

/// An offer.
#[derive(Debug, Clone, Copy, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = OfferTerms)]
pub(crate) struct OfferBody {
    /// The last day on which it can be accepted; any if left out.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>, example = "2026-12-31")]
    pub(crate) until: Option<NaiveDate>,
}

impl OrderBody {
    /// What it names, what it orders, and whether that is but an offer.
    ///
    /// # Errors
    /// `invalid-body` (422) for a template and terms or neither, or two prices, and for fields that do
    /// not belong to the kind of the terms; then `package-template-contents` (422).
    pub(super) fn parse(self) -> Result<(Named, Order, Option<OfferBody>), Problem> {
        let invalid = |detail| Err(Problem::new(422, "invalid-body", detail));
        let (goods, services) = match (self.template_id, self.terms) {
            (Some(_), None) => (Goods::Template, Vec::new()),
            (None, Some(terms)) => {
                let draft = terms.draft()?;
                if draft.price.is_some() && self.price.is_some() {
                    return invalid("the price is there twice: give it in terms, or beside them");
                }
                let services = draft.contents.services();
                (Goods::Terms(Box::new(draft)), services)
            }
            (Some(_), Some(_)) => {
                return invalid("give template_id or terms: a package is sold as one of them");
            }
            (None, None) => {
                return invalid("say what is sold: template_id, or terms of its own");
            }
        };
        let named = Named {
            customer: self.customer_id,
            template: self.template_id,
            services,
        };
        let order = Order {
            goods,
            price: self.price,
            expires_on: self.expires_on,
            existing_bookings: self.apply_to == Some(ApplyTo::ExistingBookings),
        };
        Ok((named, order, self.offer))
    }
}
