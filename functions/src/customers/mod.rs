//! The `customers` function: the people a business serves.

mod claim;
mod create;
mod edit;
mod erase;
mod export;
mod find;
mod get;
mod me;
mod salted;

use chrono::{DateTime, Utc};
use domain::customers::Customer;
use domain::packages::Package;
use domain::{CustomerId, Email, Name, Phone};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::Function;
use crate::operation::{Operation, operations};
use crate::run::BODY_BYTES;

pub(crate) use claim::bind;
pub(crate) use create::{enter, put};

/// The function.
pub const FUNCTION: Function = Function {
    name: "customers",
    operations,
    body_bytes: BODY_BYTES,
};

fn operations() -> Vec<Operation> {
    operations![
        find::find,
        create::create,
        get::get,
        edit::edit,
        me::me,
        claim::claim,
        export::export,
        erase::erase,
    ]
}

/// A customer.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[schema(as = Customer)]
pub struct CustomerView {
    /// Its id.
    #[schema(value_type = String)]
    pub id: CustomerId,
    /// Their name.
    #[schema(value_type = String)]
    pub name: Name,
    /// Their e-mail address.
    #[schema(value_type = Option<String>)]
    pub email: Option<Email>,
    /// Their phone number.
    #[schema(value_type = Option<String>)]
    pub phone: Option<Phone>,
    /// Whether an account is bound to the record.
    pub claimed: bool,
    /// When the record was made.
    pub created_at: DateTime<Utc>,
    /// When the person was erased, and all of the above with them but the id; null for everyone else.
    pub erased_at: Option<DateTime<Utc>>,
    /// Counts the edits; the ETag.
    pub version: u64,
}

/// A customer, and since when.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[schema(as = CustomerProfile)]
pub struct ProfileView {
    #[serde(flatten)]
    /// The record.
    pub customer: CustomerView,
    /// When the first package was sold, or the first quote of services alone accepted; null for a lead.
    pub customer_since: Option<DateTime<Utc>>,
}

impl From<Customer> for CustomerView {
    fn from(customer: Customer) -> Self {
        Self {
            id: customer.id,
            name: customer.details.name,
            email: customer.details.email,
            phone: customer.details.phone,
            claimed: customer.account.is_some(),
            created_at: customer.created_at,
            erased_at: customer.erased_at,
            version: customer.version,
        }
    }
}

impl ProfileView {
    fn of(customer: Customer, packages: &[Package]) -> Self {
        let sold = packages.iter().filter(|package| package.is_sold());
        let sold = sold.map(Package::agreed_at);
        let customer_since = sold.chain(customer.won_at).min();
        Self {
            customer: customer.into(),
            customer_since,
        }
    }
}
