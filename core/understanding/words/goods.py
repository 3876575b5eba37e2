"""Words for goods that Chinese and English share a shelf under, so that a title in one language is found in the other."""

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from core.tokens import tokens
from core.understanding.words.names import Names

_PAIRS = (
    "手机壳|保护壳|手机套=case|phone case|cover 钢化膜|贴膜|手机膜=screen protector 耳机|耳塞|耳麦=earphones|headphones|earbuds|headset|earphone|headphone|earbud 充电器|充电头=charger|adapter 数据线|充电线=cable|cord "
    "充电宝|移动电源=power bank|powerbank 键盘=keyboard 鼠标=mouse 音箱|音响=speaker|speakers 台灯|灯=lamp|light 电脑|笔记本电脑=laptop|computer|notebook 平板=tablet 手表|腕表=watch 手环=band|bracelet 相机=camera 硬盘=drive|ssd "
    "杯子|杯|水杯=cup|mug 保温杯=thermos|flask|tumbler 茶壶|壶=teapot|pot 碗=bowl 盘子|盘=plate 锅=pan|wok 刀=knife 筷子=chopsticks 勺子|勺=spoon 茶=tea 咖啡=coffee 蜂蜜=honey 核桃=walnut|walnuts 芒果干=dried mango 坚果=nuts|nut "
    "裙子|连衣裙|裙=dress|skirt 裤子|裤=pants|trousers 牛仔裤=jeans 短裤=shorts 衬衫|衬衣=shirt 体恤|t恤=t-shirt|tee|tshirt 外套|夹克=jacket|coat 大衣=coat 毛衣=sweater|jumper 卫衣=hoodie|sweatshirt 帽子=hat|cap 围巾=scarf 手套=gloves|glove "
    "袜子|袜=socks|sock 鞋|鞋子=shoes|shoe 运动鞋|球鞋=sneakers|trainers 靴子|靴=boots|boot 拖鞋=slippers|slipper 凉鞋=sandals|sandal 包包|包=bag|handbag 背包|双肩包|后背包=backpack|rucksack 斜挎包|斜背包|侧背包|斜跨包|邮差包=crossbody|crossbody bag|cross-body|messenger bag 购物袋|环保袋|买菜袋=shopper|shopping bag|grocery bag 钱包=wallet|purse 帆布袋|帆布包=canvas bag|tote "
    "毛巾=towel|towels 浴巾=bath towel 枕头=pillow 抱枕=cushion 被子=quilt|duvet 床单=bed sheet|sheet|sheets 床垫=mattress 毯子|毛毯=blanket 地毯=rug|carpet 窗帘=curtain|curtains 桌布=tablecloth 桌子|桌=table|desk 椅子|椅=chair 沙发=sofa|couch 架子=shelf|rack "
    "口红|唇膏=lipstick 面膜=mask 面霜=cream 香水=perfume|fragrance 洗发水=shampoo 牙刷=toothbrush 项链=necklace 戒指=ring 耳环|耳钉=earrings|earring 手链=bracelet 雨伞|伞=umbrella 玩具=toy|toys 拼图=puzzle 书=book 笔=pen 本子|笔记本=notebook "
    "自行车|单车=bike|bicycle 头盔=helmet 帐篷=tent 瑜伽垫=yoga mat 哑铃=dumbbell 猫粮=cat food 狗粮=dog food 花瓶=vase 蜡烛=candle 钥匙扣=keychain|keyring 苹果=apple|iphone 华为=huawei 小米=xiaomi|mi 三星=samsung|galaxy 索尼=sony 耐克=nike 阿迪达斯|阿迪=adidas "
    "联想=lenovo 佳能=canon 尼康=nikon 戴尔=dell 惠普=hp 优衣库=uniqlo 宜家=ikea 乐高=lego 任天堂=nintendo|switch 棉|纯棉=cotton 亚麻|麻=linen 丝|真丝=silk 羊毛=wool 羊绒=cashmere 皮|真皮=leather 不锈钢=stainless|steel 木|实木=wood|wooden 陶瓷=ceramic 玻璃=glass "
    "硅胶=silicone 竹=bamboo 无线=wireless 蓝牙=bluetooth 防水=waterproof 儿童|小朋友|小孩子|小孩|孩子=kids|children|kid|child 男|男士=men|mens 女|女士=women|womens 婴儿|宝宝=baby 夏=summer 冬=winter 春=spring 秋=autumn"
)
_CLASSES: tuple[tuple[str, tuple[str, ...], tuple[str, ...]], ...] = tuple(
    (f"≈{number}", tuple(pair.split("=")[0].split("|")), tuple(pair.split("=")[1].split("|")))
    for number, pair in enumerate(re.findall(r"[^\s=]+=[a-z|\- ]*[a-z]", _PAIRS))
)
_BY_WORD = {word: name for name, chinese, english in _CLASSES for word in (*chinese, *english)}


