"""Teaching: a shop that knows nothing of a question learns it from its seller, by one tap or one line."""

import pytest

from sandbox import Heard, Person
from tests.made_shop import in_language
from tests.play import LANGUAGES, Play, numbers
from tests.stories.handing_over import handed_over_lines

ASKED = {
    "zh": ("你们能一件代发吗", "支持代发不", "代发怎么弄", "想问下可以代发么"),
    "en": ("do you dropship", "is dropshipping available", "can you dropship to my customers", "hey, would you dropship for me?"),
}  # fmt: skip
ANSWER = {"zh": "可以代发，一件起发，运费照算。", "en": "Yes, from one piece on, at the usual postage."}


async def ask_in_vain(play: Play, words: str, language: str = "zh") -> Person:
    """A buyer says what the shop does not know, and takes none of what it offers instead: it goes to a person."""
    buyer = play.buyer(language)
    heard = await play.ask(buyer, words)
    if heard.buttons:
        await buyer.taps(in_language(language, "问掌柜", "shopkeeper"), on=heard)
        heard = await buyer.hears()
    assert handed_over_lines(heard.text, language), heard.text
    return buyer


async def missed(play: Play) -> list[Heard]:
    """The cards that /missed shows."""
    await play.cards()
    await play.owner.says("/missed")
    return await play.cards()


async def group(play: Play, words: str) -> Heard:
    """The card of /missed on which these words stand."""
    (found,) = [one for one in await missed(play) if words in one.text]
    return found


@pytest.mark.parametrize("language", ["zh", "en"])
async def test_a_shop_learns_what_it_knew_nothing_of(play: Play, language: str) -> None:
    """Three buyers ask in different words; the seller answers one of them by hand; /missed shows them together; one tap
    teaches question and answer; the fourth buyer, in words of their own, is answered."""
    *three, fourth = ASKED[language]
    await play.cards()
    for words in three:
        buyer = await ask_in_vain(play, words, language)
    (card,) = [one for one in await play.cards() if three[-1] in one.text]
    await play.owner.replies_to(card, ANSWER[language])
    assert (await play.only(buyer)).text == ANSWER[language]
    shown = await group(play, three[0])
    assert all(words in shown.text for words in three)
    assert numbers(shown.text)[0] == 3
    assert ANSWER[language] in shown.text
    await play.owner.taps("以后就这么答", on=shown)
    await shown.reads("教会了")
    heard = await play.ask(play.buyer(language), fourth)
    assert ANSWER[language] in heard.text
    assert handed_over_lines(heard.text, language) == []
    assert "都答上了" in (await missed(play))[0].text


async def test_an_ask_of_the_shops_own_is_made_by_a_tap_and_answered_by_a_reply(play: Play) -> None:
    """[自家问题] names it after what its lines share; the answer is the seller's reply; a buyer who asks something else
    besides hears both in one message; a Traditional reader reads it so; who writes English gets what there is, and the
    seller is asked for the English."""
    for words in ASKED["zh"][:3]:
        await play.ask(play.buyer(), words)
    shown = await group(play, "支持代发不")
    await play.owner.taps("自家问题", on=shown)
    await shown.reads("这是在问“代发”")
    await ask_in_vain(play, ASKED["zh"][0])
    await play.cards()
    await play.owner.replies_to(shown, ANSWER["zh"])
    assert ANSWER["zh"] in (await play.card()).text
    heard = await play.ask(play.buyer(), f"{ASKED['zh'][3]}，怎么保修")
    assert ANSWER["zh"] in heard.text
    assert play.made.warranty_months in numbers(heard.text)
    hant = await play.ask(play.buyer("zh_hant"), "請問可以代發嗎")
    assert in_language("zh_hant", ANSWER["zh"], "") in hant.text
    await play.command("/teach 代发 do you dropship")
    english = await play.ask(play.buyer("en"), "do you dropship?")
    assert ANSWER["zh"] in english.text
    note = await play.card()
    assert "英文" in note.text
    await play.owner.replies_to(note, ANSWER["en"])
    assert ANSWER["en"] in (await play.card()).text
    assert ANSWER["en"] in (await play.ask(play.buyer("en"), "do you dropship?")).text
    assert ANSWER["zh"] in (await play.ask(play.buyer(), "能代发吗")).text


