"""Briefings as files: none of them says more than its audience may know, and Word opens them."""

import io
import re
import shutil
import subprocess
import zipfile
import zlib
from datetime import UTC, date, datetime

import pytest
from makers import (
    a_chart,
    a_handle,
    a_line,
    a_link,
    a_membership,
    a_nominal,
    a_phone,
    a_placement,
    a_plan,
    a_report,
    an_action,
    an_attribution,
    an_ocg,
)
from office_order import faults

from ocgdesk.casework import brief_products, briefs, products
from ocgdesk.casework.briefs import Wish
from ocgdesk.domain.chart_marks import Annotation
from ocgdesk.domain.disruptions import Disruption
from ocgdesk.domain.entities import Location, Vehicle
from ocgdesk.domain.marking import Marking
from ocgdesk.domain.returns import Period
from ocgdesk.domain.values import Alias

NOW = datetime(2026, 11, 18, 9, 0, tzinfo=UTC)
YEAR = Period(date(2025, 12, 1), date(2026, 11, 30))
SECRETS = (
    *("Ewan Pryce", "Ellis Marron", "Somebody Young", "Orla Venn", "Big Razor", "Little Wren"),
    *("07700 900321", "07700 900654", "14 Harbour Row", "QX24 ZZK", "SY8 1AA", "quietfox"),
)
"""Names, other names, numbers, places and plates that no file of these may hold."""
TALE = (
    "Led by Ewan Pryce, called Big Razor, on 07700 900321, of 14 Harbour Row, SY8 1AA. "
    "He drives QX24 ZZK. ELLIS MARRON collects; Orla Venn's brother is quietfox on 07700 900654. "
    "Somebody Young, Little Wren to them, is exploited."
)


@pytest.fixture
def world(given):
    ocg, boss, runner, stranger, line, handle = given(
        an_ocg("Tarnbrook", status="active", tier="t2", agency="WMP", summary=TALE),
        a_nominal("Ewan Pryce", aliases=(Alias("Big Razor"),), summary=TALE),
        a_nominal("Somebody Young", exploited=True, aliases=(Alias("Little Wren"),)),
        a_nominal("Ellis Marron"),
        a_line("Kestrel", hub="Dudley", towns=("Ludlow",), exporter="WMP", summary=TALE),
        a_handle("quietfox", summary=TALE),
    )
    phone, flat, car, *_others = given(
        a_phone("07700 900321"),
        Location(name="14 Harbour Row", town="Dudley", postcode="SY8 1AA", force="WMP"),
        Vehicle(vrm="QX24 ZZK"),
        a_nominal("Orla Venn"),
    )
    report, plan, chart, _claim = given(
        a_report("Ewan Pryce seen with Ellis Marron", grade="1AC", conditions="Ask Orla Venn"),
        a_plan(ocg),
        a_chart("Ewan Pryce and friends"),
        Disruption(
            title=TALE,
            on=date(2026, 11, 2),
            subjects=(ocg.id, stranger.id),
            strand="pursue",
            level="minor",
            status="accepted",
        ),
    )
    given(
        a_membership(boss, ocg, importance="principal", role="principal", reports=(report.id,)),
        a_link(ocg, runner, type="exploits"),
        a_link(ocg, line, type="controls"),
        a_link(boss, line, type="controls"),
        *(a_link(ocg, one, type="linked", reports=(report.id,)) for one in (phone, flat, car)),
        an_attribution(handle, boss, status="proposed", reports=(report.id,)),
        an_action(plan, TALE, strand="pursue"),
        *(a_placement(chart, one) for one in (ocg, boss, runner, phone, flat, report)),
        Annotation(owner=chart.id, text=TALE),
    )
    return {"ocg": ocg, "nominal": boss, "handle": handle, "county-line": line, "chart": chart}


def made(workspace, world, product, audience="partners"):
    """Make a product about what it is about: as it begins, one return, and a saved chart in one."""
    kind = brief_products.kind_of(product)
    about = {"subject": world[kind.value].id} if kind is not None else {}
    sections = [s for s in brief_products.sections_of(product) if not s.startswith("return:")]
    if product == "chart-pack":
        sections = [f"chart:{world['chart'].id}", "justice", "groups", "candidates"]
    if product == "performance":
        sections.append("return:disruptions")
    wish = Wish(
        product=product,
        **about,
        area="Dudley" if brief_products.needs_area(product) else "",
        audience=audience,
        sections=tuple(sections),
        period=YEAR,
    )
    with workspace.reading() as reader:
        return briefs.make(reader, wish, now=NOW, author="A", floor=Marking.OFFICIAL_SENSITIVE)


def texts(data: bytes, path) -> str:
    """Return all that can be read in a file: each part of it, and what a page shows."""
    if data.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(data)) as file:
            parts = [name.encode() + b"\n" + file.read(name) for name in file.namelist()]
        plain = [re.sub(rb"<[^>]*>", b"", part) for part in parts if b"<?xml" in part[:200]]
        return b"\n".join([*parts, *plain]).decode("utf-8", errors="ignore")
    parts = [data, data.replace(b"\0", b"")]
    if data.startswith(b"%PDF"):
        for match in re.finditer(rb"stream\r?\n", data):
            try:
                parts.append(zlib.decompressobj().decompress(data[match.end() :]))
            except zlib.error:
                continue
        if shutil.which("pdftotext"):
            path.write_bytes(data)
            done = subprocess.run(["pdftotext", str(path), "-"], capture_output=True, check=True)
            parts.append(b" ".join(done.stdout.split()))
    return b"\n".join(parts).decode("utf-8", errors="ignore")


@pytest.mark.parametrize("product", brief_products.products())
def test_no_file_tells_those_who_may_not_know_names_who_anybody_is(
    product, workspace, world, tmp_path
):
    briefing = made(workspace, world, product)
    for kind, make in products.MAKERS.items():
        text = texts(make(briefing.document), tmp_path / "x.pdf").casefold()
        assert "official" in text, kind
        assert [one for one in SECRETS if one.casefold() in text] == [], kind


def test_the_team_itself_reads_names_but_no_other_name_of_the_exploited(workspace, world):
    text = "\n".join(briefs.texts_of(made(workspace, world, "ocg-profile", "internal").document))
    assert "Led by Ewan Pryce, called Big Razor, on 07700 900321" in text
    assert "Somebody Young" not in text
    assert "Little Wren" not in text


@pytest.mark.parametrize("product", ["ocg-profile", "performance"])
def test_office_files_are_in_the_order_that_strict_readers_ask_for(product, workspace, world):
    document = made(workspace, world, product, "internal").document
    for kind in ("docx", "pptx", "xlsx"):
        assert faults(products.MAKERS[kind](document)) == [], kind
