"""Cards and forms that nobody wrote: every element of the model in any order, with ordinary, long and nasty texts."""

from dataclasses import replace
from datetime import UTC, date, datetime
from uuid import UUID

from hypothesis import strategies as st

from bot.identity import MemberId
from bot.messages.elements import (
    Accent,
    Bullets,
    Button,
    Buttons,
    Card,
    Choice,
    Confirm,
    Divider,
    Element,
    Field,
    Fields,
    Footnote,
    Heading,
    Image,
    LinkButton,
    Paragraph,
    Quote,
    Select,
    Table,
    Weight,
)
from bot.messages.forms import (
    CheckField,
    ChoiceField,
    DateField,
    FileField,
    Form,
    FormField,
    ListField,
    MemberField,
    TextField,
)
from bot.messages.text import Bold, Code, Inline, Italic, Link, MentionOf, Moment, Plain, Text
from tests.gallery import DOT, NASTY, Shown

MEMBERS = tuple(MemberId(UUID(int=number)) for number in range(4))
URLS = ("https://example.org/?a=1&b=<2>|x", "http://example.org/å", "mailto:anna@example.org")
SIGNS = "abcæøå *_~`<>&|:>•-1.\n–👩‍👩‍👧‍👦\u0301"

words = st.one_of(
    st.sampled_from(NASTY),
    st.text(SIGNS, max_size=40),
    st.text(max_size=12).map(lambda text: text.replace("\x00", "").encode("utf-8", "ignore").decode()),
)
long_words = st.builds(lambda text, times: (text + " ") * times, words, st.integers(0, 400)).map(
    lambda text: text[:9_000]
)
texts = st.one_of(words, words, words, long_words)
labels = words.map(lambda text: text[:60])
days = st.integers(-2_000_000_000, 12_000_000_000).map(lambda seconds: datetime.fromtimestamp(seconds, UTC))


def _inlines(texts: st.SearchStrategy[str]) -> st.SearchStrategy[Inline]:
    return st.one_of(
        texts.map(Plain),
        words.map(Bold),
        words.map(Italic),
        words.map(Code),
        st.builds(Link, words.filter(bool), st.sampled_from(URLS)),
        st.builds(MentionOf, st.sampled_from(MEMBERS), labels.filter(str.strip)),
        st.builds(Moment, days, st.sampled_from(("date", "time", "both")), labels, st.sampled_from(("", "da", "en"))),
    )


def _trees(texts: st.SearchStrategy[str]) -> st.SearchStrategy[Text]:
    return st.lists(_inlines(texts), max_size=5).map(tuple)


trees = _trees(texts)
actions = st.integers(0, 9_999).map(Shown)
confirms = st.none() | st.builds(Confirm, texts, texts, labels, labels)
links = st.builds(LinkButton, labels, st.sampled_from((*URLS, "/guide", "//elsewhere", "javascript:alert(1)")))
buttons = st.one_of(st.builds(Button, labels, actions, st.sampled_from(Weight), confirms), links)


def _choices(most: int) -> st.SearchStrategy[tuple[Choice, ...]]:
    """Choices with values of their own; many of them are ordinary, so that making them up does not take long."""
    few = st.lists(st.tuples(labels, labels), max_size=6)
    many = st.integers(0, most).map(lambda count: [(f"Choice {number}", "") for number in range(count)])
    return st.one_of(few, many).map(
        lambda shown: tuple(Choice(f"v{place}", label, hint) for place, (label, hint) in enumerate(shown))
    )


@st.composite
def tables(draw: st.DrawFn, texts: st.SearchStrategy[str], most: int) -> Table:
    columns = draw(st.integers(0, 22))
    header = tuple(draw(st.lists(labels, min_size=columns, max_size=columns)))
    times = draw(st.sampled_from((1, 1, 1, most)))
    cells = texts if times == 1 else labels
    rows = draw(st.lists(st.lists(cells, min_size=columns, max_size=columns).map(tuple), max_size=3))
    return Table(header, tuple(rows * times))


def _elements(
    texts: st.SearchStrategy[str], trees: st.SearchStrategy[Text], most_rows: int
) -> st.SearchStrategy[Element]:
    return st.one_of(
        labels.map(Heading),
        trees.map(Paragraph),
        st.builds(Bullets, st.lists(trees, max_size=4).map(tuple)),
        trees.map(Quote),
        st.builds(Fields, st.lists(st.builds(Field, labels, trees), max_size=12).map(tuple)),
        tables(texts, most_rows),
        texts.map(lambda text: Image(DOT, text)),
        st.just(Divider()),
        trees.map(Footnote),
        st.builds(Buttons, st.lists(buttons, max_size=12).map(tuple)),
        st.builds(Select, labels, actions, _choices(350), st.booleans()),
    )


# Cards of some long elements, and cards of many short ones.
cards = st.builds(
    Card,
    texts,
    st.one_of(
        st.lists(_elements(texts, trees, 60), max_size=8).map(tuple),
        st.lists(_elements(labels, _trees(labels), 2), max_size=8).map(lambda some: tuple(some) * 12),
    ),
    st.sampled_from(Accent),
)
people = st.lists(st.sampled_from(MEMBERS), max_size=4).map(
    lambda known: {member: f"U{member.int}" for member in known}
)


def _entries() -> st.SearchStrategy[tuple[str, ...]]:
    """Entries of a list, sometimes so long that one input does not take them all."""
    return st.builds(
        lambda some, times, length: tuple(f"{one}{'x' * length}{number}" for number in range(times) for one in some),
        st.lists(st.text("abc åø,*<", min_size=1, max_size=20).map(str.strip).filter(bool), max_size=3),
        st.integers(0, 12),
        st.integers(0, 140),
    )


def _choice_field(
    label: str, choices: tuple[Choice, ...], hint: str, chosen: int, needed: bool, several: bool
) -> ChoiceField:
    value = tuple(choice.value for choice in choices[chosen : chosen + (2 if several else 1)])
    return ChoiceField("key", label, choices, hint, value, needed, several)


_key, _yes_or_no = st.just("key"), st.booleans()
fields: st.SearchStrategy[FormField] = st.one_of(
    st.builds(TextField, _key, labels, words, words, _yes_or_no, _yes_or_no),
    st.builds(ListField, _key, labels, words, _entries(), st.lists(labels, max_size=3).map(tuple), _yes_or_no),
    st.builds(_choice_field, labels, _choices(130), words, st.integers(0, 9), _yes_or_no, _yes_or_no),
    st.builds(MemberField, _key, labels, words, _yes_or_no),
    st.builds(DateField, _key, labels, words, st.none() | st.dates(date(1900, 1, 1)), _yes_or_no),
    st.builds(CheckField, _key, labels, words, _yes_or_no),
    st.builds(FileField, _key, labels, words, _yes_or_no, st.sampled_from(((), (".csv", ".txt")))),
)
forms = st.builds(
    lambda title, submit, action, some, intro: Form(
        title, submit[:24], action, tuple(replace(one, key=f"key{place}") for place, one in enumerate(some)), intro
    ),
    labels,
    labels,
    actions,
    st.lists(fields, max_size=6),
    trees,
)
