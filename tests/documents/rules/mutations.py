"""Random edits of valid documents, always the same for the same seed: what senders, hands and programs do to XML."""

from __future__ import annotations

import copy
import io
import random
from collections.abc import Callable

from lxml import etree

Tree = etree._Element

_LONG = "é" * 5_000
TEXTS = (
    "", " ", "\n", "\u00a0", "0", "-0", "0.0", "1", "-1", "+5", " 5 ", "5\n", "05", "0.005", "0.001", "1.10", "1.999", "20.000",
    "100.01", "99999999999999999999.999", "0." + "0" * 40 + "1", "1E+100", "1e2", "NaN", "INF", "-INF", "1,50", "1 000", "12.34.56",
    "٣", "½", "true", "false", "1/3", "0x10", "20260231", "20260431", "20261399", "19991231", "21000101", "2026-02-31",
    "2026-11-20", "2026-11-20Z", "2026-11-20+01:00", "20261120", "20261120XX", "380", "381", "384", "386", "389", "999", "S", "Z", "E",
    "AE", "K", "G", "O", "L", "s", "VATEX-EU-AE", "VATEX-FR-FRANCHISE", "VATEX-XX", "EUR", "USD", "eur", "EU", "XXX", "FR", "DE",
    "GR", "fr", "XX", "B1", "S1", "M4", "B2", "S2", "Q9", "PMT", "PMD", "AAB", "BAR", "B2B", "B2C", "#PMT#", "#PMT#.", "#BAR#B2B",
    "732829320", "123456789", " 732829320 ", "73282932", "AAAAAAAAA", "FR44732829320", "FR", "A", "DE37", "58", "30", "59", "48",
    "FR7630006000011234567890189", "FR7630006000011234567890188", "C62", "HUR", "PCE", "zz", "0002", "0009", "0088", "0225", "EM",
    "LISIBLE", "urn:cen.eu:en16931:2017", "urn:factur-x.eu:1p0:minimum", "urn:factur-x.eu:1p0:basicwl",
    "urn:cen.eu:en16931:2017#compliant#urn:factur-x.eu:1p0:basic",
    "urn:cen.eu:en16931:2017#conformant#urn:factur-x.eu:1p0:extended",
    "urn:cen.eu:en16931:2017#conformant#urn.cpro.gouv.fr:1p0:extended-ctc-fr", "urn:example", "<b>&amp;</b>", "]]>", "'\"", "\u202eabc",
    "👩‍👩‍👧 facture", "e\u0301", "\ufeffx", "\u2028", "\t", "a\u0085b", "\U0010ffff", _LONG,
)  # fmt: skip
ATTRIBUTES = ("schemeID", "currencyID", "unitCode", "format", "listID", "name", "mimeCode", "filename", "unexpected")
NAMESPACES = (
    "urn:un:unece:uncefact:data:standard:ReusableAggregateBusinessInformationEntity:100",
    "urn:un:unece:uncefact:data:standard:UnqualifiedDataType:100",
    "urn:un:unece:uncefact:data:standard:CrossIndustryInvoice:100",
    "urn:un:unece:uncefact:data:standard:CrossIndustryInvoice:90",
    "urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2",
    "urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2",
    "urn:example:other",
    "",
)


def mutated(xml: bytes, seed: int) -> bytes:
    """``xml`` after one to three edits drawn from ``seed``, then perhaps written another way."""
    draw = random.Random(seed)
    root = etree.fromstring(xml, etree.XMLParser(resolve_entities=False, huge_tree=True))
    for _ in range(draw.choice((1, 1, 1, 2, 3))):
        draw.choice(EDITS)(root, draw)
    return _written(root, draw)


def _elements(root: Tree) -> list[Tree]:
    return list(root.iter(etree.Element))


def _any(root: Tree, draw: random.Random) -> Tree:
    return draw.choice(_elements(root))


def _below(root: Tree, draw: random.Random) -> Tree:
    """Any element but the root."""
    return draw.choice(_elements(root)[1:] or [root])


def _leaf(root: Tree, draw: random.Random) -> Tree:
    return draw.choice([element for element in _elements(root) if len(element) == 0])


def _parent(element: Tree) -> Tree:
    parent = element.getparent()
    return element if parent is None else parent


def _delete(root: Tree, draw: random.Random) -> None:
    element = _below(root, draw)
    if element is not root:
        _parent(element).remove(element)


def _duplicate(root: Tree, draw: random.Random) -> None:
    element = _below(root, draw)
    if element is not root:
        element.addnext(copy.deepcopy(element))


def _move(root: Tree, draw: random.Random) -> None:
    element, target = _below(root, draw), _any(root, draw)
    if element is not root and target is not element and element not in set(target.iterancestors()):
        target.insert(draw.randint(0, len(target)), element)


def _swap(root: Tree, draw: random.Random) -> None:
    parent = draw.choice([element for element in _elements(root) if len(element) > 1] or [root])
    children = list(parent)
    draw.shuffle(children)
    parent[:] = children


