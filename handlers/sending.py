"""The last look before a message leaves, and what follows from its fate. The outbox asks; here it is decided."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from core.account import Standing
from delivery.verdicts import GO, Verdict, fail, later, skip
from handlers.account.connecting import OFF
from handlers.account.numbering import unnumbered
from handlers.account.own_hand import is_automatic, settled_in_account
from handlers.calls import text_of
from handlers.owners import tell_owners
from handlers.parcels.telling import CORRECTS, MAY_BE_READ
from handlers.seller.buyers.doubts import tell_doubt
from handlers.seller.shop.shelf import CHAT_PHOTO
from handlers.topics.fates import follow, is_to_group
from store.ids import new_id
from store.messages import Change, Version
from store.outbox import Kind, Outgoing, Status
from store.pausing import HELD
from store.photos import PhotoFile

if TYPE_CHECKING:
    from delivery.outcomes import Outcome
    from handlers.chats import Chat
    from handlers.desk import Desk
    from store.writing import Unit, Write

HELD_FOR = timedelta(hours=1)
"""What is held back without a known end is looked at again after this; what a pause holds back, /go lets go at once."""
SOON = timedelta(seconds=2)
STALE = timedelta(hours=24)
"""An answer this old is answered by a person, not by the bot."""


class LastLook:
    """What is looked at before each send and after it. `go`, `skip` and `later` make the outbox's verdicts."""

    def __init__(self, desk: Desk, bot_id: int) -> None:
        self._desk = desk
        self._bot_id = bot_id
        self._files: dict[str, str] = {}
        self._elsewhere: dict[int, Chat] = {}

    async def open(self) -> None:
        """Read the names Telegram has given to the shop's photos."""
        sources = [photo for one in (await self._desk.shelf.fresh()).catalogue for photo in one.photos]
        known = await self._desk.store.photos.files(self._bot_id, sources)
        self._files = {source: file.file_id for source, file in known.items()}

    def file_id(self, source: str) -> str | None:
        """What Telegram calls this photo, if it was sent before or came from a chat."""
        if source.startswith(CHAT_PHOTO):
            return source.removeprefix(CHAT_PHOTO).removeprefix("video:")
        if "." not in source and "/" not in source and len(source) >= 20:
            return source  # a file id that stands in the catalogue
        return self._files.get(source)

    async def check(self, row: Outgoing) -> Verdict:
        """Is it still to be said? The seller may have taken over, the buyer may have been blocked or have said /stop."""

        if self._desk.pause is not None and row.guard.get("to") == "buyer":
            return later(self._desk.clock.now() + HELD_FOR, HELD)
        if row.connection_id and row.guard.get("to") == "buyer" and (verdict := await self._through_account(row)):
            return verdict
        if (keys := row.guard.get(CORRECTS)) and (verdict := await self._corrects(keys)):
            return verdict
        if row.guard.get("to") != "buyer" or row.guard.get("by") == "staff" or row.conversation_id is None:
            return GO
        chat = await self._desk.chats.of_conversation(row.conversation_id)
        if chat is None:
            return GO
        now, state, buyer = self._desk.clock.now(), chat.conversation, chat.buyer
        if buyer.is_blocked:
            return skip("the buyer is blocked")
        if row.guard.get("edit"):
            return GO
        if state.is_muted(now):
            if row.kind is Kind.REPLY:
                return skip("the seller has taken over")
            until = state.muted_until
            # The bot may be off without end here, and a person have written long ago.
            return later(until if until and now < until else now + HELD_FOR, "the seller has taken over")
        if row.kind is Kind.REPLY:
            return skip("it came too late to be an answer") if now - row.created_at > STALE else GO
        if not buyer.is_reachable:
            return skip("the buyer cannot be reached")
        return skip("the buyer wants no messages") if buyer.has_stopped else GO

    async def _corrects(self, keys: Sequence[str]) -> Verdict | None:
        """Was any of the messages it takes back really sent? They may have been on their way when they were taken back. None:
        it was, or may have been."""
        rows = [await self._desk.store.outbox.by_key(key) for key in keys]
        fates = {row.status for row in rows if row is not None}
        if fates & MAY_BE_READ:
            return None
        if Status.PENDING in fates:
            return later(self._desk.clock.now() + SOON, "what it takes back is not settled yet")
        return skip("what it takes back was never sent")

    async def _through_account(self, row: Outgoing) -> Verdict | None:
        """May it go out in the seller's own account? None: as far as that goes, yes."""

        desk = self._desk
        chat = await desk.chats.of_conversation(row.conversation_id) if row.conversation_id is not None else None
        if chat is None:
            return fail(Standing.REFUSED.value)
        if is_automatic(row) and not row.guard.get("edit"):
            await desk.accounts.hands_off(row.connection_id, row.chat_id)
        now = desk.clock.now()
        standing = desk.accounts.standing(chat, now)
        if standing is Standing.OPEN:
            return None
        if standing is Standing.OFF and now - row.created_at <= STALE:
            return later(now + HELD_FOR, OFF)
        if standing is Standing.OUTSIDE:
            own = await desk.chats.find(chat.buyer.id, "", now)
            if own is not None and own.buyer.is_reachable and not row.guard.get("edit"):
                self._elsewhere[row.id] = own
            return skip(standing.value)
        return fail(standing.value)

    def _not_through_account(self, row: Outgoing, why: str, now: datetime) -> Sequence[Write]:
        """It could not go out in the seller's account: into the bot's own chat with this buyer, where there is one; else the
        sellers hear why, and what was to be said."""
        desk = self._desk
        own = self._elsewhere.pop(row.id, None)
        if own is not None:
            state = own.conversation
            moved = replace(
                row, payload=unnumbered(desk, own, row.payload, now), id=new_id(), key=f"{row.key}:own", lane=f":{state.chat_id}", connection_id="",
                conversation_id=state.id, created_at=now, status=Status.PENDING, attempts=0, sending_at=None,
            )  # fmt: skip
            return [desk.store.outbox.put(moved)]
        outside = why == Standing.OUTSIDE.value or "usage_missing" in why.lower()
        name = "account_outside" if outside else "account_not_sent"
        chat = desk.chats.here(row.conversation_id or 0)
        values = {"name": chat.name if chat else row.chat_id, "buyer": row.chat_id, "text": text_of(row.payload)[:300]}
        return tell_owners(desk, name, f"{name}:{row.id}", **values)

    def after(self, row: Outgoing, status: Status, outcome: Outcome) -> Unit:
        """A photo's name is kept, an unreachable buyer is noted, an unknown fate is shown to the seller."""
        from delivery.attachments import learned
        from delivery.outcomes import Fate

        desk, now = self._desk, self._desk.clock.now()
        unit: list[Write] = []
        if status is Status.SENT:
            if isinstance(line := row.guard.get("line"), int) and row.method == "deleteBusinessMessages":
                unit += desk.store.messages.change(Version(line, now, Change.DELETION))
            if row.connection_id:
                unit += settled_in_account(desk, row, outcome.result, now)
            for source, file_id in learned(row.payload, outcome.result).items():
                self._files[source] = file_id
                file = PhotoFile(self._bot_id, source, file_id, row.method.removeprefix("send").lower())
                unit.append(desk.store.photos.learn(file, now))
        if is_to_group(row):
            return [*unit, *follow(desk, row, status, outcome, now)]
        if (
            status is Status.FAILED
            and row.guard.get("to") == "seller"
            and row.method == "editMessageText"
            and row.conversation_id is not None
        ):
            # The card is gone from the seller's chat: it is shown again, and the next line begins with it.
            payload = {name: value for name, value in row.payload.items() if name != "message_id"}
            unit.append(
                desk.speaking.to_seller(
                    row.chat_id, "sendMessage", payload, f"{row.key}:again", now, row.conversation_id
                )
            )
            unit.append(desk.store.cards.let_go(row.conversation_id))
            desk.cards.forget(row.conversation_id)
        elif row.guard.get("to") == "buyer":
            is_refused = status is Status.FAILED and outcome.fate is Fate.NO_RIGHT
            if row.connection_id and (is_refused or outcome.reason == Standing.OUTSIDE.value):
                if not row.guard.get("edit"):
                    unit += self._not_through_account(row, outcome.reason, now)
            elif outcome.fate is Fate.BLOCKED:
                unit.append(desk.store.buyers.unreachable(row.chat_id, now))
            elif status is Status.UNKNOWN:
                unit += tell_doubt(desk, row, now)
            elif status is Status.FAILED:
                unit += tell_owners(desk, "not_sent", f"failed:{row.id}", name=row.chat_id, why=outcome.reason[:200])
        return unit
