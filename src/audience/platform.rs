//! The list exports of the platforms, as data: how to tell them, and what their status columns mean.
//!
//! Names of columns are written as `simplify` leaves them: no case, no blanks, no marks. Where a source is not
//! named the headers are those of real exports of the platform.

use super::standing::Signal::{self, Filled, Holds, Words, YesNo};
use super::standing::Standing::{self, Bounced, Mailable, NeverSubscribed, OptedOut, Unknown};

/// One kind of export.
#[derive(Debug)]
pub(super) struct Platform {
    /// The platform and the kind of export, in words.
    pub(super) name: &'static str,
    /// Columns that must all be there.
    needs: &'static [&'static str],
    /// Columns that are not in `needs` speak against it: its columns are what any list could have.
    exact: bool,
    /// The address stands in the first column whatever its name.
    pub(super) address_first: bool,
    /// What every row of this export is, where the file itself is the status.
    pub(super) everybody: Standing,
    /// What its columns say about a row.
    pub(super) signals: &'static [Signal],
}

impl Platform {
    pub(super) fn fits(&self, simple: &[String]) -> bool {
        self.needs.iter().all(|need| simple.iter().any(|name| name == need)) && !(self.exact && simple.len() > self.needs.len())
    }
}

/// Names of an address column, the surest first.
pub(super) const ADDRESS: &[&str] = &[
    "email",
    "emailaddress",
    "mail",
    "emailadresse",
    "adresseemail",
    "adressemail",
    "correoelectronico",
    "correoelectrónico",
    "correo",
    "emailid",
    "contactemail",
    "subscriberemail",
    "customeremail",
    "useremail",
    "mailaddress",
    "mailadresse",
    "indirizzoemail",
    "emailaddr",
    "eposta",
    "epost",
    "epostadress",
    "emailadres",
    "endereçodeemail",
    "email1value",
    "recipient",
    "recipientemail",
    "primaryemail",
];
/// Names of a first-name column.
pub(super) const FIRST_NAME: &[&str] =
    &["firstname", "fname", "givenname", "first", "vorname", "prénom", "prenom", "nombre", "nome", "voornaam", "forename"];
/// Names of a last-name column.
pub(super) const LAST_NAME: &[&str] =
    &["lastname", "lname", "surname", "familyname", "last", "nachname", "nom", "apellidos", "apellido", "cognome", "achternaam"];
/// Names of a column with the whole name.
pub(super) const FULL_NAME: &[&str] = &["name", "fullname", "displayname", "customername", "contactname"];
/// Names of a language column.
pub(super) const LANGUAGE: &[&str] = &["language", "lang", "locale", "preferredlanguage", "sprache", "langue", "idioma", "lingua", "taal"];

/// Names of a column with the country.
pub(super) const COUNTRY: &[&str] = &[
    "country",
    "countrycode",
    "countryregion",
    "cc",
    "defaultaddresscountrycode",
    "shippingcountry",
    "billingcountry",
    "land",
    "pays",
    "país",
    "pais",
    "paese",
];
/// Names of a column with the day on which somebody said yes to mail.
pub(super) const CONSENT: &[&str] = &[
    "emailmarketingconsenttimestamp",
    "consenttimestamp",
    "consentdate",
    "consentat",
    "consentgivenat",
    "confirmtime",
    "confirmedat",
    "optintime",
    "optindate",
    "optinat",
    "optedinat",
    "datesubscribed",
    "subscribedat",
    "subscriptiondate",
];
/// Names of a column with the topics to which somebody said yes.
pub(super) const TOPICS: &[&str] =
    &["topics", "topic", "interests", "consenttopics", "consenttopic", "preferences", "subscriptions", "mailingtopics", "themen"];

