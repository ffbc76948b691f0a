//! Which events the bus gives to which function.

use functions::{BUS_FUNCTIONS, BusFunction};
use serde_json::Value as Json;
use serde_norway::Value;

use super::{code_and_events, property};

/// What is used here for parameters whose default turns something off.
const HERE: [(&str, &str); 1] = [("StripeEventSource", "aws.partner/stripe.com/here")];

/// A rule of the bus.
#[derive(Debug, Clone)]
pub struct Rule {
    /// The function, one of [`functions::BUS_FUNCTIONS`].
    pub function: BusFunction,
    /// What an event must look like.
    pub pattern: Json,
    /// How often an event that is not taken is delivered again before it is set aside.
    pub retries: u32,
}

/// The rules that call functions on the bus, among all of the template.
pub(super) fn read_rules(
    template: &Value,
    resources: &serde_norway::Mapping,
) -> Result<Vec<Rule>, String> {
    let mut rules = Vec::new();
    for (id, resource) in resources {
        let id = id.as_str().unwrap_or_default();
        let kind = resource.get("Type").and_then(Value::as_str);
        if kind != Some("AWS::Serverless::Function") {
            continue;
        }
        let (name, events) = code_and_events(id, resource)?;
        let Some(function) = BUS_FUNCTIONS.into_iter().find(|known| known.name == name) else {
            continue;
        };
        let retries = property(resource, "EventInvokeConfig")
            .and_then(|config| config.get("MaximumRetryAttempts"))
            .and_then(Value::as_u64)
            .and_then(|retries| u32::try_from(retries).ok())
            .ok_or_else(|| format!("{id} has no MaximumRetryAttempts in its EventInvokeConfig"))?;
        let on_bus = events.iter().filter(|(_, event)| {
            event.get("Type").and_then(Value::as_str) == Some("EventBridgeRule")
        });
        let own = on_bus.filter_map(|(_, event)| property(event, "Pattern"));
        let arn = format!("{id}.Arn");
        let others = resources.iter().filter_map(|(_, rule)| {
            let is_rule = rule.get("Type").and_then(Value::as_str) == Some("AWS::Events::Rule");
            let targets = property(rule, "Targets")?.as_sequence()?;
            let calls = |target: &Value| {
                target.get("Arn").is_some_and(
                    |to| matches!(to, Value::Tagged(to) if to.value.as_str() == Some(arn.as_str())),
                )
            };
            let calls = is_rule && targets.iter().any(calls);
            property(rule, "EventPattern").filter(|_| calls)
        });
        for pattern in own.chain(others) {
            rules.push(Rule {
                function,
                pattern: resolved(template, pattern)
                    .map_err(|what| format!("{id}'s rule {what}"))?,
                retries,
            });
        }
    }
    Ok(rules)
}

/// A pattern with the parameters' values in it.
fn resolved(template: &Value, value: &Value) -> Result<Json, String> {
    match value {
        Value::Null => Ok(Json::Null),
        Value::Bool(yes) => Ok((*yes).into()),
        Value::Number(number) => serde_json::to_value(number).map_err(|error| error.to_string()),
        Value::String(text) => Ok(text.clone().into()),
        Value::Sequence(values) => {
            let values = values.iter().map(|value| resolved(template, value));
            values
                .collect::<Result<Vec<Json>, String>>()
                .map(Json::Array)
        }
        Value::Mapping(fields) => fields
            .iter()
            .map(|(name, value)| {
                let name = name.as_str().ok_or("has a field without a name")?;
                Ok((name.to_owned(), resolved(template, value)?))
            })
            .collect::<Result<serde_json::Map<String, Json>, String>>()
            .map(Json::Object),
        Value::Tagged(tagged) if tagged.tag == "Ref" => {
            let name = tagged.value.as_str().unwrap_or_default();
            let parameter = template.get("Parameters").and_then(|all| all.get(name));
            let parameter =
                parameter.ok_or_else(|| format!("refers to {name}, which is no parameter"))?;
            let here = HERE
                .iter()
                .find(|(here, _)| *here == name)
                .map(|(_, value)| *value);
            let default = parameter.get("Default").and_then(Value::as_str);
            let text = here.or(default).unwrap_or_default();
            let is_list =
                parameter.get("Type").and_then(Value::as_str) == Some("CommaDelimitedList");
            Ok(match is_list {
                true => text.split(',').map(|one| one.trim().to_owned()).collect(),
                false => text.into(),
            })
        }
        Value::Tagged(tagged) => Err(format!("uses {}, which is not followed here", tagged.tag)),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::Template;

    const TEMPLATE: &str = "
Parameters:
  Sources: {Type: CommaDelimitedList, Default: 'a.example, b.example'}
  StripeEventSource: {Type: String, Default: ''}
Resources:
  CatalogFunction:
    Type: AWS::Serverless::Function
    Properties:
      CodeUri: target/lambda/catalog/
      Events: {List: {Type: HttpApi, Properties: {Method: GET, Path: /v1/services}}}
  InboundEventsFunction:
    Type: AWS::Serverless::Function
    Properties:
      CodeUri: target/lambda/inbound-events/
      EventInvokeConfig: {MaximumRetryAttempts: 2}
      Events:
        Payments:
          Type: EventBridgeRule
          Properties: {Pattern: {source: !Ref Sources, detail-type: [PaymentSucceeded]}}
  StripeRule:
    Type: AWS::Events::Rule
    Properties:
      EventPattern: {source: [!Ref StripeEventSource]}
      Targets: [{Id: x, Arn: !GetAtt InboundEventsFunction.Arn}]
  OtherRule:
    Type: AWS::Events::Rule
    Properties:
      EventPattern: {source: [other]}
      Targets: [{Id: x, Arn: !GetAtt OtherFunction.Arn}]
";

    #[test]
    fn rules_are_read_with_what_the_parameters_say() {
        let template = Template::parse("template.yaml", TEMPLATE).unwrap();
        let patterns: Vec<_> = template.rules.iter().map(|rule| &rule.pattern).collect();
        let own = json!({
            "source": ["a.example", "b.example"], "detail-type": ["PaymentSucceeded"],
        });
        let stripe = json!({"source": ["aws.partner/stripe.com/here"]});
        assert_eq!(patterns, [&own, &stripe]);
        assert!(template.rules.iter().all(|rule| rule.retries == 2));
        assert_eq!(template.rules[0].function.name, "inbound-events");
    }

    #[test]
    fn a_rule_that_cannot_be_followed_is_named() {
        for (what, with, line) in [
            (
                "!Ref Sources",
                "!Sub '${Sources}'",
                "InboundEventsFunction's rule uses !Sub, which is not followed here",
            ),
            (
                "!Ref Sources",
                "!Ref Elsewhere",
                "InboundEventsFunction's rule refers to Elsewhere, which is no parameter",
            ),
            (
                "{MaximumRetryAttempts: 2}",
                "{}",
                "InboundEventsFunction has no MaximumRetryAttempts in its EventInvokeConfig",
            ),
        ] {
            let text = TEMPLATE.replace(what, with);
            let refused = Template::parse("template.yaml", &text).unwrap_err();
            assert_eq!(refused.to_string(), format!("template.yaml: {line}"));
        }
    }
}
