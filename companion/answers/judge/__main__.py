"""Run the judge: `python -m companion.answers.judge`."""

import sys

from companion.answers.judge.server import main

sys.exit(main())
