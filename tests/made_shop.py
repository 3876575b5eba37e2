"""A shop whose facts are made up for one run, so that no answer can be known beforehand."""

import os
import random
import zlib
from collections import Counter
from dataclasses import dataclass, field
from datetime import time
from pathlib import Path

from sandbox.pictures import plain
from templates.voice import traditional

STYLES = [
    ("山茶", "Camellia"),
    ("海盐", "Sea Salt"),
    ("松针", "Pine Needle"),
    ("麦浪", "Wheat"),
    ("夜航", "Night Voyage"),
    ("港湾", "Harbour"),
]
GOODS = [
    ("帆布包", "Canvas Bag"),
    ("双肩包", "Backpack"),
    ("雨伞", "Umbrella"),
    ("亚麻围裙", "Linen Apron"),
    ("保温杯", "Thermos Cup"),
    ("台灯", "Desk Lamp"),
]
COLOURS = [
    ("黑色", "black"),
    ("米白", "off-white"),
    ("雾蓝", "misty blue"),
    ("墨绿", "dark green"),
    ("砖红", "brick red"),
]
MATERIALS = [("纯棉", "pure cotton"), ("苎麻", "ramie"), ("羊毛", "wool"), ("竹纤维", "bamboo")]
CARRIERS = [
    ("zto", "中通快递", "ZTO Express"),
    ("yto", "圆通速递", "YTO Express"),
    ("yunda", "韵达快递", "Yunda Express"),
    ("jt", "极兔速递", "J&T Express"),
]


@dataclass(frozen=True, slots=True)
class Good:
    """One row of the made catalogue, in both languages."""

    sku: str
    title: str
    title_en: str
    variant: str
    variant_en: str
    price: int
    stock: str
    category: str
    size: str
    material: str
    material_en: str
    howto: str = ""
    howto_en: str = ""
    not_for: str = ""
    not_for_en: str = ""
    guarantee: str = ""
    guarantee_en: str = ""
    photos: str = ""

    def named(self, language: str) -> str:
        """The title as a buyer of this language reads it."""
        return in_language(language, self.title, self.title_en)

    def shade(self, language: str) -> str:
        """The variant as a buyer of this language reads it."""
        return in_language(language, self.variant, self.variant_en)

    @property
    def pictures(self) -> list[bytes]:
        """What its photos show, in order."""
        return [picture(name) for name in self.photos.split("|") if name]

    def row(self) -> str:
        cells = [
            self.sku, self.title, self.variant, str(self.price), "CNY", self.stock, self.category, self.title_en.lower(),
            f"尺寸={self.size}|材质={self.material}", self.photos, "", "", "", self.howto, self.not_for, self.guarantee,
            self.title_en, self.variant_en, f"Size={self.size}|Material={self.material_en}", self.howto_en, self.not_for_en,
            self.guarantee_en,
        ]  # fmt: skip
        return ",".join(f'"{cell}"' if "," in cell else cell for cell in cells)


def in_language(language: str, zh: str, en: str) -> str:
    """The same words for "zh", "zh_hant" (made from the Simplified ones) or "en"."""
    return en if language == "en" else traditional(zh) if language == "zh_hant" else zh


def picture(name: str) -> bytes:
    """A small picture that no other name has."""
    chance = random.Random(name)
    return plain(64, 48, (chance.randrange(256), chance.randrange(256), chance.randrange(256)))


HEADER = (
    "sku,title,variant,price,currency,stock,category,aliases,attributes,photos,floor_price,weight,note,howto,not_for,"
    "guarantee,title_en,variant_en,attributes_en,howto_en,not_for_en,guarantee_en"
)


@dataclass(frozen=True, slots=True)
class MadeShop:
    """The facts, and the files that state them.

    `plenty` is in stock in one colour, `sold_out` is gone with `sister` and `cousin` to offer instead, `lonely` is gone
    with nothing like it, `unknown` has a blank stock. `pair` is one product there in two colours. `plenty` has two
    photos, `sister` and `cousin` one each. `extra` is added to shop.toml.
    """

    seed: int
    name: str
    cutoff: time
    carrier: tuple[str, str, str]
    transit: tuple[int, int]
    near_transit: tuple[int, int]
    fee: int
    free_over: int
    warranty_months: int
    return_days: int
    discount_over: int
    plenty: Good
    sister: Good
    sold_out: Good
    cousin: Good
    lonely: Good
    unknown: Good
    pair: tuple[Good, Good]
    more: tuple[Good, ...] = field(default=())
    extra: str = ""

    @property
    def goods(self) -> tuple[Good, ...]:
        known = (self.plenty, self.sister, self.sold_out, self.cousin, self.lonely, self.unknown)
        return (*known, *self.pair, *self.more)

    def carrier_in(self, language: str) -> str:
        """The carrier as a buyer of this language reads it."""
        return in_language(language, self.carrier[1], self.carrier[2])

    @property
    def catalogue_csv(self) -> str:
        return "\n".join([HEADER, *(good.row() for good in self.goods)]) + "\n"

    @property
    def shop_toml(self) -> str:
        code, name, name_en = self.carrier
        return f"""
name = "{self.name}"
languages = ["zh", "en"]
timezone = "Asia/Shanghai"
currency = "CNY"
[hours]
daily = ["09:00-12:00", "13:30-22:00"]
[dispatch]
cutoff = "{self.cutoff:%H:%M}"
days = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
[[carriers]]
code = "{code}"
name = "{name}"
name_en = "{name_en}"
default = true
transit = {{ "江浙沪" = [{self.near_transit[0]}, {self.near_transit[1]}], "default" = [{self.transit[0]}, {self.transit[1]}] }}
[postage]
fee = {self.fee}
free_over = {self.free_over}
[regions]
"江浙沪" = ["江苏", "浙江", "上海"]
[delivery]
regions = ["中国大陆"]
not_regions = ["香港", "台湾"]
[policies.return]
zh = "签收后 {self.return_days} 天内没用过可以退换，退回运费您出，先跟我们说一声再寄回。"
en = "Returns within {self.return_days} days if unused; you pay the way back. Tell us first, then send it."
[policies.warranty]
zh = "保修 {self.warranty_months} 个月：拍照发来，我们看过后寄回修理。"
en = "The warranty is {self.warranty_months} months: send us a picture, then send it in and we mend it."
[[promotions]]
zh = "满 {self.discount_over} 送布袋"
en = "A free cloth bag with orders over {self.discount_over}"
{self.extra}
"""

    def write(self, folder: Path) -> tuple[Path, Path]:
        """Write both files and the photos; returns (shop.toml, catalogue.csv)."""
        for name in {name for good in self.goods for name in good.photos.split("|") if name}:
            (folder / name).write_bytes(picture(name))
        shop, catalogue = folder / "shop.toml", folder / "catalogue.csv"
        shop.write_text(self.shop_toml, encoding="utf-8")
        catalogue.write_text(self.catalogue_csv, encoding="utf-8")
        return shop, catalogue


