"""Who is on the pretend Telegram, and what was said: accounts, messages, chats, and presses of buttons."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, ClassVar

from sandbox.errors import ApiError

Body = dict[str, Any]

MEDIA = ("photo", "video", "animation", "document", "audio", "voice", "sticker", "video_note")
"""What a message may bear, as its fields are called."""


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
