//! Where an entry goes.

use crate::due::{DueOf, Since, What};
use crate::sepa::MessageId;
use crate::{
    BookingId, CompanyId, CustomerId, EntryId, Fingerprint, OpportunityId, PackageId, QuotaId,
    SchemeId, ServiceId, TemplateId,
};

/// Under what an entry is put, at most once: the subject and the step it takes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum EntryKey {
    /// The settings reach this version.
    Settings(u64),
    /// A service reaches this version.
    Service(ServiceId, u64),
    /// A template reaches this version.
    Template(TemplateId, u64),
    /// A customer reaches this version.
    Customer(CustomerId, u64),
    /// A package is sold: the package's record.
    Sale(PackageId),
    /// A booking is made, or completed as a walk-in: the booking's record.
    Booking(BookingId),
    /// The n-th thing that happens to a booking, from 1: a move or its resolution. One sequence for
    /// both, so that neither can be decided on a booking that the other has changed.
    Step(BookingId, u32),
    /// Something else happens to a package, once per request: under the digest of the caller's key.
    Keyed(PackageId, Fingerprint),
    /// A payment of a package comes back, once: the payment's entry.
    Return(PackageId, EntryId),
    /// A direct debit of a package is rejected, once: the number of its instalment.
    Rejection(PackageId, u8),
    /// A customer's mandate reaches this version.
    Mandate(CustomerId, u64),
    /// The creditor of direct debits reaches this version.
    Creditor(u64),
    /// A collection is begun.
    Collection(MessageId),
    /// The settings of the pipeline reach this version.
    PipelineSettings(u64),
    /// A stage scheme reaches this version.
    Scheme(SchemeId, u64),
    /// An opportunity reaches this version: one sequence for everything that happens to it, to its
    /// quotes and its activities, so that nothing is decided on what another has changed.
    Opportunity(OpportunityId, u64),
    /// A company reaches this version.
    Company(CompanyId, u64),
    /// A quota reaches this version.
    Quota(QuotaId, u64),
    /// Something that fell due is told, once for what the record says about when.
    Notice(DueOf, What, Since),
}
