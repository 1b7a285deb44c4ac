"""Texts as a log or terminal may hold them."""

from __future__ import annotations


def shown(text: str, most: int = 200) -> str:
    """Returns a text in one line, without control characters and marks of direction, cut where it is longer than ``most``."""
    escaped = "".join(char if char.isprintable() else escape(char) for char in text[: most + 1])
    return escaped if len(escaped) <= most else f"{escaped[: most - 1]}…"


def lines(text: str, most: int = 20_000) -> str:
    """Returns a text of several lines, each as :func:`shown` has it."""
    return "\n".join(shown(line, 1_000) for line in text[:most].split("\n"))


def escape(char: str) -> str:
    """Returns a character's escape."""
    return char.encode("unicode_escape", "surrogatepass").decode("ascii")
