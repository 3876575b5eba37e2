"""Every table as it is now. How it came to be stands in `migrations/`; the two are compared by a test."""

from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    Dialect,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    SmallInteger,
    Table,
    Text,
    TypeDecorator,
    UniqueConstraint,
    text,
)
from sqlalchemy.dialects.postgresql import JSONB

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)


class Moment(TypeDecorator[datetime]):
    """An aware UTC time, kept as whole microseconds since 1970: exact, ordered, and the same on every database."""

    impl = BigInteger
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> int | None:
        return None if value is None else (value - _EPOCH) // _MICROSECOND

    def process_result_value(self, value: int | None, dialect: Dialect) -> datetime | None:
        return None if value is None else _EPOCH + timedelta(microseconds=value)


class Words(TypeDecorator[str]):
    """Text of any origin. What is no character (NUL, half of a pair) is kept as � — a database may refuse it."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        return None if value is None else characters(value)


def characters(text: str) -> str:
    """The text with what is no character replaced."""
    if "\x00" in text:
        text = text.replace("\x00", "\ufffd")
    if text.isascii():
        return text
    try:
        text.encode()
    except UnicodeEncodeError:
        return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return text


Id = BigInteger().with_variant(Integer, "sqlite")
"""A client-made id (`ids.new_id`). On SQLite it must be INTEGER to be the rowid itself."""

Json = JSON(none_as_null=True).with_variant(JSONB(none_as_null=True), "postgresql")

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "pk": "pk_%(table_name)s",
    }
)


def _only(column: str, *values: str) -> CheckConstraint:
    """A check that a column holds one of these words."""
    return CheckConstraint(f"{column} IN ({', '.join(repr(one) for one in values)})", name=column)


def _must(name: str, kind: Any, *more: Any, **options: Any) -> Column[Any]:
    return Column(name, kind, *more, nullable=False, **options)


# The program itself

revision = Table(
    "revision",
    metadata,
    Column("id", SmallInteger, primary_key=True, autoincrement=False),
    _must("number", BigInteger),
    CheckConstraint("id = 1", name="single"),
)
"""One row. Its number grows with every change to catalogue, shop facts, presence or phrases."""

marks = Table(
    "marks",
    metadata,
    Column("name", Words, primary_key=True),
    _must("value", Json),
    _must("at", Moment),
)
"""Small facts of the program itself: paused since a restore, the last poll, …"""

audit = Table(
    "audit",
    metadata,
    Column("id", Id, primary_key=True, autoincrement=False),
    _must("at", Moment, index=True),
    _must("who", Words),
    _must("what", Words),
    _must("about", Words, index=True),
    _must("data", Json),
)

staff = Table(
    "staff",
    metadata,
    Column("user_id", Id, primary_key=True, autoincrement=False),
    _must("role", Words),
    _must("name", Words),
    _must("added_at", Moment),
    _must("added_by", Words),
    Column("removed_at", Moment),
    _only("role", "owner", "manager", "agent", "viewer"),
)

claims = Table(
    "claims",
    metadata,
    Column("code_hash", Words, primary_key=True),
    _must("made_at", Moment),
    _must("expires_at", Moment),
    Column("used_at", Moment),
    Column("used_by", Id),
)
"""One-time codes printed on the console; only their hash is kept."""

# The shop

shop_versions = Table(
    "shop_versions",
    metadata,
    Column("id", Id, primary_key=True, autoincrement=False),
    _must("at", Moment),
    _must("by", Words),
    _must("document", Json),
)
"""Shop facts, a row a change; the newest holds."""

presences = Table(
    "presences",
    metadata,
    Column("id", Id, primary_key=True, autoincrement=False),
    _must("at", Moment),
    _must("by", Words),
    Column("here_until", Moment),
    Column("away_until", Moment),
)
"""What the seller said of being here or away, a row each time; the newest holds."""

products = Table(
    "products",
    metadata,
    Column("id", Id, primary_key=True, autoincrement=False),
    _must("title", Words, unique=True),
)

variants = Table(
    "variants",
    metadata,
    Column("id", Id, primary_key=True, autoincrement=False),
    _must("sku", Words, unique=True),
    _must("product_id", Id, ForeignKey("products.id"), index=True),
    _must("price_minor", BigInteger),
    _must("currency", Words),
    Column("floor_minor", BigInteger),
    Column("floor_currency", Words),
    Column("stock", BigInteger),
    _must("category", Words),
    _must("aliases", Json),
    _must("weight", Words),
    _must("wording", Json),
    Column("english", Json),
    _must("changed_at", Moment),
    _must("revision", BigInteger, index=True),
    CheckConstraint("price_minor >= 0", name="price"),
    CheckConstraint("stock IS NULL OR stock >= 0", name="stock"),
    CheckConstraint("(floor_minor IS NULL) = (floor_currency IS NULL)", name="floor"),
)
"""`wording` and `english` hold the words of core.catalogue.Wording; the title of `wording` is the product's.
`revision` is the number of the change that touched the row or its photos last."""

photos = Table(
    "photos",
    metadata,
    Column("id", Id, primary_key=True, autoincrement=False),
    _must("sku", Words, ForeignKey("variants.sku")),
    _must("source", Words),
    _must("origin", Words),
    _must("position", Integer),
    UniqueConstraint("sku", "source"),
    _only("origin", "file", "chat"),
)

photo_files = Table(
    "photo_files",
    metadata,
    Column("bot_id", Id, primary_key=True, autoincrement=False),
    Column("source", Words, primary_key=True),
    _must("file_id", Words),
    _must("media", Words),
    _must("at", Moment),
)
"""What Telegram calls a photo after its first upload; a file id is good for one bot only."""

stock_log = Table(
    "stock_log",
    metadata,
    Column("id", Id, primary_key=True, autoincrement=False),
    _must("at", Moment),
    _must("sku", Words),
    Column("before", BigInteger),
    Column("after", BigInteger),
    _must("cause", Words),
    _must("by", Words),
    Index(None, "sku", "id"),
)

price_log = Table(
    "price_log",
    metadata,
    Column("id", Id, primary_key=True, autoincrement=False),
    _must("at", Moment),
    _must("sku", Words),
    _must("minor", BigInteger),
    _must("currency", Words),
    _must("by", Words),
    Index(None, "sku", "id"),
)

phrases = Table(
    "phrases",
    metadata,
    Column("id", Id, primary_key=True, autoincrement=False),
    _must("text", Words),
    _must("ask", Words),
    _must("language", Words),
    _must("is_not", Boolean),
    _must("at", Moment),
    _must("by", Words),
    Column("learnt_at", Moment),
    UniqueConstraint("text", "ask", "is_not"),
)
"""Taught lines, beside the built-in phrase files. `learnt_at` is empty until the model was made anew with them."""

answers = Table(
    "answers",
    metadata,
    Column("id", Id, primary_key=True, autoincrement=False),
    _must("ask", Words),
    _must("product", Words),
    _must("question", Words),
    _must("language", Words),
    _must("answer", Words),
    _must("at", Moment),
    _must("by", Words),
    UniqueConstraint("ask", "product", "question", "language"),
)
"""What the seller has said that an ask is answered with, to everyone or (`product`, a sku) about one thing only.
`question` holds the words it was said to, where the ask alone does not tell what was asked."""

labelled = Table(
    "labelled",
    metadata,
    Column("id", Id, primary_key=True, autoincrement=False),
    _must("at", Moment),
    _must("text", Words),
    _must("ask", Words),
    Column("conversation_id", Id, ForeignKey("conversations.id")),
)
"""Lines of buyers who told what they had meant: each change of the understanding is tried on them."""

prompts = Table(
    "prompts",
    metadata,
    Column("outbox_key", Words, primary_key=True),
    _must("action", Words),
    _must("data", Json),
    _must("at", Moment),
)
"""What a seller's reply to a message of ours does. `data` names rows and holds no words of a buyer's."""

missed = Table(
    "missed",
    metadata,
    Column("id", Id, primary_key=True, autoincrement=False),
    _must("at", Moment),
    Column("conversation_id", Id, ForeignKey("conversations.id")),
    Column("message_id", Id),
    _must("text", Words),
    _must("maybe", Json),
    Column("settled_at", Moment),
    Column("taught_ask", Words),
    Index(None, "settled_at", "id"),
)
"""Words not understood, for the seller to teach."""

# Buyers and what was said

buyers = Table(
    "buyers",
    metadata,
    Column("id", Id, primary_key=True, autoincrement=False),
    Column("first_seen_at", Moment),
    _must("telegram_name", Words),
    _must("username", Words),
    _must("language", Words),
    _must("script", Words),
    _must("timezone", Words),
    _must("source", Words),
    Column("referrer_id", Id),
    Column("blocked_at", Moment),
    Column("stopped_at", Moment),
    Column("unreachable_at", Moment),
    Column("merged_into", Id, ForeignKey("buyers.id")),
    _must("name", Words),
    _must("phone", Words),
    _must("birthday", Words),
    _must("calendar", Words),
    _must("grade", Words),
    _must("note", Words),
)
"""`id` is the numeric Telegram id: files and commands name buyers by it, and nothing must be looked up to write a unit."""

buyer_chats = Table(
    "buyer_chats",
    metadata,
    Column("chat_id", Id, primary_key=True, autoincrement=False),
    Column("connection_id", Words, primary_key=True),
    _must("buyer_id", Id, ForeignKey("buyers.id"), index=True),
    _must("kind", Words),
    _must("since", Moment),
    _only("kind", "bot", "business"),
)

buyer_switches = Table(
    "buyer_switches",
    metadata,
    Column("buyer_id", Id, ForeignKey("buyers.id"), primary_key=True, autoincrement=False),
    Column("kind", Words, primary_key=True),
    _must("is_on", Boolean),
    _must("at", Moment),
)
"""What a buyer wants to be told, a row per class of push; no row: the class's own default."""

