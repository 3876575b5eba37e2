"""Where parcels go: China's provinces and prefectures, the main countries, and whether one lies within another.

A region a shop names may be its own, a province, a city, a country or one of the usual groups (江浙沪, 中国大陆 …).
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from core.gazetteer import CHINA, Place, districts, names, pattern
from core.language import to_simplified

Groups = Mapping[str, Iterable[str]] | Iterable[tuple[str, Iterable[str]]]


@lru_cache(maxsize=1024)
def find_place(text: str) -> Place | None:
    """The place a text names, the one sent *to* when there are several, or None when it names none we know.

    "江苏省南京市" is Nanjing. A name two places share is None unless the province is named too. Traditional characters
    and English names are understood; ordinary words that contain a place's name (大理石, 三明治) are not taken for it.
    """
    mentions = list(_mentions(_readable(text)))
    for one in mentions:  # whoever asks about the way from A to B asks about B
        if one.cue == "to":
            return _narrowed(one, mentions)
    for one in mentions:
        if one.cue != "from":
            return _narrowed(one, mentions)
    return None


def is_region(name: str, shop_regions: Groups = ()) -> bool:
    """Whether `name` means something here: a place, one of the usual groups or one of the shop's own."""
    return name in dict(shop_regions) or name in _GROUPS or name.casefold() in _WORLD or _named(name) is not None


def is_within(place: Place, region: str, shop_regions: Groups = ()) -> bool | None:
    """Whether a place lies in a region. None when it cannot be told: the region is unknown, or smaller than the place."""
    own = shop_regions if isinstance(shop_regions, tuple) else tuple(dict(shop_regions).items())
    return _is_within(place, region, tuple((name, tuple(parts)) for name, parts in own))


@lru_cache(maxsize=4096)
def _is_within(place: Place, region: str, own: tuple[tuple[str, tuple[str, ...]], ...]) -> bool | None:
    return _within(place, region, dict(own), frozenset())


def _within(place: Place, region: str, own: dict[str, tuple[str, ...]], seen: frozenset[str]) -> bool | None:
    if region in seen:
        return False
    parts = own.get(region) or _GROUPS.get(region)
    if parts is not None:
        said = {_within(place, part, own, seen | {region}) for part in parts}
        return True if True in said else None if None in said else False
    if (world := _WORLD.get(region.casefold())) is not None:
        return _in_world(place, world)
    area = _named(region)
    if area is None:
        return None
    if area.is_country:
        return place.country == area.name
    if area.is_province:
        return place.province == area.name if place.province or place.country != area.country else None
    if place == area:
        return True
    is_wider = (
        place.country == area.country if place.is_country else place.is_province and place.province == area.province
    )
    return None if is_wider else False


def _in_world(place: Place, world: str) -> bool | None:
    if world == "anywhere":
        return True
    if world == "abroad":
        return place.country != CHINA
    if place.country != CHINA:
        return False
    return place.province not in ("香港", "澳门", "台湾") if place.province else None


# -- finding

_CUE_TO = re.compile(r"(?:寄|发|送|运|邮|到|至|往|去|给|\bto|\binto)\s*(?:我|咱|the)?\s*$")
_CUE_FROM = re.compile(r"(?:从|由|自|\bfrom|\bmade in)\s*$")
_WHERE = re.compile(r"(?:寄|发|送|运|邮|到|至|往|去|给|在|住|是|从|由|地址[:：]?)\s*$")
_SUFFIX = re.compile(r"(?:特别行政区|自治区|自治州|地区|省|市|州|盟|县|那边|这边|本地|境内)")
_AROUND = re.compile(
    r"(?:[\s,.!?;:、，。！？；：~～]|呢|吗|的|可以|能|寄|发|送|到|包邮|运费|邮费|行|么|嘛|要|几天|多久|多少钱)*"
)
_GOODS = re.compile(
    r"(?:货|产|风|款|版|式|进口|原装|品牌|牌子|面料|布|棉|羊毛|制造|料理|豆腐|面$|啤酒|苹果|大米|拉面|火腿|瓷器|特产)"
)


