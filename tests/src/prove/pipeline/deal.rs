//! What is asked for of opportunities and their quotes. Opportunities and quotes are counted in the order in which
//! they came to be, days from the one on which a history begins; those of a command, as `named` says.

use super::line::Line;
use super::opportunity::{Opportunity, Status};
use super::sales_quote::{QuoteStatus, SalesQuote};
use crate::prove::model::Model;

/// How many places opportunities and quotes are counted round by: of those that something is made for.
pub(crate) const FITTING: usize = 4;

#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Deal {
    Open {
        customer: usize,
        stage: Option<usize>,
        estimate: u64,
        lines: Vec<Line>,
        /// When it is expected to be decided; of a command, so many days from today.
        close_on: Option<i64>,
    },
    Duplicate {
        of: usize,
    },
    /// On the version that was read; of a command, so many before the present one, or the next one.
    Change {
        of: usize,
        version: Version,
        change: Change,
    },
    /// With these lines or its own, to be accepted through a day; of a command, so many days from today.
    Draft {
        of: usize,
        lines: Option<Vec<Line>>,
        until: Option<i64>,
    },
    /// What is done with a quote.
    Quote {
        of: usize,
        step: QuoteStep,
    },
}

/// Which version a change is of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Version {
    Present,
    Before,
    Next,
    Is(u64),
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Change {
    Edit(Edit),
    /// To this stage; of a command, 0 is the next one.
    Stage(usize),
    Close(Status, Option<&'static str>),
    /// Until that day; of a command, so many days from today.
    Suspend(i64),
    Resume,
    Reopen {
        reason: &'static str,
        stage: Option<usize>,
    },
    Assign(usize),
    Lines(Vec<Line>),
}

/// What becomes of the fields that are sent.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Edit {
    pub(crate) title: Option<u64>,
    pub(crate) estimate: Option<u64>,
    /// Of a command, so many days from today.
    pub(crate) close_on: Option<i64>,
    /// Somewhere, or where the stage says.
    pub(crate) forecast: Option<Option<&'static str>>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum QuoteStep {
    Send,
    Accept,
    Reject,
    Withdraw,
    Primary,
    Revise,
}

impl Version {
    /// As it was named.
    pub(crate) fn number(self) -> u64 {
        match self {
            Version::Is(number) => number,
            Version::Present | Version::Before | Version::Next => panic!("{self:?} is not named"),
        }
    }
}

impl Deal {
    /// As it is by now; none of what needs an opportunity or a quote where there is none.
    pub(crate) fn named(&self, model: &Model) -> Option<Deal> {
        match self.leading_to(model) {
            Some(first) => first.named(model),
            None => self.as_it_is(model),
        }
    }

    fn as_it_is(&self, model: &Model) -> Option<Deal> {
        let today = Model::day(model.now);
        let opportunities = &model.pipeline.opportunities;
        let any = |place: usize| place.checked_rem(opportunities.len());
        Some(match self.clone() {
            Deal::Open {
                customer,
                stage,
                estimate,
                lines,
                close_on,
            } => Deal::Open {
                customer,
                stage,
                estimate,
                lines,
                close_on: close_on.map(|days| today + days),
            },
            Deal::Duplicate { of } => Deal::Duplicate { of: any(of)? },
            Deal::Change {
                of,
                version,
                change,
            } => {
                let of = fitting(opportunities, of, |one| change.fits(one))?;
                let one = &opportunities[of];
                let version = match version {
                    Version::Present => one.version(),
                    Version::Before => (one.version() - 1).max(1),
                    Version::Next => one.version() + 1,
                    Version::Is(version) => version,
                };
                Deal::Change {
                    of,
                    version: Version::Is(version),
                    change: change.named(one, today),
                }
            }
            Deal::Draft { of, lines, until } => {
                let open = |one: &Opportunity| !one.status.is_closed();
                Deal::Draft {
                    of: fitting(opportunities, of, open)?,
                    lines,
                    until: until.map(|days| today + days),
                }
            }
            Deal::Quote { of, step } => {
                let quotes = &model.pipeline.quotes;
                let of = fitting(quotes, of, |quote| model.fits(quote, step))?;
                Deal::Quote { of, step }
            }
        })
    }

