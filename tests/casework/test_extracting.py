"""Free text against the register: offered one by one, taken with the sentence as source."""

from collections.abc import Callable
from datetime import date

import pytest
from makers import a_nominal, a_phone, a_report, an_ocg

from ocgdesk.casework import extracting
from ocgdesk.domain.links import Link
from ocgdesk.domain.values import Identifier
from ocgdesk.errors import Refused
from ocgdesk.store import networks
from ocgdesk.store.workspace import Workspace

TODAY = date(2026, 11, 21)
TEXT = "Aled Cors rang 07700900321 from Tarnbrook yard. He drives BD51 SMR. PNC 2010/9000050P."


def offers(workspace: Workspace, text: str = TEXT) -> dict[str, extracting.Offer]:
    with workspace.reading("Look") as reader:
        return {one.mark.text: one for one in extracting.look(reader, text, TODAY)}


def links_of(workspace: Workspace, *things: object) -> list[Link]:
    with workspace.reading("Look") as reader:
        ids = [thing.id for thing in things]  # type: ignore[attr-defined]
        return networks.links_among(reader, list(networks.numbers(reader, ids).values()))


def test_numbers_and_names_on_the_register_are_known_whatever_their_spacing(
    workspace: Workspace, given: Callable[..., list]
):
    pnc = Identifier("pnc", "2010/9000050P")
    phone, ocg, aled, bet = given(
        a_phone("07700 900321"), an_ocg(), a_nominal(), a_nominal("Bet Tate", identifiers=(pnc,))
    )
    found = offers(workspace)
    assert [one.id for one in found["07700900321"].known] == [phone.id]
    assert [one.id for one in found["Tarnbrook"].known] == [ocg.id]
    assert [one.id for one in found["Aled Cors"].known] == [aled.id]
    assert [one.id for one in found["2010/9000050P"].known] == [bet.id]
    assert found["BD51 SMR"].can_be_new
    assert not found["Aled Cors"].is_sure
    assert found["07700900321"].is_sure


def test_what_is_taken_is_joined_to_the_report_with_its_sentence_once(
    workspace: Workspace, given: Callable[..., list]
):
    (report,) = given(a_report(text=TEXT))
    offer = offers(workspace)["BD51 SMR"]
    with workspace.work("Take") as done:
        car = extracting.take(done.work, offer, report.id)
    with workspace.work("Take") as done:
        again = extracting.take(done.work, offers(workspace)["BD51 SMR"], report.id)
    assert again.id == car.id
    (link,) = links_of(workspace, report, car)
    assert (link.type, link.note) == ("mentions", "He drives BD51 SMR.")
    assert link.reports == (report.id,)


def test_a_name_that_several_go_by_is_not_taken_before_somebody_says_which(
    workspace: Workspace, given: Callable[..., list]
):
    one, _other, report = given(a_nominal(), a_nominal(), a_report(text=TEXT))
    offer = offers(workspace)["Aled Cors"]
    assert len(offer.known) == 2
    with pytest.raises(Refused, match="say which"), workspace.work("Take") as done:
        extracting.take(done.work, offer, report.id)
    with workspace.work("Take") as done:
        assert extracting.take(done.work, offer, report.id, one.id).id == one.id


def test_the_number_of_nobody_makes_no_person(workspace: Workspace, given: Callable[..., list]):
    (report,) = given(a_report(text=TEXT))
    offer = offers(workspace)["2010/9000050P"]
    assert offer.words == "nobody on the register has this number"
    with pytest.raises(Refused, match="nobody"), workspace.work("Take") as done:
        extracting.take(done.work, offer, report.id)


def test_an_empty_text_is_refused(workspace: Workspace):
    with pytest.raises(Refused, match="no text"):
        offers(workspace, "  ")
