//! Quotes: what may become of them, what their acceptance sells, and for how much.

mod accepted;
mod amounts;
mod drafted;
mod prices;
mod refused;
mod table;

use chrono::NaiveDate;
use domain::bookings::{DeductAt, Penalty};
use domain::catalog::Template;
use domain::customers::Customer;
use domain::packages::Package;
use domain::pipeline::{
    Closing, Earned, Goods, Item, LineDraft, Opening, Opportunity, OpportunityDraft, Outcome,
    Quote, QuoteDraft, QuoteStatus, Quoting, Rules, Sending, accept_quote, close, default_scheme,
    draft_quote, edit_quote, make_primary, open, reject_quote, revise_quote, send_quote,
    withdraw_quote,
};
use domain::{Context, Decision, Money, OpportunityId, PackageId, Put, QuoteId, Refusal};

use crate::fixtures::*;

/// What can be done to a quote.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Verb {
    Edit,
    Send,
    Primary,
    Revise,
    Withdraw,
    Reject,
    Accept,
}

/// An opportunity with its quotes, and everything that deciding on them looks at.
#[derive(Debug, Clone)]
struct Desk {
    rules: Rules,
    opportunity: Opportunity,
    customer: Option<Customer>,
    goods: Goods,
    quotes: Vec<Quote>,
    packages: Vec<Package>,
    context: Context,
}

fn qte(n: u8) -> QuoteId {
    QuoteId::from_bytes([n; 16])
}

/// The package of a line and a number.
fn unit(line: usize, number: usize) -> PackageId {
    let mut bytes = [9; 16];
    bytes[0] = u8::try_from(line).unwrap();
    bytes[1] = u8::try_from(number).unwrap();
    PackageId::from_bytes(bytes)
}

/// So many of template `n`, at its price.
fn package(n: u8, quantity: u32) -> LineDraft {
    line(Item::TemplateId(tpl(n)), quantity, None)
}

/// So many of service `n`, at this price.
fn of_service(n: u8, quantity: u32, price: Money) -> LineDraft {
    line(Item::ServiceId(svc(n)), quantity, Some(price))
}

fn line(item: Item, quantity: u32, unit_price: Option<Money>) -> LineDraft {
    LineDraft {
        item,
        quantity,
        unit_price,
        discount: None,
    }
}

/// A quote of these lines, and nothing else said.
fn of(lines: Vec<LineDraft>) -> QuoteDraft {
    QuoteDraft {
        lines: Some(lines),
        valid_until: None,
        deposit: None,
        plan: None,
        note: None,
    }
}

fn until(day: &str) -> QuoteDraft {
    QuoteDraft {
        valid_until: Some(day.parse::<NaiveDate>().unwrap()),
        ..of(vec![package(1, 1)])
    }
}

impl Desk {
    /// An opportunity of customer 1 for 5000.00, in sight of template 1 (ten visits for 1000.00),
    /// template 2 (credit for 500.00) and services 1 to 3.
    fn new() -> Self {
        let templates = vec![
            template(1, visit_contents(10, &[(1, 1)]), Some(30)),
            Template {
                terms: domain::catalog::TemplateTerms {
                    price: lira(50_000),
                    ..template(2, credit_contents(lira(60_000), &[]), None).terms
                },
                ..template(2, credit_contents(lira(60_000), &[]), None)
            },
        ];
        Self::selling(templates, Vec::new())
    }

    fn selling(templates: Vec<Template>, lines: Vec<LineDraft>) -> Self {
        let rules = Rules {
            settings: Some(settings(DeductAt::Booking, Penalty::Forfeit)),
            reasons: None,
            schemes: vec![default_scheme().unwrap()],
        };
        let goods = Goods {
            services: holdings(Vec::new()).services,
            templates,
        };
        let opening = Opening {
            rules: rules.clone(),
            customer: Some(customer(1)),
            goods: goods.clone(),
        };
        let draft = OpportunityDraft {
            title: "Bridal".parse().unwrap(),
            description: None,
            scheme: None,
            stage: None,
            estimate: lira(500_000),
            earned: Earned::default(),
            lines,
            starts_on: None,
            expected_close_on: None,
            forecast: None,
            representative: None,
            tags: Default::default(),
            recurs: None,
        };
        let named = (OpportunityId::from_bytes([5; 16]), salt());
        let opened = open(&opening, draft, named, None, &context(now())).unwrap();
        Self {
            rules,
            opportunity: opened.opportunity().unwrap().clone(),
            customer: Some(customer(1)),
            goods,
            quotes: Vec::new(),
            packages: Vec::new(),
            context: context(now()),
        }
    }

