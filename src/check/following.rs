//! What is known of the insides of values, beside their types: the shapes that the schema gives parameters, followed to what is read of
//! them. They refuse programs and check what is read; no instruction, value or step depends on them.

use std::fmt::Write as _;
use std::sync::Arc;

use super::checker::{Checker, Typed};
use super::known_shapes::{Path, Place, Shaped};
use super::typed::{Kind, VariableId};
use crate::shape::{Part, Shape, WholeShape};
use crate::syntax::ast::Symbol;
use crate::types::Type;

/// How many steps of a path are shown.
const MAX_PATH: usize = 12;
/// How many characters of code begin one.
const MAX_CODE: usize = 24;

impl Checker<'_> {
    pub(super) fn follows(&self) -> bool {
        self.following.is_some()
    }

    /// A value with what is known of its inside.
    pub(super) fn with_shape(&self, value: Typed, shaped: Option<Shaped>) -> Typed {
        Typed {
            shape: shaped.filter(|shaped| {
                self.following
                    .as_ref()
                    .is_some_and(|known| !known.table.is_any(shaped.shape))
            }),
            ..value
        }
    }

    /// What the schema says of a parameter's inside.
    pub(super) fn shape_of_parameter(&mut self, name: &Arc<str>) -> Option<Shaped> {
        let whole: &WholeShape = self.options.schema.whole_shape(name)?;
        let following = self.following.as_deref_mut()?;
        if let Some(known) = following.parameters.get(name) {
            return Some(*known);
        }
        let shape = whole.put_in(&mut following.table);
        let path = following.place(Place::Parameter(Arc::clone(name)));
        let shaped = Shaped { shape, path };
        following.parameters.insert(Arc::clone(name), shaped);
        Some(shaped)
    }

    /// A name that was read: of a parameter that nothing sets, what the schema says; of a variable that is set once, what it is set to.
    fn followed_name(&mut self, symbol: Symbol, value: Typed) -> Typed {
        let Kind::Variable(variable) = self.out.expr(value.id).kind else {
            return value;
        };
        let known = self
            .following
            .as_deref()
            .and_then(|known| known.variables.get(&variable));
        if let Some(&shaped) = known {
            return self.with_shape(value, Some(shaped));
        }
        let is_set = self.names.known.get(symbol).assigned || self.lambda_variable(symbol).is_some();
        let parameter = self.out.variable(variable).parameter.filter(|_| !is_set);
        let Some(parameter) = parameter else {
            return value;
        };
        let name = Arc::clone(&self.out.parameter(parameter).name);
        match self.shape_of_parameter(&name) {
            Some(shaped) => self.checked_shape(value, shaped),
            None => value,
        }
    }

    /// A name that is read, and what is known of it where it stands.
    pub(super) fn read_name(&mut self, symbol: Symbol, value: Typed) -> Typed {
        if !self.follows() {
            return value;
        }
        let value = self.followed_name(symbol, value);
        self.narrowed_value(value, self.read_by_name(symbol))
    }

    /// Keeps what is known of a variable's only value.
    pub(super) fn keep_shape(&mut self, variable: VariableId, shaped: Option<Shaped>) {
        if let (Some(following), Some(shaped)) = (self.following.as_deref_mut(), shaped) {
            following.variables.insert(variable, shaped);
        }
    }

    /// The same of a name, where the program sets it once.
    pub(super) fn keep_shape_of(&mut self, name: Symbol, shaped: Option<Shaped>) {
        let is_once = shaped.is_some() && self.names.known.get(name).is_set_once();
        if let Some(variable) = self.names.variable(name).filter(|_| is_once)
            && self.out.variable(variable).parameter.is_none()
        {
            self.keep_shape(variable, shaped);
        }
    }

    /// What is set to a variable of which more is kept.
    pub(super) fn checked_as_kept(&mut self, variable: VariableId, value: Typed) -> Typed {
        let known = self
            .following
            .as_deref()
            .and_then(|known| known.variables.get(&variable));
        match known.copied() {
            Some(shaped) => self.checked_shape(value, shaped),
            None => value,
        }
    }

    /// What was read, which the run checks where its type does not say that it fits.
    pub(super) fn checked_shape(&mut self, value: Typed, shaped: Shaped) -> Typed {
        let Some(following) = self.following.as_deref() else {
            return value;
        };
        let accepted = following.table.accepts(shaped.shape);
        if value.ty != Type::Any || accepted == u64::MAX || self.is_refused(value) {
            return self.with_shape(value, Some(shaped));
        }
        let text = format!(
            "{}\n{}",
            following.table.shown(shaped.shape),
            self.path_text(shaped.path)
        );
        let text = self.text(&text);
        let accepted = self.node(Kind::Long(accepted as i64), Type::Long, value.span);
        let place = self.node(Kind::Text(text), Type::String, value.span);
        let checked = self.inside("shaped", &[value, accepted, place], None, value.span);
        self.with_shape(checked, Some(shaped))
    }

    pub(super) fn place_of(&self, path: Path) -> Option<&Place> {
        self.following.as_deref()?.places.get(path.0 as usize)
    }

    /// A path as text: `orders[].lines[].qty`.
    pub(super) fn path_text(&self, path: Path) -> String {
        let places = self.following.as_deref().map_or(&[][..], |following| &following.places);
        let (mut steps, mut next) = (Vec::new(), Some(path));
        while let Some(place) = next.take().and_then(|path| places.get(path.0 as usize)) {
            if steps.len() == MAX_PATH {
                break;
            }
            next = match place {
                Place::Key(of, _) | Place::Element(of) => Some(*of),
                Place::Parameter(_) | Place::Code(_) => None,
            };
            steps.push(place);
        }
        let mut text = if next.is_some() {
            "…".to_owned()
        } else {
            String::new()
        };
        for place in steps.into_iter().rev() {
            // A `String` never refuses.
            let _ = match place {
                Place::Parameter(name) => write!(text, "{name}"),
                Place::Code(span) => {
                    let code = span.of(self.source);
                    text.extend(
                        code.chars()
                            .take(MAX_CODE)
                            .map(|c| if c.is_whitespace() { ' ' } else { c }),
                    );
                    let is_cut = code.chars().nth(MAX_CODE).is_some();
                    write!(text, "{}", if is_cut { "…" } else { "" })
                }
                Place::Key(_, key) if crate::shape::is_bare(key) => write!(text, ".{key}"),
                Place::Key(_, key) => write!(text, "['{key}']"),
                Place::Element(_) => write!(text, "[]"),
            };
        }
        text
    }

    /// Keeps what is known of a value for the call that it is given to.
    pub(super) fn keep_given(&mut self, value: Typed) {
        let given = self.shape_of(value);
        if let Some(following) = self.following.as_deref_mut() {
            following.given = given;
        }
    }

    /// What is known of a value's inside, of its type where no more is.
    pub(super) fn shape_of(&mut self, value: Typed) -> Option<Shape> {
        let following = self.following.as_deref_mut()?;
        match (value.shape, value.ty) {
            (Some(shaped), _) => Some(shaped.shape),
            (None, Type::Any | Type::Void | Type::Null) => None,
            (None, ty) => Some(following.table.of(ty)),
        }
    }

    /// The type that a value surely has unless it is null, where its shape says so. An integer may stand where a DOUBLE is said, and a
    /// LIST where an array is.
    pub(super) fn known_type(&self, value: Typed) -> Type {
        let (Some(following), Some(shaped), Type::Any) = (self.following.as_deref(), value.shape, value.ty) else {
            return value.ty;
        };
        let (shape, _) = following.table.without_null(shaped.shape);
        following.table.ty(shape)
    }

    /// Whether a shape says that a value may be null.
    pub(super) fn may_be_null(&self, value: Typed) -> bool {
        match (self.following.as_deref(), value.shape) {
            (Some(following), Some(shaped)) => following.table.without_null(shaped.shape).1,
            _ => false,
        }
    }

    /// The shape of a value in a message.
    pub(super) fn shown_shape(&self, value: Typed) -> String {
        match (self.following.as_deref(), value.shape) {
            (Some(following), Some(shaped)) => following.table.shown(shaped.shape),
            _ => value.ty.name().to_owned(),
        }
    }

    /// The shape of what one of two values is.
    pub(super) fn joined_shape(&mut self, one: Option<Shape>, value: Typed, is_first: bool) -> Option<Shape> {
        if !self.follows() {
            return None;
        }
        let own = self.shape_of(value);
        let following = self.following.as_deref_mut()?;
        match (one, own, value.ty) {
            (None, own, _) if is_first => own,
            (Some(one), None, Type::Null) => Some(following.table.nullable(one)),
            (Some(one), Some(own), _) => Some(following.table.join(one, own)),
            _ => None,
        }
    }

    /// The shape of all values of a map.
    pub(super) fn values_of(&mut self, shape: Shape) -> Option<Shape> {
        let table = &mut self.following.as_deref_mut()?.table;
        let Part::Map { keys, rest } = table.part(shape).clone() else {
            return None;
        };
        let held = keys.iter().map(|key| key.shape).chain(rest);
        let mut all = None;
        for held in held.take(64) {
            all = Some(all.map_or(held, |all| table.join(all, held)));
        }
        all.filter(|_| keys.len() < 64)
    }
}
