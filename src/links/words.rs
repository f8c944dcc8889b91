//! The words and hosts by which an address shows that opening it does something, or tells on a person.

/// Parts of a word in a path or query that speak of leaving a list or of its settings, in 15 languages.
pub(super) const LEAVING: &[&str] = &[
    "unsubscribe",
    "unsubscribing",
    "unsub",
    "optout",
    "opt-out",
    "opt_out",
    "listunsub",
    "list-unsubscribe", // English
    "abmelden",
    "abmeldung",
    "austragen",
    "abbestellen", // German
    "desabonner",
    "desabonnement",
    "desinscription",
    "desinscrire",
    "désabonner",
    "désinscription", // French
    "darse-de-baja",
    "dar-de-baja",
    "cancelar-suscripcion",
    "desuscribir",
    "desuscripcion", // Spanish
    "disiscriviti",
    "disiscrizione",
    "cancella-iscrizione",
    "annulla-iscrizione", // Italian
    "cancelar-inscricao",
    "cancelar-subscricao",
    "descadastrar",
    "descadastro", // Portuguese
    "uitschrijven",
    "afmelden", // Dutch
    "avregistrera",
    "avprenumerera",
    "avsluta-prenumeration", // Swedish
    "afmeld",
    "frameld",
    "avmeld",
    "meld-av", // Danish, Norwegian
    "peruuta-tilaus",
    "peru-tilaus", // Finnish
    "wypisz",
    "rezygnacja-z-subskrypcji", // Polish
    "odhlasit",
    "odhlaseni",
    "zrusit-odber", // Czech
    "leiratkozas",
    "leiratkozom", // Hungarian
    "dezabonare",
    "dezabonez", // Romanian
    "abonelikten-cik",
    "listeden-cik", // Turkish
    "otpisatsya",
    "otpiska", // Russian, as written in addresses
];

/// Whole words of a path that speak of a person's own settings or ask for their consent.
pub(super) const PREFERENCES: &[&str] = &[
    "preferences",
    "preference",
    "preference-center",
    "preference-centre",
    "preferencecenter",
    "email-preferences",
    "emailpreferences",
    "manage-preferences",
    "manage_preferences",
    "subscription-center",
    "subscription_center",
    "subscriptioncenter",
    "manage-subscription",
    "manage-subscriptions",
    "managesubscription",
    "manage_subscription",
    "update-profile",
    "update_profile",
    "updateprofile",
    "email-settings",
    "communication-preferences",
];

/// Whole words of a path or values of a query that do something when they are opened.
pub(super) const ACTIONS: &[&str] = &[
    "confirm",
    "confirmation",
    "confirm-email",
    "confirm_email",
    "confirm-subscription",
    "subscribe-confirm",
    "verify",
    "verify-email",
    "verification",
    "activate",
    "activation",
    "double-opt-in",
    "doubleoptin",
    "doi",
    "optin",
    "opt-in",
    "opt_in",
    "one-click",
    "oneclick",
    "one_click",
    "1click",
    "vote",
    "poll-vote",
    "cast-vote",
    "rsvp",
    "accept-invitation",
    "accept-invite",
    "decline",
    "add-to-cart",
    "add_to_cart",
    "addtocart",
    "cart-add",
    "reset-password",
    "password-reset",
    "magic-link",
    "magiclink",
    "delete-account",
    "bestaetigen",
    "bestaetigung",
    "confirmer",
    "confirmar",
    "conferma",
    "bevestigen",
    "potwierdz",
    "bekraefta",
    "bekraft",
];

/// Whole words of a path that hold what a person wants to buy, if `add` comes next.
pub(super) const CARTS: &[&str] = &["cart", "basket", "bag", "wishlist", "warenkorb", "panier", "carrito", "carrello", "winkelwagen"];

/// Names of query parameters that do something whatever their value is.
pub(super) const ACTION_KEYS: &[&str] = &[
    "add-to-cart",
    "add_to_cart",
    "vote",
    "rsvp",
    "nps",
    "nps_score",
    "score",
    "rating",
    "csat",
    "unsubscribe",
    "unsub",
    "optout",
    "opt_out",
    "confirm",
    "confirmation_token",
    "one_click",
    "one-click",
    "reset_password_token",
    "magic_token",
    "login_token",
];

/// Whole words of a path that are there to note that a mail was opened.
pub(super) const OPENS: &[&str] = &[
    "open.gif",
    "open.png",
    "open.php",
    "open.aspx",
    "o.gif",
    "pixel.gif",
    "pixel.png",
    "beacon.gif",
    "trackopen",
    "track-open",
    "wf-open",
];

