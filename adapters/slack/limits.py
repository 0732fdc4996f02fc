"""How much Slack takes and shows: one table, in characters and pieces unless a line says otherwise.

The comment of each group names the page of Slack's documentation (docs.slack.dev) that states it. "Ours" marks a number
that Slack does not publish: it stays safely below what was seen to work.
"""

# A message: reference/block-kit/blocks; chat.postMessage for the text.
MESSAGE_BLOCKS = 50
NOTICE = 3_000
# Ours: Slack answers msg_blocks_too_long somewhere above 13,000 and names no number; every block weighs about so many
# characters more than its text, and every run of words in rich text some more (github.com/slackapi/bolt-js, 2509, 2867).
MESSAGE_WEIGHT = 12_000
BLOCK_WEIGHS = 125
WORDS_WEIGH = 15

# A modal or the Home tab: reference/views, reference/block-kit/blocks.
VIEW_BLOCKS = 100
VIEW_TITLE = 24
VIEW_BUTTON = 24
VIEW_MEMORY = 3_000
CALLBACK = 255
# In bytes of JSON; views.open answers view_too_large above it.
VIEW_BYTES = 250_000

# Every block: reference/block-kit/blocks.
BLOCK_ID = 255
ACTION_ID = 255
HEADER = 150
SECTION_TEXT = 3_000
SECTION_FIELDS = 10
SECTION_FIELD = 2_000
CONTEXT_ELEMENTS = 10
CONTEXT_TEXT = 2_000
ACTIONS = 25
ALTERNATIVE = 2_000
INPUT_LABEL = 2_000
INPUT_HINT = 2_000
# Ours: characters and runs of words in one rich_text block; Slack names no number.
RICH_TEXT = 3_000
RICH_TEXT_RUNS = 200

# Tables: reference/block-kit/blocks/table-block. One in a message; the characters are those of all its cells.
TABLE_ROWS = 100
TABLE_COLUMNS = 20
TABLE_CHARACTERS = 10_000

# Buttons and confirmations: reference/block-kit/block-elements/button-element, composition-objects.
BUTTON_LABEL = 75
URL = 3_000
CONFIRM_TITLE = 100
CONFIRM_TEXT = 300
CONFIRM_BUTTON = 30
# Ours: buttons side by side; Slack would show up to 25 in one heap.
BUTTONS_A_ROW = 5

# Selects, checkboxes and radio buttons: reference/block-kit/composition-objects/option-object.
OPTIONS = 100
OPTION_GROUPS = 100
OPTION_TEXT = 75
OPTION_VALUE = 150
OPTION_HINT = 75
GROUP_LABEL = 75
OPEN_OPTIONS = 10
# Ours: characters of one menu's options in a message; longer ones become several, since they weigh as the text does.
MENU_LETTERS = 8_000
PLACEHOLDER = 150

# Text and file inputs: reference/block-kit/block-elements.
INPUT_TEXT = 3_000
FILES = 1

# Dates: a Unix time of at most ten digits is understood (messaging/formatting-message-text).
MOMENT = 9_999_999_999

# Languages in which Slack's own clients write dates: there is no Danish one, and an English date in a Danish sentence
# reads badly.
DATE_LANGUAGES = frozenset({"", "de", "en", "es", "fr", "it", "ja", "ko", "pt", "zh"})

# Ours: fields up to this length stand side by side in two columns; longer ones need the whole width.
FIELD_BESIDE = 140
