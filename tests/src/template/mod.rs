//! template.yaml against the code: its functions, its table, its roles.

mod api;
mod bus;
mod grants;
mod roles;
mod table;
mod watched;
mod webhook;

use serde_norway::Value;

/// The template as it is written.
fn template() -> Value {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../template.yaml");
    serde_norway::from_str(&std::fs::read_to_string(path).unwrap()).unwrap()
}

/// The resources of a type, with their names.
fn resources(template: &Value, kind: &str) -> Vec<(String, Value)> {
    let resources = template["Resources"].as_mapping().unwrap().iter();
    let of_kind = resources.filter(|(_, resource)| resource["Type"] == kind);
    of_kind
        .map(|(name, resource)| (name.as_str().unwrap().to_owned(), resource.clone()))
        .collect()
}

/// The functions by the name of their binary.
fn functions(template: &Value) -> Vec<(String, Value)> {
    let functions = resources(template, "AWS::Serverless::Function").into_iter();
    functions
        .map(|(_, resource)| {
            let properties = resource["Properties"].clone();
            let code = properties["CodeUri"].as_str().unwrap();
            let name = code.trim_end_matches('/').rsplit('/').next().unwrap();
            (name.to_owned(), properties)
        })
        .collect()
}

/// A value with its intrinsic function, as `GetAtt Table.Arn`; a plain text alone.
fn plain(value: &Value) -> String {
    if let Value::Tagged(tagged) = value {
        let function = tagged.tag.to_string();
        return format!(
            "{} {}",
            function.trim_start_matches('!'),
            plain(&tagged.value)
        );
    }
    value.as_str().unwrap_or_default().to_owned()
}

/// A value, or each of a list.
fn each(value: &Value) -> Vec<String> {
    match value.as_sequence() {
        Some(values) => values.iter().map(plain).collect(),
        None => vec![plain(value)],
    }
}