const fn platform(name: &'static str, needs: &'static [&'static str], signals: &'static [Signal]) -> Platform {
    Platform { name, needs, exact: false, address_first: false, everybody: Unknown, signals }
}

const fn exactly(name: &'static str, needs: &'static [&'static str], signals: &'static [Signal]) -> Platform {
    Platform { name, needs, exact: true, address_first: false, everybody: Unknown, signals }
}

const fn mailchimp(name: &'static str, needs: &'static [&'static str], everybody: Standing) -> Platform {
    Platform { name, needs, exact: false, address_first: true, everybody, signals: &[] }
}

/// Every known kind of export; the first that fits is taken.
pub(super) static PLATFORMS: &[Platform] = &[
    // Mailchimp writes one file for each status, and no column with it.
    mailchimp("Mailchimp, unsubscribed", &["unsubtime", "leid", "euid"], OptedOut),
    mailchimp("Mailchimp, cleaned", &["cleantime", "leid", "euid"], Bounced),
    mailchimp("Mailchimp, subscribed", &["memberrating", "leid", "euid"], Mailable),
    platform(
        "Klaviyo, suppressed",
        &["email", "reason", "timestamp"],
        &[Words(
            "reason",
            &[
                ("hardbounce", Bounced),
                ("invalidemail", Bounced),
                ("unsubscribe", OptedOut),
                ("unsubscribed", OptedOut),
                ("usersuppressed", OptedOut),
                ("spamcomplaint", OptedOut),
            ],
            OptedOut,
        )],
    ),
    // A blank consent is "never subscribed", and such profiles are mailed all the same:
    // https://help.klaviyo.com/hc/en-us/articles/360043841811
    platform(
        "Klaviyo",
        &["klaviyoid", "email"],
        &[
            Words(
                "emailmarketingconsent",
                &[("subscribed", Mailable), ("subscribe", Mailable), ("unsubscribed", OptedOut), ("neversubscribed", NeverSubscribed)],
                NeverSubscribed,
            ),
            Holds("emailsuppressions", &[("hardbounce", Bounced), ("invalidemail", Bounced)], OptedOut),
        ],
    ),
    // "no" is said both of people who never subscribed and of people who left; neither may be sent marketing.
    platform("Shopify", &["email", "acceptsemailmarketing"], &[YesNo("acceptsemailmarketing", Mailable, OptedOut)]),
    platform("HubSpot", &["recordid", "email"], HUBSPOT),
    platform("HubSpot", &["contactid", "email", "lifecyclestage"], HUBSPOT),
    platform(
        "Constant Contact",
        &["emailaddress", "emailstatus"],
        &[
            Words(
                "emailstatus",
                &[
                    ("active", Mailable),
                    ("unsubscribed", OptedOut),
                    ("bounced", Bounced),
                    ("awaitingconfirmation", NeverSubscribed),
                    ("optedout", OptedOut),
                ],
                Unknown,
            ),
            Words(
                "emailpermissionstatus",
                &[
                    ("express", Mailable),
                    ("implied", Mailable),
                    ("unsubscribed", OptedOut),
                    ("optout", OptedOut),
                    ("nopermissionsset", NeverSubscribed),
                    ("awaitingconfirmation", NeverSubscribed),
                ],
                Unknown,
            ),
        ],
    ),
    platform("Brevo", &["email", "emailblacklisted"], &[YesNo("emailblacklisted", OptedOut, Mailable)]),
    platform(
        "Beehiiv",
        &["email", "status", "tier", "stripecustomerid"],
        &[
            Words(
                "status",
                &[
                    ("active", Mailable),
                    ("inactive", OptedOut),
                    ("pending", NeverSubscribed),
                    ("validating", NeverSubscribed),
                    ("invalid", Bounced),
                ],
                Unknown,
            ),
            Filled("unsubscribedat", OptedOut),
        ],
    ),
    platform("Substack", &["email", "activesubscription", "emaildisabled"], &[YesNo("emaildisabled", OptedOut, Mailable)]),
    platform("Substack, paid", &["email", "emaildisabled", "stripeconnectedcustomerid"], &[YesNo("emaildisabled", OptedOut, Mailable)]),
    platform("Ghost", &["email", "subscribedtoemails"], &[YesNo("subscribedtoemails", Mailable, OptedOut), Filled("deletedat", OptedOut)]),
    // https://github.com/buttondown/docs
    platform(
        "Buttondown",
        &["email", "subscribertype"],
        &[
            Words(
                "subscribertype",
                &[
                    ("regular", Mailable),
                    ("premium", Mailable),
                    ("gifted", Mailable),
                    ("trialed", Mailable),
                    ("churned", Mailable),
                    ("pastdue", Mailable),
                    ("unactivated", NeverSubscribed),
                    ("unsubscribed", OptedOut),
                    ("removed", OptedOut),
                    ("complained", OptedOut),
                    ("spammy", OptedOut),
                    ("blocked", OptedOut),
                    ("undeliverable", Bounced),
                ],
                Unknown,
            ),
            Filled("unsubscriptiondate", OptedOut),
        ],
    ),
    // What a person said about one list of listmonk does not stand in this file.
    platform(
        "listmonk",
        &["uuid", "email", "attributes", "status"],
        &[Words("status", &[("enabled", Mailable), ("disabled", OptedOut), ("blocklisted", OptedOut)], Unknown)],
    ),
    platform("Stripe", &["email", "createdutc", "delinquent"], &[]),
    platform("WooCommerce", &["email", "orders", "aov"], &[]),
    platform("WooCommerce", &["email", "username", "totalspend"], &[]),
    platform("Squarespace", &["emailaddress", "datesubscribed"], &[]),
    platform(
        "ActiveCampaign",
        &["email", "datecreated", "ip", "status"],
        &[Words(
            "status",
            &[("active", Mailable), ("unconfirmed", NeverSubscribed), ("unsubscribed", OptedOut), ("bounced", Bounced)],
            Unknown,
        )],
    ),
    platform("Kit", &["emailaddress", "state", "createdat"], KIT),
    exactly("Kit", &["email", "firstname", "status", "createdat", "tags"], KIT),
    exactly("Kit", &["email", "firstname", "state", "createdat"], KIT),
    platform(
        "Braze",
        &["email", "emailsubscribe"],
        &[Words("emailsubscribe", &[("optedin", Mailable), ("subscribed", Mailable), ("unsubscribed", OptedOut)], Unknown)],
    ),
];

const HUBSPOT: &[Signal] = &[
    YesNo("unsubscribedfromallemail", OptedOut, Unknown),
    YesNo("optedoutofallemail", OptedOut, Unknown),
    YesNo("hsemailoptout", OptedOut, Unknown),
    Words("marketingcontactstatus", &[("marketingcontact", Mailable), ("nonmarketingcontact", NeverSubscribed)], Unknown),
    Filled("emailhardbouncereason", Bounced),
    Filled("hsemailhardbouncereasonenum", Bounced),
];

/// An `inactive` person has not confirmed yet.
const KIT: &[Signal] = &[Words("state", KIT_WORDS, Unknown), Words("status", KIT_WORDS, Unknown)];
const KIT_WORDS: &[(&str, Standing)] =
    &[("active", Mailable), ("inactive", NeverSubscribed), ("cancelled", OptedOut), ("complained", OptedOut), ("bounced", Bounced)];

/// What is understood in a list of nobody in particular: only words that mean mail and nothing else,
/// because "cancelled" and "pending" may be orders, and "active" a bicycle club.
pub(super) const PLAIN: &[Signal] = &[
    Words("status", PLAIN_WORDS, Unknown),
    Words("emailstatus", PLAIN_WORDS, Unknown),
    Words("subscriptionstatus", PLAIN_WORDS, Unknown),
    Words("subscriberstatus", PLAIN_WORDS, Unknown),
    Words("emailmarketingconsent", PLAIN_WORDS, NeverSubscribed),
    Words("consent", PLAIN_WORDS, Unknown),
    YesNo("unsubscribed", OptedOut, Unknown),
    YesNo("optedout", OptedOut, Unknown),
    YesNo("optout", OptedOut, Unknown),
    YesNo("emailoptout", OptedOut, Unknown),
    YesNo("hasoptedoutofemail", OptedOut, Unknown),
    YesNo("donotemail", OptedOut, Unknown),
    YesNo("bounced", Bounced, Unknown),
    YesNo("subscribed", Mailable, OptedOut),
    YesNo("acceptsmarketing", Mailable, OptedOut),
    Filled("unsubscribedat", OptedOut),
    Filled("unsubscribedate", OptedOut),
    Filled("optoutdate", OptedOut),
    Filled("bouncedat", Bounced),
];
const PLAIN_WORDS: &[(&str, Standing)] = &[
    ("subscribed", Mailable),
    ("optedin", Mailable),
    ("optin", Mailable),
    ("unsubscribed", OptedOut),
    ("unsubscribe", OptedOut),
    ("optedout", OptedOut),
    ("optout", OptedOut),
    ("complained", OptedOut),
    ("suppressed", OptedOut),
    ("blocklisted", OptedOut),
    ("donotmail", OptedOut),
    ("bounced", Bounced),
    ("hardbounce", Bounced),
    ("hardbounced", Bounced),
    ("cleaned", Bounced),
    ("neversubscribed", NeverSubscribed),
    ("unconfirmed", NeverSubscribed),
];
