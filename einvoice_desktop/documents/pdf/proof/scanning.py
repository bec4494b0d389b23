"""The text of a page as its content stream shows it: what is drawn, in what order, and where.

Only what a reader sees counts: invisible text (render modes 3 and 7) and text outside the page are left out.
ISO 32000-1, 9.4 (text) and 9.10 (extraction by ``ToUnicode``).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace

Matrix = tuple[float, float, float, float, float, float]

IDENTITY: Matrix = (1, 0, 0, 1, 0, 0)
_TOKEN = re.compile(
    rb"(\((?:[^()\\]|\\.)*\))"  # 1 literal string
    rb"|(<[0-9A-Fa-f\s]*>)"  # 2 hexadecimal string
    rb"|(/[^\s()<>\[\]{}/%]*)"  # 3 name
    rb"|([+-]?(?:\d+\.?\d*|\.\d+))"  # 4 number
    rb"|([A-Za-z'\"][A-Za-z0-9*'\"]*)"  # 5 operator
    rb"|(<<|>>|\[|\]|%[^\r\n]*)"  # 6 brackets, comments
    rb"|(\S)",  # 7 anything else is not understood
    re.DOTALL,
)
_ESCAPE = re.compile(rb"\\([0-7]{1,3}|\r\n|.)", re.DOTALL)
_ESCAPES = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f", b"\n": b"", b"\r": b"", b"\r\n": b""}
_INVISIBLE = frozenset({3, 7})
_BF = re.compile(rb"beginbf(char|range)(.*?)endbf", re.DOTALL)
_HEX = re.compile(rb"<([0-9A-Fa-f\s]*)>")
_RANGE = re.compile(rb"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>\s*(?:<([0-9A-Fa-f\s]+)>|\[([^\]]*)\])")


class UnreadableError(Exception):
    """The stream holds something this reader does not understand: its text is not known."""


@dataclass(frozen=True, slots=True)
class Piece:
    """Text shown at once. Points from the left and from the top of its page; ``page`` counts from 0.

    ``is_level``: not tilted. ``is_artifact``: furniture of the page (14.8.2.2), not part of what the document tells.
    """

    page: int
    left: float
    right: float
    baseline: float
    text: str
    is_level: bool = True
    is_artifact: bool = False


@dataclass(frozen=True)
class Font:
    """How codes of one font become text and widths (thousandths of the size)."""

    texts: Mapping[bytes, str]
    widths: Mapping[int, float]
    code_length: int = 1

    def decode(self, codes: bytes) -> tuple[str, float]:
        """The text of ``codes`` and its width for a size of 1."""
        step, texts, widths = self.code_length, self.texts, self.widths
        parts = [codes[i : i + step] for i in range(0, len(codes), step)]
        try:
            text = "".join([texts[part] for part in parts])
        except KeyError as error:
            raise UnreadableError(f"code {error} has no text") from None
        return text, sum([widths.get(int.from_bytes(part, "big"), 0.0) for part in parts]) / 1000


def unicode_map(stream: bytes) -> tuple[dict[bytes, str], int]:
    """The texts of a ``ToUnicode`` CMap and the length of its codes."""
    texts: dict[bytes, str] = {}
    for kind, body in _BF.findall(stream):
        if kind == b"char":
            values = _HEX.findall(body)
            texts |= {
                bytes.fromhex(code.decode()): _utf16(text)
                for code, text in zip(values[::2], values[1::2], strict=False)
            }
            continue
        for low, high, first, many in _RANGE.findall(body):
            texts |= _range(low, high, first, many)
    return texts, max(map(len, texts), default=1)


def _range(low: bytes, high: bytes, first: bytes, many: bytes) -> dict[bytes, str]:
    length, start, end = len(low) // 2, int(low, 16), int(high, 16)
    if end - start > 0xFFFF:
        raise UnreadableError("endless range in a ToUnicode map")
    if many:
        found = [_utf16(text) for text in _HEX.findall(many)]
    else:
        base = _utf16(first)
        found = [base[:-1] + chr(ord(base[-1]) + step) for step in range(end - start + 1)] if base else []
    return {(start + index).to_bytes(length, "big"): text for index, text in enumerate(found)}


def _utf16(digits: bytes) -> str:
    return bytes.fromhex(digits.decode()).decode("utf-16-be", "replace")


@dataclass
class _State:
    matrix: Matrix = IDENTITY
    font: str = ""
    size: float = 0.0
    leading: float = 0.0
    mode: int = 0


@dataclass
class _Page:
    """One pass over the tokens of a page."""

    number: int
    width: float
    height: float
    fonts: Mapping[str, Font]
    pieces: list[Piece] = field(default_factory=list)
    state: _State = field(default_factory=_State)
    stack: list[_State] = field(default_factory=list)
    marked: list[object] = field(default_factory=list)
    line: Matrix = IDENTITY
    text: Matrix = IDENTITY
    goes_on: bool = False

    def save(self, _: Sequence[object]) -> None:
        state = self.state
        self.stack.append(_State(state.matrix, state.font, state.size, state.leading, state.mode))

    def restore(self, _: Sequence[object]) -> None:
        if not self.stack:
            raise UnreadableError("more states restored than saved")
        self.state = self.stack.pop()

    def concatenate(self, values: Sequence[object]) -> None:
        self.state.matrix = _product(_matrix(values), self.state.matrix)

    def begin(self, _: Sequence[object]) -> None:
        self._put(IDENTITY)

    def place(self, values: Sequence[object]) -> None:
        self._put(_matrix(values))

    def move(self, values: Sequence[object]) -> None:
        x, y = _numbers(values, 2)
        self._put(_product((1, 0, 0, 1, x, y), self.line))

    def _put(self, matrix: Matrix) -> None:
        self.line = self.text = matrix
        self.goes_on = False

    def move_leading(self, values: Sequence[object]) -> None:
        self.state.leading = -_numbers(values, 2)[1]
        self.move(values)

    def next_line(self, _: Sequence[object]) -> None:
        self.move((0.0, -self.state.leading))

    def set_leading(self, values: Sequence[object]) -> None:
        (self.state.leading,) = _numbers(values, 1)

    def set_mode(self, values: Sequence[object]) -> None:
        self.state.mode = int(_numbers(values, 1)[0])

    def set_font(self, values: Sequence[object]) -> None:
        if len(values) != 2 or not isinstance(values[0], str):
            raise UnreadableError("a font without a name")
        self.state.font, self.state.size = values[0], _numbers(values[1:], 1)[0]

    def show(self, values: Sequence[object]) -> None:
        font = self.fonts.get(self.state.font)
        if font is None:
            raise UnreadableError(f"the font {self.state.font} has no text")
        size, shown, width = self.state.size, "", 0.0
        for value in values:
            if isinstance(value, bytes):
                text, advance = font.decode(value)
                shown, width = shown + text, width + advance * size
            elif isinstance(value, float):
                width -= value / 1000 * size
        self._add(shown, width)
        self.text = _product((1, 0, 0, 1, width, 0), self.text)

    def show_next(self, values: Sequence[object]) -> None:
        self.next_line(())
        self.show(values[-1:])

    def mark(self, values: Sequence[object]) -> None:
        self.marked.append(values[0] if values else "")

    def unmark(self, _: Sequence[object]) -> None:
        if not self.marked:
            raise UnreadableError("more marked content ended than begun")
        self.marked.pop()

    def refuse(self, _: Sequence[object]) -> None:
        raise UnreadableError("an image inside the stream of the page")

    def _add(self, text: str, width: float) -> None:
        a, b, _, _, x, y = _product(self.text, self.state.matrix)
        is_seen = 0 <= x <= self.width and 0 <= y <= self.height and self.state.size > 0
        if is_seen and self.state.mode not in _INVISIBLE:
            right, baseline, is_artifact = x + width * a, self.height - y, "/Artifact" in self.marked
            shown = Piece(self.number, x, right, baseline, text, b == 0, is_artifact)
            if self.goes_on:  # the same text, its next characters in another font of the file
                last = self.pieces.pop()
                shown = replace(last, right=right, text=last.text + text)
            self.pieces.append(shown)
            self.goes_on = True


_OPERATORS: dict[bytes, Callable[[_Page, Sequence[object]], None]] = {
    b"q": _Page.save,
    b"Q": _Page.restore,
    b"cm": _Page.concatenate,
    b"BT": _Page.begin,
    b"Tm": _Page.place,
    b"Td": _Page.move,
    b"TD": _Page.move_leading,
    b"T*": _Page.next_line,
    b"TL": _Page.set_leading,
    b"Tr": _Page.set_mode,
    b"Tf": _Page.set_font,
    b"Tj": _Page.show,
    b"TJ": _Page.show,
    b"'": _Page.show_next,
    b'"': _Page.show_next,
    b"BMC": _Page.mark,
    b"BDC": _Page.mark,
    b"EMC": _Page.unmark,
    b"BI": _Page.refuse,
}


def pieces_of(content: bytes, number: int, size: tuple[float, float], fonts: Mapping[str, Font]) -> list[Piece]:
    """What the stream of page ``number`` shows, in drawing order.

    Raises:
        UnreadableError: the stream, or a font it uses, is not understood.
    """
    page = _Page(number, *size, fonts)
    operands: list[object] = []
    for found in _TOKEN.finditer(content):
        kind, token = found.lastindex, found.group()
        if kind == 5:
            action = _OPERATORS.get(token)
            if action is not None:
                action(page, operands)
            operands = []
        elif kind == 4:
            operands.append(float(token))
        elif kind == 1:
            operands.append(_literal(token))
        elif kind == 3:
            operands.append(token.decode("latin-1"))
        elif kind == 2:
            digits = re.sub(rb"\s", b"", token[1:-1]).decode()
            operands.append(bytes.fromhex(digits + "0" * (len(digits) % 2)))
        elif kind == 7:
            raise UnreadableError(f"{token!r} at {found.start()} of page {number + 1}")
    return page.pieces


def _literal(token: bytes) -> bytes:
    inner = token[1:-1]
    return _ESCAPE.sub(_unescape, inner) if b"\\" in inner else inner


def _unescape(found: re.Match[bytes]) -> bytes:
    code = found.group(1)
    if code[:1].isdigit():
        return bytes([int(code, 8) & 0xFF])
    return _ESCAPES.get(code, code)


def _numbers(values: Sequence[object], count: int) -> list[float]:
    found = [value for value in values if isinstance(value, float)]
    if len(found) != count:
        raise UnreadableError("an operator without its numbers")
    return found


def _matrix(values: Sequence[object]) -> Matrix:
    a, b, c, d, e, f = _numbers(values, 6)
    return a, b, c, d, e, f


def _product(one: Matrix, other: Matrix) -> Matrix:
    a, b, c, d, e, f = one
    p, q, r, s, t, u = other
    return a * p + b * r, a * q + b * s, c * p + d * r, c * q + d * s, e * p + f * r + t, e * q + f * s + u
