//! What is called.

use super::allowed::{self, Allowed};

/// Something that is asked of a function.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Operation {
    Sell,
    SellAgain,
    Pay,
    AcceptOffer,
    BookNamed,
    BookChosen,
    BookAgain,
    Series,
    Reschedule,
    Redeem,
    Quote,
    Complete,
    CompleteUnnamed,
    Cancel,
    NoShow,
    Adjust,
    Freeze,
    Transfer,
    Refund,
    Wallet,
    CustomerJournal,
    AddCustomer,
    OpenOpportunity,
    MoveStage,
    LogCall,
    AcceptQuote,
    TellBooking,
    FollowSale,
    PublishSale,
}

/// How many bookings a series has.
pub(super) const SERIES: u16 = 4;

impl Operation {
    pub(super) const ALL: [Self; 29] = [
        Self::Sell,
        Self::SellAgain,
        Self::Pay,
        Self::AcceptOffer,
        Self::BookNamed,
        Self::BookChosen,
        Self::BookAgain,
        Self::Series,
        Self::Reschedule,
        Self::Redeem,
        Self::Quote,
        Self::Complete,
        Self::CompleteUnnamed,
        Self::Cancel,
        Self::NoShow,
        Self::Adjust,
        Self::Freeze,
        Self::Transfer,
        Self::Refund,
        Self::Wallet,
        Self::CustomerJournal,
        Self::AddCustomer,
        Self::OpenOpportunity,
        Self::MoveStage,
        Self::LogCall,
        Self::AcceptQuote,
        Self::TellBooking,
        Self::FollowSale,
        Self::PublishSale,
    ];

    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Sell => "sell a template",
            Self::SellAgain => "sell, the key sent again",
            Self::Pay => "pay for a package",
            Self::AcceptOffer => "accept an offer",
            Self::BookNamed => "redeem: book, the package named",
            Self::BookChosen => "redeem: book, the package chosen",
            Self::BookAgain => "book, sent again",
            Self::Series => "book a series of four",
            Self::Reschedule => "reschedule",
            Self::Redeem => "redeem what was booked unpaid",
            Self::Quote => "redemption quote",
            Self::Complete => "complete",
            Self::CompleteUnnamed => "complete, the customer not named",
            Self::Cancel => "cancel",
            Self::NoShow => "no-show",
            Self::Adjust => "adjust",
            Self::Freeze => "freeze a package",
            Self::Transfer => "transfer a visit",
            Self::Refund => "refund a package",
            Self::Wallet => "wallet of 20 packages",
            Self::CustomerJournal => "journal of a customer, a page",
            Self::AddCustomer => "add a customer",
            Self::OpenOpportunity => "open an opportunity",
            Self::MoveStage => "move it to another stage",
            Self::LogCall => "note a call about it",
            Self::AcceptQuote => "accept a quote of one package",
            Self::TellBooking => "take an event: booked elsewhere",
            Self::FollowSale => "follow a sale into reports",
            Self::PublishSale => "publish a sale",
        }
    }

    /// The binary that does it.
    pub(super) fn function(self) -> &'static str {
        match self {
            Self::Sell | Self::SellAgain | Self::Pay | Self::AcceptOffer => "package-sales",
            Self::BookNamed
            | Self::BookChosen
            | Self::BookAgain
            | Self::Series
            | Self::Reschedule
            | Self::Redeem
            | Self::Quote
            | Self::Cancel => "booking-redemption",
            Self::Complete | Self::CompleteUnnamed | Self::NoShow => "appointment-completion",
            Self::Adjust | Self::Freeze | Self::Transfer | Self::Refund => "package-care",
            Self::Wallet | Self::CustomerJournal => "wallet",
            Self::AddCustomer => "customers",
            Self::OpenOpportunity | Self::MoveStage | Self::LogCall | Self::AcceptQuote => {
                "opportunity-updates"
            }
            Self::TellBooking => "inbound-events",
            Self::FollowSale => "follow-journal",
            Self::PublishSale => "publish-events",
        }
    }

    /// What the tests allow it; none where they have no such line.
    pub(super) fn budget(self) -> Option<Allowed> {
        match self {
            Self::Sell => Some(allowed::SELL),
            Self::Pay => Some(allowed::PAY),
            Self::AcceptOffer => Some(allowed::ACCEPT_OFFER),
            Self::BookNamed | Self::BookChosen => Some(allowed::REDEEM),
            Self::Series => Some(allowed::series(SERIES)),
            Self::Complete | Self::Cancel | Self::NoShow | Self::Redeem => Some(allowed::RESOLVE),
            Self::CompleteUnnamed => Some(allowed::RESOLVE_UNNAMED),
            Self::SellAgain | Self::BookAgain => Some(allowed::REPLAY),
            Self::Adjust => Some(allowed::ADJUST),
            Self::Freeze => Some(allowed::FREEZE),
            Self::Transfer => Some(allowed::TRANSFER),
            Self::Refund => Some(allowed::REFUND),
            Self::Wallet => Some(allowed::WALLET),
            Self::OpenOpportunity => Some(allowed::OPEN_OPPORTUNITY),
            Self::MoveStage => Some(allowed::MOVE_STAGE),
            Self::Reschedule
            | Self::Quote
            | Self::CustomerJournal
            | Self::AddCustomer
            | Self::LogCall
            | Self::AcceptQuote
            | Self::TellBooking
            | Self::FollowSale
            | Self::PublishSale => None,
        }
    }
}
