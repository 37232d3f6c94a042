"""Files kept inside the workspace: once, without a picture's metadata, never on disk beside it."""

from io import BytesIO
from pathlib import Path

import pytest
from makers import a_nominal
from PIL import Image

from ocgdesk.casework import attachments, records, subrecords
from ocgdesk.domain.entities import Nominal
from ocgdesk.domain.kinds import Kind
from ocgdesk.domain.people import Role
from ocgdesk.domain.subrecords import Attachment
from ocgdesk.errors import NotFound, Refused
from ocgdesk.store import contents, journal
from ocgdesk.store.journal import Act
from ocgdesk.store.workspace import Workspace

SECRET = b"TAKEN-AT-14-BRIDGE-COURT"


def a_photograph(form: str = "JPEG", *, turned: bool = False) -> bytes:
    """A picture of two halves, with a place in its metadata."""
    picture = Image.new("RGB", (40, 20), "navy")
    picture.paste("white", (0, 0, 20, 20))
    exif = Image.Exif()
    exif[0x010E] = SECRET.decode()
    if turned:
        exif[0x0112] = 6
    out = BytesIO()
    picture.save(out, form, exif=exif, **({"comment": SECRET} if form == "JPEG" else {}))
    assert SECRET in out.getvalue()
    return out.getvalue() + SECRET


@pytest.fixture
def person(given) -> Nominal:
    (made,) = given(a_nominal())
    return made


@pytest.fixture
def attach(workspace: Workspace, person: Nominal):
    def keep(name: str, data: bytes, purpose: str = "document", owner: Nominal = person):
        made = attachments.content(name, data, purpose)
        with workspace.work("Attach file") as done:
            new = Attachment(owner=owner.id, name="", purpose=purpose)
            return attachments.attach(done.work, new, made)

    return keep


def read(workspace: Workspace, thing: Attachment) -> bytes:
    with workspace.reading() as reader:
        return attachments.read(reader, thing.id)[1]


def kept_rows(workspace: Workspace) -> int:
    with workspace.reading() as reader:
        return reader.execute("SELECT count(*) FROM content")[0][0]


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP", "TIFF"])
def test_a_picture_loses_its_metadata_and_what_follows_it(workspace, attach, form) -> None:
    saved = attach(f"photo.{form.lower()}", a_photograph(form), "photograph")
    data = read(workspace, saved)
    assert SECRET not in data
    with Image.open(BytesIO(data)) as picture:
        assert not picture.getexif()
        assert picture.size == (40, 20)
    assert saved.media_type == ("image/png" if form == "TIFF" else f"image/{form.lower()}")
    assert saved.digest == contents.digest_of(data)
    assert saved.size == len(data)


def test_which_side_is_up_is_drawn_into_the_picture(workspace, attach) -> None:
    saved = attach("photo.jpg", a_photograph(turned=True), "photograph")
    with Image.open(BytesIO(read(workspace, saved))) as picture:
        assert picture.size == (20, 40)


def test_an_exhibit_is_kept_byte_for_byte(workspace, attach) -> None:
    data = a_photograph()
    saved = attach("exhibit.jpg", data, "exhibit")
    assert read(workspace, saved) == data
    with pytest.raises(Refused, match="attach the file anew"), workspace.work("Edit") as done:
        records.edit(done.work, saved.id, {"purpose": "photograph"})


def test_a_file_that_is_no_picture_is_kept_as_it_is(workspace, attach) -> None:
    data = b"Call data;" * 5_000
    saved = attach("calls.csv", data)
    assert read(workspace, saved) == data
    assert (saved.media_type, saved.size) == ("text/csv", 50_000)


def test_what_only_says_that_it_is_a_picture_is_kept_as_it_is(workspace, attach) -> None:
    data = b"\x89PNG\r\n\x1a\n nothing of the kind"
    assert read(workspace, attach("photo.png", data)) == data


def test_the_same_bytes_are_kept_once(workspace, given, attach) -> None:
    (other,) = given(a_nominal("Bob"))
    attach("one.txt", b"the same")
    attach("two.txt", b"the same", owner=other)
    assert kept_rows(workspace) == 1


def test_bytes_that_shrink_are_kept_shorter(workspace, attach) -> None:
    attach("calls.csv", b"0" * 100_000)
    with workspace.reading() as reader:
        assert reader.execute("SELECT length(data) FROM content")[0][0] < 1_000


def test_undo_of_a_removal_brings_the_content_back(workspace, attach) -> None:
    saved = attach("calls.csv", b"1,2,3")
    with workspace.work("Remove attachment") as done:
        subrecords.remove(done.work, [saved.id], "Wrong person")
    with pytest.raises(NotFound):
        read(workspace, saved)
    workspace.undo()
    assert read(workspace, saved) == b"1,2,3"


def test_the_hash_alone_opens_nothing(workspace, attach, person) -> None:
    saved = attach("calls.csv", b"1,2,3")
    with workspace.work("Remove attachment") as done:
        subrecords.remove(done.work, [saved.id], "Wrong person")
    with workspace.reading() as reader, pytest.raises(NotFound):
        contents.read(reader, saved.digest)


