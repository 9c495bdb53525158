"""Keys of gradient descent, confirmed by running it and by testing every statement on a family of functions."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from itertools import count, pairwise
from typing import TypeVar

import numpy as np
import pytest
from mpmath import mp
from numpy.typing import NDArray

from companion.answers import tree
from tests.keys.confirmation import Key, confirm, confirms, variants_of
from tests.keys.evaluation import holds, value

TOPIC = "gradient-descent-convergence"
T = TypeVar("T")
Array = NDArray[np.float64]
Map = Callable[[Array], Array]


@pytest.mark.parametrize(("exercise", "seed"), variants_of(TOPIC))
def test_the_key_is_right(exercise: str, seed: int) -> None:
    confirm(exercise, seed)


@dataclass(frozen=True)
class Line:
    """A function on the line with its first two derivatives."""

    f: Map
    slope: Map
    bend: Map


def _sigmoid(x: Array) -> Array:
    return 1 / (1 + np.exp(-x))


def _bowl(c: float) -> Line:
    return Line(lambda x: c * x**2 / 2, lambda x: c * x, lambda x: c + 0 * x)


LINES: Mapping[str, Line] = {
    "fourth power": Line(lambda x: x**4, lambda x: 4 * x**3, lambda x: 12 * x**2),
    "quartic": Line(lambda x: x**4 + x**2, lambda x: 4 * x**3 + 2 * x, lambda x: 12 * x**2 + 2),
    "parabola": _bowl(1),
    "steep parabola": _bowl(4),
    "hill": _bowl(-1),
    "root": Line(lambda x: np.sqrt(1 + x**2), lambda x: x / np.sqrt(1 + x**2), lambda x: (1 + x**2) ** -1.5),
    "falling root": Line(
        lambda x: 1 / (np.sqrt(1 + x**2) + x),  # the same as the difference, without its rounding errors
        lambda x: -1 / (np.sqrt(1 + x**2) * (np.sqrt(1 + x**2) + x)),
        lambda x: (1 + x**2) ** -1.5,
    ),
    "softplus": Line(lambda x: np.logaddexp(0, x), _sigmoid, lambda x: _sigmoid(x) * _sigmoid(-x)),
    "sine": Line(np.sin, np.cos, lambda x: -np.sin(x)),
    "small waves": Line(lambda x: np.sin(4 * x) / 4, lambda x: np.cos(4 * x), lambda x: -4 * np.sin(4 * x)),
    "wavy": Line(lambda x: x**2 + np.cos(x), lambda x: 2 * x - np.sin(x), lambda x: 2 - np.cos(x)),
}
Lines = tuple[Line, ...]
GRID = np.linspace(-12, 12, 24001)
FAR = np.array([-500.0, -300.0, 300.0, 500.0])
TINY = 1e-9


def _has_minimizer(line: Line, grid: Array = GRID) -> bool:
    slopes = line.slope(grid)
    return bool(np.any((slopes[:-1] <= 0) & (slopes[1:] >= 0)) and line.f(grid).min() < min(line.f(grid[:1])[0], line.f(grid[-1:])[0]))


def _is_bounded_below(line: Line) -> bool:
    return bool(line.f(FAR).min() > -10)


def _completing(statement: Callable[[T], bool], family: Iterable[T], hypotheses: Mapping[str, Callable[[T], bool]]) -> str:
    """The one hypothesis under which a statement is true on the whole family."""
    true = [(thing, statement(thing)) for thing in family]
    (name,) = (option for option, is_satisfied in hypotheses.items() if all(ok for thing, ok in true if is_satisfied(thing)))
    return name


@confirms(f"{TOPIC}/descent-chain")
def descent_chain(key: Key) -> None:
    c = key.parameter("c")
    points = [{"v": v, "g": g, "eta": t / c} for v in (-1.3, 0.4) for g in (0.0, 0.3, 5.0) for t in (0.01, 0.3, 0.5, 0.9, 1.0)]
    for answer in key.answers():
        answer.assert_chain("chain", lambda v, g, eta: mp.mpf(v) - eta * g + c / 2 * eta**2 * g, points)
        ends = [float(value(answer.lines("chain")[-1][1], point)) for point in points]
        assert ends == pytest.approx([point["v"] - point["eta"] * point["g"] / 2 for point in points])


@confirms(f"{TOPIC}/guaranteed-decrease")
def guaranteed_decrease(key: Key) -> None:
    """The least decrease among functions of one variable whose second derivative is a step function between -L and L."""
    smoothness, g, t = key.parameter("l"), key.parameter("g"), key.parameter("t")
    length = t / smoothness * g  # the step leads from 0 to -length; f(0) = 0, f'(0) = g
    random = np.random.default_rng(1)
    bends = [np.full(50, smoothness), *(random.uniform(-smoothness, smoothness, 50) for _ in range(300))]
    width = length / 50

    def decrease(bend: Array) -> float:
        slopes = g - width * np.concatenate(([0.0], np.cumsum(bend)))
        return float(width * np.sum((slopes[:-1] + slopes[1:]) / 2))

    assert min(map(decrease, bends)) == pytest.approx(float(key.number("decrease")), rel=1e-9)


@confirms(f"{TOPIC}/complete-descent")
def complete_descent(key: Key) -> None:
    def descends(line: Line) -> bool:
        slopes, values = line.slope(GRID), line.f(GRID)
        return all(bool(np.all(line.f(GRID - eta * slopes) <= values - eta / 2 * slopes**2 + TINY)) for eta in (1.0, 0.6, 0.2))

    hypotheses: dict[str, Callable[[Line], bool]] = {  # with L = 1
        "convex": lambda line: line.bend(GRID).min() >= 0 and _has_minimizer(line),
        "smooth": lambda line: np.abs(line.bend(GRID)).max() <= 1 + TINY,
        "lipschitz": lambda line: np.abs(line.slope(GRID)).max() <= 1 + TINY,
        "strong": lambda line: line.bend(GRID).min() >= 1,
        "twice": _is_bounded_below,
    }
    assert key.chosen("hypothesis") == _completing(descends, LINES.values(), hypotheses)


@confirms(f"{TOPIC}/no-step-for-the-fourth-power")
def no_step_for_the_fourth_power(key: Key) -> None:
    """The statement is false because there is a counterexample; on its boundary the iterates need many digits."""
    assert key.chosen("verdict") == "no"
    with mp.workdps(60):
        for answer in key.answers():
            for eta in (mp.mpf(1) / 100, mp.mpf(1) / 2, mp.mpf(1), mp.mpf(4), mp.mpf(100)):
                start = answer.number("start", eta=eta)
                assert start > 0
                x = start
                for _ in range(25):
                    x = x - 4 * eta * x**3
                    if abs(x) > 10**6 * start:
                        break
                assert abs(x) > start * mp.mpf("0.999")


@confirms(f"{TOPIC}/order-the-sublinear-rate")
def order_the_sublinear_rate(key: Key) -> None:
    key.assert_proof(
        "proof",
        {
            "expand": ("", "expansion"),
            "convexity": ("", "inner-product"),
            "descent": ("", "gradient-bound"),
            "combine": ("expansion inner-product gradient-bound", "one-step"),
            "sum": ("one-step", "sum-bound"),
            "monotone": ("gradient-bound", "last-is-least"),
            "conclude": ("sum-bound last-is-least", "claim"),
            "jensen": ("last-is-average", "last-below-mean"),
            "contraction": ("strong-convexity", "geometric"),
            "strong": ("strong-convexity", "quadratic-growth"),
        },
        goal="claim",
    )


@confirms(f"{TOPIC}/iterations-for-convex")
def iterations_for_convex(key: Key) -> None:
    distance, eta = round(key.parameter("r")), Fraction(1, round(key.parameter("m") * key.parameter("l")))
    first = next(k for k in count(1) if Fraction(distance**2) / (2 * eta * k) <= Fraction(1, 100))
    assert key.number("steps") == first


@confirms(f"{TOPIC}/complete-sublinear-rate")
def complete_sublinear_rate(key: Key) -> None:
    family = [LINES[name] for name in ("parabola", "root", "falling root", "softplus")]

    def is_of_order_one_over_k(line: Line) -> bool:
        x, scaled = np.array([2.0]), []
        for k in range(1, 60_001):
            x = x - line.slope(x)
            if k in (600, 60_000):
                scaled.append(k * float(line.f(x)[0] - min(line.f(GRID).min(), line.f(FAR).min())))
        return scaled[1] < 3 * scaled[0] + TINY

    hypotheses: dict[str, Callable[[Line], bool]] = {
        "bounded": _is_bounded_below,
        "attained": _has_minimizer,
        "strict": lambda line: _is_bounded_below(line) and line.bend(GRID).min() > 0,
        "gradient": lambda line: _is_bounded_below(line) and np.abs(line.slope(FAR)).max() < 10,
    }
    assert all(line.bend(GRID).min() >= 0 and line.bend(GRID).max() <= 1 + TINY for line in family)
    assert key.chosen("hypothesis") == _completing(is_of_order_one_over_k, family, hypotheses)


@confirms(f"{TOPIC}/construct-unattained-infimum")
def construct_unattained_infimum(key: Key) -> None:
    random = np.random.default_rng(2)
    for answer in key.answers():
        f = answer.function("f", "x")
        values = [f(mp.mpf(k) / 2) for k in range(-40, 41)]
        assert all(0 < after < before for before, after in pairwise(values))
        for x, t in zip([0.0, *random.uniform(-15, 15, 150)], [0.01, *random.uniform(0.01, 4, 150)], strict=True):
            second = f(mp.mpf(float(x + t))) + f(mp.mpf(float(x - t))) - 2 * f(mp.mpf(float(x)))
            assert -1e-12 <= second <= t * t + 1e-12  # convex, and x^2/2 - f is convex: 1-smooth


@confirms(f"{TOPIC}/fill-the-linear-rate")
def fill_the_linear_rate(key: Key) -> None:
    """Both bounds hold for quadratics, and each is reached by one of them; the third is what an adversary bound by them reaches."""
    mu, smoothness, r = key.parameter("m"), key.parameter("l"), 0.7
    curvatures = np.linspace(mu, smoothness, 15)
    above = [c * r - float(key.number("inner", D=c * r / 2, r=r)) for c in curvatures]
    below = [float(key.number("gradient", D=c * r / 2)) - c**2 * r for c in curvatures]
    assert [min(above), above[0], min(below), below[-1]] == pytest.approx([0, 0, 0, 0])
    reached = [r - 2 / smoothness * (gap + mu * r / 2) + 2 * smoothness * gap / smoothness**2 for gap in (0.0, 0.4, 3.0)]
    assert max(reached) == pytest.approx(float(key.number("result", r=r)))


@confirms(f"{TOPIC}/iterations-for-strongly-convex")
def iterations_for_strongly_convex(key: Key) -> None:
    factor = 1 - mp.mpf(key.parameter("m")) / mp.mpf(key.parameter("l"))
    assert abs(factor ** key.number("bound") * key.parameter("n") - 1) < 1e-10


@confirms(f"{TOPIC}/complete-linear-rate")
def complete_linear_rate(key: Key) -> None:
    """Functions that are sums of functions of one coordinate, all 1-smooth; the step is 1."""
    mu, random = 0.25, np.random.default_rng(4)
    root, parabola, quarter, nothing = LINES["root"], _bowl(1), _bowl(0.25), _bowl(0)
    starts = random.uniform(-40, 40, (8, 2))

    def paths(lines: Lines) -> Array:
        path = [starts[:, : len(lines)]]
        for _ in range(400):
            path.append(path[-1] - _each(lines, "slope", path[-1]))
        return np.array(path)

    def converges_linearly(lines: Lines) -> bool:
        squares = np.sum((paths(lines) - paths(lines)[-1, 0]) ** 2, axis=2)  # the same limit for all starts
        return bool(np.all(squares <= (1 - mu) ** np.arange(401)[:, None] * squares[0] + TINY))

    def is_pl(lines: Lines) -> bool:
        gaps = _each(lines, "f", starts[:, : len(lines)]).sum(axis=1) - _each(lines, "f", paths(lines)[-1, :1]).sum()
        return bool(np.all((_each(lines, "slope", starts[:, : len(lines)]) ** 2).sum(axis=1) / 2 >= mu * gaps - TINY))

    def lowest(lines: Lines, points: Array) -> float:
        return float(_each(lines, "bend", points).min())

    hypotheses: dict[str, Callable[[Lines], bool]] = {
        "unique": lambda lines: lowest(lines, starts) >= 0 and float(np.ptp(paths(lines)[-1], axis=0).max()) < 1e-6,
        "local": lambda lines: lowest(lines, starts) > 0 and lowest(lines, paths(lines)[-1, :1]) >= mu,
        "gradient": is_pl,
        "strong": lambda lines: lowest(lines, starts) >= mu,
    }
    family: list[Lines] = [(root,), (parabola, nothing), (parabola, quarter)]
    assert key.chosen("hypothesis") == _completing(converges_linearly, family, hypotheses)


def _each(lines: Lines, what: str, points: Array) -> Array:
    """A value, slope or second derivative of each function at its coordinate."""
    return np.stack([getattr(line, what)(points[:, i]) for i, line in enumerate(lines)], axis=1)


@confirms(f"{TOPIC}/which-guarantee")
def which_guarantee(key: Key) -> None:
    near, far = np.linspace(-8, 8, 4001), np.linspace(-80, 80, 40001)
    for field in ("root", "wavy", "softplus", "quartic", "sine"):
        line = LINES[field]
        differences = (line.f(near + 1e-3) + line.f(near - 1e-3) - 2 * line.f(near)) / 1e-6
        assert np.allclose(differences, line.bend(near), atol=1e-3)
        bends = line.bend(far)
        if np.abs(bends).max() > 2 * np.abs(line.bend(near)).max():
            best = "none"
        elif bends.min() > 0.01:
            best = "linear"
        elif bends.min() >= 0 and _has_minimizer(line):
            best = "sublinear"
        else:
            best = "descent"
        assert key.chosen(field) == best, field


def _radius(hessian: Array, eta: float) -> float:
    return float(np.abs(np.linalg.eigvals(np.eye(len(hessian)) - eta * hessian)).max())


@confirms(f"{TOPIC}/stable-steps")
def stable_steps(key: Key) -> None:
    m, s = key.parameter("m"), key.parameter("s")
    hessian = np.array([[m + s, 2 * s], [2 * s, m + 4 * s]])
    lower, upper, has_lower, has_upper = key.interval("steps")
    assert (has_lower, has_upper) == (False, False)
    for eta in np.linspace(-0.5, 2.5, 3001):
        if min(abs(eta - lower), abs(eta - upper)) > 1e-9:
            assert (_radius(hessian, float(eta)) < 1) == (lower < eta < upper)
    assert _radius(hessian, float(lower)) == pytest.approx(1)
    assert _radius(hessian, float(upper)) == pytest.approx(1)


@confirms(f"{TOPIC}/best-step")
def best_step(key: Key) -> None:
    hessian = np.diag([key.parameter("b"), key.parameter("a"), key.parameter("c")])
    eta, factor = (float(entry) for entry in key.numbers("pair"))
    assert np.linalg.norm(np.eye(3) - eta * hessian, 2) == pytest.approx(factor)
    assert all(np.linalg.norm(np.eye(3) - other * hessian, 2) >= factor - TINY for other in np.linspace(0, 1, 2001))


def _all_hold(statement: tree.Node, point: Mapping[str, float]) -> bool:
    if isinstance(statement, tree.Logic):
        assert statement.connective == "and"
        return all(_all_hold(part, point) for part in statement.operands)
    return holds(statement, point)


@confirms(f"{TOPIC}/which-quadratics")
def which_quadratics(key: Key) -> None:
    eta = key.parameter("h")
    edge = 2 / eta
    random = np.random.default_rng(5)
    points = [*random.uniform((-edge, -edge), (edge, edge), (1500, 2)), (edge / 4, edge / 4), (edge / 4, -edge / 4), (edge / 2, 0.0)]
    for answer in key.answers():
        statement = answer.formula("condition")
        for a, b in points:
            radius = _radius(np.array([[a, b], [b, a]]), eta)
            if abs(radius - 1) > 1e-9 or abs(a) == abs(b):
                assert _all_hold(statement, {"a": float(a), "b": float(b)}) == (radius < 1 - 1e-12)


@confirms(f"{TOPIC}/complete-quadratic")
def complete_quadratic(key: Key) -> None:
    random = np.random.default_rng(6)
    matrices = [np.diag([1.0, -1.0]), np.array([[1.0, 2.0], [2.0, 1.0]]), np.diag([1.0, 0.0]), np.diag([1.0, 0.3])]
    matrices += [square @ square.T + 0.2 * np.eye(3) for square in random.normal(size=(5, 3, 3))]

    def converges(matrix: Array) -> bool:
        eigenvalues = np.linalg.eigvalsh(matrix)
        steps = np.array([0.2, 1.0, 1.9]) / eigenvalues[-1]
        b = random.normal(size=(len(matrix), 3))  # one column for each step
        x = np.ones_like(b)
        for _ in range(3000):
            x = np.clip(x - steps * (matrix @ x - b), -1e9, 1e9)
        return bool(eigenvalues[0] >= 0 and np.abs(matrix @ x - b).max() < 1e-6)

    hypotheses: dict[str, Callable[[Array], bool]] = {
        "invertible": lambda matrix: abs(np.linalg.det(matrix)) > TINY,
        "diagonal": lambda matrix: np.diag(matrix).min() > 0,
        "semidefinite": lambda matrix: np.linalg.eigvalsh(matrix)[0] >= -TINY,
        "definite": lambda matrix: np.linalg.eigvalsh(matrix)[0] > TINY,
    }
    assert key.chosen("hypothesis") == _completing(converges, matrices, hypotheses)


@confirms(f"{TOPIC}/growth-of-the-inverse-square")
def growth_of_the_inverse_square(key: Key) -> None:
    n = key.parameter("n")
    eta, start = 1 / n**2, n / 4
    points = [{"x": float(x)} for x in np.linspace(start / 50, start, 60)]
    for answer in key.answers():
        answer.assert_chain("chain", lambda x: 1 / (mp.mpf(x) - 4 * eta * mp.mpf(x) ** 3) ** 2, points)
        for point in points:
            expected = point["x"] ** -2 + 16 * eta
            assert value(answer.lines("chain")[-1][1], point) == pytest.approx(expected, rel=1e-9)
        x, inverse = start, start**-2
        for k in range(1, 300):
            x, inverse = x - 4 * eta * x**3, inverse + 16 * eta
            bound = float(answer.number("bound", k=k))
            assert bound == pytest.approx(inverse**-0.5, rel=1e-9)
            assert x >= bound


@confirms(f"{TOPIC}/starts-that-converge")
def starts_that_converge(key: Key) -> None:
    c, r = key.parameter("c"), key.parameter("r")
    eta = 1 / (2 * c * r**2)
    lower, upper, has_lower, has_upper = key.interval("starts")
    assert (has_lower, has_upper) == (False, False)  # at the ends one step only changes the sign
    assert upper - 4 * c * eta * upper**3 == pytest.approx(-float(upper))
    for start in np.linspace(-2 * r, 2 * r, 81):
        if abs(abs(start) - r) < 1e-9:
            continue
        x = float(start)
        for _ in range(4000):
            x = x - 4 * c * eta * x**3
            if abs(x) > 10 * r:
                break
        assert (abs(x) < 0.05 * r) == (lower < start < upper)


@confirms(f"{TOPIC}/predict-the-power-law")
def predict_the_power_law(key: Key) -> None:
    p, eta = round(key.parameter("p")), 1 / key.parameter("m")
    x, kept = 0.5, []
    for k in range(1, 400_001):
        x -= eta * p * x ** (p - 1)
        if k in (100_000, 400_000):
            kept.append((np.log(k), np.log(x), p * np.log(x)))
    (early, low, bottom), (late, high, top) = kept
    assert float(key.number("iterates")) == pytest.approx((high - low) / (late - early), abs=0.003)
    assert float(key.number("values")) == pytest.approx((top - bottom) / (late - early), abs=0.01)
    assert float(key.number("limit")) == pytest.approx(400_000 * x ** (p - 2), rel=0.005)
