"""What a search found, taken out as a list: marked, journalled as disclosed, whole or not."""

from collections.abc import Sequence
from pathlib import Path

from ocgdesk.casework import exports, reasons, searching, withholding
from ocgdesk.casework.exports import Printed
from ocgdesk.casework.files import ending_of
from ocgdesk.casework.reasons import Use
from ocgdesk.casework.searching import Answer, Result
from ocgdesk.casework.withholding import Withheld
from ocgdesk.domain.kinds import Kind
from ocgdesk.domain.marking import Marking, highest
from ocgdesk.domain.people import Right
from ocgdesk.domain.reference_data import label
from ocgdesk.errors import Refused
from ocgdesk.exchange.writers import SheetOut
from ocgdesk.i18n import N_, _
from ocgdesk.progress import Progress, silent
from ocgdesk.store.workspace import Workspace

FORMATS = ("csv", "xlsx")
MOST_PER_KIND = 500
HEADINGS = (N_("Kind"), N_("Reference"), N_("Record"), N_("What tells it apart"), N_("Found by"))


def to_file(
    workspace: Workspace,
    text: str,
    path: Path,
    said: Printed,
    *,
    kinds: Sequence[Kind] = (),
    recipient: str = "",
    reason: str = "",
    progress: Progress = silent,
) -> int:
    """Search and write what was found; return how many records left.

    Raises Refused to those who may not export, where nothing was found and without a reason where
    one is mandatory; CannotWrite where the file cannot be written.
    """
    workspace.user.need(Right.EXPORT)
    kind = ending_of(path, FORMATS, _("A search is written as {known}"))
    policy = reasons.of(workspace)
    reasons.check(policy, Use.EXPORT, reason)
    with workspace.reading(reason) as reader:
        found = searching.search(reader, text, kinds=kinds, per_kind=MOST_PER_KIND)
        hidden = withholding.of(reader, named=bool(said.named), reason=said.named)
    results = _results(found)
    if not results:
        raise Refused(_("Nothing was found"))
    if any(one.hit.record.restricted for one in results):
        reasons.check(policy, Use.RESTRICTED, reason)
    marking: Marking = highest(one.hit.record.marking for one in results)
    sheet = SheetOut(
        title=_("Search"),
        headings=[_(heading) for heading in HEADINGS],
        rows=[_row(one, hidden) for one in results],
    )
    data = exports.written(sheet, kind, marking, said, progress)
    subjects = [one.hit.record.no for one in results]
    exports.leave(
        workspace, "Export search", data, path, subjects,
        recipient=recipient, reason=reason, rows=len(results),
        **({"exploited_named": said.named} if said.named else {}),
    )  # fmt: skip
    return len(results)


def _results(found: Answer) -> list[Result]:
    return [one for group in found.groups for one in group.results]


def _row(one: Result, hidden: Withheld) -> tuple[object, ...]:
    """Return a result as a file holds it; of somebody who is not named, nothing that names."""
    record = one.hit.record
    known = label("kinds", record.kind.value)
    if record.id in hidden.names:
        return (known, record.ref, hidden.label(record.id, ""), "", "")
    return (known, record.ref, record.label, one.second, one.why)
