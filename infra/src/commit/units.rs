//! Units: moved by the arithmetic of the entry's lines, and only if they are there.

use std::collections::{BTreeMap, HashMap};

use aws_sdk_dynamodb::types::{
    AttributeValue, ReturnValuesOnConditionCheckFailure as OnFailure, TransactWriteItem, Update,
};
use domain::journal::{Entry, Line};
use domain::{CustomerId, PackageId};

use crate::store::Item;
use crate::{Fault, Store, keys};

impl Store {
    /// Moves units by the lines' own arithmetic, if the package is as it was read and has them.
    pub(super) fn move_units(
        &self,
        entry: &Entry,
        holder: CustomerId,
        package: PackageId,
        lines: &[&Line],
    ) -> Result<TransactWriteItem, Fault> {
        let version = lines.last().map(|line| line.version).unwrap_or_default();
        let mut expression = Expression::default();
        expression.when("#version = :before", "#version", "version");
        expression.value(":before", number(version - 1));
        if let Some(valid_at) = lines.iter().filter_map(|line| line.valid_at).max() {
            let still_valid = "(attribute_not_exists(#expires) OR #expires > :valid_at)";
            expression.when(still_valid, "#expires", "expires_at");
            expression.value(":valid_at", millis(valid_at));
        }
        let mut sets = vec![
            "#version = :version".to_owned(),
            "#changed = :at".to_owned(),
        ];
        expression.name("#changed", "changed_at");
        expression.value(":version", number(version));
        expression.value(":at", millis(entry.at));
        for (index, ((pool, account), flow)) in flows(lines).into_iter().enumerate() {
            let path = format!("#pools[{pool}].#{account}");
            if flow.needed > 0 {
                let needed = format!(":needed{index}");
                expression.when(
                    &format!("{path} >= {needed}"),
                    &format!("#{account}"),
                    account,
                );
                expression.value(&needed, AttributeValue::N(flow.needed.to_string()));
            }
            if flow.net != 0 {
                expression.name(&format!("#{account}"), account);
                expression.value(":zero", number(0));
                expression.value(
                    &format!(":net{index}"),
                    AttributeValue::N(flow.net.to_string()),
                );
                sets.push(format!(
                    "{path} = if_not_exists({path}, :zero) + :net{index}"
                ));
            }
            if flow.needed > 0 || flow.net != 0 {
                expression.name("#pools", "pools");
            }
        }
        let update = Update::builder()
            .table_name(&self.table)
            .set_key(Some(
                keys::package(&entry.business, holder, package).attributes(),
            ))
            .update_expression(format!("SET {}", sets.join(", ")))
            .condition_expression(expression.conditions.join(" AND "))
            .set_expression_attribute_names(Some(expression.names))
            .set_expression_attribute_values(Some(expression.values))
            .return_values_on_condition_check_failure(OnFailure::AllOld)
            .build()
            .map_err(Fault::broken)?;
        Ok(TransactWriteItem::builder().update(update).build())
    }
}

/// A condition with the names and values it uses.
#[derive(Debug, Default)]
struct Expression {
    conditions: Vec<String>,
    names: HashMap<String, String>,
    values: Item,
}

impl Expression {
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
}

/// What an account of a pool needs and gets over all lines.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
struct Flow {
    /// The change at the end.
    net: i128,
    /// What must be there at the beginning for no line to overdraw it.
    needed: i128,
}

fn flows(lines: &[&Line]) -> BTreeMap<(usize, &'static str), Flow> {
    let mut flows = BTreeMap::<(usize, &'static str), Flow>::new();
    for line in lines {
        let units = i128::from(line.units);
        match line.from {
            Some(from) => {
                let flow = flows.entry((line.pool, from.name())).or_default();
                flow.net -= units;
                flow.needed = flow.needed.max(-flow.net);
            }
            None => flows.entry((line.pool, "granted")).or_default().net += units,
        }
        flows.entry((line.pool, line.to.name())).or_default().net += units;
    }
    flows
}

fn number(value: u64) -> AttributeValue {
    AttributeValue::N(value.to_string())
}

fn millis(at: domain::Instant) -> AttributeValue {
    AttributeValue::N(at.timestamp_millis().to_string())
}
