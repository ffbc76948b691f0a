//! A request of the owner: it is answered, and what is refused says why.
//!
//! A case is the request's line and its body. What stands for an id in angle brackets is put there: `<service>`,
//! `<template>`, `<customer>`, `<package>`, `<opportunity>`.

#![no_main]

mod salon;

use std::cell::RefCell;

use axum::body::to_bytes;
use serde_json::Value;

use salon::Salon;

/// How many requests a salon is asked, so that its table stays small.
const REQUESTS: u32 = 1000;
const LARGEST_ANSWER: usize = 64 * 1024 * 1024;

thread_local! {
    static OPEN: RefCell<Option<(Salon, u32)>> = const { RefCell::new(None) };
}

libfuzzer_sys::fuzz_target!(|text: &str| {
    OPEN.with_borrow_mut(|open| {
        if open.as_ref().is_none_or(|(_, asked)| *asked >= REQUESTS) {
            *open = None;
        }
        let (salon, asked) = open.get_or_insert_with(|| (Salon::open(), 0));
        *asked += 1;
        let Some(request) = salon.request(text) else {
            return;
        };
        let (status, body) = salon.runtime.block_on(async {
            let answer = salon.gateway.call(request).await;
            let (parts, body) = answer.into_parts();
            (
                parts.status.as_u16(),
                to_bytes(body, LARGEST_ANSWER).await.unwrap(),
            )
        });
        assert!(status < 500, "{status}: {body:?}");
        if status >= 400 {
            let problem: Value = serde_json::from_slice(&body).unwrap();
            let says = |name: &str| problem[name].as_str().is_some_and(|text| text.len() > 3);
            assert!(
                says("code") && says("detail") || says("message"),
                "{status}: {problem}"
            );
        }
    });
});
