"""The shop's facts, presence, phrases and marks, and the revision that tells of their changes."""

from dataclasses import replace
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from core.answers import KeptAnswer
from core.asks import Phrase
from core.money import Money
from core.shop import Carrier, Dispatch, Hours, Postage, Shop, Span, Tone, Transit, Wordings
from store import Store, open_store
from store.documents import from_document, to_document
from store.outbox import Kind, Outgoing
from store.prompts import Prompt
from store.shop import SaidPresence

SHOP = Shop(
    name="北窗布艺",
    timezone=ZoneInfo("Asia/Shanghai"),
    hours=Hours(((Span(time(9), time(12)), Span(time(13, 30), time(0))), *[()] * 6), frozenset({date(2027, 2, 6)})),
    dispatch=Dispatch(time(16, 40), frozenset({0, 1, 5}), frozenset({date(2027, 2, 7)}), "CN"),
    carriers=(Carrier("zto", "中通", "ZTO", True, Money(1500, "CNY"), (Transit("default", 2, 4),)),),
    postage=Postage(fee=Money(0, "CNY"), remote_regions=("新疆",)),
    regions=(("江浙沪", ("江苏", "浙江", "上海")),),
    policies=(("return", Wordings("七天", "Seven days")), ("own", Wordings("x"))),
    promotions=(Wordings("满 299 送帆布袋"),),
    bundles=(("ship_when", ("carrier", "ship_eta")),),
    tone=Tone.BRIEF,
)


async def test_facts_come_back_as_stated(store: Store, now: datetime) -> None:
    """Every field, free postage free and an absent fact absent."""
    assert await store.shop.load() is None
    await store.write(store.shop.save(SHOP, "owner:1", now))
    assert await store.shop.load() == SHOP


async def test_earlier_facts_are_kept(store: Store, now: datetime) -> None:
    """Each change is a row of history, the newest holds."""
    bare = Shop("北窗", ZoneInfo("UTC"))
    await store.write(store.shop.save(bare, "owner:1", now))
    await store.write(store.shop.save(SHOP, "import", now))
    assert [(one.by, one.shop) for one in await store.shop.versions()] == [("import", SHOP), ("owner:1", bare)]


def test_a_document_of_another_version_is_read() -> None:
    """What it lacks takes the default, what is unknown is passed over."""
    document = to_document(SHOP)
    del document["tone"]
    document["from_the_future"] = {"a": 1}
    assert from_document(Shop, document).tone is Tone.WARM


async def test_presence_is_what_was_said_last(store: Store, now: datetime) -> None:
    """Saying /here replaces an /away, and the other way round."""
    assert await store.shop.presence() == SaidPresence()
    await store.write(store.shop.say(SaidPresence(away_until=now), "owner:1", now))
    await store.write(store.shop.say(SaidPresence(here_until=now + timedelta(hours=3)), "owner:1", now))
    assert await store.shop.presence() == SaidPresence(here_until=now + timedelta(hours=3))


async def test_every_change_of_what_is_kept_in_memory_moves_the_revision(store: Store, now: datetime) -> None:
    """Facts, presence, phrases, own answers and catalogue; each once, in the unit of the change."""
    units = [
        store.shop.save(SHOP, "owner:1", now),
        store.shop.say(SaidPresence(), "owner:1", now),
        store.phrases.teach(Phrase("有冇货", "stock", "zh"), "owner:1", now),
        store.phrases.unteach("有冇货", "stock"),
        store.answers.keep(KeptAnswer("own:wifi", "密码是 1234", "zh"), "owner:1", now),
        store.answers.drop(KeptAnswer("own:wifi", "", "zh")),
        store.catalogue.put([], "owner:1", "import", now),
        store.catalogue.set_stock("x", 1, "owner:1", "seller", now),
        store.catalogue.set_price("x", Money(1, "CNY"), "owner:1", now),
        store.catalogue.set_floor("x", None, now),
        store.photos.drop("x", "y"),
        [store.revision.bump()],
    ]
    for number, unit in enumerate(units, 1):
        await store.write(unit)
        assert await store.revision.read() == number


