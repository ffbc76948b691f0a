//! The sums of a row, as the attributes they are stored in.

use chrono::{Datelike, NaiveDate};
use domain::reports::{Figure, Rows, Sums};

use super::part_keys::Part;
use super::pipeline_sums;
use super::row_keys::row_of;
use crate::Fault;
use crate::keys::Key;
use crate::store::Item;
use crate::table::{PK, SK};

/// The attribute of a sum: short, because a row is mostly names.
pub(super) fn attribute(figure: Figure) -> String {
    let name = match figure {
        Figure::Granted => "g",
        Figure::Sold => "s",
        Figure::SoldCount => "sn",
        Figure::Voided => "v",
        Figure::VoidedCount => "vn",
        Figure::ToppedUp => "u",
        Figure::Adjusted => "a",
        Figure::Transferred => "t",
        Figure::Captured => "c",
        Figure::Forfeited => "f",
        Figure::Refunded => "r",
        Figure::Expired => "x",
        Figure::Ends(day) => return format!("e{}", day.num_days_from_ce()),
        Figure::Pipeline(figure) => return pipeline_sums::attribute(figure),
    };
    name.to_owned()
}

fn figure_of(attribute: &str) -> Option<Figure> {
    Some(match attribute {
        "g" => Figure::Granted,
        "s" => Figure::Sold,
        "sn" => Figure::SoldCount,
        "v" => Figure::Voided,
        "vn" => Figure::VoidedCount,
        "u" => Figure::ToppedUp,
        "a" => Figure::Adjusted,
        "t" => Figure::Transferred,
        "c" => Figure::Captured,
        "f" => Figure::Forfeited,
        "r" => Figure::Refunded,
        "x" => Figure::Expired,
        other => match other.strip_prefix('e') {
            Some(days) => Figure::Ends(NaiveDate::from_num_days_from_ce_opt(days.parse().ok()?)?),
            None => Figure::Pipeline(pipeline_sums::figure_of(other)?),
        },
    })
}

/// Adds stored rows of a part to others.
///
/// # Errors
/// [`Fault::Broken`] for an item that is no row of this part.
pub(super) fn add_items(rows: &mut Rows, part: Part, items: Vec<Item>) -> Result<(), Fault> {
    for item in items {
        let key = Key::of(&item).ok_or_else(|| Fault::broken("a row without a key"))?;
        let broken = || Fault::broken(format_args!("row {}", key.sk));
        let row = row_of(part, &key.sk).ok_or_else(broken)?;
        rows.add_row(&row, &sums_of(&item).ok_or_else(broken)?);
    }
    Ok(())
}

fn sums_of(item: &Item) -> Option<Sums> {
    let sums = item
        .iter()
        .filter(|(name, _)| !matches!(name.as_str(), PK | SK));
    sums.map(|(name, value)| {
        let sum = value.as_n().ok()?.parse().ok()?;
        Some((figure_of(name)?, sum))
    })
    .collect()
}

#[cfg(test)]
mod tests {
    use domain::reports::PipelineFigure;

    use super::*;

    #[test]
    fn every_sum_has_an_attribute_of_its_own_that_reads_back() {
        let day = "2026-11-02".parse().unwrap();
        let figures = [
            Figure::Granted,
            Figure::Sold,
            Figure::SoldCount,
            Figure::Voided,
            Figure::VoidedCount,
            Figure::ToppedUp,
            Figure::Adjusted,
            Figure::Transferred,
            Figure::Captured,
            Figure::Forfeited,
            Figure::Refunded,
            Figure::Expired,
            Figure::Ends(day),
            Figure::Pipeline(PipelineFigure::MovedTo(3)),
        ];
        for figure in figures {
            assert_eq!(figure_of(&attribute(figure)), Some(figure));
        }
        assert_eq!(attribute(Figure::Ends(day)), "e739922");
        assert_eq!(figure_of("other"), None);
    }
}
