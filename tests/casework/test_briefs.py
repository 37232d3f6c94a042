"""Briefings: sections, what an audience may see, marking, the register of products."""

from dataclasses import replace
from datetime import UTC, date, datetime
from io import BytesIO

import pytest
from docx import Document as WordFile
from makers import (
    a_chart,
    a_handle,
    a_line,
    a_link,
    a_membership,
    a_nominal,
    a_plan,
    a_report,
    an_action,
    an_attribution,
    an_ocg,
)
from openpyxl import load_workbook
from pptx import Presentation
from pptx.enum.shapes import MSO_SHAPE_TYPE

from ocgdesk.casework import (
    area_sections,
    brief_products,
    briefs,
    chart_looks,
    charts,
    product_changes,
    product_specs,
    products,
    records,
)
from ocgdesk.casework.briefs import Wish, texts_of
from ocgdesk.casework.chart_looks import Looks
from ocgdesk.casework.products import Issue
from ocgdesk.domain.chart_filters import ChartFilter
from ocgdesk.domain.chart_tests import parse
from ocgdesk.domain.charts import Point
from ocgdesk.domain.dates import PartialDate
from ocgdesk.domain.disruptions import Disruption, Outcome
from ocgdesk.domain.entities import Location
from ocgdesk.domain.marking import Marking
from ocgdesk.domain.returns import Period
from ocgdesk.domain.values import Alias
from ocgdesk.errors import DeskError, Refused
from ocgdesk.reports.document import Facts, Heading, Picture, Table
from ocgdesk.reports.paper_writers import WRITERS

NOW = datetime(2026, 11, 18, 9, 0, tzinfo=UTC)
MARKING = Marking.OFFICIAL_SENSITIVE
YEAR = Period(date(2025, 12, 1), date(2026, 11, 30))


@pytest.fixture
def world(given):
    ocg, boss, runner, line = given(
        an_ocg("Tarnbrook", status="active", tier="t2", summary="Led by Ewan Pryce from Ludlow."),
        a_nominal("Ewan Pryce"),
        a_nominal("Somebody Young", exploited=True),
        a_line("Kestrel"),
    )
    report = given(a_report("Meeting at the yard", grade="1AC", conditions="Ask first"))[0]
    plan = given(a_plan(ocg))[0]
    claim = given(
        Disruption(
            title="Cash taken from Ewan Pryce",
            on=date(2026, 11, 2),
            subjects=(ocg.id,),
            strand="pursue",
            level="minor",
            status="accepted",
        )
    )[0]
    given(
        a_membership(boss, ocg, importance="principal", role="principal", reports=(report.id,)),
        a_link(ocg, runner, type="exploits"),
        a_link(ocg, line, type="controls"),
        an_action(plan, "Arrest Ewan Pryce", strand="pursue"),
        an_action(plan, "Warn Ewan Pryce", strand="prevent", status="complete"),
        Outcome(owner=claim.id, measure="cash", value=900, unit="gbp"),
    )
    return ocg, boss, runner, line, report


def made(workspace, subject, product="ocg-profile", **more):
    with workspace.reading() as reader:
        return briefs.make(
            reader, Wish(product=product, subject=subject.id, **more), now=NOW, author="A"
        )


def wide(workspace, product, **more):
    """Make a product about an area or the register."""
    with workspace.reading() as reader:
        return briefs.make(reader, Wish(product=product, **more), now=NOW, floor=MARKING)


def said(briefing) -> str:
    return "\n".join(texts_of(briefing.document))


def test_a_profile_tells_what_the_register_holds(workspace, world):
    briefing = made(workspace, world[0])
    text = said(briefing)
    for words in (
        "Tarnbrook",
        "T2",
        "Ewan Pryce",
        "Kestrel",
        "Arrest Ewan Pryce",
        "Cash seized £900",
    ):
        assert words in text
    titles = [block.text for block in briefing.document.blocks if isinstance(block, Heading)]
    assert titles[:4] == ["At a glance", "Summary", "Scores", "Members"]
    assert sum(isinstance(block, Picture) for block in briefing.document.blocks) == 1
    assert world[1].id in briefing.records


