"""The register of products: only issuing makes an entry of it, and what was issued stays."""

import shutil
import subprocess
from dataclasses import replace
from datetime import UTC, datetime
from hashlib import sha256

import pytest
from docx import Document as WordFile
from makers import a_membership, a_nominal, an_ocg
from openpyxl import load_workbook
from pptx import Presentation

from ocgdesk.casework import (
    brief_wishes,
    briefs,
    combining,
    imprints,
    product_changes,
    product_series,
    products,
    records,
    return_papers,
    return_wishes,
    ruled,
    table_cells,
)
from ocgdesk.casework.briefs import Wish
from ocgdesk.casework.product_series import NotAVersion
from ocgdesk.casework.products import Issue
from ocgdesk.domain.kinds import Kind
from ocgdesk.domain.products import Product
from ocgdesk.domain.registry import class_of
from ocgdesk.errors import CannotWrite, Refused
from ocgdesk.reports import html_writer
from ocgdesk.security import chain

NOW = datetime(2026, 11, 18, 9, 0, tzinfo=UTC)
FEW = ("identity", "members")


@pytest.fixture
def ocg(given):
    return given(an_ocg("Tarnbrook", status="active", tier="t2"))[0]


@pytest.fixture
def issue(workspace, tmp_path, ocg):
    """Issue a profile of the OCG, or what else is wished."""

    def issue_(follows=None, media="html", recipient="", **more):
        wish = {"product": "ocg-profile", "subject": ocg.id, "sections": FEW} | more
        said = Issue(
            path=tmp_path / f"p.{media}",
            recipient=recipient,
            follows=follows.id if follows else None,
        )
        return products.issue(workspace, Wish(**wish), said, now=NOW)

    return issue_


def test_no_entry_of_the_register_is_made_by_hand(workspace):
    new = Product(title="Never issued", product_type="ocg-profile", status="issued")
    with pytest.raises(Refused, match="Only issuing"), workspace.work("Add") as done:
        records.create(done.work, new)
    with workspace.reading() as reader:
        assert products.register(reader) == ()


@pytest.mark.parametrize("kind", ruled.MADE_BY_ACT)
def test_what_only_an_act_makes_is_neither_typed_imported_nor_put_right_in_a_table(kind):
    cls = class_of(kind)
    with pytest.raises(Refused) as refusal:
        ruled.check_new(cls())
    assert str(refusal.value) == ruled.MADE_BY_ACT[kind]
    fields = [f.name for f in table_cells.described_fields(cls)]
    assert all(table_cells.refusal(kind, name) for name in fields)


def test_what_was_issued_is_neither_edited_nor_removed(workspace, issue):
    issued = issue()
    with pytest.raises(Refused, match="stays as it was"), workspace.work("Edit") as done:
        records.edit(done.work, issued.id, {"recipient": "Nobody"})
    with pytest.raises(Refused, match="stays on record"), workspace.work("Remove") as done:
        records.remove(done.work, [issued.id], "Tidy")
    with workspace.reading() as reader:
        assert [one.id for one in products.register(reader)] == [issued.id]
        assert reader.find(issued.id).kind is Kind.PRODUCT


# ---- Versions ----------------------------------------------------------------------------------


def test_a_version_follows_the_newest_of_its_kind_about_the_same_for_the_same(
    issue, given, tmp_path
):
    first = issue()
    other = given(an_ocg("Harrowgate"))[0]
    for wish, why in (
        ({"product": "plan", "sections": ()}, "is OCG profile, not 4P plan"),
        ({"subject": other.id}, r"is about Tarnbrook \(WMPA1-OCG-\d{4}-0001\)"),
        ({"audience": "public"}, "made for Own team: one for Public is a product of its own"),
    ):
        with pytest.raises(NotAVersion, match=why):
            issue(first, **wish)
    second = issue(first)
    assert (second.number, second.follows) == (2, first.id)
    with pytest.raises(NotAVersion, match=f"the newest of it is {second.ref}, version 2"):
        issue(first)
    assert issue(second).number == 3


def test_what_was_refused_left_nothing(workspace, issue, tmp_path):
    first = issue()
    with pytest.raises(NotAVersion):
        issue(first, media="docx", audience="public")
    assert not (tmp_path / "p.docx").exists()
    with workspace.reading() as reader:
        assert [one.status for one in products.register(reader)] == ["issued"]


