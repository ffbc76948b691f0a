//! Beginning a collection: which packages it is about.

use chrono::NaiveDate;
use chrono_tz::Tz;
use serde::{Deserialize, Serialize};

use super::{CollectionOf, Due, DueDebit, Obstacle, Package, due};
use crate::customers::MandateRecord;
use crate::journal::Fact;
use crate::sepa::{MessageId, check_day};
use crate::settings::{CreditorRecord, Settings};
use crate::{Context, CustomerId, Decision, EntryKey, Instant, PackageId, Refusal};

/// A package of a collection.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlannedPackage {
    /// Who holds it.
    pub customer: CustomerId,
    /// The package.
    pub package: PackageId,
}

/// What a collection is about. It is recorded before anything is collected: whoever carries it out
/// again, after a crash or beside another, goes through the same packages, and each of them is
/// decided once.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CollectionPlan {
    /// What its file is called.
    pub collection: MessageId,
    /// The day asked for.
    pub collect_on: NaiveDate,
    /// The packages, in the order of the file.
    pub packages: Vec<PlannedPackage>,
    /// What is due too and was left out, at most [`CollectionPlan::MAX_DEBITS`] of it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub left_out: Vec<LeftOut>,
}

/// A package that something is due of, and why it is not collected.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct LeftOut {
    /// Which.
    #[serde(flatten)]
    pub planned: PlannedPackage,
    /// Why.
    pub obstacle: Obstacle,
}

/// What is due, before it is planned.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Survey {
    /// What can be collected, as far as one collection takes it, the oldest first.
    pub collectable: Vec<(PlannedPackage, Vec<DueDebit>)>,
    /// What is left out.
    pub left_out: Vec<LeftOut>,
}

impl Survey {
    /// Looks at packages in the order in which they fall due, each with its holder's mandate.
    pub fn of(
        packages: &[(Package, Option<MandateRecord>)],
        collect_on: NaiveDate,
        zone: Tz,
        now: Instant,
    ) -> Self {
        let mut survey = Self::default();
        let mut count = 0;
        for (package, mandate) in packages {
            let planned = PlannedPackage {
                customer: package.customer,
                package: package.id,
            };
            let Due { debits, obstacle } = due(package, mandate.as_ref(), collect_on, zone, now);
            let full = count + debits.len() > CollectionPlan::MAX_DEBITS;
            let obstacle = obstacle.or(full.then_some(Obstacle::NextCollection));
            if debits.is_empty() {
                continue;
            }
            match obstacle {
                Some(obstacle) => survey.left_out.push(LeftOut { planned, obstacle }),
                None => {
                    count += debits.len();
                    survey.collectable.push((planned, debits));
                }
            }
        }
        survey
    }
}

impl CollectionPlan {
    /// The most debits that one collection is planned for: as many as are carried out in the time of
    /// one request. What is left is due in the next.
    pub const MAX_DEBITS: usize = 1_000;

    /// The collection it is the plan of.
    pub fn of(&self) -> CollectionOf {
        CollectionOf {
            id: self.collection.clone(),
            collect_on: self.collect_on,
        }
    }
}

/// Plans the collection of what the survey found.
///
/// # Errors
/// In this order: [`Refusal::SettingsMissing`], [`Refusal::CreditorMissing`],
/// [`Refusal::CollectionDate`] for a day before today or more than a year ahead,
/// [`Refusal::CollectionSize`] when there is nothing to collect.
pub fn plan_collection(
    settings: Option<&Settings>,
    creditor: Option<&CreditorRecord>,
    collection: CollectionOf,
    survey: &Survey,
    context: &Context,
) -> Result<Decision, Refusal> {
    settings.ok_or(Refusal::SettingsMissing)?;
    creditor.ok_or(Refusal::CreditorMissing)?;
    check_day(collection.collect_on, context.now)?;
    if survey.collectable.is_empty() {
        return Err(Refusal::CollectionSize);
    }
    let key = EntryKey::Collection(collection.id.clone());
    let fact = Fact::CollectionPlanned(CollectionPlan {
        collection: collection.id,
        collect_on: collection.collect_on,
        packages: survey
            .collectable
            .iter()
            .map(|(planned, _)| *planned)
            .collect(),
        left_out: survey
            .left_out
            .iter()
            .take(CollectionPlan::MAX_DEBITS)
            .copied()
            .collect(),
    });
    let entry = context.entry(None, fact, Vec::new(), None);
    Ok(Decision::of_records(key, entry, Vec::new()))
}
