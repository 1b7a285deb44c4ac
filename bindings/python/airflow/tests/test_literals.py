r"""Where each character of a text stands: `|` in a case marks the character that is looked for."""

from __future__ import annotations

import ast

import pytest
from selvedge_airflow.literals import places


@pytest.mark.parametrize(
    ("source", "char", "place"),
    [
        ('f("abX")', "X", (1, 6)),
        ("f('''abX''')", "X", (1, 8)),
        ('f(r"\\dX")', "X", (1, 7)),
        ('f("a\\nX")', "X", (1, 7)),
        ('f("\\x41X")', "X", (1, 8)),
        ('f("\\N{BULLET}X")', "X", (1, 14)),
        ('f("é\\u00e9X")', "X", (1, 11)),
        ('f("ab"\n  "cX")', "X", (2, 5)),
        ('f("ab" r"\\X")', "X", (1, 11)),
        ('f("""a\n  bX""")', "X", (2, 4)),
        ('f("a\\\n  X")', "X", (2, 3)),
        ('f(g("é"), "X")', "X", (1, 12)),
    ],
)
def test_places(source: str, char: str, place: tuple[int, int]) -> None:
    texts = [node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Constant)]
    node = next(node for node in texts if char in node.value)
    assert places(node, source)[node.value.index(char)] == place


def test_there_is_a_place_for_the_end() -> None:
    source = 'f("abc")'
    node = ast.parse(source).body[0].value.args[0]  # type: ignore[attr-defined]
    assert places(node, source)[3] == (1, 7)
