//! Which package a line is, so that the same file sent again imports nothing twice.

use std::collections::HashMap;

use domain::{BusinessId, Fingerprint, PackageId};
use infra::{Fault, derived_bytes, fingerprint};

use super::Column;
use super::file::{Cells, Row};

/// The package that a line becomes.
#[derive(Debug, Clone)]
pub(super) struct Identity {
    /// Its id: from the line's own id or, where it has none, from all that it says of the package and
    /// how many lines before it say the same.
    pub(super) package: PackageId,
    /// What it says of the package.
    pub(super) fingerprint: Fingerprint,
    /// Whether a line before it has its id and says something else.
    pub(super) contradicts: bool,
}

/// The identity of every row that has cells.
///
/// # Errors
/// [`Fault::Broken`] for content that cannot be digested.
pub(super) fn identities(
    business: &BusinessId,
    rows: &[Row],
) -> Result<Vec<Option<Identity>>, Fault> {
    let mut equals = HashMap::<Fingerprint, u32>::new();
    let mut before = HashMap::<PackageId, Fingerprint>::new();
    let mut identities = Vec::with_capacity(rows.len());
    for row in rows {
        let Some(cells) = &row.cells else {
            identities.push(None);
            continue;
        };
        let fingerprint = fingerprint("import-package", &content(cells))?;
        let equal = equals.entry(fingerprint.clone()).or_default();
        let (kind, name) = match cells.of(Column::Id) {
            Some(id) => ("imported-id", id.to_owned()),
            None => ("imported-line", format!("{fingerprint} {equal}")),
        };
        *equal += 1;
        let bytes = derived_bytes(&[business.as_str(), kind, &name]);
        let package = PackageId::from_bytes(bytes);
        let first = before.entry(package).or_insert(fingerprint.clone());
        identities.push(Some(Identity {
            package,
            contradicts: *first != fingerprint,
            fingerprint,
        }));
    }
    Ok(identities)
}

/// What a line says of the package. Name and number of the customer may be corrected between two runs.
fn content(cells: &Cells) -> Vec<(&'static str, &str)> {
    let columns = Column::ALL.into_iter().filter(|c| c.is_of_package());
    columns
        .filter_map(|column| Some((column.name(), cells.of(column)?)))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::imports::file::File;

    fn packages(text: &str) -> Vec<PackageId> {
        let file = File::read(text.as_bytes()).unwrap();
        let identities = identities(&"gul".parse().unwrap(), &file.rows).unwrap();
        identities.into_iter().map(|i| i.unwrap().package).collect()
    }

    #[test]
    fn the_id_of_an_imported_package_is_golden() {
        // Files are sent again for years.
        let text =
            "email,package,sold_on,id\na@b.ro,Paket,2026-01-02,P-1\na@b.ro,Paket,2026-01-02,";
        let packages = packages(text).into_iter().map(|id| id.to_string());
        let golden = [
            "pkg_09WHDCS43FY6A78BRG3BNRTS55",
            "pkg_61ZBNPSNZRFQJHK8VY5A8VZ539",
        ];
        assert_eq!(packages.collect::<Vec<_>>(), golden);
    }

    #[test]
    fn a_line_is_the_same_package_wherever_it_stands_and_whatever_the_person_is_called() {
        let first = packages("email,package,sold_on,name\na,b,c,Ana\nd,e,f,\na,b,c,Ana\n");
        let again = packages("name;sold_on;email;package\n;f;d;e\nAna Pop;c;a;b\n\n;c;a;b\n");
        assert_eq!(again, [first[1], first[0], first[2]]);
        assert_ne!(first[0], first[2]);
        let ids = packages("email,package,sold_on,id\na,b,c,1\nx,y,z,1\na,b,c,2\n");
        assert_eq!(ids[0], ids[1]);
        assert_ne!(ids[0], ids[2]);
    }
}