/// A host, or its end; the beginning of the path; whose it is.
pub(super) type Counter = (&'static str, &'static str, &'static str);

/// Click and open counters of sending platforms: host (or its end), beginning of the path, and whose it is.
///
/// Each link below them is made for one person, so opening it counts as that person's click.
pub(super) const COUNTERS: &[Counter] = &[
    ("list-manage.com", "/track/", "Mailchimp"),
    ("list-manage.com", "/unsubscribe", "Mailchimp"),
    ("list-manage.com", "/profile", "Mailchimp"),
    ("list-manage.com", "/vcard", "Mailchimp"),
    ("list-manage.com", "/about", "Mailchimp"),
    ("list-manage1.com", "/", "Mailchimp"),
    ("mandrillapp.com", "/track/", "Mandrill"),
    ("kmail-lists.com", "/", "Klaviyo"),
    ("klclick.com", "/", "Klaviyo"),
    ("klclick1.com", "/", "Klaviyo"),
    ("klclick2.com", "/", "Klaviyo"),
    ("klclick3.com", "/", "Klaviyo"),
    ("ct.sendgrid.net", "/", "SendGrid"),
    ("sendgrid.net", "/wf/", "SendGrid"),
    ("sendgrid.net", "/ls/", "SendGrid"),
    ("sendgrid.net", "/asm/", "SendGrid"),
    ("hubspotlinks.com", "/", "HubSpot"),
    ("hubspotstarter.net", "/", "HubSpot"),
    ("hubspotemail.net", "/", "HubSpot"),
    ("awstrack.me", "/", "Amazon SES"),
    ("sparkpostmail.com", "/", "SparkPost"),
    ("exct.net", "/", "Salesforce Marketing Cloud"),
    ("exacttarget.com", "/", "Salesforce Marketing Cloud"),
    ("pardot.com", "/e/", "Pardot"),
    ("pardot.com", "/unsubscribe", "Pardot"),
    ("mailgun.org", "/c/", "Mailgun"),
    ("mailgun.org", "/o/", "Mailgun"),
    ("mailgun.org", "/u/", "Mailgun"),
    ("mjt.lu", "/", "Mailjet"),
    ("sibautomation.com", "/", "Brevo"),
    ("sendibm1.com", "/", "Brevo"),
    ("sendibm2.com", "/", "Brevo"),
    ("sendibm3.com", "/", "Brevo"),
    ("sendibt2.com", "/", "Brevo"),
    ("sendibt3.com", "/", "Brevo"),
    ("rs6.net", "/", "Constant Contact"),
    ("constantcontact.com", "/do", "Constant Contact"),
    ("cmail19.com", "/", "Campaign Monitor"),
    ("cmail20.com", "/", "Campaign Monitor"),
    ("createsend.com", "/t/", "Campaign Monitor"),
    ("createsend1.com", "/", "Campaign Monitor"),
    ("convertkit-mail.com", "/", "Kit"),
    ("convertkit-mail2.com", "/", "Kit"),
    ("convertkit-mail3.com", "/", "Kit"),
    ("activehosted.com", "/lt.php", "ActiveCampaign"),
    ("activehosted.com", "/proc.php", "ActiveCampaign"),
    ("acemlna.com", "/", "ActiveCampaign"),
    ("acemlnb.com", "/", "ActiveCampaign"),
    ("acemlnc.com", "/", "ActiveCampaign"),
    ("mlsend.com", "/", "MailerLite"),
    ("mailerlite.com", "/c/", "MailerLite"),
    ("getresponse.com", "/click.html", "GetResponse"),
    ("getresponse.com", "/unsubscribe.html", "GetResponse"),
    ("aweber.com", "/z/", "AWeber"),
    ("iterable.com", "/e/", "Iterable"),
    ("iterable.com", "/u/", "Iterable"),
    ("omnisend.com", "/unsubscribe", "Omnisend"),
    ("omnisendlink.com", "/", "Omnisend"),
    ("customeriomail.com", "/", "Customer.io"),
    ("customer.io", "/e/", "Customer.io"),
    ("dripemail2.com", "/", "Drip"),
    ("list.beehiiv.com", "/", "beehiiv"),
    ("link.mail.beehiiv.com", "/", "beehiiv"),
    ("substack.com", "/redirect/", "Substack"),
    ("responsys.net", "/pub/", "Responsys"),
    ("emsecure.net", "/", "Selligent"),
    ("mkt-tracking.com", "/", "a sending platform"),
];

/// Sites that answer programs with a wall or with the same page for everything, so that asking says nothing.
pub(super) const WALLED: &[(&str, &str)] = &[
    ("linkedin.com", "LinkedIn"),
    ("lnkd.in", "LinkedIn"),
    ("x.com", "X"),
    ("twitter.com", "X"),
    ("t.co", "X"),
    ("facebook.com", "Facebook"),
    ("fb.com", "Facebook"),
    ("fb.me", "Facebook"),
    ("instagram.com", "Instagram"),
    ("tiktok.com", "TikTok"),
    ("threads.net", "Threads"),
    ("threads.com", "Threads"),
];
