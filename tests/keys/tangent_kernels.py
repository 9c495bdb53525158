"""Tangent kernels by numbers: gradients, flows, Gaussian means and small networks, without any formula that a key might use."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache, partial
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

Array: TypeAlias = NDArray[np.float64]
Activation: TypeAlias = Callable[[Array], Array]


def gradient(f: Callable[[Array], float], at: Array, step: float = 1e-5) -> Array:
    """The gradient of f by central differences."""
    return np.array([(f(at + step * unit) - f(at - step * unit)) / (2 * step) for unit in np.eye(len(at))])


def follow(velocity: Callable[[Array], Array], start: Array, time: float, steps: int) -> Array:
    """Where a flow is after some time, by the classical method of Runge and Kutta."""
    state, h = start.astype(float), time / steps
    for _ in range(steps):
        first = velocity(state)
        second = velocity(state + h / 2 * first)
        third = velocity(state + h / 2 * second)
        state = state + h / 6 * (first + 2 * second + 2 * third + velocity(state + h * third))
    return state


@cache
def _gaussian_grid() -> tuple[Array, Array, Array]:
    """Nodes and weights for the mean of a function of two independent standard normals."""
    nodes, weights = np.polynomial.hermite_e.hermegauss(80)
    first, second = np.meshgrid(nodes, nodes)
    return first, second, np.outer(weights, weights) / (2 * np.pi)


def smooth_mean(f: Activation, rho: float) -> float:
    """E[f(u) f(v)] for standard normals with correlation rho."""
    first, second, weights = _gaussian_grid()
    return float(np.sum(weights * f(first) * f(rho * first + np.sqrt(1 - rho * rho) * second)))


def tanh_slope(t: Array) -> Array:
    return 1 / np.cosh(t) ** 2


@cache
def relu_kernels(angle: float) -> tuple[float, float]:
    """The kernels of only the last and only the first layer on unit vectors, as means over the directions of w in their plane."""
    directions = (np.arange(200_000) + 0.5) * 2 * np.pi / 200_000
    u, v = np.cos(directions), np.cos(directions - angle)
    last = 2 * np.mean(np.maximum(u, 0) * np.maximum(v, 0))  # the squared radius has mean 2
    first = np.mean((u > 0) & (v > 0)) * np.cos(angle)
    return float(last), float(first)


def relu_matrix(inputs: Array) -> Array:
    """The kernel matrix of both layers on given inputs."""
    norms = np.linalg.norm(inputs, axis=1)
    cosines = np.clip(inputs @ inputs.T / np.outer(norms, norms), -1, 1)
    angles = np.round(np.arccos(cosines), 12)
    return np.array([[norms[i] * norms[j] * sum(relu_kernels(float(angles[i, j]))) for j in range(len(norms))] for i in range(len(norms))])


@cache
def kernel_change(exponent: float, width: int) -> tuple[Array, float]:
    """The kernel matrix at the start, and its change by training, of a tanh network with output scale width^-exponent."""
    random = np.random.default_rng(5)
    inputs, labels = np.array([[1.0, 0.2], [-0.4, 0.9]]), np.array([1.0, -1.0])
    a, w = random.normal(size=width), random.normal(size=(width, 2))
    scale = width**-exponent

    def kernel() -> Array:
        units = inputs @ w.T
        slopes = a * tanh_slope(units)
        return np.asarray((np.tanh(units) @ np.tanh(units).T + slopes @ slopes.T * (inputs @ inputs.T)) / width)

    start = kernel()
    for _ in range(400):
        units = inputs @ w.T
        residual = scale * np.tanh(units) @ a - labels
        pull = 0.01 / (width * scale)
        a, w = a - pull * (residual @ np.tanh(units)), w - pull * ((residual[:, None] * a * tanh_slope(units)).T @ inputs)
    return start, float(np.abs(kernel() - start).max())


def drift(trains_all: bool) -> float:
    """How far the kernel of a small tanh network moves during training."""
    random = np.random.default_rng(19)
    width, inputs, labels = 5, np.array([[1.0, 0.0], [0.6, 0.8]]), np.array([2.0, -1.0])
    fixed = random.normal(size=(width, 2))

    def outputs(theta: Array) -> Array:
        weights = theta[width:].reshape(width, 2) if trains_all else fixed
        return np.asarray(np.tanh(inputs @ weights.T) @ theta[:width] / np.sqrt(width))

    def output(theta: Array, place: int) -> float:
        return float(outputs(theta)[place])

    def jacobian(theta: Array) -> Array:
        return np.array([gradient(partial(output, place=place), theta) for place in range(2)])

    start = np.concatenate([random.normal(size=width), fixed.ravel()]) if trains_all else random.normal(size=width)
    end = follow(lambda theta: -jacobian(theta).T @ (outputs(theta) - labels), start, 2.0, 40)
    return float(np.abs(jacobian(end) @ jacobian(end).T - jacobian(start) @ jacobian(start).T).max())
