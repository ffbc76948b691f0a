//! What was paid for each package, and is to be paid when: by the model, and as it is shown.

use serde_json::Value;

use super::asked::moment::date;
use super::asked::money::{REASONS, name};
use super::model::books::{Method, Part};
use super::model::holdings::Stage;
use super::run::{Run, Violation};

/// A payment as it is shown: how much, how, under which name, and why it came back.
type Line = (u64, &'static str, Option<String>, Option<String>);

impl Run<'_> {
    /// The payments of every package are the model's, and what is to be paid when. What was just recorded is known by
    /// its entry from now on.
    pub(super) async fn compare_payments(&mut self, all: bool) -> Result<(), Violation> {
        for place in 0..self.model.packages.len() {
            let mut payments = self.model.packages[place].books.payments.iter();
            if all || payments.any(|payment| payment.id.is_empty()) {
                self.compare_payments_of(place).await?;
            }
        }
        Ok(())
    }

    async fn compare_payments_of(&mut self, place: usize) -> Result<(), Violation> {
        let package = &mut self.model.packages[place];
        let path = format!("/v1/packages/{}/payments", package.id);
        let shown = self.world.get(&path).ok().await;
        let payments = shown["payments"].as_array().unwrap();
        let mut found: Vec<(Line, &str)> = payments.iter().map(line).collect();
        found.sort();
        let mut expected: Vec<(Line, usize)> = Vec::new();
        for (number, payment) in package.books.payments.iter().enumerate() {
            let (named, back) = (payment.named.map(name), payment.back);
            let back = back.map(|reason| REASONS[reason].to_owned());
            expected.push(((payment.amount, payment.method.name(), named, back), number));
        }
        expected.sort();
        let alike = expected
            .iter()
            .map(|(line, _)| line)
            .eq(found.iter().map(|(line, _)| line));
        if !alike {
            return Err(format!(
                "package {place} was paid {found:?}, not {expected:?}"
            ));
        }
        for ((_, number), (_, id)) in expected.iter().zip(&found) {
            (*id).clone_into(&mut package.books.payments[*number].id);
        }
        if matches!(package.stage, Stage::Offered | Stage::Declined) {
            // What would have to be paid is said of an offer, too.
            return Ok(());
        }
        let found: Vec<_> = shown["instalments"]
            .as_array()
            .unwrap()
            .iter()
            .map(part)
            .collect();
        let expected: Vec<_> = package.parts().iter().map(as_shown).collect();
        match found == expected {
            true => Ok(()),
            false => Err(format!(
                "of package {place} is to be paid {found:?}, not {expected:?}"
            )),
        }
    }
}

fn minor(sum: &Value) -> u64 {
    sum["amount_minor"].as_u64().unwrap()
}

fn text(value: &Value) -> Option<String> {
    value.as_str().map(ToOwned::to_owned)
}

fn line(payment: &Value) -> (Line, &str) {
    let method = Method::ALL
        .into_iter()
        .find(|method| payment["method"] == method.name());
    let line = (
        minor(&payment["amount"]),
        method.map_or("unknown", Method::name),
        text(&payment["reference"]),
        text(&payment["returned"]["reason"]),
    );
    (line, payment["entry_id"].as_str().unwrap())
}

/// Which part of the price, when it is due, how much it is and how much of it is paid.
type Shown = (String, Option<u64>, Option<String>, u64, u64);

fn part(shown: &Value) -> Shown {
    let name = shown["part"].as_str().unwrap().to_owned();
    let (number, due_on) = (shown["number"].as_u64(), text(&shown["due_on"]));
    (
        name,
        number,
        due_on,
        minor(&shown["amount"]),
        minor(&shown["paid"]),
    )
}

fn as_shown(part: &Part) -> Shown {
    let (name, number) = match part.number {
        None => ("open", None),
        Some(0) => ("deposit", None),
        Some(number) => ("monthly", Some(u64::from(number))),
    };
    (
        name.to_owned(),
        number,
        part.due_on.map(date),
        part.amount,
        part.paid,
    )
}
