"""Questions and replies as JSON objects. Strict on the way in: whatever is not understood is named in a sentence."""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any, get_args

from companion.answers.protocol import KINDS, Block, Certainty, Field, Given, Mistake, Option, Question, Reply, Verdict

MAX_ENTRIES = 200
MAX_DEADLINE = 60
MAX_LINE = 1 << 20
"""Bytes a line may have."""
MAX_DIGITS = 30
"""Digits a whole number of a request may have: ids, seeds and deadlines. Mathematics comes as text."""
MAX_NESTING = 50
"""How deep the objects and lists of a request may lie in each other."""


def json_from_line(line: bytes) -> object:
    """The JSON value on a line. Raises `ValueError`, with a sentence for people, for whatever could not be sent on as it is."""
    if len(line) > MAX_LINE:
        raise ValueError(f"The line is too long: at most {MAX_LINE} bytes are read.")
    try:
        value: object = json.loads(line.decode("utf-8"), parse_int=_whole, parse_float=_finite, parse_constant=_no_number)
    except UnicodeDecodeError as error:
        raise ValueError(f"The line is not UTF-8: byte {error.start} cannot be read.") from error
    except json.JSONDecodeError as error:
        raise ValueError(f"The line is not JSON: {error.msg} at character {error.pos}.") from error
    except RecursionError as error:
        raise ValueError(_TOO_DEEP) from error
    _check_nesting(value)
    return value


_TOO_DEEP = f"The line nests too deeply: at most {MAX_NESTING} objects and lists may lie in each other."


def _check_nesting(value: object) -> None:
    level = [value]
    for _ in range(MAX_NESTING + 1):
        level = [inner for outer in level for inner in _inside(outer)]
        if not level:
            return
    raise ValueError(_TOO_DEEP)


def _inside(value: object) -> Iterable[object]:
    if isinstance(value, dict):
        return value.values()
    return value if isinstance(value, list) else ()


def _whole(digits: str) -> int:
    if len(digits) > MAX_DIGITS:
        raise ValueError(f"The line holds a number of {len(digits)} digits; at most {MAX_DIGITS} are read.")
    return int(digits)


def _finite(digits: str) -> float:
    number = float(digits)
    if math.isinf(number):
        raise ValueError("The line holds a number that is too large.")
    return number


def _no_number(name: str) -> object:
    raise ValueError(f"The line holds {name}, which is not a number.")


def question_to_json(question: Question) -> dict[str, Any]:
    """The question as a JSON object."""
    return {
        "fields": [_field_to_json(field) for field in question.fields],
        "mistakes": [{"when": dict(mistake.when), "say": mistake.say} for mistake in question.mistakes],
    }


def _field_to_json(field: Field) -> dict[str, Any]:
    plain: dict[str, Any] = {"id": field.id, "kind": field.kind, "expected": field.expected, "options": field.options}
    if field.blocks:
        plain["blocks"] = [{"id": block.id, "text": block.text, "needs": list(block.needs), "why": block.why} for block in field.blocks]
    if field.choices:
        plain["choices"] = [{"id": option.id, "text": option.text, "why": option.why} for option in field.choices]
    return plain


def question_from_json(value: object) -> Question:
    """The question in a JSON object. Raises `ValueError` with a sentence about the first thing that is wrong."""
    plain = _mapping(value, "A question", {"fields", "mistakes"})
    fields = _items(plain.get("fields"), "The fields of a question")
    if not fields:
        raise ValueError("A question needs at least one field.")
    read = tuple(field_from_json(field) for field in fields)
    if len({field.id for field in read}) < len(read):
        raise ValueError("Two fields of a question have the same id.")
    return Question(read, tuple(_mistake(mistake) for mistake in _items(plain.get("mistakes", []), "The mistakes of a question")))


def field_from_json(value: object) -> Field:
    """The field in a JSON object. Raises `ValueError`."""
    plain = _mapping(value, "A field", {"id", "kind", "expected", "options", "blocks", "choices"})
    kind = plain.get("kind")
    if kind not in KINDS:
        raise ValueError(f"The kind of a field must be one of {', '.join(KINDS)}.")
    expected = plain.get("expected")
    return Field(
        id=_text(plain.get("id", ""), "The id of a field"),
        kind=kind,
        expected=None if expected is None else given_from_json(expected, "The key of a field"),
        options=_options(plain.get("options") or {}),
        blocks=tuple(_block(block) for block in _items(plain.get("blocks") or [], "The blocks of a field")),
        choices=tuple(_option(option) for option in _items(plain.get("choices") or [], "The choices of a field")),
    )


