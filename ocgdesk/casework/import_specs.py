"""Import specifications: kept in the workspace, shipped with the program, found by headers."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from ocgdesk.domain.keeping import ImportSpec
from ocgdesk.domain.kinds import Kind
from ocgdesk.domain.people import Right
from ocgdesk.errors import NotFound, Refused
from ocgdesk.exchange import spec_fit, specifications
from ocgdesk.exchange.raw import RawTable
from ocgdesk.exchange.spec_fit import Fit
from ocgdesk.exchange.specifications import Specification
from ocgdesk.i18n import _
from ocgdesk.store import listing
from ocgdesk.store.listing import ListQuery
from ocgdesk.store.reader import Reader
from ocgdesk.store.work import Work

_LONGEST_NAME = 80


def kept(reader: Reader) -> list[ImportSpec]:
    """Return the specifications of this workspace, by name."""
    nos = listing.order(reader, ListQuery(kind=Kind.IMPORT_SPEC))
    return [thing for thing in reader.load(nos) if isinstance(thing, ImportSpec)]


def everything(reader: Reader) -> tuple[Specification, ...]:
    """Return the workspace's own specifications, then the shipped ones they do not replace."""
    own = [specifications.decoded(one.spec) for one in kept(reader)]
    names = {spec.name.casefold() for spec in own}
    others = (spec for spec in specifications.shipped() if spec.name.casefold() not in names)
    return (*own, *others)


def named(reader: Reader, name: str) -> Specification:
    """Return the specification of this name; Refused, naming those there are, for none."""
    known = everything(reader)
    for spec in known:
        if spec.name.casefold() == name.strip().casefold():
            return spec
    text = _("There is no import specification called {name}; there are {known}")
    raise Refused(text.format(name=name, known=", ".join(spec.name for spec in known)))


def save(work: Work, spec: Specification) -> None:
    """Keep a specification under its name; one of the same name is replaced."""
    work.user.need(Right.IMPORT)
    name = " ".join(spec.name.split())
    if not 0 < len(name) <= _LONGEST_NAME:
        text = _("The name of a specification has between 1 and {n} characters")
        raise Refused(text.format(n=_LONGEST_NAME))
    specifications.check(spec)
    text = specifications.encoded(replace(spec, name=name))
    before = _own(work.reader, name)
    if before is None:
        work.put(ImportSpec(name=name, spec=text, user=work.user.id))
    else:
        work.put(replace(before, name=name, spec=text, user=work.user.id))


def remove(work: Work, name: str) -> None:
    """Take a specification out of the workspace; records that came by it stay."""
    work.user.need(Right.IMPORT)
    if (before := _own(work.reader, name)) is None:
        raise NotFound(_("This workspace keeps no import specification of that name"))
    work.remove(before)


def _own(reader: Reader, name: str) -> ImportSpec | None:
    wanted = name.strip().casefold()
    return next((one for one in kept(reader) if one.name.casefold() == wanted), None)


def ranked(reader: Reader, table: RawTable) -> tuple[Fit, ...]:
    """Return the specifications a file can be read by, the best first, with the reasons."""
    return spec_fit.ranked(everything(reader), table)


def chosen(
    reader: Reader, tables: Sequence[RawTable], name: str = ""
) -> tuple[Specification, ...] | None:
    """Return the specification of each file: by name, else those whose headers fit for certain.

    A name may be that of a family: ``grip`` means the one of ``grip/…`` that fits each file.
    None where nothing is known by that name, or not every file is recognised.
    """
    known = everything(reader)
    family = _family(known, name) if name else known
    if not family:
        return None
    found: list[Specification] = []
    for table in tables:
        fits = spec_fit.ranked(family, table)
        if name and not fits:
            reason = spec_fit.fit(family[0], table).reason
            text = _("The file {file} is not for {spec}: {reason}")
            raise Refused(text.format(file=table.name, spec=name, reason=reason))
        if not fits or not (name or fits[0].is_sure):
            return None
        found.append(fits[0].spec)
    return tuple(found)


def _family(known: Iterable[Specification], name: str) -> tuple[Specification, ...]:
    wanted = name.strip().casefold()
    own = tuple(spec for spec in known if spec.name.casefold() == wanted)
    return own or tuple(spec for spec in known if spec.name.casefold().startswith(f"{wanted}/"))
