//! How the links of a draft are asked: the `[links]` section, with what was typed over it.

use super::Config;
use crate::cli::CheckArgs;
use crate::error::Error;
use crate::read;
use crate::settings::{LinkSettings, parse_duration};
use std::path::Path;

/// The file in which good answers are kept, unless another is named.
const CACHE_FILE: &str = "presend-cache.json";

/// What holds for the links of a draft. Files that the settings file names count from its folder.
pub(super) fn settings(args: &CheckArgs, config: Option<&Config>) -> Result<LinkSettings, Error> {
    let mut links = config.map(|config| config.file.links.clone()).unwrap_or_default();
    let folder = config.map_or(Path::new(""), |config| config.folder.as_path());
    for file in [&mut links.ca_file, &mut links.cache_file].into_iter().flatten() {
        *file = read::shown(&folder.join(&file));
    }
    links.offline |= args.offline;
    let asking = &args.asking;
    links.skip.extend(asking.skip.iter().cloned());
    links.allow_private.extend(asking.allow_private.iter().cloned());
    links.deadline = asking.deadline.or(links.deadline);
    let over = |to: &mut Option<String>, from: &Option<String>| {
        if from.is_some() {
            to.clone_from(from);
        }
    };
    over(&mut links.proxy, &asking.proxy);
    over(&mut links.ca_file, &asking.ca_file);
    over(&mut links.accept_language, &asking.accept_language);
    over(&mut links.user_agent, &asking.user_agent);
    over(&mut links.cache_file, &asking.cache_file);
    for header in &asking.headers {
        let (name, value) = header.split_once(':').ok_or_else(|| {
            Error::new(format!("--header {header}: there is no `:` between name and value")).help("write it as --header \"X-Preview: yes\"")
        })?;
        links.headers.insert(name.trim().to_owned(), value.trim().to_owned());
    }
    if let Some(text) = &asking.cache {
        let time = parse_duration(text);
        links.cache = Some(time.ok_or_else(|| {
            Error::new(format!("--cache {text}: this is not a length of time")).help("write it as --cache 15m or --cache 2h")
        })?);
    }
    if links.cache.is_some() && links.cache_file.is_none() {
        links.cache_file = Some(read::shown(&folder.join(CACHE_FILE)));
    }
    Ok(links)
}
