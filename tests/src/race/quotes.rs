//! Quotes that several people answer at once.

use std::collections::{BTreeMap, BTreeSet};

use domain::journal::{Entry, fold};
use domain::pipeline::{OpportunityEvent, Quote, QuoteStatus, Status, fold_opportunity};
use futures::future::join_all;
use infra::Consistency;
use serde_json::json;

use crate::harness::{Answer, Call, Salon, Trouble, tally};
use crate::opportunity_updates::quotes::Shop;

/// What is stored of the opportunity, its quotes and packages, which must be what the journal says, and
/// must agree: won with one accepted quote and its packages, or undecided or lost with none.
async fn settled(shop: &Shop) -> (Status, Vec<Quote>) {
    let world = &shop.salon.world;
    let business = world.business.parse().unwrap();
    let id = shop.opportunity.parse().unwrap();
    let store = &world.store;
    let opportunity = store.opportunity(&business, id, Consistency::Strong);
    let opportunity = opportunity.await.unwrap().unwrap();
    let entries: Vec<Entry> = world.journal().await;
    let changes = entries.iter().filter_map(|entry| entry.fact.opportunity());
    let mut changes: Vec<_> = changes.filter(|change| change.opportunity == id).collect();
    changes.sort_by_key(|change| change.version);
    let folded = fold_opportunity(changes.iter().copied()).unwrap();
    assert_eq!(folded, Some(opportunity.position.clone()));
    assert_eq!(changes.len() as u64, opportunity.version);
    let mut quotes = Vec::new();
    for reference in &opportunity.quotes {
        let quote = store.quote(&business, reference.id, Consistency::Strong);
        let quote = quote.await.unwrap().unwrap();
        assert_eq!(&quote.reference(), reference);
        quotes.push(quote);
    }
    let accepted: Vec<&Quote> = quotes
        .iter()
        .filter(|quote| quote.status == QuoteStatus::Accepted)
        .collect();
    let acceptances = changes
        .iter()
        .filter(|change| matches!(change.event, OpportunityEvent::QuoteAccepted { .. }));
    assert_eq!(acceptances.count(), accepted.len());
    let sales = entries.iter().filter_map(|entry| entry.fact.creates());
    let sold: Vec<_> = sales.map(|package| package.id).collect();
    let all: BTreeSet<_> = sold.iter().copied().collect();
    assert_eq!(all.len(), sold.len(), "each package once");
    let promised = accepted.iter().flat_map(|quote| quote.packages.clone());
    assert_eq!(all, promised.collect());
    for package in &sold {
        let stored = store.package(&business, *package).await.unwrap();
        assert_eq!(stored, fold(*package, &entries).unwrap());
    }
    match opportunity.position.status {
        Status::Won => assert_eq!(accepted.len(), 1),
        Status::Open | Status::Suspended | Status::Lost | Status::Abandoned => {
            assert_eq!(accepted.len(), 0);
        }
    }
    (opportunity.position.status, quotes)
}

/// The codes of what was not done.
fn codes(answers: &[Answer]) -> BTreeSet<String> {
    let refused = answers.iter().filter(|answer| answer.status != 200);
    let codes = refused.map(|answer| answer.body["code"].as_str().unwrap().to_owned());
    codes.collect()
}

#[tokio::test]
async fn a_quote_that_is_sent_twice_at_once_is_told_as_sent_to_both() {
    let shop = Shop::open().await;
    let quote = shop.drafted(shop.packages(1)).await;
    let pause = shop.salon.world.faults.pause();
    let first = tokio::spawn(shop.to(&quote, "send").send());
    pause.reached().await;
    let second = shop.to(&quote, "send").ok().await;
    pause.resume();
    let first = first.await.unwrap().body;
    assert_eq!(
        (&first["status"], &first["version"]),
        (&json!("sent"), &json!(2))
    );
    assert_eq!(first, second);
}

