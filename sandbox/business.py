"""A person's own account that lets the bot answer in its chats: the connection, its rights, and the chats behind it."""

from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from sandbox.chats import Account, Body, Chat, Message
from sandbox.errors import bad_request, forbidden
from sandbox.world import World

if TYPE_CHECKING:
    from sandbox.params import Params

WINDOW = timedelta(hours=24)
"""A bot may write only in chats with a message from the other side within this time."""
RIGHTS = (
    "can_reply",
    "can_read_messages",
    "can_delete_sent_messages",
    "can_delete_all_messages",
)
ALL_RIGHTS = dict.fromkeys(RIGHTS, True)


@dataclass(slots=True)
class Connection:
    """The bot connected to a person's account. `excluded` are people whose chats it was not given."""

    id: str
    account: Account
    since: int
    is_enabled: bool = True
    rights: dict[str, bool] = field(default_factory=lambda: dict(ALL_RIGHTS))
    excluded: set[int] = field(default_factory=set)
    next_id: int = 1001

    def shown(self) -> Body:
        """The connection as a Bot API BusinessConnection."""
        told = {
            "id": self.id,
            "user": self.account.user(),
            "user_chat_id": self.account.id,
            "date": self.since,
            "is_enabled": self.is_enabled,
        }
        given = {name: True for name, is_given in self.rights.items() if is_given}
        return told | ({"rights": given} if self.is_enabled else {})


@dataclass(slots=True)
class BusinessChat(Chat):
    """The chat of `account` (a buyer) with the owner of a connected account. Its messages are numbered by that account."""

    connection: Connection | None = None
    heard_at: int | None = None

    update = "business_message"
    edited_update = "edited_business_message"

    @property
    def link(self) -> Connection:
        """The connection it belongs to."""
        assert self.connection is not None
        return self.connection

    @property
    def key(self) -> str:
        return f"{self.link.id}/{self.id}"

    def take_id(self) -> int:
        self.link.next_id += 1
        return self.link.next_id - 1

    def heard(self, account: Account, at: int) -> None:
        if account is self.account:
            self.heard_at = at

    def is_told(self, message: Message) -> bool:
        return self.link.is_enabled and self.id not in self.link.excluded

    def extras(self, by_bot: Body | None) -> Body:
        marks: Body = {"business_connection_id": self.link.id}
        return marks | ({"sender_business_bot": by_bot, "from": self.link.account.user()} if by_bot else {})


def connect(world: World, account: Account, rights: dict[str, bool] | None = None) -> Connection:
    """The account's owner connects the bot, or changes what it may do; the bot is told."""
    known = next((one for one in world.connections.values() if one.account is account), None)
    if known is None:
        known = Connection(f"biz{len(world.connections) + 1:04d}-{account.id}", account, world.seconds())
        world.connections[known.id] = known
    known.is_enabled = True
    if rights is not None:
        known.rights = {**dict.fromkeys(RIGHTS, False), **rights}
    account.met = True
    tell(world, known)
    return known


def disconnect(world: World, connection: Connection) -> None:
    """The account's owner takes the bot out again."""
    connection.is_enabled = False
    tell(world, connection)


def tell(world: World, connection: Connection) -> None:
    """The bot hears how the connection stands."""
    world.touch()
    world.updates.put("business_connection", connection.shown(), connection.account.id)


def chat_between(world: World, connection: Connection, buyer: Account) -> BusinessChat:
    """The chat of a buyer with the owner of the connected account."""
    key = (connection.id, buyer.id)
    if key not in world.business:
        world.business[key] = BusinessChat(buyer, opened=True, connection=connection)
    found = world.business[key]
    assert isinstance(found, BusinessChat)
    return found


def connection_named(world: World, params: "Params") -> Connection:
    """The connection a call names; 400 when there is none or it was ended."""
    connection = world.connections.get(params.text("business_connection_id") or "")
    if connection is None or not isinstance(connection, Connection):
        raise bad_request("business connection not found")
    return connection


def chat_writable(world: World, params: "Params") -> BusinessChat:
    """The chat the bot may write in on behalf of the account, as Telegram looks at it: connection, right, chat, 24 hours."""
    connection = connection_in_use(world, params)
    if not connection.rights.get("can_reply"):
        raise forbidden("BUSINESS_CONNECTION_NOT_ALLOWED")
    return chat_active(world, connection, params.integer("chat_id"))


def connection_in_use(world: World, params: "Params") -> Connection:
    """The connection a call names, refused once its owner has taken the bot out."""
    connection = connection_named(world, params)
    if not connection.is_enabled:
        raise bad_request("BUSINESS_CONNECTION_INVALID")
    return connection


def chat_active(world: World, connection: Connection, number: int) -> BusinessChat:
    """A chat the bot was given, with a line from the other side within a day."""
    chat = world.business.get((connection.id, number))
    if chat is None or number in connection.excluded:
        raise bad_request("BUSINESS_PEER_INVALID")
    assert isinstance(chat, BusinessChat)
    if chat.heard_at is None or world.seconds() - chat.heard_at > WINDOW.total_seconds():
        raise bad_request("BUSINESS_PEER_USAGE_MISSING")
    return chat


def echo(world: World, chat: BusinessChat, message: Message) -> None:
    """The bot is told of its own message too; `world.echo` says how: "marked" as its own, "bare", or not at all ("")."""
    if not world.echo:
        return
    body = dict(message.body)
    if world.echo == "bare":
        body.pop("sender_business_bot", None)
    world.updates.put("business_message", body, chat.id)


def delete(world: World, chat: BusinessChat, message_ids: list[int]) -> None:
    """Either side deletes messages for both; the bot is told which."""
    found = [
        number for number in message_ids if (message := chat.find(number)) is not None and not _gone(world, message)
    ]
    told: dict[str, Any] = {"business_connection_id": chat.link.id, "chat": chat.shown(), "message_ids": found}
    if found and chat.link.is_enabled:
        world.updates.put("deleted_business_messages", told, chat.id)


def _gone(world: World, message: Message) -> bool:
    world.take_away(message)
    return False
