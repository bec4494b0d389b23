"""Faces, lines, colours, pictures: what every page is made of."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from einvoice_desktop.documents.pdf import ReportlabPdf
from einvoice_desktop.documents.pdf.drawing.colours import INK, WHITE, contrast, palette
from einvoice_desktop.documents.pdf.drawing.fonts import MISSING, load_fonts
from einvoice_desktop.documents.pdf.drawing.pictures import initials, read_picture
from einvoice_desktop.documents.pdf.drawing.wrapping import fitted, wrap
from einvoice_desktop.ports.documents import Appearance, is_colour
from tests.documents.pdf import samples
from tests.documents.pdf.reading import flat_text, open_pdf


@given(st.text(max_size=200))
def test_printable_text_can_always_be_drawn(text: str) -> None:
    fonts = load_fonts()
    clean = fonts.printable(text)
    assert set(clean) <= fonts.known | {"\n"}
    assert fonts.printable(clean) == clean


@pytest.mark.parametrize(
    ("text", "drawn"),
    [
        ("1 234,56 € – « à l’œuvre » … n°", "1 234,56 € – « à l’œuvre » … n°"),
        ("e\u0301te\u0301", "été"),
        ("a\tb\u200bc\x07d", "a bcd"),
        ("ﬁn ① １２", "ﬁn 1 12"),
        ("🚀 株", f"{MISSING} {MISSING}"),
        ("\r\nx\ry", "\nx\ny"),
        ("non\u2011sécable", "non-sécable"),
    ],
)
def test_what_the_faces_lack_has_a_replacement(text: str, drawn: str) -> None:
    assert load_fonts().printable(text) == drawn


def test_figures_have_one_width() -> None:
    fonts = load_fonts()
    for face in (fonts.regular, fonts.strong):
        assert len({face.widths[digit] for digit in "0123456789"}) == 1


@given(st.text(alphabet="ab-é \n\u00a0", max_size=300), st.floats(20, 300))
def test_no_line_is_too_wide_and_no_letter_is_lost(text: str, width: float) -> None:
    face = load_fonts().regular
    lines = wrap(text, face, 9, width)
    assert all(face.width(line, 9) <= width + 0.01 for line in lines)
    assert "".join(lines).replace(" ", "") == text.replace(" ", "").replace("\n", "")


@given(st.text(alphabet="abcdefgh ", max_size=80))
def test_a_fitted_line_fits(text: str) -> None:
    face = load_fonts().regular
    assert face.width(fitted(text, face, 8, 90), 8) <= 90


COLOURS = st.from_regex(r"\A#[0-9A-Fa-f]{6}\Z")


@given(COLOURS, COLOURS | st.just(""))
def test_any_company_colour_gives_readable_text(colour: str, secondary: str) -> None:
    colours = palette(colour, secondary)
    assert contrast(colours.accent_text, WHITE) >= 4.5
    assert contrast(colours.accent_text, colours.tint) >= 4.5
    assert contrast(colours.on_accent, colours.accent) >= 4
    assert contrast(colours.quiet_text, colours.panel) >= 4.5
    assert contrast(INK, colours.panel) >= 7


@given(COLOURS)
def test_only_six_hexadecimal_figures_are_a_colour(colour: str) -> None:
    assert is_colour(colour)
    assert not is_colour(colour[1:])
    assert not any(is_colour(colour + more) for more in ("0", "\n", " "))


@pytest.mark.parametrize("colour", ["", "red", "#12", "#GGGGGG", "0E7C66"])
def test_an_unknown_colour_is_the_default_one(colour: str) -> None:
    assert palette(colour) == palette("#0E7C66")


@pytest.mark.parametrize("mode", ["RGBA", "RGB", "L", "CMYK"])
def test_a_logo_of_any_mode_is_shown_opaque(maker: ReportlabPdf, mode: str) -> None:
    content = maker.render(samples.invoice(), Appearance(logo=samples.png(mode=mode)))
    (image,) = open_pdf(content).pages[0].images
    assert image.image is not None
    assert image.image.mode == "RGB"


def test_a_transparent_ground_becomes_white() -> None:
    picture = read_picture(samples.png())
    assert picture is not None
    import zlib

    assert zlib.decompress(picture.data)[:3] == b"\xff\xff\xff"


def _bomb() -> bytes:
    """A PNG of 60 000 × 60 000 that weighs nothing."""
    import struct
    import zlib

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", 60_000, 60_000, 1, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"\0")) + chunk(b"IEND", b"")


@pytest.mark.parametrize(
    "content",
    [b"not an image", b"\x89PNG\r\n\x1a\n", samples.png()[:200], _bomb(), b"GIF89a", b"<svg/>"],
    ids=["text", "header only", "cut", "bomb", "gif", "svg"],
)
def test_a_bad_logo_gives_way_to_initials(maker: ReportlabPdf, content: bytes) -> None:
    assert read_picture(content) is None
    assert "AB" in flat_text(maker.render(samples.invoice(), Appearance(logo=content)))


@pytest.mark.parametrize(
    ("name", "letters"),
    [
        ("Atelier Brossard", "AB"),
        ("Globex", "GL"),
        ("L’Île-d’Or", "LÎ"),
        ("", ""),
        ("« École »", "ÉC"),
        ("7 & Co", "7C"),
    ],
)
def test_initials(name: str, letters: str) -> None:
    assert initials(name) == letters
