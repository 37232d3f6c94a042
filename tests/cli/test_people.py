"""Users and ways in: made, listed, shut out, let in again, recovered; asked at a terminal."""

import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Run = Callable[..., Any]
PHRASE, OTHER, THIRD = (
    "four quiet lanterns drift",
    "nine purple anchors hum",
    "two copper wagons yawn",
)
pytestmark = pytest.mark.skipif(os.name != "posix", reason="terminals are opened as POSIX has them")


@pytest.fixture
def own(ocgdesk: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("OCGDESK_PASSPHRASE", PHRASE)
    path = tmp_path / "own.ocgdesk"
    made = ocgdesk("new", path, "--agency", "WMP", "--user", "ann", "--no-recovery")
    assert made.code == 0, made.err
    return path


def test_users_come_change_roles_and_are_shut_out(
    ocgdesk: Run, own: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv("OCGDESK_NEW_PASSPHRASE", OTHER)
    monkeypatch.setenv("OCGDESK_USER", "ann")
    assert ocgdesk("user", own, "add", "bea", "--role", "reader").code == 0
    assert ocgdesk("user", own, "roles", "bea", "--role", "lro", "--role", "auditor").code == 0
    users = {item["name"]: item for item in ocgdesk("user", own, "list", "--json").json["items"]}
    assert users["bea"]["roles"] == ["auditor", "lro"]
    assert ocgdesk("user", own, "disable", "bea").code == 0

    monkeypatch.setenv("OCGDESK_PASSPHRASE", OTHER)
    shut_out = ocgdesk("list", own, "ocg", "--user", "bea")
    assert (shut_out.code, "disabled" in shut_out.err) == (1, True)
    monkeypatch.setenv("OCGDESK_PASSPHRASE", PHRASE)
    assert ocgdesk("user", "enable", own, "bea").code == 0  # either order is understood
    assert "bea" in ocgdesk("user", own).out


def test_a_key_is_taken_away_and_it_is_said_what_that_does_not_do(
    ocgdesk: Run, own: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv("OCGDESK_NEW_PASSPHRASE", OTHER)
    monkeypatch.setenv("OCGDESK_USER", "ann")
    assert ocgdesk("user", own, "add", "bea", "--role", "reader").code == 0
    ran = ocgdesk("user", own, "remove-key", "bea")
    assert ran.code == 0, ran.err
    assert "Only encrypting anew shuts out" in ran.out
    assert "remove-key" in ocgdesk("user", "--help").out
    assert ocgdesk("user", own, "remove-key", "bea").code == 1
    assert ocgdesk("user", own, "remove-key", "ann").code == 1
    monkeypatch.setenv("OCGDESK_PASSPHRASE", OTHER)
    assert ocgdesk("list", own, "ocg", "--user", "bea").code == 1


def test_nobody_who_administers_is_lost(ocgdesk: Run, own: Path):
    assert ocgdesk("user", own, "disable", "ann").code == 1
    assert ocgdesk("user", own, "roles", "ann", "--role", "reader").code == 1
    assert ocgdesk("user", own, "roles", "nobody", "--role", "reader").code == 1


def test_a_passphrase_is_changed_and_weak_ones_refused(
    ocgdesk: Run, own: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    new = tmp_path / "new.txt"
    new.write_text("password1234\n")
    weak = ocgdesk("passphrase", own, "--new-passphrase-file", new)
    assert weak.code == 1
    new.write_text(f"{OTHER}\n")
    assert ocgdesk("passphrase", own, "--new-passphrase-file", new).code == 0
    assert ocgdesk("list", own, "ocg").code == 1
    monkeypatch.delenv("OCGDESK_PASSPHRASE")
    assert ocgdesk("list", own, "ocg", "--passphrase-file", new).code == 0
    nothing = ocgdesk("list", own, "ocg")
    assert (nothing.code, "OCGDESK_PASSPHRASE" in nothing.err) == (1, True)


def at_a_terminal(arguments: list[str], answer: Callable[[str], str | None]) -> tuple[int, str]:
    """Run the program at a terminal of its own; ``answer`` types when it is asked something."""
    master, slave = os.openpty()
    with subprocess.Popen(
        [sys.executable, "-m", "ocgdesk", *arguments],
        stdin=slave, stdout=slave, stderr=slave,
    ) as running:  # fmt: skip
        os.close(slave)
        shown = ""
        while True:
            try:
                part = os.read(master, 10_000).decode()
            except OSError:  # the program has gone, and its end of the terminal with it
                break
            shown += part
            if part.rstrip().endswith(":") and (typed := answer(shown)) is not None:
                os.write(master, f"{typed}\n".encode())
        code = running.wait(timeout=60)
    os.close(master)
    return code, shown


def words_in(shown: str) -> dict[int, str]:
    return {int(n): word for n, word in re.findall(r"\b(\d{1,2}) ([a-z]{3,8})\b", shown)}


def test_recovery_words_are_shown_once_asked_back_and_let_one_in_again(
    tmp_path: Path, ocgdesk: Run, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv("OCGDESK_PASSPHRASE", PHRASE)
    path, seen = tmp_path / "own.ocgdesk", dict[int, str]()

    def answer(shown: str) -> str | None:
        asked = re.search(r"Word (\d+): $", shown)
        seen.update(words_in(shown))
        return seen[int(asked[1])] if asked else None

    facts = ["--name", "Own", "--agency", "WMP", "--code", "A1", "--user", "ann"]
    code, shown = at_a_terminal(["new", str(path), *facts], answer)
    assert (code, len(seen)) == (0, 24), shown
    monkeypatch.setenv("OCGDESK_NEW_PASSPHRASE", THIRD)
    words = tmp_path / "words.txt"
    words.write_text(" ".join(seen[n] for n in range(1, 25)))
    back = ocgdesk("recover", path, "--user", "ann", "--words-file", words)
    assert back.code == 0, back.err
    monkeypatch.setenv("OCGDESK_PASSPHRASE", THIRD)
    assert "recovery words" not in ocgdesk("verify", path).out
    words.write_text("wrong " * 24)
    assert ocgdesk("recover", path, "--user", "ann", "--words-file", words).code == 1


def test_without_the_words_repeated_no_workspace_is_made(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv("OCGDESK_PASSPHRASE", PHRASE)
    facts = ["--name", "Own", "--agency", "WMP", "--code", "A1", "--user", "ann"]
    code, shown = at_a_terminal(["new", str(tmp_path / "own.ocgdesk"), *facts], lambda _s: "wrong")
    assert (code, "no workspace was made" in shown) == (1, True)
    assert not list(tmp_path.glob("own*"))


def test_without_a_terminal_recovery_words_cannot_be_handed_out(ocgdesk: Run, tmp_path: Path):
    path = tmp_path / "own.ocgdesk"
    ran = ocgdesk("new", path, "--agency", "WMP", "--user", "ann")
    assert (ran.code, "--no-recovery" in ran.err) == (2, True)
    assert not path.exists()
