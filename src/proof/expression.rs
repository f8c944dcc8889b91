//! Expressions: what a tag prints or asks, as a small tree, and its value for one row.

use super::filter::Filter;
use super::language::Language;
use super::value::Value;
use std::cmp::Ordering;

/// What a tag prints or asks.
#[derive(Debug, Clone, PartialEq)]
pub enum Expr {
    /// A value as it stands.
    Literal(Value<'static>),
    /// A field of the person, by its place in the template's table.
    Field(usize),
    /// A name that the draft sets.
    Local(usize),
    /// A filter over a value and its arguments.
    Call(Filter, Vec<Expr>),
    /// A comparison.
    Compare(Op, Box<Expr>, Box<Expr>),
    /// All of them; the value of the last that is looked at.
    And(Box<Expr>, Box<Expr>),
    /// One of them.
    Or(Box<Expr>, Box<Expr>),
    /// Not.
    Not(Box<Expr>),
}

/// How two values are compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Op {
    Equal,
    Unequal,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
    Contains,
    In,
}

impl Op {
    /// The comparison of a sign.
    pub fn of_sign(sign: &str) -> Option<Self> {
        Some(match sign {
            "==" | "=" | "===" => Self::Equal,
            "!=" | "<>" | "!==" => Self::Unequal,
            "<" => Self::Less,
            "<=" => Self::LessOrEqual,
            ">" => Self::Greater,
            ">=" => Self::GreaterOrEqual,
            "contains" => Self::Contains,
            "in" => Self::In,
            _ => return None,
        })
    }

    /// How it is written in most languages.
    pub fn sign(self) -> &'static str {
        match self {
            Self::Equal => "==",
            Self::Unequal => "!=",
            Self::Less => "<",
            Self::LessOrEqual => "<=",
            Self::Greater => ">",
            Self::GreaterOrEqual => ">=",
            Self::Contains => "contains",
            Self::In => "in",
        }
    }

    /// Whether it asks which of two is more.
    fn orders(self) -> bool {
        matches!(self, Self::Less | Self::LessOrEqual | Self::Greater | Self::GreaterOrEqual)
    }

    /// Whether it holds; nothing where a language does not say.
    fn holds(self, left: &Value<'_>, right: &Value<'_>) -> Option<bool> {
        let order = left.compare(right);
        Some(match self {
            Self::Equal => order == Some(Ordering::Equal),
            Self::Unequal => order != Some(Ordering::Equal),
            Self::Contains => *left != Value::Nil && left.text().contains(&*right.text()),
            // Python stops at a text that is asked for nothing.
            Self::In if *left == Value::Nil || *right == Value::Nil => return None,
            Self::In => right.text().contains(&*left.text()),
            // Liquid and Handlebars say no, Python stops: nobody's mail should hang on it.
            _ => match (order, self) {
                (None, _) => *left != Value::Nil && return None,
                (Some(order), Self::Less) => order == Ordering::Less,
                (Some(order), Self::LessOrEqual) => order != Ordering::Greater,
                (Some(order), Self::Greater) => order == Ordering::Greater,
                (Some(order), _) => order != Ordering::Less,
            },
        })
    }
}

/// What a row gives to an expression.
pub trait Row<'a> {
    /// The value of a field.
    fn field(&self, field: usize) -> Value<'a>;
    /// The value of a name that the draft sets.
    fn local(&self, local: usize) -> Value<'a>;
}

impl Expr {
    /// Its value for a row; nothing where that is not known.
    pub fn value<'a>(&self, language: Language, row: &impl Row<'a>) -> Option<Value<'a>> {
        Some(match self {
            Self::Literal(value) => value.clone(),
            Self::Field(field) => row.field(*field),
            Self::Local(local) => row.local(*local),
            Self::Call(filter, arguments) => {
                let mut values = arguments.iter().map(|argument| argument.value(language, row));
                let value = values.next()??;
                filter.apply(language, value, &values.collect::<Option<Vec<_>>>()?)?
            }
            Self::Compare(op, left, right) => Value::Bool(op.holds(&left.value(language, row)?, &right.value(language, row)?)?),
            Self::And(left, right) => Value::Bool(left.is_true(language, row)? && right.is_true(language, row)?),
            Self::Or(left, right) => Value::Bool(left.is_true(language, row)? || right.is_true(language, row)?),
            Self::Not(inner) => Value::Bool(!inner.is_true(language, row)?),
        })
    }

    /// Whether it holds as a condition.
    pub fn is_true<'a>(&self, language: Language, row: &impl Row<'a>) -> Option<bool> {
        Some(self.value(language, row)?.is_true(language))
    }

    /// The parts of it, itself first.
    pub fn visit(&self, see: &mut impl FnMut(&Self)) {
        see(self);
        match self {
            Self::Literal(_) | Self::Field(_) | Self::Local(_) => {}
            Self::Call(_, arguments) => arguments.iter().for_each(|argument| argument.visit(see)),
            Self::Compare(_, left, right) | Self::And(left, right) | Self::Or(left, right) => {
                left.visit(see);
                right.visit(see);
            }
            Self::Not(inner) => inner.visit(see),
        }
    }

    /// The fields that it compares with numbers.
    pub fn numbers(&self, found: &mut Vec<usize>) {
        self.visit(&mut |part| {
            let Self::Compare(op, left, right) = part else { return };
            for (one, other) in [(left, right), (right, left)] {
                let counts = matches!(**other, Self::Literal(Value::Int(_) | Value::Float(_)));
                if let (Self::Field(field), true) = (&**one, counts && (op.orders() || matches!(op, Op::Equal | Op::Unequal))) {
                    found.push(*field);
                }
            }
        });
    }

    /// The field and the text that it asks for, if that is all it does: `tier == 'gold'`.
    pub fn asks_for(&self) -> Option<(usize, String)> {
        let Self::Compare(Op::Equal, left, right) = self else { return None };
        match (&**left, &**right) {
            (Self::Field(field), Self::Literal(Value::Text(text))) | (Self::Literal(Value::Text(text)), Self::Field(field))
                if !text.is_empty() =>
            {
                Some((*field, text.clone().into_owned()))
            }
            _ => None,
        }
    }

    /// The fields that it looks at.
    pub fn fields(&self) -> Vec<usize> {
        let mut found = Vec::new();
        self.visit(&mut |part| {
            if let Self::Field(field) = part {
                found.push(*field);
            }
        });
        found
    }

    /// The fallback that a text stands for, and what it stands in for.
    pub fn fallback(&self) -> Option<(&Self, &str)> {
        match self {
            Self::Call(filter, arguments) if filter.is_fallback() => match arguments.as_slice() {
                [value, Self::Literal(Value::Text(text)), ..] => Some((value, text)),
                _ => None,
            },
            Self::Call(_, arguments) => arguments.first()?.fallback(),
            _ => None,
        }
    }
}
