"""What every seller command needs: who asked, what the arguments say, and one clear sentence when they are wrong."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from html import unescape
from typing import Any

from telegram import Message, Update

from core.catalogue import Catalogue, Variant
from core.html import CAPTION_LIMIT, plain_text, utf16_length
from core.tokens import tokens
from core.unreadable import Unreadable
from handlers.chats import Chat
from handlers.desk import Context, Desk
from handlers.seller.manual import example_in_chinese, in_chinese, in_english
from handlers.speaking import Labelled
from handlers.tapping import undo_button
from store.outbox import made
from store.writing import Write


@dataclass(frozen=True, slots=True)
class Asked:
    """A command one of the shop's people gave: the desk, who (`owner`), the time, the message, the words after the command,
    and the command's name, empty for what is none."""

    desk: Desk
    owner: int
    now: datetime
    message: Message
    words: tuple[str, ...]
    name: str = ""

    @property
    def by(self) -> str:
        """Who it is, for the records."""
        return self.desk.who(self.owner)

    def text(self, zh: str, en: str) -> str:
        """A sentence in this person's language."""
        return en if self.desk.voice(self.owner).language == "en" else zh

    async def say(
        self,
        template: str,
        unit: Sequence[Write] = (),
        /,
        *,
        buttons: Sequence[Sequence[Labelled]] = (),
        conversation_id: int | None = None,
        **values: Any,
    ) -> None:
        """Answer the seller, in the same transaction as what the command did."""
        html = self.desk.speech.seller(template, self.desk.voice(self.owner), **values)
        said = self.desk.speaking.tell_seller(
            self.owner, html, self.key, self.now, buttons=buttons, conversation_id=conversation_id
        )
        await self.desk.write([*unit, *said])
        self.desk.shelf.look_again()

    def undo(self, action: str, data: Mapping[str, Any]) -> Labelled:
        """[撤销] under what the command did."""
        return undo_button(self.desk, self.owner, action, data)

    async def show(self, name: str, content: bytes, html: str, what: str = "photo") -> None:
        """Answer the seller with a photo or document made just now; text too long for a caption comes before it."""
        photo = {what: made(name, content)}
        fits = utf16_length(plain_text(html)) <= CAPTION_LIMIT
        caption = {"caption": html, "parse_mode": "HTML"} if fits else {}
        desk = self.desk
        before = [] if fits else desk.speaking.tell_seller(self.owner, html, f"{self.key}:text", self.now)
        row = desk.speaking.to_seller(self.owner, f"send{what.capitalize()}", {**photo, **caption}, self.key, self.now)
        await desk.write([*before, row])

    async def misused(self, template: str, usage: str, example: str, /, **values: Any) -> None:
        """The arguments are not right, and a template tells what is wrong with them; how it goes, an example. Nothing is changed."""
        wrong = unescape(self.desk.speech.seller(template, self.desk.voice(self.owner), **values))
        usage, example = (
            self.text(in_chinese(usage), usage),
            self.text(example_in_chinese(example), in_english(example)),
        )
        await self.say("usage", wrong=wrong, usage=usage, example=example)

    async def unreadable(self, why: Unreadable, usage: str, example: str) -> None:
        """The same, where what was written cannot be read."""
        await self.misused("unreadable", usage, example, why=why.why, **why.values)

    async def no_such_sku(self, sku: str, catalogue: Catalogue) -> None:
        await self.say("no_such_sku", sku=sku, near=near(sku, catalogue))

    @property
    def key(self) -> str:
        """One answer for one command, however often its update comes."""
        job = self.desk.job()
        return f"seller:{self.owner}:{job.seq if job else self.now.timestamp()}"

    def of(self, one: Variant) -> dict[str, Any]:
        """What seller templates say of a variant."""
        words = one.words(self.desk.voice(self.owner).language)
        return {
            "sku": one.sku, "title": words.title, "variant": words.variant, "price": one.price, "stock": one.stock,
            "floor": one.floor_price, "category": one.category, "attributes": words.attributes, "photos": len(one.photos),
        }  # fmt: skip


def asked(update: Update, context: Context) -> Asked:
    """The command in this update. Routing has made sure that this person may give it."""
    message = update.effective_message
    assert message is not None
    assert message.from_user is not None
    text = message.text or message.caption or context.said
    desk = context.desk
    words = tuple(map(_number, text.split()[1:]))
    return Asked(desk, message.from_user.id, desk.clock.now(), message, words, context.given)


