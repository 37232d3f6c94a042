"""What is restricted is absent: from every query, from counts, from history, from searches."""

import importlib
import inspect
import pkgutil
import re
from dataclasses import fields, is_dataclass, replace
from datetime import UTC, date, datetime
from itertools import product
from uuid import UUID, uuid4

import msgspec
import pytest
from makers import (
    a_chart,
    a_handle,
    a_line,
    a_link,
    a_membership,
    a_nominal,
    a_placement,
    a_plan,
    a_report,
    an_action,
    an_assertion,
    an_assignment,
    an_attribution,
    an_objective,
    an_ocg,
)
from sqlalchemy import select

import ocgdesk.store
from ocgdesk.domain.areas import Area
from ocgdesk.domain.changes import Change
from ocgdesk.domain.charts import Chart
from ocgdesk.domain.disruptions import Disruption, Outcome
from ocgdesk.domain.entities import Commodity, Operation
from ocgdesk.domain.kinds import Base, Kind
from ocgdesk.domain.pairings import COMPARED
from ocgdesk.domain.people import Role
from ocgdesk.domain.quality import rules
from ocgdesk.domain.registry import kinds_of
from ocgdesk.domain.returns import Count, Period
from ocgdesk.domain.subrecords import (
    Assessment,
    Attachment,
    CheckBack,
    CourtStep,
    GainReferral,
    ThreatWarning,
)
from ocgdesk.domain.tasking import AgendaItem, Meeting, MeetingGroup, Request
from ocgdesk.domain.values import Alias, External, Identifier
from ocgdesk.errors import NotFound, Refused
from ocgdesk.store import auditing, contents, finding, history, listing, planning, records, tables
from ocgdesk.store.auditing import AuditQuery
from ocgdesk.store.claims_listed import LedgerQuery
from ocgdesk.store.happenings_held import Happened
from ocgdesk.store.held import Held
from ocgdesk.store.listing import Filter, ListQuery, Sort, Test
from ocgdesk.store.merges import Merge
from ocgdesk.store.reader import HANGING, Reader
from ocgdesk.store.removed import BinQuery
from ocgdesk.store.tallies import Asked

pytestmark = pytest.mark.timeout(400)  # every query, with every value worth trying

SECRET = "Zyxwell"
TODAY = date(2026, 11, 21)
FILES = {contents.digest_of(data): data for data in (b"open", b"both", SECRET.encode())}
"""What attachments hold: of an open record, of an open and a restricted one, of that alone."""


def queries():
    """Every public function of the store whose first argument is a reader."""
    found = {}
    for module in pkgutil.iter_modules(ocgdesk.store.__path__):
        if module.name == "migrations":
            continue
        loaded = importlib.import_module(f"ocgdesk.store.{module.name}")
        for name, function in inspect.getmembers(loaded, inspect.isfunction):
            parameters = list(inspect.signature(function).parameters.values())
            own = function.__module__ == loaded.__name__ and not name.startswith("_")
            if own and parameters and parameters[0].annotation is Reader:
                found[f"{module.name}.{name}"] = function
    return found


