//! Steps that name the next one by its number, laid out one after another.

use super::super::flow::{Flow, Step, Way};
use super::super::tree::Tree;
use std::collections::BTreeMap;

/// How many steps a flow may have when every way is written out; more are not rehearsed.
const MOST_STEPS: usize = 2000;
/// How many steps there may be on the way to a split.
const DEEPEST: usize = 300;

/// What a node of the graph is.
pub(super) struct Node {
    /// What it does.
    pub(super) steps: Vec<Step>,
    /// The number of the next node.
    pub(super) next: Option<String>,
    /// Or the ways that lead on from it.
    pub(super) ways: Vec<(Vec<super::super::flow::Filter>, Option<String>)>,
}

/// The steps from a node on. A flow that comes back to a node it has passed ends there, and a gap says so.
pub(super) fn lay_out<'a>(
    flow: &mut Flow,
    nodes: &BTreeMap<String, &'a Tree>,
    first: Option<&str>,
    read: &impl Fn(&mut Flow, &'a Tree) -> Node,
) -> Vec<Step> {
    let mut left = MOST_STEPS;
    let mut path = Vec::new();
    follow(flow, nodes, first, read, (&mut path, &mut left))
}

fn follow<'a>(
    flow: &mut Flow,
    nodes: &BTreeMap<String, &'a Tree>,
    first: Option<&str>,
    read: &impl Fn(&mut Flow, &'a Tree) -> Node,
    (path, left): (&mut Vec<String>, &mut usize),
) -> Vec<Step> {
    let mut steps = Vec::new();
    let (mut at, depth) = (first.map(str::to_owned), path.len());
    while let Some(number) = at.take() {
        let span = flow.span.clone();
        let Some(tree) = nodes.get(&number) else {
            flow.gap(format!("the end of {}", flow.name.clone()), format!("its step {number} is not in the file"), &span);
            break;
        };
        if path.contains(&number) {
            flow.gap(
                format!("what {} does once it has gone round", flow.name.clone()),
                format!("it goes back to its step {number}"),
                &tree.span,
            );
            break;
        }
        if *left == 0 || path.len() > MOST_STEPS {
            flow.gap(format!("the end of {}", flow.name.clone()), "it has too many ways", &span);
            break;
        }
        *left -= 1;
        path.push(number);
        let node = read(flow, tree);
        steps.extend(node.steps);
        if !node.ways.is_empty() {
            let mut ways = Vec::new();
            for (filters, next) in node.ways {
                if depth > DEEPEST {
                    flow.gap(format!("the end of {}", flow.name), "its ways fork too often", &span);
                    break;
                }
                let inside = follow(flow, nodes, next.as_deref(), read, (&mut *path, &mut *left));
                ways.push(Way { filters, steps: inside });
            }
            steps.push(Step::Split(ways));
            break;
        }
        at = node.next;
    }
    path.truncate(depth);
    steps
}

impl Node {
    /// A node that does something and goes on.
    pub(super) fn of(steps: Vec<Step>, next: Option<String>) -> Self {
        Self { steps, next, ways: Vec::new() }
    }
}
