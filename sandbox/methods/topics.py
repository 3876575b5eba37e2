"""Topics of a group, and business connections: making, changing, asking."""

from typing import Any

from sandbox import business, groups
from sandbox.chats import Body
from sandbox.entities import units
from sandbox.errors import bad_request, forbidden
from sandbox.groups import COLOURS, ICONS, Group, Topic
from sandbox.params import Params
from sandbox.world import World

LONGEST_NAME = 128


def create(world: World, params: Params) -> Body:
    """A topic of 1 to 128 characters, in one of six colours or under an icon."""
    group = _group(world, params, "create a topic")
    name = _name(params)
    colour = params.integer("icon_color") or COLOURS[0]
    if colour not in COLOURS:
        raise bad_request("invalid icon color specified")
    icon = _icon(params)
    world.limits.check(group.id)
    return _shown(groups.make_topic(world, group, name, colour, icon, None))


def edit(world: World, params: Params) -> bool:
    """Another name or icon; the colour stays for ever."""
    group = _group(world, params, "edit the topic")
    topic = group.topic(params.integer("message_thread_id"))
    name = _name(params) if params.text("name") else topic.name
    icon = _icon(params) if "icon_custom_emoji_id" in params else topic.icon
    if (name, icon) == (topic.name, topic.icon):
        raise bad_request("TOPIC_NOT_MODIFIED")
    world.limits.check(group.id)
    topic.name, topic.icon = name, icon
    groups.service(world, group, topic, {"forum_topic_edited": {"name": name}}, None)
    return True


def close(world: World, params: Params) -> bool:
    """Nobody but administrators writes there any more."""
    return _set(world, params, True)


def reopen(world: World, params: Params) -> bool:
    """It is open again."""
    return _set(world, params, False)


def delete(world: World, params: Params) -> bool:
    """The topic and everything in it."""
    group = _group(world, params, "delete the topic")
    groups.delete_topic(world, group, group.topic(params.integer("message_thread_id")))
    return True


def icons(world: World, params: Params) -> list[Body]:
    """The stickers a topic's icon may be."""
    shape = {"type": "custom_emoji", "width": 100, "height": 100, "is_animated": True, "is_video": False}
    return [
        {"file_id": f"CAACicon{place:04d}aaaaaaaaaaaa", "file_unique_id": f"icon{place:04d}", "emoji": emoji}
        | shape
        | {"custom_emoji_id": _icon_id(place)}
        for place, emoji in enumerate(ICONS)
    ]


def get_business_connection(world: World, params: Params) -> Body:
    """How a connection stands."""
    return business.connection_named(world, params).shown()


def read_business_message(world: World, params: Params) -> bool:
    """Mark a message as read, where the right was given and the other side wrote within a day."""
    connection = business.connection_in_use(world, params)
    if not connection.rights.get("can_read_messages"):
        raise forbidden("BUSINESS_CONNECTION_NOT_ALLOWED")
    chat = business.chat_active(world, connection, params.integer("chat_id"))
    if chat.find(params.integer("message_id")) is None:
        raise bad_request("message not found")
    return True


def emoji_of(icon: str) -> str:
    """The emoji behind an icon's id; "" for none."""
    return ICONS[int(icon) - 5_300_000_000_000_000_000] if icon else ""


def _icon_id(place: int) -> str:
    return str(5_300_000_000_000_000_000 + place)


def _icon(params: Params) -> str:
    icon = params.text("icon_custom_emoji_id") or ""
    if icon and icon not in {_icon_id(place) for place in range(len(ICONS))}:
        raise bad_request("DOCUMENT_INVALID")
    return icon


def _name(params: Params) -> str:
    name = (params.text("name") or "").strip()
    if not name:
        raise bad_request("topic name must be non-empty")
    if units(name) > LONGEST_NAME:
        raise bad_request("TOPIC_TITLE_TOO_LONG")
    return name


def _group(world: World, params: Params, what: str) -> Group:
    chat: Any = world.chat_known(params.values.get("chat_id"))
    if not isinstance(chat, Group):
        raise bad_request("method is available for supergroup chats only")
    if not chat.is_forum:
        raise bad_request("the chat is not a forum")
    groups.may(chat, "can_manage_topics", what)
    return chat


def _set(world: World, params: Params, closed: bool) -> bool:
    group = _group(world, params, "close the topic" if closed else "reopen the topic")
    topic = group.topic(params.integer("message_thread_id"))
    if topic.is_closed == closed:
        raise bad_request("TOPIC_NOT_MODIFIED")
    groups.set_closed(world, group, topic, closed, None)
    return True


def _shown(topic: Topic) -> Body:
    told: Body = {"message_thread_id": topic.id, "name": topic.name, "icon_color": topic.colour}
    return told | ({"icon_custom_emoji_id": topic.icon} if topic.icon else {})
