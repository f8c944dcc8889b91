//! Pages that want a login or a password first.

use super::super::page::Page;
use super::content::says;
use super::phrases::{LOGIN, ON_REQUEST};
use url::Url;

/// Hosts that do nothing but log people in.
const LOGIN_HOSTS: &[&str] = &[
    "accounts.google.com",
    "login.microsoftonline.com",
    "login.live.com",
    "appleid.apple.com",
    "login.salesforce.com",
    "auth0.com",
    "okta.com",
    "login.yahoo.com",
    "id.atlassian.com",
    "login.shopify.com",
    "accounts.shopify.com",
    "vercel.com",
];

/// A shop that is locked as a whole, by a page that only a password opens.
pub(super) fn locked_shop(url: &Url, page: &Page) -> Option<String> {
    let asks = page.form_actions.iter().any(|action| action.trim_end_matches('/').ends_with("/password"));
    let there = url.path().trim_end_matches('/').ends_with("/password");
    (page.password_field && (asks || there)).then(|| "the shop is locked: it shows its password page to everybody".into())
}

/// A login that stands in front of the page.
pub(super) fn login(first: &Url, last: &Url, page: Option<&Page>) -> Option<String> {
    let moved = first[..url::Position::AfterPath] != last[..url::Position::AfterPath];
    let host = last.host_str().unwrap_or_default();
    let gate = LOGIN_HOSTS.iter().any(|gate| host == *gate || host.ends_with(&format!(".{gate}")));
    if moved
        && gate
        && first.host_str() != Some(host)
        && (host != "vercel.com" || last.path().contains("login") || last.path().contains("sso"))
    {
        return Some(format!("it wants a login: it leads to {host}"));
    }
    if moved && login_path(last) && !login_path(first) {
        return Some(format!("it wants a login: it leads to {}", last.path()));
    }
    let page = page?;
    let asks = says(&page.title, ON_REQUEST).map(|_| &page.title).or_else(|| says(&page.heading, ON_REQUEST).map(|_| &page.heading));
    if let Some(words) = asks.filter(|_| page.text_len <= 2000) {
        return Some(format!("it is not for everybody: the page says “{words}”"));
    }
    let title = says(&page.title, LOGIN).map(|_| &page.title).or_else(|| says(&page.heading, LOGIN).map(|_| &page.heading));
    // Some ask for the name first, and for the password on the page behind.
    let name_first = !page.form_actions.is_empty() || page.pictured;
    if let Some(words) = title.filter(|_| !login_path(first) && !page.password_field && name_first && page.text_len < 300) {
        return Some(format!("it wants a login: the page says “{words}”"));
    }
    if login_path(first) || !page.password_field || page.text_len > 2000 {
        return None;
    }
    if let Some(words) = title {
        return Some(format!("it wants a login: the page says “{words}” and asks for a password"));
    }
    let protected =
        ["password protected", "passwortgeschützt", "protégé par un mot de passe", "protegido con contraseña", "protetta da password"];
    let text = page.text.to_lowercase();
    let words = protected.iter().find(|words| text.contains(**words))?;
    Some(format!("it wants a password: the page says “{words}”"))
}

fn login_path(url: &Url) -> bool {
    let words = ["login", "log-in", "log_in", "signin", "sign-in", "sign_in", "logon", "auth", "sso", "anmelden", "connexion", "inloggen"];
    let mut segments = url.path_segments().into_iter().flatten().map(|segment| segment.split('.').next().unwrap_or(segment).to_lowercase());
    segments.any(|segment| words.contains(&segment.as_str()) || matches!(segment.as_str(), "wp-login" | "accesslogin" | "customer-login"))
}
