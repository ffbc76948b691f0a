//! What happens to customers.

use super::told::told;

told! {
    /// A customer was added.
    CustomerCreated v 1 {}
}
told! {
    /// A person claimed their customer record with an account of their own.
    CustomerClaimed v 1 {}
}
told! {
    /// The person behind a customer was erased: whoever copied anything of them erases it too.
    CustomerErased v 1 {}
}
