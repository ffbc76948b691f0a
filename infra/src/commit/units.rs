//! Packages: moved by the arithmetic of the entries' lines, and only if the units are there.

use std::collections::HashMap;

use aws_sdk_dynamodb::types::{
    AttributeValue, ReturnValuesOnConditionCheckFailure as OnFailure, TransactWriteItem, Update,
};
use domain::packages::Stage;
use domain::{BusinessId, CustomerId, Instant, PackageId};

use super::change::Change;
use super::flows::{Flow, Number, flows};
use crate::collections::due_attributes;
use crate::store::Item;
use crate::table::{BY_SALE, DUE};
use crate::{Fault, Store, keys};

impl Store {
    /// Changes a package, if it is as it was read, has the units, and may be drawn from at the
    /// appointments' times.
    pub(super) fn change_package(
        &self,
        business: &BusinessId,
        holder: CustomerId,
        package: PackageId,
        change: &Change<'_>,
    ) -> Result<TransactWriteItem, Fault> {
        let mut expression = Expression::of(change)?;
        // What was offered moves to when it was accepted; after that this says what is there.
        if let Some(accepted_at) = change.standing.and_then(|standing| standing.accepted_at) {
            let sold = AttributeValue::S(keys::sold(accepted_at, package));
            expression.name("#sold", BY_SALE.sort);
            expression.set("#sold", ":sold", sold);
        }
        if let Some(standing) = change.standing.filter(|standing| standing.debit.is_some()) {
            expression.due(&due_attributes(business, package, standing));
        }
        let update = Update::builder()
            .table_name(&self.table)
            .set_key(Some(keys::package(business, holder, package).attributes()))
            .update_expression(expression.update())
            .condition_expression(expression.condition())
            .set_expression_attribute_names(Some(expression.names))
            .set_expression_attribute_values(Some(expression.values))
            .return_values_on_condition_check_failure(OnFailure::AllOld)
            .build()
            .map_err(Fault::broken)?;
        Ok(TransactWriteItem::builder().update(update).build())
    }
}

/// An update and its condition, with the names and values they use. Kept short: DynamoDB takes 4 KB
/// of each, and a series of bookings on a capped pass counts on as many days.
#[derive(Debug, Default)]
struct Expression {
    conditions: Vec<String>,
    sets: Vec<String>,
    removes: Vec<String>,
    names: HashMap<String, String>,
    values: Item,
}

impl Expression {
    fn of(change: &Change<'_>) -> Result<Self, Fault> {
        let ((before, version), at) = change
            .versions
            .zip(change.at)
            .ok_or_else(|| Fault::broken("a change without an entry"))?;
        let mut expression = Expression::default();
        expression.when("#version = :before", "#version", "version");
        expression.value(":before", number(before));
        expression.set("#version", ":version", number(version));
        expression.name("#changed", "changed_at");
        expression.set("#changed", ":at", millis(at));
        if let Some(valid_at) = change.lines.iter().filter_map(|line| line.valid_at).max() {
            expression.may_be_drawn_at(valid_at);
        }
        if let Some(standing) = change.standing {
            let standing = serde_dynamo::aws_sdk_dynamodb_1::to_attribute_value(standing);
            expression.name("#standing", "standing");
            expression.set("#standing", ":standing", standing.map_err(Fault::broken)?);
        }
        for (index, ((pool, number), flow)) in flows(&change.lines).into_iter().enumerate() {
            expression.flow(index, pool, &number, flow);
        }
        Ok(expression)
    }

    fn update(&self) -> String {
        let removes = Some(self.removes.join(",")).filter(|removes| !removes.is_empty());
        let removes = removes.map_or(String::new(), |removes| format!(" REMOVE {removes}"));
        format!("SET {}{removes}", self.sets.join(","))
    }

