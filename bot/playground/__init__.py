"""The local playground's own conversations: what Slack and Discord keep for themselves, kept here for the local workspace."""
