"""What a program can read of a refusal: the value, the length, the shape, how much is missing."""

import pytest

from companion.answers.judge.question import judge_question
from companion.answers.protocol import Field, Kind, Question
from tests.answers.judge.asking import ask


@pytest.mark.parametrize(
    ("kind", "key", "answer", "witness"),
    [
        ("expression", "2", "3", {"value": "3"}),
        ("expression", "pi", "3.2", {"value": "16/5"}),
        ("expression", "3, 4", "3", {"missing": "1"}),
        ("expression", "3, 4", "3, 5", {"element": "5"}),
        ("expression", "2", "±3", {"count": "2"}),
        ("list", "(1,2)", "(1,2,3)", {"length": "3"}),
        ("list", "[[1,2],[2,4]]", "(1,2)", {"shape": "1,2"}),
        ("set", "{1,2}", "{1}", {"missing": "1"}),
    ],
)
def test_a_refusal_says_what_is_wrong(kind: Kind, key: str, answer: str, witness: dict[str, str]) -> None:
    reply = ask(kind, key, answer)
    assert (reply.verdict, reply.counterexample) == ("incorrect", witness)


@pytest.mark.parametrize(
    ("kind", "key", "answer", "verdict"),
    [
        ("list", "[[1,2],[2,4]]", "((1,2),(2,4))", "correct"),
        ("list", "((1,2),(2,4))", "[[1,2],[2,4]]", "correct"),
        ("list", "[[1,2],[2,4]]", "((1,2),(2,5))", "incorrect"),
        ("list", "[[1,2],[2,4]]", "2*((1/2,1),(1,2))", "correct"),
        ("list", "(1, x^2+y^2)", "(1, [[x,y]]*[[x],[y]])", "correct"),
        ("expression", "x^2+y^2", "[[x,y]]*[[x],[y]]", "correct"),
        ("expression", "x^2+y^2+1", "(x,y)^T*(x,y) + 1", "correct"),
        ("expression", "x^2+y^2", "[[x],[y]]*[[x,y]]", "invalid"),
        ("list", "(x/2, 1)", "(T = x/2, 1)", "correct"),
    ],
)
def test_lists_of_lists_and_products_of_vectors(kind: Kind, key: str, answer: str, verdict: str) -> None:
    assert ask(kind, key, answer, variables=["x", "y"]).verdict == verdict


@pytest.mark.parametrize(("key", "verdict"), [("a*dT/dt", "incorrect"), ("0", "incorrect"), ("2*T", "incorrect"), ("dT/dt", "correct")])
def test_what_is_differentiated_by_name_is_a_function(key: str, verdict: str) -> None:
    assert ask("expression", key, "dT/dt").verdict == verdict


@pytest.mark.parametrize(
    ("key", "answer", "verdict"),
    [
        ("x_1+x_2+x_3", "sum(x_i, i, 1, 3)", "correct"),
        ("sum(x_i, i, 1, 3)", "x_1+x_2+x_3", "correct"),
        ("sum(x_i, i, 1, 3)", "x_1+x_2-x_3", "incorrect"),
        ("sum(sum(a_ij x_i x_j, j, 1, 2), i, 1, 2)", "a_11 x_1^2 + (a_12+a_21) x_1 x_2 + a_22 x_2^2", "correct"),
    ],
)
def test_indices_that_run_mean_the_same_in_key_and_answer(key: str, answer: str, verdict: str) -> None:
    assert ask("expression", key, answer).verdict == verdict


def test_nothing_may_be_the_right_choice() -> None:
    fields = (Field("answer", "choice", []),)
    assert [judge_question(Question(fields), {"answer": given}).verdict for given in ([], "", ["a"])] == ["correct", "correct", "incorrect"]


def test_an_object_may_have_a_label() -> None:
    properties = [{"id": "continuous", "property": "continuous", "over": "-1 <= x <= 1"}]
    assert ask("object", None, "u(x) = x^2", symbols={"x": "real"}, properties=properties).verdict == "correct"
