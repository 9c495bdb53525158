"""Keys of the neural tangent kernel, confirmed by quadrature, finite differences, integration of the flows and small networks."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from functools import partial

import numpy as np
import pytest
from mpmath import mp

from companion.answers import tree
from companion.answers.reader import Vocabulary, read
from companion.answers.transform import with_children
from tests.keys.confirmation import Key, confirm, confirms, variants_of
from tests.keys.evaluation import value
from tests.keys.tangent_kernels import (
    Activation,
    Array,
    drift,
    follow,
    gradient,
    kernel_change,
    relu_kernels,
    relu_matrix,
    smooth_mean,
    tanh_slope,
)

TOPIC = "neural-tangent-kernel"


@pytest.mark.parametrize(("exercise", "seed"), variants_of(TOPIC))
def test_the_key_is_right(exercise: str, seed: int) -> None:
    confirm(exercise, seed)


def _matrix(key: Key, field: str) -> Array:
    formula = key.formula(field)
    assert isinstance(formula, tree.Matrix)
    return np.array([[float(value(entry, {})) for entry in row] for row in formula.rows])


@confirms(f"{TOPIC}/kernel-of-exponential-model")
def kernel_of_exponential_model(key: Key) -> None:
    here = np.array([key.parameter("p"), key.parameter("q")])

    def output(theta: Array, z: float) -> float:
        return float(theta[0] * np.exp(theta[1] * z))

    for x, y in np.random.default_rng(0).uniform(-0.8, 0.8, (6, 2)):
        gradients = [gradient(partial(output, z=z), here) for z in (x, y)]
        assert gradients[0] @ gradients[1] == pytest.approx(float(key.number("kernel", x=float(x), y=float(y))), rel=1e-6, abs=1e-7)


def _applied(node: tree.Node, activation: Activation, slope: Activation, values: dict[str, float]) -> tree.Node:
    """The formula with the unknown function and its derivative worked out at their arguments."""
    if isinstance(node, tree.Apply):
        argument = np.array(float(value(node.arguments[0], values)))
        return tree.Number(Fraction(float((activation, slope)[node.primes](argument))))
    return with_children(node, lambda child: _applied(child, activation, slope, values))


@confirms(f"{TOPIC}/kernel-of-one-unit")
def kernel_of_one_unit(key: Key) -> None:
    c = key.parameter("c")
    random = np.random.default_rng(1)
    for activation, slope in ((np.tanh, tanh_slope), (np.sin, np.cos)):
        for x, y, a, w, b in random.uniform(-0.6, 0.9, (5, 5)):

            def output(theta: Array, z: float, activation: Activation = activation) -> float:
                return float(theta[0] * activation(theta[1] * z + c * theta[2]))

            gradients = [gradient(partial(output, z=z), np.array([a, w, b])) for z in (x, y)]
            values = {"x": float(x), "y": float(y), "a": float(a), "w": float(w), "b": float(b)}
            formula = _applied(key.formula("kernel"), activation, slope, values)
            assert gradients[0] @ gradients[1] == pytest.approx(float(value(formula, values)), rel=1e-6, abs=1e-8)


@confirms(f"{TOPIC}/order-output-dynamics")
def order_output_dynamics(key: Key) -> None:
    key.assert_proof(
        "proof",
        {
            "chain": ("", "outputs-by-chain-rule"),
            "flow": ("", "parameters-by-flow"),
            "substitute": ("outputs-by-chain-rule parameters-by-flow", "coupled-outputs"),
            "identify": ("coupled-outputs", "matrix equation"),
            "semidefinite": ("matrix", "sign"),
            "rate": ("equation", "derivative-of-loss"),
            "decrease": ("sign derivative-of-loss", "claim"),
            "constant": ("infinite-width", "kernel-at-start"),
            "convex": ("convex-in-parameters", "minimizer"),
        },
        goal="claim",
    )


@confirms(f"{TOPIC}/complete-output-dynamics")
def complete_output_dynamics(key: Key) -> None:
    inputs, labels = np.array([0.3, 1.0]), np.array([1.5, -0.5])

    def agrees(power: int, is_linear: bool) -> bool:
        """Whether the equation holds for the loss |u - y|^power / power with a model of two parameters."""

        def outputs(theta: Array) -> Array:
            return np.asarray(theta[0] + theta[1] * inputs if is_linear else theta[0] * np.exp(theta[1] * inputs))

        def output(theta: Array, place: int) -> float:
            return float(outputs(theta)[place])

        def loss(theta: Array) -> float:
            return float(np.sum((outputs(theta) - labels) ** power) / power)

        theta = np.array([0.7, 0.4])
        gradients = np.array([gradient(partial(output, place=place), theta) for place in range(2)])
        assert np.linalg.eigvalsh(gradients @ gradients.T)[0] > 1e-3
        velocity = -gradient(loss, theta)
        change = (outputs(theta + 1e-5 * velocity) - outputs(theta - 1e-5 * velocity)) / 2e-5
        return bool(np.allclose(change, -gradients @ gradients.T @ (outputs(theta) - labels), rtol=1e-5))

    everything = [(power, is_linear) for power in (2, 4) for is_linear in (True, False)]  # both losses are convex
    covered: dict[str, list[tuple[int, bool]]] = {
        "convex": everything,
        "definite": everything,
        "square": [(power, is_linear) for power, is_linear in everything if power == 2],
        "constant": [(power, is_linear) for power, is_linear in everything if is_linear],
    }
    assert [name for name, cases in covered.items() if all(agrees(*case) for case in cases)] == [key.chosen("hypothesis")]


@confirms(f"{TOPIC}/complete-constant-kernel")
def complete_constant_kernel(key: Key) -> None:
    narrow, wide = 400, 25_600
    for exponent in (0.5, 1.0):  # the hypotheses about time 0 hold in both scalings
        start = kernel_change(exponent, wide)[0]
        assert np.abs(start - kernel_change(exponent, narrow)[0]).max() < 0.2
        assert np.linalg.eigvalsh(start)[0] > 0.1
    vanishes = {exponent: kernel_change(exponent, wide)[1] < 0.4 * kernel_change(exponent, narrow)[1] for exponent in (0.5, 1.0)}
    covered: dict[str, tuple[float, ...]] = {"limit": (0.5, 1.0), "definite": (0.5, 1.0), "wide": (0.5, 1.0), "scaling": (0.5,)}
    assert [name for name, cases in covered.items() if all(vanishes[case] for case in cases)] == [key.chosen("hypothesis")]


@confirms(f"{TOPIC}/sine-activation")
def sine_activation(key: Key) -> None:
    b, c = key.parameter("b"), key.parameter("c")
    for rho in (-0.9, -0.3, 0.2, 0.75):
        last = smooth_mean(lambda t: c * np.sin(b * t), rho)
        slopes = smooth_mean(lambda t: (c * np.sin(b * (t + 1e-4)) - c * np.sin(b * (t - 1e-4))) / 2e-4, rho)
        expected = [float(key.number(field, rho=rho)) for field in ("covariance", "derivative", "tangent")]
        assert [last, slopes, last + slopes * rho] == pytest.approx(expected, rel=1e-5, abs=1e-6)


@confirms(f"{TOPIC}/relu-on-the-diagonal")
def relu_on_the_diagonal(key: Key) -> None:
    # For ReLU the mean of the squared gradient does not depend on the width; so small networks will do, differentiated backwards.
    q, s = key.parameter("q"), key.parameter("s")
    random = np.random.default_rng(7)
    width, networks = 24, 6000
    for depth in (1, 2, 3):
        z = random.normal(size=(networks, width)) * np.sqrt(s)
        hidden, active, weights = [], [], []
        for layer in range(depth):
            hidden.append(np.sqrt(q) * np.maximum(z, 0))
            active.append(np.sqrt(q) * (z > 0))
            weights.append(random.normal(size=(networks, 1 if layer == depth - 1 else width, width)) / np.sqrt(width))
            z = np.einsum("nij,nj->ni", weights[-1], hidden[-1])
        squares, error = np.zeros(networks), np.ones((networks, 1))
        for layer in reversed(range(depth)):
            squares += np.sum(error**2, axis=1) * np.sum(hidden[layer] ** 2, axis=1) / width
            error = np.einsum("ni,nij->nj", error, weights[layer]) * active[layer]
        squares += np.sum(error**2, axis=1) * s
        assert np.mean(squares) == pytest.approx(float(key.number("value", L=depth)), rel=0.08)


@confirms(f"{TOPIC}/complete-initialization")
def complete_initialization(key: Key) -> None:
    random = np.random.default_rng(9)
    a, w = random.normal(size=400_000), random.normal(size=(400_000, 2))
    x, y = np.array([1.0, 0.0]), np.array([0.6, 0.8])  # on the sphere, and tanh is bounded with its derivative
    last = float(np.mean(np.tanh(w @ x) * np.tanh(w @ y)))
    first = float(np.mean(a**2 * tanh_slope(w @ x) * tanh_slope(w @ y)) * (x @ y))
    sums = {"a": last, "w": first, "aw": last + first}
    limit = smooth_mean(np.tanh, 0.6) + 0.6 * smooth_mean(tanh_slope, 0.6)
    right = {trained for trained, total in sums.items() if total == pytest.approx(limit, abs=0.01)}
    covered = {"sphere": {"a", "w", "aw"}, "bounded": {"a", "w", "aw"}, "first": {"w", "aw"}, "all": {"aw"}}
    assert [name for name, cases in covered.items() if cases <= right] == [key.chosen("hypothesis")]


@confirms(f"{TOPIC}/two-point-flow")
def two_point_flow(key: Key) -> None:
    p, k, c = key.parameter("p"), key.parameter("k"), key.parameter("c")
    kernel, labels = np.array([[p, k], [k, p]]), np.array([c, 0.0])
    formula = key.formula("outputs")
    assert isinstance(formula, tree.Tuple)
    for time in (0.1, 0.4, 1.3):
        outputs = follow(lambda u: -kernel @ (u - labels), np.zeros(2), time, 400)
        assert list(outputs) == pytest.approx([float(value(entry, {"t": time})) for entry in formula.entries], rel=1e-7, abs=1e-9)


@confirms(f"{TOPIC}/limit-at-test-point")
def limit_at_test_point(key: Key) -> None:
    p, k, a, c, g = (key.parameter(name) for name in "pkacg")
    matrix = np.array([[p, k, 0.0], [k, p, 0.0], [a, 1.0, 0.0]])  # the last row moves the output at the test point
    end = follow(lambda state: -matrix @ (state - np.array([c, 0.0, 0.0])), np.array([0.0, 0.0, g]), 40.0, 4000)
    assert end[2] == pytest.approx(float(key.number("limit")), rel=1e-8)


@confirms(f"{TOPIC}/time-to-fit")
def time_to_fit(key: Key) -> None:
    random = np.random.default_rng(11)
    for number, least, share in ((2, 0.5, 0.1), (4, 1.3, 0.01), (3, 0.2, 0.6)):
        turn = np.linalg.qr(random.normal(size=(number, number)))[0]
        kernel = turn @ np.diag(least + np.arange(number)) @ turn.T
        time = float(key.number("time", n=number, mu=least, epsilon=share))
        assert time > 0
        starts = np.column_stack([turn[:, 0], random.normal(size=(number, 20))])
        ends = follow(partial(np.matmul, -kernel / number), starts, time, 800)
        ratios = np.sum(ends**2, axis=0) / np.sum(starts**2, axis=0)
        assert ratios.max() == pytest.approx(share, rel=1e-6)


@confirms(f"{TOPIC}/stable-steps")
def stable_steps(key: Key) -> None:
    p, k = key.parameter("p"), key.parameter("k")
    root = np.linalg.cholesky(np.array([[p, k], [k, p]]))  # outputs root @ theta have the kernel root @ root.T

    def converges(step: float) -> bool:
        for start in np.eye(2):
            theta = np.linalg.solve(root, start)
            for _ in range(4000):
                theta = theta - step * root.T @ (root @ theta) / 2  # the gradient of the mean loss with labels 0
                if np.abs(theta).max() > 1e6:
                    return False
            if not np.abs(root @ theta).max() < 1e-6:
                return False
        return True

    lower, upper, has_lower, has_upper = key.interval("steps")
    assert (lower, has_lower, has_upper) == (0, False, False)
    assert upper != mp.inf
    assert all(converges(float(upper) * part) for part in (0.01, 0.5, 0.99))
    assert not any(converges(float(upper) * part) for part in (1.0, 1.005))


@confirms(f"{TOPIC}/complete-linear-dynamics")
def complete_linear_dynamics(key: Key) -> None:
    random = np.random.default_rng(13)
    factors = [random.normal(size=(3, rank)) for rank in (1, 2, 3, 3, 3)]
    matrices = [np.ones((2, 2)), np.ones((3, 3)), np.diag([3.0, 0.0]), *(factor @ factor.T for factor in factors)]

    def fits(kernel: Array) -> bool:
        labels = np.array([1.0, -1.0, 0.0])[: len(kernel)]
        return bool(np.abs(follow(lambda u: -kernel @ (u - labels), np.zeros(len(kernel)), 4000.0, 40_000) - labels).max() < 1e-2)

    fitted = [fits(kernel) for kernel in matrices]
    covered: dict[str, Callable[[Array], bool]] = {
        "positive": lambda kernel: bool(kernel.min() > 0),
        "definite": lambda kernel: bool(np.linalg.eigvalsh(kernel)[0] > 1e-9),
        "diagonal": lambda kernel: bool(np.all(np.diag(kernel) == 1)),
        "trace": lambda kernel: bool(np.trace(kernel) >= len(kernel)),
    }
    right = [name for name, holds in covered.items() if all(fit for fit, kernel in zip(fitted, matrices, strict=True) if holds(kernel))]
    assert right == [key.chosen("hypothesis")]


@confirms(f"{TOPIC}/labels-never-learned")
def labels_never_learned(key: Key) -> None:
    kernel, labels = _matrix(key, "matrix"), np.array([key.parameter("p"), -key.parameter("q")])
    assert kernel.shape == (2, 2)
    assert np.array_equal(kernel, kernel.T)
    assert kernel.min() > 0
    assert np.linalg.eigvalsh(kernel)[0] > -1e-9
    assert np.abs(follow(lambda u: -kernel @ (u - labels), np.zeros(2), 1.0, 200)).max() < 1e-9


@confirms(f"{TOPIC}/relu-kernel-matrix")
def relu_kernel_matrix(key: Key) -> None:
    a, b, angle = key.parameter("a"), key.parameter("b"), key.parameter("f") * np.pi
    inputs = np.array([[a, 0.0], [b * np.cos(angle), b * np.sin(angle)]])
    assert relu_matrix(inputs) == pytest.approx(_matrix(key, "matrix"), abs=1e-3)


@confirms(f"{TOPIC}/tangent-from-covariance")
def tangent_from_covariance(key: Key) -> None:
    lines = key.variant.key["derivation"]
    assert len(lines) >= 2
    formulas = [read(line.removeprefix("="), Vocabulary.of({"symbols": {"p": "real"}}), "expression") for line in lines]
    assert not any(isinstance(part, tree.Derivative) for formula in formulas for part in tree.walk(formula))
    for angle in (0.4, 1.5, 2.8):
        expected = sum(relu_kernels(angle))
        assert all(float(value(formula, {"p": angle})) == pytest.approx(expected, abs=1e-4) for formula in formulas)


@confirms(f"{TOPIC}/complete-relu-kernel")
def complete_relu_kernel(key: Key) -> None:
    random = np.random.default_rng(17)
    plane = np.array([[np.cos(t), np.sin(t)] for t in np.arange(6) * np.pi / 3])  # three opposite pairs
    triangle = plane[::2]
    spheres = [random.normal(size=(number, dimension)) for number, dimension in ((3, 2), (4, 3), (5, 5), (5, 2))]
    units = [points / np.linalg.norm(points, axis=1)[:, None] for points in spheres]
    inputs = [plane, np.column_stack([plane, np.zeros((6, 4))]), triangle, *units]
    fitted = [bool(np.linalg.eigvalsh(relu_matrix(points))[0] > 2e-4) for points in inputs]
    covered: dict[str, Callable[[Array], bool]] = {
        "few": lambda points: points.shape[0] <= points.shape[1],
        "opposite": lambda points: bool((points @ points.T).min() > -1 + 1e-9),
        "centered": lambda points: bool(np.abs(points.sum(axis=0)).max() < 1e-9),
        "span": lambda points: bool(np.linalg.matrix_rank(points) == points.shape[1]),
    }
    right = [name for name, holds in covered.items() if all(fit for fit, points in zip(fitted, inputs, strict=True) if holds(points))]
    assert right == [key.chosen("hypothesis")]


@confirms(f"{TOPIC}/which-kernel")
def which_kernel(key: Key) -> None:
    formulas: dict[str, Callable[[float], float]] = {
        "covariance": lambda angle: (np.sin(angle) + (np.pi - angle) * np.cos(angle)) / (2 * np.pi),
        "product": lambda angle: (np.pi - angle) / (2 * np.pi) * np.cos(angle),
        "sum": lambda angle: (np.sin(angle) + 2 * (np.pi - angle) * np.cos(angle)) / (2 * np.pi),
        "indicator": lambda angle: (np.pi - angle) / (2 * np.pi),
    }
    angles = (0.0, 0.7, 1.9, 3.0)
    kernels = {
        "last": [relu_kernels(angle)[0] for angle in angles],
        "first": [relu_kernels(angle)[1] for angle in angles],
        "both": [sum(relu_kernels(angle)) for angle in angles],
    }
    for field, formula in formulas.items():
        values = [formula(angle) for angle in angles]
        fitting = [name for name, kernel in kernels.items() if kernel == pytest.approx(values, abs=1e-3)]
        assert (fitting or ["none"]) == [key.chosen(field)]


@confirms(f"{TOPIC}/three-kernels")
def three_kernels(key: Key) -> None:
    a, b = key.parameter("a"), key.parameter("b")
    for rho in (-0.8, 0.1, 0.6):
        last = smooth_mean(lambda t: a * t * t + b * t, rho)
        first = rho * smooth_mean(lambda t: (a * (t + 1) ** 2 + b * (t + 1) - a * (t - 1) ** 2 - b * (t - 1)) / 2, rho)
        expected = [float(key.number(field, rho=rho)) for field in ("covariance", "first", "all")]
        assert [last, first, last + first] == pytest.approx(expected, rel=1e-9)


def _means_at_the_end() -> tuple[float, float, float]:
    """At a test point: the posterior mean without noise, and the means after training the last layer and after training both."""
    inputs = np.array([[np.cos(t), np.sin(t)] for t in (0.0, 0.8, 2.1)])  # the last one is the test point
    cosines = inputs @ inputs.T
    last = np.array([[smooth_mean(np.tanh, min(entry, 1.0)) for entry in row] for row in cosines])
    both = last + cosines * np.array([[smooth_mean(tanh_slope, min(entry, 1.0)) for entry in row] for row in cosines])
    labels = np.array([1.0, -0.5])
    precision = np.linalg.inv(last)  # the posterior mean makes the density of all three values largest
    posterior = -precision[2, :2] @ labels / precision[2, 2]

    def trained(kernel: Array) -> float:
        def velocity(state: Array) -> Array:
            return np.asarray(-kernel[:, :2] @ (state[:2] - labels))

        return float(follow(velocity, np.zeros(3), 4000.0, 40_000)[2])  # the dynamics are linear, so the mean starts at 0

    return float(posterior), trained(last), trained(both)


@confirms(f"{TOPIC}/which-claims")
def which_claims(key: Key) -> None:
    points = np.random.default_rng(23).normal(size=(6, 2))
    points /= np.linalg.norm(points, axis=1)[:, None]
    cosines = points @ points.T
    difference = cosines * np.array([[smooth_mean(tanh_slope, min(entry, 1.0)) for entry in row] for row in cosines])
    posterior, last, both = _means_at_the_end()
    claims = {
        "difference": bool(np.linalg.eigvalsh(difference)[0] > -1e-9),
        "frozen": drift(False) < 1e-8,
        "finite": drift(True) < 1e-2,
        "all-mean": both == pytest.approx(posterior, abs=1e-3),
        "last-mean": last == pytest.approx(posterior, abs=1e-3),
    }
    assert {field: key.chosen(field) for field in claims} == {field: "yes" if claim else "no" for field, claim in claims.items()}
