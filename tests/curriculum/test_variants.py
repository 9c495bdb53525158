from __future__ import annotations

from pathlib import Path

import pytest

from companion.answers.protocol import Option
from companion.curriculum.compile import compile_pack
from companion.curriculum.model import Exercise
from companion.curriculum.templates import TemplateError
from companion.curriculum.variants import Variant, check_expressions, count, resolve, to_answer
from tests.curriculum.packs import PACK, Folder, topic

POWER = r"""
- id: power
  skill: do-it
  difficulty: 2
  symbols: {x: '0 < x < @{p}'}
  params: {p: [2, 3, 5, 7], q: [1, 2, 4]}
  where: p != q
  let: {r: p + q, h: 1/r}
  prompt: Compute $\int_0^1 x^{@{r}}\,dx$, where $p=@{p}$.
  fields:
    - {id: value, kind: expression, input: 'such as @{h}', answer: '1/(@{r}+1)', accept: ['(@{r}+1)^(-1)'], points: [{x: '@{h}'}]}
  hints: ['Not $@{r}$.']
  solution: It is $\frac1{@{r+1}}$.
  mistakes:
    - {try: '@{r}', say: 'You differentiated $x^{@{r}}$.'}
    - {try: '@{h}', when: {value: '@{h}', code: different}, say: No.}
"""
TOGETHER = """
- id: together
  skill: do-it
  difficulty: 1
  params: {p: [2, 3]}
  prompt: Give two numbers whose sum is $@{p}$, and their product.
  fields:
    - {id: first, kind: expression, answer: '1'}
    - {id: second, kind: expression, answer: '@{p}-1', accept: ['-1+@{p}']}
    - {id: product, kind: expression, answer: '@{p}-1'}
  accept:
    - {first: '0', second: '@{p}', product: '0'}
"""
PROOF = """
- id: proof
  skill: do-it
  difficulty: 2
  prompt: Order it.
  fields:
    - id: proof
      kind: order
      answer: [first, second, third]
      blocks: [{id: first, text: A}, {id: second, text: B, needs: [first]}, {id: third, text: C, needs: [second]}]
      distractors: [{id: wrong, text: X, why: It is false.}]
  mistakes:
    - {try: [first, third, second], say: Too early.}
"""
TRUTH = """
- id: truth
  skill: do-it
  difficulty: 1
  params: {p: [1, 3]}
  prompt: Is $@{p} > 2$, and which are?
  choices: [{id: 'true', text: yes}, {id: 'false', text: no}]
  fields:
    - {id: is-it, kind: choice, answer: '@{p > 2}'}
    - id: which
      kind: choice
      multiple: yes
      answer: [three, four]
      options: [{id: two, text: $2$}, {id: three, text: $3$}, {id: four, text: $4$}]
    - {id: lines, kind: steps, answer: ['x', '@{p}']}
  mistakes:
    - {try: {is-it: '@{p <= 2}'}, say: No.}
"""


def exercise(folder: Path, text: str) -> Exercise:
    pack = Folder(folder / "pack")
    pack.write("pack.yaml", PACK.replace("mine", "core"))
    pack.topic("t", topic("t", exercises=text))
    result = compile_pack(pack.path)
    assert result.problems == []
    return result.bodies["t"].exercises[0]


def test_seeds_go_through_every_combination_that_where_allows(tmp_path: Path) -> None:
    power = exercise(tmp_path, POWER)
    assert count(power) == 11
    variants = [resolve(power, seed) for seed in range(11)]
    chosen = {(variant.values["p"], variant.values["q"]) for variant in variants}
    assert chosen == {(p, q) for p in ("2", "3", "5", "7") for q in ("1", "2", "4") if p != q}
    assert [variant.number for variant in variants] != list(range(11))
    assert resolve(power, 11).values == variants[0].values
    assert resolve(power, 4) == resolve(power, 4)


