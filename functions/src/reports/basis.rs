//! What every report rests on: whose rows, in which days, and which day it is.

use chrono::NaiveDate;
use chrono_tz::Tz;
use domain::calendar::day_of;
use domain::reports::{Rows, Span};
use domain::{BusinessId, Refusal};
use infra::{Consistency, Fault, PipelineSums};

use crate::App;
use crate::edge::{Caller, Problem, Right};

/// The rows of a business, and its present day.
#[derive(Debug)]
pub(super) struct Basis {
    pub(super) business: BusinessId,
    /// Which generation of rows.
    pub(super) generation: u32,
    /// The zone whose days they are of.
    pub(super) zone: Tz,
    /// The present day there.
    pub(super) today: NaiveDate,
}

impl Basis {
    /// The rows that `caller` may see.
    ///
    /// # Errors
    /// `forbidden` (403), then `settings-missing` (409).
    pub(super) async fn of(app: &App, caller: &Caller) -> Result<Self, Problem> {
        Self::by(app, caller, Right::ReadReports).await
    }

    /// The rows of the pipeline that `caller` may see.
    ///
    /// # Errors
    /// Those of [`Basis::of`].
    pub(super) async fn of_pipeline(app: &App, caller: &Caller) -> Result<Self, Problem> {
        Self::by(app, caller, Right::ReadPipelineReports).await
    }

    async fn by(app: &App, caller: &Caller, right: Right) -> Result<Self, Problem> {
        caller.may(right)?;
        let (business, store) = (&caller.business, &app.store);
        let (generation, zone) = match store.projection(business, Consistency::Eventual).await? {
            Some(projection) => (projection.generation, projection.time_zone),
            // Nothing was sold or opened yet: the first rows will be these.
            None => {
                let settings = store.settings(business, Consistency::Strong).await?;
                (1, settings.ok_or(Refusal::SettingsMissing)?.time_zone())
            }
        };
        Ok(Self {
            business: business.clone(),
            generation,
            zone,
            today: day_of(app.clock.now(), zone),
        })
    }

    /// Rows of the pipeline, of these days.
    ///
    /// # Errors
    /// Those of the database.
    pub(super) async fn pipeline(
        &self,
        app: &App,
        sums: PipelineSums,
        spans: &[Span],
    ) -> Result<Rows, Fault> {
        let store = &app.store;
        store
            .pipeline_rows(&self.business, self.generation, sums, spans)
            .await
    }
}
