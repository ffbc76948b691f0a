//! Finding customers by name.

use domain::BusinessId;
use domain::customers::Customer;

use crate::keys::{self, Key};
use crate::store::{Range, read};
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
        let limit = usize::from(page.limit);
        let mut after = page
            .after
            .as_ref()
            .map(|cursor| cursor.sort_key().to_owned());
        let mut found: Vec<(String, Customer)> = Vec::new();
        // One more shows whether there is more.
        while found.len() <= limit {
            let after_hit = after.as_deref();
            let (hits, goes_on) = self
                .hits(business, &search, after_hit, page.limit + 1)
                .await?;
            let at_end = !goes_on && hits.len() <= limit;
            after = hits.last().cloned();
            found.extend(self.first_hits(business, &search, hits).await?);
            if at_end {
                break;
            }
        }
        let more = found.len() > limit;
        found.truncate(limit);
        let next = found
            .last()
            .filter(|_| more)
            .map(|(key, _)| Cursor::after(key));
        Ok(Page {
            items: found.into_iter().map(|(_, customer)| customer).collect(),
            next,
        })
    }

    /// Up to `limit` look-ups that begin with `search`, as their sort keys, and whether a page ended
    /// before its section did.
    async fn hits(
        &self,
        business: &BusinessId,
        search: &str,
        after: Option<&str>,
        limit: u16,
    ) -> Result<(Vec<String>, bool), Fault> {
        let sections: &[u8] = if search.is_empty() { &[0] } else { &[0, 1] };
        let mut hits: Vec<String> = Vec::new();
        for section in sections {
            let first = format!("{section}#{search}");
            // Every sort key of this section lies below: folded names hold no tilde.
            let last = format!("{first}~");
            let from = match after {
                Some(after) if after >= last.as_str() => continue,
                Some(after) if after >= first.as_str() => format!("{after} "),
                Some(_) | None => first,
            };
            let left = limit - u16::try_from(hits.len()).unwrap_or(limit);
            if left > 0 {
                let (from, to, limit) = (Some(from), Some(last), Some(left));
                let range = Range {
                    from,
                    to,
                    descending: false,
                    limit,
                };
                let partition = keys::names(business);
                let (items, goes_on) = self.query_page(None, &partition, &range).await?;
                hits.extend(items.iter().filter_map(Key::of).map(|key| key.sk));
                if goes_on {
                    return Ok((hits, true));
                }
            }
        }
        Ok((hits, false))
    }

    /// The customers of these look-ups. Someone with two names that match ("Ana Anamaria") counts
    /// where the first of them does.
    async fn first_hits(
        &self,
        business: &BusinessId,
        search: &str,
        hits: Vec<String>,
    ) -> Result<Vec<(String, Customer)>, Fault> {
        let profiles = hits.iter().filter_map(|sk| keys::customer_of_name(sk));
        let profiles: Vec<Key> = profiles.map(|id| keys::profile(business, id)).collect();
        let items = self.batch_get(&profiles, Consistency::Eventual).await?;
        let customers: Vec<Customer> = items.into_iter().map(read).collect::<Result<_, _>>()?;
        let first_hit = |customer: &Customer| {
            let keys = name_keys(business, customer).into_iter().map(|key| key.sk);
            keys.into_iter().find(|sk| sk[2..].starts_with(search))
        };
        let owner = |sk: String| {
            let hit = customers
                .iter()
                .find(|customer| first_hit(customer).as_ref() == Some(&sk));
            hit.cloned().map(|customer| (sk, customer))
        };
        Ok(hits.into_iter().filter_map(owner).collect())
    }
}

/// A name as it is looked up: ASCII letters and digits in lower case, single hyphens between words (which sort after the end of a name).
pub(crate) fn folded(name: &str) -> String {
    let plain = deunicode::deunicode(name).to_lowercase();
    let words = plain
        .split(|c: char| !c.is_ascii_alphanumeric())
        .filter(|word| !word.is_empty());
    let folded = words.collect::<Vec<_>>().join("-");
    folded.chars().take(120).collect()
}

/// The look-ups of a customer's name: the whole, and from each later word on; none of who was erased.
pub(crate) fn name_keys(business: &BusinessId, customer: &Customer) -> Vec<Key> {
    /// Nobody looks for a ninth name, and every look-up is an item of the transaction.
    const WORDS: usize = 8;
    if customer.erased_at.is_some() {
        return Vec::new();
    }
    let whole = folded(customer.details.name.as_str());
    let later = whole
        .match_indices('-')
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
            ("Şükrü  ILGAZ", "sukru-ilgaz"),
            ("Ioana-Maria Țîrlea", "ioana-maria-tirlea"),
            ("İrem Yıldız", "irem-yildiz"),
            ("…", ""),
        ] {
            assert_eq!(folded(name), as_looked_up, "{name}");
        }
    }
}
