"""How each command of a seller's goes: usage and example, as the guide has them; a test compares. Arguments stand in English
and are told in Chinese to whoever reads it."""

import re

MANUAL: dict[str, tuple[tuple[str, str], ...]] = {
    "start": (("/start", "/start"), ),
    "help": (("/help", "/help"), ),
    "inbox": (("/inbox", "/inbox"), ),
    "history": (("/history BUYER", "/history 123456"), ),
    "take": (("/take BUYER", "/take 123456"), ),
    "release": (("/release BUYER", "/release 123456"), ),
    "bot": (("/bot on|off BUYER", "/bot off 123456"), ),
    "why": (("/why [BUYER]", "/why"), ),
    "missed": (("/missed", "/missed"), ),
    "teach": (("/teach ASK LINE", "/teach 运费 包不包邮呀"), ("/teach ASK /PATTERN/", "/teach 运费 /包.{0,4}邮/"), ),
    "unteach": (("/unteach [LINE]", "/unteach"), ),
    "item": (("/item [SKU]", "/item A-1"), ("/item SKU off|on", "/item A-1 off"), ),
    "stock": (("/stock SKU N", "/stock A-1 20"), ("/stock review", "/stock review"), ),
    "price": (("/price SKU [AMOUNT]", "/price A-1 59.90"), ),
    "order": (("/order", "/order"), ("/order new BUYER SKU [N]", "/order new 123456 A-1 2"), ("/order NO", "/order 2611200417"), ("/order NO paid|cancel|done", "/order 2611200417 paid"), ("/order NO note TEXT", "/order 2611200417 note 加贺卡"), ),
    "floor": (("/floor SKU AMOUNT|none", "/floor A-1 49"), ),
    "ladder": (("/ladder SKU|shop [STEPS]", "/ladder A-1 2=55 gift=杯刷"), ),
    "ship": (("/ship ORDER CARRIER NUMBER", "/ship 1001 中通 73123456789012"), ),
    "parcel": (("/parcel NUMBER [STATUS [text]]", "/parcel 73123456789012 派送中"), ),
    "stats": (("/stats [REPORT] [DAYS]", "/stats speed 30"), ),
    "digest": (("/digest [on|off]", "/digest"), ),
    "export": (("/export TABLE [csv]", "/export orders"), ),
    "promises": (("/promises", "/promises"), ),
    "overdue": (("/overdue", "/overdue"), ),
    "late": (("/late ORDER NEWTIME", "/late 2611200417 明天下午"), ),
    "short": (("/short ORDER SKU", "/short 2611200417 A-1"), ),
    "sorry": (("/sorry ORDER [WORDS]", "/sorry 2611200417 颜色发错了"), ),
    "hagglers": (("/hagglers", "/hagglers"), ),
    "haggle": (("/haggle BUYER", "/haggle 123456"), ),
    "unmark": (("/unmark BUYER", "/unmark 123456"), ),
    "decline": (("/decline BUYER", "/decline 123456"), ),
    "merge": (("/merge KEPT GONE", "/merge 123456 234567"), ),
    "block": (("/block BUYER", "/block 123456"), ),
    "unblock": (("/unblock BUYER", "/unblock 123456"), ),
    "evidence": (("/evidence BUYER", "/evidence 123456"), ),
    "here": (("/here [3h]", "/here 3h"), ),
    "away": (("/away [30m]", "/away 30m"), ),
    "go": (("/go", "/go"), ),
    "next": (("/next", "/next"), ),
    "find": (("/find WORDS", "/find 帆布包 换货"), ),
    "later": (("/later BUYER TIME [NOTE]", "/later 123456 2h 问问尺码"), ),
    "queue": (("/queue", "/queue"), ),
    "retry": (("/retry", "/retry"), ),
    "fact": (("/fact [NAME [VALUE|none]]", "/fact policy.return.zh 签收后七天内没用过可以退换。"), ),
    "hours": (("/hours [TIMES]", "/hours mon-fri 09:00-12:00 13:30-18:00; sat 10:00-16:00"), ),
    "holiday": (("/holiday [DATE|FROM..TO|rm DATE]", "/holiday 2027-02-06..2027-02-09"), ),
    "bundle": (("/bundle [ASK [ASK …|none|reset]]", "/bundle ship_when carrier ship_eta"), ),
    "tpl": (("/tpl [NAME [zh|en|zh_hant [TEXT|reset]]]", "/tpl 尺码 zh {{ name }}您好，平时穿多大？"), ),
    "r": (("/r KEY [BUYER] [NAME=VALUE …]", "/r 尺码 123456"), ),
    "setup": (("/setup", "/setup"), ),
    "test": (("/test [off]", "/test"), ),
    "diary": (("/diary [DAY] [ID]", "/diary 2026-11-20"), ),
    "role": (("/role", "/role add 234567 agent 小周"), ),
    "reassign": (("/reassign FROM TO", "/reassign 234567 345678"), ),
    "audit": (("/audit [N|BUYER|SKU|ID]", "/audit 123456"), ),
    "lang": (("/lang zh|zh_hant|en", "/lang en"), ),
}  # fmt: skip

