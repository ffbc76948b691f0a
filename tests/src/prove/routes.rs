//! Every route that changes anything, under every kind of trouble: it is done once, and whoever asks again is
//! told the same. What comes of all that is the fold of the journal, and so are the rows of the reports after
//! the stream has told everything twice.

use chrono::TimeDelta;
use domain::journal::fold;
use functions::FUNCTIONS;
use futures::future::join_all;
use serde_json::Value;

use super::asked::command::Way;
use super::counted::{balances, counts};
use super::send::send;
use super::summary::{KINDS, Summary};
use crate::harness::Trouble::{Broken, Conflict, LostAnswer, SilenceLate, Throttled};
use crate::harness::{Answer, Business, Request, Trouble, World, function_of, id, number};
use crate::rights::table::{CALLERS, Row, rows, token};

/// Routes whose answer says what this request did: sent again, it did nothing.
const TELLS_WHAT_IT_DID: [&str; 1] = ["POST /v1/imports/packages"];

/// Routes that write for everything that waits for them, also what others left: where what waits is read as
/// it was before, for less.
const TAKES_WHAT_THERE_IS: [&str; 1] = ["POST /v1/collections"];

/// What happens to a request.
#[derive(Debug, Clone)]
enum Hitch {
    OnTheWay(Way),
    /// It is sent so many times at once.
    Copies(usize),
    /// Its handler's request of this number to the database, whatever it asks, gets into this trouble, each time
    /// that it is sent.
    AtRequest(u32, Trouble),
    /// The clock of the instance that takes it is behind that of the one before, by so many seconds.
    Behind(i64),
}

/// The trouble of a request that need not be a transaction: refused, failed, or done and not answered.
const OF_ANY: [Trouble; 4] = [Throttled, Broken, LostAnswer, SilenceLate];

/// How far behind a clock is: more than clocks of one cloud differ by, less than a token is refused for.
const BEHIND: i64 = 20;

/// How often a request is sent before it is given up.
const ATTEMPTS: usize = 3;

fn hitches() -> Vec<Hitch> {
    let troubled = KINDS
        .into_iter()
        .map(|kind| Way::Troubled(vec![kind, Conflict]));
    let killed =
        (0..6).flat_map(|passing| [true, false].map(|arrives| Way::Killed { passing, arrives }));
    let ways = troubled.chain(killed);
    let copies = (2..=4).map(Hitch::Copies);
    ways.map(Hitch::OnTheWay).chain(copies).collect()
}

fn at_requests() -> Vec<Hitch> {
    let kinds = OF_ANY.into_iter();
    let of_kind = |kind| (0..6).map(move |place| Hitch::AtRequest(place, kind));
    kinds.flat_map(of_kind).collect()
}

/// All that happens to the row of this number.
fn hitches_of(row: usize) -> Vec<Hitch> {
    let reads = vec![Hitch::OnTheWay(Way::Stale), Hitch::Behind(BEHIND)];
    let (hitches, at_requests) = (hitches(), at_requests());
    if number("CARNET_PROVE").is_some() && number("CARNET_PROVE_SEED").is_none() {
        return [hitches, reads, at_requests].concat();
    }
    // All of them take fifty times as long: `make prove` tries them.
    let all = match row % 9 {
        0 | 3 | 6 => at_requests,
        1 | 5 => reads,
        _ => hitches,
    };
    vec![all[row * 7 % all.len()].clone()]
}

#[tokio::test(flavor = "multi_thread")]
async fn what_changes_anything_is_done_once_whatever_happens_on_the_way() {
    let tried = join_all(FUNCTIONS.map(|function| try_function(function.name))).await;
    let summary = tried.into_iter().fold(Summary::default(), Summary::and);
    let came = [
        summary.killed,
        summary.stale,
        summary.of_any,
        summary.behind,
    ];
    assert!(came.iter().all(|came| *came > 0), "{summary}");
    for kind in KINDS {
        assert!(summary.came(kind) > 0, "no {kind:?}: {summary}");
    }
}

