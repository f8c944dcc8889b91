//! How pages say in English what became of what was linked: a thing, and its fate.

/// Things, and what may have become of them; all lower case, with straight apostrophes.
pub(super) struct Sentence {
    pub(super) things: &'static [&'static str],
    pub(super) fates: &'static [&'static str],
}

/// A page that is not there.
#[rustfmt::skip]
pub(super) const LOST: Sentence = Sentence {
    things: &["page", "webpage", "web page", "page you requested", "page you are looking for", "page you're looking for",
        "page you were looking for", "requested page", "file", "link", "url", "document", "article", "post", "content", "listing", "video"],
    fates: &["not found", "was not found", "wasn't found", "cannot be found", "can't be found", "could not be found", "couldn't be found",
        "does not exist", "doesn't exist", "no longer exists", "is not available", "isn't available", "is unavailable",
        "is no longer available", "is no longer valid", "has been moved", "has been moved or deleted", "has been moved or removed",
        "has been removed", "has been deleted", "was removed", "was deleted", "has moved", "may have been moved", "has gone missing", "is private",
        "has expired", "is missing"],
};

/// A product that cannot be bought.
#[rustfmt::skip]
pub(super) const GONE: Sentence = Sentence {
    things: &["product", "item", "article", "variant", "size", "ticket", "tickets", "all tickets", "event"],
    fates: &["is sold out", "are sold out", "sold out", "is out of stock", "out of stock", "is no longer available", "are no longer available",
        "is currently unavailable", "is unavailable", "has been discontinued", "is discontinued", "is no longer for sale"],
};

/// An offer or an event that is over.
#[rustfmt::skip]
pub(super) const OVER: Sentence = Sentence {
    things: &["offer", "sale", "flash sale", "promotion", "promo", "deal", "campaign", "discount", "voucher", "coupon", "coupon code",
        "promo code", "discount code", "voucher code", "code", "gift card", "event", "webinar", "workshop", "course", "contest", "competition",
        "giveaway", "prize draw", "raffle", "survey", "poll", "vote", "voting", "form", "registration", "applications", "booking", "auction",
        "pre-order", "position", "job", "vacancy", "role", "invitation", "livestream", "live stream"],
    fates: &["has ended", "ended", "is over", "has expired", "expired", "is closed", "are closed", "has closed", "have closed", "is now closed",
        "are now closed", "closed", "is no longer valid", "is not valid", "is invalid", "is no longer available", "is no longer active",
        "is no longer open", "has finished", "is finished", "has passed", "has been filled", "is filled", "has been cancelled",
        "has been canceled", "was cancelled", "is cancelled", "has been postponed", "has already taken place"],
};

/// A site that is not open.
#[rustfmt::skip]
pub(super) const SHUT: Sentence = Sentence {
    things: &["site", "website", "web site", "shop", "store", "online shop", "online store", "account", "service", "server"],
    fates: &["is closed", "is temporarily closed", "is offline", "is currently offline", "is down", "is down for maintenance",
        "is under maintenance", "is undergoing maintenance", "is under construction", "is unavailable", "is temporarily unavailable",
        "is currently unavailable", "is not available", "has been suspended", "has been disabled", "has been deactivated", "is suspended",
        "is disabled", "is coming soon", "is opening soon", "will be back soon"],
};

/// What programs behind sites say when they break, in the text of small pages.
pub(super) const CRASHES: [&str; 7] = [
    "fatal error: uncaught",
    "there has been a critical error on this website",
    "parse error: syntax error",
    "traceback (most recent call last)",
    "error establishing a database connection",
    "unhandled exception",
    "we're sorry, but something went wrong",
];
