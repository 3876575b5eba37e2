"""Setting up the inbox: /setup inbox in a group with topics, or by making the bot an administrator of one."""

from __future__ import annotations

import re
from datetime import datetime
from typing import TYPE_CHECKING, Any

from telegram import Update

from core.topics import ICONS
from handlers.owners import tell_owners
from handlers.topics.fates import lost
from store.outbox import Kind, Outgoing
from store.staff import Role
from store.topics import GROUP

if TYPE_CHECKING:
    from handlers.desk import Context, Desk
    from store.writing import Write

SETUP = re.compile(r"/setup(@\w+)?(\s+inbox)?\s*", re.IGNORECASE)
RIGHTS = ("can_manage_topics", "can_pin_messages")
"""What the bot must be allowed in the group."""


async def set_up(desk: Desk, group: int, title: str, is_forum: bool, by: int, reply_to: int | None) -> None:
    """Make this group the inbox, or say what is missing."""
    now = desk.clock.now()
    missing = [] if is_forum else ["topics"]
    if not missing:
        me: dict[str, Any] = (await desk.ask_member(group) if desk.ask_member is not None else None) or {}
        missing = [right for right in RIGHTS if not me.get(right)]
    values = {"missing": missing, "title": title, "again": desk.forum.group == group}
    html = desk.speech.seller("inbox_group", desk.voice(by), **values)
    unit: list[Write] = [_said(desk, group, html, reply_to, now)]
    if missing:
        return await desk.write(unit)
    icons = await desk.ask_icons() if desk.ask_icons is not None else {}
    wanted = {emoji: icons[emoji] for emoji in ICONS.values() if emoji in icons}
    unit.append(desk.store.marks.set(GROUP, {"chat_id": group, "icons": wanted, "by": by}, now))
    unit.append(desk.noted(by, "inbox", f"group:{group}", now, title=title))
    if desk.forum.group != group:
        unit += tell_owners(desk, "inbox_on", f"inbox-on:{group}:{now.timestamp():.0f}", title=title)
    await desk.write(unit)
    if desk.forum.group != group:
        desk.forum.connect(group, wanted)
        desk.forum.topics = {one.buyer_id: one for one in await desk.store.topics.of_group(group)}
    desk.forum.icons = wanted
    for met in await desk.store.conversations.handed_over():
        desk.forum.look_at(met.conversation.id)
    return None


async def on_member(update: Update, context: Context) -> None:
    """The bot was let into a group, made an administrator, or put out."""
    changed, desk = update.my_chat_member, context.desk
    assert changed is not None
    chat, by = changed.chat, changed.from_user.id
    now_is, now = changed.new_chat_member.to_dict(), desk.clock.now()
    is_able = now_is.get("status") == "administrator" and all(now_is.get(right) for right in RIGHTS)
    if chat.id == desk.forum.group and not is_able:
        await desk.write(lost(desk, str(now_is.get("status")), now))
        return desk.forum.disconnect()
    if is_able and not desk.forum.is_on and desk.people.role(by) is Role.OWNER:
        return await set_up(desk, chat.id, chat.title or "", bool(chat.is_forum), by, None)
    return await desk.write([])


def _said(desk: Desk, group: int, html: str, reply_to: int | None, now: datetime) -> Write:
    payload: dict[str, Any] = {"text": html, "parse_mode": "HTML"}
    if reply_to is not None:
        payload["reply_parameters"] = {"message_id": reply_to, "allow_sending_without_reply": True}
    job = desk.job()
    key = f"setup:{group}:{job.seq if job else now.timestamp()}"
    return desk.store.outbox.put(
        Outgoing(key, f":{group}", group, "sendMessage", payload, Kind.SELLER, now, guard={"to": "setup"})
    )
