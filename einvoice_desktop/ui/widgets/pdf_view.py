"""A PDF on a desk: pages one under another, fitted to the view, redrawn off the GUI thread.

The old picture stays until the new one is ready: a live preview that blinks at each key is worse than none.
"""

from __future__ import annotations

from typing import ClassVar

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QPoint, QRect, QSize, QSizeF, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QImage, QKeyEvent, QPainter, QPaintEvent, QPalette, QResizeEvent, QWheelEvent
from PySide6.QtPdf import QPdfDocument, QPdfDocumentRenderOptions, QPdfPageRenderer
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QSizePolicy, QWidget

_POINTS_PER_INCH = 72
_LEAST_EMS = 19
"""A page is fitted whole into the view, but never smaller than this many lines of text is wide."""


class PdfView(QAbstractScrollArea):
    """Shows PDF bytes.

    Signals:
        page_drawn: the picture of that page is on the screen.
        failed: the bytes are no PDF that can be shown.
    """

    page_drawn = Signal(int)
    failed = Signal()

    ZOOM_STEPS: ClassVar[tuple[float, ...]] = (0.5, 0.75, 1.0, 1.25, 1.5, 2.0, 3.0)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._document: QPdfDocument | None = None
        self._buffer: QBuffer | None = None
        self._content: bytes | None = None
        self._message = ""
        self._zoom = 1.0
        self._sizes: list[QSizeF] = []
        self._images: dict[int, QImage] = {}
        self._asked: dict[int, int] = {}
        self._renderer = QPdfPageRenderer(self)
        self._renderer.setRenderMode(QPdfPageRenderer.RenderMode.MultiThreaded)
        self._renderer.pageRendered.connect(self._page_rendered)
        self._redraw = QTimer(self)
        self._redraw.setSingleShot(True)
        self._redraw.setInterval(40)
        self._redraw.timeout.connect(self._request_visible)
        self._set_up()

    def _set_up(self) -> None:
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self.viewport().setBackgroundRole(QPalette.ColorRole.Window)
        self.viewport().setAutoFillBackground(True)
        self.verticalScrollBar().valueChanged.connect(self._redraw.start)
        self.setAccessibleName(self.tr("Page du document"))

    # -- what is shown -------------------------------------------------------------------------------------------

    @property
    def content(self) -> bytes | None:
        """The bytes on show."""
        return self._content

    @property
    def page_count(self) -> int:
        """How many pages are on show."""
        return len(self._sizes)

    @property
    def is_drawn(self) -> bool:
        """Whether the first page is on the screen, as sharp as it will be."""
        return 0 in self._images and not self._asked and not self._redraw.isActive()

    @property
    def is_settled(self) -> bool:
        """Whether nothing is being drawn (a picture of the window may be taken)."""
        return self._document is None or not self.isVisible() or self.is_drawn

    def show_message(self, message: str) -> None:
        """Take the pages away and say why in the middle of the desk."""
        self._message = message
        self._content = None
        self._replace_document(None, None)
        self._images.clear()
        self._sizes = []
        self._lay_out()
        self.setAccessibleDescription(message)

    def show_bytes(self, content: bytes) -> None:
        """Show these pages; where one was reading stays where it was."""
        if content == self._content:
            return
        buffer = QBuffer()
        buffer.setData(QByteArray(content))
        buffer.open(QIODevice.OpenModeFlag.ReadOnly)
        document = QPdfDocument()
        document.load(buffer)
        if document.status() != QPdfDocument.Status.Ready or document.pageCount() == 0:
            document.deleteLater()
            self.show_message(self.tr("Ces pages ne peuvent pas être affichées."))
            self.failed.emit()
            return
        self._content, self._message = content, ""
        self._replace_document(document, buffer)
        self._sizes = [document.pagePointSize(page) for page in range(document.pageCount())]
        self._images = {page: image for page, image in self._images.items() if page < len(self._sizes)}
        self._lay_out()
        self._request_visible()
        self.setAccessibleDescription(self.tr("%n page(s)", "", len(self._sizes)))

    def _replace_document(self, document: QPdfDocument | None, buffer: QBuffer | None) -> None:
        # The renderer lets go of the old document (it waits for its thread) before that one is deleted.
        old = self._document
        self._asked.clear()
        if document is not None or old is not None:
            self._renderer.setDocument(document)  # type: ignore[arg-type]
        self._document, self._buffer = document, buffer
        if old is not None:
            old.deleteLater()

    # -- zoom ----------------------------------------------------------------------------------------------------

    @property
    def zoom(self) -> float:
        """1.0 = fitted."""
        return self._zoom

    def set_zoom(self, zoom: float) -> None:
        """Enlarge from the fitted size."""
        self._zoom = min(max(zoom, self.ZOOM_STEPS[0]), self.ZOOM_STEPS[-1])
        self._lay_out()
        self._redraw.start()

    def zoom_in(self) -> None:
        """One step larger."""
        self.set_zoom(next((step for step in self.ZOOM_STEPS if step > self._zoom), self._zoom))

    def zoom_out(self) -> None:
        """One step smaller."""
        self.set_zoom(next((step for step in reversed(self.ZOOM_STEPS) if step < self._zoom), self._zoom))

    # -- geometry ------------------------------------------------------------------------------------------------

    @property
    def _gap(self) -> int:
        return max(12, self.fontMetrics().height())

    def _page_rects(self) -> list[QRect]:
        """Rectangles of the pages on the whole desk, device independent pixels."""
        gap, top, rects = self._gap, self._gap, []
        available = self.viewport().width() - 2 * gap
        for size in self._sizes:
            natural = size.width() * self.logicalDpiX() / _POINTS_PER_INCH
            whole = (self.viewport().height() - 2 * gap - 6) * size.width() / max(size.height(), 1.0)
            width = int(
                min(available, natural * 1.25, max(whole, _LEAST_EMS * self.fontMetrics().height())) * self._zoom
            )
            width = max(120, width)
            height = int(width * size.height() / max(size.width(), 1.0))
            left = max(gap, (self.viewport().width() - width) // 2)
            rects.append(QRect(left, top, width, height))
            top += height + gap
        return rects

    def _lay_out(self) -> None:
        rects = self._page_rects()
        height = rects[-1].bottom() + self._gap if rects else 0
        width = max((r.width() for r in rects), default=0) + 2 * self._gap
        for bar, whole, seen in (
            (self.verticalScrollBar(), height, self.viewport().height()),
            (self.horizontalScrollBar(), width, self.viewport().width()),
        ):
            bar.setPageStep(seen)
            bar.setSingleStep(self.fontMetrics().height() * 2)
            bar.setRange(0, max(0, whole - seen))
        self.viewport().update()

    def _scrolled(self, rect: QRect) -> QRect:
        return rect.translated(QPoint(-self.horizontalScrollBar().value(), -self.verticalScrollBar().value()))

    # -- drawing -------------------------------------------------------------------------------------------------

    def _request_visible(self) -> None:
        if self._document is None or not self.isVisible():
            return
        ratio = self.devicePixelRatioF()
        for page, rect in enumerate(self._page_rects()):
            if self._scrolled(rect).intersects(self.viewport().rect()):
                size = QSize(round(rect.width() * ratio), round(rect.height() * ratio))
                self._asked[self._renderer.requestPage(page, size)] = page

    def _page_rendered(
        self, page: int, _size: QSize, image: QImage, _options: QPdfDocumentRenderOptions, request: int
    ) -> None:
        if self._asked.pop(request, None) is None:
            return
        self._images[page] = image
        self.viewport().update()
        self.page_drawn.emit(page)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The desk, the sheets with a soft shadow, or the message."""
        painter = QPainter(self.viewport())
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        if not self._sizes:
            painter.setPen(self.palette().color(QPalette.ColorRole.PlaceholderText))
            area = self.viewport().rect().adjusted(24, 24, -24, -24)
            flags = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
            painter.drawText(area, int(flags), self._message)
            return
        for page, rect in enumerate(self._page_rects()):
            shown = self._scrolled(rect)
            if shown.intersects(self.viewport().rect()):
                self._draw_page(painter, page, shown)

    def _draw_page(self, painter: QPainter, page: int, rect: QRect) -> None:
        painter.setPen(Qt.PenStyle.NoPen)
        for spread in range(12, 0, -2):
            painter.setBrush(QColor(0, 0, 0, 5))
            painter.drawRoundedRect(rect.adjusted(-spread, -spread + 2, spread, spread + 2), spread + 2, spread + 2)
        painter.fillRect(rect, QColor(Qt.GlobalColor.white))
        image = self._images.get(page)
        if image is not None:
            painter.drawImage(rect, image)

    # -- Qt ------------------------------------------------------------------------------------------------------

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit again; the sharp picture follows when the splitter rests."""
        super().resizeEvent(event)
        self._lay_out()
        self._redraw.start()

    def showEvent(self, event: object) -> None:
        """Draw what was given while hidden."""
        super().showEvent(event)  # type: ignore[arg-type]
        self._lay_out()
        self._request_visible()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Ctrl + wheel zooms."""
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            (self.zoom_in if event.angleDelta().y() > 0 else self.zoom_out)()
            event.accept()
            return
        super().wheelEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ctrl + « + », « − » and « 0 » zoom."""
        actions = {Qt.Key.Key_Plus: self.zoom_in, Qt.Key.Key_Minus: self.zoom_out, Qt.Key.Key_0: self._zoom_reset}
        action = actions.get(Qt.Key(event.key()))
        if action is not None and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            action()
            return
        super().keyPressEvent(event)

    def _zoom_reset(self) -> None:
        self.set_zoom(1.0)

    def sizeHint(self) -> QSize:
        """A page at a comfortable reading width."""
        em = self.fontMetrics().height()
        return QSize(26 * em, 34 * em)
