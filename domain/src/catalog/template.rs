//! A definition for sale. Editing it never changes a package that was sold.

use serde::{Deserialize, Serialize};

use crate::calendar::Validity;
use crate::packages::{Caps, Conditions, Covers, InstalmentPlan, Unit, is_default, is_zero};
use crate::{Colour, Money, Name, Refusal, TemplateId};

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
    /// Whether the price is the list price, computed again at every edit.
    #[serde(default, skip_serializing_if = "is_default")]
    pub at_list_price: bool,
    /// What its services cost one by one, as of the last edit; none where that cannot be said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub list_price: Option<Money>,
    /// How long it is valid; none is for ever.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub validity: Option<Validity>,
    /// Everything else that was agreed.
    #[serde(flatten)]
    pub extras: Extras,
    /// The pools a sale fills.
    pub pools: Vec<PoolTerms>,
}

impl TemplateTerms {
    /// How much less it costs than its services one by one.
    pub fn discount(&self) -> Option<Money> {
        self.price.less_than(self.list_price?)
    }

    /// The same for another price.
    ///
    /// # Errors
    /// [`Refusal::PackageTerms`] for one in another currency, or one that deposit or instalments do
    /// not fit.
    pub(crate) fn at_price(self, price: Money) -> Result<Self, Refusal> {
        if price.currency() != self.price.currency() {
            return Err(Refusal::PackageTerms(
                "the price is in another currency than the template's: give one in the same",
            ));
        }
        self.extras.check(price)?;
        Ok(Self {
            price,
            at_list_price: false,
            ..self
        })
    }
}

/// Terms that a template or an offer may add to what it grants and costs.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Extras {
    /// What will hold for each package.
    #[serde(flatten)]
    pub conditions: Conditions,
    /// What has to be paid before it can be used.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub deposit: Option<Deposit>,
    /// How the rest is paid; none is at any time.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub plan: Option<InstalmentPlan>,
    /// Whether customers can buy it themselves.
    #[serde(default, skip_serializing_if = "is_default")]
    pub online: bool,
}

/// What has to be paid at first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Deposit {
    /// This much.
    Amount(Money),
    /// This part of the price, from 1 to 100 per cent, rounded up to the minor unit.
    Percent(u8),
}

impl Deposit {
    /// The deposit on `price`.
    pub fn on(self, price: Money) -> Money {
        match self {
            Deposit::Amount(amount) => amount,
            Deposit::Percent(percent) => price.percent_rounded_up(percent),
        }
    }
}

/// A pool as it will be granted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PoolTerms {
    /// What it counts.
    pub unit: Unit,
    /// How many; 0 where they are unlimited.
    pub units: u64,
    /// What they pay for.
    pub covers: Covers,
    /// How often it may be drawn, where that is limited.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub caps: Option<Caps>,
    /// What the units cost one by one, in minor units of the template's currency; 0 where that cannot
    /// be said. The price is shared among the pools in this proportion.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub list_minor: u64,
}

/// A configuration of pools that has a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// One visit pool, shared by its services.
    Visits,
    /// A visit pool for each of its services.
    Bundle,
    /// One pool of money.
    Credit,
    /// One pool of unlimited visits, for a time.
    Pass,
}

impl Kind {
    /// The colour a template has when nobody chose one.
    pub fn default_colour(self) -> Colour {
        Colour::of_palette(match self {
            Kind::Visits => "green",
            Kind::Bundle => "blue",
            Kind::Credit => "purple",
            Kind::Pass => "yellow",
        })
    }
}