class World:
    """Records everybody sees, and some only ann may know of, with ids known beforehand."""

    def __init__(self, ann):
        self.only = frozenset({ann.id})
        self.open = self._open(ann)
        self.hidden = self._hidden(ann)

    def _open(self, ann):
        self.ocg, self.nominal, self.handle = an_ocg("Tarnbrook"), a_nominal(), a_handle()
        self.other, self.line, self.report = an_ocg("Fellgate"), a_line(), a_report(grade="1A")
        self.plan, self.chart = a_plan(self.ocg, review_due=date(2026, 11, 1)), a_chart()
        self.objective = an_objective(self.plan)
        return (
            *(self.ocg, self.other, self.nominal, self.handle, self.line, self.report),
            *(self.plan, self.chart, self.objective),
            an_action(self.plan, due=date(2026, 11, 2), officer="DC Hale", user=ann.id),
            an_assignment(self.ocg, user=ann.id),
            Assessment(owner=self.ocg.id, sheet="ocgm", band="high/low"),
            a_membership(self.nominal, self.ocg, reports=(self.report.id,)),
            a_link(self.ocg, self.line, type="controls"),
            an_attribution(self.handle, self.nominal),
            a_placement(self.chart, self.nominal),
            an_assertion(self.nominal, "name", "Aled"),
            *self._case(),
            *self._tasking(),
        )

    def _tasking(self):
        self.claim = Disruption(title="Flat closed", on=TODAY, subjects=(self.ocg.id,))
        self.group = MeetingGroup(name="Force TTCG")
        self.meeting = Meeting(owner=self.group.id, title="November")
        return (
            *(self.claim, self.group, self.meeting),
            Outcome(owner=self.claim.id, measure="cash", value=1),
            Request(title="A camera"),
            AgendaItem(owner=self.meeting.id, title="Tarnbrook", about=self.ocg.id),
            an_action(self.meeting, "Ask for it"),
        )

    def _hidden_tasking(self, ocg):
        only = {"restricted_to": self.only}
        claim = Disruption(title=SECRET, on=TODAY, subjects=(self.ocg.id,), **only)
        return (
            claim,
            Outcome(owner=claim.id, measure="cash", value=2, impact=SECRET),
            Request(title=SECRET, **only),
            AgendaItem(owner=self.meeting.id, title=f"{SECRET} Firm", about=ocg.id),
            an_action(self.meeting, f"{SECRET} act four", **only),
        )

    def _case(self):
        self.operation, self.drug = Operation(name="Operation Fell"), Commodity(name="Heroin")
        return (
            self.operation,
            self.drug,
            CourtStep(owner=self.nominal.id, step="arrested", operation=self.operation.id),
            ThreatWarning(owner=self.nominal.id, review_due=TODAY, operation=self.operation.id),
            GainReferral(owner=self.operation.id, partner="HMRC"),
            CheckBack(owner=self.line.id, due=TODAY),
            a_link(self.ocg, self.drug, type="deals-in"),
            *(self._file(self.nominal, n) for n in (0, 1)),
        )

    def _file(self, owner, n, **more):
        return Attachment(owner=owner.id, name="photo.jpg", digest=list(FILES)[n], **more)

    def _hidden_case(self, nominal, line, ocg):
        only = {"restricted_to": self.only}
        operation = Operation(name=f"Operation {SECRET}", **only)
        drug = Commodity(name=SECRET, part_of=self.drug.id, **only)
        return (
            operation,
            drug,
            CourtStep(owner=nominal.id, step="charged", operation=self.operation.id),
            CourtStep(owner=self.nominal.id, step="bailed", result=SECRET, **only),
            ThreatWarning(owner=nominal.id, review_due=TODAY, operation=self.operation.id),
            GainReferral(owner=operation.id, partner="HMRC"),
            CheckBack(owner=line.id, due=TODAY),
            a_line(f"{SECRET} Two", follows=self.line.id, **only),
            a_link(ocg, self.drug, type="deals-in"),
            *(self._file(nominal, n) for n in (1, 2)),
            self._file(self.nominal, 2, restricted_to=self.only),
        )

    def _hidden(self, ann):
        only = {"restricted_to": self.only}
        ocg = an_ocg(f"{SECRET} Firm", externals=(External("import", f"{SECRET}-7"),), **only)
        nominal = a_nominal(
            f"{SECRET} Nominal",
            aliases=(Alias(f"{SECRET}alias"),),
            identifiers=(Identifier("pnc", f"{SECRET}55/1X"),),
            exploited=True,
            **only,
        )
        line, report = a_line(f"{SECRET} Line", **only), a_report(f"{SECRET} Report", **only)
        plan = a_plan(self.other, f"{SECRET} Plan", review_due=date(2026, 11, 3), **only)
        their_plan = a_plan(ocg, f"{SECRET} 4P", review_due=date(2026, 11, 3))
        chart = a_chart(f"{SECRET} Chart", **only)
        secret_link = a_link(self.nominal, self.other, note=SECRET, **only)
        return (
            *(ocg, nominal, line, report, plan, their_plan, chart, secret_link),
            an_action(plan, f"{SECRET} act", due=date(2026, 11, 3), officer=f"{SECRET} Hale"),
            an_action(their_plan, f"{SECRET} act two", due=date(2026, 11, 3), user=ann.id),
            an_action(self.plan, f"{SECRET} act three", due=date(2026, 11, 3), **only),
            an_objective(self.plan, f"{SECRET} objective", **only),
            an_assignment(self.ocg, f"{SECRET} LRO", user=ann.id, **only),
            an_assignment(ocg, f"{SECRET} LRO two", user=ann.id),
            Assessment(owner=ocg.id, sheet="ocgm", band=SECRET, scorer=SECRET),
            Assessment(owner=self.ocg.id, sheet="ocgm", band=SECRET, **only),
            a_membership(nominal, self.ocg, reports=(self.report.id,)),
            a_membership(self.nominal, ocg),
            a_link(self.ocg, line, type="controls"),
            a_link(
                self.nominal, self.other, note=SECRET, externals=(External("x", SECRET),), **only
            ),
            an_attribution(self.handle, nominal),
            a_placement(self.chart, nominal),
            a_placement(chart, self.nominal),
            an_assertion(nominal, "name", SECRET),
            an_assertion(secret_link, "note", SECRET),
            *self._hidden_case(nominal, line, ocg),
            *self._hidden_tasking(ocg),
        )

    @property
    def all(self):
        return (*self.open, *self.hidden)

    def entities(self):
        return [thing for thing in self.all if thing.base is Base.ENTITY]


