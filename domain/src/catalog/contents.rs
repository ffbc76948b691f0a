//! What a template grants, as a person enters it. This is the one place where a kind becomes pools.

use super::{Kind, PoolTerms, Service};
use crate::packages::{Caps, Cover, Covers, MAX_VISITS, Unit};
use crate::{Currency, Money, Refusal, ServiceId};

/// The most services that one template names.
pub(super) const MAX_SERVICES: usize = 50;

/// The most pools of a bundle: each is an attribute of the package, which should stay small.
pub(super) const MAX_POOLS: usize = 10;

/// What a template grants.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Contents {
    /// Visits that any of the services takes from.
    Visits {
        /// How many.
        quantity: u64,
        /// What each redemption takes, by service.
        services: Vec<(ServiceId, u32)>,
    },
    /// Visits of each service apart.
    Bundle {
        /// How many, and what each redemption takes, by service.
        services: Vec<(ServiceId, u64, u32)>,
    },
    /// Money to be spent at list price.
    Credit {
        /// How much.
        amount: Money,
        /// Only on these; none given means on everything.
        services: Vec<ServiceId>,
    },
    /// Visits without a number, for the time that the package is valid.
    Pass {
        /// Only for these; none given means for everything.
        services: Vec<ServiceId>,
        /// How often.
        caps: Caps,
    },
}

impl Contents {
    /// The kind these contents make.
    pub fn kind(&self) -> Kind {
        match self {
            Contents::Visits { .. } => Kind::Visits,
            Contents::Bundle { .. } => Kind::Bundle,
            Contents::Credit { .. } => Kind::Credit,
            Contents::Pass { .. } => Kind::Pass,
        }
    }

    /// The services named, in order.
    pub fn services(&self) -> Vec<ServiceId> {
        match self {
            Contents::Visits { services, .. } => services.iter().map(|(id, _)| *id).collect(),
            Contents::Bundle { services } => services.iter().map(|(id, _, _)| *id).collect(),
            Contents::Credit { services, .. } | Contents::Pass { services, .. } => services.clone(),
        }
    }

    /// Whether these contents could ever pay, whatever the services are.
    ///
    /// # Errors
    /// [`Refusal::TemplateContents`]: more than 50 services (10 of a bundle), one named twice, no
    /// units, no services where visits need some, a redemption that takes none or more units than
    /// there are, or a cap of 0.
    pub fn check(&self) -> Result<(), Refusal> {
        let named = self.services();
        if named.len() > MAX_SERVICES {
            return refuse(
                "a template covers at most 50 services: use fewer, or credit that covers every service",
            );
        }
        if named
            .iter()
            .enumerate()
            .any(|(index, id)| named[..index].contains(id))
        {
            return refuse("services names one service twice: name it once");
        }
        match self {
            Contents::Visits { quantity, .. } if !(1..=MAX_VISITS).contains(quantity) => {
                check_visits(*quantity, 1)
            }
            Contents::Visits { services, .. } if services.is_empty() => {
                refuse("visits need at least one service in services")
            }
            Contents::Visits { quantity, services } => services
                .iter()
                .try_for_each(|(_, units)| check_visits(*quantity, *units)),
            Contents::Bundle { services } if services.is_empty() => {
                refuse("a bundle needs at least one service in services")
            }
            Contents::Bundle { services } if services.len() > MAX_POOLS => {
                refuse("a bundle has at most 10 services: sell two packages instead")
            }
            Contents::Bundle { services } => services
                .iter()
                .try_for_each(|(_, quantity, units)| check_visits(*quantity, *units)),
            Contents::Credit { amount, .. } if amount.amount_minor() == 0 => {
                refuse("credit must be more than 0")
            }
            Contents::Credit { .. } => Ok(()),
            Contents::Pass { caps, .. } => {
                let of = [caps.per_day, caps.per_week, caps.per_period];
                if of.contains(&Some(0)) {
                    return refuse("a cap must be at least 1: leave it out where there is none");
                }
                Ok(())
            }
        }
    }

