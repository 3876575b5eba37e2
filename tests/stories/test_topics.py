"""The inbox in topics: a group of the shop's people with one topic per buyer, both sides seen and answered there."""

from datetime import timedelta

import pytest

from sandbox import Talk
from sandbox.bell import PATIENCE
from store.staff import Member, Role
from tests.play import LANGUAGES, OWNER, OpenShop, Play, numbers
from tests.stories.topics import forum, seat

WARRANTY = {"zh": "怎么保修", "zh_hant": "怎麼保修", "en": "how does the warranty work?"}


async def test_setting_up_tells_what_is_missing(play: Play) -> None:
    """/setup inbox says what the group lacks, step by step, until it works; a stranger's /setup does nothing."""
    group = play.sandbox.group(play.owner, "收件箱", is_forum=False)
    play.sandbox.let_in(group, play.owner, can_pin_messages=True)
    general = play.sandbox.seat(group, play.owner)
    stranger = play.sandbox.seat(group, play.buyer(name="路人"))
    await stranger.says("/setup inbox")
    await general.hears_nothing()
    await general.says("/setup inbox")
    assert "话题" in (await general.hears()).text
    group.is_forum = True
    await general.says("/setup inbox")
    assert "管理话题" in (await general.hears()).text
    assert not play.running.desk.forum.is_on
    group.rights["can_manage_topics"] = True
    await general.says("/setup inbox")
    assert "设好了" in (await general.hears()).text
    assert play.running.desk.forum.group == group.id
    await general.says("/setup inbox")
    assert "一切正常" in (await general.hears()).text


@pytest.mark.parametrize("language", LANGUAGES)
async def test_both_sides_are_seen_and_answered_in_the_topic(play: Play, language: str) -> None:
    """A topic with a pinned card; the buyer's line and the bot's answer in one message; what is written there goes out as it is."""
    group = await forum(play)
    buyer = play.buyer(language)
    await play.ask(buyer, WARRANTY[language])
    desk = await seat(play, group)
    card, shown = await desk.hears_all()
    assert str(buyer.id) in card.text
    assert desk.pinned == card.text
    assert WARRANTY[language] in shown.text
    assert play.made.warranty_months in numbers(shown.text)
    await desk.says("<i>一年 &amp; 😀")
    heard = await play.only(buyer)
    assert heard.text == "<i>一年 &amp; 😀"
    assert heard.entities == []
    assert await play.cards() == []
    await desk.hears_nothing()


async def test_a_clock_moved_ahead_hides_nobody(play: Play) -> None:
    """Days ahead of the machine's own time, as on the sandbox page, a buyer gets a topic all the same."""
    play.clock.move(timedelta(days=400))
    group = await forum(play)
    await play.buyer(name="小林").says("转人工")
    assert "转人工" in (await (await seat(play, group)).hears_all())[-1].text


async def test_title_and_card_tell_the_state(play: Play) -> None:
    """Waiting, taken, back with the bot: in the title, the icon and the pinned card, edited and never sent again."""
    group = await forum(play)
    buyer = play.buyer()
    await play.ask(buyer, "在吗")
    desk = await seat(play, group)
    bot = desk.topic.icon
    assert desk.topic.name == "小林"
    await play.ask(buyer, "转人工")
    await play.settled()
    assert desk.topic.name.startswith("🔔")
    assert desk.topic.icon != bot
    assert "在等人回" in desk.pinned
    card = (await desk.hears_all())[0]
    assert card.buttons == [["我来接", "处理好了"]]
    await desk.taps("我来接", on=card)
    await play.settled()
    assert "在等人回" in desk.pinned
    await desk.says("我是掌柜")
    await play.settled()
    assert desk.topic.name.startswith("✋")
    assert "不出声" in desk.pinned
    await buyer.says("怎么保修")
    await play.settled()
    await desk.taps("让机器人继续", on=card)
    await play.settled()
    await desk.taps("处理好了", on=card)
    await play.settled()
    assert desk.topic.name == "小林"
    assert len(group.pinned) == 1


async def test_a_persons_turn_ends_by_itself_in_the_title_too(play: Play) -> None:
    """After the quiet time the topic says again that the bot is minding the chat."""
    group = await forum(play)
    buyer = play.buyer()
    await play.ask(buyer, "在吗")
    desk = await seat(play, group)
    await desk.says("在的")
    await play.settled()
    assert desk.topic.name.startswith("✋")
    await play.pass_time(minutes=11)
    assert desk.topic.name == "小林"


