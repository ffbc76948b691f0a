//! What happens to opportunities and their quotes, as events.

use domain::pipeline::{
    self, Milestone, OpportunityChange, OpportunityEvent, Origin, Outcome, Position,
};
use events::Version;
use events::out::{
    self, OpportunityAbandoned, OpportunityAssigned, OpportunityEdited, OpportunityLost,
    OpportunityOpened, OpportunityReopened, OpportunityResumed, OpportunityStageChanged,
    OpportunitySuspended, OpportunityWon, QuoteAccepted, QuoteRejected, QuoteSent, QuoteWithdrawn,
    Sequence,
};
use infra::Fault;

use super::figures::money;
use super::told::Tellings;

/// An event about one opportunity: what every one has, and its own fields.
macro_rules! tell {
    ($tellings:expr, $change:expr, $event:ident { $($field:ident: $value:expr),* $(,)? }) => {
        $tellings.tell(
            Some($change.customer.to_string()),
            Some(sequence($change)),
            |told| $event {
                version: Version,
                told,
                opportunity: positions($change),
                $($field: $value,)*
            },
        )
    };
}

/// What happened to an opportunity.
pub(super) fn changed(
    tellings: &mut Tellings<'_>,
    change: &OpportunityChange,
) -> Result<(), Fault> {
    let edited = |tellings: &mut Tellings<'_>, field: &str| {
        tell!(
            tellings,
            change,
            OpportunityEdited {
                fields: vec![field.to_owned()]
            }
        )
    };
    let amount_moved = change.before.as_ref().is_some_and(|before| {
        (before.amount, before.value) != (change.after.amount, change.after.value)
    });
    match &change.event {
        OpportunityEvent::Opened(origin) => opened(tellings, change, *origin)?,
        OpportunityEvent::Edited(fields) => {
            tell!(
                tellings,
                change,
                OpportunityEdited {
                    fields: fields.clone()
                }
            )?;
        }
        OpportunityEvent::LinesChanged => edited(tellings, "lines")?,
        OpportunityEvent::StageMoved => {
            return tell!(tellings, change, OpportunityStageChanged { moved_by: None });
        }
        OpportunityEvent::Advanced(milestone) => {
            let moved_by = Some(of_milestone(*milestone));
            return tell!(
                tellings,
                change,
                OpportunityStageChanged { moved_by: moved_by }
            );
        }
        OpportunityEvent::Assigned => tell!(tellings, change, OpportunityAssigned {})?,
        OpportunityEvent::Suspended(day) => {
            tell!(
                tellings,
                change,
                OpportunitySuspended {
                    resume_on: day.to_string()
                }
            )?;
        }
        OpportunityEvent::Resumed => tell!(tellings, change, OpportunityResumed {})?,
        OpportunityEvent::Closed { outcome, .. } => match outcome {
            Outcome::Won => {
                tell!(
                    tellings,
                    change,
                    OpportunityWon {
                        quote_id: None,
                        package_ids: Vec::new()
                    }
                )?;
            }
            Outcome::Lost => tell!(tellings, change, OpportunityLost {})?,
            Outcome::Abandoned => tell!(tellings, change, OpportunityAbandoned {})?,
        },
        OpportunityEvent::Reopened(reason) => {
            tell!(
                tellings,
                change,
                OpportunityReopened {
                    reason: reason.to_string()
                }
            )?;
        }
        OpportunityEvent::QuoteSent(quote) => {
            tell!(
                tellings,
                change,
                QuoteSent {
                    quote_id: quote.to_string()
                }
            )?;
        }
        OpportunityEvent::QuoteAccepted { quote, packages } => {
            let quote_id = quote.to_string();
            let package_ids: Vec<String> = packages.iter().map(ToString::to_string).collect();
            tell!(
                tellings,
                change,
                QuoteAccepted {
                    quote_id: quote_id.clone(),
                    package_ids: package_ids.clone(),
                }
            )?;
            tell!(
                tellings,
                change,
                OpportunityWon {
                    quote_id: Some(quote_id),
                    package_ids: package_ids,
                }
            )?;
        }
        OpportunityEvent::QuoteRejected(quote) => {
            tell!(
                tellings,
                change,
                QuoteRejected {
                    quote_id: quote.to_string()
                }
            )?;
        }
        OpportunityEvent::QuoteWithdrawn(quote) => {
            tell!(
                tellings,
                change,
                QuoteWithdrawn {
                    quote_id: quote.to_string()
                }
            )?;
        }
        // Of others' interest only where the amount follows.
        OpportunityEvent::QuoteDrafted(_)
        | OpportunityEvent::QuoteEdited(_)
        | OpportunityEvent::QuotePrimary(_) => {
            if amount_moved {
                edited(tellings, "quotes")?;
            }
        }
        // The diary of who sells, and how they are counted.
        OpportunityEvent::Linked(_)
        | OpportunityEvent::Unlinked(_)
        | OpportunityEvent::QuotaSet(_)
        | OpportunityEvent::ActivityPlanned(..)
        | OpportunityEvent::ActivityDone(..)
        | OpportunityEvent::ActivityChanged(..)
        | OpportunityEvent::ActivityCancelled(..) => {}
    }
    let stage = |position: &Position| (position.scheme, position.stage);
    match &change.before {
        Some(before) if stage(before) != stage(&change.after) => {
            tell!(tellings, change, OpportunityStageChanged { moved_by: None })
        }
        Some(_) | None => Ok(()),
    }
}

