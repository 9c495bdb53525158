"""`python -m tests.benchmarks`: figures as ratios, all measured in this one run."""

from __future__ import annotations

from tests.benchmarks import first_paint, judge_latency, judging, mathtext, note


def main() -> None:
    """Print every figure."""
    first_paint.main()
    judging.main()
    judge_latency.main()
    mathtext.main()
    note.main()


if __name__ == "__main__":
    main()
