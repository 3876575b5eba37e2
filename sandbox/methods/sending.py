"""Saying something: text, and what every kind of message has in common."""

from dataclasses import dataclass
from typing import Any

from sandbox import business, groups, keyboards
from sandbox.chats import Body, Chat, Message
from sandbox.entities import Formatted, given_entities, trimmed, units
from sandbox.errors import bad_request, not_here
from sandbox.htmltext import parse_html
from sandbox.links import found_in
from sandbox.params import Params
from sandbox.world import World

LONGEST_TEXT = 4096
LONGEST_CAPTION = 1024


@dataclass(frozen=True, slots=True)
class Envelope:
    """What surrounds any message: where it goes, what it answers, its buttons."""

    chat: Chat
    extras: Body
    keyboard: Body | None


def send_message(world: World, params: Params) -> Body:
    """Text of 1 to 4096 characters after its markup is read."""
    content = text_content(world, params)
    return seal(world, open_envelope(world, params), content).body


def send_location(world: World, params: Params) -> Body:
    """A point on the map."""
    place = {name: float(params.text(name) or 0) for name in ("latitude", "longitude")}
    return seal(world, open_envelope(world, params), {"location": place}).body


def send_contact(world: World, params: Params) -> Body:
    """A phone number and a name."""
    if not params.text("phone_number") or not params.text("first_name"):
        raise bad_request("phone number and first name must be non-empty")
    contact = {name: params.text(name) for name in ("phone_number", "first_name", "last_name") if params.text(name)}
    return seal(world, open_envelope(world, params), {"contact": contact}).body


def text_content(world: World, params: Params) -> Body:
    """`text` with its entities; refused when blank or too long."""
    if not params.text("text"):
        raise bad_request("message text is empty")
    said = formatted(world, params, "text", "entities")
    if not said.text:
        raise bad_request("text must be non-empty")
    if units(said.text) > LONGEST_TEXT:
        raise bad_request("message is too long")
    content: Body = {"text": said.text}
    if said.entities:
        content["entities"] = said.entities
    preview = params.json("link_preview_options")
    if preview:
        content["link_preview_options"] = preview
    return content


def caption_content(world: World, params: Params) -> Body:
    """`caption` with its entities; none is no error."""
    if not params.text("caption"):
        return {}
    said = formatted(world, params, "caption", "caption_entities")
    if units(said.text) > LONGEST_CAPTION:
        raise bad_request("message caption is too long")
    if not said.text:
        return {}
    content: Body = {"caption": said.text}
    if said.entities:
        content["caption_entities"] = said.entities
    if params.flag("show_caption_above_media"):
        content["show_caption_above_media"] = True
    return content


def formatted(world: World, params: Params, name: str, beside: str) -> Formatted:
    """The text called `name`, by its parse mode or the entities given beside it, blank ends removed."""
    raw = (params.text(name) or "").replace("\r", "").replace("\0", " ")
    mode = (params.text("parse_mode") or "").lower()
    given = params.json(beside)
    if mode == "html":
        said = parse_html(raw)
    elif mode in ("markdown", "markdownv2"):
        raise not_here("parse_mode Markdown")
    elif mode:
        raise bad_request("unsupported parse_mode")
    else:
        said = Formatted(raw, given_entities(raw, given) if given else [])
    said = trimmed(Formatted(said.text, [_with_user(world, entity) for entity in said.entities]))
    marked = [(entity["offset"], entity["offset"] + entity["length"]) for entity in said.entities]
    found = [
        entity
        for entity in found_in(said.text)
        if not any(start < entity["offset"] + entity["length"] and entity["offset"] < end for start, end in marked)
    ]
    return Formatted(said.text, sorted(said.entities + found, key=lambda entity: int(entity["offset"])))


def _with_user(world: World, entity: Body) -> Body:
    if entity["type"] == "text_mention" and entity["user"]["id"] in world.chats:
        return entity | {"user": world.chats[entity["user"]["id"]].account.user()}
    return entity


def open_envelope(world: World, params: Params, *, knows_business: bool = True) -> Envelope:
    """Check everything but the content, which Telegram looks at first; counts one against the limits.

    Methods that know nothing of business accounts pass over the connection that is named.
    """
    if knows_business and "business_connection_id" in params:
        chat: Chat = business.chat_writable(world, params)
    else:
        chat = world.chat_writable(params.values.get("chat_id"))
    extras: Body = groups.thread_of(chat, params)
    answered = reply_target(chat, params)
    if answered is not None:
        extras["reply_to_message"] = {key: value for key, value in answered.body.items() if key != "reply_to_message"}
    below, keyboard = keyboards.checked(params.json("reply_markup", "reply keyboard markup"))
    if below is not None:
        extras["reply_markup"] = below
    if params.flag("protect_content"):
        extras["has_protected_content"] = True
    world.limits.check(chat.id)
    return Envelope(chat, extras, keyboard)


def reply_target(chat: Chat, params: Params) -> Message | None:
    """The message this one answers; 400 when it is gone, unless sending without it is allowed."""
    reply: Any = params.json("reply_parameters") or {}
    if not isinstance(reply, dict):
        raise bad_request("can't parse reply parameters: expected an Object")
    raw = reply.get("message_id") or params.integer("reply_to_message_id")
    if not raw:
        return None
    message = chat.find(int(raw)) if str(reply.get("chat_id", chat.id)) == str(chat.id) else None
    if message is None:
        if reply.get("allow_sending_without_reply") or params.flag("allow_sending_without_reply"):
            return None
        raise bad_request("message to be replied not found")
    quote = reply.get("quote")
    if quote:
        if str(reply.get("quote_parse_mode", "")).lower() == "html":
            quote = parse_html(quote).text
        if units(quote) > 1024 or quote not in message.text:
            raise bad_request("QUOTE_TEXT_INVALID")
    return message


def seal(world: World, envelope: Envelope, content: Body) -> Message:
    """Put the message in the chat."""
    message = world.post(envelope.chat, content | envelope.extras, from_bot=True, keyboard=envelope.keyboard)
    if isinstance(envelope.chat, business.BusinessChat):
        business.echo(world, envelope.chat, message)
    return message
