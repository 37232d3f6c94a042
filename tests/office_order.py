"""What Word and PowerPoint ask of a file beyond what their libraries check: order, ids, relations.

Both refuse what other office suites forgive. The sequences are those of ECMA-376, part 1 (2016).
"""

import io
import posixpath
import zipfile
from collections import Counter
from collections.abc import Iterator

from lxml import etree

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"

_SEQUENCES = {
    f"{_W}pPr": (
        "pStyle keepNext keepLines pageBreakBefore framePr widowControl numPr suppressLineNumbers "
        "pBdr shd tabs suppressAutoHyphens kinsoku wordWrap overflowPunct topLinePunct autoSpaceDE "
        "autoSpaceDN bidi adjustRightInd snapToGrid spacing ind contextualSpacing mirrorIndents "
        "suppressOverlap jc textDirection textAlignment textboxTightWrap outlineLvl divId cnfStyle "
        "rPr sectPr pPrChange"
    ),
    f"{_W}rPr": (
        "rStyle rFonts b bCs i iCs caps smallCaps strike dstrike outline shadow emboss imprint "
        "noProof snapToGrid vanish webHidden color spacing w kern position sz szCs highlight u "
        "effect bdr shd fitText vertAlign rtl cs em lang eastAsianLayout specVanish oMath"
    ),
    f"{_W}tblPr": (
        "tblStyle tblpPr tblOverlap bidiVisual tblStyleRowBandSize tblStyleColBandSize tblW jc "
        "tblCellSpacing tblInd tblBorders shd tblLayout tblCellMar tblLook tblCaption "
        "tblDescription"
    ),
    f"{_W}tcPr": (
        "cnfStyle tcW gridSpan hMerge vMerge tcBorders shd noWrap tcMar textDirection tcFitText "
        "vAlign hideMark"
    ),
    f"{_W}sectPr": (
        "headerReference footerReference footnotePr endnotePr type pgSz pgMar paperSrc pgBorders "
        "lnNumType pgNumType cols formProt vAlign noEndnote titlePg textDirection bidi rtlGutter "
        "docGrid printerSettings"
    ),
    f"{_W}style": (
        "name aliases basedOn next link autoRedefine hidden uiPriority semiHidden unhideWhenUsed "
        "qFormat locked personal personalCompose personalReply rsid pPr rPr tblPr trPr tcPr "
        "tblStylePr"
    ),
    f"{_W}tblBorders": "top left bottom right insideH insideV",
    f"{_W}tblCellMar": "top left bottom right",
    f"{_W}tbl": "tblPr tblGrid tr",
    f"{_W}tr": "tblPrEx trPr tc",
    f"{_W}sdt": "sdtPr sdtEndPr sdtContent",
    f"{_W}sdtPr": "rPr alias tag id lock placeholder temporary docPartObj",
    f"{_A}p": "pPr r br fld endParaRPr",
    f"{_A}pPr": "lnSpc spcBef spcAft buNone buChar tabLst defRPr extLst",
    f"{_A}rPr": "ln noFill solidFill effectLst highlight latin ea cs sym hlinkClick",
    f"{_A}ln": "noFill solidFill prstDash custDash round bevel miter headEnd tailEnd",
    f"{_A}tc": "txBody tcPr",
    f"{_A}tbl": "tblPr tblGrid tr",
    f"{_A}pattFill": "fgClr bgClr",
    f"{_C}chartSpace": (
        "date1904 lang roundedCorners style clrMapOvr pivotSource protection chart spPr txPr "
        "externalData printSettings userShapes extLst"
    ),
    f"{_C}chart": (
        "title autoTitleDeleted pivotFmts view3D floor sideWall backWall plotArea legend "
        "plotVisOnly dispBlanksAs showDLblsOverMax extLst"
    ),
    f"{_C}barChart": ("barDir grouping varyColors ser dLbls gapWidth overlap serLines axId extLst"),
    f"{_C}lineChart": (
        "grouping varyColors ser dLbls dropLines hiLowLines upDownBars marker smooth axId extLst"
    ),
    f"{_C}ser": (
        "idx order tx spPr invertIfNegative pictureOptions marker dPt dLbls trendline errBars "
        "cat val smooth shape extLst"
    ),
    f"{_C}dLbls": (
        "dLbl delete numFmt spPr txPr dLblPos showLegendKey showVal showCatName showSerName "
        "showPercent showBubbleSize separator showLeaderLines leaderLines extLst"
    ),
    f"{_C}dLbl": (
        "idx delete layout tx numFmt spPr txPr dLblPos showLegendKey showVal showCatName "
        "showSerName showPercent showBubbleSize separator extLst"
    ),
    f"{_C}catAx": (
        "axId scaling delete axPos majorGridlines minorGridlines title numFmt majorTickMark "
        "minorTickMark tickLblPos spPr txPr crossAx crosses crossesAt auto lblAlgn lblOffset "
        "tickLblSkip tickMarkSkip noMultiLvlLbl extLst"
    ),
    f"{_C}valAx": (
        "axId scaling delete axPos majorGridlines minorGridlines title numFmt majorTickMark "
        "minorTickMark tickLblPos spPr txPr crossAx crosses crossesAt crossBetween majorUnit "
        "minorUnit dispUnits extLst"
    ),
    f"{_C}scaling": "logBase orientation max min extLst",
    f"{_C}marker": "symbol size spPr extLst",
    f"{_C}legend": "legendPos legendEntry layout overlay spPr txPr extLst",
}
"""The children of each element in the order a strict reader wants them."""
_ANY_ORDER = {f"{_A}p": {"r", "br", "fld"}, f"{_W}sectPr": {"headerReference", "footerReference"}}
"""Children that may alternate among themselves."""


