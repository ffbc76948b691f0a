//! What one of the team decides, by the domain.

use chrono::{Days, TimeDelta};
use domain::pipeline::{
    ActivityDraft, ActivityKind, Closing, Earned, Goods, Opening, Opportunity, OpportunityDraft,
    Outcome, Parties, Plan, close, log_activity, open, plan_activity, suspend,
};
use domain::{ActivityId, Context, Currency, Decision, Instant, Money, OpportunityId};
use infra::derived_bytes;

use super::dice::Dice;
use super::{Failed, SalesTeam};

const SUBJECT: &str = "Fiyat konuşuldu";
const SENTENCE: &str =
    "Haziranda evleniyor, kına için de sordu; annesi ve iki kız kardeşi ile gelecek. ";

impl SalesTeam {
    pub(super) fn opened(
        &self,
        number: u64,
        at: Instant,
        dice: &mut Dice,
    ) -> Result<Decision, Failed> {
        let context = self.context(at, number, 0)?;
        let code = if dice.roll(5) == 0 { "EUR" } else { "TRY" };
        let estimate = Money::new(100 * (1 + dice.roll(50_000)), currency(code)?)?;
        let draft = OpportunityDraft {
            title: format!("Gelin paketi {number}").parse()?,
            description: None,
            scheme: Some(self.rules.schemes[usize::try_from(number % 2)?].id),
            stage: None,
            estimate,
            earned: Earned::default(),
            lines: Vec::new(),
            starts_on: None,
            expected_close_on: Some(at.date_naive() + Days::new(1 + dice.roll(60))),
            forecast: None,
            representative: Some(Self::representative(number).parse()?),
            tags: [].into(),
            recurs: None,
        };
        let opening = Opening {
            rules: self.rules.clone(),
            customer: Some(self.person(number)?),
            goods: Goods {
                services: Vec::new(),
                templates: Vec::new(),
            },
        };
        let bytes = derived_bytes(&["opportunity", &number.to_string()]);
        let ids = (
            OpportunityId::from_bytes(bytes),
            context.fingerprint.clone(),
        );
        Ok(open(&opening, draft, ids, None, &context)?)
    }

    pub(super) fn closed(
        &self,
        present: &Opportunity,
        ends: u64,
        context: &Context,
    ) -> Result<Decision, Failed> {
        let outcome = match ends {
            0..40 => Outcome::Won,
            40..80 => Outcome::Lost,
            _ => Outcome::Abandoned,
        };
        let reasons = self.rules.reasons()?;
        let reasons = match outcome {
            Outcome::Won => None,
            Outcome::Lost => Some(reasons.lost_reasons),
            Outcome::Abandoned => Some(reasons.abandoned_reasons),
        };
        let reason = reasons.and_then(|reasons| {
            let place = usize::try_from(ends).ok()? % reasons.len();
            reasons.get(place).map(|reason| reason.code.clone())
        });
        let closing = Closing {
            outcome,
            reason,
            note: None,
        };
        Ok(close(
            present,
            closing,
            None,
            present.version,
            &self.rules,
            context,
        )?)
    }

    /// A call that was held.
    pub(super) fn called(
        &self,
        present: &Opportunity,
        context: &Context,
    ) -> Result<Decision, Failed> {
        let id = ActivityId::from_bytes((context.random | 1 << 120).to_be_bytes());
        let (draft, parties) = (draft(ActivityKind::Call, context)?, Parties::default());
        Ok(log_activity(present, draft, (id, None), &parties, context)?)
    }

    /// Something to be done within the month.
    pub(super) fn planned(
        &self,
        present: &Opportunity,
        context: &Context,
    ) -> Result<Decision, Failed> {
        let id = ActivityId::from_bytes((context.random | 1 << 121).to_be_bytes());
        let plan = Plan {
            due_at: context.now + TimeDelta::days(30),
            remind_at: None,
        };
        let (draft, parties) = (draft(ActivityKind::Task, context)?, Parties::default());
        Ok(plan_activity(
            present,
            draft,
            (id, plan),
            &parties,
            context,
        )?)
    }

    /// Suspended until next season.
    pub(super) fn rested(
        &self,
        present: &Opportunity,
        context: &Context,
    ) -> Result<Decision, Failed> {
        let day = context.now.date_naive() + Days::new(90);
        Ok(suspend(
            present,
            day,
            present.version,
            &self.rules,
            context,
        )?)
    }
}

/// Of ten activities six have some sentences, three a line or none, and one as much as an activity has:
/// with a subject of the longest. These are dice of their own: what they say changes nothing of what is done.
fn draft(kind: ActivityKind, context: &Context) -> Result<ActivityDraft, Failed> {
    let mut dice = Dice(u64::try_from(context.random & u128::from(u64::MAX))?);
    let (subject, letters) = match dice.roll(10) {
        0 => (SUBJECT.repeat(8), 2_000),
        1..7 => (SUBJECT.to_owned(), 100 + dice.roll(500)),
        _ => (SUBJECT.to_owned(), dice.roll(100)),
    };
    let text: String = SENTENCE
        .chars()
        .cycle()
        .take(usize::try_from(letters)?)
        .collect();
    let text = Some(text.trim()).filter(|text| !text.is_empty());
    Ok(ActivityDraft {
        kind,
        subject: Some(subject.parse()?),
        text: text.map(str::parse).transpose()?,
        assignee: None,
        with: Vec::new(),
        link: None,
        key: None,
    })
}

fn currency(code: &str) -> Result<Currency, Failed> {
    Ok(Currency::try_from(code.to_owned())?)
}
