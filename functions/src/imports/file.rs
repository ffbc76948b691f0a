//! A CSV file: the columns of its first line, and a row for every other.

use ::csv::{Position, ReaderBuilder, StringRecord};

use super::Column;
use crate::edge::Problem;

/// The rows of a file.
#[derive(Debug)]
pub(super) struct File {
    pub(super) rows: Vec<Row>,
}

/// One row.
#[derive(Debug)]
pub(super) struct Row {
    /// The line of the file it begins on, from 1.
    pub(super) number: u64,
    /// What it says; none where it has more or fewer cells than the first line.
    pub(super) cells: Option<Cells>,
}

/// The cells of a row that say something, trimmed.
#[derive(Debug, Default)]
pub(super) struct Cells(Vec<(Column, String)>);

impl Cells {
    /// What stands in a column; none where it is empty.
    pub(super) fn of(&self, column: Column) -> Option<&str> {
        let cell = self.0.iter().find(|(of, _)| *of == column);
        cell.map(|(_, text)| text.as_str())
    }
}

impl File {
    /// Reads a file of UTF-8, with or without a byte order mark, between whose cells stand commas or
    /// semicolons. Rows without any cell that says something are left out: spreadsheets leave them.
    ///
    /// # Errors
    /// `malformed-csv` (400) for another encoding, `import-columns` (422) for a first line that does not
    /// name the columns.
    pub(super) fn read(bytes: &[u8]) -> Result<Self, Problem> {
        let text = std::str::from_utf8(bytes).map_err(|_| malformed())?;
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        let first = text.trim_start_matches(['\r', '\n']).lines().next();
        let semicolons = first.is_some_and(|line| line.contains(';'));
        let mut reader = ReaderBuilder::new()
            .delimiter(if semicolons { b';' } else { b',' })
            .has_headers(false)
            .flexible(true)
            .from_reader(text.as_bytes());
        let mut record = StringRecord::new();
        let mut lines = Lines::of(text);
        let mut read = |record: &mut StringRecord| -> Result<Option<u64>, Problem> {
            let more = reader.read_record(record).map_err(|_| malformed())?;
            let from = record.position().map_or(0, Position::byte);
            Ok(more.then(|| lines.at(from)))
        };
        read(&mut record)?.ok_or_else(|| wrong_columns("the file is empty"))?;
        let columns = columns(&record)?;
        let mut rows = Vec::new();
        while let Some(number) = read(&mut record)? {
            if record.iter().all(|cell| cell.trim().is_empty()) {
                continue;
            }
            let as_many = record.len() == columns.len();
            let said = columns.iter().zip(&record).filter_map(|(column, cell)| {
                let cell = cell.trim();
                (!cell.is_empty()).then(|| (*column, cell.to_owned()))
            });
            let cells = as_many.then(|| Cells(said.collect()));
            rows.push(Row { number, cells });
        }
        Ok(Self { rows })
    }
}

/// Counts lines on the way through a text.
struct Lines<'t> {
    text: &'t [u8],
    at: usize,
    number: u64,
}

impl<'t> Lines<'t> {
    fn of(text: &'t str) -> Self {
        Self {
            text: text.as_bytes(),
            at: 0,
            number: 1,
        }
    }

    /// The number of the line on which the first text from `byte` on stands. Asked in order only.
    fn at(&mut self, byte: u64) -> u64 {
        let from = usize::try_from(byte).unwrap_or(usize::MAX);
        while let Some(character) = self.text.get(self.at) {
            let ends = match character {
                b'\n' => true,
                b'\r' => self.text.get(self.at + 1) != Some(&b'\n'),
                _ => false,
            };
            if self.at >= from && !matches!(character, b'\n' | b'\r') {
                break;
            }
            self.number += u64::from(ends);
            self.at += 1;
        }
        self.number
    }
}

fn columns(header: &StringRecord) -> Result<Vec<Column>, Problem> {
    let mut columns = Vec::new();
    for (index, name) in header.iter().enumerate() {
        let Some(column) = Column::named(name) else {
            let detail = format!("cell {} of the first line is no column", index + 1);
            return Err(wrong_columns(&detail));
        };
        if columns.contains(&column) {
            let detail = format!("the column {} stands there twice", column.name());
            return Err(wrong_columns(&detail));
        }
        columns.push(column);
    }
    let missing = Column::REQUIRED.iter().find(|c| !columns.contains(c));
    missing.map_or(Ok(columns), |column| {
        let detail = format!("the column {} is missing", column.name());
        Err(wrong_columns(&detail))
    })
}

