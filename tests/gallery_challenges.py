"""Every card and form of challenges, for the renderers: each stage, as each who sees it, and around nasty texts."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import UUID

from bot.challenges import cards as made
from bot.challenges import draftcards as drawn
from bot.challenges import forms as dialogs
from bot.challenges import hostcards as hosted
from bot.challenges.answering import Answered
from bot.challenges.asking import Proposal
from bot.challenges.domain import (
    PART_CHARACTERS,
    QUESTION_CHARACTERS,
    VIEW_CHARACTERS,
    Answer,
    Challenge,
    ChallengePlace,
    ChallengeState,
    Closing,
    Invitation,
    WhyAsked,
)
from bot.challenges.eligible import WhyNobody
from bot.challenges.homepart import challenges_part
from bot.challenges.invitationcards import declined_card, invitation_card, settled_card, unused_card
from bot.challenges.inviting import Candidate
from bot.challenges.listing import Waits
from bot.challenges.lostcards import gone_card, left_card, not_posted_card
from bot.challenges.pointing import Mark
from bot.challenges.standing import Standing
from bot.challenges.whomcards import whom_card
from bot.challenges.writing import Written
from bot.deliveries.domain import Delivery, Letter, ToPlace
from bot.errors import phrase
from bot.home import home_card
from bot.identity import Address, ChallengeId, DeliveryId, MemberId, NoteId
from bot.members.domain import SECTORS, THEMES, Role
from bot.messages.elements import Card
from bot.messages.forms import Form
from bot.privacy import Kind
from bot.questions.until import Until
from bot.words import Words
from tests.gallery import NASTY
from tests.gallery_introductions import ANNA, BO, CARL

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
ID = ChallengeId(UUID(int=191))
_LOST = Delivery(
    DeliveryId(UUID(int=192)), "", "", ToPlace(Address("slack", "C1")), Letter(), NOW, error="Refused not_in_channel"
)
_UNTIL = Until(question=phrase("At what time of day?"), times=tuple(NOW + timedelta(hours=one) for one in range(1, 6)))
_HINTED = {
    "no question": "Mere samarbejde",
    "several": "Hvordan får ældre venner? Og hvem betaler?",
    "long": "Hvordan får ældre venner, " + "og mere til, " * 20,
    "yes or no": "Skal vi lave en app til ældre?",
    "service": "Hvordan forbedrer vi visitationen?",
}
_MARKS = (Mark("Karla Mikkelsen", Kind.PERSON), Mark("010203-1234", Kind.CPR), Mark("22 33 44 55", Kind.PHONE))


def a_challenge(text: str = "", **changes: object) -> Challenge:
    known = Challenge(
        id=ID,
        author=ANNA.id,
        question=(text or "Hvad skal der til, for at en ældre, der bor alene, har nogen at spise med?")[
            :QUESTION_CHARACTERS
        ],
        made_at=NOW,
        view=(text or "Mange spiser alene.\nDe siger, at de ikke er sultne.")[:VIEW_CHARACTERS],
        themes=("ageing", "loneliness", "gone"),
        state=ChallengeState.OPEN,
        place=ChallengePlace(Address("web", "channel:general")),
        closes_at=NOW + timedelta(days=7),
    )
    return replace(known, **changes)  # type: ignore[arg-type]  # the gallery names fields of Challenge


def _answers(text: str = "", each: int = 1) -> tuple[Answer, ...]:
    said = [
        (BO.id, BO.sector, text or "De er trætte klokken fem.", text or "Et bord i hallen.", True, False),
        (CARL.id, CARL.sector, "", text or "Penge til en minibus.", False, False),
        (MemberId(UUID(int=999)), "research", text or "Vi har tal på det.", "", True, False),
        (ANNA.id, ANNA.sector, text or "Karla er ensom.", "", True, True),
    ] * each
    cut = PART_CHARACTERS
    return tuple(
        Answer(ID, who, sector, NOW + timedelta(minutes=place), sees[:cut], suggests[:cut], shown, held)
        for place, (who, sector, sees, suggests, shown, held) in enumerate(said)
    )


def _standing(challenge: Challenge, answers: tuple[Answer, ...] = (), **changes: object) -> Standing:
    known = Standing(
        challenge,
        ANNA,
        answers,
        {member.id: member for member in (ANNA, BO, CARL)},
        {sector.key: sector for sector in SECTORS},
        {theme.key: theme for theme in THEMES},
        (_invitation(WhyAsked.THEME, "ældre"), _invitation(WhyAsked.OFFER, "lokaler")),
    )
    return replace(known, **changes)  # type: ignore[arg-type]  # the gallery names fields of Standing


def _invitation(why: WhyAsked, term: str) -> Invitation:
    return Invitation(ID, BO.id, BO.sector, NOW, why, term)


def _closed(**changes: object) -> Challenge:
    closing, note = Closing(3, ("business", "municipality")), NoteId(UUID(int=193))
    known = a_challenge(state=ChallengeState.CLOSED, closed_at=NOW, closing=closing, note=note)
    return replace(known, **changes)  # type: ignore[arg-type]  # the gallery names fields of Challenge


def _stages() -> Iterator[tuple[str, Standing]]:
    yield "nobody yet", _standing(a_challenge(closes_at=None, themes=(), view=""))
    yield "some", _standing(a_challenge(), _answers())
    yield "all sectors", _standing(a_challenge(), tuple(replace(_answers()[0], sector=one.key) for one in SECTORS))
    yield "closed", _standing(_closed(), _answers())
    yield "closed, forgotten", _standing(_closed(forgotten=True, view=""))
    yield "closed, nobody", _standing(_closed(closing=Closing(0, ("municipality",)), note=None))
    yield "closed, author gone", _standing(_closed(note=None), _answers(), author=None)
    for place, text in enumerate(NASTY):
        yield f"nasty {place}", _standing(a_challenge(text * 9), _answers(text * 9))
    yield "longest", _standing(a_challenge("Ord på ord " * 200), _answers("Ord på ord " * 200, 3))


def cards(words: Words) -> list[tuple[str, Card]]:
    """All cards, each with a name for the test that fails."""
    found: list[tuple[str, Card]] = []
    for name, shown in _stages():
        found += [
            (f"challenge, {name}", made.challenge_card(shown, words)),
            (f"challenge, {name}, its host", hosted.see_card(shown, ANNA, words, "I am asking 2 people.")),
            (f"challenge, {name}, another", hosted.see_card(shown, BO, words)),
            (f"challenge, {name}, answers", made.answers_card(shown, ANNA.id, 1, words)),
            (f"challenge, {name}, more answers", made.answers_card(shown, BO.id, 2, words)),
            (f"challenge, {name}, asked", invitation_card(shown, shown.invitations[0], words)),
            (f"challenge, {name}, asked and settled", settled_card(shown, BO.id, words)),
            (f"challenge, {name}, an answer that was not used", unused_card(shown.challenge, words)),
            (f"challenge, {name}, asked for an offer", invitation_card(shown, shown.invitations[1], words)),
        ]
        if shown.challenge.state is ChallengeState.CLOSED:
            found.append((f"challenge, {name}, over", hosted.over_card(shown, ANNA, words)))
    return [*found, *_before(words), *_answered(words), *_rest(words)]


def _before(words: Words) -> Iterator[tuple[str, Card]]:
    draft = a_challenge(state=ChallengeState.DRAFT)
    service = replace(draft, question="Skal vi forbedre plejen med en app?", themes=(), place=None)
    named = replace(draft, place=ChallengePlace(Address("slack", "C1"), name="general"))
    yield "challenge draft", drawn.preview_card(_standing(draft), words)
    yield "challenge draft, hints", drawn.preview_card(_standing(service), words)
    yield "challenge draft, a name", drawn.preview_card(_standing(named, marks=_MARKS[:1]), words)
    yield "challenge draft, a number", drawn.preview_card(_standing(named, marks=_MARKS, told=phrase("Closed.")), words)
    yield "challenge draft, when", drawn.preview_card(_standing(draft, until=_UNTIL), words)
    yield (
        "challenge draft, when at all",
        drawn.preview_card(_standing(draft, until=Until(question=_UNTIL.question)), words),
    )
    for hint, question in _HINTED.items():
        hinted = a_challenge(question, state=ChallengeState.DRAFT)
        yield f"challenge draft, {hint}", drawn.preview_card(_standing(hinted), words)
    yield "challenge on its way", drawn.posted_card(_standing(a_challenge()), words)
    for place, text in enumerate(NASTY):
        bad = a_challenge(text * 9, state=ChallengeState.DRAFT)
        marks = (Mark(text[:60], Kind.PERSON),)
        yield f"challenge draft, nasty {place}", drawn.preview_card(_standing(bad, marks=marks), words)


def _answered(words: Words) -> Iterator[tuple[str, Card]]:
    for place, answer in enumerate(_answers()):
        yield f"challenge answered {place}", made.answered_card(Answered(a_challenge(), answer, ANNA), words)
    first, second, *_ = _answers("Ord på ord " * 200)
    yield "challenge answered, author gone", made.answered_card(Answered(a_challenge(), second, None), words)
    yield "challenge answered, a name", made.answered_card(Answered(a_challenge(), first, ANNA, _MARKS[:1]), words)
    yield "challenge answered, numbers", made.answered_card(Answered(a_challenge(), first, ANNA, _MARKS), words)


def _rest(words: Words) -> Iterator[tuple[str, Card]]:
    shown = _standing(a_challenge())
    chosen = (
        Candidate(BO.id, BO.organisation, BO.sector, 2.0, WhyAsked.THEME, "ældre"),
        Candidate(CARL.id, CARL.organisation, CARL.sector, 1.0, WhyAsked.OFFER, "penge til forsøg " * 9),
    )
    people = {member.id: member for member in (BO, CARL)}
    yield "challenge, whom", whom_card(Proposal(shown, chosen, people), ANNA, words)
    yield "challenge, whom, no names", whom_card(Proposal(shown, chosen, people, names_shown=False), ANNA, words)
    all_heard = _standing(a_challenge(), tuple(replace(_answers()[0], sector=one.key) for one in SECTORS))
    yield "challenge, whom, all heard", whom_card(Proposal(all_heard, chosen, people), ANNA, words)
    others = Proposal(shown, chosen[:1], people, others=True, left_out=chosen[1:])
    yield "challenge, whom, others", whom_card(others, ANNA, words)
    yield "challenge, whom, nobody", whom_card(Proposal(shown, ()), ANNA, words)
    for place, by in enumerate((ANNA, BO, replace(BO, role=Role.ORGANISER))):
        nobody = Proposal(shown, (), people, left_out=chosen, whys=tuple(WhyNobody))
        yield f"challenge, whom, why nobody {place}", whom_card(nobody, by, words)
    every = [a_challenge(), _closed(), a_challenge("Ord på ord " * 90, id=ChallengeId(UUID(int=194)))]
    yield "challenges", hosted.list_card(every[:1] + every[2:], words)
    yield "challenges, closed, muted", hosted.list_card([_closed()], words, muted=True)
    yield "challenges, none", hosted.list_card((), words)
    yield "challenge declined", declined_card(words)
    yield "challenge gone", gone_card(shown, words)
    yield "challenge left", left_card(a_challenge(), words)
    yield "challenge gone, all heard", gone_card(all_heard, words)
    yield "challenge not posted", not_posted_card(a_challenge(), _LOST, words)
    waits = Waits((every[0], every[2]), ((every[0], 1), (every[2], 2)))
    yield "home, challenges", home_card(ANNA, [challenges_part(waits, words)], words)


def forms(words: Words) -> list[tuple[str, Form]]:
    """All forms, each with a name for the test that fails."""
    shown = _standing(a_challenge())
    typed = Written("Hvordan?", "Sådan.", ("ageing",), "fredag kl. 12")
    found = [
        ("challenge, empty", dialogs.write_form(words, THEMES)),
        ("challenge, begun", dialogs.write_form(words, THEMES, typed, where="#x", told="That time has passed.")),
        ("challenge, no themes", dialogs.write_form(words, ())),
        ("challenge, changed", dialogs.change_form(a_challenge(), THEMES, words)),
        ("challenge, themes", dialogs.themes_form(a_challenge(), THEMES, words)),
        ("challenge, changed, nowhere", dialogs.change_form(a_challenge(place=None), THEMES, words)),
        ("challenge, answer", dialogs.answer_form(shown, None, words)),
        ("challenge, answer to one", dialogs.answer_form(replace(shown, author=None), _answers()[1], words)),
    ]
    for place, text in enumerate(NASTY):
        full, said = a_challenge(text * 9), _answers(text * 9)[0]
        found.append((f"challenge, changed, nasty {place}", dialogs.change_form(full, THEMES, words)))
        found.append((f"challenge, answer, nasty {place}", dialogs.answer_form(_standing(full), said, words)))
    return found