conversations = Table(
    "conversations",
    metadata,
    Column("id", Id, primary_key=True, autoincrement=False),
    _must("buyer_id", Id, ForeignKey("buyers.id"), index=True),
    _must("chat_id", Id),
    _must("connection_id", Words),
    _must("since", Moment),
    Column("muted_until", Moment),
    _must("is_off", Boolean),
    Column("disclosed_at", Moment),
    Column("handed_over_at", Moment),
    _must("handover_reason", Words),
    Column("seller_wrote_at", Moment),
    _must("last_products", Json),
    Column("last_products_at", Moment),
    _must("last_ask", Words),
    _must("last_said", Words),
    Column("tip_offered_at", Moment),
    Column("last_word_at", Moment),
    _must("original_only", Boolean),
    _must("destination", Words),
    Column("last_inbound_at", Moment, index=True),
    Column("last_outbound_at", Moment),
    Column("taken_by", Id),
    UniqueConstraint("chat_id", "connection_id"),
)
"""One per chat, with the state answering needs: read whole, written whole."""

told = Table(
    "told",
    metadata,
    Column("conversation_id", Id, ForeignKey("conversations.id"), primary_key=True, autoincrement=False),
    Column("fact", Words, primary_key=True),
    _must("at", Moment),
)

turns = Table(
    "turns",
    metadata,
    Column("id", Id, primary_key=True, autoincrement=False),
    _must("conversation_id", Id, ForeignKey("conversations.id")),
    _must("opened_at", Moment),
    _must("answer_at", Moment),
    Column("closed_at", Moment),
    _must("outcome", Words),
    Column("understanding", Json),
    Index(None, "conversation_id", "id"),
    Index(
        "uq_turns_open",
        "conversation_id",
        unique=True,
        sqlite_where=text("closed_at IS NULL"),
        postgresql_where=text("closed_at IS NULL"),
    ),
    Index(
        "ix_turns_due", "answer_at", sqlite_where=text("closed_at IS NULL"), postgresql_where=text("closed_at IS NULL")
    ),
)
"""Several short lines answered once. A conversation has at most one open turn."""

