//! Rules about what stands on the envelope: subject line, sender, addressees, headers.

pub(in crate::rules) mod mailboxes;

pub(super) mod exposed_recipients;
pub(super) mod fake_reply;
pub(super) mod faulty_headers;
pub(super) mod foreign_reply_to;
pub(super) mod foreign_sender;
pub(super) mod free_mail_sender;
pub(super) mod leaking_preheader;
pub(super) mod missing_preheader;
pub(super) mod unread_reply_address;
pub(super) mod one_click_missing;
pub(super) mod sender_missing;
pub(super) mod shouted_subject;
pub(super) mod subject_cut;
pub(super) mod subject_line_break;
pub(super) mod subject_missing;
mod preview;
