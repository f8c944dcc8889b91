//! A code that the shop does not know.

use crate::coupons::{Coupons, Difference};
use crate::facts::Code;
use crate::finding::{Finding, Severity};
use crate::rule::{Check, Context, Repair, Rule};

pub(in crate::rules) static RULE: Rule = Rule {
    name: "coupon-unknown",
    severity: Severity::Block,
    summary: "A coupon code in the copy is not in the coupon list",
    repair: Repair::ChangeShop,
    page: include_str!("coupon_unknown.md"),
    check: Check::AllCoupons(check),
};

fn check(context: &Context<'_>, coupons: &Coupons) -> Vec<Finding> {
    let unknown = context.facts.codes.iter().filter(|code| coupons.find(&code.text).is_none());
    let finding = |code: &Code| Finding::new(code.span.clone(), format!("the shop has no code {}", code.text));
    unknown.map(|code| with_nearest(finding(code), &code.text, coupons)).collect()
}

/// Offers the code that was most likely meant.
fn with_nearest(finding: Finding, code: &str, coupons: &Coupons) -> Finding {
    let Some(near) = coupons.nearest(code) else {
        return finding.help("make this code in the shop, or correct the copy; if the coupon list is old, export it again");
    };
    let meant = &near.coupon.code;
    let help = match &near.difference {
        Difference::Lookalike(pairs) => {
            let pairs: Vec<String> = pairs.iter().map(|(written, listed)| format!("{written} instead of {listed}")).collect();
            format!("did you mean {meant}? The copy has {}", pairs.join(" and "))
        }
        Difference::Spacing => format!("did you mean {meant}? Blanks and hyphens belong to a code"),
        Difference::Letters(_) => format!("did you mean {meant}? Otherwise make {code} in the shop"),
    };
    finding.related(near.coupon.span.clone(), format!("the shop has {meant}")).help(help)
}
