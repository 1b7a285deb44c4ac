//! How a library function is declared: everything about it in one place, from which the checker, the reference page,
//! completion and the tests of its examples all read.

use super::bound::Bound;
use super::capability::Capability;
use crate::dialect::Dialect;
use crate::effect::{Effect, Effects};
use crate::machine::any::Any;
use crate::machine::code::Candidate;
use crate::machine::context::Context;
use crate::machine::fault::Fault;
pub(crate) use crate::machine::native::Accepts;
use crate::machine::native::{Native, NativeBody};
use crate::machine::prepared::Prepared;
use crate::types::Type;

/// A function of the library.
#[derive(Debug)]
pub(crate) struct Function {
    /// How it is reached.
    pub(crate) receiver: Receiver,
    /// Its name; a class's name for a constructor.
    pub(crate) name: &'static str,
    /// What it takes, without the receiver.
    pub(crate) parameters: &'static [Parameter],
    /// Whether the last parameter may be given any number of times, none included; each then arrives as `ANY`.
    pub(crate) variadic: bool,
    /// What it gives.
    pub(crate) result: Type,
    /// How the type of what it gives follows from the receiver's.
    pub(crate) follows: Follows,
    /// What a call costs.
    pub(crate) cost: Cost,
    /// What it charges at most beside.
    pub(crate) bound: Bound,
    /// What of the host it reads.
    pub(crate) effects: Effects,
    /// The part of the language it belongs to, where that can be switched off on its own.
    pub(crate) capability: Option<Capability>,
    /// Whether SEL does not have it.
    pub(crate) beyond_sel: bool,
    /// What it does, in a sentence or two of Markdown.
    pub(crate) about: &'static str,
    /// Examples, each of which runs as a test: success first, then one for each error it declares.
    pub(crate) examples: &'static [Example],
    /// What runs. The receiver of an instance method is the first argument.
    pub(crate) body: NativeBody,
    /// What a call does with the lambda that it takes, which is compiled where it stands.
    pub(crate) form: Option<Form>,
    /// What stands for the receiver when a call is tried before the run.
    pub(crate) tried_on: Option<StandIn>,
}

