"""A house that speaks Slack and Discord at once, for the stories with members on both."""

from pathlib import Path

from tests.emulators.discord import DiscordEmulator
from tests.emulators.slack import SlackEmulator
from tests.emulators.slack_team import Team
from tests.end_to_end.houses import database
from tests.end_to_end.slack_town import hearing
from tests.end_to_end.town import Place


def on_both(
    folder: Path, port: int, slack: SlackEmulator, team: Team, discord: DiscordEmulator, organisers: str
) -> Place:
    """The settings of a house on one team and on whatever servers the bot is in; Slack is heard over a socket."""
    settings = {
        "DATABASE_URL": database(folder),
        "SLACK_API_URL": slack.api_url,
        "SLACK_BOT_TOKEN": team.token_value,
        "DISCORD_API_URL": discord.api_url,
        "DISCORD_TOKEN": discord.token,
        "BROBYGGER_ORGANISERS": organisers,
        **hearing(slack, "socket"),
    }
    return Place(folder, port, settings)
