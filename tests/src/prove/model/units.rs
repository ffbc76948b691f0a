//! The model's units, as they go from one account to another.

use super::pools::{Account, Moved, Pool};
use super::{Model, day_begins};
use crate::prove::asked::answer::Draw;

impl Model {
    fn pool(&mut self, draw: Draw) -> &mut Pool {
        let package = &mut self.packages[draw.package];
        package.changes += 1;
        &mut package.pools[draw.pool]
    }

    /// Moves units that are there.
    pub(crate) fn shift(&mut self, draw: Draw, from: Account, to: Account) -> Moved {
        let pool = self.pool(draw);
        let value = pool.shift(from, to, draw.units).unwrap();
        pool.note_day(draw, (from, to));
        Moved {
            draw,
            from,
            to,
            value,
        }
    }

    /// Moves what was moved back, if it is still there.
    pub(crate) fn undo(&mut self, moved: &Moved) -> Option<()> {
        let Moved {
            draw,
            from,
            to,
            value,
        } = *moved;
        let pool = self.pool(draw);
        pool.carry(to, from, draw.units, value)?;
        pool.note_day(draw, (to, from));
        Some(())
    }

    /// Draws what was chosen.
    pub(crate) fn draw(&mut self, lines: &[Option<Draw>], to: Account) -> Vec<Moved> {
        let draws = lines.iter().flatten();
        let moved = draws.map(|draw| self.shift(*draw, Account::Available, to));
        moved.collect()
    }

    /// Gives back what was held, as it was then. What returns to a package that has ended can be used for the days of grace,
    /// and what else was left in it is lost; without any, it is forfeited.
    pub(crate) fn give_back(&mut self, draw: Draw, now: i64) -> Moved {
        let grace = self.rules.grace;
        let package = &mut self.packages[draw.package];
        // What has no number ends with its time.
        let over = package.ended(now) && !package.is_pass();
        let to = match (over, grace) {
            (true, 0) => Account::Forfeited,
            (true, _) => {
                package.write_off();
                package.ends = package.ends.max(Some(day_begins(now) + (grace + 1) * 24));
                Account::Available
            }
            (false, _) => Account::Available,
        };
        self.shift(draw, Account::Held, to)
    }
}
