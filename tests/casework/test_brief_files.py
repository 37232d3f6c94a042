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
from ocgdesk.domain.chart_marks import Annotation, SketchItem
from ocgdesk.domain.dates import PartialDate
from ocgdesk.domain.disruptions import Disruption
from ocgdesk.domain.entities import Location, Operation, Vehicle
from ocgdesk.domain.marking import Marking
from ocgdesk.domain.planning import Requirement
from ocgdesk.domain.returns import Period
from ocgdesk.domain.subrecords import Custody, ThreatWarning
from ocgdesk.domain.values import Alias, External
from ocgdesk.reports.document import Picture

NOW = datetime(2026, 11, 18, 9, 0, tzinfo=UTC)
YEAR = Period(date(2025, 12, 1), date(2026, 11, 30))
SECRETS = (
    *("Ewan Pryce", "Ellis Marron", "Somebody Young", "Orla Venn", "Big Razor", "Little Wren"),
    *("07700 900321", "07700 900654", "14 Harbour Row", "QX24 ZZK", "SY8 1AA", "quietfox"),
    *("Pryce, Ewan", "E. Pryce", "Mr Marron", "07700.900.321", "+44 7700", "qx24zzk", "sy8 1aa"),
    *("12 March 1987", "12/03/1987", "e.pryce@example.org", "AB 12 34 56 C", "1987/0012345K"),
    *("Lantern", "Okafor", "Halloran", "-REP-", "WM/4471/26", "Proactive"),
    *("Search the lock-up", "Who holds the keys", "Exploited person", "Under 18", "SYN-PKG-7"),
    *("Joss Unlisted", "on bail"),
    *("In custody", "HMP Fell", "Warning: firearms", "Threat to life", "Osman"),
)
"""What no file of those who may know none of it may hold, in any spelling."""
TALE = (
    "Led by Ewan Pryce, called Big Razor, on 07700 900321, of 14 Harbour Row, SY8 1AA. "
    "He drives QX24 ZZK. ELLIS MARRON collects; Orla Venn's brother is quietfox on 07700 900654. "
    "Somebody Young, Little Wren to them, is exploited."
)
TYPED = (
    "Pryce, Ewan (dob 12/03/1987; born 12 March 1987) and E. Pryce on 07700.900.321 or "
    "+44 7700 900321, e.pryce@example.org, NINO AB 12 34 56 C, PNC 1987/0012345K. Mr Marron has "
    "the car qx24zzk at sy8 1aa. DI M. Okafor of Op Lantern and DS Halloran cite intel log "
    "WM/4471/26 and {ref}. Operation LANTERN goes on, op lantern too. " + TALE
)
"""What somebody types: the same in other spellings; ``ref`` is that of a report."""


