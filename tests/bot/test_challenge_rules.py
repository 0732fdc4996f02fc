"""Challenges: who is asked and who has not been heard, how a question could be put better, what looks personal, and what a case
note rests on."""

from collections import Counter
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.challenges.domain import Answer, Challenge, WhyAsked, heard, unheard
from bot.challenges.fitting import Fitting, tags_of
from bot.challenges.hints import Hint, hints
from bot.challenges.inviting import MOST, MOST_EVER, PER_SECTOR, Already, Candidate, invited, mark_of
from bot.challenges.noting import as_heard, shaped
from bot.challenges.pointing import left_out, marks_in
from bot.identity import ChallengeId, MemberId, new_id
from bot.members.domain import THEMES, Member, Synonyms
from bot.notes.casenote import CaseNote, Statement, grounded
from bot.privacy import Kind, Masker
from tests.introductions_talk import a_member

AT = datetime(2026, 3, 2, 9, tzinfo=UTC)
SECTORS = ("business", "civil_society", "foundation", "municipality", "research")
ANNA, BO, CARL = (
    a_member("Anna Holm", "Rødovre Kommune", "municipality"),
    a_member("Bo Lind", "Hallen", "business"),
    a_member("Carl Juhl", "Nordfonden", "foundation"),
)
ASKED = Challenge(ChallengeId(new_id()), ANNA.id, "Hvordan får ældre nogen at spise med?", AT, "Mange spiser alene.")


def said(member: Member, sees: str = "", suggests: str = "", **more: bool) -> Answer:
    return Answer(ASKED.id, member.id, member.sector, AT + timedelta(minutes=1), sees, suggests, **more)


@pytest.mark.parametrize(
    ("question", "found"),
    [
        ("Hvordan skaber vi den bedst mulige livssituation for vores ældre?", ()),
        ("How do we create the best possible life situation for our seniors?", ()),
        ("Hvad skal der til, for at en familie med et handicappet barn kan få hverdagen til at hænge sammen?", ()),
        ("Hvordan forbedrer vi visitationen?", (Hint.SERVICE,)),
        ("How do we improve the delivery of services?", (Hint.SERVICE,)),
        ("Hvordan forbedrer vi ældreplejen?", (Hint.SERVICE,)),
        ("Hvordan optimerer vi børneområdet?", (Hint.SERVICE,)),
        ("Hvordan styrker vi familieafdelingens indsats?", (Hint.SERVICE,)),
        ("Hvordan udvikler vi sundhedsplejerskens tilbud?", (Hint.SERVICE,)),
        ("Hvad skal ungdomsklubben tilbyde?", (Hint.SERVICE,)),
        ("Hvordan udvikler vi børnehaven?", (Hint.SERVICE,)),
        ("Hvordan får flere unge lyst til at komme i ungdomsklubben?", ()),
        ("Hvordan får skolebørn, der er trætte, mere søvn?", ()),
        ("Hvordan trives en plejefamilie?", ()),
        ("كيف حالك؟", ()),
        ("Hvordan får vi flere borgere i forløb?", (Hint.SERVICE,)),
        ("How can we get more citizens into our programme?", (Hint.SERVICE,)),
        ("Hvordan får borgerne på vejen nogen at spise med?", ()),
        ("Hvordan får vi folk med demens ud i naturen?", ()),
        ("Hvad drømmer Oskar på 9 om?", ()),
        ("Hvordan får vi mere samarbejde om morgenen?", (Hint.NO_PERSON,)),
        ("Skal vi lave en app til ældre?", (Hint.YES_OR_NO, Hint.ANSWER_INSIDE)),
        ("Should we build a platform for the homeless?", (Hint.YES_OR_NO, Hint.ANSWER_INSIDE)),
        ("Ældre er ensomme", (Hint.NOT_A_QUESTION,)),
        ("Hvordan får ældre venner? Og hvem betaler?", (Hint.SEVERAL,)),
        ("Hvordan får ældre venner, " + "og mere til, " * 20 + "?", (Hint.LONG,)),
        ("", (Hint.NOT_A_QUESTION, Hint.NO_PERSON)),
    ],
)
def test_hints(question: str, found: tuple[Hint, ...]) -> None:
    assert hints(question) == found


