//! How one sending of a transaction ended, by what the database answered.

use aws_sdk_dynamodb::types::CancellationReason;

use super::Committed;
use crate::Fault;
use crate::store::read;

/// How one sending of a transaction ended.
#[derive(Debug)]
pub(super) enum Sent {
    /// It was decided.
    Ended(Committed),
    /// Others were writing the same items, or the answer was lost: nothing is known to be written, and
    /// the same transaction may be sent again.
    Contended,
    /// The database was asked too much: the same transaction may be sent again, later.
    Busy,
}

/// What each part of a transaction stands for, in order, so that a failure can be named.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Part {
    Entry,
    Package,
    Other,
}

/// Why a transaction was cancelled. A taken key comes first: then the rest is of no matter.
pub(super) fn outcome(
    parts: &[Part],
    reasons: &[CancellationReason],
    cause: String,
) -> Result<Sent, Fault> {
    let mut changed = Vec::new();
    let mut stale = false;
    for (part, reason) in parts.iter().zip(reasons) {
        match (reason.code.as_deref(), part) {
            (Some("None") | None, _) => {}
            (Some("ConditionalCheckFailed"), Part::Entry) => {
                let item = reason
                    .item
                    .clone()
                    .ok_or_else(|| Fault::broken("a taken key without an item"))?;
                return Ok(Sent::Ended(Committed::Taken(Box::new(read(item)?))));
            }
            (Some("ConditionalCheckFailed"), Part::Package) => match reason.item.clone() {
                Some(item) => changed.push(read(item)?),
                None => stale = true,
            },
            (Some("ConditionalCheckFailed"), Part::Other) => stale = true,
            (Some("ValidationError" | "ItemCollectionSizeLimitExceeded"), _) => {
                return Err(Fault::Broken { cause });
            }
            (Some("TransactionConflict"), _) => return Ok(Sent::Contended),
            // ThrottlingError, ProvisionedThroughputExceeded
            (Some(_), _) => return Ok(Sent::Busy),
        }
    }
    Ok(match (stale, changed.is_empty()) {
        (true, _) => Sent::Ended(Committed::Stale),
        (false, false) => Sent::Ended(Committed::Changed(changed)),
        (false, true) => Sent::Contended,
    })
}

