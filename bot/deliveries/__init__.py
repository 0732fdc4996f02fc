"""Deliveries: the outbox. Written down with the decision that causes them, then sent, each to a named end."""
