"""Templates: the same set in every language, each of them renders, none presses or belittles."""

import re
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from jinja2 import TemplateNotFound, UndefinedError

from core.money import Money
from core.presence import Being, Presence
from core.regions import find_place
from core.reporting import Speed
from core.shop import Carrier, Hours, Span, Tone, Transit, Wordings
from core.tone import lint
from core.tracking.following import IMPORTANT, MOVING, Worry
from core.tracking.values import Status, Wrong
from templates import Speech, Voice
from templates.checking import Reason
from templates.compiled import Compiled

FOLDER = Path(__file__).parent.parent / "templates"
NOW = datetime(2026, 11, 20, 2, 0, tzinfo=UTC)
SHANGHAI = ZoneInfo("Asia/Shanghai")
SPEECH = Speech()
ITEM: dict[str, Any] = {
    "sku": "A-1", "title": "帆布包", "variant": "黑色", "price": Money(8900, "CNY"), "stock": 3, "guarantee": "开线免费缝。", "unit": "",
    "dearer_by": Money(-500, "CNY"), "differs": (("颜色", "黑"),), "is_sister": True, "gone": False, "differ": True,
}  # fmt: skip
PERSON = {
    "place": 1,
    "written_at": NOW,
    "grade": "A",
    "taken_by": "小周",
    "name": "小林",
    "buyer": 7,
    "since": NOW,
    "reasons": ("complaint", "missing"),
    "words": "在吗",
}
LINE = {
    "at": NOW,
    "who": "buyer",
    "text": "在吗",
    "by": "小周",
    "kinds": ["photo", "voice"],
    "deleted": False,
    "fate": "unsent",
    "versions": [{"at": NOW, "kind": "edit", "text": "在不在"}],
}
ASKED = {"name": "stock", "confidence": 0.93, "source": "model", "why": "like: 有货吗", "products": ["A-1"]}
VALUES: dict[str, Any] = {
    **ITEM, "at_most": Money(19800, "CNY"), "is_range": True, "still": False, "total": Money(17800, "CNY"), "wanted": 2, "sent": "voice", "whole": False, "is_named": False, "there": [ITEM], "gone": [ITEM],
    "offers": [ITEM, ITEM], "many": True, "reason": "none", "sisters": [ITEM], "each": [ITEM, ITEM], "policy": Wordings("七天", "Seven days"),
    "item": ITEM, "quoted": [{"key": "尺寸", "value": "30cm", "of": ""}], "text": Wordings("七天", "Seven days"), "key": "return",
    "choices": [ITEM, ITEM], "hours": Hours(((Span(time(9), time(12)),),) * 7), "count": 3, "attributes": (("尺寸", "30cm"),),
    "promotions": (Wordings("满减", "An offer"),), "day": date(2026, 11, 23), "cutoff": time(16, 40), "today": False, "missed": True, "asked_day": date(2026, 11, 22), "works": False,
    "carrier": Carrier("zto", "中通快递", "ZTO Express"), "others": (Carrier("sf", "顺丰速运", "SF Express", surcharge=Money(1500, "CNY")),),
    "place": find_place("杭州"), "from_days": 1, "to_days": 2, "from_day": date(2026, 11, 24), "to_day": date(2026, 11, 25),
    "fee": Money(800, "CNY"), "free_over": Money(9900, "CNY"), "remote_fee": Money(2000, "CNY"), "remote_regions": ("新疆",),
    "is_remote": False, "is_free": False, "has_number": True, "regions": ("中国大陆",), "not_regions": ("香港",), "reached": True, "note": "先打电话",
    "shop": "北窗布艺", "shop_en": "North Window", "aspect": "quality", "kind": "all", "again": False, "ordered": [{**ITEM, "many": 2}], "instead": [{**ITEM, "many": 2}], "named": "恐龙", "handed": False, "besides": True, "courtesy": False, "thanked": True, "asked": False, "elsewhere": True, "is_companion": True,
    "presence": Presence(Being.CLOSED, datetime(2026, 11, 20, 5, 30, tzinfo=UTC)), "number": 1, "ask": "stock", "language": "zh",
    "name": "小林", "on": True, "products": 3, "waiting": 2, "buyer": 7, "lines": [LINE], "reasons": ["person"], "said": "有货",
    "earlier": 2, "due": NOW, "id": 7, "role": "agent", "chats": 2, "reminders": 1, "giver": "小周", "taker": "小吴", "value": "8", "decision": "", "who": "小周", "about": "A-1", "goods": ["抱枕套 · 砖红", "帆布包"], "settled": "", "by": "", "taken_by": "", "alarm": False, "muted": False, "muted_until": None, "wrong": "少了数量。", "usage": "/stock SKU N",
    "example": "/stock A-1 3", "near": ["A-1"], "floor": None, "category": "包", "photos": 2, "items": [ITEM], "more": 1,
    "before": Money(9900, "CNY"), "after": Money(8900, "CNY"), "people": [PERSON], "until": NOW, "why": "blocked", "asks": [ASKED],
    "words": "有货吗", "told": ["stock_in:A-1", "greeting:"], "unclear": ["嗯"], "file": "catalogue.csv", "rows": 3, "added": 1, "changed": 1,
    "order_no": "2611200417", "is_order": True, "state": "paid", "amount": Money(17800, "CNY"), "ship_by": NOW, "address": "杭州", "seller_note": "老客", "link": "https://t.me/x",
    "is_late": True, "placed_at": NOW, "paid_at": NOW, "shipped_at": None, "wishes": ["改地址"], "payment": Wordings("转账", "By transfer"), "is_new": True, "has_left": False,
    "promises": [{"what": "ship", "due_at": NOW, "is_broken": False}], "left": [ITEM], "low": [{**ITEM, "count": 9}], "lacking": [{**ITEM, "quantity": 9}], "step": "paid", "short": [ITEM],
    "status": "transit", "is_alarm": True, "outcome": "", "is_followed": True, "at": NOW,
    "transit": Transit("default", 2, 4), "several": False, "mode": "all", "worry": "quiet", "draft": "不好意思", "numbers": ["SF1234567890123"],
    "is_paid": False, "needs_phone": True, "events": [{"at": NOW, "words": "到达", "place": "杭州"}], "next_at": NOW,
    "via": "17track", "digits": "1234", "how": "pause", "company": "zhongtong",
    "same": 1, "warnings": ["一列不认得"], "problems": ["第 2 行"], "limit": 5, "what": "/stock A-1 3",
    "answer": "可以代发",
}  # fmt: skip
PRICED: dict[str, Any] = {
    "steps": [{"words": "2=55", "holds": True, "is_shops": False}, {"words": "gift=杯刷", "holds": False, "is_shops": True}],
    "all_hold": False, "final": "就是这个价", "refuses": False, "scope": "A-1",
}  # fmt: skip
TALLY = {"ask": "运费", "lines": 3, "before": 3, "after": 2, "won": 0, "lost": 1, "example": "包邮吗", "worse": True}
TAUGHT = {"is_not": False, "nothing": False, "also": 2, "wants_answer": True, "answer": "可以代发", "table": [TALLY]}
ONE_PARCEL = {
    "carrier": "中通快递",
    "number": "SF1234567890123",
    "place": "杭州市",
    "state": "live",
    "words": "到达",
    "at": NOW,
}
PARCEL = {**ONE_PARCEL, "each": [ONE_PARCEL, {**ONE_PARCEL, "words": "", "place": ""}], "count": 2}
SPEED = Speed(3, timedelta(seconds=8), timedelta(hours=1, minutes=5), 40)
SEEN: dict[str, Any] = {
    "length": 7, "alone": 3, "passed_on": 1, "share": 75, "bot": SPEED, "people": SPEED, "is_partial": True, "new_buyers": 2,
    "waiting": 1, "missed": 2, "kept": 3, "late": 1, "wanted": [{**ITEM, "count": 2}], "asks": [("price", 3)], "due": 1,
    "unanswered": ["能刻字吗"], "bought": 3, "again": 1,
}  # fmt: skip
OWED = {
    "what": "ship",
    "due_at": NOW,
    "order_no": "1",
    "buyer": 7,
    "name": "小林",
    "is_late": True,
    "quoted": "明天寄面料卡",
}
HAGGLER: dict[str, Any] = {
    "name": "小林", "buyer": 7, "score": 80, "reasons": ["还价 4 次"], "lines": ["便宜点"], "marked_at": NOW, "verdict": "firm",
    "price_minutes": 180, "goods_minutes": 30,
}  # fmt: skip
DIFFERENT: dict[str, dict[str, Any]] = {
    "stats": SEEN, "digest": {**SEEN, "is_morning": True}, "chart_words": {"word": "alone"}, "exported": {"name": "orders.xlsx"},
    "stats_speed": {**SEEN, "bot": {"first": SPEED, "all": SPEED}, "hands": [{"name": "小林", "first": None, "all": SPEED}]},
    "stats_sources": {**SEEN, "sources": [{"name": "", "buyers": 3, "bought": 1}]},
    "stats_value": {**SEEN, "grades": [{"grade": "A", "buyers": 1, "orders": 2, "total": Money(900, "CNY"), "each": Money(450, "CNY")}]},
    "template_tone": {"faults": [{"kind": "guilt", "words": "错过就没了"}]}, "templates": {"replies": [{"name": "尺码", "languages": "zh"}], "ours": [{"name": "hours", "languages": "zh"}], "names": [{"name": "hours", "said": "营业时间"}]},
    "template_shown": {"texts": [{"language": "zh", "source": "您好", "own": True, "files": 1, "preview": "您好"}], "values": ["title"], "is_reply": True},
    "reply_ask": {"key": "尺码"}, "reply_preview": {"html": "您好", "files": 1, "fits": False, "language": "zh"}, "setup_ask": {"step": "hours", "number": 1, "total": 6}, "setup_done": {"inbox": "https://t.me/shop_bot?startgroup=inbox"},
    "help_command": {"name": "stock", "told": "改库存", "rows": [{"usage": "/stock SKU N", "example": "/stock A-1 3"}], "words": ["库存"]}, "help_none": {"wanted": "stok", "near": ["stock"]}, "unclear_command": {"wrote": "/stok", "near": "stock"}, "unclear_forward": {"wrote": "/stock"}, "help_role": {"commands": [{"name": "stock", "told": "改库存"}]},
    "diary": {"people": [{"name": "小周", "replies": 3, "buyers": 2, "lines": [{"at": NOW, "who": "小周", "role": "客服", "what": "改价", "about": "帆布包", "more": "1001", "before": None, "after": "¥9", "is_command": False}], "more": 1}]},
    "facts": {"facts": [{"key": "cutoff", "label": "截单时间", "value": "16:40"}], "missing": ["营业时间"]}, "fact": {"key": "hours", "label": "营业时间", "example": "09:00-22:00", "command": "hours"},
    "fact_name": {"key": "hours", "policy": "", "spoken": ""},
    "bundles": {"bundles": [{"key": "price", "ask": "价格", "with": ["库存"], "own": True}]}, "inbox": {"page": 1, "pages": 2}, "later_set": {"note": "问尺码"}, "later_done": {"note": "问尺码", "undone": True}, "later_again": {"note": "问尺码"},
    "reminder": {"note": "问尺码", "since": NOW}, "queue": {"reminders": [{"place": 1, "due": NOW, "note": "问尺码", "buyer": 7, "name": "小林", "is_due": True, "whose": "小周"}]},
    "found": {"buyers": [{"id": 7, "name": "小林", "grade": "A", "note": "老客"}], "goods": [ITEM], "messages": [{"at": NOW, "name": "小林", "buyer": 7, "who": "buyer", "pieces": (("在", True), ("吗", False)), "deleted": True, "edited": False}],
              "orders": [{"order_no": "1001", "state": "paid", "placed_at": NOW, "buyer": 7}]},
    "topic_line": {"who": "buyer", "text": "在吗", "first": "在吗", "edited": True, "deleted": False, "kinds": ["photo"]},
    "topic_card": {"username": "lin", "grade": "A", "note": "老客", "in_account": True, "state": "waiting", "since": NOW, "muted_until": NOW},
    "inbox_group": {"missing": ["topics", "can_manage_topics", "can_pin_messages"], "title": "收件箱", "again": False},
    "inbox_on": {"title": "收件箱"}, "inbox_lost": {"why": "kicked"},
    "reply_by_number": {"labels": ["看这款", "有货通知我"]}, "account_on": {"can_delete": False, "quiet": 10},
    "account_refused": {"user": 7}, "account_outside": {"text": "您好"}, "account_not_sent": {"text": "您好"},
    "price_offer": {"kind": "quantity", "count": 2, "each": Money(8000, "CNY"), "total": Money(16000, "CNY"), "gift": "", "other": None},
    "price_includes": {"guarantee": "开线免费缝。", "return_": Wordings("七天", "Seven days"), "authenticity": None},
    "price_set": {"resting": ["3=5%"], "lowest": Money(6000, "CNY")}, "price_pretended": {"step": "3=5%"},
    "price_stands": {"final": "", "offered": False}, "price_shown": PRICED, "ladder_shown": PRICED,
    "floor_set": {"was": "没设", "now_is": "49 CNY", "refuses": True},
    "template_refused": {"flaws": [{"line": n, "reason": one.value, "what": "range", "near": "money"} for n, one in enumerate(Reason, 1)]},
    "pattern_refused": {"pattern": "/(a)\\1/", "reason": "back_reference", "what": "\\1"},
    "roles": {"people": [{"id": 7, "name": "小周", "role": "agent", "fixed": False}]}, "role_set": {"before": "viewer"},
    "audit": {"lines": [{"at": NOW, "who": "小周", "role": "客服", "what": "改价", "about": "帆布包", "more": "1001", "before": None, "after": "¥9", "is_command": False}]}, "deed": {"what": "take"},
    "role_wrong": {"why": "act"}, "reassign_wrong": {"why": "ids"}, "change_made": {"before": None, "after": "8", "preview": "八", "understood": ""}, "closed_days": {"adds": True, "rows": [(date(2026, 12, 24), date(2026, 12, 26))]}, "review": {"before": "9", "after": None}, "review_outcome": {"before": "9", "after": "8", "decision": "accepted"},
    **{
        path.stem: PARCEL
        for whom in ("buyer", "seller")
        for path in (FOLDER / "zh" / whom).glob("*.j2")
        if path.stem.startswith(("parcel_", "ship_"))
    },
    "stats_wrong": {"why": "days", "most": 90}, "item_wrong": {"why": "empty"}, "stock_wrong": {"why": "none"},
    "import_remark": {"why": "not known", "row": 7, "missing": ("title", "price")},
    "merge_wrong": {"why": "moved", "said": 8}, "merge_done": {"orders": 2, "chats": 2, "gone": 8}, "merge_ask": {
        one: {"name": "小林", "buyer": id, "username": "lin", "grade": "A", "orders": 1, "chats": 1, "wrote_at": NOW} for one, id in (("kept", 7), ("gone", 8))
    },
    "unreadable": {"why": "may be two days", "one": date(2027, 2, 6), "other": date(2027, 6, 2)},
    "teach_wrong": {"why": "ask", "said": "代发"}, "tpl_wrong": {"why": "unknown", "said": "尺码"}, "here_wrong": {"why": "long", "hours": 16},
    "away_wrong": {"why": "long", "days": 60}, "floor_wrong": {"why": "zero", "more": "70"}, "price_wrong": {"more": "70"}, "fact_wrong": {"said": "时间"}, "holiday_wrong": {"past": date(2026, 11, 1)},
    "bundle_wrong": {"why": "unknown", "said": "价钱"}, "export_wrong": {"why": "table", "said": "表", "near": [], "usual": [("订单", "orders"), ("买家", "buyers")]},
    "reply_wrong": {"why": "which", "keys": ["尺码"]}, "buyer_wrong": {"more": "", "found": [{"name": "小林", "id": 7}]},
    "order_wrong": {"why": "step", "most": 9}, "mistake_wrong": {"why": "sku", "skus": ["A-1"]},
    "ship_wrong": {"why": "all", "carrier": "zto"}, "parcel_wrong": {"why": "status", "said": "飞了"},
    "parcel_worry": {**PARCEL, "name": ""}, "ship_done": {**PARCEL, "told": "kept"}, "buyer_hears": {"told": "yours"}, "ship_which": {**PARCEL, "choices": ["中通快递"]},
    "haggling_reason": {"name": "price_asks", "figure": 3},
    "change_asked": {"kind": "address"}, "calendar_unknown": {"year": 2027},
    **{name: {"what": "ship", "due_at": NOW, "order_no": "1", "is_told": True, "words": "明天下午", "quoted": "明天寄面料卡", "binds": True, "in_time": True, "each": [OWED], "days": 30, "share": 0.5, "kept": 1, "late": 1, "moved": 1}
       for name in ("promise_what", "promise_soon", "promise_draft", "promise_broken", "promise_heard", "promise_noted", "promise_done", "promises")},
    "parcels_of_order": {"each": [{**ONE_PARCEL, "status": "transit", "is_alarm": False, "state": "live", "outcome": ""}] * 2},
    "overdue": {"promises": [OWED], "orders": [{"order_no": "1", "state": "paid"}], "tasks": [{"kind": "short", "order_no": "1", "due_at": NOW, "buyer": 7}]},
    "mistake_told": {"kind": "late", "due_at": NOW, "told": True},
    "stats_mistakes": {"days": 90, "total": 2, "each": [{"kind": "late", "count": 2}], "usual": timedelta(minutes=622), "beforehand": 1, "untold": 1, "unsettled": 1, "kept": 1, "late": 1, "share": 0.5, "causes": [{"words": "漏装", "count": 1}]},
    "stock_review": {"restock": [{**ITEM, "asked": 2, "waiting": 1, "days_gone": 3}], "delist": [{**ITEM, "asked": 0, "waiting": 0, "days_gone": 40}], "days": 30, "gone_days": 30},
    **{name: {"what": "ship", "due_at": NOW, "was": NOW, "is_past": True} for name in ("sorry_late", "sorry_short", "sorry_other")},
    **{name: {"lines": [{**ITEM, "quantity": 2}], "told": "told", "delivered_at": NOW} for name in ("order", "order_placed", "order_paid", "order_cancelled", "order_status")},
    "evidence": {"made_at": NOW}, "evidence_sent": {"is_alarm": True}, "welcome": {"is_owner": True, "is_new": True}, "unblocked": {"was": True}, "blocked": {"was": False}, "photo_added": {"known": False},
    "presence_undone": {"here_until": NOW, "away_until": None}, "chat_stands": {"undone": True, "off": False, "muted_until": NOW},
    "stats_time": {"length": 7, "kinds": [{"kind": "bought", "buyers": 2, "goods": 30, "price": 5, "paid": [Money(8900, "CNY")]}], "share": 10, "marked_share": 30, "most": 20, "warns": True},
    "haggler": HAGGLER, "hagglers": {"people": [HAGGLER], "threshold": 60},
    **{f"haggler_{verdict}": {"threshold": 65} for verdict in ("firm", "declined", "cleared")},
    "change_accepted": {"lines": [{**ITEM, "quantity": 2}], "kind": "items"},
    "change_stands": {"lacking": [{**ITEM, "quantity": 9}]}, "change_taken_back": {"lines": [{**ITEM, "quantity": 2}], "kind": "items"}, "wish_undone": {"words": "换成白色", "told": True},
    "items_changed": {"low": [{**ITEM, "count": 9}], "before": {**ITEM, "quantity": 1}, "after": {**ITEM, "quantity": 2}, "difference": Money(8900, "CNY"), "dearer": True},
    "order_new": {"lines": [{**ITEM, "quantity": 2}], "hours": 24, "haggles": True, "told": "kept"},
    "orders": {"orders": [{**ITEM, "lines": [{**ITEM, "quantity": 2}], "order_no": "1", "state": "paid", "is_late": True, "ship_by": NOW}]},
    "stock_set": {"before": 3, "after": 5}, "card": {"lines": ["在吗"]}, "notify_class": {"name": "restock"}, "since": {},
    "gap": {"since": NOW}, "howto": {"text": "先过水"}, "note": {"text": "缩过水"}, "no_colour": {"colour": "紫", "only": ("本白", "米")}, "made_of": {"asked": "亚麻", "made_of": "水洗棉麻", "is_of_it": False}, "none_of_material": {"asked": "真丝", "alike": [{**ITEM, "made_of": "亚麻"}, {**ITEM, "made_of": ""}]}, "not_for": {"text": "不适合微波炉"}, "guarantee": {"text": "保一年"},
    "paused": {"total": 2, "lines": [{"buyer": 7, "at": NOW, "text": "您好"}], "unanswered": 1, "aside": 1},
    "unsure": {"total": 2, "lines": [{"buyer": 7, "at": NOW, "text": "您好"}]},
    "price_of_family": {"each": [{"price": Money(8900, "CNY"), "variants": ["黑色", "白色"]}]},
    "missed_group": {"lines": ["能代发吗"], "last": NOW, "more": 2, "answered": "可以", "total": 4}, "taught": {"lines": ["能代发吗"] * 6, **TAUGHT},
    "teach_warning": {"lines": ["能代发吗"], **TAUGHT}, "taught_lines": {"lines": [{"text": "能代发吗", "ask": "代发", "is_not": False, "at": NOW}]},
    "relearnt": {"table": [TALLY], "warned": True}, "answer_kept": {"missing": ["en"]}, "untaught": {"line": "能代发吗"}, "button_unteach": {"line": "能代发吗"},
    "unknown_send": {"text": "您好"}, "doubt_settled": {}, "set_aside": {"restored": False, "lines": [{"at": NOW, "what": "edited", "name": "小林", "id": 7, "words": "在吗"}, {"at": NOW, "what": "odd", "name": "", "id": 0, "words": ""}]}, "set_aside_settled": {"how": "again"}, "set_aside_again": {"left": 2}, "set_aside_let_be": {"left": 2, "undone": False}, "price_under_floor": {"floor": Money(9000, "CNY")}, "import_preview": {"kind": "catalogue", "news": [{"key": "A-2", "name": "帆布包"}], "differs": [{"key": "A-1", "name": "帆布包", "changes": (("price", Money(900, "CNY"), Money(800, "CNY")), ("stock", None, 3), ("floor", None, Money(700, "CNY")), ("state", "placed", "paid"), ("title", "包", "袋"), ("fact", "16:40", None))}], "more": 2},
    "item_off": {"name": "帆布包", "is_off": True, "changed": True}, "import_used": {"since": ["A-1", "A-2"]}, "import_photos": {"photos": ["a.jpg"]}, "import_done": {"kind": "catalogue"},
}  # fmt: skip


