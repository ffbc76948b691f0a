//! Several clients at once: there must be an order, of which each client's own is a part, in which the model
//! gives every answer that was given (linearizability, Herlihy and Wing 1990; checked by stateright's tester).

use std::sync::Mutex;

use futures::future::join_all;
use stateright::semantics::{ConsistencyTester, LinearizabilityTester, SequentialSpec};

use super::asked::answer::Told;
use super::asked::ask::{Ask, Request};
use super::asked::command::{BOOKINGS, Todo, Way};
use super::counted::Counts;
use super::look::Standing;
use super::model::Model;
use super::model::due::{Due, WORK, begin_all};
use super::pipeline::look::Situations;
use super::run::{Run, Violation};
use super::send::send;
use super::summary::Summary;
use crate::harness::Answer;

/// What a client does.
#[derive(Debug, Clone)]
pub(crate) enum Deed {
    Ask(Request),
    /// Looks at a package.
    Package(usize),
    /// Looks at everything, when nobody else does anything.
    Everything,
    /// Does what is due.
    Due,
    /// One thing is done that is due.
    Falls(Due),
}

/// What comes of it.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Seen {
    Told(Told),
    Package(Counts),
    /// And how many entries the journal has.
    Everything(Standing, Situations, usize),
    Done,
}

impl SequentialSpec for Model {
    type Op = Deed;
    type Ret = Seen;

    fn invoke(&mut self, deed: &Deed) -> Seen {
        match deed {
            Deed::Ask(request) => Seen::Told(self.take(request)),
            Deed::Package(place) => Seen::Package(self.counts(*place)),
            Deed::Everything => Seen::Everything(self.standing(), self.situations(), self.entries),
            Deed::Falls(due) => {
                self.falls(*due);
                Seen::Done
            }
            Deed::Due => Seen::Done,
        }
    }
}

pub(super) type Tester = Mutex<LinearizabilityTester<usize, Model>>;

/// A client, and how far it has come.
struct Client {
    deeds: Vec<Deed>,
    progress: Mutex<Progress>,
}

#[derive(Default)]
struct Progress {
    done: usize,
    /// As whom the tester knows the client: what is begun and never answered is begun anew as somebody else.
    thread: usize,
    under_way: bool,
    asked_again: u64,
    answered: Vec<(&'static str, Answer)>,
}

impl Run<'_> {
    /// Carries out what each client does, one thing after the other, all clients at once. Where what serves
    /// them is killed, they ask again for what was not answered, and go on.
    pub(super) async fn at_once(
        &mut self,
        clients: &[Vec<Todo>],
        way: &Way,
        summary: &mut Summary,
    ) -> Result<(), Violation> {
        let due = clients
            .iter()
            .flatten()
            .any(|todo| matches!(todo, Todo::Due));
        if due {
            // What is due is known from what the stream tells.
            self.follow(&Way::Clear, 0, summary).await;
        }
        let deeds = self.deeds(clients, summary);
        let clients: Vec<Client> = deeds.into_iter().enumerate().map(Client::new).collect();
        let tester = Mutex::new(LinearizabilityTester::new(self.model.clone()));
        if due {
            begin_all(&tester, &self.model.may_fall_due());
        }
        let go_on = async || {
            let each = clients.iter();
            join_all(each.map(|client| self.go_on(client, clients.len(), &tester))).await;
            Answer::default()
        };
        send(self.world, go_on, way, summary).await;
        summary.at_once += 1;
        for client in &clients {
            let progress = client.progress.lock().unwrap();
            summary.asked_again += progress.asked_again;
            for (asked, answer) in &progress.answered {
                summary.answered(asked, answer);
            }
        }
        self.watched(usize::MAX, &Deed::Everything, &tester).await;
        summary.found_out += self.resolved_by_which(&asked_by(&clients), &tester).await;
        self.awaited.clear();
        self.accepting = None;
        let tester = tester.into_inner().unwrap();
        let Some(order) = tester.serialized_history() else {
            return Err(format!("no order gives these answers: {tester:?}"));
        };
        for (deed, _) in order {
            let before = self.model.entries;
            self.model.invoke(&deed);
            let fell = matches!(deed, Deed::Falls(_));
            summary.fell_due += u64::from(fell && self.model.entries > before);
        }
        if due {
            // What is left is due still, and nothing is that was done.
            self.fall_due(&Way::Clear, 0, summary).await;
        }
        Ok(())
    }

