"""Putting blocks one under another, page after page."""

from __future__ import annotations

from einvoice_desktop.documents.pdf.drawing.sheet import BOTTOM, TOP, Block

CONTINUED_TOP = TOP + 28
"""Top of the content of every page but the first: a line of heading lies above."""


class Flow:
    """The blocks of each page with their tops (``pages``), and where the next would start (``y``).

    ``gap_scale`` multiplies every gap between blocks.
    """

    def __init__(self, gap_scale: float = 1.0) -> None:
        self._gap_scale = gap_scale
        self.pages: list[list[tuple[Block, float]]] = [[]]
        self.y = TOP

    @property
    def room(self) -> float:
        """Height left on this page."""
        return BOTTOM - self.y

    @property
    def is_fresh(self) -> bool:
        """Whether nothing is on this page yet."""
        return not self.pages[-1]

    def put(self, block: Block, gap: float = 0) -> None:
        """``block`` after ``gap``, on the next page when it does not fit here."""
        if not self.is_fresh and gap * self._gap_scale + block.height > self.room:
            self.turn()
        self.put_here(block, 0 if self.is_fresh else gap)

    def put_here(self, block: Block, gap: float = 0) -> None:
        """``block`` on this page, whatever its height."""
        self.skip(gap)
        self.pages[-1].append((block, self.y))
        self.y += block.height

    def skip(self, gap: float) -> None:
        """Leave ``gap``."""
        self.y += gap * self._gap_scale

    def turn(self) -> None:
        """Start a page."""
        self.pages.append([])
        self.y = CONTINUED_TOP
