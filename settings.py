"""What the environment may set, each with a default and a sentence. Only bot.py reads it and hands the values on."""

import re
from collections.abc import Mapping
from datetime import time
from difflib import get_close_matches
from pathlib import Path
from typing import Annotated, Any, Self
from urllib.parse import urlsplit

from pydantic import Field, ValidationError, ValidationInfo, field_validator, model_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

TELEGRAM = "https://api.telegram.org"
WEBHOOK_PORTS = (443, 80, 88, 8443)
"""https://core.telegram.org/bots/api#setwebhook"""
LARGEST_ID = 2**52
"""Telegram's ids have at most 52 bits."""
UNITS = {"s": 1, "m": 60, "h": 3600, "d": 86400}
DURATION = re.compile(r"(\d+(?:\.\d+)?)\s*([smhd]?)", re.IGNORECASE)
DURATIONS = (
    "reply_delay",
    "takeover_quiet",
    "tracking_interval",
    "parcel_stuck_after",
    "haggler_interval",
    "tick_seconds",
)
RATE = re.compile(r"(\d+)(?:\s*(?:in|/|a|per)\s*(\d+(?:\.\d+)?)?\s*([a-z]*))?", re.IGNORECASE)


SPANS = {
    **dict.fromkeys(("", "s", "sec", "secs", "second", "seconds"), 1),
    **dict.fromkeys(("m", "min", "mins", "minute", "minutes"), 60),
}
"""How many seconds the units of a rate have."""


class WrongSettings(Exception):
    """A setting is missing or wrong; the message is one clear sentence."""


