"""The shop's people: /role, /reassign and /audit."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from telegram import Update

from handlers.desk import Context, Desk
from handlers.people import TESTING
from handlers.seller.asking import Asked, asked
from handlers.seller.reports import deeds
from handlers.tapping import tap_told
from store.buttons import Button
from store.staff import Member, Role
from store.writing import Write

ROLES = {
    "owner": Role.OWNER, "老板": Role.OWNER, "掌柜": Role.OWNER, "manager": Role.MANAGER, "店长": Role.MANAGER,
    "agent": Role.AGENT, "客服": Role.AGENT, "viewer": Role.VIEWER, "只看": Role.VIEWER,
}  # fmt: skip
ROLE_USAGE = ("/role add ID owner|manager|agent|viewer [NAME] · /role rm ID", "/role add 123456 agent 小周")
MOST_AUDITED = 50


async def on_role(update: Update, context: Context) -> None:
    """/role lists the shop's people; /role add ID ROLE [NAME] takes one in; /role rm ID lets one go, the history stays."""
    command = asked(update, context)
    if not command.words:
        return await _list(command)
    act = command.words[0].lower()
    who = number(command.words[1]) if len(command.words) > 1 else None
    if act not in ("add", "rm") or (act == "rm" and len(command.words) != 2):
        return await command.misused("role_wrong", *ROLE_USAGE, why="act")
    if who is None:
        return await command.misused("role_wrong", *ROLE_USAGE, why="id")
    if command.desk.people.is_fixed(who):
        return await command.misused("role_wrong", *ROLE_USAGE, why="fixed")
    if act == "rm":
        return await _remove(command, who)
    role = ROLES.get(command.words[2].lower()) if len(command.words) > 2 else None
    if role is None:
        return await command.misused("role_wrong", *ROLE_USAGE, why="role")
    return await _add(command, who, role, " ".join(command.words[3:])[:64])


async def on_reassign(update: Update, context: Context) -> None:
    """/reassign FROM TO: the chats and reminders of one person become another's."""
    command = asked(update, context)
    desk = command.desk
    usage = ("/reassign FROM TO", "/reassign 123456 234567")
    ids = [number(word) for word in command.words]
    if len(ids) != 2 or None in ids:
        return await command.misused("reassign_wrong", *usage, why="ids")
    giver, taker = ids
    assert giver is not None
    assert taker is not None
    if giver == taker:
        return await command.misused("reassign_wrong", *usage, why="same")
    if taker not in desk.people.sellers:
        return await command.misused("reassign_wrong", *usage, why="taker", id=taker)
    chats = [met.conversation.id for met in await desk.store.conversations.taken_by(giver)]
    notes = [one.id for one in await desk.store.reminders.open() if one.user_id == giver]
    await _give(desk, chats, notes, giver, taker, command.now)
    noted = desk.noted(
        command.owner, "reassign", f"staff:{giver}", command.now, to=taker, chats=len(chats), reminders=len(notes)
    )
    data = {"from": giver, "to": taker, "chats": chats, "reminders": notes}
    undo = command.undo("undo_reassign", data)
    return await command.say(
        "reassigned", [noted], buttons=[[undo]] if chats or notes else [],
        giver=desk.people.name_of(giver), taker=desk.people.name_of(taker), chats=len(chats), reminders=len(notes),
    )  # fmt: skip


async def on_audit(update: Update, context: Context) -> None:
    """/audit [N|BUYER|SKU|ID]: who did what, the newest last."""
    command = asked(update, context)
    desk, about = command.desk, " ".join(command.words)
    count = number(about) if about else 20
    if count is not None and count <= MOST_AUDITED:
        entries = await desk.store.audit.latest(count)
    else:
        names = (
            [about]
            if ":" in about
            else [f"{kind}:{about}" for kind in ("buyer", "sku", "price", "floor", "staff", "fact", "bundle", "tpl")]
        )
        entries = [one for name in names for one in await desk.store.audit.about(name, MOST_AUDITED)]
        if count is not None:
            kinds = [role.value for role in Role]
            entries += [one for kind in kinds for one in await desk.store.audit.by(f"{kind}:{count}", MOST_AUDITED)]
    kept = sorted({one.id: one for one in entries}.values(), key=lambda one: one.id)[-MOST_AUDITED:]
    lines = await deeds.told(desk, command.owner, kept)
    return await command.say("audit", lines=lines, about=about)


