"""How much the local workspace takes and shows: one table, in characters, bytes and rows."""

# One message of a person, in characters. Longer ones are not stored; what was typed stays in the composer.
MESSAGE_CHARACTERS = 8_000

# A slash command with all that belongs to it, in characters.
COMMAND_CHARACTERS = 40_000

# A request's body, in bytes. What is longer is read to its end without being kept, so that the answer can arrive.
BODY_BYTES = 512 * 1024
FORM_BYTES = 8 * 1024 * 1024
DRAINED_BYTES = 64 * 1024 * 1024

# One rendered card, in bytes of HTML; the gallery's test fails above it. Pictures are links and don't count.
CARD_BYTES = 256 * 1024

# Messages shown at once; earlier ones are fetched when asked for.
PAGE_MESSAGES = 60

# People shown in a list that can be searched.
PEOPLE_SHOWN = 60

# Choices up to which a form shows all of them at once instead of a drop-down.
OPEN_CHOICES = 6

# Events that a window which was away can catch up with; one that missed more loads its page anew.
EVENTS_KEPT = 500

# Rendered messages kept ready, so that two hundred windows cost one rendering.
RENDERED_KEPT = 512

# What a window gives as the id of an interaction.
ID_CHARACTERS = 64
