//! Who may do what: the one table.

use domain::Role;

use super::{Caller, Problem};

/// Something a caller may be allowed to do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Right {
    /// See settings, services and what is sold online: what a booking page shows.
    ReadServices,
    /// See package templates.
    ReadTemplates,
    /// Change settings, services and templates.
    EditCatalog,
    /// Find customers.
    FindCustomers,
    /// See a customer; a customer, themselves.
    ReadCustomers,
    /// Add and edit customers.
    EditCustomers,
    /// Bind one's own account to one's customer record.
    Claim,
    /// Sell and offer packages.
    Sell,
    /// See the packages of the whole business.
    ReadPackages,
    /// Accept and decline offers; a customer, their own.
    AnswerOffer,
    /// Buy for oneself what is sold online.
    BuyOnline,
    /// See wallets, packages, bookings, quotes and their journals; a customer, their own.
    ReadWallet,
    /// See the journal of the whole business.
    ReadBusinessJournal,
    /// See the reports of the whole business.
    ReadReports,
    /// See the reports of the whole pipeline.
    ReadPipelineReports,
    /// Book, move and cancel; a customer, for themselves.
    Book,
    /// Take nothing for a late cancellation.
    WaivePenalty,
    /// Record what became of an appointment.
    Complete,
    /// Take back what was recorded of one by mistake.
    Reverse,
    /// Freeze, extend, share and transfer packages.
    CareForPackages,
    /// Give units for nothing, as goodwill.
    GiveGoodwill,
    /// Correct, compensate, void and refund what was sold.
    CorrectSales,
    /// Record payments.
    RecordPayments,
    /// Record that a payment came back.
    ReturnPayments,
    /// See, set and take back mandates.
    EditMandates,
    /// Set the account that direct debits go to, and collect.
    Collect,
    /// Have everything that is held about a customer; a customer, about themselves.
    ExportCustomers,
    /// Erase the person behind a customer.
    EraseCustomers,
    /// Take over packages from another system.
    Import,
    /// See opportunities, their quotes and activities, companies and stage schemes; sales, what is theirs.
    ReadPipeline,
    /// Open and work on opportunities; sales, what is theirs.
    WorkPipeline,
    /// Say how what one was to do went; sales, also on what is theirs.
    DoActivities,
    /// See a quote that was sent; a customer, their own.
    ReadQuotes,
    /// Accept and reject quotes; a customer, their own.
    AnswerQuotes,
    /// Change stage schemes and reasons.
    EditPipeline,
    /// See quotas; sales, what is theirs.
    ReadQuotas,
    /// Set and close quotas, and say what counts for them.
    EditQuotas,
}

impl Right {
    /// The roles that have it.
    pub fn roles(self) -> &'static [Role] {
        use Role::{Customer, Machine, Owner, Sales, Staff};
        match self {
            Right::ReadServices | Right::ReadWallet => &[Owner, Staff, Sales, Machine, Customer],
            Right::ReadTemplates | Right::FindCustomers | Right::ReadPackages => {
                &[Owner, Staff, Sales, Machine]
            }
            Right::EditCatalog | Right::ReadBusinessJournal => &[Owner],
            Right::ReadReports => &[Owner, Machine],
            Right::ReadPipelineReports => &[Owner, Staff, Machine],
            Right::ReadCustomers => &[Owner, Staff, Sales, Machine, Customer],
            Right::EditCustomers | Right::Sell => &[Owner, Staff, Sales, Machine],
            Right::AnswerOffer => &[Owner, Staff, Sales, Machine, Customer],
            Right::Claim | Right::BuyOnline => &[Customer],
            Right::Book => &[Owner, Staff, Machine, Customer],
            Right::WaivePenalty | Right::Reverse => &[Owner, Staff],
            Right::CareForPackages => &[Owner, Staff, Machine],
            Right::GiveGoodwill => &[Owner, Staff],
            Right::CorrectSales => &[Owner],
            Right::Complete | Right::ReturnPayments => &[Owner, Staff, Machine],
            Right::RecordPayments => &[Owner, Staff, Sales, Machine],
            Right::EditMandates => &[Owner, Staff, Sales],
            Right::Collect => &[Owner],
            Right::ExportCustomers => &[Owner, Customer],
            Right::EraseCustomers => &[Owner],
            Right::Import => &[Owner, Machine],
            Right::ReadPipeline | Right::ReadQuotas => &[Owner, Staff, Sales, Machine],
            Right::WorkPipeline => &[Owner, Sales, Machine],
            Right::DoActivities => &[Owner, Staff, Sales, Machine],
            Right::ReadQuotes => &[Owner, Staff, Sales, Machine, Customer],
            Right::AnswerQuotes => &[Owner, Sales, Machine, Customer],
            Right::EditPipeline | Right::EditQuotas => &[Owner],
        }
    }

    fn writes(self) -> bool {
        match self {
            Right::ReadServices
            | Right::ReadTemplates
            | Right::FindCustomers
            | Right::ReadCustomers
            | Right::ReadWallet
            | Right::ReadBusinessJournal
            | Right::ReadReports
            | Right::ReadPipelineReports
            | Right::ReadPackages
            | Right::ReadPipeline
            | Right::ReadQuotes
            | Right::ReadQuotas
            | Right::ExportCustomers => false,
            Right::EditCatalog
            | Right::EditCustomers
            | Right::Claim
            | Right::Sell
            | Right::AnswerOffer
            | Right::BuyOnline
            | Right::Book
            | Right::WaivePenalty
            | Right::Complete
            | Right::Reverse
            | Right::CareForPackages
            | Right::GiveGoodwill
            | Right::CorrectSales
            | Right::RecordPayments
            | Right::ReturnPayments
            | Right::EditMandates
            | Right::Collect
            | Right::EraseCustomers
            | Right::Import
            | Right::WorkPipeline
            | Right::DoActivities
            | Right::AnswerQuotes
            | Right::EditPipeline
            | Right::EditQuotas => true,
        }
    }
}

impl Caller {
    /// # Errors
    /// `forbidden` (403) unless the caller's role, and a machine's scopes, include the right.
    pub fn may(&self, right: Right) -> Result<(), Problem> {
        let role = right.roles().contains(&self.actor.role);
        let scope = match self.actor.role {
            Role::Machine if right.writes() => self.scopes.write,
            Role::Machine => self.scopes.read || self.scopes.write,
            Role::Owner | Role::Staff | Role::Sales | Role::Customer => true,
        };
        if role && scope {
            return Ok(());
        }
        Err(Problem::new(
            403,
            "forbidden",
            "your role or scopes do not allow this: use a token of someone who may",
        ))
    }
}