def test_who_has_been_heard() -> None:
    answers = [said(BO, "x"), said(CARL, "Karla er ensom", held=True)]
    assert heard("municipality", answers) == ("municipality", "business")
    assert heard("", ()) == ()
    assert unheard(SECTORS, ("municipality", "business")) == ("civil_society", "foundation", "research")


people = st.lists(
    st.builds(
        Candidate,
        id=st.builds(lambda: MemberId(new_id())),
        organisation=st.sampled_from([f"O{place}" for place in range(12)] + ["o1 ", "O1"]),
        sector=st.sampled_from([*SECTORS, "space"]),
        fits=st.floats(0, 3),
    ),
    max_size=40,
)
before = st.builds(
    Already,
    asked=st.dictionaries(st.sampled_from(SECTORS), st.integers(0, 3)),
    ever=st.integers(0, 20),
    organisations=st.frozensets(st.sampled_from(["o1", "o2", "o3"])),
    heard=st.none() | st.dictionaries(st.sampled_from(SECTORS), st.integers(0, 3)),
)


@settings(max_examples=60, deadline=None)
@given(people, before, st.text(max_size=3))
def test_few_are_asked_and_from_every_sector_alike(candidates: list[Candidate], already: Already, seed: str) -> None:
    chosen = invited(candidates, SECTORS, already, seed)
    assert chosen == invited(candidates[::-1], SECTORS[::-1], already, seed)
    assert all(one in candidates and one.fits > 0 and one.sector in SECTORS for one in chosen)
    organisations = [" ".join(one.organisation.casefold().split()) for one in chosen]
    assert len(set(organisations)) == len(organisations)
    assert already.organisations.isdisjoint(organisations)
    counted = Counter(one.sector for one in chosen)
    stand = {sector: (already.heard or {}).get(sector, 0) + already.asked.get(sector, 0) for sector in SECTORS}
    assert all(counted[sector] <= max(0, PER_SECTOR - stand[sector]) for sector in SECTORS)
    assert len(chosen) <= max(0, MOST - sum(already.asked.values()))
    assert len(chosen) <= max(0, MOST_EVER - already.ever)
    # In turns: no sector gets a second one while another, with people and room, has none.
    if any(number > 1 for number in counted.values()):
        for sector in SECTORS:
            fitting = {
                " ".join(one.organisation.casefold().split())
                for one in candidates
                if one.sector == sector and one.fits > 0
            }
            left = fitting - already.organisations - set(organisations)
            assert counted[sector] or stand[sector] >= PER_SECTOR or not left


def test_of_a_sector_those_who_fit_best_are_asked_and_no_sector_always_comes_first() -> None:
    many = [Candidate(MemberId(new_id()), f"{sector}{fits}", sector, fits) for sector in SECTORS for fits in (3, 2, 1)]
    orders = {tuple(one.sector for one in invited(many, SECTORS, Already({}), str(seed))[:5]) for seed in range(40)}
    assert len({order[0] for order in orders}) == len(SECTORS)
    chosen = invited(many, SECTORS, Already({}), "x")
    assert len(chosen) == MOST
    assert {one.fits for one in chosen} == {2, 3}
    unasked = invited(many, SECTORS, Already({}, heard={"research": 1, "business": 2}), "x")
    assert [one.sector for one in unasked][3:5] != ["business", "business"]
    assert Counter(one.sector for one in unasked) == {
        "civil_society": 2, "foundation": 2, "municipality": 2, "research": 1
    }  # fmt: skip
    assert mark_of(chosen) == mark_of(chosen[::-1]) != mark_of(chosen[1:])