_made: Counter[str] = Counter()  # shops made in this process, by the test that asked for them


def fresh_seed() -> int:
    """Another seed each time, by chance. Tests go by SHOP_SEED: with the same one, which CI sets, each test has the same
    shops in every run. So a change is judged by what it changed, and a shop that breaks a test is found by the runs at
    the desk, which say their seed."""
    run = os.environ.get("SHOP_SEED")
    if run is None:
        return random.randrange(10**6)
    test = os.environ.get("PYTEST_CURRENT_TEST", "").partition(" ")[0]
    _made[test] += 1
    return zlib.crc32(f"{run} {test} {_made[test]}".encode())


def make_shop(seed: int | None = None) -> MadeShop:
    """A shop made from the seed; without one, from `fresh_seed` (the seed is kept in it, to play the same again)."""
    seed = fresh_seed() if seed is None else seed
    chance = random.Random(seed)
    styles, goods = chance.sample(STYLES, 3), chance.sample(GOODS, 5)
    colours = chance.sample(COLOURS, 3)
    prices = chance.sample(range(61, 98), 4)
    widths = iter(chance.sample(range(21, 59), 12))
    cutoff = time(chance.randrange(14, 19), chance.choice((5, 20, 35, 50)))
    counts = [
        n for n in range(28, 60) if n not in (30, 35, 50)
    ]  # no hour or minute, no day that is told, no fee or term
    several = chance.choice([n for n in counts if n < 40])
    many = chance.choice([n for n in counts if n != several])

    def good(style: int, kind: int, colour: int, price: int, stock: str, category: str, **more: str) -> Good:
        (zh, en), (thing, thing_en), (shade, shade_en) = styles[style], goods[kind], colours[colour]
        material, material_en = chance.choice(MATERIALS)
        return Good(
            sku=f"{chance.choice('ABCDEFGH')}{chance.randrange(100, 1000)}-{style}{kind}{colour}",
            title=zh + thing, title_en=f"{en} {thing_en}", variant=shade, variant_en=shade_en, price=price, stock=stock,
            category=category, size=f"{next(widths)}x{chance.randrange(21, 59)}cm",
            material=material, material_en=material_en, **more,
        )  # fmt: skip

    first, second, third, fourth, fifth = (thing for thing, _ in goods)
    return MadeShop(
        seed=seed,
        name=f"{styles[0][0]}{styles[1][0]}铺",
        cutoff=cutoff,
        carrier=chance.choice(CARRIERS),
        transit=(near := chance.randrange(3, 5), near + chance.randrange(1, 3)),
        near_transit=(1, 2),
        fee=chance.randrange(6, 14),
        free_over=chance.randrange(201, 299),
        warranty_months=chance.choice([months for months in (7, 14, 17, 23) if months != cutoff.hour]),
        return_days=chance.choice((8, 9, 11, 13)),
        discount_over=chance.randrange(301, 399),
        plenty=good(
            0, 0, 0, prices[0], str(many), first,
            howto="头一回用先过一遍清水。", howto_en="Rinse it once before the first use.",
            not_for="不可机洗", not_for_en="Not for the washing machine",
            guarantee="三年内开线免费缝", guarantee_en="Loose seams mended free for three years",
            photos="plenty-1.png|plenty-2.png",
        ),
        sister=good(1, 1, 0, prices[1], str(chance.randrange(4, 9)), second, photos="sister.png"),
        sold_out=good(1, 1, 1, prices[1], "0", second),
        cousin=good(2, 1, 2, prices[2], str(several), second, guarantee="一年包换", guarantee_en="Replaced free within a year", photos="cousin.png"),
        lonely=good(2, 2, 1, prices[3], "0", third),
        unknown=good(0, 3, 2, prices[3] + 40, "", fourth),
        pair=(
            good(2, 4, 0, chance.randrange(110, 130), str(chance.randrange(61, 80)), fifth),
            good(2, 4, 2, chance.randrange(131, 150), str(chance.randrange(81, 99)), fifth),
        ),
    )  # fmt: skip
