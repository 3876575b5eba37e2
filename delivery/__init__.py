"""The durable way in and out: received updates are kept before they are confirmed, and only the outbox speaks to buyers."""