def test_every_text_of_a_variant_has_its_values(tmp_path: Path) -> None:
    power = exercise(tmp_path, POWER)
    variant = next(v for v in (resolve(power, seed) for seed in range(11)) if v.values["p"] == "5" and v.values["q"] == "2")
    assert variant.values == {"p": "5", "q": "2", "r": "7", "h": "1/7"}
    assert variant.prompt == r"Compute $\int_0^1 x^{7}\,dx$, where $p=5$."
    assert variant.hints == ("Not $7$.",)
    assert variant.solution == r"It is $\frac1{8}$."
    assert variant.fields[0].input == "such as 1/7"
    assert variant.key == {"value": "1/(7+1)"}
    assert variant.accepted == ({"value": "(7+1)^(-1)"},)
    assert variant.tries == ({"value": "7"}, {"value": "1/7"})
    asked = variant.question.fields[0]
    assert asked.options["symbols"] == {"x": "0 < x < 5"}
    assert asked.options["points"] == [{"x": "1/7"}]
    first, second = variant.question.mistakes
    assert (first.when, first.say) == ({"value.value": "7"}, "You differentiated $x^{7}$.")
    assert second.when == {"value": "1/7", "code": "different"}


def test_the_lines_of_a_proof_are_shown_shuffled_under_letters(tmp_path: Path) -> None:
    proof = exercise(tmp_path, PROOF)
    assert count(proof) == 1
    orders = set()
    for seed in range(20):
        variant = resolve(proof, seed)
        shown = variant.fields[0].blocks
        assert [block.id for block in shown] == ["A", "B", "C", "D"]
        assert all(block.why is None and not block.needs for block in shown)
        texts = "".join(block.text for block in shown)
        assert sorted(texts) == ["A", "B", "C", "X"]
        assert texts.replace("X", "") != "ABC"
        orders.add(texts)
        letters = {block_id: letter for letter, block_id in variant.labels["proof"].items()}
        right = [letters[name] for name in ("first", "second", "third")]
        for typed in (right, " ".join(right), ",".join(right).lower()):
            assert to_answer(variant, {"proof": typed}) == {"proof": ["first", "second", "third"]}
    assert len(orders) > 5
    assert to_answer(variant, {"proof": ["first", "third"]}) == {"proof": ["first", "third"]}
    assert variant.tries == ({"proof": ["first", "third", "second"]},)
    assert variant.question.mistakes[0].when == {"value.proof": "first third second"}


def test_answers_are_brought_into_the_judges_form(tmp_path: Path) -> None:
    variant = resolve(exercise(tmp_path, TRUTH), 0)
    typed = {"is-it": " true ", "which": "two, 3", "lines": "x\n\n 2\n"}
    assert to_answer(variant, typed) == {"is-it": "true", "which": ["two", "four"], "lines": ["x", " 2"]}
    assert to_answer(variant, {"is-it": "2", "which": ["three"]}) == {"is-it": "false", "which": ["three"]}
    assert to_answer(variant, {"is-it": "9"}) == {"is-it": "9"}


def test_a_relation_between_numbers_gives_true_or_false(tmp_path: Path) -> None:
    truth = exercise(tmp_path, TRUTH)
    found: dict[str, Variant] = {variant.values["p"]: variant for variant in (resolve(truth, 0), resolve(truth, 1))}
    assert found["1"].key == {"is-it": "false", "which": ["three", "four"], "lines": ["x", "1"]}
    assert found["3"].key["is-it"] == "true"
    assert found["3"].tries[0] == {"is-it": "false", "which": ["three", "four"], "lines": ["x", "3"]}
    assert found["1"].fields[0].choices == (Option("true", "yes"), Option("false", "no"))
    assert found["1"].fields[1].multiple


def test_an_expression_without_a_value_is_told_with_its_text(tmp_path: Path) -> None:
    power = exercise(tmp_path, POWER.replace("It is $", "It is @{1/(p-3)} $"))
    check_expressions(power)
    seed = next(seed for seed in range(11) if resolve(exercise(tmp_path, POWER), seed).values["p"] == "3")
    with pytest.raises(TemplateError) as caught:
        resolve(power, seed)
    assert caught.value.template == power.solution


def test_right_answers_may_belong_together(tmp_path: Path) -> None:
    variant = resolve(exercise(tmp_path, TOGETHER), 0)
    p = variant.values["p"]
    key = {"first": "1", "second": f"{p}-1", "product": f"{p}-1"}
    assert variant.key == key
    assert variant.accepted == ({**key, "second": f"-1+{p}"}, {"first": "0", "second": p, "product": "0"})
