//! Rules about what the law asks of mail to many.

pub(super) mod postal_address_missing;
pub(super) mod promotion_in_service_mail;
pub(super) mod unsubscribe_missing_in_text;
