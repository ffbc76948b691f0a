//! The pipeline of the demo: a month of it, day by day.

use axum::http::Method;
use serde_json::{Value, json};

use super::call::Call;
use super::seed::Seeding;
use super::{Opportunity, Step};
use crate::{Problem, Role};

impl Seeding<'_> {
    /// Writes the opportunities with everything that was done about them, each at its time.
    pub(super) async fn pipeline(&mut self) -> Result<(), Problem> {
        let business = self.business;
        self.past = Some(business.time_of(-30, "08:00")?);
        self.post_all(Role::Sales, "/v1/customers", &business.leads)
            .await?;
        self.post_all(Role::Owner, "/v1/companies", &business.companies)
            .await?;
        self.post_all(Role::Owner, "/v1/quotas", &business.quotas)
            .await?;
        for opportunity in &business.opportunities {
            self.opportunity(opportunity).await?;
        }
        self.past = None;
        Ok(())
    }

    async fn opportunity(&mut self, opportunity: &Opportunity) -> Result<(), Problem> {
        let role = match opportunity.by_owner {
            true => Role::Owner,
            false => Role::Sales,
        };
        self.past = Some(self.business.time_of(opportunity.day, "09:30")?);
        let body = self.resolved(&Value::Object(opportunity.body.clone()))?;
        let key = format!("demo-{}", opportunity.name);
        let open = Call::new(role, Method::POST, "/v1/opportunities");
        let opened = self.must(open.with(body).once(key)).await?;
        let id = text_of(&opened, "id")?;
        // Each step is one version: as many as it has beyond the first were done before.
        let version = opened["version"].as_u64().unwrap_or_default();
        for (step, before) in opportunity.steps.iter().zip(1..) {
            self.past = Some(self.business.time_of(step.day, "14:00")?);
            self.step(role, (&id, before), step, version > before)
                .await?;
        }
        Ok(())
    }

    async fn step(
        &mut self,
        role: Role,
        (id, version): (&str, u64),
        step: &Step,
        done: bool,
    ) -> Result<(), Problem> {
        let path = match &step.quote {
            None => format!("/v1/opportunities/{id}/{}", step.verb),
            Some(name) => {
                let quote = self.resolved(&json!(format!("@{name}")))?;
                let quote = quote.as_str().unwrap_or_default();
                format!("/v1/quotes/{quote}/{}", step.verb)
            }
        };
        // What makes something is sent again for its id; it is made once.
        if done && step.name.is_none() {
            return Ok(());
        }
        let body = self.resolved(step.with.as_ref().unwrap_or(&json!({})))?;
        let call = Call::new(role, Method::POST, &path).with(body);
        let call = match (&step.name, &step.quote) {
            (Some(name), _) => call.once(format!("demo-{name}")),
            (None, None) => call.on(version),
            // A quote has versions of its own, and is sent or accepted once anyway.
            (None, Some(_)) => call,
        };
        let answer = self.must(call).await?;
        if let Some(name) = &step.name {
            self.ids.insert(name.clone(), text_of(&answer, "id")?);
        }
        Ok(())
    }
}

fn text_of(answer: &Value, field: &str) -> Result<String, Problem> {
    let text = answer[field].as_str();
    text.map(str::to_owned)
        .ok_or_else(|| Problem::Demo(format!("an answer came without {field}")))
}
