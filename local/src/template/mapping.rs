//! Which functions the table's stream calls, and how.

use aws_lambda_events::dynamodb::EventRecord;
use functions::StreamFunction;
use serde_json::Value as Json;
use serde_norway::Value;

use super::{code_and_events, property};
use crate::bus::matches;

/// A function behind the table's stream.
#[derive(Debug, Clone)]
pub struct Mapping {
    /// The function, one of [`functions::STREAM_FUNCTIONS`].
    pub function: StreamFunction,
    /// The most records it is given at once.
    pub batch_size: usize,
    /// How often a record that fails is delivered again before it is set aside.
    pub retries: u32,
    /// Patterns of which a record must match one; none where the function is given every record.
    pub filters: Vec<Json>,
}

impl Mapping {
    /// Whether the function is given this record.
    pub fn takes(&self, record: &EventRecord) -> bool {
        // What JSON cannot express matches nothing.
        let record = serde_json::to_value(record).unwrap_or_default();
        let mut filters = self.filters.iter();
        self.filters.is_empty() || filters.any(|pattern| matches(pattern, &record))
    }
}

/// The patterns among a mapping's properties.
fn read_filters(event: &Value) -> Result<Vec<Json>, String> {
    let Some(criteria) = property(event, "FilterCriteria") else {
        return Ok(Vec::new());
    };
    let filters = criteria.get("Filters").and_then(Value::as_sequence);
    let filters = filters.ok_or_else(|| "has filters without patterns".to_owned())?;
    let patterns = filters.iter().map(|filter| {
        let pattern = filter.get("Pattern").and_then(Value::as_str);
        let pattern = pattern.and_then(|pattern| serde_json::from_str(pattern).ok());
        pattern.ok_or_else(|| "has a filter whose pattern is no JSON".to_owned())
    });
    patterns.collect()
}

/// The mappings among a function's events.
pub(super) fn read_mappings(id: &str, resource: &Value) -> Result<Vec<Mapping>, String> {
    let (name, events) = code_and_events(id, resource)?;
    let on_stream =
        |(_, event): &(&str, &Value)| event.get("Type").and_then(Value::as_str) == Some("DynamoDB");
    let mappings = events.into_iter().filter(on_stream);
    mappings
        .map(|(event_id, event)| {
            let what = |what: &str| format!("{id}'s event {event_id} {what}");
            let mut functions = functions::STREAM_FUNCTIONS.into_iter();
            let function = functions.find(|function| function.name == name);
            let function = function.ok_or_else(|| what("calls a function that takes no stream"))?;
            let number = |name: &str| {
                let number = property(event, name).and_then(Value::as_u64);
                number.ok_or_else(|| what(&format!("has no {name}")))
            };
            let batch_size = number("BatchSize")?;
            let retries = number("MaximumRetryAttempts")?;
            let reports = property(event, "FunctionResponseTypes").and_then(Value::as_sequence);
            let reports = reports.into_iter().flatten().filter_map(Value::as_str);
            if !reports
                .into_iter()
                .any(|kind| kind == "ReportBatchItemFailures")
            {
                return Err(what("does not let the function report what failed"));
            }
            let filters = read_filters(event).map_err(|why| what(&why))?;
            Ok(Mapping {
                function,
                filters,
                batch_size: usize::try_from(batch_size).unwrap_or(usize::MAX).max(1),
                retries: u32::try_from(retries).unwrap_or(u32::MAX),
            })
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use aws_lambda_events::dynamodb::EventRecord;

    use crate::Template;

    const TEMPLATE: &str = "
Resources:
  CatalogFunction:
    Type: AWS::Serverless::Function
    Properties:
      CodeUri: target/lambda/catalog/
      Events: {List: {Type: HttpApi, Properties: {Method: GET, Path: /v1/services}}}
  FollowJournalFunction:
    Type: AWS::Serverless::Function
    Properties:
      CodeUri: target/lambda/follow-journal/
      Events:
        Stream:
          Type: DynamoDB
          Properties:
            Stream: !GetAtt Table.StreamArn
            BatchSize: 7
            MaximumRetryAttempts: 3
            FilterCriteria: {Filters: [{Pattern: '{\"eventName\": [\"INSERT\"]}'}]}
            FunctionResponseTypes: [ReportBatchItemFailures]
";

    #[test]
    fn the_stream_calls_what_the_template_says() {
        let template = Template::parse("template.yaml", TEMPLATE).unwrap();
        let [mapping] = &template.mappings[..] else {
            panic!("{:?}", template.mappings);
        };
        assert_eq!(mapping.function.name, "follow-journal");
        assert_eq!((mapping.batch_size, mapping.retries), (7, 3));
        assert_eq!(
            mapping.filters,
            [serde_json::json!({"eventName": ["INSERT"]})]
        );
        for (name, taken) in [("INSERT", true), ("MODIFY", false)] {
            let mut record = EventRecord::default();
            record.event_name = name.to_owned();
            assert_eq!(mapping.takes(&record), taken, "{name}");
        }
        assert_eq!(template.routes.len(), 1);
    }

    #[test]
    fn a_mapping_that_cannot_be_followed_is_named() {
        let event = "FollowJournalFunction's event Stream";
        for (what, with, line) in [
            ("BatchSize: 7", "", format!("{event} has no BatchSize")),
            (
                "MaximumRetryAttempts: 3",
                "MaximumRetryAttempts: -1",
                format!("{event} has no MaximumRetryAttempts"),
            ),
            (
                "[ReportBatchItemFailures]",
                "[]",
                format!("{event} does not let the function report what failed"),
            ),
            (
                "[{Pattern: ",
                "[{Other: ",
                format!("{event} has a filter whose pattern is no JSON"),
            ),
            (
                "{Filters: ",
                "{Filter: ",
                format!("{event} has filters without patterns"),
            ),
            (
                "/follow-journal/",
                "/catalog/",
                format!("{event} calls a function that takes no stream"),
            ),
        ] {
            let text = TEMPLATE.replace(what, with);
            let refused = Template::parse("template.yaml", &text).unwrap_err();
            assert_eq!(refused.to_string(), format!("template.yaml: {line}"));
        }
    }
}
