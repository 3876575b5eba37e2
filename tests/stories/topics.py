"""A group that is the inbox, and a buyer's topic in it: what stories of topics share."""

from sandbox import Group, Seat
from tests.play import Play


async def forum(play: Play) -> Group:
    """The owner makes the bot an administrator of a group: it is the inbox from then on."""
    await play.settled()
    await play.cards()
    group = play.sandbox.group(play.owner, "北窗收件箱")
    play.sandbox.let_in(group, play.owner)
    await play.settled()
    await play.cards()
    return group


async def seat(play: Play, group: Group, name: str = "小林") -> Seat:
    """The owner at the topic of the buyer of this name."""
    await play.settled()
    thread = next(one.id for one in reversed(group.topics.values()) if name in one.name and not one.is_deleted)
    return play.sandbox.seat(group, play.owner, thread)