def test_an_exploited_person_is_named_only_with_a_reason(workspace, world):
    assert "Somebody Young" not in said(made(workspace, world[0]))
    named = made(workspace, world[0], exploited="Strategy meeting asked for it")
    assert named.audience.exploited == "Strategy meeting asked for it"
    picture = next(b for b in named.document.blocks if isinstance(b, Picture))
    assert "Somebody Young" in picture.alt or "Somebody Young" in said(named) or picture.png


def test_partners_see_roles_instead_of_names_everywhere(workspace, world):
    briefing = made(workspace, world[0], audience="partners")
    text = said(briefing)
    assert "Pryce" not in text
    assert "Principal 1" in text
    assert "Warn Principal 1" in text
    assert "Arrest" not in text
    assert "Led by Principal 1" in text
    for data in (WRITERS["docx"](briefing.document), WRITERS["pdf"](briefing.document)):
        assert b"Pryce" not in data


def test_sources_are_listed_for_the_team_and_counted_for_others(workspace, world):
    assert "Meeting at the yard" in said(made(workspace, world[0]))
    text = said(made(workspace, world[0], audience="board"))
    assert "Meeting at the yard" not in text
    assert "Sources" not in text
    assert "rests on fewer than five graded reports" in text


def test_what_could_still_identify_somebody_is_listed(workspace, world):
    typed = (("summary", "Pryce drives AB12 CDE and uses 07700 900123."),)
    briefing = made(workspace, world[0], audience="partners", texts=typed)
    assert "part of a name: Pryce" in {one.what for one in briefing.doubts}
    assert {(one.words, one.proposal, one.is_open) for one in briefing.leaving.places} == {
        ("Pryce", "Principal 1", True),
        ("AB12 CDE", "registration withheld", False),
        ("07700 900123", "phone number withheld", False),
    }
    plain = {one.what for one in made(workspace, world[0], audience="partners").doubts}
    assert plain == {"the only one with this role: Principal 1"}


def test_handling_conditions_of_what_it_rests_on_are_listed(workspace, world):
    assert made(workspace, world[0]).handling == (f"{world[4].ref}: Ask first",)


def test_a_marking_below_the_contents_is_refused_naming_them(workspace, world):
    with pytest.raises(Refused, match="outrank OFFICIAL: WMPA1-"):
        made(workspace, world[0], marking=Marking.OFFICIAL)
    assert made(workspace, world[0]).marking is Marking.OFFICIAL_SENSITIVE


def test_sections_are_chosen_ordered_and_typed(workspace, world):
    briefing = made(
        workspace,
        world[0],
        sections=("members", "text:Assessment", "identity"),
        texts=(("text:Assessment", "Likely to grow."),),
    )
    titles = [block.text for block in briefing.document.blocks if isinstance(block, Heading)]
    assert titles[:4] == ["Members", "Assessment", "At a glance", "About this paper"]
    assert "Likely to grow." in said(briefing)


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ({"product": "horoscope"}, "no product 'horoscope'"),
        ({"sections": ("gossip",)}, "no section 'gossip'"),
        ({"audience": "friends"}, "no audience 'friends'"),
        ({"product": "nominal-profile"}, "is about Nominal"),
    ],
)
def test_what_there_is_none_of_is_refused_in_a_sentence(more, words, workspace, world):
    with pytest.raises(Refused, match=words):
        made(workspace, world[0], **more)


@pytest.mark.parametrize("product", brief_products.products())
def test_every_product_is_made_of_a_bare_record_with_honest_empty_sections(
    product, workspace, given
):
    bare = {
        "ocg": an_ocg("Bare"),
        "nominal": a_nominal("Bare Person"),
        "handle": a_handle("bare"),
        "county-line": a_line("Bare"),
    }
    if (kind := brief_products.kind_of(product)) is not None:
        briefing = made(workspace, given(bare[kind.value])[0], product=product)
    else:
        area = "Dudley" if brief_products.needs_area(product) else ""
        briefing = wide(
            workspace, product, area=area, sections=brief_products.sections_of(product)[:3]
        )
    assert WRITERS["pdf"](briefing.document)
    assert "Records restricted from this user are not included." in said(briefing)