@dataclass(frozen=True, slots=True)
class _Mention:
    start: int
    end: int
    places: tuple[Place, ...]
    cue: str


def _readable(text: str) -> str:
    return to_simplified(unicodedata.normalize("NFKC", text)).replace("'", "").replace("’", "")


def _mentions(text: str) -> Iterator[_Mention]:
    """Every place named, longest name first where they overlap, in the order of the text."""
    masked = _STOP.sub(lambda word: "\x00" * len(word[0]), text)
    last: _Mention | None = None
    for found in pattern().finditer(masked):
        written = found[0]
        places = names()[written.casefold()]
        before, after = text[: found.start()], text[found.end() :]
        follows = last is not None and found.start() - last.end <= 1 and last.places[0].province == places[0].province
        if written in _WEAK and not follows and not _is_meant(before, after):
            continue
        if written in _LOWER or (written == "朝阳" and after.startswith("区")):
            continue
        cue = "to" if _CUE_TO.search(before.casefold()) else "from" if _CUE_FROM.search(before.casefold()) else ""
        if not cue and _GOODS.match(after):
            continue
        last = _Mention(found.start(), found.end(), places, cue)
        yield last


def _is_meant(before: str, after: str) -> bool:
    """Whether a name that is also an ordinary word stands where a place would."""
    return bool(
        _WHERE.search(before) or _SUFFIX.match(after) or (_AROUND.fullmatch(before) and _AROUND.fullmatch(after))
    )


def _narrowed(mention: _Mention, mentions: list[_Mention]) -> Place | None:
    """The place of a mention, or the city that directly follows its province; a shared name is told by its province."""
    provinces = {one.province for other in mentions for one in other.places if one.is_province}
    for other in mentions:
        if other.start < mention.end:
            continue
        if other.start - mention.end > 4 or other.cue:
            break
        inside = [
            one for one in other.places if not one.is_province and one.province in {p.province for p in mention.places}
        ]
        if inside:
            mention = other
    places = mention.places
    if len(places) > 1:
        places = tuple(one for one in places if one.province in provinces and not one.is_province) or places
    return places[0] if len(places) == 1 else None


@lru_cache(maxsize=1024)
def _named(name: str) -> Place | None:
    """The place whose name this is, whole. A district stands for its city where a parcel goes, and for no region: what holds
    there need not hold in all of the city."""
    text = _readable(name).strip()
    for spelling in (text, _SUFFIX.sub("", text)):
        places = names().get(spelling.casefold(), ())
        if len(places) == 1 and spelling.casefold() not in districts():
            return places[0]
    return None


# -- tables

_STOP = re.compile(
    "|".join(
        """
        中山装 中山服 中山陵 大理石 三明治 大同小异 日照时间 日照充足 哈密瓜 普洱茶 和田玉 长沙发 大连衣 大连帽 大连体
        包头鞋 包头拖 包头凉 包头的 包头款 海口大 海口碗 大海口 德州扑克 黄石公园 长治久安 玉树临风 白银色 白银首饰 做成都 变成都 换成都
        改成都 弄成都 当成都 合成都 组成都 完成都 马上海 双重庆 隆重庆 今天津 明天津 东方红 东方式 东方人 东方美 东方风 安康鱼 来宾客
        北海道神宫 兰州拉面 西安娜 南京路 北京路 上海路 广东道 四平八稳 四川火锅 印度洋 印度神油 新西兰奶 法国梧桐 荷兰豆 荷兰猪 意大利面
        土耳其玉 墨西哥卷 红河谷 黄山松 青岛啤酒 海南鸡饭 扬州炒饭 重庆小面 西藏红 中国红 中国结 中国风 中国式 英国短毛 美国短毛
        """.split()
    )
)
"""Ordinary words and goods that hold a place's name."""

