"""What is found in DAG files: the expressions, and what is wrong with them."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from selvedge_airflow import checking
from selvedge_airflow.__main__ import main
from selvedge_airflow.checking import check
from selvedge_airflow.finding import Expression, Unread, find

HEAD = "import selvedge_airflow as sa\nfrom selvedge_airflow import *\nfrom selvedge_airflow import mapped, mapped as over\n"


@pytest.mark.parametrize(
    ("line", "text"),
    [
        ("mapped('a + 1', a=1)", "a + 1"),
        ("over('a')", "a"),
        ("sa.mapped_now('a')", "a"),
        ("sa.ExpressionOperator(task_id='t', expression='a')", "a"),
        ("sa.ExpressionOperator.partial(expression='a').expand(inputs=x)", "a"),
        ("x = \"{{ selvedge('a', a=1) }}\"", "a"),
        ("x = \"{{ ti | selvedge('value') }}\"", "value"),
        ("x = \"{% if selvedge('a') %}b{% endif %}\"", "a"),
    ],
)
def test_found(line: str, text: str) -> None:
    (found,) = find(HEAD + line)
    assert isinstance(found, Expression)
    assert found.text == text
    source_line = (HEAD + line).splitlines()[found.places[0][0] - 1]
    assert source_line[found.places[0][1] - 1 :].startswith(text)


@pytest.mark.parametrize(
    "line",
    ["other('a')", "x.mapped('a')", "mapped()", "x = 'selvedge(1)'", "x = '{{ selvedge }}'", "x = '{{ selvedge( }}'"],
)
def test_nothing_found(line: str) -> None:
    assert find(HEAD + line) == []


@pytest.mark.parametrize("line", ["mapped(text)", "mapped(f'{a}')", "sa.ExpressionOperator(expression=a + b)"])
def test_what_is_not_literal_is_told(line: str) -> None:
    (found,) = find(HEAD + line)
    assert isinstance(found, Unread)


@pytest.mark.parametrize(
    ("line", "wrong"),
    [
        ("mapped('a + b', a=1)", "unknown name `b`"),
        ("mapped('a + b', a=1, **more)", None),
        ("mapped('a.length', a=[1])", None),
        ("mapped('a.size()', a='{{ b }}')", None),
        ("mapped('a.nothing()', a=7)", "nothing"),
        ("mapped('a + b', a=1, schema={'a': 'long', 'b': 'long'})", None),
        ("mapped('a', schema={'a': 'nonsense'}, a=1)", "nonsense"),
        ("sa.ExpressionOperator(task_id='t', expression='a', inputs={'b': 1})", "unknown name `a`"),
        ("sa.ExpressionOperator(task_id='t', expression='a', inputs=inputs)", None),
        ("sa.ExpressionOperator.partial(expression='a')", None),
        ("x = \"{{ selvedge('a + b', a=1) }}\"", "unknown name `b`"),
        ("x = \"{{ selvedge('a + b', **all) }}\"", None),
    ],
)
def test_checked(tmp_path: Path, line: str, wrong: str | None) -> None:
    file = tmp_path / "dag.py"
    file.write_text(HEAD + line)
    checked = check([str(file)])
    assert checked.expressions == 1
    errors = [problem.message for problem in checked.problems if problem.severity == "error"]
    assert (wrong is None) == (errors == []), errors
    assert wrong is None or wrong in errors[0]


@pytest.mark.parametrize("content", [b"(", b"\0", b"\xff\xfe", b"(" * 100_000, b"x" * 200])
def test_what_is_no_python_is_an_error(tmp_path: Path, content: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(checking, "MAX_BYTES", 100_100 if len(content) > 200 else 199)
    file = tmp_path / "dag.py"
    file.write_bytes(content)
    (problem,) = check([str(file)]).problems
    assert problem.message.startswith("cannot read it")


def test_a_pipe_is_an_error(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "dag.py")
    (problem,) = check([str(tmp_path)]).problems
    assert "no regular file" in problem.message


def test_hidden_files_are_left_out(tmp_path: Path) -> None:
    (tmp_path / ".hidden").mkdir()
    (tmp_path / ".hidden" / "dag.py").write_text("(")
    (tmp_path / "note.txt").write_text("(")
    assert check([str(tmp_path)]).files == 0


def test_names_of_files_are_escaped(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "a\x1b[31m.py"
    file.write_text("(")
    assert main(["check", str(file)]) == 3
    assert "\x1b" not in capsys.readouterr().out


def test_strict_refuses_what_is_not_literal(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "dag.py"
    file.write_text(HEAD + "mapped(text)")
    assert main(["check", str(file)]) == 0
    assert main(["check", "--strict", str(file)]) == 3
    assert f"{file}:4:8: error: not a literal text" in capsys.readouterr().out
