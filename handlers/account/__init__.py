"""The seller's own Telegram account: its connection, the chats answered in the seller's name, and the seller typing there."""
