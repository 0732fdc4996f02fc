"""Whole flows in one language, in an academy that speaks the other one: not a sentence of the wrong language anywhere."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields, is_dataclass, replace
from enum import Enum
from functools import cache
from typing import cast
from zoneinfo import ZoneInfo

import pytest
from babel import Locale
from babel.messages.pofile import read_po

from bot.dispatcher import Dispatcher, House
from bot.identity import Account
from bot.members.domain import SECTORS, THEMES, Consent, Role, WorkspaceOptions
from bot.messages.actions import Action
from bot.messages.elements import Button, Card, Choice
from bot.messages.forms import ChoiceField, Form, FormInput
from bot.messages.replies import Correct, OpenForm
from bot.messages.text import flat
from bot.words import LOCALES
from commands import ACTIONS, COMMANDS, FORMS
from tests.introductions_talk import LANGUAGES, Academy, Answer, Somebody, a_member, buttons_of, selects_of

_PLACEHOLDER = re.compile(r"\{[a-z_]*\}")
_OTHER = {"da": "en", "en": "da"}
_LEAST = 12  # letters of a sentence between two placeholders that are enough to know it by


@cache
def sentences() -> Mapping[str, frozenset[str]]:
    """Every sentence of the house by language, plurals too."""
    found: dict[str, set[str]] = {"da": set(), "en": set()}
    for file in sorted((LOCALES / "da").glob("*.po")):
        with file.open("rb") as stream:
            for message in read_po(stream, locale="da"):
                if message.id and message.string:
                    found["en"].update(_each(message.id))
                    found["da"].update(_each(message.string))
    return {language: frozenset(said) for language, said in found.items()}


@cache
def marks(language: str) -> Sequence[tuple[str, re.Pattern[str]]]:
    """What tells this language from the other one: its sentences, names of sectors and themes, days and months."""
    other = sentences()[_OTHER[language]]
    patterns = [(said, _known_by(said)) for said in sorted(sentences()[language] - other)]
    locales = {"da": Locale("da"), "en": Locale("en")}
    days = {name: set(locales[name].days["format"]["wide"].values()) for name in locales}
    months = {name: set(locales[name].months["format"]["wide"].values()) for name in locales}
    names = {name: {one.names[name] for one in (*SECTORS, *THEMES)} for name in locales}
    for known in (days, months, names):
        theirs = {one.casefold() for one in known[_OTHER[language]]}
        mine = [word for word in known[language] if word.casefold() not in theirs]
        patterns += [(word, re.compile(rf"\b{re.escape(word)}\b")) for word in mine]
    return patterns


def _each(text: str | Sequence[str]) -> list[str]:
    return [text] if isinstance(text, str) else list(text)


def _known_by(sentence: str) -> re.Pattern[str]:
    """The longest piece of it anywhere, where that says enough; otherwise all of it."""
    longest = max(_PLACEHOLDER.split(sentence), key=len).strip()
    if len(longest) >= _LEAST and " " in longest:
        return re.compile(re.escape(longest))
    pieces = [re.escape(piece) for piece in _PLACEHOLDER.split(sentence)]
    if len(pieces) > 1 and len("".join(_PLACEHOLDER.split(sentence))) < _LEAST:
        return re.compile(r"(?!)")  # a few letters around values: of no language
    return re.compile(rf"\A{'.+'.join(pieces)}\Z")


def texts_in(thing: object) -> Iterator[str]:
    """All that a person can read in a card or form, piece by piece and each text as a whole."""
    if isinstance(thing, Enum):
        return
    if isinstance(thing, str):
        yield thing
    elif isinstance(thing, tuple):
        items = cast("tuple[object, ...]", thing)
        if items and all(type(item).__module__ == "bot.messages.text" for item in items):
            yield flat(cast("tuple[()]", items))
        else:
            for item in items:
                yield from texts_in(item)
    elif is_dataclass(thing) and not isinstance(thing, Action | type):
        for one in fields(thing):
            internal = one.name in {"key", "action", "content", "url"} or (
                isinstance(thing, Choice | ChoiceField) and one.name == "value"
            )
            if not internal:
                yield from texts_in(getattr(thing, one.name))


@dataclass(slots=True)
class Listener:
    """Remembers everything that was said."""

    academy: Academy
    heard: list[str] = field(default_factory=list[str])

    def hears(self, answer: Answer) -> Answer:
        for reply in answer.replies:
            match reply:
                case OpenForm(form):
                    self.heard += texts_in(form)
                case Correct(problems):
                    self.heard += problems.values()
                case _:
                    self.heard += texts_in(reply.card)
        return answer

    async def types(self, who: Somebody, *lines: str) -> Answer:
        answer = Answer(())
        for line in lines:
            answer = self.hears(await who.types(line))
            assert answer.replies, line
        return answer

    async def presses(self, who: Somebody, button: Button) -> Answer:
        return self.hears(await who.presses(button))

    async def fills(self, who: Somebody, form: Form, **values: FormInput) -> Answer:
        return self.hears(await who.fills(form, **cast("dict[str, str]", values)))

    async def letters(self) -> None:
        """What has come by itself by now, as it stands now."""
        await self.academy.delivers()
        chat = self.academy.chats.of(self.academy.workspace)
        for post in chat.posts:
            self.heard += texts_in(post.card)
        self.heard += [room.title for room in chat.rooms]

    def wrong(self, language: str) -> list[tuple[str, str]]:
        """What was said in this language: the sentence, and where it stood."""
        return [
            (sentence, text)
            for text in dict.fromkeys(self.heard)
            for sentence, pattern in marks(language)
            if pattern.search(text)
        ]


async def an_academy(language: str) -> Academy:
    """Everybody reads ``language``; the academy itself, and everybody's platform, speak the other one."""
    academy = await Academy.begin(WorkspaceOptions(language=_OTHER[language]))
    services = replace(academy.services, commands=COMMANDS)
    academy.desk = Dispatcher(
        (COMMANDS, ACTIONS, FORMS),
        services,
        academy.memory.units,
        LANGUAGES,
        academy.clock,
        House(_OTHER[language], ZoneInfo("Europe/Copenhagen")),
    )
    theme = next(one for one in THEMES if one.key == "ageing").names
    people = (
        a_member("Olga", "Huset", "research", role=Role.ORGANISER, consent=Consent.NEVER),
        a_member("Anna", "Byen", "municipality", needs="X1", themes=theme[language]),
        a_member("Bo", "Sporten", "business", offers="X1", themes=theme[_OTHER[language]]),
        a_member("Carl", "Nord", "foundation", offers="X2"),
        a_member("Dorte", "Syd", "civil_society", needs="X2"),
        a_member("Eva", "Vest", "business", consent=Consent.NOT_ASKED),
    )
    for one in people:
        await academy.joins(replace(one, language=language))
    return academy


