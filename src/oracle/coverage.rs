//! What the tests must have run: every instruction and every library function, with every type of operand.

use crate::library;
use crate::library::declaration::{Accepts, Function, Receiver};
use crate::machine::coverage::Cell;
pub use crate::machine::coverage::instruction_cells;
use crate::types::Type;

/// The places of arguments, receiver first.
const PLACES: [&str; 10] = ["0", "1", "2", "3", "4", "5", "6", "7", "8", "9"];

/// Returns the cell of a function's argument of a type.
pub(crate) fn argument_cell(function: &'static Function, index: usize, ty: Type) -> Cell {
    let owner = match function.receiver {
        Receiver::Static(class) | Receiver::Constructor(class) | Receiver::Constant(class) => class,
        Receiver::Instance(Type::Any) => "any value",
        Receiver::OneOf(_) | Receiver::Inside => "array",
        Receiver::Instance(ty) | Receiver::Through { on: ty, .. } => ty.name(),
    };
    // A repeated argument is the last declared one.
    let last = function.accepts().len().saturating_sub(1);
    Cell {
        name: function.name,
        operands: [owner, PLACES.get(index.min(last)).copied().unwrap_or("10"), ty.name()],
    }
}

/// Returns every library function with every type that each of its arguments may have.
pub fn library_cells() -> Vec<Cell> {
    let mut cells = Vec::new();
    let called =
        library::functions().filter(|(_, function)| function.receiver != Receiver::Inside && function.form.is_none());
    for (_, function) in called {
        for index in 0..function.accepts().len() {
            let accepts = function.accepts_at(index);
            let values = Type::ALL.iter().filter(|ty| !matches!(ty, Type::Any | Type::Void));
            let accepted = values.filter(|&&ty| match accepts {
                Accepts::Number => ty == Type::Double,
                other => other.takes(ty),
            });
            cells.extend(accepted.map(|&ty| argument_cell(function, index, ty)));
        }
    }
    cells
}
