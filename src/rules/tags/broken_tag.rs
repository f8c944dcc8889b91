//! A merge tag that is written wrongly.

use super::{is_doubtful, outcome, waiting};
use crate::facts::MergeTag;
use crate::finding::{Finding, Severity};
use crate::rule::{Check, Context, Repair, Rule};
use crate::tags::{Fault, Standing};

pub(in crate::rules) static RULE: Rule = Rule {
    name: "broken-tag",
    severity: Severity::Block,
    summary: "A merge tag is misspelt, not closed, or broken by quotes or formatting",
    repair: Repair::Nothing,
    page: include_str!("broken_tag.md"),
    check: Check::Draft(check),
};

fn check(context: &Context<'_>) -> Vec<Finding> {
    let own = waiting(context).filter(|tag| !matches!(tag.reading.standing, Standing::Foreign(_) | Standing::Build(_)));
    own.filter(|tag| !is_doubtful(tag)).filter_map(|tag| faulty(tag).or_else(|| misspelt(context, tag))).collect()
}

fn faulty(tag: &MergeTag) -> Option<Finding> {
    let fault = tag.reading.fault.as_ref()?;
    let (help, named) = match fault {
        Fault::CloserMissing | Fault::CloserBroken => ("close the tag with the brackets that it begins with", false),
        Fault::OneTooMany => ("remove the last brace", false),
        Fault::OpenerBroken => ("open the tag with the brackets that it ends with", false),
        Fault::SmartQuotes => ("put straight quotation marks in place of the curly ones", false),
        Fault::Markup => ("write the tag anew in one go, and put the formatting around it", false),
        Fault::Entity => ("write the tag anew in the source view, with the plain character", false),
        Fault::Empty => ("write the field's name into the tag, or remove it", false),
        Fault::PercentEncoded => ("write the tag anew in the source view; an editor has encoded its brackets", false),
        Fault::Spaces => ("remove the space", false),
        Fault::WrongCase(_) | Fault::Misnamed(_) | Fault::NoScope(_) => ("write the name as the platform has it", true),
        Fault::Unreadable => ("write it as the platform wants it: `presend dialects` shows how", false),
    };
    let unknown = if named { outcome(tag) } else { String::new() };
    Some(Finding::new(tag.span.clone(), format!("the merge tag {} {}{unknown}", tag.shown(), fault.describe())).help(help))
}

/// A name that is nearly one of the platform's own, or nearly a name that every audience has.
fn misspelt(context: &Context<'_>, tag: &MergeTag) -> Option<Finding> {
    let decision = context.facts.tags.decision.as_ref()?;
    let field = decision.field(&tag.tag)?;
    let right = decision.nearest_tag(&tag.tag)?;
    let same = |name: &&String| name.eq_ignore_ascii_case(field);
    if tag.reading.standing != Standing::Own || context.settings.fields.iter().any(|name| same(&name)) {
        return None;
    }
    let message = format!("the merge tag {} is nearly {right}, and nothing that the platform knows{}", tag.shown(), outcome(tag));
    Some(
        Finding::new(tag.span.clone(), message)
            .help(format!("did you mean `{right}`? If the field is really called so, name it in fields in presend.toml")),
    )
}
