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
        assert_eq!(alarm["TreatMissingData"], "notBreaching", "{name}");
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
            let metric = metric
                .get("MetricStat")
                .map_or(&metric, |stat| &stat["Metric"]);
            if let Some(of) = metric.get("Dimensions") {
                let of = plain(&of[0]["Value"]);
                let what = metric["MetricName"].as_str().unwrap();
                watched.insert(format!("{what} {of}"));
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
        "WriteThrottleEvents Ref Table".to_owned(),
    ]);
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
    let body = plain(&dashboard["Properties"]["DashboardBody"]);
    let body = body.strip_prefix("Sub ").unwrap();
    let body: serde_json::Value = serde_json::from_str(body).unwrap();
    let body = body.to_string();
    for name in ["Redemptions", "CommitConflicts", "Retries", "Refusals"] {
        assert!(body.contains(name), "{name}");
    }
    let set = &template["Globals"]["Function"]["Environment"]["Variables"];
    let namespace = plain(&set["CARNET_METRICS"]);
    assert!(body.contains(namespace.strip_prefix("Sub ").unwrap()));
}