messages = Table(
    "messages",
    metadata,
    Column("id", Id, primary_key=True, autoincrement=False),
    _must("conversation_id", Id, ForeignKey("conversations.id")),
    Column("turn_id", Id, ForeignKey("turns.id"), index=True),
    _must("who", Words),
    Column("staff_id", Id),
    _must("text", Words),
    _must("at", Moment),
    Column("sent_at", Moment),
    Column("telegram_id", Id),
    Column("reply_to", Id),
    _must("album", Words),
    Column("media", Json),
    _must("template", Words),
    _must("asks", Json),
    Column("inbox_seq", Id),
    Column("outbox_id", Id, index=True),
    _only("who", "buyer", "bot", "seller", "staff"),
    Index(None, "conversation_id", "id"),
    Index(None, "conversation_id", "telegram_id"),
)
"""Both sides, immutable but for what is learned on sending (`telegram_id`, `sent_at`). Edits and deletions are versions."""

message_versions = Table(
    "message_versions",
    metadata,
    Column("id", Id, primary_key=True, autoincrement=False),
    _must("message_id", Id, ForeignKey("messages.id"), index=True),
    _must("at", Moment),
    _must("kind", Words),
    _must("text", Words),
    Column("media", Json),
    _only("kind", "edit", "deletion"),
)

