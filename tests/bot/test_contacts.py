"""The cards of those whom no room can hold together, in the cases that a dialogue seldom meets."""

from dataclasses import replace
from zoneinfo import ZoneInfo

from bot.deliveries.letters import Reading, writers
from bot.identity import Account, MemberId, WorkspaceId, new_id
from bot.introductions.contacts import contacts_of, how_to_reach
from bot.introductions.domain import Intro, IntroState
from bot.introductions.kinds import ContactCard
from bot.introductions.letters import LETTERS
from bot.introductions.reaching import are_apart, called
from bot.introductions.seeing import see
from bot.linking.codes import LETTERS as CODE_LETTERS
from bot.linking.codes import new_code, read_code, shown
from bot.members.domain import Consent, Member, WorkspaceOptions
from bot.messages.elements import Bullets, Paragraph
from bot.messages.text import flat
from bot.words import Languages
from tests.fakes import Memory
from tests.storage_values import NOW, an_intro

WORDS = Languages.load().words("en", ZoneInfo("Europe/Copenhagen"))


def somebody(name: str, *accounts: Account) -> Member:
    return Member(MemberId(new_id()), name, "Org", "research", accounts=accounts, consent=Consent.YES)


ANNA, BO = somebody("Anna", Account("slack", "U1")), somebody("Bo", Account("discord", "7"))


async def academy(*people: Member, state: IntroState = IntroState.OPENED) -> tuple[Memory, WorkspaceId, Intro]:
    memory = Memory()
    here = (await memory.directory.ensure("guild:5", "Broen", WorkspaceOptions())).id
    intro = replace(an_intro(people[0].id, people[1].id, state=state), round=None, room=None)
    async with memory.units(here) as work:
        await work.members.put_all(people)
        await work.rounds.add_intros([intro])
        await work.commit()
    return memory, here, intro


async def ways(to: Member) -> str:
    memory, here, intro = await academy(ANNA, to)
    async with memory.units(here, reading=True) as work:
        element = how_to_reach(to, await contacts_of(work, intro, ANNA.id, NOW), WORDS)
    if isinstance(element, Bullets):
        return "; ".join(flat(item) for item in element.items)
    assert isinstance(element, Paragraph)
    return flat(element.text)


async def test_every_way_that_is_open() -> None:
    assert await ways(BO) == "On Discord as Bo, in Broen"
    assert "I know no address of Carl." in await ways(somebody("Carl", Account("slack", "U2")))
    assert await ways(somebody("Dorte")) == "I know no address of Dorte. Write a line here, and I take it over."
    shows = replace(somebody("Else"), email="else@example.org", shares_email=True)
    assert await ways(shows) == "By e-mail: else@example.org"


async def test_a_contact_card_of_an_introduction_that_is_not_open_is_not_sent() -> None:
    memory, here, intro = await academy(ANNA, BO, state=IntroState.LAPSED)
    async with memory.units(here, reading=True) as work:
        reading = Reading(work, WORDS, await work.vocabulary.options(), NOW, ANNA)
        assert await writers(LETTERS)[ContactCard](reading, ContactCard(intro.id, ANNA.id)) is None


async def test_who_is_apart() -> None:
    memory, here, intro = await academy(ANNA, BO, state=IntroState.ACCEPTED)
    async with memory.units(here, reading=True) as work:
        seen = await see(work, intro, ANNA.id, NOW)
        assert replace(seen, platforms=frozenset({"slack", "discord"})).is_apart()
        assert not seen.is_apart()
        assert not (await see(work, intro, None, NOW)).is_apart()
    both = frozenset({"slack", "discord"})
    assert are_apart([ANNA, BO], both)
    assert not are_apart([ANNA], both)
    assert not are_apart([ANNA, somebody("Nobody")], both)
    assert not are_apart([ANNA, BO], frozenset({"slack"}))
    rostered = [replace(one, accounts=(*one.accounts, Account("web", one.name))) for one in (ANNA, BO)]
    assert are_apart(rostered, both)
    assert called("teams") == "teams"


def test_codes_are_easy_to_read() -> None:
    made = {new_code() for _ in range(50)}
    assert len(made) == 50
    for code in made:
        assert set(code) <= set(CODE_LETTERS)
        assert read_code(f" {shown(code).lower()} ") == code
