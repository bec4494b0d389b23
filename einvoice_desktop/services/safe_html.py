"""The safe subset of HTML a page template may hold: words and their emphasis, nothing that runs or is fetched (R-056)."""

from __future__ import annotations

from html import escape
from html.parser import HTMLParser

_KEPT = frozenset({"b", "strong", "i", "em", "u", "p", "br"})
_UNSEEN = frozenset({"script", "style", "iframe", "object", "embed", "svg", "template", "noscript", "head", "title"})


class _Sanitiser(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self._unseen = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        del attrs
        if tag in _UNSEEN:
            self._unseen += 1
        elif tag in _KEPT and not self._unseen:
            self.parts.append(f"<{tag}>")

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        del attrs
        if tag == "br" and not self._unseen:
            self.parts.append("<br>")

    def handle_endtag(self, tag: str) -> None:
        if tag in _UNSEEN:
            self._unseen = max(0, self._unseen - 1)
        elif tag in _KEPT and tag != "br" and not self._unseen:
            self.parts.append(f"</{tag}>")

    def handle_data(self, data: str) -> None:
        if not self._unseen:
            self.parts.append(escape(data, quote=False))


def safe_html(html: str) -> str:
    """``html`` with its words and their emphasis alone: scripts, styles, pictures, links and attributes are dropped."""
    sanitiser = _Sanitiser()
    sanitiser.feed(html)
    sanitiser.close()
    return "".join(sanitiser.parts).strip()
