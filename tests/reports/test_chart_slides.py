"""Charts as slides: native shapes, their lines glued, opened again by another reader."""

import io
import zipfile
from collections import Counter
from dataclasses import replace

import pptx
import pytest
from golden.chart_scenes import COVER, id_of, large, tarnbrook
from lxml import etree

from ocgdesk.domain.charts import FIXED_LINE, Arrangement, Callout, Cover, Scene, Tie
from ocgdesk.reports import chart_words
from ocgdesk.reports.chart_page import PageSize, page
from ocgdesk.reports.chart_slides import Slide, to_pptx
from ocgdesk.reports.drawing import draw

A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
P = "{http://schemas.openxmlformats.org/presentationml/2006/main}"


def slide_of(
    arrangement: Arrangement, cover: Cover = COVER, size: PageSize = PageSize.SLIDE
) -> Slide:
    labels = {item.id: item.label for item in arrangement.scene.items}
    names = {item.id: chart_words.item_words(item) for item in arrangement.scene.items}
    names |= {tie.id: chart_words.tie_words(tie, labels) for tie in arrangement.scene.ties}
    sheet = page(draw(arrangement), cover, size, chart_words.legend(arrangement))
    return Slide(page=sheet, marking=cover.marking.banner, names=names, notes=("12 sources",))


def opened(*slides: Slide):
    return pptx.Presentation(io.BytesIO(to_pptx(slides)))


def noted() -> Arrangement:
    """Tarnbrook with a note about Dean Arkwright and a line from Imran Sadiqi to himself."""
    made = tarnbrook()
    note = Callout(
        id=id_of("note"), text="Seen on 3 May", about=id_of("Dean Arkwright"), x=80, y=-90
    )
    imran = id_of("Imran Sadiqi")
    tie = Tie(id=id_of("self"), source=imran, target=imran, label="owes", directed=True)
    scene = replace(made.scene, notes=(note,), ties=(*made.scene.ties, tie))
    return replace(made, scene=scene)


def every(shapes):
    for shape in shapes:
        yield shape
        if shape.shape_type == pptx.enum.shapes.MSO_SHAPE_TYPE.GROUP:
            yield from every(shape.shapes)


def texts(file) -> str:
    shapes = every(file.slides[0].shapes)
    return "\n".join(shape.text_frame.text for shape in shapes if shape.has_text_frame)


def test_another_reader_finds_every_word_of_the_chart_and_of_its_frame() -> None:
    found = texts(opened(slide_of(tarnbrook())))
    for said in (
        *("Dean Arkwright", "Principal, importer", "supplies ×3", "HMP", "Tarnbrook", "YP-03"),
        *(COVER.title, "WMPA1-OCG-2025-0042", "as at 21 Nov 2025, 09:14", "SYNTHETIC DATA"),
        *("Nominal 11", "Filters: Grade: not 3, not E; Hops: 2", FIXED_LINE, COVER.handling),
    ):
        assert said in found
    assert found.count("OFFICIAL-SENSITIVE") == 2


def test_the_title_is_the_slides_own_and_stands_there_once() -> None:
    file = opened(slide_of(tarnbrook()))
    assert file.slides[0].shapes.title.text_frame.text == COVER.title
    assert texts(file).count(COVER.title) == 1


@pytest.mark.parametrize("size", list(PageSize))
@pytest.mark.parametrize("of", [noted, lambda: large(120, 260), lambda: Arrangement(scene=Scene())])
def test_nothing_lies_outside_the_slide(size: PageSize, of) -> None:
    file = opened(slide_of(of(), size=size))
    wide, high = file.slide_width, file.slide_height
    assert wide == pytest.approx(size.extent[0] * 9525, abs=1)
    for shape in every(file.slides[0].shapes):
        assert shape.left >= -1, shape.name
        assert shape.top >= -1, shape.name
        assert shape.left + shape.width <= wide + 1, shape.name
        assert shape.top + shape.height <= high + 1, shape.name


def connectors(file):
    return [s for s in every(file.slides[0].shapes) if s._element.tag == f"{P}cxnSp"]


