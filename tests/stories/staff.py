"""The shop's people, hired and commanding: what stories of them share."""

from sandbox import Heard, Person
from store.staff import Role
from tests.play import Play


async def hire(play: Play, role: Role, id: int = 10002, name: str = "小周") -> Person:
    """The owner takes somebody in, who opens the bot."""
    person = play.sandbox.seller(id=id, name=name)
    told = await play.command(f"/role add {id} {role} {name}")
    assert name in told.text
    await person.start()
    await person.hears_all()
    return person


async def gives(play: Play, person: Person, text: str) -> Heard:
    """Somebody gives a command; the bot's first answer."""
    await play.settled()
    await person.hears_all()
    await person.says(text)
    return await person.hears()
