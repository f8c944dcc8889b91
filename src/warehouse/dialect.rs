//! The few words in which engines differ: how each cuts blanks, lowers letters, joins bits, quotes, casts and matches.
//!
//! Two addresses are the same if they are the same bytes once space, tab, carriage return and line feed are cut from both ends
//! and `A` to `Z` are lowered. Most engines' own `LOWER` and `TRIM` do more or less than that, so every dialect says it in words
//! that do exactly this, and the probe at the beginning of a run holds the engine to it.

use std::fmt::Write as _;

/// The SQL of one engine.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Dialect {
    /// `PostgreSQL` and what speaks like it.
    Postgresql,
    /// `DuckDB`.
    Duckdb,
    /// Spark SQL: Spark, Databricks, Sail.
    Spark,
    /// Snowflake; never run against the real one.
    Snowflake,
    /// `BigQuery`; never run against the real one.
    Bigquery,
}

const CAPITALS: &str = "'ABCDEFGHIJKLMNOPQRSTUVWXYZ', 'abcdefghijklmnopqrstuvwxyz'";

impl Dialect {
    /// All of them.
    pub const ALL: [Self; 5] = [Self::Postgresql, Self::Duckdb, Self::Spark, Self::Snowflake, Self::Bigquery];

    /// The name as it is written in settings.
    pub fn name(self) -> &'static str {
        match self {
            Self::Postgresql => "postgresql",
            Self::Duckdb => "duckdb",
            Self::Spark => "spark",
            Self::Snowflake => "snowflake",
            Self::Bigquery => "bigquery",
        }
    }

    /// The dialect that a driver speaks, if all its servers speak the same one.
    pub fn of_driver(driver: &str) -> Option<Self> {
        match driver {
            "databricks" => Some(Self::Spark),
            _ => Self::named(driver),
        }
    }

    /// The dialect of this name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|dialect| dialect.name() == name)
    }

    /// An identifier, whatever letters it has.
    pub fn quote(self, identifier: &str) -> String {
        match self {
            Self::Bigquery => format!("`{}`", identifier.replace('\\', "\\\\").replace('`', "\\`")),
            Self::Spark => format!("`{}`", identifier.replace('`', "``")),
            _ => format!("\"{}\"", identifier.replace('"', "\"\"")),
        }
    }

    /// A name as the engine keeps it where nobody put it in quotes.
    pub fn folded(self, identifier: &str) -> String {
        match self {
            Self::Postgresql => identifier.to_lowercase(),
            Self::Snowflake => identifier.to_uppercase(),
            _ => identifier.to_owned(),
        }
    }

    fn text_type(self) -> &'static str {
        match self {
            Self::Postgresql => "TEXT",
            Self::Duckdb | Self::Snowflake => "VARCHAR",
            Self::Spark | Self::Bigquery => "STRING",
        }
    }

    /// An expression as text.
    pub fn text(self, expression: &str) -> String {
        format!("CAST({expression} AS {})", self.text_type())
    }

    /// An expression as a whole number of 64 bits.
    pub fn integer(self, expression: &str) -> String {
        format!("CAST({expression} AS {})", if self == Self::Bigquery { "INT64" } else { "BIGINT" })
    }

    /// A value as text without the four blanks of ASCII around it, compared byte by byte.
    pub(super) fn trimmed(self, expression: &str) -> String {
        let text = self.text(expression);
        match self {
            Self::Postgresql => format!("BTRIM({text}, E' \\t\\r\\n') COLLATE \"C\""),
            Self::Duckdb => format!("TRIM({text}, ' ' || CHR(9) || CHR(13) || CHR(10))"),
            Self::Spark => format!("TRIM(BOTH ' \\t\\r\\n' FROM {text})"),
            Self::Snowflake | Self::Bigquery => format!("TRIM({text}, ' \\t\\r\\n')"),
        }
    }

    /// A trimmed value with the capitals of ASCII lowered, and no other letter touched.
    pub(super) fn lowered(self, trimmed: &str) -> String {
        if self == Self::Postgresql {
            return format!("LOWER({trimmed} COLLATE \"C\")");
        }
        let (bytes, letters) = (self.octets(trimmed), self.letters(trimmed));
        // TRANSLATE is exact everywhere and slow; where there is nothing but ASCII, LOWER does the same.
        format!("CASE WHEN {bytes} = {letters} THEN LOWER({trimmed}) ELSE TRANSLATE({trimmed}, {CAPITALS}) END")
    }

    /// How many bytes a text has.
    pub(super) fn octets(self, text: &str) -> String {
        match self {
            Self::Duckdb => format!("STRLEN({text})"),
            Self::Bigquery => format!("BYTE_LENGTH({text})"),
            Self::Postgresql | Self::Spark | Self::Snowflake => format!("OCTET_LENGTH({text})"),
        }
    }

    /// How many letters a text has.
    pub(super) fn letters(self, text: &str) -> String {
        match self {
            Self::Duckdb => format!("LENGTH({text})"),
            _ => format!("CHAR_LENGTH({text})"),
        }
    }

    /// The bits of many numbers joined into one.
    pub(super) fn bit_or(self, expression: &str) -> String {
        match self {
            Self::Snowflake => format!("BITOR_AGG({expression})"),
            _ => format!("BIT_OR({expression})"),
        }
    }

    /// Any text, as bytes in hexadecimal digits: nothing in it can end the literal.
    pub(super) fn literal(self, text: &str) -> String {
        if text.is_empty() {
            return String::from("''");
        }
        let hex = text.bytes().fold(String::new(), |mut hex, byte| {
            let _ = write!(hex, "{byte:02x}");
            hex
        });
        match self {
            Self::Postgresql => format!("CONVERT_FROM('\\x{hex}'::bytea, 'UTF8')"),
            Self::Duckdb => format!("DECODE(UNHEX('{hex}'))"),
            Self::Spark => format!("CAST(UNHEX('{hex}') AS STRING)"),
            Self::Snowflake => format!("HEX_DECODE_STRING('{hex}')"),
            Self::Bigquery => format!("SAFE_CONVERT_BYTES_TO_STRING(FROM_HEX('{hex}'))"),
        }
    }

    /// A text as a number with four decimals. Only texts that are such a number are given to it.
    pub(super) fn decimal(self, text: &str) -> String {
        match self {
            Self::Postgresql => format!("CAST({text} AS NUMERIC(19, 4))"),
            Self::Duckdb | Self::Spark | Self::Snowflake => format!("CAST({text} AS DECIMAL(19, 4))"),
            Self::Bigquery => format!("CAST({text} AS NUMERIC)"),
        }
    }

    /// Whether a text holds another one, byte by byte.
    pub(super) fn holds(self, text: &str, part: &str) -> String {
        format!("{} > 0", self.position(text, part))
    }

    /// Where a text holds another one, from 1; 0 where it does not.
    fn position(self, text: &str, part: &str) -> String {
        match self {
            Self::Bigquery => format!("STRPOS({text}, {part})"),
            Self::Spark => format!("INSTR({text}, {part})"),
            Self::Postgresql | Self::Duckdb | Self::Snowflake => format!("POSITION({part} IN {text})"),
        }
    }

    /// Whether the whole of a text is of a pattern. In the pattern `%41` stands for the letter of that number, and `&2028` for one that
    /// needs four digits.
    pub(super) fn matches(self, text: &str, pattern: &str) -> String {
        match self {
            Self::Postgresql => format!("({text} ~ '^{}$')", spelt(pattern, |digits| format!("\\u{digits:0>4}"))),
            Self::Duckdb => format!("REGEXP_FULL_MATCH({text}, '{}')", spelt(pattern, in_braces)),
            // The `$` of Java also stands before a line end.
            Self::Spark => format!("({text} RLIKE '^{}\\\\z')", spelt(pattern, in_braces).replace('\\', "\\\\")),
            Self::Snowflake => format!("REGEXP_LIKE({text}, $${}$$)", spelt(pattern, in_braces)),
            Self::Bigquery => format!("REGEXP_CONTAINS({text}, r'^{}$')", spelt(pattern, in_braces)),
        }
    }

    /// The first letter of an address, and what stands after the part before the `@`.
    pub(super) fn masked(self, address: &str) -> String {
        let at = self.position(address, "'@'");
        format!("CONCAT(SUBSTR({address}, 1, 1), '***', SUBSTR({address}, {at}))")
    }

    /// What is said to the engine before anything is asked. A statement that may be refused is one that only some versions know.
    pub(super) fn session(self, seconds: u64) -> Vec<Setting> {
        match self {
            Self::Postgresql => vec![
                Setting::must("SET default_transaction_read_only = on"),
                Setting::must(format!("SET statement_timeout = '{seconds}s'")),
                // From version 14 on, a statement ends when nobody waits for it any more.
                Setting::may("SET client_connection_check_interval = '1s'"),
            ],
            Self::Snowflake => vec![Setting::must(format!("ALTER SESSION SET STATEMENT_TIMEOUT_IN_SECONDS = {seconds}"))],
            Self::Duckdb | Self::Spark | Self::Bigquery => Vec::new(),
        }
    }
}