def voice(language: str, script: str, tone: Tone = Tone.WARM) -> Voice:
    return Voice(language, script, NOW, SHANGHAI, tone)


def every(whom: str) -> list[str]:
    return sorted(path.stem for path in (FOLDER / "zh" / whom).glob("*.j2"))


@pytest.mark.parametrize("whom", ["buyer", "seller"])
def test_both_languages_say_the_same_things(whom: str) -> None:
    """The set of templates is the same in Chinese and English."""
    assert SPEECH.names(whom, "zh") == SPEECH.names(whom, "en")


@pytest.mark.parametrize("tone", Tone)
@pytest.mark.parametrize(("language", "script"), [("zh", "hans"), ("zh", "hant"), ("en", "")])
def test_every_template_renders(language: str, script: str, tone: Tone) -> None:
    """Each template speaks in every language, script and tone, with nothing left over of the template language."""
    for whom in ("buyer", "seller"):
        for name in every(whom):
            say = SPEECH.buyer if whom == "buyer" else SPEECH.seller
            text = say(name, voice(language, script, tone), **{**VALUES, **DIFFERENT.get(name, {})})
            assert text.strip(), name
            assert not re.search(r"\{\{|\{%|None|Undefined|Wordings|datetime", text), (name, text)


def whys(language: str, name: str) -> list[str]:
    """Why arguments are wrong, by a template that tells them apart."""
    return re.findall(r'why == "([^"]+)"', (FOLDER / language / "seller" / f"{name}.j2").read_text(encoding="utf-8"))


