"""The test of each property of the vocabulary."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from companion.answers.judge.properties import (
    approaching,
    comparing,
    families,
    identities,
    integrals,
    matrices,
    networks,
    norms,
    series,
    shapes,
    spans,
)
from companion.answers.judge.properties.finding import Finding
from companion.answers.judge.properties.subject import Subject

TESTS: Final[Mapping[str, Callable[[Subject], Finding]]] = {
    "integral": integrals.integral,
    "integrable": integrals.integrable,
    "norm": norms.norm,
    "limit": approaching.limit,
    "dominates": comparing.dominates,
    "dominated-by": comparing.dominated_by,
    "independent-of": identities.independent_of,
    "positive": comparing.positive,
    "nonnegative": comparing.nonnegative,
    "nonzero": comparing.nonzero,
    "inequality": comparing.inequality,
    "identity": identities.identity,
    "convex": shapes.convex,
    "concave": shapes.concave,
    "increasing": shapes.increasing,
    "decreasing": shapes.decreasing,
    "continuous": shapes.continuous,
    "lipschitz": shapes.lipschitz,
    "disjoint-supports": families.disjoint_supports,
    "orthogonal": norms.orthogonal,
    "vanishes-at": identities.vanishes_at,
    "equals-at": identities.equals_at,
    "equals-on": identities.equals_on,
    "parity": identities.parity,
    "symmetric": matrices.symmetric,
    "psd": matrices.psd,
    "positive-definite": matrices.positive_definite,
    "hessian": matrices.hessian,
    "rank": matrices.rank,
    "shape": matrices.shape,
    "length": matrices.length,
    "entries": matrices.entries,
    "total": matrices.total,
    "annihilates": networks.annihilates,
    "series-converges": series.converges,
    "series-diverges": series.diverges,
    "density": families.density,
    "one-layer-network": networks.one_layer_network,
    "bounded-away": spans.bounded_away,
}