/// A pattern with the letters that it gives by number, each as `letter` writes its digits.
fn spelt(pattern: &str, letter: impl Fn(&str) -> String) -> String {
    let mut out = String::with_capacity(pattern.len());
    let mut rest = pattern;
    while let Some(at) = rest.find(['%', '&']) {
        let (before, from) = rest.split_at(at);
        let end = if from.starts_with('%') { 3 } else { 5 };
        out.push_str(before);
        out.push_str(&letter(from.get(1..end).unwrap_or_default()));
        rest = from.get(end..).unwrap_or_default();
    }
    out + rest
}

fn in_braces(digits: &str) -> String {
    if digits.len() > 2 { format!("\\x{{{digits}}}") } else { format!("\\x{digits}") }
}

/// A statement that sets up a session.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Setting {
    /// The statement.
    pub sql: String,
    /// Whether the run ends where the engine refuses it.
    pub required: bool,
}

impl Setting {
    fn must(sql: impl Into<String>) -> Self {
        Self { sql: sql.into(), required: true }
    }

    fn may(sql: impl Into<String>) -> Self {
        Self { sql: sql.into(), required: false }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_cannot_leave_its_quotes() {
        let wild = "a\"b`c\\d";
        let quoted = Dialect::ALL.map(|dialect| dialect.quote(wild));
        assert_eq!(quoted, ["\"a\"\"b`c\\d\"", "\"a\"\"b`c\\d\"", "`a\"b``c\\d`", "\"a\"\"b`c\\d\"", "`a\"b\\`c\\\\d`"].map(String::from));
    }

    #[test]
    fn a_literal_is_digits_whatever_it_says() {
        for dialect in Dialect::ALL {
            let literal = dialect.literal("'); DROP TABLE x; --");
            assert!(literal.contains("27293b2044524f50205441424c4520783b202d2d") && !literal.contains("DROP"), "{literal}");
        }
    }
}
