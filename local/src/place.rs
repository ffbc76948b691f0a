//! Where a table is, as options say it.

use axum::http::Uri;

/// # Errors
/// What an address looks like.
pub(crate) fn http_address(text: &str) -> Result<String, &'static str> {
    match text.parse::<Uri>() {
        Ok(uri) if uri.scheme_str() == Some("http") => Ok(text.to_owned()),
        Ok(_) | Err(_) => Err("an address looks like http://127.0.0.1:8000"),
    }
}

/// # Errors
/// What a name is made of.
pub(crate) fn table_name(text: &str) -> Result<String, &'static str> {
    let allowed = |c: char| c.is_ascii_alphanumeric() || "_.-".contains(c);
    if (3..=255).contains(&text.len()) && text.chars().all(allowed) {
        Ok(text.to_owned())
    } else {
        Err("a table's name is 3 to 255 letters, digits or any of _ . -")
    }
}
