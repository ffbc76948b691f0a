//! Items as they are stored, to be looked at, and to be made so by hand.

use std::collections::HashMap;

use aws_sdk_dynamodb::types::AttributeValue;
use infra::client;
use serde_json::{Value, json};

use super::World;

/// A partition key and a sort key.
pub(crate) type StoredKey = (String, String);

impl World {
    /// What is stored under a key; null if there is nothing.
    pub(crate) async fn stored(&self, key: &StoredKey) -> Value {
        let request = client::at(&self.endpoint)
            .get_item()
            .table_name(&self.table);
        let request = request.set_key(Some(attributes(key))).consistent_read(true);
        let item = request.send().await.unwrap().item;
        item.map_or(Value::Null, |item| plain(&AttributeValue::M(item)))
    }

    /// Puts something else there.
    pub(crate) async fn put_another(&self, key: &StoredKey) {
        let request = client::at(&self.endpoint)
            .put_item()
            .table_name(&self.table);
        let item = Some(attributes(key));
        let another = AttributeValue::S("else".to_owned());
        let request = request.set_item(item).item("something", another);
        request.send().await.unwrap();
    }

    /// Puts a service on the functions' road to the database, with no condition: as no function does.
    pub(crate) async fn put_unconditionally(&self) {
        let client = self.faults.between(&client::at(&self.endpoint));
        let key = (format!("B#{}#SERVICES", self.business), "svc_1".to_owned());
        let request = client.put_item().table_name(&self.table);
        let request = request.set_item(Some(attributes(&key)));
        request.send().await.unwrap();
    }

    /// Takes away what is there.
    pub(crate) async fn delete_stored(&self, key: &StoredKey) {
        let request = client::at(&self.endpoint)
            .delete_item()
            .table_name(&self.table);
        let request = request.set_key(Some(attributes(key)));
        request.send().await.unwrap();
    }
}

fn attributes((pk, sk): &StoredKey) -> HashMap<String, AttributeValue> {
    let text = |text: &str| AttributeValue::S(text.to_owned());
    HashMap::from([("PK".to_owned(), text(pk)), ("SK".to_owned(), text(sk))])
}

fn plain(value: &AttributeValue) -> Value {
    let number = |number: &String| serde_json::from_str(number).unwrap();
    let list = |list: &Vec<AttributeValue>| list.iter().map(plain).collect();
    let map = |map: &HashMap<String, AttributeValue>| {
        let of = map.iter();
        of.map(|(name, value)| (name.clone(), plain(value)))
            .collect()
    };
    let plain = value.as_n().map(number);
    let plain = plain.or_else(|_| value.as_s().map(|text| json!(text)));
    let plain = plain.or_else(|_| value.as_bool().map(|value| json!(value)));
    let plain = plain.or_else(|_| value.as_null().map(|_| Value::Null));
    let plain = plain.or_else(|_| value.as_l().map(list));
    plain.or_else(|_| value.as_m().map(map)).unwrap()
}