_MORE = (
    "衣服 上衣 内衣 文胸 胸罩 内裤 睡衣 羽绒服 棉服 棉衣 西装 西服 马甲 风衣 旗袍 汉服 校服 打底裤 打底衫 秋衣 秋裤 皮带 腰带 领带 丝巾 披肩 高跟鞋 帆布鞋 板鞋 皮鞋 童鞋 雪地靴 鞋垫 行李箱 拉杆箱 书包 斜挎包 单肩包 手提包 "
    "手机 电视 冰箱 洗衣机 空调 风扇 电风扇 取暖器 加湿器 净化器 扫地机 扫地机器人 吸尘器 热水器 微波炉 烤箱 电饭煲 电饭锅 电水壶 榨汁机 破壁机 豆浆机 咖啡机 空气炸锅 电磁炉 油烟机 打印机 投影仪 路由器 显卡 主板 内存条 内存 显示器 摄像头 充电线 数据线 转换器 转接头 插座 插排 电池 遥控器 游戏机 手柄 "
    "床 被套 四件套 枕套 凉席 蚊帐 衣柜 书架 书柜 鞋柜 茶几 餐桌 电脑桌 电脑椅 办公椅 凳子 镜子 挂钟 闹钟 灯泡 吊灯 吸顶灯 水龙头 花洒 马桶 收纳盒 收纳箱 垃圾桶 拖把 扫把 晾衣架 衣架 保鲜盒 饭盒 砧板 菜刀 剪刀 打火机 墙纸 地板 瓷砖 油漆 "
    "奶粉 尿不湿 纸尿裤 尿布 湿巾 纸巾 抽纸 卷纸 卫生巾 奶瓶 婴儿车 推车 童车 安全座椅 积木 娃娃 公仔 手办 模型 洗面奶 爽肤水 精华 乳液 防晒霜 隔离霜 粉底液 气垫 眼影 眉笔 睫毛膏 腮红 指甲油 沐浴露 护手霜 护发素 牙膏 漱口水 剃须刀 吹风机 卷发棒 美甲 假发 "
    "零食 饼干 面包 蛋糕 巧克力 糖果 糖 薯片 瓜子 花生 红枣 枸杞 牛肉干 肉松 火腿 香肠 海鲜 虾 螃蟹 大闸蟹 牛排 水果 苹果 榴莲 芒果 樱桃 车厘子 草莓 橙子 柚子 荔枝 猕猴桃 大米 面条 粉丝 螺蛳粉 方便面 酱油 醋 食用油 橄榄油 白酒 红酒 啤酒 酒 牛奶 酸奶 饮料 茶叶 绿茶 红茶 普洱 铁观音 月饼 粽子 "
    "燕窝 阿胶 人参 维生素 钙片 鱼油 蛋白粉 口罩 体温计 血压计 轮椅 拐杖 眼镜 墨镜 隐形眼镜 美瞳 手镯 手串 佛珠 玉佩 吊坠 黄金 翡翠 钻戒 吉他 钢琴 小提琴 口琴 鼓 毽子 篮球 足球 羽毛球拍 乒乓球拍 跑步机 瑜伽服 泳衣 泳镜 鱼竿 渔具 睡袋 登山杖 电动车 摩托车 轮胎 机油 滤芯 雨刷 行车记录仪 脚垫 座套 车衣 "
    "种子 花苗 多肉 花盆 肥料 鱼缸 狗粮 猫粮 猫砂 狗窝 猫窝 宠物 画 字画 相框 贺卡 明信片 文具 铅笔 钢笔 橡皮 尺子 日历 教材 词典 "
    "phone phones tablet tv television fridge freezer washer dryer washing_machine dishwasher microwave oven toaster blender kettle vacuum fan heater air_fryer printer monitor router console controller guitar piano drum violin amp "
    "bed mattress dresser nightstand wardrobe bookcase bookshelf stool bench mirror clock vase frame painting sofa_bed futon crib stroller car_seat high_chair doll lego car truck van motorcycle scooter tire tires trailer boat kayak tent grill lawnmower mower "
    "ladder drill saw toolbox shirt jacket hoodie sweater jeans shorts blouse suit tie belt sunglasses glasses wallet perfume lipstick foundation mascara serum lotion vitamins protein chocolate candy cookies cake wine beer rice snacks seeds plant plants pot aquarium "
    "apartment house condo room studio townhouse bikes phones laptops tables chairs lamps dresses skirts bags cups mugs plates bowls rugs curtains pillows blankets towels toys books pens puzzles rings necklaces bracelets earrings watches cameras lenses lens chargers cables cases"
)


