"""What an audience may see is data, and what speaks against a briefing is said before it leaves."""

import json
from datetime import UTC, date, datetime
from uuid import UUID

import pytest
from makers import (
    a_handle,
    a_line,
    a_link,
    a_membership,
    a_nominal,
    a_plan,
    a_report,
    an_action,
    an_ocg,
)

from ocgdesk.casework import (
    audiences,
    brief_forms,
    briefs,
    product_specs,
    products,
    reference_lists,
)
from ocgdesk.casework.briefs import Wish, texts_of
from ocgdesk.casework.list_drafts import Draft
from ocgdesk.casework.names_within import Names, spellings
from ocgdesk.casework.products import Issue
from ocgdesk.domain.dates import PartialDate
from ocgdesk.domain.disruptions import Disruption, Outcome
from ocgdesk.domain.entities import Location, Operation
from ocgdesk.domain.reference_data import code_list
from ocgdesk.domain.values import Alias
from ocgdesk.errors import Refused
from ocgdesk.reports.document import Heading, Picture

NOW = datetime(2026, 11, 18, 9, 0, tzinfo=UTC)
TODAY = NOW.date()
SECTIONS = ("identity", "members", "plan", "sources")
FORCE_ONLY = "Not to be shared outside the force without a written reason."


@pytest.fixture
def world(given):
    """An OCG: a principal on one report, a courier on one that rules others out, a victim."""
    ocg, boss, runner, victim = given(
        an_ocg("Tarnbrook", status="active", tier="t2"),
        a_nominal("Ewan Pryce", aliases=(Alias("Razor"),)),
        a_nominal("Ellis Marron"),
        a_nominal("Somebody Young", exploited=True, born=PartialDate.of(date(2011, 4, 1))),
    )
    free, ruled = given(
        a_report("Seen at the yard", grade="1AP"),
        a_report("Drove the car", grade="2CC", conditions=FORCE_ONLY),
    )
    plan = given(a_plan(ocg))[0]
    given(
        a_membership(boss, ocg, importance="principal", role="principal", reports=(free.id,)),
        a_membership(runner, ocg, importance="peripheral", role="courier", reports=(ruled.id,)),
        a_link(ocg, victim, type="exploits"),
        an_action(plan, "Search the lock-up", strand="pursue"),
        an_action(plan, "Visit the school", strand="prevent", status="complete", done=TODAY),
    )
    return {"ocg": ocg, "boss": boss, "victim": victim, "free": free, "ruled": ruled}


def make(workspace, subject, audience, *sections, product="ocg-profile", **more):
    wish = Wish(
        product=product,
        subject=subject.id,
        audience=audience,
        sections=sections or SECTIONS,
        **more,
    )
    with workspace.reading() as reader:
        return briefs.make(reader, wish, now=NOW, author="DS Halloran")


def said(briefing) -> str:
    return "\n".join(texts_of(briefing.document))


def headings(briefing) -> list[str]:
    return [block.text for block in briefing.document.blocks if isinstance(block, Heading)]


def issue(workspace, briefing, tmp_path):
    path = tmp_path / "out.html"
    said_ = Issue(path=path, recipient="Council", reason="Asked", author="DS Halloran")
    return products.issue(workspace, briefing.wish, said_, now=NOW), path.read_text("utf-8")


def newest_disclosure(workspace) -> dict:
    query = "SELECT detail FROM journal WHERE label = 'Issue product' ORDER BY seq DESC"
    with workspace.connection() as connection:
        return json.loads(connection.exec_driver_sql(query).scalar())


# ---- Handling conditions ------------------------------------------------------------------------


def test_a_condition_that_rules_an_audience_out_holds_the_briefing_back_naming_its_records(
    workspace, world, tmp_path
):
    held = make(workspace, world["ocg"], "partners")
    (ruling,) = [one for one in held.leaving.against if one.refuses]
    assert (ruling.conditions, ruling.refs) == (FORCE_ONLY, (world["ruled"].ref,))
    with pytest.raises(Refused, match=f"rules Partner agencies out.*{world['ruled'].ref}"):
        issue(workspace, held, tmp_path)
    assert not (tmp_path / "out.html").exists()
    with workspace.reading() as reader:
        assert products.register(reader) == ()
    assert make(workspace, world["ocg"], "internal").leaving.against == ()