def test_what_cannot_be_written_is_not_entered(workspace, ocg, tmp_path):
    wish = Wish(product="ocg-profile", subject=ocg.id, sections=FEW)
    (tmp_path / "taken.html").mkdir()
    for path in (tmp_path / "nowhere" / "p.html", tmp_path / "taken.html"):
        with pytest.raises(CannotWrite, match=path.name):
            products.issue(workspace, wish, Issue(path=path), now=NOW)
    with workspace.reading() as reader:
        assert products.register(reader) == ()
    assert not list(tmp_path.glob("*.new"))


def test_what_failed_at_the_last_moment_is_recalled_as_never_having_left(
    workspace, issue, monkeypatch
):
    def full(path, data):
        raise CannotWrite("p.html cannot be written: No space left on device")

    monkeypatch.setattr(products, "write_whole", full)
    with pytest.raises(CannotWrite, match="No space left"):
        issue()
    with workspace.reading() as reader:
        (entered,) = products.register(reader)
    assert entered.status == "recalled"
    assert entered.recall_reason.startswith("It never left: p.html cannot be written")


def test_a_recalled_one_is_followed_once(workspace, issue):
    first = issue()
    with workspace.work("Recall") as done:
        products.recall(done.work, first.id, reason="Wrong person", today=NOW.date())
    second = issue(first)
    assert second.number == 2
    with pytest.raises(NotAVersion, match="was followed already"):
        issue(first)
    with workspace.reading() as reader:
        known = {one.id: one.status for one in products.register(reader)}
    assert known == {first.id: "recalled", second.id: "issued"}


def test_one_that_is_out_already_for_the_same_is_told(workspace, issue, ocg):
    def beside(**more):
        with workspace.reading() as reader:
            wish = Wish(product="ocg-profile", subject=ocg.id, sections=FEW)
            return product_series.beside(reader, replace(wish, **more))

    assert beside() == ""
    first = issue()
    assert beside().startswith(f"{first.ref}, version 1, is out already")
    assert beside(audience="public") == ""
    second = issue(first)
    assert beside().startswith(f"{second.ref}, version 2,")


def test_an_area_is_the_same_by_its_code_and_by_its_name(issue):
    wide = {"product": "performance", "sections": ("text:Summary",), "subject": None}
    first = issue(**wide, area="WMP")
    assert issue(first, **wide, area="West Midlands Police").number == 2
    with pytest.raises(NotAVersion, match="is about WMP"):
        issue(first, **wide, area="STA")


def test_what_was_merged_into_a_record_is_followed_by_what_is_about_that(workspace, issue, given):
    kept, gone = given(a_nominal("Ewan Pryce"), a_nominal("Ewan Price"))
    person = {"product": "nominal-profile"}
    first = issue(subject=gone.id, **person)
    with workspace.work("Merge") as done:
        combining.merge(done.work, kept.id, gone.id)
    assert issue(first, subject=kept.id, **person).number == 2


# ---- What a paper says of itself ----------------------------------------------------------------


def told(product):
    """Return what every paper of this product has to say of itself."""
    return (
        product.ref,
        "1",
        "18 Nov 2026, 09:00",
        f"18 Nov 2026, 09:00, journal entry {product.entry:,}",
        product.author,
        "DCI Hale",
        "Own team",
        "OFFICIAL-SENSITIVE",
        product.head,
    )


def short(product):
    return f"{product.ref} · version 1 · issued 18 Nov 2026, 09:00"


def test_word_says_on_its_first_page_and_at_its_foot_which_paper_it_is(issue, tmp_path):
    product = issue(media="docx", recipient="DCI Hale")
    file = WordFile(str(tmp_path / "p.docx"))
    facts = [cell.text for row in file.tables[0].rows for cell in row.cells]
    assert set(told(product)) <= set(facts)
    assert short(product) in file.sections[0].footer.paragraphs[0].text
    core = file.core_properties
    assert (core.identifier, core.version) == (product.ref, "1")
    assert f"Number: {product.ref}" in core.comments
    data = (tmp_path / "p.docx").read_bytes()
    assert product.digest == sha256(data).hexdigest()


def test_slides_say_it_on_the_cover_and_each_at_its_foot(issue, tmp_path):
    product = issue(media="pptx", recipient="DCI Hale")
    file = Presentation(str(tmp_path / "p.pptx"))
    slides = [
        "\n".join(shape.text_frame.text for shape in slide.shapes if shape.has_text_frame)
        for slide in file.slides
    ]
    assert all(words in slides[0] for words in told(product))
    assert all(short(product) in words for words in slides)
    assert file.core_properties.identifier == product.ref


