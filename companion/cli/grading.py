"""`companion grade`: requests in, verdicts out, one JSON object a line.

A request names a kind and its key, or an exercise of the catalogue and a seed;
the second form is turned into the first here, since the judge knows no
catalogue. A line that cannot be understood gets a reply that says why.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from companion.answers.client import Grader
from companion.answers.protocol import Reply
from companion.answers.wire import (
    Request,
    answers_from_json,
    json_from_line,
    printable,
    question_to_json,
    reply_to_json,
    request_from_json,
    request_id,
)

if TYPE_CHECKING:
    from companion.curriculum.catalogue import Catalogue


class Grading:
    """Judges lines with a grader. The catalogue is opened when a request first names an exercise."""

    def __init__(self, grader: Grader, packs: tuple[Path, ...] = ()) -> None:
        self._grader, self._packs = grader, packs
        self._catalogue: Catalogue | None = None

    def replies(self, lines: Iterable[bytes]) -> Iterator[dict[str, Any]]:
        """One reply for each line, in order, as soon as it is there."""
        for line in lines:
            identifier: str | int | None = None
            try:
                plain = json_from_line(line)
                identifier = request_id(plain)
                request = self._request(plain)
            except ValueError as error:
                yield {"id": identifier, **reply_to_json(Reply("invalid", "request", printable(str(error))))}
                continue
            reply = self._grader.ask(request.question, request.answers, request.deadline)
            yield {"id": identifier, **reply_to_json(reply)}

    def _request(self, plain: Any) -> Request:
        if not isinstance(plain, dict) or "exercise" not in plain:
            return request_from_json(plain)
        from companion.curriculum.variants import resolve, to_answer

        unknown = sorted(set(plain) - {"id", "exercise", "seed", "answer", "deadline"})
        if unknown:
            raise ValueError(f"A request with an exercise has no “{unknown[0]}”.")
        seed = plain.get("seed", 0)
        if not isinstance(plain["exercise"], str) or not isinstance(seed, int) or isinstance(seed, bool):
            raise ValueError("`exercise` must be the full id of an exercise, and `seed` a whole number.")
        try:
            variant = resolve(self._open_catalogue().exercise(plain["exercise"]), seed)
        except LookupError:
            raise ValueError(f"There is no exercise “{plain['exercise']}”.") from None
        answers = answers_from_json(plain.get("answer"), variant.question)
        checked = request_from_json({"id": request_id(plain), "question": question_to_json(variant.question), **_kept(plain)})
        return Request(checked.id, variant.question, to_answer(variant, answers), checked.deadline)

    def _open_catalogue(self) -> Catalogue:
        if self._catalogue is None:
            from companion.curriculum.catalogue import open_catalogue

            self._catalogue = open_catalogue(self._packs)
        return self._catalogue


def _kept(plain: dict[str, Any]) -> dict[str, Any]:
    return {name: plain[name] for name in ("answer", "deadline") if name in plain}
