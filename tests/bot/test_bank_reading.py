"""How the bank reads words, weighs notes, and ranks what it found."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.bank.entries import entry_of
from bot.bank.opening import visible
from bot.bank.periods import read_period
from bot.bank.ranking import Asked, Form, ranked, stored_terms, terms_in, weight_in, weighty
from bot.bank.reading import BankReader, folded, reader, words_of
from bot.bank.repository import Candidate, Outcome, Trial
from bot.bank.showing import sentence_of
from bot.bank.telling import readable, sections, trial_line
from bot.bank.weighing import HEAVIEST, Sight, in_period, weigh
from bot.errors import NotUnderstood
from bot.identity import MemberId, NoteId, WorkspaceId, new_id
from bot.members.domain import Sector, WorkspaceOptions
from bot.notes.casenote import CaseNote, Statement, Task
from bot.notes.domain import Audience, Note, NoteState, Source
from bot.privacy import Kind
from bot.words import Languages
from tests.bank_notes import NOW, TRANSPORT, a_note, an_entry
from tests.fakes import Memory

ZONE = ZoneInfo("Europe/Copenhagen")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Ældre", "aeldre"),
        ("BØRN", "boern"),
        ("Ålborg", "Aalborg"),
        ("köket", "køket"),
        ("idé", "ide"),
        ("café", "cafe"),
        ("hjemløse", "hjemløs"),
        ("volunteering", "volunteers"),
        ("kommunernes", "kommune"),
        ("co-creation", "cocreation"),
    ],
)
def test_one_word_written_in_two_ways_is_one_word(one: str, other: str) -> None:
    (first,), (second,) = words_of(one), words_of(other)
    assert reader().stem(first) == reader().stem(second)


@pytest.mark.parametrize(
    ("word", "parts"),
    [
        ("patienttransport", {"patient", "transport"}),
        ("transportordning", {"transport", "ordn"}),
        ("sygedagpengeforløb", {"sygedagpeng", "forløb"}),
        ("frivilligcenter", {"frivil", "cent"}),
        ("støttepersonordning", {"støt", "person", "ordn"}),
        ("vrøvlebolig", {"bol"}),
        ("boligvrøvl", {"bol"}),
        ("unge-og-klub", {"ung", "klub"}),
        ("byhaver", {"hav"}),
        ("bolig", set[str]()),
        ("abe", set[str]()),
    ],
)
def test_a_compound_speaks_of_its_parts(word: str, parts: set[str]) -> None:
    halves = {term for term, share in reader().terms(word) if share == 0.5}
    assert {term for term in halves if not term.startswith("~")} == parts
    assert word != "patienttransport" or "~patients" in halves


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("nabo", "naboerne"),
        ("naboer", "neighbours"),
        ("forsikringer", "insurance"),
        ("demente", "dementia"),
        ("gade", "streets"),
        ("byhaver", "gardening"),
        ("boligerne", "flats"),
    ],
)
def test_words_that_mean_the_same_share_a_term(one: str, other: str) -> None:
    assert {term for term, _ in reader().terms(one)} & {term for term, _ in reader().terms(other)}


def test_what_stands_everywhere_and_what_was_masked_says_nothing() -> None:
    assert [reader().terms(word) for word in words_of("og der the x")] == [(), (), (), ()]
    assert words_of("[PERSON 1] og [CPR 2b]s hund, [link]") == ["og", "s", "hund", "link"]
    assert dict(reader().terms("lonely"))["~loneliness"] == dict(reader().terms("ensomhed"))["~loneliness"]
    assert "~ageing" in reader().meant("older people")


def test_a_reader_forgets_before_it_grows_too_large() -> None:
    small = BankReader((), ("bil",), {"transport": ["bilens", "car"], "other": ["bilerne"]}, ready=2)
    assert [small.terms(word)[0][0] for word in ("alfa", "beta", "gamma", "alfa")] == ["alfa", "beta", "gamma", "alfa"]
    # A stem that two concepts share tells neither.
    assert dict(small.terms("biler")) == {"bil": 1.0}
    assert [small.meant("a car") for _ in range(3)] == [("~transport",)] * 3
    assert [small.meant(said) for said in ("blue car", "car")] == [("~transport",)] * 2


@given(st.text(max_size=60))
@settings(max_examples=30)
def test_any_text_is_read_into_tokens_that_databases_take(text: str) -> None:
    for word in words_of(text):
        assert folded(word) == word or not word.isascii()
        for term, share in reader().terms(word):
            assert 0 < len(term) <= 40
            assert 0 < share <= 1
            assert not set(term) & set(" '\"=\\\t\n")


@given(st.lists(st.text(st.characters(codec="utf-8"), max_size=40), max_size=8))
@settings(max_examples=30)
def test_weights_come_back_from_the_text_that_keeps_them(texts: list[str]) -> None:
    entry = an_entry(a_note("Titel", *texts))
    weighed = weigh(WorkspaceId(new_id()), entry, (), reader())
    stored = stored_terms(weighed.terms)
    assert terms_in(stored) == weighed.terms
    assert all(weight_in(stored, term) == weight <= HEAVIEST for term, weight in weighed.terms.items())
    assert weight_in(stored, "qqq") == 0
    assert all(" " not in token for token in weighed.tokens)


def test_a_rare_word_outweighs_a_common_one_and_what_worked_helps_a_little() -> None:
    def having(terms: dict[str, int], worked: int = 0) -> Candidate:
        return Candidate(NoteId(new_id()), stored_terms(terms), worked, NOW)

    asked = [Asked("a", (Form("a", 1.0), Form("aa", 0.7))), Asked("b", (Form("b", 1.0),)), Asked("c", ())]
    known = {"": 100, "a": 2, "aa": 50, "b": 60}
    rare, common, both, tried = having({"a": 90}), having({"b": 90}), having({"a": 90, "b": 90}), having({"b": 90}, 9)
    order = [one.note for one in ranked([common, rare, both, tried], weighty(asked, known))]
    assert order == [both.note, rare.note, tried.note, common.note]
    assert ranked([having({"z": 9})], weighty([Asked("c", ())], {}))[0].share == 1.0


def test_no_form_of_a_word_tells_more_than_the_word() -> None:
    word = Asked("nabo", (Form("nabo", 1.0), Form("nabokrig", 0.7), Form("~neighbours", 0.6)))
    (found,) = weighty([word], {"": 100, "nabo": 40, "nabokrig": 1, "~neighbours": 60})
    assert [term for term, _ in found.forms] == ["nabo", "nabokrig", "~neighbours"]
    assert found.most == found.forms[0][1] > found.forms[1][1] > found.forms[2][1]


def test_the_sentence_that_fits_is_shown_and_the_gist_where_none_does() -> None:
    asked = [Asked("kalender", (Form("kalend", 1.0),))]
    assert sentence_of(an_entry(TRANSPORT), asked, reader()).startswith("En fælles kalender")
    assert sentence_of(an_entry(TRANSPORT), [], reader()).startswith("Frivillige chauffører")
    assert sentence_of(an_entry(CaseNote("Tom", "da")), asked, reader()) == ""


@pytest.mark.parametrize(
    ("since", "until", "tokens"),
    [
        (None, None, ()),
        (date(2025, 11, 5), None, ("q.202511", "q.202512", "q.202601", "q.202602", "q.202603")),
        (date(2024, 1, 1), date(2025, 2, 1), ("y.2024", "q.202501", "q.202502")),
        (date(2027, 1, 1), None, ("y.none",)),
    ],
)
def test_a_period_is_made_of_years_and_months(since: date | None, until: date | None, tokens: tuple[str, ...]) -> None:
    assert in_period(since, until, NOW) == tokens
    assert in_period(None, date(2000, 2, 1), NOW) == ("q.200001", "q.200002")


def test_a_published_version_becomes_an_entry() -> None:
    anna, bo = MemberId(new_id()), MemberId(new_id())
    content = a_note("T", "S", perspectives={"research": ["R"]})
    note = Note(
        NoteId(new_id()), anna, NoteState.PUBLISHED, Audience.PUBLIC, a_note("Unmasked"), Source("#x", {"1": "https://x.test"}),
        (bo, anna), NOW, NOW, ("ageing",), "Ribe",
    )  # fmt: skip
    entry = entry_of(note, content, version=3, audience=Audience.ACADEMY, at=NOW)
    assert (entry.content, entry.audience, entry.version, entry.published_at) == (content, Audience.ACADEMY, 3, NOW)
    assert (entry.author, entry.took_part, entry.sectors) == (anna, (anna, bo), ("research",))
    assert (entry.themes, entry.place, entry.links) == (("ageing",), "Ribe", {"1": "https://x.test"})


async def test_who_may_open_a_note() -> None:
    anna, bo = MemberId(new_id()), MemberId(new_id())
    memory = Memory()
    workspace = (await memory.directory.ensure("local", "A", WorkspaceOptions())).id
    entries = {audience: an_entry("T", author=anna, audience=audience) for audience in Audience}
    async with memory.units(workspace) as work:
        await work.bank.put_all(list(entries.values()))
        may = {
            (audience, who): await visible(work.bank, entry.note, sight) is not None
            for audience, entry in entries.items()
            for who, sight in (("anna", Sight(anna)), ("bo", Sight(bo)), ("all", Sight()))
        }
    assert {key for key, yes in may.items() if not yes} == {
        (Audience.US, "bo"), (Audience.US, "all"), (Audience.ACADEMY, "all"),
    }  # fmt: skip


def test_a_period_is_read_as_people_type_it() -> None:
    def read(typed: str) -> tuple[date | None, date | None]:
        return read_period(typed, datetime(2026, 3, 4, 9, tzinfo=ZONE), ZONE, "en")

    assert read("") == (None, None)
    assert read("2025") == (date(2025, 1, 1), date(2025, 12, 31))
    assert read("2024-02") == (date(2024, 2, 1), date(2024, 2, 29))
    assert read("monday") == (date(2026, 3, 2), None)
    with pytest.raises(NotUnderstood):
        read("2024-13 or so")


def test_a_note_reads_well_in_both_languages() -> None:
    words = Languages.load().words("en", ZONE)
    dansk = Languages.load().words("da", ZONE)
    assert readable("[PERSON 1]s hund bed [PERSON 1b]. [CPR 2] og [FOO 1].", dansk) == (
        "Person 1s hund bed person 1. (CPR-nummer 2) og [FOO 1]."
    )
    for kind in Kind:
        if kind is not Kind.TEXT:
            assert "[" not in readable(f"x [{kind.upper()} 7]", words)
    note = CaseNote(
        "T",
        "en",
        summary=(Statement("Cold.", ("1",)),),
        situation=(Statement("Cold.", ("2",)), Statement("Wet.", ("1",))),
        perspectives={"research": (Statement("Seen.", ("1",)),), "bakers": (Statement("Eaten.", ("1",)),)},
        actions=(
            Task("Call", ("1",), "[PERSON 1]", date(2026, 4, 1)),
            Task("Write", ("1",), "", date(2026, 4, 1)),
            Task("Wait", ("1",)),
        ),
    )
    told = sections(an_entry(note), {"research": Sector("research", {"en": "Research"})}, words)
    assert [(one.heading, one.lines) for one in told] == [
        ("In short", ("Cold.",)),
        ("The situation", ("Wet.",)),
        ("Seen from: Research", ("Seen.",)),
        ("Seen from: bakers", ("Eaten.",)),
        ("Who does what", ("Call (person 1, by 1 April 2026)", "Write (by 1 April 2026)", "Wait")),
    ]
    trial = Trial(NoteId(new_id()), MemberId(new_id()), Outcome.PARTLY, "Ribe", "", NOW)
    assert trial_line(trial, words) == "It worked in part: Ribe"
    assert readable("Hun flytter fra [ADDRESS 1].", dansk) == "Hun flytter fra (adresse)."


@pytest.mark.parametrize(
    ("danish", "english"),
    [
        ("tænderne", "tooth"), ("fædrene", "dads"), ("barnevognen", "pram"), ("kørestole", "wheelchair"),
        ("strikning", "knit"), ("begravelsen", "funerals"), ("naboernes", "neighbor"), ("biavleren", "beekeeping"),
        ("venteliste", "waitlist"), ("indbruddet", "burglars"), ("svampene", "mushroom"), ("haverne", "gardens"),
    ],
)  # fmt: skip
def test_who_asks_in_danish_finds_english(danish: str, english: str) -> None:
    assert {term for term, _ in reader().terms(danish)} & {term for term, _ in reader().terms(english)}


def test_a_word_of_one_language_is_not_taken_for_one_of_the_other() -> None:
    def meant(word: str) -> list[str]:
        return [term for term, _ in reader().terms(word) if term.startswith("~")]

    assert [
        word for word in ("arm", "bad", "fart", "fire", "let", "fin", "side", "file", "gang", "roles") if meant(word)
    ] == []
    assert meant("stole") != meant("steal")
    assert meant("haven") == meant("haverne") == meant("garden")
    assert meant("comfortable") == []


def test_a_compound_in_the_list_is_still_found_by_its_parts() -> None:
    assert {"sund", "plejersk"} < {term for term, _ in reader().terms("sundhedsplejerske")}
