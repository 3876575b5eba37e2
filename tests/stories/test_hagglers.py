"""Hagglers: marked with reasons, never for length alone and never for life; the buyer never learns of it."""

from collections.abc import Mapping, Sequence
from datetime import timedelta

import pytest

from core.haggling.marking import LOOK_BACK, MOST_THRESHOLD, QUIET
from sandbox import Heard, Person
from store.hagglers import Changed
from tests.made_shop import in_language
from tests.play import LANGUAGES, Play

PUSHES = {
    "zh": ("便宜点行不行", "再便宜点嘛", "能不能再少点", "最低多少", "少十块行不行", "抹个零总行吧"),
    "en": (
        "can you do it cheaper?", "could you go a bit lower?", "any discount for me?", "what's your lowest price?",
        "come down a bit for me?", "knock something off at least",
    ),
}  # fmt: skip
GOODS = {
    "zh": ("{}是什么材质的", "{}什么尺寸", "{}有货吗", "什么时候发货", "怎么洗"),
    "en": (
        "what is the {} made of?",
        "what size is the {}?",
        "is the {} in stock?",
        "when do you ship?",
        "how do I wash it?",
    ),
}
AGREE = {"zh": "好的，那我拍了", "en": "OK, I'll take it"}


def said(language: str, table: Mapping[str, tuple[str, ...]]) -> list[str]:
    return [in_language(language, zh, en) for zh, en in zip(table["zh"], table["en"], strict=True)]


async def haggles(play: Play, buyer: Person, language: str, minutes: float = 5) -> list[str]:
    """Asks what it costs, and then for less, again and again; what was heard."""
    one = play.made.plenty
    heard = [await play.ask(buyer, in_language(language, f"{one.title}多少钱", f"price of the {one.title_en}?"))]
    for words in said(language, PUSHES):
        await play.wait(60 * minutes)
        await buyer.says(words)
        heard += await buyer.hears_all()
    return [each.text for each in heard]


async def talks(play: Play, buyer: Person, language: str, minutes: float = 10) -> None:
    """Asks of the goods, this and that."""
    one = play.made.plenty
    for words in said(language, GOODS):
        await buyer.says(words.format(in_language(language, one.title, one.title_en)))
        await play.wait(60 * minutes)


async def marked(play: Play) -> list[int]:
    return sorted(one.haggling.buyer_id for one in await play.store.hagglers.marked())


async def look(play: Play) -> list[str]:
    """Let the clock look; the cards of marks in the seller's chat."""
    return [each.text for each in await new_marks(play)]


async def new_marks(play: Play) -> list[Heard]:
    await play.cards()
    await play.pass_time(minutes=6)
    return [each for each in await play.cards() if "🏷" in each.text]


@pytest.mark.parametrize("language", LANGUAGES)
async def test_a_haggler_is_marked_with_one_card_and_answered_as_kindly_as_before(play: Play, language: str) -> None:
    """The card tells reasons and lines and is shown once; the buyer hears what every buyer hears."""
    buyer, other = play.buyer(language), play.buyer(language, "阿青")
    before = await haggles(play, buyer, language)
    (card,) = await look(play)
    assert str(buyer.id) in card
    assert said(language, PUSHES)[5] in card
    assert await marked(play) == [buyer.id]
    assert await look(play) == []
    assert [entry.what for entry in await play.store.audit.about(f"buyer:{buyer.id}")] == ["marked"]
    question = in_language(language, f"{play.made.plenty.title}有货吗", f"is the {play.made.plenty.title_en} in stock?")
    mine, theirs = (await play.ask(buyer, question)).text, (await play.ask(other, question)).text
    assert mine.splitlines()[0] in theirs
    assert not any(word in text for text in [*before, mine] for word in ("标记", "haggl", "砍价"))
    assert str(buyer.id) in (await play.command("/hagglers")).text


@pytest.mark.parametrize("language", LANGUAGES)
async def test_a_friendly_bargainer_who_buys_is_not_marked(play: Play, language: str) -> None:
    """Many polite rounds and then an order: by the buyer's word, and by the order itself."""
    buyer, silent = play.buyer(language), play.buyer(language, "阿青")
    await haggles(play, buyer, language, minutes=0.5)
    await buyer.says(in_language(language, AGREE["zh"], AGREE["en"]))
    await play.settled()
    await haggles(play, silent, language, minutes=0.5)
    await play.command(f"/order new {silent.id} {play.made.plenty.sku}")
    await look(play)
    assert await marked(play) == []


