//! Collections as clients see them.

use chrono::NaiveDate;
use domain::packages::{CollectionOf, CollectionPlan, LeftOut, Obstacle, PlannedPackage, Survey};
use domain::sepa::{EndToEndId, MessageId, Sequence, next_target_day};
use domain::{CustomerId, Money, PackageId};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::one::Taken;
use crate::edge::MoneyField;

/// A collection, or what one would be.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[schema(as = Collection)]
pub(crate) struct CollectionView {
    /// What its file is called; null where nothing was collected yet.
    #[schema(value_type = Option<String>)]
    id: Option<MessageId>,
    /// The day that was asked for.
    #[schema(value_type = String, format = Date)]
    collect_on: NaiveDate,
    /// The next day on which banks settle, from then on.
    #[schema(value_type = String, format = Date)]
    settles_on: NaiveDate,
    /// The sum of all debits, in cents.
    total_cents: u64,
    /// What is collected, the oldest first.
    debits: Vec<DebitView>,
    /// What is due and left out.
    left_out: Vec<LeftOutView>,
}

/// An instalment that is collected.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[schema(as = CollectedInstalment)]
pub(crate) struct DebitView {
    /// The package.
    #[schema(value_type = String)]
    package_id: PackageId,
    /// Who holds it.
    #[schema(value_type = String)]
    customer_id: CustomerId,
    /// Which instalment of the plan, from 1.
    instalment: u8,
    /// How much.
    #[schema(value_type = MoneyField)]
    amount: Money,
    /// What the bank calls it: the reference of the payment when it arrives. Null before it is
    /// collected.
    #[schema(value_type = Option<String>)]
    end_to_end_id: Option<EndToEndId>,
    /// `first` or `recurring` of the mandate; null before it is collected.
    #[schema(value_type = Option<String>)]
    sequence: Option<Sequence>,
}

/// A package that something is due of, and why it is not collected.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[schema(as = LeftOutOfCollection)]
pub(crate) struct LeftOutView {
    /// The package.
    #[schema(value_type = String)]
    package_id: PackageId,
    /// Who holds it.
    #[schema(value_type = String)]
    customer_id: CustomerId,
    /// `not-active`, `frozen`, `other-currency`, `too-large`, `no-mandate`, `mandate-date`,
    /// `mandate-lapsed` or `next-collection`.
    #[schema(value_type = String, example = "no-mandate")]
    reason: Obstacle,
}

impl From<&LeftOut> for LeftOutView {
    fn from(left_out: &LeftOut) -> Self {
        Self {
            package_id: left_out.planned.package,
            customer_id: left_out.planned.customer,
            reason: left_out.obstacle,
        }
    }
}

impl CollectionView {
    /// What would be collected.
    pub(super) fn dry(collect_on: NaiveDate, survey: &Survey) -> Self {
        let due = survey.collectable.iter();
        let debits = due.flat_map(|(planned, debits)| {
            debits.iter().map(|debit| DebitView {
                package_id: planned.package,
                customer_id: planned.customer,
                instalment: debit.instalment,
                amount: debit.amount,
                end_to_end_id: None,
                sequence: None,
            })
        });
        let left_out = survey.left_out.iter().map(Into::into).collect();
        Self::of(None, collect_on, debits.collect(), left_out)
    }

    /// What was collected.
    pub(super) fn done(plan: &CollectionPlan, taken: &[Taken]) -> Self {
        let CollectionOf { id, collect_on } = plan.of();
        let debits = taken.iter().flat_map(|taken| {
            taken.collected.debits.iter().map(|debit| DebitView {
                package_id: taken.package.id,
                customer_id: taken.package.customer,
                instalment: debit.instalment,
                amount: debit.amount,
                end_to_end_id: Some(debit.id.clone()),
                sequence: Some(debit.sequence),
            })
        });
        // What came in between the plan and the collection.
        let since = taken.iter().filter_map(|taken| {
            let planned = PlannedPackage {
                customer: taken.package.customer,
                package: taken.package.id,
            };
            let obstacle = taken.collected.obstacle?;
            Some(LeftOut { planned, obstacle })
        });
        let left_out = plan.left_out.iter().copied().chain(since);
        let left_out = left_out.map(|left_out| (&left_out).into()).collect();
        Self::of(Some(id), collect_on, debits.collect(), left_out)
    }

    fn of(
        id: Option<MessageId>,
        collect_on: NaiveDate,
        debits: Vec<DebitView>,
        left_out: Vec<LeftOutView>,
    ) -> Self {
        Self {
            id,
            collect_on,
            settles_on: next_target_day(collect_on),
            total_cents: debits.iter().map(|debit| debit.amount.amount_minor()).sum(),
            debits,
            left_out,
        }
    }
}
