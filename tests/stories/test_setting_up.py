"""The first minutes of a shop: /setup by taps and short lines, /test, /help COMMAND, and the diary of the day."""

import re

from handlers import ALIASES, SELLER_COMMANDS
from handlers.access import COMMANDS
from store.staff import Role
from tests.play import OpenShop, Play
from tests.stories.staff import gives, hire


async def test_setup_by_taps_and_lines_left_and_taken_up_again(open_shop: OpenShop) -> None:
    """Name typed, the rest tapped or typed; left in the middle, over a restart, it goes on where it was."""
    play = await open_shop(stocked=False)
    await play.command("/digest off")
    asked = await play.command("/setup")
    assert "1/6" in asked.text
    assert "群里" in (await play.command("/setup inbox")).text
    await play.owner.says("南山茶铺")
    zone = await play.card()
    await play.owner.taps("北京时间", on=zone)
    hours = await play.card()
    assert "3/6" in hours.text
    await play.owner.says("随便")
    assert "读不出" in (await play.card()).text
    await play.restart()
    assert "3/6" in (await play.command("/setup")).text
    await play.owner.says("9:00-12:00 14:00-18:00")
    cutoff = await play.card()
    await play.owner.taps("跳过", on=cutoff)
    carrier = await play.card()
    await play.owner.taps("中通快递", on=carrier)
    languages = await play.card()
    await play.owner.taps("中文、英文", on=languages)
    done = await play.card()
    assert "可以开门" in done.text
    assert "startgroup=inbox" in done.html
    facts = (await play.command("/fact")).text
    for said in ("南山茶铺", "09:00-12:00 14:00-18:00", "中通快递", "北京时间"):
        assert said in facts
    assert "截单时间" in facts.split("还没填")[1]
    assert "没看懂" in (await play.command("谢谢")).text


async def test_a_wrong_answer_in_setup_is_gone_back_to(open_shop: OpenShop) -> None:
    """A new shop's owner is shown the way to /setup; ‹ asks the question before once more, also from the end, and the answer
    is replaced."""
    play = await open_shop(stocked=False)
    await play.command("/digest off")
    assert "/setup" in (await play.command("/start")).text
    await play.command("/setup")
    await play.owner.says("南山茶铺")
    zone = await play.card()
    await play.owner.taps("上一题", on=zone)
    again = await play.card()
    assert "1/6" in again.text
    assert "南山茶铺" in again.text
    await play.owner.says("北山茶铺")
    for step in range(2, 7):
        asked = await play.card()
        assert f"{step}/6" in asked.text
        await play.owner.taps("跳过" if "跳过" in str(asked.buttons) else "就这样", on=asked)
    done = await play.card()
    assert "可以开门" in done.text
    await play.owner.taps("上一题", on=done)
    assert "6/6" in (await play.card()).text
    assert "北山茶铺" in (await play.command("/fact")).text
    assert "/setup" not in (await play.command("/start")).text.replace("/setup inbox", "")


async def test_a_seller_is_a_buyer_for_a_while(play: Play) -> None:
    """/test: the seller's lines are a buyer's, over a restart too; commands are nobody's; /test off and nobody waits."""
    assert "/test off" in (await play.command("/test")).text
    await play.restart()
    heard = await play.ask(play.owner, "怎么保修")
    assert str(play.made.warranty_months) in heard.text
    await play.ask(play.owner, f"/stock {play.made.plenty.sku} 1")
    await play.ask(play.owner, "转人工")
    assert "欢迎回来" in (await play.command("/test off")).text
    assert f"库存 {play.made.plenty.stock}" in (await play.command(f"/item {play.made.plenty.sku}")).text
    assert "没有买家在等" in (await play.command("/inbox")).text
    assert "用法：/test" in (await play.command("/test now")).text


async def test_help_tells_how_each_command_goes(play: Play) -> None:
    """/help COMMAND has usage and example for every command; a lesser role's /help names what it may, and nothing else."""
    for name in sorted(set(SELLER_COMMANDS) - ALIASES - {"start"}):
        told = (await play.command(f"/help {name}")).text
        assert "用法：" in told, name
        assert "例如：" in told, name
    assert "/stock 货号 数量" in (await play.command("/help 库存")).text
    viewer = await hire(play, Role.VIEWER)
    listed = (await gives(play, viewer, "/help")).text
    for name in set(SELLER_COMMANDS) - ALIASES - {"start"}:
        assert (f"/{name} " in listed) == Role.VIEWER.covers(COMMANDS[name]), name
    assert "用法：" not in (await gives(play, viewer, "/help stock")).text


async def test_the_diary_keeps_itself(play: Play) -> None:
    """/diary tells who did what today, yesterday is yesterday's, and an agent sees their own."""
    agent = await hire(play, Role.AGENT)
    buyer = play.buyer()
    await play.ask(buyer, "转人工")
    await play.settled()
    card = next(seen for seen in agent.sees if str(buyer.id) in seen.text)
    await agent.replies_to(card, "在的")
    await play.settled()
    today = (await play.command("/diary")).text
    assert "小周" in today
    assert "回复 1 条" in today
    assert "没有记录" in (await play.command("/diary 昨天")).text
    assert "小周" in (await play.command("/diary 2026-11-20 10002")).text
    own = (await gives(play, agent, "/diary")).text
    assert "小周" in own
    assert "role" not in own
    await play.pass_time(days=1)
    assert "回复 1 条" in (await play.command("/diary yesterday")).text
    await play.command("/fact cutoff 16:20")
    told = (await play.command("/diary")).text
    assert re.search("改店铺资料 截单时间：.* → 16:20", told)
    assert not re.search(r"\b(?:change|fact|cutoff|buyer|sku|take)\b", told)
    assert "用法：/diary" in (await play.command("/diary someday")).text
