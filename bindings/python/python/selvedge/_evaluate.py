"""Evaluates single expressions with an engine shared by the process."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ._selvedge import Engine

if TYPE_CHECKING:
    from ._selvedge import CancelToken, SchemaLike

_ENGINE = Engine()


def evaluate(
    source: str,
    inputs: object = None,
    *,
    schema: SchemaLike | None = None,
    timeout: float | None = None,
    cancel: CancelToken | None = None,
) -> Any:
    """Compiles and evaluates an expression with the default settings. Programs compiled before come from a cache.

    `inputs` is a dict from names to values, a data class or a model. Without a schema, the types are those of the inputs.

    >>> evaluate("tables.filter(t -> t != 'tmp').length", {"tables": ["orders", "tmp"]})
    1
    """
    return _ENGINE.evaluate(source, inputs, schema=schema, timeout=timeout, cancel=cancel)