def a_merge(kept, at):
    """Return a merge into a record that nobody made."""
    return Merge(seq=1, at=at, user=uuid4(), reason="", kept=kept.id, absorbed=kept)


class Arguments:
    """What each query is asked: by the name of a parameter, every value worth trying."""

    def __init__(self, world, seq, users, columns=None):
        ids = [thing.id for thing in world.all] + [uuid4()]
        numbers = list(range(1, 120))
        texts = ["Tarnbrook", "zyx", SECRET, f"{SECRET} Firm", f"{SECRET}alias", f"{SECRET}-7"]
        texts += [str(world.hidden[0].id), "WMPA1-OCG-2026-0003", "z*w", "*", "55/1", "act"]
        texts += ["Zyxwel", "Zixwel Firm", f"{SECRET[:4]}*", f"{SECRET}6"]
        moment = datetime(2026, 1, 1, tzinfo=UTC)
        one = dict.fromkeys(
            ("id_", "ocg", "plan", "chart_id", "subject", "report", "owner", "group", "kept"), ids
        )
        self.values = one | {
            "ids": [ids],
            "nos": [numbers],
            "among": [None, numbers],
            "links": [numbers],
            "of": [lambda reader: planning.held(reader, numbers, TODAY)],
            "held": [None, lambda reader: Held(reader, seq)],
            "ocgs": [numbers],
            "plans": [numbers],
            "no": numbers,
            "seq": [1, seq, 10_000],
            "seqs": [numbers],
            "text": texts,
            "ref": texts,
            "values": [texts],
            "labels": [texts],
            "tactic": ["", "warrant-day"],
            "refs": [texts],
            "pairs": [[(one, other) for one in numbers for other in numbers[:9]]],
            "as_at": [moment],
            "digest": list(FILES),
            "sha256": list(FILES),
            "keys": [texts],
            "begins": ["", "import"],
            "scheme": ["import", "pnc", "x"],
            "area": [Area("WMP", codes=("WMP",)), Area(SECRET, name=SECRET)],
            "name": ["Ludlow", SECRET],
            "period": [Period(date(2020, 1, 1), TODAY)],
            "cuckooed": [False, True],
            "link": ids,
            "kind": list(Kind),
            "base": list(Base),
            "kinds": [tuple(Kind)],
            "at": [moment],
            "since": [None, moment],
            "agency": ["", "WMP"],
            "agencies": [()],
            "without": [()],
            "statuses": [()],
            "unit": [""],
            "until": [date(2027, 1, 1)],
            "types": [("deals-in",)],
            "today": [TODAY],
            "on": [TODAY],
            "user": users,
            "entity": world.entities(),
            "thing": world.entities(),
            "limit": [1, 500],
            "most": [200],
            "per_kind": [6],
            "log": [False],
            "list_name": ["agencies", "roles", "link-types", "identifier-schemes", "tiers"],
            "rule": rules(),
            "found": [[(number, None) for number in numbers]],
        }
        self.names = {
            "listing.order": [{"query": query} for query in list_queries(columns)],
            "listing.window": [
                {"kind": kind, "nos": numbers, "names": names(kind)} for kind in LISTED
            ],
            "listing.distinct": [
                {"kind": kind, "name": name, "within": within, "holding": holding}
                for kind in LISTED
                for name in names(kind, columns)
                for within, holding in (
                    (None, ""),
                    (ListQuery(kind=kind, text="t"), SECRET.lower()),
                )
            ],
            "held_list.rows": [
                {"kind": kind, "seq": at, "names": names(kind)}
                for kind in LISTED
                for at in (1, seq)
            ],
            "removed.listed": [{"query": BinQuery()}, {"query": BinQuery(text=SECRET.lower())}],
            "signed.check_removal": [{"gone": [thing]} for thing in world.all],
            "auditing.entries": [{"query": AuditQuery()}],
            **{
                f"matching.{name}": [{"kind": kind} for kind in COMPARED]
                for name in ("rows", "aliases", "numbers", "carried", "places", "settled")
            },
            "matching.verdicts": [{"one": ids[0], "other": id_} for id_ in ids],
            "merges.of": [{"kept": id_} for id_ in ids],
            **{
                f"merges.{name}": [{"merge": a_merge(thing, moment)} for thing in world.entities()]
                for name in ("changes", "since")
            },
            "claims.shares_apmis": [{"before": None, "claim": world.claim}],
            "claims.shares_step": [
                {"before": None, "outcome": one} for one in world.all if isinstance(one, Outcome)
            ],
            "claims.like": [{"thing": world.claim, "days": 3, "most": 20}],
            "claims.with_apmis": [{"reference": text} for text in ("AP-1", SECRET)],
            "claims.check_turned": [{"changes": [Change(None, thing)]} for thing in world.all],
            "claims_listed.listed": [
                {"query": query, "most": 500}
                for query in (LedgerQuery(), *(LedgerQuery(against=id_) for id_ in ids))
            ],
            "tallies.tally": [
                {"asked": Asked(count=Count(kind=kind)), "by": (name,), "months": False}
                for kind, name in TALLIED
            ],
            "issued.exported": [
                {"labels": ("Export return",), "about": id_} for id_ in (None, *ids)
            ],
            "issued.out": [
                {"product_type": "ocg-profile", "subject": id_, "audience": "internal"}
                for id_ in (None, *ids)
            ],
            "plain_rows.now": [{"kind": kind, "names": names(kind)} for kind in COUNTED],
            "plain_rows.then": [
                {"kinds": (kind,), "seq": at, "only": None} for kind in LISTED for at in (1, seq)
            ],
            "tallies.tally_each": [
                {
                    "asked": Asked(count=Count(kind=Kind.DISRUPTION, by="on")),
                    "periods": [
                        Period(date(2020, 1, 1), date(2025, 12, 31)),
                        Period(date(2026, 1, 1), date(2027, 1, 1)),
                    ],
                    "by": by,
                }
                for by in ((), ("agency",))
            ],
            "tallies.beneath": [
                {"asked": Asked(count=Count(kind=kind)), "most": 500} for kind, _name in TALLIED
            ],
        }

    def of(self, name, function):
        """Yield the keyword arguments of each call; a parameter not known here is an error."""
        if name in self.names:
            yield from self.names[name]
            return
        parameters = list(inspect.signature(function).parameters.values())[1:]
        wanted = [p.name for p in parameters if p.kind is not p.VAR_POSITIONAL]
        for values in product(*(self.worth_trying(p) for p in parameters if p.name in wanted)):
            yield dict(zip(wanted, values, strict=True))

    def worth_trying(self, parameter):
        """Return the values for one parameter; some names stand for ids here, numbers there."""
        named, text = parameter.name, str(parameter.annotation)
        if "UUID" in text and re.search(r"Collection|Sequence|Iterable", text):
            named = "ids"
        elif parameter.annotation is str and named == "owner":
            return ["", "Hale"]
        return [*self.values[named], *([None] if "None" in text and named != "since" else [])]