def faults(data: bytes) -> list[str]:
    """Return what a strict reader of an office file would stumble over; nothing in a sound one."""
    with zipfile.ZipFile(io.BytesIO(data)) as file:
        parts = {name: file.read(name) for name in file.namelist()}
        names = Counter(file.namelist())
    found = [f"two parts are called {name}" for name, count in names.items() if count > 1]
    for name, content in parts.items():
        if name.endswith((".xml", ".rels")):
            tree = etree.fromstring(content)
            found += [f"{name}: {fault}" for fault in _in_tree(tree)]
            found += [f"{name}: {fault}" for fault in _unrelated(name, tree, parts)]
    return [*found, *_untyped(parts)]


def _in_tree(tree: etree._Element) -> Iterator[str]:
    for element in tree.iter(*_SEQUENCES):
        yield from _disorder(element)
    for cell in tree.iter(f"{_W}tc"):
        if not len(cell) or cell[-1].tag != f"{_W}p":
            yield "a cell does not end with a paragraph"
    ids = Counter(one.get("id") for one in tree.iter("{*}docPr", "{*}cNvPr") if not _is_inside(one))
    yield from (f"two shapes have the id {id_}" for id_, count in ids.items() if count > 1)
    marks = Counter(one.get(f"{_W}id") for one in tree.iter(f"{_W}bookmarkStart"))
    yield from (f"two bookmarks have the id {id_}" for id_, count in marks.items() if count > 1)
    yield from _negative_axes(tree)
    styles = Counter(one.get(f"{_W}styleId") for one in tree.iter(f"{_W}style"))
    yield from (f"two styles have the id {id_}" for id_, count in styles.items() if count > 1)


def _negative_axes(tree: etree._Element) -> Iterator[str]:
    """Yield axes whose numbers are below nothing: the schema takes none."""
    for one in tree.iter(f"{_C}axId", f"{_C}crossAx"):
        if int(one.get("val", "0")) < 0:
            yield f"axis {one.get('val')}"


def _is_inside(element: etree._Element) -> bool:
    """Tell whether it numbers the picture inside a frame of Word, which is numbered itself."""
    return any(True for _one in element.iterancestors("{*}inline")) and "cNvPr" in element.tag


def _disorder(element: etree._Element) -> Iterator[str]:
    order = _SEQUENCES[element.tag].split()
    loose = _ANY_ORDER.get(element.tag, set())
    last, name = -1, etree.QName(element).localname
    for child in element:
        if not isinstance(child.tag, str) or etree.QName(child).namespace not in {
            _W[1:-1],
            _A[1:-1],
            _C[1:-1],
        }:
            continue
        local = etree.QName(child).localname
        if local not in order:
            if element.tag not in {f"{_W}tbl", f"{_W}tr"}:
                yield f"{name} does not know {local}"
            continue
        at = min(map(order.index, loose)) if local in loose else order.index(local)
        if at < last:
            yield f"{local} stands too late in {name}"
        last = at


def _unrelated(name: str, tree: etree._Element, parts: dict[str, bytes]) -> Iterator[str]:
    """Yield references to relations there are none of, and relations to parts there are none of."""
    folder, file = posixpath.split(name)
    if name.endswith(".rels"):
        base = posixpath.dirname(folder)
        for one in tree:
            target = posixpath.normpath(posixpath.join(base, one.get("Target", "")))
            if one.get("Target", "").startswith("/"):
                target = one.get("Target", "").lstrip("/")
            if one.get("TargetMode") != "External" and target not in parts:
                yield f"nothing is at {target}"
        return
    rels = parts.get(f"{folder}/_rels/{file}.rels".lstrip("/"))
    known = {one.get("Id") for one in etree.fromstring(rels)} if rels else set()
    used = {value for one in tree.iter() for key, value in one.attrib.items() if key.startswith(_R)}
    yield from (f"no relation is called {one}" for one in used - known - {""})


def _untyped(parts: dict[str, bytes]) -> Iterator[str]:
    types = etree.fromstring(parts["[Content_Types].xml"])
    endings = {one.get("Extension", "").casefold() for one in types}
    named = {one.get("PartName") for one in types}
    for name in parts:
        if name != "[Content_Types].xml" and f"/{name}" not in named:
            ending = name.rpartition(".")[2].casefold()
            if ending not in endings:
                yield f"{name} has no content type"
    yield from (
        f"{name} is typed and not there" for name in named if name and name[1:] not in parts
    )
