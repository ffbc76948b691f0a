//! What is watched: whatever can go wrong unseen has an alarm, and every alarm tells somebody.

use std::collections::BTreeSet;

use functions::{FUNCTIONS, STREAM_FUNCTIONS};
use serde_norway::Value;

use super::{functions, plain, resources, template};

/// What the alarms look at: a metric and what it is of, such as `IteratorAge Ref WalletFunction`.
fn watched(template: &Value) -> BTreeSet<String> {
    let mut watched = BTreeSet::new();
    for (name, alarm) in resources(template, "AWS::CloudWatch::Alarm") {
        let alarm = &alarm["Properties"];
        assert!(alarm["AlarmDescription"].is_string(), "{name} says nothing");
        // What is not called tells nothing: of that alone silence is bad news.
        let silent = match alarm["ComparisonOperator"].as_str() {
            Some("LessThanThreshold") => "breaching",
            _ => "notBreaching",
        };
        assert_eq!(alarm["TreatMissingData"], silent, "{name}");
        let Value::Tagged(told) = &alarm["AlarmActions"] else {
            panic!("{name} tells nobody");
        };
        assert_eq!(told.value[0], "SomebodyIsTold", "{name}");
        assert_eq!(plain(&told.value[1][0]), "Ref AlarmTopic", "{name}");
        let metrics = match alarm["Metrics"].as_sequence() {
            Some(metrics) => metrics.clone(),
            None => vec![alarm.clone()],
        };
        for metric in metrics {
            // Where nothing is throttled there is no figure, and a sum with nothing is nothing.
            if let Some(sum) = metric["Expression"].as_str() {
                assert!(
                    sum.split(" + ").all(|part| part.starts_with("FILL(")),
                    "{sum}"
                );
            }
            let metric = metric
                .get("MetricStat")
                .map_or(&metric, |stat| &stat["Metric"]);
            if let Some(what) = metric["MetricName"].as_str() {
                let of = metric["Dimensions"].as_sequence().into_iter().flatten();
                let of: Vec<String> = of.map(|of| plain(&of["Value"])).collect();
                watched.insert(format!("{what} {}", of.join(" ")));
            }
        }
    }
    watched
}

#[test]
fn every_queue_every_lag_every_throttle_and_every_unanswered_failure_has_an_alarm() {
    let template = template();
    let mut expected = BTreeSet::from([
        "5xx Ref HttpApi".to_owned(),
        "Latency Ref HttpApi".to_owned(),
        "Invocations Ref DueWorkFunction".to_owned(),
        // What the code counts.
        "DueSetAside ".to_owned(),
        "DueFailed ".to_owned(),
    ]);
    let table = &template["Resources"]["Table"]["Properties"];
    let indexes = table["GlobalSecondaryIndexes"].as_sequence().unwrap();
    for metric in ["WriteThrottleEvents", "ReadThrottleEvents"] {
        expected.insert(format!("{metric} Ref Table"));
        for index in indexes {
            let index = index["IndexName"].as_str().unwrap();
            expected.insert(format!("{metric} Ref Table {index}"));
        }
    }
    for (queue, _) in resources(&template, "AWS::SQS::Queue") {
        expected.insert(format!(
            "ApproximateNumberOfMessagesVisible GetAtt {queue}.QueueName"
        ));
    }
    let named: Vec<(String, String)> = resources(&template, "AWS::Serverless::Function")
        .into_iter()
        .zip(functions(&template))
        .map(|((resource, _), (name, _))| (resource, name))
        .collect();
    for (resource, name) in named {
        expected.insert(format!("Throttles Ref {resource}"));
        // Who is answered sees a failure in the answer: that is the API's 5xx.
        if !FUNCTIONS.iter().any(|known| known.name == name) {
            expected.insert(format!("Errors Ref {resource}"));
        }
        if STREAM_FUNCTIONS.iter().any(|known| known.name == name) {
            expected.insert(format!("IteratorAge Ref {resource}"));
        }
    }
    assert_eq!(watched(&template), expected);
}

#[test]
fn the_dashboard_shows_the_metrics_that_the_code_writes() {
    let template = template();
    let [(_, dashboard)] = &resources(&template, "AWS::CloudWatch::Dashboard")[..] else {
        panic!("one dashboard");
    };
    let Value::Tagged(sub) = &dashboard["Properties"]["DashboardBody"] else {
        panic!("a body with names in it");
    };
    let body = sub.value[0].as_str().unwrap();
    let body: serde_json::Value = serde_json::from_str(body).unwrap();
    let body = body.to_string();
    for name in [
        "Redemptions",
        "CommitConflicts",
        "Retries",
        "Refusals",
        "DueDone",
        "DueFailed",
        "DueSetAside",
    ] {
        assert!(body.contains(name), "{name}");
    }
    let set = &template["Globals"]["Function"]["Environment"]["Variables"];
    let namespace = plain(&set["CARNET_METRICS"]);
    assert!(body.contains(namespace.strip_prefix("Sub ").unwrap()));
    // By name: what CloudWatch finds by a part of one is not the stack's.
    let functions = resources(&template, "AWS::Serverless::Function");
    let queues = resources(&template, "AWS::SQS::Queue");
    let always = queues
        .iter()
        .filter(|(_, queue)| queue.get("Condition").is_none());
    let queues = always.map(|(name, _)| format!("${{{name}.QueueName}}"));
    let functions = functions.iter().map(|(name, _)| format!("${{{name}}}"));
    for name in functions.chain(queues).chain(["${Webhook}".to_owned()]) {
        assert!(
            body.contains(&name) || name.contains("WebhookFailed"),
            "{name}"
        );
    }
}

/// A function that is called once in a period cannot fail more often in it.
#[test]
fn no_alarm_waits_for_more_failures_than_there_can_be() {
    let template = template();
    for (name, alarm) in resources(&template, "AWS::CloudWatch::Alarm") {
        let alarm = &alarm["Properties"];
        if alarm["MetricName"].as_str() != Some("Errors") {
            continue;
        }
        let of = plain(&alarm["Dimensions"][0]["Value"]);
        let function = of.strip_prefix("Ref ").unwrap();
        let events = &template["Resources"][function]["Properties"]["Events"];
        let scheduled = events["Tick"]["Properties"]["Schedule"].as_str();
        if let Some(rate) = scheduled {
            assert_eq!(rate, "rate(5 minutes)", "{name}");
            assert_eq!(alarm["Period"], 300, "{name}");
            assert_eq!(alarm["Threshold"], 1, "{name}");
        }
    }
}