TALLIED = [
    (Kind.OCG, "name"),
    (Kind.NOMINAL, "name"),
    (Kind.ASSESSMENT, "band"),
    (Kind.COURT_STEP, "result"),
    (Kind.ACTION, "officer"),
]
COUNTED = [kind for kind in kinds_of(Base.ENTITY) if tables.KINDS[kind].own is not None]
LISTED = [kind for kind in Kind if kind not in {Kind.ASSERTION, Kind.PLACEMENT}]


def names(kind, most=None):
    return [column.name for column in listing.columns(kind)][:most]


def list_queries(most=None):
    for kind in LISTED:
        yield ListQuery(kind=kind, text=SECRET.lower())
        for name in names(kind, most):
            yield ListQuery(kind=kind, sorts=(Sort(name, descending=True),))
            yield ListQuery(kind=kind, filters=(Filter(name, Test.CONTAINS, (SECRET, "1", "2")),))


def answer(function, reader, arguments):
    """Return what a query says, as text; a refusal by its words without the question's own."""
    try:
        given = {n: v(reader) if inspect.isfunction(v) else v for n, v in arguments.items()}
        said = function(reader, **given)
        if inspect.isgenerator(said):
            said = list(said)
        if isinstance(said, Happened):
            said = whatever(said)
        return plain(said)
    except Refused as refusal:
        words = re.sub(r"'[^']*'", "…", str(refusal))
        return f"{type(refusal).__name__}: {words}"


