"""The shop's facts changed in chat: buyers hear it at once, the change can be undone, an agent's waits for review."""

import re

import pytest

from store.staff import Role
from tests.play import Play, numbers
from tests.stories.staff import gives, hire


async def test_a_fact_is_shown_changed_heard_and_undone(play: Play) -> None:
    """/fact NAME VALUE changes what buyers hear; the button puts it back, once, and not after another change."""
    assert str(play.made.return_days) in (await play.command("/fact policy.return.zh")).text
    done = await play.command("/fact policy.return.zh 收到 45 天内都能退。")
    assert "45" in done.text
    assert 45 in numbers((await play.ask(play.buyer(), "能退吗")).text)
    await play.owner.taps("撤销", on=done)
    assert any(str(play.made.return_days) in card.text for card in await play.cards())
    assert play.made.return_days in numbers((await play.ask(play.buyer(), "能退吗")).text)
    first = await play.command("/fact fee 31")
    await play.command("/fact fee 32")
    await play.owner.taps("撤销", on=first)
    assert any("不能撤销" in card.text for card in await play.cards())
    assert "32" in (await play.command("/fact fee")).text
    assert "退换说明" in (await play.command("/fact")).text
    assert "没有改动" in (await play.command("/fact fee 32.00")).text


async def test_facts_go_by_their_names(play: Play) -> None:
    """In the seller's own language, to read and to write; the names the files use are known too."""
    assert "16:25" in (await play.command("/fact 截单时间 16:25")).text
    assert "截单时间：16:25" in (await play.command("/fact cutoff")).text
    await play.command("/fact 退换 收到 45 天内都能退。")
    assert 45 in numbers((await play.ask(play.buyer(), "能退吗")).text)
    told = (await play.command("/hours 周一至周五 9:00-12:00 13:30-18:00；周六 10:00-16:00")).text
    assert "周一至周五 09:00-12:00 13:30-18:00；周六 10:00-16:00" in told
    assert (
        "放假：2027-02-06至2027-02-09"
        in (await play.command("/holiday 2027-02-06 到 2027-02-09") and await play.command("/holiday")).text
    )
    await play.command("/bundle 价格 几天到")
    assert "价格 → 几天到 · 您改过" in (await play.command("/bundle 价格")).text
    shown = (await play.command("/fact")).text
    assert not re.search(r"\b(?:hours|cutoff|closed|policy|warm|mon|sat)\b", shown)
    await play.command("/lang en")
    assert (
        "Opening hours (hours): Mon-Fri 09:00-12:00 13:30-18:00; Sat 10:00-16:00" in (await play.command("/fact")).text
    )
    assert "Price (price) → Arrival · yours" in (await play.command("/bundle price")).text
    english = play.made.carrier[2]
    assert f"Usual carrier (carrier): {english}" in (await play.command("/fact")).text
    assert "already" in (await play.command(f"/fact carrier {english}")).text


async def test_a_holiday_is_read_as_people_write_it(play: Play) -> None:
    """What was understood is said with its weekdays; [撤销] takes it back, and what may be two days is asked about."""
    told = await play.command("放假 2月6日到20日")
    assert "这次加上的是 2月6日（周六）到 2月20日（周六），共 15 天" in told.text
    assert "现在：2027-02-06至2027-02-20" in told.text
    assert "这次去掉的是 2月8日（周一），共 1 天" in (await play.command("/holiday 取消 2月8号")).text
    assert "可能是" in (await play.command("/holiday 6/2/2027")).text
    await play.command("/holiday none")
    assert "还没填" in (await play.command("/holiday")).text
    await play.command("/lang en")
    said = await play.command("/holiday Dec 24-26")
    assert "Closed: Thu 24 Dec to Sat 26 Dec, 3 days" in said.text


async def test_hours_and_holidays_are_told_to_buyers(play: Play) -> None:
    """Split hours and closed days set in chat hold from the next reply on."""
    await play.command("/hours 11:00-12:00 15:00-20:00")
    assert "11:00" in (await play.ask(play.buyer(), "怎么保修")).text.split("\n")[0]
    await play.command("/holiday 2026-11-20")
    heard = (await play.ask(play.buyer(), "怎么保修")).text.split("\n")[0]
    assert "明天" in heard or "11月21日" in heard
    assert "2026-11-20" in (await play.command("/holiday")).text
    await play.command("/holiday rm 2026-11-20")
    assert "还没填" in (await play.command("/holiday")).text


async def test_what_is_answered_together_is_changed_in_chat(play: Play) -> None:
    """/bundle ASK with names brings them along, none leaves the ask alone, reset is as it was."""
    asked = f"{play.made.plenty.title}多少钱"
    assert str(play.made.plenty.stock) in (await play.ask(play.buyer(), asked)).text
    await play.command("/bundle price none")
    assert numbers((await play.ask(play.buyer(), asked)).text.split("\n", 1)[1]) == [play.made.plenty.price]
    assert "只答这一问" in (await play.command("/bundle price")).text
    await play.command("/bundle price reset")
    assert "您改过" not in (await play.command("/bundle price")).text


@pytest.mark.parametrize(
    ("wrong", "usage"),
    [
        ("/fact nosuch 3", "/fact"), ("/fact cutoff late", "/fact"), ("/hours sometimes", "/hours"), ("/holiday 明年", "/holiday"),
        ("/bundle nosuch", "/bundle"), ("/bundle price nosuch", "/bundle"), ("/bundle price price", "/bundle"),
    ],
)  # fmt: skip
async def test_a_wrong_fact_is_told_and_changes_nothing(play: Play, wrong: str, usage: str) -> None:
    """What is wrong, how it goes, an example."""
    before = await play.store.shop.load()
    told = (await play.command(wrong)).text
    assert f"用法：{usage}" in told
    assert await play.store.shop.load() == before


async def test_an_agents_fact_waits_for_a_manager(play: Play) -> None:
    """An agent proposes, the owner accepts, and then it holds."""
    agent = await hire(play, Role.AGENT)
    await play.cards()
    await gives(play, agent, "/fact cutoff 11:11")
    card = await play.card()
    assert "11:11" in card.text
    assert "11:11" not in (await play.command("/fact cutoff")).text
    await play.owner.taps("通过", on=card)
    await play.settled()
    assert "11:11" in (await play.command("/fact cutoff")).text
