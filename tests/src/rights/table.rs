//! The table: a row for every route, a column for every kind of caller.

use local::{Claims, Role};

use crate::harness::{Answer, Business};

/// What a caller of the business, in the order of the table, is answered.
///
/// A number is the status of success; the rest see [`outcome`]. `entries` is what success adds to the
/// journal. The request is about customer *one*; *stranger* has a token of the business that is in no
/// group, with no scope of ours, and bound to no customer. The last two are of another business, next
/// door, and send the same request, ids and all.
const TABLE: &str = "
route                                      | entries | owner staff sales read write stranger one another | owner one
GET /v1/settings                           | 0       | 200   200   200   200  200   200      200 200     | 200   200
PUT /v1/settings                           | 1       | 200   F     F     F    F     F        F   F       | 200   F
GET /v1/services                           | 0       | 200   200   200   200  200   200      200 200     | 200   200
POST /v1/services                          | 1       | 201   F     F     F    F     F        F   F       | 201   F
GET /v1/services/{id}                      | 0       | 200   200   200   200  200   200      200 200     | S     S
PUT /v1/services/{id}                      | 1       | 200   F     F     F    F     F        F   F       | S     F
POST /v1/services/{id}/archive             | 1       | 200   F     F     F    F     F        F   F       | S     F
GET /v1/package-templates                  | 0       | 200   200   200   200  200   F        F   F       | 200   F
POST /v1/package-templates                 | 1       | 201   F     F     F    F     F        F   F       | S     F
GET /v1/package-templates/{id}             | 0       | 200   200   200   200  200   F        F   F       | T     F
PUT /v1/package-templates/{id}             | 1       | 200   F     F     F    F     F        F   F       | T     F
POST /v1/package-templates/{id}/archive    | 1       | 200   F     F     F    F     F        F   F       | T     F
GET /v1/customers                          | 0       | 200   200   200   200  200   F        F   F       | 200   F
POST /v1/customers                         | 1       | 201   201   201   F    201   F        F   F       | 201   F
GET /v1/customers/{id}                     | 0       | 200   200   200   200  200   C        200 C       | C     C
PATCH /v1/customers/{id}                   | 1       | 200   200   200   F    200   F        F   F       | C     F
GET /v1/customers/{id}/export              | 0       | 200   F     F     F    F     C        200 C       | C     C
POST /v1/customers/{id}/erase              | 1       | 200   F     F     F    F     F        F   F       | C     F
GET /v1/me                                 | 0       | F     F     F     F    F     N        200 200     | F     200
POST /v1/me/claim                          | 1       | F     F     F     F    F     V        200 200     | F     200
GET /v1/me/wallet                          | 0       | F     F     F     F    F     N        200 200     | F     200
GET /v1/customers/{id}/wallet              | 0       | 200   200   200   200  200   C        200 C       | C     C
GET /v1/customers/{id}/journal             | 0       | 200   200   200   200  200   C        200 C       | C     C
GET /v1/packages/{id}/journal              | 0       | 200   200   200   200  200   P        200 P       | P     P
GET /v1/journal                            | 0       | 200   F     F     F    F     F        F   F       | 200   F
GET /v1/reports/liability                  | 0       | 200   F     F     200  200   F        F   F       | 200   F
GET /v1/reports/roll-forward               | 0       | 200   F     F     200  200   F        F   F       | 200   F
GET /v1/reports/sales                      | 0       | 200   F     F     200  200   F        F   F       | 200   F
GET /v1/reports/utilisation                | 0       | 200   F     F     200  200   F        F   F       | 200   F
GET /v1/reports/breakage                   | 0       | 200   F     F     200  200   F        F   F       | 200   F
GET /v1/reports/pipeline                   | 0       | 200   200   F     200  200   F        F   F       | 200   F
GET /v1/reports/forecast                   | 0       | 200   200   F     200  200   F        F   F       | 200   F
GET /v1/reports/wins                       | 0       | 200   200   F     200  200   F        F   F       | 200   F
GET /v1/reports/funnel                     | 0       | 200   200   F     200  200   F        F   F       | 200   F
GET /v1/reports/representatives            | 0       | 200   200   F     200  200   F        F   F       | 200   F
POST /v1/packages                          | 1       | 201   201   201   F    201   F        F   F       | C     F
GET /v1/packages                           | 0       | 200   200   200   200  200   F        F   F       | 200   F
GET /v1/packages/{id}                      | 0       | 200   200   200   200  200   P        200 P       | P     P
POST /v1/packages/{id}/adjustments         | 1       | 200   200   F     F     F    F         F   F       | P     F
POST /v1/packages/{id}/adjustments (correction) | 1       | 200   F     F     F     F    F         F   F       | P     F
POST /v1/packages/{id}/top-ups             | 1       | 200   200   200   F     200  F         F   F       | P     F
POST /v1/packages/{id}/freeze              | 1       | 200   200   F     F     200  F         F   F       | P     F
POST /v1/packages/{id}/unfreeze            | 1       | 200   200   F     F     200  F         F   F       | P     F
POST /v1/packages/{id}/extend              | 1       | 200   200   F     F     200  F         F   F       | P     F
POST /v1/packages/{id}/members             | 1       | 200   200   F     F     200  F         F   F       | P     F
POST /v1/packages/{id}/transfers           | 1       | 201   201   F     F     201  F         F   F       | P     F
POST /v1/packages/{id}/void                | 1       | 200   F     F     F     F    F         F   F       | P     F
POST /v1/packages/{id}/refund-quotes       | 1       | 201   F     F     F     F    F         F   F       | P     F
POST /v1/packages/{id}/refunds             | 1       | 200   F     F     F     F    F         F   F       | P     F
POST /v1/packages/{id}/accept              | 1       | 200   200   200   F    200   P        200 P       | P     P
POST /v1/packages/{id}/decline             | 1       | 200   200   200   F    200   P        200 P       | P     P
POST /v1/me/packages                       | 1       | F     F     F     F    F     N        201 201     | F     T
GET /v1/shop/package-templates             | 0       | 200   200   200   200  200   200      200 200     | 200   200
POST /v1/bookings                          | 1       | 201   201   F     F    201   C        201 C       | C     C
POST /v1/bookings (for oneself)            | 1       | R     R     F     F    R     N        201 P       | R     S
GET /v1/bookings/{id}                      | 0       | 200   200   200   200  200   B        200 B       | B     B
POST /v1/bookings/{id}/cancel              | 1       | 200   200   F     F    200   B        200 B       | B     B
POST /v1/bookings/{id}/reschedule          | 1       | 200   200   F     F    200   B        200 B       | B     B
POST /v1/redemption-quotes                 | 0       | 200   200   200   200  200   C        200 C       | C     C
POST /v1/redemption-quotes (for oneself)   | 0       | R     R     R     R    R     N        200 P       | R     S
POST /v1/bookings/{id}/complete            | 1       | 200   200   F     F    200   F        F   F       | B     F
POST /v1/bookings/{id}/complete (walk-in)  | 1       | 200   200   F     F    200   F        F   F       | C     F
POST /v1/bookings/{id}/no-show             | 1       | 200   200   F     F    200   F        F   F       | B     F
POST /v1/bookings/series                   | 2       | 201   201   F     F    201   C        201 C       | C     C
POST /v1/bookings/series (for oneself)     | 2       | R     R     F     F    R     N        201 P       | R     S
POST /v1/bookings/{id}/redeem              | 1       | 200   200   F     F    200   B        200 B       | B     B
POST /v1/bookings/{id}/reverse             | 1       | 200   200   F     F    F     F        F   F       | B     F
GET /v1/packages/{id}/payments             | 0       | 200   200   200   200  200   P        200 P       | P     P
POST /v1/packages/{id}/payments            | 1       | 201   201   201   F    201   F        F   F       | P     F
POST /v1/packages/{id}/payments (again)    | 0       | 201   201   201   F    201   F        F   F       | P     F
POST /v1/packages/{id}/payments/{entry_id}/return | 1 | 200  200   F     F    200   F        F   F       | P     F
POST /v1/packages/{id}/debits/{debit_id}/reject | 1 | 200    200   F     F    200   F        F   F       | P     F
GET /v1/customers/{id}/mandate             | 0       | 200   200   200   F    F     F        F   F       | C     F
PUT /v1/customers/{id}/mandate             | 1       | 200   200   200   F    F     F        F   F       | C     F
DELETE /v1/customers/{id}/mandate          | 1       | 200   200   200   F    F     F        F   F       | C     F
GET /v1/settings/creditor                  | 0       | 200   F     F     F    F     F        F   F       | M     F
PUT /v1/settings/creditor                  | 1       | 200   F     F     F    F     F        F   F       | X     F
POST /v1/collections                       | 2       | 200   F     F     F    F     F        F   F       | D     F
GET /v1/opportunities/{id}/quotes          | 0       | 200   200   200   200  200   F        F   F       | O     F
POST /v1/opportunities/{id}/quotes         | 1       | 201   F     201   F    201   F        F   F       | O     F
POST /v1/opportunities/{id}/quotes (own lines) | 1   | 201   F     201   F    201   F        F   F       | O     F
GET /v1/quotes/{id}                        | 0       | 200   200   200   200  200   Q        200 Q       | Q     Q
PUT /v1/quotes/{id}                        | 1       | 200   F     200   F    200   F        F   F       | Q     F
POST /v1/quotes/{id}/send                  | 1       | 200   F     200   F    200   F        F   F       | Q     F
POST /v1/quotes/{id}/primary               | 1       | 200   F     200   F    200   F        F   F       | Q     F
POST /v1/quotes/{id}/revise                | 1       | 201   F     201   F    201   F        F   F       | Q     F
POST /v1/quotes/{id}/withdraw              | 1       | 200   F     200   F    200   F        F   F       | Q     F
POST /v1/quotes/{id}/reject                | 1       | 200   F     200   F    200   Q        200 Q       | Q     Q
POST /v1/quotes/{id}/accept                | 3       | 200   F     200   F    200   Q        200 Q       | Q     Q
POST /v1/opportunities/{id}/quota          | 1       | 200   F     F     F    F     F        F   F       | O     F
POST /v1/packages/{id}/renewal             | 1       | 201   F     201   F    201   F        F   F       | P     F
GET /v1/quotas                             | 0       | 200   200   200   200  200   F        F   F       | 200   F
POST /v1/quotas                            | 1       | 201   F     F     F    F     F        F   F       | 201   F
GET /v1/quotas/{id}                        | 0       | 200   200   200   200  200   F        F   F       | U     F
PUT /v1/quotas/{id}                        | 1       | 200   F     F     F    F     F        F   F       | U     F
POST /v1/quotas/{id}/close                 | 1       | 200   F     F     F    F     F        F   F       | U     F
POST /v1/opportunities/{id}/activities     | 1       | 201   F     201   F    201   F        F   F       | O     F
POST /v1/opportunities/{id}/activities (planned) | 1 | 201   F     201   F    201   F        F   F       | O     F
GET /v1/opportunities/{id}/activities      | 0       | 200   200   200   200  200   F        F   F       | O     F
PATCH /v1/opportunities/{id}/activities/{activity_id} | 1 | 200 F  200   F    200   F        F   F       | O     F
POST /v1/opportunities/{id}/activities/{activity_id}/complete | 1 | 200 A 200 F 200 F        F   F       | O     F
POST /v1/opportunities/{id}/activities/{activity_id}/cancel | 1 | 200 A 200 F  200  F        F   F       | O     F
GET /v1/activities                         | 0       | 200   200   200   200  200   F        F   F       | 200   F
GET /v1/opportunities/{id}/journal         | 0       | 200   200   200   200  200   F        F   F       | O     F
GET /v1/customers/{id}/opportunities       | 0       | 200   200   200   200  200   F        F   F       | C     F
POST /v1/imports/packages                  | 2       | 200   F     F     F    200   F        F   F       | 200   F
GET /v1/opportunities                      | 0       | 200   200   200   200  200   F        F   F       | 200   F
POST /v1/opportunities                     | 1       | 201   F     201   F    201   F        F   F       | C     F
GET /v1/opportunities/{id}                 | 0       | 200   200   O     200  200   F        F   F       | O     F
PATCH /v1/opportunities/{id}               | 1       | 200   F     O     F    200   F        F   F       | O     F
POST /v1/opportunities/{id}/stage          | 1       | 200   F     O     F    200   F        F   F       | O     F
POST /v1/opportunities/{id}/close          | 1       | 200   F     O     F    200   F        F   F       | O     F
POST /v1/opportunities/{id}/suspend        | 1       | 200   F     O     F    200   F        F   F       | O     F
POST /v1/opportunities/{id}/resume         | 1       | 200   F     O     F    200   F        F   F       | O     F
POST /v1/opportunities/{id}/reopen         | 1       | 200   F     O     F    200   F        F   F       | O     F
POST /v1/opportunities/{id}/assign         | 1       | 200   F     O     F    200   F        F   F       | O     F
POST /v1/opportunities/{id}/lines          | 1       | 200   F     O     F    200   F        F   F       | O     F
POST /v1/opportunities/{id}/links          | 1       | 200   F     O     F    200   F        F   F       | O     F
POST /v1/opportunities/{id}/links (company) | 1      | 200   F     O     F    200   F        F   F       | O     F
DELETE /v1/opportunities/{id}/links/{party_id} | 1   | 200   F     O     F    200   F        F   F       | O     F
POST /v1/opportunities/{id}/duplicate      | 1       | 201   F     O     F    201   F        F   F       | O     F
GET /v1/settings/pipeline                  | 0       | 200   200   200   200  200   F        F   F       | 200   F
PUT /v1/settings/pipeline                  | 1       | 200   F     F     F    F     F        F   F       | 200   F
GET /v1/stage-schemes                      | 0       | 200   200   200   200  200   F        F   F       | 200   F
POST /v1/stage-schemes                     | 1       | 201   F     F     F    F     F        F   F       | 201   F
GET /v1/stage-schemes/{id}                 | 0       | 200   200   200   200  200   F        F   F       | G     F
PUT /v1/stage-schemes/{id}                 | 1       | 200   F     F     F    F     F        F   F       | G     F
POST /v1/stage-schemes/{id}/archive        | 1       | 200   F     F     F    F     F        F   F       | G     F
GET /v1/companies                          | 0       | 200   200   200   200  200   F        F   F       | 200   F
POST /v1/companies                         | 1       | 201   F     201   F    201   F        F   F       | 201   F
GET /v1/companies/{id}                     | 0       | 200   200   200   200  200   F        F   F       | E     F
PUT /v1/companies/{id}                     | 1       | 200   F     200   F    200   F        F   F       | E     F
";

