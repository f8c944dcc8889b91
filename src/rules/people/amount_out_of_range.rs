//! Points below nought, and a balance in the millions.

use super::printed;
use crate::audience::Audience;
use crate::finding::{Finding, Severity};
use crate::rule::{Check, Context, Repair, Rule};

pub(in crate::rules) static RULE: Rule = Rule {
    name: "amount-out-of-range",
    severity: Severity::Warn,
    summary: "An amount that the draft prints is below nought or far too large for people on the send list",
    repair: Repair::Nothing,
    page: include_str!("amount_out_of_range.md"),
    check: Check::Rows(check),
};

/// Words in the names of columns that hold amounts.
const AMOUNTS: [&str; 22] = [
    "points", "balance", "credit", "amount", "total", "price", "spent", "spend", "value", "saving", "discount", "reward", "punkte",
    "guthaben", "betrag", "preis", "summe", "montant", "solde", "saldo", "puntos", "importe",
];

fn check(context: &Context<'_>, audience: &Audience) -> Vec<Finding> {
    let mut findings = Vec::new();
    let is_amount = |name: &str| AMOUNTS.iter().any(|word| name.to_lowercase().contains(word));
    for field in printed(context, audience).into_iter().filter(|field| is_amount(&field.column.name)) {
        let amounts = &field.column.magnitudes;
        if amounts.negative.rows > 0 {
            findings.push(field.finding(amounts.negative, "an amount below nought", "correct these cells, or leave these people out"));
        }
        let far = amounts.outliers();
        if far.rows > 0 {
            let what = "an amount that is more than a thousand times the usual one";
            findings.push(field.finding(
                far,
                what,
                "look at these cells: a decimal mark may be lost, or a number of another kind be there",
            ));
        }
    }
    findings
}
