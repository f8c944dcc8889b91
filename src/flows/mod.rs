//! Flows: what starts them, what they send, and what a planned change would set off.
//!
//! Exports of platforms and files of one's own become one model ([`Flow`]); a [`Plan`] says what somebody is about to
//! do; [`rehearse`] walks every kind of person through it, counted by the set engine, and says what would happen.

mod catalogue;
mod condition;
mod crowd;
mod delay;
mod events;
mod filter;
mod flow;
mod journey;
mod muster;
mod plan;
mod platform;
mod rehearsal;
mod sources;
mod timeline;
mod tree;
mod world;

pub use catalogue::{Flows, read};
pub use condition::{Asks, Condition};
pub use delay::{Minutes, Wait, Weekdays, Window};
pub use events::{EventFacts, date_column, study_values};
pub use flow::{Filter, Flow, Gap, Group, GroupKind, Mail, OnImport, Reentry, Segment, State, Step, Trigger, Way};
pub use journey::{Cause, Held, Sender};
pub use muster::{Ages, Found, Muster, Mustered, Wanted};
pub use plan::{Act, Campaign, Change, Expected, File, Plan, PlanList};
pub use platform::Platform;
pub use rehearsal::{ChangeFacts, Gift, Load, Mailing, NotRehearsed, Rehearsal, Run, Tally, rehearse, rehearse_counted};
pub use timeline::Posted;
