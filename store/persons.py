"""What is about one person: the buyer `buyer_id_`, and whoever was merged into them. Exporting and forgetting both go by it."""

from sqlalchemy import bindparam, or_, select

from store.tables import Id, buyers, conversations, messages, orders, parcels

BUYER = bindparam("buyer_id_", type_=Id)
PERSON = select(buyers.c.id).where(or_(buyers.c.id == BUYER, buyers.c.merged_into == BUYER))
CONVERSATIONS = select(conversations.c.id).where(conversations.c.buyer_id.in_(PERSON))
MESSAGES = select(messages.c.id).where(messages.c.conversation_id.in_(CONVERSATIONS))
ORDERS = select(orders.c.order_no).where(orders.c.buyer_id.in_(PERSON))
PARCELS = select(parcels.c.id).where(parcels.c.order_no.in_(ORDERS))
