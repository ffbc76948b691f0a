//! GET /v1/packages/{id}/journal.

use serde_json::{Value, json};

use super::{at, check_pages, facts};
use crate::harness::{ACCOUNTS, Salon};

/// Two packages of Ayşe's, drawn by turns, and a booking that draws both.
async fn busy() -> (Salon, String, String) {
    let salon = Salon::open().await;
    at(&salon, 1);
    let manicures = salon.sell_visits(10, &[&salon.manicure]).await;
    at(&salon, 2);
    let massages = salon.sell_visits(5, &[&salon.massage]).await;
    for (minute, id, services) in [
        (3, "m-1", vec![&salon.manicure]),
        (4, "both", vec![&salon.manicure, &salon.massage]),
        (5, "g-1", vec![&salon.massage]),
    ] {
        at(&salon, minute);
        let services: Vec<&str> = services.iter().map(|id| id.as_str()).collect();
        salon.book(id, &services, json!("auto")).await;
    }
    at(&salon, 6);
    salon.resolve("m-1", "complete").await;
    at(&salon, 7);
    salon.resolve("g-1", "cancel").await;
    (salon, manicures, massages)
}

async fn journal(salon: &Salon, package: &str) -> Vec<Value> {
    let path = format!("/v1/packages/{package}/journal?limit=100");
    salon.world.pages(&path).await.concat()
}

#[tokio::test]
async fn a_package_s_journal_tells_what_moved_its_units_and_nothing_else() {
    let (salon, manicures, massages) = busy().await;
    let told = journal(&salon, &manicures).await;
    assert_eq!(
        facts(&told),
        ["completed", "booked", "booked", "package-sold"]
    );
    let bookings: Vec<Option<&str>> = told.iter().map(|e| e["booking_id"].as_str()).collect();
    assert_eq!(bookings, [Some("m-1"), Some("both"), Some("m-1"), None]);
    let told = journal(&salon, &massages).await;
    assert_eq!(
        facts(&told),
        ["cancelled", "booked", "booked", "package-sold"]
    );
    let bookings: Vec<Option<&str>> = told.iter().map(|e| e["booking_id"].as_str()).collect();
    assert_eq!(bookings, [Some("g-1"), Some("g-1"), Some("both"), None]);
}

#[tokio::test]
async fn the_lines_of_a_package_s_journal_lead_to_its_present_balance() {
    let (salon, manicures, massages) = busy().await;
    for package in [&manicures, &massages] {
        let mut told = journal(&salon, package).await;
        told.reverse();
        let lines = told
            .iter()
            .flat_map(|entry| entry["lines"].as_array().unwrap());
        let own: Vec<&Value> = lines
            .filter(|line| line["package_id"] == **package)
            .collect();
        let versions: Vec<u64> = own.iter().map(|l| l["version"].as_u64().unwrap()).collect();
        assert_eq!(versions, [1, 2, 3, 4]);
        let mut running = 0;
        for line in &own {
            let units = line["units"].as_u64().unwrap();
            running += if line["to"] == "available" { units } else { 0 };
            running -= if line["from"] == "available" {
                units
            } else {
                0
            };
            assert_eq!(line["after"]["available"], running, "{line}");
        }
        let pool = &salon.package(package).await["pools"][0];
        for account in ACCOUNTS.iter().chain(&["granted"]) {
            assert_eq!(own[3]["after"][*account], pool[*account], "{account}");
        }
    }
}

#[tokio::test]
async fn a_package_s_journal_is_the_same_at_every_size_of_page() {
    let (salon, manicures, massages) = busy().await;
    for package in [&manicures, &massages] {
        let path = format!("/v1/packages/{package}/journal");
        check_pages(&salon.world, &path, &journal(&salon, package).await).await;
    }
}

#[tokio::test]
async fn a_page_is_full_however_much_of_other_packages_lies_between() {
    let salon = Salon::open().await;
    at(&salon, 1);
    let quiet = salon.sell_visits(1, &[&salon.massage]).await;
    let busy = salon.sell_visits(100, &[&salon.manicure]).await;
    for number in 0..15 {
        at(&salon, 2 + number);
        let id = format!("b-{number}");
        salon.book(&id, &[&salon.manicure], json!([busy])).await;
    }
    at(&salon, 20);
    salon.book("g", &[&salon.massage], json!([quiet])).await;
    let path = format!("/v1/packages/{quiet}/journal?limit=2");
    let pages = salon.world.pages(&path).await;
    assert_eq!(pages.len(), 1);
    assert_eq!(facts(&pages[0]), ["booked", "package-sold"]);
    check_pages(
        &salon.world,
        &format!("/v1/packages/{quiet}/journal"),
        &pages[0],
    )
    .await;
}

#[tokio::test]
async fn a_package_s_journal_is_for_its_business_and_its_customer_without_the_staff() {
    let (salon, manicures, _) = busy().await;
    let path = format!("/v1/packages/{manicures}/journal");
    let token = salon.ayses_token().await;
    let mine = salon.world.get(&path).by(&token).ok().await;
    assert_eq!(mine["items"].as_array().unwrap().len(), 4);
    assert!(
        mine["items"]
            .as_array()
            .unwrap()
            .iter()
            .all(|e| e["actor"].is_null())
    );
    let fatma = salon.fatmas_token().await;
    for token in [&fatma, &salon.world.next_door()] {
        let call = salon.world.get(&path).by(token);
        call.refused(404, "package-not-found").await;
    }
    let nothing = format!("/v1/packages/pkg_{:026}/journal", 7);
    salon
        .world
        .get(&nothing)
        .refused(404, "package-not-found")
        .await;
}