@pytest.mark.parametrize("language", LANGUAGES)
async def test_a_long_talker_of_goods_is_not_marked(play: Play, language: str) -> None:
    """Hours about the thing, half an hour about its price: a customer (X9)."""
    buyer = play.buyer(language)
    for _ in range(4):
        await talks(play, buyer, language, minutes=9)
    await haggles(play, buyer, language, minutes=5)
    await look(play)
    assert await marked(play) == []
    told = await play.command(f"/haggle {buyer.id}")
    assert "没有标记" in told.text


@pytest.mark.parametrize("language", LANGUAGES)
async def test_a_wrong_mark_is_cleared_and_not_set_again_for_the_same_lines(play: Play, language: str) -> None:
    """The seller's verdict holds for these lines, teaches the threshold, and can be taken back."""
    buyer = play.buyer(language)
    await haggles(play, buyer, language)
    (card,) = await new_marks(play)
    await play.owner.taps("不是砍价党", on=card)
    done = await play.card()
    assert "65" in done.text
    assert await marked(play) == []
    await play.ask(buyer, in_language(language, "有货吗", "is it in stock?"))
    await look(play)
    assert await marked(play) == []
    await play.owner.taps("撤销", on=done)
    await play.cards()
    assert await marked(play) == [buyer.id]
    assert "60" in (await play.command("/hagglers")).text
    what = [entry.what for entry in await play.store.audit.about(f"buyer:{buyer.id}")]
    assert what == ["undo verdict", "haggler: cleared", "marked"]


async def test_an_order_lifts_a_mark_and_the_seller_is_warned_when_it_is_entered(play: Play) -> None:
    """Warned at the order, lifted by it; in the audit it stays."""
    buyer = play.buyer()
    await haggles(play, buyer, "zh")
    await look(play)
    await play.pass_time(minutes=1)
    told = await play.command(f"/order new {buyer.id} {play.made.plenty.sku}")
    assert "只砍价" in told.text
    plain = await play.command(f"/order new {play.buyer().id} {play.made.plenty.sku}")
    assert "只砍价" not in plain.text
    await look(play)
    assert await marked(play) == []
    what = [entry.what for entry in await play.store.audit.about(f"buyer:{buyer.id}")]
    assert {"marked", "mark lifted: order"} <= set(what)


async def test_quiet_days_lift_a_mark(play: Play) -> None:
    """Never for life: two weeks of quiet, and it is gone."""
    buyer = play.buyer()
    await haggles(play, buyer, "zh")
    await look(play)
    await play.pass_time(days=QUIET.days - 1)
    assert await marked(play) == [buyer.id]
    await play.pass_time(days=1, minutes=10)
    assert await marked(play) == []
    assert (await play.store.audit.about(f"buyer:{buyer.id}"))[0].what == "mark lifted: quiet"


async def test_the_seller_holds_firm_or_declines_politely(play: Play) -> None:
    """One tap each; declining says a kind last word to the buyer, once, and both teach the threshold a little."""
    first, second, third = (play.buyer(language) for language in LANGUAGES)
    for buyer, language in zip((first, second), LANGUAGES, strict=False):
        await haggles(play, buyer, language)
    cards = {
        buyer.id: card for card in await new_marks(play) for buyer in (first, second) if str(buyer.id) in card.text
    }
    await play.owner.taps("坚持价格", on=cards[first.id])
    assert "58" in (await play.card()).text
    await play.owner.taps("婉拒", on=cards[second.id])
    assert "56" in (await play.card()).text
    assert "標價" in (await play.only(second)).text
    await play.owner.taps("婉拒", on=cards[second.id])
    assert await second.hears_all() == []
    await play.ask(third, "is it in stock?")
    await play.command(f"/decline {third.id}")
    assert "welcome" in (await play.only(third)).text
    assert await first.hears_all() == []