@pytest.mark.parametrize("name", [name for name in every("seller") if name.endswith("_wrong")])
def test_what_is_wrong_with_arguments_is_told_apart(name: str) -> None:
    """Each reason is a sentence of its own in both languages, and each is one that the code gives."""
    code = "\n".join(path.read_text(encoding="utf-8") for path in (FOLDER.parent / "handlers").rglob("*.py"))
    given = re.findall(rf'"{name}"[^)]*?\bwhy="([^"]+)"', code)
    assert whys("zh", name) == whys("en", name)
    assert f'"{name}"' in code
    assert set(given) == set(whys("zh", name))
    for language in ("zh", "en"):
        told = [
            SPEECH.seller(name, voice(language, ""), **{**VALUES, **DIFFERENT.get(name, {}), "why": why})
            for why in whys(language, name)
        ]
        assert all(one.strip() for one in told)
        assert len(set(told)) == len(told)


def test_what_is_said_of_a_file_is_told_apart() -> None:
    """Each remark of the code is a sentence of its own in both languages, and no sentence stands there for nothing."""
    code = "\n".join(path.read_text(encoding="utf-8") for path in (FOLDER.parent / "handlers/importing").glob("*.py"))
    given = set(re.findall(r'\bremark\("([^"]+)"', code))
    assert whys("zh", "import_remark") == whys("en", "import_remark")
    assert given == set(whys("zh", "import_remark"))