def whatever(source):
    """Return what a source that is asked further says of every record there is."""
    ids = [UUID(bytes=row.id) for row in source.reader.rows(select(tables.entity.c.id))]
    asked = (source.entities, source.briefs, source.links_at, source.links_among, source.claims_on)
    return [ask(ids) for ask in asked] + [source.owned_by(ids, kinds_of(Base.ENTITY))]


def plain(said):
    return re.sub(r"frozenset\(\{.*?\}\)", "frozenset", repr(told(said)))


def told(said):
    """Return an answer with every field of every thing in it: things do not show theirs."""
    if is_dataclass(said) and not isinstance(said, type):
        return {field.name: told(getattr(said, field.name)) for field in fields(said)}
    if isinstance(said, msgspec.Struct):
        return told(msgspec.structs.asdict(said))
    if isinstance(said, dict):
        return {told(key): told(value) for key, value in said.items()}
    if isinstance(said, list | tuple):
        return [told(item) for item in said]
    return said


def answers(workspace, world, seq, users, *, asked=bool, columns=None):
    """Return what every query that is asked says; of lists, by so many columns of each kind."""
    found, arguments = {}, Arguments(world, seq, users, columns)
    for name, function in queries().items():
        if not asked(name):
            continue
        # One reader a query: what each looked at is entered when it closes, which takes longest.
        with workspace.reading() as reader:
            for n, call in enumerate(arguments.of(name, function)):
                found[name, n] = (answer(function, reader, call), call)
    return found


def test_a_walk_over_every_query_finds_neither_a_restricted_record_nor_its_number(
    workspace, ann, another_user, opened_by
):
    world = World(ann)
    bea = opened_by(another_user)
    with workspace.work("Given") as done:
        done.work.put(*world.open)
        for digest, data in FILES.items():
            contents.keep(done.work, digest, contents.packed(data))
    seq, people = workspace.head()[0], [ann.id, another_user.id]
    before = answers(bea, world, seq, people)
    with workspace.work("Restricted") as done:
        hidden = done.work.put(*world.hidden)
    after = answers(bea, world, seq, people)
    telling = marks_of(hidden)
    assert len(before) > 1_500
    for (name, n), (said, call) in after.items():
        assert not [mark for mark in telling if mark in said], f"{name}({call}) tells of {said}"
        if not (name == "records.hanging_on" and said.endswith(HANGING)):
            assert said == before[name, n][0], f"{name}({call}) changed"