class Settings(BaseSettings):
    """Settings, from the environment or the file `.env`; the environment wins."""

    model_config = SettingsConfigDict(env_file=".env", env_file_encoding="utf-8", extra="ignore", env_ignore_empty=True)

    bot_token: str = Field("", description="The bot's token from @BotFather. Without it the sandbox opens instead.")
    owner_id: Annotated[tuple[int, ...], NoDecode] = Field(
        (),
        description="Numeric Telegram ids of the owners, comma separated. Absent: a one-time code is printed for /claim CODE.",
    )
    bot_api_url: str = Field(TELEGRAM, description="The Bot API server; http://127.0.0.1:PORT for a local one.")
    database_url: str = Field("sqlite:///shop.db", description="sqlite:///FILE or postgresql://USER@HOST/NAME.")
    reply_delay: float = Field(
        2.5,
        ge=0,
        le=10,
        description="Seconds of quiet before several short lines are answered as one; 0 answers each line at once.",
    )
    takeover_quiet: float = Field(
        600, ge=1, description="How long the bot stays silent in a chat after a person of the shop has written there."
    )
    tracking_interval: float = Field(43200, ge=1, description="How often each parcel is asked for.")
    quiet_hours: Annotated[tuple[time, time] | None, NoDecode] = Field(
        (time(23), time(8)),
        description="When no phone rings for a parcel, in the buyer's own time; 0 switches it off.",
    )
    parcel_stuck_after: float = Field(
        432000, ge=60, description="After so long without anything new of a parcel the seller hears of it."
    )
    haggler_interval: float = Field(300, ge=1, description="How often conversations are judged for haggling.")
    tick_seconds: float = Field(5, gt=0, le=3600, description="How often the timetable looks for due work.")
    send_rate: int = Field(30, ge=0, description="Messages a second over all chats; 0 switches the limit off.")
    chat_rate: int = Field(1, ge=0, description="Messages a second to one chat; 0 switches the limit off.")
    group_rate: int = Field(20, ge=0, description="Messages a minute to one group; 0 switches the limit off.")
    flood_merge: Annotated[tuple[int, float], NoDecode] = Field(
        (20, 10.0), description="Lines of one buyer in so many seconds that are answered together; 0 switches it off."
    )
    webhook_url: str = Field(
        "", description="The https address Telegram posts to, on port 443, 80, 88 or 8443. Absent: polling."
    )
    webhook_listen: str = Field(
        "127.0.0.1:8080", description="Where the webhook and the carriers' pushes are listened for."
    )
    webhook_secret: str = Field(
        "",
        description="The secret Telegram sends along; 1 to 256 of A-Z a-z 0-9 _ -. Absent: one is made of BOT_TOKEN.",
    )
    public_url: str = Field("", description="The https address under which carriers push to PUBLIC_URL/carriers/NAME.")
    metrics_listen: str = Field(
        "", description="Where metrics and health are served, loopback only, e.g. 127.0.0.1:9100. Absent: nowhere."
    )
    log_level: str = Field("INFO", description="DEBUG, INFO, WARNING or ERROR.")
    encoder: bool = Field(
        True, description="Whether the sentence encoder helps to understand (needs 150 MB more); 0 runs without it."
    )
    seventeentrack_key: str = Field("", description="The key of a 17TRACK account, for parcels.")
    seventeentrack_url: str = Field("https://api.17track.net", description="Where 17TRACK is asked.")
    kuaidi100_customer: str = Field("", description="The customer number of a 快递100 enterprise account, for parcels.")
    kuaidi100_key: str = Field("", description="The key of that account; without both it is not asked.")
    kuaidi100_url: str = Field("https://poll.kuaidi100.com", description="Where 快递100 is asked.")

    @field_validator("owner_id", mode="before")
    @classmethod
    def _ids(cls, value: Any) -> Any:
        if not isinstance(value, str):
            return value
        parts = [part.strip() for part in re.split(r"[,，;\s]+", value) if part.strip()]
        for part in parts:
            if not (part.isascii() and part.isdigit() and 0 < int(part[:20]) < LARGEST_ID):
                raise ValueError(
                    f"“{part}” is no numeric id; a name like @shop does not work. Send /start to @userinfobot to learn yours"
                )
        return tuple(int(part) for part in parts)

    @field_validator(*DURATIONS, mode="before")
    @classmethod
    def _seconds(cls, value: Any, info: ValidationInfo) -> Any:
        if not isinstance(value, str):
            return value
        match = DURATION.fullmatch(value.strip())
        if match is None:
            raise ValueError(f"“{value}” is no length of time; write seconds (30) or 5m, 12h, 2d")
        return float(match[1]) * UNITS[match[2].lower() or "s"]

    @field_validator("quiet_hours", mode="before")
    @classmethod
    def _quiet(cls, value: Any) -> Any:
        if not isinstance(value, str):
            return value
        if value.strip().lower() in ("0", "off", "no", "none"):
            return None
        match = re.fullmatch(r"([01]?\d|2[0-3]):([0-5]\d)\s*[-–]\s*([01]?\d|2[0-3]):([0-5]\d)", value.strip())
        if match is None:
            raise ValueError(f"“{value}” is no span of hours; write 23:00-08:00, or 0 to switch it off")
        return time(int(match[1]), int(match[2])), time(int(match[3]), int(match[4]))

    @field_validator("flood_merge", mode="before")
    @classmethod
    def _flood(cls, value: Any) -> Any:
        if not isinstance(value, str):
            return value
        match = RATE.fullmatch(value.strip())
        unit = None if match is None else SPANS.get((match[3] or "").lower())
        if match is None or unit is None:
            raise ValueError(f"“{value}” is not understood; write 20 in 10 s, or 0 to switch it off")
        return int(match[1]), float(match[2] or (1.0 if match[3] else 10.0)) * unit

    @field_validator("bot_api_url", "webhook_url", "public_url", "seventeentrack_url", "kuaidi100_url")
    @classmethod
    def _address(cls, value: str) -> str:
        if value and not (re.fullmatch(r"https?://[^\s/]+(?:/\S*)?", value) and _has_port(value)):
            raise ValueError(f"“{value}” is no address; it begins with https:// (or http:// on this machine)")
        return value.rstrip("/")

    @field_validator("database_url")
    @classmethod
    def _database(cls, value: str) -> str:
        if not re.match(r"(sqlite:///.|postgres(ql)?://.)", value):
            raise ValueError(f"“{value}” is no database; write sqlite:///shop.db or postgresql://user@host/name")
        return value

    @field_validator("webhook_listen", "metrics_listen")
    @classmethod
    def _listen(cls, value: str) -> str:
        if value and not (re.fullmatch(r"\[?[0-9A-Za-z.:\-]*\]?:\d{1,5}", value) and _has_port(f"//{value}")):
            raise ValueError(f"“{value}” is no place to listen; write HOST:PORT, e.g. 127.0.0.1:8080")
        return value

    @field_validator("log_level")
    @classmethod
    def _level(cls, value: str) -> str:
        if value.upper() not in {"DEBUG", "INFO", "WARNING", "ERROR"}:
            raise ValueError(f"“{value}” is no level; write DEBUG, INFO, WARNING or ERROR")
        return value.upper()

    @field_validator("bot_token")
    @classmethod
    def _token(cls, value: str) -> str:
        if value and not re.fullmatch(r"\d+:[A-Za-z0-9_-]+", value.strip()):
            raise ValueError("it does not look like a token; @BotFather gives one like 123456:ABC-def")
        return value.strip()

    @model_validator(mode="after")
    def _webhook(self) -> Self:
        if self.webhook_secret and not re.fullmatch(r"[A-Za-z0-9_-]{1,256}", self.webhook_secret):
            raise ValueError("WEBHOOK_SECRET may hold only A-Z a-z 0-9 _ - (1 to 256)")
        address = urlsplit(self.webhook_url)
        if not self.webhook_url or self.bot_api_url != TELEGRAM:  # a local Bot API server takes any address
            return self
        if address.scheme != "https":
            raise ValueError(f"WEBHOOK_URL: “{self.webhook_url}” is not https, and Telegram posts to nothing else")
        if address.port not in (None, *WEBHOOK_PORTS):
            ports = ", ".join(map(str, WEBHOOK_PORTS))
            raise ValueError(f"WEBHOOK_URL: Telegram posts only to the ports {ports}, not to {address.port}")
        return self

    @model_validator(mode="after")
    def _account(self) -> Self:
        if bool(self.kuaidi100_key) != bool(self.kuaidi100_customer):
            given, missing = ("KEY", "CUSTOMER") if self.kuaidi100_key else ("CUSTOMER", "KEY")
            raise ValueError(f"KUAIDI100_{given} is set and KUAIDI100_{missing} is not; both are needed, or neither")
        return self

    @property
    def database_file(self) -> Path | None:
        """The SQLite file, or None for PostgreSQL."""
        return Path(self.database_url.removeprefix("sqlite:///")) if self.database_url.startswith("sqlite") else None