fn malformed() -> Problem {
    Problem::new(
        400,
        "malformed-csv",
        "the file is not in UTF-8: save it as CSV UTF-8",
    )
}

fn wrong_columns(what: &str) -> Problem {
    let names = Column::ALL.map(Column::name).join(", ");
    let detail = format!("{what}: the first line names the columns, which are {names}");
    Problem::new(422, "import-columns", detail)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Each row as `number: package`, or `number: -` where its length is wrong.
    fn rows(text: &str) -> Vec<String> {
        let file = File::read(text.as_bytes()).unwrap();
        let shown = file.rows.iter().map(|row| {
            let package = row.cells.as_ref().map(|cells| cells.of(Column::Package));
            let package = package.map_or("-", Option::unwrap_or_default);
            format!("{}: {package}", row.number)
        });
        shown.collect()
    }

    #[test]
    fn every_row_knows_the_line_it_begins_on() {
        let head = "email,package,sold_on";
        for (text, expected) in [
            ("\na,b,c\nd,e,f", ["2: b", "3: e"]),
            ("\r\na,b,c\r\nd,e,f\r\n", ["2: b", "3: e"]),
            ("\ra,b,c\rd,e,f\r", ["2: b", "3: e"]),
            ("\n\n\na,b,c\n\nd,e,f\n\n", ["4: b", "6: e"]),
            ("\r\n\r\na,b,c\r\n,,\r\nd,e,f", ["3: b", "5: e"]),
            ("\na,\"b\n\nb\",c\nd,e,f", ["2: b\n\nb", "5: e"]),
            ("\r\na,\"b\r\nb\",c\r\nd,e,f", ["2: b\r\nb", "4: e"]),
            ("\na,b\nd,e,f", ["2: -", "3: e"]),
            ("\na,b,c,d\nd,e,f", ["2: -", "3: e"]),
        ] {
            assert_eq!(rows(&format!("{head}{text}")), expected, "{text:?}");
            assert_eq!(rows(&format!("\u{feff}{head}{text}")), expected, "{text:?}");
        }
        assert_eq!(rows("\n\nEMAIL, Package ,sold_on\n a , b , c \n"), ["4: b"]);
    }

    #[test]
    fn semicolons_divide_where_the_first_line_has_some() {
        let text = "email;package;sold_on\na;b, c;d\n";
        assert_eq!(rows(text), ["2: b, c"]);
        assert_eq!(rows("email,package,sold_on\na,b; c,d\n"), ["2: b; c"]);
    }

    #[test]
    fn a_file_without_its_columns_is_refused() {
        for (text, says) in [
            ("", "empty"),
            ("\n\n", "empty"),
            ("email,package\n", "sold_on is missing"),
            ("email,package,sold_on,colour\n", "cell 4"),
            ("email,package,sold_on,email\n", "email stands there twice"),
            ("email\tpackage\tsold_on\n", "cell 1"),
            ("email,package,sold_on,\n", "cell 4"),
        ] {
            let problem = File::read(text.as_bytes()).unwrap_err();
            assert_eq!(problem.code(), "import-columns");
            let shown = format!("{problem:?}");
            assert!(shown.contains(says), "{text:?}: {shown}");
        }
        let problem = File::read(&[0xff, 0xfe, b'e', 0]).unwrap_err();
        assert_eq!(problem.code(), "malformed-csv");
    }

    proptest::proptest! {
        #[test]
        fn no_file_makes_it_panic_and_lines_only_grow(text in "[a,;\"\r\n\u{feff}]{0,60}") {
            let text = format!("email,package,sold_on\n{text}");
            let file = File::read(text.as_bytes()).unwrap();
            let numbers: Vec<u64> = file.rows.iter().map(|row| row.number).collect();
            proptest::prop_assert!(numbers.windows(2).all(|pair| pair[0] < pair[1]), "{numbers:?}");
        }
    }
}
