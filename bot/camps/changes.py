"""What people hear of a camp, as facts that can be compared: what has changed since they last heard. Pure."""

from collections.abc import Mapping

from bot.camps.domain import Camp
from bot.camps.programme import as_typed

# In the order in which they are told.
NAME, DAY, HOURS, CHECK_IN, PLACE, HOST, PROGRAMME = "name", "day", "hours", "check_in", "place", "host", "programme"
_KEPT = 5  # tellings; an older letter that is still on its way has nothing to say any more


def facts_of(camp: Camp) -> Mapping[str, str]:
    """What somebody who comes has to know."""
    return {
        NAME: camp.name,
        DAY: camp.day.isoformat(),
        HOURS: f"{camp.begins:%H.%M}-{camp.ends:%H.%M}",
        CHECK_IN: "" if camp.check_in is None else f"{camp.check_in:%H.%M}",
        PLACE: camp.place,
        HOST: camp.host,
        PROGRAMME: as_typed(camp.programme),
    }


def changed_since(before: Mapping[str, str], camp: Camp) -> Mapping[str, tuple[str, str]]:
    """Which facts are others than before, each with what it was and is; none where nobody has heard anything yet."""
    facts = facts_of(camp)
    return {name: (before.get(name, ""), fact) for name, fact in facts.items() if before and before.get(name) != fact}


def with_news(camp: Camp, change: str) -> Mapping[str, Mapping[str, str]]:
    """What people knew before this change is kept with it, so that whoever writes to them can say what is new."""
    latest = dict(list(camp.news.items())[-(_KEPT - 1) :])
    return {**latest, change: dict(camp.told)}
