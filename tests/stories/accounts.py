"""The seller's own account, connected, and a buyer's chat in it: what stories of accounts share."""

from sandbox import Connection, Talk
from tests.play import Play


async def connected(play: Play, **rights: bool) -> Connection:
    """The owner connects their account; the card that says so has been read."""
    await play.cards()
    link = play.sandbox.connect(play.owner, **rights)
    await play.settled()
    await play.cards()
    return link


def talk(play: Play, link: Connection, language: str = "zh") -> Talk:
    return play.sandbox.talk(link, play.buyer(language))