def test_what_is_over_is_told_with_its_dates_but_a_group_is_told_of_as_it_is(workspace, given):
    handle, boss, ocg = given(a_handle(), a_nominal("Ewan Pryce"), an_ocg("Tarnbrook"))
    then = {"start": PartialDate.parse("Apr 2020"), "end": PartialDate.parse("Jun 2020")}
    given(an_attribution(handle, boss, **then), a_membership(boss, ocg, **then))
    report = said(made(workspace, handle, product="handle-report"))
    assert "Ewan Pryce" in report
    assert "Apr 2020 to Jun 2020" in report
    person = said(made(workspace, boss, product="nominal-profile", sections=("groups", "ties")))
    assert person.count("Tarnbrook") == 2
    assert "quietfox" in person
    assert "Ewan Pryce" not in said(made(workspace, ocg, sections=("members",)))


def test_a_handle_report_gives_candidates_with_grounds(workspace, given):
    handle, person = given(a_handle("quietfox"), a_nominal("Ewan Pryce"))
    given(an_attribution(handle, person, status="proposed"))
    assert "Ewan Pryce" in said(made(workspace, handle, product="handle-report"))
    assert "Candidate 1" in said(
        made(workspace, handle, product="handle-report", audience="partners")
    )


# ---- About an area, about the register ----------------------------------------------------------


@pytest.fixture
def dudley(world, given):
    """Tarnbrook's line runs from Dudley; a cuckooed flat; an OCG elsewhere."""
    line = replace(world[3], hub="Dudley", exporter="WMP", importers=("WMC",), towns=("Ludlow",))
    flat = Location(name="Flat 9", town="Dudley", force="WMP", cuckooed=True)
    given(line, flat, an_ocg("Far away", status="active", agency="KNT"))
    return world


@pytest.mark.parametrize("area", ["Dudley", "dudley", "West Midlands Police", "WMP"])
def test_a_local_profile_holds_what_belongs_to_the_area_and_says_why(workspace, dudley, area):
    briefing = wide(workspace, "local-profile", area=area, period=YEAR)
    text = said(briefing)
    for words in ("Tarnbrook", "county line", "Kestrel", "Cash taken from Ewan Pryce", "900"):
        assert words in text, words
    assert "Far away" not in text
    facts = {n: v for b in briefing.document.blocks if isinstance(b, Facts) for n, v in b.pairs}
    assert (facts["OCGs"], facts["Cuckooed addresses on record"]) == ("1", "1")
    assert facts["People recorded as exploited near them"] == "1"
    assert dudley[0].id in briefing.records


def test_outcomes_of_an_area_add_up_over_all_its_disruptions_unit_by_unit(
    workspace, dudley, given, monkeypatch
):
    monkeypatch.setattr(area_sections, "NEWEST", 2)
    claims = given(
        *(
            Disruption(
                title=f"{n}", on=date(2026, 5, n + 1), subjects=(dudley[0].id,), status=status
            )
            for n, status in enumerate(("accepted", "accepted", "accepted", "draft"))
        )
    )
    given(
        *(Outcome(owner=one.id, measure="cocaine", value=0.5, unit="kg") for one in claims),
        Outcome(owner=claims[0].id, measure="cocaine", value=3, unit="items"),
    )
    briefing = wide(
        workspace, "local-profile", area="WMP", sections=("area-disruptions",), period=YEAR
    )
    listed, outcomes = (b for b in briefing.document.blocks if isinstance(b, Table))
    assert len(listed.rows) == 2
    assert "newest 2 of 4" in said(briefing)
    assert ("Cocaine", 1.5, "Kilograms", 3) in outcomes.values
    assert ("Cocaine", 3.0, "Items", 1) in outcomes.values


def test_a_local_profile_for_partners_tells_no_title_that_may_name_somebody(workspace, dudley):
    text = said(wide(workspace, "local-profile", area="Dudley", period=YEAR, audience="partners"))
    assert "Pryce" not in text
    assert "Tarnbrook" in text


def test_where_lines_run_is_drawn_with_its_table(workspace, dudley):
    briefing = wide(workspace, "local-profile", area="WMP", sections=("line-flows",))
    flow = next(b for b in briefing.document.blocks if isinstance(b, Picture))
    assert "West Midlands Police to West Mercia Police: 1" in flow.alt
    assert flow.caption
    assert flow.png.startswith(b"\x89PNG")
    rows = next(b for b in briefing.document.blocks if isinstance(b, Table)).values
    assert rows == (("West Midlands Police", "West Mercia Police", 1),)


