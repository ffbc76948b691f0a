//! What fell due by the calendar, and changes nothing. The sequence number is that of the last change before.

use super::figures::Money;
use super::told::told;

told! {
    /// A package that has something left will end.
    PackageExpiring v 1 {
        /// Which.
        package_id: String,
        /// In so many days, as the business wants to know it. Told late, fewer are left: `expires_at` alone
        /// says how many.
        days: u16,
        /// It is usable strictly before, in RFC 3339.
        expires_at: String,
    }
}
told! {
    /// An offer was not answered in time.
    PackageOfferLapsed v 1 {
        /// Which.
        package_id: String,
    }
}
told! {
    /// An instalment of a package is due.
    InstalmentDue v 1 {
        /// Of which package.
        package_id: String,
        /// Its number, from 1.
        instalment: u8,
        /// Since which day.
        due_on: String,
        /// What is still to be paid of it.
        outstanding: Money,
    }
}
told! {
    /// An instalment of a package should have been paid, and was not.
    InstalmentOverdue v 1 {
        /// Of which package.
        package_id: String,
        /// Its number, from 1; 0 is the deposit.
        instalment: u8,
        /// When it was due.
        due_on: String,
        /// What is still to be paid of it.
        outstanding: Money,
    }
}
told! {
    /// A quote was not answered in time.
    QuoteLapsed v 1 {
        /// Of which opportunity.
        opportunity_id: String,
        /// Which.
        quote_id: String,
    }
}
told! {
    /// The day on which an opportunity is to be decided is near.
    CloseDateNear v 1 {
        /// Which.
        opportunity_id: String,
        /// The day.
        expected_close_on: String,
    }
}
told! {
    /// Somebody is to be reminded of what they are to do.
    ReminderDue v 1 {
        /// About which opportunity.
        opportunity_id: String,
        /// What is to be done.
        activity_id: String,
        /// Who is to do it: the subject of their token.
        assignee_id: String,
    }
}
