"""Putting blocks one under another, page after page."""

from __future__ import annotations

from einvoice_desktop.documents.pdf.drawing.sheet import BOTTOM, TOP, Block

CONTINUED_TOP = TOP + 28
"""Top of the content of every page but the first: a line of heading lies above."""


class Flow:
    """The blocks of each page with their tops (``pages``), and where the next would start (``y``)."""

    def __init__(self) -> None:
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
        if not self.is_fresh and gap + block.height > self.room:
            self.turn()
        self.put_here(block, 0 if self.is_fresh else gap)

    def put_here(self, block: Block, gap: float = 0) -> None:
        """``block`` on this page, whatever its height."""
        self.y += gap
        self.pages[-1].append((block, self.y))
        self.y += block.height

    def turn(self) -> None:
        """Start a page."""
        self.pages.append([])
        self.y = CONTINUED_TOP