    /// Where it stands among what is to be collected; nowhere for no attributes.
    fn due(&mut self, attributes: &Item) {
        let (list, on) = (DUE.partition, DUE.sort);
        for (name, value, attribute) in [("#list", ":list", list), ("#on", ":on", on)] {
            self.name(name, attribute);
            match attributes.get(attribute) {
                Some(due) => self.set(name, value, due.clone()),
                None => self.removes.push(name.to_owned()),
            }
        }
    }

    fn condition(&self) -> String {
        self.conditions.join(" AND ")
    }

    fn when(&mut self, condition: &str, name: &str, attribute: &str) {
        self.conditions.push(condition.to_owned());
        self.name(name, attribute);
    }

    fn name(&mut self, name: &str, attribute: &str) {
        self.names.insert(name.to_owned(), attribute.to_owned());
    }

    fn value(&mut self, name: &str, value: AttributeValue) {
        self.values.insert(name.to_owned(), value);
    }

    fn set(&mut self, path: &str, name: &str, value: AttributeValue) {
        self.sets.push(format!("{path} = {name}"));
        self.value(name, value);
    }

    /// Sold, and not ended then.
    fn may_be_drawn_at(&mut self, valid_at: Instant) {
        self.when("#standing.#stage = :active", "#standing", "standing");
        self.name("#stage", "stage");
        let active = AttributeValue::S(Stage::Active.name().to_owned());
        self.value(":active", active);
        let lasts = "(attribute_not_exists(#standing.#ends) OR #standing.#ends > :valid_at)";
        self.when(lasts, "#ends", "ends_at");
        self.value(":valid_at", millis(valid_at));
    }

    fn flow(&mut self, index: usize, pool: usize, number: &Number, flow: Flow) {
        let path = number.path(pool);
        if flow.needed > 0 {
            let needed = format!(":m{index}");
            self.conditions.push(format!("{path} >= {needed}"));
            self.value(&needed, AttributeValue::N(flow.needed.to_string()));
        }
        if flow.net != 0 {
            self.value(":z", AttributeValue::N("0".to_owned()));
            let net = format!(":n{index}");
            self.value(&net, AttributeValue::N(flow.net.to_string()));
            let sum = format!("{path}=if_not_exists({path},:z)+{net}");
            self.sets.push(sum);
        }
        if flow.needed > 0 || flow.net != 0 {
            self.name("#p", "pools");
            for (name, attribute) in number.names() {
                self.name(&name, &attribute);
            }
        }
    }
}

fn number(value: u64) -> AttributeValue {
    AttributeValue::N(value.to_string())
}

fn millis(at: Instant) -> AttributeValue {
    AttributeValue::N(at.timestamp_millis().to_string())
}

#[cfg(test)]
mod tests {
    use domain::journal::Line;

    use super::*;
    use chrono::{Days, NaiveDate};
    use domain::packages::{Account, Balance};

    #[test]
    fn a_series_on_fifty_days_of_a_capped_pass_stays_within_the_length_of_an_expression() {
        let first: NaiveDate = "2026-11-22".parse().unwrap();
        let line = |n: u64| Line {
            package: PackageId::from_bytes([7; 16]),
            pool: 0,
            from: None,
            to: Some(Account::Held),
            units: 20,
            value: None,
            list_minor: 0,
            day: first.checked_add_days(Days::new(n)),
            after: Balance::default(),
            version: n + 2,
            valid_at: Some(Instant::UNIX_EPOCH),
            uses_up: false,
        };
        let lines: Vec<Line> = (0..50).map(line).collect();
        let change = Change {
            lines: lines.iter().collect(),
            standing: None,
            versions: Some((1, 51)),
            at: Some(Instant::UNIX_EPOCH),
        };
        let expression = Expression::of(&change).unwrap();
        for text in [expression.update(), expression.condition()] {
            assert!(text.len() < 4096, "{} bytes", text.len());
        }
        assert!(expression.update().len() > 50 * 40, "the days are there");
    }
}
