//! Sharing a package, as the business does.

use domain::journal::{Entry, Fact, PackageChange, Posting};
use domain::packages::Package;
use domain::{Actor, Context, CustomerId, Decision, EntryKey, PackageId, Put, Refusal, Role};
use infra::{Consistency, Fault, Mutation, Store, fingerprint, random_128, settle};

use super::{Salon, World};

struct Share {
    context: Context,
    package: PackageId,
    member: CustomerId,
    shared: bool,
}

impl Salon {
    /// Makes `member` a member of a package, or a member no longer.
    pub(crate) async fn share(&self, package: &str, member: &str, shared: bool) {
        let business = &self.world.business;
        self.world.share(business, package, member, shared).await;
    }
}

impl World {
    /// Makes `member` a member of a package of a business, or a member no longer.
    pub(crate) async fn share(&self, business: &str, package: &str, member: &str, shared: bool) {
        let random = random_128().unwrap();
        let share = Share {
            context: Context {
                business: business.parse().unwrap(),
                actor: Actor {
                    id: "someone".parse().unwrap(),
                    role: Role::Owner,
                },
                now: self.clock.now(),
                random,
                fingerprint: fingerprint("share", &random).unwrap(),
                cause: "test".parse().unwrap(),
            },
            package: package.parse().unwrap(),
            member: member.parse().unwrap(),
            shared,
        };
        settle(&self.store, &share).await.unwrap();
    }
}

impl Mutation for Share {
    type State = Package;

    async fn load(&self, store: &Store, _: Consistency) -> Result<Package, Fault> {
        let package = store.package(&self.context.business, self.package).await?;
        Ok(package.unwrap())
    }

    fn repeated<'s>(&self, _: &'s Package) -> Result<Option<&'s Entry>, Refusal> {
        Ok(None)
    }

    fn decide(&self, package: &Package) -> Result<Option<Decision>, Refusal> {
        let (id, holder, member) = (package.id, package.customer, self.member);
        let mut posting = Posting::new(std::slice::from_ref(package), self.context.now);
        posting.stand(id, |standing| {
            standing.members.retain(|other| *other != member);
            standing
                .members
                .extend(Some(member).filter(|_| self.shared));
        })?;
        let key = EntryKey::Keyed(id, self.context.fingerprint.clone());
        let fact = Fact::PackageChanged {
            package: id,
            change: PackageChange::Expired,
        };
        let mut decision = posting.record(key, holder, fact, &self.context);
        decision.puts = vec![match self.shared {
            true => Put::Share {
                package: id,
                holder,
                member,
            },
            false => Put::Unshare {
                package: id,
                holder,
                member,
            },
        }];
        Ok(Some(decision))
    }

    fn adopt(&self, state: &mut Package, package: Package) {
        *state = package;
    }
}
