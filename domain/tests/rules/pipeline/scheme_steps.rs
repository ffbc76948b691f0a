//! Of two that change the schemes of a business at once, one decides anew.

use domain::pipeline::{archive_scheme, create_scheme, edit_scheme};
use domain::{Decision, Put};

use super::fixtures::*;
use crate::fixtures::{context, now};

#[test]
fn all_that_happens_to_the_schemes_of_a_business_is_one_sequence() {
    let two = [plain(), scheme(2, vec![pre("X")])];
    let step = |decision: Decision| match decision.puts.as_slice() {
        [Put::Scheme(_), Put::SchemeStep(step)] => *step,
        puts => panic!("a scheme and a step, not {puts:?}"),
    };
    let context = &context(now());
    assert_eq!(
        step(archive_scheme(sch(1), &two, context).unwrap().unwrap()),
        3
    );
    assert_eq!(
        step(archive_scheme(sch(2), &two, context).unwrap().unwrap()),
        3
    );
    let draft = drafted(vec![pre("Y")]);
    assert_eq!(
        step(create_scheme(draft.clone(), sch(3), &two, context).unwrap()),
        3
    );
    let edited = edit_scheme(sch(2), &two, draft, 1, context).unwrap();
    let after = [two[0].clone(), scheme_of(&edited)];
    assert_eq!(step(edited), 3);
    assert_eq!(
        step(archive_scheme(sch(1), &after, context).unwrap().unwrap()),
        4
    );
}
