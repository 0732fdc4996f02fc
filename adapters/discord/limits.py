"""How much Discord takes and shows: one table, in characters and pieces unless a line says otherwise.

The comment of each group names the page of Discord's documentation (docs.discord.com/developers) that states it. "Ours"
marks a number that Discord does not publish, or a choice of ours below what it would take.
"""

# A message of components: components/reference, resources/message. Nested components count, and so do the outermost.
COMPONENTS = 40
# All its texts together, counted as UTF-16 does: an emoji is two.
MESSAGE_TEXT = 4_000
ATTACHMENTS = 10
# Ours: characters of one text, so that two of them and what belongs to them stand in one message.
TEXT = 1_900

# Every interactive component: components/reference.
CUSTOM_ID = 100
COMPONENT_ID = 2**31 - 1

# Buttons, as components/reference has them.
BUTTON_LABEL = 80
BUTTON_URL = 512
BUTTONS_A_ROW = 5

# Selects, as components/reference has them.
OPTIONS = 25
OPTION_TEXT = 100
OPTION_VALUE = 100
OPTION_HINT = 100
PLACEHOLDER = 150

# Pictures, as components/reference has them.
ALTERNATIVE = 1_024

# Links in text. Ours: a longer one stands as words.
LINK = 1_000

# Modals, as components/reference has them. Ours is the number of items: discord.py takes five, and Discord's OpenAPI
# file says forty.
MODAL_TITLE = 45
MODAL_ITEMS = 5
LABEL = 45
LABEL_HINT = 100
INPUT_TEXT = 4_000
INPUT_PLACEHOLDER = 100
# Radio buttons and checkboxes, as components/reference has them.
OPEN_OPTIONS = 10
# Ours: text that stands between the inputs of one modal.
MODAL_TEXT = 4_000
# Ours: how many menus one question may become before it is asked as text.
MENUS_A_QUESTION = 4
# Ours: labels up to this length stand open as radio buttons; longer ones read better in a menu.
OPEN_LABEL = 60

# Ours: columns of a monospace table that a phone shows without breaking its lines.
TABLE_COLUMNS = 40
# Ours: a value up to this length stands behind its label, a longer one below it.
FIELD_BESIDE = 100
# Ours: a text up to this length has its button at its side.
BESIDE = 400
# Ours: what a modal's title leaves for the number of its step.
STEP = 8
