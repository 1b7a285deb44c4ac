//! Java's functions of texts and numbers, as pure functions: formatter, regular expressions, UTF-16 strings, `StrictMath`.
//!
//! Arguments are [`Unread`](crate::machine::unread::Unread) texts, which are read for a charge. What makes text writes it into a
//! [`sink::Sink`], which can charge for it first. Nothing else of the machine is known here.

pub(crate) mod case;
pub(crate) mod format;
pub(crate) mod look;
pub(crate) mod regex;
pub(crate) mod sink;
pub(crate) mod strict_math;
pub(crate) mod text;
