"""Notes for the tests of the knowledge bank: what an academy might have written down."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta

from bot.bank.repository import Entry
from bot.identity import MemberId, NoteId, new_id
from bot.notes.casenote import CaseNote, Statement, Task
from bot.notes.domain import Audience

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


def said(*texts: str) -> tuple[Statement, ...]:
    return tuple(Statement(text, (f"m{place}",)) for place, text in enumerate(texts, start=1))


def a_note(
    title: str,
    *situation: str,
    summary: Sequence[str] = (),
    tags: Sequence[str] = (),
    ideas: Sequence[str] = (),
    perspectives: Mapping[str, Sequence[str]] | None = None,
    language: str = "da",
) -> CaseNote:
    return CaseNote(
        title=title,
        language=language,
        summary=said(*summary),
        situation=said(*situation),
        perspectives={sector: said(*texts) for sector, texts in (perspectives or {}).items()},
        ideas=said(*ideas),
        tags=tuple(tags),
    )


def an_entry(
    content: CaseNote | str,
    *,
    author: MemberId | None = None,
    took_part: Sequence[MemberId] = (),
    audience: Audience = Audience.PUBLIC,
    themes: Sequence[str] = (),
    place: str = "",
    days_ago: int = 0,
    version: int = 1,
) -> Entry:
    note = a_note(content) if isinstance(content, str) else content
    writer = author or MemberId(new_id())
    return Entry(
        note=NoteId(new_id()),
        author=writer,
        took_part=(writer, *took_part),
        audience=audience,
        content=note,
        themes=tuple(themes),
        sectors=tuple(note.perspectives),
        place=place,
        version=version,
        published_at=NOW - timedelta(days=days_ago),
    )


TRANSPORT = a_note(
    "Kørsel til behandling i landsbyerne",
    "Ældre aflyser deres behandling, fordi bussen ikke kører om aftenen.",
    "[PERSON 1] har selv kørt tre naboer til sygehuset.",
    summary=["Frivillige chauffører og kommunens patienttransport deler biler om aftenen."],
    tags=["transport", "frivillige"],
    ideas=["En fælles kalender for minibussen, så den også bruges i weekenden."],
    perspectives={"municipality": ["Kommunen betaler for kørsel, som ingen bruger."]},
)
LONELY = a_note(
    "Fællesspisning mod ensomhed i Rødovre",
    "Mange seniorer spiser alene fem dage om ugen.",
    summary=["Plejehjemmet åbner sin cafe for naboerne hver torsdag."],
    tags=["ensomhed", "fællesspisning"],
    ideas=["Restauranter giver overskudsmad til aftenerne."],
    perspectives={"civil_society": ["Foreningen har værter nok, men mangler et køkken."]},
)
ENGLISH = CaseNote(
    title="Meeting rooms for young carers",
    language="en",
    summary=said("A bank lends its meeting rooms to young people who look after a parent."),
    situation=said("Young carers miss school and have nobody to talk to."),
    perspectives={"business": said("The rooms stand empty after four o'clock.")},
    agreements=said("The bank opens two rooms on Tuesdays."),
    actions=(Task("Write the agreement", ("m9",), "[PERSON 2]"),),
    questions=said("Who has the keys?"),
    tags=("premises", "young carers"),
)