def marks_of(things):
    """Return what would give a restricted thing away in the text of an answer."""
    ids = [form for t in things for form in (str(t.id), repr(t.id.bytes))]
    return [SECRET, *ids, *(t.ref for t in things if getattr(t, "ref", ""))]


def test_the_walk_would_notice(workspace, ann, given):
    """Ann sees what bea must not: otherwise the walk proves nothing."""
    world = World(ann)
    given(*world.open)
    given(*world.hidden)
    wanted = {
        *("records.brief", "finding.search", "listing.window", "falling_due.due"),
        *("history.all_as_at", "history.of", "records.links_of"),
    }
    said = answers(workspace, world, 2, [ann.id], asked=lambda name: name in wanted)
    assert {name for (name, _n), (text, _call) in said.items() if SECRET in text} == wanted


@pytest.mark.parametrize("role", [Role.ADMINISTRATOR, Role.AUDITOR])
def test_who_may_not_read_records_sees_none(ann, given, add_user, opened_by, role):
    world = World(ann)
    things = given(*world.open)
    given(*world.hidden)
    other = opened_by(add_user("olu", role))
    labels = [thing.label for thing in things if thing.base is Base.ENTITY and thing.label]
    for (name, n), (said, _call) in answers(other, world, 2, [ann.id], columns=2).items():
        if not name.startswith("auditing."):
            assert not [label for label in (*labels, SECRET) if label in said], (name, n)


def test_only_an_auditor_reads_the_journal_and_reads_references_not_names(
    workspace, given, add_user, opened_by, another_user
):
    only = frozenset({workspace.user.id})
    ocg = given(an_ocg(f"{SECRET} Firm", restricted_to=only))[0]
    seq = workspace.head()[0]
    auditor = opened_by(add_user("olu", Role.AUDITOR))
    with auditor.reading() as reader:
        number = auditing.number_of(reader, ocg.ref)
        assert auditing.subjects(reader, [seq]) == {seq: (ocg.ref,)}
        entries = auditing.entries(reader, AuditQuery(subject=number))
        assert [entry.seq for entry in entries] == [seq]
        assert SECRET not in repr(entries)
    with opened_by(another_user).reading() as reader:
        for ask in (
            lambda: auditing.entries(reader, AuditQuery()),
            lambda: auditing.subjects(reader, [seq]),
            lambda: auditing.number_of(reader, ocg.ref),
        ):
            with pytest.raises(Refused, match="auditor"):
                ask()


def test_the_audit_still_names_a_record_that_was_removed(workspace, given, add_user, opened_by):
    ocg = given(an_ocg())[0]
    with workspace.work("Remove") as done:
        done.work.remove(ocg)
    with opened_by(add_user("olu", Role.AUDITOR)).reading() as reader:
        seq = auditing.entries(reader, AuditQuery(subject=auditing.number_of(reader, ocg.ref)))[
            0
        ].seq
        assert auditing.subjects(reader, [seq]) == {seq: (ocg.ref,)}


def test_what_was_restricted_when_it_was_removed_stays_so(
    workspace, ann, given, another_user, opened_by
):
    ocg, nominal = given(
        an_ocg(f"{SECRET} Firm", restricted_to=frozenset({ann.id})), a_nominal("Aled Cors")
    )
    plan, member = given(a_plan(ocg, f"{SECRET} 4P"), a_membership(nominal, ocg))
    with workspace.reading() as reader:
        numbers = [reader.number(ocg.id), reader.number(plan.id)]
        numbers.append(reader.number(member.id, Base.LINK))
    seq = workspace.head()[0]
    with workspace.work("Remove") as done:
        done.work.remove(ocg, plan, member)
    with opened_by(another_user).reading() as reader:
        for kind in (Kind.OCG, Kind.PLAN, Kind.MEMBERSHIP):
            assert list(history.all_as_at(reader, kind, seq)) == []
        for number in numbers:
            with pytest.raises(NotFound):
                history.of(reader, number)
            with pytest.raises(NotFound):
                history.as_at(reader, number, seq)
    with workspace.reading() as reader:
        assert [t.id for t in history.all_as_at(reader, Kind.PLAN, seq)] == [plan.id]
        assert len(history.of(reader, numbers[0])) == 2


