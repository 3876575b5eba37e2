"""A thousand hostile things: nothing crashes, no template leaks, and the shop still answers."""

import random
import re
from typing import Any

import aiohttp

from sandbox.people import Person
from tests.play import OpenShop, Play, numbers
from tests.ports import free_port

SEED = 20261120
PIECES = [
    "{{ 7919*7907 }}", "{% for x in ().__class__.__base__.__subclasses__() %}{{ x }}{% endfor %}", "${7919*7907}", "#{7919*7907}", "<%= 7919*7907 %>", "{{config}}",
    "<b", "</b>", "<a href='x'>", "&lt;", "&#0;", "&", "<script>alert(1)</script>", "*_`[]()~>#+-=|{}.!", "\x00", "\x07\x1b[31m", "\u202e\u202d\u2066", "\ufeff",
    "\u200b" * 20, "e\u0301" * 50, "😀" * 30, "👩‍👩‍👧‍👦", "\U0001f1e8\U0001f1f3", "\ud83d", "\udc00x", "'; DROP TABLE buyers; --", "1e999", "-0", "NaN",
    "9" * 400, "٣٤٥", "％ｄ", "%s%n%x", "../../etc/passwd", "http://", "\r\n\r\n", "\t", "什么时候发货", "多少钱", "stock?", "/", "/ ", "/start@", "//", "@zhanggui_bot", "null",
    "[看这款]", "(自动回复)", "¥" * 40, "😡", "", " ", "\u3000", "ᄀ" * 30, "ﷺ" * 20, "𝕬𝖇𝖈", "İ", "ß", "ﬃ", "\x7f", "\x85", "\u2028",
]  # fmt: skip
LEAKED = re.compile(r"\{\{|\}\}|\{%|%\}|62615533|Traceback|Undefined|jinja")
INBOX = 1000


def hostile_text(chance: random.Random) -> str:
    """A few pieces joined, now and then ten thousand characters of them."""
    text = "".join(chance.choice(PIECES) for _ in range(chance.randrange(1, 6)))
    return text * (10_000 // max(1, len(text)) + 1) if chance.random() < 0.02 else text


def message(chance: random.Random, chat: int, number: int, text: str) -> dict[str, Any]:
    """A message that no phone would send: raw, as an update carries it."""
    person = {"id": chat, "is_bot": False, "first_name": chance.choice(["小黑", "{{ 7919*7907 }}", "<b>", "\u202e"])}
    where = {"id": chat, "type": "private", "first_name": "x"}
    return {"message_id": 900_000 + number, "date": 1795140000 + number, "chat": where, "from": person, "text": text}


def hostile_update(chance: random.Random, chat: int, number: int) -> dict[str, Any]:
    """An update of a known or an unknown kind, whole or broken."""
    text = hostile_text(chance)
    body = message(chance, chat, number, text)
    kinds: list[dict[str, Any]] = [
        {"message": body},
        {"message": body},
        {"message": body},
        {"edited_message": {**body, "edit_date": body["date"] + 1}},
        {"message": {key: value for key, value in body.items() if key != "text"}},
        {"message": {**body, "caption": text, "photo": []}},
        {"message": {**body, "entities": [{"type": "bold", "offset": -5, "length": 10**6}, {"type": text[:20], "offset": 0, "length": 1}]}},
        {"message": {**body, "reply_to_message": {"message_id": 1, "date": 0, "chat": body["chat"]}}},
        {"message": {**body, "from": None}},
        {"message": {**body, "chat": {"id": -100, "type": "supergroup", "title": text[:50]}}},
        {"callback_query": {"id": str(number), "from": body["from"], "chat_instance": "1", "data": text[:64], "message": body}},
        {"callback_query": {"id": str(number), "from": body["from"], "chat_instance": "1"}},
        {"inline_query": {"id": str(number), "from": body["from"], "query": text, "offset": ""}},
        {"poll": {"id": "1"}},
        {"something_new": {"text": text}},
        {"message": text},
        {"message": None},
        {},
    ]  # fmt: skip
    return chance.choice(kinds)


async def everything_seen(people: list[Person]) -> list[str]:
    """All that the bot has put before anybody."""
    return [heard.text for person in people for heard in person.sees]


async def test_a_thousand_hostile_inputs_crash_nothing_and_leak_nothing(play: Play) -> None:
    """Templates, mark-up, control characters, half surrogates, unknown updates: no answer leaks, and the shop goes on."""
    chance = random.Random(SEED)
    strangers = [play.sandbox.person(f"客{n}", "zh-hans", id=30000 + n) for n in range(40)]
    for stranger in strangers:
        await stranger.start()
    await play.settled()
    for number in range(INBOX):
        play.sandbox.inject(hostile_update(chance, 30000 + chance.randrange(40), number))
    await play.settled()
    for number, stranger in enumerate(strangers):
        words = hostile_text(chance)
        await stranger.says(f"?{words[:4000]}".encode("utf-8", "ignore").decode())
        if number % 4 == 0:
            await play.owner.says(
                "/"
                + chance.choice(["stock", "price", "item", "history", "take", "why", "here"])
                + " "
                + "{{ 7919*7907 }} <b & \u202e"
            )
    await play.settled()
    for seen in await everything_seen(strangers):
        assert not LEAKED.search(seen), seen
    buyer = play.buyer()
    assert play.made.warranty_months in numbers((await play.ask(buyer, "怎么保修")).text)
    for stranger in strangers[:3]:
        await stranger.hears_all()
        assert play.made.return_days in numbers((await play.ask(stranger, "能退吗")).text)


async def test_a_line_of_nothing_but_template_is_quoted_back_as_it_is(play: Play) -> None:
    """A buyer's braces reach the seller's card as text, and are never run."""
    await play.cards()
    buyer = play.buyer(name="{{ 7919*7907 }}<b>")
    await play.ask(buyer, "/human {{ 7919*7907 }} <i>x")
    card = await play.card()
    assert "{{ 7919*7907 }} <i>x" in card.text
    assert "{{ 7919*7907 }}<b>" in card.text
    assert "62615533" not in card.text


async def test_row_22_a_webhook_without_a_secret_of_its_own_has_one(open_shop: OpenShop) -> None:
    """Who only knows the address gives no commands in the owner's name; Telegram, which was told the secret, is heard."""
    port = free_port()
    address = f"http://127.0.0.1:{port}/hook"
    play = await open_shop(webhook_url=address, webhook_listen=f"127.0.0.1:{port}", bot_api_url="http://127.0.0.1:9")
    buyer = play.buyer()
    assert (await play.ask(buyer, "在吗")).text
    item = play.made.plenty
    message = {
        "message_id": 9001, "date": int(play.clock.now().timestamp()), "text": f"/stock {item.sku} 0",
        "chat": {"id": play.owner.id, "type": "private"},
        "from": {"id": play.owner.id, "is_bot": False, "first_name": "x"},
        "entities": [{"type": "bot_command", "offset": 0, "length": 6}],
    }  # fmt: skip
    forged = {"update_id": 900_001, "message": message}
    async with aiohttp.ClientSession() as session, session.post(address, json=forged) as answer:
        assert answer.status == 401
    await play.settled()
    found = (await play.store.catalogue.load()).get(item.sku)
    assert found is not None
    assert str(found.stock) == item.stock
