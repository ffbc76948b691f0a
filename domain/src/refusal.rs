//! Every way a rule says no.

mod code;

use crate::bookings::BookingStatus;
use crate::packages::Unchanged;
use crate::pipeline::PipelineRefusal;
use crate::sepa::{Collection, EndToEndId};

/// A rule said no: nothing was written. The text tells the caller what to do; [`Refusal::code`] is
/// stable and part of the API.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// The business has no settings yet.
    #[error("this business has no settings yet: PUT /v1/settings first")]
    SettingsMissing,
    /// A policy with a number out of its range.
    #[error("{0}")]
    SettingsOutOfRange(&'static str),
    /// No such service in this business.
    #[error("there is no service {0} in this business")]
    ServiceNotFound(crate::ServiceId),
    /// The service is archived.
    #[error("service {0} is archived: choose another, or take it off the list")]
    ServiceArchived(crate::ServiceId),
    /// No such template in this business.
    #[error("there is no package template with this id in this business")]
    TemplateNotFound,
    /// The template is archived.
    #[error("this package template is archived and is no longer sold: choose another")]
    TemplateArchived,
    /// No such customer in this business.
    #[error("there is no customer with this id in this business")]
    CustomerNotFound,
    /// No such package, or not of this customer.
    #[error("this customer holds no package with this id: read the wallet for those there are")]
    PackageNotFound,
    /// No such booking in this business.
    #[error(
        "there is no booking with this id: book it first, or send walk_in to record an appointment that was never booked"
    )]
    BookingNotFound,
    /// Another customer has this e-mail address.
    #[error(
        "another customer of this business has this e-mail address: find that one instead, or leave the address out"
    )]
    EmailTaken,
    /// The account has no verified e-mail address.
    #[error("the account's e-mail address is not verified: verify it, sign in again and repeat")]
    EmailUnverified,
    /// No unclaimed customer has the account's address.
    #[error("no customer of this business has the account's e-mail address: ask it to add you")]
    NothingToClaim,
    /// The customer is bound to another account.
    #[error("this customer record belongs to another account already: ask the business for help")]
    AlreadyClaimed,
    /// The state changed since the caller read it.
    #[error(
        "it was changed in the meantime: read it again and repeat the edit with the new ETag in If-Match"
    )]
    VersionMismatch,
    /// One key, two different requests.
    #[error(
        "this Idempotency-Key was used before with another request: send a new key for a new request"
    )]
    KeyReused,
    /// One booking id, two different bookings.
    #[error(
        "this booking id was used before with other content: send a new id, or reschedule the booking there is"
    )]
    BookingIdReused,
    /// The booking is of another customer.
    #[error("this booking belongs to another customer: check customer_id")]
    BookingOfAnother,
    /// The booking was completed, cancelled or a no-show.
    #[error("this booking is {0} and can no longer change")]
    BookingResolved(BookingStatus),
    /// The appointment is before today.
    #[error(
        "starts_at lies before today: give a time from today on, or complete the appointment as a walk-in"
    )]
    StartsInPast,
    /// The appointment is further away than the calendar goes.
    #[error("starts_at is more than five years away: check the year")]
    StartsTooFar,
    /// A walk-in that lies ahead.
    #[error("walk_in.starts_at lies after today: book the appointment instead")]
    StartsInFuture,
    /// A no-show before the appointment.
    #[error(
        "the appointment has not begun: record the no-show once starts_at has passed, or cancel it"
    )]
    NoShowTooEarly,
    /// The customer holds no package at all.
    #[error("the customer holds no package: sell one, or book with pay_with none")]
    NoPackage,
    /// No package covers the service.
    #[error(
        "no package that may pay covers service {0}: name another package, or book with pay_with none"
    )]
    ServiceNotCovered(crate::ServiceId),
    /// Credit in another currency than the price.
    #[error(
        "the credit is in another currency than the price of service {0}: name another package, or book with pay_with none"
    )]
    CurrencyDiffers(crate::ServiceId),
    /// Not sold yet, or no longer.
    #[error(
        "the package that covers service {0} is not active: accept the offer or pay the deposit first, or name another package"
    )]
    PackageNotActive(crate::ServiceId),
    /// Resting at the appointment's time.
    #[error(
        "the package that covers service {0} is frozen when the appointment starts: unfreeze it, choose another time or another package"
    )]
    PackageFrozen(crate::ServiceId),
    /// A pass was used as often as it may be.
    #[error(
        "the pass that covers service {0} is used as often as it may be in that time: choose another day or another package"
    )]
    CapReached(crate::ServiceId),
    /// More than what is paid.
    #[error(
        "the package that covers service {0} pays only as far as it is paid: record a payment first, or name another package"
    )]
    NotPaid(crate::ServiceId),
    /// Expired at the appointment's time.
    #[error(
        "the package that covers service {0} will have expired when the appointment starts: choose an earlier time or another package"
    )]
    ExpiredAtAppointment(crate::ServiceId),
    /// Fewer units available than the booking needs.
    #[error(
        "too few units are available for this booking: sell or name another package, or book with pay_with none"
    )]
    InsufficientUnits,
    /// A booking and the packages that should hold its units were read at different moments.
    #[error("the booking is being changed at this moment: send the same request again")]
    HoldMissing,
    /// A validity of zero or of more than ten years.
    #[error("a validity is between 1 day and 10 years")]
    ValidityOutOfRange,
    /// A visits template without services, or a pool without units.
    #[error("{0}")]
    TemplateContents(&'static str),
    /// Terms of a package that do not fit together.
    #[error("{0}")]
    PackageTerms(&'static str),
    /// A day given as the last one, in the past or further away than a package lasts.
    #[error("{0} lies before today or more than ten years ahead: give a day from today on")]
    DayOutOfRange(&'static str),
    /// What would be over before it begins.
    #[error("the package would have ended before it is sold: give a later last day")]
    EndsInPast,
    /// A template sold at another price.
    #[error(
        "a template is sold at its own price: leave out price, offer it at another, or sell terms of your own"
    )]
    TemplatePriceFixed,
    /// A template that customers cannot buy themselves.
    #[error("this package is not sold online: ask the business for it")]
    NotSoldOnline,
    /// Sold without having been offered.
    #[error("this package is no offer: it was sold at once, and there is nothing to answer")]
    NotAnOffer,
    /// Accepted or declined before.
    #[error("this offer was accepted or declined already: read the package for its status")]
    OfferAnswered,
    /// Its time is over.
    #[error("this offer has lapsed: make a new one")]
    OfferLapsed,
    /// A pool that would leave the range of numbers.
    #[error("the amounts add up to more than can be recorded: use smaller ones")]
    TooLarge,
    /// A collection file of no debits, or of more than it takes.
    #[error(
        "a collection takes 1 to {} debits: leave it until something is due, or split it over several files",
        Collection::MAX_DEBITS
    )]
    CollectionSize,
    /// A debit in another currency than the euro.
    #[error("debit {0} is not in euro, and SEPA collects nothing else: collect it in another way")]
    CollectionCurrency(EndToEndId),
    /// Two debits of one id.
    #[error("two debits are called {0}: give each an id of its own")]
    DebitRepeated(EndToEndId),
    /// Nothing to collect, or more than the scheme collects at once.
    #[error("debit {0} must be between 0.01 and 999999999.99 euro: leave it out or split it")]
    DebitAmount(EndToEndId),
    /// A mandate that is signed after the collection, or long before anyone could.
    #[error(
        "the mandate of debit {0} must be signed on or before the day of the collection, and in the last hundred years: correct signed_on, or collect later"
    )]
    MandateDate(EndToEndId),
    /// A package of another who does not share it with the customer.
    #[error(
        "the package that covers service {0} is no longer shared with this customer: name another package, or book with pay_with none"
    )]
    NotAMember(crate::ServiceId),
    /// Nothing is due for the booking.
    #[error("this booking is paid, or will be when it is completed: there is nothing left to pay")]
    BookingPaid,
    /// Not something that can be taken back.
    #[error("this booking is {0}: only a completion or a no-show can be reversed")]
    NotReversible(BookingStatus),
    /// Refunded or voided since.
    #[error(
        "the package that paid was refunded or voided since, so its units cannot return: settle it with the customer in another way"
    )]
    PackageClosed,
    /// A series of no appointments, of too many, or paid by too many others' packages.
    #[error(
        "a series is 1 to {} appointments, and fewer where packages of others pay: split it",
        crate::bookings::MAX_SERIES
    )]
    SeriesSize,
    /// One appointment of a series cannot be booked, so none is.
    #[error("booking {booking}: {refusal}")]
    InSeries {
        /// Which.
        booking: crate::BookingId,
        /// Why.
        refusal: Box<Refusal>,
    },
    /// A collection in the past, or further away than banks take.
    #[error("collect_on lies before today or more than a year ahead: give a day from today on")]
    CollectionDate,
    /// No such refund quote of this package.
    #[error("there is no refund quote with this id for this package: ask for one first")]
    RefundQuoteNotFound,
    /// A package that is left as it is.
    #[error("{0}")]
    Unchanged(Unchanged),
    /// Something of the pipeline that is left as it is.
    #[error("{0}")]
    Pipeline(PipelineRefusal),
    /// The business has not said which account direct debits go to.
    #[error("this business has no creditor account yet: PUT /v1/settings/creditor first")]
    CreditorMissing,
    /// A mandate signed in the future, or by nobody alive.
    #[error("signed_on lies after today, or more than a hundred years back: check the date")]
    MandateSigned,
    /// An offer, something voided or refunded, or something of which all is paid.
    #[error("nothing is to be paid: all is paid, it is over, or an offer to be accepted first")]
    NotPayable,
    /// A payment in another currency than the package's.
    #[error("the payment is in another currency than the package: send it in the package's")]
    PaymentCurrency,
    /// A payment of 0.
    #[error("the payment is of nothing: send an amount above 0")]
    PaymentOfNothing,
    /// A payment of more than is outstanding.
    #[error(
        "this is more than is outstanding: read the package's payments, and send what is still to be paid at most"
    )]
    PaymentTooLarge,
    /// No payment of this package has that entry.
    #[error("no payment of this package has this entry id: read the package's payments")]
    PaymentNotFound,
    /// A service to be archived that a template sells.
    #[error("the package template {0} sells this service: archive or edit it first")]
    ServiceInUse(crate::TemplateId),
    /// A customer who moves what it would cost them to call off.
    #[error("too late to move this appointment yourself: ask the business, or cancel it")]
    RescheduleLate,
    /// A customer who calls off what has begun.
    #[error("this appointment has begun: only the business can say what became of it")]
    CancelLate,
    /// No debit of this package that is on its way has that id.
    #[error("no direct debit with this id is on its way: read the package's payments")]
    DebitNotFound,
    /// Cash, or the customer's own transfer.
    #[error("only a direct debit or a card payment can come back: refund the package instead")]
    PaymentNotReturnable,
    /// The payment came back before.
    #[error("this payment came back before, and that is recorded: there is nothing left to do")]
    PaymentReturned,
    /// The person behind the customer was erased.
    #[error(
        "the person behind this customer was erased: nothing new can be agreed with them, add a new customer"
    )]
    CustomerErased,
    /// More was used of an imported package than it had.
    #[error("used is more than the package ever had: correct used or quantity")]
    UsedAboveQuantity,
    /// More was paid for an imported package than it cost.
    #[error("paid is more than the price: correct one of them")]
    PaidAbovePrice,
    /// An imported package that ended before it was sold.
    #[error("expires_on lies before sold_on: correct one of them")]
    ExpiresBeforeSold,
    /// What a field says of an imported package does not fit the rest.
    #[error("{0} {1}")]
    ImportTerms(&'static str, &'static str),
    /// The same package, imported before in another way.
    #[error(
        "this package was imported before with other content: correct the package there is, or give the line another id"
    )]
    ImportDiffers,
}
