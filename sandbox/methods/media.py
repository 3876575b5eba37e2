"""Sending files: one at a time, or two to ten as an album."""

from collections.abc import Callable
from typing import Any

from sandbox.chats import Body
from sandbox.errors import bad_request
from sandbox.files import File, Kind
from sandbox.methods.sending import caption_content, open_envelope, seal
from sandbox.params import Params
from sandbox.world import World

# Telegram lets photos and videos share an album; documents and audio keep to their own kind.
ALBUMS = [{Kind.PHOTO, Kind.VIDEO}, {Kind.DOCUMENT}, {Kind.AUDIO}]


def file_given(world: World, params: Params, name: str, kind: Kind) -> File:
    """The file under a parameter: uploaded, named by id, or by address."""
    upload = params.upload(name)
    if upload is not None:
        return world.files.uploaded(kind, upload.data, upload.name, upload.mime)
    given = params.text(name)
    if not given:
        raise bad_request(f"there is no {kind.value} in the request")
    return world.files.named(kind, given)


def content_of(file: File) -> Body:
    """The part of a message that carries a file; an animation is a document too, as in the real one."""
    shown = file.as_sent()
    if file.kind is Kind.ANIMATION:
        return {"animation": shown, "document": shown}
    return {file.kind.value: shown}


def sends(kind: Kind) -> Callable[[World, Params], Body]:
    """The method that sends one file of this kind, under the parameter that is called like it. Stickers and round videos have
    no caption."""

    def send(world: World, params: Params) -> Body:
        caption = {} if kind in (Kind.STICKER, Kind.VIDEO_NOTE) else caption_content(world, params)
        content = content_of(file_given(world, params, kind.value, kind)) | caption
        if params.flag("has_spoiler"):
            content["has_media_spoiler"] = True
        return seal(world, open_envelope(world, params), content).body

    return send


def send_media_group(world: World, params: Params) -> list[Body]:
    """An album of 2 to 10; all of it is checked before any of it is shown."""
    if params.json("reply_markup"):
        raise bad_request("reply markup isn't allowed in an album")
    items = params.json("media")
    if not isinstance(items, list):
        raise bad_request("can't parse media JSON object")
    if not 2 <= len(items) <= 10:
        raise bad_request("media group must include 2-10 items" if items else "there are no messages to send")
    contents = [media_item(world, params, item) for item in items]
    kinds = {file.kind for file, _ in contents}
    if not any(kinds <= allowed for allowed in ALBUMS):
        raise bad_request("can't use the media of the specified type in the album")
    envelope = open_envelope(world, params)
    album = {"media_group_id": world.album_id()}
    return [seal(world, envelope, content_of(file) | caption | album).body for file, caption in contents]


def media_item(world: World, params: Params, item: Any) -> tuple[File, Body]:
    """One InputMedia: its file and its caption."""
    if not isinstance(item, dict):
        raise bad_request("can't parse InputMedia: expected an Object")
    try:
        kind = Kind(str(item.get("type")))
    except ValueError as error:
        raise bad_request(f"can't parse InputMedia: type must be one of {', '.join(Kind)}") from error
    inner = Params(item, params.uploads)
    upload = inner.upload("media")
    if upload is not None:
        file = world.files.uploaded(kind, upload.data, upload.name, upload.mime)
    elif str(item.get("media", "")).startswith("attach://"):
        raise bad_request(f'file "{item["media"]}" not found in the request')
    else:
        file = world.files.named(kind, str(item.get("media") or ""))
    return file, caption_content(world, inner)