def test_what_cannot_be_read_is_told_apart() -> None:
    """Each reason of the core is a sentence of its own in both languages, and none stands there for nothing."""
    code = "\n".join(path.read_text(encoding="utf-8") for path in (FOLDER.parent / "core").glob("*.py"))
    given = set(re.findall(r'\bUnreadable\("([^"]+)"', code))
    assert len(given) > 30
    assert whys("zh", "unreadable") == whys("en", "unreadable")
    assert given == set(whys("zh", "unreadable"))


@pytest.mark.parametrize(("language", "script"), [("zh", "hans"), ("zh", "hant"), ("en", "")])
def test_no_template_presses_or_belittles(language: str, script: str) -> None:
    """No text to a buyer smothers, makes guilty, talks the shop down or buys a review."""
    for name in every("buyer"):
        text = SPEECH.buyer(name, voice(language, script), **{**VALUES, **DIFFERENT.get(name, {})})
        assert lint(text) == (), name


def test_a_missing_value_is_an_error_and_never_a_blank() -> None:
    """StrictUndefined: what is not given is not said."""
    with pytest.raises(UndefinedError):
        SPEECH.buyer("stock_in", voice("zh", "hans"), title="帆布包")


def test_what_buyers_are_told_can_be_compiled_before_it_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    """Compiling takes longer than all else that a line needs, so that no line waits for it."""
    made = Compiled(FOLDER)
    assert len(list(made.each("buyer"))) == len(list(FOLDER.glob("*/buyer/*.j2")))
    monkeypatch.setattr(made.environment, "get_template", pytest.fail)
    for path in FOLDER.glob("*/buyer/*.j2"):
        assert made.get(path.relative_to(FOLDER).as_posix()) is not None


