//! Opening the opportunity to sell a package again when its time has come.

use super::decide::is_due;
use super::{Due, Fallen, package_agenda};
use crate::packages::Package;
use crate::pipeline::{Opening, PipelineRefusal, renew};
use crate::settings::Settings;
use crate::{Context, Fingerprint, OpportunityId, Refusal};

/// Opens the opportunity `id` to sell `package` again, for whom the business says. Nothing where it will
/// not be used up in time after all, as far as that can be said now, or where there is nobody to sell to.
///
/// # Errors
/// Those of [`renew`], without those that say so.
pub fn renewal_due(
    (package, due): (&Package, &Due),
    settings: &Settings,
    opening: &Opening,
    named: (OpportunityId, Fingerprint),
    context: &Context,
) -> Result<Fallen, Refusal> {
    let representative = settings.renewals.as_ref().map(|it| &it.representative);
    let agenda = package_agenda(package, settings);
    let Some(representative) = representative.filter(|_| is_due(&agenda, due, context.now)) else {
        return Ok(Fallen::Stale);
    };
    match renew(
        opening,
        package,
        named,
        Some(representative.clone()),
        context,
    ) {
        Ok(decision) => Ok(Fallen::Decided(decision)),
        Err(
            Refusal::CustomerErased
            | Refusal::Pipeline(
                PipelineRefusal::RenewalNotNeeded
                | PipelineRefusal::RenewalNoUse
                | PipelineRefusal::RenewalUncounted,
            ),
        ) => Ok(Fallen::Nothing),
        Err(refusal) => Err(refusal),
    }
}
