"""The shop: its facts, goods, prices and stock, and what it was taught."""

from sqlalchemy import BigInteger, Boolean, CheckConstraint, Column, ForeignKey, Index, Integer, Table, UniqueConstraint

from store.tables.columns import Id, Json, Moment, Words, metadata, must, only

shop_versions = Table(
    "shop_versions",
    metadata,
    Column("id", Id, primary_key=True, autoincrement=False),
    must("at", Moment),
    must("by", Words),
    must("document", Json),
)
"""Shop facts, a row a change; the newest holds."""

presences = Table(
    "presences",
    metadata,
    Column("id", Id, primary_key=True, autoincrement=False),
    must("at", Moment),
    must("by", Words),
    Column("here_until", Moment),
    Column("away_until", Moment),
)
"""What the seller said of being here or away, a row each time; the newest holds."""

products = Table(
    "products",
    metadata,
    Column("id", Id, primary_key=True, autoincrement=False),
    must("title", Words, unique=True),
)

variants = Table(
    "variants",
    metadata,
    Column("id", Id, primary_key=True, autoincrement=False),
    must("sku", Words, unique=True),
    must("product_id", Id, ForeignKey("products.id"), index=True),
    must("price_minor", BigInteger),
    must("currency", Words),
    Column("floor_minor", BigInteger),
    Column("floor_currency", Words),
    Column("stock", BigInteger),
    must("category", Words),
    must("aliases", Json),
    must("weight", Words),
    must("wording", Json),
    Column("english", Json),
    must("changed_at", Moment),
    Column("off_at", Moment),
    must("revision", BigInteger, index=True),
    CheckConstraint("price_minor >= 0", name="price"),
    CheckConstraint("stock IS NULL OR stock >= 0", name="stock"),
    CheckConstraint("(floor_minor IS NULL) = (floor_currency IS NULL)", name="floor"),
)
"""`wording` and `english` hold the words of core.catalogue.Wording; the title of `wording` is the product's.
`off_at` is since when it is off the shelf, as if it were not there; NULL while it is sold. `revision` is the number of the
change that touched the row or its photos last."""

photos = Table(
    "photos",
    metadata,
    Column("id", Id, primary_key=True, autoincrement=False),
    must("sku", Words, ForeignKey("variants.sku")),
    must("source", Words),
    must("origin", Words),
    must("position", Integer),
    UniqueConstraint("sku", "source"),
    only("origin", "file", "chat"),
)

photo_files = Table(
    "photo_files",
    metadata,
    Column("bot_id", Id, primary_key=True, autoincrement=False),
    Column("source", Words, primary_key=True),
    must("file_id", Words),
    must("media", Words),
    must("at", Moment),
)
"""What Telegram calls a photo after its first upload; a file id is good for one bot only."""

stock_log = Table(
    "stock_log",
    metadata,
    Column("id", Id, primary_key=True, autoincrement=False),
    must("at", Moment),
    must("sku", Words),
    Column("before", BigInteger),
    Column("after", BigInteger),
    must("cause", Words),
    must("by", Words),
    Index(None, "sku", "id"),
)

price_log = Table(
    "price_log",
    metadata,
    Column("id", Id, primary_key=True, autoincrement=False),
    must("at", Moment),
    must("sku", Words),
    must("minor", BigInteger),
    must("currency", Words),
    must("by", Words),
    Index(None, "sku", "id"),
)

phrases = Table(
    "phrases",
    metadata,
    Column("id", Id, primary_key=True, autoincrement=False),
    must("text", Words),
    must("ask", Words),
    must("language", Words),
    must("is_not", Boolean),
    must("at", Moment),
    must("by", Words),
    Column("learnt_at", Moment),
    UniqueConstraint("text", "ask", "is_not"),
)
"""Taught lines, beside the built-in phrase files. `learnt_at` is empty until the model was made anew with them."""

answers = Table(
    "answers",
    metadata,
    Column("id", Id, primary_key=True, autoincrement=False),
    must("ask", Words),
    must("product", Words),
    must("question", Words),
    must("language", Words),
    must("answer", Words),
    must("at", Moment),
    must("by", Words),
    UniqueConstraint("ask", "product", "question", "language"),
)
"""What the seller has said that an ask is answered with, to everyone or (`product`, a sku) about one thing only.
`question` holds the words it was said to, where the ask alone does not tell what was asked."""

labelled = Table(
    "labelled",
    metadata,
    Column("id", Id, primary_key=True, autoincrement=False),
    must("at", Moment),
    must("text", Words),
    must("ask", Words),
    Column("conversation_id", Id, ForeignKey("conversations.id")),
)
"""Lines of buyers who told what they had meant: each change of the understanding is tried on them."""

prompts = Table(
    "prompts",
    metadata,
    Column("outbox_key", Words, primary_key=True),
    must("action", Words),
    must("data", Json),
    must("at", Moment),
)
"""What a seller's reply to a message of ours does. `data` names rows and holds no words of a buyer's."""

missed = Table(
    "missed",
    metadata,
    Column("id", Id, primary_key=True, autoincrement=False),
    must("at", Moment),
    Column("conversation_id", Id, ForeignKey("conversations.id")),
    Column("message_id", Id),
    must("text", Words),
    must("maybe", Json),
    Column("settled_at", Moment),
    Column("taught_ask", Words),
    Index(None, "settled_at", "id"),
)
"""Words not understood, for the seller to teach."""
