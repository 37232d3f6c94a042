"""What a product was made by, as its entry in the register keeps it: to make it again."""

from datetime import date
from typing import Any
from uuid import UUID

import msgspec

from ocgdesk.casework.briefs import Wish
from ocgdesk.casework.wide_sections import RETURN
from ocgdesk.domain.marking import Marking
from ocgdesk.domain.products import Product
from ocgdesk.domain.returns import Period
from ocgdesk.errors import Refused
from ocgdesk.i18n import _


def written(wish: Wish, counted: Period) -> str:
    """Return what a product is made by as text; ``counted`` is the period it counts over."""
    return msgspec.json.encode(_spec(wish, counted)).decode()


def _spec(wish: Wish, counted: Period) -> dict[str, Any]:
    return {
        "product": wish.product,
        "subject": str(wish.subject) if wish.subject else None,
        "area": wish.area,
        "period": [wish.period.start, wish.period.end] if wish.period else None,
        "counted": [counted.start, counted.end],
        "audience": wish.audience,
        "exploited": wish.exploited,
        "sections": list(wish.sections),
        "texts": dict(wish.texts),
        "marking": wish.marking.value if wish.marking else None,
        "left_out": {code: list(titles) for code, titles in wish.left_out},
        "template": str(wish.template) if wish.template else None,
        "settled": dict(wish.settled),
        "despite": wish.despite,
        "leaves_out_ruled": wish.leaves_out_ruled,
    }


def wish_of(product: Product) -> Wish:
    """Return what a product was made by, to make it again; Refused where it is damaged."""
    return read(product.spec)


def read(spec: str) -> Wish:
    """Return the wish that was written so; Refused where it is damaged."""
    try:
        said = msgspec.json.decode(spec.encode())
        marking = Marking(said["marking"]) if said.get("marking") else None
        days = said.get("period")
        return Wish(
            product=said["product"],
            subject=UUID(said["subject"]) if said["subject"] else None,
            area=said.get("area", ""),
            period=Period(*map(date.fromisoformat, days)) if days else None,
            audience=said["audience"],
            exploited=said.get("exploited", ""),
            sections=tuple(said["sections"]),
            texts=tuple(said.get("texts", {}).items()),
            marking=marking,
            left_out=tuple((c, tuple(t)) for c, t in said.get("left_out", {}).items()),
            template=UUID(said["template"]) if said.get("template") else None,
            settled=tuple(said.get("settled", {}).items()),
            despite=said.get("despite", ""),
            leaves_out_ruled=bool(said.get("leaves_out_ruled", False)),
        )
    except (msgspec.DecodeError, KeyError, ValueError, TypeError):
        raise Refused(_("What this product was made by is damaged: make it anew")) from None


def counted_over(product: Product) -> Period | None:
    """Return the period over which a product counts; None where what it says is damaged."""
    try:
        days = msgspec.json.decode(product.spec.encode())["counted"]
        return Period(*map(date.fromisoformat, days))
    except (msgspec.DecodeError, KeyError, ValueError, TypeError):
        return None


def counts(product: Product) -> bool:
    """Tell whether a product holds figures of returns that can be counted again."""
    return f'"{RETURN}' in product.spec and counted_over(product) is not None


def area_of(product: Product) -> str:
    """Return the area or agency a product is about, as somebody wrote it; empty for none."""
    try:
        return str(msgspec.json.decode(product.spec.encode()).get("area", ""))
    except (msgspec.DecodeError, AttributeError):
        return ""
