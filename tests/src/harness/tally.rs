//! What many answers come to.

use std::collections::BTreeMap;

use super::Answer;

/// How often each status and code was answered.
pub(crate) fn tally(answers: &[Answer]) -> BTreeMap<(u16, String), usize> {
    let mut tally = BTreeMap::new();
    for answer in answers {
        let code = answer.body["code"].as_str().unwrap_or_default().to_owned();
        *tally.entry((answer.status, code)).or_default() += 1;
    }
    tally
}
