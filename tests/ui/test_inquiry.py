"""One question at a time: the newest is answered, what was dropped or failed is over."""

import pytest
from PySide6.QtCore import QObject
from shiboken6 import delete

from ocgdesk.errors import Refused
from ocgdesk.ui.inquiry import Inquiry


@pytest.fixture
def inquiry(desk) -> Inquiry:
    return Inquiry(desk)


def test_only_the_newest_question_is_answered(qtbot, inquiry):
    answers: list[int] = []
    for n in range(3):
        inquiry.ask(lambda _reader, n=n: n, answers.append)
    assert inquiry.is_open
    qtbot.waitUntil(lambda: not inquiry.is_open)
    assert answers == [2]


def test_an_answer_may_ask_again(qtbot, inquiry):
    answers: list[str] = []

    def then(answer: str) -> None:
        answers.append(answer)
        if answer == "first":
            inquiry.ask(lambda _reader: "second", then)

    inquiry.ask(lambda _reader: "first", then)
    qtbot.waitUntil(lambda: not inquiry.is_open)
    assert answers == ["first", "second"]


def test_what_was_dropped_is_neither_answered_nor_said_to_have_failed(qtbot, desk, inquiry):
    heard: list[object] = []
    inquiry.ask(_refuse, heard.append, heard.append)
    inquiry.drop()
    assert not inquiry.is_open
    qtbot.waitUntil(lambda: not desk.jobs.running)
    assert heard == []


def test_a_question_that_fails_is_over_and_says_why(qtbot, inquiry):
    answers: list[object] = []
    errors: list[object] = []
    inquiry.ask(_refuse, answers.append, errors.append)
    qtbot.waitUntil(lambda: not inquiry.is_open)
    assert answers == []
    assert [str(one) for one in errors] == ["Not to be had"]


def test_why_it_failed_is_told_once_by_the_page_where_it_tells_and_else_by_the_window(
    qtbot, desk, inquiry
):
    told: list[object] = []
    desk.refused.connect(told.append)
    errors: list[object] = []
    inquiry.ask(_refuse, lambda _answer: None, errors.append)
    qtbot.waitUntil(lambda: not inquiry.is_open)
    assert (len(errors), told) == (1, [])
    inquiry.ask(_refuse, lambda _answer: None)
    qtbot.waitUntil(lambda: not inquiry.is_open)
    assert [str(one) for one in told] == ["Not to be had"]


def test_nobody_is_answered_who_is_there_no_more(qtbot, desk):
    owner = QObject()
    answers: list[int] = []
    Inquiry(desk, owner).ask(lambda _reader: 1, answers.append)
    delete(owner)
    qtbot.waitUntil(lambda: not desk.jobs.running)
    assert answers == []


def _refuse(_reader: object) -> None:
    raise Refused("Not to be had")
