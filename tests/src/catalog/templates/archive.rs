//! POST /v1/package-templates/{id}/archive.

use serde_json::json;

use super::{credit, visits, with};
use crate::harness::{Call, Salon, World};

fn archive(world: &World, template: &str) -> Call {
    world.call("POST", &format!("/v1/package-templates/{template}/archive"))
}

#[tokio::test]
async fn archiving_twice_is_archiving_once() {
    let salon = Salon::open().await;
    let template = salon.template(credit()).await;
    let before = salon.world.journal().await.len();
    let first = archive(&salon.world, &template).send().await;
    assert_eq!((first.status, first.replayed), (200, false));
    assert_eq!(first.etag.as_deref(), Some("\"2\""));
    assert_eq!(first.body["archived"], true);
    let again = archive(&salon.world, &template).send().await;
    assert_eq!((again.status, again.replayed), (200, true));
    assert_eq!((again.body, again.etag), (first.body, first.etag));
    assert_eq!(salon.world.journal().await.len(), before + 1);
}

#[tokio::test]
async fn a_template_that_is_not_there_cannot_be_archived() {
    let world = World::new().await;
    let call = archive(&world, &format!("tpl_{:026}", 7));
    call.refused(404, "package-template-not-found").await;
}

#[tokio::test]
async fn an_archived_template_is_not_sold_but_what_was_sold_stays() {
    let salon = Salon::open().await;
    let template = salon.template(visits(&salon)).await;
    let package = salon.sell(&salon.ayse, &template).await;
    let sold = salon.package(&package).await;
    archive(&salon.world, &template).ok().await;
    let sale = json!({"customer_id": salon.ayse, "template_id": template});
    let sale = salon.world.post("/v1/packages", sale).key("another");
    sale.refused(409, "package-template-archived").await;
    assert_eq!(salon.package(&package).await, sold);
    salon.book("b", &[&salon.manicure], json!("auto")).await;
    assert_eq!(salon.pool(&package).await, (9, 1, 0, 0));
}

#[tokio::test]
async fn an_archived_template_that_is_edited_stays_archived() {
    let salon = Salon::open().await;
    let template = salon.template(credit()).await;
    archive(&salon.world, &template).ok().await;
    let path = format!("/v1/package-templates/{template}");
    let body = with(credit(), "name", json!("Eski Kredi"));
    let edit = salon.world.call("PUT", &path).json(body).if_match(2);
    let edited = edit.ok().await;
    assert_eq!(
        (&edited["name"], &edited["archived"], &edited["version"]),
        (&json!("Eski Kredi"), &json!(true), &json!(3))
    );
}
