"""The local workspace: a small chat in the browser, in which the bot can be lived with before any platform is connected."""
