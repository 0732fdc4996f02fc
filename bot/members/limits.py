"""How long things may be: the same in the form and in the roster. In characters, and in entries of a list."""

NAME = 100
ORGANISATION = 120
TAG = 80
# A need or an offer, which may be a whole sentence.
SENTENCE = 160
TAGS = 20
EMAIL = 254
ID = 64
INTROS = 3
SECTOR_KEY = 32
SECTOR_NAME = 60
PAUSE_YEARS = 5
# The academy's own words: characters of one, words of a group, groups of an academy.
WORD = 60
WORDS = 20
WORD_GROUPS = 200