    /// Two orders may give the same answers and leave the same to be seen, and yet another request as the one
    /// that resolved a booking: sent again, that one alone is known. So each that may have been is.
    async fn resolved_by_which(&self, asked: &[&Ask], tester: &Tester) -> u64 {
        let mut found_out = 0;
        let about: Vec<usize> = asked.iter().filter_map(|ask| ask.booking()).collect();
        for (at, place) in about.iter().enumerate() {
            // Twice, and not yet seen to.
            if about[..at].iter().filter(|before| *before == place).count() != 1 {
                continue;
            }
            let Told::Booking(_, shown) = self.booking(*place).await else {
                continue;
            };
            for ask in Ask::that_resolve(*place, shown.status) {
                let key = format!("which-{place}");
                let deed = Deed::Ask(Request { key, by: None, ask });
                self.watched(usize::MAX, &deed, tester).await;
                found_out += 1;
            }
        }
        found_out
    }

    /// With everything named, as it is when they begin.
    fn deeds(&mut self, clients: &[Vec<Todo>], summary: &mut Summary) -> Vec<Vec<Deed>> {
        let mut requests = Vec::new();
        let mut deeds = Vec::new();
        for client in clients {
            let mut todo = Vec::new();
            for one in client {
                todo.extend(match one {
                    Todo::Do(command) => self.named(command, true).map(|request| {
                        requests.push(request.clone());
                        Deed::Ask(request)
                    }),
                    Todo::Copy(place) => {
                        let place = place.checked_rem(requests.len());
                        summary.copies += u64::from(place.is_some());
                        place.map(|place| Deed::Ask(requests[place].clone()))
                    }
                    Todo::Look(place) => {
                        let place = place.checked_rem(self.model.packages.len());
                        summary.looks += u64::from(place.is_some());
                        place.map(Deed::Package)
                    }
                    Todo::Due => Some(Deed::Due),
                });
            }
            deeds.push(todo);
        }
        deeds
    }

    async fn go_on(&self, client: &Client, clients: usize, tester: &Tester) {
        while let Some((thread, deed)) = client.next(clients) {
            let answered = self.watched(thread, deed, tester).await;
            client.has_done(answered);
        }
    }

    /// Does it while the tester is told when it begins and what has come of it.
    async fn watched(
        &self,
        client: usize,
        deed: &Deed,
        tester: &Tester,
    ) -> Option<(&'static str, Answer)> {
        if let Deed::Due = deed {
            self.world.work(WORK).await;
            return None;
        }
        let begun = tester
            .lock()
            .unwrap()
            .on_invoke(client, deed.clone())
            .map(drop);
        begun.unwrap();
        let (seen, answered) = match deed {
            Deed::Ask(request) => {
                let answer = request.send(self.world, &self.shop, &self.model).await;
                let told = self.told(&answer);
                (Seen::Told(told), Some((request.name(), answer)))
            }
            Deed::Package(place) => (Seen::Package(self.package(*place).await), None),
            Deed::Everything => {
                let places = self.model.bookings.len().max(BOOKINGS);
                let standing = self.everything(0..places).await;
                let entries = self.world.journal().await.len() - self.entries;
                let situations = self.situations().await;
                (Seen::Everything(standing, situations, entries), None)
            }
            Deed::Due | Deed::Falls(_) => (Seen::Done, None),
        };
        let ended = tester.lock().unwrap().on_return(client, seen).map(drop);
        ended.unwrap();
        answered
    }
}

/// What the clients ask for.
fn asked_by(clients: &[Client]) -> Vec<&Ask> {
    let deeds = clients.iter().flat_map(|client| &client.deeds);
    let asked = deeds.map(|deed| match deed {
        Deed::Ask(request) => Some(&request.ask),
        Deed::Package(_) | Deed::Everything | Deed::Due | Deed::Falls(_) => None,
    });
    asked.flatten().collect()
}

impl Client {
    fn new((thread, deeds): (usize, Vec<Deed>)) -> Self {
        let progress = Progress {
            thread,
            ..Progress::default()
        };
        Self {
            deeds,
            progress: Mutex::new(progress),
        }
    }

    /// What it does next, as whom.
    fn next(&self, clients: usize) -> Option<(usize, &Deed)> {
        let mut progress = self.progress.lock().unwrap();
        if progress.under_way {
            progress.thread += clients;
            progress.asked_again += 1;
        }
        let deed = self.deeds.get(progress.done)?;
        progress.under_way = true;
        Some((progress.thread, deed))
    }

    fn has_done(&self, answered: Option<(&'static str, Answer)>) {
        let mut progress = self.progress.lock().unwrap();
        progress.answered.extend(answered);
        progress.done += 1;
        progress.under_way = false;
    }
}
