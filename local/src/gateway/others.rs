//! What is served beside the API.

use axum::Router;

use super::Gateway;

impl Gateway {
    /// The same with other routes, for which no token is needed.
    #[must_use]
    pub fn with(self, others: Router) -> Gateway {
        let router = others.fallback_service(self.router);
        Gateway { router, ..self }
    }
}
