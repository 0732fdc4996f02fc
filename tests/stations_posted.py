"""What dialogues about stations that are planned and posted have in common."""

from tests.introductions_talk import Answer
from tests.stations_talk import Gathered


async def planned(made: Gathered, line: str = "/camp stations 3") -> Answer:
    shown = await made.olga.types(line)
    assert "Stations for Camp 3" in shown.text, shown.text
    return shown


async def posted(made: Gathered) -> Answer:
    shown = await planned(made)
    look = await made.olga.presses(shown.buttons["Look at what people get"])
    done = await made.olga.presses(look.buttons["Post the stations"])
    await made.academy.delivers()
    return done


def everybody_once(made: Gathered, groups: list[set[str]], *but: str) -> bool:
    seated = [first for group in groups for first in group]
    return sorted(seated) == sorted(set(made.names) - set(but))


async def changed(made: Gathered, shown: Answer, **filled: str) -> Answer:
    form = (await made.olga.presses(shown.buttons["Move, swap, keep together …"])).form
    ids = {key: str(made.academy.ids.get(value, value)) for key, value in filled.items()}
    return await made.olga.fills(form, **({"station": "", "other": ""} | ids))
