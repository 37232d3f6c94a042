"""Given and family names of several traditions. Every combination made of them is invented."""

from dataclasses import dataclass, field
from itertools import product


@dataclass(frozen=True, slots=True, kw_only=True)
class Tradition:
    """What one tradition makes names of, and in which order.

    ``script`` writes each part in the tradition's own letters, where an alias shows that.
    """

    male: tuple[str, ...]
    female: tuple[str, ...]
    families: tuple[str, ...]
    form: str = "{given} {family}"
    female_form: str = ""
    script: dict[str, str] = field(default_factory=dict)


def _split(words: str) -> tuple[str, ...]:
    return tuple(words.split())


def _compounds(heads: str, tails: str) -> tuple[str, ...]:
    return tuple(f"{head}{tail}" for head, tail in product(heads.split(), tails.split()))


_CHINESE = {
    "Jianyi": "建一", "Haoran": "浩然", "Minghui": "明辉", "Zilong": "子龙", "Weixin": "维新",
    "Guoping": "国平", "Tianyu": "天宇", "Bowen": "博文", "Xiulan": "秀兰", "Meiqi": "美琪",
    "Yutong": "雨桐", "Lanfen": "兰芬", "Qiuyue": "秋月", "Shuhui": "淑慧", "Ng": "吴", "Li": "李",
    "Wu": "巫", "Tse": "谢", "Qiao": "乔", "Ouyang": "欧阳", "Shen": "沈", "Fang": "方", "Yu": "余",
    "Zhuang": "庄",
}  # fmt: skip
_ARABIC = {
    "Anwar": "أنور", "Basim": "باسم", "Faris": "فارس", "Hadi": "هادي", "Jalal": "جلال",
    "Karim": "كريم", "Nadim": "نديم", "Rafiq": "رفيق", "Samir": "سمير", "Tariq": "طارق",
    "Amira": "أميرة", "Dalia": "داليا", "Hanan": "حنان", "Layan": "ليان", "Noor": "نور",
    "Rania": "رانيا", "Salma": "سلمى", "Yasmin": "ياسمين", "al-Baridi": "البريدي",
    "al-Qasabi": "القصبي", "al-Zaytuni": "الزيتوني", "Haddoun": "حدون", "Kasrawani": "كسرواني",
    "Mansuri": "منصوري", "Najjarin": "نجارين", "Sabbaghi": "صباغي", "Tahhan": "طحان",
    "Zarqawni": "زرقاوني",
}  # fmt: skip
_PUNJABI = {
    "Amardeep": "ਅਮਰਦੀਪ", "Balraj": "ਬਲਰਾਜ", "Gurveer": "ਗੁਰਵੀਰ", "Harjot": "ਹਰਜੋਤ",
    "Jaskaran": "ਜਸਕਰਨ", "Manvir": "ਮਨਵੀਰ", "Navtej": "ਨਵਤੇਜ", "Sukhdev": "ਸੁਖਦੇਵ",
    "Anmol": "ਅਨਮੋਲ", "Jasleen": "ਜਸਲੀਨ", "Kirandeep": "ਕਿਰਨਦੀਪ", "Simranjit": "ਸਿਮਰਨਜੀਤ",
    "Deol": "ਦਿਓਲ", "Grewal": "ਗਰੇਵਾਲ", "Khunkhun": "ਖੁਣਖੁਣ", "Lotay": "ਲੋਟੇ", "Rehal": "ਰੇਹਲ",
    "Sagoo": "ਸੱਗੂ", "Tiwana": "ਟਿਵਾਣਾ", "Virdee": "ਵਿਰਦੀ",
}  # fmt: skip

