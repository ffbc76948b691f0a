//! What the documents say, against what the code has.

use std::collections::{BTreeMap, BTreeSet};

use domain::packages::Unchanged;
use domain::pipeline::{Ground, PipelineRefusal};
use functions::edge::Problem;
use infra::{Fault, table};

use super::{files, read, root, sources};

/// The first text in quotation marks.
fn quoted(text: &str) -> Option<&str> {
    text.split('"').nth(1)
}

/// The refusals by variant, with their codes. That of a series has the code of its appointment's.
fn refusals() -> BTreeMap<String, String> {
    let text = read("domain/src/refusal/code.rs");
    let (_, codes) = text.split_once("fn code(&self)").unwrap();
    let arms = codes
        .lines()
        .filter_map(|line| line.trim().strip_prefix("Refusal::"));
    arms.filter_map(|arm| {
        let variant = arm.split(['(', ' ']).next().unwrap();
        Some((variant.to_owned(), quoted(arm)?.to_owned()))
    })
    .collect()
}

/// Every code the API answers with, and its status.
fn codes() -> BTreeMap<String, u16> {
    let mut codes = BTreeMap::new();
    // Refusals, through the one match that gives them their status.
    let text = read("functions/src/edge/problem.rs");
    let (_, arms) = text.split_once("match refusal.cause() {").unwrap();
    // The last arm holds a table of its own.
    let (arms, _) = arms.split_once("Refusal::Pipeline(").unwrap();
    let variants = refusals();
    let mut rest = arms;
    while let Some((names, after)) = rest.split_once("=>") {
        let (status, after) = after.split_once(',').unwrap();
        for name in names.split("Refusal::").skip(1) {
            let variant = name.split(|c: char| !c.is_alphanumeric()).next().unwrap();
            let status: u16 = status.trim().parse().unwrap();
            // Those that hold another one, or any of a table, answer with its code.
            match variant {
                "InSeries" => {}
                "Unchanged" => {
                    let all = Unchanged::ALL.iter();
                    codes.extend(all.map(|why| (why.code().to_owned(), status)));
                }
                _ => drop(codes.insert(variants[variant].clone(), status)),
            }
        }
        rest = after;
    }
    assert_eq!(codes.len(), variants.len() + Unchanged::ALL.len());
    for (code, ground) in PipelineRefusal::CODES {
        let status = match ground {
            Ground::Missing => 404,
            Ground::Conflict => 409,
            Ground::Invalid => 422,
            Ground::Forbidden => 403,
        };
        assert_eq!(codes.insert((*code).to_owned(), status), None, "{code}");
    }
    // Those that a handler makes: a status and a code, as they stand.
    for source in sources("functions/src") {
        for call in source.code().split("Problem::new(").skip(1) {
            let mut arguments = call.splitn(3, ',').map(str::trim);
            let (status, code) = (arguments.next().unwrap(), arguments.next().unwrap());
            if let (Ok(status), Some(code)) = (status.parse(), code.strip_prefix('"')) {
                codes.insert(code.trim_end_matches('"').to_owned(), status);
            }
        }
    }
    let cause = String::new;
    for (fault, status) in [
        (Fault::Unavailable { cause: cause() }, 503),
        (Fault::Denied { cause: cause() }, 500),
        (Fault::Broken { cause: cause() }, 500),
    ] {
        codes.insert(Problem::from(fault).code().to_owned(), status);
    }
    codes
}

#[test]
fn problems_md_lists_every_code_with_its_status_and_no_other() {
    let document = read("docs/problems.md");
    let rows = document.lines().filter_map(|line| line.strip_prefix("| `"));
    let listed: BTreeMap<String, u16> = rows
        .map(|row| {
            let mut columns = row.split('|').map(str::trim);
            let code = columns.next().unwrap().trim_end_matches('`');
            let status = &columns.next().unwrap()[..3];
            (code.to_owned(), status.parse().unwrap())
        })
        .collect();
    assert_eq!(listed, codes());
}

#[test]
fn access_patterns_md_names_every_part_of_every_key_and_every_index() {
    let document = read("docs/access-patterns.md");
    let mut keys = sources("infra/src");
    keys.retain(|source| {
        source.path.ends_with("keys.rs") || source.path.ends_with("keys/pipeline.rs")
    });
    assert_eq!(keys.len(), 5);
    let lines = keys.iter().flat_map(|source| source.code().lines());
    let literals = lines.filter(|line| !line.trim_start().starts_with("//"));
    let literals = literals.flat_map(|line| line.split('"').skip(1).step_by(2));
    let mut parts = BTreeSet::new();
    for literal in literals {
        // What is filled in is not part of the format.
        let format = literal
            .split('{')
            .map(|part| part.split_once('}').map_or(part, |p| p.1));
        let words = format.flat_map(|part| part.split('#').collect::<Vec<_>>());
        let fixed = |word: &&str| !word.is_empty() && word.chars().all(|c| c.is_ascii_uppercase());
        parts.extend(words.filter(fixed).map(str::to_owned));
    }
    assert!(parts.len() > 12, "{parts:?}");
    for part in parts {
        let named = document
            .split(|c: char| !c.is_ascii_alphanumeric())
            .any(|word| word == part);
        assert!(named, "{part} is missing");
    }
    for index in table::INDEXES {
        assert!(
            document.contains(&format!("`{}`", index.name)),
            "{}",
            index.name
        );
        assert!(
            document.contains(&format!("`{}`", index.partition)),
            "{}",
            index.partition
        );
    }
}

#[test]
fn every_link_of_the_documents_to_a_file_leads_to_one() {
    let documents = files("docs")
        .into_iter()
        .filter(|path| path.ends_with(".md"));
    let mut links = 0;
    for document in documents.chain(["README.md".to_owned()]) {
        let text = read(&document);
        let folder = root().join(&document).parent().unwrap().to_owned();
        for target in text
            .split("](")
            .skip(1)
            .filter_map(|rest| rest.split(')').next())
        {
            let file = target.split('#').next().unwrap();
            if file.is_empty() || target.contains("://") {
                continue;
            }
            assert!(folder.join(file).exists(), "{document} links to {target}");
            links += 1;
        }
    }
    assert!(links > 0);
}
