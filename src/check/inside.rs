//! Steps into values of a known shape: what they give, and what is refused.

use super::checker::{Checker, Typed};
use super::known_shapes::Shaped;
use crate::diagnostic::{Code, Diagnostic, quote};
use crate::library;
use crate::operator::Unary;
use crate::shape::{Key, Part, Shape};
use crate::source::Span;
use crate::syntax::ast::{ExprId, ExprKind, Literal, Step, StepKind};
use crate::types::Type;

impl Checker<'_> {
    /// The operand of an operator before it.
    pub(super) fn unary_operand(&mut self, operator: Unary, value: Typed) -> Typed {
        if value.shape.is_none() {
            return value;
        }
        let what = format!("which {} does not take", quote(operator.text()));
        let value = self.refuse_null(value, &what).unwrap_or(value);
        let fits = |ty: Type| match operator {
            Unary::Not => ty == Type::Boolean,
            Unary::Minus | Unary::Plus => ty.is_number(),
        };
        match self.known_type(value) {
            Type::Any => value,
            ty if fits(ty) => value,
            ty => Typed { ty, ..value },
        }
    }

    /// Refuses a step into a value that cannot have it.
    pub(super) fn refuse_step(&mut self, value: Typed, step: &Step) -> Option<Typed> {
        value.shape?;
        if let Some(refused) = self.refuse_step_of_null(value, step) {
            return Some(refused);
        }
        let (name, span) = self.constant_key(step)?;
        let shaped = value.shape?;
        let following = self.following.as_deref()?;
        let Part::Map { keys, rest: None } = following.table.part(shaped.shape) else {
            return None;
        };
        if keys.iter().any(|key| *key.name == *name) {
            return None;
        }
        let keys: Vec<&str> = keys.iter().map(|key| &*key.name).take(1_000).collect();
        let (path, shown) = (self.path_text(shaped.path), self.shown_shape(value));
        let message = format!("{} has no key {}", quote(&path), quote(&name));
        let error = Diagnostic::error(Code::UnknownField, span, message).with_label(format!("this is {shown}"));
        let found = self.nearest(&name, keys.iter().copied()).map(str::to_owned);
        let error = match found {
            Some(found) => {
                let written = span.of(self.source);
                let replacement = match written.chars().next() {
                    Some(quotes @ ('\'' | '"')) => format!("{quotes}{found}{quotes}"),
                    _ => found.clone(),
                };
                let error = error.with_help(format!("did you mean {}?", quote(&found)));
                error.with_suggestion(span, &replacement)
            }
            None => {
                let shown: Vec<String> = keys.iter().take(8).map(|key| quote(key)).collect();
                let more = if keys.len() > 8 { ", …" } else { "" };
                match shown.is_empty() {
                    true => error.with_help("its shape says that it has no keys"),
                    false => error.with_help(format!("it has {}{more}", shown.join(", "))),
                }
            }
        };
        Some(self.refuse(error))
    }

    /// Refuses a field or an element of what has none, by its type.
    pub(super) fn refuse_inside(&mut self, value: Typed, step: &Step) -> Option<Typed> {
        let ty = match self.may_be_null(value) {
            true => Type::Any,
            false => self.known_type(value),
        };
        let is_length = |name| self.tree.name(name) == "length";
        let has_none = match step.kind {
            StepKind::Call { name, .. } => self.has_no_method(ty, self.tree.name(name)),
            StepKind::Field { name, .. } => ty != Type::Map && !(ty.element().is_some() && is_length(name)),
            StepKind::Index(index) => match (ty, self.tree.expr(index).kind) {
                // Keys are texts, and elements have numbers.
                (Type::Map, ExprKind::Literal(Literal::Long { .. })) => true,
                (ty, ExprKind::Literal(Literal::Text(_))) => ty != Type::Map,
                (ty, _) => ty != Type::Map && ty.element().is_none(),
            },
        };
        let is_reported = value.ty == Type::Any && ty != Type::Any && has_none;
        is_reported.then(|| self.step(Typed { ty, ..value }, step, None))
    }

    /// Whether what a shape says to be of a type has no such method, whatever it is when it runs.
    fn has_no_method(&self, ty: Type, name: &str) -> bool {
        let none = |ty: Type| library::methods(self.options.dialect, Some(ty), name).next().is_none();
        match ty {
            Type::Long | Type::Boolean | Type::String | Type::Map => none(ty),
            // An integer may stand for a DOUBLE, and a LIST for an array.
            Type::Double => none(ty) && none(Type::Long),
            ty => ty.element().is_some() && none(ty) && none(Type::List),
        }
    }

    /// The constant key that a step into a map reads, and its place.
    fn constant_key(&self, step: &Step) -> Option<(String, Span)> {
        let key = match step.kind {
            StepKind::Call { name, arguments, .. } => match (self.tree.name(name), self.tree.expr_list(arguments)) {
                ("get", [key]) | ("getOrDefault" | "put", [key, _]) => *key,
                _ => return None,
            },
            StepKind::Index(key) => key,
            StepKind::Field { name, name_span } => {
                let name = self.tree.name(name);
                return Some((name.to_owned(), name_span));
            }
        };
        let expr = self.tree.expr(key);
        match expr.kind {
            ExprKind::Literal(Literal::Text(text)) => Some((self.tree.text(text).to_owned(), expr.span)),
            _ => None,
        }
    }

    /// Whether what a step of a value reads may be absent, though the value is there: the entry of a key that its shape does not
    /// promise.
    pub(super) fn may_lack(&self, of: Typed, step: &Step, is_present: bool) -> bool {
        let Some((following, shaped)) = self.following.as_deref().zip(of.shape) else {
            return true;
        };
        let is_map = matches!(following.table.part(shaped.shape), Part::Map { .. });
        let is_sure = || {
            let under = |(key, _): (String, Span)| following.table.under(shaped.shape, &key);
            self.constant_key(step)
                .and_then(under)
                .is_some_and(|(_, is_sure)| is_sure)
        };
        is_map && !matches!(step.kind, StepKind::Call { .. }) && !is_present && !is_sure()
    }

    /// What a step into a value of a known shape gave; `or_null` where that is null where there is no such key.
    pub(super) fn followed_step(&mut self, before: Typed, step: &Step, after: Typed, or_null: bool) -> Typed {
        let Some(shaped) = before.shape.filter(|_| !self.is_refused(after)) else {
            return after;
        };
        match step.kind {
            StepKind::Index(_) => self.read_inside(shaped, step, after, or_null),
            StepKind::Field { name, .. } if self.tree.name(name) == "length" && after.ty == Type::Long => after,
            StepKind::Field { .. } => self.read_inside(shaped, step, after, or_null),
            StepKind::Call { name, arguments, .. } => {
                let arguments = self.tree.expr_list(arguments);
                match (self.tree.name(name), arguments.len()) {
                    ("get", 1) => self.read_inside(shaped, step, after, or_null),
                    ("getOrDefault", 2) => self.read_or_default(shaped, step, after),
                    (name, count) => self.followed_call(shaped, (name, count), after),
                }
            }
        }
    }

    /// What is under a key, or what stands for it.
    fn read_or_default(&mut self, shaped: Shaped, step: &Step, after: Typed) -> Typed {
        let key = self.constant_key(step);
        let held = match &key {
            Some((key, _)) => self
                .following
                .as_deref()
                .and_then(|known| known.table.under(shaped.shape, key)),
            None => self.values_of(shaped.shape).map(|values| (values, false)),
        };
        let (Some((held, _)), Some(following)) = (held, self.following.as_deref_mut()) else {
            return after;
        };
        let Some(given) = following.given.take() else {
            return after;
        };
        let shape = following.table.join(held, given);
        let path = match &key {
            Some((key, _)) => following.key_of(shaped.path, key),
            None => following.element_of(shaped.path),
        };
        self.checked_shape(after, Shaped { shape, path })
    }

    /// An element, or what is under a key.
    fn read_inside(&mut self, shaped: Shaped, step: &Step, after: Typed, or_null: bool) -> Typed {
        let key = self.constant_key(step);
        let values = match key {
            Some(_) => None,
            None => self.values_of(shaped.shape),
        };
        let Some(following) = self.following.as_deref_mut() else {
            return after;
        };
        if let Some(element) = following.table.element(shaped.shape) {
            let path = following.element_of(shaped.path);
            let is_typed = following.table.ty(shaped.shape) != Type::List && after.ty != Type::Any;
            let read = Shaped { shape: element, path };
            return match is_typed {
                true => self.with_shape(after, Some(read)),
                false => self.checked_shape(after, read),
            };
        }
        let (held, path) = match &key {
            Some((key, _)) => {
                let path = following.key_of(shaped.path, key);
                match following.table.under(shaped.shape, key) {
                    Some((held, is_sure)) if is_sure || !or_null => (held, path),
                    // Null where there is no such key.
                    Some((held, _)) => (following.table.nullable(held), path),
                    None => return after,
                }
            }
            None => {
                let Some(values) = values else { return after };
                let path = following.element_of(shaped.path);
                let held = if or_null {
                    following.table.nullable(values)
                } else {
                    values
                };
                (held, path)
            }
        };
        self.checked_shape(after, Shaped { shape: held, path })
    }

    /// What a method of a value of a known shape gave.
    fn followed_call(&mut self, shaped: Shaped, call: (&str, usize), after: Typed) -> Typed {
        let values = match call {
            ("entries" | "values", 0) | ("filter", 1) => self.values_of(shaped.shape),
            _ => None,
        };
        let Some(following) = self.following.as_deref_mut() else {
            return after;
        };
        let (given, keeps_maps) = (following.given.take(), following.keeps_maps());
        let table = &mut following.table;
        let shape = match (table.part(shaped.shape).clone(), call) {
            (Part::List(element), ("first" | "last" | "min" | "max", 0) | ("find" | "minBy" | "maxBy", 1)) => {
                let element = given.filter(|_| call == ("find", 1)).unwrap_or(element);
                let shape = table.nullable(element);
                let path = following.element_of(shaped.path);
                return self.checked_shape(after, Shaped { shape, path });
            }
            (Part::List(element), ("filter", 1)) => {
                let shape = table.list(given.unwrap_or(element));
                return self.with_shape(after, Some(Shaped { shape, ..shaped }));
            }
            (
                Part::List(_),
                ("take" | "drop" | "sorted" | "sortedDescending" | "distinct", 1)
                | ("reversed" | "distinct" | "sorted" | "sortedDescending", 0)
                | ("slice", 2),
            ) => return self.with_shape(after, Some(shaped)),
            (Part::List(_), ("chunks", 1)) => Some(table.list(shaped.shape)),
            (Part::List(_), ("map", 1)) => given.map(|given| table.list(given)),
            (Part::List(_), ("flatMap", 1)) => given
                .and_then(|given| table.element(given))
                .map(|given| table.list(given)),
            (Part::List(_), ("groupBy", 1)) if keeps_maps => Some(table.map(Vec::new(), Some(shaped.shape))),
            (Part::List(_), ("associate", 2)) | (Part::Map { .. }, ("mapValues", 1)) if keeps_maps => {
                given.map(|given| table.map(Vec::new(), Some(given)))
            }
            (Part::List(element), ("indexed", 0)) if keeps_maps => {
                let index = table.of(Type::Long);
                let keys = [("index", index), ("value", element)].map(key);
                let entry = table.map(keys.into(), None);
                Some(table.list(entry))
            }
            (Part::Map { .. }, ("entries", 0)) if keeps_maps => values.map(|value| {
                let text = table.of(Type::String);
                let keys = [("key", text), ("value", value)].map(key);
                let entry = table.map(keys.into(), None);
                table.list(entry)
            }),
            (Part::Map { .. }, ("values", 0)) => values.map(|values| table.list(values)),
            (Part::Map { .. }, ("filter", 1)) if keeps_maps => {
                given.or(values).map(|values| table.map(Vec::new(), Some(values)))
            }
            (Part::Of(_) | Part::List(_) | Part::Map { .. } | Part::Nullable(_), _) => None,
        };
        let path = shape.map(|shape| (shape, following.made_at(after.span)));
        self.with_shape(after, path.map(|(shape, path)| Shaped { shape, path }))
    }

    /// Arguments with the types that their shapes say, where those are exact: what no function takes is refused by them.
    pub(super) fn typed_by_shapes(&self, arguments: &[Typed]) -> Option<Vec<Typed>> {
        let is_reported = |value: &Typed| value.shape.is_some() && value.ty == Type::Any;
        arguments.iter().any(is_reported).then(|| {
            let reported = arguments.iter().map(|value| match self.known_type(*value) {
                ty @ (Type::Long | Type::Boolean | Type::String | Type::Map) => Typed { ty, ..*value },
                _ => *value,
            });
            reported.collect()
        })
    }

    /// What an element of a list of a known shape is, for a variable that walks it.
    pub(super) fn walked_shape(&mut self, values: Typed) -> Option<Shaped> {
        let shaped = values.shape?;
        let following = self.following.as_deref_mut()?;
        let shape = following.table.element(shaped.shape)?;
        let path = following.element_of(shaped.path);
        Some(Shaped { shape, path })
    }

    /// The same of the values of a map.
    pub(super) fn held_shape(&mut self, map: Typed) -> Option<Shaped> {
        let shaped = map.shape?;
        let shape = self.values_of(shaped.shape)?;
        let path = self.following.as_deref_mut()?.element_of(shaped.path);
        Some(Shaped { shape, path })
    }

    /// The shape of what an operator gives, where the types that the shapes say tell it.
    pub(super) fn made_by(&mut self, ty: Type, value: Typed) -> Typed {
        if ty == Type::Any || value.ty != Type::Any {
            return value;
        }
        let span = value.span;
        let shaped = self.following.as_deref_mut().map(|following| {
            let shape: Shape = following.table.of(ty);
            let path = following.made_at(span);
            Shaped { shape, path }
        });
        self.with_shape(value, shaped)
    }

    /// A shape for what a part of the program gives, where it tells more than the type.
    pub(super) fn with_known_shape(&mut self, value: Typed, shape: Option<Shape>) -> Typed {
        match value.ty {
            ty if matches!(ty, Type::Any | Type::Map) || ty.element().is_some() => self.shaped_here(value, shape),
            _ => value,
        }
    }

    /// A shape for what a part of the program gives.
    pub(super) fn shaped_here(&mut self, value: Typed, shape: Option<Shape>) -> Typed {
        let span = value.span;
        let shaped = shape.and_then(|shape| {
            let path = self.following.as_deref_mut()?.made_at(span);
            Some(Shaped { shape, path })
        });
        self.with_shape(value, shaped)
    }

    /// Whether a map of a known shape is given what does not fit.
    pub(super) fn refuse_put(&mut self, map: Typed, key: ExprId, value: Typed) -> Option<Typed> {
        let shaped = map.shape?;
        let ExprKind::Literal(Literal::Text(key)) = self.tree.expr(key).kind else {
            return None;
        };
        let key = self.tree.text(key);
        let (wanted, _) = self.following.as_deref()?.table.under(shaped.shape, key)?;
        let table = &self.following.as_deref()?.table;
        let accepted = table.accepts(wanted);
        let given = self.known_type(value);
        let is_constant_null = value.ty == Type::Null;
        let fits = given == Type::Any || is_constant_null && accepted >> Type::Null as u32 & 1 == 1;
        if fits || accepted >> given as u32 & 1 == 1 {
            return None;
        }
        let message = format!(
            "expected {} for {}, found {given}",
            quote(&table.shown(wanted)),
            quote(&format!("{}.{key}", self.path_text(shaped.path)))
        );
        let error = Diagnostic::error(Code::ArgumentType, value.span, message);
        Some(self.refuse(error.with_help("its shape says what the map holds: make a new map for something else")))
    }
}

fn key((name, shape): (&str, Shape)) -> Key {
    Key {
        name: name.into(),
        shape,
    }
}