@lru_cache(maxsize=1)
def goods() -> Names:
    """Every word for goods known here, for finding where one stands."""
    plural = [word + "s" for word in _BY_WORD if word.isascii() and not word.endswith("s")]
    more = [form for word in _MORE.split() for form in ((word, word + "s") if word.isascii() else (word,))]
    return Names({word.replace("_", " ") for word in (*_BY_WORD, *plural, *more) if word not in _TOO_COMMON})


_TOO_COMMON = frozenset(
    "小朋友 小孩 小孩子 孩子 kid child light cover lights cream switch mi mask men women summer winter spring autumn kids band drive notebook 苹果 男 女 夏 冬 春 秋 皮 木 棉 麻 丝 竹 纯棉 真皮 防水 无线 蓝牙 儿童 男士 女士 婴儿 宝宝 宠物 实木 不锈钢 陶瓷 玻璃 硅胶 car room "
    "waterproof cotton leather wood silk linen wool steel glass wireless bluetooth baby children pot pan tea coffee watch watches watchs case cases sheet sheets 黄金 内存 电池 糖 酒 画 床 鼓 虾 醋".split()
)


@lru_cache(maxsize=1)
def _shelf() -> tuple[Any, Any]:
    import re2

    chinese = sorted((word for word in _BY_WORD if not word.isascii()), key=len, reverse=True)
    english = sorted((word for word in _BY_WORD if word.isascii()), key=len, reverse=True)
    return re2.compile("|".join(chinese)), re2.compile(r"\b(?:" + "|".join(english) + r")(?:s|es)?\b")


_WRAPPED = re.compile(r"包起来?|打?包(?:好(?!看)|得|一下|结实|严实|扎实|漂亮|精致|好看一?[点些])|包成")
"""How it is to be packed, and no bag: 包起来好看点."""
_ALNUM = re.compile(r"[a-z]+|\d+(?:\.\d+)?")
_SHORT = {
    "iphone": ("ip", "i", "苹果"),
    "galaxy": ("s",),
    "airpods": ("ap",),
    "macbook": ("mb",),
    "promax": ("pm",),
    "pro": ("p",),
}


_MAKERS = {
    "苹果": " iphone ",
    "华为": " huawei ",
    "小米": " xiaomi ",
    "红米": " redmi ",
    "三星": " galaxy ",
    "荣耀": " honor ",
}
_MAKER = re.compile(r"(?:苹果|华为|小米|红米|三星|荣耀)(?=\s?[a-z]{0,2}\d)")


@dataclass(frozen=True, slots=True)
class Tokens:
    """`all` tokens by which products are found: words, Chinese pairs, squeezed codes, shelf names. `codes` are among them."""

    all: tuple[str, ...] = ()
    codes: frozenset[str] = frozenset()


@lru_cache(maxsize=256)
def product_tokens(folded: str) -> Tokens:
    """The tokens of a folded text, each once."""
    if "包" in folded:
        folded = _WRAPPED.sub(" ", folded)
    folded = _MAKER.sub(lambda match: _MAKERS[match.group()], folded)
    found = dict.fromkeys(one for one in tokens(folded) if len(one) > 1 or one.isdigit())
    chinese, english = _shelf()
    if not folded.isascii():
        found.update(dict.fromkeys(_BY_WORD[match.group()] for match in chinese.finditer(folded)))
    own_codes: list[str] = []
    if _ALNUM.search(folded):
        for match in english.finditer(folded):
            word = match.group()
            name = _BY_WORD.get(word) or _BY_WORD.get(word.removesuffix("s")) or _BY_WORD.get(word.removesuffix("es"))
            if name:
                found[name] = None
        for word in [one for one in found if len(one) > 3 and one[-1] == "s" and one.isascii() and one.isalpha()]:
            found[word[:-1]] = None
        own_codes = codes(folded)
        found.update(dict.fromkeys(own_codes))
    return Tokens(tuple(found), frozenset(own_codes))