# Parcels

parcels = Table(
    "parcels",
    metadata,
    Column("id", Id, primary_key=True, autoincrement=False),
    _must("order_no", Words, ForeignKey("orders.order_no")),
    _must("number", Words, index=True),
    _must("carrier", Words),
    _must("via", Words),
    _must("via_code", Words),
    _must("is_known", Boolean),
    _must("phone", Words),
    _must("state", Words),
    _must("outcome", Words),
    _must("mode", Words),
    _must("status", Words),
    _must("is_alarm", Boolean),
    _must("is_seen", Boolean),
    _must("status_at", Moment),
    Column("latest_at", Moment),
    _must("latest_words", Words),
    _must("latest_place", Words),
    _must("shipped_at", Moment),
    Column("delivered_at", Moment),
    Column("told_at", Moment),
    _must("told_key", Words),
    _must("worry", Words),
    _must("trouble", Words),
    _must("rounds", Integer),
    Column("asked_at", Moment),
    Column("next_at", Moment),
    _must("by", Words),
    UniqueConstraint("order_no", "number"),
    _only("state", "live", "paused", "ended"),
    _only("mode", "all", "important", "none"),
    Index(
        "ix_parcels_next",
        "next_at",
        sqlite_where=text("next_at IS NOT NULL"),
        postgresql_where=text("next_at IS NOT NULL"),
    ),
)
"""`carrier` is the shop's code for whoever carries it, `via` who is asked about it and `via_code` what that one calls the
carrier. `next_at` is when it is asked for next, or until when it is leased to a question under way; NULL when it is not
asked for. `told_key` is the outbox key of what the buyer was last told, `worry` and `trouble` what the seller was told last."""

parcel_events = Table(
    "parcel_events",
    metadata,
    Column("id", Id, primary_key=True, autoincrement=False),
    _must("parcel_id", Id, ForeignKey("parcels.id")),
    _must("key", Words),
    _must("at", Moment),
    _must("status", Words),
    _must("words", Words),
    _must("place", Words),
    _must("is_alarm", Boolean),
    _must("heard_at", Moment),
    UniqueConstraint("parcel_id", "key"),
)
"""What carriers said, each line once. `at` is the carrier's time, `heard_at` ours."""

# In and out

inbox = Table(
    "inbox",
    metadata,
    Column("seq", Id, primary_key=True, autoincrement=False),
    _must("bot_id", Id),
    _must("update_id", BigInteger),
    _must("ident", Words),
    _must("raw", Words),
    _must("lane", Words),
    _must("kind", Words),
    _must("received_at", Moment),
    _must("status", Words),
    _must("attempts", Integer),
    Column("not_before", Moment),
    _must("error", Words),
    UniqueConstraint("bot_id", "update_id", "ident"),
    _only("status", "new", "done", "dead", "ignored"),
    Index(None, "status", "lane", "seq"),
    Index(None, "received_at"),
)

outbox = Table(
    "outbox",
    metadata,
    Column("id", Id, primary_key=True, autoincrement=False),
    _must("key", Words, unique=True),
    _must("lane", Words),
    _must("chat_id", Id),
    _must("connection_id", Words),
    Column("conversation_id", Id),
    _must("method", Words),
    _must("payload", Json),
    _must("kind", Words),
    _must("urgency", SmallInteger),
    _must("status", Words),
    _must("attempts", Integer),
    _must("created_at", Moment),
    Column("not_before", Moment),
    Column("expires_at", Moment),
    Column("sending_at", Moment),
    Column("sent_at", Moment),
    Column("message_id", Id),
    _must("error", Words),
    _must("guard", Json),
    _only("kind", "reply", "seller", "push", "bulk"),
    _only("status", "pending", "sending", "sent", "failed", "unknown", "expired", "skipped", "cancelled"),
    Index(
        "ix_outbox_pending",
        "urgency",
        "id",
        sqlite_where=text("status = 'pending'"),
        postgresql_where=text("status = 'pending'"),
    ),
    Index(
        "ix_outbox_unsettled",
        "status",
        sqlite_where=text("status IN ('sending', 'unknown')"),
        postgresql_where=text("status IN ('sending', 'unknown')"),
    ),
    Index(None, "chat_id", "message_id"),
    Index(None, "conversation_id"),
)
"""`conversation_id` is what a message is about: a seller's reply to a card finds its buyer by it."""

