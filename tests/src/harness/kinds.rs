//! What kind of item stands under a key.

/// Its kind, in a word or two: an entry by what it is of.
pub(super) fn kind_of(pk: &str, sk: &str) -> String {
    let parts: Vec<&str> = pk.split('#').collect();
    let kind = match parts.as_slice() {
        ["DUE", "ANEW"] => "AGENDA-ANEW",
        ["DUE", "REACHED"] => "AGENDA-REACHED",
        ["DUE", "SET-ASIDE"] => "SET-ASIDE",
        ["DUE", ..] => "DUE",
        ["PAYMENT", _] if sk == "PACKAGE" => "PAYMENT",
        ["PAYMENT", _] => "PAYMENT-RETURN",
        ["B", _] => sk,
        ["B", _, "C", _] => of_customer(sk),
        ["B", _, "E", of] => return of_entry(of, sk),
        ["B", _, "BK", _] if sk == "BOOKING" => "BOOKING",
        ["B", _, "BK", _] => "BOOKING-STEP",
        ["B", _, "O", _] if sk == "OPPORTUNITY" => "OPPORTUNITY",
        ["B", _, "O", _] => "ACTIVITY",
        ["B", _, "O", _, "KEYS"] => "ACTIVITY-KEY",
        ["B", _, "R", _, "SEEN"] => "MARK",
        ["B", _, "R", ..] => "ROW",
        ["B", _, of, ..] => of_business(of),
        _ => panic!("{pk} is new: say here what it is"),
    };
    kind.to_owned()
}

fn of_customer(sk: &str) -> &str {
    match sk.split('#').next() {
        Some("PROFILE") => "CUSTOMER",
        Some("PKG") => "PACKAGE",
        Some("SHARED") => "SHARED",
        Some("MANDATE") => "MANDATE",
        _ => panic!("{sk} is new: say here what it is"),
    }
}

fn of_business(partition: &str) -> &str {
    match partition {
        "SERVICES" => "SERVICE",
        "TEMPLATES" => "TEMPLATE",
        "SCHEMES" => "SCHEME",
        "SCHEME-STEPS" => "SCHEME-STEP",
        "COMPANIES" => "COMPANY",
        "QUOTAS" => "QUOTA",
        "QUOTA" => "COUNTED",
        "EMAIL" => "EMAIL",
        "ACCOUNT" => "ACCOUNT",
        "NAMES" => "NAME",
        "N" => "NOTICE",
        "ALSO" => "COPY",
        "Q" => "QUOTE",
        partition => panic!("{partition} is new: say here what it is"),
    }
}

/// An entry among those of `of`: of a record's version, or of what is done to a package.
fn of_entry(of: &str, sk: &str) -> String {
    let kind = match (of.split('_').next().unwrap_or(of), sk.split('#').next()) {
        (_, Some("SALE")) => "sale",
        (_, Some("K")) => "package",
        (_, Some("R")) => "return",
        (_, Some("D")) => "rejection",
        (_, Some("MANDATE")) => "mandate",
        ("collections", _) => "collection",
        ("svc", _) => "service",
        ("tpl", _) => "template",
        ("cus", _) => "customer",
        ("sch", _) => "scheme",
        ("opp", _) => "opportunity",
        ("com", _) => "company",
        ("qta", _) => "quota",
        ("settings" | "creditor" | "pipeline", _) => of,
        _ => panic!("{of} {sk} is new: say here what it is"),
    };
    format!("ENTRY of {kind}")
}
