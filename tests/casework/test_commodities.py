"""Commodities: their taxonomy, and who does what with which."""

import pytest
from makers import a_line, a_nominal, an_ocg

from ocgdesk.casework import commodities, records
from ocgdesk.casework.commodities import Said
from ocgdesk.domain.dates import PartialDate
from ocgdesk.domain.entities import Commodity
from ocgdesk.errors import Refused


@pytest.fixture
def act(workspace):
    """Do one verb as an act of its own."""

    def do(verb, *args, **more):
        with workspace.work("Act") as done:
            return verb(done.work, *args, **more)

    return do


@pytest.fixture
def drugs(given):
    drugs = given(Commodity(name="Drugs"))[0]
    cocaine = given(Commodity(name="Cocaine", unit="kg", part_of=drugs.id))[0]
    crack = given(Commodity(name="Crack", unit="kg", part_of=cocaine.id))[0]
    return drugs, cocaine, crack


def test_the_tree_stands_each_part_below_its_whole(act, workspace, given, drugs):
    given(Commodity(name="Cash", unit="gbp"))
    act(commodities.deal, given(an_ocg())[0].id, drugs[2].id, Said(role="supplies"))
    with workspace.reading() as reader:
        nodes = commodities.tree(reader)
    assert [(node.brief.label, node.depth, node.dealers) for node in nodes] == [
        ("Cash", 0, 0),
        ("Drugs", 0, 0),
        ("Cocaine", 1, 0),
        ("Crack", 2, 1),
    ]


def test_nothing_is_part_of_itself_by_whatever_way(act, drugs):
    whole, _middle, part = drugs
    with pytest.raises(Refused, match="part of itself"):
        act(commodities.place, whole.id, part.id)
    with pytest.raises(Refused, match="part of itself"):
        act(records.edit, whole.id, {"part_of": whole.id})
    assert act(commodities.place, part.id, whole.id).part_of == whole.id


def test_who_does_what_counts_for_the_whole_and_each_part(act, workspace, given, drugs):
    ocg, line = given(an_ocg(), a_line())
    since = PartialDate(2026, 3)
    act(commodities.deal, ocg.id, drugs[1].id, Said(role="imports", scale=40, start=since))
    act(commodities.deal, line.id, drugs[2].id, Said(role="supplies"))
    with workspace.reading() as reader:
        found = commodities.dealings(reader, drugs[0].id)
        assert len(commodities.dealings(reader, drugs[2].id)) == 1
    assert [(d.item.other.label, d.role, d.what.label, d.scale) for d in found] == [
        ("Tarnbrook", "imports", "Cocaine", "40 kg"),
        ("Kestrel", "supplies", "Crack", ""),
    ]


@pytest.mark.parametrize(
    ("scale", "unit", "words"),
    [(12_400, "gbp", "£12,400"), (61.25, "kg", "61.25 kg"), (3, "plants", "3 plants")],
)
def test_a_scale_reads_with_its_unit(act, given, drugs, scale, unit, words):
    said = Said(role="deals-in", scale=scale, unit=unit)
    link = act(commodities.deal, given(an_ocg())[0].id, drugs[1].id, said)
    assert commodities.scale_words(link) == words


@pytest.mark.parametrize(
    ("said", "words"),
    [
        (Said(role="uses"), "Say what they do with it: imports, wholesales, supplies"),
        (Said(role="imports", scale=-1), "nothing or more"),
        (Said(role="imports", scale=2, unit="bushels"), "not in the list of units"),
    ],
)
def test_what_makes_no_sense_is_refused(act, given, drugs, said, words):
    with pytest.raises(Refused, match=words):
        act(commodities.deal, given(an_ocg())[0].id, drugs[1].id, said)


def test_a_scale_needs_a_unit_where_the_commodity_has_none(act, given, drugs):
    with pytest.raises(Refused, match="counted in"):
        act(commodities.deal, given(an_ocg())[0].id, drugs[0].id, Said(role="imports", scale=2))


def test_the_same_is_not_recorded_twice(act, given, drugs):
    ocg = given(an_ocg())[0]
    act(commodities.deal, ocg.id, drugs[1].id, Said(role="imports"))
    with pytest.raises(Refused, match="already"):
        act(commodities.deal, ocg.id, drugs[1].id, Said(role="imports"))
    act(commodities.deal, ocg.id, drugs[1].id, Said(role="stores"))


def test_nobody_exploited_is_recorded_as_dealing(act, given, drugs):
    victim = given(a_nominal("YP-03", exploited=True))[0]
    with pytest.raises(Refused, match="link who exploits"):
        act(commodities.deal, victim.id, drugs[1].id, Said(role="deals-in"))
