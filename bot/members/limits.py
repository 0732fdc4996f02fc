"""How long things may be: the same in the form and in the roster. In characters, and in entries of a list."""

NAME = 100
ORGANISATION = 120
TAG = 80
TAGS = 20
EMAIL = 254
ID = 64
INTROS = 3
SECTOR_KEY = 32
SECTOR_NAME = 60
PAUSE_YEARS = 5