def test_it_goes_all_the_same_with_a_reason_that_the_journal_keeps(workspace, world, tmp_path):
    told = make(workspace, world["ocg"], "partners", despite="The owner agreed by letter")
    assert told.leaving.held == ()
    product, _text = issue(workspace, told, tmp_path)
    kept = newest_disclosure(workspace)
    assert kept["despite_handling"] == "The owner agreed by letter"
    assert kept["handling_refs"] == [world["ruled"].ref]
    assert product_specs.wish_of(product).despite == "The owner agreed by letter"


def test_what_rests_only_on_such_a_report_is_left_out_of_text_and_chart(workspace, world, tmp_path):
    sections = ("members", "chart", "sources")
    briefing = make(workspace, world["ocg"], "partners", *sections, leaves_out_ruled=True)
    assert briefing.leaving.held == ()
    assert "Principal 1" in said(briefing)
    assert "Courier" not in said(briefing)
    picture = next(block for block in briefing.document.blocks if isinstance(block, Picture))
    assert "Courier" not in picture.svg + picture.alt
    assert "Principal 1" in picture.svg
    assert FORCE_ONLY not in said(briefing)
    _product, text = issue(workspace, briefing, tmp_path)
    assert "Courier" not in text


@pytest.mark.parametrize(
    ("grade", "conditions", "audience", "refuses"),
    [
        ("2CC", "Ask the originator before acting on it", "force", False),
        ("2CC", "For police only; ask the originator", "board", True),
        ("2CC", "For police only; ask the originator", "force", False),
        ("2CC", "For police only", "force", None),
        ("2CC", "", "partners", False),
        ("2CP", "", "public", None),
        ("B24", "", "force", True),
        ("B21", "", "partners", True),
        ("2CP", "Kept in the green folder", "public", False),
    ],
)
def test_each_condition_is_held_against_each_audience(
    workspace, world, given, grade, conditions, audience, refuses
):
    handle, person, report = given(
        a_handle("quietfox"), a_nominal("A B"), a_report("R", grade=grade, conditions=conditions)
    )
    given(a_link(handle, person, type="linked", reports=(report.id,)))
    briefing = make(workspace, handle, audience, "sources", product="handle-report")
    found = [one.refuses for one in briefing.leaving.against]
    assert found == ([] if refuses is None else [refuses])


def test_what_places_an_ocg_in_an_area_by_a_ruled_report_is_told_or_left_out(workspace, given):
    _owned, by_line, by_home = given(
        an_ocg("Owned Here", status="active", agency="WMP", areas=("Dudley",)),
        an_ocg("By Line", status="active"),
        an_ocg("By Home", status="active"),
    )
    line, person, home, report = given(
        a_line("Kestrel", hub="Dudley"),
        a_nominal("Ewan Pryce"),
        Location(name="Flat 9", town="Dudley"),
        a_report("R", grade="2CC", conditions=FORCE_ONLY),
    )
    given(
        a_link(by_line, line, type="controls", reports=(report.id,)),
        a_membership(person, by_home, role="courier"),
        a_link(person, home, type="lives-at", reports=(report.id,)),
    )
    wish = {"product": "local-profile", "area": "Dudley", "sections": ("area-ocgs",)}
    with workspace.reading() as reader:
        whole = briefs.make(reader, Wish(audience="partners", **wish), now=NOW)
        less = briefs.make(
            reader, Wish(audience="partners", leaves_out_ruled=True, **wish), now=NOW
        )
    assert report.ref in whole.leaving.held[0]
    assert "By Line" in said(whole)
    assert "By Home" in said(whole)
    assert less.leaving.held == ()
    assert "Owned Here" in said(less)
    assert "By Line" not in said(less)
    assert "By Home" not in said(less)