ARGUMENTS = {
    "BUYER": "买家号", "SKU": "货号", "ORDER": "订单号", "NO": "订单号", "CARRIER": "快递", "NUMBER": "单号", "STATUS": "状态",
    "N": "数量", "AMOUNT": "金额", "STEPS": "台阶", "NEWTIME": "新时间", "TIME": "时间", "TIMES": "时间", "DATE": "日期", "FROM": "从谁",
    "TO": "给谁", "ASK": "问题", "LINE": "买家的话", "WORDS": "文字", "NOTE": "备注", "TEXT": "内容", "text": "说明", "NAME": "名字",
    "VALUE": "内容", "ANSWER": "回答", "KEY": "名字", "REPORT": "报表", "DAYS": "天数", "DAY": "日子", "TABLE": "表名", "ID": "数字id",
    "KEPT": "留下的买家号", "GONE": "并进来的买家号", "COMMAND": "命令", "PATTERN": "写法",
}  # fmt: skip
"""An argument, as usage lines name it → in Chinese."""
OF_ONE_COMMAND = {
    ("/audit", "N"): "条数", ("/holiday", "FROM"): "开始", ("/holiday", "TO"): "结束", ("/fact", "NAME"): "项目", ("/r", "NAME"): "项目",
}  # fmt: skip
EXAMPLES = {
    "运费 包不包邮呀": "postage do you ship for free", "运费 /包.{0,4}邮/": "postage /free.{0,9}shipping/", "代发 能一件代发吗": "own:dropship do you dropship",
    "加贺卡": "add a card", "杯刷": "a brush", "中通": "zto", "派送中": "out", "明天下午": "tomorrow afternoon", "颜色发错了，这就给您换": "wrong colour, I am sending the right one",
    "颜色发错了": "wrong colour", "帆布包 换货": "tote exchange", "问问尺码合不合适": "ask about the size", "问问尺码": "ask about the size",
    "policy.return.zh 签收后七天内没用过可以退换。": "policy.return.en Returns within seven days if unused.",
    "尺码 zh {{ name }}您好，平时穿多大？": "size en Hello {{ name }}, what size do you usually wear?", "尺码 123456": "size 123456",
    "小周": "Joe", "能一件代发吗": "do you dropship", "这就是最实在的价了": "this is my best price", "可以代发，一件起发。": "Yes, from one piece on.", "own:代发": "own:dropship",
}  # fmt: skip
"""What stands in an example in Chinese → in English. Longer ones come first."""
IN_CHINESE = {
    "mon-fri 09:00-12:00 13:30-18:00; sat 10:00-16:00": "周一至周五 9:00-12:00 13:30-18:00；周六 10:00-16:00",
    "mon-fri 09:00-18:00; sat 10:00-16:00": "周一至周五 9:00-18:00；周六 10:00-16:00",
    "policy.return.zh 签收": "退换说明 签收", "2027-02-06..2027-02-09": "2027-02-06至2027-02-09",
    "ship_when carrier ship_eta": "发货时间 发什么快递 几天到", "73123456789012 delivered": "73123456789012 已签收",
}  # fmt: skip
"""What stands in an example in English → in Chinese. Longer ones come first."""
_ARGUMENT = re.compile(r"\b(?:[A-Z]+|text)\b")


def in_english(example: str) -> str:
    """An example as who reads English would write it."""
    for chinese, english in EXAMPLES.items():
        example = example.replace(chinese, english)
    return example


def example_in_chinese(example: str) -> str:
    """An example as who reads Chinese would write it."""
    for english, chinese in IN_CHINESE.items():
        example = example.replace(english, chinese)
    return example


def in_chinese(usage: str) -> str:
    """A usage line with its arguments in Chinese: /ship 订单号 快递 单号. What is typed as it stands stays: on|off, none."""
    command = usage.split(maxsplit=1)[0]

    def named(match: re.Match[str]) -> str:
        word = match[0]
        return OF_ONE_COMMAND.get((command, word)) or ARGUMENTS.get(word, word)

    return _ARGUMENT.sub(named, usage)
