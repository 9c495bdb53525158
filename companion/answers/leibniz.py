"""Calculus that is made of letters: the `dx` that ends an integral, and the derivatives `d/dx`, `dy/dx`, `\\frac{d^2y}{dx^2}`."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from companion.answers import names
from companion.answers.tokens import Token

if TYPE_CHECKING:
    from companion.answers.words import Resolver


def differential(words: Resolver, token: Token) -> bool:
    """Read the `dx` that ends the innermost open integral at this depth, alone or at the end of a run (`xdx`); whether there was one."""
    while words.integrals and words.integrals[-1][0] > words.depth:
        words.integrals.pop()
    if not words.integrals or words.integrals[-1][0] != words.depth or token.text in words.vocabulary.names:
        return False
    word, following = token.text, words.peek()
    if word == "d" and following.kind in ("letter", "word"):
        start, variable, before = token.span[0], following.text, ""
    else:
        place = word.rfind("d")
        start, variable, before = token.span[0] + place, word[place + 1 :], word[: max(place, 0)]
        if place < 0 or (before and (names.function_named(word) or word in names.CONSTANTS)):
            return False
    if not _is_variable(words, variable):
        return False
    if before:
        words.tokens[words.at] = Token("word", "d" + variable, (start, token.span[1]))
        words.tokens.insert(words.at, Token("word", before, (token.span[0], start), token.spaced))
        return True
    words.at += word == "d"
    name, used = _indexed(words, words.at, variable)
    words.emit("differential", name, (start, words.tokens[words.at + used - 1].span[1]), token)
    words.at += used
    _, index = words.integrals.pop()
    if words.out[index].kind == "binder":
        words.out[index] = replace(words.out[index], kind="sign")
    return True


def derivative(words: Resolver, token: Token) -> bool:
    """Read a derivative in Leibniz's notation whose upper part begins here; whether there was one.

    It becomes a `derivative` with the variable and the order, or, with its function on top, a `quotient` of the two names.
    """
    if not token.text.startswith("d") or token.text in words.vocabulary.names or "d" in words.vocabulary.names:
        return False
    before = [(part.kind, part.text) for part in words.tokens[max(words.at - 2, 0) : words.at]]
    fraction = before == [("tex", "frac"), ("open", "{")]
    bracketed = _stands_in_bracket(words)
    upper = _part(words, 0)
    if upper is None:
        return False
    body, order, ahead = upper
    for separator in ("}", "{") if fraction else (")", "/") if bracketed and words.peek(ahead).text == ")" else ("/",):
        if words.peek(ahead).text != separator:
            return False
        ahead += 1
    bracketed = not fraction and words.peek(ahead - 2).text == ")"
    closing = "}" if fraction else ")" if words.peek(ahead).text == "(" else ""
    lower = _part(words, ahead + (closing == ")"), exponent_last=True)
    if lower is None or not lower[0] or lower[1] != order or (closing and words.peek(lower[2]).text != closing):
        return False
    variable, _, ahead = lower
    ahead += bool(closing)
    if fraction or bracketed:
        del words.out[-2 if fraction else -1 :]
        words.depth -= 1
    span = (token.span[0], words.peek(ahead - 1).span[1])
    text = f"{body} {variable}" if body else variable
    words.out.append(Token("quotient" if body else "derivative", text, span, token.spaced, token.value + order))
    words.at += ahead
    return True


def _stands_in_bracket(words: Resolver) -> bool:
    """Whether a round bracket was just opened that is not that of an argument, so that it may enclose `dy` in `(dy)/(dx)`."""
    if not words.out or words.out[-1].kind != "open" or words.out[-1].text != "(":
        return False
    return len(words.out) == 1 or words.out[-2].kind in ("op", "open", "number")


def _part(words: Resolver, ahead: int, *, exponent_last: bool = False) -> tuple[str, int, int] | None:
    """`d^2 y`, or `dx^2` with the exponent last: the name, the order, and the place after it."""
    first = words.peek(ahead)
    if first.kind != "word" or not first.text.startswith("d"):
        return None
    order, letters = 1, first.text[1:]
    place = ahead
    if not letters:
        if not exponent_last:
            order, ahead = _order(words, ahead + 1)
        else:
            ahead += 1
        following = words.peek(ahead)
        if following.kind not in ("word", "letter"):
            return ("", order, ahead) if order and not exponent_last else None
        letters, place = following.text, ahead
    if not order or not _is_variable(words, letters):
        return None
    name, used = _indexed(words, min(words.at + place, len(words.tokens) - 1), letters)
    ahead = place + used
    if exponent_last:
        order, ahead = _order(words, ahead)
    return name, order, ahead


def _order(words: Resolver, ahead: int) -> tuple[int, int]:
    """The exponent of a `d` and the place after it; order 1 if there is none, 0 if it is no small number."""
    if not words.peek(ahead).is_op("^"):
        return 1, ahead
    grouped = words.peek(ahead + 1).text == "{"
    number = words.peek(ahead + 1 + grouped)
    if number.kind != "number" or not number.text.isdigit() or len(number.text) > 1:
        return 0, ahead
    return int(number.text), ahead + 2 + 2 * grouped


def _is_variable(words: Resolver, letters: str) -> bool:
    return len(letters) == 1 or letters in words.vocabulary.names or letters in names.GREEK


def _indexed(words: Resolver, place: int, letters: str) -> tuple[str, int]:
    """The name of a variable whose letters end a token, with its index, and how many tokens it takes."""
    saved, words.at = words.at, place
    index, used, rest = words.index_after(replace(words.tokens[place], text=letters))
    words.at = saved
    return (names.canonical_name(f"{letters}_{index}"), used) if index and not rest else (letters, 1)
