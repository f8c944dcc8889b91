//! Reads what stands inside a tag as an expression of its language.

use super::expression::{Expr, Op};
use super::filter::Filter;
use super::language::Language;
use super::value::Value;

/// What a name in the draft stands for.
pub(super) trait Names {
    /// The field or local that a path names.
    ///
    /// # Errors
    /// What the path is, where it stands for nothing that is known.
    fn resolve(&mut self, path: &str) -> Result<Expr, String>;
}

/// How deep an expression may be nested.
const DEEPEST: usize = 32;

/// Reads an expression whole.
///
/// # Errors
/// What in it cannot be worked out, to be said after "because it has".
pub(super) fn expression(language: Language, text: &str, names: &mut dyn Names) -> Result<Expr, String> {
    let mut reader = Reader { language, tokens: tokens(text)?, at: 0, depth: 0, names };
    let found = match language {
        Language::Handlebars | Language::Mustache => reader.call()?,
        _ => reader.either()?,
    };
    if reader.at < reader.tokens.len() { Err(String::from("more words than are understood")) } else { Ok(found) }
}

/// One word or sign.
#[derive(Debug, Clone, PartialEq)]
enum Token {
    Text(String),
    Number(Value<'static>),
    Path(String),
    Sign(&'static str),
}

const SIGNS: [&str; 18] = ["===", "!==", "==", "!=", "<>", "<=", ">=", "||", "&&", "<", ">", "=", "|", ":", ",", "(", ")", "!"];

fn tokens(text: &str) -> Result<Vec<Token>, String> {
    let mut found = Vec::new();
    let mut rest = text.trim();
    while let Some(first) = rest.chars().next() {
        if first == '"' || first == '\'' {
            let inner = rest.get(1..).unwrap_or_default();
            let end = inner.find(first).ok_or("a text without its closing quotation mark")?;
            let inside = inner.get(..end).unwrap_or_default();
            if inside.contains('\\') {
                return Err(String::from("a backslash in a text"));
            }
            found.push(Token::Text(inside.to_owned()));
            rest = inner.get(end + 1..).unwrap_or_default();
        } else if let Some(sign) = SIGNS.into_iter().find(|sign| rest.starts_with(sign)) {
            found.push(Token::Sign(sign));
            rest = rest.get(sign.len()..).unwrap_or_default();
        } else {
            let end = word_end(rest);
            let word = rest.get(..end).filter(|word| !word.is_empty()).ok_or_else(|| format!("“{first}”"))?;
            found.push(Value::number(word).map_or_else(|| Token::Path(word.to_owned()), Token::Number));
            rest = rest.get(end..).unwrap_or_default();
        }
        rest = rest.trim_start();
    }
    Ok(found)
}

/// Where a path or a number ends: `custom_attribute.${first name}` is one, `items[0].name` too.
fn word_end(text: &str) -> usize {
    let mut depth = 0_usize;
    for (at, c) in text.char_indices() {
        match c {
            '{' | '[' => depth += 1,
            '}' | ']' if depth > 0 => depth -= 1,
            _ if depth > 0 => {}
            c if c.is_alphanumeric() || matches!(c, '_' | '.' | '$' | '-' | '@' | '/') => {}
            _ => return at,
        }
    }
    text.len()
}

struct Reader<'n> {
    language: Language,
    tokens: Vec<Token>,
    at: usize,
    depth: usize,
    names: &'n mut dyn Names,
}

impl Reader<'_> {
    fn peek(&self) -> Option<&Token> {
        self.tokens.get(self.at)
    }

    fn takes(&mut self, words: &[&str]) -> bool {
        let fits = match self.peek() {
            Some(Token::Sign(sign)) => words.contains(sign),
            Some(Token::Path(path)) => words.contains(&path.as_str()),
            _ => false,
        };
        self.at += usize::from(fits);
        fits
    }

    fn either(&mut self) -> Result<Expr, String> {
        self.depth += 1;
        if self.depth > DEEPEST {
            return Err(String::from("brackets that are nested too deeply"));
        }
        let mut left = self.both()?;
        while self.takes(&["or", "||"]) {
            // Liquid reads from the right; one that mixes the two says something else than it seems to.
            let right = self.both()?;
            let mixed = matches!(left, Expr::And(..)) || matches!(right, Expr::And(..));
            if self.language == Language::Liquid && mixed {
                return Err(String::from("`and` and `or` in one condition"));
            }
            left = Expr::Or(Box::new(left), Box::new(right));
        }
        self.depth -= 1;
        Ok(left)
    }