/// The status and code behind a letter of the table.
fn outcome(cell: &str) -> (u16, &'static str) {
    match cell {
        "A" => (403, "activity-of-another"),
        "F" => (403, "forbidden"),
        "D" => (409, "creditor-missing"),
        "M" => (404, "creditor-missing"),
        "X" => (412, "version-mismatch"),
        "V" => (403, "email-unverified"),
        "B" => (404, "booking-not-found"),
        "C" => (404, "customer-not-found"),
        "E" => (404, "company-not-found"),
        "G" => (404, "stage-scheme-not-found"),
        "N" => (404, "not-claimed"),
        "O" => (404, "opportunity-not-found"),
        "U" => (404, "quota-not-found"),
        "P" => (404, "package-not-found"),
        "Q" => (404, "quote-not-found"),
        "S" => (404, "service-not-found"),
        "T" => (404, "package-template-not-found"),
        "R" => (422, "customer-required"),
        status => (status.parse().unwrap(), ""),
    }
}

/// Everyone of a business who has a token, in the order of the table.
pub(crate) const CALLERS: [&str; 8] = [
    "owner", "staff", "sales", "read", "write", "stranger", "one", "another",
];

/// A row of the table.
pub(crate) struct Row {
    /// The route, and in parentheses a particular way to use it.
    pub(crate) route: &'static str,
    pub(crate) entries: usize,
    cells: Vec<&'static str>,
    next_door: Vec<&'static str>,
}