def test_a_workbook_says_it_in_its_notes_and_on_each_printed_page(issue, tmp_path):
    product = issue(media="xlsx", recipient="DCI Hale")
    book = load_workbook(tmp_path / "p.xlsx")
    notes = "\n".join(str(cell.value) for cell in book.worksheets[-1]["A"])
    assert all(words in notes for words in told(product))
    assert all(short(product) in str(sheet.oddFooter.center.text) for sheet in book)
    assert product.ref in book.properties.description


@pytest.mark.parametrize("media", ["html", "pdf"])
def test_a_page_says_it_beneath_its_title_and_at_its_foot(issue, tmp_path, media):
    product = issue(media=media, recipient="DCI Hale")
    path = tmp_path / f"p.{media}"
    text = path.read_text(encoding="utf-8") if media == "html" else printed(path)
    assert all(words in text for words in told(product))
    assert short(product) in text


def printed(path):
    if shutil.which("pdftotext") is None:
        pytest.skip("pdftotext is not installed here: nothing else reads the PDF back")
    run = ["pdftotext", "-layout", str(path), "-"]
    return subprocess.run(run, capture_output=True, check=True, text=True).stdout


def test_a_draft_says_that_it_is_none(workspace, ocg):
    wish = Wish(product="ocg-profile", subject=ocg.id, sections=FEW)
    with workspace.reading() as reader:
        made = briefs.make(reader, wish, now=NOW, author="A. Author")
    page = html_writer.page(imprints.draft(made, NOW))
    assert page.count("Draft, not issued") > 1
    assert "18 Nov 2026, 09:00" in page


def test_a_second_version_says_what_it_replaces(issue, tmp_path):
    first = issue()
    second = issue(first)
    text = (tmp_path / "p.html").read_text(encoding="utf-8")
    assert f"2, in place of {first.ref}" in text
    assert second.ref in text


def test_what_could_not_be_made_leaves_no_number(workspace, issue):
    with pytest.raises(Refused):
        issue(sections=("chart:No such chart",))
    assert issue().ref.endswith("-0001")


def test_a_return_on_paper_says_as_at_when_by_whom_and_of_which_journal(workspace, tmp_path):
    shape = next(one for one in return_wishes.shipped() if one.code == "disruptions")
    period = return_wishes.period_of(None, None, today=NOW.date())
    wish = return_wishes.Wish(definition=shape, period=period)
    head = chain.short(workspace.head()[1])
    return_papers.to_file(workspace, wish, tmp_path / "r.html", now=NOW, author="A. Author")
    text = (tmp_path / "r.html").read_text(encoding="utf-8")
    facts = text[text.index("<table>") : text.index("</table>")]
    for words in ("As at", "18 Nov 2026, 09:00", "A. Author", "OFFICIAL-SENSITIVE", head):
        assert words in facts
    assert 'name="author" content="A. Author"' in text


# ---- What it is made by ------------------------------------------------------------------------


def test_a_column_there_is_none_of_is_refused_and_nothing_is_issued(workspace, issue, given, ocg):
    given(a_membership(given(a_nominal("Ewan Pryce"))[0], ocg, role="principal"))
    with pytest.raises(Refused, match="no column 'Rolle'; perhaps Role; it has Role, Importance"):
        issue(left_out=(("members", ("Rolle",)),))
    with workspace.reading() as reader:
        assert products.register(reader) == ()
    assert issue(left_out=(("members", ("Role",)),)).number == 1


def test_what_an_old_one_was_made_by_and_there_is_none_of_is_told_and_left_away(issue):
    wish = Wish(
        product="ocg-profile",
        sections=("identity", "horoscope"),
        texts=(("horoscope", "x"), ("identity", "y")),
        left_out=(("horoscope", ("Star",)),),
    )
    kept, told = brief_wishes.still_known(wish)
    assert (kept.sections, kept.texts, kept.left_out) == (("identity",), (("identity", "y"),), ())
    assert told == ("There is no section 'horoscope' any more: it is left away",)


def test_what_changed_is_told_of_one_made_by_a_section_there_is_none_of(workspace, issue, put, ocg):
    issued = issue()
    put(issued, spec=issued.spec.replace('"members"', '"horoscope"'))
    put(ocg, tier="t1")
    with workspace.reading() as reader:
        found = product_changes.since(reader, reader.find(issued.id), now=NOW)
    assert "'horoscope' any more" in found.unmade
    assert [one.label for one in found.changes] == ["Tarnbrook"]
