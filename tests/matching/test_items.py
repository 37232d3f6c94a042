"""Numbers, codes, addresses and organisations compared."""

import pytest

from ocgdesk.matching.items import THRESHOLD, candidates
from ocgdesk.matching.values import Item


def sure(kind, one, other, **both):
    """Return how sure two texts are one; two dictionaries give more of each."""
    first, second = ({"text": given} if isinstance(given, str) else given for given in (one, other))
    found = candidates(
        [Item(key=2, kind=kind, **both, **first), Item(key=1, kind=kind, **both, **second)],
        threshold=0.0,
    )
    assert all((pair.one, pair.other) == (1, 2) for pair in found)
    return found[0].probability if found else 0.0


@pytest.mark.parametrize(
    ("kind", "one", "other"),
    [
        ("phone", "07700900321", "07700900321"),
        ("vehicle", "AB12OCD", "AB120CD"),
        ("handle", "quietfox", "Quiet_Fox"),
        ("handle", {"text": "quietfox"}, {"text": "greyowl", "aliases": ("quietfox",)}),
        ("location", "12 High St, Anytown", "12 High Street Anytown"),
        ("organisation", "Tarn Brook Haulage Ltd", "Tarn Brook Haulage Limited"),
        ("organisation", {"text": "TBH", "numbers": ("company:1",)},
         {"text": "Tarn Brook", "numbers": ("company:1",)}),
    ],
)  # fmt: skip
def test_the_same_thing_written_otherwise_is_found(kind, one, other):
    assert sure(kind, one, other) > THRESHOLD


@pytest.mark.parametrize(
    ("kind", "one", "other"),
    [
        ("phone", "07700900321", "07700900322"),
        ("location", "12 High Street", "14 High Street"),
        ("location", {"text": "12 High Street", "postcode": "ZZ11AA"},
         {"text": "12 High Street", "postcode": "ZZ99AA"}),
        ("organisation", "Tarn Brook Haulage", "Kestrel Nails"),
        ("handle", {"text": "quietfox", "aliases": ("boss",)},
         {"text": "greyowl", "aliases": ("boss",)}),
    ],
)  # fmt: skip
def test_near_neighbours_are_not_taken_for_one(kind, one, other):
    assert sure(kind, one, other) < THRESHOLD


def test_another_platform_speaks_against_a_handle():
    one = {"text": "quietfox", "context": "encrochat"}
    other = {"text": "quietfox", "context": "sky-ecc"}
    assert sure("handle", one, one) > 0.9
    assert sure("handle", one, other) == THRESHOLD


def test_only_pairs_with_the_draft_are_looked_at_where_there_is_one():
    same = [Item(key=n, kind="phone", text="07700900321") for n in (1, 2, 3)]
    found = candidates(same, among=[3])
    assert {(one.one, one.other) for one in found} == {(1, 3), (2, 3)}
