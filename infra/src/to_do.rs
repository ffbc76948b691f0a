//! What somebody is to do: planned activities, each in the list of its assignee, which is one Query of
//! an index that carries what the list shows.

use aws_sdk_dynamodb::types::AttributeValue;
use domain::pipeline::{Activity, ActivityKind, Party};
use domain::{
    ActivityId, ActorId, BusinessId, CompanyId, CustomerId, Instant, Name, OpportunityId,
};
use serde::{Deserialize, Serialize};

use crate::keys::{self, Key};
use crate::store::{Item, Range, read};
use crate::table::{BY_REPRESENTATIVE, CARD};
use crate::{Cursor, Fault, List, Page, PageRequest, Store, derived_bytes};

/// How many bytes of a subject the list has: 40 lines of them, with their keys, are three read units. A
/// subject of the longest, 120 letters of most alphabets, has no more.
const MOST_OF_A_SUBJECT: usize = 240;

/// What the list shows of an activity beside its keys, under names of one letter. Its text is not among
/// it: it may be ten times as long as all the rest.
#[derive(Debug, Serialize, Deserialize)]
struct Card {
    #[serde(rename = "k")]
    kind: ActivityKind,
    #[serde(rename = "t", default, skip_serializing_if = "Option::is_none")]
    subject: Option<Name>,
    #[serde(
        rename = "n",
        default,
        skip_serializing_if = "Option::is_none",
        with = "chrono::serde::ts_milliseconds_option"
    )]
    remind_at: Option<Instant>,
    /// The first it is with, if that is a person.
    #[serde(rename = "c", default, skip_serializing_if = "Option::is_none")]
    customer: Option<CustomerId>,
    /// The first it is with, if that is a company.
    #[serde(rename = "o", default, skip_serializing_if = "Option::is_none")]
    company: Option<CompanyId>,
    #[serde(rename = "v")]
    version: u64,
}

/// An item of the index.
#[derive(Debug, Deserialize)]
struct Listed {
    listed: String,
    card: Card,
}

/// Something to be done, as the list of its assignee shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ToDo {
    /// The activity.
    pub id: ActivityId,
    /// What it is about.
    pub opportunity: OpportunityId,
    /// What kind.
    pub kind: ActivityKind,
    /// What it is called; cut, and ended by an ellipsis, where that is more than 240 bytes.
    pub subject: Option<Name>,
    /// Who is to do it.
    pub assignee: ActorId,
    /// When it is due or begins.
    pub due_at: Instant,
    /// When somebody is to be reminded of it.
    pub remind_at: Option<Instant>,
    /// The first of those it is with.
    pub with_first: Option<Party>,
    /// Counts its changes, from 1.
    pub version: u64,
}

/// Whose list, and how far.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ToDoFilter {
    /// Who is to do it.
    pub assignee: ActorId,
    /// Due at this instant or earlier.
    pub due_to: Option<Instant>,
}