def given_from_json(value: object, what: str = "An answer") -> Given:
    """The answer to one field: a text or a list of texts. Raises `ValueError`."""
    if isinstance(value, str):
        return value
    if isinstance(value, list) and len(value) <= MAX_ENTRIES and all(isinstance(entry, str) for entry in value):
        return list(value)
    raise ValueError(f"{what} must be a text or a list of at most {MAX_ENTRIES} texts.")


def answers_from_json(value: object, question: Question) -> dict[str, Given]:
    """The answers to a question: an object by field id, or the bare answer to its only field. Raises `ValueError`."""
    if isinstance(value, dict):
        return {_text(name, "The id of a field"): given_from_json(given) for name, given in value.items()}
    if len(question.fields) != 1:
        raise ValueError("The answer to a question with several fields must be an object.")
    return {question.fields[0].id: given_from_json(value)}


@dataclass(frozen=True, slots=True)
class Request:
    """One line that asks for a verdict. `deadline` is in seconds; `None` leaves it to the judge."""

    id: str | int | None
    question: Question
    answers: dict[str, Given]
    deadline: float | None = None


def request_to_json(request: Request) -> dict[str, Any]:
    """The request as a JSON object."""
    plain: dict[str, Any] = {"id": request.id, "question": question_to_json(request.question), "answer": request.answers}
    return plain if request.deadline is None else plain | {"deadline": request.deadline}


def request_from_json(value: object) -> Request:
    """The request in a JSON object. Raises `ValueError`.

    Either `{"id", "question", "answer", "deadline"}`, or for one field the short form
    `{"id", "kind", "expected", "answer", "options", "blocks", "choices", "deadline"}`.
    """
    if not isinstance(value, dict):
        raise ValueError("A request must be an object.")
    if "question" in value:
        plain = _mapping(value, "A request", {"id", "question", "answer", "deadline"})
        question = question_from_json(plain["question"])
    else:
        plain = _mapping(value, "A request", {"id", "kind", "expected", "answer", "options", "blocks", "choices", "deadline"})
        short = {name: plain[name] for name in ("kind", "expected", "options", "blocks", "choices") if name in plain}
        question = Question((field_from_json({"id": "answer", **short}),))
    if "answer" not in plain:
        raise ValueError("A request needs an answer.")
    return Request(request_id(value), question, answers_from_json(plain["answer"], question), _deadline(plain.get("deadline")))


def request_id(value: object) -> str | int | None:
    """The id of whatever was sent as a request, as far as there is one to send back."""
    given = value.get("id") if isinstance(value, dict) else None
    return given if isinstance(given, str | int) and not isinstance(given, bool) else None


def _deadline(value: object) -> float | None:
    if value is None:
        return None
    if not isinstance(value, int | float) or isinstance(value, bool) or not 0 < value <= MAX_DEADLINE:
        raise ValueError(f"The deadline of a request must be a number of seconds up to {MAX_DEADLINE}.")
    return float(value)


def reply_to_json(reply: Reply) -> dict[str, Any]:
    """The reply as a JSON object with every name of the protocol."""
    return {
        "verdict": reply.verdict,
        "code": reply.code,
        "message": reply.message,
        "reading": reply.reading,
        "position": reply.position,
        "parts": {name: reply_to_json(part) for name, part in reply.parts.items()},
        "certainty": reply.certainty,
        "mistake": reply.mistake,
        "counterexample": reply.counterexample,
        "ms": round(reply.ms, 1),
    }


def printable_reply(reply: Reply) -> Reply:
    """The same reply, fit to be shown anywhere: see `printable`."""
    point = reply.counterexample
    return replace(
        reply,
        code=printable(reply.code),
        message=printable(reply.message),
        reading=printable(reply.reading),
        counterexample=None if point is None else {printable(name): printable(value) for name, value in point.items()},
        parts={name: printable_reply(part) for name, part in reply.parts.items()},
    )


