"""A made-up British register with known truth: people of several naming traditions, told twice.

Every name is drawn from lists of common names; nobody here is anybody. ``register`` returns the
records, the true pairs and the tradition of each, the same for the same seed.
"""

import random
from dataclasses import dataclass, replace

from ocgdesk.matching.values import Person

TRADITIONS = {
    "english": (
        """
        William Robert Richard John James Michael Thomas David Anthony Christopher Daniel Joseph
        Charles Edward Andrew Matthew Stephen Benjamin Samuel Peter Elizabeth Katherine Margaret
        Susan Patricia Jennifer Rebecca Victoria Deborah Christine Jacqueline Samantha Gemma
        """,
        """
        Smith Jones Taylor Brown Wilson Johnson Robinson Wright Thompson Walker White Edwards
        Hughes Green Hall Wood Harris Clarke Jackson Turner Hill Cooper Ward Moore Clark Baker
        Harrison Fairclough Hargreaves Entwistle Ramsbottom Ollerenshaw Braithwaite Shuttleworth
        Postlethwaite
        """,
    ),
    "welsh": (
        """
        Gruffydd Dafydd Gwilym Rhys Llewelyn Meredydd Ieuan Hywel Owain Evan Tudur Morgan Madog
        Tomos Iestyn Emrys Sian Sioned Catrin Angharad Myfanwy Bronwen Gwenllian Rhian Ceri
        Eleri
        """,
        """
        Gruffydd Dafydd Gwilym Rhys Llewelyn Meredydd Ieuan Hywel Owain Evan Tudur Morgan Madog
        Cadwgan Elfed Idwal Bleddyn Iorwerth Cynan Maredudd Ednyfed Goronwy
        """,
    ),
    "south asian": (
        """
        Mohammed Ahmed Hussain Yusuf Tariq Imran Bilal Shabir Usman Hassan Abdullah Ayesha
        Fatima Zainab Nasreen Harpreet Gurpreet Jaswinder Balwinder Kulwinder Sukhwinder Lakshmi
        Rajesh Sunita Priya Anjali Vikram Arjun Deepak Mahmood Iqbal Shabnam Rukhsana Farzana
        """,
        """
        Khan Ahmed Hussain Chaudhry Iqbal Akhtar Begum Rahman Mahmood Qureshi Sheikh Patel Singh
        Kaur Gill Dhillon Sandhu Sharma Srinivasan Bhatti Malik Mirza Siddiqui Bajwa Grewal
        Thandi Ullah Uddin Miah Choudhury Natarajan Subramaniam
        """,
    ),
    "slavic": (
        """
        Aleksander Dmitri Sergei Yevgeny Mykola Volodymyr Piotr Krzysztof Katarzyna Malgorzata
        Agnieszka Wojciech Tomasz Andrzej Stanislaw Jakub Pawel Lukasz Mateusz Aleksandra Joanna
        Magdalena Ekaterina Yulia Natalia Zbigniew
        """,
        """
        Kowalski Nowak Wisniewski Wojcik Kaminski Lewandowski Zielinski Szymanski Wozniak
        Dabrowski Kozlowski Jankowski Mazur Kravchenko Shevchenko Bondarenko Tkachenko Petrov
        Ivanov Sidorov Volkov Novikov Morozov Popescu Ionescu Dimitrov Georgiev
        """,
    ),
    "west african": (
        """
        Oluwaseun Oluwatobi Ayodele Babatunde Olufemi Olumide Adebayo Adewale Temitope Oluwaseyi
        Oluwadamilola Olusegun Abiodun Folashade Titilayo Chukwuemeka Chinedu Ikechukwu Ngozi
        Kwame Kofi Kwabena Yaw Akosua Abena Emmanuel Uchenna Mamadou Fatoumata Ousmane
        """,
        """
        Adeyemi Okafor Okonkwo Adebayo Ogunleye Balogun Eze Nwosu Mensah Owusu Boateng Asante
        Diallo Traore Bah Ndiaye Sesay Conteh Kamara Koroma Bangura Jalloh Osei Agyeman Appiah
        Adjei Olatunji Akinwale Ogunbanjo
        """,
    ),
}
SPELLINGS = {
    "mohammed": ("Muhammad", "Mohamed", "Mohammad", "Mohd"), "ahmed": ("Ahmad", "Ahmet"),
    "hussain": ("Hussein", "Husain", "Hossain"), "yusuf": ("Yousef", "Yousuf", "Yusef"),
    "chaudhry": ("Choudhury", "Chowdhury", "Chaudhary"), "rahman": ("Rehman",),
    "mahmood": ("Mehmood", "Mahmud"), "sheikh": ("Shaikh", "Sheik"), "akhtar": ("Akther", "Aktar"),
    "gruffydd": ("Griffith", "Gruffudd", "Griffiths"), "dafydd": ("David", "Davydd", "Ddafydd"),
    "rhys": ("Rees", "Reese", "Price"), "llewelyn": ("Llywelyn", "Llewellyn", "Lewelyn"),
    "hywel": ("Howell", "Powell"), "owain": ("Owen", "Bowen"), "evan": ("Ifan", "Bevan"),
    "gwilym": ("Wilym",), "meredydd": ("Meredith", "Maredudd"), "madog": ("Madoc", "Fadog"),
    "kowalski": ("Kowalska", "Kovalsky"), "nowak": ("Novak",), "wisniewski": ("Wisniewska",),
    "petrov": ("Petrova",), "ivanov": ("Ivanova", "Ivanoff"), "volkov": ("Volkova", "Wolkow"),
    "aleksander": ("Oleksandr", "Alexander", "Sasha"), "dmitri": ("Dmytro", "Dmitry"),
    "sergei": ("Serhiy", "Sergey"), "yevgeny": ("Evgeny", "Yevhen"), "mykola": ("Nikolai",),
    "volodymyr": ("Vladimir",), "katarzyna": ("Kasia",), "malgorzata": ("Gosia",),
    "shevchenko": ("Chevchenko",), "diallo": ("Jallow", "Dialo"), "ndiaye": ("Njie",),
    "oluwaseun": ("Seun",), "oluwatobi": ("Tobi",), "babatunde": ("Tunde",), "olufemi": ("Femi",),
    "chukwuemeka": ("Emeka",), "ikechukwu": ("Ike",), "kwame": ("Kwami",), "kofi": ("Koffi",),
    "mensah": ("Mensa",), "asante": ("Ashanti",), "sesay": ("Sisay",), "conteh": ("Konte",),
    "william": ("Bill", "Will", "Liam"), "robert": ("Bob", "Rob"), "richard": ("Dick", "Rick"),
    "john": ("Jack", "Jon"), "michael": ("Mick", "Mike"), "christopher": ("Chris",),
    "anthony": ("Tony",), "elizabeth": ("Liz", "Beth"), "katherine": ("Kate", "Catherine"),
    "margaret": ("Peggy", "Maggie"), "stephen": ("Steven", "Steve"), "smith": ("Smyth", "Smythe"),
    "thompson": ("Thomson",), "clarke": ("Clark",), "taylor": ("Tayler",), "singh": ("Sing",),
    "kaur": ("Kour",), "harpreet": ("Harprit",), "lakshmi": ("Laxmi",),
}  # fmt: skip
STREETS = """
High Street
Station Road
Church Lane
Victoria Road
Park Avenue
Mill Lane
Queens Road
Alma Street
Canal Side
Tanyard Lane
Ffordd y Parc
Heol Las
Bryn Terrace
Gas Street
Foundry Row
Quarry Bank
""".strip().splitlines()


