"""Values as they are typed into a filter, as the file compares them."""

from typing import Any

from ocgdesk.domain.fields import FieldType
from ocgdesk.errors import Refused


def comparable(type_: FieldType, value: str) -> Any:
    """Return a value as a column of this type holds it; Refused for a number that is none."""
    try:
        match type_:
            case FieldType.FLAG:
                return value.lower() in {"1", "true", "yes"}
            case FieldType.INTEGER:
                return int(value)
            case FieldType.NUMBER:
                return float(value)
    except ValueError:
        raise Refused(f"{value[:20]!r} is no number") from None
    return value
