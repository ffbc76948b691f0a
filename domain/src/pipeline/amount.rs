//! What an opportunity is worth: once, a month or a year.

use serde::{Deserialize, Serialize};

use super::PipelineRefusal;
use crate::{Money, Refusal};

/// The most months of a term: ten years.
pub const MAX_TERM_MONTHS: u16 = 120;

/// How often an amount is earned.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum AmountPeriod {
    /// Once.
    #[default]
    Fixed,
    /// Every month.
    Monthly,
    /// Every year.
    Yearly,
}

/// How often an amount is earned, and for how long.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Earned {
    /// How often.
    pub period: AmountPeriod,
    /// For how many months; none is open-ended, or of no matter.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub term_months: Option<u16>,
}

/// The figures of an amount that recurs or has a term. Rounded half up to the minor unit, each from the
/// amount itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Recurring {
    /// Monthly recurring revenue: the amount ÷ the months it is for.
    pub mrr: Option<Money>,
    /// Annual recurring revenue: 12 × the amount ÷ the months it is for.
    pub arr: Option<Money>,
    /// Total contract value: the amount as often as the term has it; of a fixed amount, the amount.
    pub tcv: Option<Money>,
}

impl Earned {
    /// # Errors
    /// [`PipelineRefusal::TermOutOfRange`].
    pub(super) fn check(self) -> Result<(), Refusal> {
        match self.term_months {
            Some(months) if !(1..=MAX_TERM_MONTHS).contains(&months) => {
                Err(PipelineRefusal::TermOutOfRange.into())
            }
            Some(_) | None => Ok(()),
        }
    }

    /// How many months one amount is for; none of a fixed amount without a term.
    fn months(self) -> Option<u16> {
        match self.period {
            AmountPeriod::Monthly => Some(1),
            AmountPeriod::Yearly => Some(12),
            AmountPeriod::Fixed => self.term_months,
        }
    }

    /// What `amount` is, as recurring revenue and over its term.
    ///
    /// # Errors
    /// [`Refusal::TooLarge`].
    pub fn recurring(self, amount: Money) -> Result<Recurring, Refusal> {
        let months = self.months().filter(|months| *months > 0);
        let per = |times: u64| match months {
            Some(months) => scaled(amount, times, u64::from(months)).map(Some),
            None => Ok(None),
        };
        let tcv = match (self.period, self.term_months) {
            (AmountPeriod::Fixed, _) => Some(amount),
            (AmountPeriod::Monthly, Some(term)) => Some(scaled(amount, term.into(), 1)?),
            (AmountPeriod::Yearly, Some(term)) => Some(scaled(amount, term.into(), 12)?),
            (AmountPeriod::Monthly | AmountPeriod::Yearly, None) => None,
        };
        Ok(Recurring {
            mrr: per(1)?,
            arr: per(12)?,
            tcv,
        })
    }

    /// What reports count `amount` as: the total contract value or, where it is open-ended, what it
    /// earns in a year.
    ///
    /// # Errors
    /// [`Refusal::TooLarge`].
    pub fn value(self, amount: Money) -> Result<Money, Refusal> {
        let recurring = self.recurring(amount)?;
        Ok(recurring.tcv.or(recurring.arr).unwrap_or(amount))
    }
}

/// `amount` × `times` ÷ `parts`, rounded half up.
fn scaled(amount: Money, times: u64, parts: u64) -> Result<Money, Refusal> {
    let (times, parts) = (u128::from(times), u128::from(parts));
    let minor = (u128::from(amount.amount_minor()) * times * 2 + parts) / (2 * parts);
    let minor = u64::try_from(minor).map_err(|_| Refusal::TooLarge)?;
    Money::new(minor, amount.currency()).map_err(|_| Refusal::TooLarge)
}