def test_what_connects_somebody_with_a_question() -> None:
    challenge = Challenge(ASKED.id, ANNA.id, "Hvordan får ældre frivillige besøgsvenner?", AT, themes=("loneliness",))
    fitting = Fitting(
        challenge, THEMES, (Synonyms("besøgsvenner", ("besøgsvenner", "hyggemakkere")),), {"lokaler": 0.5}
    )
    chosen = fitting.of(a_member("A", "A", "business", themes="ensomhed", offers="regnskab"))
    told = fitting.of(a_member("B", "B", "business", themes="Ældre|unge"))
    offered = fitting.of(a_member("C", "C", "business", offers="lokaler|hyggemakkere"))
    near = fitting.of(a_member("D", "D", "business", offers="lokaler", themes="unge"))
    both = fitting.of(a_member("E", "E", "business", themes="ensomhed", offers="frivillige besøgsvenner"))
    assert fitting.of(a_member("F", "F", "business", themes="unge|!", offers="regnskab")) is None
    assert fitting.of(a_member("G", "G", "business")) is None
    assert chosen is not None
    assert told is not None
    assert offered is not None
    assert near is not None
    assert both is not None
    assert (chosen.why, chosen.term) == (WhyAsked.THEME, "ensomhed")
    assert (told.why, told.term) == (WhyAsked.THEME, "Ældre")
    assert (offered.why, offered.term) == (WhyAsked.OFFER, "hyggemakkere")
    assert (near.why, near.term) == (WhyAsked.OFFER, "lokaler")
    assert both.worth > chosen.worth > told.worth > offered.worth > near.worth
    assert tags_of([a_member("A", "A", "x", themes="t", offers="o|p"), a_member("B", "B", "x", offers="o")], 2) == (
        "o",
        "p",
    )


def test_what_looks_personal_is_pointed_at_and_can_be_left_out() -> None:
    masker = Masker([ANNA.name, BO.name])
    text = "Karla på 83 (010203-1234) spiser alene. Spørg Anna Holm eller ring 22 33 44 55, CVR 12345678."
    marks = marks_in([text, "Karla igen"], masker)
    assert {mark.kind for mark in marks} == {Kind.PERSON, Kind.CPR, Kind.PHONE}
    assert [mark.text for mark in marks if mark.may_stand()] == ["Karla"]
    tidy = left_out(text, masker)
    assert "Anna Holm" in tidy
    assert "12345678" in tidy
    assert marks_in([tidy], masker) == ()
    assert "Karla" not in repr(marks)
    careful = [mark.text for mark in marks_in(["Lad os invitere parvis: en nabo og bente fra gaden."], masker)]
    assert careful == ["bente"]


def test_a_note_has_everything_that_was_answered_where_it_belongs() -> None:
    answers = [
        said(BO, "De er trætte. Ingen ringer.\nMange har ingen bil.", "Altså, en bus om aftenen?"),
        said(CARL, suggests="Fonden kan betale."),
        said(a_member("X", "X", "business"), "Hallen står tom."),
    ]
    people = {one.id: one for one in (ANNA, BO, CARL)}
    found = as_heard(ASKED, people, answers)
    assert [(line.id, line.author, line.sector) for line in found.transcript.lines] == [
        ("q", "Anna Holm", "municipality"),
        ("v", "Anna Holm", "municipality"),
        ("a1", "Bo Lind", "business"),
        ("b1", "Bo Lind", "business"),
        ("b2", "Carl Juhl", "foundation"),
        ("a3", "", "business"),
    ]
    assert found.took_part == (ANNA.id, BO.id, CARL.id)
    questions = (Statement("Hvem kører?", ("b1",)), Statement(ASKED.question, ("q",)))
    note = shaped(CaseNote("x", "da", questions=questions), ASKED, answers)
    assert note.title == ASKED.question
    assert [one.text for one in note.situation] == ["Mange spiser alene."]
    assert [one.text for one in note.perspectives["business"]] == [
        "De er trætte.", "Ingen ringer.", "Mange har ingen bil.", "Hallen står tom."
    ]  # fmt: skip
    # An opening says nothing, but nothing that was written is lost.
    assert [one.text for one in note.ideas] == ["Altså, en bus om aftenen?", "Fonden kan betale."]
    assert note.questions == questions[:1]
    assert grounded(note, {line.id for line in found.transcript.lines}) == note


def test_without_a_view_and_without_its_author_the_question_stands_for_both() -> None:
    bare = Challenge(ASKED.id, ANNA.id, ASKED.question, AT)
    found = as_heard(bare, {}, [said(BO, suggests="En bus.")])
    assert [(line.id, line.author) for line in found.transcript.lines] == [("q", ""), ("b1", "")]
    assert found.took_part == ()
    note = shaped(CaseNote("x", "da"), bare, [said(BO, suggests="En bus.")])
    assert [one.text for one in note.situation] == [ASKED.question]
    assert note.perspectives == {}