    /// What it is called in the summary.
    pub(crate) fn name(&self) -> &'static str {
        match self {
            Deal::Open { .. } => "open",
            Deal::Duplicate { .. } => "duplicate",
            Deal::Change { change, .. } => match change {
                Change::Edit(_) => "edit",
                Change::Stage(_) => "move stage",
                Change::Close(Status::Won, _) => "win",
                Change::Close(Status::Lost, _) => "lose",
                Change::Close(..) => "abandon",
                Change::Suspend(_) => "suspend",
                Change::Resume => "resume",
                Change::Reopen { .. } => "reopen",
                Change::Assign(_) => "assign",
                Change::Lines(_) => "lines",
            },
            Deal::Draft { .. } => "draft quote",
            Deal::Quote { step, .. } => match step {
                QuoteStep::Send => "send quote",
                QuoteStep::Accept => "accept quote",
                QuoteStep::Reject => "reject quote",
                QuoteStep::Withdraw => "withdraw quote",
                QuoteStep::Primary => "make primary",
                QuoteStep::Revise => "revise quote",
            },
        }
    }

    /// Whether a key tells repetitions apart: of what makes something new.
    pub(crate) fn has_key(&self) -> bool {
        match self {
            Deal::Open { .. } | Deal::Duplicate { .. } | Deal::Draft { .. } => true,
            Deal::Quote { step, .. } => *step == QuoteStep::Revise,
            Deal::Change { .. } => false,
        }
    }

    /// The opportunity that it is about.
    pub(crate) fn opportunity(&self, model: &Model) -> Option<usize> {
        match self {
            Deal::Open { .. } => None,
            Deal::Duplicate { of } | Deal::Change { of, .. } | Deal::Draft { of, .. } => Some(*of),
            Deal::Quote { of, .. } => Some(model.pipeline.quotes[*of].opportunity),
        }
    }
}

impl Model {
    pub(crate) fn has_opportunity(&self, fits: impl Fn(&Opportunity) -> bool) -> bool {
        self.pipeline.opportunities.iter().any(fits)
    }

    /// Whether that may be done with a quote of what is undecided.
    pub(crate) fn has_quote(&self, step: QuoteStep) -> bool {
        let mut quotes = self.pipeline.quotes.iter();
        quotes.any(|quote| self.fits(quote, step))
    }

    pub(crate) fn fits(&self, quote: &SalesQuote, step: QuoteStep) -> bool {
        let of = &self.pipeline.opportunities[quote.opportunity];
        let primary = of.primary.map(|primary| &self.pipeline.quotes[primary].id);
        let done = step == QuoteStep::Primary && primary == Some(&quote.id);
        !of.status.is_closed() && !done && step.fits(quote, Model::day(self.now))
    }
}

/// One of those that fit, counted round; of all where none does, and of the last place.
fn fitting<T>(all: &[T], place: usize, fits: impl Fn(&T) -> bool) -> Option<usize> {
    let places = (0..all.len()).filter(|at| place < FITTING && fits(&all[*at]));
    let places: Vec<usize> = places.collect();
    match place.checked_rem(places.len()) {
        Some(place) => Some(places[place]),
        None => place.checked_rem(all.len()),
    }
}

impl Change {
    fn fits(&self, one: &Opportunity) -> bool {
        let undecided = !one.status.is_closed();
        match self {
            Change::Edit(edit) => {
                let follows = one.primary.is_some() || !one.lines.is_empty();
                undecided && !(follows && edit.estimate.is_some())
            }
            Change::Stage(_) => matches!(one.status, Status::Open | Status::Won),
            Change::Close(..) => undecided,
            Change::Suspend(_) => one.status == Status::Open,
            Change::Resume => one.status == Status::Suspended,
            Change::Reopen { .. } => !undecided && one.packages.is_empty(),
            Change::Assign(_) => true,
            Change::Lines(_) => undecided && one.primary.is_none(),
        }
    }

    fn named(self, one: &Opportunity, today: i64) -> Change {
        match self {
            Change::Edit(edit) => Change::Edit(Edit {
                close_on: edit.close_on.map(|days| today + days),
                ..edit
            }),
            Change::Stage(0) => Change::Stage(one.stage + 1),
            Change::Suspend(days) => Change::Suspend(today + days),
            Change::Stage(_)
            | Change::Close(..)
            | Change::Resume
            | Change::Reopen { .. }
            | Change::Assign(_)
            | Change::Lines(_) => self,
        }
    }
}

impl QuoteStep {
    fn fits(self, quote: &SalesQuote, today: i64) -> bool {
        let sent = quote.status == QuoteStatus::Sent && quote.stands(today);
        match self {
            QuoteStep::Send => quote.status == QuoteStatus::Draft,
            QuoteStep::Accept | QuoteStep::Reject | QuoteStep::Primary => sent,
            QuoteStep::Withdraw => sent || quote.status == QuoteStatus::Draft,
            QuoteStep::Revise => matches!(
                quote.status,
                QuoteStatus::Sent | QuoteStatus::Rejected | QuoteStatus::Withdrawn
            ),
        }
    }
}
