//! The README's tour, run as it stands there.

use std::process::Command;

use crate::process::{Carnet, Folder};

/// The shell commands of the README's tour.
fn tour() -> String {
    let readme = concat!(env!("CARGO_MANIFEST_DIR"), "/../README.md");
    let readme = std::fs::read_to_string(readme).unwrap();
    let tour = readme.split("## Tour").nth(1).unwrap();
    tour.split("```sh\n")
        .nth(1)
        .unwrap()
        .split("```")
        .next()
        .unwrap()
        .to_owned()
}

fn run_tour(folder: &Folder) -> String {
    let mut bash = Command::new("bash");
    let output = bash
        .args(["-eu", "-o", "pipefail", "-c", &tour()])
        .current_dir(folder.path())
        .output();
    let output = output.unwrap();
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(
        output.status.success(),
        "{said}\n{}",
        String::from_utf8_lossy(&output.stderr)
    );
    said
}

#[test]
fn the_tour_of_the_readme_sells_books_completes_wins_and_shows_it() {
    let folder = Folder::new("tour");
    let carnet = Carnet::start(&folder, &["--port", "0"]);
    let said = run_tour(&folder);
    let answers: Vec<&str> = said.lines().filter(|line| line.starts_with('{')).collect();
    assert_eq!(answers.len(), 20, "{said}");
    let expect = [
        (
            0,
            vec![
                r#""status":"active""#,
                r#""granted":5,"available":5,"held":0,"used":0"#,
            ],
        ),
        (1, vec![r#""covered":true"#, r#""chosen":true,"units":1"#]),
        (
            2,
            vec![r#""status":"booked""#, r#""units":1"#, r#""due":[]"#],
        ),
        (3, vec![r#""status":"completed""#]),
        (4, vec![r#""granted":5,"available":4,"held":0,"used":1"#]),
        (
            5,
            vec![
                r#""fact":"completed""#,
                r#""fact":"booked""#,
                r#""fact":"package-sold""#,
            ],
        ),
        (6, vec![r#""status":"pending-payment""#, r#""granted":4"#]),
        (
            7,
            vec![
                r#""status":"active""#,
                r#""outstanding":{"currency":"TRY","amount_minor":150000}"#,
            ],
        ),
        (8, vec![r#""status":"booked""#, r#""due":[]"#]),
        (9, vec![r#""code":"cap-reached""#]),
        (
            10,
            vec![r#""policy":"pro-rata""#, r#""amount_minor":50000"#],
        ),
        (11, vec![r#""opening_minor":0,"sold_minor":"#]),
        (12, vec![r#""kind":"call","state":"done""#]),
        (
            13,
            vec![r#""status":"sent""#, r#""discount":{"percent":10}"#],
        ),
        (
            14,
            vec![r#""status":"accepted""#, r#""amount_minor":225000"#],
        ),
        (
            15,
            vec![
                r#""status":"active","price":{"currency":"TRY","amount_minor":225000}"#,
                r#""granted":5,"available":5,"held":0,"used":0"#,
            ],
        ),
        (16, vec![r#""status":"booked""#, r#""due":[]"#]),
        (17, vec![r#""status":"completed""#]),
        (18, vec![r#""open_count":"#, r#""weighted_minor":"#]),
        (
            19,
            vec![
                r#""fact":"quote-accepted""#,
                r#""fact":"quote-sent""#,
                r#""fact":"activity-done""#,
                r#""fact":"opportunity-opened""#,
            ],
        ),
    ];
    for (answer, parts) in expect {
        for part in parts {
            assert!(
                answers[answer].contains(part),
                "answer {answer} lacks {part}: {}",
                answers[answer]
            );
        }
    }
    // Who takes it again on the same day finds the same.
    let again = run_tour(&folder);
    assert!(
        again.contains(r#""granted":5,"available":4,"held":0,"used":1"#),
        "{again}"
    );
    carnet.stop();
}
