//! Why something of the pipeline is left as it is.

use super::Requirement;
use crate::Refusal;

/// What kind of refusal it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ground {
    /// What is named does not exist.
    Missing,
    /// What there is stands against it.
    Conflict,
    /// What was asked for makes no sense, whatever there is.
    Invalid,
    /// Who asked may not, though others may.
    Forbidden,
}

macro_rules! refusals {
    ($($(#[$doc:meta])* $name:ident $(($field:ty))?, $ground:ident, $code:literal, $text:literal;)*) => {
        /// Why something of the pipeline is left as it is. The text says what to do, the code is stable.
        #[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
        pub enum PipelineRefusal {
            $($(#[$doc])* #[error($text)] $name $(($field))?,)*
        }

        impl PipelineRefusal {
            /// Every code, with its kind.
            pub const CODES: &[(&'static str, Ground)] = &[$(($code, Ground::$ground)),*];

            /// The stable code of the API.
            pub fn code(&self) -> &'static str {
                match self {
                    $(PipelineRefusal::$name { .. } => $code,)*
                }
            }

            /// What kind of refusal it is.
            pub fn ground(&self) -> Ground {
                match self {
                    $(PipelineRefusal::$name { .. } => Ground::$ground,)*
                }
            }
        }
    };
}

refusals! {
    /// No stage scheme has that id.
    SchemeMissing, Missing, "stage-scheme-not-found",
        "there is no stage scheme with this id: list the stage schemes";
    /// No opportunity has that id, or none that the caller may see.
    OpportunityMissing, Missing, "opportunity-not-found",
        "there is no opportunity with this id: check the id";
    /// What somebody else is to do.
    ActivityOfAnother, Forbidden, "activity-of-another",
        "only who is to do it may say how it went: ask them, or the owner";
    /// A renewal of the package that the caller may not see.
    RenewedByAnother, Conflict, "renewed-by-another",
        "a colleague has opened the renewal of this package: ask the owner whose it is";
    /// To be resumed today.
    ResumeToday, Invalid, "resume-today",
        "resume_on is today: give a later day, or leave the opportunity open";
    /// No quote has that id, or none that the caller may see.
    QuoteMissing, Missing, "quote-not-found",
        "there is no quote with this id: check the id";
    /// No activity of the opportunity has that id.
    ActivityMissing, Missing, "activity-not-found",
        "this opportunity has no activity with this id: list its activities";
    /// No company has that id.
    CompanyMissing, Missing, "company-not-found",
        "there is no company with this id: add it first";
    /// No quota has that id.
    QuotaMissing, Missing, "quota-not-found",
        "there is no quota with this id: list the quotas";
    /// A scheme without a stage to begin with, or with too many.
    SchemeSize, Invalid, "stage-scheme-size",
        "a stage scheme has 1 to 30 stages, the first of them pre_win";
    /// As many schemes as a business has, archived ones among them: every verb reads them all.
    SchemeLimit, Conflict, "stage-scheme-limit",
        "a business has at most 20 stage schemes, archived ones among them: edit one of them";
    /// Stages after the win before stages before it.
    StageOrder, Invalid, "stage-order",
        "stages that come after the win stand after those that come before it: change their order";
    /// Two stages of one name.
    StageNameTaken, Invalid, "stage-name-taken",
        "two stages of this scheme have the same name: give each its own";
    /// A number out of its range, or one that does not belong to the phase.
    StageTerms(&'static str), Invalid, "stage-terms", "{0}";
    /// A stage's number that the scheme does not have, or one twice.
    StageUnknown, Invalid, "stage-unknown",
        "a stage is named by a number that this scheme does not have, or twice: leave the number away for a new stage";
    /// A stage cannot change sides.
    StagePhaseFixed, Conflict, "stage-phase-fixed",
        "a stage stays before or after the win: leave it out to archive it, and add a new one";
    /// The last scheme in use.
    LastScheme, Conflict, "last-stage-scheme",
        "this is the only stage scheme in use: add another one first";
    /// Archived.
    SchemeArchived, Conflict, "stage-scheme-archived",
        "this stage scheme is archived: choose another one";
    /// More reasons than anybody can choose from, or one twice.
    ReasonList, Invalid, "reason-list",
        "a list has 1 to 50 reasons, each once: add one, or leave some out";
    /// No stage of this scheme has that number.
    StageMissing, Invalid, "stage-not-found",
        "this scheme has no such stage in use: read the scheme for its stages";
    /// Stages between that may not be skipped.
    StageSkipped(u16), Conflict, "stage-not-skippable",
        "stage {0} may not be skipped: put the opportunity there first";
    /// A stage after the win of what is not won.
    StageAfterWin, Conflict, "stage-after-win",
        "this stage comes after the win: win the opportunity first";
    /// A stage before the win of what is won.
    StageBeforeWin, Conflict, "stage-before-win",
        "this stage comes before the win, and the opportunity is won: choose one that comes after it";
    /// It is there already.
    StageReached, Conflict, "stage-reached",
        "the opportunity is in this stage already: there is nothing to move";
    /// Something that a stage asks for is not there.
    StageRequires(Requirement), Conflict, "stage-requires",
        "the stage requires {0}: add it first";
    /// No quote was sent.
    StageNeedsQuote, Conflict, "stage-requires-quote",
        "the stage requires a quote that was sent and still stands: send one first";
    /// Won, lost or abandoned.
    OpportunityClosed, Conflict, "opportunity-closed",
        "this opportunity is closed: reopen it first";
    /// Suspended.
    OpportunitySuspended, Conflict, "opportunity-suspended",
        "this opportunity is suspended: resume it first";
    /// Not suspended.
    NotSuspended, Conflict, "opportunity-not-suspended",
        "this opportunity is not suspended: there is nothing to resume";
    /// Not closed.
    NotClosed, Conflict, "opportunity-not-closed",
        "this opportunity is not closed: there is nothing to reopen";
    /// Won by a quote that was accepted.
    OpportunitySold, Conflict, "opportunity-sold",
        "an accepted quote won this opportunity: void or refund its packages, and duplicate the opportunity to go on";
    /// A reason that the business's list does not have.
    ReasonUnknown, Invalid, "reason-unknown",
        "this reason is not on the business's list: choose one of GET /v1/settings/pipeline";
    /// Lost or abandoned for no reason, or won for one.
    ReasonNeeded, Invalid, "reason-required",
        "what is lost or abandoned needs a reason, and what is won has none";
    /// An amount is written where lines or a quote say what it is.
    AmountFollows, Conflict, "amount-follows-lines",
        "the amount follows the lines or the primary quote: change those, or remove them first";
    /// A term without a period, or out of its range.
    TermOutOfRange, Invalid, "term-out-of-range",
        "term_months is between 1 and 120";
    /// Expected to be decided ages ago, or ages ahead.
    CloseOutOfRange, Invalid, "expected-close-out-of-range",
        "expected_close_on is within ten years of today: give such a day";
    /// Again after no time, or after too long.
    RecurrenceOutOfRange, Invalid, "recurrence-out-of-range",
        "recurs.every_months is between 1 and 60";
    /// Too many of something.
    TooMany(&'static str), Conflict, "pipeline-limit",
        "an opportunity has at most {0}: remove some, or go on with a duplicate of it";
    /// Lines in several currencies.
    LinesMix, Invalid, "line-currencies-differ",
        "all lines are in one currency: make an opportunity for each";
    /// A quantity or a discount out of its range.
    LineTerms(&'static str), Invalid, "line-terms", "{0}";
    /// A link there is, or to the opportunity's own customer.
    LinkTaken, Conflict, "link-exists",
        "this person or company is linked already: remove the link first to change it";
    /// No such link.
    LinkMissing, Missing, "link-not-found",
        "nothing of this id is linked to the opportunity: read its links";
    /// A task that was done, a meeting that was held.
    ActivityDone, Conflict, "activity-done",
        "this activity is done: log another one";
    /// A task that is not to be done any more.
    ActivityCancelled, Conflict, "activity-cancelled",
        "this activity was cancelled: plan another one";
    /// A note that is planned, a task without a subject.
    ActivityTerms(&'static str), Invalid, "activity-terms", "{0}";
    /// Done before it could be, or planned for a time that is over.
    ActivityTime(&'static str), Invalid, "activity-time", "{0}";
    /// With somebody who has nothing to do with the opportunity.
    PartyNotLinked, Conflict, "party-not-linked",
        "somebody this is with is neither the customer nor linked to the opportunity: link them, or send link with their role";
    /// A quote of nothing.
    QuoteEmpty, Invalid, "quote-without-lines",
        "a quote has at least one line: add services or package templates";
    /// Terms of a quote that do not fit together.
    QuoteTerms(&'static str), Invalid, "quote-terms", "{0}";
    /// Only drafts can be changed and sent.
    QuoteNotDraft, Conflict, "quote-not-draft",
        "this quote was sent, and what was sent stays as it is: revise it instead";
    /// Not sent yet.
    QuoteNotSent, Conflict, "quote-not-sent",
        "this quote is a draft: send it first";
    /// Accepted before.
    QuoteAccepted, Conflict, "quote-accepted",
        "this quote is accepted: its packages are sold";
    /// Rejected before.
    QuoteRejected, Conflict, "quote-rejected",
        "this quote was rejected: revise it to make a new one";
    /// Withdrawn before.
    QuoteWithdrawn, Conflict, "quote-withdrawn",
        "this quote was withdrawn: ask for a new one, or revise it";
    /// Another one stands in its place.
    QuoteSuperseded, Conflict, "quote-superseded",
        "another quote or revision took this one's place: read the opportunity's quotes";
    /// Its time is over.
    QuoteLapsed, Conflict, "quote-lapsed",
        "this quote was valid until a day that is over: revise it to make a new one";
    /// Won, lost or abandoned without it.
    QuoteClosed, Conflict, "quote-closed",
        "what this quote was for is decided without it: ask for a new one";
    /// A package for nothing, from somebody who may not give any.
    QuoteGoodwill, Conflict, "quote-needs-goodwill",
        "this quote gives a package for nothing: somebody who may give goodwill has to send it";
    /// A quota over no time, or over too much.
    QuotaPeriod, Invalid, "quota-period",
        "a quota is for at most 366 days, the first of them not after the last, in years of four digits";
    /// A target of nothing.
    QuotaTarget, Invalid, "quota-target",
        "a quota's target is an amount or a count above 0";
    /// Frozen.
    QuotaClosed, Conflict, "quota-closed",
        "this quota's period is closed, and its figures are frozen: choose another quota";
    /// Still running.
    QuotaRunning, Conflict, "quota-running",
        "the last day of this quota is not over, or just over: close it a minute after it";
    /// A quota stays whose it is.
    QuotaOwnerFixed, Conflict, "quota-representative-fixed",
        "a quota stays its representative's: set another one for somebody else";
    /// Of somebody else, or in another currency.
    QuotaDiffers, Conflict, "quota-differs",
        "this quota is of another representative or in another currency: choose one that fits";
    /// What counts for the quota of its representative.
    QuotaCounts, Conflict, "opportunity-in-quota",
        "this opportunity is decided and counts for the quota of who answers for it: take it out of the quota first";
    /// What is sold would begin ages ago, or ages ahead.
    StartsOutOfRange, Invalid, "starts-on-out-of-range",
        "starts_on is within ten years of today: give such a day";
    /// Nothing was used yet.
    RenewalNoUse, Conflict, "renewal-without-use",
        "too little of this package was used to say when it will be used up: try again later";
    /// It will last.
    RenewalNotNeeded, Conflict, "renewal-not-needed",
        "at its present rate this package will not be used up before it ends: there is nothing to renew";
    /// Nothing that is used up.
    RenewalUncounted, Conflict, "renewal-uncounted",
        "this package is not active, or counts nothing that could be used up: there is nothing to renew";
}

impl From<PipelineRefusal> for Refusal {
    fn from(why: PipelineRefusal) -> Self {
        Refusal::Pipeline(why)
    }
}
