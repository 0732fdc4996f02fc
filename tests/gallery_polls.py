"""Every card and form of polls, for the renderers: each kind, at each stage, and around nasty texts."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import UUID

from bot.deliveries.domain import Delivery, Letter, ToPlace
from bot.errors import phrase
from bot.home import home_card
from bot.identity import Address, DeliveryId, PollId
from bot.members.domain import SECTORS
from bot.messages.elements import Card
from bot.messages.forms import Form
from bot.polls import ballotforms as ballots
from bot.polls import cards as made
from bot.polls import draftcards as drawn
from bot.polls import forms as dialogs
from bot.polls import hostcards as hosted
from bot.polls.domain import (
    FIXED_OPTIONS,
    MOST_OPTIONS,
    OPTION_CHARACTERS,
    QUESTION_CHARACTERS,
    Choices,
    Closing,
    Poll,
    PollKind,
    PollOption,
    PollPlace,
    PollState,
    SectorTurnout,
    Showing,
    fixed_options,
)
from bot.polls.homepart import polls_part
from bot.polls.lostcards import left_card, not_posted_card
from bot.polls.moreforms import more_form
from bot.polls.standing import Standing
from bot.polls.templates import Template, template
from bot.polls.writing import Written
from bot.questions.until import Until
from bot.words import Words
from tests.gallery import NASTY
from tests.gallery_introductions import ANNA

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
_LOST = Delivery(
    DeliveryId(UUID(int=92)), "", "", ToPlace(Address("slack", "C1")), Letter(), NOW, error="Refused not_in_channel"
)
_UNTIL = Until(
    NOW, question=phrase("At what time of day?"), times=tuple(NOW + timedelta(hours=one) for one in range(1, 6))
)
_LINES = tuple(" ".join(text.split())[:OPTION_CHARACTERS] for text in NASTY)
_TOWNS = ("Rødovre", "Odense", "Online")
_BALLOTS: Mapping[PollKind, Choices] = {
    PollKind.SINGLE: ("1",),
    PollKind.MULTIPLE: ("1", "2"),
    PollKind.RANKED: ("2", "1"),
    PollKind.YES_NO: ("abstain",),
    PollKind.DATES: ("1:yes", "2:maybe"),
    PollKind.RATING: ("4",),
}


def a_poll(kind: PollKind, options: tuple[str, ...] = _TOWNS, **changes: object) -> Poll:
    known = Poll(
        id=PollId(UUID(int=91)),
        author=ANNA.id,
        question="Hvor holder vi Camp 4?",
        kind=kind,
        options=_options(kind, options),
        created_at=NOW,
        state=PollState.OPEN,
        places=(PollPlace(Address("web", "channel:general")),),
        closes_at=NOW + timedelta(days=2),
        quorum=4,
    )
    return replace(known, **changes)  # type: ignore[arg-type]  # the gallery names fields of Poll


def _options(kind: PollKind, texts: tuple[str, ...]) -> tuple[PollOption, ...]:
    if kind in FIXED_OPTIONS:
        return fixed_options(kind)
    if kind is PollKind.DATES:
        days = (NOW + timedelta(days=place) for place in range(len(texts)))
        return tuple(PollOption(str(key), "", day, key % 2 == 0) for key, day in enumerate(days, start=1))
    return tuple(PollOption(str(key), text) for key, text in enumerate(texts, start=1))


def _standing(poll: Poll, votes: int = 5) -> Standing:
    tally = {_BALLOTS[poll.kind]: votes} if votes else {}
    if votes and poll.kind in {PollKind.RANKED, PollKind.DATES, PollKind.MULTIPLE}:
        tally = {**tally, _BALLOTS[poll.kind][:1]: votes + 1, _BALLOTS[poll.kind][1:]: votes}
    if votes and poll.kind is PollKind.RANKED and len(poll.options) > 2:
        tally = {**tally, ("3", "1"): 1}
    sectors = {sector.key: sector for sector in SECTORS}
    return Standing(poll, ANNA, sum(tally.values()), tally, sectors)


def _closed(kind: PollKind, **changes: object) -> Poll:
    turnout = (SectorTurnout("business", 0, 4, 9), SectorTurnout("gone", 4, 7, 7), SectorTurnout("research", 4, 6, 10))
    closing = Closing(9, {_BALLOTS[kind]: 9}, turnout)
    return replace(a_poll(kind, state=PollState.CLOSED, closing=closing), **changes)  # type: ignore[arg-type]  # names fields


def _variants(kind: PollKind) -> Iterator[tuple[str, Standing]]:
    yield "open", _standing(a_poll(kind))
    yield "after a vote", _standing(a_poll(kind, showing=Showing.AFTER_VOTE, closes_at=None, quorum=0, may_add=True))
    yield "at the close", _standing(a_poll(kind, showing=Showing.AT_CLOSE, closes_when_all=True))
    yield "anonymous", _standing(a_poll(kind, anonymous=True, showing=Showing.AT_CLOSE))
    yield "nobody yet", _standing(a_poll(kind), 0)
    yield "closed", _standing(_closed(kind))
    yield "closed, anonymous", _standing(_closed(kind, anonymous=True, quorum=20))
    yield "closed, too few", _standing(_closed(kind, anonymous=True), 0)


def _full(kind: PollKind, text: str, **changes: object) -> Standing:
    texts = tuple(f"{place} {text}"[:OPTION_CHARACTERS] for place in range(MOST_OPTIONS))
    question = f"{text} " * 3
    poll = a_poll(kind, texts, question=question[:QUESTION_CHARACTERS].strip(), may_add=True)
    return _standing(replace(poll, **changes))  # type: ignore[arg-type]  # the gallery names fields of Poll


def _of_kind(kind: PollKind, words: Words) -> Iterator[tuple[str, Card]]:
    for name, shown in _variants(kind):
        yield f"poll {kind} {name}", made.poll_card(shown, words)
    running, over = _standing(a_poll(kind)), _standing(_closed(kind))
    yield f"poll {kind}, before", drawn.preview_card(running, words)
    yield f"poll {kind}, voted", made.voted_card(running.poll, _BALLOTS[kind], words, running)
    yield f"poll {kind}, told to its author", hosted.over_card(over, words)
    yield f"poll {kind}, at its largest", made.poll_card(_full(kind, _LINES[8]), words)


def cards(words: Words) -> list[tuple[str, Card]]:
    """All cards, each with a name for the test that fails."""
    found = [card for kind in PollKind for card in _of_kind(kind, words)]
    single = a_poll(PollKind.SINGLE)
    told = replace(
        _standing(replace(single, places=())), told=phrase("It was changed meanwhile. This is how it is now.")
    )
    many = [replace(single, id=PollId(UUID(int=200 + place)), question=_LINES[place % 10]) for place in range(25)]
    found += [
        ("poll, reminder", made.reminder_card(_standing(single), words)),
        ("poll, for its author", hosted.see_card(_standing(single), words, hosted.Looking(mine=True, organiser=True))),
        ("poll without a place", drawn.preview_card(told, words)),
        ("poll, until when", drawn.preview_card(replace(told, until=_UNTIL), words)),
        ("poll, until when that is", drawn.preview_card(replace(told, until=Until(question=told.told)), words)),
        ("poll posted", drawn.posted_card(_standing(single), words)),
        ("poll, vote taken back", made.voted_card(single, None, words)),
        ("poll, anonymous vote", made.voted_card(replace(single, anonymous=True), ("1",), words)),
        ("poll, left", left_card(single, words)),
        ("poll, left, repeats", left_card(replace(single, state=PollState.PATTERN), words)),
        ("poll, not posted", not_posted_card(single, _LOST, words)),
        ("poll, not posted in one place", not_posted_card(replace(single, places=2 * single.places), _LOST, words)),
        ("polls", hosted.list_card(many, words)),
        ("no polls", hosted.list_card((), words)),
        ("poll, how many to remind", hosted.remind_card(single, 12, words)),
        ("poll, nobody to remind", hosted.remind_card(single, 0, words)),
        ("poll, seen by another", hosted.see_card(_standing(single), words, hosted.Looking(), told=_LINES[2])),
        ("home with polls", home_card(ANNA, [polls_part(many, ANNA.id, words)], words)),
    ]
    for place, text in enumerate(_LINES):
        found.append((f"poll of text {place}", drawn.preview_card(_full(PollKind.MULTIPLE, text), words)))
        found.append(
            (
                f"poll of text {place}, closed",
                hosted.over_card(_full(PollKind.RANKED, text, state=PollState.CLOSED), words),
            )
        )
    return found


def forms(words: Words) -> list[tuple[str, Form]]:
    """All forms, each with a name for the test that fails."""
    written = Written("Where?", _LINES, PollKind.MULTIPLE, most=7, anonymous=True, may_add=True, closes="friday 12:00")
    found = [
        ("poll, empty", dialogs.write_form(words)),
        ("poll, typed", dialogs.write_form(words, written)),
        ("poll, more settings", more_form(a_poll(PollKind.SINGLE), words)),
        ("poll, one more option", ballots.add_form(a_poll(PollKind.SINGLE), words)),
    ]
    found += [(f"poll template {one}", dialogs.write_form(words, template(one, words))) for one in Template]
    for kind in PollKind:
        poll = a_poll(kind)
        found.append((f"poll {kind}, change", dialogs.change_form(poll, words)))
        found.append((f"ballot {kind}", ballots.ballot_form(poll, None, words)))
        found.append((f"ballot {kind}, once more", ballots.ballot_form(poll, _BALLOTS[kind], words)))
        found.append((f"ballot {kind}, at its largest", ballots.ballot_form(_full(kind, _LINES[8]).poll, None, words)))
    return found
