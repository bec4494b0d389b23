"""Breaking text into lines: at spaces, never at a no-break one, inside a word only when it is wider than the line."""

from __future__ import annotations

from einvoice_desktop.documents.pdf.drawing.fonts import Face

ELLIPSIS = "…"


def wrap(text: str, face: Face, size: float, width: float) -> list[str]:
    """Lines of ``text`` (printable) no wider than ``width`` points; line ends of the text are kept."""
    lines: list[str] = []
    for paragraph in text.split("\n"):
        lines += _wrap_paragraph(paragraph.strip(" "), face, size, width)
    while lines and not lines[-1]:
        lines.pop()
    return lines


def fitted(text: str, face: Face, size: float, width: float) -> str:
    """``text`` on one line, cut with an ellipsis when it is too wide."""
    if face.width(text, size) <= width:
        return text
    while text and face.width(text + ELLIPSIS, size) > width:
        text = text[:-1]
    return text.rstrip() + ELLIPSIS


def _wrap_paragraph(text: str, face: Face, size: float, width: float) -> list[str]:
    if face.width(text, size) <= width:
        return [text]
    lines: list[str] = []
    line, used = "", 0.0
    space = face.width(" ", size)
    for word in text.split(" "):
        needed = face.width(word, size)
        if line and used + space + needed <= width:
            line, used = f"{line} {word}", used + space + needed
            continue
        if line:
            lines.append(line)
        *full, word = _pieces(word, face, size, width)  # noqa: PLW2901 - what is left of it starts the next line
        lines += full
        line, used = word, face.width(word, size)
    if line:
        lines.append(line)
    return lines


def _pieces(word: str, face: Face, size: float, width: float) -> list[str]:
    if face.width(word, size) <= width:
        return [word]
    pieces: list[str] = []
    piece, used = "", 0.0
    for character in word:
        needed = face.width(character, size)
        if piece and used + needed > width:
            kept = _at_a_hyphen(piece)
            pieces.append(kept)
            piece = piece[len(kept) :]
            used = face.width(piece, size)
        piece, used = piece + character, used + needed
    pieces.append(piece)
    return pieces


def _at_a_hyphen(piece: str) -> str:
    """``piece`` up to its last hyphen or slash when that keeps at least half of it, else all of it."""
    cut = max(piece.rfind("-"), piece.rfind("/"), piece.rfind("_")) + 1
    return piece[:cut] if cut * 2 >= len(piece) else piece
