//! A request that comes again, and another request under its key.

use domain::Refusal;
use domain::catalog::create_service;

use crate::fixtures::*;

#[test]
fn a_repeated_request_is_known_again_and_another_one_is_refused() {
    let terms = service(1, lira(1)).terms;
    let entry = create_service(terms, svc(1), &context(now())).entry;
    let again = context(now() + days(1));
    let mut another = context(now());
    another.fingerprint = "f2".parse().unwrap();

    assert_eq!(again.repeated(None), Ok(None));
    assert_eq!(again.repeated(Some(&entry)), Ok(Some(&entry)));
    assert_eq!(another.repeated(Some(&entry)), Err(Refusal::KeyReused));

    assert_eq!(again.repeated_edit(None), None);
    assert_eq!(again.repeated_edit(Some(&entry)), Some(&entry));
    assert_eq!(another.repeated_edit(Some(&entry)), None);
}
