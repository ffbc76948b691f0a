//! How a handler is served, and how it is documented: from one name, but each on its own. A function
//! that is deployed is built without the feature `document`, and holds nothing of it.

use axum::Router;
use axum::middleware::from_fn_with_state;
use axum::routing::MethodRouter;
#[cfg(feature = "document")]
use utoipa::openapi::OpenApi;
#[cfg(feature = "document")]
use utoipa_axum::router::{OpenApiRouter, UtoipaMethodRouter};

use crate::App;
use crate::edge::{Described, no_stray_query};

/// One handler of a function.
pub(crate) struct Operation {
    /// Its path, as routers write it.
    pub(crate) path: String,
    /// The handler at its method.
    pub(crate) handler: MethodRouter<App>,
    /// What the document says of it alone.
    pub(crate) described: Described,
    /// The same with the schemas that it names.
    #[cfg(feature = "document")]
    pub(crate) documented: fn() -> UtoipaMethodRouter<App>,
}

/// The operations of handlers, each named as `module::handler`.
macro_rules! operations {
    ($($($part:ident)::+),+ $(,)?) => {
        vec![$($crate::operation::operations!(@ $($part)+)),+]
    };
    (@ $module:ident $handler:ident) => {
        ::utoipa_axum::paste! {
            $crate::operation::operations!(@ $module::$handler, $module::[<__path_ $handler>])
        }
    };
    (@ $area:ident $module:ident $handler:ident) => {
        ::utoipa_axum::paste! {
            $crate::operation::operations!(
                @ $area::$module::$handler, $area::$module::[<__path_ $handler>]
            )
        }
    };
    (@ $handler:path, $described:path) => {
        $crate::operation::Operation {
            path: <$described as ::utoipa::Path>::path(),
            handler: <$described as ::utoipa::Path>::methods().iter().fold(
                ::axum::routing::MethodRouter::new(),
                |router, method| {
                    let filter = ::utoipa_axum::PathItemExt::to_method_filter(method);
                    router.on(filter, $handler)
                },
            ),
            described: <$described as ::utoipa::Path>::operation,
            #[cfg(feature = "document")]
            documented: || ::utoipa_axum::routes!($handler),
        }
    };
}
pub(crate) use operations;

/// The router of `operations`.
pub(crate) fn served(operations: Vec<Operation>) -> Router<App> {
    operations
        .into_iter()
        .fold(Router::new(), |router, operation| {
            let guard = from_fn_with_state(operation.described, no_stray_query);
            router.route(&operation.path, operation.handler.route_layer(guard))
        })
}

/// The document of `operations`.
#[cfg(feature = "document")]
pub(crate) fn documented(operations: &[Operation]) -> OpenApi {
    let router = operations
        .iter()
        .fold(OpenApiRouter::new(), |router, operation| {
            router.routes((operation.documented)())
        });
    router.split_for_parts().1
}

#[cfg(test)]
mod tests {
    use axum::routing::get;

    use super::*;

    #[test]
    fn a_function_that_starts_builds_nothing_of_the_document() {
        let operation = Operation {
            path: "/v1/services".to_owned(),
            handler: get(|| async {}),
            described: || unreachable!("it was described"),
            #[cfg(feature = "document")]
            documented: || unreachable!("it was documented"),
        };
        assert!(served(vec![operation]).has_routes());
    }
}
