"""The shop's people: who they are, what each may do, and the language each reads. Held in memory, read from the store."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from handlers import access
from handlers.composing import LANGUAGES
from handlers.menus import SELLER, Menu
from store.staff import Member, Role

if TYPE_CHECKING:
    from handlers.desk import Desk

LANGUAGE_OF = "language:"
"""Before a person's number: the mark that keeps the language chosen with /lang."""
TESTING = "testing:"
"""Before a person's number: the mark that they play the buyer, see /test."""


class People:
    """`owners` are those of the settings; who claimed the shop or was given a role is `read`."""

    def __init__(self, desk: Desk, owners: Sequence[int]) -> None:
        self._desk = desk
        self._fixed = tuple(owners)
        self.present = {owner: Member(owner, Role.OWNER, desk.clock.now(), "settings") for owner in owners}
        self.names: dict[int, str] = {}
        """By number, of those too who have left."""
        self.testers: set[int] = set()
        """Who plays the buyer, see /test."""
        self._languages: dict[int, tuple[str, str]] = {}

    async def read(self) -> None:
        """Whose commands are obeyed: the owners of the settings, who claimed the shop, and who was given a role."""
        store = self._desk.store
        ever = await store.staff.ever()
        present = {member.user_id: member for member in await store.staff.present()}
        for owner in self._fixed:
            name = present[owner].name if owner in present else ""
            present[owner] = Member(owner, Role.OWNER, self._desk.clock.now(), "settings", name)
        self.present = {id: present[id] for id in (*self._fixed, *present)}
        self.names = {member.user_id: member.name for member in ever if member.name}
        for id in self.present:
            if (chosen := await store.marks.get(f"{LANGUAGE_OF}{id}")) in LANGUAGES:
                self.speaks(id, *LANGUAGES[chosen])
        playing = await store.marks.beginning(TESTING)
        self.testers = {int(name.removeprefix(TESTING)) for name in playing} & set(self.present)

    async def changed(self, *gone: int) -> None:
        """Somebody came, went, or was given another role: it holds from the next update on, and the menus follow."""
        await self.read()
        if self._desk.set_commands:
            await self._desk.set_commands(*gone)

    def is_fixed(self, who: int) -> bool:
        """Whether this owner stands in the settings."""
        return who in self._fixed

    def role(self, who: int) -> Role | None:
        """What this person may do; None for everybody who is not one of the shop's people."""
        member = self.present.get(who)
        return None if member is None else member.role

    def name_of(self, who: int) -> str:
        """One of the shop's people by name, gone or present; the number where no name is known."""
        return self.names.get(who, "") or str(who)

    def having(self, least: Role) -> tuple[int, ...]:
        """Everybody with at least this role."""
        return tuple(id for id, member in self.present.items() if member.role.covers(least))

    @property
    def owners(self) -> tuple[int, ...]:
        return self.having(Role.OWNER)

    @property
    def sellers(self) -> tuple[int, ...]:
        """Who answers buyers, and so sees their cards."""
        return self.having(Role.AGENT)

    def menus(self) -> dict[int, Menu]:
        """What each of the shop's people sees behind "/"."""
        offered = [name for name, _ in SELLER["en"]]
        return {
            id: Menu(
                frozenset(name for name in offered if access.may_command(self._desk, id, name)),
                self._languages.get(id, ("", ""))[0],
            )
            for id in self.present
        }

    def language_of(self, who: int) -> tuple[str, str]:
        """Language and script of one who has chosen; Chinese else."""
        return self._languages.get(who, ("zh", "hans"))

    def speaks(self, who: int, language: str, script: str = "") -> None:
        """One of the shop's people reads this language."""
        self._languages[who] = (language, script)
