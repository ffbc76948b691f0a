//! Several clients at once: there must be an order, of which each client's own is a part, in which the model
//! gives every answer that was given (linearizability, Herlihy and Wing 1990; checked by stateright's tester).

use std::sync::Mutex;

use futures::future::join_all;
use stateright::semantics::{ConsistencyTester, LinearizabilityTester, SequentialSpec};

use super::answer::Told;
use super::ask::Request;
use super::command::{BOOKINGS, Todo};
use super::look::{Counts, Standing};
use super::model::Model;
use super::run::{Run, Violation};
use super::summary::Summary;
use crate::harness::Answer;

/// What a client does.
#[derive(Debug, Clone)]
pub(super) enum Deed {
    Ask(Request),
    /// Looks at a package.
    Package(usize),
    /// Looks at everything, when nobody else does anything.
    Everything,
}

/// What comes of it.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Seen {
    Told(Told),
    Package(Counts),
    Everything(Standing),
}

impl SequentialSpec for Model {
    type Op = Deed;
    type Ret = Seen;

    fn invoke(&mut self, deed: &Deed) -> Seen {
        match deed {
            Deed::Ask(request) => Seen::Told(self.take(request)),
            Deed::Package(place) => Seen::Package(self.counts(*place)),
            Deed::Everything => Seen::Everything(self.standing()),
        }
    }
}

type Tester = Mutex<LinearizabilityTester<usize, Model>>;

impl Run<'_> {
    /// Carries out what each client does, one thing after the other, all clients at once.
    pub(super) async fn at_once(
        &mut self,
        clients: &[Vec<Todo>],
        summary: &mut Summary,
    ) -> Result<(), Violation> {
        let deeds = self.deeds(clients, summary);
        let tester = Mutex::new(LinearizabilityTester::new(self.model.clone()));
        let clients = deeds.iter().enumerate();
        let clients = clients.map(|(client, deeds)| self.client(client, deeds, &tester));
        let answered = join_all(clients).await;
        for (asked, answer) in answered.iter().flatten() {
            summary.answered(asked, answer);
        }
        summary.at_once += 1;
        self.watched(deeds.len(), &Deed::Everything, &tester).await;
        let tester = tester.into_inner().unwrap();
        let Some(order) = tester.serialized_history() else {
            return Err(format!("no order gives these answers: {tester:?}"));
        };
        for (deed, _) in order {
            self.model.invoke(&deed);
        }
        Ok(())
    }

    /// With everything named, as it is when they begin.
    fn deeds(&mut self, clients: &[Vec<Todo>], summary: &mut Summary) -> Vec<Vec<Deed>> {
        let mut requests = Vec::new();
        let mut deeds = Vec::new();
        for client in clients {
            let mut todo = Vec::new();
            for one in client {
                todo.extend(match one {
                    Todo::Do(command) => command.asked(&self.model, 0).map(|ask| {
                        let request = self.new_request(ask);
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
                });
            }
            deeds.push(todo);
        }
        deeds
    }

    async fn client(
        &self,
        client: usize,
        deeds: &[Deed],
        tester: &Tester,
    ) -> Vec<(&'static str, Answer)> {
        let mut answered = Vec::new();
        for deed in deeds {
            answered.extend(self.watched(client, deed, tester).await);
        }
        answered
    }

    /// Does it while the tester is told when it begins and what has come of it.
    async fn watched(
        &self,
        client: usize,
        deed: &Deed,
        tester: &Tester,
    ) -> Option<(&'static str, Answer)> {
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
                (Seen::Told(told), Some((request.ask.name(), answer)))
            }
            Deed::Package(place) => (Seen::Package(self.package(*place).await), None),
            Deed::Everything => {
                let places = self.model.bookings.len().max(BOOKINGS);
                (Seen::Everything(self.everything(0..places).await), None)
            }
        };
        let ended = tester.lock().unwrap().on_return(client, seen).map(drop);
        ended.unwrap();
        answered
    }
}
