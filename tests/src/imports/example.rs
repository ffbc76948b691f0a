//! The example of the documentation, and what the documentation says.

use functions::imports::Column;
use serde_json::Value;

use super::{counts, errors, importing};
use crate::harness::World;

const EXAMPLE: &str = include_str!("../../../local/demo/packages.csv");
const DEMO: &str = include_str!("../../../local/demo/gul-guzellik.json");
pub(super) const DOCUMENT: &str = include_str!("../../../docs/moving.md");

#[tokio::test]
async fn the_example_file_goes_into_the_demo_business_as_it_is() {
    let world = World::new().await;
    let demo: Value = serde_json::from_str(DEMO).unwrap();
    let settings = world.call("PUT", "/v1/settings");
    settings.json(demo["settings"].clone()).ok().await;
    for service in demo["services"].as_array().unwrap() {
        let mut body = service.clone();
        body.as_object_mut().unwrap().remove("ref");
        world.post("/v1/services", body).ok().await;
    }
    for query in ["?dry_run=true", ""] {
        let answer = importing(&world, query, EXAMPLE).ok().await;
        assert_eq!(
            (errors(&answer), counts(&answer)),
            (vec![], [4, 4, 0, 0, 3])
        );
    }
    let spreadsheet = format!("\u{feff}{}", EXAMPLE.replace('\n', "\r\n"));
    let again = importing(&world, "", spreadsheet).ok().await;
    assert_eq!((errors(&again), counts(&again)), (vec![], [4, 0, 4, 0, 0]));
}

#[test]
fn the_documentation_has_every_column_in_order_and_no_other() {
    let (_, table) = DOCUMENT.split_once("| column |").unwrap();
    let (table, _) = table.split_once("\n\n").unwrap();
    let rows = table.lines().filter_map(|line| line.strip_prefix("| `"));
    let named: Vec<&str> = rows.map(|row| row.split('`').next().unwrap()).collect();
    assert_eq!(named, Column::ALL.map(Column::name));
}
