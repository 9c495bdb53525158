"""Keys of differentiation and Taylor's formula, confirmed by difference quotients and search on grids."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from itertools import pairwise

import numpy as np
import pytest
from mpmath import mp

from companion.answers import tree
from companion.answers.reader import Vocabulary, read
from tests.keys import differentiation_hypotheses
from tests.keys.confirmation import Key, confirm, confirms, variants_of
from tests.keys.difference_quotients import Number, is_close, is_differentiable_at, second_derivative, slope
from tests.keys.evaluation import holds, value

TOPIC = differentiation_hypotheses.TOPIC


@pytest.mark.parametrize(("exercise", "seed"), variants_of(TOPIC))
def test_the_key_is_right(exercise: str, seed: int) -> None:
    confirm(exercise, seed)


@confirms(f"{TOPIC}/factored-derivative")
def factored_derivative(key: Key) -> None:
    a, b, m = key.parameter("a"), key.parameter("b"), int(key.parameter("m"))

    def f(x: Number) -> Number:
        return (x - a) ** m * (x + b) ** (5 - m)

    for answer in key.answers():
        g = answer.function("derivative", "x")
        assert all(is_close(g(mp.mpf(x)), slope(f, mp.mpf(x))) for x in (-3.7, -0.4, 0.3, 1.6, 5.2))
        assert not isinstance(answer.formula("derivative"), tree.Sum)
    zero = mp.findroot(lambda x: m * (x + b) + (5 - m) * (x - a), 0)
    assert -b < zero < a
    assert is_close(slope(f, zero), 0)
    assert is_close(key.number("zero"), zero, 1e-12)


@confirms(f"{TOPIC}/inverse-slope")
def inverse_slope(key: Key) -> None:
    a, c = key.parameter("a"), key.parameter("c")

    def inverse(y: Number) -> Number:
        return mp.findroot(lambda x: x**3 + a * x - y, c)

    assert is_close(key.number("value"), slope(inverse, c**3 + a * c))


@confirms(f"{TOPIC}/slope-of-the-sigmoid")
def slope_of_the_sigmoid(key: Key) -> None:
    a = key.parameter("a")

    def s(x: Number) -> Number:
        return a / (1 + mp.exp(-x))

    grid = [mp.mpf(x) for x in np.linspace(-6, 6, 121)]
    largest = max(slope(s, x) for x in grid)
    for answer in key.answers():
        lines = answer.lines("derivation")
        assert len(lines) >= 2
        assert lines[0][0] == "="
        assert all(is_close(value(lines[0][1], {"x": x}), slope(s, x)) for x in grid)
        answer.assert_chain("derivation", lambda x, first=lines[0][1]: value(first, {"x": x}), [{"x": float(x)} for x in grid])
        assert is_close(value(lines[-1][1], {}), largest)


@confirms(f"{TOPIC}/kinks")
def kinks(key: Key) -> None:
    p, q, r = (key.parameter(name) for name in "pqr")
    formula = key.formula("points")
    assert isinstance(formula, tree.FiniteSet)

    def f(x: Number) -> Number:
        return abs((x + p) * (x - q) * (x - r) ** 2)

    candidates = [mp.mpf(x) / 2 for x in range(-20, 21)]
    assert {value(element, {}) for element in formula.elements} == {x for x in candidates if not is_differentiable_at(f, x)}


@confirms(f"{TOPIC}/least-lipschitz-constant")
def least_lipschitz_constant(key: Key) -> None:
    p, q = key.parameter("p"), key.parameter("q")
    x = np.linspace(0, q, 4001)
    steepest = np.max(np.abs(np.diff(x**3 - 3 * p * x) / np.diff(x)))
    assert float(key.number("constant")) == pytest.approx(steepest, rel=2e-3)


@confirms(f"{TOPIC}/gap-in-the-domain")
def gap_in_the_domain(key: Key) -> None:
    assert key.chosen("verdict") == "no"
    for answer in key.answers():
        f = answer.function("f", "x")
        assert all(slope(f, side * mp.mpf(x)) == 0 for side in (1, -1) for x in np.linspace(0.01, 0.98, 50))
        assert f(mp.mpf("0.5")) - f(mp.mpf("-0.5")) == 2


@confirms(f"{TOPIC}/increasing-with-flat-point")
def increasing_with_flat_point(key: Key) -> None:
    assert key.chosen("verdict") == "no"
    a, b = key.parameter("a"), key.parameter("b")
    for answer in key.answers():
        f = answer.function("f", "x")
        assert is_close(f(mp.mpf(a)), b, 1e-12)
        assert abs(slope(f, mp.mpf(a))) < 1e-6
        values = [f(mp.mpf(a) + mp.mpf(x)) for x in np.linspace(-20, 20, 1601)]
        assert all(left < right for left, right in pairwise(values))


@confirms(f"{TOPIC}/all-functions-with-this-derivative")
def all_functions_with_this_derivative(key: Key) -> None:
    p, q = key.parameter("p"), key.parameter("q")
    for answer in key.answers():
        f = answer.function("family", "C", "x")
        for x in (mp.mpf("0.2"), mp.mpf(1), mp.mpf(7)):
            assert is_close(slope(partial(f, 0), x), p / x + q * mp.exp(-q * x))
            assert is_close(f(5, x) - f(1, x), 4)


def _true(statement: tree.Node, values: Mapping[str, Number]) -> bool:
    if isinstance(statement, tree.Logic):
        joined = all if statement.connective == "and" else any
        return joined(_true(operand, values) for operand in statement.operands)
    return holds(statement, values)


@confirms(f"{TOPIC}/where-it-increases")
def where_it_increases(key: Key) -> None:
    k = key.parameter("k")
    for answer in key.answers():
        statement = answer.formula("where")
        for x in np.linspace(-14, 12, 209):
            exact = (x * x + 2 * x - k * (k + 2)) * 8
            rises = slope(lambda t: (t * t - k * (k + 2)) * mp.exp(t), mp.mpf(x)) > 0 if exact else False
            assert _true(statement, {"x": mp.mpf(x)}) == bool(rises), x


@confirms(f"{TOPIC}/expand-a-quotient")
def expand_a_quotient(key: Key) -> None:
    a, b = key.parameter("a"), key.parameter("b")
    coefficients = mp.taylor(lambda x: mp.exp(a * x) / (1 - b * x), 0, 2)
    for answer in key.answers():
        polynomial = answer.function("polynomial", "x")
        for x in (mp.mpf("-1.3"), mp.mpf("0.7"), mp.mpf(4)):
            assert is_close(polynomial(x), sum(c * x**k for k, c in enumerate(coefficients)))
        products = [part for part in tree.walk(answer.formula("polynomial")) if isinstance(part, tree.Product)]
        assert not any(isinstance(factor, tree.Sum) for product in products for factor in product.factors)


@confirms(f"{TOPIC}/root-at-a-square")
def root_at_a_square(key: Key) -> None:
    square = key.parameter("k") ** 2
    coefficients = mp.taylor(mp.sqrt, square, 2)
    for answer in key.answers():
        polynomial = answer.function("polynomial", "x")
        for x in (mp.mpf(1), mp.mpf("5.5"), mp.mpf(100)):
            assert is_close(polynomial(x), sum(c * (x - square) ** k for k, c in enumerate(coefficients)))


@confirms(f"{TOPIC}/growth-of-a-difference")
def growth_of_a_difference(key: Key) -> None:
    p, q = key.parameter("p"), key.parameter("q")
    with mp.workdps(60):
        for answer in key.answers():
            g = answer.function("growth", "n")
            ratios = [n**p * (mp.cos(q / n) - 1 + q * q / (2 * n * n)) / g(n) for n in (mp.mpf(10) ** 4, mp.mpf(10) ** 7)]
            assert abs(ratios[1] / ratios[0] - 1) < 1e-4


@confirms(f"{TOPIC}/prescribed-derivatives")
def prescribed_derivatives(key: Key) -> None:
    for answer in key.answers():
        f = answer.function("f", "x")
        found = f(mp.mpf(0)), slope(f, mp.mpf(0)), second_derivative(f, mp.mpf(0))
        assert all(is_close(left, key.parameter(name)) for left, name in zip(found, "pqr", strict=True))
        assert all(second_derivative(f, mp.mpf(x), mp.mpf("0.01")) >= -1e-6 for x in np.linspace(-9, 9, 181))


@confirms(f"{TOPIC}/remainder-of-a-root")
def remainder_of_a_root(key: Key) -> None:
    k = key.parameter("k")

    def f(x: Number) -> Number:
        return (1 + x) ** (mp.mpf(1) / k)

    bends = {x: second_derivative(f, mp.mpf(x)) for x in np.linspace(0, 30, 61)}
    assert is_close(key.number("largest"), max(abs(bend) for bend in bends.values()))
    for answer in key.answers():
        assert all(is_close(answer.number("second", xi=x), bend) for x, bend in bends.items())
        bound = answer.function("bound", "x")
        for x in (mp.mpf(1) / 1000, mp.mpf(1) / 4, mp.mpf(2), mp.mpf(40)):
            assert abs(f(x) - 1 - x / k) <= bound(x)
            assert is_close(bound(x), max(abs(bend) for bend in bends.values()) * x * x / 2)


@confirms(f"{TOPIC}/enough-terms")
def enough_terms(key: Key) -> None:
    tolerance = 1 / (key.parameter("j") * mp.factorial(key.parameter("m")))
    n = 0
    while 1 / mp.factorial(n + 1) > tolerance:
        n += 1
    errors = [abs(mp.exp(-x) - sum((-x) ** k / mp.factorial(k) for k in range(n + 1))) for x in map(mp.mpf, np.linspace(0, 1, 21))]
    for answer in key.answers():
        assert answer.number("order") == n
        assert max(errors) <= answer.number("bound") <= tolerance
        assert is_close(answer.number("bound") * mp.factorial(n + 1), 1, 1e-12)


@confirms(f"{TOPIC}/logarithm-from-below")
def logarithm_from_below(key: Key) -> None:
    a = key.parameter("a")
    points = [(mp.mpf(x) / a, mp.mpf(theta)) for x in (0.01, 0.3, 0.5, 0.9, 0.99) for theta in (0.01, 0.4, 0.99)]
    vocabulary = Vocabulary.of(key.variant.question.fields[0].options)
    for answer in key.answers():
        texts = answer.variant.key["chain"]
        assert len(texts) >= 2
        for x, theta in points:
            before = a * x - (a * x) ** 2 / (2 * (1 + theta * a * x) ** 2)
            for text in texts:
                sign = text.split()[0]
                after = value(read(text.removeprefix(sign), vocabulary, "steps"), {"x": x, "theta": theta})
                assert sign in (">=", "=")
                assert before >= after - mp.mpf("1e-12")
                assert sign == ">=" or abs(before - after) < 1e-12
                before = after
            assert is_close(before, a * x / 2, 1e-12)
            assert mp.log(1 + a * x) >= before


@confirms(f"{TOPIC}/best-quadratic-below-exponential")
def best_quadratic_below_exponential(key: Key) -> None:
    a = key.parameter("a")
    grid = [mp.mpf(10) ** power / a for power in np.linspace(-5, 1, 121)]
    with mp.workdps(40):
        largest = min((mp.exp(a * x) - 1 - a * x) / x**2 for x in grid)  # the infimum is the limit at 0, and is not taken
    lower, upper, _, has_upper = key.interval("constants")
    assert lower == -mp.inf
    assert is_close(upper, largest, 1e-4)
    with mp.workdps(40):
        assert has_upper == all(mp.exp(a * x) >= 1 + a * x + upper * x * x for x in grid)
