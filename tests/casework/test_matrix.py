"""The matrix of OCGs: counts, order, what leaves."""

from datetime import UTC, datetime

import pytest
from makers import a_handle, a_line, a_link, a_membership, a_nominal, an_attribution, an_ocg

from ocgdesk.casework import matrix, matrix_papers
from ocgdesk.casework.matrix import Query
from ocgdesk.domain.entities import Commodity
from ocgdesk.domain.kinds import Kind
from ocgdesk.errors import Refused
from ocgdesk.graph.ordering import by_cluster


@pytest.fixture
def read(workspace):
    def found(**more):
        with workspace.reading() as reader:
            return matrix.read(reader, Query(**more))

    return found


@pytest.fixture
def three(given):
    red, blue, green = given(an_ocg("Red"), an_ocg("Blue"), an_ocg("Green"))
    sam, ann = given(a_nominal("Sam"), a_nominal("Ann"))
    (fox,) = given(a_handle("fox"))
    (line,) = given(a_line())
    (heroin,) = given(Commodity(name="Heroin", commodity_type="heroin"))
    given(
        a_membership(sam, red),
        a_membership(sam, blue),
        a_membership(ann, blue),
        an_attribution(fox, ann),
        a_link(red, fox, type="uses"),
        a_link(red, line, type="controls"),
        a_link(blue, line, type="controls"),
        a_link(red, heroin, type="deals-in"),
        a_link(green, heroin, type="deals-in"),
        a_link(green, blue, type="rival"),
    )
    return red, blue, green


def cell(found, one, two):
    places = {ocg.id: at for at, ocg in enumerate(found.ocgs)}
    return found.cell(places[one.id], places[two.id])


def test_a_cell_counts_what_two_ocgs_share_by_kind(read, three) -> None:
    red, blue, green = three
    found = read()
    assert dict(cell(found, red, blue).counts) == {
        Kind.NOMINAL: 1,
        Kind.HANDLE: 1,
        Kind.COUNTY_LINE: 1,
    }
    assert cell(found, red, blue) == cell(found, blue, red)
    assert dict(cell(found, red, green).counts) == {Kind.COMMODITY: 1}
    assert cell(found, red, blue).words == "1 nominal, 1 handle, 1 county line"
    assert len(cell(found, red, blue).beneath) == 3


def test_a_feud_is_told_though_nothing_is_shared(read, three) -> None:
    _red, blue, green = three
    found = cell(read(), blue, green)
    assert found.feud
    assert (found.total, found.words) == (0, "Rival of")


def test_only_the_kinds_asked_for_are_counted(read, three) -> None:
    red, blue, green = three
    found = read(kinds=(Kind.HANDLE,))
    assert cell(found, red, blue).words == "1 handle"
    with pytest.raises(Refused, match="not asked to share a vehicle"):
        read(kinds=(Kind.VEHICLE,))
    assert green.id in {ocg.id for ocg in found.ocgs}  # the feud stays


def test_nothing_shared_is_an_empty_matrix(read, given) -> None:
    given(an_ocg("Alone"))
    assert read().ocgs == ()


def test_what_has_most_in_common_stands_side_by_side() -> None:
    weights = {(1, 4): 9.0, (4, 2): 8.0, (3, 5): 5.0, (2, 3): 0.5}
    assert by_cluster([1, 2, 3, 4, 5, 6], weights) == [4, 1, 2, 3, 5, 6]


def test_too_many_ocgs_are_cut_and_it_says_so(read, three) -> None:
    found = read(most=2)
    assert len(found.ocgs) == 2
    assert "1 more OCGs have something in common" in found.left_out[0]


def test_the_matrix_leaves_as_a_workbook_and_as_text_with_its_marking(
    workspace, three, tmp_path
) -> None:
    for name in ("m.csv", "m.json"):
        made = matrix_papers.to_file(
            workspace, Query(), tmp_path / name, now=datetime.now(UTC), reason="Meeting"
        )
        text = (tmp_path / name).read_text(encoding="utf-8-sig")
        assert "Red" in text
        assert "OFFICIAL" in text.upper()
        assert made.rows == 3
    assert workspace.head()[0] > 0


def test_another_format_is_refused(workspace, tmp_path) -> None:
    with pytest.raises(Refused, match="xlsx, csv, json"):
        matrix_papers.to_file(workspace, Query(), tmp_path / "m.pdf", now=datetime.now(UTC))
