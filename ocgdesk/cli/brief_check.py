"""The check of a briefing before it leaves: what could identify somebody, what holds it back."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import click

from ocgdesk.cli import output
from ocgdesk.errors import Refused
from ocgdesk.i18n import _

if TYPE_CHECKING:
    from ocgdesk.casework.brief_marking import Outranked
    from ocgdesk.casework.brief_typed import Place
    from ocgdesk.casework.briefs import Briefing, Wish

_OPTIONS = (
    click.option(
        "--replace", multiple=True, metavar="WORDS", help="Replace these words of a typed text."
    ),
    click.option(
        "--keep",
        multiple=True,
        metavar="WORDS=WHY",
        help="Keep these words of a typed text as they are; why is kept in the journal.",
    ),
    click.option(
        "--leave-out-ruled",
        "leaves_out",
        is_flag=True,
        help="Leave out what rests only on reports that rule the audience out.",
    ),
    click.option(
        "--despite-handling",
        "despite",
        default="",
        metavar="WHY",
        help="Let it go although a handling condition rules the audience out; kept in the journal.",
    ),
)


def settling(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command the options that settle what the check finds."""
    for option in reversed(_OPTIONS):
        command = option(command)
    return command


def settled(said: dict[str, Any]) -> dict[str, Any]:
    """Return what these options say, as a wish for a briefing takes it."""
    return {
        "settled": (*((words, "") for words in said["replace"]), *map(_kept, said["keep"])),
        "leaves_out_ruled": said["leaves_out"],
        "despite": said["despite"],
    }


def _kept(text: str) -> tuple[str, str]:
    words, equals, why = text.partition("=")
    if not equals or not why.strip():
        raise Refused(_("--keep takes WORDS=WHY"))
    return words, why


@contextmanager
def hinting() -> Iterator[None]:
    """Name the options that settle what holds a briefing back."""
    from ocgdesk.casework.brief_leaving import HeldBack

    try:
        yield
    except HeldBack as error:
        hint = _("Settle it with {options}; without -o everything is listed")
        options = "--replace, --keep, --leave-out-ruled, --despite-handling"
        raise Refused(f"{error}\n{hint.format(options=options)}") from None


def check_settled(made: "Briefing") -> None:
    """Refuse words to be settled that stand in no typed text."""
    from ocgdesk.casework import brief_typed

    brief_typed.check_settled(dict(made.wish.settled), made.leaving.places)


def say_above(refusal: "Outranked", *, json_: bool) -> None:
    """Print all that outranks the marking that was chosen."""
    if json_:
        items = [
            {
                "ref": one.ref,
                "marking": one.marking.value,
                "kind": one.record.kind.value if one.record else None,
                "label": one.record.label if one.record else None,
            }
            for one in refusal.items
        ]
        output.as_json({"refused": str(refusal), "items": items, "withheld": None})
        return
    rows = [
        (one.ref, one.record.label if one.record else "", one.marking.banner)
        for one in refusal.items
    ]
    output.table((_("Reference"), _("Record"), _("Marking")), rows)


def say(made: "Briefing", missing: tuple[str, ...], *, json_: bool) -> None:
    """Print what a briefing would hold, and what could still say who somebody is."""
    from ocgdesk.casework.brief_parts import by_condition

    if json_:
        output.as_json(_plain(made, missing))
        return
    output.say(f"{made.document.title}  [{made.marking.banner}]")
    output.say(_("It rests on {n} records").format(n=len(made.records)))
    for line in lines(made):
        output.say(line)
    for name in missing:
        output.say(_("Nothing stands for the field {name}").format(name=name))
    say_unwritten(made.wish)
    for words, refs in by_condition(made.handling):
        output.say(_("Handling: {words} ({refs})").format(words=words, refs=refs))


def say_unwritten(wish: "Wish") -> None:
    """Say under which headings of a briefing nothing is written yet."""
    from ocgdesk.casework import briefs

    if left := briefs.unwritten(wish):
        told = _("Nothing is written yet under: {sections}")
        output.say(told.format(sections=", ".join(left)))


def lines(made: "Briefing") -> Iterator[str]:
    """Yield what the check found, a line each: what holds it back first."""
    leaving = made.leaving
    for one in leaving.against:
        told = _("Against {audience}: {words}")
        if one.refuses:
            told = _("Rules {audience} out: {words}")
        yield told.format(audience=made.audience.label, words=one.words)
    if leaving.above:
        yield leaving.above
    yield from map(_place, leaving.places)
    yield from (doubt.words for doubt in made.doubts)
    if leaving.unsaid:
        told = _("Left out, nothing to tell this audience: {sections}")
        yield told.format(sections=", ".join(leaving.unsaid))
    if leaving.held:
        yield _("It may not leave yet:")
        yield from (f"  {one}" for one in leaving.held)


def _place(one: "Place") -> str:
    if one.is_open:
        told = _(
            "To be settled: “{words}”, {what}; replace by “{proposal}”, or keep it and say why"
        )
    elif one.is_kept:
        told = _("Kept as typed: “{words}”, {what}: {reason}")
    else:
        told = _("Replaced: “{words}”, {what}, by “{proposal}”")
    return told.format(words=one.words, what=one.what, proposal=one.proposal, reason=one.reason)


def _plain(made: "Briefing", missing: tuple[str, ...]) -> dict[str, Any]:
    leaving = made.leaving
    return {
        "title": made.document.title,
        "marking": made.marking.value,
        "sections": list(made.wish.sections),
        "records": len(made.records),
        "handling": list(made.handling),
        "above_audience": leaving.above or None,
        "against": [
            {"what": a.label, "words": a.conditions, "refuses": a.refuses, "refs": list(a.refs)}
            for a in leaving.against
        ],
        "typed": [
            {
                "section": p.section,
                "words": p.words,
                "what": p.what,
                "proposal": p.proposal,
                "open": p.is_open,
                "kept": p.reason or None,
            }
            for p in leaving.places
        ],
        "unsaid": list(leaving.unsaid),
        "held": list(leaving.held),
        "unfilled": list(missing),
        "doubts": [
            {"what": d.what, "where": d.where, "section": d.section, "proposal": d.proposal}
            for d in made.doubts
        ],
        "withheld": None,
    }
