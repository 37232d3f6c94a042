"""Words in the user's language: one gettext catalogue for windows, command line and papers."""

import gettext
from functools import cache

from ocgdesk import resources

DOMAIN = "ocgdesk"


@cache
def _catalogue(language: str) -> gettext.NullTranslations:
    return gettext.translation(
        DOMAIN, str(resources.path("locale")), languages=[language], fallback=True
    )


class _Current:
    """The language in use; English unless the settings say otherwise."""

    language = "en"


def use(language: str) -> None:
    """Speak this language from now on (an ISO 639 code; unknown ones fall back to English)."""
    _Current.language = language


def _(message: str) -> str:
    """Return the message in the language in use."""
    return _catalogue(_Current.language).gettext(message)


def ngettext(one: str, many: str, n: int) -> str:
    """Return the singular or plural form for ``n`` in the language in use."""
    return _catalogue(_Current.language).ngettext(one, many, n)


def N_(message: str) -> str:  # noqa: N802 - gettext's own name for "translate later"
    """Mark a message for the catalogue; it is translated where it is shown."""
    return message
