//! What `presend proof` says for programs. These structs are the wire format, version 1; no value of a row is in it but what a link shows
//! beside its hole, masked where it names a person.

use super::place::PlaceV1;
use crate::json::written;
use crate::proof::ListProof;
use crate::source::Span;
use serde::Serialize;

#[derive(Serialize)]
struct ProofsV1<'a> {
    version: u32,
    /// Whether somebody's message is wrong.
    wrong: bool,
    drafts: Vec<DraftV1<'a>>,
}

#[derive(Serialize)]
struct DraftV1<'a> {
    file: &'a str,
    lists: Vec<ListV1<'a>>,
}

#[derive(Serialize)]
struct ListV1<'a> {
    /// Left out where there is no list, and people who do not exist stand in for it.
    #[serde(skip_serializing_if = "Option::is_none")]
    file: Option<&'a str>,
    /// Rows that get a message.
    rows: u64,
    /// Rows whose kinds were too many to be kept.
    rows_beyond: u64,
    faults: Vec<FaultV1<'a>>,
    /// The kinds of messages, the worst first.
    kinds: Vec<KindV1<'a>>,
    conditions: Vec<ConditionV1<'a>>,
    not_proofed: Vec<UnproofedV1<'a>>,
}

#[derive(Serialize)]
struct FaultV1<'a> {
    harm: String,
    quote: &'a str,
    rows: u64,
    first_lines: &'a [u64],
    #[serde(skip_serializing_if = "Option::is_none")]
    place: Option<PlaceV1>,
}

#[derive(Serialize)]
struct KindV1<'a> {
    rows: u64,
    first_lines: &'a [u64],
    harms: Vec<String>,
}

#[derive(Serialize)]
struct ConditionV1<'a> {
    place: PlaceV1,
    branches: Vec<BranchV1<'a>>,
}

#[derive(Serialize)]
struct BranchV1<'a> {
    /// The tag that opens it; left out where no condition holds and the draft has no branch for that.
    #[serde(skip_serializing_if = "Option::is_none")]
    tag: Option<&'a str>,
    rows: u64,
}

#[derive(Serialize)]
struct UnproofedV1<'a> {
    text: &'a str,
    why: &'a str,
    place: PlaceV1,
}

/// Writes the proofs of drafts as JSON with a line end.
pub(super) fn json<'a>(drafts: impl Iterator<Item = (&'a str, &'a [ListProof], bool)>) -> String {
    let (mut found, mut wrong) = (Vec::new(), false);
    for (file, lists, invented) in drafts {
        wrong |= lists.iter().any(ListProof::is_wrong);
        found.push(DraftV1 { file, lists: lists.iter().map(|proof| list(proof, invented)).collect() });
    }
    let proofs = ProofsV1 { version: 1, wrong, drafts: found };
    // Nothing here can fail to be JSON.
    written(&proofs)
}

fn list(proof: &ListProof, invented: bool) -> ListV1<'_> {
    let faults = proof.faults.iter().map(|(fault, rows)| FaultV1 {
        harm: fault.harm.id(),
        quote: &fault.quote,
        rows: rows.rows,
        first_lines: &rows.lines,
        place: proof.span(fault.site).map(PlaceV1::of),
    });
    let kinds = proof.kinds.iter().map(|kind| KindV1 {
        rows: kind.who.rows,
        first_lines: &kind.who.lines,
        harms: kind.faults.iter().map(|fault| fault.harm.id()).collect(),
    });
    let conditions = proof.template.forks.iter().zip(&proof.taken).map(|(fork, taken)| ConditionV1 {
        place: PlaceV1::of(&fork.span),
        branches: taken
            .iter()
            .enumerate()
            .map(|(at, rows)| {
                let start = fork.starts.get(at).filter(|_| at < fork.conditions.len() || fork.has_else);
                BranchV1 { tag: start.map(Span::text), rows: *rows }
            })
            .collect(),
    });
    let unproofed = proof.template.unproofed.iter();
    ListV1 {
        file: (!invented).then_some(proof.path.as_str()),
        rows: proof.rows,
        rows_beyond: proof.beyond,
        faults: faults.collect(),
        kinds: kinds.collect(),
        conditions: conditions.collect(),
        not_proofed: unproofed.map(|part| UnproofedV1 { text: part.span.text(), why: &part.why, place: PlaceV1::of(&part.span) }).collect(),
    }
}
