"""The first schema."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

Id = sa.BigInteger().with_variant(sa.Integer, "sqlite")
Json = sa.JSON(none_as_null=True).with_variant(JSONB(none_as_null=True), "postgresql")


def upgrade() -> None:
    op.create_table(
        "audit",
        sa.Column("id", Id, autoincrement=False, nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("who", sa.Text(), nullable=False),
        sa.Column("what", sa.Text(), nullable=False),
        sa.Column("about", sa.Text(), nullable=False),
        sa.Column("data", Json, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit")),
    )
    op.create_index(op.f("ix_audit_about"), "audit", ["about"], unique=False)
    op.create_index(op.f("ix_audit_at"), "audit", ["at"], unique=False)
    op.create_table(
        "buttons",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("chat_id", Id, nullable=False),
        sa.Column("user_id", Id, nullable=True),
        sa.Column("action", sa.Text(), nullable=False),
        sa.Column("data", Json, nullable=False),
        sa.Column("made_at", sa.BigInteger(), nullable=False),
        sa.Column("expires_at", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_buttons")),
    )
    op.create_index(op.f("ix_buttons_expires_at"), "buttons", ["expires_at"], unique=False)
    op.create_table(
        "buyers",
        sa.Column("id", Id, autoincrement=False, nullable=False),
        sa.Column("first_seen_at", sa.BigInteger(), nullable=True),
        sa.Column("telegram_name", sa.Text(), nullable=False),
        sa.Column("username", sa.Text(), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("script", sa.Text(), nullable=False),
        sa.Column("timezone", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("referrer_id", Id, nullable=True),
        sa.Column("blocked_at", sa.BigInteger(), nullable=True),
        sa.Column("stopped_at", sa.BigInteger(), nullable=True),
        sa.Column("unreachable_at", sa.BigInteger(), nullable=True),
        sa.Column("merged_into", Id, nullable=True),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("phone", sa.Text(), nullable=False),
        sa.Column("birthday", sa.Text(), nullable=False),
        sa.Column("calendar", sa.Text(), nullable=False),
        sa.Column("grade", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["merged_into"], ["buyers.id"], name=op.f("fk_buyers_merged_into")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_buyers")),
    )
    op.create_table(
        "claims",
        sa.Column("code_hash", sa.Text(), nullable=False),
        sa.Column("made_at", sa.BigInteger(), nullable=False),
        sa.Column("expires_at", sa.BigInteger(), nullable=False),
        sa.Column("used_at", sa.BigInteger(), nullable=True),
        sa.Column("used_by", Id, nullable=True),
        sa.PrimaryKeyConstraint("code_hash", name=op.f("pk_claims")),
    )
    op.create_table(
        "inbox",
        sa.Column("seq", Id, autoincrement=False, nullable=False),
        sa.Column("bot_id", Id, nullable=False),
        sa.Column("update_id", sa.BigInteger(), nullable=False),
        sa.Column("ident", sa.Text(), nullable=False),
        sa.Column("raw", sa.Text(), nullable=False),
        sa.Column("lane", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("received_at", sa.BigInteger(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("not_before", sa.BigInteger(), nullable=True),
        sa.Column("error", sa.Text(), nullable=False),
        sa.CheckConstraint("status IN ('new', 'done', 'dead', 'ignored')", name=op.f("ck_inbox_status")),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_inbox")),
        sa.UniqueConstraint("bot_id", "update_id", "ident", name=op.f("uq_inbox_bot_id_update_id_ident")),
    )
    op.create_index(op.f("ix_inbox_received_at"), "inbox", ["received_at"], unique=False)
    op.create_index(op.f("ix_inbox_status_lane_seq"), "inbox", ["status", "lane", "seq"], unique=False)
    op.create_table(
        "marks",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("value", Json, nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_marks")),
    )
    op.create_table(
        "outbox",
        sa.Column("id", Id, autoincrement=False, nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("lane", sa.Text(), nullable=False),
        sa.Column("chat_id", Id, nullable=False),
        sa.Column("connection_id", sa.Text(), nullable=False),
        sa.Column("conversation_id", Id, nullable=True),
        sa.Column("method", sa.Text(), nullable=False),
        sa.Column("payload", Json, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("urgency", sa.SmallInteger(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("not_before", sa.BigInteger(), nullable=True),
        sa.Column("expires_at", sa.BigInteger(), nullable=True),
        sa.Column("sending_at", sa.BigInteger(), nullable=True),
        sa.Column("sent_at", sa.BigInteger(), nullable=True),
        sa.Column("message_id", Id, nullable=True),
        sa.Column("error", sa.Text(), nullable=False),
        sa.Column("guard", Json, nullable=False),
        sa.CheckConstraint("kind IN ('reply', 'seller', 'push', 'bulk')", name=op.f("ck_outbox_kind")),
        sa.CheckConstraint(
            "status IN ('pending', 'sending', 'sent', 'failed', 'unknown', 'expired', 'skipped', 'cancelled')",
            name=op.f("ck_outbox_status"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outbox")),
        sa.UniqueConstraint("key", name=op.f("uq_outbox_key")),
    )
    op.create_index(op.f("ix_outbox_chat_id_message_id"), "outbox", ["chat_id", "message_id"], unique=False)
    op.create_index(op.f("ix_outbox_conversation_id"), "outbox", ["conversation_id"], unique=False)
    op.create_index(
        "ix_outbox_pending",
        "outbox",
        ["urgency", "id"],
        unique=False,
        sqlite_where=sa.text("status = 'pending'"),
        postgresql_where=sa.text("status = 'pending'"),
    )
    op.create_index(
        "ix_outbox_unsettled",
        "outbox",
        ["status"],
        unique=False,
        sqlite_where=sa.text("status IN ('sending', 'unknown')"),
        postgresql_where=sa.text("status IN ('sending', 'unknown')"),
    )
    op.create_table(
        "own_answers",
        sa.Column("ask", sa.Text(), nullable=False),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("ask", name=op.f("pk_own_answers")),
    )
    op.create_table(
        "photo_files",
        sa.Column("bot_id", Id, autoincrement=False, nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("file_id", sa.Text(), nullable=False),
        sa.Column("media", sa.Text(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("bot_id", "source", name=op.f("pk_photo_files")),
    )
    op.create_table(
        "phrases",
        sa.Column("id", Id, autoincrement=False, nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("ask", sa.Text(), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("is_not", sa.Boolean(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_phrases")),
        sa.UniqueConstraint("text", "ask", "is_not", name=op.f("uq_phrases_text_ask_is_not")),
    )
    op.create_table(
        "presences",
        sa.Column("id", Id, autoincrement=False, nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("here_until", sa.BigInteger(), nullable=True),
        sa.Column("away_until", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_presences")),
    )
    op.create_table(
        "price_log",
        sa.Column("id", Id, autoincrement=False, nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("sku", sa.Text(), nullable=False),
        sa.Column("minor", sa.BigInteger(), nullable=False),
        sa.Column("currency", sa.Text(), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_price_log")),
    )
    op.create_index(op.f("ix_price_log_sku_id"), "price_log", ["sku", "id"], unique=False)
    op.create_table(
        "products",
        sa.Column("id", Id, autoincrement=False, nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_products")),
        sa.UniqueConstraint("title", name=op.f("uq_products_title")),
    )
    op.create_table(
        "revision",
        sa.Column("id", sa.SmallInteger(), autoincrement=False, nullable=False),
        sa.Column("number", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("id = 1", name=op.f("ck_revision_single")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_revision")),
    )
    op.create_table(
        "shop_versions",
        sa.Column("id", Id, autoincrement=False, nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("document", Json, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_shop_versions")),
    )
    op.create_table(
        "staff",
        sa.Column("user_id", Id, autoincrement=False, nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("added_at", sa.BigInteger(), nullable=False),
        sa.Column("added_by", sa.Text(), nullable=False),
        sa.Column("removed_at", sa.BigInteger(), nullable=True),
        sa.CheckConstraint("role IN ('owner', 'staff')", name=op.f("ck_staff_role")),
        sa.PrimaryKeyConstraint("user_id", name=op.f("pk_staff")),
    )
    op.create_table(
        "stock_log",
        sa.Column("id", Id, autoincrement=False, nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("sku", sa.Text(), nullable=False),
        sa.Column("before", sa.BigInteger(), nullable=True),
        sa.Column("after", sa.BigInteger(), nullable=True),
        sa.Column("cause", sa.Text(), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_stock_log")),
    )
    op.create_index(op.f("ix_stock_log_sku_id"), "stock_log", ["sku", "id"], unique=False)
    op.create_table(
        "button_uses",
        sa.Column("button_id", sa.Text(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("by", Id, nullable=False),
        sa.ForeignKeyConstraint(["button_id"], ["buttons.id"], name=op.f("fk_button_uses_button_id")),
        sa.PrimaryKeyConstraint("button_id", name=op.f("pk_button_uses")),
    )
    op.create_table(
        "buyer_chats",
        sa.Column("chat_id", Id, autoincrement=False, nullable=False),
        sa.Column("connection_id", sa.Text(), nullable=False),
        sa.Column("buyer_id", Id, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("since", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("kind IN ('bot', 'business')", name=op.f("ck_buyer_chats_kind")),
        sa.ForeignKeyConstraint(["buyer_id"], ["buyers.id"], name=op.f("fk_buyer_chats_buyer_id")),
        sa.PrimaryKeyConstraint("chat_id", "connection_id", name=op.f("pk_buyer_chats")),
    )
    op.create_index(op.f("ix_buyer_chats_buyer_id"), "buyer_chats", ["buyer_id"], unique=False)
    op.create_table(
        "buyer_switches",
        sa.Column("buyer_id", Id, autoincrement=False, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("is_on", sa.Boolean(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["buyer_id"], ["buyers.id"], name=op.f("fk_buyer_switches_buyer_id")),
        sa.PrimaryKeyConstraint("buyer_id", "kind", name=op.f("pk_buyer_switches")),
    )
    op.create_table(
        "conversations",
        sa.Column("id", Id, autoincrement=False, nullable=False),
        sa.Column("buyer_id", Id, nullable=False),
        sa.Column("chat_id", Id, nullable=False),
        sa.Column("connection_id", sa.Text(), nullable=False),
        sa.Column("since", sa.BigInteger(), nullable=False),
        sa.Column("muted_until", sa.BigInteger(), nullable=True),
        sa.Column("is_off", sa.Boolean(), nullable=False),
        sa.Column("disclosed_at", sa.BigInteger(), nullable=True),
        sa.Column("handed_over_at", sa.BigInteger(), nullable=True),
        sa.Column("handover_reason", sa.Text(), nullable=False),
        sa.Column("seller_wrote_at", sa.BigInteger(), nullable=True),
        sa.Column("last_products", Json, nullable=False),
        sa.Column("last_products_at", sa.BigInteger(), nullable=True),
        sa.Column("last_ask", sa.Text(), nullable=False),
        sa.Column("last_said", sa.Text(), nullable=False),
        sa.Column("tip_offered_at", sa.BigInteger(), nullable=True),
        sa.Column("last_word_at", sa.BigInteger(), nullable=True),
        sa.Column("original_only", sa.Boolean(), nullable=False),
        sa.Column("destination", sa.Text(), nullable=False),
        sa.Column("last_inbound_at", sa.BigInteger(), nullable=True),
        sa.Column("last_outbound_at", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(["buyer_id"], ["buyers.id"], name=op.f("fk_conversations_buyer_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_conversations")),
        sa.UniqueConstraint("chat_id", "connection_id", name=op.f("uq_conversations_chat_id_connection_id")),
    )
    op.create_index(op.f("ix_conversations_buyer_id"), "conversations", ["buyer_id"], unique=False)
    op.create_index(op.f("ix_conversations_last_inbound_at"), "conversations", ["last_inbound_at"], unique=False)
    op.create_table(
        "variants",
        sa.Column("id", Id, autoincrement=False, nullable=False),
        sa.Column("sku", sa.Text(), nullable=False),
        sa.Column("product_id", Id, nullable=False),
        sa.Column("price_minor", sa.BigInteger(), nullable=False),
        sa.Column("currency", sa.Text(), nullable=False),
        sa.Column("floor_minor", sa.BigInteger(), nullable=True),
        sa.Column("floor_currency", sa.Text(), nullable=True),
        sa.Column("stock", sa.BigInteger(), nullable=True),
        sa.Column("category", sa.Text(), nullable=False),
        sa.Column("aliases", Json, nullable=False),
        sa.Column("weight", sa.Text(), nullable=False),
        sa.Column("wording", Json, nullable=False),
        sa.Column("english", Json, nullable=True),
        sa.Column("changed_at", sa.BigInteger(), nullable=False),
        sa.Column("revision", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("(floor_minor IS NULL) = (floor_currency IS NULL)", name=op.f("ck_variants_floor")),
        sa.CheckConstraint("price_minor >= 0", name=op.f("ck_variants_price")),
        sa.CheckConstraint("stock IS NULL OR stock >= 0", name=op.f("ck_variants_stock")),
        sa.ForeignKeyConstraint(["product_id"], ["products.id"], name=op.f("fk_variants_product_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_variants")),
        sa.UniqueConstraint("sku", name=op.f("uq_variants_sku")),
    )
    op.create_index(op.f("ix_variants_product_id"), "variants", ["product_id"], unique=False)
    op.create_index(op.f("ix_variants_revision"), "variants", ["revision"], unique=False)
    op.create_table(
        "cards",
        sa.Column("conversation_id", Id, autoincrement=False, nullable=False),
        sa.Column("chat_id", Id, autoincrement=False, nullable=False),
        sa.Column("message_id", Id, nullable=True),
        sa.Column("outbox_key", sa.Text(), nullable=False),
        sa.Column("shown", sa.Text(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["conversation_id"], ["conversations.id"], name=op.f("fk_cards_conversation_id")),
        sa.PrimaryKeyConstraint("conversation_id", "chat_id", name=op.f("pk_cards")),
    )
    op.create_table(
        "missed",
        sa.Column("id", Id, autoincrement=False, nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("conversation_id", Id, nullable=True),
        sa.Column("message_id", Id, nullable=True),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("maybe", Json, nullable=False),
        sa.Column("settled_at", sa.BigInteger(), nullable=True),
        sa.Column("taught_ask", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["conversation_id"], ["conversations.id"], name=op.f("fk_missed_conversation_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_missed")),
    )
    op.create_index(op.f("ix_missed_settled_at_id"), "missed", ["settled_at", "id"], unique=False)
    op.create_table(
        "photos",
        sa.Column("id", Id, autoincrement=False, nullable=False),
        sa.Column("sku", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("origin", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.CheckConstraint("origin IN ('file', 'chat')", name=op.f("ck_photos_origin")),
        sa.ForeignKeyConstraint(["sku"], ["variants.sku"], name=op.f("fk_photos_sku")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_photos")),
        sa.UniqueConstraint("sku", "source", name=op.f("uq_photos_sku_source")),
    )
    op.create_table(
        "told",
        sa.Column("conversation_id", Id, autoincrement=False, nullable=False),
        sa.Column("fact", sa.Text(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["conversation_id"], ["conversations.id"], name=op.f("fk_told_conversation_id")),
        sa.PrimaryKeyConstraint("conversation_id", "fact", name=op.f("pk_told")),
    )
    op.create_table(
        "turns",
        sa.Column("id", Id, autoincrement=False, nullable=False),
        sa.Column("conversation_id", Id, nullable=False),
        sa.Column("opened_at", sa.BigInteger(), nullable=False),
        sa.Column("answer_at", sa.BigInteger(), nullable=False),
        sa.Column("closed_at", sa.BigInteger(), nullable=True),
        sa.Column("outcome", sa.Text(), nullable=False),
        sa.Column("understanding", Json, nullable=True),
        sa.ForeignKeyConstraint(["conversation_id"], ["conversations.id"], name=op.f("fk_turns_conversation_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_turns")),
    )
    op.create_index(op.f("ix_turns_conversation_id_id"), "turns", ["conversation_id", "id"], unique=False)
    op.create_index(
        "ix_turns_due",
        "turns",
        ["answer_at"],
        unique=False,
        sqlite_where=sa.text("closed_at IS NULL"),
        postgresql_where=sa.text("closed_at IS NULL"),
    )
    op.create_index(
        "uq_turns_open",
        "turns",
        ["conversation_id"],
        unique=True,
        sqlite_where=sa.text("closed_at IS NULL"),
        postgresql_where=sa.text("closed_at IS NULL"),
    )
    op.create_table(
        "waiting",
        sa.Column("id", Id, autoincrement=False, nullable=False),
        sa.Column("buyer_id", Id, nullable=False),
        sa.Column("sku", sa.Text(), nullable=False),
        sa.Column("conversation_id", Id, nullable=True),
        sa.Column("asked_at", sa.BigInteger(), nullable=False),
        sa.Column("closed_at", sa.BigInteger(), nullable=True),
        sa.Column("outcome", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["buyer_id"], ["buyers.id"], name=op.f("fk_waiting_buyer_id")),
        sa.ForeignKeyConstraint(["conversation_id"], ["conversations.id"], name=op.f("fk_waiting_conversation_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_waiting")),
    )
    op.create_index(
        "ix_waiting_open_sku",
        "waiting",
        ["sku", "id"],
        unique=False,
        sqlite_where=sa.text("closed_at IS NULL"),
        postgresql_where=sa.text("closed_at IS NULL"),
    )
    op.create_index(
        "uq_waiting_open",
        "waiting",
        ["buyer_id", "sku"],
        unique=True,
        sqlite_where=sa.text("closed_at IS NULL"),
        postgresql_where=sa.text("closed_at IS NULL"),
    )
    op.create_table(
        "messages",
        sa.Column("id", Id, autoincrement=False, nullable=False),
        sa.Column("conversation_id", Id, nullable=False),
        sa.Column("turn_id", Id, nullable=True),
        sa.Column("who", sa.Text(), nullable=False),
        sa.Column("staff_id", Id, nullable=True),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("sent_at", sa.BigInteger(), nullable=True),
        sa.Column("telegram_id", Id, nullable=True),
        sa.Column("reply_to", Id, nullable=True),
        sa.Column("album", sa.Text(), nullable=False),
        sa.Column("media", Json, nullable=True),
        sa.Column("template", sa.Text(), nullable=False),
        sa.Column("asks", Json, nullable=False),
        sa.Column("inbox_seq", Id, nullable=True),
        sa.Column("outbox_id", Id, nullable=True),
        sa.CheckConstraint("who IN ('buyer', 'bot', 'seller', 'staff')", name=op.f("ck_messages_who")),
        sa.ForeignKeyConstraint(["conversation_id"], ["conversations.id"], name=op.f("fk_messages_conversation_id")),
        sa.ForeignKeyConstraint(["turn_id"], ["turns.id"], name=op.f("fk_messages_turn_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_messages")),
    )
    op.create_index(op.f("ix_messages_conversation_id_id"), "messages", ["conversation_id", "id"], unique=False)
    op.create_index(
        op.f("ix_messages_conversation_id_telegram_id"), "messages", ["conversation_id", "telegram_id"], unique=False
    )
    op.create_index(op.f("ix_messages_outbox_id"), "messages", ["outbox_id"], unique=False)
    op.create_index(op.f("ix_messages_turn_id"), "messages", ["turn_id"], unique=False)
    op.create_table(
        "message_versions",
        sa.Column("id", Id, autoincrement=False, nullable=False),
        sa.Column("message_id", Id, nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("media", Json, nullable=True),
        sa.CheckConstraint("kind IN ('edit', 'deletion')", name=op.f("ck_message_versions_kind")),
        sa.ForeignKeyConstraint(["message_id"], ["messages.id"], name=op.f("fk_message_versions_message_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_message_versions")),
    )
    op.create_index(op.f("ix_message_versions_message_id"), "message_versions", ["message_id"], unique=False)

    op.execute("INSERT INTO revision (id, number) VALUES (1, 0)")
    if op.get_bind().dialect.name == "sqlite":
        op.execute("PRAGMA application_id = 1514621745")
        for words in ("message_words", "product_words"):
            op.execute(f"CREATE VIRTUAL TABLE {words} USING fts5(words, tokenize = 'unicode61 remove_diacritics 0')")
    else:
        for words in ("message_words", "product_words"):
            op.execute(f"CREATE TABLE {words} (rowid BIGINT PRIMARY KEY, words TSVECTOR NOT NULL)")
            op.execute(f"CREATE INDEX ix_{words} ON {words} USING gin (words)")
