"""A challenge on Slack and on Discord, through the genuine clients: from the form to the answer on the card and the draft."""

import asyncio
from dataclasses import replace

from bot.deliveries.courier import Courier
from bot.identity import WorkspaceId
from bot.interactions import Tables
from bot.members.domain import Consent, Member
from bot.notes.domain import NoteState
from bot.words import Languages
from commands import challenge, note
from tests.adapters.discord_academy import member_of as discord_member
from tests.adapters.discord_academy import opened_house as discord_house
from tests.adapters.poll_house import courier
from tests.adapters.slack_academy import member_of as slack_member
from tests.adapters.slack_academy import opened_house as slack_house
from tests.fakes import Memory

TABLES: Tables = (
    (challenge.COMMAND, note.COMMAND),
    (*challenge.ACTIONS, *note.ACTIONS),
    (*challenge.FORMS, *note.FORMS),
)
QUESTION = "What does it take for a senior to have somebody to eat with?"


async def the_card_follows(post: Courier) -> None:
    """A conversation's pace is one message a second."""
    await asyncio.sleep(1.1)
    await post.run_once()


async def drafts(memory: Memory, workspace: WorkspaceId) -> list[str]:
    async with memory.units(workspace, reading=True) as work:
        found = await work.notes.in_states((NoteState.DRAFT,))
    return [one.text for note_ in found for one in note_.content.ideas]


async def works_on_ageing(memory: Memory, workspace: WorkspaceId, member: Member) -> None:
    """They may be asked, for a theme of theirs."""
    async with memory.units(workspace) as work:
        await work.members.put(
            replace(member, sector="research", themes=("ageing",), consent=Consent.YES, language="da")
        )
        await work.commit()


async def test_on_slack(languages: Languages) -> None:
    async with slack_house("socket", languages, served=TABLES) as house:
        post = courier(house.memory, house.chat(), languages, house.front.clock)
        anna, bo = house.anna, house.bo
        await anna.types("/challenge", "", house.general)
        await anna.until_modal("New challenge")
        await anna.fills(
            {
                "What do you want to ask?": QUESTION,
                "How do you see it yourselves?": "Many eat alone. <!channel>",
                "What is it about?": ["ageing"],
            }
        )
        await anna.submits()
        await anna.until_sees("This is how it will look")
        await anna.presses("Post it")
        await anna.until_sees("Your challenge is open")
        await house.settled()
        await post.run_once()
        await bo.until_sees(QUESTION)
        await bo.presses("Svar", house.general.messages[-1])
        await bo.until_modal("Udelad borgeres navne")
        await bo.fills({"Hvilke løsninger foreslår I?": "A table at the sports hall."})
        await bo.submits()
        await bo.until_sees("Om lidt står dit svar på kortet")
        await house.settled()
        await the_card_follows(post)
        await anna.until_sees("1 har svaret.")
        await anna.until_sees("A table at the sports hall.")
        await works_on_ageing(house.memory, house.workspace.id, slack_member(house.carla, "Byens Køkken"))
        await anna.presses("Whom could I ask?")
        await anna.until_sees("Carla Ø (")
        await anna.chooses("Take somebody off the list", ["Carla Ø"])
        await anna.until_sees("you have taken them off the list")
        await anna.chooses("Put somebody back on it", ["Carla Ø"])
        await anna.until_sees("Ask this one")
        await anna.presses("Ask this one")
        await anna.until_sees("I am asking 1 person.")
        await post.run_once()
        carla = house.carla
        await carla.until_sees("vil gerne vide, hvad du ser")
        await anna.presses("Close the challenge")
        await anna.until_sees("The draft of a case note is ready")
        await house.settled()
        await the_card_follows(post)
        await carla.until_sees("Den er lukket nu.")
        assert await drafts(house.memory, house.workspace.id) == ["A table at the sports hall."]
        assert house.slack.problems == []


async def test_on_discord(languages: Languages) -> None:
    async with discord_house(languages, served=TABLES) as house:
        here = (await house.workspace()).id
        house.front.chats(here)
        post = courier(house.memory, house.chats[here], languages, house.front.clock)
        anna, bo = house.anna, house.bo
        await anna.types("/challenge new", house.general, question=QUESTION, view="Many eat alone. @everyone")
        await anna.until_sees("This is how it will look")
        await anna.presses("Post it")
        await anna.until_sees("Your challenge is open")
        await house.settled()
        await post.run_once()
        await bo.until_sees(QUESTION)
        await bo.presses("Svar")
        await bo.until_modal("Dit svar")
        await bo.fills({"Hvilke løsninger foreslår I?": "Et bord i hallen."})
        await bo.submits()
        await bo.until_sees("Tak!")
        await house.settled()
        await the_card_follows(post)
        await anna.until_sees("Et bord i hallen.")
        await anna.types("/challenge list", house.general)
        await anna.until_sees("Look at one")
        await anna.chooses("Look at one", QUESTION)
        await house.settled()
        await works_on_ageing(house.memory, here, discord_member(house.carla, "Byens Køkken"))
        await anna.presses("Whom could I ask?")
        await anna.until_sees("Ask this one")
        await anna.chooses("Take somebody off the list", ["Carla Ø"])
        await anna.until_sees("you have taken them off the list")
        await anna.presses("How it stands")
        await house.settled()
        await anna.presses("Close the challenge")
        await house.settled()
        await anna.until_sees("1 answer, ")
        await anna.presses("Close it")
        await anna.until_sees("The draft of a case note is ready")
        assert await drafts(house.memory, here) == ["Et bord i hallen."]
        assert house.discord.problems == []