MARKS = "\"'`*“”‘’「」『』"
"""What a word may stand between where it is pasted."""


def _number(word: str) -> str:
    """A number in the digits of another script, or pasted between marks, is that number; any other word stays as it is."""
    inner = word.strip(MARKS)
    return "".join(str(unicodedata.decimal(one)) for one in inner) if inner.isdecimal() else word


MOST_CALLED = 4
"""So many buyers of one name are told."""


async def buyer_of(command: Asked, usage: str, example: str) -> Chat | None:
    """The chat of the buyer a command names by numeric id, or whose card it replies to; the seller is told when there is
    none."""
    written = command.words[0] if len(command.words) == 1 else ""
    if not command.words and (replied := await replied_to(command)) is not None:
        return replied
    if not is_buyer(written):
        await no_buyer(command, command.words, usage, example)
        return None
    chat = await command.desk.chats.of_buyer(int(written))
    if chat is None:
        await command.say("no_such_buyer", buyer=written)
    return chat


async def no_buyer(command: Asked, written: Sequence[str], usage: str, example: str) -> None:
    """These words are no buyer's number: what is too many behind one, or whom they name, is told."""
    if len(written) > 1 and is_buyer(written[0]):
        return await command.misused("buyer_wrong", usage, example, more=" ".join(written[1:]), found=[])
    name = " ".join(written).removeprefix("@")
    called = await command.desk.store.buyers.find(name, MOST_CALLED) if name else []
    found = [{"name": one.shown, "id": one.id} for one in called]
    return await command.misused("buyer_wrong", usage, example, said=name, more="", found=found)


def is_buyer(written: str) -> bool:
    """Whether this may be a buyer's number."""
    return written.isascii() and written.isdecimal() and len(written) < 19


async def replied_to(command: Asked) -> Chat | None:
    """The buyer whose card, or whatever else was said of them here, the command replies to."""
    answered = command.message.reply_to_message
    if answered is None:
        return None
    about = await command.desk.store.sent.about(command.message.chat.id, answered.message_id)
    return None if about is None else await command.desk.chats.of_conversation(about)


def named(desk: Desk, who: int, one: Variant) -> str:
    """A variant as this person calls it: 帆布包 · 黑色."""
    words = one.words(desk.voice(who).language)
    return f"{words.title} · {words.variant}" if words.variant else words.title


def near(sku: str, catalogue: Catalogue, most: int = 3) -> list[str]:
    """Skus of what goes by this name, and those that look like it."""
    from difflib import get_close_matches

    folded = {one.sku.casefold(): one.sku for one in catalogue}
    alike = [folded[match] for match in get_close_matches(sku.casefold(), folded, most, 0.5)]
    called = [one.sku for one in catalogue if any(sku.casefold() == name.casefold() for name in names_of(one))]
    told = [] if called or alike else _spoken_of(sku, catalogue, most)
    return list(dict.fromkeys((*called, *alike, *told)))[:most]


def _spoken_of(words: str, catalogue: Catalogue, most: int) -> list[str]:
    """Skus of the goods whose names hold most of these words, 藏青帆布包 or navy tote: those alone that hold as many as any."""
    sought = set(tokens(words))
    shared = {one.sku: len(sought & set(tokens(f"{' '.join(names_of(one))} {one.category}"))) for one in catalogue}
    best = max(shared.values(), default=0)
    found = [sku for sku, count in shared.items() if count == best]
    return found if best * 3 >= len(sought) * 2 and len(found) <= most else []


def names_of(one: Variant) -> tuple[str, ...]:
    """What goods are called: title and variant, in their own words and in English, and their aliases."""
    said = [one.wording] if one.english is None else [one.wording, one.english]
    return tuple(filter(None, (*(name for words in said for name in (words.title, words.variant)), *one.aliases)))


def find(sku: str, catalogue: Catalogue) -> Variant | None:
    """The variant of this sku, capitals or not, in letters of full width or pasted between marks."""
    if (one := catalogue.get(sku)) is not None:
        return one
    written = unicodedata.normalize("NFKC", sku).strip(MARKS).casefold()
    return next((one for one in catalogue if one.sku.casefold() in (sku.casefold(), written)), None)


def bare(order_no: str) -> str:
    """An order's number as it is copied out of a message: "#1001", "（1001）" and "订单1001" are 1001."""
    return order_no.removeprefix("订单").removeprefix("訂單").strip(f"#＃№:：()（）[]【】,，。{MARKS}") or order_no
