"""One expression at a time, with an engine that the process keeps."""

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
    """Compiles and evaluates with the default settings. Programs that were compiled before come from a cache.

    `inputs` is a dict from names to values, a data class or a model. Without a schema, the types are those of the inputs.

    >>> evaluate("tables.filter(t -> t != 'tmp').length", {"tables": ["orders", "tmp"]})
    1
    """
    return _ENGINE.evaluate(source, inputs, schema=schema, timeout=timeout, cancel=cancel)
