//! The dictionaries that somebody names: those of the settings file, and those that are typed.

use super::{Config, Job};
use crate::cli::CheckArgs;
use crate::error::Error;
use crate::read;
use crate::settings::{SAY_LANGUAGE, dictionary_file, no_language};

/// Takes what the settings file says about spelling; its paths count from its folder.
pub(super) fn take_file(job: &mut Job, config: &Config) -> Result<(), Error> {
    let Some(spelling) = &config.file.spelling else { return Ok(()) };
    job.settings.spelling = spelling.settings(&config.source)?;
    let named = spelling.dictionaries(&config.source)?.into_iter();
    job.dictionaries = named.map(|(language, path)| (language, read::shown(&config.folder.join(path)))).collect();
    Ok(())
}

/// Adds the dictionaries that were typed.
pub(super) fn take_flags(job: &mut Job, args: &CheckArgs) -> Result<(), Error> {
    for text in &args.dictionaries {
        let file = dictionary_file(text).ok_or_else(|| Error::new(format!("--dictionary: {}", no_language(text))).help(SAY_LANGUAGE))?;
        job.dictionaries.push(file);
        job.settings.spelling.asked = true;
    }
    Ok(())
}
