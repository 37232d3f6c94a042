"""Invented words for groups, handles, lines, operations and firms; as many as anybody needs."""

from itertools import product
from random import Random


def _split(words: str) -> tuple[str, ...]:
    return tuple(words.split())


FIRST_GROUPS = (
    "Tarnbrook", "Hollins Lane", "Arden Wharf", "Wrekin View", "Castlefold", "Teme Street",
    "Penrhos", "Lugg Bridge", "Ironbridge Nine", "Bryn Aled", "Severn Quay", "Corve Dale",
    "Black Hill", "Wyre Piddle", "Foregate", "Saltmarsh", "Malvern Link", "Stourport Basin",
    "Clee Hill",
)  # fmt: skip
"""The groups that lead a sample: a demonstration opens on familiar names."""

_GROUP_HEADS = _split(
    "Alder Amber Ash Beacon Birch Bracken Briar Cinder Clay Copper Crane Crow Dun Ember Fallow"
    " Fern Flint Fox Garth Goose Gorse Granite Hazel Heron Holm Iron Ivy Jackdaw Kestrel Kiln"
    " Lark Larch Linnet Lock Maple Marl Meadow Mill Moor Moss Oat Orchard Otter Owl Pike Plover"
    " Quarry Raven Reed Rook Rowan Sable Salt Sedge Slate Smith Sorrel Stone Swan Tallow Teal"
    " Thistle Thorn Tinder Walnut Weir Willow Wren Yarrow Yew Aspen Barley Cedar Curlew Dapple"
    " Elder Finch Hawthorn Juniper Kelp Magpie Nettle Osier Poplar Quartz Rush Tern"
)
_GROUP_TAILS = _split(
    "beck bourne bridge brook cote croft dene fell field fold ford gate hollow holt mere mount"
    " ridge side stead thwaite well wick worth wood"
)
_GROUP_SECONDS = _split(
    "Lane Wharf View Street Bridge Quay Dale Hill Basin Fold Yard Cross Green Row Court Heath"
    " Terrace Parade Arches Works Rise Bank Close Gardens Nine Sidings Parkway Crescent Mews"
)
_WELSH_GROUPS = tuple(
    f"{a} {b}"
    for a, b in product(
        _split("Bryn Cwm Pen Nant Llan Maes Craig Glan Pont Ynys"),
        _split("Aled Rhosyn Derwydd Hebog Eithin Celyn Onnen Gwylan Cynfal Helyg Crychydd Dyfnog"),
    )
)
GROUPS = (
    *(f"{head}{tail}" for head, tail in product(_GROUP_HEADS, _GROUP_TAILS)),
    *(f"{head} {second}" for head, second in product(_GROUP_HEADS, _GROUP_SECONDS)),
    *_WELSH_GROUPS,
)
"""Some 4,700 different names."""

_HANDLE_HEADS = _split(
    "gritstone salt quarry ebbtide coldharbour mistle plain fern kelp low tin hollow amber basalt"
    " blank bramble brine canvas chalk cinder clover cobalt copper crooked dapple dim driftwood"
    " dusk ember fallow feather flax flint fogbank frost gable ginger glass granite grey half"
    " harrow hazel heather hushed idle indigo inkwell iron ivory jade juniper kindling lacquer"
    " last latch lichen lilac linen linseed lunar maple marble marl midnight mint mossy muddy"
    " mute nettle north oaken ochre olive onyx opal orchard osier otter pale paper pebble pewter"
    " pine pocket polar quartz quick quiet ragged rain raw reed river roan rook rushlight russet"
    " rustic sable saffron sandy scarlet sedge shale silent silver slate sleet smoke sorrel soft"
    " spare spindle spruce steady still stone storm straw sullen sump swift tallow teak thatch"
    " thistle thorn tidal timber tundra twill umber upland velvet verdigris violet walnut wax"
    " weather wharf wicker wild willow winter wool yarrow yonder zinc"
)
_HANDLE_TAILS = _split(
    "falcon meadow lantern nine thrush oak brook runner weald kestrel pine anchor anvil arch"
    " badger barge barrel beacon bell bishop bollard bolt boot bottle bow bridge buckle buoy"
    " cabin candle cannon captain cart castle chapel chisel cider clock coal cobbler compass"
    " corner cottage crane crate crow dagger dial dock donkey door dove drum eel engine fence"
    " ferry fiddle finch flask forge fox gannet gate glove goose grouse gull hammer harp hatch"
    " hawk hedge heron hinge hound jackdaw jar jetty kettle key kiln kite knot ladder lark ledger"
    " lever linnet lock lodge loom magpie mallet mast merlin mill mole mortar needle newt organ"
    " otter owl paddle parson pike pilot piper plough plover porter post raven reeve ridge roost"
    " rope rover saddle sail sexton shed shovel signal skipper slate smith snipe sparrow spire"
    " spoon stair stoat stork swan tailor teal tern tiller toad tower trowel turnip vane vole"
    " wagon walrus warden weasel weaver wheel whistle"
)