def test_every_line_is_glued_at_both_ends_to_the_very_point_where_it_meets_its_item() -> None:
    arrangement = tarnbrook()
    file = opened(slide_of(arrangement))
    by_id = {shape.shape_id: shape for shape in every(file.slides[0].shapes)}
    glued = 0
    for line in connectors(file):
        ends = {tag: line._element.find(f".//{A}{tag}") for tag in ("stCxn", "endCxn")}
        if None in ends.values():
            continue
        glued += 1
        for tag, (x, y) in (
            ("stCxn", (line.begin_x, line.begin_y)),
            ("endCxn", (line.end_x, line.end_y)),
        ):
            shape = by_id[int(ends[tag].get("id"))]
            assert site(shape, int(ends[tag].get("idx"))) == pytest.approx((x, y), abs=2)
    drawn = draw(arrangement).lines
    assert glued == len(drawn)


def site(shape, index: int) -> tuple[float, float]:
    """Return where a site of a shape lies on the slide, by its own guides."""
    guides = {
        guide.get("name"): [int(part) for part in guide.get("fmla").split()[2:]]
        for guide in shape._element.iter(f"{A}gd")
    }
    at = shape._element.findall(f".//{A}cxn/{A}pos")[index]
    (x, wide), (y, high) = guides[at.get("x")], guides[at.get("y")]
    return shape.left + shape.width * x / wide, shape.top + shape.height * y / high


def test_a_note_and_its_leader_are_glued_too_and_a_line_to_itself_is_a_curve() -> None:
    file = opened(slide_of(noted()))
    leaders = [line for line in connectors(file) if line.name == "Leader"]
    (leader,) = leaders
    by_id = {shape.shape_id: shape.name for shape in every(file.slides[0].shapes)}
    ends = [leader._element.find(f".//{A}{tag}").get("id") for tag in ("stCxn", "endCxn")]
    assert [by_id[int(end)] for end in ends] == ["Note", "Dean Arkwright"]
    assert "Seen on 3 May" in texts(file)
    loops = [s for s in every(file.slides[0].shapes) if "owes" in s.name]
    assert [etree.QName(loop._element).localname for loop in loops] == ["sp", "sp"]


def test_items_are_groups_that_say_what_they_are_and_the_chart_says_what_it_shows() -> None:
    file = opened(slide_of(tarnbrook()))
    told = {
        shape.name: shape._element.xpath("./*/p:cNvPr/@descr") for shape in file.slides[0].shapes
    }
    assert told["Dean Arkwright"] == ["Nominal, Dean Arkwright, Principal, Principal, HMP"]
    assert told["Chart"][0].startswith("Link chart of 11 nominals")
    assert any(name.startswith("Imran Sadiqi to Gareth Lyle: supplies") for name in told)


def test_numbers_of_shapes_are_given_once_even_over_several_slides() -> None:
    file = opened(slide_of(noted()), slide_of(tarnbrook()))
    assert len(file.slides) == 2
    for slide in file.slides:
        counts = Counter(slide.shapes._spTree.xpath(".//p:cNvPr/@id"))
        assert set(counts.values()) == {1}
        assert slide.notes_slide.notes_text_frame.text == "12 sources"


def test_the_same_chart_gives_the_same_bytes_and_nothing_of_the_librarys_own() -> None:
    data = to_pptx([slide_of(tarnbrook())])
    assert data == to_pptx([slide_of(tarnbrook())])
    with zipfile.ZipFile(io.BytesIO(data)) as file:
        core = file.read("docProps/core.xml").decode()
        assert not [name for name in file.namelist() if "thumbnail" in name or "printer" in name]
    assert "Steve" not in core
    assert COVER.author in core
    assert "2000-01-01" in core


def test_letters_that_xml_does_not_hold_are_left_out() -> None:
    made = tarnbrook()
    first, *rest = made.scene.items
    odd = replace(first, label='Gr\x01it <&> "stone"')
    file = opened(slide_of(replace(made, scene=replace(made.scene, items=(odd, *rest)))))
    assert 'Grit <&> "stone"' in texts(file).replace("\n", " ")
