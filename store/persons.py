"""What is about one person: the buyer of the number `buyer_id_`, and everybody merged into them; a number that was merged stands
for the whole person. Exporting and forgetting both go by it."""

from sqlalchemy import bindparam, func, or_, select

from store.tables import Id, buyers, conversations, messages, orders, parcels

BUYER = bindparam("buyer_id_", type_=Id)
_named = buyers.alias("named")
_STAYS = func.coalesce(select(_named.c.merged_into).where(_named.c.id == BUYER).scalar_subquery(), BUYER)
PERSON = select(buyers.c.id).where(or_(buyers.c.id == _STAYS, buyers.c.merged_into == _STAYS))
WHO_WRITES = select(buyers.c.id).where(
    or_(buyers.c.id == bindparam("buyer_id", type_=Id), buyers.c.merged_into == bindparam("buyer_id", type_=Id))
)
"""The same of who stands in a chat, `buyer_id`, who is merged into nobody: a question less on the way to an answer."""
CONVERSATIONS = select(conversations.c.id).where(conversations.c.buyer_id.in_(PERSON))
MESSAGES = select(messages.c.id).where(messages.c.conversation_id.in_(CONVERSATIONS))
ORDERS = select(orders.c.order_no).where(orders.c.buyer_id.in_(PERSON))
PARCELS = select(parcels.c.id).where(parcels.c.order_no.in_(ORDERS))
