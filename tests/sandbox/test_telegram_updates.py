"""How updates are handed out: by poll with offsets, by webhook with a secret, and when things go wrong."""

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any

import aiohttp
import pytest
from aiohttp import web
from telegram import Bot
from telegram.error import BadRequest, ChatMigrated, Conflict, InvalidToken, NetworkError, RetryAfter, TimedOut

from sandbox import Fault, MovableClock, Sandbox


async def texts(bot: Bot, **asked: Any) -> list[str]:
    updates = await bot.get_updates(**asked)
    return [update.effective_message.text or "" for update in updates if update.effective_message]


# offsets


async def test_an_offset_confirms_what_is_below(bot: Bot, sandbox: Sandbox) -> None:
    """The same updates come again until a later offset confirms them."""
    buyer = sandbox.person("小林")
    for text in "abc":
        await buyer.says(text)
    first = await bot.get_updates()
    assert await texts(bot) == ["a", "b", "c"]
    assert await texts(bot, offset=first[0].update_id + 1, limit=1) == ["b"]
    assert await texts(bot, offset=first[2].update_id + 1) == []


async def test_a_negative_offset_keeps_the_last(bot: Bot, sandbox: Sandbox) -> None:
    """-1 forgets all but the newest."""
    buyer = sandbox.person("小林")
    for text in "abc":
        await buyer.says(text)
    assert await texts(bot, offset=-1) == ["c"]
    assert await texts(bot) == ["c"]


async def test_an_offset_from_another_life_starts_at_the_head(bot: Bot, sandbox: Sandbox) -> None:
    """After the ids restarted lower, a stored offset far above them confirms nothing."""
    sandbox.restart_update_ids(500)
    await sandbox.person("小林").says("a")
    assert await texts(bot, offset=100_000_000) == ["a"]


async def test_updates_are_forgotten_after_a_day(bot: Bot, sandbox: Sandbox, clock: MovableClock) -> None:
    """24 hours by the clock, not by the wall."""
    await sandbox.person("小林").says("a")
    clock.move(timedelta(hours=24))
    await sandbox.person("Tom").says("b")
    assert await texts(bot) == ["b"]


async def test_allowed_updates_filter_and_stay(bot: Bot, sandbox: Sandbox) -> None:
    """What was not asked for never arises; a list left out keeps the last one; an empty one is the default."""
    buyer = sandbox.person("小林")
    await bot.get_updates(allowed_updates=["edited_message"])
    number = await buyer.says("a")
    await buyer.edits(number, "b")
    assert await texts(bot) == ["b"]
    await bot.get_updates(allowed_updates=[])
    await buyer.says("c")
    assert await texts(bot) == ["b", "c"]


async def test_a_poll_waits_and_wakes(bot: Bot, sandbox: Sandbox) -> None:
    """A long poll returns as soon as there is something."""
    poll = asyncio.ensure_future(texts(bot, timeout=30))
    await sandbox.world.bell.until(lambda: sandbox.world.polling == 1, 5)
    await sandbox.person("小林").says("a")
    assert await poll == ["a"]


async def test_a_second_poll_ends_the_first(bot: Bot, bot_with: Any, sandbox: Sandbox) -> None:
    """The older one gets 409."""
    poll = asyncio.ensure_future(bot.get_updates(timeout=30))
    await sandbox.world.bell.until(lambda: sandbox.world.polling == 1, 5)
    async with bot_with() as other:
        assert await other.get_updates() == ()
    with pytest.raises(Conflict, match="terminated by other getUpdates request"):
        await poll


async def test_anything_can_be_injected_and_repeated(bot: Bot, sandbox: Sandbox) -> None:
    """Unknown kinds come as they are; confirmed updates come back with their old ids."""
    sandbox.inject({"hologram": {"from": {"id": 1}}})
    raw = await bot.do_api_request("getupdates")
    assert raw[0]["hologram"] == {"from": {"id": 1}}
    offset = raw[0]["update_id"] + 1
    assert await bot.do_api_request("getupdates", api_kwargs={"offset": offset}) == []
    sandbox.repeat_updates()
    assert await bot.do_api_request("getupdates", api_kwargs={"offset": offset}) == raw
    assert await bot.do_api_request("getupdates", api_kwargs={"offset": offset}) == []


