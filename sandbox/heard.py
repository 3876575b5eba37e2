"""What a person heard: one message of the bot's, or one album, as it stands in the chat now."""

# How long to wait is part of what a test says.
# ruff: noqa: ASYNC109

from dataclasses import dataclass
from typing import Any

from sandbox.bell import PATIENCE
from sandbox.chats import Message
from sandbox.files import File, Kind
from sandbox.markup import as_html
from sandbox.world import World


@dataclass(frozen=True, slots=True)
class Heard:
    """One thing the bot said: a message, or an album as a whole. It shows what the person sees now, edits included."""

    world: World
    messages: tuple[Message, ...]

    @property
    def message_id(self) -> int:
        """The id in this chat; of an album the first one's."""
        return self.messages[0].message_id

    @property
    def message_ids(self) -> list[int]:
        """All ids of an album."""
        return [message.message_id for message in self.messages]

    @property
    def text(self) -> str:
        """Plain text, or the caption."""
        return next((message.text for message in self.messages if message.text), "")

    @property
    def html(self) -> str:
        """The text with its tags."""
        return as_html(self.text, self.entities)

    @property
    def entities(self) -> list[dict[str, Any]]:
        """The entities of the text, offsets in UTF-16 units."""
        body = next((message.body for message in self.messages if message.text), {})
        return list(body.get("entities") or body.get("caption_entities") or [])

    @property
    def versions(self) -> list[str]:
        """Every text it has had, the first one first."""
        return [str(body.get("text") or body.get("caption") or "") for body in self.messages[0].versions]

    @property
    def is_edited(self) -> bool:
        """Whether "edited" stands beside it."""
        return any("edit_date" in message.body for message in self.messages)

    @property
    def is_deleted(self) -> bool:
        """Whether it was taken away."""
        return self.messages[0].deleted

    @property
    def files(self) -> list[File]:
        """The files it carries, with name, mime, kind and data."""
        return [file for message in self.messages if (file := self.world.file_of(message)) is not None]

    @property
    def photos(self) -> list[bytes]:
        """The pictures it carries."""
        return [file.data for file in self.files if file.kind is Kind.PHOTO]

    @property
    def documents(self) -> list[str]:
        """The names of the documents it carries."""
        return [file.name for file in self.files if file.kind is Kind.DOCUMENT]

    @property
    def buttons(self) -> list[list[str]]:
        """The labels under it, row by row."""
        return [[str(button["text"]) for button in row] for row in self._rows]

    @property
    def links(self) -> dict[str, str]:
        """The addresses behind url buttons, and the texts behind copy buttons, by label."""
        told = {}
        for row in self._rows:
            for button in row:
                if "url" in button or "copy_text" in button:
                    told[str(button["text"])] = str(button.get("url") or button["copy_text"]["text"])
        return told

    @property
    def reply_to(self) -> int | None:
        """The id of the message it answers."""
        answered = self.messages[0].body.get("reply_to_message")
        return None if answered is None else int(answered["message_id"])

    @property
    def body(self) -> dict[str, Any]:
        """The Bot API's own Message."""
        return self.messages[0].body

    @property
    def _rows(self) -> list[list[dict[str, Any]]]:
        markup = self.messages[-1].body.get("reply_markup", {})
        return list(markup.get("inline_keyboard", []))

    async def changes(self, timeout: float = PATIENCE) -> str:
        """Wait until it is edited or taken away after this call; returns the text that stands then."""
        message = self.messages[0]
        before = (len(message.versions), message.deleted)
        if not await self.world.bell.until(lambda: (len(message.versions), message.deleted) != before, timeout):
            raise AssertionError(f"for {timeout:g} s nothing changed in: {self.text!r}")
        return self.text

    async def reads(self, part: str, timeout: float = PATIENCE) -> str:
        """Wait until its text contains `part`; returns the text."""
        if not await self.world.bell.until(lambda: part in self.text, timeout):
            raise AssertionError(f"after {timeout:g} s {part!r} is not in: {self.text!r}")
        return self.text


def grouped(world: World, messages: list[Message]) -> list[Heard]:
    """Single messages and whole albums, in order."""
    things: list[list[Message]] = []
    for message in messages:
        album = message.body.get("media_group_id")
        if album is not None and things and things[-1][0].body.get("media_group_id") == album:
            things[-1].append(message)
        else:
            things.append([message])
    return [Heard(world, tuple(thing)) for thing in things]
