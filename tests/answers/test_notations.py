"""What is printed reads back as the same tree, in every notation: typed text and TeX, for every function and every sort of tree."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import HealthCheck, given, settings

from companion.answers.names import FUNCTIONS
from companion.answers.printing import to_tex, to_text
from companion.answers.reader import read
from companion.answers.tree import Call, Negative, Node, Number, Power, Sum, Symbol, walk
from tests.answers.test_printing import LISTS, SETS, STATEMENTS

X, Y = Symbol("x"), Symbol("y")
SUM = Sum((X, Number(Fraction(1), "1")))


@pytest.mark.parametrize("name", sorted(FUNCTIONS))
@pytest.mark.parametrize("argument", [X, SUM], ids=["x", "x+1"])
def test_every_function(name: str, argument: Node) -> None:
    for count in range(FUNCTIONS[name][0], min(FUNCTIONS[name][1], 3) + 1):
        node = Call(name, (argument, Y, Number(Fraction(2), "2"))[:count])
        assert read(to_text(node)) == node
        assert read(to_tex(node)) == in_tex(node)


def in_tex(node: Call) -> Node:
    """The tree itself, except where TeX has one notation for two functions that mean the same."""
    if node.function == "cbrt":
        return Call("root", (*node.arguments, Number(Fraction(3))))
    if node.function == "inv":
        return Power(node.arguments[0], Negative(Number(Fraction(1))))
    return node


def in_whole_numbers(tree: Node) -> bool:
    """Decimals are set as fractions or powers of ten, which are other trees of the same value."""
    return all(part.text.isascii() and part.text.isdigit() for part in walk(tree) if isinstance(part, Number))


@settings(max_examples=80, suppress_health_check=[HealthCheck.filter_too_much])
@given(tree=STATEMENTS.filter(in_whole_numbers))
def test_statements_in_tex(tree: Node) -> None:
    assert read(to_tex(tree), expecting="relation") == tree


@settings(max_examples=60, suppress_health_check=[HealthCheck.filter_too_much])
@given(tree=LISTS.filter(in_whole_numbers))
def test_lists_in_tex(tree: Node) -> None:
    assert read(to_tex(tree), expecting="list") == tree


@settings(max_examples=80, suppress_health_check=[HealthCheck.filter_too_much])
@given(tree=SETS.filter(in_whole_numbers))
def test_sets_in_tex(tree: Node) -> None:
    assert read(to_tex(tree), expecting="set") == tree