async def test_one_of_the_three_likeliest_asks_or_any_other(play: Play) -> None:
    """A card offers three asks and, behind [别的…], all of them; what is taught answers at once and can be undone."""
    words = "开线以后谁管呢"
    await ask_in_vain(play, f"{words}？")
    shown = await group(play, words)
    assert len(shown.buttons[0]) == 3
    await play.owner.taps("别的…", on=shown)
    await play.settled()
    assert "保修" in [label for row in shown.buttons for label in row]
    await play.owner.taps("保修", on=shown)
    await shown.reads("教会了，这是在问“保修”")
    assert play.made.warranty_months in numbers((await play.ask(play.buyer(), words)).text)
    await play.owner.taps("撤销", on=shown)
    await shown.reads("已撤销")
    assert words in (await group(play, words)).text
    assert await play.store.phrases.taught() == []


async def test_a_reply_names_the_ask_or_is_the_answer(play: Play) -> None:
    """Replying to a card: an ask's name in either language, "name = answer", or the answer alone."""
    for reply, heard in (
        ("保修", play.made.warranty_months), ("warranty", play.made.warranty_months), ("刻字 = 刻字 37 元一个", 37), ("三十八个字以内，收 38 元", 38),
    ):  # fmt: skip
        await ask_in_vain(play, "开线以后谁管呢？")
        shown = await group(play, "开线以后谁管呢")
        await play.owner.replies_to(shown, reply)
        done = await play.card()
        assert "教会了" in done.text, done.text
        assert heard in numbers((await play.ask(play.buyer(), "老板，开线以后谁管呢")).text)
        await play.owner.taps("撤销", on=done)
        await done.reads("已撤销")
        for row in await play.store.missed.open():
            await play.store.write([play.store.missed.settle(row.id, play.clock.now())])
    assert await play.store.phrases.taught() == []
    assert await play.store.answers.all() == []


async def test_what_is_no_question_is_not_asked_about_again(play: Play) -> None:
    """[不是问题]: the same words are met in silence, and nobody is called."""
    words = "诸葛亮为什么要七擒孟获"
    await ask_in_vain(play, words)
    shown = await group(play, words)
    await play.owner.taps("不是问题", on=shown)
    await shown.reads("不是问题")
    heard = await play.ask(play.buyer(), words)
    assert handed_over_lines(heard.text, "zh") == []
    assert await play.cards() == []


async def test_teach_and_unteach_by_command(play: Play) -> None:
    """/teach names an ask as the seller calls it; a line can be taught not to be one; /unteach lists and takes back."""
    for command, words, answered in (
        ("/teach 保修 月亮走了谁管", "月亮走了谁管呀", True), ("/teach warranty will the moon be mended", "will the moon be mended?", True),
        ("/teach 保修 不是：怎么保修", "怎么保修", False),
    ):  # fmt: skip
        done = await play.command(command)
        assert "保修" in done.text
        told = (await play.ask(play.buyer("en" if words.isascii() else "zh"), words)).text
        assert (play.made.warranty_months in numbers(told)) is answered, (command, told)
        await play.cards()
    listed = await play.command("/unteach")
    assert all(words in listed.text for words in ("月亮走了谁管", "will the moon be mended", "怎么保修"))
    await play.owner.taps("收回「月亮走了谁管」", on=listed)
    gone = await play.card()
    assert play.made.warranty_months not in numbers((await play.ask(play.buyer(), "月亮走了谁管呀")).text)
    await play.owner.taps("撤销", on=gone)
    await gone.reads("已撤销")
    assert play.made.warranty_months in numbers((await play.ask(play.buyer(), "月亮走了谁管呀")).text)
    assert "收回了" in (await play.command("/unteach 怎么保修")).text
    assert play.made.warranty_months in numbers((await play.ask(play.buyer(), "怎么保修")).text)


@pytest.mark.parametrize(
    ("command", "asked", "other"),
    [
        ("/teach 保修 /月亮.{0,6}谁管/", "请问这月亮要是坏了谁管呀", "月亮好看"),
        ("/teach 保修 /月亮.{0,6}誰管/", "請問這月亮要是壞了誰管呀", "月亮好看"),
        ("/teach warranty /moon.{0,12}mend/", "who has the MOON to mend then", "the moon is nice"),
    ],
)  # fmt: skip
async def test_a_pattern_teaches(play: Play, command: str, asked: str, other: str) -> None:
    """What stands between two slashes is a pattern: whatever holds it asks this, nothing else does, /why names it, it outlives
    a restart, and /unteach takes it back."""
    pattern = command.split(" ", 2)[2]
    language = "en" if asked.isascii() else "zh"
    assert pattern in (await play.command(command)).text
    for words, is_meant in ((asked, True), (other, False)):
        told = (await play.ask(play.buyer(language), words)).text
        assert not is_meant or play.made.warranty_months in numbers(told)
        assert (pattern in (await play.command("/why")).text) is is_meant
    await play.restart()
    assert play.made.warranty_months in numbers((await play.ask(play.buyer(language), asked)).text)
    assert "收回了" in (await play.command(f"/unteach {pattern}")).text
    await play.ask(play.buyer(language), asked)
    assert pattern not in (await play.command("/why")).text


