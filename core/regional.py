"""Words of Hong Kong and Taiwan, told in those of the mainland: 幾時有貨 is 什么时候有货."""

import re
from collections.abc import Mapping
from types import MappingProxyType

from core.language import has_han, to_simplified
from core.often import often


def _words(table: str) -> Mapping[str, str]:
    return MappingProxyType(dict(pair.split("=") for pair in table.split()))


# They are found before characters are folded: 係 alone is Cantonese, 關係 is not.
TAUGHT = _words(
    "點樣先可以=怎么才可以 點樣先=怎么才 點先=怎么才 啱唔啱=合不合适 筆電=电脑 笔电=电脑 喺唔喺度=在不在 喺度=在 咁=那么 加埋=加起来 邊間=哪家 "
    "唔該晒=多谢 唔该晒=多谢 唔該曬=多谢 唔該=请问 唔=不 有冇=有没有 冇=没有 幾多錢=多少钱 几多钱=多少钱 幾多=多少 几多=多少 幾錢=多少钱 "
    "幾時=什么时候 幾耐=多久 點解=为什么 點樣=怎么样 點買=怎么买 邊度=哪里 邊個=哪个 邊款=哪款 邊隻=哪个 乜嘢=什么 咩=什么 嘢=东西 咗=了 嘅=的 "
    "啲=些 佢=他 哋=们 喺=在 俾=给 畀=给 嚟=来 睇=看 平啲=便宜点 嗰=那 呢個=这个 呢款=这款 呢隻=这个 仲有=还有 而家=现在 聽日=明天 "
    "尋日=昨天 係咪=是不是 宅配=快递 超商=便利店 滑鼠=鼠标 行動電源=充电宝 折價券=优惠券 折價=优惠 折扣碼=优惠码 統編=税号 匯款=转账 保固=保修 "
    "品質=质量 資訊=信息 影片=视频 簡訊=短信 網路=网络 軟體=软件 硬碟=硬盘 記憶體=内存 螢幕=屏幕 腳踏車=自行车 郵資=邮费 集運=转运 包膜=贴膜 "
    "出貨=发货 寄出=寄出 背囊=背包 枕袋=枕套 枱布=桌布 枱燈=台灯 枱=桌 客訴=投诉 真人客服=人工客服 帳單=账单 到府=上门"
)
"""A word as it is written there → what it is called elsewhere. With these alone phrases are read: what a phrase is folded to
is what the model learns, and a word more there moves the answers to lines that do not have it."""
_MORE = _words(
    "遲啲先=晚点再 遲啲=晚点 有冇得平=能不能便宜 有得平=能便宜 有冇得=可不可以 遲少少=晚点 早啲=早点 快啲=快点 平少少=便宜点 平少=便宜点 "
    "有返貨=补货 返貨=补货 幾時有返=什么时候再有 有返嚟=再有 正貨=正品 細碼=小码 中碼=中码 大碼=大码 細啲=小点 大啲=大点 長啲=长点 靚啲=好看点 "
    "好啲=好点 靚=好看 門市=实体店 點俾=怎么付 點畀=怎么付 點付=怎么付 點賣=怎么卖 點洗=怎么洗 點用=怎么用 點寄=怎么寄 點退=怎么退 點換=怎么换 "
    "點揀=怎么选 得唔得=行不行 好唔好=好不好 係唔係=是不是 唔係=不是 仲未=还没 仲要=还要 仲可以=还可以 仲會=还会 未呀=没呀 未啊=没啊 咗未=了没 "
    "到咗邊=到哪里了 去咗邊=去哪里了 喺邊度=在哪里 喺邊=在哪里 邊條=哪条 邊種=哪种 相睇=照片看 爛咗=坏了 爛=坏 換過件=换一件 "
    "換過條=换一条 換過個=换一个 哋係=们是 個係=个是 款係=款是 條係=条是 佢係=他是 我係=我是 你係=你是 都係=都是 即係=就是 係真皮=是真皮 "
    "係真絲=是真丝 係純=是纯 係咩=是什么 係邊=是哪 落單=下单 落咗單=下了单 揾=找 搵=找 人傾=人聊 傾偈=聊天 傾下=聊下 早晨=早上好 早唞=晚安 "
    "幾多日=几天 幾日=几天 幾大=多大 幾長=多长 幾高=多高 幾重=多重 幾闊=多宽 幾厚=多厚 轉數快=转账 嚟㗎=吗 嚟架=吗 㗎=的 喎= 囉= 吖=啊 啩=吧 "
    "唔使=不用 唔洗=不用 同埋=还有 執錯=发错 有無=有没有 有冇相=有没有照片 有無相=有没有照片 實品照=实物照片 實品圖=实物图 實品=实物 點算=怎么办 打爛=打碎 "
    "整爛=弄坏 計埋=加起来 送唔送=送不送 寄唔寄=寄不寄 食唔食得=能不能吃 用唔用得=能不能用 帽T=卫衣 差喺邊=差在哪里 "
    "唔啱=不对 到嘅係=到的是 寄嘅係=寄的是 買嘅係=买的是 發嘅係=发的是 訂嘅係=订的是"
)
"""Further ones that buyers' lines are read with; "" where a word only sounds."""
WORDS: Mapping[str, str] = MappingProxyType({**TAUGHT, **_MORE})
"""All of them."""
_HOW = "(?<![一早晚快慢有多少些宜幾几十兩两二三四五六七八九半好差\\d])(?=點)"
"""點 asks how only where it is no o'clock and no little: 點寄, and not 早點寄."""
FOUND = re.compile(
    "|".join((_HOW if word.startswith("點") else "") + re.escape(word) for word in sorted(WORDS, key=len, reverse=True))
)
"""Where one of them stands in a line."""
FOUND_IN_PHRASES = re.compile("|".join(map(re.escape, sorted(TAUGHT, key=len, reverse=True))))
"""Where one of those that phrases are read with stands."""


@often
def in_mandarin(text: str) -> str:
    """The text in Simplified characters and in the words of the mainland. Its length may change."""
    if not has_han(text):
        return text
    return to_simplified(FOUND.sub(lambda match: WORDS[match.group()], text))