    fn both(&mut self) -> Result<Expr, String> {
        let mut left = self.negated()?;
        while self.takes(&["and", "&&"]) {
            left = Expr::And(Box::new(left), Box::new(self.negated()?));
        }
        Ok(left)
    }

    fn negated(&mut self) -> Result<Expr, String> {
        let mut times = 0;
        while self.takes(&["not", "!"]) {
            times += 1;
        }
        let inner = self.comparison()?;
        Ok(if times % 2 == 1 { Expr::Not(Box::new(inner)) } else { inner })
    }

    fn comparison(&mut self) -> Result<Expr, String> {
        let left = self.filtered()?;
        let sign = match self.peek() {
            Some(Token::Sign(sign)) => Op::of_sign(sign),
            Some(Token::Path(word)) if word == "contains" || word == "in" => Op::of_sign(word),
            _ => None,
        };
        let Some(op) = sign else { return Ok(left) };
        self.at += 1;
        // `blank` and `empty` are no values that could be compared as such.
        if self.takes(&["blank"]) {
            let is_blank = Expr::Compare(Op::Equal, Box::new(left), Box::new(Expr::Literal(Value::Nil)));
            return match op {
                Op::Equal => Ok(is_blank),
                Op::Unequal => Ok(Expr::Not(Box::new(is_blank))),
                _ => Err(String::from("`blank`")),
            };
        }
        Ok(Expr::Compare(op, Box::new(left), Box::new(self.filtered()?)))
    }

    fn filtered(&mut self) -> Result<Expr, String> {
        let mut value = self.primary()?;
        while self.takes(&["|"]) {
            let Some(Token::Path(name)) = self.peek().cloned() else { return Err(String::from("a `|` without a filter")) };
            self.at += 1;
            let arguments = self.arguments()?;
            value = self.apply(&name, value, arguments)?;
        }
        Ok(value)
    }

    fn apply(&self, name: &str, value: Expr, arguments: Vec<Expr>) -> Result<Expr, String> {
        let filter = Filter::named(self.language, name).ok_or_else(|| format!("the filter `{name}`"))?;
        let (fewest, most) = filter.arguments();
        if !(fewest..=most).contains(&arguments.len()) {
            return Err(format!("the filter `{name}` with {} arguments", arguments.len()));
        }
        Ok(Expr::Call(filter, [value].into_iter().chain(arguments).collect()))
    }

    /// What a filter is given: `: 'a', 'b'`, `:'a'` or `('a', 'b')`.
    fn arguments(&mut self) -> Result<Vec<Expr>, String> {
        let mut found = Vec::new();
        let bracket = self.takes(&["("]);
        if !bracket && !self.takes(&[":"]) || bracket && self.takes(&[")"]) {
            return Ok(found);
        }
        found.push(self.primary()?);
        while self.takes(&[","]) {
            found.push(self.primary()?);
        }
        if bracket && !self.takes(&[")"]) { Err(String::from("named arguments")) } else { Ok(found) }
    }

    fn primary(&mut self) -> Result<Expr, String> {
        let token = self.peek().cloned().ok_or("a value that is missing")?;
        self.at += 1;
        match token {
            Token::Text(text) => Ok(Expr::Literal(Value::Text(text.into()))),
            Token::Number(value) => Ok(Expr::Literal(value)),
            Token::Sign("(") => {
                let inner = self.either()?;
                if self.takes(&[")"]) { Ok(inner) } else { Err(String::from("a bracket that is not closed")) }
            }
            Token::Sign(sign) => Err(format!("“{sign}” where a value belongs")),
            Token::Path(path) => self.path(&path),
        }
    }

    fn path(&mut self, path: &str) -> Result<Expr, String> {
        match path {
            "true" | "True" => return Ok(Expr::Literal(Value::Bool(true))),
            "false" | "False" => return Ok(Expr::Literal(Value::Bool(false))),
            "nil" | "null" | "None" | "none" => return Ok(Expr::Literal(Value::Nil)),
            _ => {}
        }
        let is_next = |reader: &Self, sign: &str| matches!(reader.peek(), Some(Token::Sign(next)) if *next == sign);
        if path == "personalization_token" && is_next(self, "(") {
            return self.token();
        }
        if is_next(self, "(") {
            return Err(format!("the function `{path}`"));
        }
        // Klaviyo: `person|lookup:'Favourite Colour'`.
        let lookup = is_next(self, "|") && self.tokens.get(self.at + 1) == Some(&Token::Path(String::from("lookup")));
        if let (true, Some(Token::Text(name))) = (lookup, self.tokens.get(self.at + 3).cloned()) {
            self.at += 4;
            return self.names.resolve(&format!("{path}.{name}"));
        }
        self.names.resolve(path)
    }