def test_a_template_that_is_not_there_is_an_error() -> None:
    """Nothing is said in the place of what nobody wrote."""
    with pytest.raises(TemplateNotFound, match="zh/buyer/never_written"):
        SPEECH.buyer("never_written", voice("zh", "hans"))


def test_a_buyers_words_cannot_become_markup() -> None:
    """Whatever a buyer or a file says is escaped."""
    said = SPEECH.buyer("noted", voice("zh", "hans"), asked=False, note="<b>{{ 7*7 }}</b> <a href='x'>")
    assert "<b>" not in said
    assert "&lt;b&gt;{{ 7*7 }}" in said


def test_traditional_is_spoken_from_simplified() -> None:
    """A Traditional reader is answered in Traditional characters, from the same template."""
    assert "記下了" in SPEECH.buyer("noted", voice("zh", "hant"), asked=False, note="先打電話")


def test_every_template_named_in_the_code_exists() -> None:
    """A fact that answering can decide has a template to say it."""
    root = FOLDER.parent
    named = {
        match
        for path in [
            *(root / "core/answering").glob("*.py"),
            *(root / "handlers").rglob("*.py"),
            *(root / "jobs").glob("*.py"),
        ]
        for match in re.findall(r"\bFact\(\s*\"(\w+)\"", path.read_text(encoding="utf-8"))
    }
    assert named
    assert named <= set(every("buyer")) | {"ask_nothing"}


