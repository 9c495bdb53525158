"""Short ways to ask the judge, for tests."""

from typing import Any

from companion.answers.judge.question import judge_question
from companion.answers.protocol import Field, Given, Kind, Mistake, Question, Reply


def question(kind: Kind, key: Given | None, *mistakes: Mistake, **options: Any) -> Question:
    return Question((Field("answer", kind, key, options),), mistakes)


def ask(kind: Kind, key: Given | None, answer: Given, **options: Any) -> Reply:
    return judge_question(question(kind, key, **options), {"answer": answer})


def verdicts(kind: Kind, key: Given | None, answers: list[str], **options: Any) -> dict[str, str]:
    return {answer: ask(kind, key, answer, **options).verdict for answer in answers}
