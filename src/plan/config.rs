//! The settings file that holds for a path, and what is asked of it before anything else.

use crate::cli::CheckArgs;
use crate::error::Error;
use crate::read;
use crate::rules;
use crate::settings::{Brief, ConfigFile, FILE_NAME, nearest};
use crate::source::Source;
use crate::tags;
use std::path::{Component, Path, PathBuf};
use std::sync::Arc;

/// A settings file that was read, and the folder from which its paths count.
pub(super) struct Config {
    pub(super) file: ConfigFile,
    pub(super) source: Arc<Source>,
    pub(super) folder: PathBuf,
}

impl Config {
    /// Whether it lives in this folder, so that naming the folder means its campaigns.
    pub(super) fn is_home_of(&self, path: &str) -> bool {
        let clean = |path: &Path| path.components().filter(|part| *part != Component::CurDir).collect::<PathBuf>();
        clean(&self.folder) == clean(Path::new(path))
    }
}

/// The settings file that holds for a path: the one that was named, the one beside the draft, or the one here.
pub(super) fn config_for(args: &CheckArgs, path: &str) -> Result<Option<Config>, Error> {
    let given = args.config.as_ref().map(PathBuf::from);
    let beside = if Path::new(path).is_dir() {
        Path::new(path).to_owned()
    } else {
        Path::new(path).parent().map(Path::to_owned).unwrap_or_default()
    };
    let beside = if path == read::STANDARD_INPUT { PathBuf::new() } else { beside };
    let found = || [beside.join(FILE_NAME), PathBuf::from(FILE_NAME)].into_iter().find(|file| read::exists(file));
    let above = || read::folders_above(&beside).into_iter().map(|folder| folder.join(FILE_NAME)).find(|file| read::exists(file));
    let Some(file) = given.or_else(found).or_else(above) else { return Ok(None) };
    let name = file.strip_prefix("./").unwrap_or(&file).to_string_lossy().into_owned();
    let bytes = read::bytes(&name, "settings file")?;
    let text =
        String::from_utf8(bytes).map_err(|_| Error::in_file(&name, "this settings file is not UTF-8 text").help("save it as UTF-8"))?;
    let source = Source::file(name, text);
    let config = ConfigFile::parse(&source)?;
    let named = config.waiver.iter().map(|entry| &entry.rule).chain(config.expected.iter().map(|entry| &entry.rule));
    for rule in config.rules.keys().chain(named) {
        check_rule_name(rule, &source)?;
    }
    let folder = file.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new(".")).to_owned();
    Ok(Some(Config { file: config, source, folder }))
}

fn check_rule_name(rule: &toml::Spanned<String>, source: &Arc<Source>) -> Result<(), Error> {
    let name = rule.get_ref().as_str();
    if rules::by_name(name).is_some() {
        return Ok(());
    }
    let error = Error::at(&source.span(rule.span()), format!("there is no rule `{name}`"));
    Err(match nearest(name, rules::RULES.iter().map(|rule| rule.name)) {
        Some(near) => error.help(format!("did you mean `{near}`?")),
        None => error.help("`presend rules` lists all rules"),
    })
}

pub(super) fn check_platform(brief: &Brief, source: &Arc<Source>) -> Result<(), Error> {
    let Some(esp) = brief.esp.as_ref().filter(|esp| tags::by_name(esp.get_ref()).is_none()) else { return Ok(()) };
    let error = Error::at(&source.span(esp.span()), format!("there is no platform `{}`", esp.get_ref()));
    Err(match tags::nearest(esp.get_ref()) {
        Some(near) => error.help(format!("did you mean `{near}`? `presend dialects` lists all platforms")),
        None => error.help("`presend dialects` lists all platforms"),
    })
}
