"""The author's expected mistakes: which of them an answer shows."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from companion.answers.judge.domains import QuestionError
from companion.answers.judge.kinds.choice import listed
from companion.answers.protocol import Field, Given, Kind, Mistake, Question, Reply

Judge = Callable[[Field, Given], Reply]
FORM_ONLY = ("form", "constant")
"""Options that restrict how an answer is written; an answer shows a mistake whatever its form."""


def first_mistake(question: Question, answers: Mapping[str, Given], parts: Mapping[str, Reply], judge: Judge) -> int | None:
    """The index of the first mistake all of whose tests hold, or `None`."""
    for index, mistake in enumerate(question.mistakes):
        if all(_holds(test, expected, mistake, question, answers, parts, judge) for test, expected in mistake.when.items()):
            return index
    return None


def _holds(
    test: str,
    expected: str,
    mistake: Mistake,
    question: Question,
    answers: Mapping[str, Given],
    parts: Mapping[str, Reply],
    judge: Judge,
) -> bool:
    """Whether one test holds in the field it is about; a test that names no field holds if it does in any field.

    The field is named by `field`, or after a dot in the test itself: `value.a` is the test `value` in the field `a`.
    """
    word, _, inline = test.partition(".")
    if word in ("field", "needs", "otherwise"):
        return word != "otherwise" or expected.strip().lower() not in ("no", "false")
    rule = _RULES.get(word)
    if rule is None:
        raise QuestionError(f"The judge does not know the test “{test}” of a mistake.")
    wanted = inline or mistake.when.get("field")
    fields = [field for field in question.fields if field.id in parts and field.id in answers and (wanted is None or field.id == wanted)]
    return any(rule(expected, mistake, field, answers[field.id], parts[field.id], judge) for field in fields)


def _same_value(expected: str, mistake: Mistake, field: Field, given: Given, part: Reply, judge: Judge) -> bool:
    if part.verdict not in ("correct", "incorrect"):
        return False
    if field.kind == "order":
        return listed(given) == listed(expected)
    if field.kind == "choice":
        return set(listed(given)) == set(listed(expected))
    if field.kind == "steps":
        return _squeezed(given) == _squeezed(expected)
    options = {name: value for name, value in field.options.items() if name not in FORM_ONLY}
    kind: Kind = "expression" if field.kind == "object" else field.kind  # an object has properties, this asks for one in particular
    return judge(replace(field, kind=kind, expected=expected, options=options), given).verdict == "correct"


def _squeezed(given: Given) -> str:
    """A derivation as one text without spaces: as expected mistakes, derivations are compared as they are typed."""
    return "".join((given if isinstance(given, str) else " ".join(given)).split())


def _same_code(expected: str, mistake: Mistake, field: Field, given: Given, part: Reply, judge: Judge) -> bool:
    return part.code == expected or part.code.startswith(expected + ".")


def _fails_at_line(expected: str, mistake: Mistake, field: Field, given: Given, part: Reply, judge: Judge) -> bool:
    """The line with this number is the first wrong one of a derivation."""
    wrong = [number for number, line in part.parts.items() if line.verdict == "incorrect"]
    return field.kind == "steps" and wrong[:1] == [expected.strip()]


def _stands_too_early(expected: str, mistake: Mistake, field: Field, given: Given, part: Reply, judge: Judge) -> bool:
    """The block stands although the block it needs does not stand before it."""
    order = listed(given)
    needed = mistake.when.get("needs")
    if expected not in order:
        return False
    return needed is None or needed not in order[: order.index(expected)]


def _uses_distractor(expected: str, mistake: Mistake, field: Field, given: Given, part: Reply, judge: Judge) -> bool:
    return expected in listed(given)


def _lacks(expected: str, mistake: Mistake, field: Field, given: Given, part: Reply, judge: Judge) -> bool:
    return expected not in listed(given)


_RULES: Mapping[str, Callable[[str, Mistake, Field, Given, Reply, Judge], bool]] = {
    "value": _same_value,
    "code": _same_code,
    "line": _fails_at_line,
    "block": _stands_too_early,
    "distractor": _uses_distractor,
    "missing": _lacks,
}
