"""Known personal data is told to the house on Slack and on Discord, in bold and in italics, in files, forms and profiles, over
PostgreSQL; and looked for in everything that leaves the process, and in everything that is kept."""

import zipfile
from collections.abc import Iterator
from pathlib import Path

import httpx

from tests import databases
from tests.canary_house import CANARIES
from tests.emulators.discord import DiscordEmulator
from tests.emulators.discord_person import Person as DiscordPerson
from tests.emulators.discord_state import Channel as DiscordChannel
from tests.emulators.openai_server import OpenaiServer, openai_server, texts
from tests.emulators.slack import SlackEmulator
from tests.emulators.slack_methods_files import given_file
from tests.emulators.slack_person import Person as SlackPerson
from tests.emulators.slack_state import Channel as SlackChannel
from tests.end_to_end.discord_town import emulated as emulated_discord
from tests.end_to_end.slack_town import emulated as emulated_slack
from tests.end_to_end.town import Place
from tests.end_to_end.trouble_windows import until
from tests.end_to_end.two_towns import on_both

SOON = 30.0  # seconds; a busy machine is slow, and nothing here is about speed
FILE = "Karla Brodersen 010190-1234.pdf"
# Of the citizen and her family; what members are called, they may read of each other.
CITIZEN = [one for one in CANARIES if one not in {"margrethe", "vestervang", "magrethe", "thorbjørn", "skovfoged"}]
ON_SLACK = (
    "Karla Brodersen, CPR *010190-1234*, kan ikke få en bolig. Hun bor på _Rosenvænget 14_, 2610 Rødovre.",
    "Ring til _20123456_ eller ~+45 31 41 59 26~. Søsteren hedder *Birgitte Lundsgaard*.",
    "Skriv til _k.b@example.dk_. Hendes søn er *311299-4321*.",
    "Vi aftaler, at Vestervang taler med boligforeningen på mandag om *Karla Brodersens* bolig.",
)
ON_DISCORD = (
    "__Karla Brodersen__, CPR **010190-1234**, har brug for en bolig nær ||Rosenvænget 14, 2610 Rødovre||.",
    "Ring til ***20 12 34 56*** eller `31415926`. Søsteren er ~~Birgitte Lundsgaard~~.",
    "Vi aftaler, at Skovfoged skriver til *k.b@example.dk* om sønnen _311299-4321_.",
)
TYPED = "hjælp til Karla Brodersen, ring 20 12 34 56, CPR 010190-1234"
ROSTER = (
    "id,name,organisation,sector,themes,needs,offers,language,email,slack_id,discord_id\n"
    f"1,Margrethe Vestervang,Rødovre Kommune,municipality,loneliness,{TYPED.replace(',', '')},funding,da,k.b@example.dk,{{0}},\n"
    "2,Thorbjørn Skovfoged,Hallen,business,loneliness,funding,premises,da,,,{1}\n"
    "3,Olga Mikkelsen,Nordfonden,foundation,loneliness,ideas,funding,da,,{2},\n"
)


async def on_slack(margrethe: SlackPerson, olga: SlackPerson, general: SlackChannel) -> None:
    """A thread with a file becomes a public note that the model has written; and much else is typed."""
    root = await margrethe.writes(ON_SLACK[0], general)
    said = root
    for place, text in enumerate(ON_SLACK[1:]):
        said = await (olga if place % 2 else margrethe).writes(text, general, thread=root)
    said.files = [given_file(margrethe.parts.world, margrethe.team, said.user, FILE, b"x").id]
    await margrethe.uses_shortcut("Lav casenotat", root)
    await written(margrethe)
    await margrethe.presses("Udgiv …")
    await margrethe.until_modal("Hvem må se notatet?", SOON)
    await margrethe.fills({"Hvem må se det?": "offentligheden: alle, også på nettet"})
    await margrethe.submits()
    await margrethe.until_sees("Sådan ser andre det", SOON)
    await margrethe.presses("Udgiv")
    await margrethe.until_sees("Det er udgivet i akademiet", SOON)
    await olga.until_sees("Et casenotat bygger på en samtale", SOON)
    for command, text in (
        ("/poll", f'"Hvad gør vi for {TYPED}?" "Ringer til Karla" "Skriver til k.b@example.dk"'),
        ("/find", TYPED),
        ("/match", f'find "{TYPED}"'),
        ("/note", f'since:"{TYPED}"'),
        ("/camp", f'nonsense "{TYPED}"'),
    ):
        await olga.types(command, text, general)
    await margrethe.types("/note", "text", general)
    await margrethe.until_modal("Notat af en samtale", SOON)
    pasted = "\n".join(f"Margrethe: {text}" for text in ON_SLACK).encode()
    await margrethe.fills({"Eller vælg en fil": [(FILE.replace("pdf", "txt"), pasted)]})
    await margrethe.submits()
    await written(margrethe)


async def on_discord(thorbjorn: DiscordPerson, there: DiscordChannel) -> None:
    """A thread with a file becomes a note that the model has written."""
    first = await thorbjorn.writes(ON_DISCORD[0], there)
    thread = await thorbjorn.opens_thread("Karla Brodersen", first)
    await thorbjorn.writes(ON_DISCORD[1], thread)
    await thorbjorn.writes(ON_DISCORD[2], thread, files=[(FILE, b"x")])
    await thorbjorn.uses_menu("Lav casenotat", first, there)
    await written(thorbjorn)
    await thorbjorn.types("/find", there, words=TYPED)