cards = Table(
    "cards",
    metadata,
    Column("conversation_id", Id, ForeignKey("conversations.id"), primary_key=True, autoincrement=False),
    Column("chat_id", Id, primary_key=True, autoincrement=False),
    Column("message_id", Id),
    _must("outbox_key", Words),
    _must("shown", Words),
    _must("at", Moment),
)
"""The seller's one card per conversation, in each seller's chat."""

buttons = Table(
    "buttons",
    metadata,
    Column("id", Words, primary_key=True),
    _must("chat_id", Id),
    Column("user_id", Id),
    _must("action", Words),
    _must("data", Json),
    _must("made_at", Moment),
    Column("expires_at", Moment, index=True),
)

button_uses = Table(
    "button_uses",
    metadata,
    Column("button_id", Words, ForeignKey("buttons.id"), primary_key=True),
    _must("at", Moment),
    _must("by", Id),
)
"""A button is used once: the second row is refused."""

waiting = Table(
    "waiting",
    metadata,
    Column("id", Id, primary_key=True, autoincrement=False),
    _must("buyer_id", Id, ForeignKey("buyers.id")),
    _must("sku", Words),
    Column("conversation_id", Id, ForeignKey("conversations.id")),
    _must("asked_at", Moment),
    Column("closed_at", Moment),
    _must("outcome", Words),
    Index(
        "uq_waiting_open",
        "buyer_id",
        "sku",
        unique=True,
        sqlite_where=text("closed_at IS NULL"),
        postgresql_where=text("closed_at IS NULL"),
    ),
    Index(
        "ix_waiting_open_sku",
        "sku",
        "id",
        sqlite_where=text("closed_at IS NULL"),
        postgresql_where=text("closed_at IS NULL"),
    ),
)

# Orders and what was promised

orders = Table(
    "orders",
    metadata,
    Column("order_no", Words, primary_key=True),
    Column("buyer_id", Id, ForeignKey("buyers.id"), index=True),
    _must("state", Words),
    _must("placed_at", Moment),
    Column("paid_at", Moment),
    Column("shipped_at", Moment),
    Column("delivered_at", Moment),
    Column("closed_at", Moment),
    Column("ship_by", Moment),
    Column("due_at", Moment),
    Column("amount_minor", BigInteger),
    Column("currency", Words),
    _must("carrier", Words),
    _must("address", Words),
    _must("delivery_note", Words),
    _must("note", Words),
    _must("token", Words, unique=True),
    _must("version", Integer),
    _only("state", "placed", "paid", "part_shipped", "shipped", "delivered", "done", "cancelled"),
    CheckConstraint("(amount_minor IS NULL) = (currency IS NULL)", name="amount"),
    Index(
        "ix_orders_due", "due_at", sqlite_where=text("due_at IS NOT NULL"), postgresql_where=text("due_at IS NOT NULL")
    ),
)
"""`buyer_id` NULL: placed for somebody who has not come yet; whoever first opens the link with `token` is the buyer.
`due_at` is when the present state should be over; NULL where nothing is due."""

order_lines = Table(
    "order_lines",
    metadata,
    Column("order_no", Words, ForeignKey("orders.order_no"), primary_key=True),
    Column("sku", Words, primary_key=True),
    _must("position", Integer),
    _must("quantity", BigInteger),
    _must("taken", BigInteger),
    Column("price_minor", BigInteger),
    Column("currency", Words),
    CheckConstraint("quantity > 0", name="quantity"),
    CheckConstraint("taken >= 0", name="taken"),
    Index(None, "sku"),
)
"""`taken` is how many of it the order holds from the stock: what comes back when it is cancelled."""

