"""Orders, what was promised, and the shop's own mistakes."""

from sqlalchemy import BigInteger, Boolean, CheckConstraint, Column, ForeignKey, Index, Integer, Table

from store.tables.columns import Id, Moment, Words, metadata, must, only, only_where

orders = Table(
    "orders",
    metadata,
    Column("order_no", Words, primary_key=True),
    Column("buyer_id", Id, ForeignKey("buyers.id"), index=True),
    must("state", Words),
    must("placed_at", Moment),
    Column("paid_at", Moment),
    Column("shipped_at", Moment),
    Column("delivered_at", Moment),
    Column("closed_at", Moment),
    Column("ship_by", Moment),
    Column("due_at", Moment),
    Column("amount_minor", BigInteger),
    Column("currency", Words),
    must("carrier", Words),
    must("address", Words),
    must("delivery_note", Words),
    must("note", Words),
    must("token", Words, unique=True),
    must("version", Integer),
    only("state", "placed", "paid", "part_shipped", "shipped", "delivered", "done", "cancelled"),
    CheckConstraint("(amount_minor IS NULL) = (currency IS NULL)", name="amount"),
    only_where("due_at IS NOT NULL", "ix_orders_due", "due_at"),
)
"""`buyer_id` NULL: placed for somebody who has not come yet; whoever first opens the link with `token` is the buyer.
`due_at` is when the present state should be over; NULL where nothing is due."""

order_lines = Table(
    "order_lines",
    metadata,
    Column("order_no", Words, ForeignKey("orders.order_no"), primary_key=True),
    Column("sku", Words, primary_key=True),
    must("position", Integer),
    must("quantity", BigInteger),
    must("taken", BigInteger),
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
    must("at", Moment),
    must("what", Words),
    must("by", Words),
)
"""The history of an order, a row a change. Two who change one version are told apart: the second row is refused."""

order_changes = Table(
    "order_changes",
    metadata,
    Column("id", Id, primary_key=True, autoincrement=False),
    must("order_no", Words, ForeignKey("orders.order_no"), index=True),
    Column("conversation_id", Id, ForeignKey("conversations.id")),
    must("kind", Words),
    must("words", Words),
    must("asked_at", Moment),
    Column("decided_at", Moment),
    must("decision", Words),
    only("kind", "address", "items", "cancel"),
)
"""What a buyer wants changed before it leaves, in their words; `decision` is empty, accepted or refused."""

promises = Table(
    "promises",
    metadata,
    Column("id", Id, primary_key=True, autoincrement=False),
    must("buyer_id", Id, ForeignKey("buyers.id"), index=True),
    Column("conversation_id", Id, ForeignKey("conversations.id")),
    Column("order_no", Words, ForeignKey("orders.order_no"), index=True),
    must("what", Words),
    must("words", Words),
    must("by", Words),
    must("made_at", Moment),
    must("due_at", Moment),
    must("is_binding", Boolean),
    Column("warned_at", Moment),
    Column("drafted_at", Moment),
    Column("broken_at", Moment),
    Column("closed_at", Moment),
    must("outcome", Words),
    only("what", "ship", "deliver", "answer", "resend", "other"),
    only("outcome", "", "kept", "late", "lapsed", "moved", "withdrawn"),
    only_where("closed_at IS NULL", "ix_promises_open", "due_at"),
)
"""Every time that was said. Not binding: told without an order, it lapses unless the order is paid in time."""

mistakes = Table(
    "mistakes",
    metadata,
    Column("id", Id, primary_key=True, autoincrement=False),
    must("buyer_id", Id, ForeignKey("buyers.id"), index=True),
    Column("order_no", Words, ForeignKey("orders.order_no"), index=True),
    Column("promise_id", Id, ForeignKey("promises.id")),
    must("kind", Words),
    must("cause", Words),
    must("sku", Words),
    must("since", Moment),
    Column("told_at", Moment),
    Column("due_at", Moment),
    Column("closed_at", Moment),
    must("by", Words),
    only("kind", "late", "short", "sorry", "promise"),
    only_where("closed_at IS NULL", "ix_mistakes_open", "due_at"),
)
"""The shop's own mistakes, each with the task of putting it right by `due_at`. `since` is when it became one."""
