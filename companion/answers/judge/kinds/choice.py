"""Fields that ask to choose one or several of the given options."""

from __future__ import annotations

from companion.answers.judge.domains import QuestionError
from companion.answers.protocol import Field, Given, Reply


def judge(field: Field, given: Given) -> Reply:
    """Judge the chosen options. Raises `QuestionError` when the key is not among the options."""
    right = listed(field.expected)
    if not right and field.expected is None:
        raise QuestionError("This question has no key.")
    known = {option.id: option for option in field.choices}
    if known and not set(right) <= set(known):
        raise QuestionError("The key of this question is not among its options.")
    chosen = list(dict.fromkeys(listed(given)))
    if not chosen and right:
        return Reply("invalid", "choice.empty", "Nothing is chosen yet.")
    unknown = [name for name in chosen if known and name not in known]
    if unknown:
        return Reply("invalid", "choice.unknown", f"There is no option “{shown(unknown[0])}”.")
    wrong = [name for name in chosen if name not in right]
    if wrong:
        why = known[wrong[0]].why if wrong[0] in known else ""
        return Reply("incorrect", "choice.wrong", why or "This is not the right choice.", counterexample={"option": shown(wrong[0])})
    missing = len(set(right) - set(chosen))
    if missing:
        more = "one more belongs to it" if missing == 1 else f"{missing} more belong to it"
        message = f"What you chose is right, but it is not all: {more}."
        return Reply("incorrect", "choice.missing", message, counterexample={"missing": str(missing)})
    return Reply("correct", "equal", "Correct.", certainty="proved")


LONGEST_NAME = 40


def shown(name: str) -> str:
    """A typed name as it may be shown: short, and without characters that a terminal obeys."""
    printable = "".join(letter if letter.isprintable() else "�" for letter in name)
    return printable if len(printable) <= LONGEST_NAME else f"{printable[:LONGEST_NAME]}…"


def listed(given: Given | None) -> list[str]:
    """The ids in an answer: a list, or a text that separates them by commas or spaces."""
    if given is None:
        return []
    if isinstance(given, str):
        return given.replace(",", " ").split()
    return [text.strip() for text in given]
