//! What the library's declarations say of each function: for reference pages, editors and completion.

use super::declaration::{Accepts, Example, Function, Gives, Parameter, Receiver};
use crate::effect::Effect;
use crate::types::Type;

/// The reference of a library function.
///
/// ```
/// let split = selvedge::library_functions().find(|function| function.name() == "split").unwrap();
/// assert_eq!(split.signature(), ".split(pattern) → STRING_ARRAY");
/// assert_eq!(split.owner(), "STRING");
/// ```
#[derive(Clone, Copy, Debug)]
pub struct FunctionReference(pub(crate) &'static Function);

/// The reference of a parameter.
///
/// ```
/// let is_min = |function: &selvedge::FunctionReference| function.signature() == "Math.min(a, b) → LONG";
/// let min = selvedge::library_functions().find(is_min).ok_or("none")?;
/// let first = min.parameters().next().ok_or("none")?;
/// assert_eq!((first.name(), &*first.accepts()), ("a", "LONG"));
/// # Ok::<(), &str>(())
/// ```
#[derive(Clone, Copy, Debug)]
pub struct ParameterReference(&'static Parameter);

/// Every function of the library, class by class.
///
/// ```
/// assert!(selvedge::library_functions().any(|function| function.signature() == "Math.min(a, b) → LONG"));
/// ```
pub fn library_functions() -> impl Iterator<Item = FunctionReference> {
    let of_its_own = |function: &&Function| !matches!(function.receiver, Receiver::Through { .. } | Receiver::Inside);
    let all = super::functions().map(|(_, function)| function);
    all.filter(of_its_own).map(FunctionReference)
}

impl FunctionReference {
    /// Its name; a class's name for a constructor.
    pub fn name(&self) -> &'static str {
        self.0.name
    }

    /// Its class, or the type of its receiver.
    pub fn owner(&self) -> &'static str {
        match self.0.receiver {
            Receiver::Static(class) | Receiver::Constructor(class) | Receiver::Constant(class) => class,
            Receiver::Instance(ty) | Receiver::Through { on: ty, .. } => ty.name(),
            Receiver::OneOf([Type::Map]) => Type::Map.name(),
            Receiver::OneOf(_) | Receiver::Inside => "array",
        }
    }

    /// Its signature: `String.join(separator, texts, …) → STRING`.
    pub fn signature(&self) -> String {
        let function = self.0;
        let mut parameters: Vec<&str> = function.parameters.iter().map(|parameter| parameter.name).collect();
        if function.variadic {
            parameters.push("…");
        }
        let parameters = parameters.join(", ");
        let Function { name, result, .. } = function;
        match function.receiver {
            Receiver::Static(class) => format!("{class}.{name}({parameters}) → {result}"),
            Receiver::Constructor(class) => format!("new {class}({parameters}) → {result}"),
            Receiver::Constant(class) => format!("{class}.{name} → {result}"),
            Receiver::Through { constant: true, .. } => format!(".{name} → {result}"),
            Receiver::Instance(_) | Receiver::OneOf(_) | Receiver::Inside | Receiver::Through { .. } => {
                format!(".{name}({parameters}) → {result}")
            }
        }
    }

    /// Its documentation, in Markdown.
    pub fn about(&self) -> &'static str {
        self.0.about
    }

    /// The type of its result.
    pub fn result(&self) -> Type {
        self.0.result
    }

    /// Its parameters, without the receiver.
    pub fn parameters(&self) -> impl ExactSizeIterator<Item = ParameterReference> {
        self.0.parameters.iter().map(ParameterReference)
    }

    /// Whether SEL does not have it.
    pub fn is_beyond_sel(&self) -> bool {
        self.0.beyond_sel
    }

    /// Whether it reads the host's clock.
    pub fn reads_clock(&self) -> bool {
        self.0.effects.has(Effect::Clock)
    }

    /// Whether it reads the host's randomness.
    pub fn reads_random(&self) -> bool {
        self.0.effects.has(Effect::Randomness)
    }

    /// The cost of a call, in words.
    pub fn cost(&self) -> String {
        let function = self.0;
        let mut cost = match function.cost.steps {
            1 => "1 step".to_owned(),
            steps => format!("{steps} steps"),
        };
        if !function.cost.besides.is_empty() {
            cost.push_str("; ");
            cost.push_str(function.cost.besides);
        }
        cost
    }

    /// Calls with their results: JSON, `error E404`, or `depends on the host`.
    ///
    /// ```
    /// let is_min = |function: &selvedge::FunctionReference| function.signature() == "Math.min(a, b) → LONG";
    /// let min = selvedge::library_functions().find(is_min).ok_or("none")?;
    /// let (call, gives) = min.examples().next().ok_or("none")?;
    /// assert_eq!((call, &*gives), ("Math.min(3, -2)", "-2"));
    /// # Ok::<(), &str>(())
    /// ```
    pub fn examples(&self) -> impl ExactSizeIterator<Item = (&'static str, String)> {
        let gives = |example: &'static Example| match example.gives {
            Gives::Value(json) => json.to_owned(),
            Gives::Error(code) => format!("error {code}"),
            Gives::Something => "depends on the host".to_owned(),
        };
        self.0
            .examples
            .iter()
            .map(move |example| (example.source, gives(example)))
    }
}

impl ParameterReference {
    /// Its name in the documentation.
    pub fn name(&self) -> &'static str {
        self.0.name
    }

    /// Its documentation.
    pub fn about(&self) -> &'static str {
        self.0.about
    }

    /// The accepted types, in words: `LONG or DOUBLE`.
    pub fn accepts(&self) -> String {
        match self.0.accepts {
            Accepts::Exactly(ty) => ty.name().to_owned(),
            Accepts::Number => "LONG or DOUBLE".to_owned(),
            Accepts::OneOf(types) => types.iter().map(|ty| ty.name()).collect::<Vec<_>>().join(" or "),
            Accepts::Anything => "any value".to_owned(),
            Accepts::Lambda(1) => "a lambda, `x -> …`".to_owned(),
            Accepts::Lambda(_) => "a lambda, `(a, b) -> …`".to_owned(),
        }
    }
}
