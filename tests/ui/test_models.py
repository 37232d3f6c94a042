"""Every model of the window is held against Qt's own rules for models by some test."""

import ast
import importlib
import pkgutil
from pathlib import Path
from uuid import UUID

from makers import a_membership, a_nominal, an_ocg
from PySide6.QtCore import QAbstractItemModel, Qt

import ocgdesk.ui
from ocgdesk.casework import matrix
from ocgdesk.ui.models.matrix_model import MatrixModel
from ocgdesk.ui.models.short_table import Column
from ocgdesk.ui.models.tick_table import TickTable
from ocgdesk.ui.widgets.values import Heading, Text

TESTS = Path(__file__).parent
TESTERS = ("qtmodeltester.check(", "QAbstractItemModelTester(")
BY_WHAT_IT_IS_ON = {
    "RegisterModel": "test_register_model.py",
    "PasteModel": "test_register_editing.py",
    "LinesModel": "test_import_page.py",
    "ProblemsModel": "test_import_page.py",
    "ShortTable": "test_record_cases.py",
    "FoundModel": "test_search_page.py",
}
"""Models that a test reaches through what shows them, without naming their class."""


def modules() -> list[str]:
    found = pkgutil.walk_packages(ocgdesk.ui.__path__, "ocgdesk.ui.")
    return [one.name for one in found]


def subclasses(cls: type) -> set[type]:
    found: set[type] = set()
    for one in cls.__subclasses__():
        found |= {one} | subclasses(one)
    return found


def is_whole(cls: type) -> bool:
    """Tell whether a model can be shown: a base that others complete cannot."""
    own = [vars(base) for base in cls.__mro__ if base.__module__.startswith("ocgdesk")]
    return all(any(name in names for names in own) for name in ("rowCount", "data"))


def own_models() -> set[str]:
    for name in modules():
        importlib.import_module(name)
    return {
        cls.__name__
        for cls in subclasses(QAbstractItemModel)
        if cls.__module__.startswith("ocgdesk.ui") and is_whole(cls)
    }


def names_in(path: Path) -> set[str]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)}


def with_a_tester() -> dict[str, set[str]]:
    """Return the test files that run Qt's tester, with the names each of them uses."""
    found = {}
    for path in TESTS.rglob("test_*.py"):
        if any(tester in path.read_text(encoding="utf-8") for tester in TESTERS):
            found[path.name] = names_in(path)
    return found


def test_every_model_is_run_through_qts_tester() -> None:
    files = with_a_tester()
    named = set().union(*files.values())
    through = {cls for cls, name in BY_WHAT_IT_IS_ON.items() if name in files}
    models = own_models()
    assert {"RegisterModel", "HandleModel", "AuditModel"} <= models
    assert sorted(models - named - through) == [], "give these a test with qtmodeltester"


def test_what_is_reached_otherwise_is_still_there() -> None:
    assert set(BY_WHAT_IT_IS_ON) <= own_models()
    assert set(BY_WHAT_IT_IS_ON.values()) <= set(with_a_tester())


def test_rows_that_can_be_ticked_keep_qts_rules_for_models(qtmodeltester) -> None:
    columns = [
        Column(heading=Heading(title="No"), cell=lambda n: Text(str(n)), order=int, width=80)
    ]
    model = TickTable(columns, key=lambda n: UUID(int=n))
    qtmodeltester.check(model)
    model.show_rows([1, 2, 3])
    qtmodeltester.check(model)
    first = model.index(0, 0)
    assert model.setData(first, Qt.CheckState.Checked, Qt.ItemDataRole.CheckStateRole)
    assert list(model.on) == [UUID(int=1)]
    qtmodeltester.check(model)


def test_the_matrix_keeps_qts_rules_for_models(workspace, given, qtmodeltester) -> None:
    one, two, person = given(an_ocg("Tarn"), an_ocg("Fell"), a_nominal())
    given(a_membership(person, one), a_membership(person, two))
    model = MatrixModel()
    qtmodeltester.check(model)
    with workspace.reading() as reader:
        model.show(matrix.read(reader))
    assert model.rowCount() == 2
    qtmodeltester.check(model)
