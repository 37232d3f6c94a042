"""XML of other people's files: no entities, nothing fetched, bounded; and XML written plainly."""

import re
from collections.abc import Iterator
from typing import Final
from xml.etree.ElementTree import Element, ParseError, SubElement, TreeBuilder

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import DefusedXMLParser

from ocgdesk.errors import Refused
from ocgdesk.i18n import _

__all__ = ["Element", "SubElement", "child", "children", "local", "root", "root_name", "written"]

LARGEST: Final = 200 * 1024 * 1024
"""Bytes of XML that is read at all."""
DEEPEST: Final = 200
_START = re.compile(r"<\s*(?:[\w.-]+:)?([A-Za-z_][\w.-]*)")
_SKIPPED = re.compile(r"<\?.*?\?>|<!--.*?-->|<!DOCTYPE[^>\[]*(?:\[.*?\])?\s*>", re.DOTALL)
_DECLARED = re.compile(r"\s*<\?xml[^>]*\?>")
_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


class _Bounded:
    """Builds a tree no deeper than any chart is."""

    def __init__(self) -> None:
        self._tree = TreeBuilder()
        self._depth = 0
        self.data = self._tree.data
        self.close = self._tree.close

    def start(self, tag: str, attrs: dict[str, str]) -> Element:
        """Begin an element; Refused where no chart goes so deep."""
        self._depth += 1
        if self._depth > DEEPEST:
            raise Refused(_("This XML is nested too deeply to be a chart."))
        return self._tree.start(tag, attrs)

    def end(self, tag: str) -> Element:
        """End an element."""
        self._depth -= 1
        return self._tree.end(tag)


def root_name(data: bytes) -> str:
    """Return the local name of the root of what looks like XML; empty for anything else."""
    head = _decoded(data[:20_000]).lstrip("\ufeff \t\r\n")
    if not head.startswith("<"):
        return ""
    found = _START.match(_SKIPPED.sub("", head).lstrip())
    return found[1] if found else ""


def root(data: bytes, name: str) -> Element:
    """Return the root element; Refused, in one sentence, for what is no XML that can be trusted."""
    if len(data) > LARGEST:
        raise Refused(_("{name} is larger than a chart can be.").format(name=name))
    try:
        return _parsed(data)
    except DefusedXmlException:
        told = _("{name} defines entities of its own or points elsewhere: no chart needs that.")
        raise Refused(told.format(name=name)) from None
    except (ParseError, ValueError, LookupError):
        raise Refused(_("{name} is damaged: it is not whole XML.").format(name=name)) from None


def _parsed(data: bytes) -> Element:
    try:
        return _tree(data)
    except (ParseError, ValueError, LookupError):
        # Saved anew in another encoding, with the old one still declared.
        text = _DECLARED.sub("", _decoded(data, strictly=True).lstrip("\ufeff"), count=1)
        return _tree(text.encode("utf-8"))


def _tree(data: bytes) -> Element:
    parser = DefusedXMLParser(target=_Bounded(), forbid_dtd=False)
    parser.feed(data)
    found: Element = parser.close()
    return found


def _decoded(data: bytes, *, strictly: bool = False) -> str:
    errors = "strict" if strictly else "replace"
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", errors)
    if data[1:2] == b"\x00":
        return data.decode("utf-16-le", errors)
    if data[:1] == b"\x00":
        return data.decode("utf-16-be", errors)
    return data.decode("utf-8", errors)


def local(element: Element) -> str:
    """Return the name of an element without its namespace: versions of a format differ in it."""
    return element.tag.rpartition("}")[2]


def children(element: Element | None, *names: str) -> Iterator[Element]:
    """Yield the children of these local names."""
    for inner in element if element is not None else ():
        if local(inner) in names:
            yield inner


def child(element: Element | None, name: str) -> Element | None:
    """Return the first child of a local name."""
    return next(children(element, name), None)


def legal(text: str) -> str:
    """Return text without what XML cannot hold."""
    return _ILLEGAL.sub("", text)


def written(element: Element, encoding: str = "utf-8") -> bytes:
    """Return a tree as XML with its declaration, indented."""
    from xml.etree.ElementTree import indent, tostring

    for one in element.iter():
        for key, value in one.attrib.items():
            one.attrib[key] = legal(value)
        one.text = legal(one.text) if one.text else one.text
    indent(element)
    return bytes(tostring(element, encoding=encoding, xml_declaration=True))
