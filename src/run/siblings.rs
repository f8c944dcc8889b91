//! Drafts that are one mail are noticed together, so that each can be compared with the others.

use super::catalogues::Catalogues;
use super::checking::{Noticed, Piece, check_draft, notice};
use crate::error::Error;
use crate::plan::{Job, Variant};
use crate::report::DraftReport;
use crate::rule::Sibling;
use jiff::Zoned;

/// Drafts by mail: the variants and languages of a campaign together, every other draft alone; in their order.
pub(super) fn together(pieces: Vec<Piece<'_>>) -> Vec<Vec<Piece<'_>>> {
    let group = |piece: &Piece<'_>| piece.job.variant.as_ref().map(|variant| variant.group.clone());
    let mut mails: Vec<(Option<String>, Vec<Piece<'_>>)> = Vec::new();
    for piece in pieces {
        let group = group(&piece);
        match mails.iter_mut().rev().find(|(known, _)| group.is_some() && *known == group) {
            Some((_, mail)) => mail.push(piece),
            None => mails.push((group, vec![piece])),
        }
    }
    mails.into_iter().map(|(_, mail)| mail).collect()
}

/// Every draft of one mail with its job, checked beside the others; one that cannot be read is compared with none.
pub(super) fn check_mail<'a>(mail: Vec<Piece<'a>>, catalogues: &'a Catalogues, now: &Zoned) -> Vec<Result<(DraftReport, &'a Job), Error>> {
    let noticed: Vec<Result<Noticed<'a>, Error>> = mail.into_iter().map(|piece| notice(piece, catalogues)).collect();
    let drafts: Vec<&Noticed<'a>> = noticed.iter().flatten().collect();
    let check = |draft: &Noticed<'a>| {
        let own = drafts.iter().position(|other| std::ptr::eq(*other, draft)).unwrap_or_default();
        let others = drafts.iter().enumerate().filter(|(at, _)| *at != own);
        let siblings: Vec<Sibling<'_>> = others.filter_map(|(at, other)| sibling(draft, other, at < own)).collect();
        (check_draft(draft, &siblings, catalogues, now), draft.job)
    };
    noticed.iter().map(|draft| draft.as_ref().map(check).map_err(Clone::clone)).collect()
}

fn sibling<'a>(own: &Noticed<'_>, other: &'a Noticed<'_>, before: bool) -> Option<Sibling<'a>> {
    let (mine, theirs): (&Variant, &Variant) = (own.job.variant.as_ref()?, other.job.variant.as_ref()?);
    let translated = mine.language != theirs.language || mine.language.is_none() && own.facts.language != other.facts.language;
    Some(Sibling { label: &theirs.label, before, translated, message: &other.message, facts: &other.facts })
}
