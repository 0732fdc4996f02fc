"""``/match schedule``: the weekly rule. What was understood is shown first; nothing changes before the button."""

from datetime import time

from bot.errors import NotThere, phrase
from bot.interactions import Call
from bot.introductions.actions import SetWeekly, StopWeekly
from bot.introductions.weekly import WeeklyRule
from bot.introductions.weeklycards import no_rule_card, rule_card, understood_card
from bot.messages.elements import Card
from bot.messages.replies import Private, Replace, Replies
from bot.schedules.domain import CatchUp, Schedule
from bot.times import Weekly, read_weekly


async def schedule(call: Call) -> Replies:
    """The rule as it stands; with ``every``, what the new one would be."""
    weekly = call.services.introductions.weekly
    current = await weekly.current(call.arrival.workspace)
    if not call.text("every"):
        card = no_rule_card(call.words) if current is None else _rule(call, current)
        return (Private(card),)
    approval = call.values.get("approval", True)
    rule = WeeklyRule(read_weekly(call.text("every")), approval is not False)
    wanted = await weekly.understood(call.arrival.workspace, rule, call.member.id)
    return (Private(understood_card(wanted, current, call.words, call.now)),)


async def confirm(call: Call, action: SetWeekly, _chosen: tuple[str, ...]) -> Replies:
    """It is to be like that."""
    if not (0 <= action.weekday <= 6 and 0 <= action.hour <= 23 and 0 <= action.minute <= 59):
        raise NotThere(phrase("There is no such time of day. Try for example: tuesday 09:00."))
    rule = WeeklyRule(Weekly(action.weekday, time(action.hour, action.minute)), action.approval != 0)
    written = await call.services.introductions.weekly.set(call.arrival.workspace, rule, call.member.id)
    return (Replace(_rule(call, written)),)


def _rule(call: Call, schedule: Schedule) -> Card:
    return rule_card(schedule, CatchUp(call.options.rounds_missed), call.words, call.now)


async def stop(call: Call, _action: StopWeekly, _chosen: tuple[str, ...]) -> Replies:
    """No more rounds by themselves."""
    await call.services.introductions.weekly.stop(call.arrival.workspace)
    return (Replace(no_rule_card(call.words)),)
