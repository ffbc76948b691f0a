//! From the cells of a line to a package that runs.

use domain::catalog::{Contents, Extras, Kind, Template, TemplateDraft};
use domain::customers::CustomerDetails;
use domain::packages::{Caps, Running, RunningTerms, Unit};
use domain::{Currency, Email, Money, Name, Phone, ServiceId, TemplateId};

use super::Column;
use super::catalogue::Catalogue;
use super::file::Cells;
use super::mistake::Mistake;
use super::reading::Reading;

/// What a line says.
#[derive(Debug, Clone)]
pub(super) struct Line {
    /// Whose package it is.
    pub(super) email: Email,
    /// What they are called.
    pub(super) name: Option<Name>,
    /// Their number.
    pub(super) phone: Option<Phone>,
    /// The package.
    pub(super) running: Running,
}

impl Line {
    /// Reads the cells of a line.
    ///
    /// # Errors
    /// Every mistake that can be told from the cells alone.
    pub(super) fn read(cells: &Cells, catalogue: &Catalogue) -> Result<Self, Vec<Mistake>> {
        let mut reading = Reading {
            cells,
            catalogue,
            mistakes: Vec::new(),
        };
        let line = reading.line();
        match (line, reading.mistakes.is_empty()) {
            (Some(line), true) => Ok(line),
            (Some(_) | None, _) => Err(reading.mistakes),
        }
    }

    /// The customer to be added, if they have a name.
    pub(super) fn details(&self) -> Option<CustomerDetails> {
        Some(CustomerDetails {
            name: self.name.clone()?,
            email: Some(self.email.clone()),
            phone: self.phone.clone(),
        })
    }
}

impl Reading<'_> {
    fn line(&mut self) -> Option<Line> {
        let email = self.needed(Column::Email);
        let email = email.and_then(|text| self.parsed(Column::Email, &text));
        let name = self.optional(Column::Name);
        let phone = self.optional(Column::Phone);
        let package = self.needed(Column::Package);
        let running = package.and_then(|package| match package.starts_with(TemplateId::PREFIX) {
            true => self.of_template(&package),
            false => self.of_its_own(&package),
        });
        let sold_on = self.needed(Column::SoldOn);
        let sold_on = sold_on.and_then(|text| self.day(Column::SoldOn, &text));
        let expires_on = match self.cell(Column::ExpiresOn) {
            Some(text) => Some(self.day(Column::ExpiresOn, &text)?),
            None => None,
        };
        let (terms, currency, unit) = running?;
        let used = self.numbers(Column::Used, unit, currency)?;
        let paid_minor = self.amount(Column::Paid, currency)?;
        Some(Line {
            email: email?,
            name: name?,
            phone: phone?,
            running: Running {
                terms,
                currency,
                used,
                paid_minor,
                sold_on: sold_on?,
                expires_on,
            },
        })
    }

    /// The terms, the currency of the line, and what its numbers count.
    fn of_template(&mut self, id: &str) -> Option<(RunningTerms, Currency, Unit)> {
        let id: TemplateId = self.parsed(Column::Package, id)?;
        let Some(template) = self.catalogue.templates.get(&id) else {
            let refusal = domain::Refusal::TemplateNotFound;
            return self.wrong(refusal.into());
        };
        for column in [Column::Kind, Column::Services] {
            if self.cells.of(column).is_some() {
                let detail = "the template says this: leave it empty, or write a name in package";
                self.mistakes
                    .push(Mistake::new(column, "import-terms", detail));
            }
        }
        let currency = match self.cell(Column::Currency) {
            Some(code) => self.currency(code)?,
            None => template.terms.price.currency(),
        };
        let unit = unit_of(template);
        let terms = RunningTerms::OfTemplate {
            template: id,
            quantities: self.numbers(Column::Quantity, unit, currency)?,
            price_minor: self.amount(Column::Price, currency)?,
        };
        Some((terms, currency, unit))
    }

    fn of_its_own(&mut self, name: &str) -> Option<(RunningTerms, Currency, Unit)> {
        let name = self.parsed(Column::Package, name);
        let kind = self.needed(Column::Kind);
        let kind = kind.and_then(|kind| self.kind(&kind));
        let services = self.services();
        let currency = self.needed(Column::Currency);
        let currency = currency.and_then(|code| self.currency(code));
        let price = self.needed(Column::Price);
        let (kind, currency) = (kind?, currency?);
        let price = price.and_then(|_| self.amount(Column::Price, currency)?);
        let unit = match kind {
            Kind::Visits | Kind::Bundle => Unit::Visit,
            Kind::Credit => Unit::Money(currency),
            Kind::Pass => Unit::Unlimited,
        };
        let quantities = self.numbers(Column::Quantity, unit, currency)?;
        let contents = self.contents(kind, currency, &services?, &quantities)?;
        let draft = TemplateDraft {
            name: name?,
            colour: None,
            price: Some(Money::new(price?, currency).ok()?),
            validity: None,
            contents,
            extras: Extras::default(),
        };
        Some((RunningTerms::Own(draft), currency, unit))
    }

    fn contents(
        &mut self,
        kind: Kind,
        currency: Currency,
        services: &[ServiceId],
        quantities: &[u64],
    ) -> Option<Contents> {
        let quantity = |detail| Mistake::new(Column::Quantity, "import-terms", detail);
        match (kind, quantities) {
            (Kind::Visits, [quantity]) => Some(Contents::Visits {
                quantity: *quantity,
                services: services.iter().map(|id| (*id, 1)).collect(),
            }),
            (Kind::Bundle, _) if quantities.len() == services.len() => Some(Contents::Bundle {
                services: services
                    .iter()
                    .zip(quantities)
                    .map(|(id, quantity)| (*id, *quantity, 1))
                    .collect(),
            }),
            (Kind::Credit, [amount]) => Some(Contents::Credit {
                amount: Money::new(*amount, currency).ok()?,
                services: services.to_vec(),
            }),
            (Kind::Pass, []) => Some(Contents::Pass {
                services: services.to_vec(),
                caps: Caps::default(),
            }),
            (Kind::Visits, _) => self.wrong(quantity("visits need one number here")),
            (Kind::Bundle, _) => self.wrong(quantity(
                "a bundle needs a number for each of its services, with | between them",
            )),
            (Kind::Credit, _) => self.wrong(quantity("credit needs one amount here")),
            (Kind::Pass, _) => self.wrong(quantity("a pass has no quantity: leave it empty")),
        }
    }
}

fn unit_of(template: &Template) -> Unit {
    let first = template.terms.pools.first();
    first.map_or(Unit::Visit, |pool| pool.unit)
}
