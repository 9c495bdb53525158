"""Questions with several fields, and the mistakes that authors expect."""

import pytest

from companion.answers.judge.question import judge_question
from companion.answers.protocol import Block, Field, Given, Mistake, Question, blank_fields
from tests.answers.judge.asking import question

TWO = Question((Field("a", "expression", "2"), Field("b", "set", "(0,1)")))


@pytest.mark.parametrize(
    ("a", "b", "verdict"),
    [
        ("2", "(0,1)", "correct"),
        ("2", "[0,1)", "incorrect"),
        ("3", "(0,", "incorrect"),
        ("2", "(0,", "invalid"),
        ("2", "", "invalid"),
    ],
)
def test_the_verdict_on_the_whole(a: str, b: str, verdict: str) -> None:
    reply = judge_question(TWO, {"a": a, "b": b})
    assert reply.verdict == verdict
    assert "b" in reply.parts


@pytest.mark.parametrize("answer", ["(0,", ""])
def test_an_attempt_that_does_not_count_tells_nothing_about_the_other_parts(answer: str) -> None:
    told = [judge_question(TWO, {"a": a, "b": answer}) for a in ("2", "2+0")]
    assert told[0] == told[1]
    assert set(told[0].parts) == {"b"}
    assert "parts are right" not in told[0].message


WITNESS = Question((Field("verdict", "choice", "no"), Field("witness", "expression", "2", {"asked_if": {"verdict": "no"}})))


@pytest.mark.parametrize(
    ("answers", "verdict", "parts"),
    [
        ({"verdict": "no", "witness": "2"}, "correct", {"verdict", "witness"}),
        ({"verdict": "no", "witness": "3"}, "incorrect", {"verdict", "witness"}),
        ({"verdict": "no", "witness": ""}, "invalid", {"witness"}),
        ({"verdict": "yes", "witness": ""}, "incorrect", set()),
        ({"verdict": "yes", "witness": "2"}, "incorrect", set()),
    ],
)
def test_a_field_that_hangs_on_a_choice_is_asked_only_with_it(answers: dict[str, Given], verdict: str, parts: set[str]) -> None:
    reply = judge_question(WITNESS, answers)
    assert (reply.verdict, set(reply.parts)) == (verdict, parts)
    assert blank_fields(WITNESS, answers) == (["witness"] if verdict == "invalid" else [])


def test_parts_carry_the_credit() -> None:
    reply = judge_question(TWO, {"a": "2", "b": "[0,1)"})
    assert [part.verdict for part in reply.parts.values()] == ["correct", "incorrect"]
    assert reply.message.startswith("1 of 2 parts are right.")


MISTAKES = (
    Mistake({"value": "2x"}, "You differentiated."),
    Mistake({"code": "constant"}, "Mind the constant."),
    Mistake({"code": "different", "value": "x^2"}, "You forgot to divide."),
    Mistake({"otherwise": "yes"}, "Try again."),
)


@pytest.mark.parametrize(
    ("answer", "index"),
    [("2*x", 0), ("x^3/3", 1), ("x^2+C", 2), ("sin(x)", 3), ("x^3/3+C", None), ("x^3/", None)],
)
def test_the_first_mistake_that_fits_speaks(answer: str, index: int | None) -> None:
    asked = question("expression", "x^3/3", *MISTAKES, up_to="constant", constant="required", variable="x")
    reply = judge_question(asked, {"answer": answer})
    assert reply.mistake == index
    if index is not None:
        assert reply.message == MISTAKES[index].say


def test_mistakes_in_an_order() -> None:
    blocks = (Block("a", "A"), Block("b", "B", needs=("a",)), Block("z", "Z", why="no"))
    mistakes = (
        Mistake({"block": "b", "needs": "a"}, "B needs A."),
        Mistake({"distractor": "z"}, "Z is no part of it."),
        Mistake({"missing": "b"}, "Where is B?"),
    )
    asked = Question((Field("answer", "order", ["a", "b"], blocks=blocks),), mistakes)
    assert [judge_question(asked, {"answer": text}).mistake for text in ("b a", "a z b", "a", "a b")] == [0, 1, 2, None]


def test_a_mistake_is_looked_for_in_its_field() -> None:
    fields = (Field("a", "choice", "yes"), Field("b", "choice", "no"))
    asked = Question(fields, (Mistake({"field": "b", "value": "yes"}, "Not b."), Mistake({"value.a": "no", "value.b": "no"}, "Not a.")))
    assert judge_question(asked, {"a": "yes", "b": "yes"}).mistake == 0
    assert judge_question(asked, {"a": "no", "b": "no"}).mistake == 1


def test_an_unknown_test_is_the_questions_fault() -> None:
    reply = judge_question(question("expression", "1", Mistake({"mood": "bad"}, "?")), {"answer": "2"})
    assert (reply.verdict, reply.code) == ("undecided", "question")


def test_a_mistake_shows_whatever_the_form() -> None:
    asked = question("expression", "(x-1)(x+1)", Mistake({"value": "x^2+1"}, "Sign."), form="factored")
    assert judge_question(asked, {"answer": "1+x^2"}).mistake == 0
