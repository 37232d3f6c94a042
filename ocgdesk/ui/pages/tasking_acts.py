"""What the user does with meetings: each act with the questions it asks."""

from collections.abc import Callable
from dataclasses import MISSING, fields, replace
from datetime import timedelta
from functools import partial
from typing import Any, Final
from uuid import UUID

from PySide6.QtCore import QObject

from ocgdesk.casework import plans, records, tasking
from ocgdesk.casework.tasking import Said
from ocgdesk.casework.tasking_book import Book, Listed, Point
from ocgdesk.domain.fields import FieldType
from ocgdesk.domain.kinds import Kind
from ocgdesk.domain.plans import Action, ActionStatus
from ocgdesk.domain.reference_data import code_list
from ocgdesk.domain.tasking import AgendaItem, GroupMember, Meeting, MeetingGroup
from ocgdesk.domain.things import Entity
from ocgdesk.i18n import _
from ocgdesk.progress import Progress
from ocgdesk.store.work import Work
from ocgdesk.ui.dialogs.case_dialog import Form, Question, asked, of
from ocgdesk.ui.pages.record_case_parts import Asking
from ocgdesk.ui.pages.tasking_tables import member_words
from ocgdesk.ui.widgets.inputs import Option

_GROUP: Final = ("name", "group_type", "agency", "area", "pillar", "weeks", "ended")
_MEMBER: Final = ("person", "agency", "role", "start", "end")
_MEETING: Final = ("title", "held", "chair", "attendance", "minutes")