async def written(somebody: SlackPerson | DiscordPerson) -> None:
    """Says yes to what the model is to get, and has its draft."""
    await somebody.until_sees("Lad sprogmodellen skrive", SOON)
    await somebody.presses("Lad sprogmodellen skrive")
    await somebody.until_sees("Må sprogmodellen få det her?", SOON)
    await somebody.presses("Send det")
    await somebody.until_sees("Sprogmodellen har skrevet sit udkast", SOON)


async def pages(address: str) -> list[str]:
    """What a stranger sees, of what there is and of what there is not."""
    bank = ("", "?q=bolig", "/feed.atom", "/notes.json", "/notes.csv", "/notes.md", "/nobody", "/nobody/nothing")
    paths = [*(f"/bank{path}" for path in bank), "/sitemap.xml", "/robots.txt", "/metrics", "/healthz", "/readyz", "/x"]
    async with httpx.AsyncClient(base_url=address, follow_redirects=True) as client:
        return [f"{path}\n{(one := await client.get(path)).headers}\n{one.text}" for path in paths]


def kept(url: str) -> list[str]:
    """Every row of every table."""
    tables = databases.rows_of(url, "SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
    every: list[str] = []
    for (table,) in tables:
        statement = f'SELECT t::text FROM "{table}" t'  # noqa: S608 - a name that the database gave
        every += [f"{table}: {row[0]}" for row in databases.rows_of(url, statement)]
    return every


def unpacked(backup: Path) -> Iterator[str]:
    """What stands in a copy of the database."""
    with zipfile.ZipFile(backup) as copy:
        for name in copy.namelist():
            yield f"{name}\n{copy.read(name).decode('utf-8', 'replace')}"


def leaks(way: str, said: list[str], sought: list[str]) -> list[str]:
    everything = "\n".join(said).casefold()
    return [f"{way}: {one}" for one in sought if one in everything]


async def test_nothing_personal_leaves_the_house_by_any_door(tmp_path: Path, postgres_url: str) -> None:
    with openai_server() as model:
        async with emulated_slack(tmp_path, "socket") as (slack, port), emulated_discord() as discord:
            found = await played(tmp_path, postgres_url, model, slack, port, discord)
    assert found == []


async def played(
    folder: Path, url: str, model: OpenaiServer, slack: SlackEmulator, port: int, discord: DiscordEmulator
) -> list[str]:
    team, guild = slack.team("Akademiet", installed=True), discord.guild("Akademiets server")
    margrethe = team.person("Margrethe Vestervang", locale="da-DK", tz="Europe/Copenhagen")
    olga = team.person("Olga Mikkelsen", locale="da-DK", tz="Europe/Copenhagen")
    thorbjorn = guild.person("Thorbjørn Skovfoged", locale="da")
    general, there = team.channel("general", margrethe, olga), guild.named("general")
    assert there is not None
    place: Place = on_both(folder, port, slack, team, discord, f"slack:{margrethe.id},slack:{olga.id}")
    place.settings.update(
        DATABASE_URL=url,
        BROBYGGER_SECRET_KEY=databases.TEST_KEY,
        BROBYGGER_MEANING="server",
        OPENAI_BASE_URL=model.base,
        OPENAI_MODEL="small",
        OPENAI_EMBEDDING_MODEL="vectors",
    )
    place.brings_in(ROSTER.format(margrethe.id, thorbjorn.id, olga.id), 3)
    async with place.open():
        await discord.connected()
        await thorbjorn.until(lambda: thorbjorn.commands(there), SOON)
        await on_slack(margrethe, olga, general)
        await on_discord(thorbjorn, there)
    databases.change(url, "UPDATE schedules SET start = '2026-01-01T00:00:00' WHERE kind = 'note_due'")
    databases.change(url, "UPDATE schedules SET next_at = '2026-01-01' WHERE kind = 'note_due'")
    async with place.open() as house:
        await margrethe.until_sees("Dit casenotat er offentligt", SOON)
        await until(lambda: databases.rows_of(url, "SELECT count(*) FROM note_waiting") == [(0,)])
        seen = await pages(house.address)
        assert sum("bolig" in page for page in seen) >= 6
        databases.change(url, "ALTER TABLE bank_notes RENAME TO mislaid")
        seen += await pages(house.address)
        databases.change(url, "ALTER TABLE mislaid RENAME TO bank_notes")
    # What members say of themselves may be looked up, and goes with them; all else is sealed, or names nobody.
    notes = [row for row in kept(url) if not row.startswith("members: ")]
    for member in ("1", "2"):
        place.line("members", "erase", member)
    backup = folder / "copy"
    place.line("database", "backup", str(backup))
    assert slack.problems == []
    assert discord.problems == []
    assert len(model.asked) >= 3
    assert any("/embeddings" in one or '"input"' in one for one in texts(model))
    hers = [one.text for one in olga.direct.messages if one.user != olga.id]
    return [
        *leaks("model", list(texts(model)), list(CANARIES)),
        *leaks("log", [log.read_text("utf-8") for log in folder.glob("*.log")], list(CANARIES)),
        *leaks("page", seen, list(CANARIES)),
        *leaks("told", hers, CITIZEN),
        *leaks("sealed", notes, list(CANARIES)),
        *leaks("kept", kept(url), list(CANARIES)),
        *leaks("backup", list(unpacked(backup)), list(CANARIES)),
    ]