/// How a function is reached.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Receiver {
    /// `Class.name(…)`
    Static(&'static str),
    /// `value.name(…)` on a value of the type.
    Instance(Type),
    /// `value.name(…)` on a value of any of the types.
    OneOf(&'static [Type]),
    /// By no program: a part of what a call with a lambda is made of.
    Inside,
    /// `new Class(…)`
    Constructor(&'static str),
    /// `Class.name`, without parentheses.
    Constant(&'static str),
    /// A function or constant of a class through a value of its type, which is evaluated and not used: `value.name(…)`.
    Through {
        on: Type,
        class: &'static str,
        constant: bool,
    },
}

impl Receiver {
    /// Whether the first argument is the value before the dot.
    pub(crate) const fn is_value(self) -> bool {
        matches!(self, Self::Instance(_) | Self::OneOf(_) | Self::Through { .. })
    }

    /// Whether it is reached as `value.name(…)` on values of the type, or of any type where none is given.
    pub(crate) fn is_method_of(self, ty: Option<Type>) -> bool {
        match self {
            Self::Instance(Type::Any) => true,
            Self::Instance(on)
            | Self::Through {
                on, constant: false, ..
            } => ty.is_none_or(|ty| ty == on),
            Self::OneOf(types) => ty.is_none_or(|ty| types.contains(&ty)),
            Self::Inside
            | Self::Through { constant: true, .. }
            | Self::Static(_)
            | Self::Constructor(_)
            | Self::Constant(_) => false,
        }
    }
}

/// What a call does with the value that its lambda gives for each element.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Form {
    Filter,
    Map,
    FlatMap,
    Any,
    All,
    None,
    Find,
    Count,
    GroupBy,
    Associate,
    MinBy,
    MaxBy,
    Sorted,
    SortedDescending,
    Distinct,
    Reduce,
    FilterEntries,
    MapValues,
}

/// How the type of a result follows from that of the receiver, an array or LIST, where that is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Follows {
    /// It does not.
    No,
    /// It is the receiver's.
    Receiver,
    /// It is that of an element.
    Element,
    /// It is that of an element, or null.
    ElementOrNull,
}

/// A parameter of a function.
#[derive(Debug)]
pub(crate) struct Parameter {
    /// Its name in the documentation.
    pub(crate) name: &'static str,
    /// What may be given.
    pub(crate) accepts: Accepts,
    /// What it is for, in a phrase.
    pub(crate) about: &'static str,
    /// Makes something of a constant text at compile time, or says why it is not valid (`E407`).
    pub(crate) prepare: Option<Prepare>,
    /// What stands for an argument that is not constant when a call is tried before the run.
    pub(crate) stand_in: Option<StandIn>,
    /// Where a LONG below 0 always fails, what to write instead.
    pub(crate) position: Option<&'static str>,
}

/// Makes what stands for a value of a type that only the run knows: where a call fails with it, it fails with any other.
/// It is given the arguments before it.
pub(crate) type StandIn = fn(&mut Context<'_>, Type, &[Any]) -> Result<Any, Fault>;

/// Makes something of a constant argument within so many bytes, leaves it to the run where there is no room or no gain, or
/// says in one line why it is not valid.
pub(crate) type Prepare = fn(&str, usize) -> Result<Option<Prepared>, String>;

/// What a call costs beside the memory that its body charges as it goes.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Cost {
    /// Steps of every call.
    pub(crate) steps: u32,
    /// What the body charges besides, in words; empty where it charges only for the strings and arrays it makes.
    pub(crate) besides: &'static str,
}

/// An example of a call.
#[derive(Debug)]
pub(crate) struct Example {
    /// An expression or program.
    pub(crate) source: &'static str,
    /// What it gives.
    pub(crate) gives: Gives,
}

/// What an example gives.
#[derive(Debug)]
pub(crate) enum Gives {
    /// This value, as JSON.
    Value(&'static str),
    /// An error of this code, at compile time or at run time.
    Error(&'static str),
    /// Some value of the declared type: for the clock and randomness.
    Something,
}

/// A function of which it is still to be said what it charges at most.
pub(crate) struct Unbounded {
    function: Function,
}

impl Unbounded {
    /// What it charges at most, beside its body.
    pub(crate) const fn bounded(self, bound: Bound) -> Function {
        let Self { function } = self;
        Function { bound, ..function }
    }
}

/// Declares a function step by step, in a constant.
impl Function {
    const fn declare(receiver: Receiver, name: &'static str, result: Type, body: NativeBody) -> Unbounded {
        let function = Self {
            receiver,
            name,
            parameters: &[],
            variadic: false,
            result,
            follows: Follows::No,
            cost: Cost::fixed(CALL_STEPS),
            effects: Effects::NONE,
            capability: None,
            beyond_sel: false,
            form: None,
            about: "",
            examples: &[],
            body,
            tried_on: None,
            bound: Bound::Fixed,
        };
        Unbounded { function }
    }

    /// `value.name(…)` on a value of the type.
    pub(crate) const fn method(on: Type, name: &'static str, result: Type, body: NativeBody) -> Unbounded {
        Self::declare(Receiver::Instance(on), name, result, body)
    }

    /// `value.name(…)` on values of any of the types, which SEL does not have.
    pub(crate) const fn of_any(
        types: &'static [Type],
        name: &'static str,
        result: Type,
        body: NativeBody,
    ) -> Unbounded {
        let Unbounded { function } = Self::declare(Receiver::OneOf(types), name, result, body);
        Unbounded {
            function: function.beyond_sel(),
        }
    }

    /// A part of what a call with a lambda is made of. Its arguments are what its body takes.
    pub(crate) const fn inside(name: &'static str, result: Type, body: NativeBody) -> Unbounded {
        let Unbounded { function } = Self::declare(Receiver::Inside, name, result, body);
        Unbounded {
            function: function.beyond_sel(),
        }
    }

    /// `value.name(x -> …)` on values of any of the types.
    pub(crate) const fn with_lambda(types: &'static [Type], name: &'static str, result: Type, form: Form) -> Self {
        let Unbounded { function } = Self::declare(Receiver::OneOf(types), name, result, compiled_where_it_stands);
        let mut function = function.beyond_sel();
        function.form = Some(form);
        function
    }

    /// `Class.name(…)`
    pub(crate) const fn of_class(class: &'static str, name: &'static str, result: Type, body: NativeBody) -> Unbounded {
        Self::declare(Receiver::Static(class), name, result, body)
    }

    /// `new Class(…)`
    pub(crate) const fn constructor(class: &'static str, result: Type, body: NativeBody) -> Unbounded {
        Self::declare(Receiver::Constructor(class), class, result, body)
    }

    /// `Class.name`
    pub(crate) const fn constant(class: &'static str, name: &'static str, result: Type, body: NativeBody) -> Unbounded {
        Self::declare(Receiver::Constant(class), name, result, body)
    }

    /// The same function or constant of a class, through a value of its type.
    pub(crate) const fn through(mut self, on: Type) -> Self {
        self.receiver = match self.receiver {
            Receiver::Static(class) => Receiver::Through {
                on,
                class,
                constant: false,
            },
            Receiver::Constant(class) => Receiver::Through {
                on,
                class,
                constant: true,
            },
            other @ (Receiver::Instance(_)
            | Receiver::OneOf(_)
            | Receiver::Inside
            | Receiver::Constructor(_)
            | Receiver::Through { .. }) => other,
        };
        self
    }

    /// What it takes.
    pub(crate) const fn takes(mut self, parameters: &'static [Parameter]) -> Self {
        self.parameters = parameters;
        self
    }

    /// What it takes; the last any number of times.
    pub(crate) const fn takes_any_number(mut self, parameters: &'static [Parameter]) -> Self {
        self.parameters = parameters;
        self.variadic = true;
        self
    }

    /// What a call costs, where that is more than [`CALL_STEPS`].
    pub(crate) const fn costs(mut self, cost: Cost) -> Self {
        self.cost = cost;
        self
    }

    /// How the type of what it gives follows from the receiver's.
    pub(crate) const fn gives(mut self, follows: Follows) -> Self {
        self.follows = follows;
        self
    }

    /// What of the host it reads.
    pub(crate) const fn reads(mut self, effect: Effect) -> Self {
        self.effects = Effects::of(&[effect]);
        self
    }

    /// The part of the language it belongs to, which can be switched off.
    pub(crate) const fn needs(mut self, capability: Capability) -> Self {
        self.capability = Some(capability);
        self
    }

    /// Marks it as one that SEL does not have.
    pub(crate) const fn beyond_sel(mut self) -> Self {
        self.beyond_sel = true;
        self
    }

    /// What stands for the receiver when a call is tried before the run, see [`StandIn`].
    #[cfg_attr(
        not(feature = "datetime"),
        expect(dead_code, reason = "only the date classes are tried without a receiver")
    )]
    pub(crate) const fn tried_on(mut self, receiver: StandIn) -> Self {
        self.tried_on = Some(receiver);
        self
    }

    /// What it does.
    pub(crate) const fn about(mut self, about: &'static str, examples: &'static [Example]) -> Self {
        self.about = about;
        self.examples = examples;
        self
    }
}

impl Parameter {
    /// A parameter of exactly this type.
    pub(crate) const fn of(name: &'static str, ty: Type, about: &'static str) -> Self {
        Self {
            name,
            accepts: Accepts::Exactly(ty),
            about,
            prepare: None,
            stand_in: None,
            position: None,
        }
    }

    /// A parameter that accepts what is given.
    pub(crate) const fn accepting(name: &'static str, accepts: Accepts, about: &'static str) -> Self {
        Self {
            name,
            accepts,
            about,
            prepare: None,
            stand_in: None,
            position: None,
        }
    }

    /// The same, with what stands for an argument that is not constant, see [`StandIn`].
    pub(crate) const fn tried_with(mut self, stand_in: StandIn) -> Self {
        self.stand_in = Some(stand_in);
        self
    }

    /// The same, of which a LONG below 0 always fails, with what to write instead.
    pub(crate) const fn position(mut self, help: &'static str) -> Self {
        self.position = Some(help);
        self
    }

    /// The same, with constant arguments prepared at compile time.
    pub(crate) const fn prepared(mut self, prepare: Prepare) -> Self {
        self.prepare = Some(prepare);
        self
    }
}

/// An example that gives a value, as JSON.
pub(crate) const fn gives(source: &'static str, json: &'static str) -> Example {
    Example {
        source,
        gives: Gives::Value(json),
    }
}

/// An example that gives an error of this code.
pub(crate) const fn fails(source: &'static str, code: &'static str) -> Example {
    Example {
        source,
        gives: Gives::Error(code),
    }
}

/// An example that gives some value of the declared type.
pub(crate) const fn something(source: &'static str) -> Example {
    Example {
        source,
        gives: Gives::Something,
    }
}

impl Function {
    /// Whether a dialect has it.
    pub(crate) fn is_of(&self, dialect: Dialect) -> bool {
        match dialect {
            Dialect::Sel => !self.beyond_sel,
            Dialect::Selvedge => true,
        }
    }

    /// The parameter at a place, counted from the receiver; none for the receiver.
    pub(crate) fn parameter_at(&self, index: usize) -> Option<&'static Parameter> {
        let index = index.checked_sub(usize::from(self.receiver.is_value()))?;
        let repeated = self.parameters.last().filter(|_| self.variadic);
        self.parameters.get(index).or(repeated)
    }

    /// What stands for the argument at a place, counted from the receiver, when a call is tried before the run.
    pub(crate) fn stand_in_at(&self, index: usize) -> Option<StandIn> {
        match self.receiver.is_value() && index == 0 {
            true => self.tried_on,
            false => self.parameter_at(index)?.stand_in,
        }
    }

    /// The type that the argument at a place, counted from the receiver, has when it reaches the body.
    pub(crate) fn argument_type(&self, index: usize) -> Type {
        self.accepts_at(index).arrives_as()
    }

    /// What is accepted at a place, counted from the receiver.
    pub(crate) fn accepts_at(&self, index: usize) -> Accepts {
        match (self.receiver, self.parameter_at(index)) {
            (Receiver::Instance(Type::Any), None) if index == 0 => Accepts::Anything,
            (Receiver::Instance(ty) | Receiver::Through { on: ty, .. }, None) if index == 0 => Accepts::Exactly(ty),
            (Receiver::OneOf(types), None) if index == 0 => Accepts::OneOf(types),
            (_, Some(parameter)) => parameter.accepts,
            (_, None) => Accepts::Anything,
        }
    }

    /// What is accepted at each place, receiver first.
    pub(crate) fn accepts(&self) -> Box<[Accepts]> {
        let receiver = usize::from(self.receiver.is_value());
        (0..self.parameters.len() + receiver)
            .map(|index| self.accepts_at(index))
            .collect()
    }

    /// The type of what it gives on a receiver of a type.
    pub(crate) fn result_on(&self, receiver: Option<Type>) -> Type {
        let known = receiver.filter(|ty| ty.element().is_some());
        match (self.follows, known) {
            (Follows::No, _) | (_, None) => self.result,
            (Follows::Receiver, Some(ty)) => ty,
            (Follows::Element, Some(ty)) => ty.element().unwrap_or(self.result),
            (Follows::ElementOrNull, Some(Type::StringArray)) => Type::String,
            (Follows::ElementOrNull, Some(_)) => self.result,
        }
    }

    /// The function as a call links it that charges so many steps once the run has chosen it.
    pub(crate) fn candidate(&self, steps: u32) -> Candidate {
        Candidate {
            accepts: self.accepts(),
            variadic: self.variadic,
            native: self.native(),
            steps,
        }
    }

    /// The function as code links it.
    pub(crate) fn native(&self) -> Native {
        let is_object = |ty| !matches!(ty, Type::Boolean | Type::Long | Type::Double);
        Native {
            body: self.body,
            method: match self.receiver {
                Receiver::Instance(ty) if is_object(ty) => Some(self.name),
                Receiver::OneOf(_) => Some(self.name),
                Receiver::Instance(_)
                | Receiver::Static(_)
                | Receiver::Inside
                | Receiver::Constructor(_)
                | Receiver::Constant(_)
                | Receiver::Through { .. } => None,
            },
            skipped: usize::from(matches!(self.receiver, Receiver::Through { .. })),
        }
    }
}

/// The body of a function that takes a lambda. It is never called: the checker makes a loop of the call.
fn compiled_where_it_stands(_: &mut Context<'_>, _: &[u64]) -> Result<Any, Fault> {
    Err(Fault::internal("a call with a lambda is compiled where it stands"))
}

impl Cost {
    /// The same, with what the body charges besides.
    pub(crate) const fn and(mut self, besides: &'static str) -> Self {
        self.besides = besides;
        self
    }

    /// A fixed number of steps.
    pub(crate) const fn fixed(steps: u32) -> Self {
        Self { steps, besides: "" }
    }
}

/// The steps of a call whose work does not depend on its arguments' sizes.
pub(crate) const CALL_STEPS: u32 = 2;
