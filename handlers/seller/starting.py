"""Starting: /start, /help, /claim and /lang."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from telegram import Update

from handlers import access
from handlers.buyer.commands import spoken
from handlers.composing import LANGUAGES
from handlers.desk import Context, Desk
from handlers.menus import SELLER
from handlers.people import LANGUAGE_OF
from handlers.seller.aliases import ALIASES, BARE, command_in, nearest
from handlers.seller.asking import asked
from handlers.seller.manual import MANUAL, example_in_chinese, in_chinese, in_english
from handlers.shelf import UNNAMED
from handlers.tapping import tap_told
from store.buttons import Button
from store.staff import Member, Role
from store.writing import Write
from templates import Voice


async def on_start(update: Update, context: Context) -> None:
    """What stands on the shelf and who waits."""
    command = asked(update, context)
    snapshot = await command.desk.shelf.fresh()
    waiting = await command.desk.store.conversations.handed_over()
    shop = snapshot.shop
    english = command.desk.voice(command.owner).language == "en"
    name = shop.name_en if english and shop.name_en else shop.name
    is_owner = command.desk.people.role(command.owner) is Role.OWNER
    await command.say(
        "welcome",
        shop=name,
        products=len(snapshot.catalogue),
        waiting=len(waiting),
        is_owner=is_owner,
        is_new=shop is UNNAMED,
    )
    if command.desk.set_commands:  # Telegram takes a chat's menu only once the chat has been opened
        await command.desk.set_commands()


async def on_help(update: Update, context: Context) -> None:
    """/help lists what this person may do; /help COMMAND tells how it goes, with an example."""
    command = asked(update, context)
    desk, english = command.desk, command.desk.voice(command.owner).language == "en"
    offered = {
        name: said for name, said in SELLER["en" if english else "zh"] if access.may_command(desk, command.owner, name)
    }
    if command.words:
        offered["start"] = command.text("看看货架和在等的人", "What stands on the shelf, and who waits")
        wanted = command_in(command.words[0]) or command.words[0].lower()
        wanted = "missed" if wanted == "faq" else wanted
        if wanted not in offered:
            near = nearest(desk, command.owner, command.words[0])
            return await command.say("help_none", wanted=command.words[0][:40], near=near)
        rows = [
            {
                "usage": usage if english else in_chinese(usage),
                "example": in_english(example) if english else example_in_chinese(example),
            }
            for usage, example in MANUAL.get(wanted, ())
        ]
        words = [wanted] if english else [word for word, name in ALIASES.items() if name == wanted]
        words = words if not english or wanted in BARE else []
        return await command.say(
            "help_command", name=wanted, told=offered[wanted].split("：/")[0].split(": /")[0], rows=rows, words=words
        )
    if access.may(desk, command.owner, Role.MANAGER):
        return await command.say("help")
    return await command.say("help_role", commands=[{"name": name, "told": told} for name, told in offered.items()])


async def on_lang(update: Update, context: Context) -> None:
    """/lang zh|zh_hant|en: the language of the seller's own chat."""
    command = asked(update, context)
    wanted = spoken(command.words[0]) if command.words else None
    if wanted is None:
        return await command.misused("lang_wrong", "/lang zh|zh_hant|en", "/lang en")
    desk, who = command.desk, command.owner
    before = _spoken(desk, who)
    unit, voice = _speaks(desk, who, wanted, command.now)
    html = desk.speech.buyer("language_set", voice)
    data = {"before": before, "after": wanted}
    undo = [] if before == wanted else [[(desk.speech.seller("button_undo", voice), "undo_lang", data)]]
    return await desk.write([*unit, *desk.speaking.tell_seller(who, html, command.key, command.now, buttons=undo)])


async def undo_lang(desk: Desk, button: Button, who: int, now: datetime) -> list[Write]:
    """[撤销]: the language of before, unless another one was chosen since."""
    if _spoken(desk, who) != button.data["after"]:
        return tap_told(desk, who, "nothing_to_undo", button, now)
    unit, voice = _speaks(desk, who, str(button.data["before"]), now)
    html = desk.speech.buyer("language_set", voice)
    return [*unit, *desk.speaking.tell_seller(who, html, f"tap:{button.id}", now)]


def _spoken(desk: Desk, who: int) -> str:
    """The language this person is spoken to in, as it is named after /lang."""
    voice = desk.voice(who)
    return next(name for name, spoken in LANGUAGES.items() if spoken == (voice.language, voice.script))


def _speaks(desk: Desk, who: int, wanted: str, now: datetime) -> tuple[list[Write], Voice]:
    """This person is spoken to so from now on, and is told in that voice."""
    language, script = LANGUAGES[wanted]
    desk.once_written(lambda: desk.people.speaks(who, language, script))
    voice = replace(desk.voice(who), language=language, script=script)
    return [desk.store.marks.set(f"{LANGUAGE_OF}{who}", wanted, now)], voice


async def on_claim(update: Update, context: Context) -> None:
    """/claim CODE: whoever reads the console owns the shop. A wrong code gets the line of an unknown command."""
    from handlers.buyer.commands import on_unknown

    desk, message = context.desk, update.effective_message
    assert message is not None
    assert message.from_user is not None
    now = desk.clock.now()
    code = context.args[0] if context.args else ""
    if not code or not await desk.store.staff.is_open(code, now):
        return await on_unknown(update, context)
    member = Member(message.from_user.id, Role.OWNER, now, "claim", message.from_user.full_name)
    html = desk.speech.seller("claimed", desk.voice(member.user_id))
    said = desk.speaking.tell_seller(member.user_id, html, f"claim:{member.user_id}", now)
    await desk.write(
        [*desk.store.staff.claim(code, member, now), *said, desk.noted(member.user_id, "claim", "shop", now)]
    )
    await desk.people.read()
    if desk.set_commands:
        await desk.set_commands()
    return None