order_steps = Table(
    "order_steps",
    metadata,
    Column("order_no", Words, ForeignKey("orders.order_no"), primary_key=True),
    Column("version", Integer, primary_key=True),
    _must("at", Moment),
    _must("what", Words),
    _must("by", Words),
)
"""The history of an order, a row a change. Two who change one version are told apart: the second row is refused."""

order_changes = Table(
    "order_changes",
    metadata,
    Column("id", Id, primary_key=True, autoincrement=False),
    _must("order_no", Words, ForeignKey("orders.order_no"), index=True),
    Column("conversation_id", Id, ForeignKey("conversations.id")),
    _must("kind", Words),
    _must("words", Words),
    _must("asked_at", Moment),
    Column("decided_at", Moment),
    _must("decision", Words),
    _only("kind", "address", "items", "cancel"),
)
"""What a buyer wants changed before it leaves, in their words; `decision` is empty, accepted or refused."""

promises = Table(
    "promises",
    metadata,
    Column("id", Id, primary_key=True, autoincrement=False),
    _must("buyer_id", Id, ForeignKey("buyers.id"), index=True),
    Column("conversation_id", Id, ForeignKey("conversations.id")),
    Column("order_no", Words, ForeignKey("orders.order_no"), index=True),
    _must("what", Words),
    _must("words", Words),
    _must("by", Words),
    _must("made_at", Moment),
    _must("due_at", Moment),
    _must("is_binding", Boolean),
    Column("warned_at", Moment),
    Column("drafted_at", Moment),
    Column("broken_at", Moment),
    Column("closed_at", Moment),
    _must("outcome", Words),
    _only("what", "ship", "deliver", "answer", "resend", "other"),
    _only("outcome", "", "kept", "late", "lapsed", "moved", "withdrawn"),
    Index(
        "ix_promises_open",
        "due_at",
        sqlite_where=text("closed_at IS NULL"),
        postgresql_where=text("closed_at IS NULL"),
    ),
)
"""Every time that was said. Not binding: told without an order, it lapses unless the order is paid in time."""

mistakes = Table(
    "mistakes",
    metadata,
    Column("id", Id, primary_key=True, autoincrement=False),
    _must("buyer_id", Id, ForeignKey("buyers.id"), index=True),
    Column("order_no", Words, ForeignKey("orders.order_no"), index=True),
    Column("promise_id", Id, ForeignKey("promises.id")),
    _must("kind", Words),
    _must("cause", Words),
    _must("sku", Words),
    _must("since", Moment),
    Column("told_at", Moment),
    Column("due_at", Moment),
    Column("reminded_at", Moment),
    Column("closed_at", Moment),
    _must("by", Words),
    _only("kind", "late", "short", "sorry", "promise"),
    Index(
        "ix_mistakes_open",
        "due_at",
        sqlite_where=text("closed_at IS NULL"),
        postgresql_where=text("closed_at IS NULL"),
    ),
)
"""The shop's own mistakes, each with the task of putting it right by `due_at`. `since` is when it became one."""

# The shop's people and their work

reviews = Table(
    "reviews",
    metadata,
    Column("id", Id, primary_key=True, autoincrement=False),
    _must("at", Moment),
    _must("by", Id),
    _must("kind", Words),
    _must("about", Words),
    Column("before", Words),
    Column("after", Words),
    Column("decided_at", Moment),
    Column("decided_by", Id),
    _must("decision", Words),
    _only("decision", "", "accepted", "refused", "stale"),
    Index(
        "ix_reviews_open",
        "id",
        sqlite_where=text("decided_at IS NULL"),
        postgresql_where=text("decided_at IS NULL"),
    ),
)
"""An agent's change of a protected field, which waits for a manager. `before` NULL: it was not set; `after`: take it away."""

reminders = Table(
    "reminders",
    metadata,
    Column("id", Id, primary_key=True, autoincrement=False),
    _must("user_id", Id),
    _must("buyer_id", Id, ForeignKey("buyers.id"), index=True),
    Column("conversation_id", Id, ForeignKey("conversations.id")),
    _must("due_at", Moment),
    _must("note", Words),
    _must("made_at", Moment),
    Column("told_at", Moment),
    Column("closed_at", Moment),
    Index(
        "ix_reminders_open",
        "due_at",
        sqlite_where=text("closed_at IS NULL"),
        postgresql_where=text("closed_at IS NULL"),
    ),
)
"""What one of the shop's people wants to be reminded of, about a buyer."""