async def test_the_threshold_stays_within_its_bounds(play: Play) -> None:
    """However often a verdict is given."""
    buyer = play.buyer()
    await haggles(play, buyer, "zh")
    for _ in range(8):
        await play.owner.taps("标记", on=await play.command(f"/haggle {buyer.id}"))
        await play.cards()
        await play.command(f"/unmark {buyer.id}")
        await play.pass_time(seconds=1)
    assert f"{round(100 * MOST_THRESHOLD)} 分" in (await play.command("/hagglers")).text


async def test_a_marked_buyer_waits_behind_others_and_is_not_starved(play: Play) -> None:
    """In /inbox behind everybody else, and after half an hour in the order they came."""
    haggler, soon, late = play.buyer(), play.buyer(name="阿青"), play.buyer(name="阿月")
    await haggles(play, haggler, "zh")
    await look(play)
    await haggler.says("转人工")
    await play.settled()
    await play.pass_time(minutes=10)
    await play.ask(soon, "转人工")
    told = (await play.command("/inbox")).text
    assert told.index(str(soon.id)) < told.index(str(haggler.id))
    await play.pass_time(minutes=25)
    await play.ask(late, "转人工")
    told = (await play.command("/inbox")).text
    assert told.index(str(haggler.id)) < told.index(str(soon.id))


async def test_the_commands_say_what_is_wrong(play: Play) -> None:
    """No number, nobody of that number, nobody marked; and to a buyer they do not exist."""
    for command in ("haggle", "unmark", "decline"):
        told = (await play.command(f"/{command}")).text
        assert f"/{command} 买家号" in told
        assert f"/{command} 123456" in told
        assert "999" in (await play.command(f"/{command} 999")).text
    buyer = play.buyer()
    await play.ask(buyer, "在吗")
    assert "没有标记" in (await play.command(f"/unmark {buyer.id}")).text
    for command in ("hagglers", "haggle", "unmark", "decline"):
        await play.ask(buyer, f"/{command} {buyer.id}")
    assert await play.store.audit.about(f"buyer:{buyer.id}") == []


async def test_the_interval_is_kept_and_a_missed_look_changes_nothing(play: Play) -> None:
    """A look before the interval is over does nothing; one after a restart catches up."""
    buyer = play.buyer()
    await play.pass_time(minutes=6)
    await haggles(play, buyer, "zh", minutes=0.01)
    await play.running.schedule.run_due()
    assert await marked(play) == []
    play.clock.move(timedelta(hours=30))
    await play.restart()
    await play.running.schedule.run_due()
    assert await marked(play) == [buyer.id]


async def test_a_mark_holds_up_no_card_and_no_reminder(play: Play) -> None:
    """Marked buyers stand behind others in /inbox alone: what they hand over is shown at once, and /later keeps its hour."""
    buyer, other = play.buyer("zh"), play.buyer("zh", "阿青")
    await haggles(play, buyer, "zh")
    await look(play)
    assert await marked(play) == [buyer.id]
    await play.cards()
    await play.ask(buyer, "我要找人工")
    assert any(str(buyer.id) in each.text for each in await play.cards())
    await play.wait(60)
    await play.ask(other, "我要找人工")
    listed = (await play.command("/inbox")).text
    assert listed.index(str(other.id)) < listed.index(str(buyer.id))
    await play.command(f"/later {buyer.id} 10m 回他价格")
    await play.cards()
    await play.pass_time(minutes=11)
    assert any("回他价格" in each.text for each in await play.cards())


@pytest.mark.parametrize("is_busy", [False, True])
async def test_a_look_gives_way_to_those_who_write(play: Play, monkeypatch: pytest.MonkeyPatch, is_busy: bool) -> None:
    """Many conversations are judged a few at a time, so that nobody who is writing waits for all of them. While somebody is,
    the look waits for one more interval."""
    buyers = [play.buyer() for _ in range(5)]
    for buyer in buyers:
        await play.ask(buyer, "有货吗")
    await play.settled()
    given = []

    async def give_way() -> None:
        given.append(len(await play.store.hagglers.of([one.conversation_id for one in await changed()])))

    async def changed() -> Sequence[Changed]:
        return await play.store.hagglers.changed(play.clock.now() - LOOK_BACK, 100)

    monkeypatch.setattr(play.running.desk, "give_way", give_way)
    monkeypatch.setattr(play.running.desk, "is_busy", lambda: is_busy)
    await look(play)
    if is_busy:
        assert given == []
        await look(play)
    assert given == [3, 5], "judged and written down so far"
