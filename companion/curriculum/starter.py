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
  - id: justify-steps
    can: Say which rule of integration a line of a computation uses.
theorems:
  - id: power-rule
    name: Integral of a power
    hypotheses:
      - id: exponent
        text: $r$ is real and $r>-1$.
    conclusion: $\\int_0^1 x^r\\,dx=\\frac1{{r+1}}$.
notes: |
  ## Why you need it

  Replace these notes with yours: Markdown, with mathematics as $x^2$ in a line, or on a line of its own:

  $$\\int_0^1 x^r\\,dx=\\frac1{{r+1}}.$$
examples:
  - id: square
    problem: Integrate $x^2$ over $[0,1]$.
    steps:
      - An antiderivative is $\\frac{{x^3}}3$.
      - Its values at the ends differ by $\\frac13$.
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
  - id: missing-hypothesis
    skill: justify-steps
    uses: [integrate-powers]
    difficulty: 2
    arrangement: complete
    theorem: power-rule
    prompt: |
      “For every real $r$ one has $\\int_0^1 x^r\\,dx=\\frac1{{r+1}}$” is false. Which hypothesis mends it?
    fields:
      - id: hypothesis
        kind: choice
        answer: above
        options:
          - {{id: above, text: $r>-1$, why: Then the integral is finite and the rule holds.}}
          - {{id: nonzero, text: $r\\ne-1$, why: For $r=-2$ the integral is infinite.}}
    hints:
      - Near which point can the integral be infinite?
      - Compare with $\\int_\\varepsilon^1x^r\\,dx$ as $\\varepsilon\\to0$.
    solution: For $r\\le-1$ the integral is infinite; for $r>-1$ the antiderivative $\\frac{{x^{{r+1}}}}{{r+1}}$ tends to 0 at 0.
    mistakes:
      - try: nonzero
        say: The formula then makes sense, but for $r=-2$ the integral is infinite.
  - id: line-by-line
    skill: justify-steps
    uses: [integrate-powers]
    difficulty: 2
    symbols: {{x: real}}
    prompt: Compute $\\int_0^1(x^2+2x)\\,dx$ line by line.
    fields:
      - id: lines
        kind: steps
        input: a line, Enter, the next line
        given: integrate(x^2+2*x, x, 0, 1)
        min_lines: 2
        answer: [= 1/3+1, = 4/3]
    hints:
      - Integrate the two terms one by one.
      - The integral of $2x$ is 1.
    solution: The terms have the integrals $\\frac13$ and 1, which add up to $\\frac43$.
    mistakes:
      - try: [= 1/3+2, = 7/3]
        when: {{line: 1}}
        say: The antiderivative of $2x$ is $x^2$, without a factor 2.
"""


def starter_topic(identifier: str, area: str) -> str:
    """The text of a topic file that `companion check` finds no fault with. Raises `ValueError`, with a sentence, for ids that are none."""
    for what, text in (("topic", identifier), ("area", area)):
        if not _ID.fullmatch(text) or len(text) > _LONGEST:
            raise ValueError(f"“{text}” cannot be the id of a {what}: use small letters, digits and single hyphens, at most {_LONGEST}.")
    return _TOPIC.format(id=identifier, area=area, title=identifier.replace("-", " ").capitalize())
