"""The shop's people: who may do what, what waits for a manager, and that the history stays when somebody goes."""

import pytest

from handlers import SELLER_COMMANDS
from handlers.access import BUTTONS, COMMANDS
from handlers.seller.aliases import ALIASES
from handlers.seller.taps import CHANGING, ON_CHAT, OTHERS
from handlers.seller.teaching.replies import REPLIES
from store.buttons import Button
from store.staff import Role
from tests.play import OWNER, Play, numbers
from tests.stories.staff import gives, hire

LESSER = (Role.MANAGER, Role.AGENT, Role.VIEWER)
UNKNOWN = "没看懂"


async def deeds(play: Play) -> list[str]:
    """What the audit has of commands that were run, the newest first."""
    return [one.what for one in await play.store.audit.latest(1000) if one.about == "command"]


def test_every_command_and_button_declares_who_may() -> None:
    """What is declared exists, and what is only the owner's is so on purpose."""
    assert set(COMMANDS) >= set(SELLER_COMMANDS), "declare the least role of each command in handlers/access.py"
    assert set(BUTTONS) >= {*ON_CHAT, *CHANGING, *OTHERS, *REPLIES}, (
        "declare the least role of each button in handlers/access.py"
    )


@pytest.mark.parametrize("role", LESSER)
async def test_a_lesser_role_is_refused_what_is_not_theirs(play: Play, role: Role) -> None:
    """Every command above one's role is answered as a command that does not exist, is not run, and is in the audit."""
    person = await hire(play, role)
    refused = 0
    for name in SELLER_COMMANDS:
        before = await deeds(play)
        answer = await gives(play, person, f"/{name}")
        if role.covers(COMMANDS.get(name, Role.OWNER)):
            assert (await deeds(play))[0] == f"/{name}"
            if name == "test":  # what comes next is a seller's again
                await gives(play, person, "/test off")
            continue
        refused += 1
        assert UNKNOWN in answer.text, (name, answer.text)
        unknown = (await gives(play, person, "/nosuchthing")).text
        assert answer.text == unknown.replace("/nosuchthing", f"/{name}")
        assert await deeds(play) == before
        assert [one.what for one in await play.store.audit.about(name)] == ["refused"]
    assert refused == sum(not role.covers(COMMANDS.get(name, Role.OWNER)) for name in SELLER_COMMANDS) > 0


@pytest.mark.parametrize("role", [*LESSER, None])
async def test_a_button_above_ones_role_does_nothing(play: Play, role: Role | None) -> None:
    """Every button pressed by whoever may not, though it was made for them: refused, and nothing is changed."""
    person = await hire(play, role) if role else play.buyer(name="路人")
    await play.ask(person, "/help")
    for action in (*ON_CHAT, *CHANGING, *OTHERS, "nosuchaction"):
        if role is not None and role.covers(BUTTONS.get(action, Role.OWNER)):
            continue
        button = Button(person.id, person.id, action, play.clock.now(), {"conversation": 1})
        await play.store.write([play.store.buttons.add(button)])
        before = len(await play.store.audit.latest(1000))
        assert "过期" in await person.presses(button.id) or "点过" in person.answer.text  # type: ignore[union-attr]
        assert len(await play.store.audit.latest(1000)) == before, action
        kept = await play.store.buttons.get(button.id)
        assert kept is not None
        assert kept.used_at is None


async def test_roles_are_given_shown_changed_and_undone(play: Play) -> None:
    """/role lists, adds, changes and removes; menus follow; an undo brings the role back, once, and not after a change."""
    agent = await hire(play, Role.AGENT)
    assert "stock" in agent.commands
    assert "role" not in agent.commands
    listed = (await play.command("/role")).text
    assert "小周" in listed
    assert "10002" in listed
    assert "客服" in listed
    promoted = await play.command("/role add 10002 manager")
    assert "店长" in promoted.text
    await play.settled()
    assert "audit" in agent.commands
    await play.owner.taps("撤销", on=promoted)
    assert "客服" in (await play.card()).text
    assert UNKNOWN in (await gives(play, agent, "/audit")).text
    await play.command("/role rm 10002")
    await play.owner.taps("撤销", on=promoted)
    await play.owner.hears_nothing()
    assert "10002" not in (await play.command("/role")).text
    await play.settled()
    assert "stock" not in agent.commands


