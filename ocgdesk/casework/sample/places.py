"""Real forces and towns, invented streets, postcodes of areas that do not exist."""

from random import Random

from ocgdesk.casework.sample.streams import Weighted


def _split(names: str) -> tuple[str, ...]:
    return tuple(name.strip() for name in names.split(","))


TOWNS: dict[str, tuple[str, ...]] = {
    "AVS": _split("Bristol, Bath, Weston-super-Mare, Taunton, Yeovil, Bridgwater"),
    "BED": _split("Luton, Bedford, Dunstable, Leighton Buzzard"),
    "BTP": _split("Euston, Reading station, Crewe station"),
    "CAM": _split("Cambridge, Peterborough, Wisbech, Huntingdon, Ely"),
    "CHS": _split("Warrington, Chester, Crewe, Runcorn, Macclesfield, Northwich"),
    "CLV": _split("Middlesbrough, Stockton-on-Tees, Hartlepool, Redcar"),
    "COL": _split("Bishopsgate, Aldgate"),
    "CUM": _split("Carlisle, Barrow-in-Furness, Kendal, Workington, Penrith"),
    "DBY": _split("Derby, Chesterfield, Buxton, Ilkeston, Swadlincote"),
    "DCP": _split("Plymouth, Exeter, Torquay, Truro, Barnstaple, Newquay"),
    "DOR": _split("Bournemouth, Poole, Weymouth, Dorchester"),
    "DUR": _split("Darlington, Durham, Bishop Auckland, Peterlee"),
    "DYP": _split("Llanelli, Carmarthen, Aberystwyth, Newtown, Haverfordwest, Brecon"),
    "ESX": _split("Southend-on-Sea, Basildon, Colchester, Harlow, Clacton-on-Sea"),
    "GLO": _split("Gloucester, Cheltenham, Stroud, Tewkesbury"),
    "GMP": _split("Manchester, Salford, Bolton, Oldham, Rochdale, Wigan"),
    "GWT": _split("Newport, Cwmbran, Abergavenny, Ebbw Vale"),
    "HAM": _split("Southampton, Portsmouth, Basingstoke, Andover, Ryde"),
    "HRT": _split("Watford, Stevenage, Hemel Hempstead, Hatfield"),
    "HUM": _split("Kingston upon Hull, Grimsby, Scunthorpe, Bridlington"),
    "KNT": _split("Maidstone, Chatham, Margate, Dover, Ashford"),
    "LAN": _split("Blackpool, Preston, Blackburn, Burnley, Morecambe"),
    "LEI": _split("Leicester, Loughborough, Hinckley, Melton Mowbray"),
    "LIN": _split("Lincoln, Boston, Grantham, Skegness"),
    "MER": _split("Liverpool, Birkenhead, Bootle, St Helens, Southport"),
    "MPS": _split("Lewisham, Croydon, Hackney, Brent, Newham, Tottenham, Enfield"),
    "NBA": _split("Newcastle upon Tyne, Sunderland, Gateshead, Ashington, Berwick-upon-Tweed"),
    "NFK": _split("Norwich, Great Yarmouth, King's Lynn, Thetford"),
    "NHP": _split("Northampton, Kettering, Corby, Wellingborough"),
    "NOT": _split("Nottingham, Mansfield, Worksop, Newark"),
    "NWP": _split("Wrexham, Rhyl, Bangor, Llandudno, Holyhead"),
    "NYP": _split("York, Scarborough, Harrogate, Whitby, Selby"),
    "SFK": _split("Ipswich, Lowestoft, Bury St Edmunds, Felixstowe"),
    "SRY": _split("Guildford, Woking, Redhill, Staines"),
    "STP": _split("Stoke-on-Trent, Stafford, Tamworth, Burton upon Trent, Cannock, Leek"),
    "SUS": _split("Brighton, Hastings, Eastbourne, Crawley, Worthing"),
    "SWP": _split("Cardiff, Swansea, Merthyr Tydfil, Bridgend, Barry"),
    "SYP": _split("Sheffield, Doncaster, Rotherham, Barnsley"),
    "TVP": _split("Reading, Oxford, Milton Keynes, Slough, Banbury"),
    "WIL": _split("Swindon, Salisbury, Trowbridge, Chippenham"),
    "WKP": _split("Rugby, Nuneaton, Leamington Spa, Warwick, Stratford-upon-Avon"),
    "WMC": _split(
        "Telford, Worcester, Hereford, Shrewsbury, Redditch, Kidderminster, Ludlow, Leominster,"
        " Oswestry, Malvern, Evesham, Bridgnorth, Ross-on-Wye, Whitchurch"
    ),
    "WMP": _split("Birmingham, Walsall, Wolverhampton, Coventry, Dudley, Sandwell, Solihull"),
    "WYP": _split("Leeds, Bradford, Huddersfield, Wakefield, Halifax"),
}
"""The towns of each force that appear in samples; hubs first."""

EXPORTERS = Weighted({"WMP": 46.0, "MER": 24.0, "MPS": 20.0, "GMP": 10.0})
"""Where county lines start; the shares are invented."""

_STREET_HEADS = (
    "Quillfeather", "Larkspindle", "Mossgather", "Tinderbeck", "Foxmantle", "Saltwhistle",
    "Cobblewren", "Ashlantern", "Brambleknott", "Copperthistle", "Dunnockhill", "Embervale",
    "Featherstile", "Gorsehaven", "Hazelmoth", "Inkberry", "Jackdawl", "Kestrelmere",
    "Lanternwick", "Marlstone", "Nettlecombe", "Otterspool", "Pebbleford", "Ravenslope",
    "Sedgewhistle", "Thimblecroft", "Umberlow", "Wrenhollow", "Yarrowgate", "Bridlewisp",
)  # fmt: skip
_STREET_KINDS = ("Road", "Street", "Lane", "Close", "Row", "Court", "Walk", "Gardens", "Terrace")
_POSTAL_AREAS = ("ZZ", "QX", "XQ", "JZ", "VX", "QZ")
_LETTERS = "ABDEFGHJLNPQRSTUWXYZ"


def street(chance: Random) -> str:
    """Return an invented street."""
    return f"{chance.choice(_STREET_HEADS)} {chance.choice(_STREET_KINDS)}"


def postcode(chance: Random) -> str:
    """Return a postcode of an area that Royal Mail does not have."""
    first, last = chance.choice(_LETTERS), chance.choice(_LETTERS)
    return (
        f"{chance.choice(_POSTAL_AREAS)}{chance.randint(1, 99)} {chance.randint(1, 9)}{first}{last}"
    )