def test_a_handle_s_own_conditions_count_too(workspace, given):
    (handle,) = given(a_handle("quietfox", conditions="Not to be shared with partners"))
    briefing = make(workspace, handle, "partners", "identity", product="handle-report")
    assert handle.ref in briefing.leaving.held[0]


# ---- Who is told what ---------------------------------------------------------------------------


def test_live_actions_stay_inside_and_completed_ones_go_by_choice(workspace, world):
    plans = {a: said(make(workspace, world["ocg"], a)) for a in ("force", "partners", "public")}
    assert "Search the lock-up" in plans["force"]
    for outside in ("partners", "public"):
        assert "Search the lock-up" not in plans[outside]
        assert "Live" not in plans[outside]
    assert "Visit the school" in plans["partners"]
    assert "Visit the school" not in plans["public"]
    assert "Prevent\n1" in plans["public"]


def test_exploited_people_are_left_out_and_counted_only_where_they_are_many(workspace, world):
    inside = make(workspace, world["ocg"], "force", "members", "chart")
    assert "in connection with it: 1." in said(inside)
    picture = next(block for block in inside.document.blocks if isinstance(block, Picture))
    assert "Exploited person 1" in picture.svg
    outside = make(workspace, world["ocg"], "board", "members", "chart", despite="x")
    picture = next(block for block in outside.document.blocks if isinstance(block, Picture))
    assert "xploited" not in picture.svg + picture.alt
    assert "Fewer than five people are left out." in picture.caption
    assert "in connection with it: fewer than five." in said(outside)
    assert world["victim"].id in outside.records, "a recall still finds it"
    with pytest.raises(Refused, match="recorded as exploited, and left out for Public"):
        make(workspace, world["victim"], "public", "identity", product="nominal-profile")


def test_small_numbers_of_people_made_safe_are_told_as_few(workspace, world, given):
    claim = given(Disruption(title="T", on=TODAY, subjects=(world["ocg"].id,), status="accepted"))[
        0
    ]
    given(
        Outcome(owner=claim.id, measure="children-safeguarded", value=2, unit="people"),
        Outcome(owner=claim.id, measure="adults-safeguarded", value=12, unit="people"),
    )
    text = said(make(workspace, world["ocg"], "public", "disruptions", despite="x"))
    assert "Children safeguarded fewer than five" in text
    assert "Adults safeguarded 12" in text
    inside = said(make(workspace, world["ocg"], "internal", "disruptions"))
    assert "Children safeguarded 2" in inside


def test_officers_are_called_by_what_they_are(workspace, given):
    (handle,) = given(a_handle("quietfox", sio="DI M. Okafor"))
    inside = make(workspace, handle, "force", "identity", product="handle-report")
    assert "SIO: DI M. Okafor" in said(inside)
    assert inside.document.author == "DS Halloran"
    outside = make(workspace, handle, "board", "identity", product="handle-report")
    assert "SIO" not in said(outside)
    assert outside.document.author == "Issuing officer"


def test_an_operation_under_way_is_on_no_chart_of_others(workspace, world, given):
    live, over = given(
        Operation(name="Operation Lantern", phase="proactive"),
        Operation(name="Operation Thistle", phase="closed", closed=date(2026, 1, 1)),
    )
    given(*(a_link(one, world["ocg"], type="investigates") for one in (live, over)))
    inside = make(workspace, world["ocg"], "force", "chart")
    outside = make(workspace, world["ocg"], "partners", "chart")
    drawn = [
        next(b for b in one.document.blocks if isinstance(b, Picture)).svg
        for one in (inside, outside)
    ]
    assert "Operation Lantern" in drawn[0]
    assert "Operation 1" in drawn[1]
    assert "Operation 2" not in drawn[1]
    assert "Thistle" not in drawn[1]


def test_a_section_with_nothing_to_tell_has_no_heading_for_others_and_the_check_says_so(
    workspace, world
):
    sections = ("members", "lines", "text:Key findings", "sources")
    inside = make(workspace, world["ocg"], "internal", *sections)
    assert headings(inside)[:4] == ["Members", "County lines", "Key findings", "Sources"]
    outside = make(workspace, world["ocg"], "public", *sections)
    assert headings(outside)[:2] == ["Members", "About this paper"]
    assert outside.leaving.unsaid == ("County lines", "Key findings", "Sources")


