"""Equations, inequalities and logical statements."""

from typing import Any

import pytest

from tests.answers.judge.asking import ask


@pytest.mark.parametrize(
    ("key", "answer"),
    [
        ("y=2x-5", "(y+5)/x=2"),
        ("y=2x-5", "4x-2y=10"),
        ("x^2-5x+6=0", "x=2 or x=3"),
        ("x=(5+-sqrt(25-24))/2", "x^2-5x+6=0"),
        ("x^2=4", "x=+-2"),
        ("x=x", "y=y"),
        ("1=2", "false"),
        ("x^2=y^2", "(x-y)(x+y)=0"),
        ("abs(x)=abs(y)", "x^2=y^2"),
        ("x^2+y^2=r^2", "r^2=x^2+y^2"),
        ("f(x)=sin(x)", "f(x)=sin(x+2pi)"),
        ("x+y=i", "y=i-x"),
        ("y=x/(2x-1)", "1/x+1/y=2"),
        ("x^2+y^2=1", "(y-sqrt(1-x^2))*(y+sqrt(1-x^2))=0"),
        ("x>1", "2<2x"),
        ("x>1", "-2>-2x"),
        ("x^2<=2x", "0<=x<=2"),
        ("x^2>4", "x>2 or x<-2"),
        ("x>2 or -2>x", "not (x<=2 and -2<=x)"),
        ("abs(x)<1", "x^6<1"),
        ("x^2>=0", "x^4>=0"),
        ("y>x", "x<y"),
        ("y>x^2", "x^2-y<0"),
        ("x != 2", "x-2 != 0"),
        ("x in [0,1]", "0<=x<=1"),
        ("a<b<c", "c>b and b>a"),
        ("A and (B or C)", "(A and B) or (A and C)"),
        ("not A or B", "A implies B"),
        ("(A implies B) and (B implies A)", "A iff B"),
        ("x=1.44^y", "x=1.2^(2y)"),
        ("s^2=0", "s^2*e^(s*t)=0"),
        ("-oo < x < 3", "x < 3"),
        ("a*x=a*b", "x=b or a=0"),
        ("(a^2+1)*x=(a^2+1)*b", "x=b"),
        ("x*y=x", "x=0 or y=1"),
        ("x+y=3 and x-y=1", "x=2 and y=1"),
        ("x^2+y^2=1 and x=y", "2x^2=1 and y=x"),
        ("x^2+y^2=0", "x=0 and y=0"),
        ("x^2+y^2<0", "false"),
        ("(x^2-1)/(x-1)=0", "x+1=0"),
        ("x*(x-1)/(x-1)=0", "x=0"),
        ("x^2/x=0", "false"),
        ("sqrt(x)=x-2", "x=4"),
        ("ln(x^2)=2", "x=e or x=-e"),
        ("x*ln(x)=0", "x=1"),
        ("max(x,y)<=1", "x<=1 and y<=1"),
        ("a*x<a*b", "(a>0 and x<b) or (a<0 and x>b)"),
        ("y=x^2", "x=+-sqrt(y)"),
        ("x^2=1 implies x=1", "x!=-1"),
        ("dy/dx=2y", "2*dy/dx=4y"),
    ],
)
def test_relations_with_the_same_solutions(key: str, answer: str) -> None:
    assert ask("relation", key, answer).verdict == "correct"
    assert ask("relation", answer, key).verdict == "correct"


@pytest.mark.parametrize(
    ("key", "answer", "code"),
    [
        ("x>1", "x<1", "relation.direction"),
        ("x>1", "x>=1", "relation.boundary"),
        ("x>2", "x>=1", "relation.different"),
        ("x=1", "x=2", "relation"),
        ("x=1", "1=1", "relation.different"),
        ("y=-x", "y=x", "relation"),
        ("x=y", "sqrt(x)=sqrt(y)", "relation"),
        ("x>1", "a>1", "relation.different"),
        ("9z>5q", "-5q < -9z", "relation"),
        ("cos(10x)<0", "cos(10x)+1/10^7<0", "relation"),
        ("a=b*(2-i)/4", "a*(2+i)=b", "relation.different"),
        ("i*a=b", "b=a/i", "relation.different"),
        ("z^2=-2", "z^2=-3", "relation.different"),
        ("y=2x+1", "y=2x", "relation.different"),
        ("x^2+y^2=1", "x^2+y^4=1", "relation"),
        ("x^2+y^2<1", "x^2+y^2<=1", "relation"),
        ("A and B", "A or B", "relation.different"),
        ("A implies B", "not A and B", "relation.different"),
        ("y=x", "y!=x", "relation"),
        ("-3<=x<=3", "-3<=x", "relation.different"),
        ("x^2+y^2=1/100", "x^2+2y^2=1/100", "relation"),
        ("false", "x=1", "relation"),
        ("x=b", "a*x=a*b", "relation"),
        ("a*x=a*b", "x=b", "relation"),
        ("(x-3)*(a-3)=0", "x=3", "relation"),
        ("(a-7/3)*x=(a-7/3)*b", "x=b", "relation"),
        ("(a+b)*x=0", "x=0", "relation"),
        ("(a^2-2)*x=0", "x=0", "relation"),
        ("(x^2+y^2-1)*(z-5)=0", "z=5", "relation"),
        ("x*y=x", "y=1", "relation"),
        ("x*(x-1)/(x-1)=0", "x*(x-1)=0", "relation.different"),
        ("x^2/x=0", "x=0", "relation.different"),
        ("x=0", "x^2/x=0", "relation.different"),
        ("sqrt(x)=x-2", "x=(x-2)^2", "relation.different"),
        ("ln(x^2)=2", "x=e", "relation.different"),
        ("x*ln(x)=0", "x=0 or x=1", "relation.different"),
        ("a*x<a*b", "x<b", "relation"),
        ("x/y>=0", "x*y>=0", "relation"),
        ("x+y=3 and x-y=1", "x=1 and y=2", "relation"),
        ("x+y=3 and x-y=1", "x=2", "relation"),
        ("x^y=1", "x=1 or y=0", "relation"),
        ("x^2=1", "x=1", "relation"),
        ("max(x,y)<=1", "x<=1 or y<=1", "relation"),
        ("a>0 and b>0", "a*b>0", "relation"),
        ("dy/dx=2y", "dy/dx=3y", "relation"),
    ],
)
def test_relations_that_differ_show_where(key: str, answer: str, code: str) -> None:
    reply = ask("relation", key, answer)
    assert reply.verdict == "incorrect"
    assert reply.code.startswith(code)
    assert reply.counterexample


