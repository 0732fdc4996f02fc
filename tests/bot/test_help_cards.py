"""The card of all commands is made once for each way of speaking and each kind of reader."""

from zoneinfo import ZoneInfo

from bot.help import HelpCards, command_card, help_card, whole_commands
from bot.identity import MemberId, new_id
from bot.members.domain import Member, Role
from bot.messages.elements import Bullets, Card
from bot.messages.text import flat
from bot.words import Languages
from commands import COMMANDS


def test_it_is_the_same_card_for_the_same_reader_and_another_for_others() -> None:
    languages, helps, zone = Languages.load(), HelpCards(), ZoneInfo("Europe/Copenhagen")
    member = Member(MemberId(new_id()), "Lise", "Huset", "research")
    organiser = Member(MemberId(new_id()), "Gert", "Huset", "research", role=Role.ORGANISER)
    danish, english = languages.words("da", zone), languages.words("en", zone)
    first = helps.card(COMMANDS, member, danish)
    assert first == help_card(COMMANDS, member, danish)
    assert helps.card(COMMANDS, member, languages.words("da", ZoneInfo("UTC"))) is first
    assert helps.card(COMMANDS, organiser, danish) == help_card(COMMANDS, organiser, danish) != first
    assert helps.card(COMMANDS, member, english) == help_card(COMMANDS, member, english) != first


def test_no_whole_line_is_shown_where_each_option_is_a_field() -> None:
    languages, zone = Languages.load(whole=whole_commands(COMMANDS)), ZoneInfo("Europe/Copenhagen")
    member = Member(MemberId(new_id()), "Lise", "Huset", "research")
    poll = next(one for one in COMMANDS if one.name == "poll")

    def lines(card: Card) -> str:
        return "\n".join(
            flat(line) for element in card.elements if isinstance(element, Bullets) for line in element.items
        )

    assert "multiple:2" in lines(command_card(poll, member, languages.words("da", zone, ("slack",))))
    assert '"' not in lines(command_card(poll, member, languages.words("da", zone, ("discord",))))
