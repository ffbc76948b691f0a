//! The model's passes: visits without a number, so many in a day, in a week and altogether.

use chrono::{Datelike, NaiveDate};

use super::Model;
use super::holdings::Package;
use super::pools::{Account, Pool};
use crate::prove::asked::answer::Draw;
use crate::prove::asked::moment::date;

/// How often a pass may be drawn on for appointments of one day, of one week from Monday on, and altogether.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Caps {
    pub(crate) day: usize,
    pub(crate) week: usize,
    pub(crate) period: usize,
}

impl Pool {
    /// Whether so many more may be drawn for an appointment on that day.
    pub(crate) fn has_room(&self, day: i64, units: u64) -> bool {
        let Some(caps) = self.caps else { return true };
        let week = |day: i64| date(day).parse::<NaiveDate>().unwrap().iso_week();
        let count = |of: &dyn Fn(i64) -> bool| {
            let drawn = self.days.iter().filter(|day| of(**day));
            drawn.count() + units as usize
        };
        count(&|other| other == day) <= caps.day
            && count(&|other| week(other) == week(day)) <= caps.week
            && count(&|_| true) <= caps.period
    }

    /// Nothing can be drawn on it any more, and nothing is held.
    pub(crate) fn is_used_up(&self) -> bool {
        let left = match self.caps {
            Some(caps) => self.days.len() < caps.period,
            None => self.available() > 0,
        };
        !left && self.has(Account::Held) == 0
    }

    /// Keeps for which day units of a pass were drawn, or that they were given back.
    pub(crate) fn note_day(&mut self, draw: Draw, (from, to): (Account, Account)) {
        if self.caps.is_none() {
            return;
        }
        for _ in 0..draw.units {
            if from == Account::Available {
                self.days.push(draw.day);
            }
            if to == Account::Available {
                let drawn = self.days.iter().position(|day| *day == draw.day);
                self.days.swap_remove(drawn.unwrap());
            }
        }
    }
}

impl Package {
    pub(crate) fn is_pass(&self) -> bool {
        self.terms.caps.is_some()
    }
}

impl Model {
    /// Whether it is to be told that a pass is over: nothing of it is written off, as it cost nothing.
    pub(crate) fn pass_ends(&self, place: usize) -> bool {
        let package = &self.packages[place];
        let told = package.books.ends_told.contains(&package.ends);
        package.is_pass() && package.is_open() && package.ended(self.now) && !told
    }

    /// That is told once for each end.
    pub(crate) fn end_pass(&mut self, place: usize) {
        if self.pass_ends(place) {
            let package = &mut self.packages[place];
            package.books.ends_told.push(package.ends);
            self.entries += 1;
        }
    }
}