fn opened(
    tellings: &mut Tellings<'_>,
    change: &OpportunityChange,
    origin: Option<Origin>,
) -> Result<(), Fault> {
    let (opportunity, package) = match origin {
        Some(Origin::DuplicateOf(other) | Origin::RecurrenceOf(other)) => (Some(other), None),
        Some(Origin::RenewalOf(package)) => (None, Some(package)),
        None => (None, None),
    };
    tell!(
        tellings,
        change,
        OpportunityOpened {
            from_opportunity_id: opportunity.map(|other| other.to_string()),
            from_package_id: package.map(|package| package.to_string()),
        }
    )
}

fn sequence(change: &OpportunityChange) -> Sequence {
    Sequence {
        of: change.opportunity.to_string(),
        number: change.version,
    }
}

fn positions(change: &OpportunityChange) -> out::OpportunityChange {
    out::OpportunityChange {
        opportunity_id: change.opportunity.to_string(),
        before: change.before.as_ref().map(position),
        after: position(&change.after),
    }
}

fn position(position: &Position) -> out::Position {
    out::Position {
        status: match position.status {
            pipeline::Status::Open => out::Status::Open,
            pipeline::Status::Suspended => out::Status::Suspended,
            pipeline::Status::Won => out::Status::Won,
            pipeline::Status::Lost => out::Status::Lost,
            pipeline::Status::Abandoned => out::Status::Abandoned,
        },
        scheme_id: position.scheme.to_string(),
        stage: position.stage,
        probability_percent: position.probability_percent,
        forecast: match position.forecast {
            pipeline::ForecastCategory::Commit => out::ForecastCategory::Commit,
            pipeline::ForecastCategory::BestCase => out::ForecastCategory::BestCase,
            pipeline::ForecastCategory::Pipeline => out::ForecastCategory::Pipeline,
            pipeline::ForecastCategory::Omitted => out::ForecastCategory::Omitted,
        },
        amount: money(position.amount),
        value: money(position.value),
        representative: position.representative.to_string(),
        expected_close_on: position.expected_close_on.to_string(),
        closed_on: position.closed_on.map(|day| day.to_string()),
        reason: position.reason.as_ref().map(ToString::to_string),
    }
}

fn of_milestone(milestone: Milestone) -> out::Milestone {
    match milestone {
        Milestone::FirstCapture => out::Milestone::FirstCapture,
        Milestone::BalanceZero => out::Milestone::BalanceZero,
        Milestone::FullyPaid => out::Milestone::FullyPaid,
    }
}