# webhook


class Receiver:
    """A tiny webhook: it notes what it gets and answers what `answers` says, then 200."""

    def __init__(self) -> None:
        self.got: list[tuple[str | None, dict[str, Any]]] = []
        self.answers: list[int] = []
        self.url = ""
        self.changed = asyncio.Condition()

    async def take(self, request: web.Request) -> web.Response:
        async with self.changed:
            self.got.append((request.headers.get("X-Telegram-Bot-Api-Secret-Token"), await request.json()))
            self.changed.notify_all()
        return web.Response(status=self.answers.pop(0) if self.answers else 200)

    async def has(self, count: int) -> None:
        async with asyncio.timeout(5), self.changed:
            await self.changed.wait_for(lambda: len(self.got) >= count)


@pytest.fixture
async def receiver() -> AsyncIterator[Receiver]:
    """One that listens on loopback."""
    receiver = Receiver()
    app = web.Application()
    app.router.add_post("/hook", receiver.take)
    runner = web.AppRunner(app)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    receiver.url = f"http://127.0.0.1:{runner.addresses[0][1]}/hook"
    yield receiver
    await runner.cleanup()


async def test_a_webhook_gets_the_secret_and_what_waits(bot: Bot, sandbox: Sandbox, receiver: Receiver) -> None:
    """Updates are posted with the secret header, those that waited first, and polling is refused meanwhile."""
    buyer = sandbox.person("小林")
    await buyer.says("a")
    await bot.set_webhook(receiver.url, secret_token="s3cret")
    await buyer.says("b")
    await sandbox.settled()
    assert [(secret, update["message"]["text"]) for secret, update in receiver.got] == [
        ("s3cret", "a"),
        ("s3cret", "b"),
    ]
    with pytest.raises(Conflict, match="can't use getUpdates method while webhook is active"):
        await bot.get_updates()
    await bot.delete_webhook()
    assert await bot.get_updates() == ()


async def test_a_refused_update_comes_again(bot: Bot, sandbox: Sandbox, receiver: Receiver) -> None:
    """Until 2xx, in order within its chat, while other chats go on."""
    sandbox.world.webhook_pace = 0.02
    receiver.answers = [503, 500]
    await bot.set_webhook(receiver.url)
    buyer = sandbox.person("小林")
    await buyer.says("a")
    await buyer.says("b")
    await receiver.has(4)
    await sandbox.settled()
    assert [update["message"]["text"] for _, update in receiver.got] == ["a", "a", "a", "b"]
    info = await bot.get_webhook_info()
    assert (info.pending_update_count, info.last_error_message) == (
        0,
        "Wrong response from the webhook: 500 Internal Server Error",
    )


async def test_webhooks_are_for_https(bot: Bot) -> None:
    """Plain http is for loopback only; a secret has letters, digits, _ and -."""
    with pytest.raises(BadRequest, match="an https url must be provided for webhook"):
        await bot.set_webhook("http://example.com/")
    with pytest.raises(BadRequest, match="Secret token contains unallowed characters"):
        await bot.set_webhook("https://example.com/", secret_token="ä")


# faults and limits


