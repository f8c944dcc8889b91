//! A stand-in such as `[First Name]` where a merge tag, or the real word, belongs.

use crate::facts::{Greeting, Named};
use crate::finding::{Finding, Severity};
use crate::rule::{Check, Context, Repair, Rule};
use crate::source::Span;
use crate::tags::{Basis, Standing};

pub(in crate::rules) static RULE: Rule = Rule {
    name: "stand-in-name",
    severity: Severity::Block,
    summary: "The mail says `[First Name]`, FIRSTNAME or `[Company]` where a merge tag or the real name belongs",
    repair: Repair::Nothing,
    page: include_str!("stand_in_name.md"),
    check: Check::Draft(check),
};

fn check(context: &Context<'_>) -> Vec<Finding> {
    let greetings: Vec<&Greeting> = context.facts.greetings.iter().filter(|greeting| is_stand_in(greeting, context)).collect();
    let anywhere = context.facts.stand_ins.iter();
    let others = anywhere
        .filter(|other| !is_tag(&other.span, context) && !greetings.iter().any(|greeting| greeting.name_span.overlaps(&other.span)));
    let help = "put in the merge tag of your platform, or the real words";
    let others = others.map(|other| Finding::new(other.span.clone(), format!("\"{}\" was to be replaced by hand", other.text)).help(help));
    let greetings = greetings.iter().map(|greeting| {
        let message = format!("the greeting will read \"{}\" to everybody", greeting.span.text());
        Finding::new(greeting.name_span.clone(), message)
            .help("put the merge tag of your platform in place of the stand-in, with a fallback for people without a name")
    });
    greetings.chain(others).collect()
}

fn is_stand_in(greeting: &Greeting, context: &Context<'_>) -> bool {
    match greeting.named {
        Named::StandIn => !is_tag(&greeting.name_span, context),
        Named::Tag => is_nobodys(&greeting.name) && knows_its_platform(context) && !is_tag(&greeting.name_span, context),
        _ => false,
    }
}

/// Whether a merge tag of any kind was read at a place: the rules about tags look at it.
fn is_tag(span: &Span, context: &Context<'_>) -> bool {
    context.facts.tags.tags.iter().any(|tag| tag.span.overlaps(span) && !matches!(tag.reading.standing, Standing::Neutral))
}

/// Words in brackets that some platform would read, and the draft's does not: `{Name}`, `%name%`, `#name#`.
fn is_nobodys(name: &str) -> bool {
    let inner = ["{}", "%%", "##", "$$"].iter().find_map(|pair| {
        let (open, close) = pair.split_at(1);
        name.strip_prefix(open)?.strip_suffix(close)
    });
    inner.is_some_and(|inner| !inner.is_empty() && inner.chars().all(|c| c.is_alphanumeric() || matches!(c, ' ' | '_' | '.')))
}

/// Whether it is beyond doubt which platform fills the draft in.
fn knows_its_platform(context: &Context<'_>) -> bool {
    let Some(decision) = &context.facts.tags.decision else { return false };
    let named = matches!(decision.basis, Basis::Setting | Basis::Header(_));
    !decision.dialects.is_empty() && (named || context.facts.tags.tags.iter().any(|tag| tag.reading.standing == Standing::Own))
}
