//! What each operation may cost: round trips as counted, capacity as the database reports it.

mod activities;
mod bookings;
mod care;
mod collecting;
mod customer_page;
mod moving;
mod paying;
mod pipeline;
mod quotes;
mod selling;

use infra::Usage;

use crate::harness::allowed::Allowed;
use crate::harness::{Call, Salon, TABLE, capacity_scale};

/// The most an operation may use: round trips, write units, read units.
struct Budget(usize, f64, f64);

impl Budget {
    fn of((round_trips, wru, rru): Allowed) -> Self {
        Self(round_trips, wru, rru)
    }

    async fn check(&self, salon: &Salon, what: &str, call: Call) {
        salon.world.meter.take();
        call.ok().await;
        let used = salon.world.meter.take();
        let Usage {
            round_trips, rru, ..
        } = used;
        let scale = capacity_scale(&salon.world.endpoint, TABLE);
        let scale = scale.await.unwrap();
        let wru = used.table_wru * scale.table + used.index_wru * scale.index;
        let within = round_trips <= self.0 && wru <= self.1 && rru <= self.2;
        assert!(within, "{what} used {wru} WRU of {used:?}");
        assert!(
            round_trips > 0 && wru + rru > 0.0,
            "{what} was not measured: {used:?}"
        );
        println!("{what}: {round_trips} round trips, {wru} WRU, {rru} RRU");
    }
}

/// As large as a real package: three services, with names.
async fn salon_with_package() -> (Salon, String) {
    let salon = Salon::open().await;
    let extra = salon.service("Cilt Bakımı", 90_000).await;
    let package = salon
        .sell_shareable(10, &[&salon.manicure, &salon.massage, &extra])
        .await;
    (salon, package)
}
