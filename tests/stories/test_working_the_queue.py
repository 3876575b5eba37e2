"""A morning's work: who waits, whose turn it is, what to come back to, and finding things again."""

import pytest

from sandbox import Person
from store.staff import Role
from tests.play import Play
from tests.stories.staff import gives, hire

ORDER = ("阿甲", "阿乙", "阿丙", "阿丁", "阿戊", "阿己", "阿庚")


async def wait(play: Play, *names: str) -> list[Person]:
    """Buyers who ask for a person, a minute apart."""
    buyers = []
    for name in names:
        buyer = play.buyer(name=name)
        await play.ask(buyer, "转人工")
        await play.pass_time(minutes=1)
        buyers.append(buyer)
    return buyers


async def test_the_inbox_is_paged_and_opens_and_takes(play: Play) -> None:
    """Seven who wait are two pages, turned by a button in the same message; a button opens the chat, another takes it."""
    buyers = await wait(play, *ORDER)
    inbox = await play.command("/inbox")
    assert [name for name in ORDER if name in inbox.text] == list(ORDER[:5])
    await play.owner.taps("下一页", on=inbox)
    await inbox.reads("阿庚")
    assert "阿甲" not in inbox.text
    await play.owner.taps("上一页", on=inbox)
    await inbox.reads("阿甲")
    await play.owner.taps("打开 2", on=inbox)
    opened = await play.card()
    assert "阿乙" in opened.text
    assert "转人工" in opened.text
    await play.owner.replies_to(opened, "我来了")
    await play.settled()
    assert "我来了" in buyers[1].sees[-1].text
    await play.owner.taps("我来接 1", on=inbox)
    await play.settled()
    await buyers[0].hears_all()
    await buyers[0].says("怎么保修")
    await buyers[0].hears_nothing()


async def test_next_takes_who_is_due_and_two_agents_never_get_the_same(play: Play) -> None:
    """The better grade first; who was taken by one is not given to the other; then nobody is left."""
    _, second, third = await wait(play, "阿甲", "阿乙", "阿丙")
    await play.store.write([play.store.buyers.set_field(third.id, "grade", "A")])
    agent = await hire(play, Role.AGENT)
    assert "阿丙" in (await play.command("/next")).text
    assert "阿甲" in (await gives(play, agent, "/next")).text
    assert "阿乙" in (await play.command("/next")).text
    assert "没有买家在等" in (await gives(play, agent, "/next")).text
    listed = (await play.command("/inbox")).text
    assert listed.index("阿丙") < listed.index("阿甲") < listed.index("阿乙")
    assert "小周 在接待" in listed
    await second.hears_all()
    await second.says("能退吗")
    await second.hears_nothing()


async def test_nobody_starves_in_the_inbox(play: Play) -> None:
    """An E who has waited past the ceiling stands before every A who came later."""
    (early,) = await wait(play, "阿甲")
    await play.store.write([play.store.buyers.set_field(early.id, "grade", "E")])
    await play.pass_time(minutes=31)
    (late,) = await wait(play, "阿乙")
    await play.store.write([play.store.buyers.set_field(late.id, "grade", "A")])
    listed = (await play.command("/inbox")).text
    assert listed.index("阿甲") < listed.index("阿乙")


async def test_later_reminds_once_and_the_queue_shows_it(play: Play) -> None:
    """/later is told when it is due, once, with buttons; /queue lists it; done, it is gone; an hour later it comes again."""
    buyer = play.buyer(name="阿甲")
    await play.ask(buyer, "在吗")
    done = await play.command(f"/later {buyer.id} 2h 问问尺码")
    assert "12:00" in done.text
    assert "问问尺码" in (await play.command("/queue")).text
    await play.pass_time(hours=1, minutes=59)
    assert await play.cards() == []
    await play.pass_time(minutes=2)
    (told,) = await play.cards()
    assert "问问尺码" in told.text
    assert told.buttons == [["打开", "处理好了", "一小时后"]]
    await play.pass_time(minutes=2)
    assert await play.cards() == []
    await play.owner.taps("一小时后", on=told)
    await play.card()
    await play.pass_time(minutes=61)
    (again,) = await play.cards()
    await play.owner.replies_to(again, "您平时穿多大？")
    await play.settled()
    assert buyer.sees[-1].text == "您平时穿多大？"
    await play.owner.taps("处理好了", on=again)
    await play.cards()
    assert "没有要提醒的事" in (await play.command("/queue")).text
    await play.pass_time(days=2)
    assert all("问问尺码" not in card.text for card in await play.cards())


