//! The keys of the rows that reports are read from: built and read here and nowhere else.

use domain::reports::{Counted, Month, Period, Row, Seller};
use domain::{BusinessId, Currency, EntryId, PackageId, TemplateId};

use super::part_keys::Part;
use super::pipeline_keys;
use crate::keys::Key;

/// Partition of the rows of a part, in one generation of them.
pub(super) fn rows(business: &BusinessId, generation: u32, part: Part) -> String {
    let part = part.name();
    format!("B#{business}#R#{generation}#{part}")
}

/// Partition of the marks of a generation: what was added to its rows.
pub(super) fn marks(business: &BusinessId, generation: u32) -> String {
    format!("B#{business}#R#{generation}#SEEN")
}

/// What is added to the rows at once, and only once.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Mark {
    /// What an entry's lines moved.
    Entry(EntryId),
    /// What a package's reaching this version changed in what will end.
    Package(PackageId, u64),
}

pub(super) fn mark(business: &BusinessId, generation: u32, mark: Mark) -> Key {
    let sk = match mark {
        Mark::Entry(id) => id.to_string(),
        Mark::Package(id, version) => format!("{id}#{version}"),
    };
    Key {
        pk: marks(business, generation),
        sk,
    }
}

/// What the sort keys of a period's rows begin with.
pub(super) fn period(period: Period) -> String {
    match period {
        Period::Year(year) => format!("Y#{year:04}"),
        Period::Month(month) => format!("M#{month}"),
        Period::Day(day) => format!("D#{day}"),
    }
}

/// What the sort keys of a month's cohorts begin with.
pub(super) fn cohort(month: Month) -> String {
    month.to_string()
}

/// Sorts after everything that begins with `prefix`.
pub(super) fn last_of(prefix: &str) -> String {
    format!("{prefix}~")
}

pub(super) fn row(business: &BusinessId, generation: u32, row: &Row) -> Key {
    let of_template =
        |template: &Option<TemplateId>| template.map_or("-".to_owned(), |id| id.to_string());
    let sk = match row {
        Row::Ledger(at, currency) => format!("{}#{currency}", period(*at)),
        Row::Template(at, template, currency) => {
            format!("{}#{}#{currency}", period(*at), of_template(template))
        }
        Row::Seller(at, seller, currency) => {
            let seller = match seller {
                Seller::Customers => "",
                Seller::Account(id) => id.as_str(),
            };
            format!("{}#{currency}#{seller}", period(*at))
        }
        Row::Cohort(month, template, currency) => {
            format!("{month}#{}#{currency}", of_template(template))
        }
        Row::Usage(month, template, counted) => {
            let counted = match counted {
                Counted::Visits => "VISITS",
                Counted::Credit(currency) => currency.code(),
            };
            format!("{month}#{}#{counted}", of_template(template))
        }
        Row::Pipeline(row) => pipeline_keys::sort_key(row),
    };
    Key {
        pk: rows(business, generation, Part::of(row)),
        sk,
    }
}

/// The period that the words of a sort key stand for.
pub(super) fn period_of(kind: &str, text: &str) -> Option<Period> {
    match kind {
        "Y" => text.parse().ok().map(Period::Year),
        "M" => month_of(text).map(Period::Month),
        "D" => text.parse().ok().map(Period::Day),
        _ => None,
    }
}

/// The month that a word of a sort key stands for.
pub(super) fn month_of(text: &str) -> Option<Month> {
    format!("{text}-01").parse().ok().map(Month::of)
}