/// What puts a planned activity into its assignee's list.
///
/// # Errors
/// [`Fault::Broken`] for what cannot be written, which nothing is.
pub(crate) fn listed(
    business: &BusinessId,
    activity: &Activity,
) -> Result<[(&'static str, AttributeValue); 3], Fault> {
    let partition = keys::to_do(business, &activity.assignee);
    let sort = keys::to_do_at(activity.at, activity.id);
    let card = serde_dynamo::aws_sdk_dynamodb_1::to_attribute_value(Card::of(activity)?);
    Ok([
        (BY_REPRESENTATIVE.partition, AttributeValue::S(partition)),
        (BY_REPRESENTATIVE.sort, AttributeValue::S(sort)),
        (CARD, card.map_err(Fault::broken)?),
    ])
}

impl Card {
    fn of(activity: &Activity) -> Result<Self, Fault> {
        let (customer, company) = match activity.with.first() {
            Some(Party::CustomerId(id)) => (Some(*id), None),
            Some(Party::CompanyId(id)) => (None, Some(*id)),
            None => (None, None),
        };
        Ok(Self {
            kind: activity.kind,
            subject: activity.subject.as_ref().map(cut).transpose()?,
            remind_at: activity.remind_at,
            customer,
            company,
            version: activity.version,
        })
    }
}

/// As much of a subject as the list has.
fn cut(subject: &Name) -> Result<Name, Fault> {
    let whole = subject.as_str();
    if whole.len() <= MOST_OF_A_SUBJECT {
        return Ok(subject.clone());
    }
    let most = MOST_OF_A_SUBJECT - '…'.len_utf8();
    let letters = whole.char_indices();
    let fits = letters.take_while(|(at, letter)| at + letter.len_utf8() <= most);
    let beginning: String = fits.map(|(_, letter)| letter).collect();
    let cut = format!("{}…", beginning.trim_end());
    cut.parse().map_err(Fault::broken)
}

/// What an item of the list of `assignee` tells.
fn to_do(business: &BusinessId, assignee: &ActorId, item: Item) -> Result<(String, ToDo), Fault> {
    let key = Key::of(&item).map(|key| key.pk).unwrap_or_default();
    let Listed { listed, card } = read(item)?;
    let broken = || Fault::broken(format_args!("{key} is listed as {listed}"));
    let opportunity = keys::opportunity_of(business, &key).ok_or_else(broken)?;
    let (due_at, id) = keys::of_to_do(&listed).ok_or_else(broken)?;
    let with_first = card.customer.map(Party::CustomerId);
    let to_do = ToDo {
        id,
        opportunity,
        kind: card.kind,
        subject: card.subject,
        assignee: assignee.clone(),
        due_at,
        remind_at: card.remind_at,
        with_first: with_first.or(card.company.map(Party::CompanyId)),
        version: card.version,
    };
    Ok((listed, to_do))
}

impl ToDoFilter {
    /// Which list it asks for, for its cursors: one of somebody else's would go on in the middle of this one.
    pub fn list_of(&self, business: &BusinessId) -> List {
        List::ToDo(self.digest(business))
    }

    fn digest(&self, business: &BusinessId) -> u32 {
        let partition = keys::to_do(business, &self.assignee);
        let [a, b, c, d, ..] = derived_bytes(&[BY_REPRESENTATIVE.name, &partition]);
        u32::from_be_bytes([a, b, c, d])
    }
}

impl Store {
    /// A page of what somebody is to do, what is due first first. As the list has it, which is the
    /// activities' own state a moment later.
    ///
    /// # Errors
    /// [`Fault`] when the database fails.
    pub async fn to_do(
        &self,
        business: &BusinessId,
        filter: &ToDoFilter,
        page: &PageRequest,
    ) -> Result<Page<ToDo>, Fault> {
        let list = filter.digest(business);
        // Where a page goes on, the key it ended with is a bound, and read once more.
        let seen = page.after.as_ref();
        let seen = seen.and_then(|after| after.sort_key_of(list).map(str::to_owned));
        let to = filter.due_to.map(keys::after_to_do_at);
        if to.is_some() && seen > to {
            return Ok(Page {
                items: Vec::new(),
                next: None,
            });
        }
        let range = Range {
            from: seen.clone(),
            to,
            descending: false,
            limit: Some(page.limit + 1 + u16::from(seen.is_some())),
        };
        let partition = keys::to_do(business, &filter.assignee);
        let asked = self.query_page(Some(BY_REPRESENTATIVE), &partition, &range);
        let (items, goes_on) = asked.await?;
        let read = items.into_iter();
        let read = read.map(|item| to_do(business, &filter.assignee, item));
        let mut found: Vec<(String, ToDo)> = read.collect::<Result<_, _>>()?;
        found.retain(|(listed, _)| Some(listed) != seen.as_ref());
        let more = goes_on || found.len() > usize::from(page.limit);
        found.truncate(page.limit.into());
        let next = found.last().filter(|_| more);
        let next = next.map(|(listed, _)| Cursor::of_list(list, listed));
        let items = found.into_iter().map(|(_, to_do)| to_do).collect();
        Ok(Page { items, next })
    }
}
