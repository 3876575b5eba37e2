"""Links: which ones Telegram takes, and which entities it finds by itself in plain text."""

import re
from typing import Any
from urllib.parse import parse_qs, urlsplit

_HOST = re.compile(r"(?:[\w-]+\.)+[\w-]{2,}|localhost|\d+(?:\.\d+){3}", re.UNICODE)
_FOUND = re.compile(
    r"(?P<url>https?://[^\s<>\"]+|(?<![\w.@/])t\.me/\w+(?:\?[\w=&%+-]+)?)"
    r"|(?P<email>[\w.+-]+@[\w-]+(?:\.[\w-]+)+)"
    r"|(?<![\w/@#])(?P<bot_command>/[A-Za-z0-9_]{1,64}(?:@\w{3,32})?)(?![\w/])"
    r"|(?<![\w/@])(?P<mention>@[A-Za-z]\w{3,31})"
    r"|(?<![\w/#])(?P<hashtag>#\w*[^\W\d_]\w*)",
)


def checked_url(url: str) -> str | None:
    """`url` as Telegram keeps it, with a scheme; None when it is not one it would open."""
    url = url.strip()
    parts = urlsplit(url if "://" in url else f"http://{url}")
    if parts.scheme in ("tg", "ton"):
        return url
    if parts.scheme not in ("http", "https") or not _HOST.fullmatch(parts.hostname or "") or " " in url:
        return None
    return parts._replace(path=parts.path or "/").geturl()


def user_of(url: str) -> int | None:
    """The id in a `tg://user?id=…` link."""
    parts = urlsplit(url)
    number = parse_qs(parts.query).get("id", [""])[0]
    return int(number) if (parts.scheme, parts.netloc) == ("tg", "user") and number.isdigit() else None


def start_payload(url: str, username: str) -> str | None:
    """The payload of a `https://t.me/<bot>?start=…` link to this very bot, "" when it has none; None for other links."""
    parts = urlsplit(url)
    if parts.hostname not in ("t.me", "telegram.me") or parts.path.strip("/").lower() != username.lower():
        return None
    query = parse_qs(parts.query)
    return None if "startgroup" in query else query.get("start", [""])[0]


def found_in(text: str) -> list[dict[str, Any]]:
    """The entities a Telegram client marks by itself: links, mail, commands, mentions, hashtags."""
    entities: list[dict[str, Any]] = []
    if not any(sign in text for sign in "/@#"):
        return entities
    for match in _FOUND.finditer(text):
        before = len(text[: match.start()].encode("utf-16-le")) // 2
        length = len(match.group().encode("utf-16-le")) // 2
        entities.append({"type": match.lastgroup, "offset": before, "length": length})
    return entities
