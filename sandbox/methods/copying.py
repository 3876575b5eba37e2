"""Passing on what was said: forwarding with its origin, copying without."""

from typing import Any

from sandbox.chats import Body, Message
from sandbox.errors import bad_request
from sandbox.methods.sending import Envelope, caption_content, open_envelope, seal
from sandbox.params import Params
from sandbox.world import World

PASSED_ON = (
    "text",
    "entities",
    "caption",
    "caption_entities",
    "photo",
    "video",
    "animation",
    "document",
    "audio",
    "voice",
    "sticker",
    "video_note",
    "location",
    "contact",
    "link_preview_options",
)


def content_of(message: Message) -> Body:
    """What of a message can be passed on."""
    return {key: message.body[key] for key in PASSED_ON if key in message.body}


def origin_of(message: Message) -> Body:
    """Whose it was first."""
    first: Body | None = message.body.get("forward_origin")
    return first or {"type": "user", "date": message.sent_at, "sender_user": message.body["from"]}


def _source(world: World, params: Params, number: int, verb: str) -> Message:
    chat = world.chat_known(params.values.get("from_chat_id"))
    message = chat.find(number)
    if message is None:
        raise bad_request(f"message to {verb} not found")
    if message.body.get("has_protected_content"):
        raise bad_request(f"message can't be {'copied' if verb == 'copy' else 'forwarded'}")
    return message


def forward_message(world: World, params: Params) -> Body:
    """One message with its origin."""
    message = _source(world, params, params.integer("message_id"), "forward")
    envelope = open_envelope(world, params, knows_business=False)
    return seal(world, envelope, content_of(message) | {"forward_origin": origin_of(message)}).body


def copy_message(world: World, params: Params) -> Body:
    """One message as the bot's own; answers with the new id only."""
    message = _source(world, params, params.integer("message_id"), "copy")
    envelope = open_envelope(world, params, knows_business=False)
    content = content_of(message)
    if "caption" in params and "text" not in content:
        content.pop("caption", None)
        content.pop("caption_entities", None)
        content |= caption_content(world, params)
    return {"message_id": seal(world, envelope, content).message_id}


def _several(world: World, params: Params, verb: str) -> tuple[Envelope, list[Message]]:
    numbers: Any = params.json("message_ids")
    if not isinstance(numbers, list) or not 1 <= len(numbers) <= 100:
        raise bad_request("message identifiers are not specified")
    if [int(number) for number in numbers] != sorted({int(number) for number in numbers}):
        raise bad_request("message identifiers must be in a strictly increasing order")
    chat = world.chat_known(params.values.get("from_chat_id"))
    found = [message for number in numbers if (message := chat.find(int(number))) is not None]
    if not found:
        raise bad_request(f"there are no messages to {verb}")
    return open_envelope(world, params, knows_business=False), found


def forward_messages(world: World, params: Params) -> list[Body]:
    """Up to 100, those gone passed over."""
    envelope, found = _several(world, params, "forward")
    return [
        {"message_id": seal(world, envelope, content_of(one) | {"forward_origin": origin_of(one)}).message_id}
        for one in found
    ]


def copy_messages(world: World, params: Params) -> list[Body]:
    """Up to 100, those gone passed over."""
    envelope, found = _several(world, params, "copy")
    return [{"message_id": seal(world, envelope, content_of(one)).message_id} for one in found]
