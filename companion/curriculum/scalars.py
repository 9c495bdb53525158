"""The types of single values in a content file.

A file is a tree of texts, so a type here says which texts are meant and what
they become: `level` becomes a number, `quick` becomes true or false, an answer
stays the text it is. Each type carries its message for authors and its piece of
JSON Schema (where YAML editors see a number or a boolean, a text is meant).
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Annotated, Any, TypeAlias

from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler, PlainValidator, WithJsonSchema
from pydantic_core import PydanticCustomError
from pydantic_core.core_schema import CoreSchema, no_info_plain_validator_function

ID = r"[a-z0-9]+(?:-[a-z0-9]+)*"
MAX_ID = 64
_NAME = re.compile(r"[^\W\d_]+(?:_?[0-9]+|_[^\W\d_]+)?'?\Z")
_PLAIN: dict[str, Any] = {"type": ["string", "number", "boolean"]}


def _wrong(message: str) -> PydanticCustomError:
    return PydanticCustomError("content", "{message}", {"message": message})


def _is_blank(value: object) -> bool:
    return not isinstance(value, str) or not value.strip()


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise _wrong("expected text")
    if not value.strip():
        raise _wrong("expected text, and found nothing")
    return value


def _maybe_text(value: object) -> str:
    if not isinstance(value, str):
        raise _wrong("expected text")
    return value


def _matching(pattern: str, what: str) -> Callable[[object], str]:
    compiled = re.compile(rf"{pattern}\Z")

    def check(value: object) -> str:
        if not isinstance(value, str) or not compiled.match(value):
            raise _wrong(f"expected {what}")
        if max(map(len, re.split("[:/]", value))) > MAX_ID:
            raise _wrong(f"expected at most {MAX_ID} characters in an id")
        return value

    return check


def _name(value: object) -> str:
    if not isinstance(value, str) or not _NAME.match(value):
        raise _wrong("expected a name such as x, alpha or x_1")
    return value


def _yes_or_no(value: object) -> bool:
    if value not in ("yes", "no"):
        raise _wrong("expected yes or no")
    return value == "yes"


@dataclass(frozen=True, slots=True)
class Whole:
    """Marks a whole number in a range (both ends belong to it)."""

    lowest: int
    highest: int

    def check(self, value: object) -> int:
        """The number that a text is."""
        if isinstance(value, str) and re.fullmatch(r"-?[0-9]{1,9}", value) and self.lowest <= int(value) <= self.highest:
            return int(value)
        raise _wrong(f"expected a whole number from {self.lowest} to {self.highest}")

    def __get_pydantic_core_schema__(self, _source: Any, _handler: GetCoreSchemaHandler) -> CoreSchema:
        return no_info_plain_validator_function(self.check)

    def __get_pydantic_json_schema__(self, _schema: CoreSchema, _handler: GetJsonSchemaHandler) -> dict[str, Any]:
        return {"type": "integer", "minimum": self.lowest, "maximum": self.highest}


@dataclass(frozen=True, slots=True)
class OneOf:
    """Marks a word from a closed list."""

    words: tuple[str, ...]

    def check(self, value: object) -> str:
        """The word itself."""
        if value not in self.words:
            raise _wrong(f"expected {'one of ' if len(self.words) > 1 else ''}{', '.join(self.words)}")
        return str(value)

    def __get_pydantic_core_schema__(self, _source: Any, _handler: GetCoreSchemaHandler) -> CoreSchema:
        return no_info_plain_validator_function(self.check)

    def __get_pydantic_json_schema__(self, _schema: CoreSchema, _handler: GetJsonSchemaHandler) -> dict[str, Any]:
        return {"enum": [*self.words, *(int(word) for word in self.words if word.isdigit())]}


def _tolerance(value: object) -> float:
    if isinstance(value, str) and re.fullmatch(r"[0-9]*\.?[0-9]+(?:[eE]-?[0-9]{1,2})?", value) and float(value) <= 1:
        return float(value)
    raise _wrong("expected a tolerance from 0 to 1, such as 1e-6")


def _given(value: object) -> str | list[str]:
    """An answer to one field: a text, or a list of texts."""
    if isinstance(value, list):
        if not value or any(_is_blank(item) for item in value):
            raise _wrong("expected a list of texts")
        return [str(item) for item in value]
    return _text(value)


def _lines_or_nothing(value: object) -> str | list[str] | None:
    return None if value in ("", "null", "~") else _given(value)


def _attempt(value: object) -> str | list[str] | dict[str, str | list[str]]:
    """The answer that proves a mistake: for the only field, or for each field that differs from the key."""
    if not isinstance(value, dict):
        return _given(value)
    if not value:
        raise _wrong("expected an answer, or a mapping from fields to answers")
    return {str(field): _given(answer) for field, answer in value.items()}


_GIVEN_SCHEMA: dict[str, Any] = {"anyOf": [_PLAIN, {"type": "array", "items": _PLAIN, "minItems": 1}]}
_REFERENCE = rf"(?:{ID}:)?{ID}"

Text: TypeAlias = Annotated[str, PlainValidator(_text), WithJsonSchema(_PLAIN)]
MaybeText: TypeAlias = Annotated[str, PlainValidator(_maybe_text), WithJsonSchema(_PLAIN)]
Id: TypeAlias = Annotated[
    str,
    PlainValidator(_matching(ID, "an id of lower-case words joined by hyphens, such as dominated-convergence")),
    WithJsonSchema({"type": "string", "pattern": f"^{ID}$", "maxLength": MAX_ID}),
]
Reference: TypeAlias = Annotated[
    str,
    PlainValidator(_matching(_REFERENCE, "the id of a topic, an area or a work (or pack:id for another pack's)")),
    WithJsonSchema({"type": "string", "pattern": f"^{_REFERENCE}$"}),
]
SkillReference: TypeAlias = Annotated[
    str,
    PlainValidator(_matching(rf"(?:{_REFERENCE}/)?{ID}", "the id of a skill of this topic, or topic-id/skill-id")),
    WithJsonSchema({"type": "string", "pattern": f"^(?:{_REFERENCE}/)?{ID}$"}),
]
Name: TypeAlias = Annotated[str, PlainValidator(_name), WithJsonSchema({"type": "string"})]
YesNo: TypeAlias = Annotated[bool, PlainValidator(_yes_or_no), WithJsonSchema({"enum": ["yes", "no", True, False]})]
Tolerance: TypeAlias = Annotated[float, PlainValidator(_tolerance), WithJsonSchema({"type": "number", "minimum": 0, "maximum": 1})]
Given: TypeAlias = Annotated[str | list[str], PlainValidator(_given), WithJsonSchema(_GIVEN_SCHEMA)]
GivenOrNothing: TypeAlias = Annotated[
    str | list[str] | None, PlainValidator(_lines_or_nothing), WithJsonSchema({"anyOf": [*_GIVEN_SCHEMA["anyOf"], {"type": "null"}]})
]
Attempt: TypeAlias = Annotated[
    str | list[str] | dict[str, str | list[str]],
    PlainValidator(_attempt),
    WithJsonSchema({"anyOf": [*_GIVEN_SCHEMA["anyOf"], {"type": "object", "additionalProperties": _GIVEN_SCHEMA}]}),
]