async def test_a_change_by_another_process_is_seen(url: str, now: datetime) -> None:
    """`import` in a second process moves the number that `run` reads."""
    run, other = await open_store(url), await open_store(url)
    before = await run.revision.read()
    await other.write(other.shop.save(SHOP, "import", now))
    assert await run.revision.read() == before + 1
    assert await run.shop.load() == SHOP
    await run.close()
    await other.close()


async def test_taught_phrases_are_kept_once(store: Store, now: datetime) -> None:
    """A hard negative stands beside its positive."""
    yes, no = Phrase("有冇货", "stock", "zh", origin="taught"), Phrase("有冇货", "haggle", "zh", True, "taught")
    for one in (yes, no, yes):
        await store.write(store.phrases.teach(one, "owner:1", now))
    assert await store.phrases.taught() == [yes, no]


async def test_a_text_asks_one_thing_and_its_state_tells_a_change(store: Store, now: datetime) -> None:
    """Taught anew it no longer asks what it asked before; what is taken back is gone; each change is seen by the state."""
    states = [await store.phrases.state()]
    for ask in ("stock", "price"):
        await store.write(store.phrases.teach(Phrase("有冇货", ask, "zh"), "owner:1", now))
        states.append(await store.phrases.state())
    [line] = await store.phrases.lines()
    assert (line.phrase.ask, line.by, line.learnt_at) == ("price", "owner:1", None)
    assert await store.phrases.of_text("有冇货") == await store.phrases.latest(5) == [line]
    await store.write(store.phrases.learnt([line.id], now))
    states.append(await store.phrases.state())
    assert (await store.phrases.get(line.id)) == replace(line, learnt_at=now)
    await store.write(store.phrases.drop([line.id]))
    states.append(await store.phrases.state())
    assert await store.phrases.get(line.id) is None
    assert len(set(states[1:])) == 4


async def test_answers_are_kept_by_language_and_product(store: Store, now: datetime) -> None:
    """The newest of a language stands; one about a product is no other's."""
    rows = [
        KeptAnswer("own:wifi", "1234", "zh"),
        KeptAnswer("own:wifi", "1234 too", "en"),
        KeptAnswer("spec", "不会", "zh", "A-1", "会起球吗"),
    ]
    before = await store.answers.state()
    for one in (replace(rows[0], text="old"), *rows):
        await store.write(store.answers.keep(one, "owner:1", now))
    assert await store.answers.all() == rows
    assert await store.answers.state() != before
    await store.write(store.answers.drop(rows[1]))
    assert await store.answers.all() == [rows[0], rows[2]]


async def test_a_prompt_is_found_by_the_message_it_went_out_with(store: Store, now: datetime) -> None:
    """A reply to a message of ours means what was kept with it, until it is cleared or old."""
    row = Outgoing("teach:1", ":1", 1, "sendMessage", {"text": "?"}, Kind.SELLER, now)
    prompt = Prompt("teach:1", "answer", {"ask": "own:wifi"}, now)
    await store.write([store.outbox.put(row), store.prompts.put(prompt)])
    assert await store.prompts.of_message(1, 77) is None
    await store.write([store.outbox.sending(row.id, now), *store.outbox.sent(row.id, 77, now)])
    assert await store.prompts.of_message(1, 77) == prompt
    await store.write([store.prompts.prune(now)])
    assert await store.prompts.of_message(1, 77) == prompt
    await store.write([store.prompts.clear("teach:1")])
    assert await store.prompts.of_message(1, 77) is None


async def test_marks_are_set_and_cleared(store: Store, now: datetime) -> None:
    """Any JSON under a name."""
    assert await store.marks.get("paused") is None
    await store.write([store.marks.set("paused", {"since": "restore"}, now)])
    await store.write([store.marks.set("paused", [1, "二"], now)])
    assert await store.marks.get("paused") == [1, "二"]
    await store.write([store.marks.clear("paused")])
    assert await store.marks.get("paused") is None