async def test_replies_edits_and_notes(play: Play) -> None:
    """Replies are threaded both ways, an edited answer is edited at the buyer's, // goes nowhere, commands are not for here."""
    group = await forum(play)
    buyer = play.buyer()
    asked = await buyer.says("怎么保修")
    await buyer.hears()
    desk = await seat(play, group)
    shown = (await desk.hears_all())[-1]
    answer = await desk.replies_to(shown, "一年")
    heard = await play.only(buyer)
    assert heard.reply_to == asked
    await desk.edits(answer, "两年")
    await heard.reads("两年")
    note = await desk.says("// 老客户，便宜点")
    await buyer.hears_nothing()
    assert group.messages[note].reaction == ["✍"]
    await desk.says("/stock X 1")
    await buyer.hears_nothing()
    assert "//" in (await desk.hears()).text
    await buyer.replies_to(heard, "好的谢谢")
    await play.settled()
    mirrored = await desk.hears()
    assert "好的谢谢" in mirrored.text
    assert mirrored.reply_to == answer
    audit = [entry.what for entry in await play.store.audit.latest(20)]
    assert "note" in audit
    assert "两年" in [one.now_reads for one in await play.store.messages.history(buyer.id)]


async def test_edits_of_the_buyer_follow_in_the_topic(play: Play) -> None:
    """What the buyer edits is edited where it is shown."""
    group = await forum(play)
    buyer = play.buyer()
    number = await buyer.says("怎么保修")
    await buyer.hears()
    desk = await seat(play, group)
    shown = (await desk.hears_all())[-1]
    await buyer.edits(number, "怎么退货")
    await play.settled()
    assert "怎么退货" in shown.text
    assert "怎么保修" not in shown.text


async def test_pictures_and_albums_go_both_ways(play: Play) -> None:
    """Albums stay albums on either side, with their caption."""
    group = await forum(play)
    buyer = play.buyer()
    await buyer.sends_album([None, None], "转人工")
    await play.settled()
    await play.wait(2)
    await buyer.hears_all()
    desk = await seat(play, group)
    assert sum(len(one.photos) for one in await desk.hears_all()) == 2
    await desk.sends_album([None, None, None], "看这三款")
    await play.settled()
    await play.wait(2)
    heard = await buyer.hears()
    assert len(heard.photos) == 3
    assert heard.text == "看这三款"
    await desk.sends_photo(caption="这张")
    one = await play.only(buyer)
    assert (len(one.photos), one.text) == (1, "这张")


async def test_a_closed_topic_stops_the_bot_and_a_reopened_one_shows_what_came(play: Play) -> None:
    """Closed: silence, said once in General when the buyer writes. Reopened: the lines appear, and the bot serves."""
    group = await forum(play)
    buyer = play.buyer()
    await play.ask(buyer, "在吗")
    desk, general = await seat(play, group), play.sandbox.seat(group, play.owner)
    await general.hears_all()
    await desk.hears_all()
    await desk.closes()
    await play.settled()
    for words in ("怎么保修", "人呢"):
        await buyer.says(words)
        await buyer.hears_nothing()
    await desk.hears_nothing()
    (told,) = await general.hears_all()
    assert str(buyer.id) in told.text
    await desk.reopens()
    await play.settled()
    shown = "".join(one.text for one in await desk.hears_all())
    assert "怎么保修" in shown
    assert "人呢" in shown
    await play.ask(buyer, "能退吗")


async def test_a_deleted_topic_is_made_anew_once_and_the_message_sent_again(play: Play) -> None:
    """Nothing that was said after the deletion is missing in the new topic, and there is one new topic only."""
    group = await forum(play)
    buyer = play.buyer()
    await play.ask(buyer, "在吗")
    desk = await seat(play, group)
    await desk.deletes_topic()
    await play.ask(buyer, "怎么保修")
    await play.ask(buyer, "能退吗")
    again = await seat(play, group)
    assert again.thread != desk.thread
    shown = "".join(one.text for one in await again.hears_all())
    assert shown.count("怎么保修") == 1
    assert shown.count("能退吗") == 1
    assert len([one for one in group.topics.values() if not one.is_deleted]) == 1
    assert again.pinned
    await again.says("在的")
    assert (await buyer.hears_all())[-1].text == "在的"


async def test_bursts_are_merged_and_stay_under_twenty_a_minute(open_shop: OpenShop) -> None:
    """Three buyers send ten lines each: everything is shown, with no more calls than a group takes in a minute."""
    play = await open_shop(group_rate=20)
    group = await forum(play)
    play.sandbox.enforce_limits(overall=1000, chat=1000, group=20)
    buyers = [play.buyer(name=f"买家{number}") for number in range(3)]
    for line in range(10):
        for buyer in buyers:
            await buyer.says(f"转人工 {buyer.id}-{line}")

    def all_is_shown() -> bool:
        shown = "".join(message.text for message in group.messages.values() if message.from_bot)
        return all(f"{buyer.id}-{line}" in shown for buyer in buyers for line in range(10))

    assert await play.sandbox.world.bell.until(all_is_shown, PATIENCE)
    calls = [call for call in play.sandbox.calls if call.chat_id == group.id]
    assert not [call for call in calls if call.error_code == 429]


