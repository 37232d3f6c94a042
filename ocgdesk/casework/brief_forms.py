"""What leads to somebody by its form alone, recorded or not, for an audience that may not know.

Numbers, plates and postcodes are found however they are spelt; a day is taken for a birth where
the words before it say so. Operations, officers and references go by how they are written.
"""

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final

from ocgdesk.casework.audiences import Audience
from ocgdesk.domain import text_marks
from ocgdesk.domain.dates import PartialDate
from ocgdesk.domain.identifiers import check
from ocgdesk.errors import DeskError
from ocgdesk.i18n import N_, _


@dataclass(frozen=True, slots=True, order=True)
class Find:
    """Where something stands in a text that may not stand there, and what is put in its place."""

    start: int
    end: int
    what: str
    """What it is, in words."""
    instead: str


_MARKS: Final = {
    "phone": (N_("phone number"), N_("phone number withheld")),
    "imei": (N_("device number"), N_("device number withheld")),
    "vrm": (N_("vehicle registration"), N_("registration withheld")),
    "postcode": (N_("postcode"), N_("postcode withheld")),
    "handle": (N_("user name"), N_("handle withheld")),
    "pnc": (N_("PNC number"), N_("number withheld")),
    "cro": (N_("CRO number"), N_("number withheld")),
    "prison": (N_("prison number"), N_("number withheld")),
    "nino": (N_("National Insurance number"), N_("number withheld")),
}
"""What marks of a text are called, and what stands in their place, by their type."""
_LOOSE: Final = {
    "phone": re.compile(
        r"(?<![\w+-])(?:\+|00)?(?:44[\s().-]{0,3})?\(?0?\)?(?:[\s()./-]{0,2}\d){10}(?!\w)"
    ),
    "vrm": re.compile(
        r"(?<!\w)(?:[A-Za-z]{2}\d{2}-?(?!MONTH)[A-Za-z]{3}|[A-Z]{2}[ -]?\d{2}[ -](?!MONTH)[A-Z]{3})"
        r"(?!\w)".replace("MONTH", "(?i:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)")
    ),
    "postcode": re.compile(r"(?<!\w)[A-Za-z]{1,2}\d[A-Za-z\d]?[ -]?\d[A-Za-z]{2}(?!\w)"),
}
"""The same written carelessly: in small letters, with dots or hyphens."""
_NATIONAL: Final = re.compile(
    r"(?<![\w/-])(?:[A-Za-z]{2}(?:[ -]?\d{2}){3}[ -]?[A-Da-d]"
    r"|(?:(?:19|20)\d{2}|\d{2})[/\\]\d{1,7}[A-Za-z]|[A-Z]{5}\d{6}[A-Z]{2}[A-Z\d]{3})(?![\w/-])"
)
"""National Insurance, PNC and driver numbers by form, also where their check letter is wrong."""
_TITLED: Final = re.compile(
    r"\b(?:(?:Mr|Mrs|Ms|Miss|Mx|Dr|Sir|Messrs)\.? (?:[A-Z]\.? ?)*|(?:[A-Z]\. ?)+)"
    r"[A-Z][\w'’-]+(?: [A-Z][\w'’-]+)?"
)
_SPELT: Final = re.compile(r"[\s()./-]+")
_EMAIL: Final = re.compile(r"(?<![\w.+-])[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_MONTH: Final = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*"
_NTH: Final = (
    *("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth"),
    *("tenth", "eleventh", "twelfth", "thirteenth", "fourteenth", "fifteenth", "sixteenth"),
    *("seventeenth", "eighteenth", "nineteenth", "twentieth", "twenty-first", "twenty-second"),
    *("twenty-third", "twenty-fourth", "twenty-fifth", "twenty-sixth", "twenty-seventh"),
    *("twenty-eighth", "twenty-ninth", "thirtieth", "thirty-first"),
)
"""Days of a month in words."""
_IN_WORDS: Final = "|".join(one.replace("-", "[- ]") for one in reversed(_NTH))
_OF_MONTH: Final = (
    rf"(?:\d{{1,2}}(?:st|nd|rd|th)?|{_IN_WORDS})(?: day)?(?: of)?[ ./-]{{1,2}}(?:the )?{_MONTH}"
)
_DAY: Final = (
    rf"\d{{1,2}}[ ./-]{{1,2}}\d{{1,2}}[ ./-]{{1,2}}\d{{2,4}}"
    rf"|{_OF_MONTH}[ ,./-]{{1,2}}['’]?\d{{2,4}}"
    rf"|{_MONTH} \d{{1,2}}(?:st|nd|rd|th)?[ ,]{{1,2}}\d{{4}}|\d{{4}}-\d{{2}}-\d{{2}}"
)
_DATE: Final = re.compile(rf"(?<![\w/-])(?:{_DAY})(?![\w/-])", re.IGNORECASE)
_YEAR_WORDS: Final = (
    r"(?:,? (?:in )?(?:nineteen|twenty|two thousand)(?:[ -](?:and|[a-z]+))?[ -][a-z]+)?"
)
_BORN: Final = re.compile(
    rf"\b(?:born|birth ?day|date of birth|birth|d\.? ?o\.? ?b\.?)"
    rf"(?: is| was| on| in|:|,| the)*\s*"
    rf"((?:{_DAY})|{_OF_MONTH}{_YEAR_WORDS}|(?:{_MONTH} )?(?:19|20)\d{{2}})(?![\w/-])",
    re.IGNORECASE,
)
_WEB: Final = re.compile(
    r"(?<!\w)(?:https?://|www\.|(?:facebook|instagram|snapchat|tiktok|x|t)\.(?:com|me)/)\S+[\w/]"
    r"|(?<![\w.])(?:\d{1,3}\.){3}\d{1,3}(?![\w.])",
    re.IGNORECASE,
)
"""A page or a profile, and where a device stood on the network."""
_MONEY: Final = re.compile(
    r"(?<![\w-])(?:\d{2}-\d{2}-\d{2}[ ,;]*(?:(?:account|acc|a/c)[ .:no]*)?\d{8}"
    r"|[A-Z]{2}\d{2}(?: ?[A-Z\d]{4}){3,7}(?: ?[A-Z\d]{1,3})?|(?:\d{4}[ -]?){3}\d{4}"
    r"|(?:bc1|[13])[a-zA-HJ-NP-Z\d]{25,39})(?![\w-])"
)
"""Sort code with account, IBAN, card, wallet."""
_PASSPORT: Final = re.compile(r"\bpassport(?: no\.?| number)?:? ([A-Z\d]{9})(?!\w)", re.IGNORECASE)
_OPERATION: Final = re.compile(
    r"(?<![\w-])(?:Operation|OPERATION|Op\.?|OP)\s+([A-Z][A-Za-z'’-]{2,})"
)
_MAYBE_OPERATION: Final = re.compile(
    r"(?<![\w-])(?:operation|op\.?)\s+([a-z][a-z'’-]{2,})", re.IGNORECASE
)
_RANKS: Final = (
    r"PCSO|PC|DC|PS|DS|DI|DCI|DSU|DCS|D/?Supt|Supt|Superintendent|Insp|Inspector|Sgt|Sergeant"
    r"|Constable|ACC|DCC|CC|Commander|NCA [Oo]fficer|[Oo]fficer"
)
_OFFICER: Final = re.compile(
    rf"\b(?:(?:T|A)/|Temporary |Acting )?(?:Det\.? |Detective |Ch\.? |Chief )*(?:{_RANKS})\.?\s+"
    r"(?:[A-Z]\.? ?){0,3}(?:[A-Z][a-z]|[A-Za-z]['’][A-Za-z])[\w'’-]*(?: [A-Z][a-z][\w'’-]+)?"
)
_COLLAR: Final = re.compile(
    r"\b(?:PCSO|PC|DC|PS|DS|Constable|Sergeant|Sgt)\.? \d{2,6}(?: [A-Z][a-z][\w'’-]+)?(?!\w)"
)
"""An officer by number."""
_REPORT: Final = re.compile(r"(?<![\w-])[A-Z0-9]{2,12}-REP-\d{4}-\d{1,6}(?!\w)", re.IGNORECASE)
_LOG: Final = re.compile(
    r"\b(?:intel(?:ligence)? (?:log|report)|log|URN|5x5x5|3x5x2)(?: (?:no\.?|number|ref\.?))?:?"
    r"\s+([A-Z]{0,5}[/-]?\d[\w/-]{2,})",
    re.IGNORECASE,
)
_STREETS: Final = (
    r"(?:Street|St|Road|Rd|Lane|Ln|Avenue|Ave|Close|Drive|Row|Court|Crescent|Way|Place|Terrace"
    r"|Gardens|Grove|Walk|Hill|Square|Mews|Park|Parade|Green|Rise)\b"
)
_ADDRESS: Final = re.compile(
    r"(?<!\w)(?:[Ff]lat \w{1,4},? )?\d{1,4}[A-Za-z]?,? (?:[A-Z][\w'’]+ ){1,3}"
    rf"{_STREETS}"
    r"|(?<!\w)[A-Z][\w'’]+ (?:Cottage|House|Lodge|Farm|Villa|Court), (?:[A-Z][\w'’]+ ){1,3}"
    rf"{_STREETS}"
)
_SMALL_ADDRESS: Final = re.compile(
    r"(?<![\w£.,-])(?:flat \w{1,4},? )?\d{1,4}[a-z]?,? (?!\w+ing )"
    r"(?:(?!(?:in|on|of|at|the|to|a|and|or|by|main|high|busy|open|more|other|cross|hour|mile)\b)"
    r"[a-z'’]+ ){1,2}(?:street|road|rd|lane|avenue|ave|crescent|terrace)\b"
)
"""A house in a street, all in small letters: fewer words end an address then."""
_ACCOUNT: Final = re.compile(
    r"\b(?:snap(?:chat)?|insta(?:gram)?|telegram|signal|wickr|threema|encro(?:chat)?|tiktok|kik"
    r"|facebook|fb|discord|twitter|whatsapp)(?: (?:handle|id|name|account|user(?:name)?))?"
    r"(?:\s*[:=]\s*@?(?!\w+ (?:withheld|\d))([\w.-]{3,32})"
    r"|\s+@?((?=[\w.-]*[\d_])[\w.-]{3,32}))(?<!\.)",
    re.IGNORECASE,
)
"""A user name after the name of where it is used."""


def found(text: str, audience: Audience, today: date, births: Collection[date] = ()) -> list[Find]:
    """Return what in a text leads to somebody by its form; ``births`` are those of its people."""
    finds: list[Find] = []
    if not audience.names:
        finds += _marks(text, today, {"phone", "imei", "vrm", "handle", "pnc", "cro"})
        finds += _marks(text, today, {"prison", "nino"})
        finds += _all(_NATIONAL, text, _("national number"), _("number withheld"))
        finds += _all(_PASSPORT, text, _("national number"), _("number withheld"))
        finds += _all(_ACCOUNT, text, _("user name"), _("handle withheld"))
        finds += _all(_WEB, text, _("web address"), _("web address withheld"))
        finds += _all(_MONEY, text, _("account number"), _("account withheld"))
        finds += _all(_TITLED, text, _("name"), _("name withheld"))
        finds += _all(_EMAIL, text, _("e-mail address"), _("e-mail address withheld"))
        finds += _births(text, births, today)
    if not audience.places:
        finds += _marks(text, today, {"postcode"})
        for form in (_ADDRESS, _SMALL_ADDRESS):
            finds += _all(form, text, _("address"), _("address withheld"))
    if not audience.operations:
        finds += _all(_OPERATION, text, _("operation"), _("an operation"))
    if not audience.officers:
        for form in (_OFFICER, _COLLAR):
            finds += _all(form, text, _("officer"), _("an officer"))
    if not audience.sources:
        withheld = _("report reference withheld")
        finds += _all(_REPORT, text, _("report reference"), withheld)
        finds += _all(_LOG, text, _("report reference"), withheld)
    return finds


def _all(pattern: re.Pattern[str], text: str, what: str, instead: str) -> Iterator[Find]:
    """Yield every find of a form: its group where it has one, else the whole."""
    is_part = pattern in {_LOG, _BORN, _PASSPORT, _ACCOUNT}
    for match in pattern.finditer(text):
        at = match.lastindex or 0 if is_part else 0
        yield Find(match.start(at), match.end(at), what, instead)


def _marks(text: str, today: date, types: Collection[str]) -> Iterator[Find]:
    for mark in text_marks.found(text, today):
        if mark.type in types:
            what, instead = _MARKS[mark.type]
            yield Find(mark.start, mark.end, _(what), _(instead))
    for type_, form in _LOOSE.items():
        if type_ in types:
            what, instead = _MARKS[type_]
            for match in form.finditer(text):
                if _is_sound(type_, match[0], today):
                    start = match.end() - len(match[0].lstrip(" (-."))
                    yield Find(start, match.end(), _(what), _(instead))


def _is_sound(type_: str, raw: str, today: date) -> bool:
    if type_ == "vrm":
        return True  # older, foreign and special marks break the rules of the current ones
    plain = _SPELT.sub("", raw).upper()
    if type_ == "phone":
        plain = re.sub(r"^(?:00|\+)?44(?:0)?", "0", plain)
    return check(type_, plain, today).is_sound


def _births(text: str, births: Collection[date], today: date) -> Iterator[Find]:
    what, instead = _("date of birth"), _("date of birth withheld")
    yield from _all(_BORN, text, what, instead)
    if births:
        for match in _DATE.finditer(text):
            if _day(match[0], today) in births:
                yield Find(match.start(), match.end(), what, instead)


def _day(words: str, today: date) -> date | None:
    plain = re.sub(
        r"(?<=\d)(?:st|nd|rd|th)|(?<=\w) (?:day|of|the)(?= )|[,'’]", "", words, flags=re.IGNORECASE
    )
    for n, nth in reversed(list(enumerate(_NTH, 1))):
        plain = re.sub(rf"\b{nth.replace('-', '[- ]')}\b", str(n), plain, flags=re.IGNORECASE)
    plain = re.sub(r"^([A-Za-z]+) (\d{1,2}) ", r"\2 \1 ", plain)
    try:
        read = PartialDate.parse(plain.replace(".", "/"), today=today)
    except (DeskError, ValueError):
        return None
    first, last = read.earliest(), read.latest()
    return first if first == last else None


def is_date(text: str) -> bool:
    """Tell whether a day stands in a text."""
    return _DATE.search(text) is not None


def operation_names(text: str) -> list[tuple[int, int, str]]:
    """Return where operations are named as such, and the name without the word before it.

    In small letters too: what is no operation on record is left alone then.
    """
    return [(m.start(), m.end(), m[1]) for m in _MAYBE_OPERATION.finditer(text)]
