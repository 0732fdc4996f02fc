"""Our own reading of catalogues is Babel's, for what the house writes and for whatever somebody may type."""

from io import BytesIO
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po, write_po
from hypothesis import given
from hypothesis import strategies as st

from bot.catalogues import entries, read_catalogue
from bot.words import LANGUAGES, LOCALES

_TEXTS = st.text(
    st.characters(exclude_categories=("Cs", "Cc", "Zl", "Zp")) | st.sampled_from('\n\t\r"\\#%{}'), min_size=1
)


def as_babel_reads(po: bytes) -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for message in read_po(BytesIO(po)):
        if message.id:
            one = message.id if isinstance(message.id, str) else message.id[0]
            found[one] = (message.string,) if isinstance(message.string, str) else tuple(message.string)
    return found


@pytest.mark.parametrize("language", LANGUAGES)
def test_our_catalogues_are_read_as_babel_reads_them(language: str) -> None:
    files = sorted((LOCALES / language).glob("*.po"))
    assert files
    for file in files:
        ours = dict(entries(file.read_text("utf-8")))
        assert "nplurals=2; plural=(n != 1);" in ours.pop("")[0], file.name
        assert ours == as_babel_reads(file.read_bytes()), file.name


@given(st.dictionaries(_TEXTS, _TEXTS | st.tuples(_TEXTS, _TEXTS), max_size=4))
def test_whatever_is_written_is_read_again(translations: dict[str, str | tuple[str, str]]) -> None:
    catalogue = Catalog(locale="da")
    for one, said in translations.items():
        catalogue.add(one if isinstance(said, str) else (one, "many"), said)
    written = BytesIO()
    write_po(written, catalogue, width=20)
    ours = dict(entries(written.getvalue().decode()))
    ours.pop("", None)
    assert ours == {one: (said,) if isinstance(said, str) else said for one, said in translations.items()}


def test_what_is_not_translated_or_doubtful_is_said_in_english(tmp_path: Path) -> None:
    (tmp_path / "a.po").write_text(
        'msgid "no"\nmsgstr ""\n\n#: bot/x.py\n#, fuzzy\nmsgid "so"\nmsgstr "så"\n#~ msgid "old"\n#~ msgstr "gammel"\n'
        'msgid "yes"\nmsgstr "ja"\n\nmsgid "one"\nmsgid_plural "many"\nmsgstr[0] "en"\nmsgstr[1] ""\n\nmsgid "nothing"\n',
        "utf-8",
    )
    (tmp_path / "b.po").write_text(
        '#, fuzzy\nmsgid ""\nmsgstr ""\n"Language: da\\n"\n\nmsgid "yes"\nmsgstr "jo"\n', "utf-8"
    )
    found = read_catalogue([tmp_path / "a.po", tmp_path / "b.po"])
    assert found.forms == {"yes": ("jo",)}
    assert found.gettext("no") == "no"
    assert [found.ngettext("one", "many", number) for number in (0, 1, 2)] == ["many", "one", "many"]
    assert found.ngettext("yes", "yeses", 2) == "yeses"
