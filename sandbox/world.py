"""The state of the pretend Telegram: who there is, what was said, what everybody sees."""

import itertools
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, ClassVar

from sandbox.bell import Bell
from sandbox.clock import Clock
from sandbox.commands import Commands
from sandbox.errors import CHAT_NOT_FOUND, ApiError, bad_request, forbidden
from sandbox.faults import Faults
from sandbox.files import File, Files
from sandbox.ledger import Ledger
from sandbox.limits import Limits
from sandbox.updates import Updates
from sandbox.webhook import Webhook

Body = dict[str, Any]

QUERY_LIVES = timedelta(seconds=60)


@dataclass(slots=True)
class Account:
    """A person on Telegram. `met`: the bot has seen them elsewhere, so Telegram knows whom it means."""

    id: int
    first_name: str
    username: str | None
    language_code: str | None
    role: str = "buyer"
    met: bool = False
    blocked: bool = False

    def user(self) -> Body:
        """The person as a Bot API User."""
        told: Body = {"id": self.id, "is_bot": False, "first_name": self.first_name}
        if self.username:
            told["username"] = self.username
        if self.language_code:
            told["language_code"] = self.language_code
        return told


@dataclass(slots=True)
class Message:
    """One message as the Bot API shows it, with every version it has had and a mark when it was taken away."""

    chat_id: int
    message_id: int
    from_bot: bool
    body: Body
    keyboard: Body | None = None
    versions: list[Body] = field(default_factory=list)
    deleted: bool = False
    reaction: list[str] = field(default_factory=list)
    revision: int = 0
    order: int = 0

    @property
    def text(self) -> str:
        """The text, or the caption."""
        return str(self.body.get("text") or self.body.get("caption") or "")

    @property
    def sent_at(self) -> int:
        """Its date, in seconds since 1970."""
        return int(self.body["date"])


@dataclass(slots=True)
class Chat:
    """The private chat of one person with the bot. `opened` when the person has written first."""

    account: Account
    opened: bool = False
    messages: dict[int, Message] = field(default_factory=dict)
    next_id: int = 1
    keyboard: Body | None = None
    action: str | None = None
    action_until: float = 0.0
    pinned: list[int] = field(default_factory=list)
    menu_button: Body = field(default_factory=lambda: {"type": "default"})

    update: ClassVar[str] = "message"
    edited_update: ClassVar[str] = "edited_message"

    @property
    def id(self) -> int:
        """A private chat has the number of its person."""
        return self.account.id

    @property
    def key(self) -> str:
        """What the page calls it."""
        return str(self.id)

    def take_id(self) -> int:
        """The number of the next message."""
        self.next_id += 1
        return self.next_id - 1

    def extras(self, by_bot: Body | None) -> Body:
        """What every message here carries besides; `by_bot` is the bot's User when it writes."""
        return {}

    def heard(self, account: Account, at: int) -> None:
        """Somebody wrote here, at so many seconds since 1970."""

    def is_told(self, message: "Message") -> bool:
        """Whether the bot hears of this message."""
        return True

    def refusal(self) -> ApiError | None:
        """Why the bot can do nothing here; None when it can."""
        return None

    def shown(self) -> Body:
        """The chat as a Bot API Chat."""
        told: Body = {"id": self.id, "type": "private", "first_name": self.account.first_name}
        if self.account.username:
            told["username"] = self.account.username
        return told

    def find(self, message_id: int) -> Message | None:
        """A message that is still there."""
        message = self.messages.get(message_id)
        return None if message is None or message.deleted else message


@dataclass(frozen=True, slots=True)
class Answer:
    """What the bot showed somebody who pressed a button."""

    text: str = ""
    alert: bool = False
    url: str | None = None


@dataclass(slots=True)
class Query:
    """One press of a button, answered at most once within a minute."""

    id: str
    account: Account
    message: Message
    at: datetime
    answer: Answer | None = None


@dataclass(slots=True)
class Bot:
    """The bot's own account and what it may call itself."""

    id: int
    username: str
    first_name: str
    names: dict[str, str] = field(default_factory=dict)
    descriptions: dict[str, str] = field(default_factory=dict)
    short_descriptions: dict[str, str] = field(default_factory=dict)

    def user(self) -> Body:
        """The bot as a Bot API User."""
        return {"id": self.id, "is_bot": True, "first_name": self.first_name, "username": self.username}


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
