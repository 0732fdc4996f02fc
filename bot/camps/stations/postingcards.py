"""What an organiser sees around posting stations: how long a plan takes, what people would get, what is on its way."""

from collections.abc import Sequence

from bot.camps.domain import Camp
from bot.camps.stations.actions import PostStations, ShowStations
from bot.camps.stations.cards import differences, show_here
from bot.camps.stations.domain import StationPlan
from bot.camps.stations.membercards import own_station_card
from bot.camps.stations.seeing import StationsView
from bot.camps.stations.service import Posted
from bot.camps.stations.workshop import StillPlanning
from bot.messages.elements import (
    Accent,
    Button,
    Buttons,
    Card,
    Divider,
    Element,
    Footnote,
    Heading,
    Paragraph,
    Weight,
)
from bot.messages.text import plain
from bot.words import Words

_BLOCKS = 20
# Seconds after which even very many people are spread.
_LONGEST = 20


def planning_card(waiting: StillPlanning, words: Words) -> Card:
    """It takes a little longer; the bar is about right."""
    title = words.say("I am planning the stations")
    done = min(_BLOCKS - 1, round(_BLOCKS * waiting.seconds / _LONGEST))
    told = words.count(
        "{people} people, and I have been looking for {number} second. It rarely takes more than {most}.",
        "{people} people, and I have been looking for {number} seconds. It rarely takes more than {most}.",
        round(waiting.seconds),
        people=waiting.people,
        most=_LONGEST,
    )
    return Card(
        title,
        (
            Heading(title),
            Paragraph(plain("█" * done + "░" * (_BLOCKS - done))),
            Paragraph(plain(told)),
            Footnote(plain(words.say("I write to you when they are ready."))),
            Buttons((Button(words.say("Look again"), ShowStations(waiting.camp, 1), Weight.MAIN),)),
        ),
    )


def ready_card(camp: Camp, plan: StationPlan, words: Words) -> Card:
    """A plan that took a while is ready."""
    title = words.say("The stations for {camp} are ready", camp=camp.name)
    look = Button(words.say("Look at the stations"), ShowStations(plan.camp, 1), Weight.MAIN)
    said = words.say("Nobody hears of anything here before you post it.")
    return Card(title, (Heading(title), Buttons((look,)), Footnote(plain(said))), Accent.ASK)


def preview_card(view: StationsView, words: Words) -> Card:
    """What people would be told, as one of them gets it; nothing has gone yet."""
    plan, changes = view.plan, view.touched
    title = words.say("This is what people get")
    back = Button(words.say("Back to the stations"), ShowStations(plan.camp, 1))
    if plan.is_told():
        said = words.say("Everybody knows their station already. Nothing has changed since.")
        return Card(title, (Heading(title), Paragraph(plain(said)), Buttons((back,))))
    elements: list[Element] = [Heading(title)]
    sample = next(iter([*changes.placed, *changes.beside]), None)
    if sample is not None:
        elements += [
            *own_station_card(view.camp, plan.stations, sample, view.people, view.naming, words).elements,
            Divider(),
        ]
    elements += [
        Paragraph(plain(line)) for line in _told(len(changes.placed), len(changes.beside), len(changes.out), words)
    ]
    elements += [Paragraph(plain(line)) for line in differences(view, words)]
    post = Button(words.say("Post the stations"), PostStations(plan.camp, plan.revision), Weight.MAIN)
    elements.append(Buttons((post, back)))
    return Card(title, tuple(elements), Accent.ASK)


def posted_card(done: Posted, words: Words, *, in_channel: bool = False) -> Card:
    """They are on their way."""
    title = words.say("The stations are on their way")
    elements: list[Element] = [Heading(title)]
    elements += [Paragraph(plain(line)) for line in _told(done.placed, done.beside, done.out, words)]
    if done.places:
        elements.append(
            Paragraph(
                plain(
                    words.count(
                        "What stands in {number} channel changes as well.",
                        "What stands in {number} channels changes as well.",
                        done.places,
                    )
                )
            )
        )
    remembered = words.say("I remember who sits together, so that no round introduces them to each other soon.")
    elements.append(Footnote(plain(remembered)))
    buttons = [Button(words.say("Back to the stations"), ShowStations(done.view.camp.id, 1))]
    if in_channel:
        buttons.append(show_here(done.view, words))
    elements.append(Buttons(tuple(buttons)))
    return Card(title, tuple(elements), Accent.GOOD)


def dropped_card(words: Words) -> Card:
    """The plan is gone."""
    said = words.say("Thrown away. Nobody has heard of these stations.")
    return Card(said, (Paragraph(plain(said)),))


def _told(placed: int, beside: int, out: int, words: Words) -> Sequence[str]:
    lines: list[str] = []
    if placed:
        lines.append(
            words.count(
                "{number} person gets a private message with their station.",
                "{number} people get a private message with their station.",
                placed,
            )
        )
    if beside:
        lines.append(
            words.count(
                "{number} person stays and has others beside them: their card changes where it stands.",
                "{number} people stay and have others beside them: their cards change where they stand.",
                beside,
            )
        )
    if out:
        lines.append(
            words.count(
                "{number} person has no station any more; their card says so.",
                "{number} people have no station any more; their cards say so.",
                out,
            )
        )
    return lines
