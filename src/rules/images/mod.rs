//! Rules about pictures.

pub(super) mod file_name_alt;
pub(super) mod group;
pub(super) mod heavy_image;
pub(super) mod image_only_mail;
pub(super) mod inline_image_data;
pub(super) mod insecure_image;
pub(super) mod local_image;
pub(super) mod mislabelled_image;
pub(super) mod missing_alt;
pub(super) mod missing_image;
pub(super) mod placeholder_image;
pub(super) mod stretched_image;
pub(super) mod unshown_image;