def off_shelf(folded: str) -> tuple[list[str], str]:
    """(names of the shelves whose words a text holds, the text without those words)."""
    chinese, english = _shelf()
    names: list[str] = []
    for pattern in (chinese, english):
        for match in reversed(list(pattern.finditer(folded))):
            word = match.group()
            name = _BY_WORD.get(word) or _BY_WORD.get(word.removesuffix("s")) or _BY_WORD.get(word.removesuffix("es"))
            if name:
                names.append(name)
                folded = f"{folded[: match.start()]} {folded[match.end() :]}"
    return names, folded


def codes(folded: str) -> list[str]:
    """Model codes squeezed, with the short forms buyers type: `iphone 15 pro max` gives iphone15, ip15, 15promax, 15pm …"""
    found: dict[str, None] = {}
    parts = [(match.group(), match.start(), match.end()) for match in _ALNUM.finditer(folded)]
    for at, (word, _, end) in enumerate(parts):
        line = word
        for nxt, start, stop in parts[at + 1 : at + 4]:
            if start - end > 1 or (start > end and folded[end] not in " -_"):
                break
            line += nxt
            end = stop
            if len(line) > 24 or line.isalpha() or line.isdigit():
                continue
            found[line] = None
            for long, shorts in _SHORT.items():
                if long in line:
                    found.update(dict.fromkeys(line.replace(long, short, 1) for short in shorts))
    return list(found)


def thing_asked_for(folded: str) -> str:
    """The words that stand where goods stand: 充电宝 in 有充电宝吗, blender in do you sell a blender. Empty when none do."""
    for pattern in _ASKED_FOR:
        match = pattern.search(folded)
        if match is not None:
            words = _AROUND.sub("", _RULED_OUT.sub("", match.group("it"))).strip()
            if words and not _NO_THING.fullmatch(words):
                return words
    return ""


_ASKED_FOR = (
    re.compile(
        r"(?:有没有|有卖|卖不卖|卖|还有|有)(?P<it>[\w\u3400-\u9fff \-+.]{1,12}?)(?:卖的?|的)?(?:吗|(?<![什怎这那多])么|不(?!锈)|没有?|卖|$)"
    ),
    re.compile(
        r"(?:^|[,。!?;\s吗呢])(?P<it>[\w\u3400-\u9fff \-+.]{2,14}?)(?:现在|今天|一共|要|是)?(?:多少钱|什么价|怎么卖|还?有(?:现)?货|有库存|还?有没有|还?有吗|单卖)"
    ),
    re.compile(
        r"(?:do (?:you|u)(?: guys)?(?: also| still)? (?:have|sell|carry|stock)|have you got|looking for|(?:you|u) (?:have|got|sell)|sell) (?:a |an |any |the |some |that |this |your )?(?P<it>[a-z0-9][a-z0-9 '-]{1,30}?)(?= in | for | with | available| left| please| or | and |[,.?!]|$)"
    ),
    re.compile(
        r"(?:how much (?:is|are|for)|price (?:of|for)|is|are) (?:the |your |a |an )(?P<it>[a-z0-9][a-z0-9 '-]{1,30}?)(?= still| available| in stock| sold| now| please|[,.?!]|$)"
    ),
)
_RULED_OUT = re.compile(r"(?:不要|除了|不是|别的|其他|不想要| in | without | not | size ).*$")
_AROUND = re.compile(
    r"^(?:你们?家?|店里|顺便|对了|再|请问|想请问|想问|问一?下|一下|这个|那个|这款|那款|我想要|想要|我要|想买|我想买|一个|一件|的|亲|老板|the |a |an )+|(?:这个|那个|的|现在|还|吧|呀|一起|一共|总共|加起来|合起来)+$"
)
_NO_THING = re.compile(
    r"(?:吗|么|没|不|呢|还有没|有没|还有|还|分别|各|各自|都|一共|总共|合计|加起来|一起|[两三俩仨]?[个样件款种]|现|存|库存|优惠|活动|货|折扣|发票|赠品|礼物|什么|人|其他|其它|别的|颜色|尺码|尺寸|大小|款式?|色|号|码|区别|效果|问题|办法|现货|质保|保修|运费|邮费|多少|多[重大长宽高厚深久远]|几个?|哪些?|这|那|它|一样|点|些|这样|那样|单买|单卖|味道|(?:实物|实拍|真实|细节|高清|更多|清楚)?的?(?:图片?|照片?|相片?|视频|买家秀)(?:看看?|看下|发下)?|同款|实体店铺?|门店|线下店?|分店|旗舰店|淘宝店?|店铺|公众号|微信群?|群|电话|"
    r"(?:哪些?|几|多少)[种个款]?(?:颜色|尺码|尺寸|大小|款式?|规格|型号|版本|色|号|码)(?:可以?选)?|"
    r"[黑白红蓝绿黄粉紫灰棕橙米金银]色?的?|[大中小]号?的?|\d+码?的?|(?:real |actual |more |some |any )*(?:photos?|pics?|pictures?|images?|videos?)(?: of (?:it|them|this|that|these|those))?|stock|it|this|that|them|these|those|one|ones|any|anything|more|other|others|price|shipping|delivery|it now|same|total|best|final price|postage|item|product|thing|stuff|discounts?|left|(?:it|them|this|that|these|those|one|ones|any|some|more)(?: (?:again|back|now|soon|then|in|yet))+|"
    r"(?:the )?(?:black|white|red|blue|green|yellow|pink|purple|gr[ae]y|brown|small|medium|large|other|bigger|smaller|same|last)(?: ones?| size| colou?r)?)"
    r"|.*(?:可以|什么|怎么|多久|几天|时候|退|换|寄|发货?|送|快递|付款?|便宜|优惠|质量|保质|说明书|区别|更好|没有|是不是|能).*"
)