def test_saving_a_chart_keeps_the_focus_its_saver_may_not_know_of(
    workspace, ann, given, another_user, opened_by
):
    hidden, seen = given(
        a_nominal(f"{SECRET} Nominal", restricted_to=frozenset({ann.id})), a_nominal("Aled Cors")
    )
    chart = given(a_chart(focus=(hidden.id, seen.id)))[0]
    bea = opened_by(another_user)
    with bea.work("Edit") as done:
        mine = done.work.get(Chart, chart.id)
        assert mine.focus == (seen.id,)
        done.work.put(replace(mine, title="Renamed"))
    with workspace.reading() as reader:
        assert reader.get(Chart, chart.id).focus == (hidden.id, seen.id)
    with bea.work("Edit") as done:
        done.work.put(replace(done.work.get(Chart, chart.id), focus=()))
    with workspace.reading() as reader:
        assert reader.get(Chart, chart.id).focus == (hidden.id,)
    with bea.reading() as reader:
        number = reader.number(chart.id)
        assert str(hidden.id) not in repr(history.of(reader, number))


def test_a_record_with_something_hidden_on_it_is_not_removed_and_nothing_is_told(
    workspace, ann, given, another_user, opened_by
):
    nominal, ocg = given(a_nominal(), an_ocg())
    member = given(a_membership(nominal, ocg, restricted_to=frozenset({ann.id})))[0]
    bea = opened_by(another_user)

    def remove_what_is_seen(listed):
        with bea.work("Remove") as done:
            entity = done.work.reader.find(nominal.id)
            things = records.hanging_on(done.work.reader, entity) if listed else []
            done.work.remove(*things, entity)

    for listed in (True, False):
        with pytest.raises(Refused) as refusal:
            remove_what_is_seen(listed)
        assert str(refusal.value) == HANGING
    with workspace.reading() as reader:
        assert reader.find(member.id, Base.LINK) == member


def test_a_link_to_a_hidden_record_is_refused_as_one_to_nothing(
    ann, given, another_user, opened_by
):
    hidden, seen = given(a_nominal(restricted_to=frozenset({ann.id})), a_nominal())
    bea, words = opened_by(another_user), []
    for end in (hidden, a_nominal()):
        with pytest.raises(Refused) as refusal, bea.work("Link") as done:
            done.work.put(a_link(seen, end))
        words.append(str(refusal.value))
    assert words[0] == words[1]


def test_access_given_and_taken_counts_at_once(ann, given, put, another_user, opened_by):
    nominal = given(a_nominal(restricted_to=frozenset({ann.id})))[0]
    bea = opened_by(another_user)

    def seen():
        with bea.reading() as reader:
            return bool(finding.search(reader, nominal.name, log=False))

    assert not seen()
    put(nominal, restricted_to=frozenset({ann.id, another_user.id}))
    assert seen()
    put(nominal, restricted_to=frozenset({ann.id}))
    assert not seen()
    put(nominal, restricted_to=None)
    assert seen()


def test_who_cites_a_restricted_report_is_not_told_to_whoever_knows_its_id(
    ann, given, another_user, opened_by
):
    one, two, paper = given(a_nominal(), a_nominal(), a_report(restricted_to=frozenset({ann.id})))
    given(a_link(one, two, reports=(paper.id,)))
    with opened_by(another_user).reading() as reader:
        assert records.citing(reader, paper.id) == []


def test_ids_are_compared_in_both_forms():
    thing = a_nominal(id=UUID(int=7))
    assert str(thing.id) in marks_of([thing])