@pytest.mark.parametrize(
    ("fault", "error", "arrives"),
    [
        (Fault.TOO_MANY, RetryAfter, False),
        (Fault.ERROR, NetworkError, False),
        (Fault.ERROR_AFTER, NetworkError, True),
        (Fault.BAD_GATEWAY, NetworkError, False),
        (Fault.UNAUTHORIZED, InvalidToken, False),
        (Fault.NOT_FOUND, InvalidToken, False),
        (Fault.CONFLICT, Conflict, False),
        (Fault.MIGRATED, ChatMigrated, False),
        (Fault.RESET_BEFORE, NetworkError, False),
        (Fault.RESET_AFTER, NetworkError, True),
        (Fault.JUNK_BEFORE, Exception, False),
        (Fault.JUNK, Exception, True),
        (Fault.HANG_BEFORE, TimedOut, False),
        (Fault.HANG_AFTER, TimedOut, True),
        (Fault.SLOW, TimedOut, True),
    ],
)
async def test_a_fault_strikes_once(
    bot: Bot, sandbox: Sandbox, fault: Fault, error: type[Exception], arrives: bool
) -> None:
    """Each kind shows itself as in real life, hits the chat it was meant for, and the next call goes through."""
    buyer, other = sandbox.person("小林"), sandbox.person("Tom")
    await buyer.says("hi")
    await other.says("hi")
    script = sandbox.breaks("sendMessage", fault, chat=buyer.id)
    await bot.send_message(other.id, "x")
    with pytest.raises(error):
        await bot.send_message(buyer.id, "one", read_timeout=0.3)
    assert (script.hits, buyer.unheard) == (1, int(arrives))
    await bot.send_message(buyer.id, "two")
    entry = sandbox.calls.of("sendMessage", buyer.id)[0]
    assert (entry.fault, entry.accepted, entry.ok) == (str(fault), arrives, False)


async def test_limits_are_kept_on_request(bot: Bot, sandbox: Sandbox) -> None:
    """One a second in a chat, 30 a second overall; then 429 with the seconds to wait."""
    people = [sandbox.person(str(number)) for number in range(32)]
    for person in people:
        await person.says("hi")
    sandbox.enforce_limits()
    await bot.send_message(people[0].id, "a")
    with pytest.raises(RetryAfter) as refused:
        await bot.send_message(people[0].id, "b")
    assert refused.value.retry_after == 1
    answers = await asyncio.gather(*(bot.send_message(one.id, "c") for one in people[1:]), return_exceptions=True)
    assert sum(isinstance(answer, RetryAfter) for answer in answers) >= 1
    sandbox.relax_limits()
    await bot.send_message(people[0].id, "d")


async def test_the_ledger_tells_what_was_asked(bot: Bot, sandbox: Sandbox) -> None:
    """Method, parameters decoded, outcome; refusals too."""
    buyer = sandbox.person("小林")
    await buyer.says("hi")
    await bot.send_message(buyer.id, "x", parse_mode="HTML")
    with pytest.raises(BadRequest):
        await bot.send_message(buyer.id, "")
    good, bad = sandbox.calls.of("sendmessage")
    assert (good.ok, good.params["text"], good.chat_id) == (True, "x", buyer.id)
    assert (bad.ok, bad.error_code, bad.description) == (False, 400, "Bad Request: message text is empty")
    assert len(sandbox.calls.sent(buyer.id)) == 1


async def test_parameters_come_in_any_form(sandbox: Sandbox) -> None:
    """Query, form, JSON and multipart are read alike."""
    buyer = sandbox.person("小林")
    await buyer.says("hi")
    url = f"{sandbox.base_url}/bot{sandbox.token}/SENDMESSAGE"
    asked = {"chat_id": str(buyer.id), "text": "x"}
    async with aiohttp.ClientSession() as session:
        form = aiohttp.FormData(asked, default_to_multipart=True)
        for given in ({"params": asked}, {"data": asked}, {"json": asked}, {"data": form}):
            async with session.post(url, **given) as answer:
                assert (await answer.json())["ok"]
    assert buyer.unheard == 4


async def test_the_page_is_for_loopback_only(sandbox: Sandbox) -> None:
    """Another site's name, or its page, cannot reach the controls."""
    async with aiohttp.ClientSession() as session:
        for headers in ({"Host": "evil.example"}, {"Origin": "http://evil.example"}):
            async with session.post(f"{sandbox.base_url}/_/clock", json={"seconds": 1}, headers=headers) as answer:
                assert answer.status == 403