async def test_one_who_was_removed_is_a_buyer_like_any_other(play: Play) -> None:
    """A removed person's commands, buttons and replies do nothing; what they did stays on record."""
    agent = await hire(play, Role.AGENT)
    buyer = play.buyer()
    await play.ask(buyer, "转人工")
    card = await agent.hears()
    await gives(play, agent, f"/take {buyer.id}")
    told = await play.command("/role rm 10002")
    assert "1 个接待中的聊天" in told.text
    await agent.hears_all()
    await agent.taps("处理好了", on=card)
    await play.settled()
    await agent.says(f"/stock {play.made.plenty.sku} 1")
    await play.settled()
    assert all("库存" not in seen.text for seen in await agent.hears_all())
    assert f"库存 {play.made.plenty.stock}" in (await play.command(f"/item {play.made.plenty.sku}")).text
    assert "小周" in (await play.command("/audit 10002")).text


@pytest.mark.parametrize(
    "wrong", ["add", "add @xiaozhou agent", "add 10002", "add 10002 king", "rm", "rm 77", "drop 10002", f"rm {OWNER}"]
)
async def test_a_wrong_role_is_told_and_changes_nothing(play: Play, wrong: str) -> None:
    """Names instead of numbers, unknown roles, the owner of the settings: told what is wrong, with usage and example."""
    told = await play.command(f"/role {wrong}")
    assert "用法：/role" in told.text
    assert "例如：" in told.text
    assert [one.user_id for one in await play.store.staff.present()] == []


async def test_an_agents_price_waits_for_a_manager(play: Play) -> None:
    """An agent's new price is put to owner and manager with both values; accepted it holds, refused it does not."""
    one = play.made.plenty
    agent, manager = await hire(play, Role.AGENT), await hire(play, Role.MANAGER, 10003, "小吴")
    for decision, price in (("不改", one.price), ("通过", 888)):
        await play.cards()
        await manager.hears_all()
        waits = await gives(play, agent, f"/price {one.sku} 888")
        assert "店长" in waits.text
        assert numbers((await play.command(f"/price {one.sku}")).text) == [one.price]
        card = await manager.hears()
        assert {one.price, 888} <= set(numbers(card.text))
        assert card.buttons == [["通过", "不改"]]
        await manager.taps(decision, on=card)
        await play.settled()
        assert "小吴" in (await agent.hears()).text
        assert numbers((await play.command(f"/price {one.sku}")).text) == [price]
        assert card.buttons == []
        assert any(seen.text.startswith("✅" if decision == "通过" else "✖️") for seen in play.owner.sees)


async def test_what_was_changed_meanwhile_is_not_overwritten_by_a_review(play: Play) -> None:
    """A price that the owner has set since the proposal stays; both hear why."""
    one = play.made.plenty
    agent = await hire(play, Role.AGENT)
    await play.cards()
    await gives(play, agent, f"/price {one.sku} 888")
    card = await play.card()
    await play.command(f"/price {one.sku} 777")
    await play.owner.taps("通过", on=card)
    await play.settled()
    assert numbers((await play.command(f"/price {one.sku}")).text) == [777]
    assert "没有生效" in (await agent.hears()).text


async def test_what_was_one_persons_becomes_anothers(play: Play) -> None:
    """/reassign hands over the chats one has taken, the cards say whose they are now, and the undo gives them back."""
    agent, other = await hire(play, Role.AGENT), await hire(play, Role.AGENT, 10003, "小吴")
    buyer = play.buyer()
    await play.ask(buyer, "转人工")
    await gives(play, agent, f"/take {buyer.id}")
    card = next(seen for seen in play.owner.sees if str(buyer.id) in seen.text)
    await card.reads("小周 在接待")
    done = await play.command("/reassign 10002 10003")
    assert numbers(done.text) == [1, 0]
    await card.reads("小吴 在接待")
    await play.settled()
    assert any("在这里不出声" in seen.text for seen in other.sees)
    await play.owner.taps("撤销", on=done)
    await card.reads("小周 在接待")
    for wrong in ("", "10002", "10002 77", "10002 10002", "小周 小吴"):
        assert "用法：/reassign" in (await play.command(f"/reassign {wrong}")).text