def test_a_performance_report_holds_returns_as_figures_with_their_tables(workspace, world):
    briefing = wide(workspace, "performance", sections=("return:activity",), period=YEAR)
    figure = next(b for b in briefing.document.blocks if isinstance(b, Picture))
    assert "Cash seized" in figure.alt
    table = next(b for b in briefing.document.blocks if isinstance(b, Table))
    assert "Dec 2025 to Nov 2026" in table.titles
    assert any(1 in row for row in table.values)
    assert "Counts: Disruptions accepted by moderation" in said(briefing)
    assert briefing.marking is MARKING


def test_a_performance_report_is_narrowed_to_an_agency_where_the_return_asks_one(workspace, given):
    claims = (
        Disruption(
            title=f"By {one}", on=date(2026, 11, 2), agency=one, strand="pursue", status="accepted"
        )
        for one in ("WMP", "KNT", "KNT")
    )
    given(*claims)
    sections = ("return:disruptions",)
    report = wide(workspace, "performance", sections=sections, period=YEAR, area="KNT")
    table = next(b for b in report.document.blocks if isinstance(b, Table))
    assert table.values[0][2] == 2


def test_a_saved_chart_is_placed_by_choosing_it(workspace, world, given):
    ocg, boss = world[:2]
    with workspace.work("Save chart") as done:
        chart = charts.save(
            done.work, a_chart("Tarnbrook in May"), {ocg.id: Point(0, 0), boss.id: Point(90, 0)}
        )
    briefing = made(workspace, ocg, sections=(f"chart:{chart.id}",), audience="partners")
    picture = next(b for b in briefing.document.blocks if isinstance(b, Picture))
    assert "Tarnbrook in May" in said(briefing)
    assert "Pryce" not in picture.alt


def test_a_saved_chart_of_others_names_none_of_them_in_its_title(workspace, world, given):
    ocg = given(an_ocg("Elsewhere", status="active"))[0]
    young = given(a_nominal("Gwen Ash", exploited=True))[0]
    badger = given(a_nominal("Aled Stranger", aliases=(Alias("Badger"),)))[0]
    with workspace.work("Save chart") as done:
        chart = charts.save(
            done.work, a_chart("Badger met Gwen"), {badger.id: Point(0, 0), young.id: Point(90, 0)}
        )
    briefing = made(workspace, ocg, sections=(f"chart:{chart.id}",), audience="public")
    assert "Nominal 1 met name withheld" in said(briefing)
    assert "Badger" not in said(briefing)
    assert "Gwen" not in said(briefing)


def test_what_a_saved_chart_s_own_filters_hide_does_not_leave_in_a_briefing(workspace, world):
    ocg, boss = world[:2]
    only = Looks(filters=(ChartFilter(test=parse("kind=ocg")),))
    kept = chart_looks.with_looks(a_chart("Groups"), only)
    with workspace.work("Save chart") as done:
        chart = charts.save(done.work, kept, {ocg.id: Point(0, 0), boss.id: Point(90, 0)})
    briefing = made(workspace, ocg, sections=(f"chart:{chart.id}",))
    picture = next(b for b in briefing.document.blocks if isinstance(b, Picture))
    assert picture.alt == "Link chart of 1 OCG and 0 links."
    assert "Filters:" in picture.caption
    unreadable = replace(a_chart("Torn"), filters="[{")
    with workspace.work("Save chart") as done:
        torn = charts.save(done.work, unreadable, {ocg.id: Point(0, 0)})
    with pytest.raises(Refused):
        made(workspace, ocg, sections=(f"chart:{torn.id}",))


def test_a_delta_pack_tells_of_the_last_whole_month_where_no_period_is_said(workspace, world):
    assert "Since 1 Oct 2026." in said(wide(workspace, "tasking-delta"))


def test_what_changed_names_nobody_to_those_who_may_not_read_names(workspace, world):
    period = Period(date(2020, 1, 1), date(2026, 11, 30))
    for audience, is_there in (("internal", True), ("partners", False)):
        text = said(wide(workspace, "tasking-delta", period=period, audience=audience))
        assert ("Cash taken from Ewan Pryce" in text) is is_there
        assert "Tarnbrook" in text


