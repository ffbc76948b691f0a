//! EventBridge contracts, in and out.
