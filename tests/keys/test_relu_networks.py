"""Keys of ReLU networks as piecewise linear functions, confirmed by counting kinks on exact grids, by search and by simulation."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from functools import partial
from math import ceil

import numpy as np
import pytest
from numpy.typing import NDArray

from companion.answers import tree
from tests.keys.confirmation import Key, confirm, confirms, variants_of
from tests.keys.evaluation import value
from tests.keys.piecewise_linear import Function, assert_convex, assert_equal, by_slopes, difference, kinks, relu, slopes_between

TOPIC = "relu-networks-as-piecewise-linear-functions"
Array = NDArray[np.float64]


@pytest.mark.parametrize(("exercise", "seed"), variants_of(TOPIC))
def test_the_key_is_right(exercise: str, seed: int) -> None:
    confirm(exercise, seed)


@confirms(f"{TOPIC}/hinge-coefficients")
def hinge_coefficients(key: Key) -> None:
    p = key.parameter("p")
    f = by_slopes([p, p + 3], [key.parameter(name) for name in ("s_0", "s_1", "s_2")], 7)
    c0, c1, c2, c3 = (float(weight) for weight in key.numbers("weights"))
    assert_equal(lambda x: c0 + c1 * x + c2 * relu(x - p) + c3 * relu(x - p - 3), f)


@confirms(f"{TOPIC}/clipped-ramp")
def clipped_ramp(key: Key) -> None:
    p, w, low, slope = (key.parameter(name) for name in ("p", "w", "lo", "u"))
    for answer in key.answers():
        assert_equal(answer.function("formula", "x"), lambda x: float(np.interp(x, [p, p + w], [low, low + slope * w])))


@confirms(f"{TOPIC}/three-units")
def three_units(key: Key) -> None:
    s0, p = key.parameter("s_0"), key.parameter("p")
    f = by_slopes([p, p + 2], [s0, key.parameter("s_1"), key.parameter("s_2")], s0 + 5)
    for answer in key.answers():
        assert_equal(answer.function("network", "x"), f)
        formula = answer.formula("network")
        units = [part for part in tree.walk(formula) if isinstance(part, tree.Call)]
        assert len(units) <= 3
        inside = sum(isinstance(part, tree.Symbol) for unit in units for part in tree.walk(unit))
        assert inside == sum(isinstance(part, tree.Symbol) for part in tree.walk(formula))
        assert inside == len(units)


@confirms(f"{TOPIC}/two-units-suffice")
def two_units_suffice(key: Key) -> None:
    """Every choice of two kinks and two directions is fitted by least squares."""
    a, b = key.parameter("a"), key.parameter("b")
    x = np.arange(-8.0, 13.0)
    units = [np.maximum(sign * (x - place), 0) for place in (1, 3) for sign in (1, -1)]

    def is_computed(s: float) -> bool:
        target = np.array([by_slopes([1, 3], [s, s + a, s + a + b], 2)(point) for point in x])
        features = [np.column_stack([*pair, np.ones_like(x)]) for pair in itertools.combinations(units, 2)]
        return any(np.allclose(matrix @ np.linalg.lstsq(matrix, target, rcond=None)[0], target) for matrix in features)

    formula = key.formula("slopes")
    assert isinstance(formula, tree.FiniteSet)
    found = {s for s in np.arange(-12.0, 12.5, 0.5).tolist() if is_computed(s)}
    assert {float(value(element, {})) for element in formula.elements} == found


@confirms(f"{TOPIC}/complete-hinge-form")
def complete_hinge_form(key: Key) -> None:
    """Functions given by their values at the integers; a network computes those whose kinks do not become more and more."""
    n = np.arange(-60.0, 61.0)
    functions = [n % 2, n**2, np.abs(n), np.clip(n, -3, 4), np.maximum(1 - np.abs(n), 0), np.abs(n) * (n % 2), -(n**2), 2 * n]

    def part(values: Array, reach: int) -> Array:
        return values[60 - reach : 61 + reach]

    def turns(values: Array, reach: int) -> int:
        return int(np.count_nonzero(np.diff(part(values, reach), 2)))

    covered: dict[str, Callable[[Array], bool]] = {
        "bounded": lambda f: bool(np.ptp(part(f, 30)) == np.ptp(f)),
        "lipschitz": lambda f: bool(np.abs(np.diff(part(f, 30))).max() == np.abs(np.diff(f)).max()),
        "tails": lambda f: not np.diff(f[:50], 2).any() and not np.diff(f[-50:], 2).any(),
        "convex": lambda f: bool(np.diff(f, 2).min() >= 0),
    }
    right = [name for name, holds in covered.items() if all(turns(f, 30) == turns(f, 59) for f in functions if holds(f))]
    assert right == [key.chosen("hypothesis")]


@confirms(f"{TOPIC}/two-layers-by-hand")
def two_layers_by_hand(key: Key) -> None:
    r, t, a, c = (key.parameter(name) for name in "rtac")

    def network(x: float) -> float:
        return relu(r * relu(x) - (r + t) * relu(x - a) - c)

    found = kinks(network, -2, 30, 1 / 12)
    formula = key.formula("breakpoints")
    assert isinstance(formula, tree.FiniteSet)
    assert sorted(float(value(element, {})) for element in formula.elements) == pytest.approx(found)
    assert [float(slope) for slope in key.numbers("slopes")] == pytest.approx(slopes_between(network, found), abs=1e-9)


@confirms(f"{TOPIC}/count-the-pieces")
def count_the_pieces(key: Key) -> None:
    functions: dict[str, Function] = {
        "identity": lambda x: relu(x) - relu(-x),
        "ramp": lambda x: abs(x) - abs(x - 1),
        "hat": lambda x: relu(1 - abs(x)),
        "lines": lambda x: max(x, 2 * x, 3 * x),
        "fold": lambda x: abs(abs(x) - 1),
        "nested": lambda x: relu(relu(x) - 1),
    }
    for field, f in functions.items():
        assert key.chosen(field) == ("one", "two", "three", "four")[len(kinks(f, -5, 5, 0.25))]


@confirms(f"{TOPIC}/sawtooth-on-the-line")
def sawtooth_on_the_line(key: Key) -> None:
    def sawtooth(k: int, x: float) -> float:
        for _ in range(k):
            x = 2 * relu(x) - 4 * relu(x - 0.5)
        return x

    for k in range(2, 7):
        f, step = partial(sawtooth, k), 2.0 ** -(k + 1)
        assert len(kinks(f, 0, 1, step)) + 1 == key.number("unit", k=k)
        assert len(kinks(f, -2, 4, step)) + 1 == key.number("line", k=k)
        assert {f(j / 2**k) for j in range(1, 2**k, 2)} == {float(key.number("peak"))}


@confirms(f"{TOPIC}/random-layer")
def random_layer(key: Key) -> None:
    m, low = round(key.parameter("m")), key.parameter("l")
    random = np.random.default_rng(4)
    w, b, c = random.normal(size=(3, m))
    places = np.sort(-b / w)
    ends = np.concatenate([[places[0] - 1], places, [places[-1] + 1]])
    slopes = [float((c * w) @ (w * middle + b > 0)) for middle in (ends[1:] + ends[:-1]) / 2]
    assert np.abs(np.diff(slopes)).min() > 0
    assert key.number("pieces") == len(slopes)
    ratios = -random.normal(size=1_000_000) / random.normal(size=1_000_000)
    assert float(key.number("mean")) == pytest.approx(m * float(np.mean((ratios >= low) & (ratios <= 1))), rel=0.01)


@confirms(f"{TOPIC}/layers-that-suffice")
def layers_that_suffice(key: Key) -> None:
    competitors, rounds = 2 ** round(key.parameter("k")) + round(key.parameter("e")), 0
    while competitors > 1:
        competitors, rounds = ceil(competitors / 2), rounds + 1
    assert key.number("hidden") == rounds
    assert key.number("depth") == rounds + 1


@confirms(f"{TOPIC}/weights-of-max-and-min")
def weights_of_max_and_min(key: Key) -> None:
    p, q = key.parameter("p"), key.parameter("q")
    weights = np.array([float(weight) for weight in key.numbers("weights")])
    for a, b in np.random.default_rng(5).normal(size=(40, 2)):
        assert weights @ np.maximum([a - b, a, -a, b, -b], 0) == pytest.approx(p * max(a, b) + q * min(a, b))


@confirms(f"{TOPIC}/tournament-units")
def tournament_units(key: Key) -> None:
    """The network is built for random numbers, a layer at a time."""
    for k in range(1, 7):
        numbers, widths = np.random.default_rng(k).normal(size=2**k), []
        expected = numbers.max()
        while len(numbers) > 1:
            a, b = numbers[::2], numbers[1::2]
            layer = np.maximum([b - a, a, -a], 0)
            widths.append(layer.size)
            numbers = layer[0] + layer[1] - layer[2]
        assert numbers[0] == pytest.approx(expected)
        for answer in key.answers():
            found = [answer.number("first", k=k), answer.number("layers", k=k), answer.number("units", k=k)]
            assert found == [widths[0], len(widths), sum(widths)]


@confirms(f"{TOPIC}/complete-representation")
def complete_representation(key: Key) -> None:
    """In the plane a layer can only make kinks that are the same all along a line through 0; on the line it can make all."""
    rays = [np.array(ray) for ray in ((1.0, 0.0), (0.0, 1.0), (1.0, 1.0), (1.0, -1.0))]
    planar: list[Callable[[Array], float]] = [
        lambda x: float(max(0, x[0], x[1])),
        lambda x: abs(x[0]),
        lambda x: abs(x[0]) - abs(x[1]),
        lambda x: relu(x[0] + x[1]),
        lambda x: float(min(max(x[0], x[1]), 1)),
    ]

    def jump(f: Callable[[Array], float], at: Array, across: Array) -> float:
        return f(at + across) + f(at - across) - 2 * f(at)

    def is_computed(f: Callable[[Array], float]) -> bool:
        sides = [(jump(f, ray, turned), jump(f, -ray, turned)) for ray in rays for turned in [np.array([-ray[1], ray[0]]) / 8]]
        return all(abs(ahead - behind) < 1e-9 for ahead, behind in sides)

    pairs = np.random.default_rng(8).normal(size=(200, 2, 2))

    def pieces(f: Callable[[Array], float]) -> int:
        steps = np.eye(2) * 1e-6
        return len({tuple(round((f(x + step) - f(x)) / 1e-6) for step in steps) for x in pairs.reshape(-1, 2) * 2})

    covered: dict[str, Callable[[Callable[[Array], float]], bool]] = {
        "convex": lambda f: all(f((x + y) / 2) <= (f(x) + f(y)) / 2 + 1e-9 for x, y in pairs),
        "line": lambda f: False,  # none of these functions has one variable
        "homogeneous": lambda f: all(abs(f(3 * x) - 3 * f(x)) < 1e-9 for x, _ in pairs),
        "three": lambda f: pieces(f) <= 3,
    }
    assert key.chosen("hypothesis") == next(name for name, holds in covered.items() if all(is_computed(f) for f in planar if holds(f)))
    # In one variable three units compute what is asked for.
    assert_equal(by_slopes([0, 2], [1, -2, 5], 1), lambda x: 1 - relu(-x) - 2 * relu(x) + 7 * relu(x - 2))


@confirms(f"{TOPIC}/split-with-least-overlap")
def split_with_least_overlap(key: Key) -> None:
    s0, a, b, c = (key.parameter(name) for name in ("s_0", "a", "b", "c"))
    f = by_slopes([1, 2, 4], [s0, s0 + a, s0 + a - b, s0 + a - b + c], s0)
    for answer in key.answers():
        g, h = answer.function("first", "x"), answer.function("second", "x")
        assert_equal(difference(g, h), f)
        assert_convex(g)
        assert_convex(h)
        assert not set(kinks(g, -10, 10, 0.5)) & set(kinks(h, -10, 10, 0.5))
        assert all(abs(h(x)) < 1e-9 for x in np.linspace(-10, 1, 23).tolist())


@confirms(f"{TOPIC}/split-a-double-well")
def split_a_double_well(key: Key) -> None:
    a = key.parameter("a")
    for answer in key.answers():
        g, h = answer.function("first", "x"), answer.function("second", "x")
        assert_convex(g, -16, 16)
        assert_convex(h, -16, 16)
        assert_equal(difference(g, h), lambda x: abs(abs(x) - a), -16, 16)


@confirms(f"{TOPIC}/intercepts-of-a-maximum")
def intercepts_of_a_maximum(key: Key) -> None:
    a, b, p, c = (key.parameter(name) for name in "abpc")
    first, second, third = (float(intercept) for intercept in key.numbers("intercepts"))
    assert_equal(
        lambda x: max(first, a * x + second, (a + b) * x + third),
        lambda x: c + a * relu(x - p) + b * relu(x - p - 2),
    )


@confirms(f"{TOPIC}/minimum-of-maxima")
def minimum_of_maxima(key: Key) -> None:
    """The statement is false because there is a counterexample: two affine functions whose minimum bends downwards."""
    assert key.chosen("verdict") == "no"
    x = np.linspace(-9, 9, 181).tolist()
    for answer in key.answers():
        g, h, least = (answer.function(field, "x") for field in ("first", "second", "minimum"))
        assert all(np.abs(np.diff([float(f(point)) for point in x], 2)).max() < 1e-9 for f in (g, h))
        assert all(least(point) == min(g(point), h(point)) for point in x)
        assert np.diff([float(least(point)) for point in x], 2).min() < -1e-6


@confirms(f"{TOPIC}/complete-difference-of-maxima")
def complete_difference_of_maxima(key: Key) -> None:
    """Functions with two or three intervals; a difference of maxima has no jump."""
    functions: list[tuple[int, Function]] = [
        (2, lambda x: float(x >= 0)),
        (2, lambda x: -x if x < 0 else 1 + x),
        (2, abs),
        (3, lambda x: min(1.0, relu(x))),
        (3, lambda x: float(0 <= x <= 1)),
    ]
    x = np.linspace(-50, 50, 801).tolist()

    def values(f: Function) -> Array:
        return np.array([f(point) for point in x])

    def jump(f: Function) -> float:
        return max(abs(f(place + 1e-9) - f(place - 1e-9)) for place in (0, 1))

    covered: dict[str, Callable[[int, Function], bool]] = {
        "monotone": lambda _, f: bool(np.diff(values(f)).min() >= 0),
        "bounded": lambda _, f: bool(np.abs(values(f)).max() < 10),
        "continuous": lambda _, f: jump(f) < 1e-6,
        "two": lambda number, _: number == 2,
    }
    right = [name for name, holds in covered.items() if all(jump(f) < 1e-6 for number, f in functions if holds(number, f))]
    assert right == [key.chosen("hypothesis")]


@confirms(f"{TOPIC}/bound-from-widths")
def bound_from_widths(key: Key) -> None:
    """As many cuts as each layer can make at most, made one after another."""
    ends = [0.0, 1.0]
    for name in ("m_1", "m_2", "m_3"):
        cuts = np.linspace(0, 1, round(key.parameter(name)) + 2)[1:-1]
        ends = sorted([*ends, *(left + cut * (right - left) for left, right in itertools.pairwise(ends) for cut in cuts)])
    assert key.number("bound") == len(ends) - 1


@confirms(f"{TOPIC}/balance-the-widths")
def balance_the_widths(key: Key) -> None:
    points = [{"u": u, "v": v} for u in (0.2, 1.0, 3.0, 8.0) for v in (0.5, 1.0, 2.0, 7.0, 30.0)]
    for answer in key.answers():
        answer.assert_chain("derivation", lambda u, v: (u + 1) * (v + 1), points)
        _, last = answer.lines("derivation")[-1]
        assert all(abs(value(last, point) - ((point["u"] + point["v"]) / 2 + 1) ** 2) < 1e-9 for point in points)


@confirms(f"{TOPIC}/order-the-piece-bound")
def order_the_piece_bound(key: Key) -> None:
    key.assert_proof(
        "proof",
        {
            "define": ("", "partitions"),
            "start": ("partitions", "one-interval-at-the-start"),
            "affine": ("partitions", "affine-arguments"),
            "zero": ("", "one-zero-at-most"),
            "split": ("affine-arguments one-zero-at-most", "parts"),
            "multiply": ("parts", "factor"),
            "induct": ("one-interval-at-the-start factor", "power"),
            "conclude": ("power", "bound-for-the-output"),
            "one-kink": ("arguments-affine-on-the-line", "parts"),
            "patterns": ("number-of-patterns-of-activity", "bound-for-the-output"),
        },
        goal="bound-for-the-output",
    )


@confirms(f"{TOPIC}/width-from-pieces")
def width_from_pieces(key: Key) -> None:
    for answer in key.answers():
        for width, layers in itertools.product((1, 2, 5), (2, 3, 4)):
            assert float(answer.number("bound", N=(width + 1) ** layers, L=layers)) == pytest.approx(width)
    layers = round(key.parameter("depth"))
    pieces = round(key.parameter("q") + 1) ** layers + round(key.parameter("e"))
    assert key.number("least") == next(width for width in itertools.count(1) if (width + 1) ** layers >= pieces)


@confirms(f"{TOPIC}/bottleneck")
def bottleneck(key: Key) -> None:
    """The most pieces among random second layers, whose kinks are counted one by one."""
    random = np.random.default_rng(11)
    for m in range(1, 5):
        most = 0
        for _ in range(1500):
            w, b, c = random.normal(size=(3, m))
            ends = np.sort(np.concatenate([[0.0], (-b / w)[-b / w > 0]]))
            middles = np.append((ends[1:] + ends[:-1]) / 2, ends[-1] + 1)
            slopes = [0.0, *(float((c * w) @ (w * h + b > 0)) for h in middles)]
            most = max(most, 1 + int(np.count_nonzero(np.abs(np.diff(slopes)) > 1e-12)))
        assert key.number("pieces", m=m) == most


@confirms(f"{TOPIC}/complete-piece-bound")
def complete_piece_bound(key: Key) -> None:
    activations: list[Function] = [
        lambda t: min(1.0, relu(t)),
        lambda t: abs(t - 1) + abs(t + 1),
        relu,
        abs,
        lambda t: max(t, t / 4),
        lambda t: min(t, 2.0),
    ]

    def is_bounded_by_the_theorem(activation: Function) -> bool:
        """One unit on a grid, and random small weights in two layers of two units."""
        if len(kinks(activation, -9, 9, 0.5)) + 1 > 2:
            return False
        random, x = np.random.default_rng(3), np.linspace(-8, 8, 3201)
        apply = np.vectorize(activation, otypes=[float])
        for _ in range(10):
            first = apply(np.outer(random.normal(size=2), x) + random.normal(size=(2, 1)))
            second = apply(random.normal(size=(2, 2)) @ first + random.normal(size=(2, 1)))
            bends = np.abs(np.diff(random.normal(size=2) @ second, 2)) > 1e-9
            if np.count_nonzero(bends & ~np.roll(bends, 1)) + 1 > 9:
                return False
        return True

    grid = np.arange(-40, 40.5, 0.5).tolist()
    covered: dict[str, Callable[[Function], bool]] = {
        "bounded": lambda f: max(abs(f(t)) for t in grid) < 10,
        "monotone": lambda f: bool(np.diff([f(t) for t in grid]).min() >= 0),
        "convex": lambda f: bool(np.diff([f(t) for t in grid], 2).min() >= -1e-9),
        "one": lambda f: len(kinks(f, -40, 40, 0.5)) <= 1,
    }
    within = [is_bounded_by_the_theorem(f) for f in activations]
    right = [name for name, holds in covered.items() if all(fits for f, fits in zip(activations, within, strict=True) if holds(f))]
    assert right == [key.chosen("hypothesis")]