def test_amounts_and_days_are_spoken_as_people_do() -> None:
    """No decimals of nought, today and tomorrow by name, the weekday with every other date."""
    env = SimpleNamespace(zh=voice("zh", "hans"), en=voice("en", ""))
    values = {**VALUES, "today": False, "missed": True, "day": date(2026, 11, 21)}
    assert "明天（11月21日 周六）" in SPEECH.buyer("departure", env.zh, **values)
    assert "tomorrow (Sat 21 Nov)" in SPEECH.buyer("departure", env.en, **values)
    assert "¥89" in SPEECH.buyer("price", env.zh, **{**VALUES, "wanted": 1})
    assert "¥89.50" in SPEECH.buyer("price", env.zh, **{**VALUES, "price": Money(8950, "CNY"), "wanted": 1})


@pytest.mark.parametrize(("language", "script"), [("zh", "hans"), ("zh", "hant"), ("en", "")])
def test_every_turn_of_a_parcel_has_its_words(language: str, script: str) -> None:
    """Each status and each worry is said, none of them by the last resort, none pressing or belittling."""
    said = set()
    bare = {**ONE_PARCEL, "words": "", "place": "", "at": None}
    for status in Status:
        for alarm, count in ((False, 1), (True, 1), (False, 2), (True, 2)):
            values = {
                **VALUES,
                **bare,
                "each": [bare] * count,
                "count": count,
                "status": status.value,
                "is_alarm": alarm,
            }
            for name in ("parcel_news", "parcel_stands", "parcel_still"):
                text = SPEECH.buyer(name, voice(language, script), **values)
                assert lint(text) == ()
                said.add((name, text))
            assert SPEECH.seller("parcel_shown", voice(language, script), **values)
    assert len({text for name, text in said if name == "parcel_stands"}) == len(Status) + 1
    assert len({text for name, text in said if name == "parcel_news"}) >= 2 * (len(IMPORTANT | MOVING) + 1)
    for worry in Worry:
        values = {**VALUES, **PARCEL, "worry": worry.value}
        assert lint(SPEECH.buyer("parcel_sorry", voice(language, script), **values)) == ()
        assert SPEECH.seller("parcel_worry", voice(language, script), **values)
    for wrong in Wrong:
        assert SPEECH.seller("carrier_trouble", voice(language, script), **{**VALUES, "wrong": wrong.value})


