"""Evidence in words: one short clause for each code."""

from typing import Final

from ocgdesk.i18n import N_, _
from ocgdesk.matching.values import Evidence

_WORDS: Final = {
    "name-same": N_("the same name, in whatever order or spelling"),
    "name-alike": N_("every part of the shorter name is in the other, or sounds like it"),
    "name-two": N_("two parts of the names are alike"),
    "name-rare": N_("a rare part of the name is the same"),
    "name-one": N_("one part of the names is alike"),
    "name-other": N_("the names differ"),
    "born-same": N_("the same date of birth"),
    "born-turned": N_("day and month of birth the other way round"),
    "born-digit": N_("dates of birth one figure apart"),
    "born-year": N_("dates of birth agree as far as they are known"),
    "born-digits": N_("dates of birth two figures apart"),
    "born-other": N_("the dates of birth differ"),
    "number-same": N_("the same number"),
    "number-digit": N_("identifiers one figure apart"),
    "number-other": N_("identifiers of one scheme differ"),
    "phone-same": N_("the same phone, handle, vehicle or account"),
    "phone-other": N_("no phone, handle, vehicle or account in common"),
    "phone-kin": N_("a phone, handle, vehicle or account in common, as in one household"),
    "street-kin": N_("the same address, as in one household"),
    "postcode-kin": N_("the same postcode, as in one household"),
    "street-same": N_("the same address"),
    "street-alike": N_("addresses alike"),
    "street-other": N_("the addresses differ"),
    "postcode-same": N_("the same postcode"),
    "postcode-other": N_("the postcodes differ"),
    "area-alike": N_("the same town"),
    "area-other": N_("the postcodes or towns differ"),
    "gender-same": N_("the same gender on record"),
    "gender-other": N_("another gender on record"),
    "identifier-same": N_("the same identifier"),
    "identifier-other": N_("the identifiers differ"),
    "code-turned": N_("two characters the other way round"),
    "code-digit": N_("one character apart"),
    "code-confused": N_("the same but for letters read as figures"),
    "handle-same": N_("the same handle"),
    "handle-case": N_("the same handle but for capitals or marks"),
    "address-same": N_("the same address"),
    "address-alike": N_("the same number in a street spelt alike"),
    "company-same": N_("the same name but for its legal form"),
    "company-alike": N_("names alike"),
    "context-other": N_("another platform, make or town"),
}


def worded(evidence: Evidence) -> str:
    """Return a piece of evidence as a clause."""
    return _(_WORDS[evidence.code])


CODES: Final = frozenset(_WORDS)
"""Every code that has its words."""
