"""The subcommands: what they are called, what they take, and the one function each calls."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from importlib import import_module
from pathlib import Path

from companion import __version__

Command = Callable[[argparse.Namespace], int]


GRADE = """\
A request is {"id", "kind", "expected", "answer", "options"}: expected the key, and kind one of
expression, set, relation, list, choice, order, steps, object. An answer is a text; for choice, order and steps also a list of texts.
Options: symbols {name: domain}, variables, names, functions, split_names, form, rtol, atol, up_to, variable, constant, points; for
steps also given and min_lines ("expected": null judges the derivation alone); for an object inputs and properties.
Or it names an exercise: {"id", "exercise": "topic/exercise", "seed": 0, "answer"}; the answer to several fields is {field: text}.
A reply is {"id", "verdict", "code", "message", "reading", "position", "parts", "certainty", "mistake", "counterexample", "ms"};
verdict is correct, incorrect, invalid (could not be read) or undecided. The exercises of a topic are listed by: companion show TOPIC"""


def run(given: list[str]) -> int:
    """Parse the arguments and carry out the subcommand; the exit status. Wrong arguments end with status 2."""
    arguments = parser().parse_args(given)
    if arguments.command is None:
        from companion.cli.start import open_app

        return open_app(tuple(arguments.pack))
    room, _, function = arguments.function.partition(":")
    command: Command = getattr(import_module(f"companion.cli.{room}"), function)
    from companion.cli.failures import told

    return told(command, arguments)


def parser() -> argparse.ArgumentParser:
    """The command line."""
    top = argparse.ArgumentParser(
        prog="companion",
        description="A study companion for the mathematics of deep learning. Without a command it opens in the terminal.",
        allow_abbrev=False,
    )
    top.add_argument("--version", action="version", version=f"companion {__version__}")
    top.add_argument("--pack", action="append", default=[], type=_pack, metavar="PATH", help="open a further pack of content (repeatable)")
    commands = top.add_subparsers(dest="command", metavar="COMMAND", title="commands")
    _explore(commands)
    _study(commands)
    _mathematics(commands)
    _author(commands)
    return top


Subparsers = "argparse._SubParsersAction[argparse.ArgumentParser]"


def _command(commands: Subparsers, name: str, function: str, about: str, json: bool = False) -> argparse.ArgumentParser:  # type: ignore[valid-type]
    command: argparse.ArgumentParser = commands.add_parser(name, help=about, description=about, allow_abbrev=False)  # type: ignore[attr-defined]
    command.set_defaults(function=function)
    if json:
        command.add_argument("--json", action="store_true", help="print JSON, for programs")
    return command


def _spoken(command: argparse.ArgumentParser) -> None:
    about = "formulas in words, for a screen reader (setting: mathematics = \"spoken\")"
    command.add_argument("--spoken", action=argparse.BooleanOptionalAction, default=None, help=about)


def _explore(commands: Subparsers) -> None:  # type: ignore[valid-type]
    command = _command(commands, "map", "explore:show_map", "the approaches and the mathematics each needs", json=True)
    command.add_argument("approach", nargs="?", metavar="APPROACH", help="an approach to show in full")
    _spoken(command)
    command = _command(commands, "topics", "explore:list_topics", "the topics, all or those that match", json=True)
    command.add_argument("query", nargs="?", metavar="QUERY", help="words of a title, an id or an area")
    command = _command(commands, "show", "explore:show", "a topic (or an approach, or a work) in full, set for this terminal")
    command.add_argument("what", metavar="TOPIC", help="its id or its title")
    _spoken(command)
    command = _command(commands, "path", "explore:show_path", "what is missing for a goal, in an order that works", json=True)
    command.add_argument("goal", nargs="?", metavar="GOAL", help="a topic, a work or an approach; without it, your goal")
    command = _command(commands, "why", "explore:show_why", "why a topic is on the path to your goal", json=True)
    command.add_argument("topic", metavar="TOPIC")
    command.add_argument("--goal", metavar="GOAL", help="another goal than yours")
    _spoken(command)
    command = _command(commands, "readings", "explore:list_readings", "the works, and how far you are from reading each", json=True)
    command.add_argument("query", nargs="?", metavar="QUERY", help="words of a title or an author, or an id")
    _spoken(command)


def _study(commands: Subparsers) -> None:  # type: ignore[valid-type]
    command = _command(commands, "quiz", "study:quiz", "answer questions on a topic, an area or a work")
    command.add_argument("scope", nargs="?", metavar="TOPIC|AREA|READING", help="without it, your goal's next step or what is written")
    command.add_argument("--count", type=_positive, default=10, metavar="N", help="at most this many questions (10)")
    command.add_argument("--level", type=int, choices=range(1, 6), metavar="L", help="only exercises of this difficulty, 1 to 5")
    command.add_argument("--plain", action="store_true", help="in lines of text: for pipes, dumb terminals, screen readers")
    _spoken(command)
    command = _command(commands, "review", "study:review", "answer what is due")
    command.add_argument("--count", type=_positive, default=20, metavar="N", help="at most this many questions (20)")
    command.add_argument("--plain", action="store_true", help="in lines of text: for pipes, dumb terminals, screen readers")
    _spoken(command)
    _spoken(_command(commands, "stats", "study:stats", "where you stand", json=True))
    command = _command(commands, "recheck", "recheck:recheck", "judge disputed and undecided answers again: what changed", json=True)
    command.add_argument("--all", action="store_true", help="also every answer that an older version of the judge decided")
    command = _command(commands, "export", "study:export", "everything you did, as JSON Lines")
    command.add_argument("file", nargs="?", metavar="FILE", help="where to write it; without it, standard output")


def _mathematics(commands: Subparsers) -> None:  # type: ignore[valid-type]
    command = _command(commands, "grade", "mathematics:grade", "judge answers: one JSON object a line, in and out")
    command.formatter_class = argparse.RawDescriptionHelpFormatter
    command.epilog = GRADE
    command = _command(commands, "render", "mathematics:render", "set mathematics in the terminal")
    command.add_argument("source", nargs="?", metavar="TEX|FILE", help="a formula, or a Markdown file; without it, standard input")
    command.add_argument("--width", type=_positive, metavar="N", help="columns to set it in")
    command.add_argument("--profile", choices=("full", "safe", "ascii"), help="which characters to use")
    command.add_argument("--inline", action="store_true", help="set the formula as in running text")
    _spoken(command)
    command.add_argument("--jsonl", action="store_true", help="one JSON object a line, in and out")
    _command(commands, "doctor", "doctor:examine", "what this terminal and this machine can do", json=True)


def _author(commands: Subparsers) -> None:  # type: ignore[valid-type]
    command = _command(commands, "check", "author:check", "check content: every reference, formula, key and mistake", json=True)
    command.add_argument("what", nargs="?", metavar="PATH|TOPIC", help="a pack, a topic file or a topic; without it, the shipped content")
    _command(commands, "schema", "author:schema", "the JSON Schema of the content files, for editors")
    command = _command(commands, "new", "author:new", "begin a topic: writes a filled-in file to start from")
    command.add_argument("kind", choices=("topic",), metavar="topic")
    command.add_argument("id", metavar="ID")
    command.add_argument("--area", default="real-analysis", metavar="AREA", help="the area it belongs to")
    command.add_argument("--into", type=Path, default=Path(), metavar="PACK", help="the pack's folder (the present one)")


def _pack(text: str) -> Path:
    folder = Path(text)
    if not (folder / "pack.yaml").is_file():
        raise argparse.ArgumentTypeError(f"there is no pack at {text}: expected a folder with a pack.yaml")
    return folder


def _positive(text: str) -> int:
    if not text.isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"expected a whole number from 1 on, not “{text}”")
    return int(text)
