"""Keys that say which hypothesis fails, which one is missing and what stands on what: functions are tried on each claim."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import numpy as np
from mpmath import mp

from tests.keys.confirmation import Key, confirms
from tests.keys.difference_quotients import (
    STEP,
    Function,
    Number,
    cube_root,
    is_close,
    is_differentiable_at,
    relu,
    second_derivative,
    slope,
    wave,
)

TOPIC = "differentiation-and-taylor"


@confirms(f"{TOPIC}/differentiable-at-zero")
def differentiable_at_zero(key: Key) -> None:
    functions: Mapping[str, Function] = {
        "product": lambda x: x * abs(x),
        "sine": lambda x: abs(mp.sin(x)),
        "wave": wave,
        "root": cube_root,
        "square": lambda x: relu(x) ** 2,
        "larger": lambda x: max(x, x**3),
    }
    assert set(key.variant.key["functions"]) == {name for name, f in functions.items() if is_differentiable_at(f, mp.mpf(0))}


def _assert_only_repair(key: Key, refuted: Iterable[str], right: str) -> None:
    """The option that is no property of the counterexample is the one that repairs the statement."""
    options = {option.id for option in key.variant.question.fields[0].choices}
    assert options == {*refuted, right}
    assert key.chosen("hypothesis") == right


@confirms(f"{TOPIC}/complete-inverse")
def complete_inverse(key: Key) -> None:
    grid = [mp.mpf(x) for x in np.linspace(-3, 3, 61)]
    facts = {
        "smooth": all(abs(slope(lambda t: t**3, x) - 3 * x * x) < 1e-6 for x in grid),
        "onto": all(is_close(cube_root(y) ** 3, y) for y in (mp.mpf(-(10**6)), mp.mpf(10) ** 6)),
        "odd": all((-x) ** 3 == -(x**3) for x in grid),
        "slope": abs(slope(lambda t: t**3, mp.mpf(0))) > 1e-6,
    }
    assert not is_differentiable_at(cube_root, mp.mpf(0))
    _assert_only_repair(key, [name for name, fact in facts.items() if fact], "slope")


@confirms(f"{TOPIC}/order-the-mean-value-theorem")
def order_the_mean_value_theorem(key: Key) -> None:
    key.assert_proof(
        "proof",
        {
            "define": ("", "h"),
            "regular": ("h", "h-regular"),
            "ends": ("h", "h-equal-at-ends"),
            "rolle": ("h h-regular h-equal-at-ends", "zero-of-slope"),
            "slope": ("h", "slope-of-h"),
            "conclude": ("zero-of-slope slope-of-h", "mean-value"),
            "extremum": ("maximum-inside", "critical-point-of-f"),
            "intermediate": ("h slope-continuous", "zero-of-slope"),
        },
        goal="mean-value",
    )


@confirms(f"{TOPIC}/which-hypothesis-fails")
def which_hypothesis_fails(key: Key) -> None:
    functions: Mapping[str, tuple[Function, float, float]] = {
        "cone": (abs, -1, 2),
        "end": (lambda x: x if x < 1 else mp.mpf(0), 0, 1),
        "root": (mp.sqrt, 0, 1),
        "wave": (wave, -1, 1),
        "cube-root": (cube_root, -1, 1),
    }
    tiny = mp.mpf(10) ** -20
    for field, (f, a, b) in functions.items():
        inner = [mp.mpf(a) + (mp.mpf(b) - a) * i / 60 for i in range(1, 60)]
        near = [(mp.mpf(a), 1), (mp.mpf(b), -1), *((x, sign) for x in inner for sign in (1, -1))]
        with mp.workdps(50):
            is_continuous = all(abs(f(x + sign * tiny) - f(x)) < 1e-5 for x, sign in near)
        is_differentiable = all(is_differentiable_at(f, x) for x in inner)
        expected = "continuous" if not is_continuous else "differentiable" if not is_differentiable else "none"
        assert key.chosen(field) == expected, field


@confirms(f"{TOPIC}/complete-mean-value")
def complete_mean_value(key: Key) -> None:
    def f(x: Number) -> Number:
        return x if x < 1 else mp.mpf(0)

    inner = [mp.mpf(i) / 50 for i in range(1, 50)]
    slopes = [slope(f, x) for x in inner]
    facts = {
        "bounded": max(abs(f(x)) for x in inner) <= 1,
        "closed": abs(f(1 - mp.mpf(10) ** -12) - f(mp.mpf(1))) < 1e-6,
        "derivative": max(abs(slope - 1) for slope in slopes) < 1e-9,
        "equal": f(mp.mpf(0)) == f(mp.mpf(1)),
    }
    assert min(abs(slope - (f(mp.mpf(1)) - f(mp.mpf(0)))) for slope in slopes) > 0.5
    _assert_only_repair(key, [name for name, fact in facts.items() if fact], "closed")


@confirms(f"{TOPIC}/complete-lipschitz")
def complete_lipschitz(key: Key) -> None:
    def f(x: float) -> float:
        return 0.0 if x < 0 else 2.0

    domain = [x for x in np.linspace(-1, 1, 2001)[1:-1] if x != 0]
    gaps = np.diff([-1.0, *domain, 1.0])
    facts = {
        "bounded": max(abs(x) for x in domain) <= 1 and max(f(x) for x in domain) <= 2,
        "smooth": all(f(x + 1e-5) == f(x - 1e-5) for x in domain),  # the derivative is 0, so it is continuous
        "interval": 0.0 in domain,
        "dense": bool(np.max(gaps) < 0.003),
    }
    assert abs(f(0.5) - f(-0.5)) > 0.5 + 0.5
    _assert_only_repair(key, [name for name, fact in facts.items() if fact], "interval")


@confirms(f"{TOPIC}/complete-convexity")
def complete_convexity(key: Key) -> None:
    grid = [mp.mpf(x) for x in np.linspace(-6, 6, 241)]

    def negative_cosine(x: Number) -> Number:
        return -mp.cos(x)

    def is_convex(f: Function) -> bool:
        return all(second_derivative(f, x, mp.mpf("0.1")) >= -1e-9 for x in grid)

    assert not is_convex(mp.atan)
    assert not is_convex(negative_cosine)
    slopes = [slope(mp.atan, x) for x in grid]
    facts = {
        "critical": min(slopes) > 0,  # no point to check
        "increasing": min(slopes) >= 0,
        "everywhere": any(all(second_derivative(f, x) >= -1e-6 for x in grid) for f in (mp.atan, negative_cosine)),
        "tangent": all(negative_cosine(x) >= -1 for x in grid) and abs(slope(negative_cosine, mp.mpf(0))) < 1e-9,
    }
    _assert_only_repair(key, [name for name, fact in facts.items() if fact], "everywhere")


@confirms(f"{TOPIC}/complete-peano")
def complete_peano(key: Key) -> None:
    def f(x: Number) -> Number:
        return abs(x) ** mp.mpf("1.5")

    def derivative(x: Number) -> Number:
        return mp.sign(x) * mp.mpf("1.5") * mp.sqrt(abs(x))

    grid = [mp.mpf(x) for x in np.linspace(-0.9, 0.9, 91)]
    assert all(is_close(slope(f, x), derivative(x), 0.01) for x in grid)
    # f(0) = f'(0) = 0, and f(x)/x^2 has no finite limit.
    assert f(mp.mpf("1e-12")) / mp.mpf("1e-24") > 1e5
    facts = {
        "smooth": all(abs(derivative(x + mp.mpf("1e-12")) - derivative(x - mp.mpf("1e-12"))) < 1e-4 for x in grid),
        "convex": all(second_derivative(f, x, mp.mpf("0.01")) >= 0 for x in grid),
        "second": is_differentiable_at(derivative, mp.mpf(0)),
        "even": all(f(x) == f(-x) >= 0 for x in grid),
    }
    _assert_only_repair(key, [name for name, fact in facts.items() if fact], "second")


@confirms(f"{TOPIC}/order-taylors-formula")
def order_taylors_formula(key: Key) -> None:
    key.assert_proof(
        "proof",
        {
            "define": ("", "h"),
            "zeros": ("h", "zeros-of-h"),
            "first": ("zeros-of-h", "first-point"),
            "repeat": ("zeros-of-h first-point", "last-point"),
            "top": ("h", "top-derivative"),
            "conclude": ("last-point top-derivative", "remainder"),
            "series": ("sum-of-its-series", "remainder"),
            "continuous": ("top-derivative-continuous", "last-point"),
        },
        goal="remainder",
    )


@confirms(f"{TOPIC}/complete-taylor")
def complete_taylor(key: Key) -> None:
    def f(x: Number) -> Number:
        return relu(x) ** 2 / 2

    grid = [mp.mpf(x) for x in np.linspace(-0.99, 0.99, 100)]
    assert all(is_close(slope(f, x), relu(x), 1e-3) for x in grid)
    wanted = (f(mp.mpf(1)) - f(mp.mpf(-1)) - relu(mp.mpf(-1)) * 2) / 2
    assert all(abs(second_derivative(f, x) - wanted) > 0.1 for x in grid)
    facts = {
        "lipschitz": all(abs(relu(x) - relu(y)) <= abs(x - y) for x in grid for y in grid),
        "convex": all(second_derivative(f, x) >= 0 for x in grid),
        "ends": all(is_close(relu(x + STEP) - relu(x), relu(x) - relu(x - STEP)) for x in (mp.mpf(-1), mp.mpf(1))),
        "open": is_differentiable_at(relu, mp.mpf(0)),
    }
    _assert_only_repair(key, [name for name, fact in facts.items() if fact], "open")


@confirms(f"{TOPIC}/above-or-below")
def above_or_below(key: Key) -> None:
    pairs: Mapping[str, tuple[Function, Function]] = {
        "exponential": (mp.exp, lambda x: 1 + x + x * x / 2),
        "decaying": (lambda x: mp.exp(-x), lambda x: 1 - x + x * x / 2),
        "line": (lambda x: mp.log(1 + x), lambda x: x),
        "parabola": (lambda x: mp.log(1 + x), lambda x: x - x * x / 2),
        "root": (lambda x: mp.sqrt(1 + x), lambda x: 1 + x / 2),
    }
    grid = [mp.mpf(10) ** power for power in np.linspace(-3, 2, 101)]
    for field, (f, polynomial) in pairs.items():
        signs = {mp.sign(f(x) - polynomial(x)) for x in grid}
        assert len(signs) == 1
        assert key.chosen(field) == ("above" if signs == {1} else "below"), field
