"""What is dealt in, and who deals in it."""

from collections.abc import Iterator, Mapping

from ocgdesk.casework.sample.setting import Setting
from ocgdesk.casework.sample.streams import picks
from ocgdesk.casework.sample.ties import Society, Ties
from ocgdesk.domain.entities import Commodity
from ocgdesk.domain.links import Link
from ocgdesk.domain.reference_data import code_list

_NAMES = {
    "Cocaine powder": "cocaine",
    "Crack cocaine": "crack",
    "Heroin": "heroin",
    "MDMA tablets": "other-class-a",
    "Cannabis herbal": "cannabis",
    "Cannabis plants": "cannabis-plants",
    "Amphetamine": "other-class-b",
    "Ketamine": "other-class-b",
    "Street benzodiazepines": "class-c",
    "Synthetic cannabinoids": "nps",
    "Prescription medicines": "medicines",
    "Cash in sterling": "cash",
    "Crypto-assets": "crypto",
    "Converted handguns": "firearm",
    "Machetes": "other-weapon",
    "Ammunition": "ammunition",
    "Counterfeit clothing": "counterfeit",
    "Illicit cigarettes": "tobacco",
    "Red diesel": "fuel",
    "Stolen plant": "vehicles-plant",
    "Catalytic converters": "metal",
    "Forged identity documents": "documents",
    "People moved for work": "people",
    "Baled mixed waste": "waste",
}
_OF_CRIME = {
    "DRG": ("Cocaine powder", "Heroin", "Crack cocaine", "Cannabis herbal", "Cannabis plants",
            "Ketamine", "Amphetamine", "Street benzodiazepines", "MDMA tablets"),
    "CL": ("Crack cocaine", "Heroin"),
    "FIR": ("Converted handguns", "Ammunition"),
    "VIO": ("Machetes", "Cocaine powder"),
    "SAC": ("Stolen plant", "Catalytic converters", "Red diesel"),
    "ML": ("Cash in sterling", "Crypto-assets"),
    "FRD": ("Cash in sterling",),
    "OIC": ("People moved for work", "Forged identity documents"),
    "MSHT": ("People moved for work",),
    "COM": ("Illicit cigarettes", "Counterfeit clothing", "Prescription medicines"),
    "ENV": ("Baled mixed waste",),
    "CYB": ("Crypto-assets",),
}  # fmt: skip


def commodities(setting: Setting) -> dict[str, Commodity]:
    """Return the commodities, by name."""
    ids, types = setting.ids("commodities"), code_list("commodity-types")
    units = {item.code: str(item.get("unit")) for item in types}
    return {
        name: Commodity(id=next(ids), name=name, commodity_type=type_, unit=units[type_])
        for name, type_ in _NAMES.items()
    }


def dealing(society: Society, dealt_in: Mapping[str, Commodity]) -> Iterator[Link]:
    """Yield what each OCG deals in, by its types of crime."""
    ties = Ties.of(society, "dealing")
    for number, ocg in enumerate(society.groups):
        for crime in (ocg.primary_crime, *ocg.further_crimes):
            for name in picks(ties.chance, _OF_CRIME.get(crime, ()), ties.chance.randint(1, 2)):
                yield from ties.tie("deals-in", ocg.id, dealt_in[name].id, number)
