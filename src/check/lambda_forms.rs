//! What each form of a call with a lambda does in a turn, and what it gives.

use super::checker::{Checker, Typed};
use super::each::Walked;
use super::lambda::Lambda;
use super::typed::{ExprList, Kind, VariableId};
use crate::diagnostic::{Code, Diagnostic};
use crate::library::declaration::Form;
use crate::source::Span;
use crate::syntax::ast::{ExprId, Symbol};
use crate::types::Type;

impl Checker<'_> {
    /// The loop of a call.
    pub(super) fn form(&mut self, form: Form, value: Typed, arguments: &[ExprId], span: Span) -> Typed {
        let lambdas: Vec<Lambda> = arguments.iter().filter_map(|&argument| self.lambda(argument)).collect();
        let (Some(&first), Some(&argument)) = (lambdas.first(), arguments.first()) else {
            return self.poison(span);
        };
        match form {
            Form::FilterEntries | Form::MapValues => self.of_entries(form, value, first, span),
            Form::Reduce => self.reduced(value, argument, first, span),
            Form::Any | Form::All | Form::None | Form::Find | Form::Count => self.tested(form, value, first, span),
            Form::GroupBy | Form::Associate => self.keyed(value, (first, lambdas.get(1).copied()), span),
            Form::Filter => self.filtered(value, first, span),
            Form::Map | Form::FlatMap => self.mapped(form, value, first, span),
            Form::MinBy | Form::MaxBy | Form::Sorted | Form::SortedDescending | Form::Distinct => {
                self.by_key(form, value, first, span)
            }
        }
    }

    /// What a lambda gives, whose names stand for variables.
    fn lambda_body(
        &mut self,
        lambda: Lambda,
        variables: [Option<VariableId>; 2],
        check: impl FnOnce(&mut Self, ExprId) -> Typed,
    ) -> Typed {
        let before = self.lambdas.len();
        for (name, variable) in lambda.names.into_iter().zip(variables) {
            self.lambdas.extend(name.zip(variable));
        }
        let mark = self.narrowed();
        let shadowed = lambda.names.map(|name| name.map(|name| (name, self.shadow(name))));
        let value = check(self, lambda.body);
        for (name, before) in shadowed.into_iter().rev().flatten() {
            self.restore(name, before);
        }
        self.forget_narrowed(mark);
        self.keep_given(value);
        self.lambdas.truncate(before);
        value
    }

    /// A test that a lambda makes of elements or values, the last of its names: what is known of those for which it holds is the
    /// matter of the call.
    fn lambda_test(&mut self, lambda: Lambda, variables: [Option<VariableId>; 2]) -> Typed {
        let of = lambda
            .names
            .into_iter()
            .zip(variables)
            .filter_map(|(name, variable)| name.zip(variable))
            .next_back();
        let mut kept = None;
        let test = self.lambda_body(lambda, variables, |checker, body| {
            let test = checker.condition(body);
            kept = of.and_then(|(name, variable)| checker.kept_element(name, variable, body));
            test
        });
        if let Some(following) = self.following.as_deref_mut() {
            following.given = kept;
        }
        test
    }

    /// Begins the loop over what a method is called on, and gives the variable of its elements.
    fn walk_elements(&mut self, value: Typed, name: Option<Symbol>, at: Span) -> (Walked, VariableId) {
        let element = value.ty.element().unwrap_or(Type::Any);
        let shaped = self.walked_shape(value);
        let value = match value.ty {
            Type::Any => {
                self.unproved(value.span, || "this may not be an array".to_owned());
                self.inside("walked", &[value], None, value.span)
            }
            _ => value,
        };
        let walked = self.walk(value, at);
        let variable = self.named(name, element);
        self.keep_shape(variable, shaped);
        (walked, variable)
    }

    /// A variable of a lambda's name, for it alone.
    fn named(&mut self, name: Option<Symbol>, ty: Type) -> VariableId {
        let variable = self.own(ty);
        self.give_name(variable, name);
        variable
    }

    /// Lets messages and traces call a variable as the lambda does.
    fn give_name(&mut self, variable: VariableId, name: Option<Symbol>) {
        if let (Some(name), Some(own)) = (name, self.out.variables.get_mut(variable)) {
            own.name = self.tree.shared_name(name);
        }
    }

    /// A list that the turns fill.
    fn starting_list(&mut self, walked: &mut Walked) -> VariableId {
        let list = self.inside("list", &[], None, walked.at);
        self.starting(walked, Type::List, list)
    }

    /// A map that the turns fill.
    fn starting_map(&mut self, walked: &mut Walked) -> VariableId {
        let map = self.inside("map", &[], None, walked.at);
        self.starting(walked, Type::Map, map)
    }

    /// `x = xs[index]`
    fn set_element_of(&mut self, walked: &Walked, variable: VariableId) -> Typed {
        let ty = self.out.variable(variable).ty;
        let element = self.turn_element(walked, ty);
        let element = self.checked_as_kept(variable, element);
        self.set_own(variable, element)
    }

    /// A boolean of the program's own.
    fn truth(&mut self, value: bool, at: Span) -> Typed {
        self.node(Kind::Boolean(value), Type::Boolean, at)
    }

    /// What a lambda gives, which must be something.
    fn given(&mut self, value: Typed) -> Typed {
        match value.ty {
            Type::Void => {
                let error = Diagnostic::error(Code::NoValue, value.span, "the lambda gives no value");
                self.refuse(error)
            }
            _ => value,
        }
    }

    /// `filter(x -> test)`
    fn filtered(&mut self, value: Typed, lambda: Lambda, span: Span) -> Typed {
        let at = lambda.span;
        let (mut walked, x) = self.walk_elements(value, lambda.names[0], at);
        let list = self.starting_list(&mut walked);
        let turn = |checker: &mut Self| {
            let set = checker.set_element_of(&walked, x);
            let test = checker.lambda_test(lambda, [Some(x), None]);
            let keep = |checker: &mut Self| checker.push(list, x, at);
            let pass = |checker: &mut Self| checker.truth(false, at);
            let part = checker.chosen(test, keep, pass, Type::Boolean, at);
            (vec![set, part], ())
        };
        let gathered = |checker: &mut Self, ()| {
            let (list, like) = (checker.read_own(list, at), checker.read_own(walked.sequence, at));
            checker.inside("gathered like", &[list, like], Some(like.ty), at)
        };
        self.each_turn(&walked, turn, gathered, span)
    }

    fn push(&mut self, list: VariableId, x: VariableId, at: Span) -> Typed {
        let (list, x) = (self.read_own(list, at), self.read_own(x, at));
        self.inside("push", &[list, x], None, at)
    }

    /// `map(x -> value)`, `flatMap(x -> values)`
    fn mapped(&mut self, form: Form, value: Typed, lambda: Lambda, span: Span) -> Typed {
        let at = lambda.span;
        let (mut walked, x) = self.walk_elements(value, lambda.names[0], at);
        let list = self.starting_list(&mut walked);
        let turn = |checker: &mut Self| {
            let set = checker.set_element_of(&walked, x);
            let into = checker.read_own(list, at);
            let value = checker.lambda_body(lambda, [Some(x), None], Self::expr);
            let value = checker.given(value);
            let (name, kind) = match form {
                Form::FlatMap => ("push all", checker.kind_of_values(value)),
                _ => ("push", kind_of(value.ty)),
            };
            let part = checker.inside(name, &[into, value], None, at);
            (vec![set, part], kind)
        };
        let gathered = |checker: &mut Self, kind: Option<Type>| {
            let into = checker.read_own(list, at);
            match kind {
                None => checker.inside("gathered", &[into], None, at),
                Some(Type::List) => into,
                Some(kind) => {
                    let like = checker.node(Kind::ArrayLiteral(ExprList::default()), kind, at);
                    checker.inside("gathered like", &[into, like], Some(kind), at)
                }
            }
        };
        self.each_turn(&walked, turn, gathered, span)
    }

    /// The kind of the arrays that a lambda gives, where that is known; refused where they are none.
    fn kind_of_values(&mut self, value: Typed) -> Option<Type> {
        if value.ty == Type::Any {
            self.unproved(value.span, || "this may not be an array".to_owned());
            return None;
        }
        if value.ty.element().is_none() {
            let message = format!("expected an array or LIST of the lambda, found {}", value.ty);
            let error = Diagnostic::error(Code::ArgumentType, value.span, message);
            self.report(error.with_help("`map` takes a lambda that gives one value for each element"));
        }
        Some(value.ty).filter(|&ty| ty.element().is_some() && ty != Type::List)
    }

    /// `any`, `all`, `none`, `find` and `count`
    fn tested(&mut self, form: Form, value: Typed, lambda: Lambda, span: Span) -> Typed {
        let at = lambda.span;
        let (mut walked, x) = self.walk_elements(value, lambda.names[0], at);
        let (ty, first) = match form {
            Form::Count => (Type::Long, self.node(Kind::Long(0), Type::Long, at)),
            _ => (Type::Boolean, self.truth(form == Form::All, at)),
        };
        let found = self.starting(&mut walked, ty, first);
        walked.open_while = (form != Form::Count).then_some((found, form == Form::All));
        let turn = |checker: &mut Self| {
            let set = checker.set_element_of(&walked, x);
            let test = checker.lambda_test(lambda, [Some(x), None]);
            let part = match form {
                Form::Count => {
                    let count = |checker: &mut Self| checker.counted_up(found, at);
                    let pass = |checker: &mut Self| checker.read_own(found, at);
                    checker.chosen(test, count, pass, Type::Long, at)
                }
                _ => checker.set_own(found, test),
            };
            (vec![set, part], ())
        };
        let value = |checker: &mut Self, ()| {
            let held = checker.read_own(found, at);
            match form {
                Form::None => checker.node(Kind::Not(held.id), Type::Boolean, at),
                Form::Find => {
                    let ty = match checker.out.variable(x).ty {
                        Type::String => Type::String,
                        _ => Type::Any,
                    };
                    let null = if ty == Type::String { ty } else { Type::Null };
                    let found = |checker: &mut Self| checker.read_own(x, at);
                    let none = |checker: &mut Self| checker.node(Kind::Null, null, at);
                    checker.chosen(held, found, none, ty, at)
                }
                _ => held,
            }
        };
        self.each_turn(&walked, turn, value, span)
    }

    /// `groupBy(x -> key)`, `associate(x -> key, x -> value)`
    fn keyed(&mut self, value: Typed, (lambda, second): (Lambda, Option<Lambda>), span: Span) -> Typed {
        let at = lambda.span;
        let (mut walked, x) = self.walk_elements(value, lambda.names[0], at);
        let map = self.starting_map(&mut walked);
        let turn = |checker: &mut Self| {
            let set = checker.set_element_of(&walked, x);
            let into = checker.read_own(map, at);
            let key = checker.lambda_body(lambda, [Some(x), None], Self::expr);
            let key = checker.key(key);
            let part = match second {
                None => {
                    let x = checker.read_own(x, at);
                    checker.inside("group", &[into, key, x], None, at)
                }
                Some(second) => {
                    let value = checker.lambda_body(second, [Some(x), None], Self::expr);
                    let value = checker.given(value);
                    checker.inside("put", &[into, key, value], None, at)
                }
            };
            (vec![set, part], ())
        };
        let value = |checker: &mut Self, ()| {
            let map = checker.read_own(map, at);
            match second {
                None => {
                    let like = checker.read_own(walked.sequence, at);
                    checker.inside("grouped", &[map, like], None, at)
                }
                Some(_) => map,
            }
        };
        self.each_turn(&walked, turn, value, span)
    }

    /// A key that a lambda gives: a text.
    fn key(&mut self, key: Typed) -> Typed {
        if key.ty == Type::Any {
            self.unproved(key.span, || "this may be no STRING".to_owned());
        }
        let key = self.refuse_null(key, "which is not a key").unwrap_or(key);
        let key = match self.known_type(key) {
            Type::Any | Type::String => key,
            ty => Typed { ty, ..key },
        };
        if matches!(key.ty, Type::String | Type::Any) {
            return key;
        }
        let message = format!("expected a STRING as the key, found {}", key.ty);
        let error = Diagnostic::error(Code::ArgumentType, key.span, message);
        self.refuse(error.with_help("make a text of it, `'' + key`"))
    }

    /// `sorted(x -> key)`, `distinct(x -> key)` and their like
    fn by_key(&mut self, form: Form, value: Typed, lambda: Lambda, span: Span) -> Typed {
        let at = lambda.span;
        let (mut walked, x) = self.walk_elements(value, lambda.names[0], at);
        let list = self.starting_list(&mut walked);
        let turn = |checker: &mut Self| {
            let set = checker.set_element_of(&walked, x);
            let into = checker.read_own(list, at);
            let key = checker.lambda_body(lambda, [Some(x), None], Self::expr);
            let key = checker.given(key);
            let key = match form {
                Form::Distinct => key,
                _ => checker.refuse_null(key, "which has no order").unwrap_or(key),
            };
            (vec![set, checker.inside("push", &[into, key], None, at)], ())
        };
        let value = |checker: &mut Self, ()| {
            let (array, keys) = (checker.read_own(walked.sequence, at), checker.read_own(list, at));
            let element = match array.ty {
                Type::StringArray => Type::String,
                _ => Type::Any,
            };
            let (name, ty) = match form {
                Form::MinBy => ("min by", element),
                Form::MaxBy => ("max by", element),
                Form::SortedDescending => ("sorted descending by", array.ty),
                Form::Distinct => ("distinct by", array.ty),
                _ => ("sorted by", array.ty),
            };
            checker.inside(name, &[array, keys], Some(ty), at)
        };
        self.each_turn(&walked, turn, value, span)
    }

    /// `reduce(initial, (sum, x) -> next)`: of the type of both, where they have one.
    fn reduced(&mut self, value: Typed, initial: ExprId, lambda: Lambda, span: Span) -> Typed {
        let initial = self.expr(initial);
        let initial = self.given(initial);
        let ty = match (initial.ty, value.ty.element()) {
            (_, None | Some(Type::Any)) | (Type::Null, _) => Type::Any,
            _ if self.is_rechecked => Type::Any,
            (ty, Some(_)) => ty,
        };
        let marks = (self.diagnostics.len(), self.suppressed);
        let (reduced, same) = self.reduced_as(ty, (value, initial), lambda, span);
        if same || ty == Type::Any {
            return reduced;
        }
        // What the lambda gives is of another type: only the run tells.
        self.diagnostics.truncate(marks.0);
        self.suppressed = marks.1;
        let before = std::mem::replace(&mut self.is_rechecked, true);
        let (reduced, _) = self.reduced_as(Type::Any, (value, initial), lambda, span);
        self.is_rechecked = before;
        reduced
    }

    /// The same where what there is so far is of a type, and whether what the lambda gives is.
    fn reduced_as(&mut self, ty: Type, (value, initial): (Typed, Typed), lambda: Lambda, span: Span) -> (Typed, bool) {
        let at = lambda.span;
        let (mut walked, x) = self.walk_elements(value, lambda.names[1], at);
        let sum = self.starting(&mut walked, ty, initial);
        self.give_name(sum, lambda.names[0]);
        let mut same = true;
        let turn = |checker: &mut Self| {
            let set = checker.set_element_of(&walked, x);
            let next = checker.lambda_body(lambda, [Some(sum), Some(x)], Self::expr);
            let next = checker.given(next);
            same = next.ty == ty || ty == Type::Any;
            let next = if same { next } else { checker.poison(next.span) };
            (vec![set, checker.set_own(sum, next)], ())
        };
        let reduced = self.each_turn(&walked, turn, |checker, ()| checker.read_own(sum, at), span);
        (reduced, same)
    }

    /// A map's `filter((k, v) -> test)` and `mapValues((k, v) -> value)`
    fn of_entries(&mut self, form: Form, value: Typed, lambda: Lambda, span: Span) -> Typed {
        let at = lambda.span;
        let held = self.held_shape(value);
        let value = match value.ty {
            Type::Any => {
                self.unproved(value.span, || "this may not be a map".to_owned());
                self.inside("map walked", &[value], None, value.span)
            }
            _ => value,
        };
        let of = self.own(Type::Map);
        let taken = self.set_own(of, value);
        let keys = self.inside("keys", &[taken], None, at);
        let mut walked = self.walk(keys, at);
        let of = self.read_own(of, at);
        let values = self.inside("values", &[of], None, at);
        let values = self.starting(&mut walked, Type::List, values);
        let made = self.starting_map(&mut walked);
        let (k, v) = (
            self.named(lambda.names[0], Type::String),
            self.named(lambda.names[1], Type::Any),
        );
        self.keep_shape(v, held);
        let turn = |checker: &mut Self| {
            let first = checker.set_element_of(&walked, k);
            let value = checker.beside(&walked, values, Type::Any);
            let value = checker.checked_as_kept(v, value);
            let second = checker.set_own(v, value);
            let put = |checker: &mut Self, value: Option<Typed>| {
                let (into, key) = (checker.read_own(made, at), checker.read_own(k, at));
                let value = value.unwrap_or_else(|| checker.read_own(v, at));
                checker.inside("put", &[into, key, value], None, at)
            };
            let part = match form {
                Form::FilterEntries => {
                    let test = checker.lambda_test(lambda, [Some(k), Some(v)]);
                    let pass = |checker: &mut Self| checker.truth(false, at);
                    checker.chosen(test, |checker| put(checker, None), pass, Type::Boolean, at)
                }
                _ => {
                    let value = checker.lambda_body(lambda, [Some(k), Some(v)], Self::expr);
                    let value = checker.given(value);
                    put(checker, Some(value))
                }
            };
            (vec![first, second, part], ())
        };
        self.each_turn(&walked, turn, |checker, ()| checker.read_own(made, at), span)
    }
}

/// The kind of array of elements of a type, where that is known.
fn kind_of(ty: Type) -> Option<Type> {
    match ty {
        Type::Any => None,
        ty => Some(ty.array_of().unwrap_or(Type::List)),
    }
}
