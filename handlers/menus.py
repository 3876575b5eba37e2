"""The command menus: what each person sees behind "/". They hide, they do not protect; `access` does that."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Menu:
    """What one of the shop's people sees: the commands of their role, in the language they chose, or their phone's."""

    commands: frozenset[str]
    language: str = ""


Set = Callable[[Sequence[tuple[str, str]], Mapping[str, Any] | None, str], Awaitable[bool]]

BUYER: dict[str, list[tuple[str, str]]] = {
    "zh": [
        ("start", "打招呼"),
        ("help", "我会什么"),
        ("human", "找掌柜本人"),
        ("order", "我的订单"),
        ("lang", "换语言"),
        ("notify", "通知开关"),
        ("stop", "只在我提问时回复"),
    ],
    "en": [
        ("start", "Say hello"),
        ("help", "What I can do"),
        ("human", "Talk to the shopkeeper"),
        ("order", "My orders"),
        ("lang", "Change language"),
        ("notify", "What I may tell you"),
        ("stop", "Only answer when I ask"),
    ],
}
SELLER: dict[str, list[tuple[str, str]]] = {
    "zh": [
        ("inbox", "谁在等您"),
        ("item", "看货、加图：/item 货号"),
        ("stock", "改库存：/stock 货号 数量"),
        ("price", "看价、改价：/price 货号 [金额]"),
        ("order", "开单、看单：/order new 买家号 货号"),
        ("floor", "底价：/floor 货号 金额|none"),
        ("ladder", "让价台阶：/ladder 货号|shop …"),
        ("ship", "发货：/ship 订单号 快递 单号"),
        ("parcel", "看包裹、报状态：/parcel 单号 [状态]"),
        ("promises", "答应过什么，做到几成"),
        ("overdue", "过了时间还没办的"),
        ("late", "要晚了：/late 订单号 新时间"),
        ("short", "漏发了：/short 订单号 货号"),
        ("sorry", "别的差错：/sorry 订单号 说明"),
        ("hagglers", "谁只砍价不买"),
        ("haggle", "为什么算砍价：/haggle 买家号"),
        ("unmark", "标错了：/unmark 买家号"),
        ("decline", "婉拒：/decline 买家号"),
        ("merge", "两个号是同一位：/merge 留下的 并进来的"),
        ("block", "拉黑：/block 买家号"),
        ("unblock", "放出黑名单：/unblock 买家号"),
        ("evidence", "聊天记录成文件：/evidence 买家号"),
        ("history", "聊天记录：/history 买家号"),
        ("take", "我来接：/take 买家号"),
        ("release", "交还机器人：/release 买家号"),
        ("bot", "开关机器人：/bot on|off 买家号"),
        ("here", "我在店里：/here 3h"),
        ("away", "我离开一下：/away 30m"),
        ("why", "上一条回复是怎么来的"),
        ("missed", "没听懂的话，点一下就教会"),
        ("teach", "教一句：/teach 问题 买家的话"),
        ("unteach", "收回教过的话"),
        ("go", "恢复备份之后，重新接待买家"),
        ("next", "接下一位"),
        ("find", "查找：/find 文字"),
        ("later", "提醒我：/later 买家号 2h 备注"),
        ("queue", "要提醒的事"),
        ("retry", "没处理成的，再试一次"),
        ("fact", "店铺资料：/fact 名字 内容"),
        ("hours", "营业时间：/hours 09:00-22:00"),
        ("holiday", "放假：/holiday 2027-02-06..2027-02-09"),
        ("bundle", "一起回答什么：/bundle 问题 …"),
        ("tpl", "话术和快捷回复：/tpl 名字 zh 内容"),
        ("r", "发快捷回复：/r 名字 买家号"),
        ("setup", "开店设置，两分钟"),
        ("test", "自己当一回买家：/test，/test off"),
        ("diary", "这天做了什么：/diary [日子]"),
        ("role", "店里的人：/role add 数字id agent 名字"),
        ("reassign", "交接：/reassign 从谁 给谁"),
        ("audit", "谁做了什么：/audit [条数|买家号|货号]"),
        ("stats", "店里怎么样：/stats [speed|sources|value] [天数]"),
        ("digest", "昨天的小结：/digest [on|off]"),
        ("export", "导出表格：/export 表名"),
        ("lang", "换语言"),
        ("help", "全部命令"),
    ],
    "en": [
        ("inbox", "Who is waiting"),
        ("item", "Look at an item, add a picture: /item SKU"),
        ("stock", "Set the stock: /stock SKU N"),
        ("price", "Show or set a price: /price SKU [AMOUNT]"),
        ("order", "Make or see an order: /order new BUYER SKU"),
        ("floor", "The floor: /floor SKU AMOUNT|none"),
        ("ladder", "What may be offered: /ladder SKU|shop …"),
        ("ship", "It has left: /ship ORDER CARRIER NUMBER"),
        ("parcel", "See a parcel, or say how it stands: /parcel NUMBER"),
        ("promises", "What was promised, and kept"),
        ("overdue", "What should be done by now"),
        ("late", "It will be late: /late ORDER NEWTIME"),
        ("short", "Left out: /short ORDER SKU"),
        ("sorry", "Our mistake: /sorry ORDER WORDS"),
        ("hagglers", "Who only haggles"),
        ("haggle", "Why somebody counts as haggling: /haggle BUYER"),
        ("unmark", "The mark was wrong: /unmark BUYER"),
        ("decline", "Decline politely: /decline BUYER"),
        ("merge", "Two numbers, one buyer: /merge KEPT GONE"),
        ("block", "Silence for a buyer: /block BUYER"),
        ("unblock", "Serve again: /unblock BUYER"),
        ("evidence", "The conversation as a file: /evidence BUYER"),
        ("history", "The whole conversation: /history BUYER"),
        ("take", "I'll take it: /take BUYER"),
        ("release", "Back to the bot: /release BUYER"),
        ("bot", "Switch the bot: /bot on|off BUYER"),
        ("here", "I am in: /here 3h"),
        ("away", "Back in a while: /away 30m"),
        ("why", "How the last reply came about"),
        ("missed", "What was not understood: one tap teaches"),
        ("teach", "Teach a line: /teach ASK LINE"),
        ("unteach", "Take a taught line back"),
        ("go", "Answer buyers again after a restore"),
        ("next", "Take the buyer whose turn it is"),
        ("find", "Search: /find WORDS"),
        ("later", "Remind me: /later BUYER 2h NOTE"),
        ("queue", "What I am to be reminded of"),
        ("retry", "What could not be handled: try again"),
        ("fact", "Shop facts: /fact NAME VALUE"),
        ("hours", "Opening hours: /hours 09:00-22:00"),
        ("holiday", "Closed days: /holiday 2027-02-06..2027-02-09"),
        ("bundle", "What is answered together: /bundle ASK …"),
        ("tpl", "Wordings and saved replies: /tpl NAME en TEXT"),
        ("r", "Send a saved reply: /r NAME BUYER"),
        ("setup", "Set the shop up, two minutes"),
        ("test", "Be a buyer yourself: /test, /test off"),
        ("diary", "What was done on a day: /diary [DAY]"),
        ("role", "The shop's people: /role add ID agent NAME"),
        ("reassign", "Hand over: /reassign FROM TO"),
        ("audit", "Who did what: /audit [N|BUYER|SKU]"),
        ("stats", "How the shop does: /stats [speed|sources|value] [DAYS]"),
        ("digest", "Yesterday in short: /digest [on|off]"),
        ("export", "A table as a spreadsheet: /export TABLE"),
        ("lang", "Change language"),
        ("help", "All commands"),
    ],
}


async def set_menus(set_commands: Set, people: Mapping[int, Menu], gone: Sequence[int] = ()) -> None:
    """Buyers see theirs in every private chat, each of the shop's people what their role may; who is `gone` sees buyers'."""
    everyone = {"type": "all_private_chats"}
    for language, commands in (("", BUYER["en"]), ("zh", BUYER["zh"]), ("en", BUYER["en"])):
        await set_commands(commands, everyone, language)
    for who in gone:
        for language in ("", "zh", "en"):
            await set_commands([], {"type": "chat", "chat_id": who}, language)
    for who, menu in people.items():
        for language in ("", "zh", "en"):
            shown = menu.language or language or "zh"
            commands = [(name, told) for name, told in SELLER[shown] if name in menu.commands]
            await set_commands(commands, {"type": "chat", "chat_id": who}, language)
