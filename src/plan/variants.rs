//! The drafts of a campaign, and which of them are one mail in other words or in another language.

use super::Config;
use crate::error::Error;
use crate::read;
use crate::settings::Brief;
use std::ops::Range;

/// What a draft is among those that are one mail.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Variant {
    /// The settings file and the number of the campaign in it: the same for all that belong together.
    pub group: String,
    /// What it is called: "variant A", "de", "de, variant B".
    pub label: String,
    /// Its language as the settings file has it, where it has one.
    pub language: Option<String>,
}

/// One draft of a campaign.
pub(super) struct Member {
    pub(super) draft: String,
    pub(super) variant: Option<Variant>,
}

/// Every draft of a campaign, in the order of the settings file.
///
/// # Errors
/// A pattern that matches nothing, or a language that is not known.
pub(super) fn members(config: &Config, index: usize, campaign: &Brief) -> Result<Vec<Member>, Error> {
    let group = || format!("{}#{index}", config.source.name());
    let mut members = Vec::new();
    for pattern in campaign.drafts.iter().flatten() {
        let drafts = matching(config, pattern.get_ref(), pattern.span())?;
        members.extend(drafts.into_iter().map(|draft| Member { draft, variant: None }));
    }
    let mut variants = Vec::new();
    for pattern in campaign.variants.iter().flatten() {
        variants.extend(matching(config, pattern.get_ref(), pattern.span())?);
    }
    members.extend(variants.into_iter().enumerate().map(|(at, draft)| Member {
        draft,
        variant: Some(Variant { group: group(), label: format!("variant {}", letter(at)), language: None }),
    }));
    let mut languages: Vec<_> = campaign.languages.iter().flatten().collect();
    languages.sort_by_key(|(name, _)| name.span().start);
    for (name, patterns) in languages {
        let mut drafts = Vec::new();
        for pattern in patterns.get_ref().patterns() {
            drafts.extend(matching(config, pattern, patterns.span())?);
        }
        let several = drafts.len() > 1;
        members.extend(drafts.into_iter().enumerate().map(|(at, draft)| {
            let label = if several { format!("{}, variant {}", name.get_ref(), letter(at)) } else { name.get_ref().clone() };
            Member { draft, variant: Some(Variant { group: group(), label, language: Some(name.get_ref().clone()) }) }
        }));
    }
    Ok(members)
}

fn matching(config: &Config, pattern: &str, place: Range<usize>) -> Result<Vec<String>, Error> {
    read::matching(&config.folder, pattern).map_err(|error| {
        Error::at(&config.source.span(place), error.message()).help(error.remedy().unwrap_or("check the pattern").to_owned())
    })
}

/// A, B, C…; behind Z it goes on in numbers.
fn letter(at: usize) -> String {
    let letter = u8::try_from(at).ok().filter(|at| *at < 26).map(|at| char::from(b'A' + at));
    letter.map_or_else(|| (at + 1).to_string(), String::from)
}
