"""People as a test plays them: `await buyer.says("有货吗")`, then `await buyer.hears()`."""

# How long to wait is part of what a test says.
# ruff: noqa: ASYNC109

from collections.abc import Sequence
from typing import Any, Protocol

from sandbox import acting
from sandbox.bell import PATIENCE
from sandbox.chats import Account, Answer, Chat, Message, Query
from sandbox.files import Kind
from sandbox.heard import Heard, grouped
from sandbox.pictures import plain
from sandbox.world import World


class Home(Protocol):
    """Where people live: their world, and word of when the bot has nothing left to do."""

    @property
    def world(self) -> World: ...

    async def settled(self, timeout: float = ...) -> None: ...


class Person:
    """Somebody with a phone: a buyer, or the seller. Every act is told to the bot at once."""

    def __init__(self, home: Home, account: Account, chat: Chat | None = None) -> None:
        self._home = home
        self.account = account
        self._elsewhere = chat
        self.marks: dict[str, Any] = {}
        self.answer: Answer | None = None
        self._heard = 0

    def __repr__(self) -> str:
        return f"Person({self.id}, {self.name!r})"

    @property
    def id(self) -> int:
        """The numeric id, which is also the chat's."""
        return self.account.id

    @property
    def name(self) -> str:
        """The first name."""
        return self.account.first_name

    @property
    def chat(self) -> Chat:
        """Where they speak: the chat with the bot, unless it is another one."""
        return self._elsewhere or self.world.chats[self.id]

    @property
    def world(self) -> World:
        """What this person lives in."""
        return self._home.world

    # what they do

    async def start(self, payload: str | None = None) -> int:
        """Press START; `payload` is what a deep link carries. Each act returns the new message's id."""
        return acting.start(self.world, self.account, payload).message_id

    async def says(self, text: str, *, extra: dict[str, Any] | None = None) -> int:
        """Write a line. `extra` adds fields to the message (via_bot, sender_chat …)."""
        return acting.say(
            self.world, self.account, text, extra=self.marks | (extra or {}), chat=self._elsewhere
        ).message_id

    async def replies_to(self, message: "Heard | int", text: str) -> int:
        """Answer a certain message."""
        number = message if isinstance(message, int) else message.message_id
        return acting.say(
            self.world, self.account, text, reply_to=number, extra=self.marks, chat=self._elsewhere
        ).message_id

    async def sends_photo(self, data: bytes | None = None, caption: str | None = None) -> int:
        """Send a picture; without `data` a plain one."""
        data = plain(320, 240) if data is None else data
        return self._sends(Kind.PHOTO, data, "photo.jpg", caption)

    async def sends_document(self, data: bytes, name: str, caption: str | None = None, mime: str | None = None) -> int:
        """Send a file."""
        return self._sends(Kind.DOCUMENT, data, name, caption, mime=mime)

    async def sends_voice(self, data: bytes = b"OggS") -> int:
        """Send a voice note."""
        return self._sends(Kind.VOICE, data, "voice.ogg", mime="audio/ogg")

    async def sends_sticker(self, data: bytes = b"RIFF") -> int:
        """Send a sticker."""
        return self._sends(Kind.STICKER, data, "sticker.webp")

    async def sends_video(self, data: bytes = b"video", caption: str | None = None) -> int:
        """Send a video."""
        return self._sends(Kind.VIDEO, data, "video.mp4", caption)

    async def sends_album(self, photos: Sequence[bytes | None], caption: str | None = None) -> list[int]:
        """Send several pictures at once; they reach the bot one by one, the caption on the first."""
        album = self.world.album_id()
        return [
            self._sends(
                Kind.PHOTO,
                plain(320, 240) if data is None else data,
                "photo.jpg",
                caption if number == 0 else None,
                album=album,
            )
            for number, data in enumerate(photos)
        ]

    async def sends(self, **fields: Any) -> int:
        """Send anything else by the fields of its message: `sends(location={…})`."""
        return acting.send_other(self.world, self.account, fields | self.marks, self._elsewhere).message_id

    async def forwards(self, text: str, author: "Person | str" = "陌生人") -> int:
        """Forward a line written by somebody else; a name alone is somebody who hides their account."""
        date = self.world.seconds()
        origin: dict[str, Any] = {"type": "hidden_user", "date": date, "sender_user_name": str(author)}
        if isinstance(author, Person):
            origin = {"type": "user", "date": date, "sender_user": author.account.user()}
        return acting.forward(self.world, self.account, text, origin).message_id

    async def edits(self, message_id: int, text: str) -> None:
        """Change one's own message."""
        acting.edit(self.world, self.account, message_id, text, self._elsewhere)

    async def deletes(self, message_id: int) -> None:
        """Delete a message for both; the bot is not told."""
        acting.delete(self.world, self.account, message_id)

    async def blocks(self) -> None:
        """Block the bot."""
        acting.set_blocked(self.world, self.account, True)

    async def unblocks(self) -> None:
        """Let the bot back in."""
        acting.set_blocked(self.world, self.account, False)

    async def taps(
        self, button: str | int, *, on: "Heard | int | None" = None, wait: bool = True, timeout: float = PATIENCE
    ) -> str:
        """Press the newest button of this label (exact, or else a part of it), or by its number from 0.

        Returns what the bot showed ("" for a silent answer), or the copied text, or the address opened; the whole
        answer is then in `answer`. With `wait=False` it does not wait for the bot.
        """
        place = self._place(button, None if on is None else on if isinstance(on, int) else on.message_id)
        if place is None:
            return await self._type_button(button)
        result = acting.tap(self.world, self.account, *place, chat=self._elsewhere)
        return result if isinstance(result, str) else await self._answered(result, wait, timeout)

    async def presses(
        self, data: str, *, on: "Heard | None" = None, wait: bool = True, timeout: float = PATIENCE
    ) -> str:
        """Send any callback data, as a forged client could; `on` may be a message of somebody else's chat."""
        message = on.messages[0] if on is not None else self._bot_messages()[-1]
        return await self._answered(acting.press(self.world, self.account, message, data), wait, timeout)

    def data_of(self, button: str | int, *, on: "Heard | None" = None) -> str:
        """The callback data behind a button, for replaying and forging."""
        place = self._place(button, None if on is None else on.message_id)
        assert place is not None, f"no button {button!r} in:\n{self.transcript()}"
        number, row, column = place
        return str(self.chat.messages[number].body["reply_markup"]["inline_keyboard"][row][column]["callback_data"])

    # what they perceive

    async def hears(self, timeout: float = PATIENCE) -> Heard:
        """The next thing the bot said that this person has not heard yet; an AssertionError if there is none."""
        heard = await self.world.bell.until(self._next, timeout)
        if heard is None:
            raise AssertionError(f"{self.name} heard nothing for {timeout:g} s. The chat so far:\n{self.transcript()}")
        self._heard = heard.messages[-1].order
        return heard

    async def hears_several(self, n: int, timeout: float = PATIENCE) -> list[Heard]:
        """The next `n` things, in order."""
        return [await self.hears(timeout) for _ in range(n)]

    async def hears_nothing(self, timeout: float = PATIENCE) -> None:
        """Wait until everything has settled, and make sure the bot said nothing new."""
        await self._home.settled(timeout)
        heard = self._next()
        if heard is not None:
            raise AssertionError(f"{self.name} should have heard nothing, but heard: {heard.text!r}")

    async def hears_all(self, timeout: float = PATIENCE) -> list[Heard]:
        """Wait until everything has settled; all that was new by then, perhaps nothing."""
        await self._home.settled(timeout)
        found = []
        while (heard := self._next()) is not None:
            self._heard = heard.messages[-1].order
            found.append(heard)
        return found

    @property
    def unheard(self) -> int:
        """How many things wait to be heard."""
        return len({message.body.get("media_group_id", message.order) for message in self._new()})

    @property
    def sees(self) -> list[Heard]:
        """Everything of the bot's that stands in the chat now, oldest first."""
        return grouped(self.world, self._bot_messages())

    @property
    def commands(self) -> list[str]:
        """The commands in this person's menu."""
        return [command["command"] for command in self.world.commands.seen_by(self.id, self.account.language_code)]

    @property
    def is_typed_to(self) -> bool:
        """Whether the bot shows itself busy."""
        return self.chat.action is not None

    def transcript(self) -> str:
        """The chat as it stands, one line a message."""
        lines = []
        for message in self.chat.messages.values():
            if not self._is_here(message):
                continue
            who = "bot" if message.from_bot else message.body["from"]["first_name"]
            file = self.world.file_of(message)
            parts = [f"[{file.kind.value}: {file.name}]" if file else "", message.text]
            parts += [f"[{button}]" for row in Heard(self.world, (message,)).buttons for button in row]
            marks = " (deleted)" if message.deleted else " (edited)" if "edit_date" in message.body else ""
            lines.append(f"{who}: {' '.join(part for part in parts if part)}{marks}")
        return "\n".join(lines)

    # inside

    def _sends(self, kind: Kind, data: bytes, name: str, caption: str | None = None, **more: Any) -> int:
        more = {"extra": self.marks, "chat": self._elsewhere} | more
        return acting.send_file(self.world, self.account, kind, data, name, caption, **more).message_id

    def _is_here(self, message: Message) -> bool:
        """Whether this person looks at where the message stands."""
        return True

    def _bot_messages(self) -> list[Message]:
        return [
            message
            for message in self.chat.messages.values()
            if message.from_bot and not message.deleted and self._is_here(message)
        ]

    def _new(self) -> list[Message]:
        found = []
        for message in reversed(self.chat.messages.values()):
            if message.order <= self._heard:
                break
            if message.from_bot and not message.deleted and self._is_here(message):
                found.append(message)
        return found[::-1]

    def _next(self) -> Heard | None:
        things = grouped(self.world, self._new())
        return things[0] if things else None

    def _place(self, button: str | int, only: int | None) -> tuple[int, int, int] | None:
        """Where a button is: message, row, column. The newest message wins, an exact label before a partial one."""
        spots = [
            (message.message_id, row, column, str(spot["text"]))
            for message in reversed(self._bot_messages())
            if only is None or message.message_id == only
            for row, line in enumerate(message.body.get("reply_markup", {}).get("inline_keyboard", []))
            for column, spot in enumerate(line)
        ]
        if isinstance(button, int):
            newest = [spot for spot in spots if spot[0] == spots[0][0]]
            return newest[button][:3] if button < len(newest) else None
        exact = [spot for spot in spots if spot[3] == button]
        partial = [spot for spot in spots if button in spot[3]]
        return (exact or partial)[0][:3] if exact or partial else None

    async def _type_button(self, button: str | int) -> str:
        rows = (self.chat.keyboard or {}).get("keyboard", [])
        labels = [str(spot["text"]) for row in rows for spot in row]
        wanted = labels[button] if isinstance(button, int) and button < len(labels) else button
        if wanted not in labels:
            raise AssertionError(f"{self.name} sees no button {button!r}. The chat so far:\n{self.transcript()}")
        await self.says(str(wanted))
        return str(wanted)

    async def _answered(self, query: Query, wait: bool, timeout: float) -> str:
        if not wait:
            return ""
        answer = await self.world.bell.until(lambda: query.answer, timeout)
        if answer is None:
            raise AssertionError(f"the bot did not answer {self.name}'s tap within {timeout:g} s:\n{self.transcript()}")
        self.answer = answer
        return answer.text
