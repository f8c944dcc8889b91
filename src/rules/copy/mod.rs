//! Rules about what the copy says.

pub(super) mod lorem_ipsum;
pub(super) mod test_subject;
pub(super) mod unfinished_text;
