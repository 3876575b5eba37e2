"""Words for goods that Chinese and English share a shelf under, so that a title in one language is found in the other."""

import re
from functools import lru_cache
from typing import Any

from core.tokens import tokens

_PAIRS = (
    "手机壳|保护壳|手机套=case|phone case|cover 钢化膜|贴膜|手机膜=screen protector 耳机|耳塞|耳麦=earphones|headphones|earbuds|headset|earphone|headphone|earbud 充电器|充电头=charger|adapter 数据线|充电线=cable|cord "
    "充电宝|移动电源=power bank|powerbank 键盘=keyboard 鼠标=mouse 音箱|音响=speaker|speakers 台灯|灯=lamp|light 电脑|笔记本电脑=laptop|computer|notebook 平板=tablet 手表|腕表=watch 手环=band|bracelet 相机=camera 硬盘=drive|ssd "
    "杯子|杯|水杯=cup|mug 保温杯=thermos|flask|tumbler 茶壶|壶=teapot|pot 碗=bowl 盘子|盘=plate 锅=pan|wok 刀=knife 筷子=chopsticks 勺子|勺=spoon 茶=tea 咖啡=coffee 蜂蜜=honey 核桃=walnut|walnuts 芒果干=dried mango 坚果=nuts|nut "
    "裙子|连衣裙|裙=dress|skirt 裤子|裤=pants|trousers 牛仔裤=jeans 短裤=shorts 衬衫|衬衣=shirt 体恤|t恤=t-shirt|tee|tshirt 外套|夹克=jacket|coat 大衣=coat 毛衣=sweater|jumper 卫衣=hoodie|sweatshirt 帽子=hat|cap 围巾=scarf 手套=gloves|glove "
    "袜子|袜=socks|sock 鞋|鞋子=shoes|shoe 运动鞋|球鞋=sneakers|trainers 靴子|靴=boots|boot 拖鞋=slippers|slipper 凉鞋=sandals|sandal 包包|包=bag|handbag 背包|双肩包=backpack|rucksack 钱包=wallet|purse 帆布袋|帆布包=canvas bag|tote "
    "毛巾=towel|towels 浴巾=bath towel 枕头=pillow 抱枕=cushion 被子=quilt|duvet 床单=bed sheet|sheet|sheets 床垫=mattress 毯子|毛毯=blanket 地毯=rug|carpet 窗帘=curtain|curtains 桌布=tablecloth 桌子|桌=table|desk 椅子|椅=chair 沙发=sofa|couch 架子=shelf|rack "
    "口红|唇膏=lipstick 面膜=mask 面霜=cream 香水=perfume|fragrance 洗发水=shampoo 牙刷=toothbrush 项链=necklace 戒指=ring 耳环|耳钉=earrings|earring 手链=bracelet 雨伞|伞=umbrella 玩具=toy|toys 拼图=puzzle 书=book 笔=pen 本子|笔记本=notebook "
    "自行车|单车=bike|bicycle 头盔=helmet 帐篷=tent 瑜伽垫=yoga mat 哑铃=dumbbell 猫粮=cat food 狗粮=dog food 花瓶=vase 蜡烛=candle 钥匙扣=keychain|keyring 苹果=apple|iphone 华为=huawei 小米=xiaomi|mi 三星=samsung|galaxy 索尼=sony 耐克=nike 阿迪达斯|阿迪=adidas "
    "联想=lenovo 佳能=canon 尼康=nikon 戴尔=dell 惠普=hp 优衣库=uniqlo 宜家=ikea 乐高=lego 任天堂=nintendo|switch 棉|纯棉=cotton 亚麻|麻=linen 丝|真丝=silk 羊毛=wool 羊绒=cashmere 皮|真皮=leather 不锈钢=stainless|steel 木|实木=wood|wooden 陶瓷=ceramic 玻璃=glass "
    "硅胶=silicone 竹=bamboo 无线=wireless 蓝牙=bluetooth 防水=waterproof 儿童=kids|children 男|男士=men|mens 女|女士=women|womens 婴儿|宝宝=baby 夏=summer 冬=winter 春=spring 秋=autumn"
)
_CLASSES: tuple[tuple[str, tuple[str, ...], tuple[str, ...]], ...] = tuple(
    (f"≈{number}", tuple(pair.split("=")[0].split("|")), tuple(pair.split("=")[1].split("|")))
    for number, pair in enumerate(re.findall(r"[^\s=]+=[a-z|\- ]*[a-z]", _PAIRS))
)
_BY_WORD = {word: name for name, chinese, english in _CLASSES for word in (*chinese, *english)}


@lru_cache(maxsize=1)
def _shelf() -> tuple[Any, Any]:
    import re2

    chinese = sorted((word for word in _BY_WORD if not word.isascii()), key=len, reverse=True)
    english = sorted((word for word in _BY_WORD if word.isascii()), key=len, reverse=True)
    return re2.compile("|".join(chinese)), re2.compile(r"\b(?:" + "|".join(english) + r")(?:s|es)?\b")


_ALNUM = re.compile(r"[a-z]+|\d+(?:\.\d+)?")
_SHORT = {
    "iphone": ("ip", "i", "苹果"),
    "galaxy": ("s",),
    "airpods": ("ap",),
    "macbook": ("mb",),
    "promax": ("pm",),
    "pro": ("p",),
}


def product_tokens(folded: str) -> list[str]:
    """Tokens of a folded text by which products are found: words, Chinese pairs, squeezed codes, shelf names and colours."""
    found = dict.fromkeys(one for one in tokens(folded) if len(one) > 1 or one.isdigit())
    chinese, english = _shelf()
    found.update(dict.fromkeys(_BY_WORD[match.group()] for match in chinese.finditer(folded)))
    for match in english.finditer(folded):
        word = match.group()
        name = _BY_WORD.get(word) or _BY_WORD.get(word.removesuffix("s")) or _BY_WORD.get(word.removesuffix("es"))
        if name:
            found[name] = None
    for word in [one for one in found if one.isascii() and one.isalpha() and len(one) > 3 and one.endswith("s")]:
        found[word.removesuffix("s")] = None
    found.update(dict.fromkeys(codes(folded)))
    return list(found)


def codes(folded: str) -> list[str]:
    """Model codes squeezed, with the short forms buyers type: `iphone 15 pro max` gives iphone15, ip15, 15promax, 15pm …"""
    found: dict[str, None] = {}
    parts = [(match.group(), match.start(), match.end()) for match in _ALNUM.finditer(folded)]
    for at, (word, _, end) in enumerate(parts):
        line = [word]
        for nxt, start, stop in parts[at + 1 : at + 4]:
            if start - end > 1 or (start > end and folded[end] not in " -_"):
                break
            line.append(nxt)
            end = stop
            if not any(one[0].isdigit() for one in line) or len("".join(line)) > 24:
                continue
            found["".join(line)] = None
            for long, shorts in _SHORT.items():
                squeezed = "".join(line)
                if long in squeezed:
                    found.update(dict.fromkeys(squeezed.replace(long, short, 1) for short in shorts))
    return list(found)