_WEAK = frozenset(
    """
    东方 来宾 白银 日照 安康 天水 孝感 百色 大同 三明 包头 北海 朝阳 中山 大理 长治 黄山 兴安 四平 白山 文山 红河 海口 海西 海东 海北
    黄南 玉树 天门 文昌 万宁 武威 固原 平凉 保山 宜春 伊春 吉安 长春 常德 怀化 开封 中卫 吴忠 乐山 巴中 内江 广安 安顺 金华 太原 泰安
    丽水 和田 普洱 哈密 铜陵 铜川 本溪 黑河 清远 河源 新余 新乡 新竹 新界 桃园 九龙 平潭 白杨 双河 昆玉 新星 五指山 运城 定西 庆阳 潜江
    贺州 德州 晋中 花莲 敦煌
    """.split()
)
"""Names that are also ordinary words: taken for a place only after 寄, 到, 在 …, before 市, 州 …, or standing alone."""

_LOWER = frozenset("china turkey us chad jordan dali aba georgia".split())
"""English names that are ordinary words in lower case."""

_WORLD = {
    "中国大陆": "mainland", "大陆": "mainland", "内地": "mainland", "全国": "mainland", "国内": "mainland", "中国内地": "mainland",
    "mainland": "mainland", "mainland china": "mainland", "chinese mainland": "mainland",
    "海外": "abroad", "国外": "abroad", "境外": "abroad", "abroad": "abroad", "overseas": "abroad",
    "全球": "anywhere", "全世界": "anywhere", "世界各地": "anywhere", "worldwide": "anywhere", "everywhere": "anywhere",
}  # fmt: skip

_GROUPS: dict[str, tuple[str, ...]] = {
    name: tuple(parts.split())
    for name, parts in {
        "江浙沪": "江苏 浙江 上海",
        "江浙沪皖": "江苏 浙江 上海 安徽",
        "长三角": "江苏 浙江 上海 安徽",
        "珠三角": "广州 深圳 珠海 佛山 东莞 中山 江门 惠州 肇庆",
        "京津冀": "北京 天津 河北",
        "东北": "辽宁 吉林 黑龙江",
        "东三省": "辽宁 吉林 黑龙江",
        "东北三省": "辽宁 吉林 黑龙江",
        "华北": "北京 天津 河北 山西 内蒙古",
        "华东": "上海 江苏 浙江 安徽 福建 江西 山东",
        "华中": "河南 湖北 湖南",
        "华南": "广东 广西 海南",
        "西南": "重庆 四川 贵州 云南 西藏",
        "西北": "陕西 甘肃 青海 宁夏 新疆",
        "川渝": "四川 重庆",
        "云贵川": "云南 贵州 四川",
        "两广": "广东 广西",
        "两湖": "湖北 湖南",
        "新藏": "新疆 西藏",
        "港澳": "香港 澳门",
        "港澳台": "香港 澳门 台湾",
        "东南亚": "新加坡 马来西亚 泰国 越南 菲律宾 印度尼西亚 柬埔寨 缅甸 老挝 文莱",
        "北美": "美国 加拿大",
        "欧洲": "英国 德国 法国 意大利 西班牙 荷兰 比利时 瑞士 奥地利 葡萄牙 爱尔兰 丹麦 瑞典 挪威 芬兰 波兰 捷克 匈牙利 希腊 俄罗斯 乌克兰 罗马尼亚",
        "欧盟": "德国 法国 意大利 西班牙 荷兰 比利时 奥地利 葡萄牙 爱尔兰 丹麦 瑞典 芬兰 波兰 捷克 匈牙利 希腊 罗马尼亚",
    }.items()
}
_GROUPS |= {
    "Southeast Asia": _GROUPS["东南亚"],
    "North America": _GROUPS["北美"],
    "Europe": _GROUPS["欧洲"],
    "EU": _GROUPS["欧盟"],
}
_GROUPS |= {"Northeast China": _GROUPS["东北"], "Yangtze Delta": _GROUPS["长三角"]}


__all__ = ["Groups", "Place", "find_place", "is_region", "is_within"]
