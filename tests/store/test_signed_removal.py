"""What a signed version or an issued product rests on is not removed."""

from datetime import UTC, datetime

import pytest
from makers import a_nominal, a_plan, an_ocg

from ocgdesk.casework import records
from ocgdesk.domain.planning import PlanVersion
from ocgdesk.domain.products import Product
from ocgdesk.errors import Refused

NOW = datetime(2026, 11, 18, 9, tzinfo=UTC)


def remove(workspace, thing):
    with workspace.work("Remove") as done:
        records.remove(done.work, [thing.id])


def test_what_a_signed_version_rests_on_stays(workspace, given):
    person, ocg = given(a_nominal("Ewan Pryce"), an_ocg())
    plan = given(a_plan(ocg, status="superseded"))[0]
    given(PlanVersion(owner=plan.id, title="Version 1", signed=NOW, records=(person.id,)))
    with pytest.raises(Refused, match="rests on it"):
        remove(workspace, person)


@pytest.mark.parametrize(("status", "stays"), [("issued", True), ("draft", False)])
def test_what_an_issued_product_rests_on_stays(workspace, given, status, stays):
    person = given(a_nominal("Ewan Pryce"))[0]
    given(
        Product(
            title="Profile", product_type="nominal-profile", status=status, records=(person.id,)
        )
    )
    if stays:
        with pytest.raises(Refused, match="rests on it"):
            remove(workspace, person)
    else:
        remove(workspace, person)
