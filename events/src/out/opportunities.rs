//! What happens to opportunities.

use super::pipeline::{Milestone, OpportunityChange, of_opportunity};
use super::told::told;

of_opportunity! {
    /// An opportunity was opened.
    OpportunityOpened v 1 {
        /// The opportunity that it is a copy of, or the next one of.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        from_opportunity_id: Option<String>,
        /// The package that it is to renew.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        from_package_id: Option<String>,
    }
}
of_opportunity! {
    /// Something of an opportunity was changed. What people wrote is asked of the API.
    OpportunityEdited v 1 {
        /// The fields that changed; `lines` and `quotes` where the amount may follow them.
        fields: Vec<String>,
    }
}
of_opportunity! {
    /// An opportunity is in another stage.
    OpportunityStageChanged v 1 {
        /// The fact of its packages that moved it; nothing where somebody did.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        moved_by: Option<Milestone>,
    }
}
of_opportunity! {
    /// Somebody else answers for an opportunity.
    OpportunityAssigned v 1 {}
}
of_opportunity! {
    /// An opportunity rests, and is not in the forecast.
    OpportunitySuspended v 1 {
        /// Until this day.
        #[schemars(extend("format" = "date"))]
        resume_on: String,
    }
}
of_opportunity! {
    /// An opportunity rests no longer.
    OpportunityResumed v 1 {}
}
of_opportunity! {
    /// An opportunity was won: told once per win, whether somebody said so or a quote was accepted.
    OpportunityWon v 1 {
        /// The quote that was accepted, if one was.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        quote_id: Option<String>,
        /// The packages that it sold.
        package_ids: Vec<String>,
    }
}
of_opportunity! {
    /// The customer decided against it.
    OpportunityLost v 1 {}
}
of_opportunity! {
    /// The business gave an opportunity up.
    OpportunityAbandoned v 1 {}
}
of_opportunity! {
    /// What was decided is not, after all.
    OpportunityReopened v 1 {
        /// Why: one of the business's reasons.
        reason: String,
    }
}
