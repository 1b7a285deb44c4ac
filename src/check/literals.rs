//! `[1, 2]` and `{a: 1}`, beyond SEL.

use super::checker::{Checker, Typed};
use super::typed::{CheckKind, Kind};
use super::written::repeated;
use crate::diagnostic::{Code, Diagnostic, quote_code, write_code};
use crate::dialect::Dialect;
use crate::library::{self, FunctionId, syntax::Syntax};
use crate::source::Span;
use crate::syntax::ast::ExprList;
use crate::types::Type;

/// What the elements of a list literal are, as far as their types say.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Elements {
    /// All of this type.
    All(Type),
    /// LONGs and DOUBLEs.
    Numbers,
    /// Of one kind as it seems, but some only the run can tell.
    Unknown,
    /// Of more than one kind, or none.
    Mixed,
}

impl Checker<'_> {
    /// `[a, b]`
    pub(super) fn list(&mut self, items: ExprList, span: Span) -> Typed {
        self.needs_selvedge("list literals", span, |checker| {
            let items = span.of(checker.source).trim_matches(['[', ']']).trim();
            match items {
                "" => "write `new String[0]`".to_owned(),
                items => write_code(&format!("new {}[]{{{items}}}", element_word(items))),
            }
        });
        if self.options.dialect == Dialect::Sel {
            self.arguments(items);
            return self.poison(span);
        }
        let mut typed = Vec::new();
        for item in self.arguments(items) {
            typed.push(self.held(item));
        }
        let element = match elements(&typed) {
            Elements::All(ty) => ty,
            Elements::Numbers => Type::Double,
            Elements::Unknown => return self.made_of(Syntax::ArrayOrList, &typed, Type::Any, span),
            Elements::Mixed => return self.made_of(Syntax::List, &typed, Type::List, span),
        };
        if element == Type::Double {
            for item in &mut typed {
                *item = self.float(*item);
            }
        }
        let list = self.expr_list(&typed);
        let array = element.array_of().unwrap_or(Type::Any);
        self.node(Kind::ArrayLiteral(list), array, span)
    }

    /// `{key: value}`
    pub(super) fn map(&mut self, entries: ExprList, span: Span) -> Typed {
        self.needs_selvedge("map literals", span, |_| {
            "write `m = new Map(); m.put('key', 1);`".to_owned()
        });
        if self.options.dialect == Dialect::Sel {
            self.arguments(entries);
            return self.poison(span);
        }
        let tree = self.tree;
        let mut typed = Vec::new();
        for entry in tree.expr_list(entries).chunks_exact(2) {
            let &[key, value] = entry else { continue };
            let key = self.expr(key);
            typed.push(self.entry_key(key));
            let value = self.expr(value);
            typed.push(self.held(value));
        }
        self.made_of(Syntax::Map, &typed, Type::Map, span)
    }

    /// A key of a map: a STRING, or checked at run time.
    pub(super) fn entry_key(&mut self, key: Typed) -> Typed {
        if matches!(key.ty, Type::String | Type::Any) {
            return self.checked(key, Type::String, CheckKind::Argument);
        }
        let message = format!("expected a STRING as the key, found {}", key.ty);
        let error = Diagnostic::error(Code::ArgumentType, key.span, message);
        let help = match (key.ty, self.written(key)) {
            (Type::Long, Some(code)) if code.parse::<i64>().is_ok() => {
                format!("keys are texts: {}", write_code(&format!("'{code}'")))
            }
            (Type::Long | Type::Double | Type::Boolean, Some(code)) => {
                format!("keys are texts: {}", write_code(&format!("String.valueOf({code})")))
            }
            _ => "keys are texts".to_owned(),
        };
        self.refuse(error.with_help(help))
    }

    /// A value that is put into a list or map.
    fn held(&mut self, value: Typed) -> Typed {
        match value.ty {
            Type::Void => self.refuse(Diagnostic::error(
                Code::ElementType,
                value.span,
                "this has no value to be held",
            )),
            _ => value,
        }
    }

    /// A call that a form is made of, with arguments of the types it takes.
    pub(super) fn made_of(&mut self, syntax: Syntax, arguments: &[Typed], ty: Type, span: Span) -> Typed {
        let Some(function) = library::of_syntax(syntax).next() else {
            return self.poison(span);
        };
        let arguments = self.expr_list(arguments);
        self.node(Kind::Call { function, arguments }, ty, span)
    }

    /// `x in xs`
    pub(super) fn member_of(&mut self, value: Typed, list: Typed, span: Span) -> Typed {
        self.needs_selvedge("`in`", span, |checker| checker.without_in(value, list));
        if self.is_refused(value) || self.is_refused(list) {
            return self.poison(span);
        }
        let error = match (value.ty, list.ty) {
            (Type::Void, _) => Some(("this has no value to be looked for".to_owned(), value.span, None)),
            (_, Type::Map) => {
                let key = self.entry_key(value);
                return self.call(&of_map(), vec![key, list], Syntax::In.name(), span);
            }
            (_, Type::Any) => None,
            (_, ty) if ty.element().is_some() => None,
            (_, ty) => {
                let message = format!("expected an array, LIST or MAP after `in`, found {ty}");
                let help = match (ty, self.written(value), self.written(list)) {
                    (Type::String, Some(part), Some(text)) => {
                        let text = crate::advice::operand(text);
                        Some(format!("of a text {}", write_code(&format!("{text}.contains({part})"))))
                    }
                    (Type::String, _, _) => Some("of a text write `text.contains(part)`".to_owned()),
                    _ => None,
                };
                Some((message, list.span, help))
            }
        };
        if let Some((message, place, help)) = error {
            let mut error = Diagnostic::error(Code::OperandTypes, place, message);
            error.help = help;
            return self.refuse(error);
        }
        let candidates: Vec<FunctionId> = library::of_syntax(Syntax::In).collect();
        self.call(&candidates, vec![value, list], Syntax::In.name(), span)
    }

    /// How SEL does without `in`.
    fn without_in(&self, value: Typed, list: Typed) -> String {
        let value_is_key = matches!(value.ty, Type::String | Type::Any);
        let (Some(value), Some(code)) = (self.written(value), repeated(list.span.of(self.source))) else {
            return "of an array compare the elements in a loop, of a map write `m.containsKey(key)`".to_owned();
        };
        let items = code.strip_prefix('[').and_then(|code| code.strip_suffix(']'));
        let items = items.filter(|items| !items.is_empty() && !items.contains(['[', '{', '(', '\'', '"']));
        match list.ty {
            Type::Map if value_is_key => write_code(&format!("{code}.containsKey({value})")),
            _ if items.is_some() => {
                let items = items.unwrap_or_default().split(',');
                let equal: Vec<String> = items.map(|item| format!("{value} == {}", item.trim())).collect();
                write_code(&equal.join(" || "))
            }
            Type::Map => "keys are texts".to_owned(),
            _ => format!(
                "compare the elements in a loop, {}",
                quote_code(&format!("for (int i = 0; i < {code}.length; i += 1) {{ … }}"))
            ),
        }
    }
}

