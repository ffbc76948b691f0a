//! What the lines of a file refer to, read once for all of them.

use std::collections::{HashMap, HashSet};

use domain::catalog::{Service, Template};
use domain::settings::Settings;
use domain::{BusinessId, Refusal, ServiceId, TemplateId};
use infra::{Consistency, Store};

use super::Column;
use super::file::Row;
use super::mistake::Mistake;
use crate::edge::Problem;

/// What a business offers.
#[derive(Debug)]
pub(super) struct Catalogue {
    pub(super) settings: Settings,
    pub(super) services: Vec<Service>,
    pub(super) templates: HashMap<TemplateId, Template>,
}

impl Catalogue {
    /// What these rows may refer to.
    ///
    /// # Errors
    /// `settings-missing` (409), or a fault.
    pub(super) async fn of(
        store: &Store,
        business: &BusinessId,
        rows: &[Row],
    ) -> Result<Self, Problem> {
        let packages = rows.iter().filter_map(|row| row.cells.as_ref());
        let packages = packages.filter_map(|cells| cells.of(Column::Package));
        let templates: HashSet<TemplateId> = packages.filter_map(|id| id.parse().ok()).collect();
        let templates: Vec<TemplateId> = templates.into_iter().collect();
        let (settings, services, templates) = tokio::join!(
            store.settings(business, Consistency::Strong),
            store.all_services(business),
            store.templates_of(business, &templates),
        );
        Ok(Self {
            settings: settings?.ok_or(Refusal::SettingsMissing)?,
            services: services?,
            templates: templates?,
        })
    }

    /// The service of this id or name; of two that are called so, the one that is not archived.
    ///
    /// # Errors
    /// A mistake in the column of services.
    pub(super) fn service(&self, text: &str) -> Result<ServiceId, Mistake> {
        if let Ok(id) = text.parse::<ServiceId>() {
            return Ok(id);
        }
        let name = text.to_lowercase();
        let called = |service: &&Service| service.terms.name.as_str().to_lowercase() == name;
        let mut found: Vec<&Service> = self.services.iter().filter(called).collect();
        if found.len() > 1 {
            found.retain(|service| !service.archived);
        }
        let mistake = |code, detail| Err(Mistake::new(Column::Services, code, detail));
        match found.as_slice() {
            [service] => Ok(service.id),
            [] => mistake(
                "service-not-found",
                "no service is called so: add it first, or correct the name",
            ),
            [_, _, ..] => mistake(
                "service-ambiguous",
                "several services are called so: use the id of the one that is meant",
            ),
        }
    }

    /// These services, as far as they exist.
    pub(super) fn services(&self, ids: &[ServiceId]) -> Vec<Service> {
        let named = self.services.iter().filter(|s| ids.contains(&s.id));
        named.cloned().collect()
    }
}