def reasons() -> set[str]:
    """Every reason that the understanding gives for an ask, as it stands in the code."""
    root = FOLDER.parent
    places = [*(root / "core").rglob("*.py"), *(root / "handlers" / "buyer").rglob("*.py")]
    code = "\n".join(path.read_text(encoding="utf-8") for path in places)
    named = re.findall(r'\bRule\("\w+", "([^"]+)"', code) + re.findall(r'\bwhy="([^"]+)"', code)
    named += re.findall(r'\bVerdict\([^()]*"(?:rule|context|model)", "([^"]+)"\)', code)
    named += re.findall(r'\(context\.\w+\(words, before[^"]*\), "([^"]+)"\)', code)
    named += [
        one.replace("{again}", "stock").replace("{said}", "price") for one in re.findall(r'f"(asks [^"]+)"', code)
    ]
    return {*named, "its own words"} - {"like: "} | {"like: 有货吗 / 还有吗", "taught: 代发"}


def told() -> set[str]:
    """Every fact that answering can decide to say, buttons apart."""
    code = "\n".join(path.read_text(encoding="utf-8") for path in (FOLDER.parent / "core" / "answering").glob("*.py"))
    named = set(re.findall(r"\bFact\(\s*\"(\w+)\"", code)) | {
        "stock_short",
        "stock_in",
        "howto",
        "not_for",
        "guarantee",
    }
    return {name for name in named if not name.startswith("button_")}


