"""People elsewhere than in their chat with the bot: in the chats of a connected account, and at a topic of a group."""

from sandbox import business, groups
from sandbox.business import BusinessChat, Connection
from sandbox.chats import Message
from sandbox.files import File
from sandbox.groups import Group, Topic
from sandbox.people import Home, Person


class Talk(Person):
    """A buyer in the chat with the seller's own account; `owner` is the seller there, by hand."""

    def __init__(self, home: Home, connection: Connection, buyer: Person) -> None:
        self.business = business.chat_between(home.world, connection, buyer.account)
        super().__init__(home, buyer.account, self.business)
        self.owner = OwnHand(home, connection, self.business)

    async def deletes(self, message_id: int) -> None:
        """Delete a message for both; here the bot is told."""
        business.delete(self.world, self.business, [message_id])

    def order(self) -> list[tuple[str, str]]:
        """What stands in the chat, as (who, text): buyer, seller (by hand) or bot."""
        told = []
        for message in self.business.messages.values():
            who = "bot" if message.from_bot else "buyer" if message.body["from"]["id"] == self.id else "seller"
            if not message.deleted:
                told.append((who, message.text))
        return told


class OwnHand(Person):
    """The seller typing in their own account."""

    def __init__(self, home: Home, connection: Connection, chat: BusinessChat) -> None:
        super().__init__(home, connection.account, chat)

    async def deletes(self, message_id: int) -> None:
        """Delete a message for both; the bot is told."""
        chat = self.chat
        assert isinstance(chat, BusinessChat)
        business.delete(self.world, chat, [message_id])


class Seat(Person):
    """A person at one topic of a group; without a thread in General."""

    def __init__(self, home: Home, group: Group, person: Person, thread: int | None = None) -> None:
        super().__init__(home, person.account, group)
        self.group = group
        self.thread = thread
        if thread is not None:
            self.marks = {"message_thread_id": thread, "is_topic_message": True}

    @property
    def topic(self) -> Topic:
        """The topic as it is now."""
        assert self.thread is not None
        return self.group.topics[self.thread]

    @property
    def pinned(self) -> str:
        """The text of the pinned message of this topic."""
        here = [self.group.messages[number] for number in self.group.pinned]
        return next((one.text for one in reversed(here) if not one.deleted and self._is_here(one)), "")

    async def closes(self) -> None:
        """Close the topic."""
        groups.set_closed(self.world, self.group, self.topic, True, self.account)

    async def reopens(self) -> None:
        """Open it again."""
        groups.set_closed(self.world, self.group, self.topic, False, self.account)

    async def deletes_topic(self) -> None:
        """Delete the topic; nobody is told."""
        groups.delete_topic(self.world, self.group, self.topic)

    def files(self) -> list[File]:
        """Everything that was shown here, by anybody."""
        here = [one for one in self.group.messages.values() if not one.deleted and self._is_here(one)]
        return [file for one in here if (file := self.world.file_of(one)) is not None]

    def _is_here(self, message: Message) -> bool:
        is_said = bool(message.text) or self.world.file_of(message) is not None or "location" in message.body
        return is_said and message.body.get("message_thread_id") == self.thread
