"""A table for each kind and option: answers that are right, wrong, malformed, hostile, or that nobody can decide."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Literal

import pytest

from companion.answers.judge.question import judge_question
from companion.answers.protocol import Block, Field, Given, Kind, Option, Question, Reply

Sort = Literal["right", "wrong", "malformed", "hostile", "open"]

HOSTILE = (
    '__import__("os").getcwd()', "9^9^9^9", "((((9!)!)!)!)!", "x.__class__", "\\input{/etc/passwd}", "[/red]", "\x1b[31mx", "(" * 150 + "x",
    "1e999999999", "\u202ex\u202c", "x^(10^9)", "max(" + ",".join(f"x_{number}" for number in range(60)) + ")",
)  # fmt: skip
"""Typed into every field, whatever it asks for."""


@dataclass(frozen=True)
class Table:
    """One kind of field with its key and options, and answers by what must become of them.

    A malformed answer has its code, a wrong one its code or the beginning of it.

    `open_answers` are true, but out of reach of proof or of sampling: they may be right or undecided, and never wrong.
    """

    kind: Kind
    key: Given | None
    right: Sequence[Given]
    wrong: Mapping[str, str] | Sequence[tuple[Given, str]]
    malformed: Mapping[str, str] | Sequence[tuple[Given, str]] = field(default_factory=dict)
    open_answers: Sequence[Given] = ()
    options: Mapping[str, Any] = field(default_factory=dict)
    blocks: tuple[Block, ...] = ()
    choices: tuple[Option, ...] = ()

    def ask(self, answer: Given) -> Reply:
        """What the judge says to the answer."""
        asked = Field("answer", self.kind, self.key, dict(self.options), self.blocks, self.choices)
        return judge_question(Question((asked,)), {"answer": answer})

    def with_key(self, key: Given) -> Table:
        """The same field with another key."""
        return replace(self, key=key)


def pairs(given: Mapping[str, str] | Sequence[tuple[Given, str]]) -> list[tuple[Given, str]]:
    """Answers with their codes."""
    return list(given.items()) if isinstance(given, Mapping) else list(given)


def cases(tables: Mapping[str, Table], sort: Sort) -> list[Any]:
    """The answers of one sort in all tables, each with its table and the code it must get, if there is one."""
    found = []
    for name, table in tables.items():
        by_sort: dict[Sort, list[tuple[Given, str]]] = {
            "right": [(answer, "equal") for answer in table.right],
            "wrong": pairs(table.wrong),
            "malformed": pairs(table.malformed),
            "hostile": [(answer, "") for answer in HOSTILE],
            "open": [(answer, "") for answer in table.open_answers],
        }
        found += [pytest.param(table, answer, code, id=f"{name}: {str(answer)[:50]!a}") for answer, code in by_sort[sort]]
    return found


def assert_right(table: Table, answer: Given, code: str) -> None:
    """The answer is right, and the learner is told whether that was proved."""
    reply = table.ask(answer)
    assert (reply.verdict, reply.code) == ("correct", code), reply.message
    assert reply.certainty in ("proved", "tested")


def assert_wrong(table: Table, answer: Given, code: str) -> None:
    """The answer is wrong, and the reply shows where: a point, an end, an entry, a line, or the value or the form of what was given."""
    reply = table.ask(answer)
    assert reply.verdict == "incorrect", reply.message
    assert f"{reply.code}.".startswith(f"{code}."), reply.message
    assert reply.counterexample or code.startswith("property.") or any(shown in reply.message for shown in _SHOWN), reply.message
    assert is_printable(reply)


_SHOWN = (
    "our answer is $",
    "not in the form asked for.",
    "constant of integration is missing",
    "entr",
    "shape",
    "missing",
    "This asks for",
    "Line ",
    "lines",
    "Zero is",
)
"""How a reply without a point says what is wrong: by the value given, the form, the entry, the shape, the line."""


def assert_malformed(table: Table, answer: Given, code: str) -> None:
    """The answer cannot be read as what is asked for, and says so; that never counts as a mistake in the mathematics."""
    reply = table.ask(answer)
    assert (reply.verdict, reply.code) == ("invalid", code), reply.message
    assert reply.message.endswith((".", "?"))
    assert is_printable(reply)


def assert_harmless(table: Table, answer: Given) -> None:
    """The answer is not right, whatever else it may be, and what comes back can be shown."""
    reply = table.ask(answer)
    assert reply.verdict != "correct"
    assert is_printable(reply)


def assert_never_wrong(table: Table, answer: Given) -> None:
    """The answer is true: it may be right or undecided, never wrong."""
    reply = table.ask(answer)
    assert reply.verdict in ("correct", "undecided"), reply.message


def is_printable(reply: Reply) -> bool:
    """Whether nothing in the reply would move a terminal's cursor."""
    where = "".join(f"{name}{value}" for name, value in (reply.counterexample or {}).items())
    return all(letter.isprintable() for letter in reply.message + reply.reading + where)
