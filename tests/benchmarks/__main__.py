"""`python -m tests.benchmarks`: figures as ratios, all measured in this one run."""

from __future__ import annotations

from tests.benchmarks import first_paint, judge_latency, judging


def main() -> None:
    """Print every figure."""
    first_paint.main()
    judging.main()
    judge_latency.main()


if __name__ == "__main__":
    main()
