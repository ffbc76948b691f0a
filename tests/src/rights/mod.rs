//! Who may do what, on every route of template.yaml: by role, by customer, by business, by token.

mod customers;
mod roles;
pub(crate) mod table;
mod tenants;
mod tokens;
