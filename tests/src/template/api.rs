//! The functions, their mains, their environment, and the way in.

use std::collections::BTreeSet;
use std::path::Path;

use functions::{BUS_FUNCTIONS, FUNCTIONS, STREAM_FUNCTIONS, TIMED_FUNCTIONS};
use serde_norway::Value;

use super::{functions, plain, resources, template};
use crate::tidy::{Source, sources};

fn names<'n>(names: impl IntoIterator<Item = &'n str>) -> BTreeSet<String> {
    names.into_iter().map(str::to_owned).collect()
}

#[test]
fn the_template_the_code_and_the_mains_have_the_same_functions() {
    let template = template();
    let deployed = functions(&template);
    let deployed = names(deployed.iter().map(|(name, _)| name.as_str()));
    let (http, stream) = (FUNCTIONS.iter(), STREAM_FUNCTIONS.iter());
    let http: BTreeSet<String> = names(http.map(|function| function.name));
    let stream = names(stream.map(|function| function.name));
    let bus = names(BUS_FUNCTIONS.iter().map(|function| function.name));
    let timed = names(TIMED_FUNCTIONS.iter().map(|function| function.name));
    let written = http.union(&stream).chain(&bus).chain(&timed).cloned();
    let written: BTreeSet<String> = written.collect();
    let mains = sources("functions/src/bin");
    let file = |main: &Source| {
        let file = Path::new(&main.path)
            .file_stem()
            .unwrap()
            .to_str()
            .unwrap()
            .to_owned();
        let of = |names: &BTreeSet<String>| names.contains(&file);
        let run = match (of(&stream), of(&bus), of(&timed)) {
            (true, ..) => "run_stream",
            (_, true, _) => "run_bus",
            (.., true) => "run_timed",
            (false, false, false) => "run",
        };
        let runs = format!(
            "functions::{run}(functions::{}::FUNCTION)",
            file.replace('-', "_")
        );
        assert!(
            main.text.contains(&runs),
            "{} does not say {runs}",
            main.path
        );
        file
    };
    let mains: BTreeSet<String> = mains.iter().map(file).collect();
    assert_eq!(deployed, written);
    assert_eq!(mains, written);
}

#[test]
fn the_functions_read_the_environment_that_the_template_sets() {
    let template = template();
    let set = &template["Globals"]["Function"]["Environment"]["Variables"];
    assert_eq!(plain(&set["CARNET_TABLE"]), "Ref Table");
    let set = set.as_mapping().unwrap().keys();
    let set = names(set.map(|name| name.as_str().unwrap()));
    let mut read = BTreeSet::new();
    for source in ["domain/src", "infra/src", "functions/src"]
        .map(sources)
        .concat()
    {
        for call in ["env::var(\"", "env::var_os(\""] {
            let calls = source.text.split(call).skip(1);
            read.extend(calls.map(|rest| rest.split('"').next().unwrap().to_owned()));
        }
    }
    // Lambda sets these itself, and a template may not.
    read.retain(|name| !name.starts_with("AWS_"));
    assert_eq!(read, set);
    for (name, function) in functions(&template) {
        assert!(function.get("Environment").is_none(), "{name} has its own");
    }
}

#[test]
fn every_route_is_behind_the_authorizer() {
    let template = template();
    let [(name, api)] = &resources(&template, "AWS::Serverless::HttpApi")[..] else {
        panic!("one API");
    };
    let auth = &api["Properties"]["Auth"];
    assert_eq!(plain(&auth["DefaultAuthorizer"]), "Jwt");
    assert!(auth["Authorizers"]["Jwt"]["JwtConfiguration"].is_mapping());
    for (function, properties) in functions(&template) {
        let on_stream = STREAM_FUNCTIONS.iter().any(|known| known.name == function);
        // Its rules are looked at where the bus is.
        if BUS_FUNCTIONS.iter().any(|known| known.name == function) {
            continue;
        }
        for (event, route) in properties["Events"].as_mapping().unwrap() {
            if on_stream {
                assert_eq!(route["Type"], "DynamoDB", "{function} {event:?}");
                continue;
            }
            if TIMED_FUNCTIONS.iter().any(|known| known.name == function) {
                assert_eq!(route["Type"], "Schedule", "{function} {event:?}");
                continue;
            }
            assert_eq!(route["Type"], "HttpApi", "{function} {event:?}");
            let route = route["Properties"].as_mapping().unwrap();
            // Auth here could take the authorizer away.
            let said: Vec<&str> = route.keys().filter_map(Value::as_str).collect();
            assert_eq!(said, ["ApiId", "Method", "Path"], "{function} {event:?}");
            assert_eq!(plain(&route["ApiId"]), format!("Ref {name}"));
        }
    }
}