def printable(text: str) -> str:
    """The text with a sign in the place of every character, but a new line, that could steer a terminal or cannot be shown."""
    if text.isprintable():
        return text
    return "".join(character if character.isprintable() or character == "\n" else "\N{REPLACEMENT CHARACTER}" for character in text)


def reply_from_json(value: object) -> Reply:
    """The reply in a JSON object; names that are missing take their defaults, others are ignored. Raises `ValueError`."""
    if not isinstance(value, dict):
        raise ValueError("A reply must be an object.")
    verdict: Any = value.get("verdict")
    certainty: Any = value.get("certainty")
    if verdict not in get_args(Verdict):
        raise ValueError("The verdict of a reply is missing or unknown.")
    if certainty is not None and certainty not in get_args(Certainty):
        raise ValueError("The certainty of a reply is unknown.")
    counterexample = value.get("counterexample")
    parts = value.get("parts") or {}
    if not isinstance(parts, dict) or not (counterexample is None or isinstance(counterexample, dict)):
        raise ValueError("The parts and the counterexample of a reply must be objects.")
    return Reply(
        verdict=verdict,
        code=_text(value.get("code", ""), "The code of a reply"),
        message=_text(value.get("message", ""), "The message of a reply"),
        reading=_text(value.get("reading", ""), "The reading of a reply"),
        position=_whole_number(value.get("position")),
        parts={str(name): reply_from_json(part) for name, part in parts.items()},
        certainty=certainty,
        mistake=_whole_number(value.get("mistake")),
        counterexample=None if counterexample is None else {str(name): str(given) for name, given in counterexample.items()},
        ms=float(value["ms"]) if isinstance(value.get("ms"), int | float) else 0.0,
    )


def _options(value: object) -> dict[str, Any]:
    if not isinstance(value, dict) or not all(isinstance(name, str) for name in value):
        raise ValueError("The options of a field must be an object.")
    symbols = value.get("symbols")
    if symbols is not None and not (isinstance(symbols, dict) and all(isinstance(domain, str) for domain in symbols.values())):
        raise ValueError("The symbols of a field must be an object of names and domains.")
    points = value.get("points")
    if points is not None and not (isinstance(points, list) and all(isinstance(point, dict) for point in points)):
        raise ValueError("The points of a field must be a list of objects.")
    return value


def _block(value: object) -> Block:
    plain = _mapping(value, "A block", {"id", "text", "needs", "why"})
    why = plain.get("why")
    return Block(
        id=_text(plain.get("id"), "The id of a block"),
        text=_text(plain.get("text", ""), "The text of a block"),
        needs=tuple(_text(need, "What a block needs") for need in _items(plain.get("needs") or [], "What a block needs")),
        why=None if why is None else _text(why, "The reason against a block"),
    )


def _option(value: object) -> Option:
    plain = _mapping(value, "An option", {"id", "text", "why"})
    return Option(
        id=_text(plain.get("id"), "The id of an option"),
        text=_text(plain.get("text", ""), "The text of an option"),
        why=_text(plain.get("why") or "", "The reason of an option"),
    )


def _mistake(value: object) -> Mistake:
    plain = _mapping(value, "A mistake", {"when", "say"})
    when = plain.get("when")
    if not isinstance(when, dict):
        raise ValueError("The tests of a mistake must be an object.")
    tests = {_text(name, "A test of a mistake"): _text(given, "A test of a mistake") for name, given in when.items()}
    return Mistake(tests, _text(plain.get("say", ""), "What is said to a mistake"))


def _mapping(value: object, what: str, known: set[str]) -> Mapping[str, Any]:
    if not isinstance(value, dict):
        raise ValueError(f"{what} must be an object.")
    unknown = sorted(str(name) for name in value if name not in known)
    if unknown:
        raise ValueError(f"{what} has no “{unknown[0]}”.")
    return value


def _items(value: object, what: str) -> list[Any]:
    if not isinstance(value, list) or len(value) > MAX_ENTRIES:
        raise ValueError(f"{what} must be a list of at most {MAX_ENTRIES} entries.")
    return value


def _text(value: object, what: str) -> str:
    if not isinstance(value, str):
        raise ValueError(f"{what} must be a text.")
    return value


def _whole_number(value: object) -> int | None:
    return value if isinstance(value, int) and not isinstance(value, bool) else None
