//! What docs/conditions.md lists: the conditions of writes, and the writes that have none.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use crate::tidy::read;

/// The two tables of the document, read once for all tests.
#[derive(Debug)]
pub(crate) struct Listed {
    /// Each condition, and the test that falls without it.
    pub(crate) conditions: Vec<(String, String)>,
    /// Each write without any.
    pub(crate) unconditional: Vec<String>,
    names: BTreeSet<String>,
}

static LISTED: LazyLock<Listed> = LazyLock::new(Listed::read);

impl Listed {
    pub(crate) fn shared() -> &'static Self {
        &LISTED
    }

    /// The names of both.
    pub(crate) fn names(&self) -> &BTreeSet<String> {
        &self.names
    }

    fn read() -> Self {
        let (mut conditions, mut unconditional) = (Vec::new(), Vec::new());
        for line in read("docs/conditions.md").lines() {
            let Some(row) = line.strip_prefix("| `") else {
                continue;
            };
            let bare = |cell: &str| cell.trim_matches(['`', ' ', '|']).to_owned();
            match row.split(" | ").collect::<Vec<_>>()[..] {
                [condition, _, test] => conditions.push((bare(condition), bare(test))),
                [write, _] => unconditional.push(bare(write)),
                _ => {
                    panic!("{line}: a condition, what it prevents and a test; or a write, and why")
                }
            }
        }
        let names = conditions.iter().map(|(condition, _)| condition);
        let names = names.chain(&unconditional).cloned().collect();
        Self {
            conditions,
            unconditional,
            names,
        }
    }
}