def test_a_workspace_decides_itself_what_its_audiences_may_see(workspace, world):
    draft = Draft.of(code_list(audiences.AUDIENCES)).set("partners", "names", True)
    with workspace.work("Edit list") as done:
        reference_lists.save(done.work, draft.known.name, draft.data, version=draft.known.version)
    briefing = make(workspace, world["ocg"], "partners", "members")
    assert "Ewan Pryce" in said(briefing)
    assert "in connection with it: fewer than five" in said(briefing)


def test_an_audience_nobody_thought_of_gets_least_and_every_condition_speaks_against_it(
    workspace, world
):
    with workspace.work("Edit list") as done:
        draft = Draft.of(code_list(audiences.AUDIENCES)).add("council", "Council")
        reference_lists.save(
            done.work, audiences.AUDIENCES, draft.data, version=draft.known.version
        )
    briefing = make(workspace, world["ocg"], "council")
    assert [one.refuses for one in briefing.leaving.against] == [True]
    assert "Pryce" not in said(briefing)
    assert "fewer than five" in said(briefing)


def test_a_condition_speaks_only_against_audiences_there_are(workspace):
    known = code_list("handling-conditions")
    data = Draft.of(known).set("police-only", "against", ["partners", "press"]).data
    with (
        pytest.raises(Refused, match="'press' is not in the list of audiences"),
        workspace.work("Edit list") as done,
    ):
        reference_lists.save(done.work, known.name, data, version=known.version)


# ---- Typed text ---------------------------------------------------------------------------------


def typed(workspace, world, text, audience="partners", **more):
    texts = (("identity", text),)
    sections = ("identity", "members")
    return make(workspace, world["ocg"], audience, *sections, texts=texts, despite="x", **more)


def test_what_is_surely_a_name_goes_and_what_may_be_one_is_settled_first(
    workspace, world, tmp_path
):
    text = "Ewan Pryce and Razor met. Pryce paid."
    first = typed(workspace, world, text)
    assert "Principal 1 and Principal 1 met. Pryce paid." in said(first)
    assert [(p.words, p.is_open) for p in first.leaving.places] == [
        ("Ewan Pryce", False),
        ("Razor", False),
        ("Pryce", True),
    ]
    with pytest.raises(Refused, match="Settle 1 place in typed text: “Pryce”"):
        issue(workspace, first, tmp_path)
    replaced = typed(workspace, world, text, settled=(("pryce", ""),))
    assert "met. Principal 1 paid." in said(replaced)
    assert replaced.leaving.held == ()


def test_somebody_exploited_is_not_told_by_a_first_name_alone(workspace, world):
    text = "Somebody left; young's mother and YOUNG came with somebody in May."
    for audience in ("public", "internal"):
        told = said(typed(workspace, world, text, audience))
        assert "Somebody" not in told.split("People recorded")[0]
        assert "YOUNG" not in told
        assert "with somebody in May." in told


def test_a_sign_somebody_exploited_goes_by_is_withheld_wherever_it_stands(workspace, given):
    ocg = given(an_ocg("Tarnbrook", status="active", summary="yp-07 was seen; Gwen Ashh too."))[0]
    given(a_nominal("Gwen Ash", exploited=True, aliases=(Alias("YP-07"), Alias("Gwen Ashh"))))
    for audience in ("public", "internal"):
        told = said(make(workspace, ocg, audience, "summary"))
        assert "name withheld was seen; name withheld too." in told


def test_a_name_is_found_over_a_line_and_behind_signs_nobody_sees(workspace, world, given):
    given(a_nominal("Aled Stranger"))  # not of this OCG: only the register knows the name
    told = said(typed(workspace, world, "Aled\nStranger paid. Ew\u200ban Pr\u00adyce left."))
    assert "Nominal 1 paid. Principal 1 left." in told