FIRST_HANDLES = (
    "gritstonefalcon", "saltmeadow", "quarrylantern", "ebbtide-nine", "coldharbour88",
    "mistle.thrush", "PlainOak", "fernbrook", "kelp_runner", "low-weald", "tin.kestrel",
    "hollowpine",
)  # fmt: skip
_FIRST_LINES = ("Marlow", "Tony", "Jet")
_LINES = _split(
    "Ace Alfie Archie Baxter Benny Blue Bobby Bravo Bruno Buster Casper Cello Charlie Chino Cody"
    " Comet Cosmo Dexter Diesel Digby Dougie Duke Ellis Ezra Felix Fergus Finch Flash Freddo Gino"
    " Gus Hank Hector Hugo Ivan Jazz Jonah Juno Kai Kilo Kobe Leo Lex Lorenzo Lucky Mac Max Memphis"
    " Milo Monty Murphy Nico Nova Oakley Omar Oscar Otis Pablo Percy Pip Quincy Rafa Remy Rico Rio"
    " Rocco Romeo Rufus Santos Sid Sonny Stax Tango Teddy Tex Theo Trigger Turbo Vinnie Wes Xander"
    " Yogi Zed Zeus Ziggy"
)
_LINE_HEADS = ("Young", "Big", "Old", "Lil", "North", "Two", "Fast", "Uncle", "King", "Doc", "Gold")

OPERATIONS = tuple(
    f"{head}{tail}"
    for head, tail in product(
        _split(
            "Gorse Lapwing Tamar Bracken Sabre Quern Fallow Osprey Juniper Larkspur Mullion Nettle"
            " Pallet Quill Rampart Sorrel Tansy Umber Vellum Wimple Yaffle Zephyr Bittern Cobble"
        ),
        _split("field stone wing mark ton way low mead thorn well beck hurst combe reach brow ley"),
    )
)

_FIRM_HEADS = _split(
    "Brightwater Crownmere Dunfield Eastlode Fairholt Greylock Highstile Ivygate Kingsmarl"
    " Longmoss Mereway Northfold Oakstead Palegate Quarrywood Redthorn Stillbrook Tallowfield"
    " Underhill Vantry Westlode Yarrowby Zennorly Ashlode Bluefold Coldstile"
)
_FIRM_TAILS = {
    "company": ("Holdings Ltd", "Trading Ltd", "Solutions Ltd"),
    "haulage": ("Haulage Ltd", "Couriers Ltd", "Logistics Ltd"),
    "car-trade": ("Autos Ltd", "Car Wash Ltd", "Vehicle Hire Ltd", "Tyres Ltd"),
    "food": ("Takeaway", "Grill Ltd", "Lounge Ltd", "Bakery Ltd"),
    "property": ("Lettings Ltd", "Estates Ltd", "Property Ltd"),
    "money-service": ("Exchange Ltd", "Transfers Ltd"),
    "professional": ("Formations Ltd", "Accountants LLP", "Legal LLP"),
    "waste-carrier": ("Skips Ltd", "Recycling Ltd"),
    "sole-trader": ("Plastering", "Roofing", "Barbers", "Nails"),
    "overseas": ("Import Export SA", "Trading FZE"),
}
FIRM_TYPES = tuple(_FIRM_TAILS)
NETWORKS = ("Larkphone", "Mobilo", "Tern Mobile", "Ovaltone", "unknown")


def groups(chance: Random, count: int) -> list[str]:
    """Return so many different names of groups, the leading ones first."""
    rest = [name for name in GROUPS if name not in FIRST_GROUPS]
    chance.shuffle(rest)
    return [*FIRST_GROUPS, *rest][:count]


def handles(chance: Random, count: int) -> list[str]:
    """Return so many different handles, in the styles people choose them."""
    pairs = len(_HANDLE_HEADS) * len(_HANDLE_TAILS)
    drawn = chance.sample(range(pairs), min(count, pairs))
    names = [_handle(chance, *divmod(number, len(_HANDLE_TAILS))) for number in drawn]
    known = {name.casefold() for name in FIRST_HANDLES}
    return [*FIRST_HANDLES, *(n for n in names if n.casefold() not in known)][:count]


def _handle(chance: Random, head: int, tail: int) -> str:
    first, second = _HANDLE_HEADS[head], _HANDLE_TAILS[tail]
    luck = chance.random()
    if luck < 0.55:
        return first + second
    if luck < 0.85:
        return first + ".-_"[int(luck * 100) % 3] + second
    return first.title() + second.title() if luck < 0.93 else f"{first}{second}{int(luck * 1000)}"


def lines(chance: Random, count: int) -> list[str]:
    """Return so many different brands of county lines."""
    doubles = [f"{head} {name}" for name, head in product(_LINES, _LINE_HEADS)]
    chance.shuffle(doubles)
    pairs = [f"{a} & {b}" for a, b in product(_LINES, _LINES) if a < b]
    singles = chance.sample(_LINES, len(_LINES))
    return [*_FIRST_LINES, *singles, *doubles, *pairs][:count]


def firm(chance: Random, firm_type: str) -> str:
    """Return the name of an invented firm."""
    return f"{chance.choice(_FIRM_HEADS)} {chance.choice(_FIRM_TAILS[firm_type])}"