async def test_a_pattern_explains_what_was_missed(play: Play) -> None:
    """Lines that waited to be understood are settled by it, and it can be taught not to be an ask."""
    await ask_in_vain(play, "月亮掉下来谁管")
    taught = await play.command("/teach 保修 /月亮.*谁管/")
    assert numbers(taught.text)[:1] == [1]
    assert "都答上了" in (await play.command("/missed")).text
    await play.command("/teach 保修 不是：/怎么.{0,3}保修/")
    await play.ask(play.buyer(), "怎么个保修")
    assert "warranty" not in (await play.command("/why")).text


@pytest.mark.parametrize(
    ("pattern", "told"),
    [
        ("/(月亮/", "括号"),
        (r"/(月)\1/", "反向引用"),
        ("/月(?=亮)/", "前后查找"),
        ("/.*/", "说什么都会对上"),
        (f"/{'月' * 199}/", "太长"),
    ],
)
async def test_a_pattern_that_cannot_be_used_is_refused(play: Play, pattern: str, told: str) -> None:
    """With what is wrong, in a sentence; nothing is kept."""
    assert told in (await play.command(f"/teach 保修 {pattern}")).text
    assert await play.store.phrases.taught() == []


async def test_what_a_buyer_writes_is_no_pattern(play: Play) -> None:
    """A line of a buyer's between slashes, taught by a tap, is taught as the words it holds."""
    await ask_in_vain(play, "/.{0,3}月亮谁管.?/")
    card = await group(play, "月亮谁管")
    await play.owner.replies_to(card, "保修")
    await play.settled()
    assert not any(one.is_pattern for one in await play.store.phrases.taught())
    assert len(await play.store.phrases.taught()) == 1


@pytest.mark.parametrize(
    ("command", "told"),
    [
        ("/teach", "/teach 问题 买家的话"), ("/teach 代发", "own:代发"), ("/teach 保修", "/teach 问题 买家的话"), ("/teach 保修 = 一年", "shop.toml"),
        ("/teach 保修 ？？", "/teach 问题 买家的话"), ("/unteach 没教过", "/unteach [买家的话]"), ("/faq", "都答上了"), ("/missed", "都答上了"), ("/unteach", "/missed"),
    ],
)  # fmt: skip
async def test_a_wrong_lesson_is_told_what_is_wrong(play: Play, command: str, told: str) -> None:
    """One sentence says what is wrong, with the usage; nothing is changed."""
    assert told in (await play.command(command)).text
    assert await play.store.phrases.taught() == []


async def test_a_lesson_that_loses_others_is_shown_before_it_counts(play: Play) -> None:
    """A loss of more than two points in any ask: a table, [照样教] and [不教了], and nothing has changed until then."""
    await play.command("/teach 保修 开线了谁管")
    await play.store.write([play.store.labelled.add("我这包开线了谁管呀", "warranty", play.clock.now(), None)])
    for tap, counts in (("不教了", False), ("照样教", True)):
        warned = await play.command("/teach 退换货 这包开线了谁管")
        assert "还没有生效" in warned.text
        assert "保修：2 句，答对 2 → 1" in warned.text
        assert len(await play.store.phrases.taught()) == 1
        assert play.made.warranty_months in numbers((await play.ask(play.buyer(), "这包开线了谁管")).text)
        await play.owner.taps(tap, on=warned)
        await warned.reads("教会了" if counts else "什么都没改")
    assert play.made.return_days in numbers((await play.ask(play.buyer(), "这包开线了谁管")).text)


async def test_only_the_seller_teaches(play: Play) -> None:
    """For a buyer these are unknown commands; another's tap on a seller's card does nothing."""
    buyer = play.buyer()
    for command in ("/missed", "/faq", "/teach 保修 好的呀", "/unteach"):
        await play.ask(buyer, command)
    assert await play.store.phrases.taught() == []


async def test_taught_lines_survive_a_restart(play: Play) -> None:
    """The seller's lines lie over the shipped ones, in the database."""
    await play.command("/teach own:代发 = 可以代发")
    await play.command("/teach 代发 能代发吗")
    await play.restart()
    for language in LANGUAGES:
        words = in_language("zh_hant" if language == "zh_hant" else "zh", "能代发吗", "")
        assert (
            in_language(language, "可以代发", "可以代发") in (await play.ask(play.buyer(language), words)).text
            or language == "en"
        )
