//! `m.name` and `m['name']`, beyond SEL: the entry of a key that must be there.

use super::checker::{Checker, Typed};
use super::maybe::Maybe;
use crate::diagnostic::{Code, Diagnostic, quote_code};
use crate::dialect::Dialect;
use crate::library::syntax::Syntax;
use crate::source::Span;
use crate::types::Type;

impl Checker<'_> {
    /// Whether `.name` and `['name']` of a value of the type read the entry of a key.
    pub(super) fn has_entries(&self, ty: Type) -> bool {
        self.options.dialect == Dialect::Selvedge && matches!(ty, Type::Map | Type::Any)
    }

    /// Whether a field is that of a class of another language: of one that is known, or a constant such as `Short.MAX_VALUE`.
    pub(super) fn is_of_class(&self, value: Typed, name: &str) -> bool {
        let is_class = |class: &str| class.starts_with(char::is_uppercase);
        let is_constant = name.len() > 1 && !name.contains(char::is_lowercase);
        self.advice_on_class(value, name, &[]).is_some()
            || (is_constant && self.unset_name(value).is_some_and(is_class))
    }

    /// The entry of a key, which must be there but behind `?.`.
    pub(super) fn entry(&mut self, map: Typed, key: Typed, maybe: Option<Maybe<'_>>, span: Span) -> Typed {
        let key = self.entry_key(key);
        if map.ty == Type::Any {
            self.unproved(map.span, || "this may not be a MAP".to_owned());
        }
        match maybe {
            Some(maybe) => self.maybe_entry(map, key, maybe, span),
            None => self.made_of(Syntax::Entry, &[map, key], Type::Any, span),
        }
    }

    /// The error of an assignment to an entry.
    pub(super) fn put_instead(&mut self, map: Typed, key: Typed, value: Option<&str>) -> Typed {
        let span = map.span.to(key.span);
        let map = self.written(map).unwrap_or("m").to_owned();
        let key = self.written(key).unwrap_or("'key'").to_owned();
        let code = format!("{map}.put({key}, {})", value.unwrap_or("value"));
        let error = Diagnostic::error(Code::IndexType, span, "an entry of a MAP is not assigned to");
        self.refuse(error.with_help(format!("write {}", quote_code(&code))))
    }
}
