//! The account that direct debits go to.

use serde_json::json;

use super::plans::creditor;
use crate::harness::Salon;

#[tokio::test]
async fn the_account_is_set_once_then_edited_and_never_shown_whole() {
    let salon = Salon::open().await;
    let path = "/v1/settings/creditor";
    salon.world.get(path).refused(404, "creditor-missing").await;
    let put = || salon.world.call("PUT", path).json(creditor());
    let first = put().send().await;
    assert_eq!((first.status, first.etag.as_deref()), (200, Some("\"1\"")));
    let shown = json!({
        "name": "Gül Güzellik", "iban": "DE…3000", "bic": null,
        "creditor_id": "DE98ZZZ09999999999",
    });
    assert_eq!(first.body, shown);
    assert_eq!(salon.world.get(path).ok().await, shown);
    let again = put().send().await;
    assert_eq!((again.status, again.replayed), (200, true));
    let mut other = creditor();
    other["name"] = json!("Gül");
    let edit = || salon.world.call("PUT", path).json(other.clone());
    edit().refused(412, "version-mismatch").await;
    edit().if_match(2).refused(412, "version-mismatch").await;
    let edited = edit().if_match(1).send().await;
    assert_eq!(
        (edited.status, edited.etag.as_deref()),
        (200, Some("\"2\""))
    );
    assert_eq!(edited.body["name"], "Gül");
    for (field, bad) in [
        ("iban", "DE00"),
        ("creditor_id", "DE97ZZZ09999999999"),
        ("bic", "x"),
    ] {
        let mut body = creditor();
        body[field] = json!(bad);
        let call = salon.world.call("PUT", path).json(body).if_match(2);
        call.refused(422, "invalid-body").await;
    }
}
