//! The model's quotes, and what their acceptance sells.

use super::changing::must_be_undecided;
use super::deal::QuoteStep;
use super::deals::Made;
use super::line::Line;
use super::opportunity::{Opportunity, Status};
use super::sales_quote::{QuoteStatus, SalesQuote};
use crate::prove::asked::answer::Told;
use crate::prove::model::Model;

impl Model {
    /// With these lines or its own.
    pub(crate) fn draft(
        &mut self,
        key: &str,
        of: usize,
        lines: Option<&Vec<Line>>,
        until: Option<i64>,
    ) -> Result<Told, Told> {
        let one = &self.pipeline.opportunities[of];
        must_be_undecided(one)?;
        let lines = lines.unwrap_or(&one.lines).clone();
        if lines.is_empty() {
            return Err(Told::refused(422, "quote-without-lines"));
        }
        if until.is_some_and(|until| until < Self::day(self.now)) {
            return Err(Told::refused(422, "day-out-of-range"));
        }
        Ok(self.drafted(
            key,
            SalesQuote {
                id: String::new(),
                opportunity: of,
                status: QuoteStatus::Draft,
                lines,
                until,
                ids: Vec::new(),
                packages: Vec::new(),
                revision: 1,
                revises: None,
                version: 1,
                lapse_told: false,
            },
        ))
    }

    fn drafted(&mut self, key: &str, quote: SalesQuote) -> Told {
        let place = self.pipeline.quotes.len();
        let mut after = self.pipeline.opportunities[quote.opportunity].clone();
        after.quotes.push(place);
        let of = quote.opportunity;
        self.pipeline.quotes.push(quote);
        self.pipeline
            .made
            .push((key.to_owned(), Made::Quote(place)));
        self.quoted(of, after);
        self.tell_quote(201, place)
    }

    pub(crate) fn quote_step(
        &mut self,
        key: &str,
        place: usize,
        step: QuoteStep,
    ) -> Result<Told, Told> {
        let quote = self.pipeline.quotes[place].clone();
        let one = self.pipeline.opportunities[quote.opportunity].clone();
        match step {
            QuoteStep::Send => self.send_quote(place, &quote, one)?,
            QuoteStep::Accept => self.accept_quote(place, &quote, one)?,
            QuoteStep::Reject => self.reject(place, &quote, one)?,
            QuoteStep::Withdraw => self.withdraw(place, &quote, one)?,
            QuoteStep::Primary => self.make_primary(place, &quote, one)?,
            QuoteStep::Revise => return self.revise(key, place, quote, &one),
        }
        Ok(self.tell_quote(200, place))
    }

    /// The amount follows it where it followed what it revises, or nothing that stands.
    fn send_quote(
        &mut self,
        place: usize,
        quote: &SalesQuote,
        mut one: Opportunity,
    ) -> Result<(), Told> {
        match quote.status {
            QuoteStatus::Sent => return Ok(()),
            QuoteStatus::Draft => {}
            QuoteStatus::Accepted
            | QuoteStatus::Rejected
            | QuoteStatus::Withdrawn
            | QuoteStatus::Superseded => must_be_sent(quote)?,
        }
        must_be_undecided(&one)?;
        let today = Self::day(self.now);
        if quote.until.is_some_and(|until| until < today) {
            return Err(Told::refused(422, "day-out-of-range"));
        }
        let revised = quote.revises.map(|of| &self.pipeline.quotes[of]);
        if revised.is_some_and(|of| of.status == QuoteStatus::Superseded) {
            return Err(Told::refused(409, "quote-superseded"));
        }
        let replaced = quote.revises.filter(|of| {
            let status = self.pipeline.quotes[*of].status;
            matches!(status, QuoteStatus::Draft | QuoteStatus::Sent)
        });
        let before = one.clone();
        let primary = one.primary.map(|primary| &self.pipeline.quotes[primary]);
        let lapsed = primary.is_none_or(|primary| primary.has_lapsed(today));
        if lapsed || one.primary == quote.revises {
            one.primary = Some(place);
        }
        self.may_stay(&before, &one)?;
        self.becomes(place, QuoteStatus::Sent);
        if let Some(replaced) = replaced {
            self.becomes(replaced, QuoteStatus::Superseded);
        }
        self.quoted(quote.opportunity, one);
        Ok(())
    }

