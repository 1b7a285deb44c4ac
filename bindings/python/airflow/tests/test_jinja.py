"""The macro and the filter, rendered as a DAG with `templates()` renders them."""

from __future__ import annotations

from typing import Any

import jinja2
import pytest
from airflow.sdk.definitions._internal.templater import create_template_env
from airflow.sdk.definitions.context import render_template_as_native
from selvedge_airflow import templates


def render(template: str, **values: object) -> Any:
    """Renders a template as Airflow does."""
    given = templates()
    env = create_template_env(
        native=given["render_template_as_native_obj"],
        jinja_environment_kwargs=given["jinja_environment_kwargs"],
        user_defined_macros=given["user_defined_macros"],
        user_defined_filters=given["user_defined_filters"],
    )
    return render_template_as_native(env.from_string(template), values)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("template", "expected"),
    [
        ("{{ selvedge('1 + 1') }}", 2),
        ("{{ selvedge('n / 2', n=3.0) }}", 1.5),
        ("{{ selvedge('n > 2', n=n) }}", True),
        ("{{ selvedge('[n, n + 1]', n=n) }}", [3, 4]),
        ("{{ n | selvedge('value * 2') }}", 6),
        ("{{ names | selvedge('value.filter(n -> n != skip)', skip='a') }}", ["b"]),
        ("{{ selvedge(\"'' + n\", n=20260105) }}", "20260105"),
        ("{{ selvedge(\"'[1]'\") }}", "[1]"),
        ("{{ selvedge(\"'None'\") }}", "None"),
        ("{{ selvedge(\"'it''s'.length()\") if false else selvedge(\"'a\\\\'b'\") }}", "a'b"),
        ("lake/{{ selvedge(\"'' + n\", n=7) }}/x", "lake/7/x"),
        ("{{ selvedge(\"'ab'\") | upper }}", "AB"),
        ("{{ selvedge(\"'ab'\") == 'ab' }}", True),
        ("{{ selvedge(\"'ab'\") ~ '!' }}", "ab!"),
        ("{{ {'a': selvedge(\"'7'\")} }}", {"a": "7"}),
        ("{{ n }}", 3),
        ("{{ '20260105' }}", 20260105),
    ],
)
def test_types_are_kept(template: str, expected: object) -> None:
    value = render(template, n=3, names=["a", "b"])
    assert value == expected
    assert type(value) is type(expected) or isinstance(value, str)


def test_a_wrong_expression_is_an_error() -> None:
    with pytest.raises(Exception, match="unknown name `m`"):
        render("{{ selvedge('m + 1', n=1) }}")


def test_what_is_not_there_is_an_error() -> None:
    with pytest.raises(jinja2.UndefinedError, match="input `n` is undefined"):
        render("{{ selvedge('n + 1', n=missing) }}")
