//! Settings, services and templates.

use domain::Refusal;
use domain::catalog::{
    Contents, Service, Template, TemplateDraft, create_template, edit_service, edit_template,
};
use domain::settings::{self, Settings};

use crate::fixtures::*;
use domain::bookings::{DeductAt, Penalty};

#[test]
fn changing_settings_takes_the_version_the_caller_has_seen() {
    let business = settings(DeductAt::Booking, Penalty::Release);
    let change = |(present, expected): &(Option<Settings>, Option<u64>)| {
        let wanted = business.clone();
        settings::change(present.as_ref(), wanted, *expected, &context(now()))
    };
    check(
        &(Some(business.clone()), Some(1)),
        change,
        &[
            (Refusal::VersionMismatch, |(_, expected)| *expected = None),
            (Refusal::VersionMismatch, |(_, expected)| {
                *expected = Some(2)
            }),
            (Refusal::VersionMismatch, |(present, _)| *present = None),
        ],
    );
    check(
        &(None, None),
        change,
        &[(Refusal::VersionMismatch, |(_, expected)| {
            *expected = Some(0)
        })],
    );
}

#[test]
fn editing_a_service_takes_the_version_the_caller_has_seen() {
    let terms = service(1, lira(1)).terms;
    check(
        &(service(1, lira(2)), 1),
        |(present, expected): &(Service, u64)| {
            edit_service(present, terms.clone(), *expected, &context(now()))
        },
        &[
            (Refusal::VersionMismatch, |(_, expected)| *expected = 0),
            (Refusal::VersionMismatch, |(present, _)| present.version = 2),
        ],
    );
}

/// A template to be created, or edited where there is one already.
#[derive(Clone)]
struct Attempt {
    present: Option<Template>,
    expected: u64,
    draft: TemplateDraft,
    services: Vec<Service>,
}

impl Attempt {
    fn of(contents: Contents) -> Self {
        Self {
            present: None,
            expected: 1,
            draft: draft(contents, Some(30)),
            services: (1..=2).map(|n| service(n, lira(1))).collect(),
        }
    }

    fn run(&self) -> Result<domain::Decision, Refusal> {
        let draft = self.draft.clone();
        match &self.present {
            None => create_template(draft, &self.services, tpl(1), &context(now())),
            Some(present) => edit_template(
                present,
                draft,
                &self.services,
                self.expected,
                &context(now()),
            ),
        }
    }

    fn visits(&mut self) -> (&mut u64, &mut Vec<(domain::ServiceId, u32)>) {
        match &mut self.draft.contents {
            Contents::Visits { quantity, services } => (quantity, services),
            Contents::Bundle { .. } | Contents::Credit { .. } | Contents::Pass { .. } => {
                unreachable!("these attempts are visits")
            }
        }
    }
}

const TOO_MANY: &str =
    "a template covers at most 50 services: use fewer, or credit that covers every service";
const TWICE: &str = "services names one service twice: name it once";
const QUANTITY: &str = "quantity must be between 1 and 100000 visits";
const NO_SERVICE: &str = "visits need at least one service in services";
const UNITS: &str = "units must be between 1 and the template's quantity";

fn of_a_template() -> Vec<Flaw<Attempt>> {
    vec![
        (Refusal::ValidityOutOfRange, |a| {
            a.draft = draft(a.draft.contents.clone(), Some(0));
        }),
        (Refusal::TemplateContents(TOO_MANY), |a| {
            a.visits().1.extend((10..61).map(|n| (svc(n), 1)));
        }),
        (Refusal::TemplateContents(TWICE), |a| {
            a.visits().1.extend([(svc(1), 1), (svc(1), 1)]);
        }),
        (Refusal::TemplateContents(QUANTITY), |a| *a.visits().0 = 0),
        (Refusal::TemplateContents(QUANTITY), |a| {
            *a.visits().0 = 100_001;
        }),
        (Refusal::TemplateContents(NO_SERVICE), |a| {
            a.visits().1.clear();
        }),
        (Refusal::TemplateContents(UNITS), |a| {
            a.visits().1.push((svc(3), 0));
        }),
        (Refusal::TemplateContents(UNITS), |a| {
            let more = u32::try_from(*a.visits().0).unwrap() + 1;
            a.visits().1.push((svc(4), more));
        }),
        (Refusal::ServiceNotFound(svc(1)), |a| {
            a.services.retain(|service| service.id != svc(1));
        }),
        (Refusal::ServiceArchived(svc(1)), |a| {
            a.services[0].archived = true;
        }),
    ]
}

#[test]
fn creating_a_template_refuses_in_the_documented_order() {
    let sound = Attempt::of(visit_contents(10, &[(1, 1), (2, 10)]));
    check(&sound, Attempt::run, &of_a_template());
}

#[test]
fn editing_a_template_looks_at_the_version_first() {
    let sound = Attempt {
        present: Some(template(1, visit_contents(1, &[(1, 1)]), None)),
        ..Attempt::of(visit_contents(10, &[(1, 1), (2, 10)]))
    };
    let mut flaws: Vec<Flaw<Attempt>> = vec![
        (Refusal::VersionMismatch, |a| a.expected = 2),
        (Refusal::VersionMismatch, |a| a.expected = 0),
    ];
    flaws.extend(of_a_template());
    check(&sound, Attempt::run, &flaws);
}

#[test]
fn credit_is_more_than_nothing_and_names_no_service_twice() {
    let sound = Attempt::of(credit_contents(lira(1), &[1]));
    check(
        &sound,
        Attempt::run,
        &[
            (Refusal::TemplateContents(TWICE), |a| {
                a.draft.contents = credit_contents(lira(0), &[1, 1]);
            }),
            (
                Refusal::TemplateContents("credit must be more than 0"),
                |a| a.draft.contents = credit_contents(lira(0), &[9]),
            ),
            (Refusal::ServiceNotFound(svc(9)), |a| {
                a.draft.contents = credit_contents(lira(1), &[9]);
            }),
        ],
    );
}

#[test]
fn a_template_answers_for_the_first_service_that_will_not_do() {
    let of = |services: &[(u8, u32)]| {
        let mut attempt = Attempt::of(visit_contents(10, services));
        attempt.services[1].archived = true;
        attempt.run().unwrap_err()
    };
    assert_eq!(
        of(&[(1, 1), (2, 1), (9, 1)]),
        Refusal::ServiceArchived(svc(2))
    );
    assert_eq!(
        of(&[(1, 1), (9, 1), (2, 1)]),
        Refusal::ServiceNotFound(svc(9))
    );
}
