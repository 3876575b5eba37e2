"""Commands as plain words at the head of a line, without a slash: stock A-1 20; and in Chinese, with or without one, since
Telegram knows commands only in Latin letters: 库存 A-1 20, /发货 1001 中通 7312…"""

from __future__ import annotations

from collections.abc import Mapping
from difflib import get_close_matches
from typing import TYPE_CHECKING

from handlers import access

if TYPE_CHECKING:
    from handlers.desk import Desk

ALIASES: Mapping[str, str] = {
    "帮助": "help", "命令": "help",
    "谁在等": "inbox", "收件箱": "inbox", "待回复": "inbox", "下一个": "next", "下一位": "next",
    "记录": "history", "聊天记录": "history", "我来": "take", "接手": "take", "放手": "release", "交还": "release",
    "看货": "item", "货架": "item", "库存": "stock", "价格": "price", "改价": "price", "底价": "floor",
    "订单": "order", "发货": "ship", "快递": "parcel", "包裹": "parcel", "答应": "promises", "承诺": "promises",
    "在": "here", "在店": "here", "不在": "away", "离开": "away", "营业时间": "hours", "放假": "holiday", "假期": "holiday",
    "查找": "find", "搜索": "find", "找": "find", "提醒": "later", "待办": "queue", "合并": "merge", "重试": "retry", "再试一次": "retry", "模板": "tpl", "话术": "tpl", "回": "r",
    "资料": "fact", "店铺资料": "fact", "设置": "setup", "日记": "diary", "今天": "diary", "为什么": "why",
}  # fmt: skip
"""Word → command."""
BARE = frozenset(
    "help inbox history take release item stock price floor ladder order ship parcel promises overdue late short find later "
    "queue fact hours holiday bundle stats diary audit missed".split()
)
"""Commands whose own names are such words. Not those that act at once and take no argument: next, go, here, away."""


def command_in(text: str, username: str = "") -> str:
    """The command a line gives, in small letters without its slash; empty when it gives none.

    /stock@thisbot is ours, /stock@otherbot is not. "库存 A-1 3" and "/库存 A-1 3" are /stock.
    """
    head = text.split(maxsplit=1)[0] if text.strip() else ""
    if head.startswith("/"):
        name, _, whose = head[1:].partition("@")
        if whose and whose.casefold() != username.casefold():
            return ""
        return ALIASES.get(name, name.casefold())
    return ALIASES.get(head) or (head.casefold() if head.casefold() in BARE else "")


def nearest(desk: Desk, who: int, written: str, most: int = 3, least: float = 0.6) -> list[str]:
    """What this person may have meant, of the commands they may give: by how it is spelt, or by its word in Chinese."""
    word = written.lstrip("/").partition("@")[0].casefold()[:40]
    may = [name for name in access.COMMANDS if access.may_command(desk, who, name)]
    spelt = get_close_matches(word, may, most, least)
    said = [ALIASES[one] for one in get_close_matches(word, ALIASES, most, 0.5)]
    begins = [name for name in may if len(word) >= 3 and name.startswith(word)]
    found = dict.fromkeys(name for name in (*begins, *spelt, *said) if name in may)
    return list(found)[:most]
