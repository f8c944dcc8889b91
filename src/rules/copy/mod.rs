//! Rules about what the copy says.

pub(super) mod chatbot_leftover;
mod comments;
pub(super) mod doubled_word;
pub(super) mod editor_remark;
pub(super) mod empty_list_item;
pub(super) mod empty_mail;
pub(super) mod entity_shown;
pub(super) mod invisible_character;
pub(super) mod list_attached;
pub(super) mod lookalike_letter;
pub(super) mod lorem_ipsum;
pub(super) mod markup_shown;
pub(super) mod misspelling;
pub(super) mod mixed_quotes;
pub(super) mod mixed_up_words;
pub(super) mod mojibake;
pub(super) mod people_in_mail;
pub(super) mod quoted_thread;
pub(super) mod rude_slip;
pub(super) mod secret_in_source;
pub(super) mod telling_comment;
pub(super) mod template_text;
pub(super) mod test_subject;
pub(super) mod unfinished_text;
pub(super) mod unwritten_title;
mod words;
mod slips;
