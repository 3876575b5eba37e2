"""Parcels, and what carriers said of them."""

from sqlalchemy import Boolean, Column, ForeignKey, Integer, Table, UniqueConstraint

from store.tables.columns import Id, Moment, Words, metadata, must, only, only_where

parcels = Table(
    "parcels",
    metadata,
    Column("id", Id, primary_key=True, autoincrement=False),
    must("order_no", Words, ForeignKey("orders.order_no")),
    must("number", Words, index=True),
    must("carrier", Words),
    must("via", Words),
    must("via_code", Words),
    must("is_known", Boolean),
    must("phone", Words),
    must("state", Words),
    must("outcome", Words),
    must("mode", Words),
    must("status", Words),
    must("is_alarm", Boolean),
    must("is_seen", Boolean),
    must("status_at", Moment),
    Column("latest_at", Moment),
    must("latest_words", Words),
    must("latest_place", Words),
    must("shipped_at", Moment),
    Column("delivered_at", Moment),
    Column("told_at", Moment),
    must("told_key", Words),
    must("worry", Words),
    must("trouble", Words),
    must("rounds", Integer),
    Column("asked_at", Moment),
    Column("next_at", Moment),
    must("by", Words),
    UniqueConstraint("order_no", "number"),
    only("state", "live", "paused", "ended"),
    only("mode", "all", "important", "none"),
    only_where("next_at IS NOT NULL", "ix_parcels_next", "next_at"),
)
"""`carrier` is the shop's code for whoever carries it, `via` who is asked about it and `via_code` what that one calls the
carrier. `next_at` is when it is asked for next, or until when it is leased to a question under way; NULL when it is not
asked for. `told_key` is the outbox key of what the buyer was last told, `worry` and `trouble` what the seller was told last."""

parcel_events = Table(
    "parcel_events",
    metadata,
    Column("id", Id, primary_key=True, autoincrement=False),
    must("parcel_id", Id, ForeignKey("parcels.id")),
    must("key", Words),
    must("at", Moment),
    must("status", Words),
    must("words", Words),
    must("place", Words),
    must("is_alarm", Boolean),
    must("heard_at", Moment),
    UniqueConstraint("parcel_id", "key"),
)
"""What carriers said, each line once. `at` is the carrier's time, `heard_at` ours."""