async def test_only_the_shops_people_answer(play: Play) -> None:
    """An agent may; a viewer, a stranger, an anonymous administrator and a channel may not."""
    group = await forum(play)
    buyer = play.buyer()
    await play.ask(buyer, "在吗")
    desk = await seat(play, group)
    agent, viewer, stranger = (
        play.sandbox.person(name, id=number) for name, number in (("小周", 501), ("看看", 502), ("路人", 503))
    )
    now = play.clock.now()
    for person, role in ((agent, Role.AGENT), (viewer, Role.VIEWER)):
        await play.store.write([play.store.staff.add(Member(person.id, role, now, f"owner:{OWNER}", person.name))])
    await play.running.desk.people.read()
    for person in (viewer, stranger):
        await play.sandbox.seat(group, person, desk.thread).says("便宜卖了")
    channel = {"id": group.id, "type": "supergroup", "title": "x"}
    await desk.says("匿名", extra={"sender_chat": channel})
    await buyer.hears_nothing()
    await play.sandbox.seat(group, agent, desk.thread).says("我是小周")
    assert (await play.only(buyer)).text == "我是小周"


async def test_without_the_group_the_cards_come_back(play: Play) -> None:
    """Put out of the group, the bot says so, and shows buyers in the seller's own chat again."""
    group = await forum(play)
    buyer = play.buyer()
    await play.ask(buyer, "在吗")
    await seat(play, group)
    from sandbox import groups

    groups.set_standing(play.sandbox.world, group, play.owner.account, "kicked")
    await play.settled()
    assert "/setup inbox" in (await play.card()).text
    await play.ask(buyer, "转人工")
    assert "转人工" in (await play.card()).text


async def test_the_group_is_known_after_a_restart(play: Play) -> None:
    """Topics go on where they were; what was said while the program was off is shown once."""
    group = await forum(play)
    buyer = play.buyer()
    await play.ask(buyer, "在吗")
    desk = await seat(play, group)
    await desk.hears_all()
    await play.restart()
    await play.ask(buyer, "怎么保修")
    await play.settled()
    shown = await desk.hears_all()
    assert "".join(one.text for one in shown).count("怎么保修") == 1
    assert len(group.topics) == 1


async def test_a_forgotten_buyers_topic_goes_too(play: Play) -> None:
    """Nothing of a forgotten buyer's words is left in the group; who comes again gets a new topic."""
    from jobs.forgetting import forget_asked

    group = await forum(play)
    buyer, other = play.buyer(), play.buyer(name="阿芳")
    await play.ask(buyer, "怎么保修")
    await play.ask(other, "在吗")
    old = await seat(play, group)
    await play.store.write([play.store.marks.set(f"forget:{buyer.id}", True, play.clock.now())])
    await forget_asked(play.running.desk)
    await play.settled()
    assert old.topic.is_deleted
    assert [one.name for one in group.topics.values() if not one.is_deleted] == ["阿芳"]
    await play.ask(buyer, "能退吗")
    again = await seat(play, group)
    shown = "".join(one.text for one in await again.hears_all())
    assert "能退吗" in shown
    assert "怎么保修" not in shown


async def test_an_accounts_chat_is_seen_and_answered_in_the_topic(play: Play) -> None:
    """Both ways in lead to one topic; an answer goes back by the way the buyer last came."""
    group = await forum(play)
    link = play.sandbox.connect(play.owner)
    await play.settled()
    buyer = play.buyer()
    await play.ask(buyer, "在吗")
    talk: Talk = play.sandbox.talk(link, buyer)
    await play.ask(talk, "怎么保修")
    desk = await seat(play, group)
    assert len(group.topics) == 1
    await desk.hears_all()
    await desk.says("一年")
    assert (await talk.hears()).text == "一年"
    await talk.owner.says("我自己来")
    await play.settled()
    assert "我自己来" in (await desk.hears_all())[-1].text
    await desk.sends_photo()
    assert len((await play.only(talk)).photos) == 1


async def test_a_command_in_the_group_goes_nowhere_and_says_so(play: Play) -> None:
    """In a topic it is not sent to the buyer; beside the topics a command of ours is answered, talk and other bots' commands
    are not. A stranger reads the owner's language."""
    await play.command("/lang en")
    group = await forum(play)
    buyer = play.buyer("en", "Emma")
    await play.ask(buyer, "I want a human")
    desk, general = await seat(play, group, "Emma"), play.sandbox.seat(group, play.owner)
    await desk.hears_all()
    await general.hears_all()
    await buyer.hears_all()
    await desk.says("/block")
    assert "not sent to the buyer" in (await desk.hears()).text
    assert await buyer.hears_all() == []
    await general.says("/inbox")
    assert "private chat" in (await general.hears()).text
    for line in ("hello all", "/weather@other_bot", "/nothing"):
        await general.says(line)
    await general.hears_nothing()
    await play.sandbox.seat(group, play.buyer(name="路人"), desk.topic.id).says("hi there")
    assert "only the shop’s people" in (await desk.hears()).text