/// A record that cannot be handled must neither stop the stream nor be lost.
#[test]
fn what_fails_behind_the_stream_is_tried_again_in_parts_and_then_kept() {
    let template = template();
    for function in STREAM_FUNCTIONS {
        let mut functions = functions(&template).into_iter();
        let (_, properties) = functions.find(|(name, _)| name == function.name).unwrap();
        let events = properties["Events"].as_mapping().unwrap();
        assert_eq!(events.len(), 1, "{}", function.name);
        let (_, event) = events.iter().next().unwrap();
        let event = &event["Properties"];
        assert_eq!(plain(&event["Stream"]), "GetAtt Table.StreamArn");
        assert_eq!(event["StartingPosition"], "TRIM_HORIZON");
        assert_eq!(event["BisectBatchOnFunctionError"], true);
        assert_eq!(event["FunctionResponseTypes"][0], "ReportBatchItemFailures");
        assert!(event["MaximumRetryAttempts"].as_u64().unwrap() > 3);
        let queue = plain(&event["DestinationConfig"]["OnFailure"]["Destination"]);
        let queue = queue
            .strip_prefix("GetAtt ")
            .unwrap()
            .strip_suffix(".Arn")
            .unwrap();
        let queue = &template["Resources"][queue];
        assert_eq!(queue["Type"], "AWS::SQS::Queue");
        // As long as there is.
        assert_eq!(
            queue["Properties"]["MessageRetentionPeriod"],
            14 * 24 * 3600
        );
    }
}

/// A call that fails is followed by the next tick, and what failed is kept.
#[test]
fn what_fails_on_a_schedule_is_left_to_the_next_tick_and_kept() {
    let template = template();
    for function in TIMED_FUNCTIONS {
        let mut functions = functions(&template).into_iter();
        let (_, properties) = functions.find(|(name, _)| name == function.name).unwrap();
        // It is over before the next tick comes.
        assert!(properties["Timeout"].as_u64().unwrap() < 300);
        let tick = &properties["Events"]["Tick"]["Properties"];
        assert_eq!(tick["Schedule"], "rate(5 minutes)");
        let invoked = &properties["EventInvokeConfig"];
        assert_eq!(invoked["MaximumRetryAttempts"], 0);
        let queue = plain(&invoked["DestinationConfig"]["OnFailure"]["Destination"]);
        let queue = queue.strip_prefix("GetAtt ").unwrap();
        let queue = &template["Resources"][queue.strip_suffix(".Arn").unwrap()];
        assert_eq!(queue["Type"], "AWS::SQS::Queue");
    }
}

#[test]
fn a_web_page_may_use_every_method_and_header_that_the_api_does() {
    let template = crate::harness::template();
    let cors = template.cors.as_ref().unwrap();
    let used = template.routes.iter().map(|route| route.method.to_string());
    let used: BTreeSet<String> = used.collect();
    let allowed = cors.allow_methods.iter().map(ToString::to_string).collect();
    assert_eq!(used, allowed);
    let sent = names([
        "authorization",
        "content-type",
        "idempotency-key",
        "if-match",
    ]);
    let allowed = cors.allow_headers.iter().map(ToString::to_string).collect();
    assert_eq!(sent, allowed);
    let given = names(["etag", "idempotent-replayed", "retry-after"]);
    let exposed = cors
        .expose_headers
        .iter()
        .map(ToString::to_string)
        .collect();
    assert_eq!(given, exposed);
}
