//! What is there on this machine beside the API.

use axum::Router;

use super::Gateway;

impl Gateway {
    /// The same with other pages beside the API, which are there on this machine only.
    #[must_use]
    pub fn beside(self, pages: Router) -> Self {
        Self {
            router: pages.fallback_service(self.router),
            ..self
        }
    }
}