@pytest.mark.parametrize(
    ("wish", "words"),
    [
        ({"product": "local-profile"}, "Name the area"),
        ({"product": "local-profile", "area": "Atlantis"}, "no area 'Atlantis'"),
        ({"product": "local-profile", "area": "Staffordshire"}, "perhaps Staffordshire Police"),
        ({"product": "performance", "area": "Dudley"}, "by an agency, not by a town"),
        ({"product": "ocg-profile"}, "is about one record: name it"),
        ({"product": "performance", "sections": ("members",)}, "about one record does not go"),
        ({"product": "performance", "sections": ("area",)}, "only into a product about one"),
        ({"product": "performance", "sections": ("return:gossip",)}, "no return 'gossip'"),
    ],
)
def test_what_a_wide_product_cannot_be_made_of_is_refused(workspace, wish, words):
    with pytest.raises(DeskError, match=words):
        wide(workspace, **wish)


@pytest.mark.parametrize("higher", ["claim", "outcome", "link", "action", None])
def test_whatever_a_profile_tells_of_raises_its_marking(workspace, given, higher):
    def as_(name: str) -> dict[str, Marking]:
        return {"marking": MARKING if name == higher else Marking.OFFICIAL}

    ocg, boss = given(an_ocg("Tarnbrook", **as_("")), a_nominal("Ewan Pryce", **as_("")))
    plan = given(a_plan(ocg, **as_("")))[0]
    told = Disruption(title="Cash taken", subjects=(ocg.id,), status="accepted", **as_("claim"))
    claim = given(replace(told, on=date(2026, 11, 2)))[0]
    given(
        a_membership(boss, ocg, **as_("link")),
        an_action(plan, "Arrest him", **as_("action")),
        Outcome(owner=claim.id, measure="cash", value=900, unit="gbp", **as_("outcome")),
    )
    with workspace.reading() as reader:
        wish = Wish(product="ocg-profile", subject=ocg.id)
        briefing = briefs.make(reader, wish, now=NOW, floor=Marking.OFFICIAL)
    assert briefing.marking is (MARKING if higher else Marking.OFFICIAL)


def test_a_marking_higher_than_is_meant_for_the_audience_is_told(workspace, given):
    plain, higher = given(an_ocg("Tarnbrook", marking=Marking.OFFICIAL), an_ocg("Fellside"))
    told = [
        made(workspace, ocg, audience=audience, sections=("identity",)).leaving.above
        for ocg in (plain, higher)
        for audience in ("public", "board")
    ]
    assert told[2].startswith("It is marked OFFICIAL-SENSITIVE; Public is meant to get no more")
    assert [told[0], told[1], told[3]] == ["", "", ""]


def test_a_workbook_has_a_marked_sheet_a_section_with_numbers_and_days(workspace, world, given):
    given(replace(world[1], name="=HYPERLINK(1)"))
    briefing = made(workspace, world[0], sections=("members", "plan", "disruptions"))
    book = load_workbook(BytesIO(products.MAKERS["xlsx"](briefing.document)))
    assert book.sheetnames[:3] == ["Members", "4P plan", "Disruptions"]
    assert all("OFFICIAL-SENSITIVE" in sheet["A1"].value for sheet in book)
    assert [cell.value for cell in book["4P plan"][4]][:2] == ["Pursue", 1]
    assert book["Disruptions"]["A3"].value.date() == date(2026, 11, 2)
    name = book["Members"]["A3"]
    assert (name.value, name.data_type) == ("=HYPERLINK(1)", "s")


# ---- The register -------------------------------------------------------------------------------


@pytest.fixture
def issued(workspace, world, tmp_path):
    wish = Wish(product="ocg-profile", subject=world[0].id, audience="force")
    said = Issue(path=tmp_path / "p.docx", recipient="DCI Hale", reason="Tasking")
    return products.issue(workspace, wish, said, now=NOW)


def test_what_is_issued_is_registered_with_its_hash_and_journalled(
    workspace, issued, tmp_path, world
):
    from hashlib import sha256

    data = (tmp_path / "p.docx").read_bytes()
    assert issued.digest == sha256(data).hexdigest()
    assert (issued.number, issued.status, issued.recipient) == (1, "issued", "DCI Hale")
    assert world[0].id in issued.records
    text = "\n".join(p.text for p in WordFile(str(tmp_path / "p.docx")).paragraphs)
    assert "OCG profile: Tarnbrook" in text
    with workspace.reading() as reader:
        assert [one.id for one in products.register(reader)] == [issued.id]
        assert [one.id for one in products.resting_on(reader, world[1].id)] == [issued.id]