@dataclass(frozen=True, slots=True)
class Register:
    """Records with the true pairs among them, and the tradition each record belongs to."""

    people: tuple[Person, ...]
    truth: frozenset[tuple[int, int]]
    tradition: dict[int, str]


def register(originals: int = 3_000, again: int = 2_400, seed: int = 8) -> Register:
    """Return ``originals`` people, ``again`` of them recorded a second time and differently."""
    rng = random.Random(seed)  # noqa: S311 - the same each time, on purpose
    names = list(TRADITIONS)
    people, tradition = [], {}
    for key in range(originals):
        tradition[key] = names[key % len(names)]
        people.append(_person(rng, key, tradition[key]))
    truth = set()
    for key in range(originals, originals + again):
        one = people[rng.randrange(originals)] if again > originals else people[key - originals]
        tradition[key] = tradition[one.key]
        people.append(_told_again(rng, one, key, tradition[key]))
        truth.add((one.key, key))
    return Register(tuple(people), frozenset(truth), tradition)


def _person(rng, key, tradition):
    given, family = (words.split() for words in TRADITIONS[tradition])
    first, last = rng.choice(given), rng.choice(family)
    if tradition == "welsh" and rng.random() < 0.5:
        particle = "ferch" if first in given[16:] else "ap"
        name = f"{first} {particle} {last}"
    elif rng.random() < 0.25:
        name = f"{first} {rng.choice(given)} {last}"
    else:
        name = f"{first} {last}"
    born = f"{rng.randint(1950, 2006)}{rng.randint(1, 12):02}{rng.randint(1, 28):02}"
    return Person(
        key=key,
        name=name,
        born=born,
        gender=rng.choice(("male", "female", "")),
        numbers=(_pnc(rng),) if rng.random() < 0.6 else (),
        phones=tuple(_phone(rng) for _ in range(rng.choice((0, 1, 1, 2)))),
        streets=(f"{rng.randint(1, 199)} {rng.choice(STREETS).lower()}",),
        postcodes=(f"ZZ{rng.randint(1, 99)}{rng.randint(0, 9)}AA",),
    )


