"""What people type in Slack beside words: names and channels, which Slack turns into ids; and commands with a prefix."""

import asyncio
import json
from pathlib import Path

from tests.emulators.slack import SlackEmulator
from tests.end_to_end.houses import brobygger, free_port
from tests.end_to_end.slack_town import for_one_team, town

SOON = 30.0  # seconds; a busy machine is slow, and nothing here is about speed


async def test_names_channels_and_a_prefix(tmp_path: Path) -> None:
    made = brobygger(tmp_path, "slack", "manifest", "--prefix", "bro")
    async with SlackEmulator(manifest=json.loads(made.stdout)) as slack:
        here = town(slack, "Akademiet")
        place = for_one_team(tmp_path, free_port(), here, "socket")
        place.settings["BROBYGGER_PREFIX"] = "bro"
        anna, bo, aase, _ = here.people
        # Slack is played in this process, so it has to stay free to answer.
        told = (await asyncio.to_thread(brobygger, tmp_path, "doctor", **place.settings)).stdout
        assert "SLACK_BOT_TOKEN: the bot of the workspace “Akademiet”\n" in told
        assert "SLACK_APP_TOKEN: opens a socket\n" in told
        assert here.team.token_value not in told
        async with place.open():
            # A member by name, as Slack writes it.
            await anna.types("/bro-akademi", f"tovholder @{aase.name}", here.general)
            await anna.until_sees(f"{aase.name} er tovholder nu.", SOON)
            await aase.until_sees("Du er tovholder nu.", SOON)
            await anna.types("/bro-academy", f"organiser @{here.team.person('Eva Ny').name}", here.general)
            await anna.until_sees("De kan skrive /bro-profil og fortælle mig", SOON)
            # A name, a channel and an address within words are words.
            await anna.types(
                "/bro-akademi", f'tema mad "{aase.name} og @{aase.name} i #general" "<b> & food"', here.general
            )
            await anna.until_sees(f"{aase.name} og @{aase.name} i #general", SOON)
            # What the bot says has the prefix, and so have its hints.
            await bo.types("/bro-help", "", here.general)
            await bo.until_sees("/bro-profil pause", SOON)
            await bo.types("/bro-profil", "pausse", here.general)
            await bo.until_sees("Mente du /bro-profil pause?", SOON)
            assert [line for line in bo.sees() if " /profil" in line] == []
        assert slack.problems == []