/// `in` of a map alone.
fn of_map() -> Vec<FunctionId> {
    let is_of_map =
        |id: &FunctionId| library::function(*id).is_some_and(|function| function.accepts_at(1).takes(Type::Map));
    library::of_syntax(Syntax::In).filter(is_of_map).collect()
}

fn elements(items: &[Typed]) -> Elements {
    let has = |ty: Type| items.iter().any(|item| item.ty == ty);
    let [unknown, longs, doubles, texts, booleans] =
        [Type::Any, Type::Long, Type::Double, Type::String, Type::Boolean].map(has);
    let is_scalar = |ty: Type| ty == Type::Any || ty.array_of().is_some();
    let kinds = usize::from(longs || doubles) + usize::from(texts) + usize::from(booleans);
    if items.is_empty() || kinds > 1 || !items.iter().all(|item| is_scalar(item.ty)) {
        return Elements::Mixed;
    }
    match (unknown, longs && doubles) {
        (true, _) => Elements::Unknown,
        (false, true) => Elements::Numbers,
        (false, false) => items.first().map_or(Elements::Mixed, |first| Elements::All(first.ty)),
    }
}

/// The word for the type of elements that begin so.
fn element_word(items: &str) -> &'static str {
    match items.chars().next() {
        Some('\'' | '"') => "String",
        Some('t' | 'f') => "boolean",
        _ if items.contains('.') => "double",
        _ => "int",
    }
}
