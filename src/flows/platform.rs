//! The platforms whose flows are read, and what is known of their imports.

use super::flow::OnImport;

/// The platform from which a flow was read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Platform {
    /// Klaviyo.
    Klaviyo,
    /// Mailchimp.
    Mailchimp,
    /// ActiveCampaign.
    ActiveCampaign,
    /// Customer.io.
    CustomerIo,
    /// HubSpot.
    HubSpot,
    /// Braze.
    Braze,
    /// A file that somebody wrote by hand.
    Plain,
}

impl Platform {
    /// Its name.
    pub fn name(self) -> &'static str {
        match self {
            Self::Klaviyo => "Klaviyo",
            Self::Mailchimp => "Mailchimp",
            Self::ActiveCampaign => "ActiveCampaign",
            Self::CustomerIo => "Customer.io",
            Self::HubSpot => "HubSpot",
            Self::Braze => "Braze",
            Self::Plain => "a file of your own",
        }
    }

    /// Whether an import starts its flows where the export does not say. Klaviyo's help on uploading contacts tells to
    /// switch list flows off before an upload (<https://help.klaviyo.com/hc/en-us/articles/360043841811>);
    /// `ActiveCampaign` lets imported contacts in too (<https://help.activecampaign.com/hc/en-us/articles/115001053330>, and
    /// <https://bluelena.io/2023/12/06/how-to-use-activecampaign-imports> on the box to untick); Mailchimp's `trigger_on_import` is off unless set
    /// (<https://mailchimp.com/developer/marketing/api/automation/>); the rest is not verified.
    pub(super) fn on_import(self) -> OnImport {
        match self {
            Self::Klaviyo | Self::ActiveCampaign | Self::Plain => OnImport::Starts,
            Self::Mailchimp => OnImport::Silent,
            Self::CustomerIo | Self::HubSpot | Self::Braze => OnImport::Presumed,
        }
    }

    /// What is known of its imports, in a sentence, and whether that was verified.
    pub fn import_rule(self) -> (&'static str, bool) {
        match self {
            Self::Klaviyo => ("Klaviyo: an upload to a list starts its flows, unless they are off or it is a historical import", true),
            Self::Mailchimp => ("Mailchimp: imports start a classic automation only where trigger_on_import is set", true),
            Self::ActiveCampaign => (
                "ActiveCampaign: imports start automations unless \"Trigger Automations\" is unticked, as its users and resellers tell; the \
                 words of its blocks are documented nowhere, so how its triggers, steps and re-entry are read is not verified",
                false,
            ),
            Self::CustomerIo => ("Customer.io: entering a segment by an import is taken to start campaigns; not verified", false),
            Self::HubSpot => ("HubSpot: imported records are taken to enrol when they first meet the triggers; not verified", false),
            Self::Braze => ("Braze: imported users are taken to enter when they meet the entry rules; not verified", false),
            Self::Plain => ("as the file says; imports start a flow unless it has on-import = false", true),
        }
    }
}