def _text(root: Tree, draw: random.Random) -> None:
    _leaf(root, draw).text = draw.choice(TEXTS)


def _text_of_another(root: Tree, draw: random.Random) -> None:
    _leaf(root, draw).text = _leaf(root, draw).text


def _number(root: Tree, draw: random.Random) -> None:
    """A cent, a euro or a sign off."""
    numbers = [element for element in _elements(root) if len(element) == 0 and _is_number(element.text or "")]
    if numbers:
        element = draw.choice(numbers)
        value = float(element.text or "0")
        changed = draw.choice((value + 0.01, value - 0.01, value + 1, -value, value * 10, value / 3, 0.0))
        element.text = draw.choice(("{:.2f}", "{:.4f}", "{:.0f}", "{:g}")).format(changed)


def _is_number(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return len(text) < 20


def _blanks(root: Tree, draw: random.Random) -> None:
    leaf = _leaf(root, draw)
    blank = draw.choice((" ", "\n\t", "\u00a0", "\r\n"))
    leaf.text = draw.choice(
        (f"{blank}{leaf.text or ''}", f"{leaf.text or ''}{blank}", f"{blank}{leaf.text or ''}{blank}")
    )


def _attribute(root: Tree, draw: random.Random) -> None:
    element = _any(root, draw)
    name = draw.choice([*map(str, element.attrib), *ATTRIBUTES])
    element.set(name, draw.choice(TEXTS))


def _no_attribute(root: Tree, draw: random.Random) -> None:
    holders = [element for element in _elements(root) if element.attrib]
    if holders:
        element = draw.choice(holders)
        del element.attrib[draw.choice(list(element.attrib))]


def _nil(root: Tree, draw: random.Random) -> None:
    _any(root, draw).set("{http://www.w3.org/2001/XMLSchema-instance}nil", draw.choice(("true", "false", "maybe")))


def _rename(root: Tree, draw: random.Random) -> None:
    """Another name, or the same in another namespace; the root too."""
    element = _any(root, draw)
    name = etree.QName(element)
    namespace = draw.choice((name.namespace or "", *NAMESPACES))
    local = draw.choice((name.localname, name.localname, "ID", "Unknown", name.localname.lower()))
    element.tag = f"{{{namespace}}}{local}" if namespace else local


def _unknown(root: Tree, draw: random.Random) -> None:
    parent = _any(root, draw)
    child = etree.SubElement(parent, draw.choice(("{urn:example:other}Extra", "Extra", str(_any(root, draw).tag))))
    child.text = draw.choice(TEXTS)
    parent.insert(draw.randint(0, len(parent) - 1), child)


def _comment(root: Tree, draw: random.Random) -> None:
    """A comment or an instruction in the middle of a text."""
    leaf = _leaf(root, draw)
    text = leaf.text or ""
    cut = draw.randint(0, len(text))
    inside = draw.choice((etree.Comment(" note "), etree.ProcessingInstruction("note", "x")))
    leaf.text, inside.tail = text[:cut], text[cut:]
    leaf.insert(0, inside)


def _many(root: Tree, draw: random.Random) -> None:
    """The same element, many times."""
    element = _below(root, draw)
    if element is not root and len(list(element.iter())) < 40:
        for _ in range(draw.choice((3, 20))):
            element.addnext(copy.deepcopy(element))


def _empty(root: Tree, draw: random.Random) -> None:
    element = _below(root, draw)
    del element[:]
    element.text = None


def _mixed(root: Tree, draw: random.Random) -> None:
    """Words between elements, where none belong."""
    element = _any(root, draw)
    element.tail = draw.choice(TEXTS) if element is not root else None


EDITS: tuple[Callable[[Tree, random.Random], None], ...] = (
    _delete, _delete, _duplicate, _move, _swap, _text, _text, _text, _text_of_another, _number, _number, _number, _blanks,
    _attribute, _no_attribute, _nil, _rename, _unknown, _comment, _many, _empty, _mixed,
)  # fmt: skip


def _encoded(root: Tree, encoding: str) -> bytes:
    out = io.BytesIO()
    root.getroottree().write(out, encoding=encoding, xml_declaration=True)
    return out.getvalue()


def _written(root: Tree, draw: random.Random) -> bytes:
    """UTF-8 most of the time; else another encoding, a byte order mark, CDATA or another prologue."""
    way = draw.randint(0, 11)
    if way == 0:
        return _encoded(root, "UTF-16")
    if way == 1:
        return b"\xef\xbb\xbf" + _encoded(root, "UTF-8")
    if way == 2:
        return _encoded(root, "ISO-8859-1")
    if way == 3:
        leaf = _leaf(root, draw)
        if leaf.text and "]]>" not in leaf.text:
            leaf.text = etree.CDATA(leaf.text)
    if way == 4:
        return b"<?xml version='1.0' encoding='UTF-8' standalone='yes'?><!-- made by hand --><?x y?>" + etree.tostring(
            root
        )
    return _encoded(root, "UTF-8")
