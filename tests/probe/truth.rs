//! What is true of a behaviour for a person who clicks, and which verdicts of a program agree with it.

use crate::beside::Said;
use presend::links::Standing;

/// What a person gets, each with its reason in a phrase. It is argued from what browsers do, not from what presend says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Truth {
    /// What the link promises.
    Fine(&'static str),
    /// Nothing, or an error, whoever clicks and whenever.
    Broken(&'static str),
    /// Something else, with a status that says all is well.
    NotIt(&'static str),
    /// A question for a password.
    Locked(&'static str),
    /// Perhaps what the link promises: a program cannot see it.
    Hidden(&'static str),
    /// An error now, which may pass.
    Passing(&'static str),
    /// A click acts for the reader, so a program must not ask it.
    Leave(&'static str),
}

/// What a program says of a link, in the words that all programs share.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Verdict {
    Fine,
    Broken,
    /// It answers, but somebody should have a look.
    Look,
    CannotTell,
    /// The link was not asked.
    LeftAlone,
    /// The program did not come to an end.
    None,
}

impl From<Standing> for Verdict {
    fn from(standing: Standing) -> Self {
        match standing {
            Standing::Alive => Self::Fine,
            Standing::Dead => Self::Broken,
            Standing::Suspect | Standing::NotPublic => Self::Look,
            Standing::Refused | Standing::Unknown => Self::CannotTell,
        }
    }
}

impl From<Said> for Verdict {
    fn from(said: Said) -> Self {
        match said {
            Said::Fine => Self::Fine,
            Said::Broken => Self::Broken,
            Said::NotThePage => Self::Look,
            Said::CannotTell => Self::CannotTell,
        }
    }
}

/// How a verdict stands to the truth.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Mark {
    Right,
    /// Right for a person who clicks, though the program cannot know it.
    Lucky,
    /// Called broken or suspicious, and is not.
    FalseAlarm,
    /// Called fine, and is not.
    Missed,
    /// Neither: nothing told, or "cannot tell" of what can be told.
    Unsaid,
    /// Asked, although a click acts.
    Acted,
}

impl Truth {
    pub(crate) fn reason(self) -> &'static str {
        match self {
            Self::Fine(words)
            | Self::Broken(words)
            | Self::NotIt(words)
            | Self::Locked(words)
            | Self::Hidden(words)
            | Self::Passing(words)
            | Self::Leave(words) => words,
        }
    }

    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Fine(_) => "fine",
            Self::Broken(_) => "broken",
            Self::NotIt(_) => "something else",
            Self::Locked(_) => "locked",
            Self::Hidden(_) => "cannot be known",
            Self::Passing(_) => "an error that may pass",
            Self::Leave(_) => "must not be asked",
        }
    }

    /// Judges a verdict. What is broken for everybody must be called so; where a password or another page stands, any
    /// word but "fine" is right; where a program cannot know, what a person who clicks would say counts as lucky.
    pub(crate) fn mark(self, verdict: Verdict) -> Mark {
        use Mark::{Acted, FalseAlarm, Lucky, Missed, Right, Unsaid};
        use Verdict::{Broken, CannotTell, Fine, LeftAlone, Look};
        match (self, verdict) {
            (Self::Fine(_), Fine)
            | (Self::Broken(_), Broken)
            | (Self::NotIt(_) | Self::Locked(_), Broken | Look)
            | (Self::Hidden(_) | Self::Passing(_), CannotTell)
            | (Self::Leave(_), LeftAlone) => Right,
            (Self::Hidden(_), Fine) | (Self::Passing(_), Broken) => Lucky,
            (Self::Fine(_) | Self::Hidden(_), Broken | Look) => FalseAlarm,
            (Self::Broken(_) | Self::NotIt(_) | Self::Locked(_) | Self::Passing(_), Fine) => Missed,
            (Self::Leave(_), _) => Acted,
            _ => Unsaid,
        }
    }
}