/// Every row.
pub(crate) fn rows() -> impl Iterator<Item = Row> {
    let lines = TABLE.trim().lines().skip(1);
    lines.map(|line| {
        let mut columns = line.split('|').map(str::trim);
        let mut column = || columns.next().unwrap();
        let row = Row {
            route: column(),
            entries: column().parse().unwrap(),
            cells: column().split_whitespace().collect(),
            next_door: column().split_whitespace().collect(),
        };
        assert_eq!(row.cells.len(), CALLERS.len(), "{}", row.route);
        row
    })
}

impl Row {
    /// The method and path alone.
    pub(crate) fn plain_route(&self) -> &str {
        self.route.split(" (").next().unwrap()
    }

    /// What `caller` is answered; no code for success.
    pub(crate) fn expected(&self, caller: &str) -> (u16, &'static str) {
        let column = CALLERS.iter().position(|name| *name == caller).unwrap();
        outcome(self.cells[column])
    }

    /// What `caller` of another business is answered: the rights they have come first.
    pub(super) fn next_door(&self, caller: &str) -> (u16, &'static str) {
        match (caller, self.expected(caller)) {
            ("one", _) => outcome(self.next_door[1]),
            (_, (403, "forbidden")) => (403, "forbidden"),
            (_, _) => outcome(self.next_door[0]),
        }
    }
}

/// A token of `caller` in this business.
pub(crate) fn token(business: &Business, caller: &str) -> String {
    let role = match caller {
        "one" => return business.token_of_customer(0),
        "another" => return business.token_of_customer(1),
        "owner" => Role::Owner,
        "staff" => Role::Staff,
        "sales" => Role::Sales,
        "read" | "write" | "stranger" => Role::Machine,
        _ => panic!("{caller} is nobody"),
    };
    let mut claims = Claims::new(role, &business.id, caller);
    if role == Role::Machine {
        claims.scope = Some(match caller {
            "stranger" => "openid another/write".to_owned(),
            scope => format!("openid carnet/{scope}"),
        });
    }
    business.world.tokens().mint(&claims).unwrap()
}

/// What is wrong with an answer, if anything: its status and code, or an answer that is no problem.
pub(super) fn mistake(answer: &Answer, expected: (u16, &str)) -> Option<String> {
    let code = answer.body["code"].as_str().unwrap_or_default();
    if (answer.status, code) != expected {
        return Some(format!("{} {code}, not {expected:?}", answer.status));
    }
    let problem = answer.content_type == "application/problem+json";
    (problem == code.is_empty()).then(|| format!("{} as {}", code, answer.content_type))
}
