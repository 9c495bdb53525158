"""What a session came to, as a page."""

from __future__ import annotations

from companion.answers.protocol import Given
from companion.study.session import Result, State


def score_line(state: State) -> str:
    """The score in words."""
    right, counted = state.score
    if not counted:
        return "No answer was counted."
    skipped = len(state.outcomes) - counted
    rest = f" {skipped} more did not count." if skipped else ""
    return f"{right} of {counted} right at the first attempt.{rest}"


def outcome_page(state: State, again: str = "") -> str:
    """The score, then each wrong answer with its correction, as Markdown. `again` says how to have those asked once more."""
    parts = [f"## {score_line(state)}"]
    wrong = [result for result in state.outcomes if not result.is_right]
    if wrong and again:
        parts.append(again)
    for number, result in enumerate(wrong, 1):
        parts.append(f"### {number}\n\n{correction(result)}")
    return "\n\n".join(parts)


def correction(result: Result) -> str:
    """One question that was not answered rightly: the question, what was answered, why it is wrong, the solution."""
    variant = result.asked.variant
    lines = [variant.prompt]
    if result.reply is None:
        lines.append("You did not answer this one.")
    else:
        given = "; ".join(_shown(answer) for answer in result.answer.values() if answer)
        lines.append(f"You answered: `{_unquoted(given)}`" if given else "You gave no answer.")
        if result.reply.message:
            lines.append(result.reply.message)
    lines.append(f"**Solution.** {variant.solution}")
    return "\n\n".join(lines)


def _shown(answer: Given) -> str:
    return answer if isinstance(answer, str) else " ".join(answer)


def _unquoted(text: str) -> str:
    """Text that can stand between backticks."""
    return text.replace("`", "'").replace("\n", " ")
