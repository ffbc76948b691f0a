//! Something broke, as opposed to a rule that said no.

use domain::Refusal;

/// A failure that is nobody's rule. The text is safe to show; what caused it is for the log.
#[derive(Debug, thiserror::Error)]
pub enum Fault {
    /// The database is busy or out of reach; the same request may succeed later.
    #[error("the service is busy")]
    Unavailable {
        /// For the log.
        cause: String,
    },
    /// What the database does not let this function do, or does not have: a matter of how it is deployed,
    /// which what was asked for cannot help.
    #[error("the service failed")]
    Denied {
        /// For the log.
        cause: String,
    },
    /// Stored data or a response that should not exist.
    #[error("the service failed")]
    Broken {
        /// For the log.
        cause: String,
    },
}

impl Fault {
    pub(crate) fn broken(cause: impl std::fmt::Display) -> Self {
        Fault::Broken {
            cause: cause.to_string(),
        }
    }

    /// What to log, once, at the boundary.
    pub fn cause(&self) -> &str {
        match self {
            Fault::Unavailable { cause } | Fault::Denied { cause } | Fault::Broken { cause } => {
                cause
            }
        }
    }
}

/// How a mutation ends when it does not succeed.
#[derive(Debug, thiserror::Error)]
pub enum Failure {
    /// A rule said no; nothing was written.
    #[error(transparent)]
    Refused(#[from] Refusal),
    /// Something broke.
    #[error(transparent)]
    Fault(#[from] Fault),
}
