"""What can keep a subcommand from doing its work, as one sentence and an exit status."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable


class UsageError(Exception):
    """The command names something that is not there; the text is a sentence for the user."""


def told(command: Callable[[argparse.Namespace], int], arguments: argparse.Namespace) -> int:
    """Carry out a subcommand; what is expected to go wrong becomes a sentence on standard error and status 2."""
    from companion.curriculum.problems import ContentError
    from companion.learner.errors import StoreError
    from companion.learner.goals import UnknownGoalError

    try:
        return command(arguments)
    except (UsageError, UnknownGoalError, StoreError) as error:
        return _failed(str(error))
    except ContentError as error:
        return _failed("\n".join(map(str, error.problems)))
    except BrokenPipeError:
        raise
    except OSError as error:
        where = f"{error.filename}: " if error.filename else ""
        return _failed(f"{where}{error.strerror or error}.")


def _failed(sentence: str) -> int:
    if sys.stderr is None:
        return 2
    encoding = (getattr(sys.stderr, "encoding", None) or "ascii").lower()
    if not encoding.startswith("utf"):
        from companion.mathtext.profiles import to_ascii

        sentence = to_ascii(sentence)
    sys.stderr.write(sentence + "\n")
    return 2
