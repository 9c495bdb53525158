"""Fields that ask for an equation, an inequality or a logical statement."""

from __future__ import annotations

from dataclasses import replace

from companion.answers import tree
from companion.answers.judge.budget import Clock, times_out
from companion.answers.judge.context import Context, InvalidError, read_answer, read_key, sort_of, wrong_sort
from companion.answers.judge.domains import QuestionError
from companion.answers.judge.limits import BuildError
from companion.answers.judge.lines import Difference
from companion.answers.judge.relations import RelationComparison, compare_statements
from companion.answers.judge.showing import expression_tex, point_tex, point_text
from companion.answers.judge.statements import Atom, Statement, atoms, statement, with_dependent_names
from companion.answers.judge.steps.claims import passage
from companion.answers.printing import to_tex
from companion.answers.protocol import Field, Given, Reply

SECONDS = 1.0
"""How long a comparison by systems of equations may take."""
UNDECIDED = "I could not decide whether this has the right solutions. It does not count against you."


def judge(field: Field, given: Given) -> Reply:
    """Judge the answer to a field of this kind. Raises `QuestionError` when the question is at fault."""
    context = Context.of(field)
    try:
        answer = read_answer(given, context, "relation")
    except InvalidError as error:
        return error.reply
    key = read_key(field.expected, context, "relation")
    return replace(judge_relation(answer, key, context), reading=to_tex(answer))


def judge_relation(answer: tree.Node, key: tree.Node, context: Context) -> Reply:
    """Compare two statements given by trees."""
    if not _states(answer, key):
        return wrong_sort("relation", sort_of(answer))
    scope = context.scope()
    answer, key = with_dependent_names(answer, key)
    try:
        left = statement(answer, scope)
    except BuildError as error:
        return Reply("undecided" if error.code == "unsupported" else "invalid", error.code, error.message)
    try:
        right = statement(key, scope)
    except BuildError as error:
        raise QuestionError(f"The key of this question cannot be used: {error.message}") from error
    if answer == key:
        return Reply("correct", "equal", "Correct.", certainty="proved")
    seed = context.seed(key)
    before = times_out()
    outcome = compare_statements(left, right, context.domains, seed)
    if outcome.lines.relation == "equal":
        return Reply("correct", "equal", "Correct.", certainty=outcome.lines.certainty)
    if outcome.lines.relation == "undecided":
        if outcome.repeated or outcome.unfinished:
            return _undecided(outcome)
        found = _by_passage(left, right, context, seed)
        return _undecided(outcome) if found.verdict == "incorrect" and times_out() > before else found
    ordered = any(atom.sign not in ("=", "!=") for side in (left, right) for atom in atoms(side))
    reply = _different(outcome, ordered)
    if isinstance(left, Atom) and left.sign in _TURNED:
        turned = compare_statements(_turned(left), right, context.domains, seed)
        if turned.lines.relation == "equal":
            return replace(reply, code="relation.direction", message=f"{reply.message} Check the direction of the inequality.")
    return reply


def _by_passage(answer: Statement, key: Statement, context: Context, seed: str) -> Reply:
    """The comparison where no line meets the solutions, as those of systems that have finitely many."""
    found = passage(key, answer, context.domains, seed, Clock(SECONDS))
    if found.relation == "equal":
        return Reply("correct", "equal", "Correct.", certainty=found.certainty)
    for change, holds in ((found.lost, "does not hold, but it should"), (found.gained, "holds, but it should not")):
        if change.happens and change.point and not change.nonreal:
            message = f"At {point_tex(change.point)} your answer {holds}."
            return Reply("incorrect", "relation.different", message, counterexample=point_text(change.point))
    return Reply("undecided", "undecided.relation", UNDECIDED)


def _states(answer: tree.Node, key: tree.Node) -> bool:
    """Whether the answer is a statement. A lone name is one where the key is made of names that stand for statements."""
    if not isinstance(answer, tree.Symbol):
        return sort_of(answer) == "relation"
    return not any(isinstance(part, tree.Relation | tree.Membership) for part in tree.walk(key))


_TURNED = {"<": ">", "<=": ">=", ">": "<", ">=": "<="}


def _turned(atom: Atom) -> Statement:
    return Atom(atom.left, _TURNED[atom.sign], atom.right)


def _undecided(outcome: RelationComparison) -> Reply:
    if outcome.repeated:
        message = "The solutions are right, but a factor occurs more or less often than expected."
        return Reply("undecided", "undecided.multiplicity", message)
    return Reply("undecided", "undecided.relation", UNDECIDED)


def _different(outcome: RelationComparison, ordered: bool) -> Reply:
    """The refusal. Only inequalities have a boundary (`ordered`); equations that differ on single values have other solutions."""
    if outcome.logic is not None:
        assignment = {name: "true" if value else "false" for name, value in outcome.logic.assignment.items()}
        listed = ", ".join(f"{expression_tex(tree.Symbol(name))} is {value}" for name, value in assignment.items())
        holds = "does not hold, but it should" if outcome.logic.in_key else "holds, but it should not"
        return Reply("incorrect", "relation.different", f"When {listed}, your statement {holds}.", counterexample=assignment)
    if not outcome.lines.differences:
        return Reply("incorrect", "relation.different", "Your statement does not have the right solutions.")
    gaps = [difference for difference in outcome.lines.differences if not difference.place.critical]
    chosen: Difference = (gaps or list(outcome.lines.differences))[0]
    holds = "does not hold, but it should" if chosen.in_key else "holds, but it should not"
    message = f"At {point_tex(chosen.point)} your answer {holds}."
    code = "relation.boundary" if ordered and not gaps else "relation.different"
    return Reply("incorrect", code, message, counterexample=point_text(chosen.point))