def test_what_changed_since_is_told_and_a_new_version_replaces_the_old(
    workspace, issued, world, tmp_path
):
    with workspace.reading() as reader:
        assert not product_changes.is_touched(reader, issued)
    with workspace.work("Edit nominal") as done:
        records.edit(done.work, world[1].id, {"summary": "Moved"})
    with workspace.reading() as reader:
        changed = product_changes.since(reader, issued, now=NOW).changes
        wish = product_specs.wish_of(issued)
    assert [(one.id, one.fields[0].after) for one in changed] == [(world[1].id, "Moved")]
    assert wish.audience == "force"
    again = Issue(path=tmp_path / "p2.pdf", recipient="DCI Hale", follows=issued.id)
    second = products.issue(workspace, wish, again, now=NOW)
    assert (second.number, second.follows) == (2, issued.id)
    with workspace.reading() as reader:
        states = {one.number: one.status for one in products.register(reader)}
    assert states == {1: "replaced", 2: "issued"}


def test_a_product_is_recalled_with_a_reason_and_not_undone(workspace, issued):
    def recall(reason):
        with workspace.work("Recall product") as done:
            return products.recall(done.work, issued.id, reason=reason, today=NOW.date())

    with pytest.raises(Refused, match="Say why"):
        recall(" ")
    assert recall("Wrong person").status == "recalled"
    with pytest.raises(Refused, match="recalled already"):
        recall("Again")


def test_a_format_there_is_none_of_is_refused_before_anything_is_entered(
    workspace, world, tmp_path
):
    wish = Wish(product="ocg-profile", subject=world[0].id)
    with pytest.raises(Refused, match="written as docx, pdf, html"):
        products.issue(workspace, wish, Issue(path=tmp_path / "p.odt"), now=NOW)
    with workspace.reading() as reader:
        assert products.register(reader) == ()


def test_columns_are_left_out_and_the_next_version_leaves_them_out_too(workspace, world, tmp_path):
    wish = Wish(
        product="ocg-profile",
        subject=world[0].id,
        sections=("members",),
        left_out=(("members", ("Dates", "Member")),),
    )
    with workspace.reading() as reader:
        briefing = briefs.make(reader, wish, now=NOW)
    table = next(b for b in briefing.document.blocks if isinstance(b, Table))
    assert table.titles == ("Member", "Role", "Importance", "Strength")
    assert all(len(row) == 4 for row in (*table.rows, *table.values))
    assert "Dates" in briefing.columns["members"]
    wish = replace(wish, left_out=(("members", ("Dates",)),))  # the first column always stays
    product = products.issue(workspace, wish, Issue(path=tmp_path / "p.xlsx"), now=NOW)
    assert product_specs.wish_of(product).left_out == wish.left_out


def test_a_chart_on_a_slide_is_of_shapes_that_can_be_moved(workspace, world):
    briefing = made(workspace, world[0], sections=("chart",), audience="partners")
    file = Presentation(BytesIO(WRITERS["pptx"](briefing.document)))
    slide = next(one for one in file.slides if one.shapes.title.text == "Links")
    kinds = [shape.shape_type for shape in slide.shapes]
    assert MSO_SHAPE_TYPE.GROUP in kinds
    assert MSO_SHAPE_TYPE.PICTURE not in kinds
    assert all(s.left + s.width <= file.slide_width for s in slide.shapes)
    names = " ".join(shape.name for shape in slide.shapes)
    assert "Principal 1" in names
    assert "Pryce" not in names
    assert "Principal 1" in slide.notes_slide.notes_text_frame.text


def test_what_was_issued_is_not_edited_and_a_recall_outlives_the_next_version(
    workspace, issued, tmp_path
):
    with workspace.work("Edit") as done, pytest.raises(Refused, match="stays as it was"):
        records.edit(done.work, issued.id, {"status": "issued", "marking": "official"})
    with workspace.work("Recall") as done:
        products.recall(done.work, issued.id, reason="Wrong person", today=NOW.date())
    said = Issue(path=tmp_path / "again.docx", reason="Meeting", follows=issued.id)
    assert products.issue(workspace, product_specs.wish_of(issued), said, now=NOW).number == 2
    with workspace.reading() as reader:
        states = {one.number: one.status for one in products.register(reader)}
    assert states == {1: "recalled", 2: "issued"}