    /// `HubSpot`: `personalization_token('contact.firstname', 'there')`.
    fn token(&mut self) -> Result<Expr, String> {
        match self.tokens.get(self.at..self.at + 5) {
            Some([Token::Sign("("), Token::Text(path), Token::Sign(","), Token::Text(fallback), Token::Sign(")")]) => {
                let (path, fallback) = (path.clone(), fallback.clone());
                self.at += 5;
                let field = self.names.resolve(&path)?;
                Ok(Expr::Call(Filter::Default, vec![field, Expr::Literal(Value::Text(fallback.into()))]))
            }
            _ => Err(String::from("the function `personalization_token`")),
        }
    }

    /// Handlebars: a value, or a helper with what it is given.
    fn call(&mut self) -> Result<Expr, String> {
        let Some(Token::Path(name)) = self.peek().cloned() else { return self.operand() };
        if self.tokens.len() == self.at + 1 || matches!(self.tokens.get(self.at + 1), Some(Token::Sign(")"))) {
            return self.operand();
        }
        self.at += 1;
        let mut arguments = Vec::new();
        while self.peek().is_some_and(|token| *token != Token::Sign(")")) {
            arguments.push(self.operand()?);
        }
        if arguments.is_empty() {
            return self.names.resolve(&name);
        }
        if name == "insert" {
            inserted(&mut arguments);
        }
        let value = arguments.remove(0);
        match (name.as_str(), arguments.len()) {
            ("and", 1) => Ok(Expr::And(Box::new(value), Box::new(arguments.remove(0)))),
            ("or", 1) => Ok(Expr::Or(Box::new(value), Box::new(arguments.remove(0)))),
            ("not", 0) => Ok(Expr::Not(Box::new(value))),
            _ => match comparing(&name).filter(|_| arguments.len() == 1) {
                Some(op) => Ok(Expr::Compare(op, Box::new(value), Box::new(arguments.remove(0)))),
                None => self.apply(&name, value, arguments).map_err(|_| format!("the helper `{name}`")),
            },
        }
    }

    fn operand(&mut self) -> Result<Expr, String> {
        if self.takes(&["("]) {
            self.depth += 1;
            if self.depth > DEEPEST {
                return Err(String::from("brackets that are nested too deeply"));
            }
            let inner = self.call()?;
            self.depth -= 1;
            return if self.takes(&[")"]) { Ok(inner) } else { Err(String::from("a bracket that is not closed")) };
        }
        self.primary()
    }
}

/// `SendGrid`: `insert name "default=there"`.
fn inserted(arguments: &mut [Expr]) {
    if let Some(Expr::Literal(Value::Text(text))) = arguments.get_mut(1)
        && let Some(fallback) = text.strip_prefix("default=")
    {
        *text = fallback.to_owned().into();
    }
}

/// The comparisons that platforms have as helpers.
fn comparing(helper: &str) -> Option<Op> {
    Some(match helper {
        "equals" | "equal" | "eq" | "ifEq" => Op::Equal,
        "notEquals" | "ne" => Op::Unequal,
        "greaterThan" | "gt" | "ifGt" => Op::Greater,
        "gte" | "ifGte" => Op::GreaterOrEqual,
        "lessThan" | "lt" | "ifLt" => Op::Less,
        "lte" | "ifLte" => Op::LessOrEqual,
        "ifContainsStr" => Op::Contains,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    struct One;

    impl Names for One {
        fn resolve(&mut self, path: &str) -> Result<Expr, String> {
            if path == "name" { Ok(Expr::Field(0)) } else { Err(format!("`{path}`")) }
        }
    }

    #[test]
    fn expressions_are_read_or_refused_with_their_reason() {
        let read = |language, text| expression(language, text, &mut One);
        let fallback = |expr: Result<Expr, String>| expr.ok().and_then(|expr| expr.fallback().map(|(_, text)| text.to_owned()));
        assert_eq!(fallback(read(Language::Liquid, "name | default: 'you' | upcase")).as_deref(), Some("you"));
        assert_eq!(fallback(read(Language::Django, "name|default:'you'")).as_deref(), Some("you"));
        assert_eq!(fallback(read(Language::Handlebars, "insert name \"default=you\"")).as_deref(), Some("you"));
        assert_eq!(read(Language::Jinja, "name|md5"), Err("the filter `md5`".into()));
        assert_eq!(read(Language::Jinja, "other"), Err("`other`".into()));
        assert!(expression(Language::Jinja, &"(".repeat(10_000), &mut One).is_err(), "no deeper than the stack");
        assert!(read(Language::Liquid, "name == 'a' and name == 'b' or name").is_err());
    }
}