    /// The pools, with each service's present name and list price from `find`.
    ///
    /// # Errors
    /// Those of [`Contents::check`], then whatever `find` refuses.
    pub(super) fn pools<'s>(
        &self,
        find: impl Fn(ServiceId) -> Result<&'s Service, Refusal>,
    ) -> Result<Vec<PoolTerms>, Refusal> {
        self.check()?;
        let cover = |service: ServiceId, units: u32| {
            Ok::<_, Refusal>(Cover {
                service,
                name: find(service)?.terms.name.clone(),
                units,
            })
        };
        let covers = |services: &[ServiceId]| {
            let covers = services.iter().map(|id| cover(*id, 1));
            let covers: Vec<Cover> = covers.collect::<Result<_, Refusal>>()?;
            Ok::<_, Refusal>(if covers.is_empty() {
                Covers::Any
            } else {
                Covers::Services(covers)
            })
        };
        let visits = |quantity: u64, services: &[(ServiceId, u32)]| {
            let covers = services.iter().map(|(id, units)| cover(*id, *units));
            let covers = Covers::Services(covers.collect::<Result<_, Refusal>>()?);
            let one_by_one = services.iter().map(|(id, units)| {
                let price = find(*id)?.terms.list_price.amount_minor();
                Ok(price.saturating_mul(quantity / u64::from((*units).max(1))))
            });
            let one_by_one: Vec<u64> = one_by_one.collect::<Result<_, Refusal>>()?;
            Ok::<_, Refusal>(PoolTerms {
                unit: Unit::Visit,
                units: quantity,
                covers,
                caps: None,
                list_minor: one_by_one.into_iter().max().unwrap_or(0),
            })
        };
        match self {
            Contents::Visits { quantity, services } => Ok(vec![visits(*quantity, services)?]),
            Contents::Bundle { services } => services
                .iter()
                .map(|(id, quantity, units)| visits(*quantity, &[(*id, *units)]))
                .collect(),
            Contents::Credit { amount, services } => Ok(vec![PoolTerms {
                unit: Unit::Money(amount.currency()),
                units: amount.amount_minor(),
                covers: covers(services)?,
                caps: None,
                list_minor: amount.amount_minor(),
            }]),
            Contents::Pass { services, caps } => Ok(vec![PoolTerms {
                unit: Unit::Unlimited,
                units: 0,
                covers: covers(services)?,
                caps: Some(*caps).filter(|caps| *caps != Caps::default()),
                list_minor: 0,
            }]),
        }
    }

    /// The one currency of everything that has a list price here; none for a pass, or where the
    /// services are priced in several.
    pub(super) fn list_currency<'s>(
        &self,
        find: impl Fn(ServiceId) -> Result<&'s Service, Refusal>,
    ) -> Result<Option<Currency>, Refusal> {
        let mut currencies = match self {
            Contents::Credit { amount, .. } => vec![amount.currency()],
            Contents::Pass { .. } => Vec::new(),
            Contents::Visits { .. } | Contents::Bundle { .. } => {
                let of = |id| Ok(find(id)?.terms.list_price.currency());
                let named = self.services().into_iter().map(of);
                named.collect::<Result<Vec<Currency>, Refusal>>()?
            }
        };
        currencies.sort();
        currencies.dedup();
        match currencies.as_slice() {
            [currency] => Ok(Some(*currency)),
            [] | [_, _, ..] => Ok(None),
        }
    }
}

fn check_visits(quantity: u64, units: u32) -> Result<(), Refusal> {
    if !(1..=MAX_VISITS).contains(&quantity) {
        return refuse("quantity must be between 1 and 100000 visits");
    }
    if units == 0 || u64::from(units) > quantity {
        return refuse("units must be between 1 and the template's quantity");
    }
    Ok(())
}

fn refuse<T>(reason: &'static str) -> Result<T, Refusal> {
    Err(Refusal::TemplateContents(reason))
}
