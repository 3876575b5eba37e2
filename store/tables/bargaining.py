"""Price policies, and how each conversation was judged."""

from sqlalchemy import Column, ForeignKey, Index, Integer, Table

from store.tables.columns import Id, Json, Moment, Words, metadata, must, only_where

price_policies = Table(
    "price_policies",
    metadata,
    Column("sku", Words, primary_key=True),
    must("document", Json),
    must("at", Moment),
    must("by", Words),
)
"""Ladders and last words (`core.pricing.PricePolicy`), a row a product; the empty sku is the whole shop's."""

haggling = Table(
    "haggling",
    metadata,
    Column("conversation_id", Id, ForeignKey("conversations.id"), primary_key=True, autoincrement=False),
    must("buyer_id", Id, ForeignKey("buyers.id"), index=True),
    must("judged_at", Moment),
    must("score", Integer),
    must("price_seconds", Integer),
    must("goods_seconds", Integer),
    must("reasons", Json),
    must("lines", Json),
    Column("marked_at", Moment),
    must("verdict", Words),
    Column("counted_from", Moment),
    must("cleared_line", Id),
    must("rounds", Integer),
    only_where("marked_at IS NOT NULL", "ix_haggling_marked", "marked_at"),
    Index(None, "judged_at"),
)
"""What the last look at a conversation found: `score` in thousandths, seconds of talk by kind, and the mark while it stands.
Lines before `counted_from` and up to `cleared_line` count no more; `rounds` are earlier marks that ran out without an order."""