/// A world for each function, so that they are tried side by side.
async fn try_function(function: &str) -> Summary {
    let world = World::new().await;
    world.faults.lag().watch();
    let business = Business::open(&world).await;
    let mut summary = Summary::default();
    let changing = rows().filter(|row| row.entries > 0);
    let numbered = changing.enumerate();
    let here = numbered.filter(|(_, row)| function_of(row.plain_route()) == function);
    for (place, row) in here {
        for hitch in hitches_of(place) {
            try_row(&business, &row, &hitch, &mut summary).await;
        }
    }
    let told = world.told().await;
    world.deliver(&told).await;
    world.deliver(&told).await;
    world.compare_rows().await;
    compare_packages(&business).await;
    summary
}

async fn try_row(business: &Business<'_>, row: &Row, hitch: &Hitch, summary: &mut Summary) {
    let takes_what_there_is = TAKES_WHAT_THERE_IS.contains(&row.route);
    if takes_what_there_is && matches!(hitch, Hitch::OnTheWay(Way::Stale)) {
        return;
    }
    let mut request = business.request(row.route, &business.one).await;
    let has_key = |(name, _): &(&str, String)| *name == "idempotency-key";
    if request.method == "POST" && !request.headers.iter().any(has_key) {
        request = request.header("idempotency-key", business.fresh("key"));
    }
    let before = business.world.journal().await;
    let may = |caller: &&&str| row.expected(caller).1.is_empty();
    let token = token(business, CALLERS.iter().find(may).unwrap());
    let call = || request.call(business.world).by(&token);
    let answers = match hitch {
        Hitch::OnTheWay(way) => {
            let send_one = async || call().send().await;
            send(business.world, send_one, way, summary).await
        }
        Hitch::Copies(count) => join_all((0..*count).map(|_| call().send())).await,
        Hitch::Behind(seconds) => {
            let clock = &business.world.clock;
            let now = clock.now();
            clock.set(now - TimeDelta::seconds(*seconds));
            let answer = call().send().await;
            clock.set(now);
            summary.behind += 1;
            vec![answer]
        }
        Hitch::AtRequest(passing, kind) => {
            let trouble = [*kind; ATTEMPTS];
            business.world.faults.expect_of_any(*passing, &trouble);
            let answer = call().send().await;
            let came = ATTEMPTS - business.world.faults.clear();
            summary.troubled(&trouble[..came]);
            summary.of_any += u64::from(came > 0);
            match (answer.status, came > 0) {
                // Whoever is told to try again is then told what all others are.
                (503, true) => vec![call().send().await],
                _ => vec![answer],
            }
        }
    };
    let written = business.entries().await - before.len();
    let again = call().send().await;
    for answer in answers.iter().chain([&again]) {
        assert!(
            (200..300).contains(&answer.status),
            "{} {hitch:?}: {answer:?}",
            row.route
        );
        if !TELLS_WHAT_IT_DID.contains(&row.plain_route()) {
            let alike = told(answer) == told(&answers[0]);
            assert!(
                alike,
                "{} {hitch:?}: {answer:?}, not {:?}",
                row.route, answers[0]
            );
        }
    }
    let journal = business.world.journal().await;
    let new = journal.iter().filter(|entry| !before.contains(entry));
    let new: Vec<_> = new.map(|entry| (&entry.cause, &entry.fact)).collect();
    assert_eq!(
        new.len(),
        written,
        "{} {hitch:?}, sent again, wrote more: {new:?}",
        row.route
    );
    if !takes_what_there_is {
        assert_eq!(new.len(), row.entries, "{} {hitch:?}: {new:?}", row.route);
    }
}

fn told(answer: &Answer) -> (u16, &Value) {
    (answer.status, &answer.body)
}

/// What each package has is the fold of the journal.
async fn compare_packages(business: &Business<'_>) {
    let journal = business.world.journal().await;
    for holder in [&business.one, &business.another] {
        let path = format!("/v1/customers/{}/wallet", holder.id);
        let wallet = Request::new(&format!("GET {path}")).call(business.world);
        let wallet = wallet.by(&business.owner).ok().await;
        for package in wallet["packages"].as_array().unwrap() {
            let folded = fold(id(package).parse().unwrap(), &journal)
                .unwrap()
                .unwrap();
            assert_eq!(counts(package), balances(&folded), "{package:?}");
        }
    }
}