def test_the_content_of_a_restricted_record_is_not_read_by_others(
    workspace, attach, person, opened_by, another_user
) -> None:
    saved = attach("calls.csv", b"1,2,3")
    with workspace.work("Restrict") as done:
        records.restrict(done.work, person.id, [], "Source protection")
    other = opened_by(another_user)
    with other.reading() as reader:
        with pytest.raises(NotFound):
            contents.read(reader, saved.digest)
        with pytest.raises(NotFound):
            attachments.read(reader, saved.id)


def test_the_journal_carries_the_hash_and_never_the_bytes(workspace, attach) -> None:
    data = b"unmistakable words in a file"
    saved = attach("note.txt", data)
    with workspace.reading() as reader:
        blocks = reader.execute("SELECT data FROM journal_block")
        changes = [
            change
            for seq in range(1, workspace.head()[0] + 1)
            for change in journal.changes(reader.connection, seq)
        ]
    assert all(data not in bytes(row[0]) for row in blocks)
    digests = [getattr(c.after, "digest", "") for c in changes if c is not None]
    assert saved.digest in digests


def test_a_file_is_refused_where_it_is_too_large_or_empty(tmp_path: Path, monkeypatch) -> None:
    monkeypatch.setattr(attachments, "MOST", 10)
    (tmp_path / "big.bin").write_bytes(b"0" * 11)
    (tmp_path / "none.bin").write_bytes(b"")
    with pytest.raises(Refused, match="larger than 50 MB"):
        attachments.prepare(tmp_path / "big.bin")
    with pytest.raises(Refused, match="is empty"):
        attachments.prepare(tmp_path / "none.bin")
    with pytest.raises(Refused, match="cannot be read"):
        attachments.prepare(tmp_path / "missing.bin")


def test_a_copy_leaves_with_a_reason_and_is_journalled_first(
    workspace, attach, tmp_path: Path
) -> None:
    saved = attach("calls.csv", b"1,2,3")
    with pytest.raises(Refused, match="Say why"):
        attachments.save_copy(workspace, saved.id, tmp_path / "copy.csv")
    attachments.save_copy(workspace, saved.id, tmp_path / "copy.csv", reason="For the CPS")
    assert (tmp_path / "copy.csv").read_bytes() == b"1,2,3"
    with workspace.reading() as reader:
        entry = journal.entry(reader.connection, workspace.head()[0])
    assert entry is not None
    assert (entry.act, entry.reason) == (Act.DISCLOSURE, "For the CPS")
    assert entry.detail["digest"] == saved.digest


def test_who_may_not_export_saves_no_copy(
    workspace, attach, add_user, opened_by, tmp_path: Path
) -> None:
    saved = attach("calls.csv", b"1,2,3")
    other = opened_by(add_user("reader", Role.READER))
    with pytest.raises(Refused):
        attachments.save_copy(other, saved.id, tmp_path / "copy.csv", reason="Curious")
    assert not (tmp_path / "copy.csv").exists()


def test_the_newest_photograph_stands_for_the_record(workspace, attach, person) -> None:
    attach("old.jpg", a_photograph(), "photograph")
    newest = attach("new.png", a_photograph("PNG"), "photograph")
    attach("plan.pdf", b"%PDF-1.7", "document")
    with workspace.reading() as reader:
        kept = subrecords.of(reader, person.id).of(Kind.ATTACHMENT)
    assert attachments.newest_photograph(kept) == newest
    assert attachments.newest_photograph(kept[2:]) is None


# ---- The portrait -------------------------------------------------------------------------------


def hanging(workspace: Workspace, owner: Nominal) -> list:
    with workspace.reading() as reader:
        return list(subrecords.of(reader, owner.id).of(Kind.ATTACHMENT))


def test_the_portrait_is_the_one_chosen_and_only_one_at_a_time(workspace, person, attach) -> None:
    first = attach("one.jpg", a_photograph(), "photograph")
    second = attach("two.jpg", a_photograph(turned=True), "photograph")
    assert attachments.newest_photograph(hanging(workspace, person)).id == second.id
    with workspace.work("Choose portrait") as done:
        attachments.choose_portrait(done.work, first.id)
    attach("three.jpg", a_photograph("PNG"), "photograph")
    assert attachments.newest_photograph(hanging(workspace, person)).id == first.id
    with workspace.work("Choose portrait") as done:
        attachments.choose_portrait(done.work, second.id)
    purposes = {one.id: one.purpose for one in hanging(workspace, person)}
    assert (purposes[first.id], purposes[second.id]) == ("photograph", "portrait")
    with pytest.raises(Refused, match="already"), workspace.work("Choose portrait") as done:
        attachments.choose_portrait(done.work, second.id)


def test_only_a_photograph_can_be_the_portrait(workspace, attach) -> None:
    paper = attach("calls.csv", b"1,2,3")
    with pytest.raises(Refused, match="photograph"), workspace.work("Choose portrait") as done:
        attachments.choose_portrait(done.work, paper.id)


def test_charts_get_one_photograph_a_record_and_none_of_exploited_people(
    workspace, person, attach, given
) -> None:
    (victim, bare) = given(a_nominal("V", exploited=True), a_nominal("B"))
    attach("one.jpg", a_photograph(), "photograph")
    newer = attach("two.png", a_photograph("PNG"), "photograph")
    attach("victim.jpg", a_photograph(), "photograph", owner=victim)
    with workspace.reading() as reader:
        found = attachments.portraits(reader, [person.id, victim.id, bare.id])
    assert found == {person.id: read(workspace, newer)}
