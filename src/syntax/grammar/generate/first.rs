//! What the rules of a grammar can begin with, and what they leave behind.

use std::collections::HashMap;

use pest_meta::ast::RuleType;
use pest_meta::optimizer::{OptimizedExpr as Expr, OptimizedRule};

use super::sets::{END, Set};

/// What stands next where an expression matches.
#[derive(Clone)]
pub(super) struct First {
    /// Where it may match something.
    pub(super) something: Set,
    /// Where it may match nothing.
    pub(super) nothing: Set,
    /// Where it matches for certain.
    pub(super) certain: Set,
    /// Where it matches just the one byte, for certain.
    pub(super) byte: Set,
}

impl First {
    /// Where it may match.
    pub(super) fn may(&self) -> Set {
        self.something.or(&self.nothing)
    }

    /// Whether one look at what stands next decides if it matches.
    pub(super) fn is_exact(&self) -> bool {
        self.certain == self.may()
    }

    fn byte(set: Set) -> Self {
        Self {
            something: set.clone(),
            nothing: Set::none(),
            certain: set.clone(),
            byte: set,
        }
    }

    fn nothing(at: Set, certain: Set) -> Self {
        Self {
            something: Set::none(),
            nothing: at,
            certain,
            byte: Set::none(),
        }
    }
}

/// The rules of a grammar by their names.
pub(super) struct Rules<'g>(HashMap<&'g str, &'g OptimizedRule>);

impl<'g> Rules<'g> {
    pub(super) fn new(rules: &'g [OptimizedRule]) -> Self {
        Self(rules.iter().map(|rule| (&*rule.name, rule)).collect())
    }

    /// A rule; none for one that pest has built in.
    pub(super) fn get(&self, name: &str) -> Option<&'g OptimizedRule> {
        self.0.get(name).copied()
    }

    pub(super) fn leaves_token(&self, name: &str) -> bool {
        name == "EOI" || self.get(name).is_some_and(|rule| rule.ty != RuleType::Silent)
    }

    /// What an expression begins with. The grammar has no rule that begins with itself: pest sees to it.
    pub(super) fn first(&self, expr: &Expr) -> First {
        match expr {
            Expr::Str(text) => self.text(text),
            Expr::Range(from, to) => {
                let (from, to) = (single(from), single(to));
                assert!(to.is_ascii(), "a range beyond ASCII");
                First::byte(Set::of(|next| (from as usize..=to as usize).contains(&next)))
            }
            Expr::Ident(name) => match self.get(name) {
                Some(rule) => {
                    let first = self.first(&rule.expr);
                    let byte = if rule.ty == RuleType::Silent {
                        first.byte.clone()
                    } else {
                        Set::none()
                    };
                    First { byte, ..first }
                }
                None => built_in(name),
            },
            Expr::PosPred(inner) => {
                let inner = self.first(inner);
                First::nothing(inner.may(), inner.certain)
            }
            Expr::NegPred(inner) => {
                let inner = self.first(inner);
                First::nothing(Set::all().without(&inner.certain), Set::all().without(&inner.may()))
            }
            Expr::Seq(head, tail) => {
                let head = self.first(head);
                // What follows a head that matches something is not what stands next, and may begin with this very rule.
                if head.nothing.is_none() {
                    return First {
                        certain: Set::none(),
                        byte: Set::none(),
                        ..head
                    };
                }
                sequence(&head, &self.first(tail))
            }
            Expr::Choice(head, tail) => choice(&self.first(head), &self.first(tail)),
            Expr::Opt(inner) | Expr::Rep(inner) => {
                let something = self.first(inner).something;
                First {
                    something,
                    nothing: Set::all(),
                    certain: Set::all(),
                    byte: Set::none(),
                }
            }
            other => panic!("{other:?} is not known to the generator"),
        }
    }

    fn text(&self, text: &str) -> First {
        let next = Set::one(text.bytes().next().map_or(END, usize::from));
        match text.len() {
            1 => First::byte(next),
            _ => First {
                something: next,
                nothing: Set::none(),
                certain: Set::none(),
                byte: Set::none(),
            },
        }
    }

    /// Whether an expression may leave tokens.
    pub(super) fn leaves_tokens(&self, expr: &Expr) -> bool {
        match expr {
            Expr::Ident(name) => {
                self.leaves_token(name) || self.get(name).is_some_and(|rule| self.leaves_tokens(&rule.expr))
            }
            Expr::Seq(head, tail) | Expr::Choice(head, tail) => self.leaves_tokens(head) || self.leaves_tokens(tail),
            Expr::Opt(inner) | Expr::Rep(inner) => self.leaves_tokens(inner),
            _ => false,
        }
    }

    /// Whether an expression that fails may have left tokens before.
    pub(super) fn fails_late(&self, expr: &Expr) -> bool {
        match expr {
            Expr::Ident(name) => {
                !self.leaves_token(name) && self.get(name).is_some_and(|rule| self.fails_late(&rule.expr))
            }
            Expr::Seq(head, tail) => self.leaves_tokens(head) || self.fails_late(head) || self.fails_late(tail),
            Expr::Choice(head, tail) => self.fails_late(head) || self.fails_late(tail),
            _ => false,
        }
    }
}

fn sequence(head: &First, tail: &First) -> First {
    First {
        something: head.something.or(&head.nothing.and(&tail.something)),
        nothing: head.nothing.and(&tail.nothing),
        // What a head matched is not known, so that what stands after it is not either.
        certain: head.certain.without(&head.something).and(&tail.certain),
        byte: head.certain.without(&head.something).and(&tail.byte),
    }
}

fn choice(head: &First, tail: &First) -> First {
    let head_fails = Set::all().without(&head.may());
    First {
        something: head.something.or(&tail.something),
        nothing: head.nothing.or(&tail.nothing),
        certain: head.certain.or(&tail.certain),
        byte: head.byte.or(&tail.byte.and(&head_fails)),
    }
}

fn built_in(name: &str) -> First {
    let ascii = |holds: fn(&u8) -> bool| First::byte(Set::of(|next| next < 128 && holds(&(next as u8))));
    match name {
        "SOI" => First::nothing(Set::all(), Set::none()),
        "EOI" => First::nothing(Set::one(END), Set::one(END)),
        "ANY" => First {
            byte: Set::of(|next| next < 128),
            ..First::byte(Set::of(|next| next < END))
        },
        "ASCII_DIGIT" => ascii(u8::is_ascii_digit),
        "ASCII_HEX_DIGIT" => ascii(u8::is_ascii_hexdigit),
        "LETTER" => beyond_ascii(ascii(u8::is_ascii_alphabetic)),
        "DECIMAL_NUMBER" => beyond_ascii(ascii(u8::is_ascii_digit)),
        _ => panic!("the built-in rule {name} is not known to the generator"),
    }
}

/// A class of characters, some of which are not ASCII.
fn beyond_ascii(ascii: First) -> First {
    First {
        something: ascii.something.or(&Set::of(|next| (128..END).contains(&next))),
        ..ascii
    }
}

fn single(text: &str) -> char {
    let mut characters = text.chars();
    characters
        .next()
        .filter(|_| characters.next().is_none())
        .expect("one character")
}
