"""Where each character of a Python text stands in its file: through quotes, escapes and texts that stand side by side."""

from __future__ import annotations

import ast
import io
import re
import tokenize
from collections.abc import Iterator

Place = tuple[int, int]

#: An escape of a text, or any other character.
ESCAPE = re.compile(
    r"\\(?:\r?\n|[0-7]{1,3}|x[0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8}|N\{[^}]+\}|.)|.", re.DOTALL
)


def places(node: ast.Constant, source: str) -> list[Place]:
    """Returns the line and column, both from 1, of each character of a text, and of its end.

    Where the text cannot be told from its source, each is at the literal's beginning.
    """
    begin = (node.lineno, column_of(source, node))
    segment = ast.get_source_segment(source, node)
    if segment is not None and isinstance(node.value, str):
        found = list(characters(segment, begin))
        if "".join(char for char, _ in found) == node.value:
            end = found[-1][1] if found else begin
            return [place for _, place in found] + [(end[0], end[1] + 1)]
    return [begin] * (len(str(node.value)) + 1)


def column_of(source: str, node: ast.expr) -> int:
    """Returns the column of a node in characters, from 1: Python counts bytes, from 0."""
    lines = source.splitlines()
    line = lines[node.lineno - 1] if node.lineno <= len(lines) else ""
    return len(line.encode()[: node.col_offset].decode(errors="replace")) + 1


def characters(segment: str, begin: Place) -> Iterator[tuple[str, Place]]:
    """Yields the characters of the literals of a segment, and where each begins."""
    # Brackets let texts that stand side by side go over lines.
    for token in tokens(f"({segment})"):
        line, column = token.start
        place = (begin[0], begin[1] + column - 1) if line == 1 else (begin[0] + line - 1, column + 1)
        yield from of_token(token.string, place)


def tokens(text: str) -> list[tokenize.TokenInfo]:
    """Returns the literals of a text."""
    try:
        found = list(tokenize.generate_tokens(io.StringIO(text).readline))
    except (tokenize.TokenError, SyntaxError):
        return []
    return [token for token in found if token.type == tokenize.STRING]


def of_token(token: str, place: Place) -> Iterator[tuple[str, Place]]:
    """Yields the characters of one literal, and where each begins."""
    prefix = re.match(r"[a-zA-Z]*", token)
    before = prefix.group() if prefix else ""
    quotes = 3 if token[len(before) :].startswith(('"""', "'''")) else 1
    body = token[len(before) + quotes : len(token) - quotes]
    at = (place[0], place[1] + len(before) + quotes)
    pattern = re.compile(".", re.DOTALL) if "r" in before.lower() else ESCAPE
    for piece in pattern.findall(body):
        for char in decoded(piece):
            yield char, at
        at = (at[0] + 1, 1) if piece.endswith("\n") else (at[0], at[1] + len(piece))


def decoded(piece: str) -> str:
    """Returns what a piece of a literal stands for: a character, or nothing where a line is continued."""
    if len(piece) == 1 or piece in ("\\\n", "\\\r\n"):
        return piece if len(piece) == 1 else ""
    quote = "'" if piece != "\\'" else '"'
    try:
        return str(ast.literal_eval(f"{quote}{piece}{quote}"))
    except (SyntaxError, ValueError):
        return piece
