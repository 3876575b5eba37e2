"""The state of the pretend Telegram: everybody, every chat, and all that waits; each change of it rings the bell."""

import itertools
from datetime import datetime, timedelta
from typing import Any

from sandbox.bell import Bell
from sandbox.chats import Account, Body, Bot, Chat, Message, Query
from sandbox.clock import Clock
from sandbox.commands import Commands
from sandbox.errors import CHAT_NOT_FOUND, bad_request, forbidden
from sandbox.faults import Faults
from sandbox.files import File, Files
from sandbox.ledger import Ledger
from sandbox.limits import Limits
from sandbox.updates import Updates
from sandbox.webhook import Webhook

QUERY_LIVES = timedelta(seconds=60)


class World:
    """Everything there is. Each change raises `revision` and rings the bell."""

    def __init__(self, clock: Clock, bot: Bot, *, first_update_id: int = 100_000_001) -> None:
        self.clock = clock
        self.bot = bot
        self.bell = Bell()
        self.updates = Updates(clock, self.bell, first_update_id)
        self.files = Files(bot.id)
        self.commands = Commands()
        self.calls = Ledger()
        self.limits = Limits()
        self.faults = Faults()
        self.chats: dict[int, Chat] = {}
        self.connections: dict[str, Any] = {}
        self.business: dict[tuple[str, int], Chat] = {}
        self.groups: dict[int, Chat] = {}
        self.echo = "marked"
        self.buttons_work_in_business = True
        self.queries: dict[str, Query] = {}
        self.revision = 0
        self.webhook: Webhook | None = None
        self.webhook_pace = 1.0
        self.poll = 0
        self.polling = 0
        self.polled_at: datetime | None = None
        self.stopping = False
        self._people = itertools.count(700_000_001)
        self._orders = itertools.count(1)
        self._albums = itertools.count(13_000_000_000_000_001)
        self._query_ids = itertools.count(4_000_000_000_000_000_001)

    # people

    def add_person(
        self,
        name: str,
        language: str | None = "zh-hans",
        *,
        id: int | None = None,
        username: str | None = None,
        role: str = "buyer",
        met: bool = False,
    ) -> Account:
        """Somebody new, or the one already there under `id`."""
        if id is not None and id in self.chats:
            return self.chats[id].account
        number = next(self._people) if id is None else id
        account = Account(number, name, username, language, role, met)
        self.chats[number] = Chat(account)
        self.touch()
        return account

    def every_chat(self) -> list[Chat]:
        """Private chats with the bot, those of connected accounts, and groups."""
        return [*self.chats.values(), *self.business.values(), *self.groups.values()]

    # what the bot may reach

    def chat_known(self, raw: object) -> Chat:
        """The chat the bot means; 400 when it does not exist or was never opened."""
        if raw is None or raw == "":
            raise bad_request("chat_id is empty")
        try:
            number = int(str(raw))
        except ValueError:
            number = 0
        chat = self.groups.get(number) or self.chats.get(number)
        if chat is None or not (chat.opened or chat.account.met):
            raise bad_request(CHAT_NOT_FOUND)
        if (refused := chat.refusal()) is not None:
            raise refused
        return chat

    def chat_writable(self, raw: object) -> Chat:
        """The chat the bot may write in; 403 when the person blocked it or never wrote first."""
        chat = self.chat_known(raw)
        if chat.id < 0:
            return chat
        if chat.account.blocked:
            raise forbidden("bot was blocked by the user")
        if not chat.opened:
            raise forbidden("bot can't initiate conversation with a user")
        return chat

    # what is said

    def seconds(self) -> int:
        """Now, as message dates count it."""
        return int(self.clock.now().timestamp())

    def post(
        self,
        chat: Chat,
        content: Body,
        *,
        from_bot: bool,
        keyboard: Body | None = None,
        sender: Account | None = None,
    ) -> Message:
        """Put a message in a chat. `content` is everything but id, sender, chat and date; a person without `sender` is the
        chat's own."""
        number = chat.take_id()
        author = self.bot.user() if from_bot else (sender or chat.account).user()
        head: Body = {"message_id": number, "from": author, "chat": chat.shown(), "date": self.seconds()}
        body = head | chat.extras(author if from_bot else None) | content
        message = Message(chat.id, number, from_bot, body, keyboard, [body], order=next(self._orders))
        chat.messages[number] = message
        if from_bot:
            chat.action = None
            if keyboard is not None:
                chat.keyboard = None if keyboard.get("remove_keyboard") else keyboard
        self.touch(message)
        return message

    def change(self, message: Message, body: Body, *, edited: bool = True) -> None:
        """Give a message new content; the old one stays in `versions`."""
        if edited:
            body = body | {"edit_date": self.seconds()}
        message.body = body
        message.versions.append(body)
        self.touch(message)

    def take_away(self, message: Message) -> None:
        """Delete a message for both sides."""
        message.deleted = True
        self.touch(message)

    def album_id(self) -> str:
        """A new media_group_id."""
        return str(next(self._albums))

    def ask(self, account: Account, message: Message) -> Query:
        """A new press of a button."""
        query = Query(str(next(self._query_ids)), account, message, self.clock.now())
        self.queries[query.id] = query
        return query

    def query_alive(self, query_id: str) -> Query | None:
        """The press under this id while it may still be answered."""
        query = self.queries.get(query_id)
        if query is None or query.answer is not None or self.clock.now() - query.at > QUERY_LIVES:
            return None
        return query

    def file_of(self, message: Message) -> File | None:
        """The file a message carries, in its largest size."""
        for kind in ("photo", "video", "animation", "document", "audio", "voice", "sticker", "video_note"):
            shown = message.body.get(kind)
            if shown:
                return self.files.find((shown[-1] if kind == "photo" else shown)["file_id"])
        return None

    def touch(self, message: Message | None = None) -> None:
        """Note that something changed."""
        self.revision += 1
        if message is not None:
            message.revision = self.revision
        self.bell.ring()
