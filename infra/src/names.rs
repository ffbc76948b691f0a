//! Finding customers by name.

use domain::customers::Customer;
use domain::{BusinessId, CustomerId};

use crate::customers::Found;
use crate::keys::{self, Key};
use crate::store::Range;
use crate::{Consistency, Cursor, Fault, Page, PageRequest, Store};

impl Store {
    /// The customers one of whose names begins with `search`, those whose first name does first;
    /// without a search all of them, by name. Case and accents make no difference.
    ///
    /// # Errors
    /// [`Fault`] when the database fails.
    pub async fn customers_by_name(
        &self,
        business: &BusinessId,
        search: Option<&str>,
        page: &PageRequest,
    ) -> Result<Page<Customer>, Fault> {
        let search = folded(search.unwrap_or_default());
        let sections: &[u8] = if search.is_empty() { &[0] } else { &[0, 1] };
        let wanted = usize::from(page.limit) + 1;
        let mut hits: Vec<String> = Vec::new();
        for section in sections {
            let after = page.after.as_ref().map(Cursor::sort_key);
            let first = format!("{section}#{search}");
            // Every sort key of this section lies below: folded names hold no tilde.
            let last = format!("{first}~");
            let from = match after {
                Some(after) if after >= last.as_str() => continue,
                // A sort key that begins with another one goes on after its blank.
                Some(after) if after >= first.as_str() => format!("{after} "),
                Some(_) | None => first.clone(),
            };
            if hits.len() < wanted {
                let limit = u16::try_from(wanted - hits.len()).ok();
                let range = Range {
                    from: Some(from),
                    to: Some(last),
                    descending: false,
                    limit,
                };
                let items = self
                    .query_page(None, &keys::names(business), &range)
                    .await?;
                hits.extend(items.iter().filter_map(Key::of).map(|key| key.sk));
            }
        }
        let more = hits.len() == wanted;
        hits.truncate(page.limit.into());
        let next = hits.last().filter(|_| more).map(Cursor::after);
        let ids: Vec<CustomerId> = hits
            .iter()
            .filter_map(|sk| keys::customer_of_name(sk))
            .collect();
        let wanted: Vec<Key> = ids.iter().map(|id| keys::profile(business, *id)).collect();
        let mut found = Found(self.batch_get(&wanted, Consistency::Eventual).await?);
        let mut items: Vec<Customer> = Vec::new();
        for key in &wanted {
            // A name that occurs twice in one name ("Ana Anamaria") is one hit.
            items.extend(found.take::<Customer>(key)?);
        }
        Ok(Page { items, next })
    }
}

/// A name as it is looked up: ASCII letters and digits in lower case, single blanks between words.
pub(crate) fn folded(name: &str) -> String {
    let plain = deunicode::deunicode(name).to_lowercase();
    let words = plain
        .split(|c: char| !c.is_ascii_alphanumeric())
        .filter(|word| !word.is_empty());
    let folded = words.collect::<Vec<_>>().join(" ");
    folded.chars().take(120).collect()
}

/// The look-ups of a customer's name: the whole, and from each later word on.
pub(crate) fn name_keys(business: &BusinessId, customer: &Customer) -> Vec<Key> {
    /// Nobody looks for a ninth name, and every look-up is an item of the transaction.
    const WORDS: usize = 8;
    let whole = folded(customer.details.name.as_str());
    let later = whole
        .match_indices(' ')
        .map(|(index, _)| &whole[index + 1..])
        .take(WORDS - 1);
    let mut keys = vec![keys::name(business, 0, &whole, customer.id)];
    keys.extend(later.map(|words| keys::name(business, 1, words, customer.id)));
    keys
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_found_without_case_and_accents() {
        for (name, as_looked_up) in [
            ("Şükrü  ILGAZ", "sukru ilgaz"),
            ("Ioana-Maria Țîrlea", "ioana maria tirlea"),
            ("İrem Yıldız", "irem yildiz"),
            ("…", ""),
        ] {
            assert_eq!(folded(name).trim(), as_looked_up, "{name}");
        }
    }
}