    fn quoting(&self) -> Quoting<'_> {
        Quoting {
            rules: &self.rules,
            opportunity: &self.opportunity,
            customer: self.customer.as_ref(),
        }
    }

    fn quote(&self, n: u8) -> &Quote {
        self.quotes.iter().find(|q| q.id == qte(n)).unwrap()
    }

    fn status(&self, n: u8) -> QuoteStatus {
        self.quote(n).status
    }

    fn try_draft(&self, n: u8, draft: &QuoteDraft) -> Result<Option<Decision>, Refusal> {
        let found = self.quotes.iter().find(|quote| quote.id == qte(n));
        let named = (qte(n), found);
        draft_quote(&self.quoting(), draft, &self.goods, named, &self.context)
    }

    fn try_edit(&self, n: u8, draft: &QuoteDraft) -> Result<Option<Decision>, Refusal> {
        let (quote, goods) = (self.quote(n), &self.goods);
        let expected = quote.version;
        let quoting = self.quoting();
        edit_quote(&quoting, quote, draft, goods, expected, &self.context)
    }

    fn sending(&self, n: u8, sending: Sending) -> Result<Option<Decision>, Refusal> {
        let quote = self.quote(n);
        let revised = quote.revises;
        let revised = self.quotes.iter().find(|other| Some(other.id) == revised);
        send_quote(&self.quoting(), quote, revised, sending, &self.context)
    }

    /// The decision of the verb about quote `n`; a revision is quote `n + 1`.
    fn decide(&self, verb: Verb, n: u8) -> Result<Option<Decision>, Refusal> {
        let (quoting, quote, context) = (self.quoting(), self.quote(n), &self.context);
        match verb {
            Verb::Edit => self.try_edit(n, &of(vec![package(2, 1)])),
            Verb::Send => self.sending(
                n,
                Sending {
                    expected: None,
                    may_give: true,
                },
            ),
            Verb::Primary => make_primary(&quoting, quote.id, context),
            Verb::Revise => revise_quote(&quoting, quote, (qte(n + 1), None), context),
            Verb::Withdraw => withdraw_quote(&quoting, quote, context),
            Verb::Reject => reject_quote(&quoting, quote, context),
            Verb::Accept => accept_quote(&quoting, quote, &self.quotes, unit, context),
        }
    }

    /// Lets a decision be what happened.
    fn apply(&mut self, decision: Decision) -> Decision {
        for put in decision.puts.clone() {
            if let Put::Opportunity(after) = &put
                && after.id == self.opportunity.id
            {
                assert_eq!(after.version, self.opportunity.version + 1);
                self.opportunity = (**after).clone();
            }
            if let Put::Quote(after) = &put {
                self.put((**after).clone());
            }
            if let Put::Package(package) = &put {
                self.packages.push(package.clone());
            }
            if let Put::Customer { after, .. } = put {
                self.customer = Some(after);
            }
        }
        for quote in &self.quotes {
            let known = &self.opportunity.quotes;
            assert!(known.contains(&quote.reference()));
        }
        decision
    }

    fn put(&mut self, after: Quote) {
        let mut known = self.quotes.iter_mut();
        match known.find(|quote| quote.id == after.id) {
            Some(before) => {
                assert_eq!(after.version, before.version + 1);
                *before = after;
            }
            None => {
                assert_eq!(after.version, 1);
                self.quotes.push(after);
            }
        }
    }

    fn draft(&mut self, n: u8, draft: &QuoteDraft) {
        let decision = self.try_draft(n, draft).unwrap().unwrap();
        self.apply(decision);
    }

    fn run(&mut self, verb: Verb, n: u8) -> Decision {
        let decision = self.decide(verb, n).unwrap().unwrap();
        self.apply(decision)
    }

    /// Drafts and sends quote `n`.
    fn send(&mut self, n: u8, draft: &QuoteDraft) {
        self.draft(n, draft);
        self.run(Verb::Send, n);
    }

    fn close(&mut self, outcome: Outcome) {
        let reason = match outcome {
            Outcome::Won => None,
            Outcome::Lost => {
                let reasons = self.rules.reasons().unwrap();
                Some(reasons.lost_reasons[0].code.clone())
            }
            Outcome::Abandoned => panic!("no test abandons"),
        };
        let closing = Closing {
            outcome,
            reason,
            note: None,
        };
        let version = self.opportunity.version;
        let closed = close(
            &self.opportunity,
            closing,
            Some(&customer(1)),
            version,
            &self.rules,
            &self.context,
        );
        self.apply(closed.unwrap());
    }
}