def test_words_are_kept_as_typed_with_a_reason_that_the_journal_keeps(workspace, world, tmp_path):
    settled = (("Ewan Pryce", "Convicted in open court"), ("Pryce", ""))
    kept = typed(workspace, world, "Ewan Pryce was jailed. Pryce appealed.", settled=settled)
    assert "Ewan Pryce was jailed. Principal 1 appealed." in said(kept)
    product, text = issue(workspace, kept, tmp_path)
    assert "Ewan Pryce was jailed" in text
    assert newest_disclosure(workspace)["typed_kept"] == ["Convicted in open court"]
    assert product_specs.wish_of(product).settled == settled


def test_two_people_of_one_name_are_never_taken_for_each_other(workspace, world, given):
    other = given(a_nominal("Evan Pryce", aliases=(Alias("Razor"),)))[0]
    given(a_membership(other, world["ocg"], importance="significant", role="courier"))
    briefing = typed(workspace, world, "Mr Pryce paid. E Pryce too. Razor left.")
    assert "name withheld paid. name withheld too. name withheld left." in said(briefing)


def test_typed_text_for_the_own_team_stays_as_it_is_but_for_the_exploited(workspace, world):
    text = "Ewan Pryce, 07700 900321, uses SOMEBODY YOUNG."
    assert "07700 900321, uses Exploited person 1." in said(
        typed(workspace, world, text, "internal")
    )


def test_a_name_is_looked_for_however_it_is_written():
    assert {"Pryce, Ewan", "E. Pryce", "Mr Pryce", "Pryce Ewan"} <= set(
        spellings("Ewan John Pryce")
    )
    assert spellings("Razor") == ("Razor",)
    one = UUID(int=1)
    spelt = Names({one: "Aled O'Neill"})
    assert list(spelt.stretches("ALED  O’NEILL came")) == [(0, 13, one)]
    assert list(Names({one: "Red"}).stretches("Red took the red car")) == [(0, 3, one)]
    assert list(Names({one: "YP-01"}).stretches("yp-01 came")) == [(0, 5, one)]


PUBLIC = audiences.audience("public")


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("on 07700.900.321 now", "phone number"),
        ("on +44 (0)7700 900-321", "phone number"),
        ("in ab12cde", "vehicle registration"),
        ("in AB12 CDE", "vehicle registration"),
        ("near sy8 1aa", "postcode"),
        ("at 14 Harbour Road, flat", "address"),
        ("DOB: 1/2/1990", "date of birth"),
        ("born on 3rd of May 1988", "date of birth"),
        ("a.b@example.org", "e-mail address"),
        ("Snapchat: @quiet.fox9", "user name"),
        ("NI number AB123456C", "National Insurance number"),
        ("PNC 87/12345K", "national number"),
        ("Op Lantern", "operation"),
        ("T/DCI Jane Halloran said", "officer"),
        ("see WMPA1-REP-2026-0042", "report reference"),
        ("intel log WM/4471/26", "report reference"),
        ("Mrs Venn", "name"),
        ("ring 7700 900321", "phone number"),
        ("07700/900 321", "phone number"),
        ("facebook.com/ewan.pryce9", "web address"),
        ("from 192.0.2.17", "web address"),
        ("20-00-00 account 12345678", "account number"),
        ("GB33BUKB20201555555555", "account number"),
        ("passport no. 533380006", "national number"),
        ("/07700900456", "phone number"),
        ("at 14 harbour road now", "address"),
        ("Rose Cottage, Mill Lane", "address"),
        ("born on the fourth of March 2004", "date of birth"),
        ("born 4th March '04", "date of birth"),
        ("birthday is 1 May", "date of birth"),
        ("PC 1234 wrote", "officer"),
        ("DS o'neill wrote", "officer"),
        ("see wmpa1-rep-2026-0042", "report reference"),
        ("snap: toffee22", "user name"),
    ],
)
def test_what_leads_to_somebody_is_found_by_its_form(text, what):
    finds = brief_forms.found(text, PUBLIC, TODAY)
    assert what in {one.what for one in finds}
    assert brief_forms.found(text, audiences.audience("internal"), TODAY) == []


