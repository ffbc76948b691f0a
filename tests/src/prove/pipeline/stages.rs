//! The stages that the model's opportunities go through: four before the win, three after it.

use serde_json::{Value, json};

/// What a stage asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Need {
    Amount,
    Lines,
}

/// What becomes of the packages that were sold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Milestone {
    FirstCapture,
    FullyPaid,
    BalanceZero,
}

/// A stage, known by its number: the first one is 1.
#[derive(Debug)]
pub(crate) struct Stage {
    name: &'static str,
    pub(crate) percent: u64,
    pub(crate) forecast: &'static str,
    pub(crate) rotting_days: Option<i64>,
    average_days: Option<i64>,
    pub(crate) needs: Option<Need>,
    /// Whether a quote must stand.
    pub(crate) quoted: bool,
    pub(crate) may_skip: bool,
    /// The fact that brings here what is won: of a stage after the win.
    pub(crate) reached_by: Option<Milestone>,
}

impl Stage {
    pub(crate) fn is_after_win(&self) -> bool {
        self.reached_by.is_some()
    }
}

/// After how many days an opportunity is expected to be decided, where nobody says so: the usual days of the
/// stages before the win.
pub(crate) const USUAL_DAYS: i64 = 14;
/// The last stage before the win.
pub(crate) const DECISION: usize = 4;

const BEFORE_WIN: Stage = Stage {
    name: "",
    percent: 0,
    forecast: "pipeline",
    rotting_days: None,
    average_days: None,
    needs: None,
    quoted: false,
    may_skip: true,
    reached_by: None,
};

pub(crate) const STAGES: [Stage; 7] = [
    Stage {
        name: "Yeni",
        percent: 10,
        rotting_days: Some(6),
        average_days: Some(3),
        ..BEFORE_WIN
    },
    Stage {
        name: "Görüşme",
        percent: 40,
        forecast: "best-case",
        average_days: Some(4),
        needs: Some(Need::Amount),
        may_skip: false,
        ..BEFORE_WIN
    },
    Stage {
        name: "Teklif",
        percent: 60,
        forecast: "best-case",
        rotting_days: Some(10),
        average_days: Some(5),
        quoted: true,
        ..BEFORE_WIN
    },
    Stage {
        name: "Karar",
        percent: 90,
        forecast: "commit",
        average_days: Some(2),
        needs: Some(Need::Lines),
        ..BEFORE_WIN
    },
    Stage {
        name: "Teslim",
        percent: 100,
        forecast: "commit",
        reached_by: Some(Milestone::FirstCapture),
        ..BEFORE_WIN
    },
    Stage {
        name: "Tahsilat",
        percent: 100,
        forecast: "commit",
        may_skip: false,
        reached_by: Some(Milestone::FullyPaid),
        ..BEFORE_WIN
    },
    Stage {
        name: "Bitti",
        percent: 100,
        forecast: "commit",
        reached_by: Some(Milestone::BalanceZero),
        ..BEFORE_WIN
    },
];

/// The scheme as it is sent.
pub(crate) fn scheme() -> Value {
    let stages = STAGES.iter().map(|stage| {
        let needs = stage.needs.map(|needs| match needs {
            Need::Amount => "amount",
            Need::Lines => "lines",
        });
        let reached_by = stage.reached_by.map(|milestone| match milestone {
            Milestone::FirstCapture => "first_capture",
            Milestone::FullyPaid => "fully_paid",
            Milestone::BalanceZero => "balance_zero",
        });
        json!({
            "name": stage.name,
            "phase": if stage.is_after_win() { "post_win" } else { "pre_win" },
            "probability_percent": stage.percent, "forecast": stage.forecast,
            "rotting_days": stage.rotting_days, "average_days": stage.average_days,
            "requires": needs.iter().collect::<Vec<_>>(), "quote_required": stage.quoted,
            "may_skip": stage.may_skip, "reached_by": reached_by,
        })
    });
    json!({"name": "Satış", "stages": stages.collect::<Vec<_>>()})
}
