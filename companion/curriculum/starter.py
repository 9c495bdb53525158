"""A topic to start from: what `companion new topic` writes."""

from __future__ import annotations

import re

_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_LONGEST = 64

_TOPIC = """\
schema: 1
id: {id}
title: {title}
area: {area}
level: 2
prerequisites: []
objective: You can compute the integral of a power over the unit interval.
skills:
  - id: integrate-powers
    can: Compute the integral of $x^r$ over $[0,1]$ for a natural number $r$.
notes: |
  ## Why you need it

  Replace these notes with yours: Markdown, with mathematics as $x^2$ in a line, or on a line of its own:

  $$\\int_0^1 x^r\\,dx=\\frac1{{r+1}}.$$
exercises:
  - id: integral-of-power
    skill: integrate-powers
    uses: []
    difficulty: 1
    minutes: 2
    quick: yes
    params:
      p: [2, 3, 5, 7]
      q: [1, 2, 4]
    where: p != q
    let:
      r: p + q
    prompt: Compute $\\int_0^1 x^{{@{{r}}}}\\,dx$.
    fields:
      - id: value
        kind: expression
        input: an exact number, e.g. 2/3
        answer: 1/(@{{r}}+1)
        accept: ['(@{{r}}+1)^(-1)']
    hints:
      - What is an antiderivative of a power?
      - The antiderivative of $x^{{@{{r}}}}$ is $\\frac{{x^{{@{{r+1}}}}}}{{@{{r+1}}}}$.
    solution: $\\int_0^1 x^{{@{{r}}}}\\,dx=\\frac1{{@{{r+1}}}}$.
    mistakes:
      - try: '@{{r}}'
        say: You differentiated; here the power is integrated.
      - try: 1/@{{r}}
        say: The exponent goes up by one before one divides by it.
"""


def starter_topic(identifier: str, area: str) -> str:
    """The text of a topic file that `companion check` finds no fault with. Raises `ValueError`, with a sentence, for ids that are none."""
    for what, text in (("topic", identifier), ("area", area)):
        if not _ID.fullmatch(text) or len(text) > _LONGEST:
            raise ValueError(f"“{text}” cannot be the id of a {what}: use small letters, digits and single hyphens, at most {_LONGEST}.")
    return _TOPIC.format(id=identifier, area=area, title=identifier.replace("-", " ").capitalize())