/// What the code of a request that was refused as a whole says of its transaction; none where it may have been
/// written.
pub(super) fn refused(code: Option<&str>, cause: String) -> Option<Result<Sent, Fault>> {
    match code? {
        "TransactionInProgressException" => Some(Ok(Sent::Contended)),
        "ProvisionedThroughputExceededException"
        | "RequestLimitExceeded"
        | "ThrottlingException" => Some(Ok(Sent::Busy)),
        "ResourceNotFoundException" | "AccessDeniedException" => Some(Err(Fault::Denied { cause })),
        "IdempotentParameterMismatchException" | "ValidationException" => {
            Some(Err(Fault::Broken { cause }))
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;

    /// What a gift writes, and the codes that each part may have.
    const PARTS: [Part; 5] = [
        Part::Entry,
        Part::Other,
        Part::Package,
        Part::Package,
        Part::Other,
    ];

    const CANCELLED: &str = "
        entry     copy      giver     package   record    | what it comes to
        -         -         -         -         -         | sent again
        failed    -         -         -         -         | taken
        failed    failed    failed    failed    failed    | taken
        failed    -         conflict  throttled -         | taken
        -         failed    -         -         -         | stale
        -         -         failed    -         -         | changed 1
        -         -         failed    failed    -         | changed 2
        -         -         -         -         failed    | stale
        -         -         failed    -         failed    | stale
        -         -         gone      -         -         | stale
        -         -         failed    gone      -         | stale
        -         -         conflict  -         -         | sent again
        -         -         -         -         throttled | sent later
        -         -         -         exceeded  -         | sent later
        conflict  -         failed    -         -         | sent again
        -         -         failed    conflict  -         | sent again
        -         -         conflict  failed    -         | sent again
        -         -         failed    -         throttled | sent later
        -         -         exceeded  -         failed    | sent later
        -         -         -         -         conflict  | sent again
        failed    -         invalid   -         -         | taken
        -         -         invalid   -         -         | broken
        -         -         failed    invalid   -         | broken
        -         -         -         -         too-large | broken
        nothing   -         -         -         -         | broken
    ";

    fn item(part: Part) -> Value {
        match part {
            Part::Entry => json!({
                "id": "ent_01JD2Y3Z4A5B6C7D8E9F0G1H2J", "at": 0, "business": "gul",
                "actor": {"id": "staff-1", "role": "staff"}, "cause": "request-1",
                "fingerprint": "f1", "fact": "customer-created",
            }),
            Part::Package => json!({
                "id": "pkg_01JD2Y3Z4A5B6C7D8E9F0G1H2J", "customer": "cus_01JD2Y3Z4A5B6C7D8E9F0G1H2J",
                "name": "On", "kind": "visits", "colour": "teal", "sold_at": 0,
                "price": {"amount_minor": 100, "currency": "TRY"},
                "standing": {"stage": "active", "price_minor": 100, "paid_minor": 0}, "pools": [],
            }),
            Part::Other => json!({}),
        }
    }

    fn reason(said: &str, part: Part) -> CancellationReason {
        let code = match said {
            "-" => "None",
            "failed" | "gone" | "nothing" => "ConditionalCheckFailed",
            "conflict" => "TransactionConflict",
            "throttled" => "ThrottlingError",
            "exceeded" => "ProvisionedThroughputExceeded",
            "invalid" => "ValidationError",
            "too-large" => "ItemCollectionSizeLimitExceeded",
            _ => panic!("{said}"),
        };
        let reason = CancellationReason::builder().code(code);
        let item = (said == "failed").then(|| item(part));
        let item = item.map(|item| serde_dynamo::aws_sdk_dynamodb_1::to_item(item).unwrap());
        reason.set_item(item).build()
    }

    fn shown(sent: Result<Sent, Fault>) -> String {
        match sent {
            Ok(Sent::Contended) => "sent again".to_owned(),
            Ok(Sent::Busy) => "sent later".to_owned(),
            Ok(Sent::Ended(Committed::Done)) => "done".to_owned(),
            Ok(Sent::Ended(Committed::Taken(_))) => "taken".to_owned(),
            Ok(Sent::Ended(Committed::Changed(packages))) => format!("changed {}", packages.len()),
            Ok(Sent::Ended(Committed::Stale)) => "stale".to_owned(),
            Err(Fault::Unavailable { .. }) => "unavailable".to_owned(),
            Err(Fault::Denied { .. }) => "denied".to_owned(),
            Err(Fault::Broken { .. }) => "broken".to_owned(),
        }
    }

    #[test]
    fn a_cancelled_transaction_ends_as_its_reasons_say_together() {
        for line in CANCELLED.trim().lines().skip(1) {
            let (reasons, expected) = line.split_once('|').unwrap();
            let reasons = reasons.split_whitespace().zip(PARTS);
            let reasons: Vec<_> = reasons.map(|(said, part)| reason(said, part)).collect();
            assert_eq!(reasons.len(), PARTS.len(), "{line}");
            let sent = outcome(&PARTS, &reasons, "said".to_owned());
            assert_eq!(shown(sent), expected.trim(), "{line}");
        }
    }

    #[test]
    fn a_refused_request_is_sent_again_or_given_up_and_any_other_may_have_been_written() {
        for (code, expected) in [
            ("TransactionInProgressException", "sent again"),
            ("ProvisionedThroughputExceededException", "sent later"),
            ("RequestLimitExceeded", "sent later"),
            ("ThrottlingException", "sent later"),
            ("ResourceNotFoundException", "denied"),
            ("AccessDeniedException", "denied"),
            ("IdempotentParameterMismatchException", "broken"),
            ("ValidationException", "broken"),
        ] {
            let sent = refused(Some(code), "said".to_owned());
            assert_eq!(shown(sent.unwrap()), expected, "{code}");
        }
        // A failure of the database's own, and no answer at all.
        for code in [Some("InternalServerError"), None] {
            assert!(refused(code, "said".to_owned()).is_none(), "{code:?}");
        }
    }
}
