"""One page being drawn, and the blocks that are put on it.

Places are in points from the top left corner; the content stream is written directly, as a page needs only text,
rectangles, lines and pictures, and reportlab's canvas would bring a Helvetica that PDF/A forbids.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from math import cos, radians, sin
from typing import Protocol

from einvoice_desktop.documents.pdf.drawing.colours import Rgb
from einvoice_desktop.documents.pdf.drawing.fonts import Face
from einvoice_desktop.documents.pdf.drawing.tags import Mark, Tag

WIDTH, HEIGHT = 595.28, 841.89
LEFT, RIGHT = 45.0, 550.28
TOP, BOTTOM = 42.0, 788.0
"""A4; nothing but the foot of the page lies below ``BOTTOM``."""

_ROUND = 0.5523


class Encoder(Protocol):
    """Turns text into the codes of embedded subsets, pairs of a font name and its bytes."""

    def encode(self, face: Face, text: str) -> list[tuple[str, bytes]]:
        """Runs of ``text``, each within one subset."""
        ...


@dataclass(frozen=True, slots=True)
class Block:
    """Something with a height that is drawn at once: ``draw(sheet, top)``."""

    height: float
    draw: Callable[[Sheet, float], None]


class Sheet:
    """The content of one page.

    Text belongs to the tag it is drawn inside of (:meth:`inside`), else it is an artifact; lines and fills always are;
    a picture or a code is one unless it is drawn inside a ``Figure``.
    """

    def __init__(self, encoder: Encoder, root: Tag, page: int) -> None:
        self._encoder = encoder
        self._parts: list[bytes] = []
        self._fill: Rgb | None = None
        self._root = root
        self._page = page
        self._tag: Tag | None = None
        self._open: Tag | None = None
        self._is_open = False
        self._marks = 0
        self.pictures: set[str] = set()

    def content(self) -> bytes:
        """The content stream."""
        end = [b"EMC"] if self._is_open else []
        return b"\n".join(self._parts + end) + b"\n"

    @contextmanager
    def inside(self, tag: Tag) -> Iterator[None]:
        """What is drawn meanwhile is content of ``tag``, which goes under the tag one is already inside of."""
        outer = self._tag
        (outer or self._root).add(tag)
        self._tag = tag
        yield
        self._tag = outer

    def _mark(self, tag: Tag | None) -> None:
        """Open a sequence of marked content for ``tag``, or an artifact, unless it is the one that is open."""
        if self._is_open and self._open is tag:
            return
        if self._is_open:
            self._parts.append(b"EMC")
        if tag is None:
            self._parts.append(b"/Artifact BMC")
        else:
            tag.add(Mark(self._page, self._marks))
            self._parts.append(b"/%s <</MCID %d>> BDC" % (tag.kind.encode(), self._marks))
            self._marks += 1
        self._open, self._is_open = tag, True

    def _figure(self) -> Tag | None:
        return self._tag if self._tag is not None and self._tag.kind == "Figure" else None

    def text(self, x: float, baseline: float, text: str, face: Face, size: float, colour: Rgb) -> None:
        """``text`` (printable) from ``x``."""
        if text:
            self._show(f"1 0 0 1 {x:.2f} {HEIGHT - baseline:.2f} Tm", text, face, size, colour)

    def text_right(self, right: float, baseline: float, text: str, face: Face, size: float, colour: Rgb) -> None:
        """``text`` that ends at ``right``."""
        self.text(right - face.width(text, size), baseline, text, face, size, colour)

    def text_tilted(self, x: float, y: float, text: str, face: Face, size: float, colour: Rgb, degrees: float) -> None:
        """``text`` centred on a point, turned anticlockwise."""
        cosine, sine = cos(radians(degrees)), sin(radians(degrees))
        half = face.width(text, size) / 2
        left = x - half * cosine + 0.33 * size * sine
        low = HEIGHT - y - half * sine - 0.33 * size * cosine
        matrix = f"{cosine:.4f} {sine:.4f} {-sine:.4f} {cosine:.4f} {left:.2f} {low:.2f} Tm"
        self._show(matrix, text, face, size, colour)

    def lines(
        self, x: float, baseline: float, lines: Sequence[str], face: Face, size: float, leading: float, colour: Rgb
    ) -> float:
        """Several lines; the baseline the next one would have."""
        for line in lines:
            self.text(x, baseline, line, face, size, colour)
            baseline += leading
        return baseline

    def rule(self, x1: float, x2: float, y: float, colour: Rgb, thickness: float = 0.6) -> None:
        """A horizontal line, drawn as a thin rectangle."""
        self.box(x1, y - thickness / 2, x2 - x1, thickness, colour)

    def box(self, x: float, top: float, width: float, height: float, colour: Rgb, radius: float = 0) -> None:
        """A filled rectangle, its corners round on request."""
        self._mark(None)
        self._use(colour)
        low = HEIGHT - top - height
        if not radius:
            self._add(f"{x:.2f} {low:.2f} {width:.2f} {height:.2f} re f")
            return
        self._add(_rounded(x, low, width, height, radius) + " f")

    def frame(self, x: float, top: float, width: float, height: float, colour: Rgb, radius: float) -> None:
        """The outline of a rounded rectangle."""
        self._mark(None)
        red, green, blue = colour
        path = _rounded(x, HEIGHT - top - height, width, height, radius)
        self._add(f"{red:.3f} {green:.3f} {blue:.3f} RG 0.7 w {path} s")

    def cells(self, x: float, top: float, size: float, rows: Sequence[Sequence[int]], colour: Rgb) -> None:
        """The dark squares of ``rows`` (1 dark, 0 light), each run of a row as one rectangle."""
        self._mark(self._figure())
        self._use(colour)
        for index, row in enumerate(rows):
            low = HEIGHT - top - (index + 1) * size
            for start, length in _runs(row):
                self._add(f"{x + start * size:.3f} {low:.3f} {length * size:.3f} {size:.3f} re")
        self._add("f")

    def picture(self, name: str, x: float, top: float, width: float, height: float) -> None:
        """A picture that the document holds under ``name``."""
        self.pictures.add(name)
        self._mark(self._figure())
        self._add(f"q {width:.2f} 0 0 {height:.2f} {x:.2f} {HEIGHT - top - height:.2f} cm /{name} Do Q")

    def _show(self, matrix: str, text: str, face: Face, size: float, colour: Rgb) -> None:
        self._mark(self._tag)
        self._use(colour)
        self._add(f"BT {matrix}")
        for font, codes in self._encoder.encode(face, text):
            escaped = codes.replace(b"\\", b"\\\\").replace(b"(", b"\\(").replace(b")", b"\\)").replace(b"\r", b"\\r")
            self._parts.append(b"%s %.2f Tf (%s) Tj" % (font.encode(), size, escaped))
        self._add("ET")

    def _use(self, colour: Rgb) -> None:
        if colour != self._fill:
            self._fill = colour
            red, green, blue = colour
            self._add(f"{red:.3f} {green:.3f} {blue:.3f} rg")

    def _add(self, operators: str) -> None:
        self._parts.append(operators.encode("ascii"))


def _rounded(x: float, y: float, width: float, height: float, radius: float) -> str:
    radius = min(radius, width / 2, height / 2)
    bend = radius * (1 - _ROUND)
    right, upper = x + width, y + height
    return (
        f"{x + radius:.2f} {y:.2f} m {right - radius:.2f} {y:.2f} l "
        f"{right - bend:.2f} {y:.2f} {right:.2f} {y + bend:.2f} {right:.2f} {y + radius:.2f} c "
        f"{right:.2f} {upper - radius:.2f} l "
        f"{right:.2f} {upper - bend:.2f} {right - bend:.2f} {upper:.2f} {right - radius:.2f} {upper:.2f} c "
        f"{x + radius:.2f} {upper:.2f} l "
        f"{x + bend:.2f} {upper:.2f} {x:.2f} {upper - bend:.2f} {x:.2f} {upper - radius:.2f} c "
        f"{x:.2f} {y + radius:.2f} l "
        f"{x:.2f} {y + bend:.2f} {x + bend:.2f} {y:.2f} {x + radius:.2f} {y:.2f} c h"
    )


def _runs(row: Sequence[int]) -> list[tuple[int, int]]:
    found: list[tuple[int, int]] = []
    start = None
    for index, cell in enumerate([*row, 0]):
        if cell and start is None:
            start = index
        elif not cell and start is not None:
            found.append((start, index - start))
            start = None
    return found
