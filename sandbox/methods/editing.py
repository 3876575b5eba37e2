"""Changing and taking back what was said."""

from typing import Any

from sandbox import business, groups, keyboards
from sandbox.chats import MEDIA, Body, Chat, Message
from sandbox.errors import NOT_MODIFIED, bad_request, forbidden, not_here
from sandbox.methods.media import content_of, media_item
from sandbox.methods.sending import caption_content, text_content
from sandbox.params import Params
from sandbox.world import World

DELETABLE_FOR = 48 * 3600
CONTENT = {"text", "entities", "caption", "caption_entities", "show_caption_above_media", "link_preview_options"}


def edit_text(world: World, params: Params) -> Body:
    """New text, and new buttons or none."""
    message = _editable(world, params)
    content = text_content(world, params)
    if "text" not in message.body:
        raise bad_request("there is no text in the message to edit")
    return _apply(world, params, message, content, CONTENT)


def edit_caption(world: World, params: Params) -> Body:
    """A new caption under a file, or none."""
    message = _editable(world, params)
    content = caption_content(world, params)
    if not any(kind in message.body for kind in MEDIA):
        raise bad_request("there is no caption in the message to edit")
    return _apply(world, params, message, content, CONTENT)


def edit_markup(world: World, params: Params) -> Body:
    """New buttons, or none."""
    message = _editable(world, params)
    return _apply(world, params, message, {}, set())


def edit_media(world: World, params: Params) -> Body:
    """Another file in the place of the old one."""
    message = _editable(world, params)
    file, caption = media_item(world, params, params.json("media", "InputMedia"))
    if "media_group_id" in message.body and file.kind not in ("photo", "video"):
        raise bad_request("can't use the media of the specified type in the album")
    return _apply(world, params, message, content_of(file) | caption, CONTENT | set(MEDIA))


def _editable(world: World, params: Params) -> Message:
    if "inline_message_id" in params:
        raise not_here("editing of inline messages")
    if "business_connection_id" in params:
        chat: Chat = business.chat_writable(world, params)
    else:
        chat = world.chat_known(params.values.get("chat_id"))
    number = params.integer("message_id")
    if not number:
        raise bad_request("message identifier is not specified")
    message = chat.find(number)
    if message is None:
        raise bad_request("message to edit not found")
    if not message.from_bot or "forward_origin" in message.body or message.keyboard is not None:
        raise bad_request("message can't be edited")
    return message


def _apply(world: World, params: Params, message: Message, content: Body, replaced: set[str]) -> Body:
    below, below_input = keyboards.checked(params.json("reply_markup", "reply keyboard markup"))
    if below_input is not None:
        raise bad_request("inline keyboard expected")
    kept = {key: value for key, value in message.body.items() if key not in replaced | {"reply_markup", "edit_date"}}
    body = kept | content | ({"reply_markup": below} if below else {})
    if body == {key: value for key, value in message.body.items() if key != "edit_date"}:
        raise bad_request(NOT_MODIFIED)
    world.limits.check(message.chat_id)
    world.change(message, body, edited=bool(replaced) or "edit_date" in message.body)
    return message.body


def delete_message(world: World, params: Params) -> bool:
    """Take a message away for both, within 48 hours."""
    chat = world.chat_known(params.values.get("chat_id"))
    message = chat.find(params.integer("message_id"))
    if message is None:
        raise bad_request("message to delete not found")
    if world.seconds() - message.sent_at > DELETABLE_FOR or not _may_delete(chat, message):
        raise bad_request("message can't be deleted for everyone")
    world.take_away(message)
    return True


def _may_delete(chat: Chat, message: Message) -> bool:
    """In a group, what others wrote is deleted only with the right to."""
    if message.from_bot or not isinstance(chat, groups.Group):
        return True
    return chat.standing == "administrator" and chat.rights.get("can_delete_messages", False)


def delete_messages(world: World, params: Params) -> bool:
    """The same for 1 to 100 at once; those that are gone are passed over."""
    chat = world.chat_known(params.values.get("chat_id"))
    numbers: Any = params.json("message_ids")
    if not isinstance(numbers, list) or not 1 <= len(numbers) <= 100:
        raise bad_request("message identifiers are not specified" if not numbers else "too many messages to delete")
    for number in numbers:
        message = chat.find(int(number))
        if message is not None and world.seconds() - message.sent_at <= DELETABLE_FOR and _may_delete(chat, message):
            world.take_away(message)
    return True


def delete_business_messages(world: World, params: Params) -> bool:
    """Messages of a connected account's chats, for both sides: the bot's own with one right, all with another."""
    connection = business.connection_in_use(world, params)
    numbers: Any = params.json("message_ids")
    if not isinstance(numbers, list) or not 1 <= len(numbers) <= 100:
        raise bad_request("message identifiers are not specified" if not numbers else "too many messages to delete")
    for chat in world.business.values():
        if not isinstance(chat, business.BusinessChat) or chat.link is not connection:
            continue
        for number in numbers:
            message = chat.find(int(number))
            if message is None:
                continue
            if not message.from_bot and world.seconds() - message.sent_at > DELETABLE_FOR:
                raise bad_request("message can't be deleted for everyone")
            right = "can_delete_sent_messages" if message.from_bot else "can_delete_all_messages"
            if not (connection.rights.get(right) or connection.rights.get("can_delete_all_messages")):
                raise forbidden("BUSINESS_CONNECTION_NOT_ALLOWED")
            world.take_away(message)
    return True
