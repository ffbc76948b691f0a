//! The roles as they are written: one for each function, and nothing of a star.

use std::collections::BTreeSet;

use serde_norway::Value;

use super::{each, functions, plain, resources, template};

/// What a function's role allows, a statement each: actions and resources.
pub(super) fn statements(function: &Value) -> Vec<(Vec<String>, Vec<String>)> {
    let template = template();
    let role = plain(&function["Role"]);
    let role = role
        .strip_prefix("GetAtt ")
        .and_then(|role| role.strip_suffix(".Arn"));
    let role = &template["Resources"][role.expect("a role of its own")]["Properties"];
    let policies = role["Policies"].as_sequence().unwrap().iter();
    let statements = policies.flat_map(|policy| {
        let statements = &policy["PolicyDocument"]["Statement"];
        statements.as_sequence().unwrap().clone()
    });
    statements
        .map(|statement| {
            assert_eq!(statement["Effect"], "Allow");
            (each(&statement["Action"]), each(&statement["Resource"]))
        })
        .collect()
}

#[test]
fn every_function_has_a_role_that_only_lambda_may_take() {
    let template = template();
    let functions = functions(&template);
    let roles: BTreeSet<String> = functions
        .iter()
        .map(|(_, function)| plain(&function["Role"]))
        .collect();
    assert_eq!(roles.len(), functions.len(), "two functions share a role");
    for (name, role) in resources(&template, "AWS::IAM::Role") {
        // EventBridge's own: see what is posted to a webhook.
        if name == "WebhookRole" {
            continue;
        }
        assert!(
            roles.contains(&format!("GetAtt {name}.Arn")),
            "{name} is nobody's"
        );
        let properties = &role["Properties"];
        let trust = &properties["AssumeRolePolicyDocument"]["Statement"];
        let [trust] = &trust.as_sequence().unwrap()[..] else {
            panic!("{name} trusts more than one");
        };
        assert_eq!(
            plain(&trust["Principal"]["Service"]),
            "lambda.amazonaws.com",
            "{name}"
        );
        assert_eq!(plain(&trust["Action"]), "sts:AssumeRole", "{name}");
        // What is managed elsewhere is not seen here.
        assert!(properties.get("ManagedPolicyArns").is_none(), "{name}");
    }
    for (name, function) in functions {
        assert!(
            function.get("Policies").is_none(),
            "{name}: SAM ignores these beside a Role"
        );
    }
    assert_eq!(resources(&template, "AWS::IAM::Policy").len(), 0);
    assert_eq!(resources(&template, "AWS::IAM::ManagedPolicy").len(), 0);
}

/// What sends traces.
const TRACES: [&str; 2] = ["xray:PutTraceSegments", "xray:PutTelemetryRecords"];

#[test]
fn every_function_may_send_its_traces() {
    let template = template();
    assert_eq!(template["Globals"]["Function"]["Tracing"], "Active");
    for (name, function) in functions(&template) {
        let statements = statements(&function);
        let sends = statements.iter().any(|(actions, _)| actions == &TRACES);
        assert!(sends, "{name} may not");
    }
}

#[test]
fn no_role_allows_a_star() {
    for (name, function) in functions(&template()) {
        for (actions, resources) in statements(&function) {
            // What traces are sent with knows no resources.
            if actions == TRACES && resources == ["*"] {
                continue;
            }
            for text in actions.iter().chain(&resources) {
                assert!(
                    !text.contains('*') && !text.is_empty(),
                    "{name} allows {text:?}"
                );
            }
        }
    }
}

#[test]
fn every_function_writes_to_its_own_log_and_no_other() {
    let template = template();
    let mut logs = BTreeSet::new();
    for (name, function) in functions(&template) {
        let log = plain(&function["LoggingConfig"]["LogGroup"]);
        let log = log.strip_prefix("Ref ").unwrap().to_owned();
        let group = &template["Resources"][log.as_str()];
        assert_eq!(group["Type"], "AWS::Logs::LogGroup", "{name}");
        assert!(
            group["Properties"].get("RetentionInDays").is_some(),
            "{name}"
        );
        let about_logs = |(actions, _): &(Vec<String>, Vec<String>)| {
            actions.iter().any(|action| action.starts_with("logs:"))
        };
        let statements: Vec<_> = statements(&function)
            .into_iter()
            .filter(about_logs)
            .collect();
        let own = (
            vec![
                "logs:CreateLogStream".to_owned(),
                "logs:PutLogEvents".to_owned(),
            ],
            vec![format!("GetAtt {log}.Arn")],
        );
        assert_eq!(statements, [own], "{name}");
        assert!(logs.insert(log), "{name} shares a log");
    }
}
