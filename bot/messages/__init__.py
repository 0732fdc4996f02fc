"""The platform-neutral message model: what the bot says, before any platform has shaped it.

Closed unions of frozen dataclasses. A renderer goes through them with ``match`` and ``assert_never``, so a new kind
of element is a type error in every adapter until it is rendered there. There is no raw escape.
"""
