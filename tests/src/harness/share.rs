//! Sharing a package.

use serde_json::{Value, json};

use super::{Business, Holder, Salon};

impl Salon {
    /// Sells Ayşe visits to these services that one other may redeem, too.
    pub(crate) async fn sell_shareable(&self, quantity: u64, services: &[&str]) -> String {
        let mut template = Self::visits_body(quantity, services);
        template["max_members"] = json!(1);
        self.sell_as(template).await
    }

    /// Makes `member` a member of a package of Ayşe's, or a member no longer.
    pub(crate) async fn share(&self, package: &str, member: &str, shared: bool) {
        let mut body = members(member, shared);
        body["customer_id"] = json!(self.ayse);
        let key = format!("{:x}", infra::random_128().unwrap());
        let path = format!("/v1/packages/{package}/members");
        self.world.post(&path, body).key(&key).ok().await;
    }
}

impl Business<'_> {
    /// A new package of the other customer's, which they share with `member`.
    pub(super) async fn share_with(&self, member: &Holder) {
        let package = self.new_package(&self.another).await;
        self.on(&package, "members", members(&member.id, true))
            .await;
    }
}

fn members(member: &str, shared: bool) -> Value {
    match shared {
        true => json!({"add": [member]}),
        false => json!({"remove": [member]}),
    }
}
