"""Every card and form of case notes, for the renderers: each stage, a note at its largest, and around nasty texts."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

from bot.errors import phrase
from bot.home import home_card
from bot.identity import Address, DeliveryId, MemberId, NoteId, new_id
from bot.members.domain import SECTORS, THEMES, Role, WorkspaceOptions
from bot.messages.elements import Card
from bot.messages.forms import Form
from bot.notes import cards as made
from bot.notes import forms as dialogs
from bot.notes import publishcards, tellcards
from bot.notes.actions import Side
from bot.notes.casenote import CaseNote, Statement, Task
from bot.notes.domain import Audience, Job, Note, NoteState, ReadingState, Sending, Source, Version
from bot.notes.masking import Covered, Found
from bot.notes.objecting import SaidNo
from bot.notes.prepared import Prepared
from bot.notes.publishing import Preview
from bot.notes.rules import rules_form
from bot.notes.service import Mine, Opened
from bot.notes.transcript import Line, Transcript
from bot.privacy import Key, Kind
from bot.words import Words
from tests.gallery import NASTY
from tests.gallery_introductions import ANNA

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
_LINKS = {f"m{place}": f"https://example.org/archives/C1/p{place}" for place in range(1, 9)}
_SECTORS = {sector.key: sector for sector in SECTORS}
_THEMES = {theme.key: theme for theme in THEMES}
_OTHER = MemberId(UUID(int=5))


def _said(*texts: str) -> tuple[Statement, ...]:
    return tuple(Statement(text, (f"m{place}", "author")) for place, text in enumerate(texts, start=1))


CONTENT = CaseNote(
    title="Et hjem til en familie",
    language="da",
    summary=_said("Familien mangler en bolig."),
    situation=_said("De bor på et herberg i Rødovre.", "De har to børn."),
    perspectives={"municipality": _said("Der er lang venteliste."), "gone": _said("Vi har en lejlighed.")},
    ideas=_said("En fælles opgang."),
    agreements=_said("Fonden betaler indskuddet."),
    actions=(Task("Ringer til boligforeningen", ("m4",), "Bo Lind", date(2026, 3, 9)), Task("Skriver", ("m5",))),
    questions=_said("Hvem betaler huslejen?"),
    tags=("bolig", "herberg"),
)


def a_note(content: CaseNote = CONTENT, **changes: object) -> Note:
    known = Note(
        id=NoteId(UUID(int=71)),
        author=ANNA.id,
        state=NoteState.DRAFT,
        audience=Audience.ACADEMY,
        content=content,
        source=Source("#general", _LINKS),
        took_part=(ANNA.id, _OTHER),
        made_at=NOW,
        changed_at=NOW,
        expires_at=NOW + timedelta(days=14),
    )
    return replace(known, **changes)  # type: ignore[arg-type]  # the gallery names fields of Note


def _large(text: str) -> CaseNote:
    texts = [f"{place} {text} " + "Vi taler om boliger til familier. " * 4 for place in range(25)]
    return CaseNote(
        title=f"{text} " * 10,
        language="da",
        summary=_said(*texts[:3]),
        situation=_said(*texts),
        perspectives={key: _said(*texts[:8]) for key in _SECTORS},
        ideas=_said(*texts),
        agreements=_said(*texts),
        actions=tuple(Task(one, ("m1", "m2", "m3", "m4"), text, date(2026, 3, 9)) for one in texts),
        questions=_said(*texts),
        tags=tuple(f"{place} {text}"[:60] for place in range(20)),
    )


def _opened(note: Note, *, can_ask: bool = False) -> Opened:
    return Opened(note, _SECTORS, _THEMES, can_ask)


def _preview(note: Note, content: CaseNote, *, left: Sequence[Found] = (), people: int = 2) -> Preview:
    masked = Covered(
        content,
        {"person": 4, "cpr": 1, "phone": 1, "email": 1, "address": 1, "link": 2},
        ("Viborg", "Solgården"),
        tuple(left),
    )
    told = tuple(MemberId(new_id()) for _ in range(people))
    return Preview(note, masked, told, away=1 if people else 0, sectors=_SECTORS)


def _prepared(text: str, lines: int = 3) -> Prepared:
    said = tuple(Line(f"m{place}", "[PERSON 1]", text, "municipality", NOW) for place in range(1, lines + 1))
    ids = tuple(line.id for line in said)
    return Prepared(Transcript(said), ids, Key({}), {Kind.PERSON: 2}, "da", "gemma example.org", 4_000)


def _job(state: ReadingState, **changes: object) -> Job:
    known = Job(
        UUID(int=72),
        ANNA.id,
        Address("web", "message:1"),
        NOW,
        NOW,
        DeliveryId(UUID(int=73)),
        state,
        done=150,
        note=NoteId(UUID(int=71)),
    )
    return replace(known, **changes)  # type: ignore[arg-type]  # the gallery names fields of Job


def cards(words: Words) -> list[tuple[str, Card]]:
    """All cards, each with a name for the test that fails."""
    draft = a_note()
    shown = a_note(state=NoteState.PUBLISHED, version=2, revision=3, told=2)
    announced = a_note(state=NoteState.ANNOUNCED, audience=Audience.PUBLIC, public_at=NOW, version=1, others=2)
    withdrawn = a_note(state=NoteState.WITHDRAWN, version=1)
    organiser = replace(ANNA, id=MemberId(UUID(int=6)), role=Role.ORGANISER)
    other = replace(ANNA, id=_OTHER)
    private = a_note(source=Source("#bestyrelse", _LINKS, private=True, threads_since=NOW, closed=2))
    left = [Found("place", "ring 20 30 40 50"), Found("ideas", "Karen"), Found("title", "x")]
    versions = [
        Version(draft.id, number, CONTENT, audience, NOW, opened_at=NOW if number == 3 else None)
        for number, audience in ((4, Audience.US), (3, Audience.PUBLIC), (2, Audience.ACADEMY), (1, Audience.PUBLIC))
    ]
    many = [replace(shown, id=NoteId(UUID(int=200 + place))) for place in range(30)]
    sendings = [Sending(new_id(), draft.id, ANNA.id, NOW, "gemma", "ab" * 32, 900, {"person": 2}) for _ in range(12)]
    found = [
        ("note, draft", made.note_card(_opened(draft, can_ask=True), ANNA, words, words.say("Saved, thank you."))),
        ("note, draft of a model", made.note_card(_opened(replace(draft, model="gemma", tokens=1)), ANNA, words)),
        (
            "note, draft of a model that counts nothing",
            made.note_card(_opened(replace(draft, model="gemma")), ANNA, words),
        ),
        ("note, bare", made.note_card(_opened(a_note(CaseNote("Et ord", "da"))), ANNA, words)),
        ("note, published, to its author", made.note_card(_opened(shown), ANNA, words)),
        ("note, published, to an organiser", made.note_card(_opened(shown), organiser, words)),
        ("note, announced, to one who took part", made.note_card(_opened(announced), other, words)),
        ("note, taken back", made.note_card(_opened(withdrawn), ANNA, words)),
        ("note, read", made.read_card(_opened(draft), ANNA, 1, words)),
        ("note, read by another", made.read_card(_opened(shown), other, 9, words)),
        ("note, nothing to read", made.read_card(_opened(a_note(CaseNote("Et ord", "da"))), ANNA, 1, words)),
        ("note, versions", made.versions_card(shown, versions, {1}, words)),
        ("notes", made.list_card(Mine(many, many), words, muted=True)),
        ("note of what", made.where_card(words)),
        ("no notes", made.list_card(Mine((), ()), words)),
        ("note, draft of what was not all read", made.note_card(_opened(private), ANNA, words)),
        ("note, of what was private", publishcards.preview_card(_preview(private, CONTENT, people=1), words)),
        ("note, before it is published", publishcards.preview_card(_preview(draft, CONTENT), words)),
        (
            "note, not ready to be published",
            publishcards.preview_card(
                replace(
                    _preview(announced, CONTENT, left=left),
                    told=phrase("It was changed meanwhile. This is how it is now."),
                ),
                words,
            ),
        ),
        ("note, published", publishcards.done_card(shown, words)),
        ("note, announced", publishcards.done_card(announced, words)),
        ("note, what would be sent", publishcards.sending_card(draft, _prepared("Vi taler."), words)),
        ("note, much to be sent", publishcards.sending_card(draft, _prepared("Vi taler. " * 60, 200), words)),
        ("note, ledger", publishcards.ledger_card(sendings, {str(ANNA.id): ANNA}, words)),
        ("note, empty ledger", publishcards.ledger_card((), {}, words)),
        ("note, slow", tellcards.slow_card(replace(_job(ReadingState.READING), done=3), words)),
        ("note, long", tellcards.slow_card(replace(_job(ReadingState.READING), done=300), words)),
        ("note, told of what is taken back", tellcards.gone_card(words)),
        ("note, told", tellcards.told_card(shown, CONTENT.title, words)),
        ("note, told that it is announced", tellcards.told_card(announced, CONTENT.title, words)),
        ("note, objected", tellcards.objected_card(shown, ["Det er min søster."], words)),
        ("note, objected and gone", tellcards.objected_card(withdrawn, (), words)),
        ("note, open to all", tellcards.opened_card(shown, words)),
        ("note, no more told", tellcards.muted_card(words, hears=False)),
        ("note, told again", tellcards.muted_card(words, hears=True)),
        ("home with notes", home_card(ANNA, [tellcards.notes_part([draft], [announced], _OTHER, words)], words)),
    ]
    found += [
        (f"note, reading {state}", tellcards.reading_card(_job(state, rest_until=NOW), NOW, words))
        for state in ReadingState
    ]
    found += [
        (f"note, a model's writing {state}", tellcards.reading_card(_job(state, writes=True, done=40), NOW, words))
        for state in ReadingState
    ]
    begun = _job(ReadingState.READING, writes=True, done=0)
    found.append(("note, a model begins", tellcards.reading_card(begun, NOW, words)))
    without = _job(ReadingState.FAILED, writes=True, trouble="draft_gone")
    found.append(("note, a model without a draft", tellcards.reading_card(without, NOW, words)))
    slow = _job(ReadingState.READING, rest_until=NOW + timedelta(minutes=1))
    found.append(("note, reading slowly", tellcards.reading_card(slow, NOW, words)))
    found += [
        (f"note, a no at {one}", tellcards.said_no_card(SaidNo(replace(shown, audience=one), one), words))
        for one in Audience
    ]
    found.append(("note, a no that takes it back", tellcards.said_no_card(SaidNo(withdrawn, Audience.US), words)))
    for place, text in enumerate(NASTY[2::2]):
        large = a_note(_large(" ".join(text.split())[:200]))
        found.append((f"note of text {place}", made.note_card(_opened(large), ANNA, words)))
        found.append((f"note of text {place}, read", made.read_card(_opened(large), ANNA, 3, words)))
        found.append((f"note of text {place}, sent", publishcards.sending_card(large, _prepared(text), words)))
    found.append(("note at its largest, preview", publishcards.preview_card(_preview(draft, _large("Ord")), words)))
    return found


def forms(words: Words) -> list[tuple[str, Form]]:
    """All forms, each with a name for the test that fails."""
    opened, large = _opened(a_note()), _opened(a_note(_large(" ".join(NASTY[8].split())[:200])))
    found = [
        ("note of a text", dialogs.text_form(words)),
        ("note of a text, typed", dialogs.text_form(words, "x" * 5_000)),
        ("note, who may see it", dialogs.audience_form(opened, words)),
        (
            "note, who may see what was private",
            dialogs.audience_form(_opened(a_note(source=Source(private=True))), words),
        ),
        ("note, words that may stay", dialogs.words_form(_preview(opened.note, CONTENT), words)),
        ("note, rules", rules_form(WorkspaceOptions(), words)),
    ]
    for side in Side:
        found.append((f"note, edit {side}", dialogs.edit_form(opened, side, words)))
        found.append((f"note, edit {side} at its largest", dialogs.edit_form(large, side, words)))
    found += [(f"note, object to {one}", dialogs.object_form(opened.note, one, words)) for one in Audience]
    return found
