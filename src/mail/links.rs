//! The addresses of one-time links.

use url::Url;

/// How long the link to a new password works, in Dutch words.
pub const RESET_WORKS_FOR: &str = "24 uur";

/// Where an invitation with this key becomes an account.
#[must_use]
pub fn invitation_address(base_url: &Url, key: &str) -> String {
    address(base_url, "loket-werk/uitnodiging", key)
}

/// Where who holds this key chooses a new password.
#[must_use]
pub fn reset_address(base_url: &Url, key: &str) -> String {
    address(base_url, "loket-werk/nieuw-wachtwoord", key)
}

fn address(base_url: &Url, path: &str, key: &str) -> String {
    let base = base_url.as_str().trim_end_matches('/');
    format!("{base}/{path}?sleutel={key}")
}
