"""The national sample: as large as promised, and made in a fraction of the time allowed."""

from collections import Counter
from datetime import date
from time import process_time

import pytest

from ocgdesk.casework.sample import build
from ocgdesk.domain.kinds import Base, Kind


@pytest.mark.slow
@pytest.mark.timeout(300)
def test_the_national_sample_has_its_numbers_and_is_made_within_a_minute():
    started = process_time()
    sample = build("national", as_of=date(2025, 11, 21))
    took = process_time() - started
    counts = Counter(thing.kind for thing in sample)
    drugs = sum(t.primary_crime == "DRG" for t in sample if t.kind is Kind.OCG)
    assert counts[Kind.OCG] == 4600
    assert abs(drugs / 4600 - 1 / 3) < 0.01
    assert counts[Kind.NOMINAL] == 100_000
    assert counts[Kind.HANDLE] == 20_000
    assert sum(thing.base is Base.LINK for thing in sample) == 500_000
    assert counts[Kind.PLAN] == 4600
    assert abs(counts[Kind.ACTION] / 60_000 - 1) < 0.05
    closed = {t.id for t in sample if t.kind is Kind.PLAN and t.status == "closed"}
    assert not any(t.is_live for t in sample if t.kind is Kind.ACTION and t.owner in closed)
    assert len({thing.id for thing in sample}) == len(sample)
    assert took < 60