async def test_a_reminder_is_undone_and_everybody_sees_their_own(play: Play) -> None:
    """The undo takes it away; an agent sees their own, a manager everybody's; who has gone is reminded through the owner."""
    buyer = play.buyer()
    await play.ask(buyer, "在吗")
    agent = await hire(play, Role.AGENT)
    theirs = await gives(play, agent, f"/later {buyer.id} 1h 小周的事")
    ours = await play.command(f"/later {buyer.id} 18:30 我的事")
    listed = (await play.command("/queue")).text
    assert "小周的事" in listed
    assert "我的事" in listed
    assert "我的事" not in (await gives(play, agent, "/queue")).text
    await play.owner.taps("撤销", on=ours)
    await play.settled()
    assert "我的事" not in (await play.command("/queue")).text
    assert theirs.buttons == [["撤销"]]
    await play.command("/role rm 10002")
    await play.cards()
    await play.pass_time(minutes=61)
    assert any("小周的事" in card.text for card in await play.cards())


@pytest.mark.parametrize(
    "wrong", ["/later", "/later 20001", "/later 20001 soon", "/later 20001 今天 1:00", "/later 小林 2h"]
)
async def test_a_wrong_time_is_told(play: Play, wrong: str) -> None:
    """No time, a time that has gone by, a name instead of a number: the usage and an example."""
    await play.ask(play.buyer(), "在吗")
    told = (await play.command(wrong)).text
    assert "用法：/later 买家号 时间" in told
    assert "没有要提醒的事" in (await play.command("/queue")).text


async def test_find_quotes_a_few_words_about_the_hit(play: Play) -> None:
    """A long answer is not shown whole: what was looked for stands in it marked, with what is about it."""
    buyer = play.buyer()
    filler = "前面说了很多别的事情，" * 20
    await play.ask(buyer, f"{filler}最后想问能不能刻字？{filler}")
    said = await play.command("/find 刻字")
    assert "<b>刻字</b>" in said.html
    (line,) = (one for one in said.text.splitlines() if "刻字" in one and str(buyer.id) in one)
    assert len(line) < 130
    assert line.endswith("…")


async def test_find_looks_everywhere(play: Play) -> None:
    """Words said, buyers, orders and goods are found by one command, and opened by a button."""
    one = play.made.plenty
    buyer = play.buyer(name="欧阳锦绣")
    await play.ask(buyer, "请问可以寄到漠河吗")
    await play.command(f"/order new {buyer.id} {one.sku} 1")
    said = await play.command("/find 漠河")
    assert "可以寄到漠河" in said.text
    assert str(buyer.id) in said.text
    assert "欧阳锦绣" in (await play.command("/find 锦绣")).text
    assert one.sku in (await play.command(f"/find {one.title}")).text
    orders = await play.store.orders.of_buyer(buyer.id)
    assert orders[0].order_no in (await play.command(f"/find {orders[0].order_no}")).text
    await play.owner.taps(0, on=said)
    assert "寄到漠河" in (await play.card()).text
    assert "没找到" in (await play.command("/find 绝对没有这句话")).text
    assert "用法：/find" in (await play.command("/find")).text


async def test_the_inbox_tells_when_a_person_last_wrote(play: Play) -> None:
    """Who was answered by hand before is known by it; who never was has no such word."""
    (known,) = await wait(play, "阿甲")
    await play.owner.replies_to(await play.card(), "马上来")
    await known.hears_all()
    await play.pass_time(minutes=20)
    await play.ask(known, "转人工")
    assert "20 分钟前有人回过" in (await play.command("/inbox")).text
    await play.ask(play.buyer(name="阿乙"), "转人工")
    assert (await play.command("/inbox")).text.count("有人回过") == 1