async def undo_role(desk: Desk, button: Button, who: int, now: datetime) -> list[Write]:
    """The role a person had before is theirs again, unless it has changed since."""
    id, before, after = int(button.data["id"]), button.data["before"], button.data["after"]
    role = desk.people.role(id)
    if (role.value if role else None) != after or desk.people.is_fixed(id):
        return tap_told(desk, who, "nothing_to_undo", button, now)
    unit: list[Write] = [desk.noted(who, "undo role", f"staff:{id}", now, before=after, after=before)]
    if before is None:
        unit.append(desk.store.staff.remove(id, now))
    else:
        unit.append(desk.store.staff.add(Member(id, Role(before), now, desk.who(who), str(button.data["name"]))))
    return [*unit, *tap_told(desk, who, "role_undone", button, now, name=desk.people.name_of(id), role=before)]


async def undo_reassign(desk: Desk, button: Button, who: int, now: datetime) -> list[Write]:
    """What was handed over goes back, as far as it is still with whom it was handed to."""
    giver, taker = int(button.data["from"]), int(button.data["to"])
    await _give(desk, button.data["chats"], button.data["reminders"], taker, giver, now)
    values: dict[str, Any] = {"giver": desk.people.name_of(taker), "taker": desk.people.name_of(giver)}
    counts: dict[str, Any] = {"chats": len(button.data["chats"]), "reminders": len(button.data["reminders"])}
    noted = desk.noted(who, "undo reassign", f"staff:{taker}", now, to=giver, **counts)
    return [noted, *tap_told(desk, who, "reassigned", button, now, **values, **counts)]


def number(text: str) -> int | None:
    """A numeric Telegram id."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 17 and int(text) else None


async def _list(command: Asked) -> None:
    desk = command.desk
    people = [
        {"id": id, "name": desk.people.name_of(id), "role": member.role.value, "fixed": desk.people.is_fixed(id)}
        for id, member in sorted(desk.people.present.items(), key=lambda one: tuple(Role).index(one[1].role))
    ]
    await command.say("roles", people=people)


async def _add(command: Asked, who: int, role: Role, name: str) -> None:
    desk = command.desk
    before = desk.people.role(who)
    if before is Role.OWNER and role is not Role.OWNER and len(desk.people.owners) == 1:
        return await command.misused("role_wrong", *ROLE_USAGE, why="last changed")
    member = Member(who, role, command.now, command.by, name or desk.people.names.get(who, ""))
    unit = [
        desk.store.staff.add(member),
        desk.noted(
            command.owner,
            "role",
            f"staff:{who}",
            command.now,
            before=before.value if before else None,
            after=role.value,
        ),
    ]
    data = {"id": who, "before": before.value if before else None, "after": role.value, "name": member.name}
    undo = command.undo("undo_role", data)
    await command.say(
        "role_set", unit, buttons=[[undo]],
        id=who, name=member.name or str(who), before=before.value if before else "", role=role.value,
    )  # fmt: skip
    await desk.people.changed()
    return None


async def _remove(command: Asked, who: int) -> None:
    desk = command.desk
    role = desk.people.role(who)
    if role is None:
        return await command.misused("role_wrong", *ROLE_USAGE, why="unknown", id=who)
    if role is Role.OWNER and len(desk.people.owners) == 1:
        return await command.misused("role_wrong", *ROLE_USAGE, why="last removed")
    chats = await desk.store.conversations.taken_by(who)
    notes = [one for one in await desk.store.reminders.open() if one.user_id == who]
    name = desk.people.name_of(who)
    unit = [
        desk.store.staff.remove(who, command.now),
        desk.store.dialogs.end(who),
        desk.store.marks.clear(f"{TESTING}{who}"),
        desk.noted(command.owner, "role", f"staff:{who}", command.now, before=role.value, after=None),
    ]
    data = {"id": who, "before": role.value, "after": None, "name": desk.people.names.get(who, "")}
    undo = command.undo("undo_role", data)
    await command.say(
        "role_removed",
        unit,
        buttons=[[undo]],
        id=who,
        name=name,
        role=role.value,
        chats=len(chats),
        reminders=len(notes),
    )
    await desk.people.changed(who)
    return None


async def _give(desk: Desk, chats: list[int], notes: list[int], giver: int, taker: int, now: datetime) -> None:
    """Each chat by itself, held while it changes hands."""
    for conversation in chats:
        chat = await desk.chats.of_conversation(conversation)
        if chat is None:
            continue
        async with chat.held():
            if chat.conversation.taken_by != giver:
                continue
            chat.change(taken_by=taker)
            unit = [desk.store.conversations.save(chat.conversation), *await desk.cards.refresh(chat, now)]
            await desk.store.write(unit)
    if notes:
        await desk.store.write([desk.store.reminders.give(id, giver, taker) for id in notes])
