"""The `companion` command. Alone it opens the app; with a subcommand it prints.

Exit status: 0 when all is well, 1 when what was asked for has problems, 2 when
the command could not be understood or carried out.
"""

from __future__ import annotations

import sys

__all__ = ["main"]


def main(arguments: list[str] | None = None) -> int:
    """Run the command; the exit status."""
    given = sys.argv[1:] if arguments is None else arguments
    try:
        if not given:
            # Nothing but the app's own modules is imported on this way: it is the one that must be fast.
            from companion.cli.start import open_app

            return open_app()
        from companion.cli.commands import run

        return run(given)
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:
        # Whoever read the output has gone, as `head` does; nothing is left to say, not even at exit.
        sys.stdout = None
        return 0