TRADITIONS: dict[str, Tradition] = {
    "english": Tradition(
        male=_split(
            "Aaron Adrian Alfie Ashley Barry Ben Bradley Callum Carl Clive Colin Connor Craig"
            " Curtis Dale Damian Darren Dean Dominic Elliot Ewan Frank Gareth Gary Glen Harvey"
            " Ian Jamie Jason Jordan Josh Karl Keith Kenny Kieran Kyle Lee Leon Lewis Liam Luke"
            " Marcus Martin Mason Neil Nigel Owen Paul Perry Reece Ricky Robbie Ross Ryan Scott"
            " Sean Shane Spencer Stuart Terry Toby Tommy Trevor Tyler Vince Warren Wayne Zak"
        ),
        female=_split(
            "Abbie Alison Amber Becky Bethany Cara Chantelle Chloe Claire Courtney Daisy Dawn"
            " Debbie Donna Ella Faye Gemma Georgia Hayley Holly Jade Jodie Kayleigh Keira Kelly"
            " Kirsty Lacey Laura Leah Leanne Lorna Lucy Maxine Megan Mel Natalie Nicola Paige"
            " Rachel Sadie Sharon Shelley Stacey Tanya Tara Tina Tracey Vicky Zara Zoe"
        ),
        families=(
            "Arkwright", "Storr", "Vale", "Morrow", "Penhallow", "Tarling", "Hobday", "Sproat",
            "Ludgrove", "Catterick", "Vickerstaff", "Oldacre", "Pebworth", "Trotman", "Quance",
            *_compounds(
                "Ash Brack Cald Dun Elm Fern Gars Hart Kel Lang Marsh Nether Orm Quar Rav Scar"
                " Thorn Wend Yarr Bram Crow Heath",
                "ley by wick stead croft combe gate holt worth low thwaite mere garth shaw",
            ),
        ),
    ),
    "welsh": Tradition(
        male=_split(
            "Aled Bryn Carwyn Dafydd Emrys Gethin Gwilym"
            " Iestyn Llew Macsen Rhodri Taliesin"
        ),
        female=_split(
            "Angharad Bethan Carys Delyth Eleri Ffion"
            " Gwenllian Heledd Lowri Nerys Sioned"
        ),
        families=(
            "Pryce-Bevan", "Bowen-Rhys", "Gwyther", "Llywarch", "Cadwgan", "Madog-Prosser",
            "Tudur", "Ynyr", "Penry-Gwilt", "Howell-Treharne", "Meredydd", "Rhydderch",
        ),
    ),
    "welsh-patronymic": Tradition(
        male=_split("Rhys Gruff Osian Idris Tomos Hywel Ifan Steffan Geraint Elis"),
        female=_split("Mair Non Tegwen Cerys Nia Rhiannon Manon Branwen Enfys Haf"),
        families=_split("Gethin Rhydian Cadell Maredudd Bleddyn Ednyfed Goronwy Tegid Einion Nudd"),
        form="{given} ap {family}",
        female_form="{given} ferch {family}",
    ),
    "irish-scottish": Tradition(
        male=_split("Aidan Angus Cormac Declan Fergal Fraser Hamish Lorcan Niall Ruairi Struan"),
        female=_split(
            "Aisling Catriona Eilidh Fionnuala Iona Maeve"
            " Morag Niamh Orla Roisin Sorcha"
        ),
        families=_split(
            "MacQuarrick O'Farnan McTavity Mulgrave O'Hennessan McIlvreck Dunleary Carrigan-Roe"
            " McSorlan O'Brallan Strathord Kilbrennan Ballantrane Lochhead-Ure"
        ),
    ),
    "punjabi": Tradition(
        male=_split("Amardeep Balraj Gurveer Harjot Jaskaran Manvir Navtej Sukhdev"),
        female=_split("Anmol Jasleen Kirandeep Simranjit"),
        families=_split("Deol Grewal Khunkhun Lotay Rehal Sagoo Tiwana Virdee"),
        form="{given} Singh {family}",
        female_form="{given} Kaur {family}",
        script=_PUNJABI,
    ),
    "pakistani": Tradition(
        male=_split(
            "Imran Adnan Bilal Faisal Haroon Junaid Kashif"
            " Nadeem Rizwan Shahid Usman Zahir"
        ),
        female=_split("Aneela Bushra Fozia Hina Iram Mehreen Nazia Rukhsana Sadia Uzma Zainab"),
        families=_split(
            "Sadiqi Bhattiwal Chaudharani Gilanvi Khattakzai Lodhran Mirpuriya Qaziyani Rathorwal"
            " Sherazvi Tarinzai Warraichi"
        ),
    ),
    "bengali": Tradition(
        male=_split("Anisur Bashirul Fazlul Jahedul Kamrul Mahbub Nazmul Rafiqul Shafiqul Tofayel"),
        female=_split("Afsana Dilruba Farhana Jesmin Monira Nargis Rumana Shirin Tahmina"),
        families=_split("Choudhurani Haldarin Laskarvi Mazumderi Patwariya Sarkarun Talukderi"),
    ),
    "west-african": Tradition(
        male=_split("Adebayo Chidi Ekow Femi Ikenna Kofi Kwame Nnamdi Obinna Segun Tunde Yaw"),
        female=_split("Abena Adaeze Akosua Bisi Chiamaka Efua Folake Ngozi Sade Yetunde Zainabu"),
        families=_split(
            "Adeyinkola Amponsahene Boatengwaa Chukwudiebe Danquarteng Ezenwakolo Fasholami"
            " Iwuanyike Mensahene Nwobodike Okunlade Owusuwaa Quartengye Sowunmola"
        ),
    ),
    "caribbean": Tradition(
        male=_split("Alphonso Carlton Delroy Errol Fitzroy Jermaine Leroy Marlon Rohan Winston"),
        female=_split("Beverline Camille Denisha Jamelia Keisha Marva Renelle Shanice Tamika"),
        families=_split(
            "Balfourne Campbelline Dacostan Farquhart Gayleford Heslopen Laddock Mullingrove"
            " Pinnockton Samudale Thelwellyn Whynterby"
        ),
    ),
    "polish": Tradition(
        male=_split(
            "Marek Andrzej Bartosz Dariusz Grzegorz Jacek"
            " Krzysztof Mateusz Pawel Zbigniew"
        ),
        female=_split("Agnieszka Beata Dorota Ewa Grazyna Halina Kinga Malgorzata Urszula Wanda"),
        families=_split(
            "Wolskiewicz Brzezniak Czarnotek Drozdziel Gołąbczak Jaworzak Krupniczek Łabędziak"
            " Ostrówczyk Przybora Strumykiewicz Źrebczak"
        ),
    ),
    "romanian": Tradition(
        male=_split("Bogdan Catalin Doru Florin Ionut Marius Radu Sorin Vasile"),
        female=_split("Adelina Camelia Daniela Ileana Loredana Mirela Raluca Simona"),
        families=_split("Albuleasa Brancoveanca Ciobotarel Dragomirel Lupuscu Munteanica Pădurel"),
    ),
    "albanian": Tradition(
        male=_split("Agron Besnik Driton Erjon Fatmir Gezim Ilir Kreshnik Lulzim Shpëtim"),
        female=_split("Albana Drita Elira Mimoza Rozafa Teuta Valbona Zamira"),
        families=_split(
            "Bardhoku Dushkaj Gjelaj Hoxhallari Krasniqaj"
            " Lleshanaku Përgjoni Zogollari"
        ),
    ),
    "vietnamese": Tradition(
        male=_split("Bảo Đức Hùng Khải Long Minh Phúc Quang Tuấn Vinh"),
        female=_split("Ánh Diệp Hạnh Lan Mai Ngọc Thảo Trinh Yến"),
        families=_split("Đoàn Lục Mạc Nghiêm Quách Tôn Ung Vương"),
        form="{family} Văn {given}",
        female_form="{family} Thị {given}",
    ),
    "chinese": Tradition(
        male=_split("Jianyi Haoran Minghui Zilong Weixin Guoping Tianyu Bowen"),
        female=_split("Xiulan Meiqi Yutong Lanfen Qiuyue Shuhui"),
        families=_split("Ng Li Wu Tse Qiao Ouyang Shen Fang Yu Zhuang"),
        form="{family} {given}",
        script=_CHINESE,
    ),
    "arabic": Tradition(
        male=_split("Anwar Basim Faris Hadi Jalal Karim Nadim Rafiq Samir Tariq"),
        female=_split("Amira Dalia Hanan Layan Noor Rania Salma Yasmin"),
        families=(
            "al-Baridi", "al-Qasabi", "al-Zaytuni", "Haddoun", "Kasrawani", "Mansuri",
            "Najjarin", "Sabbaghi", "Tahhan", "Zarqawni",
        ),
        script=_ARABIC,
    ),
}  # fmt: skip

COMMONNESS: dict[str, float] = {
    "english": 52,
    "welsh": 6,
    "welsh-patronymic": 3,
    "irish-scottish": 6,
    "punjabi": 4,
    "pakistani": 5,
    "bengali": 2,
    "west-african": 4,
    "caribbean": 4,
    "polish": 4,
    "romanian": 2,
    "albanian": 2,
    "vietnamese": 2,
    "chinese": 2,
    "arabic": 2,
}
"""How often each tradition comes up, drawn apart from role, crime type and everything else."""

NICKNAMES = _split(
    "Ace Badger Biscuit Bones Brick Buzz Chalky Chip Conker Cricket Dibs Dusty Echo Falc Fidget"
    " Flint Fudge Ginge Gizmo Happy Jinx Kipper Ledge Magpie Marbles Midge Moss Noodle Nutty Patch"
    " Pepper Pidge Pockets Quill Rags Rocket Rusty Sarge Scamp Shadow Skip Smudge Snips Socks"
    " Sparky Spud Squib Stretch Tank Ticker Tiny Toffee Twig Whisper Wolfie Ziggy"
)
