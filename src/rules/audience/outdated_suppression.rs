//! People who left since the list of them was exported.

use crate::audience::{Audience, ListFacts};
use crate::finding::{Finding, Severity};
use crate::rule::{Check, Context, Repair, Rule};
use crate::settings::Role;

pub(in crate::rules) static RULE: Rule = Rule {
    name: "outdated-suppression",
    severity: Severity::Warn,
    summary: "A list of people who must not be mailed is older than the send list",
    repair: Repair::StopSending,
    page: include_str!("outdated_suppression.md"),
    check: Check::Asked(|_, audience| audience.is_some_and(can_tell), check),
};

/// People who must not be mailed.
const ROLES: [Role; 3] = [Role::Unsubscribed, Role::DoNotMail, Role::Bounced];

/// Whether lists of both kinds say of which day they are.
fn can_tell(audience: &Audience) -> bool {
    let dated = |is: &dyn Fn(Role) -> bool| audience.lists.iter().any(|list| list.day.is_some() && is(list.role));
    dated(&|role| role == Role::Send) && dated(&|role| ROLES.contains(&role))
}

fn check(context: &Context<'_>, audience: &Audience) -> Vec<Finding> {
    let send = audience.lists.iter().filter(|list| list.role == Role::Send);
    let Some((newest, to)) = send.filter_map(|list| Some((list.day?, list))).max_by_key(|(day, _)| *day) else { return Vec::new() };
    let older = audience.lists.iter().filter(|list| ROLES.contains(&list.role) && list.day.is_some_and(|day| day < newest));
    let finding = |list: &ListFacts| {
        let day = list.day.map(|day| day.to_string()).unwrap_or_default();
        let message = format!("{} is of {day}, and {} of {newest}: who left in between would still get this mail", list.path, to.path);
        let of = audience.send_size();
        Finding::new(context.headline(), message).reach(of, of).help(format!("export {} again", list.path))
    };
    older.map(finding).collect()
}
