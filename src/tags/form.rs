//! The brackets that merge tags are written in: every platform uses one or a few of them.

use serde::Deserialize;

/// A pair of brackets. The written name in the data file is the opener.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Deserialize)]
pub enum Form {
    /// `*|FNAME|*`
    #[serde(rename = "*|")]
    Star,
    /// `{{ name }}`
    #[serde(rename = "{{")]
    Double,
    /// `{{{ name }}}`, printed without escaping.
    #[serde(rename = "{{{")]
    Triple,
    /// `{{< shortcode >}}`
    #[serde(rename = "{{<")]
    Shortcode,
    /// `{% if x %}`
    #[serde(rename = "{%")]
    Percent,
    /// `{# a comment #}`
    #[serde(rename = "{#")]
    Comment,
    /// `{name}`
    #[serde(rename = "{")]
    Brace,
    /// `{$name}`
    #[serde(rename = "{$")]
    BraceDollar,
    /// `{!name}`
    #[serde(rename = "{!")]
    BraceBang,
    /// `${name}`, and `$!{name}` with `raw` unset.
    #[serde(rename = "${")]
    DollarBrace,
    /// `${{ lang.hello }}$`
    #[serde(rename = "${{")]
    DollarDouble,
    /// `$[FNAME|there]$`
    #[serde(rename = "$[")]
    DollarSquare,
    /// `$First Name$`
    #[serde(rename = "$")]
    Dollar,
    /// `[firstname,fallback=there]`
    #[serde(rename = "[")]
    Square,
    /// `[[firstname]]`
    #[serde(rename = "[[")]
    DoubleSquare,
    /// `[% member:first_name %]`
    #[serde(rename = "[%")]
    SquarePercent,
    /// `%FIRSTNAME%`
    #[serde(rename = "%")]
    SinglePercent,
    /// `%%FirstName%%`
    #[serde(rename = "%%")]
    DoublePercent,
    /// `%%=v(@name)=%%`
    #[serde(rename = "%%=")]
    AmpPrint,
    /// `%%[ IF … ]%%`
    #[serde(rename = "%%[")]
    AmpBlock,
    /// `#recipient:name#`
    #[serde(rename = "#")]
    Hash,
    /// `#if($x)`, `#else`, `#end`
    #[serde(rename = "#(")]
    Directive,
    /// `@FIRSTNAME@`
    #[serde(rename = "@")]
    At,
    /// `-firstName-`
    #[serde(rename = "-")]
    Dash,
    /// `<%= name %>`
    #[serde(rename = "<%")]
    Script,
    /// `<?= $name ?>`
    #[serde(rename = "<?")]
    Php,
    /// `<unsubscribe>…</unsubscribe>`, `<span class="eloquaemail">…</span>`
    #[serde(rename = "<e>")]
    Element,
}

impl Form {
    /// All forms, longer openers before the shorter ones that they begin with.
    pub(super) const ALL: [Self; 27] = [
        Self::Triple,
        Self::Shortcode,
        Self::DollarDouble,
        Self::AmpPrint,
        Self::AmpBlock,
        Self::Star,
        Self::Double,
        Self::Percent,
        Self::Comment,
        Self::BraceDollar,
        Self::BraceBang,
        Self::DollarBrace,
        Self::DollarSquare,
        Self::DoubleSquare,
        Self::SquarePercent,
        Self::DoublePercent,
        Self::Directive,
        Self::Script,
        Self::Php,
        Self::Element,
        Self::Brace,
        Self::Dollar,
        Self::Square,
        Self::SinglePercent,
        Self::Hash,
        Self::At,
        Self::Dash,
    ];

    /// The characters that open it.
    pub fn opener(self) -> &'static str {
        self.brackets().0
    }

    /// The characters that close it.
    pub fn closer(self) -> &'static str {
        self.brackets().1
    }

    fn brackets(self) -> (&'static str, &'static str) {
        match self {
            Self::Star => ("*|", "|*"),
            Self::Double => ("{{", "}}"),
            Self::Triple => ("{{{", "}}}"),
            Self::Shortcode => ("{{<", ">}}"),
            Self::Percent => ("{%", "%}"),
            Self::Comment => ("{#", "#}"),
            Self::Brace => ("{", "}"),
            Self::BraceDollar => ("{$", "}"),
            Self::BraceBang => ("{!", "}"),
            Self::DollarBrace => ("${", "}"),
            Self::DollarDouble => ("${{", "}}$"),
            Self::DollarSquare => ("$[", "]$"),
            Self::Dollar => ("$", "$"),
            Self::Square => ("[", "]"),
            Self::DoubleSquare => ("[[", "]]"),
            Self::SquarePercent => ("[%", "%]"),
            Self::SinglePercent => ("%", "%"),
            Self::DoublePercent => ("%%", "%%"),
            Self::AmpPrint => ("%%=", "=%%"),
            Self::AmpBlock => ("%%[", "]%%"),
            Self::Hash => ("#", "#"),
            Self::Directive => ("#", ""),
            Self::At => ("@", "@"),
            Self::Dash => ("-", "-"),
            Self::Script => ("<%", "%>"),
            Self::Php => ("<?", "?>"),
            Self::Element => ("<", ">"),
        }
    }

    /// The form and the inside of a tag as the data file writes it: `{{ unsubscribe }}`.
    pub fn of_written(tag: &str) -> Option<(Self, &str)> {
        Self::ALL.into_iter().find_map(|form| {
            let inside = tag.strip_prefix(form.opener())?.strip_suffix(form.closer())?;
            (form != Self::Directive).then(|| (form, inside.trim()))
        })
    }

    /// The form and the key of a line of `knows` in the data file: `{{ contact.A`.
    pub(super) fn of_key(line: &str) -> Option<(Self, &str)> {
        let (opener, key) = line.split_once(' ')?;
        let form = Self::ALL.into_iter().find(|form| form.written() == opener)?;
        Some((form, key))
    }

    fn written(self) -> &'static str {
        match self {
            Self::Directive => "#(",
            Self::Element => "<e>",
            form => form.opener(),
        }
    }
}
