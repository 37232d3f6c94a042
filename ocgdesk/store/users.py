"""Users as the workspace keeps them. Their keys are in the key file, not here."""

from uuid import UUID

from sqlalchemy import Connection, Row, insert, select, update

from ocgdesk.domain.people import Role, User
from ocgdesk.errors import NotFound, Refused
from ocgdesk.store import tables

_user = tables.user


def name_key(name: str) -> str:
    """Return the form in which user names are compared: without case."""
    return name.strip().casefold()


def _of(row: Row[tuple[object, ...]]) -> User:
    return User(
        id=UUID(bytes=row.id),
        name=row.name,
        display=row.display,
        roles=frozenset(Role(role) for role in row.roles.split(",") if role),
        disabled=bool(row.disabled),
    )


def everybody(connection: Connection) -> list[User]:
    """Return all users, disabled ones too, by name."""
    return [_of(row) for row in connection.execute(select(_user).order_by(_user.c.name_key))]


def get(connection: Connection, id_: UUID) -> User:
    """Return one user, or raise NotFound."""
    row = connection.execute(select(_user).where(_user.c.id == id_.bytes)).first()
    if row is None:
        raise NotFound("There is no such user")
    return _of(row)


def save(connection: Connection, user: User) -> None:
    """Add a user or change one; Refused where the name is taken or empty."""
    key = name_key(user.name)
    if not key or len(user.name) > 100:
        raise Refused("A user needs a name of at most a hundred characters")
    taken = connection.execute(
        select(_user.c.id).where(_user.c.name_key == key, _user.c.id != user.id.bytes)
    ).first()
    if taken:
        raise Refused("Another user has that name")
    row = {
        "id": user.id.bytes,
        "name": user.name.strip(),
        "name_key": key,
        "display": user.display.strip() or user.name.strip(),
        "roles": ",".join(sorted(user.roles)),
        "disabled": user.disabled,
    }
    known = connection.execute(select(_user.c.id).where(_user.c.id == user.id.bytes)).first()
    if known:
        connection.execute(update(_user).where(_user.c.id == user.id.bytes).values(**row))
    else:
        connection.execute(insert(_user).values(**row))
