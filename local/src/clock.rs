//! `/local/clock`: the present of all functions, and moving it. Nothing of this is deployed.

use std::sync::Arc;

use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::routing::get;
use axum::{Json, Router};
use chrono::{DateTime, TimeDelta, Utc};
use functions::Clock;
use serde::Deserialize;
use serde_json::{Value, json};
use tokio::sync::Notify;

use crate::bus::is_of_another_site;

/// The year that the clock does not reach: past it, days and terms would leave the calendar.
const LAST: &str = "2200-01-01T00:00:00Z";

const RANGE: &str = "the clock goes from 1970 to 2199";

/// How the clock is moved: one of the three.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
enum Move {
    /// To this moment.
    Now(DateTime<Utc>),
    /// On by this: `P3D`, `PT12H`, or seconds.
    Advance(Advance),
    /// To the system's clock again; true.
    Reset(bool),
}

#[derive(Debug, Deserialize)]
#[serde(untagged)]
enum Advance {
    Seconds(u32),
    Period(String),
}

type Shared = (Clock, Arc<Notify>);

/// The route that tells and moves `clock`; who waits for `moved` is told of each move.
pub fn router(clock: Clock, moved: Arc<Notify>) -> Router {
    Router::new()
        .route("/local/clock", get(tell).post(set))
        .with_state((clock, moved))
}

async fn tell(State((clock, _)): State<Shared>) -> Json<Value> {
    Json(json!({"now": clock.now()}))
}

async fn set(
    State((clock, moved)): State<Shared>,
    headers: HeaderMap,
    body: String,
) -> Result<Json<Value>, (StatusCode, String)> {
    let refused = |why: &str| {
        let how = r#"{"now": "2027-01-01T09:00:00Z"}, {"advance": "P3D"} or {"reset": true}"#;
        (StatusCode::BAD_REQUEST, format!("{why}; send {how}\n"))
    };
    if is_of_another_site(&headers) {
        return Err((StatusCode::FORBIDDEN, "not from another site\n".to_owned()));
    }
    let wanted = serde_json::from_str(&body).map_err(|error| refused(&error.to_string()))?;
    let at = match wanted {
        Move::Now(at) => Some(at),
        Move::Advance(by) => {
            let by = by.read().ok_or_else(|| {
                refused("advance is a period of weeks, days, hours, minutes or seconds")
            })?;
            let at = clock.now().checked_add_signed(by);
            Some(at.ok_or_else(|| refused(RANGE))?)
        }
        Move::Reset(true) => None,
        Move::Reset(false) => return Err(refused("reset is true or left out")),
    };
    let last = LAST.parse::<DateTime<Utc>>().ok();
    let out_of_range =
        |at: &DateTime<Utc>| at.timestamp() < 0 || last.is_some_and(|last| *at >= last);
    match at {
        Some(at) if out_of_range(&at) => {
            return Err(refused(RANGE));
        }
        Some(at) => clock.set(at),
        None => clock.reset(),
    }
    moved.notify_one();
    Ok(tell(State((clock, moved))).await)
}

impl Advance {
    /// The time it says: whole days, hours, minutes and seconds of ISO 8601, or seconds.
    fn read(&self) -> Option<TimeDelta> {
        let period = match self {
            Advance::Seconds(seconds) => return Some(TimeDelta::seconds((*seconds).into())),
            Advance::Period(period) => period.strip_prefix('P')?,
        };
        let (days, time) = period.split_once('T').unwrap_or((period, ""));
        let mut seconds = 0_i64;
        let mut parts = 0;
        for (mut text, units) in [
            (days, &[('W', 604_800), ('D', 86_400)][..]),
            (time, &[('H', 3600), ('M', 60), ('S', 1)][..]),
        ] {
            for (unit, worth) in units {
                if let Some((number, rest)) = text.split_once(*unit) {
                    let number: u32 = number.parse().ok()?;
                    seconds = seconds.checked_add(i64::from(number) * worth)?;
                    (text, parts) = (rest, parts + 1);
                }
            }
            if !text.is_empty() {
                return None;
            }
        }
        (parts > 0).then(|| TimeDelta::seconds(seconds))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn moved(body: &str) -> Result<Move, serde_json::Error> {
        serde_json::from_str(body)
    }

    #[test]
    fn a_period_is_whole_weeks_days_hours_minutes_and_seconds() {
        for (text, seconds) in [
            ("P3D", Some(259_200)),
            ("P1W", Some(604_800)),
            ("PT12H", Some(43_200)),
            ("P1DT1H1M1S", Some(90_061)),
            ("P", None),
            ("3D", None),
            ("P3", None),
            ("P1M", None),
            ("PT-1H", None),
            ("PT1M1H", None),
        ] {
            let read = Advance::Period(text.to_owned()).read();
            assert_eq!(read.map(|read| read.num_seconds()), seconds, "{text}");
        }
        assert!(
            matches!(moved(r#"{"advance": 60}"#), Ok(Move::Advance(by)) if by.read().is_some())
        );
    }

    #[tokio::test]
    async fn the_clock_is_told_and_moved_and_goes_on_from_there() {
        let (clock, told) = (Clock::movable(), Arc::new(Notify::new()));
        let state = || State((clock.clone(), told.clone()));
        let send = async |body: &str| set(state(), HeaderMap::new(), body.to_owned()).await;
        drop(send(r#"{"now": "2027-01-01T09:00:00Z"}"#).await.unwrap());
        told.notified().await;
        assert_eq!(clock.now().to_rfc3339()[..16], *"2027-01-01T09:00");
        drop(send(r#"{"advance": "P3D"}"#).await.unwrap());
        assert_eq!(clock.now().to_rfc3339()[..16], *"2027-01-04T09:00");
        for body in ["", "{}", r#"{"reset": false}"#, r#"{"advance": "soon"}"#] {
            assert_eq!(send(body).await.unwrap_err().0, StatusCode::BAD_REQUEST);
        }
        for body in [
            r#"{"now": "2200-01-01T00:00:00Z"}"#,
            r#"{"advance": "P4294967295W"}"#,
        ] {
            assert_eq!(send(body).await.unwrap_err().0, StatusCode::BAD_REQUEST);
        }
        let mut headers = HeaderMap::new();
        headers.insert("sec-fetch-site", "cross-site".parse().unwrap());
        let refused = set(state(), headers, r#"{"reset": true}"#.to_owned()).await;
        assert_eq!(refused.unwrap_err().0, StatusCode::FORBIDDEN);
        assert_eq!(clock.now().to_rfc3339()[..16], *"2027-01-04T09:00");
        drop(send(r#"{"reset": true}"#).await.unwrap());
        assert!((clock.now() - Utc::now()).num_seconds().abs() < 60);
    }
}
