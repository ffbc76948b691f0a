//! What customers of a salon buy and do within a year: decided by the domain, and the same each time for
//! the same template and services.

use chrono::TimeDelta;
use domain::bookings::{Appointment, Booking, Holdings, PayWith, book, complete};
use domain::customers::{Customer, CustomerDetails, create};
use domain::packages::{Order, Package, Sale, sell};
use domain::{
    Actor, BusinessId, Context, CustomerId, Decision, Fingerprint, Instant, PackageId, Put, Role,
    ServiceId, TemplateId,
};
use infra::{Consistency, Store, derived_bytes};

use super::Failed;

/// How many packages each customer holds: as many as the wallet that has a budget.
pub(crate) const OF_A_CUSTOMER: u64 = 20;
/// How many of the packages each customer uses once.
const USED: usize = 2;
/// Over how many days customers arrive.
const ARRIVALS: u64 = 300;
const NAMES: [&str; 8] = [
    "Ayşe Yılmaz",
    "Fatma Kaya",
    "Deniz Demir",
    "Lale Tunç",
    "Mehmet Şahin",
    "Elif Aydın",
    "Zeynep Arslan",
    "Can Öztürk",
];

/// What every customer is sold from.
pub(crate) struct Stock {
    business: BusinessId,
    sale: Sale,
    holdings: Holdings,
    services: Vec<ServiceId>,
    now: Instant,
}

impl Stock {
    /// Of a template and its services, as they are now. The customer is anybody's.
    pub(crate) async fn of(
        store: &Store,
        business: &str,
        (customer, template, services): (&str, &str, &[String]),
        now: Instant,
    ) -> Result<Self, Failed> {
        let business: BusinessId = business.parse()?;
        let (customer, template): (CustomerId, TemplateId) = (customer.parse()?, template.parse()?);
        let services = services.iter().map(|id| id.parse());
        let services: Vec<ServiceId> = services.collect::<Result<_, _>>()?;
        let (none, strong) = (PackageId::from_bytes([0; 16]), Consistency::Strong);
        let sale = store.sale(&business, customer, (Some(template), &[]), none, strong);
        let redeemed = store.redeemed(&business, customer, &services, None, strong);
        Ok(Self {
            sale: sale.await?.sale,
            holdings: redeemed.await?.holdings,
            business,
            services,
            now,
        })
    }

    /// Who a number stands for.
    pub(crate) fn customer(number: u64) -> CustomerId {
        CustomerId::from_bytes(derived_bytes(&["bench customer", &number.to_string()]))
    }

    /// Their first package.
    pub(crate) fn package(number: u64) -> PackageId {
        PackageId::from_bytes(derived_bytes(&["bench package", &number.to_string(), "0"]))
    }

    /// Arrives, buys a package every other day, and uses some of them.
    pub(crate) fn history(&self, number: u64) -> Result<Vec<Decision>, Failed> {
        let first = self.now - TimeDelta::days(360) + TimeDelta::minutes(arrival(number));
        let mut steps = 0;
        let mut context = |days: u64| -> Result<Context, Failed> {
            steps += 1;
            let at = first + TimeDelta::days(i64::try_from(days)?);
            self.context(at + TimeDelta::seconds(steps), (number, steps))
        };
        let arrived = self.arrived(number, &context(0)?)?;
        let customer = person(&arrived).ok_or("no customer was added")?;
        let mut decisions = vec![arrived];
        let mut packages = Vec::new();
        for place in 0..OF_A_CUSTOMER {
            let sale = Sale {
                customer: Some(customer.clone()),
                ..self.sale.clone()
            };
            let bytes = ["bench package", &number.to_string(), &place.to_string()];
            let id = PackageId::from_bytes(derived_bytes(&bytes));
            let sold = sell(&sale, &Order::of_template(), id, &context(2 * place)?)?;
            packages.extend(sold.puts.iter().find_map(|put| {
                if let Put::Package(package) = put {
                    return Some(package.clone());
                }
                None
            }));
            decisions.push(sold);
        }
        for place in 0..USED {
            let day = 2 * OF_A_CUSTOMER + place as u64;
            let holdings = Holdings {
                customer: Some(customer.clone()),
                packages: packages.clone(),
                ..self.holdings.clone()
            };
            let booked = self.booked(&holdings, (number, place), &context(day)?)?;
            packages = after(packages, &booked)?;
            let booking = Booking::fold([&booked.entry]).ok_or("no booking")?;
            let completed = complete(&booking, &packages, &context(day)?)?;
            packages = after(packages, &completed)?;
            decisions.extend([booked, completed]);
        }
        Ok(decisions)
    }

    fn arrived(&self, number: u64, context: &Context) -> Result<Decision, Failed> {
        let name = NAMES[usize::try_from(number)? % NAMES.len()];
        let details = CustomerDetails {
            name: name.parse()?,
            email: Some(format!("bench-{number}@example.com").parse()?),
            phone: None,
        };
        let ids = (Self::customer(number), context.fingerprint.clone());
        Ok(create(details, None, ids, context)?)
    }

    /// An appointment of the same day, that the package of this place pays for.
    fn booked(
        &self,
        holdings: &Holdings,
        (number, place): (u64, usize),
        context: &Context,
    ) -> Result<Decision, Failed> {
        let package = holdings.packages.get(place).ok_or("no package")?;
        let appointment = Appointment {
            booking: format!("bench-{number}-{place}").parse()?,
            services: vec![self.services[0]],
            starts_at: context.now,
            pay_with: Some(PayWith::Packages(vec![package.id])),
            allow_partial: false,
        };
        Ok(book(holdings, &appointment, context)?)
    }

    fn context(&self, now: Instant, (number, step): (u64, i64)) -> Result<Context, Failed> {
        let random = derived_bytes(&["bench entry", &number.to_string(), &step.to_string()]);
        Ok(Context {
            business: self.business.clone(),
            actor: Actor {
                id: "0f8fad5b-d9cb-469f-a165-70867728950e".parse()?,
                role: Role::Staff,
            },
            now,
            random: u128::from_be_bytes(random),
            fingerprint: "0".repeat(64).parse::<Fingerprint>()?,
            cause: "request-1".parse()?,
        })
    }
}

/// When somebody arrives, in minutes. However many there are, they come evenly, in steps of the golden
/// ratio: some end on every day already where a report has a sum for each day on which packages end.
fn arrival(number: u64) -> i64 {
    let part = number.wrapping_mul(0x9e37_79b9_7f4a_7c15);
    let minutes = (u128::from(part) * u128::from(ARRIVALS * 24 * 60)) >> 64;
    i64::try_from(minutes).unwrap_or_default()
}

fn person(decision: &Decision) -> Option<Customer> {
    decision.puts.iter().find_map(|put| {
        if let Put::Customer { after, .. } = put {
            return Some(after.clone());
        }
        None
    })
}

/// The packages as a decision leaves them.
fn after(packages: Vec<Package>, decision: &Decision) -> Result<Vec<Package>, Failed> {
    let after = packages
        .iter()
        .map(|package| package.after(&decision.entry));
    Ok(after.collect::<Result<_, _>>()?)
}