PARTS = re.compile(
    r"拉[链鍊]|口袋|内袋|侧袋|夹层|隔层|扣子|纽扣|暗扣|磁扣|盖子|杯盖|提手|把手|手柄|肩带|背带|腰带|帽子|内衬|里布|衬里|挂钩|挂环|挂绳|抽绳|松紧带?|吊牌|轮子|脚垫|"
    r"zip(?:per)?s?|pockets?|compartments?|lids?|handles?|straps?|buttons?|hoods?|linings?|hooks?|loops?|drawstrings?|wheels?|labels?|tags?"
)
"""What belongs to a thing: asked after, it names no goods, unless the shop sells it by itself."""
SKU = re.compile(r"[a-z0-9][a-z0-9_-]{3,39}")
"""What may be an article number, in lower case."""


def shelf_words(name: str) -> tuple[str, ...]:
    """The words that stand on one shelf."""
    return next(((*chinese, *english) for one, chinese, english in _CLASSES if one == name), ())


def _pairs(text: str) -> frozenset[str]:
    found: dict[str, int] = {}
    for word in text.split():
        if word.isascii():
            found[word] = 1
        else:
            for at in range(len(word) - 1):
                found[word[at : at + 2]] = 1
    return frozenset(found)


NOT_GOODS = _pairs(
    "面料 料子 有没有货吗 现货 有货 没货 发货 什么时候 时候 多少钱 价格 怎么卖 便宜点 优惠券 活动 包邮 运费 邮费 快递 物流 今天 明天 后天 可以吗 能不能 是不是 这个 那个 这款 那款 哪个 哪款 一个 两个 几个 一件 一下 你们 我们 "
    "你好 在吗 老板 谢谢 好的 请问 想要 我要 买的 还有 没有 有吗 怎么 为什么 如何 多久 几天 能到 收到 退货 换货 退款 发票 订单 地址 电话 质量 好吗 怎么样 正品 保修 推荐 合适 适合 颜色 尺寸 尺码 材质 大小 款式 型号 "
    "支持 使用 可以 不可以 需要 喜欢 一样 区别 就是 但是 因为 所以 如果 的话 下单 付款 拍下 客服 宝贝 东西 商品 产品 包装 送的 赠品 礼物 新款 正版 不是 要的 黑色 白色 红色 蓝色 绿色 黄色 粉色 紫色 灰色 棕色 橙色 米色 "
    "the a an is are it this that these those in on of for to and or do does you your i me my we have has had any can could would will what when where which who how much many long price cost stock available "
    "still with from at by be not no yes please hi hello hey ok thanks thank there one ones some get got buy want need like ship shipping send delivery order size color colour new good best 1 2 3 4 5 "
    "back come again restock small medium large big run runs true fit fits s t m d re ll ve black white red blue green yellow pink purple grey gray brown orange beige"
)
