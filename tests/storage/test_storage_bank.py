"""The knowledge bank keeps notes and finds them: the same results in memory, on SQLite and on PostgreSQL."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

import pytest

from bot.bank.ranking import ranked, weighty
from bot.bank.reading import reader
from bot.bank.repository import Entry, Learned, Outcome, Trial
from bot.bank.rereading import reread, reread_all
from bot.bank.searching import Question, Search, search
from bot.bank.weighing import Sight, read_as
from bot.identity import MemberId, NoteId, WorkspaceId, new_id
from bot.notes.domain import Audience
from tests.bank_notes import ENGLISH, LONELY, NOW, TRANSPORT, a_note, an_entry
from tests.databases import Storage, change, rows_of

ANYBODY = Sight()


async def put(storage: Storage, here: WorkspaceId, *entries: Entry) -> None:
    async with storage.units(here) as work:
        await work.bank.put_all(entries)
        await work.commit()


async def asked(storage: Storage, here: WorkspaceId, question: Question | str, sight: Sight = ANYBODY) -> Search:
    wanted = Question(question) if isinstance(question, str) else question
    async with storage.units(here, reading=True) as work:
        return await search(work.bank, wanted, sight, NOW, reader())


async def found(
    storage: Storage, here: WorkspaceId, question: Question | str, sight: Sight = ANYBODY
) -> Sequence[NoteId]:
    return [one.note for one in (await asked(storage, here, question, sight)).ranked]


async def test_an_entry_comes_back_as_it_was_put(storage: Storage, here: WorkspaceId) -> None:
    full = replace(an_entry(ENGLISH, themes=["youth", "egne ord"], place="Odense"), links={"m1": "https://x.test/1"})
    plain = an_entry("Kort", audience=Audience.US)
    await put(storage, here, full, plain)
    async with storage.units(here) as work:
        assert await work.bank.get(full.note) == full
        assert await work.bank.get(NoteId(new_id())) is None
        assert await work.bank.many([plain.note, full.note, NoteId(new_id())]) == {full.note: full, plain.note: plain}
        newer = replace(full, version=2, content=LONELY, published_at=NOW + timedelta(days=1))
        await work.bank.put(newer)
        await work.commit()
    assert await found(storage, here, "carers keys") == []
    assert await found(storage, here, "ensomhed") == [full.note]
    async with storage.units(here) as work:
        assert await work.bank.get(full.note) == newer
        assert await work.bank.newest(list(Audience), 9) == [full.note, plain.note]
        assert await work.bank.newest([Audience.PUBLIC, Audience.US], 1, 1) == [plain.note]
        assert await work.bank.count([Audience.US]) == 1
        assert await work.bank.changed_at([Audience.PUBLIC]) == newer.published_at
        assert await work.bank.changed_at([Audience.ACADEMY]) is None


@pytest.mark.parametrize(
    ("typed", "title"),
    [
        ("transport", TRANSPORT.title),
        ("patient transport", TRANSPORT.title),
        ("Kørsler", TRANSPORT.title),
        ("koersel", TRANSPORT.title),
        ("volunteer drivers", TRANSPORT.title),
        ("minibusser", TRANSPORT.title),
        ("minib", TRANSPORT.title),
        ("chaufør", TRANSPORT.title),
        ("ensomme", LONELY.title),
        ("loneliness", LONELY.title),
        ("ensonhed", LONELY.title),
        ("roedovre", LONELY.title),
        ("spisning", LONELY.title),
        ("lokaler", ENGLISH.title),
        ("mødelokaler", ENGLISH.title),
        ("carer", ENGLISH.title),
        ("agreement bank", ENGLISH.title),
    ],
)
async def test_words_find_what_they_mean(storage: Storage, here: WorkspaceId, typed: str, title: str) -> None:
    entries = {one.title: an_entry(one) for one in (TRANSPORT, LONELY, ENGLISH)}
    await put(storage, here, *entries.values())
    assert (await found(storage, here, typed))[:1] == [entries[title].note]


async def test_the_order_is_that_of_where_and_how_often_it_stands(storage: Storage, here: WorkspaceId) -> None:
    body = an_entry(a_note("Andet", "Der blev talt om haver.", "Og om noget tredje."), days_ago=1)
    summary = an_entry(a_note("Noget", "Intet.", summary=["Haver i gården."]), days_ago=2)
    title = an_entry(a_note("Haver ved plejehjemmet", "Intet."), days_ago=3)
    both = an_entry(a_note("Haver for demente", "Intet."), days_ago=4)
    older = replace(body, note=NoteId(new_id()), published_at=NOW - timedelta(days=9))
    await put(storage, here, older, body, summary, title, both)
    order = [title.note, both.note, summary.note, body.note, older.note]
    assert await found(storage, here, "haver") == order
    assert await found(storage, here, "haver demens") == [both.note, title.note, *order[2:]]
    search_ = await asked(storage, here, "haver demens")
    assert search_.whole == 1


async def test_who_may_see_what(storage: Storage, here: WorkspaceId) -> None:
    anna, bo = MemberId(new_id()), MemberId(new_id())
    us = an_entry("Haver for os", author=anna, took_part=[bo], audience=Audience.US)
    academy = an_entry("Haver for akademiet", audience=Audience.ACADEMY)
    public = an_entry("Haver for alle")
    await put(storage, here, us, academy, public)
    assert set(await found(storage, here, "haver")) == {public.note}
    assert set(await found(storage, here, "haver", Sight(MemberId(new_id())))) == {academy.note, public.note}
    for member in (anna, bo):
        for question in ("haver", Question(sector=""), Question("havr")):
            assert set(await found(storage, here, question, Sight(member))) == {us.note, academy.note, public.note}


async def test_what_a_search_is_narrowed_by(storage: Storage, here: WorkspaceId) -> None:
    old = an_entry(TRANSPORT, themes=["ageing"], place="Odense Kommune", days_ago=400)
    new = an_entry(LONELY, themes=["ageing", "Ensomme Unge"], place="Rødovre")
    await put(storage, here, old, new)
    async with storage.units(here) as work:
        await work.bank.put_trial(
            Trial(old.note, MemberId(new_id()), Outcome.WORKED, "Vejle", "Bilerne holdt hele vinteren.", NOW)
        )
        await work.bank.put_trial(Trial(new.note, MemberId(new_id()), Outcome.PARTLY, "Vejle", "", NOW))
        await work.bank.put_trial(Trial(NoteId(new_id()), MemberId(new_id()), Outcome.NOT, "Vejle", "", NOW))
        await work.commit()
    cases = {
        Question(theme="ageing"): [new.note, old.note],
        Question(theme="ensomme unge"): [new.note],
        Question("kørsel", theme="health"): [],
        Question(sector="municipality"): [old.note],
        Question(place="odense"): [old.note],
        Question(place="Vejle"): [new.note, old.note],
        Question(place="Vejle Kommune"): [new.note, old.note],
        Question(place="Kommune"): [],
        Question(place="--"): [],
        Question(worked=True): [old.note],
        Question("vinter"): [],
        Question(since=date(2026, 3, 2)): [new.note],
        Question(since=date(2026, 3, 3)): [],
        Question(until=date(2025, 12, 31)): [old.note],
        Question(since=date(2024, 1, 1), until=date(2026, 3, 2)): [new.note, old.note],
        Question(since=date(2026, 1, 1), until=date(2025, 1, 1)): [],
        Question("og eller"): [],
        Question("qqqqqq"): [],
        Question(): [new.note, old.note],
    }
    for question, notes in cases.items():
        assert await found(storage, here, question) == notes, question


async def test_trials_change_come_back_and_go(storage: Storage, here: WorkspaceId) -> None:
    anna, bo = MemberId(new_id()), MemberId(new_id())
    entry, other = an_entry(TRANSPORT, author=bo), an_entry(LONELY)
    await put(storage, here, entry, other)
    first = Trial(entry.note, anna, Outcome.NOT, "Vejle", "For dyrt.", NOW)
    second = Trial(other.note, anna, Outcome.WORKED, "Vejle", "Alle kom.", NOW + timedelta(hours=1))
    third = Trial(other.note, bo, Outcome.PARTLY, "Ribe", "", NOW + timedelta(hours=2))
    async with storage.units(here) as work:
        for trial in (first, second, third):
            await work.bank.put_trial(trial)
        changed = replace(first, outcome=Outcome.WORKED, text="Frost og sne.")
        await work.bank.put_trial(changed)
        assert await work.bank.trials([entry.note, other.note]) == [changed, second, third]
        assert await work.bank.trials_by(anna) == [changed, second]
        assert await work.bank.changed_at([Audience.PUBLIC]) == third.at
        assert [one.worked for one in await work.bank.candidates((("~transport",),), 9)] == [1]
        await work.bank.remove_trial(entry.note, anna)
        await work.bank.remove_trial(entry.note, anna)
        await work.commit()
    assert await found(storage, here, "frost") == []
    async with storage.units(here) as work:
        assert await work.bank.trials([entry.note]) == []
        await work.bank.put_trial(changed)
        await work.bank.give_to(anna, bo)
        carla = MemberId(new_id())
        await work.bank.give_to(bo, carla)
        theirs = [replace(changed, member=carla), replace(third, member=carla)]
        assert await work.bank.trials_by(carla) == theirs
        now = await work.bank.get(entry.note)
        assert now is not None
        assert (now.author, now.took_part) == (carla, (carla,))


async def test_what_is_withdrawn_is_gone_with_all_that_was_said(storage: Storage, here: WorkspaceId) -> None:
    public, hidden, us = an_entry(TRANSPORT), an_entry(LONELY), an_entry("Haver", audience=Audience.US)
    await put(storage, here, public, hidden, us)
    async with storage.units(here) as work:
        await work.bank.put_trial(Trial(public.note, public.author, Outcome.WORKED, "Vejle", "", NOW))
        await work.bank.learn("m", [Learned(public.note, 1, b"12"), Learned(NoteId(new_id()), 1, b"34")])
        for note in (public.note, us.note, NoteId(new_id())):
            await work.bank.remove(note)
        await work.bank.put(replace(hidden, audience=Audience.ACADEMY))
        await work.commit()
    assert await found(storage, here, Question()) == []
    async with storage.units(here) as work:
        gone = [await work.bank.withdrawn(one.note) for one in (public, hidden, us)]
        assert gone == [True, True, False]
        assert await work.bank.trials([public.note]) == []
        assert await work.bank.learned("m", 9) == []
        # Nothing is left but what the one note says that is still there.
        assert set(await work.bank.known(["", "patienttransport", "ensom"], ["have"])) == {"", "ensom"}
        assert await work.bank.alike("chauffør") == {}
        await work.bank.put(replace(hidden, version=2))
        assert await work.bank.withdrawn(hidden.note) is False


async def test_what_a_model_says_is_kept_for_one_version(storage: Storage, here: WorkspaceId) -> None:
    one, other = an_entry(TRANSPORT), an_entry(LONELY)
    await put(storage, here, one, other)
    async with storage.units(here) as work:
        assert await work.bank.unlearned("m", 9) == [other.note, one.note]
        assert await work.bank.unlearned("m", 1) == [other.note]
        learned = [Learned(one.note, 1, b"\x00\x01"), Learned(other.note, 1, b"\x02")]
        await work.bank.learn("m", learned)
        assert await work.bank.unlearned("m", 9) == []
        assert await work.bank.unlearned("another", 9) == [other.note, one.note]
        assert await work.bank.learned("m", 9) == learned[::-1]
        assert await work.bank.learned("another", 9) == []
        assert await work.bank.learned_mark("m") == "2:2"
        await work.bank.put(replace(one, version=2))
        assert await work.bank.unlearned("m", 9) == [one.note]


async def test_notes_are_read_again_where_words_are_read_otherwise_now(database_url: str, real: Storage) -> None:
    here = await real.workspace()
    kept, other = an_entry(TRANSPORT), an_entry(LONELY)
    await put(real, here, kept, other)
    assert await reread(real.units, here, 0) == 0
    # As an older version of the bot left them, with another stem.
    for now, before in (("transport ", "transports "), (read_as(reader().mark), read_as("old"))):
        change(database_url, f"UPDATE bank_notes SET tokens = replace(tokens, '{now}', '{before}')")  # noqa: S608  # ours
    async with real.units(here, reading=True) as work:
        assert set(await work.bank.outdated(9)) == {kept.note, other.note}
        assert len(await work.bank.outdated(1)) == 1
    async with real.units(await real.workspace("team:T2"), reading=True) as work:
        assert await work.bank.outdated(9) == []
    await reread_all(real.units, real.directory, 0)
    assert await found(real, here, "transport") == [kept.note]
    assert await reread(real.units, here, 0) == 0
    async with real.units(here, reading=True) as work:
        assert (await work.bank.known(["", "ensom"], ()))[""] == 2
        assert await work.bank.get(kept.note) == kept


async def test_where_many_have_the_words_the_strongest_are_found(real: Storage) -> None:
    here = await real.workspace()
    words = ("haver", "bænke", "drivhus", "kompost")
    many: list[Entry] = []
    for number in range(310):
        title = " ".join(words) if number == 7 else f"Referat {number}"
        left_out = words[number % 4]
        tools = ["Spade og rive."] if number < 210 else []
        said = [f"Der var {word} i nummer {number}." for word in words if word != left_out or number == 7]
        many.append(
            an_entry(a_note(title, *said, *tools, summary=["Et møde."] if number % 2 else said[:1]), days_ago=number)
        )
    # In every note, and once in a title.
    await put(real, here, *many, an_entry("Kompost"))
    # What came at once is sorted into PostgreSQL's index soon; until then it is found as well.
    assert real.database is not None
    if not real.database.is_sqlite:
        await real.database.sorting.finished()
        url = real.database.url.render_as_string(hide_password=False)
        assert rows_of(url, "SELECT gin_clean_pending_list('bank_search')") == [(0,)]
    first = await asked(real, here, "kompost")
    assert first.ranked[0].score > first.ranked[-1].score
    assert await titles_of(real, here, first, 2) == {"Kompost", " ".join(words)}
    whole = await asked(real, here, " ".join(words))
    assert whole.ranked[0].note == many[7].note
    assert whole.whole == 1
    assert (await asked(real, here, "haver bænke")).whole > 50
    assert await found(real, here, Question("kompost", theme="ageing")) == []
    assert (await found(real, here, "referat 11 haver"))[0] == many[11].note
    for typed in (
        "kompost",
        "referat",
        "haver bænke",
        "spade rive kompost",
        "referat 250",
        "nummer haver drivhus",
        "bæknen møde",
    ):
        best = await asked(real, here, typed)
        assert [one.score for one in best.ranked[:10]] == await by_ranking_all(real, here, best), typed


async def by_ranking_all(storage: Storage, here: WorkspaceId, found: Search) -> Sequence[float]:
    """What the ten best are worth of every note that has any of the words."""
    forms = tuple({form.term for one in found.read.asked for form in one.forms})
    async with storage.units(here, reading=True) as work:
        every = await work.bank.candidates((forms,), 10_000)
    return [one.score for one in ranked(every, weighty(found.read.asked, found.read.known))[:10]]


async def titles_of(storage: Storage, here: WorkspaceId, found: Search, first: int) -> set[str]:
    async with storage.units(here, reading=True) as work:
        entries = await work.bank.many([one.note for one in found.ranked[:first]])
    return {one.content.title for one in entries.values()}
