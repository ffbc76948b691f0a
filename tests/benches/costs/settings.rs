//! How much is measured, by variables of the environment.

use std::path::{Path, PathBuf};
use std::str::FromStr;

use super::Failed;

/// How much is measured, and where the results go.
#[derive(Debug, Clone)]
pub(super) struct Settings {
    /// `SIZES`: at how many packages of one business everything is measured again.
    pub(super) sizes: Vec<u64>,
    /// `OPPORTUNITIES`: the same for the pipeline. Of a thousand, a page of some lists is not yet full.
    pub(super) opportunities: Vec<u64>,
    /// `SAMPLES`: how often each operation is called.
    pub(super) samples: u64,
    /// `OUT`: the folder in which benchmarks.md is written, and benchmarks/*.svg.
    pub(super) out: PathBuf,
    /// `BINARIES`: where the functions are, and the bare one.
    pub(super) binaries: PathBuf,
    /// `ONLY`: the parts that are measured; all, if there are none.
    pub(super) only: Vec<String>,
    /// `CARNET_TEST_DB`: where a DynamoDB Local is; without one the embedded database is measured alone.
    pub(super) dynamodb_local: Option<String>,
}

impl Settings {
    pub(super) fn from_env() -> Result<Self, Failed> {
        let root = concat!(env!("CARGO_MANIFEST_DIR"), "/..");
        // As Cargo takes it: of the folder that it was started in.
        let target = text("CARGO_TARGET_DIR").unwrap_or_else(|| "target".to_owned());
        let target = Path::new(root).join(target);
        let folder = |name, or: &str| text(name).map_or_else(|| or.into(), PathBuf::from);
        let settings = Self {
            sizes: list("SIZES", &[1_000, 100_000, 1_000_000])?,
            opportunities: list("OPPORTUNITIES", &[10_000, 100_000])?,
            samples: list("SAMPLES", &[300])?.first().copied().unwrap_or(1),
            out: folder("OUT", &format!("{root}/docs")),
            binaries: folder("BINARIES", &format!("{}/release", target.display())),
            only: list("ONLY", &[])?,
            dynamodb_local: text("CARNET_TEST_DB").filter(|place| place != "embedded"),
        };
        let starts_some = ["warm", "starts"]
            .iter()
            .any(|part| settings.measures(part));
        if starts_some && !settings.binaries.join("bare").exists() {
            let place = settings.binaries.display();
            return Err(
                format!("there is no bare function in {place}: make bench builds it").into(),
            );
        }
        if settings.opportunities.iter().any(|size| *size < 1_000) {
            return Err("OPPORTUNITIES: its lists ask for a customer of the first thousand".into());
        }
        Ok(settings)
    }

    /// Whether this part is measured.
    pub(super) fn measures(&self, part: &str) -> bool {
        self.only.is_empty() || self.only.iter().any(|only| only == part)
    }
}

fn text(name: &str) -> Option<String> {
    std::env::var(name).ok().filter(|text| !text.is_empty())
}

/// Values between commas or spaces.
fn list<T: FromStr + Clone>(name: &str, or: &[T]) -> Result<Vec<T>, Failed> {
    let Some(text) = text(name) else {
        return Ok(or.to_vec());
    };
    let words = text.split([',', ' ']).filter(|word| !word.is_empty());
    words
        .map(|word| {
            let value = word.replace('_', "").parse();
            value.map_err(|_| format!("{name}: {word} is not understood").into())
        })
        .collect()
}
