//! Units by pool, as clients send them.

use std::num::NonZeroU64;

use domain::packages::PoolUnits;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::edge::Problem;

/// More pools than a package has.
const MOST: usize = 100;

/// Units of a pool.
#[derive(Debug, Clone, Copy, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct PoolUnitsBody {
    /// Which of the package's pools, from 0; the first if left out.
    #[serde(default)]
    pool: usize,
    /// How many, in visits or minor units.
    #[schema(value_type = u64, minimum = 1, example = 5)]
    units: NonZeroU64,
}

/// # Errors
/// `invalid-body` (422) for no pool, or more than a package has.
pub(super) fn units(pools: &[PoolUnitsBody]) -> Result<Vec<PoolUnits>, Problem> {
    if pools.is_empty() || pools.len() > MOST {
        let text = format!("the body is not what is taken here: pools: name 1 to {MOST} of them");
        return Err(Problem::new(422, "invalid-body", text));
    }
    let units = |body: &PoolUnitsBody| PoolUnits {
        pool: body.pool,
        units: body.units.get(),
    };
    Ok(pools.iter().map(units).collect())
}
