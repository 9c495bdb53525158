"""Mathematics for the terminal: TeX to character cells, Markdown with mathematics to laid-out lines.

`parse` and `render` are for one formula; `companion.mathtext.document` is for notes, and loads a Markdown parser.
"""

from .boxes import Segment
from .parser import parse
from .rendering import Layout, render

__all__ = ["Layout", "Segment", "parse", "render"]
