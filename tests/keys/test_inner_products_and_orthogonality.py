"""Keys of inner products and orthogonality, confirmed by NumPy, by brute force and by counterexamples."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise, product

import numpy as np
import pytest
from numpy.typing import NDArray

from tests.keys.confirmation import Key, confirm, confirms, variants_of
from tests.keys.evaluation import holds, value

TOPIC = "inner-products-and-orthogonality"
Array = NDArray[np.float64]
Form = Callable[[Array, Array], float]


@pytest.mark.parametrize(("exercise", "seed"), variants_of(TOPIC))
def test_the_key_is_right(exercise: str, seed: int) -> None:
    confirm(exercise, seed)


def _least_squares(columns: Array, target: Array) -> Array:
    """The point of the column space nearest to the target."""
    return np.asarray(columns @ np.linalg.lstsq(columns, target, rcond=None)[0])


GRID = [np.array(point, dtype=float) for point in product((-2.0, -1.0, 0.0, 1.0, 2.0), repeat=2)]


def _failing_axioms(form: Form) -> set[str]:
    """The axioms of an inner product on the plane that fail on a grid of small vectors."""
    failing = set()
    for x, y in product(GRID, GRID):
        if abs(form(x, y) - form(y, x)) > 1e-12:
            failing.add("symmetric")
        for z in GRID[::3]:
            sums = abs(form(x + z, y) - form(x, y) - form(z, y)) + abs(form(y, x + z) - form(y, x) - form(y, z))
            if sums + abs(form(-3 * x, y) + 3 * form(x, y)) > 1e-12:
                failing.add("bilinear")
    if any(form(x, x) <= 1e-12 for x in GRID if x.any()):
        failing.add("definite")
    return failing


@confirms(f"{TOPIC}/which-axiom-fails")
def which_axiom_fails(key: Key) -> None:
    forms: dict[str, Form] = {
        "weights": lambda x, y: float(x[0] * y[0] + 2 * x[1] * y[1]),
        "minus": lambda x, y: float(x[0] * y[0] - x[1] * y[1]),
        "skewed": lambda x, y: float(x[0] * y[0] + x[0] * y[1] + x[1] * y[1]),
        "sizes": lambda x, y: float(abs(x[0] * y[0]) + abs(x[1] * y[1])),
        "sums": lambda x, y: float((x[0] + x[1]) * (y[0] + y[1])),
    }
    for field, form in forms.items():
        assert (_failing_axioms(form) or {"none"}) == {key.chosen(field)}, field


@confirms(f"{TOPIC}/which-mixed-terms")
def which_mixed_terms(key: Key) -> None:
    m, s = key.parameter("m"), key.parameter("s")
    lower, upper, has_lower, has_upper = key.interval("values")

    def lowest(t: float) -> float:
        return float(np.linalg.eigvalsh(np.array([[m, t], [t, m * s * s]]))[0])

    for end, inward, belongs in ((float(lower), 1, has_lower), (float(upper), -1, has_upper)):
        assert np.isfinite(end)
        assert belongs == (lowest(end) > 1e-9)
        assert lowest(end + inward * 1e-3) > 0 > lowest(end - inward * 1e-3)


@confirms(f"{TOPIC}/forms-on-polynomials")
def forms_on_polynomials(key: Key) -> None:
    """Each form is given by the matrix of its values at 1, x, x^2."""

    def value_at(t: float) -> Array:
        return np.array([1.0, t, t * t])

    def slope(t: float) -> Array:
        return np.array([0.0, 1.0, 2 * t])

    bend = np.array([0.0, 0.0, 2.0])
    squares = {
        "three-points": [value_at(0), value_at(1), value_at(2)],
        "two-points": [value_at(0), value_at(1)],
        "taylor": [value_at(0), slope(0), bend],
        "derivatives": [slope(0), slope(1), slope(2)],
        "mixed": [value_at(0), slope(1), bend],
    }
    matrices = {name: sum((np.outer(row, row) for row in rows), np.zeros((3, 3))) for name, rows in squares.items()}
    matrices["crossed"] = np.outer(value_at(0), value_at(1)) + np.outer(value_at(1), value_at(0))
    right = {name for name, matrix in matrices.items() if np.linalg.eigvalsh(matrix)[0] > 1e-9}
    chosen = key.variant.key["forms"]
    assert isinstance(chosen, list)
    assert right == set(chosen)


@confirms(f"{TOPIC}/positive-entries")
def positive_entries(key: Key) -> None:
    """The statement is false because there is a counterexample."""
    assert key.chosen("verdict") == "no"
    for answer in key.answers():
        matrix = answer.matrix("matrix")
        assert matrix.shape == (2, 2)
        assert np.array_equal(matrix, matrix.T)
        assert matrix.min() > 0
        assert min(float(x @ matrix @ x) for x in GRID if x.any()) <= 0


@confirms(f"{TOPIC}/norm-of-a-combination")
def norm_of_a_combination(key: Key) -> None:
    r, s, b, p, q = (key.parameter(name) for name in "rsbpq")
    u, v = np.array([r, 0.0]), np.array([b / r, np.sqrt(s * s - (b / r) ** 2)])
    assert np.linalg.norm(p * u - q * v) ** 2 == pytest.approx(float(key.number("square")))


@confirms(f"{TOPIC}/derive-cauchy-schwarz")
def derive_cauchy_schwarz(key: Key) -> None:
    random = np.random.default_rng(1)
    points = [dict(zip("abc", point, strict=True)) for point in random.uniform((0, -2, 0.05), (2, 2, 2), (600, 3))]
    for a, b, c in (point.values() for point in points[:20]):
        best = float(key.number("best", b=b, c=c))
        least = a - 2 * best * b + best**2 * c
        assert all(least < a - 2 * t * b + t * t * c for t in (best - 0.1, best + 0.1))
        assert least == pytest.approx(a - b * b / c)
    for answer in key.answers():
        lines = [line for _, line in answer.lines("derivation")]
        assert len(lines) >= 2
        for point in points:
            a, b, c = point.values()
            true = [a - b * b / c >= 0, *(holds(line, point) for line in lines)]
            assert all(after or not before for before, after in pairwise(true))
            assert true[-1] == (abs(b) <= np.sqrt(a) * np.sqrt(c))


@confirms(f"{TOPIC}/derive-the-triangle-inequality")
def derive_the_triangle_inequality(key: Key) -> None:
    random = np.random.default_rng(2)
    points = [{"r": r, "s": s, "k": k} for r, s, k in random.uniform((0, 0, -1), (3, 3, 1), (40, 3))]

    def squared_norm(r: float, s: float, k: float) -> float:
        u, v = np.array([r, 0.0]), s * np.array([k, np.sqrt(1 - k * k)])
        return float(np.linalg.norm(u + v) ** 2)

    for answer in key.answers():
        lines = answer.lines("derivation")
        answer.assert_chain("derivation", squared_norm, points)
        assert lines[0][0] == "="
        for point in points:
            assert float(value(lines[-1][1], point)) == pytest.approx((point["r"] + point["s"]) ** 2)


@confirms(f"{TOPIC}/largest-value-on-the-sphere")
def largest_value_on_the_sphere(key: Key) -> None:
    weights = np.array([key.parameter(name) for name in "abc"])
    sphere = np.random.default_rng(3).normal(size=(4000, 3))
    values = (sphere / np.linalg.norm(sphere, axis=1, keepdims=True)) @ weights
    point, value = key.vector("point"), float(key.number("value"))
    assert np.linalg.norm(point) == pytest.approx(1)
    assert point @ weights == pytest.approx(value)
    assert 0.98 * value < values.max() <= value


@confirms(f"{TOPIC}/order-cauchy-schwarz")
def order_cauchy_schwarz(key: Key) -> None:
    key.assert_proof(
        "proof",
        {
            "zero": ("", "y-not-zero"),
            "scalar": ("y-not-zero", "t"),
            "expand": ("t", "formula"),
            "inequality": ("formula", "bound"),
            "equality": ("formula", "difference-has-norm-zero"),
            "dependent": ("difference-has-norm-zero", "equality-implies-dependent"),
            "converse": ("y-not-zero", "dependent-implies-equality"),
            "conclude": ("bound equality-implies-dependent dependent-implies-equality", "claim"),
            "angle": ("angle-in-general-spaces", "bound"),
            "divide": ("x-not-zero", "normalized-claim"),
        },
        goal="claim",
    )


def _only_option(key: Key, counterexamples: dict[str, bool]) -> None:
    """The key is the one option of which no counterexample is found; every other has one."""
    assert [option for option, refuted in counterexamples.items() if not refuted] == [key.chosen("hypothesis")]


@confirms(f"{TOPIC}/complete-cauchy-schwarz")
def complete_cauchy_schwarz(key: Key) -> None:
    """Search symmetric matrices with small entries, for d = 2, that satisfy an option and refute the claim."""

    def satisfies(option: str, form: Array) -> bool:
        lowest = float(np.linalg.eigvalsh(form)[0])
        return {
            "definite": lowest > 1e-9,
            "semidefinite": lowest > -1e-9,
            "axes": bool(np.diag(form).min() > 0),
            "nondegenerate": bool(abs(np.linalg.det(form)) > 1e-9),
        }[option]

    def refutes(form: Array) -> bool:
        for x, y in product(GRID, GRID):
            excess = float((x @ form @ y) ** 2 - (x @ form @ x) * (y @ form @ y))
            dependent = abs(x[0] * y[1] - x[1] * y[0]) < 1e-12
            if excess > 1e-9 or (abs(excess) < 1e-9) != dependent:
                return True
        return False

    forms = [np.array([[a, b], [b, c]], dtype=float) for a, b, c in product((-1, 0, 1, 2), repeat=3)]
    options = [option.id for option in key.variant.question.fields[0].choices]
    _only_option(key, {option: any(satisfies(option, form) and refutes(form) for form in forms) for option in options})


@confirms(f"{TOPIC}/gram-schmidt-in-space")
def gram_schmidt_in_space(key: Key) -> None:
    given = np.array([[key.parameter(name) for name in names] for names in ("abc", "ijl")]).T
    orthonormal, triangle = np.linalg.qr(given)
    expected = orthonormal * np.sign(np.diag(triangle))
    assert key.vector("first") == pytest.approx(expected[:, 0])
    assert key.vector("second") == pytest.approx(expected[:, 1])


@confirms(f"{TOPIC}/orthogonalize-on-points")
def orthogonalize_on_points(key: Key) -> None:
    points = np.array([0.0, key.parameter("a"), key.parameter("b")])
    for answer in key.answers():
        vector = answer.function("vector", "x")
        values = np.array([float(vector(point)) for point in points])
        assert values == pytest.approx(points - _least_squares(np.ones((3, 1)), points))
    assert float(key.number("square")) == pytest.approx(3 * np.var(points))


@confirms(f"{TOPIC}/complete-gram-schmidt")
def complete_gram_schmidt(key: Key) -> None:
    """Three vectors in space with small entries: orthonormal vectors with the same spans exist exactly if the ranks are 1, 2, 3."""
    vectors = [np.array(entries, dtype=float) for entries in product((0, 1, 2), repeat=3)]
    refuted = dict.fromkeys(("nonzero", "not-parallel", "independent", "few"), False)
    for family in product(vectors, repeat=3):
        if all(np.linalg.matrix_rank(np.array(family[:k])) == k for k in (1, 2, 3)):
            continue
        nonzero = all(vector.any() for vector in family)
        parallel = any(not np.cross(family[i], family[j]).any() for i, j in ((0, 1), (0, 2), (1, 2)))
        refuted["few"] = True
        refuted["nonzero"] |= nonzero
        refuted["not-parallel"] |= nonzero and not parallel
        refuted["independent"] |= bool(abs(np.linalg.det(np.array(family))) > 1e-9)
    _only_option(key, refuted)


@confirms(f"{TOPIC}/matrix-with-a-given-kernel")
def matrix_with_a_given_kernel(key: Key) -> None:
    line = np.array([1.0, key.parameter("p"), key.parameter("q")])
    for answer in key.answers():
        matrix = answer.matrix("matrix")
        assert matrix.shape == (2, 3)
        assert np.abs(matrix).min() > 0
        assert np.linalg.svd(matrix)[1].min() > 1e-9
        assert np.linalg.norm(np.cross(np.linalg.svd(matrix)[2][-1], line)) < 1e-9


@confirms(f"{TOPIC}/complement-of-two-vectors")
def complement_of_two_vectors(key: Key) -> None:
    normal = np.cross([1, key.parameter("a"), key.parameter("b")], [0, 1, key.parameter("c")])
    assert key.vector("vector") == pytest.approx(normal / normal[2])


@confirms(f"{TOPIC}/split-along-a-plane")
def split_along_a_plane(key: Key) -> None:
    x = np.array([key.parameter(name) for name in "xyz"])
    normal = np.array([key.parameter(name) for name in "abc"])
    across = _least_squares(normal[:, None], x)
    assert key.vector("normal") == pytest.approx(across)
    assert key.vector("inside") == pytest.approx(x - across)


@confirms(f"{TOPIC}/project-onto-a-plane")
def project_onto_a_plane(key: Key) -> None:
    columns = np.array([[1.0, 0.0], [0.0, 1.0], [key.parameter("a"), key.parameter("b")]])
    x = np.array([key.parameter(name) for name in "xyz"])
    nearest = _least_squares(columns, x)
    assert key.vector("projection") == pytest.approx(nearest)
    assert float(key.number("distance")) == pytest.approx(float(np.linalg.norm(x - nearest)))


@confirms(f"{TOPIC}/matrix-of-a-projection")
def matrix_of_a_projection(key: Key) -> None:
    line = np.array([[key.parameter("a")], [key.parameter("b")]])
    assert np.allclose(key.matrix("matrix"), np.array([_least_squares(line, axis) for axis in np.eye(2)]).T)


@confirms(f"{TOPIC}/project-a-cubic")
def project_a_cubic(key: Key) -> None:
    a, b = key.parameter("a"), key.parameter("b")
    points = np.array([-b, -a, 0, a, b])
    nearest = _least_squares(np.array([np.ones(5), points]).T, points**3)
    for answer in key.answers():
        projection = answer.function("projection", "x")
        assert [float(projection(point)) for point in points] == pytest.approx(nearest, abs=1e-9)
    assert float(key.number("distance")) == pytest.approx(float(np.linalg.norm(points**3 - nearest)))


@confirms(f"{TOPIC}/order-projection-theorem")
def order_projection_theorem(key: Key) -> None:
    key.assert_proof(
        "proof",
        {
            "basis": ("", "orthonormal-basis"),
            "define": ("orthonormal-basis", "p"),
            "inside": ("p", "differences-in-subspace"),
            "residual": ("p", "orthogonal-to-basis"),
            "all": ("orthogonal-to-basis", "orthogonal-to-subspace"),
            "pythagoras": ("differences-in-subspace orthogonal-to-subspace", "identity"),
            "nearest": ("identity", "only-nearest"),
            "everything": ("basis-of-the-whole-space", "expansion"),
            "matrix": ("independent-columns", "inverse"),
        },
        goal="only-nearest",
    )


@confirms(f"{TOPIC}/fill-normal-equations")
def fill_normal_equations(key: Key) -> None:
    """Each wrong option is refuted by a matrix with independent columns; of the reasons, only one holds for all of them."""
    random = np.random.default_rng(4)
    tall = [random.normal(size=(n, m)) for n, m in ((3, 2), (4, 2), (2, 1))]
    vectors = [random.normal(size=matrix.shape[1]) for matrix in tall]
    quadratic = [float(np.einsum("i,ji,jk,k", c, a, a, c)) for a, c in zip(tall, vectors, strict=True)]
    candidates = {  # the product A^T c is not even defined for these shapes
        "square": [float(np.linalg.norm(a @ c) ** 2) for a, c in zip(tall, vectors, strict=True)],
        "norm-c": [float(np.dot(c, c)) for c in vectors],
    }
    right = [name for name, values in candidates.items() if np.allclose(values, quadratic)]
    assert right == [key.chosen("formula")]
    reasons = {
        "norm": all(np.linalg.norm(w) > 0 for w in GRID if w.any()),
        "invertible": all(a.shape[0] == a.shape[1] for a in tall),
        "cauchy-schwarz": not any(abs(float(w @ w)) <= np.linalg.norm(w) ** 2 + 1e-12 for w in GRID if w.any()),
    }
    assert [name for name, is_good in reasons.items() if is_good] == [key.chosen("definite")]
    reasons = {
        "columns": all(np.linalg.matrix_rank(a) == a.shape[1] for a in tall),
        "rows": all(np.linalg.matrix_rank(a) == a.shape[0] for a in tall),
        "nonzero": bool((np.ones((3, 2)) @ [1, -1]).any()),  # a matrix with equal columns
    }
    assert [name for name, is_good in reasons.items() if is_good] == [key.chosen("kernel")]


@confirms(f"{TOPIC}/complete-projection-theorem")
def complete_projection_theorem(key: Key) -> None:
    """In the plane: sets that satisfy an option, and a point for which the number of solutions p is not one."""

    def solutions(members: list[Array], x: Array) -> int:
        return sum(all(abs((x - p) @ u) < 1e-12 for u in members) for p in members)

    steps = np.arange(-4, 5) / 2
    sets = {
        "closed": [np.array([1.0, 0.0])],
        "affine": [np.array([1.0, t]) for t in steps],
        "sums": [np.array([i, j], dtype=float) for i, j in product(range(-2, 3), repeat=2)],
    }
    refuted = {option: solutions(members, np.array([0.0, 0.5])) != 1 for option, members in sets.items()}
    assert solutions([t * np.array([1.0, 1.0]) for t in steps], np.array([1.0, 0.0])) == 1
    _only_option(key, {"subspace": False, **refuted})


@confirms(f"{TOPIC}/complete-normal-equations")
def complete_normal_equations(key: Key) -> None:
    """Search matrices with small entries and two columns."""
    refuted = dict.fromkeys(("rows", "nonzero", "columns", "tall"), False)
    for n in (1, 2, 3):
        for entries in product((-1, 0, 1), repeat=2 * n):
            matrix = np.array(entries, dtype=float).reshape(n, 2)
            if abs(np.linalg.det(matrix.T @ matrix)) > 1e-9:
                nearest = np.array([_least_squares(matrix, axis) for axis in np.eye(n)]).T
                assert np.allclose(matrix @ np.linalg.inv(matrix.T @ matrix) @ matrix.T, nearest)
                continue
            refuted["rows"] |= bool(np.linalg.matrix_rank(matrix) == n)
            refuted["nonzero"] |= bool(matrix.any(axis=0).all())
            refuted["columns"] |= bool(np.linalg.matrix_rank(matrix) == 2)
            refuted["tall"] |= n >= 2
    _only_option(key, refuted)


@confirms(f"{TOPIC}/complete-pythagoras")
def complete_pythagoras(key: Key) -> None:
    refuted = dict.fromkeys(("unit", "independent", "orthogonal", "opposite"), False)
    for x, y in product(GRID, GRID):
        if abs(float((x + y) @ (x + y) - x @ x - y @ y)) < 1e-12:
            continue
        refuted["unit"] |= bool(x @ x == 1 and y @ y == 1)
        refuted["independent"] |= bool(x[0] * y[1] != x[1] * y[0])
        refuted["orthogonal"] |= bool(x @ y == 0)
        refuted["opposite"] |= bool((x == -y).all())
    _only_option(key, refuted)
