"""Fields that ask for a proof from shuffled blocks: any order in which every block stands on what came before it."""

from __future__ import annotations

from companion.answers.judge.domains import QuestionError
from companion.answers.judge.kinds.choice import listed, shown
from companion.answers.protocol import Block, Field, Given, Reply


def judge(field: Field, given: Given) -> Reply:
    """Judge an order of blocks. Without declared blocks only the key's own order is right. Raises `QuestionError`."""
    blocks = {block.id: block for block in field.blocks} or _chain(listed(field.expected))
    if not blocks:
        raise QuestionError("This question has no blocks.")
    order = listed(given)
    if not order:
        return Reply("invalid", "order.empty", "Nothing is ordered yet.")
    for name in order:
        if name not in blocks:
            return Reply("invalid", "order.unknown", f"There is no line “{shown(name)}”.")
    repeated = next((name for place, name in enumerate(order) if name in order[:place]), None)
    if repeated is not None:
        return Reply("invalid", "order.repeated", f"Line “{shown(repeated)}” is used twice.")
    return _supported(order, blocks)


def _chain(names: list[str]) -> dict[str, Block]:
    """Blocks that each need the one before."""
    return {name: Block(name, name, needs=tuple(names[max(0, place - 1) : place])) for place, name in enumerate(names)}


def _supported(order: list[str], blocks: dict[str, Block]) -> Reply:
    stands: set[str] = set()
    for place, name in enumerate(order, start=1):
        block = blocks[name]
        where = {"block": name, "line": str(place)}
        if block.is_distractor:
            message = f"Line {place} ({block.text}) does not belong to the proof. {block.why or ''}"
            return Reply("incorrect", "order.distractor", message.strip(), counterexample=where)
        lacking = [need for need in block.needs if need not in stands]
        if lacking:
            message = f"Line {place} ({block.text}) uses something that has not been shown before it."
            return Reply("incorrect", "order.unsupported", message, counterexample=where)
        stands.add(name)
    left = [name for name, block in blocks.items() if not block.is_distractor and name not in stands]
    if left:
        lines = "a line is" if len(left) == 1 else f"{len(left)} lines are"
        message = f"Every line stands on the ones before, but {lines} missing."
        return Reply("incorrect", "order.missing", message, counterexample={"missing": str(len(left))})
    return Reply("correct", "equal", "Correct.", certainty="proved")