@pytest.mark.parametrize(
    ("answer", "code"),
    [("x", "type.expression"), ("x+1", "type.expression"), ("{1}", "type.set"), ("x=", "read."), ("3", "type.expression")],
)
def test_what_states_nothing_is_invalid(answer: str, code: str) -> None:
    reply = ask("relation", "x=1", answer)
    assert reply.verdict == "invalid"
    assert reply.code.startswith(code)


def test_a_repeated_factor_is_not_decided() -> None:
    assert ask("relation", "a*b=0", "a^3*b^3=0").code == "undecided.multiplicity"


def test_domains_cut_the_line() -> None:
    options: dict[str, Any] = {"symbols": {"x": "positive"}}
    assert ask("relation", "x^2>1", "x>1", **options).verdict == "correct"
    assert ask("relation", "x^2>1", "x>1").verdict == "incorrect"
    integers: dict[str, Any] = {"symbols": {"n": "integer"}}
    assert ask("relation", "n>=1", "n>1/2", **integers).verdict == "correct"
    assert ask("relation", "n>=1", "n>1", **integers).verdict == "incorrect"


def test_where_names_are_declared_their_domain_decides() -> None:
    real = dict.fromkeys("abcxy", "real")
    nonzero: dict[str, Any] = {"symbols": {**real, "a": "nonzero", "y": "nonzero"}}
    positive: dict[str, Any] = {"symbols": {**real, "a": "positive"}}
    assert ask("relation", "a*x+b=0", "x=-b/a", **nonzero).verdict == "correct"
    assert ask("relation", "a*x+b=0", "x=-b/a", symbols=real).verdict == "incorrect"
    assert ask("relation", "x/y=1", "x=y", **nonzero).verdict == "correct"
    assert ask("relation", "x/y=1", "x=y", symbols=real).verdict == "incorrect"
    assert ask("relation", "a*x<a*b", "x<b", **positive).verdict == "correct"
    assert ask("relation", "y=x^2", "x=sqrt(y)", symbols={"x": "nonnegative", "y": "real"}).verdict == "correct"
    assert ask("relation", "y=x^2", "x=sqrt(y)", symbols=real).verdict == "incorrect"


def test_a_truth_table_names_the_assignment() -> None:
    reply = ask("relation", "A and B", "A or B")
    assert reply.counterexample is not None
    assert set(reply.counterexample) == {"A", "B"}


Z = {"z": "complex", "w": "complex"}


@pytest.mark.parametrize(
    ("key", "answer", "verdict"),
    [
        ("z^2=-2", "-z^2=2", "correct"),
        ("z^2=-2", "z=sqrt(2)i or z=-i sqrt 2", "correct"),
        ("z^2=4", "z=2 or z=-2", "correct"),
        ("z!=i", "z-i!=0", "correct"),
        ("z*w=1", "z=1/w", "correct"),
        ("z^2=-2", "z^2=-3", "incorrect"),
        ("z^4=1", "z^2=1", "incorrect"),
        ("z^3=1", "z=1", "incorrect"),
        ("z*w=i", "z=1/w", "incorrect"),
        ("i*z=w", "w=z/i", "incorrect"),
    ],
)
def test_equations_between_complex_numbers(key: str, answer: str, verdict: str) -> None:
    reply = ask("relation", key, answer, symbols=Z)
    assert reply.verdict == verdict
    assert (reply.counterexample is None) == (verdict == "correct")


def test_real_symbols_keep_equations_with_i_open() -> None:
    assert ask("relation", "i*a=b", "b=a/i", symbols={"a": "real", "b": "real"}).verdict == "undecided"


def test_an_infinite_number_in_a_membership_is_no_error() -> None:
    assert ask("relation", "x + x < x <= x implies x = x", "x + i + oo in (0,0)").verdict in ("incorrect", "undecided")
