"""Printing a PDF through the system's print dialog."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QRect, QSize, Qt
from PySide6.QtGui import QPainter
from PySide6.QtPdf import QPdfDocument
from PySide6.QtWidgets import QDialog

_MOST_DOTS = 300
"""Resolution pages are drawn at: enough for text, light enough for memory."""


def print_pdf(content: bytes, name: str, show: Callable[[QDialog], bool]) -> bool:
    """Ask for a printer with ``show`` and print; whether pages were sent."""
    from PySide6.QtPrintSupport import QPrintDialog, QPrinter

    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setDocName(name)
    printer.setResolution(min(printer.resolution(), _MOST_DOTS))
    dialog = QPrintDialog(printer)
    dialog.setOption(QPrintDialog.PrintDialogOption.PrintToFile)
    return show(dialog) and paint_pages(content, printer)


def paint_pages(content: bytes, printer: object) -> bool:
    """Draw every page on ``printer`` (a ``QPrinter``); whether there was any."""
    from PySide6.QtPrintSupport import QPrinter

    if not isinstance(printer, QPrinter):
        return False
    buffer = QBuffer()
    buffer.setData(QByteArray(content))
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    document = QPdfDocument()
    document.load(buffer)
    painter = QPainter()
    if document.pageCount() == 0 or not painter.begin(printer):
        return False
    for page in range(document.pageCount()):
        if page:
            printer.newPage()
        area = painter.viewport()
        size = document.pagePointSize(page).scaled(area.size(), Qt.AspectRatioMode.KeepAspectRatio)
        image = document.render(page, QSize(round(size.width()), round(size.height())))
        left = (area.width() - image.width()) // 2
        painter.drawImage(QRect(left, 0, image.width(), image.height()), image)
    painter.end()
    return True