@pytest.mark.parametrize("why", sorted(reasons()))
def test_every_reason_is_said_in_the_sellers_language(why: str) -> None:
    """/why names rules and reasons in Chinese to who reads Chinese, and in plain English to who reads that."""
    zh = SPEECH.seller("why_reason", voice("zh", "hans"), why=why)
    assert not re.search(r"[A-Za-z]{2}", zh.replace("/human", "")), zh
    assert SPEECH.seller("why_reason", voice("en", ""), why=why).strip()


@pytest.mark.parametrize("name", sorted({path.stem for path in (FOLDER / "zh" / "buyer").glob("*.j2")} & told()))
def test_every_fact_is_called_in_the_sellers_language(name: str) -> None:
    """/why names what was said in words, not by the names of templates; a policy and one's own answer by what they are about."""
    for about in ("", "A-1"):
        zh = SPEECH.seller("fact_said", voice("zh", "hans"), name=name, about=about)
        assert not re.search(r"[a-z]{2}", zh), zh
        assert "_" not in SPEECH.seller("fact_said", voice("en", ""), name=name, about=about)
    assert "退换" in SPEECH.seller("fact_said", voice("zh", "hans"), name="policy", about="return")
    assert "代发" in SPEECH.seller("fact_said", voice("zh", "hans"), name="kept_answer", about="own:代发:A-1")
    assert "付款" in SPEECH.seller("fact_said", voice("zh", "hans"), name="kept_answer", about="payment:A-1")


@pytest.mark.parametrize(("ends", "said"), [(NOW, "until 10:00"), (NOW + timedelta(days=1), "until tomorrow")])
def test_a_time_after_until_needs_no_at(ends: datetime, said: str) -> None:
    """ "until 10:00", not "until at 10:00"; another day keeps its name."""
    voice = Voice("en", "simplified", NOW, SHANGHAI, Tone.WARM)
    text = SPEECH.seller("muted_for", voice, name="Emma", until=ends)
    assert said in text
    assert "until at" not in text
