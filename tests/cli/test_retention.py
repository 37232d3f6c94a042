"""Retention groups: a list of the workspace's own, carried by the records that are reviewed."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from ocgdesk.domain.reference_data import code_list

Run = Callable[..., Any]


@pytest.mark.parametrize("kind", ["ocg", "nominal", "county-line", "operation", "report"])
def test_a_record_carries_its_retention_group_and_is_found_by_it(
    ocgdesk: Run, force: Path, kind: str
):
    name = {"report": "title", "county-line": "brand"}.get(kind, "name")
    ran = ocgdesk("add", force, kind, f"{name}=Tarnbrook Ford", "retention=2", "--json")
    assert ran.code == 0, ran.err
    found = ocgdesk("list", force, kind, "--filter", "retention=2", "--json").json["items"]
    assert [item["id"] for item in found] == [ran.json["id"]]
    wrong = ocgdesk("edit", force, ran.json["id"], "retention=9")
    assert (wrong.code, wrong.err.count("\n")) == (1, 1)


def test_the_groups_say_that_they_are_a_local_default():
    groups = code_list("retention-groups")
    assert [item.code for item in groups] == ["1", "2", "3", "4"]
    assert groups.local_default
    assert "not established" in groups.source
