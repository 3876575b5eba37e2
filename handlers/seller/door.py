"""The staff's door: whatever one of the shop's people puts into their chat comes in here, and is authorised before it is run."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Awaitable, Callable, Mapping
from typing import Protocol

from telegram import Message, Update

from handlers import access
from handlers.desk import Context, Desk
from handlers.seller.aliases import command_in
from handlers.seller.asking import asked
from handlers.seller.buyers import replying
from handlers.seller.shop import files
from handlers.seller.teaching import replies
from store.prompts import Prompt

Handler = Callable[[Update, Context], Awaitable[None]]
ALBUMS = 100
"""So many albums are remembered while their pictures come."""


class Answer(Protocol):
    """Takes a line that answers a question of ours, and says whether it did. `just_asked`: only where the question is one
    that any words may answer, "next week" as well as "next"; those go before commands without a slash."""

    async def __call__(self, update: Update, context: Context, *, just_asked: bool = False) -> bool: ...


class Door:
    """Knows every command; `answered` takes a line that answers a question of ours, and says whether it did."""

    def __init__(self, commands: Mapping[str, Handler], answered: Answer) -> None:
        self._commands = commands
        self._answered = answered
        self._albums: OrderedDict[str, str] = OrderedDict()

    async def on_message(self, update: Update, context: Context) -> None:
        """A command, a picture for the shelf, a file, a reply to a card, an answer to a question, or nothing we know."""
        message = update.effective_message
        assert message is not None
        desk, who = context.desk, message.chat.id
        if message.from_user is not None:
            desk.people.names.setdefault(who, message.from_user.full_name)
        if not access.is_own_hand(message):
            return await replying.on_plain(update, context)
        if await self._answered(update, context, just_asked=True):
            return None
        name = command_in(message.text or "", context.bot.username) if _may_command(message) else ""
        if name in self._commands:
            if not access.may_command(desk, who, name):
                return await self._refuse(update, context, name)
            return await self._run(name, update, context)
        if (message.text or "").startswith("/"):
            return await replying.on_plain(update, context)
        if message.photo or message.video:
            return await self._on_picture(update, context, message)
        if message.document is not None and message.reply_to_message is None:
            least, work = access.FILES, files.on_document
        elif await self._answered(update, context):
            return None
        elif prompt := await _prompt(desk, message):
            if access.may_tap(desk, who, prompt.action):
                return await replies.on_reply_to_prompt(asked(update, context), prompt.action, prompt.data)
            return await self._refuse(update, context, prompt.action)
        elif message.reply_to_message is not None:
            least, work = access.REPLIES, replying.on_reply
        else:
            return await replying.on_plain(update, context)
        if not access.may(desk, who, least):
            return await self._refuse(update, context, "file" if message.document else "reply")
        return await work(update, context)

    async def _on_picture(self, update: Update, context: Context, message: Message) -> None:
        """A picture goes to the shelf (/item SKU in its caption, or in that of its album), to a question of ours, or to a buyer
        as a reply."""
        caption = command_in(message.caption or "", context.bot.username)
        album = f"{message.chat.id}:{message.media_group_id}" if message.media_group_id else ""
        if caption == "item":
            if not access.may(context.desk, message.chat.id, access.PICTURES):
                return await self._refuse(update, context, "picture")
            context.desk.once_written(lambda: self._begun(album, message.caption or ""))
            return await self._run("item", update, context)
        if not message.caption and (begun := self._albums.get(album)) is not None:
            return await self._run("item", update, context, begun)
        if caption in self._commands and message.caption and access.may_command(context.desk, message.chat.id, caption):
            return await self._run(caption, update, context)
        if await self._answered(update, context):
            return None
        if message.reply_to_message is not None:
            if access.may(context.desk, message.chat.id, access.REPLIES):
                return await replying.on_reply(update, context)
            return await self._refuse(update, context, "reply")
        return await replying.on_plain(update, context)

    def _begun(self, album: str, caption: str) -> None:
        """What the first picture of an album says counts for those that come after it."""
        if album:
            self._albums[album] = caption
            while len(self._albums) > ALBUMS:
                self._albums.popitem(last=False)

    async def _run(self, name: str, update: Update, context: Context, said: str = "") -> None:
        """The command, and its line in the audit with whatever it comes to. `said` elsewhere, where the message has no words."""
        context.given, context.said = name, said
        command = asked(update, context)
        written = (said or command.message.text or command.message.caption or "")[:200]
        command.desk.along(command.desk.noted(command.owner, f"/{name}", "command", command.now, words=written))
        return await self._commands[name](update, context)

    async def _refuse(self, update: Update, context: Context, what: str) -> None:
        """What a command that does not exist gets; the audit keeps that it was tried."""
        command = asked(update, context)
        written = (command.message.text or command.message.caption or "")[:200]
        refused = command.desk.noted(command.owner, "refused", what, command.now, words=written)
        await replying.unclear(command, [refused])


async def _prompt(desk: Desk, message: Message) -> Prompt | None:
    """The message of ours that waits for words and is replied to here."""
    answered = message.reply_to_message
    if answered is None:
        return None
    return await desk.store.prompts.of_message(answered.chat.id, answered.message_id)


def _may_command(message: Message) -> bool:
    """A line of Chinese words in reply to a card is for the buyer, not for us; a command with its slash is for us."""
    return message.reply_to_message is None or (message.text or "").startswith("/")
