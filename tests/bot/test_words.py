"""Sentences, dates, numbers and order in the reader's language."""

from datetime import UTC, date, datetime, time
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from bot.errors import phrase
from bot.identity import MemberId, new_id
from bot.messages.text import Bold, MentionOf, Moment, Plain
from bot.words import Languages, Words

COPENHAGEN = ZoneInfo("Europe/Copenhagen")
AT = datetime(2026, 3, 3, 8, 5, tzinfo=UTC)
PO = """msgid ""
msgstr ""
"Language: da\\n"
"Content-Type: text/plain; charset=UTF-8\\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\\n"

msgid "Hello {name}"
msgstr "Hej {name}"

msgid "{number} member"
msgid_plural "{number} members"
msgstr[0] "{number} medlem"
msgstr[1] "{number} medlemmer"

msgid "not yet"
msgstr ""

msgid "{day} at {clock}"
msgstr "{day} kl. {clock}"
"""


@pytest.fixture
def languages(tmp_path: Path) -> Languages:
    (tmp_path / "da").mkdir()
    (tmp_path / "da" / "a.po").write_text(PO, "utf-8")
    return Languages.load(tmp_path)


@pytest.fixture
def danish(languages: Languages) -> Words:
    return languages.words("da", COPENHAGEN)


@pytest.fixture
def english(languages: Languages) -> Words:
    return languages.words("en", COPENHAGEN)


def test_a_sentence_in_the_readers_language(danish: Words, english: Words) -> None:
    assert danish.say("Hello {name}", name="Åse {x}") == "Hej Åse {x}"
    assert english.say("Hello {name}", name="Åse") == "Hello Åse"
    assert danish.say("not yet") == "not yet"
    assert danish.tell(phrase("Hello {name}", name="Bo")) == "Hej Bo"


def test_a_language_that_is_not_there_becomes_english(languages: Languages) -> None:
    assert languages.words("tlh", COPENHAGEN).language == "en"


def test_numbers_and_plurals(danish: Words, english: Words) -> None:
    assert danish.count("{number} member", "{number} members", 1) == "1 medlem"
    assert danish.count("{number} member", "{number} members", 1500) == "1.500 medlemmer"
    assert english.count("{number} member", "{number} members", 1500) == "1,500 members"
    assert danish.number(1234.5) == "1.234,5"


def test_a_text_keeps_its_pieces_and_braces_of_people_are_only_braces(danish: Words) -> None:
    mention = MentionOf(MemberId(new_id()), "Bo")
    assert danish.text("Hello {name}", name=Bold("Bo")) == (Plain("Hej "), Bold("Bo"))
    assert danish.text("Hello {name}", name=mention) == (Plain("Hej "), mention)
    assert danish.text("Hello {name}", name="{0} <!channel>") == (Plain("Hej "), Plain("{0} <!channel>"))
    assert danish.text("{number} {{as it is}}", number=3) == (Plain("3"), Plain(" {"), Plain("as it is}"))


def test_days_and_times(danish: Words, english: Words) -> None:
    assert danish.date(date(2026, 3, 3), "full") == "tirsdag den 3. marts 2026"
    assert english.date(date(2026, 3, 3)) == "3 March 2026"
    assert danish.clock(AT) == "09.05"
    assert english.clock(time(14, 30)) == "14:30"
    assert danish.when(AT) == "tirsdag den 3. marts 2026 kl. 09.05"
    assert danish.weekday(0) == "mandag"


def test_moments_carry_words_for_platforms_that_cannot_show_them(danish: Words) -> None:
    assert danish.moment(AT) == Moment(AT, "both", "tirsdag den 3. marts 2026 kl. 09.05", "da")
    assert danish.moment(AT, "date") == Moment(AT, "date", "tirsdag den 3. marts 2026", "da")
    assert danish.moment(AT, "time") == Moment(AT, "time", "09.05", "da")


def test_lists(danish: Words, english: Words) -> None:
    assert danish.all_of(["a", "b", "c"]) == "a, b og c"
    assert english.any_of(["a", "b", "c"]) == "a, b or c"


def test_danish_letters_come_last_and_their_cousins_with_them(danish: Words, english: Words) -> None:
    names = ["Ålborg", "Ærø", "Zeuthen", "Østerbro", "Aarhus", "Öberg", "Ängel", "anna", "Éva", "Eva B"]
    assert danish.in_order(names) == [
        "anna", "Éva", "Eva B", "Zeuthen", "Ängel", "Ærø", "Öberg", "Østerbro", "Ålborg", "Aarhus",
    ]  # fmt: skip
    assert english.in_order(["b", "A", "c"]) == ["A", "b", "c"]