    /// In one go it is accepted, every other one that stands superseded, the opportunity won, and each package
    /// sold.
    fn accept_quote(
        &mut self,
        place: usize,
        quote: &SalesQuote,
        mut one: Opportunity,
    ) -> Result<(), Told> {
        if quote.status == QuoteStatus::Accepted {
            return Ok(());
        }
        must_be_sent(quote)?;
        self.must_be_answerable(quote, &one)?;
        for other in one.quotes.iter().filter(|other| **other != place) {
            let status = self.pipeline.quotes[*other].status;
            if matches!(status, QuoteStatus::Draft | QuoteStatus::Sent) {
                self.becomes(*other, QuoteStatus::Superseded);
            }
        }
        self.becomes(place, QuoteStatus::Accepted);
        let sold = quote.quoted();
        for (package, id) in sold.iter().zip(&quote.ids) {
            let at = self.packages.len();
            self.make_offer(one.customer, package.template, None);
            let now = self.now;
            let made = &mut self.packages[at];
            made.begin_for(package.price, now);
            made.id.clone_from(id);
            made.opportunity = Some(quote.opportunity);
            one.packages.push(at);
        }
        if sold.is_empty() && !self.pipeline.customers[one.customer] {
            self.pipeline.customers[one.customer] = true;
            self.entries += 1;
        }
        self.pipeline.quotes[place]
            .packages
            .clone_from(&one.packages);
        one.primary = Some(place);
        self.decided(&mut one, Status::Won);
        self.quoted(quote.opportunity, one);
        Ok(())
    }

    fn reject(&mut self, place: usize, quote: &SalesQuote, one: Opportunity) -> Result<(), Told> {
        if quote.status == QuoteStatus::Rejected {
            return Ok(());
        }
        must_be_sent(quote)?;
        self.must_be_answerable(quote, &one)?;
        self.given_up(place, QuoteStatus::Rejected, one);
        Ok(())
    }

    fn withdraw(&mut self, place: usize, quote: &SalesQuote, one: Opportunity) -> Result<(), Told> {
        match quote.status {
            QuoteStatus::Withdrawn => return Ok(()),
            QuoteStatus::Draft | QuoteStatus::Sent => {}
            QuoteStatus::Accepted | QuoteStatus::Rejected | QuoteStatus::Superseded => {
                must_be_sent(quote)?;
            }
        }
        must_be_undecided(&one)?;
        self.given_up(place, QuoteStatus::Withdrawn, one);
        Ok(())
    }

    /// Where the amount followed it, it follows the last other one that can be accepted, or none.
    fn given_up(&mut self, place: usize, status: QuoteStatus, mut one: Opportunity) {
        self.becomes(place, status);
        if one.primary == Some(place) {
            let today = Self::day(self.now);
            let mut others = one.quotes.iter().rev();
            let other = others.find(|other| self.pipeline.quotes[**other].stands(today));
            one.primary = other.copied();
        }
        self.quoted(self.pipeline.quotes[place].opportunity, one);
    }

    fn make_primary(
        &mut self,
        place: usize,
        quote: &SalesQuote,
        mut one: Opportunity,
    ) -> Result<(), Told> {
        must_be_sent(quote)?;
        if one.primary == Some(place) {
            return Ok(());
        }
        must_be_undecided(&one)?;
        if quote.has_lapsed(Self::day(self.now)) {
            return Err(Told::refused(409, "quote-lapsed"));
        }
        let before = one.clone();
        one.primary = Some(place);
        self.may_stay(&before, &one)?;
        self.quoted(quote.opportunity, one);
        Ok(())
    }

    /// A quote of its own with the same content; what it revises stays as it is until it is sent.
    fn revise(
        &mut self,
        key: &str,
        place: usize,
        quote: SalesQuote,
        one: &Opportunity,
    ) -> Result<Told, Told> {
        match quote.status {
            QuoteStatus::Sent | QuoteStatus::Rejected | QuoteStatus::Withdrawn => {}
            QuoteStatus::Draft | QuoteStatus::Accepted | QuoteStatus::Superseded => {
                must_be_sent(&quote)?;
            }
        }
        must_be_undecided(one)?;
        Ok(self.drafted(
            key,
            SalesQuote {
                id: String::new(),
                status: QuoteStatus::Draft,
                ids: Vec::new(),
                revision: quote.revision + 1,
                revises: Some(place),
                version: 1,
                lapse_told: false,
                ..quote
            },
        ))
    }

    fn must_be_answerable(&self, quote: &SalesQuote, one: &Opportunity) -> Result<(), Told> {
        if one.status.is_closed() {
            return Err(Told::refused(409, "quote-closed"));
        }
        match quote.has_lapsed(Self::day(self.now)) {
            true => Err(Told::refused(409, "quote-lapsed")),
            false => Ok(()),
        }
    }

    fn becomes(&mut self, place: usize, status: QuoteStatus) {
        let quote = &mut self.pipeline.quotes[place];
        quote.status = status;
        quote.version += 1;
    }

    /// The opportunity has changed by one of its quotes.
    fn quoted(&mut self, place: usize, mut after: Opportunity) {
        after.history.push(None);
        let before = self.pipeline.opportunities[place].clone();
        self.count_change(&before, &after);
        self.pipeline.opportunities[place] = after;
        self.entries += 1;
    }
}

fn must_be_sent(quote: &SalesQuote) -> Result<(), Told> {
    let code = match quote.status {
        QuoteStatus::Sent => return Ok(()),
        QuoteStatus::Draft => "quote-not-sent",
        QuoteStatus::Accepted => "quote-accepted",
        QuoteStatus::Rejected => "quote-rejected",
        QuoteStatus::Withdrawn => "quote-withdrawn",
        QuoteStatus::Superseded => "quote-superseded",
    };
    Err(Told::refused(409, code))
}
