"""Keys of metric spaces, confirmed by brute force over points, by quadrature and by finite models."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from itertools import pairwise, permutations, product

import numpy as np
import pytest
from mpmath import mp

from companion.answers import tree
from companion.answers.reader import Vocabulary, read
from tests.keys.confirmation import Key, confirm, confirms, variants_of
from tests.keys.evaluation import Value, holds, value
from tests.keys.point_sets import Distance, belongs, discrete, grid, is_metric, truncated, usual

TOPIC = "metric-spaces"
Member = Callable[[float], bool]


@pytest.mark.parametrize(("exercise", "seed"), variants_of(TOPIC))
def test_the_key_is_right(exercise: str, seed: int) -> None:
    confirm(exercise, seed)


def _assert_set(key: Key, field: str, member: Member, points: Iterator[float]) -> None:
    formula = key.formula(field)
    for x in points:
        assert belongs(formula, x) == member(x), (field, x)


@confirms(f"{TOPIC}/which-are-metrics")
def which_are_metrics(key: Key) -> None:
    candidates: dict[str, Distance] = {
        "square": lambda x, y: (x - y) ** 2,
        "root": lambda x, y: math.sqrt(abs(x - y)),
        "squares": lambda x, y: abs(x * x - y * y),
        "cubes": lambda x, y: abs(x**3 - y**3),
        "skew": lambda x, y: abs(x - 2 * y),
        "truncated": truncated,
    }
    points = [k / 4 for k in range(-10, 11)]
    chosen = key.variant.key["metrics"]
    assert sorted(chosen) == sorted(name for name, d in candidates.items() if is_metric(d, points))


@confirms(f"{TOPIC}/third-distance")
def third_distance(key: Key) -> None:
    p, q = key.parameter("p"), key.parameter("q")
    formula = key.formula("condition")
    for k in range(-8, 100):
        t = k / 4
        lengths = {frozenset("ab"): p, frozenset("bc"): q, frozenset("ac"): t}
        metric = t > 0 and all(
            lengths[frozenset((x, z))] <= lengths[frozenset((x, y))] + lengths[frozenset((y, z))] for x, y, z in permutations("abc")
        )
        assert holds(formula, {"t": t}) == metric


@confirms(f"{TOPIC}/bounded-transformation")
def bounded_transformation(key: Key) -> None:
    k = key.parameter("k")
    points = [{"s": float(s), "t": float(t)} for s, t in np.random.default_rng(0).exponential(4, (200, 2))]
    for answer in key.answers():
        answer.assert_chain("chain", lambda s, t: mp.mpf(s + t) / (k + s + t), points)
        last = answer.lines("chain")[-1][1]
        for point in points:
            wanted = sum(u / (k + u) for u in point.values())
            assert float(value(last, point)) == pytest.approx(wanted)


def _true(statement: tree.Node, point: dict[str, float]) -> bool:
    if isinstance(statement, tree.Logic):
        assert statement.connective == "and"
        return all(_true(part, point) for part in statement.operands)
    return holds(statement, point)


@confirms(f"{TOPIC}/reverse-triangle")
def reverse_triangle(key: Key) -> None:
    random = np.random.default_rng(1)
    points = [dict(zip("abc", map(float, numbers), strict=True)) for numbers in random.integers(0, 7, (800, 3))]
    for answer in key.answers():
        lines = [line for _, line in answer.lines("derivation")]
        assert len(lines) >= 2
        for point in points:
            a, b, c = point["a"], point["b"], point["c"]
            true = [a <= c + b and b <= c + a, *(_true(line, point) for line in lines)]
            assert all(after or not before for before, after in pairwise(true))
            assert true[-1] == (abs(a - b) <= c)


@confirms(f"{TOPIC}/squared-metric")
def squared_metric(key: Key) -> None:
    """The statement is false because there is a counterexample."""
    assert key.chosen("verdict") == "no"
    sides = [key.number(name) for name in "abc"]
    assert min(sides) > 0
    assert 2 * max(sides) <= sum(sides)
    assert 2 * max(side**2 for side in sides) > sum(side**2 for side in sides)


@confirms(f"{TOPIC}/balls-of-a-bounded-metric")
def balls_of_a_bounded_metric(key: Key) -> None:
    c = round(key.parameter("c"))
    r = value(read(key.variant.values["r"], Vocabulary()), {})

    def distance(x: Value) -> Value:
        return abs(x - c) / (1 + abs(x - c))

    _assert_set(key, "open", lambda x: bool(distance(x) < r - mp.mpf("1e-12")), grid(c - 9, c + 9, 16))
    _assert_set(key, "open", lambda x: bool(distance(x) < r - mp.mpf("1e-12")), grid(c - 9, c + 9, 2))
    _assert_set(key, "closed", lambda x: bool(distance(x) <= 1), grid(c - 40, c + 40, 2))


@confirms(f"{TOPIC}/largest-ball-in-a-half-plane")
def largest_ball_in_a_half_plane(key: Key) -> None:
    a, b, k = (key.parameter(name) for name in "abk")
    radii = np.linspace(0, 40, 40001)
    for x in (k - b) / a - np.random.default_rng(2).uniform(0.1, 8, 20):
        inside = np.all([a * (x + s * radii) + b * (1 + t * radii) <= k for s, t in product((-1, 1), repeat=2)], axis=0)
        for answer in key.answers():
            assert radii[inside].max() == pytest.approx(float(answer.number("radius", x=float(x))), abs=2e-3)


@confirms(f"{TOPIC}/relative-to-the-space")
def relative_to_the_space(key: Key) -> None:
    one = 200  # distances are counted in steps of a grid; two steps stand for a small ball
    half, space = one // 2, [*range(one), 2 * one]
    sets: dict[str, set[int]] = {
        "interval": set(range(one)),
        "start": set(range(half)),
        "end": set(range(half, one)),
        "middle": set(range(1, half + 1)),
        "empty": set(),
    }
    # Points of the grid next to an end that does not belong to a set are left out: for them smaller balls would do.
    tested = {x for x in space if all(abs(x - end) > 4 or x == end for end in (0, half))}

    def is_open(members: set[int]) -> bool:
        return all(y in members for x in members & tested for y in space if abs(x - y) <= 2)

    names = {(True, False): "open", (False, True): "closed", (True, True): "both", (False, False): "neither"}
    for field, members in sets.items():
        assert key.chosen(field) == names[is_open(members), is_open(set(space) - members)], field


@confirms(f"{TOPIC}/complete-intersections")
def complete_intersections(key: Key) -> None:
    """The intervals (-1/n, 1/n) refute four options; the least of finitely many radii proves the fifth."""
    refuted = {"countable", "nested", "complete", "nonempty"}  # indexed by 1, 2, ...; nested; in the real line; 0 is in all of them
    radii = [1 / n for n in range(1, 10**4)]
    assert all(after < before for before, after in pairwise(radii))
    assert min(radii) < 1.1e-4  # no ball around 0 lies in all of them, though in finitely many
    assert {option.id for option in key.variant.question.fields[0].choices} - refuted == {key.chosen("hypothesis")}


@confirms(f"{TOPIC}/closed-balls-are-closed")
def closed_balls_are_closed(key: Key) -> None:
    r = key.parameter("r")
    for far in (r + 0.5, r + 3.0, r + 11.0):
        radius = key.number("radius", D=far)
        assert key.number("bound", D=far, s=1) == far - 1  # on the line with c = 0, y = D: the infimum of |z| over |z - y| < 1
        nearest = [far - s for s in np.linspace(0, 2 * far, 4001) if far - s >= r]
        assert float(far - radius) == pytest.approx(min(nearest), abs=0.02)
        assert key.number("bound", D=far, s=radius) == r


@confirms(f"{TOPIC}/interior-closure-boundary")
def interior_closure_boundary(key: Key) -> None:
    a, b, c = (round(key.parameter(name)) for name in "abc")

    def member(x: Value) -> bool:
        return bool(a <= x < b or x == c)

    _assert_topology(key, member, lambda x: True, {"interior": "interior", "closure": "closure", "boundary": "boundary"}, (a - 2, c + 2))


def _assert_topology(key: Key, member: Member, in_space: Member, fields: dict[str, str], ends: tuple[int, int]) -> None:
    """Interior and closure by looking very close to every point of a grid on which the ends of all intervals lie."""
    tiny = mp.mpf("1e-9")

    def near(x: Value) -> list[bool]:
        return [member(y) for y in (x - tiny, x, x + tiny) if in_space(y)]

    tests: dict[str, Member] = {
        "interior": lambda x: in_space(x) and all(near(x)),
        "closure": lambda x: in_space(x) and any(near(x)),
        "boundary": lambda x: in_space(x) and any(near(x)) and not all(near(x)),
    }
    for field, kind in fields.items():
        _assert_set(key, field, tests[kind], grid(*ends, 4))


@confirms(f"{TOPIC}/closure-in-a-subspace")
def closure_in_a_subspace(key: Key) -> None:
    m, b = round(key.parameter("m")), round(key.parameter("b"))

    def in_space(x: Value) -> bool:
        return bool(0 <= x < b)

    _assert_topology(key, lambda x: bool(0 <= x <= m), in_space, {"interior": "interior"}, (-2, b + 2))
    _assert_topology(key, lambda x: bool(m < x < b), in_space, {"closure": "closure"}, (-2, b + 2))


@confirms(f"{TOPIC}/balls-of-integers")
def balls_of_integers(key: Key) -> None:
    c = round(key.parameter("c"))
    ball = {x for x in range(c - 9, c + 10) if abs(x - c) < 2}
    # A point is in the closure if its ball of radius 1/2 in the space of integers meets the set; elsewhere there are no points.
    limits = {x for x in range(c - 9, c + 10) if any(2 * abs(x - y) < 1 for y in ball)}
    _assert_set(key, "closure", lambda x: x in limits, grid(c - 9, c + 9, 2))
    _assert_set(key, "ball", lambda x: x == int(x) and abs(x - c) <= 2, grid(c - 9, c + 9, 2))


@confirms(f"{TOPIC}/dense-or-not")
def dense_or_not(key: Key) -> None:
    """For a point that is hard to reach, the least distance from many points of the set."""
    root, grid_of_unit = math.sqrt(2), np.linspace(0, 1, 20001)
    fractions = [round(root * q) / q for q in range(1, 2000)]
    gaps = [np.abs(1 - np.minimum(1, n * grid_of_unit)) for n in range(1, 2000, 40)]  # from 1 to functions that vanish at 0
    distances = {
        "rationals": min(usual(root, fraction) for fraction in fractions),
        "discrete": min(discrete(root, fraction) for fraction in fractions),
        "complement": min(usual(2, 2 + 1 / n) for n in range(2, 2000)),
        "integral": min(float(gap.mean()) for gap in gaps),
        "maximum": min(float(gap.max()) for gap in gaps),
    }
    for field, distance in distances.items():
        assert key.chosen(field) == ("yes" if distance < 0.01 else "no"), field


@confirms(f"{TOPIC}/order-closed-by-sequences")
def order_closed_by_sequences(key: Key) -> None:
    key.assert_proof(
        "proof",
        {
            "suppose": ("", "not-open"),
            "point": ("not-open", "bad-point"),
            "choose": ("bad-point", "sequence"),
            "converge": ("sequence", "convergence"),
            "member": ("convergence", "x-in-A"),
            "conclude": ("x-in-A", "closed"),
            "complete": ("completeness", "limit"),
            "subsequence": ("boundedness", "subsequence"),
        },
        goal="closed",
    )


@confirms(f"{TOPIC}/complete-closed")
def complete_closed(key: Key) -> None:
    """Sets that are not closed, each with the options that hold for it: what holds for none of them is left."""
    refuted = {
        "(0, 1)": {"subsequence", "cauchy"},  # bounded in the complete line; 1/n tends to 0
        "[0, 1)": {"subsequence", "cauchy", "not-open"},  # no ball around 0; 1 - 1/n tends to 1
        "{1/n}": {"subsequence", "cauchy", "not-open", "countable"},
    }
    left = {option.id for option in key.variant.question.fields[0].choices} - set().union(*refuted.values())
    assert left == {key.chosen("hypothesis")}


@confirms(f"{TOPIC}/two-distances-of-parabolas")
def two_distances_of_parabolas(key: Key) -> None:
    a, b = key.parameter("a"), key.parameter("b")
    x = (np.arange(200000) + 0.5) / 200000
    gap = np.abs(a * x - b * x**2)
    assert float(key.number("uniform")) == pytest.approx(gap.max(), abs=1e-8)
    assert float(key.number("integral")) == pytest.approx(gap.mean(), abs=1e-8)


@confirms(f"{TOPIC}/where-does-it-converge")
def where_does_it_converge(key: Key) -> None:
    x = np.linspace(0, 1, 400_001)
    functions: dict[str, Callable[[int], np.ndarray[tuple[int], np.dtype[np.float64]]]] = {
        "power": lambda n: x**n,
        "small": lambda n: np.sin(n * x) / n,
        "triangle": lambda n: n * np.maximum(0, 1 - n * x),
        "steep": lambda n: n * np.maximum(0, 1 - n**2 * x),
        "product": lambda n: x**n * (1 - x),
    }
    names = {(True, True): "both", (False, True): "only-integral", (True, False): "only-maximum", (False, False): "neither"}
    for field, of in functions.items():
        last = np.abs(of(200))
        assert key.chosen(field) == names[bool(last.max() < 0.02), bool(last.mean() < 0.02)], field


@confirms(f"{TOPIC}/thin-spikes")
def thin_spikes(key: Key) -> None:
    k = key.parameter("k")
    for answer in key.answers():
        f = answer.function("sequence", "n", "x")
        for n in (1, 2, 5, 40):
            values = [float(f(n, mp.mpf(j) / 800)) for j in range(801)]
            assert max(map(abs, values)) == pytest.approx(k)
            assert max(abs(after - before) for before, after in pairwise(values)) < 0.1 * k  # no jump
        assert all(abs(f(10**5, mp.mpf(j) / 10)) < 0.01 for j in range(1, 10))


@confirms(f"{TOPIC}/escaping-cauchy")
def escaping_cauchy(key: Key) -> None:
    """The statement is false because there is a counterexample."""
    assert key.chosen("verdict") == "no"
    for answer in key.answers():
        x = answer.function("sequence", "n")
        assert all(x(n) > 0 for n in range(1, 60))
        for start in (10**4, 10**6):
            later = [start + 1, 2 * start, 4 * start]
            assert all(abs(1 / x(n) - 1 / x(start)) < 0.011 for n in later)
            assert abs(x(4 * start) - x(start)) > 1


@confirms(f"{TOPIC}/three-distances")
def three_distances(key: Key) -> None:
    m, n = key.parameter("m"), key.parameter("n")
    difference = np.array([m * m - n * n, -2 * m * n])
    assert [float(entry) for entry in key.numbers("distances")] == pytest.approx([np.linalg.norm(difference, p) for p in (1, 2, np.inf)])


@confirms(f"{TOPIC}/best-constants")
def best_constants(key: Key) -> None:
    u = np.linspace(0, 1, 100001)
    ratio = np.maximum(key.parameter("p") * u, key.parameter("q") * (1 - u))  # differences with u + v = 1
    assert float(key.number("lower")) == pytest.approx(ratio.min(), abs=1e-3)
    assert float(key.number("upper")) == pytest.approx(ratio.max(), abs=1e-9)


@confirms(f"{TOPIC}/complete-comparable")
def complete_comparable(key: Key) -> None:
    """The discrete metric and min(|x - y|, 1) on the real line satisfy four options and have different open sets."""
    points = [0.0, *(1 / n for n in range(1, 60))]
    pairs = [(x, y) for x in points for y in points if x != y]
    assert all(truncated(x, y) <= discrete(x, y) <= 1 for x, y in pairs)
    refuted = {"complete", "bounded", "limits"}  # sequences that are Cauchy or convergent for the discrete metric are finally constant
    if all(truncated(x, y) > 0 for x, y in pairs):
        refuted.add("pairs")
    assert min(truncated(x, y) / discrete(x, y) for x, y in pairs) < 1e-3  # no constant serves all pairs
    assert {option.id for option in key.variant.question.fields[0].choices} - refuted == {key.chosen("hypothesis")}


@confirms(f"{TOPIC}/complete-transformation")
def complete_transformation(key: Key) -> None:
    """What holds for a transformation that fails on the line is refuted."""
    t = np.linspace(0, 3, 301)

    def holding(phi: Callable[[float], float]) -> set[str]:
        values = np.array([phi(float(s)) for s in t])
        tests = {
            "continuous": np.abs(np.diff(values)).max() < 0.1,
            "convex": bool(np.all(np.diff(values, 2) > -1e-12)),
            "bounded": phi(1e6) <= values.max(),
            "strict": bool(np.all(np.diff(values) > 0)),
            "subadditive": all(phi(r + s) <= phi(r) + phi(s) + 1e-12 for r in t[::10] for s in t[::10]),
        }
        return {name for name, true in tests.items() if true}

    refuted: set[str] = set()
    failing: list[Callable[[float], float]] = [lambda s: s * s, lambda s: min(s * s, 1.0)]
    for phi in failing:
        assert phi(1) > 2 * phi(0.5)  # the triangle inequality fails for 0, 1/2, 1
        refuted |= holding(phi)
    assert {option.id for option in key.variant.question.fields[0].choices} - refuted == {key.chosen("hypothesis")}


@confirms(f"{TOPIC}/kinds-of-continuity")
def kinds_of_continuity(key: Key) -> None:
    maps: dict[str, tuple[Callable[[float], float], Distance, Distance]] = {
        "root": (math.sqrt, usual, usual),
        "square": (lambda x: x * x, usual, usual),
        "truncate": (lambda x: x, usual, truncated),
        "untruncate": (lambda x: x, truncated, usual),
        "discrete": (lambda x: x, usual, discrete),
    }
    starts = [0.0, 1e-6, 1e-3, 1.0, 10.0, 1e4]
    steps = [1e-8, 1e-5, 1e-2, 1.0, 1e4]
    for field, (f, before, after) in maps.items():
        moves = {(x, h): (before(x, x + h), after(f(x), f(x + h))) for x in starts for h in steps}
        bounded_ratio = max(out / into for into, out in moves.values()) < 10
        uniform = max(out for (_, h), (_, out) in moves.items() if h == 1e-5) < 0.02
        at_each_point = max(moves[x, 1e-8][1] for x in starts) < 0.001
        expected = "lipschitz" if bounded_ratio else "uniform" if uniform else "continuous" if at_each_point else "none"
        assert key.chosen(field) == expected, field