def read_settings(**given: Any) -> Settings:
    """The settings now. WrongSettings names the first wrong one in a sentence."""
    _look_for_slips(Path(".env"))
    try:
        return Settings(**given)
    except ValidationError as error:
        first = error.errors()[0]
        name = str(first["loc"][0]).upper() if first["loc"] else ""
        why = _why(first, " s" if name.lower() in DURATIONS else "")
        raise WrongSettings(f"{name}: {why}." if name else f"{why}.") from None


def _why(error: Mapping[str, Any], unit: str) -> str:
    """What is wrong with a value, in a few words; numbers are told with their bounds, and their unit."""
    bounds: Mapping[str, Any] = error.get("ctx", {})
    value = error.get("input")
    written = (
        f"“{value:.12g}{unit}”" if isinstance(value, float) else f"“{value}”" if isinstance(value, str | int) else "it"
    )
    told = {
        "greater_than_equal": "is too little; it must be {ge} or more",
        "greater_than": "is too little; it must be more than {gt}",
        "less_than_equal": "is too much; it may be {le} at most",
        "bool_parsing": "is neither; write 1 or 0",
        "int_parsing": "is no whole number",
        "float_parsing": "is no number",
    }.get(str(error["type"]))
    if told is None:
        return str(bounds.get("error", error["msg"]))
    return f"{written} {told}".format(**{name: f"{value:g}{unit}" for name, value in bounds.items() if name != "error"})


def _has_port(address: str) -> bool:
    """Whether the port of an address, if it names one, may exist."""
    try:
        return urlsplit(address).port != 0
    except ValueError:
        return False


def _look_for_slips(file: Path) -> None:
    """What would be passed over in .env without a word: a name that is nearly a setting's, a setting without its =, a file that
    cannot be read. Names of others may stand there too."""
    try:
        lines = file.read_text(encoding="utf-8-sig").splitlines()
    except FileNotFoundError:
        return
    except OSError as error:
        raise WrongSettings(f"{file} cannot be read ({error.strerror}).") from None
    except UnicodeDecodeError:
        raise WrongSettings(f"{file} is no UTF-8 text: save it again as UTF-8.") from None
    known = [name.upper() for name in Settings.model_fields]
    for number, line in enumerate(lines, 1):
        found = re.match(r"\s*(?:export\s+)?([A-Za-z_][A-Za-z0-9_]*)\s*(=?)", line)
        if found is None or (name := found[1].upper()) in known:
            if found is not None and not found[2]:
                raise WrongSettings(f"{file}, line {number}: {name} and its value are joined by =, as in {name}=VALUE.")
            continue
        if not found[2]:
            continue
        if near := get_close_matches(name, known, 1, 0.85):
            raise WrongSettings(
                f"{file}, line {number}: {found[1]} is no setting; {near[0]} is meant, by the look of it."
            )
