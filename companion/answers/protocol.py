"""What the app and the judge say to each other: one JSON object a line.

A `Question` is what has to be judged: the fields with their keys, and the
mistakes the author expects. A `Reply` is the verdict. Both are plain data, so
that either side can be replaced; nothing in them is code.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal, TypeAlias

Verdict = Literal["correct", "incorrect", "invalid", "undecided"]
"""`invalid` (could not be read) and `undecided` are never counted against the learner."""

Kind = Literal["expression", "set", "relation", "list", "choice", "order", "steps", "object"]
KINDS: tuple[Kind, ...] = ("expression", "set", "relation", "list", "choice", "order", "steps", "object")
JUDGED: tuple[Kind, ...] = ("expression", "set", "relation", "list", "choice", "order", "steps", "object")
"""The kinds the judge can decide; a question of another kind is answered `invalid` with the reason."""

Given: TypeAlias = str | list[str]
"""An answer to one field: text, or a list of texts (the blocks of an order, the lines of a derivation, several choices)."""

JUDGE_VERSION = "3"
"""Goes into every attempt, so that a later judge knows which verdicts are older than itself. A whole number.

Raise it by one in every change after which some answer may get another verdict, code or mistake than before: a rule of reading,
of equivalence or of a kind, a deadline, a new version of SymPy. Not for the wording of messages, nor for speed. Then
`companion recheck --all` judges again what an older one judged.
"""

Certainty = Literal["proved", "tested"]

DEADLINE = 2.0
"""Seconds the judge has for an answer, when nothing else is said."""
OBJECT_DEADLINE = 5.0
"""The same where an object has to be tested."""


@dataclass(frozen=True, slots=True)
class Block:
    """A line of a shuffled proof. `needs` are the ids that must stand before it; a distractor says `why` it does not belong."""

    id: str
    text: str
    needs: tuple[str, ...] = ()
    why: str | None = None

    @property
    def is_distractor(self) -> bool:
        """Whether the block is left out of a right proof."""
        return self.why is not None


@dataclass(frozen=True, slots=True)
class Option:
    """One option of a choice, with the reason why it is right or wrong."""

    id: str
    text: str
    why: str = ""


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a question: what is asked for, its key, and how to judge it.

    `expected` is the key (for `order` a list of block ids, for `choice` an option id or a list of them);
    `None` where the blocks alone decide. `options` is the mapping of the design: `symbols` {name: domain},
    `variables`, `names`, `functions`, `split_names`, `form`, `rtol`, `atol`, `up_to`, `variable`, `constant`, `points`;
    for steps `given` (what the first line continues) and `min_lines`;
    for an object `inputs` (the names it depends on) and `properties` (see `companion.answers.properties`);
    for every kind `asked_if` {id of a choice: id of its option}: with another option chosen the field is not part of the question.
    """

    id: str
    kind: Kind
    expected: Given | None
    options: dict[str, Any] = field(default_factory=dict)
    blocks: tuple[Block, ...] = ()
    choices: tuple[Option, ...] = ()


@dataclass(frozen=True, slots=True)
class Mistake:
    """A wrong answer that learners really give. Every test in `when` must hold for `say` to be shown.

    Tests: `value` (the field's answer is equivalent to it), `code` (the judge's code, or a prefix of it that ends at a dot),
    `line` (steps: the number of the first wrong line), `block`/`needs` (an order: this block stands before that one), `distractor`,
    `missing` (a block id), `otherwise` (always). `field` names the field when there are several.
    """

    when: dict[str, str]
    say: str


@dataclass(frozen=True, slots=True)
class Question:
    """Something to judge: one field or several, and the expected mistakes in the order they are tried."""

    fields: tuple[Field, ...]
    mistakes: tuple[Mistake, ...] = ()


@dataclass(frozen=True, slots=True)
class Reply:
    """The verdict on one answer.

    `code` is a dotted word a program can rely on (`equal`, `different`, `set.endpoint`, `order.unsupported`, `read.bracket`, `deadline`);
    `message` is one or two sentences for the learner, with mathematics as `$TeX$`; `reading` is TeX; `position` is where in the typed
    text the trouble starts (characters from 0), for `invalid` only; `parts` has one reply for each field when there are several, and for
    steps one for each line, by its number;
    `mistake` is the index of the mistake that fired; `counterexample` names values at which answer and key differ, as text.
    """

    verdict: Verdict
    code: str
    message: str
    reading: str = ""
    position: int | None = None
    parts: dict[str, Reply] = field(default_factory=dict)
    certainty: Certainty | None = None
    mistake: int | None = None
    counterexample: dict[str, str] | None = None
    ms: float = 0.0


def is_asked(field: Field, answers: Mapping[str, Given]) -> bool:
    """Whether the field is part of the question, as things are chosen: whoever calls a statement true is asked for no counterexample."""
    return all(answers.get(other, "") in ("", option, [option]) for other, option in field.options.get("asked_if", {}).items())


def blank_fields(question: Question, answers: Mapping[str, Given]) -> list[str]:
    """The ids of the fields that are asked and have no answer yet, in order. Where no option may be right, none is an answer."""
    asked = [field for field in question.fields if is_asked(field, answers)]
    return [field.id for field in asked if not has_content(answers.get(field.id, "")) and not _takes_nothing(field)]


def has_content(given: Given) -> bool:
    """Whether anything was typed or chosen."""
    return bool(given.strip()) if isinstance(given, str) else any(text.strip() for text in given)


def _takes_nothing(field: Field) -> bool:
    return field.kind == "choice" and field.expected == []


def older(judge: str) -> bool:
    """Whether a judge of this version (`""`: nobody knows) came before the present one."""
    return not judge.isdecimal() or int(judge) < int(JUDGE_VERSION)


def deadline_of(question: Question) -> float:
    """How many seconds the judge has for an answer to the question, when nothing else is said."""
    return OBJECT_DEADLINE if any(field.kind == "object" for field in question.fields) else DEADLINE