/// The row that a sort key of a part stands for.
pub(super) fn row_of(part: Part, sk: &str) -> Option<Row> {
    let currency = |code: &str| Currency::try_from(code.to_owned()).ok();
    let template = |text: &str| match text {
        "-" => Some(None),
        id => id.parse().ok().map(Some),
    };
    let words: Vec<&str> = sk.splitn(4, '#').collect();
    match (part, words.as_slice()) {
        (Part::Ledger, [kind, of, code]) => {
            Some(Row::Ledger(period_of(kind, of)?, currency(code)?))
        }
        (Part::Templates, [kind, of, id, code]) => Some(Row::Template(
            period_of(kind, of)?,
            template(id)?,
            currency(code)?,
        )),
        (Part::Sellers, [kind, of, code, id]) => {
            let seller = match *id {
                "" => Seller::Customers,
                id => Seller::Account(id.parse().ok()?),
            };
            Some(Row::Seller(period_of(kind, of)?, seller, currency(code)?))
        }
        (Part::Cohorts, [of, id, code]) => {
            Some(Row::Cohort(month_of(of)?, template(id)?, currency(code)?))
        }
        (Part::Usage, [of, id, counted]) => {
            let counted = match *counted {
                "VISITS" => Counted::Visits,
                code => Counted::Credit(currency(code)?),
            };
            Some(Row::Usage(month_of(of)?, template(id)?, counted))
        }
        (Part::Ledger | Part::Templates | Part::Sellers | Part::Cohorts | Part::Usage, _) => None,
        (
            Part::Stages
            | Part::Outlook
            | Part::Forecasts
            | Part::Outcomes
            | Part::Reasons
            | Part::Funnel
            | Part::Worked
            | Part::Pending
            | Part::Won,
            _,
        ) => pipeline_keys::row_of(part, sk).map(Row::Pipeline),
    }
}

#[cfg(test)]
mod tests {
    use chrono::NaiveDate;

    use super::*;

    const ULID: &str = "00000000000000000000000007";

    #[test]
    fn every_key_of_a_row_is_golden_and_reads_back() {
        let b: BusinessId = "gul".parse().unwrap();
        let day: NaiveDate = "2026-11-02".parse().unwrap();
        let lira = Currency::try_from("TRY".to_owned()).unwrap();
        let template = Some(TemplateId::from_bytes(7_u128.to_be_bytes()));
        let [year, month, single] = Period::around(day);
        let of = Month::of(day);
        let account = |id: &str| Seller::Account(id.parse().unwrap());
        for (row, golden) in [
            (Row::Ledger(year, lira), "LEDGER | Y#2026#TRY".to_owned()),
            (
                Row::Ledger(month, lira),
                "LEDGER | M#2026-11#TRY".to_owned(),
            ),
            (
                Row::Ledger(single, lira),
                "LEDGER | D#2026-11-02#TRY".to_owned(),
            ),
            (
                Row::Template(single, template, lira),
                format!("TEMPLATES | D#2026-11-02#tpl_{ULID}#TRY"),
            ),
            (
                Row::Template(year, None, lira),
                "TEMPLATES | Y#2026#-#TRY".to_owned(),
            ),
            (
                Row::Seller(month, account("a#b#c"), lira),
                "SELLERS | M#2026-11#TRY#a#b#c".to_owned(),
            ),
            (
                Row::Seller(year, Seller::Customers, lira),
                "SELLERS | Y#2026#TRY#".to_owned(),
            ),
            (
                Row::Cohort(of, template, lira),
                format!("COHORTS | 2026-11#tpl_{ULID}#TRY"),
            ),
            (
                Row::Usage(of, None, Counted::Visits),
                "USAGE | 2026-11#-#VISITS".to_owned(),
            ),
            (
                Row::Usage(of, template, Counted::Credit(lira)),
                format!("USAGE | 2026-11#tpl_{ULID}#TRY"),
            ),
        ] {
            let key = super::row(&b, 3, &row);
            assert_eq!(
                format!("{} | {}", key.pk, key.sk),
                format!("B#gul#R#3#{golden}")
            );
            assert_eq!(row_of(Part::of(&row), &key.sk), Some(row));
        }
        for (sk, part) in [
            ("", Part::Ledger),
            ("D#2026-11#TRY", Part::Ledger),
            ("2026-11##TRY", Part::Cohorts),
        ] {
            assert_eq!(row_of(part, sk), None, "{sk}");
        }
    }

    #[test]
    fn every_mark_is_golden() {
        let b: BusinessId = "gul".parse().unwrap();
        let entry = EntryId::from_bytes(7_u128.to_be_bytes());
        let package = PackageId::from_bytes(7_u128.to_be_bytes());
        for (of, golden) in [
            (Mark::Entry(entry), format!("B#gul#R#1#SEEN | ent_{ULID}")),
            (
                Mark::Package(package, 12),
                format!("B#gul#R#1#SEEN | pkg_{ULID}#12"),
            ),
        ] {
            let key = mark(&b, 1, of);
            assert_eq!(format!("{} | {}", key.pk, key.sk), golden);
        }
    }
}
