//! A definition for sale. Editing it never changes a package that was sold.

use serde::{Deserialize, Serialize};

use crate::calendar::Validity;
use crate::packages::{Cover, Covers, MAX_VISITS, Unit};
use crate::{Colour, Money, Name, Refusal, ServiceId, TemplateId};

/// A package template.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Template {
    /// Its id.
    pub id: TemplateId,
    /// What is sold.
    pub terms: TemplateTerms,
    /// No longer sold.
    pub archived: bool,
    /// Counts the edits, from 1.
    pub version: u64,
}

/// The part of a template that can be edited.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TemplateTerms {
    /// What it is called.
    pub name: Name,
    /// Which kind it is sold as.
    pub kind: Kind,
    /// Its colour.
    pub colour: Colour,
    /// What it costs, tax included.
    pub price: Money,
    /// How long it is valid from the sale; none is for ever.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub validity: Option<Validity>,
    /// The pools a sale fills.
    pub pools: Vec<PoolTerms>,
}

/// A pool as it will be granted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PoolTerms {
    /// What it counts.
    pub unit: Unit,
    /// How many.
    pub units: u64,
    /// What they pay for.
    pub covers: Covers,
}

/// A configuration of pools that has a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// One visit pool, shared by its services.
    Visits,
    /// One pool of money.
    Credit,
}

impl Kind {
    /// The colour a template has when nobody chose one.
    pub fn default_colour(self) -> Colour {
        Colour::of_palette(match self {
            Kind::Visits => "green",
            Kind::Credit => "purple",
        })
    }
}

/// What a template grants, as a person enters it. This is the one place where a kind becomes pools.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Contents {
    /// Visits that any of the services takes from.
    Visits {
        /// How many.
        quantity: u64,
        /// What each redemption takes, by service.
        services: Vec<(ServiceId, u32)>,
    },
    /// Money to be spent at list price.
    Credit {
        /// How much.
        amount: Money,
        /// Only on these; none given means on everything.
        services: Vec<ServiceId>,
    },
}

impl Contents {
    /// The kind these contents make.
    pub fn kind(&self) -> Kind {
        match self {
            Contents::Visits { .. } => Kind::Visits,
            Contents::Credit { .. } => Kind::Credit,
        }
    }

    /// The services named, in order.
    pub fn services(&self) -> Vec<ServiceId> {
        match self {
            Contents::Visits { services, .. } => services.iter().map(|(id, _)| *id).collect(),
            Contents::Credit { services, .. } => services.clone(),
        }
    }

    /// Whether these contents could ever pay, whatever the services are.
    ///
    /// # Errors
    /// [`Refusal::TemplateContents`]: more than 50 services, one named twice, no units, no services
    /// where visits need some, or a redemption that takes none or more units than there are.
    pub fn check(&self) -> Result<(), Refusal> {
        let refuse = |reason| Err(Refusal::TemplateContents(reason));
        let named = self.services();
        if named.len() > 50 {
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
                refuse("quantity must be between 1 and 100000 visits")
            }
            Contents::Visits { services, .. } if services.is_empty() => {
                refuse("visits need at least one service in services")
            }
            Contents::Visits { quantity, services } => {
                let fits = |units: u32| units > 0 && u64::from(units) <= *quantity;
                match services.iter().all(|(_, units)| fits(*units)) {
                    true => Ok(()),
                    false => refuse("units must be between 1 and the template's quantity"),
                }
            }
            Contents::Credit { amount, .. } if amount.amount_minor() == 0 => {
                refuse("credit must be more than 0")
            }
            Contents::Credit { .. } => Ok(()),
        }
    }

    /// The pools, with each service's present name from `name_of`.
    ///
    /// # Errors
    /// Those of [`Contents::check`], then whatever `name_of` refuses.
    pub(super) fn pools(
        &self,
        mut name_of: impl FnMut(ServiceId) -> Result<Name, Refusal>,
    ) -> Result<Vec<PoolTerms>, Refusal> {
        self.check()?;
        let mut cover = |service, units| {
            let name = name_of(service)?;
            Ok::<_, Refusal>(Cover {
                service,
                name,
                units,
            })
        };
        let pool = match self {
            Contents::Visits { quantity, services } => {
                let covers = services.iter().map(|(id, units)| cover(*id, *units));
                PoolTerms {
                    unit: Unit::Visit,
                    units: *quantity,
                    covers: Covers::Services(covers.collect::<Result<_, _>>()?),
                }
            }
            Contents::Credit { amount, services } => {
                let covers = services.iter().map(|id| cover(*id, 1));
                let covers: Vec<Cover> = covers.collect::<Result<_, _>>()?;
                let every = covers.is_empty();
                PoolTerms {
                    unit: Unit::Money(amount.currency()),
                    units: amount.amount_minor(),
                    covers: if every {
                        Covers::Any
                    } else {
                        Covers::Services(covers)
                    },
                }
            }
        };
        Ok(vec![pool])
    }
}