def _pnc(rng):
    return f"pnc:{rng.randint(1990, 2024)}/{rng.randint(0, 9_999_999):07}{rng.choice('ABCDEFGH')}"


def _phone(rng):
    return f"07700{rng.randint(0, 999_999):06}"


def _told_again(rng, one, key, tradition):
    words = [_respelt(rng, word) for word in one.name.split()]
    if tradition == "welsh" and rng.random() < 0.4:
        words = [word for word in words if word not in {"ap", "ferch"}]
    elif len(words) > 2 and rng.random() < 0.4:
        del words[1]
    if rng.random() < (0.15 if tradition in {"english", "welsh"} else 0.35):
        words.reverse()
    if rng.random() < 0.12:
        spot = rng.randrange(len(words))
        words[spot] = _mistyped(rng, words[spot])
    return replace(
        one,
        key=key,
        name=" ".join(words),
        born=_born_again(rng, one.born),
        numbers=one.numbers if rng.random() < 0.4 else (),
        phones=one.phones if rng.random() < 0.5 else (),
        streets=one.streets if rng.random() < 0.5 else (),
        postcodes=one.postcodes if rng.random() < 0.6 else (),
    )


def _respelt(rng, word):
    others = SPELLINGS.get(word.lower(), ())
    return rng.choice(others) if others and rng.random() < 0.4 else word


def _mistyped(rng, word):
    spot = rng.randrange(len(word))
    return rng.choice((word[:spot] + word[spot + 1 :], word[:spot] + "e" + word[spot:]))


def _born_again(rng, born):
    chance = rng.random()
    if chance < 0.75:
        return born
    if chance < 0.83 and int(born[6:]) <= 12:
        return born[:4] + born[6:] + born[4:6]  # day and month the other way round
    if chance < 0.92:
        spot = rng.randrange(2, 8)
        return born[:spot] + str(rng.randrange(10)) + born[spot + 1 :]
    return born[:4] if chance < 0.96 else ""
