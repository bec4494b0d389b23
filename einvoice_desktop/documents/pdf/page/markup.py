"""The safe subset of HTML a template may hold: ``b``, ``i``, ``br`` and the words of links; the rest is dropped.

Only text comes out. Scripts, styles and pictures vanish with all they hold: nothing is ever fetched (R-056).
"""

from __future__ import annotations

from html.parser import HTMLParser

_SILENT = frozenset("script style head title iframe object embed svg math template noscript textarea select".split())
_BREAKING = frozenset("br p div li tr h1 h2 h3 h4 h5 h6 ul ol table hr section footer header address".split())
_MARKS = ("<", "&")


def plain_text(html: str) -> str:
    """The words of ``html``, a line for each ``br`` or block; a text without markup comes out as it is."""
    if not any(mark in html for mark in _MARKS):
        return html
    parser = _Words()
    parser.feed(html)
    parser.close()
    lines = (" ".join(line.split()) for line in "".join(parser.parts).split("\n"))
    return "\n".join(line for line in lines if line)


class _Words(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self._silent: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _SILENT:
            self._silent.append(tag)
        elif tag in _BREAKING:
            self.parts.append("\n")

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _BREAKING:
            self.parts.append("\n")

    def handle_endtag(self, tag: str) -> None:
        if self._silent and tag == self._silent[-1]:
            self._silent.pop()
        elif tag in _BREAKING:
            self.parts.append("\n")

    def handle_data(self, data: str) -> None:
        if not self._silent:
            self.parts.append(data.replace("\n", " "))