@pytest.mark.parametrize(
    "text",
    [
        "on 12 May 2026 at 14:00, £3,400 and 1.09 kg",
        "Operations of the PC in Dudley, 24 hours in 2026",
        "16 of 20 actions are done; OCG 12 is at T2",
        "3 people close by, 5 high street shops, a 24 hour road closure, in May 1, 2 and 3",
        "2026-11-18 09:00, 1 234 567 890 seconds, the Co-Op Food in version 1.2",
    ],
)
def test_what_leads_to_nobody_is_left_alone(text):
    assert brief_forms.found(text, PUBLIC, TODAY) == []


# ---- The check ----------------------------------------------------------------------------------


def test_the_check_lists_what_is_rare_and_what_is_few(workspace, world):
    text = "A man aged 24 was robbed in Ludlow on 3 May 2026."
    briefing = typed(workspace, world, text)
    found = {(one.what, one.section) for one in briefing.doubts}
    assert ("rare together: an age, a place and a day", "At a glance") in found
    assert ("the only one with this role: Principal 1", "Members") in found
    assert ("the only one with this role: Courier 1", "Members") in found


def test_a_nickname_that_stands_alone_in_a_record_is_pointed_out(workspace, given):
    given(a_nominal("Aled Stranger", aliases=(Alias("Badger"),)))
    ocg = given(an_ocg("Tarnbrook", status="active", summary="Badger drove; Stranger paid."))[0]
    briefing = make(workspace, ocg, "public", "summary")
    told = {(doubt.what, doubt.section) for doubt in briefing.doubts}
    assert {
        ("may be a nickname: Badger", "Summary"),
        ("may be a surname: Stranger", "Summary"),
    } <= told


def test_a_line_called_as_somebody_is_called_is_pointed_out(workspace, world, given):
    line, group = given(a_line("Old Razor"), an_ocg("Marron Yard"))
    given(a_nominal("X Y", aliases=(Alias("Razor"),)))
    given(*(a_link(world["ocg"], one, type="controls") for one in (line, group)))
    briefing = make(workspace, line, "public", "identity", product="line-profile")
    assert "may be a nickname: Razor" in {one.what for one in briefing.doubts}
    briefing = make(workspace, group, "public", "identity")
    assert "may be a surname: Marron" in {one.what for one in briefing.doubts}


def test_roles_are_the_same_in_the_table_the_text_and_the_chart(workspace, world, given):
    more = given(a_nominal("Orla Venn"), a_nominal("Dai Rees"))
    given(*(a_membership(one, world["ocg"], role="courier") for one in more))
    briefing = make(workspace, world["ocg"], "public", "members", "chart", despite="x")
    table = said(briefing)
    picture = next(block for block in briefing.document.blocks if isinstance(block, Picture))
    for role in ("Courier 1", "Courier 2", "Courier 3"):
        assert table.count(role) >= 1
        assert picture.svg.count(f'aria-label="{role}"') == 1
    assert "withheld" not in table.casefold()


def test_every_audience_there_is_says_all_that_is_asked():
    asked = {"names", "exploited", "operations", "sources", "tactics", "completed"}
    asked |= {"officers", "places", "warnings", "outside", "least"}
    for one in code_list(audiences.AUDIENCES):
        assert asked <= dict(one.extra).keys()


def test_towns_are_told_to_everybody_and_addresses_are_not(workspace, given):
    line, town, flat = given(
        a_line("Kestrel", towns=("Ludlow",)),
        Location(name="Ludlow", location_type="town"),
        Location(name="Flat 9, Mill Lane", location_type="address"),
    )
    given(a_link(line, town, type="runs-to"), a_link(line, flat, type="linked"))
    briefing = make(workspace, line, "partners", "identity", "ties", product="line-profile")
    text = said(briefing)
    assert text.count("Ludlow") == 2
    assert "Location 1" in text
    assert "Mill Lane" not in text
