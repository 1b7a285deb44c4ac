"""The pages about Airflow and Temporal show lines of files that the scripts run: each block names its file, and is a part of it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]
PAGES = ("AIRFLOW", "TEMPORAL")
BLOCK = re.compile(r"^```(\w+)(?: (\S+))?\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def blocks() -> list[tuple[str, str, str, str]]:
    """Returns each block: its page, language, file, and text."""
    return [(page, *found) for page in PAGES for found in BLOCK.findall((ROOT / f"docs/{page}.md").read_text())]


@pytest.mark.parametrize(("page", "language", "file", "text"), blocks())
def test_block(page: str, language: str, file: str, text: str) -> None:
    if language == "sh":
        return
    assert file, f"{page}.md: a block of {language} names no file"
    assert text.strip(), f"{page}.md: the block of {file} is empty"
    assert text in (ROOT / file).read_text(), f"{page}.md: the block of {file} is not part of it"


def test_there_are_blocks() -> None:
    assert {page for page, *_ in blocks()} == set(PAGES)