@pytest.fixture
def world(given):
    ocg, boss, runner, stranger, line, handle = given(
        an_ocg("Tarnbrook", status="active", tier="t2", agency="WMP", summary=TALE),
        a_nominal(
            "Ewan Pryce",
            aliases=(Alias("Big Razor"),),
            born=PartialDate.of(date(1987, 3, 12)),
            in_custody=True,
            warnings=("FI",),
            summary=TALE,
        ),
        a_nominal(
            "Somebody Young",
            exploited=True,
            born=PartialDate.of(date(2011, 4, 1)),
            aliases=(Alias("Little Wren"),),
        ),
        a_nominal("Ellis Marron"),
        a_line("Kestrel", hub="Dudley", towns=("Ludlow",), exporter="WMP", summary=TALE),
        a_handle("quietfox", summary=TALE, sio="DI M. Okafor", package="SYN-PKG-7"),
    )
    log = External("intelligence-log", "WM/4471/26")
    operation = Operation(name="Operation Lantern", phase="proactive", sio="DI M. Okafor")
    given(
        operation,
        Custody(owner=boss.id, custody_type="remand", establishment="HMP Fell"),
        ThreatWarning(owner=boss.id, warning_type="osman", given=date(2026, 5, 1)),
    )
    phone, flat, car, *_others = given(
        a_phone("07700 900321"),
        Location(name="14 Harbour Row", town="Dudley", postcode="SY8 1AA", force="WMP"),
        Vehicle(vrm="QX24 ZZK"),
        a_nominal("Orla Venn"),
    )
    report, plan, chart, _claim = given(
        a_report(
            "Ewan Pryce seen with Ellis Marron",
            grade="1AC",
            conditions="Ask Orla Venn",
            externals=(log,),
        ),
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
    sketch = SketchItem(
        owner=chart.id, name="Joss Unlisted", detail="on bail", stands_for="nominal"
    )
    given(
        a_membership(boss, ocg, importance="principal", role="principal", reports=(report.id,)),
        a_link(ocg, runner, type="exploits"),
        a_link(ocg, line, type="controls"),
        a_link(boss, line, type="controls"),
        *(a_link(ocg, one, type="linked", reports=(report.id,)) for one in (phone, flat, car)),
        an_attribution(handle, boss, status="proposed", reports=(report.id,)),
        an_action(plan, f"Search the lock-up. {TALE}", strand="pursue"),
        an_action(plan, TALE, strand="prevent", status="complete", done=date(2026, 9, 1)),
        a_link(operation, ocg, type="investigates"),
        Requirement(owner=plan.id, question="Who holds the keys", about=(boss.id,)),
        *(
            a_placement(chart, one, x=180.0 * at, y=40.0 * at)
            for at, one in enumerate((ocg, boss, runner, phone, flat, report, operation, sketch))
        ),
        Annotation(owner=chart.id, text=TALE),
        sketch,
    )
    return {
        "ocg": ocg,
        "nominal": boss,
        "handle": handle,
        "county-line": line,
        "chart": chart,
        "report": report,
    }


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
        texts=((sections[0], TYPED.format(ref=world["report"].ref)),),
        period=YEAR,
    )
    with workspace.reading() as reader:
        return briefs.make(
            reader, wish, now=NOW, author="DS Halloran", floor=Marking.OFFICIAL_SENSITIVE
        )


def drawn(briefing) -> str:
    """Return every word of the pictures: what their letters say, their legends and their words."""
    pictures = [block for block in briefing.document.blocks if isinstance(block, Picture)]
    said = [f"{one.alt} {one.caption} {one.legend} {one.drawing}" for one in pictures]
    labels = (re.findall(r'aria-label="([^"]*)"', one.svg) for one in pictures)
    return " ".join((*said, *(" ".join(one) for one in labels)))


def secrets_in(text: str) -> list[str]:
    return [one for one in SECRETS if one.casefold() in text.casefold()]


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
    briefing = made(workspace, world, product, "public")
    assert secrets_in(drawn(briefing)) == []
    for kind, make in products.MAKERS.items():
        text = texts(make(briefing.document), tmp_path / "x.pdf")
        assert "official" in text.casefold(), kind
        assert secrets_in(text) == [], kind


@pytest.mark.parametrize("audience", ["partners", "board"])
@pytest.mark.parametrize("product", ["ocg-profile", "nominal-profile", "handle-report", "plan"])
def test_what_others_may_not_know_is_in_no_text_and_no_picture(audience, product, workspace, world):
    briefing = made(workspace, world, product, audience)
    assert secrets_in("\n".join(briefs.texts_of(briefing.document)) + drawn(briefing)) == []
    assert briefing.document.author == "Issuing officer"
    assert briefing.author == "DS Halloran"
    hard = [one.what for one in briefing.doubts if not one.what.startswith("the only one")]
    assert hard == []


def test_every_secret_is_told_to_those_who_may_know_it(workspace, world):
    """The walk is worth something only where what it looks for would be there."""
    profiles = [
        made(workspace, world, product, "internal")
        for product in ("ocg-profile", "nominal-profile", "handle-report", "chart-pack")
    ]
    told = " ".join(
        (*map(drawn, profiles), *(" ".join(briefs.texts_of(p.document)) for p in profiles))
    )
    hidden = {"Somebody Young", "Little Wren", "Under 18", "Who holds the keys"}
    assert set(SECRETS) - set(secrets_in(told)) <= hidden


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