@pytest.mark.parametrize("language", ["da", "en"])
async def test_a_whole_academy_hears_no_sentence_of_the_other_language(language: str) -> None:
    academy = await an_academy(language)
    listener = Listener(academy)
    olga, anna, bo = academy["Olga"], academy["Anna"], academy["Bo"]

    await listener.types(anna, "/help", "/profile", "/profile show", '/profile pause "1 week"', "/profile resume")
    await listener.types(anna, "/profile export", "/profile erase", "/profile pause", "/profile qqqq", "/nonsense")
    await listener.types(anna, '/profile pause "the 32nd of nothing"', "/match round", "/match status")
    edit = (await listener.types(anna, "/profile edit")).form
    await listener.fills(anna, edit, name="", organisation="", sector=("nothing",))
    await listener.fills(
        anna, edit, name="Anna", organisation="Byen", sector=("municipality",), needs="X1",
        themes="ageng\n" + edit_theme(edit), language=(language,), intros_per_round=("1",),
    )  # fmt: skip

    await listener.types(olga, "/academy", "/academy show", "/academy invite", "/academy roster", "/academy sector")
    await listener.types(olga, "/academy options", "/academy organiser", "/academy step-down", "/academy sector x")
    drawn = await listener.types(olga, "/match round")
    await listener.fills(olga, (await listener.presses(olga, drawn.buttons[label(drawn, "draft_change")])).form)
    for code in ("draft_again", "draft_left_out"):
        if any(button.action.code == code for button in drawn.buttons.values()):
            drawn = await listener.presses(olga, drawn.buttons[label(drawn, code)]) or drawn
    drawn = await listener.types(olga, "/match preview")
    for select in selects_of(drawn.card):
        listener.hears(await olga.chooses(select, "nothing"))
    await listener.presses(olga, drawn.buttons[label(drawn, "draft_send")])
    rule = await listener.types(olga, '/match schedule every:"tuesday 09:00"')
    await listener.presses(olga, rule.buttons[label(rule, "weekly_set")])
    await listener.types(olga, "/match schedule", '/match schedule every:"no day"', "/match history", "/match preview")
    await listener.letters()

    offers = {who.first: _own(academy, who) for who in (anna, bo, academy["Carl"], academy["Dorte"])}
    for code, who in (("intro_yes", anna), ("intro_not_now", academy["Carl"]), ("intro_yes", bo)):
        await listener.presses(who, offers[who.first][code])
    await listener.presses(academy["Dorte"], offers["Dorte"]["intro_not_person"])
    await listener.types(anna, "/match status")
    await listener.letters()
    await listener.types(academy["Carl"], "/match status", '/match find "X1"', "/match find nothing", "/match find")
    await academy.passes(days=9)
    await listener.letters()
    for who in (anna, bo):
        asked = _own(academy, who)
        if "intro_outcome" in asked:
            await listener.presses(who, asked["intro_outcome"])
    await listener.types(olga, "/match history", "/match status")

    assert len(set(listener.heard)) > 150
    assert listener.wrong(_OTHER[language]) == []


def edit_theme(form: Form) -> str:
    """The first theme that the form suggests."""
    return next(suggested for one in form.fields for suggested in getattr(one, "suggestions", ()) if suggested)


def label(answer: Answer, code: str) -> str:
    """What the button with this intent is called."""
    return next(text for text, button in answer.buttons.items() if button.action.code == code)


def _own(academy: Academy, who: Somebody) -> dict[str, Button]:
    """The buttons of what came to somebody, newest last, by their intents."""
    chat = academy.chats.of(academy.workspace)
    cards: Iterable[Card] = chat.said_to(Account("web", who.first))
    return {button.action.code: button for card in cards for button in reversed(buttons_of(card).values())}


def test_the_marks_of_a_language_are_its_own() -> None:
    for language in ("da", "en"):
        listener = Listener.__new__(Listener)
        listener.heard = [said for said in sentences()[language] if not _PLACEHOLDER.search(said) and len(said) > 20]
        assert len(listener.wrong(language)) > 100