class MeetingActs(QObject):
    """Acts on the meeting that is shown, its group and its agenda."""

    def __init__(self, asking: Asking) -> None:
        super().__init__(asking)
        self._asking = asking
        self.book: Book | None = None

    @property
    def _meeting(self) -> Meeting | None:
        chosen = self.book.chosen if self.book else None
        return chosen.listed.meeting if chosen else None

    def act(self, key: str, row: Any) -> None:
        """Do what a section's button says, with the row that is chosen."""
        do: dict[str, Callable[[], None]] = {
            "add": self.add_item,
            "add-action": self.add_action,
            "add-member": self.add_member,
            "add-group": partial(self._new, MeetingGroup, _GROUP, _("Add group")),
        }
        of_row: dict[tuple[str, type], Callable[[Any], None]] = {
            ("edit", Point): self.decide,
            ("apply", Point): self.apply,
            ("again", Point): self.take_up_again,
            ("done", Action): self.complete,
            ("close", Listed): self.close,
            ("edit-meeting", Listed): self._edit_meeting,
            ("call-of", MeetingGroup): self.call,
            ("edit-group", MeetingGroup): partial(self._edit, names=_GROUP),
            ("edit-member", GroupMember): partial(self._edit, names=_MEMBER),
        }
        if key in do:
            do[key]()
        elif (act := of_row.get((key, type(row)))) is not None:
            act(row)

    # ---- Meetings -------------------------------------------------------------------------------

    def call(self, group: MeetingGroup | None = None) -> None:
        """Ask which group meets when; its agenda is drawn from what waits."""
        groups = [one for one in (self.book.groups if self.book else ()) if one.ended is None]
        if not groups:
            self._new(MeetingGroup, _GROUP, _("Add group"))
            return
        options = tuple(Option(str(one.id), one.name) for one in groups)
        chosen = group or (
            self.book.chosen.listed.group if self.book and self.book.chosen else None
        )
        today = self._asking.desk.today()
        form = Form(
            title=_("Call meeting"),
            accept=_("Call"),
            note=_("The agenda is drawn from the threat grid, requests and open actions."),
            questions=(
                asked(_("Group"), "group", options=options, wide=True,
                      value=str(chosen.id) if chosen else options[0].key),
                asked(_("Day"), "held", FieldType.DAY, required=True,
                      value=today + timedelta(days=7)),
                asked(_("Title"), "title"),
            ),
        )  # fmt: skip
        self._asking.ask_long(form, "Call meeting", self._prepare)

    def _prepare(self, work: Work, said: dict[str, Any], progress: Progress) -> None:
        group = UUID(said["group"])
        today = self._asking.desk.today()
        progress(0, 1, _("Draw up the agenda"))
        tasking.prepare(work, group, said["held"], title=said["title"], today=today)

    def close(self, row: Listed) -> None:
        """Ask for the minutes; what was decided is applied, an archive by itself before."""
        today, meeting = self._asking.desk.today(), row.meeting
        form = Form(
            title=_("Close meeting"),
            accept=_("Close"),
            note=_("What was decided and not yet applied takes effect on its OCG now."),
            questions=(of(Meeting, "minutes", value=meeting.minutes),),
        )

        def act(work: Work, said: dict[str, Any]) -> None:
            tasking.close(work, meeting.id, minutes=said["minutes"], today=today)

        self._asking.ask(form, "Close meeting", act)

    def _edit_meeting(self, row: Listed) -> None:
        chosen = self.book.chosen if self.book else None
        meeting = row.meeting
        if chosen and chosen.listed.meeting.id == meeting.id and not meeting.attendance:
            there = tuple(member_words(one) for one in chosen.members if one.end is None)
            meeting = replace(meeting, attendance=there)
        self._edit(meeting, names=_MEETING)

    # ---- Agenda ---------------------------------------------------------------------------------

    def add_item(self) -> None:
        """Ask what is put before the meeting besides."""
        if (meeting := self._meeting) is None:
            return
        form = Form(
            title=_("Add agenda item"),
            accept=_("Add"),
            questions=(
                asked(_("On OCG"), "about", FieldType.ENTITY, pick=Kind.OCG),
                asked(_("Or in words"), "title", wide=True),
            ),
        )

        def act(work: Work, said: dict[str, Any]) -> None:
            tasking.add_item(work, meeting.id, said["title"], said["about"])

        self._asking.ask(form, "Add agenda item", act)

    def decide(self, row: Point) -> None:
        """Ask what the meeting decided, and why."""
        item, today = row.item, self._asking.desk.today()
        codes = tuple(
            Option(one.code, one.label) for one in code_list("tasking-decisions").offered()
        )
        version = item.plan_version
        note = _("The meeting has version {n} of the plan before it.").format(n=version)
        form = Form(
            title=item.title,
            accept=_("Record decision"),
            note=note if version is not None else "",
            questions=(
                asked(_("Decision"), "decision", FieldType.CODE, options=codes,
                      value=item.decision or codes[0].key),
                of(AgendaItem, "review_on", value=item.review_on),
                of(AgendaItem, "resources", value=item.resources, wide=True),
                of(AgendaItem, "rationale", required=True, value=item.rationale),
            ),
        )  # fmt: skip

        def act(work: Work, said: dict[str, Any]) -> None:
            tasking.decide(work, item.id, Said(**said), today=today)

        self._asking.ask(form, "Record tasking decision", act)

    def apply(self, row: Point) -> None:
        """Let a decision take effect; an archive asks for what it needs besides."""
        item, today = row.item, self._asking.desk.today()
        if item.decision != "archive":
            act = partial(tasking.apply, item_id=item.id, today=today)
            self._asking.do("Apply tasking decision", act)
            return
        form = Form(
            title=_("Archive {ocg}").format(ocg=item.title),
            accept=_("Archive"),
            questions=(
                asked(_("Reason"), "archive_reason", FieldType.CODE, codes="archive-reasons",
                      required=True),
                asked(_("Decision-maker"), "decision_maker", required=True),
                asked(_("What would re-activate it"), "trigger", required=True, wide=True),
            ),
        )  # fmt: skip

        def archive(work: Work, said: dict[str, Any]) -> None:
            tasking.apply(work, item.id, today=today, given=said)

        self._asking.ask(form, "Apply tasking decision", archive)

    def take_up_again(self, row: Point) -> None:
        """Put the item before the meeting with the plan as it is signed now."""
        self._asking.do("Take up again", partial(tasking.take_up_again, item_id=row.item.id))

    # ---- Actions and members --------------------------------------------------------------------

    def add_action(self) -> None:
        """Ask who is to do what until when."""
        if (meeting := self._meeting) is None:
            return
        today = self._asking.desk.today()
        names = ("title", "officer", "due", "agency", "strand")
        form = Form(
            title=_("Add action"),
            accept=_("Add"),
            questions=tuple(_question(Action, name, None) for name in names),
        )

        def act(work: Work, said: dict[str, Any]) -> None:
            tasking.set_action(work, meeting.id, Action(**said), today=today)

        self._asking.ask(form, "Add action", act)

    def complete(self, row: Action) -> None:
        """Ask what came of an action, and complete it."""
        today = self._asking.desk.today()
        form = Form(
            title=row.title,
            accept=_("Complete"),
            questions=(of(Action, "outcome", required=True, value=row.outcome),),
        )

        def act(work: Work, said: dict[str, Any]) -> None:
            status = ActionStatus.COMPLETE
            done = {"status": status.value, "done": plans.done_on(status, today)}
            plans.edit_action(work, row.id, done | said)

        self._asking.ask(form, "Complete action", act)

    def add_member(self) -> None:
        """Ask who sits in the group of the meeting that is shown."""
        chosen = self.book.chosen if self.book else None
        if chosen is not None:
            owner = chosen.listed.group.id
            self._new(GroupMember, _MEMBER, _("Add member"), owner=owner)

    def _new(self, cls: type[Entity], names: tuple[str, ...], title: str, **more: Any) -> None:
        form = Form(
            title=title,
            accept=_("Add"),
            questions=tuple(_question(cls, name, None) for name in names),
        )

        def act(work: Work, said: dict[str, Any]) -> None:
            records.create(work, cls(**(said | more)))

        self._asking.ask(form, title, act)

    def _edit(self, thing: Entity, *, names: tuple[str, ...]) -> None:
        form = Form(
            title=thing.label,
            accept=_("Save"),
            questions=tuple(_question(type(thing), name, thing) for name in names),
        )

        def act(work: Work, said: dict[str, Any]) -> None:
            records.edit(work, thing.id, said, version=thing.version)

        self._asking.ask(form, _("Edit"), act)


def _question(cls: type[Entity], name: str, thing: Entity | None) -> Question:
    first = next(one.default for one in fields(cls) if one.name == name)
    value = getattr(thing, name) if thing is not None else first
    return of(cls, name, value=None if value is MISSING else value)
