//! The columns of a file of packages.

/// A column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Column {
    /// The customer's e-mail address.
    Email,
    /// The customer's name, for one who is new.
    Name,
    /// The customer's phone number, for one who is new.
    Phone,
    /// A template's id, or what the package is called.
    Package,
    /// `visits`, `bundle`, `credit` or `pass`.
    Kind,
    /// What it pays for.
    Services,
    /// What was granted.
    Quantity,
    /// What was used of that.
    Used,
    /// What it cost.
    Price,
    /// The currency of every amount of the line.
    Currency,
    /// What was paid.
    Paid,
    /// The day of the sale.
    SoldOn,
    /// The last day on which it can be used.
    ExpiresOn,
    /// What the other system calls it.
    Id,
}

impl Column {
    /// Every column, in the order of the documentation.
    pub const ALL: [Column; 14] = [
        Column::Email,
        Column::Name,
        Column::Phone,
        Column::Package,
        Column::Kind,
        Column::Services,
        Column::Quantity,
        Column::Used,
        Column::Price,
        Column::Currency,
        Column::Paid,
        Column::SoldOn,
        Column::ExpiresOn,
        Column::Id,
    ];

    /// Those that no file can do without.
    pub(super) const REQUIRED: [Column; 3] = [Column::Email, Column::Package, Column::SoldOn];

    /// What stands above it.
    pub fn name(self) -> &'static str {
        match self {
            Column::Email => "email",
            Column::Name => "name",
            Column::Phone => "phone",
            Column::Package => "package",
            Column::Kind => "kind",
            Column::Services => "services",
            Column::Quantity => "quantity",
            Column::Used => "used",
            Column::Price => "price",
            Column::Currency => "currency",
            Column::Paid => "paid",
            Column::SoldOn => "sold_on",
            Column::ExpiresOn => "expires_on",
            Column::Id => "id",
        }
    }

    /// The column that is called so, in capitals or not.
    pub(super) fn named(name: &str) -> Option<Self> {
        let name = name.trim();
        let mut all = Self::ALL.into_iter();
        all.find(|column| column.name().eq_ignore_ascii_case(name))
    }

    /// Whether it says something of the package, and not only of the person.
    pub(super) fn is_of_package(self) -> bool {
        !matches!(self, Column::Name | Column::Phone)
    }
}
