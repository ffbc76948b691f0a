//! The webhook: there where somebody names an address, and then for every event of ours.

use super::{each, plain, template};

#[test]
fn all_of_the_webhook_is_there_or_none_of_it() {
    let template = template();
    for part in [
        "WebhookConnection",
        "WebhookDestination",
        "WebhookRole",
        "WebhookRule",
    ] {
        let part = &template["Resources"][part];
        assert_eq!(part["Condition"], "HasWebhook");
    }
    let key = &template["Parameters"]["WebhookKey"];
    assert_eq!(key["NoEcho"], true);
    let asserted = &template["Rules"]["WebhookNeedsKey"]["Assertions"];
    assert!(asserted[0]["AssertDescription"].is_string());
}

#[test]
fn it_gets_our_events_and_no_others_and_what_it_does_not_take_is_kept() {
    let template = template();
    let rule = &template["Resources"]["WebhookRule"]["Properties"];
    assert_eq!(plain(&rule["EventBusName"]), "Ref EventBus");
    assert_eq!(rule["EventPattern"]["source"][0], "carnet");
    assert!(rule["EventPattern"].get("detail-type").is_none());
    let target = &rule["Targets"][0];
    assert_eq!(plain(&target["Arn"]), "GetAtt WebhookDestination.Arn");
    assert_eq!(plain(&target["RoleArn"]), "GetAtt WebhookRole.Arn");
    assert_eq!(
        plain(&target["DeadLetterConfig"]["Arn"]),
        "GetAtt WebhookFailed.Arn"
    );
}

#[test]
fn its_role_is_eventbridges_in_this_account_and_may_post_there_alone() {
    let template = template();
    let role = &template["Resources"]["WebhookRole"]["Properties"];
    let trust = &role["AssumeRolePolicyDocument"]["Statement"][0];
    assert_eq!(trust["Principal"]["Service"], "events.amazonaws.com");
    let account = &trust["Condition"]["StringEquals"]["aws:SourceAccount"];
    assert_eq!(plain(account), "Ref AWS::AccountId");
    let statements = &role["Policies"][0]["PolicyDocument"]["Statement"];
    assert_eq!(statements.as_sequence().unwrap().len(), 1);
    assert_eq!(statements[0]["Action"][0], "events:InvokeApiDestination");
    assert_eq!(
        plain(&statements[0]["Resource"]),
        "GetAtt WebhookDestination.Arn"
    );
}

#[test]
fn whatever_eventbridge_sets_aside_it_may_put_where_it_is_to_go() {
    let template = template();
    for queue in ["InboundEventsFailed", "DueWorkFailed", "WebhookFailed"] {
        let policy = &template["Resources"][format!("{queue}Policy").as_str()]["Properties"];
        assert_eq!(plain(&policy["Queues"][0]), format!("Ref {queue}"));
        let statement = &policy["PolicyDocument"]["Statement"][0];
        assert_eq!(statement["Principal"]["Service"], "events.amazonaws.com");
        // For rules of this stack alone.
        let condition = statement["Condition"].as_mapping().unwrap();
        let (_, of) = condition.iter().next().unwrap();
        let of = each(&of["aws:SourceArn"]).remove(0);
        let stacks = ["${AWS::StackName}-*", "${EventBus}/*"];
        let named = stacks
            .iter()
            .any(|stack| of.ends_with(&format!(":rule/{stack}")));
        assert!(named || of == "GetAtt WebhookRule.Arn", "{of}");
    }
}