wordings = Table(
    "wordings",
    metadata,
    Column("name", Words, primary_key=True),
    Column("language", Words, primary_key=True),
    _must("source", Words),
    Column("media", Json),
    _must("at", Moment),
    _must("by", Words),
    _only("language", "zh", "en", "zh_hant"),
)
"""The seller's own wording of a buyer template, laid over the built-in one, or a reply of their own (`reply:KEY`)."""

dialogs = Table(
    "dialogs",
    metadata,
    Column("user_id", Id, primary_key=True, autoincrement=False),
    _must("kind", Words),
    Column("conversation_id", Id, ForeignKey("conversations.id")),
    _must("data", Json),
    _must("at", Moment),
)
"""What one of the shop's people was asked and has not answered yet: a step of /setup, a value for /r."""
# The seller's own account, and the group with a topic per buyer

business_connections = Table(
    "business_connections",
    metadata,
    Column("id", Words, primary_key=True),
    _must("user_id", Id),
    _must("user_chat_id", Id),
    _must("name", Words),
    _must("since", Moment),
    _must("is_enabled", Boolean),
    _must("can_reply", Boolean),
    _must("rights", Json),
    _must("changed_at", Moment),
)
"""Accounts that connected this bot, a stranger's too: whose `user_id` is no owner's is refused. `rights` are those given."""

choices = Table(
    "choices",
    metadata,
    Column("conversation_id", Id, ForeignKey("conversations.id"), primary_key=True, autoincrement=False),
    _must("buttons", Json),
    _must("at", Moment),
)
"""The buttons a buyer may also answer by number, in the order they were numbered; the latest message's only."""

topics = Table(
    "topics",
    metadata,
    Column("group_id", Id, primary_key=True, autoincrement=False),
    Column("buyer_id", Id, ForeignKey("buyers.id"), primary_key=True, autoincrement=False),
    _must("generation", Integer),
    Column("thread_id", Id),
    _must("from_id", Id),
    _must("title", Words),
    _must("icon", Words),
    _must("card", Words),
    Column("closed_at", Moment),
    Column("told_closed_at", Moment),
    Column("due_at", Moment, index=True),
    Index(None, "group_id", "thread_id"),
)
"""A buyer's topic in the sellers' group, as it was last shown there. `generation` counts how often it was made anew;
messages older than the id `from_id` are not shown in it; at `due_at` it is to be looked at again."""

mirrors = Table(
    "mirrors",
    metadata,
    Column("message_id", Id, ForeignKey("messages.id"), primary_key=True, autoincrement=False),
    _must("group_id", Id),
    _must("key", Words, index=True),
    Column("group_message_id", Id),
    _must("shown", Words),
    Index(None, "group_id", "group_message_id"),
)
"""Which message of the group shows a message of a buyer's chat: sent under the outbox `key`, or written there by staff."""

# Hard talk

price_policies = Table(
    "price_policies",
    metadata,
    Column("sku", Words, primary_key=True),
    _must("document", Json),
    _must("at", Moment),
    _must("by", Words),
)
"""Ladders and last words (`core.pricing.PricePolicy`), a row a product; the empty sku is the whole shop's."""

haggling = Table(
    "haggling",
    metadata,
    Column("conversation_id", Id, ForeignKey("conversations.id"), primary_key=True, autoincrement=False),
    _must("buyer_id", Id, ForeignKey("buyers.id"), index=True),
    _must("judged_at", Moment),
    _must("score", Integer),
    _must("price_seconds", Integer),
    _must("goods_seconds", Integer),
    _must("reasons", Json),
    _must("lines", Json),
    Column("marked_at", Moment),
    _must("verdict", Words),
    Column("counted_from", Moment),
    _must("cleared_line", Id),
    _must("rounds", Integer),
    Index(
        "ix_haggling_marked",
        "marked_at",
        sqlite_where=text("marked_at IS NOT NULL"),
        postgresql_where=text("marked_at IS NOT NULL"),
    ),
    Index(None, "judged_at"),
)
"""What the last look at a conversation found: `score` in thousandths, seconds of talk by kind, and the mark while it stands.
Lines before `counted_from` and up to `cleared_line` count no more; `rounds` are earlier marks that ran out without an order."""
