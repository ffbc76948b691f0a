//! Small builders of the pipeline: a scheme with stages on both sides of the win, its reasons, and an
//! opportunity of customer 1.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use domain::bookings::{DeductAt, Penalty};
use domain::pipeline::{
    Closing, Company, CompanyDetails, Earned, ForecastCategory, Goods, Item, LineDraft, Opening,
    Opportunity, OpportunityDraft, Outcome, Parties, Phase, Rules, SchemeDraft, StageDraft,
    StageScheme, StageTerms, close, create_company, create_scheme, open,
};
use domain::{CompanyId, Context, Decision, OpportunityId, Put, Refusal, SchemeId};

use crate::fixtures::{
    context, customer, lira, now, salt, service, settings, svc, template, tpl, visit_contents,
};

pub(super) fn opp(n: u8) -> OpportunityId {
    OpportunityId::from_bytes([n; 16])
}

pub(super) fn sch(n: u8) -> SchemeId {
    SchemeId::from_bytes([n; 16])
}

pub(super) fn com(n: u8) -> CompanyId {
    CompanyId::from_bytes([n; 16])
}

pub(super) fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

/// A stage before the win that asks for nothing and may be skipped.
pub(super) fn pre(name: &str) -> StageTerms {
    StageTerms {
        name: name.parse().unwrap(),
        phase: Phase::PreWin,
        probability_percent: 20,
        forecast: ForecastCategory::Pipeline,
        rotting_days: Some(7),
        average_days: Some(5),
        requires: BTreeSet::new(),
        quote_required: false,
        may_skip: true,
        reached_by: None,
    }
}

/// The same after the win.
pub(super) fn post(name: &str) -> StageTerms {
    StageTerms {
        phase: Phase::PostWin,
        probability_percent: 100,
        forecast: ForecastCategory::Commit,
        ..pre(name)
    }
}

/// What a decision puts of a scheme.
pub(super) fn scheme_of(decision: &Decision) -> StageScheme {
    match decision.puts.as_slice() {
        [Put::Scheme(scheme), Put::SchemeStep(_)] => scheme.clone(),
        puts => panic!("one scheme, not {puts:?}"),
    }
}

pub(super) fn drafted(stages: Vec<StageTerms>) -> SchemeDraft {
    let stages = stages.into_iter().map(|terms| StageDraft {
        number: None,
        terms,
    });
    SchemeDraft {
        name: "Scheme".parse().unwrap(),
        stages: stages.collect(),
    }
}

/// Scheme `n` with these stages, numbered from 1.
pub(super) fn scheme(n: u8, stages: Vec<StageTerms>) -> StageScheme {
    let decision = create_scheme(drafted(stages), sch(n), &[], &context(now()));
    scheme_of(&decision.unwrap())
}

/// Three stages before the win, two after it: 1 to 5.
pub(super) fn plain() -> StageScheme {
    let stages = vec![pre("A"), pre("B"), pre("C"), post("D"), post("E")];
    scheme(1, stages)
}

pub(super) fn rules_of(schemes: Vec<StageScheme>) -> Rules {
    Rules {
        settings: Some(settings(DeductAt::Booking, Penalty::Release)),
        reasons: None,
        schemes,
    }
}

pub(super) fn rules() -> Rules {
    rules_of(vec![plain()])
}

/// Services 1 and 2 for 100 and 200 lira, template 1 for 1000 lira.
pub(super) fn goods() -> Goods {
    Goods {
        services: vec![service(1, lira(10_000)), service(2, lira(20_000))],
        templates: vec![template(1, visit_contents(10, &[(1, 1)]), None)],
    }
}

pub(super) fn line(n: u8, quantity: u32) -> LineDraft {
    LineDraft {
        item: Item::ServiceId(svc(n)),
        quantity,
        unit_price: None,
        discount: None,
    }
}

pub(super) fn packages(n: u8, quantity: u32) -> LineDraft {
    LineDraft {
        item: Item::TemplateId(tpl(n)),
        ..line(n, quantity)
    }
}

pub(super) fn opening(rules: Rules) -> Opening {
    Opening {
        rules,
        customer: Some(customer(1)),
        goods: goods(),
    }
}

pub(super) fn draft() -> OpportunityDraft {
    OpportunityDraft {
        title: "Bridal package".parse().unwrap(),
        description: None,
        scheme: None,
        stage: None,
        estimate: lira(500_000),
        earned: Earned::default(),
        lines: Vec::new(),
        starts_on: None,
        expected_close_on: None,
        forecast: None,
        representative: None,
        tags: BTreeSet::new(),
        recurs: None,
    }
}

/// The opportunity that a decision is about.
pub(super) fn put(decision: &Decision) -> Opportunity {
    decision.opportunity().unwrap().clone()
}

/// Opportunity 1, opened by `draft` in a business of these rules.
pub(super) fn opened_by(rules: &Rules, draft: OpportunityDraft) -> Result<Opportunity, Refusal> {
    let opening = opening(rules.clone());
    let decision = open(&opening, draft, (opp(1), salt()), None, &context(now()))?;
    Ok(put(&decision))
}

/// Opportunity 1 in stage 1.
pub(super) fn opened() -> Opportunity {
    opened_by(&rules(), draft()).unwrap()
}

pub(super) fn closing(outcome: Outcome) -> Closing {
    let reason = match outcome {
        Outcome::Won => None,
        Outcome::Lost => Some("price"),
        Outcome::Abandoned => Some("not-a-fit"),
    };
    Closing {
        outcome,
        reason: reason.map(|reason| reason.parse().unwrap()),
        note: None,
    }
}

/// What is decided with this outcome now.
pub(super) fn closed(
    present: &Opportunity,
    outcome: Outcome,
    rules: &Rules,
    context: &Context,
) -> Opportunity {
    let closing = closing(outcome);
    put(&close(
        present,
        closing,
        Some(&customer(1)),
        present.version,
        rules,
        context,
    )
    .unwrap())
}

pub(super) fn company(n: u8) -> Company {
    let details = CompanyDetails {
        name: "Gelin Evi".parse().unwrap(),
        email: None,
        phone: None,
        tax_id: None,
        note: None,
    };
    let decision = create_company(details, (com(n), salt()), &context(now()));
    match decision.puts.as_slice() {
        [Put::Company(company)] => company.clone(),
        puts => panic!("one company, not {puts:?}"),
    }
}

/// Customer 2 and company 1.
pub(super) fn parties() -> Parties {
    Parties {
        customers: vec![customer(2)],
        companies: vec![company(1)],
    }
}