#[tokio::test(flavor = "multi_thread")]
async fn one_quote_accepted_20_times_at_once_is_accepted_once_and_every_answer_is_the_same() {
    let shop = Shop::open().await;
    let ayse = shop.salon.ayses_token().await;
    shop.drafted(shop.packages(1)).await;
    let quote = shop.sent(shop.packages(3)).await;
    let calls = (0..20).map(|number| {
        let accept = shop.to(&quote, "accept");
        match number % 2 {
            0 => accept.by(&ayse).send(),
            _ => accept.key(&format!("k-{number}")).send(),
        }
    });
    let answers = join_all(calls).await;
    for answer in &answers {
        assert_eq!((answer.status, &answer.body), (200, &answers[0].body));
    }
    assert_eq!(answers.iter().filter(|answer| !answer.replayed).count(), 1);
    let (status, quotes) = settled(&shop).await;
    assert_eq!(status, Status::Won);
    assert_eq!(quotes[1].packages.len(), 3);
}

#[tokio::test(flavor = "multi_thread")]
async fn of_two_quotes_accepted_at_once_one_is_and_the_other_superseded() {
    for _ in 0..3 {
        let shop = Shop::open().await;
        let one = shop.sent(shop.packages(1)).await;
        let two = shop.sent(shop.packages(2)).await;
        let calls = (0..10).map(|n| shop.to([&one, &two][n % 2], "accept").send());
        let answers = join_all(calls).await;
        let done = answers.iter().filter(|answer| answer.status == 200);
        assert_eq!(done.count(), 5, "{:?}", tally(&answers));
        assert_eq!(codes(&answers), ["quote-superseded".to_owned()].into());
        assert_eq!(settled(&shop).await.0, Status::Won);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_acceptance_beside_a_withdrawal_a_rejection_and_a_revision_has_one_outcome() {
    for _ in 0..3 {
        let shop = Shop::open().await;
        let quote = shop.sent(shop.packages(2)).await;
        let revision = crate::harness::id(&shop.to(&quote, "revise").ok().await);
        let verbs = [
            (&quote, "accept", QuoteStatus::Accepted),
            (&quote, "withdraw", QuoteStatus::Withdrawn),
            (&quote, "reject", QuoteStatus::Rejected),
            (&revision, "send", QuoteStatus::Superseded),
        ];
        let calls = (0..12).map(|n| shop.to(verbs[n % 4].0, verbs[n % 4].1).send());
        let answers = join_all(calls).await;
        let (status, quotes) = settled(&shop).await;
        let outcome = quotes[0].status;
        for (n, answer) in answers.iter().enumerate() {
            let (_, verb, gives) = verbs[n % 4];
            // The revision can be sent after its forerunner was withdrawn or rejected.
            let may = match verb {
                "send" => outcome != QuoteStatus::Accepted,
                _ => gives == outcome,
            };
            assert_eq!(answer.status == 200, may, "{verb} {outcome:?}: {answer:?}");
        }
        let won = outcome == QuoteStatus::Accepted;
        assert_eq!(status == Status::Won, won);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_acceptance_beside_edits_of_the_opportunity_is_decided_on_one_of_them() {
    let shop = Shop::open().await;
    let quote = shop.sent(shop.packages(2)).await;
    let path = format!("/v1/opportunities/{}", shop.opportunity);
    let patch = |n: usize| -> Call {
        let body = json!({"description": format!("Not {n}")});
        let patch = shop.salon.world.call("PATCH", &path).json(body);
        patch.if_match(3)
    };
    let accept = join_all((0..4).map(|_| shop.to(&quote, "accept").send()));
    let patches = join_all((0..8).map(|n| patch(n).send()));
    let (accepted, patched) = tokio::join!(accept, patches);
    for answer in &accepted {
        assert_eq!(answer.status, 200, "{answer:?}");
    }
    let done = patched.iter().filter(|answer| answer.status == 200).count();
    assert!(done <= 1, "{:?}", tally(&patched));
    let allowed = ["version-mismatch", "opportunity-closed"].map(str::to_owned);
    assert!(codes(&patched).is_subset(&allowed.into()));
    assert_eq!(settled(&shop).await.0, Status::Won);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_acceptance_beside_the_close_as_lost_has_one_outcome() {
    // Through the store, on the same decision as any other close.
    for _ in 0..4 {
        let shop = Shop::open().await;
        let quote = shop.sent(shop.packages(1)).await;
        let accepts = join_all((0..6).map(|_| shop.to(&quote, "accept").send()));
        let (accepted, lost) = tokio::join!(accepts, lose(&shop));
        let (status, _) = settled(&shop).await;
        let expected = match lost {
            true => ((409, "quote-closed".to_owned()), Status::Lost),
            false => ((200, String::new()), Status::Won),
        };
        assert_eq!(tally(&accepted), BTreeMap::from([(expected.0, 6)]));
        assert_eq!(status, expected.1);
    }
}

/// Whether the opportunity could be closed as lost.
async fn lose(shop: &Shop) -> bool {
    use domain::pipeline::{Closing, Outcome, close};
    struct Losing<'a>(domain::Context, &'a Shop);
    impl infra::Mutation for Losing<'_> {
        type State = infra::OpportunityState;
        async fn load(
            &self,
            store: &infra::Store,
            consistency: Consistency,
        ) -> Result<Self::State, infra::Fault> {
            let of = (self.1.opportunity.parse().unwrap(), 0);
            let business = &self.0.business;
            store
                .opportunity_state(business, of, &[], consistency)
                .await
        }
        fn repeated<'s>(&self, _: &'s Self::State) -> Result<Option<&'s Entry>, domain::Refusal> {
            Ok(None)
        }
        fn decide(&self, state: &Self::State) -> Result<Option<domain::Decision>, domain::Refusal> {
            let present = state.opportunity.as_ref().unwrap();
            let reasons = state.rules.reasons().unwrap();
            let closing = Closing {
                outcome: Outcome::Lost,
                reason: Some(reasons.lost_reasons[0].code.clone()),
                note: None,
            };
            let version = present.version;
            close(present, closing, None, version, &state.rules, &self.0).map(Some)
        }
    }
    let world = &shop.salon.world;
    let context = domain::Context {
        business: world.business.parse().unwrap(),
        actor: domain::Actor {
            id: "owner".parse().unwrap(),
            role: domain::Role::Owner,
        },
        now: world.clock.now(),
        random: infra::random_128().unwrap(),
        fingerprint: "105e".parse().unwrap(),
        cause: "test".parse().unwrap(),
    };
    infra::settle(&world.store, &Losing(context, shop))
        .await
        .is_ok()
}

#[tokio::test]
async fn an_acceptance_survives_any_trouble_and_sells_once() {
    use Trouble::{Conflict, LostAnswer, LostRequest, Throttled};
    for trouble in [
        vec![Conflict; 3],
        vec![Throttled, LostRequest],
        vec![LostAnswer],
        // As often as one request is sent: only the entry tells that it was written.
        vec![LostAnswer; 3],
        vec![LostRequest, Conflict, LostAnswer],
    ] {
        let shop = Shop::within(Salon::open().await).await;
        let quote = shop.sent(shop.packages(2)).await;
        shop.salon.world.faults.expect(&trouble);
        let accepted = shop.to(&quote, "accept").ok().await;
        assert_eq!(accepted["package_ids"].as_array().unwrap().len(), 2);
        assert!(shop.salon.world.faults.over(), "{trouble:?}");
        assert_eq!(settled(&shop).await.0, Status::Won, "after {trouble:?}");
        let again = shop.to(&quote, "accept").send().await;
        assert_eq!((again.replayed, &again.body), (true, &accepted));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn one_draft_and_one_revision_under_a_key_are_made_once() {
    let shop = Shop::open().await;
    let drafts = (0..8).map(|_| shop.drafting(shop.packages(1)).key("k").send());
    let drafts = join_all(drafts).await;
    for answer in &drafts {
        assert_eq!((answer.status, &answer.body), (201, &drafts[0].body));
    }
    let quote = crate::harness::id(&drafts[0].body);
    let sends = join_all((0..8).map(|_| shop.to(&quote, "send").send())).await;
    for answer in &sends {
        assert_eq!((answer.status, &answer.body), (200, &sends[0].body));
    }
    let revisions = (0..8).map(|_| shop.to(&quote, "revise").key("r").send());
    let revisions = join_all(revisions).await;
    for answer in &revisions {
        assert_eq!((answer.status, &answer.body), (201, &revisions[0].body));
    }
    let (_, quotes) = settled(&shop).await;
    assert_eq!(quotes.len(), 2);
}
