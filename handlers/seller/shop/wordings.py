"""What the shop says, in the seller's own words: /tpl. A wording is laid over the built-in one and survives every upgrade."""

from __future__ import annotations

import re
from difflib import get_close_matches
from html import unescape
from typing import Any

from telegram import Update

from core.tone import lint
from handlers.composing import LANGUAGES
from handlers.desk import Context, Desk
from handlers.seller.asking import Asked, asked
from handlers.seller.shop.facts import rest_of
from handlers.seller.shop.sampling import samples
from handlers.seller.staff.approvals import change, with_files
from store.wordings import REPLY
from templates import Voice
from templates.checking import Flaw, Reason
from templates.own import OwnText, read

USAGE = ("/tpl [NAME [zh|en|zh_hant [TEXT|reset]]]", "/tpl 尺码 zh {{ name }}您好，平时穿多大？")
KEY = re.compile(r"[\w\u4e00-\u9fff-]{1,32}")
USUAL = (
    "greeting", "goodbye", "handover", "stock_in", "sold_out", "price", "departure", "eta", "postage", "hours", "order_placed",
    "order_paid", "parcel_shipped",
)  # fmt: skip
"""Wordings that sellers like to have their own way."""
RESET = ("reset", "恢复", "删除")
MOST_FLAWS = 5


async def on_tpl(update: Update, context: Context) -> None:
    """/tpl lists, /tpl NAME shows, /tpl NAME zh TEXT sets (with a picture: picture and text), /tpl NAME zh reset takes back."""
    command = asked(update, context)
    desk = command.desk
    await desk.shelf.fresh()
    if not command.words or [word.lower() for word in command.words] in (["all"], ["全部"]):
        return await _list(command, everything=bool(command.words))
    name = command.words[0]
    if len(command.words) == 1:
        return await _show(command, name)
    language = command.words[1].lower()
    if not KEY.fullmatch(name):
        return await command.misused("tpl_wrong", *USAGE, why="name")
    if language not in LANGUAGES:
        return await command.misused("tpl_wrong", *USAGE, why="language")
    text = rest_of(command.message.text or command.message.caption or "", 3)
    if text.lower() in RESET:
        return await change(command, "tpl", f"{name} {language}", None)
    if not text:
        return await _show(command, name)
    return await _set(command, name, language, text)


async def _set(command: Asked, name: str, language: str, text: str) -> None:
    desk = command.desk
    is_ours = bool(desk.speech.source(name, "zh"))
    found = read(text, desk.speech.values_of(name) if is_ours else None)
    if not isinstance(found, OwnText):
        return await command.say(
            "template_refused", flaws=list(found[:MOST_FLAWS]), more=max(0, len(found) - MOST_FLAWS)
        )
    said = preview(desk, name, found.source, language, command.owner)
    if (
        isinstance(said, Flaw) and said.reason is Reason.WRONG
    ):  # an amount is asked for where there is a text, or the like
        return await command.say("template_refused", flaws=[said], more=0)
    if faults := lint(text):
        return await command.say("template_tone", faults=[{"kind": one.kind, "words": one.words} for one in faults])
    message = command.message
    media = [{"kind": "photo", "file_id": message.photo[-1].file_id}] if message.photo else []
    if message.video:
        media = [{"kind": "video", "file_id": message.video.file_id}]
    shown = said if isinstance(said, str) else ""
    await change(command, "tpl", f"{name} {language}", with_files(found.source, media), preview=shown)
    return None


async def _list(command: Asked, *, everything: bool) -> None:
    """Replies of one's own and what was reworded; of what comes with the program the usual ones, or all of it."""
    desk, voice = command.desk, command.desk.voice(command.owner)
    whole = sorted(name for name in desk.speech.names("buyer", "zh") if not name.startswith("button_"))
    shown = whole if everything else USUAL
    said = [(name, unescape(desk.speech.seller("fact_said", voice, name=name, about=""))) for name in shown]
    wordings = command.desk.shelf.now.wordings
    replies: dict[str, list[str]] = {}
    ours: dict[str, list[str]] = {}
    for name, language in sorted(wordings):
        kept = replies if name.startswith(REPLY) else ours
        kept.setdefault(name.removeprefix(REPLY), []).append(language)
    await command.say(
        "templates",
        replies=[{"name": name, "languages": " ".join(each)} for name, each in replies.items()],
        ours=[{"name": name, "languages": " ".join(each)} for name, each in ours.items()],
        names=[{"name": name, "said": "" if words == name else words} for name, words in said],
        more=len(whole) - len(shown),
    )


async def _show(command: Asked, name: str) -> None:
    """Each language as it is said, with the names that may be used."""
    desk = command.desk
    is_ours = bool(desk.speech.source(name, "zh"))
    stored = name if is_ours else REPLY + name
    own = {language: one for (kept, language), one in desk.shelf.now.wordings.items() if kept == stored}
    if not is_ours and not own:
        known = [*desk.speech.names("buyer", "zh"), *(kept.removeprefix(REPLY) for kept, _ in desk.shelf.now.wordings)]
        near = get_close_matches(name, known, 3, 0.5)
        return await command.misused("tpl_wrong", *USAGE, why="unknown", said=name[:40], near=near)
    texts = [
        {
            "language": language,
            "source": own[language].source if language in own else desk.speech.source(name, language),
            "own": language in own,
            "files": len(own[language].media or ()) if language in own else 0,
            "preview": _said(desk, name, own[language].source, language, command.owner) if language in own else "",
        }
        for language in ("zh", "en", "zh_hant")
        if language in own or (is_ours and language != "zh_hant")
    ]
    values = sorted(desk.speech.values_of(name)) if is_ours else []
    return await command.say("template_shown", name=name, texts=texts, values=values, is_reply=not is_ours)


def _said(desk: Desk, name: str, source: str, language: str, who: int) -> str:
    said = preview(desk, name, source, language, who)
    return said if isinstance(said, str) else ""


def preview(desk: Desk, name: str, source: str, language: str, who: int) -> str | Flaw:
    """How it would read: one of ours with values of the shop's own shelf, a saved reply with what is asked for as 〔name〕."""
    found = read(source)
    if not isinstance(found, OwnText):
        return found[0]
    spoken, script = LANGUAGES[language]
    voice: Voice = desk.voice(who)
    voice = Voice(spoken, script, voice.now, voice.zone, voice.tone)
    values: dict[str, Any] = {each: f"〔{each}〕" for each in found.needs}
    if desk.speech.source(name, "zh"):
        values |= samples(desk, name, spoken)
    return found.say(voice, values)
