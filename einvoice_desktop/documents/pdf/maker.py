"""The port ``PdfMaker`` on reportlab: previews, Factur-X files, readable pages of received documents."""

from __future__ import annotations

import threading
from datetime import UTC, datetime, time

from einvoice_desktop.documents import facturx
from einvoice_desktop.documents.pdf.drawing.archive import Archive, Attached, Bookmark, srgb_profile
from einvoice_desktop.documents.pdf.drawing.colours import SOBER, palette
from einvoice_desktop.documents.pdf.drawing.fonts import load_fonts
from einvoice_desktop.documents.pdf.drawing.pictures import read_picture
from einvoice_desktop.documents.pdf.drawing.style import Style
from einvoice_desktop.documents.pdf.drawing.xmp import Properties
from einvoice_desktop.documents.pdf.page import figures, payment_code, wording
from einvoice_desktop.documents.pdf.page.composition import Setting, compose
from einvoice_desktop.documents.pdf.page.header import LOGO
from einvoice_desktop.domain.invoice import Invoice
from einvoice_desktop.ports.documents import Appearance

PRODUCER = "einvoice-desktop"


class ReportlabPdf:
    """Draws the readable page and, in the same stroke, the Factur-X file around it.

    May be called from any thread, one document at a time: the parsed faces are shared.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()

    def warm_up(self) -> None:
        """Load what the first document needs (libraries, faces, profile); better done in the background."""
        with self._lock:
            Archive(load_fonts())
            srgb_profile()
            payment_code.matrix("BCD")

    def render(self, invoice: Invoice, appearance: Appearance) -> bytes:
        """A PDF/A-3b page set of ``invoice``, without XML (the live preview), dated of the day of issue."""
        return self._make(invoice, self._setting(appearance), _midnight(invoice), None)

    def make(self, invoice: Invoice, appearance: Appearance, xml: bytes, *, made_at: datetime) -> bytes:
        """The Factur-X file: the page of :meth:`render` with ``xml`` inside as ``factur-x.xml`` (PDF/A-3b).

        Raises:
            UserError: ``ED-FACTURX-PROFILE``, the profile of ``invoice`` has no Factur-X level.
            ValueError: ``made_at`` has no time zone.
        """
        if made_at.tzinfo is None:
            raise ValueError("made_at needs a time zone")
        relationship = facturx.relationship(invoice.profile)
        attached = Attached(facturx.FILENAME, xml, facturx.MEDIA_TYPE, facturx.DESCRIPTION, relationship)
        return self._make(invoice, self._setting(appearance), made_at, attached)

    def render_received(self, invoice: Invoice) -> bytes:
        """A sober readable page for a received XML that came without a PDF; it says so at its top."""
        setting = Setting(Style(load_fonts(), palette(SOBER), is_received=True))
        return self._make(invoice, setting, _midnight(invoice), None)

    def _setting(self, appearance: Appearance) -> Setting:
        style = Style(
            load_fonts(), palette(appearance.colour, appearance.secondary_colour), language=appearance.language
        )
        logo = read_picture(appearance.logo) if appearance.logo else None
        return Setting(style, logo, appearance.footer, appearance.watermark, appearance.columns)

    def _make(self, invoice: Invoice, setting: Setting, made_at: datetime, attached: Attached | None) -> bytes:
        with self._lock:
            archive = Archive(setting.style.fonts)
            made = compose(invoice, setting, archive)
            count = len(made.sheets)
            bookmarks = [Bookmark(f"Page {index}", index - 1) for index in range(1, count + 1)]
            return archive.finish(
                made.sheets,
                made.tree,
                _properties(invoice, setting.style, made_at, with_xml=attached is not None),
                pictures={} if setting.logo is None else {LOGO: setting.logo},
                attached=attached,
                bookmarks=bookmarks if count > 1 else (),
            )


def _midnight(invoice: Invoice) -> datetime:
    return datetime.combine(invoice.issue_date, time(), UTC)


def _properties(invoice: Invoice, style: Style, made_at: datetime, *, with_xml: bool) -> Properties:
    """What the file says of itself; words of a second language are not marked as such, so it is no PDF/UA then."""
    fonts = style.fonts
    name = f"{wording.title(invoice)} {invoice.number}".strip()
    seller = fonts.printable(invoice.seller.name).replace("\n", " ")
    return Properties(
        title=fonts.printable(name).replace("\n", " "),
        author=seller,
        subject=fonts.printable(f"{name} du {figures.day(invoice.issue_date)} de {seller}").replace("\n", " "),
        producer=PRODUCER,
        made_at=made_at,
        extension=facturx.xmp_extension(invoice.profile) if with_xml else "",
        is_accessible=not style.language,
    )
