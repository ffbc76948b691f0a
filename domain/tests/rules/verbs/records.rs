//! Settings, catalogue and customers: each edit is a new version of one record.

use domain::bookings::{DeductAt, Penalty};
use domain::catalog::{
    Service, Template, archive_service, archive_template, create_service, create_template,
    edit_service, edit_template,
};
use domain::customers::{Customer, CustomerEdit, claim, create, edit};
use domain::journal::Fact;
use domain::pipeline::default_scheme;
use domain::settings::{Settings, change};
use domain::{EntryKey, Put, Refusal};

use crate::fixtures::*;

#[test]
fn settings_count_their_versions_whatever_the_caller_sends() {
    let wanted = Settings {
        version: 99,
        ..settings(DeductAt::Booking, Penalty::Release)
    };
    let first = change(None, wanted.clone(), None, &context(now())).unwrap();
    let expected = settings(DeductAt::Booking, Penalty::Release);
    assert_eq!(first.key, EntryKey::Settings(1));
    let scheme = default_scheme().unwrap();
    let begun = [Put::Settings(expected.clone()), Put::Scheme(scheme.clone())];
    assert_eq!(first.puts, begun);
    let [(key, entry)] = &first.series[..] else {
        panic!("a new business begins with a stage scheme");
    };
    assert_eq!(*key, EntryKey::Scheme(scheme.id, 1));
    assert_eq!(entry.fact, Fact::StageSchemeSaved(scheme));
    assert_ne!(entry.id, first.entry.id);
    assert_eq!(first.entry.fact, Fact::SettingsChanged(expected.clone()));
    let second = change(Some(&expected), wanted, Some(1), &context(now())).unwrap();
    assert_eq!(second.key, EntryKey::Settings(2));
    assert_eq!((second.puts.len(), second.series.len()), (1, 0));
}

#[test]
fn a_service_is_created_edited_and_archived_once() {
    let present = service(1, lira(100));
    let created = create_service(present.terms.clone(), svc(1), &context(now()));
    assert_eq!(created.key, EntryKey::Service(svc(1), 1));
    assert_eq!(created.puts, [Put::Service(present.clone())]);
    assert_eq!(created.entry.fact, Fact::ServiceSaved(present.clone()));

    let terms = service(1, lira(200)).terms;
    let edited = edit_service(&present, terms.clone(), 1, &context(now())).unwrap();
    let mut expected = present.clone();
    (expected.terms, expected.version) = (terms, 2);
    assert_eq!(edited.key, EntryKey::Service(svc(1), 2));
    assert_eq!(edited.puts, [Put::Service(expected)]);

    let archive = |service: &Service, templates: &[Template]| {
        archive_service(service, templates, &context(now()))
    };
    // Templates of other services, and archived ones, are no obstacle; those that sell it are.
    let of = |n: u8| template(n, visit_contents(1, &[(n, 1)]), None);
    assert_eq!(
        archive(&present, &[of(2), of(1)]),
        Err(Refusal::ServiceInUse(tpl(1)))
    );
    let over = Template {
        archived: true,
        ..of(1)
    };
    let archived = archive(&present, &[of(2), over]).unwrap().unwrap();
    let mut expected = present;
    (expected.archived, expected.version) = (true, 2);
    assert_eq!(archived.key, EntryKey::Service(svc(1), 2));
    assert_eq!(archived.puts, [Put::Service(expected.clone())]);
    assert_eq!(archive(&expected, &[of(1)]), Ok(None));
}

#[test]
fn a_template_is_created_edited_and_archived_once() {
    let contents = visit_contents(10, &[(1, 1)]);
    let services = [service(1, lira(100))];
    let draft = draft(contents, Some(30));
    let created = create_template(draft.clone(), &services, tpl(1), &context(now())).unwrap();
    assert_eq!(created.key, EntryKey::Template(tpl(1), 1));
    let [Put::Template(present)] = created.puts.as_slice() else {
        unreachable!("one template: {created:?}");
    };
    assert_eq!((present.version, present.archived), (1, false));
    assert_eq!(created.entry.fact, Fact::TemplateSaved(present.clone()));

    let mut dearer = draft;
    dearer.price = Some(lira(1));
    dearer.colour = Some("#00ff00".parse().unwrap());
    let edited = edit_template(present, dearer, &services, 1, &context(now())).unwrap();
    let mut expected = present.clone();
    (expected.terms.price, expected.version) = (lira(1), 2);
    expected.terms.colour = "#00ff00".parse().unwrap();
    assert_eq!(edited.key, EntryKey::Template(tpl(1), 2));
    assert_eq!(edited.puts, [Put::Template(expected)]);

    let archived = archive_template(present, &context(now())).unwrap();
    let mut expected = present.clone();
    (expected.archived, expected.version) = (true, 2);
    assert_eq!(archived.key, EntryKey::Template(tpl(1), 2));
    assert_eq!(archived.puts, [Put::Template(expected.clone())]);
    assert_eq!(archive_template(&expected, &context(now())), None);
}

#[test]
fn an_edit_of_a_customer_changes_what_was_given_and_clears_what_was_emptied() {
    let details = customer(1).details;
    let created = create(details, None, (cus(1), salt()), &context(now())).unwrap();
    assert_eq!(created.key, EntryKey::Customer(cus(1), 1));
    let (before, after) = (None, customer(1));
    assert_eq!(created.puts, [Put::Customer { before, after }]);
    let phone = Some(Some("+90 212 111".parse().unwrap()));
    let same = customer(1).details.name;
    for (change, fields) in [
        (CustomerEdit::default(), vec![]),
        (
            CustomerEdit {
                name: Some(same),
                ..CustomerEdit::default()
            },
            vec![],
        ),
        (
            CustomerEdit {
                phone,
                ..CustomerEdit::default()
            },
            vec!["phone"],
        ),
        (
            CustomerEdit {
                email: Some(None),
                ..CustomerEdit::default()
            },
            vec!["email"],
        ),
    ] {
        let present = customer(1);
        let edited = edit(&present, change.clone(), None, 1, &context(now())).unwrap();
        let mut after = Customer {
            version: 2,
            ..customer(1)
        };
        after.details.phone = change.phone.flatten();
        if change.email.is_some() {
            after.details.email = None;
        }
        assert_eq!(edited.key, EntryKey::Customer(cus(1), 2));
        let before = Some(present);
        assert_eq!(edited.puts, [Put::Customer { before, after }]);
        let fields = fields.into_iter().map(str::to_owned).collect();
        assert_eq!(edited.entry.fact, Fact::CustomerEdited(fields));
    }
}

#[test]
fn a_claim_binds_the_acting_account_and_finds_nothing_to_do_a_second_time() {
    let present = customer(1);
    let verified = customer(1).details.email.unwrap();
    let claimed = claim(Some(&present), &verified, &context(now()))
        .unwrap()
        .unwrap();
    let account = Some(context(now()).actor.id);
    let after = Customer {
        account,
        version: 2,
        ..customer(1)
    };
    assert_eq!(claimed.key, EntryKey::Customer(cus(1), 2));
    assert_eq!(claim(Some(&after), &verified, &context(now())), Ok(None));
    let before = Some(present);
    assert_eq!(claimed.puts, [Put::Customer { before, after }]);
}