async def test_every_seller_hears_of_a_buyer_and_sees_who_answered(play: Play) -> None:
    """Agents get the card too, a viewer does not; whoever answers first is named on the others' cards."""
    agent, viewer = await hire(play, Role.AGENT), await hire(play, Role.VIEWER, 10003, "小看")
    await play.cards()
    buyer = play.buyer()
    await play.ask(buyer, "转人工")
    card, theirs = await play.card(), await agent.hears()
    await viewer.hears_nothing()
    await agent.replies_to(theirs, "我是小周")
    assert (await buyer.hears()).text == "我是小周"
    await card.reads("小周 已回复")
    await theirs.reads("您已回复")
    await viewer.replies_to(viewer.sees[0], "我也来")
    assert UNKNOWN in (await viewer.hears()).text


async def test_a_file_is_the_owners_to_send(play: Play) -> None:
    """Changing many things at once is the owner's: an agent's catalogue is not even read."""
    agent = await hire(play, Role.MANAGER)
    await agent.sends_document(play.made.catalogue_csv.encode(), "catalogue.csv")
    assert UNKNOWN in (await agent.hears()).text


async def test_the_audit_tells_who_did_what(play: Play) -> None:
    """/audit shows the latest deeds, those about a buyer or a thing, and those of one person, by name."""
    agent = await hire(play, Role.AGENT)
    buyer = play.buyer()
    await play.ask(buyer, "在吗")
    await gives(play, agent, f"/take {buyer.id}")
    await gives(play, agent, f"/stock {play.made.plenty.sku} 5")
    assert "小周" in (await play.command(f"/audit {buyer.id}")).text
    about = (await play.command(f"/audit {play.made.plenty.sku}")).text
    assert "改库存" in about
    assert "→ 5" in about
    assert "小周（客服）" in about
    assert " words " not in (await play.command("/audit 5")).text
    assert len((await play.command("/audit 3")).text.split("\n")) == 3
    assert "没有关于" in (await play.command("/audit NO-SUCH")).text


async def test_chinese_words_are_commands_too(play: Play) -> None:
    """库存 A-1 5 is /stock A-1 5, with or without a slash; the same word said to a buyer's card goes to the buyer."""
    assert set(ALIASES.values()) >= {"stock", "price", "here", "away", "inbox", "ship"}
    one = play.made.plenty
    assert "15" in (await play.command(f"库存 {one.sku} 15")).text
    assert "16" in (await play.command(f"/库存 {one.sku} 16")).text
    assert numbers((await play.command(f"价格 {one.sku}")).text) == [one.price]
    assert "11:00" in (await play.command("在 1h")).text
    assert "10:30" in (await play.command("不在 30m")).text
    buyer = play.buyer()
    await play.ask(buyer, "转人工")
    card = await play.card()
    await play.owner.replies_to(card, "在")
    assert (await buyer.hears()).text == "在"


async def test_the_records_say_who_did_it(play: Play) -> None:
    """An agent who serves an order stands in its steps, its stock, its parcel, its promises and its mistakes, not the owner."""
    agent = await hire(play, Role.AGENT)
    buyer, sku, who = play.buyer(), play.made.plenty.sku, f"agent:{agent.id}"
    await play.ask(buyer, "在吗")
    await gives(play, agent, f"/order new {buyer.id} {sku} 1")
    (order,) = await play.store.orders.of_buyer(buyer.id)
    for command in (
        "order {} paid",
        "order {} note 加贺卡",
        "late {} 明天下午",
        "ship {} 中通 73123456789012",
        "sorry {} 包装破了",
    ):
        await gives(play, agent, f"/{command.format(order.order_no)}")
    assert {one.by for one in await play.store.orders.steps(order.order_no)} == {who}
    assert (await play.store.stock_history.of(sku))[0].by == who
    assert [one.by for one in await play.store.parcels.of_order(order.order_no)] == [who]
    assert {one.by for one in await play.store.promises.of_order(order.order_no)} == {who}
    assert {one.by for one in await play.store.mistakes.of_order(order.order_no)} == {who}
