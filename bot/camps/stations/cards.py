"""What an organiser sees of stations: who sits where, how mixed it is, and what to do about it. Nothing is told before Post."""

from collections.abc import Iterable, Mapping, Sequence

from bot.camps.handover.actions import TickWhoCame
from bot.camps.stations.actions import (
    ChangeStations,
    DropStations,
    FitStations,
    FreeStations,
    LockStation,
    PostStationsHere,
    PreviewStations,
    RedrawStations,
    ShowStations,
    TakeStations,
)
from bot.camps.stations.domain import Pair, Station
from bot.camps.stations.membercards import station_name
from bot.camps.stations.seeing import StationsView, sectors_of
from bot.identity import MemberId
from bot.members.domain import Member
from bot.messages.elements import (
    Accent,
    Bullets,
    Button,
    Buttons,
    Card,
    Choice,
    Confirm,
    Divider,
    Element,
    Footnote,
    Heading,
    Paragraph,
    Select,
    Weight,
)
from bot.messages.text import Bold, Plain, plain, shortened
from bot.words import Words

# People, and stations, on one page at most; a station is never parted.
_PEOPLE, _STATIONS = 40, 8
_NAMED = 5
_WISHES = 3
_LABEL = 75


def stations_card(view: StationsView, words: Words, page: int = 1, *, in_channel: bool = False) -> Card:
    """One page of the stations. What concerns all of them stands on each page, in few words."""
    plan, every = view.plan, _pages(view.plan.stations)
    page = min(max(1, page), len(every))
    title = words.say("Stations for {camp}", camp=view.camp.name)
    elements: list[Element] = [Heading(title)]
    if view.note is not None:
        elements.append(Paragraph((Bold(words.tell(view.note)),)))
    elements += [Paragraph(plain(line)) for line in _summary(view, words)]
    elements.append(Divider())
    for number in every[page - 1]:
        elements += _station(view, number, words)
    elements += _turning(view, page, len(every), words)
    choices = tuple(Choice(str(number), _label(view, number, words)) for number in every[page - 1])
    lock = LockStation(plan.camp, plan.revision, page)
    elements.append(Select(words.say("Keep a station as it is, or let go of it"), lock, choices))
    elements.append(_decisions(view, words, in_channel=in_channel))
    elements.append(Footnote(plain(words.say("Nobody hears of anything here before you post it."))))
    return Card(title, tuple(elements), Accent.CALM if plan.is_told() else Accent.ASK)


def page_with(view: StationsView, member: MemberId) -> int:
    """The page with somebody's station; the first where they have none."""
    every = _pages(view.plan.stations)
    for page, numbers in enumerate(every, start=1):
        if any(member in view.plan.stations[number - 1].members for number in numbers):
            return page
    return 1


def _pages(stations: Sequence[Station]) -> list[list[int]]:
    pages: list[list[int]] = []
    people = 0
    for number, station in enumerate(stations, start=1):
        size = len(station.members)
        if not pages or people + size > _PEOPLE or len(pages[-1]) == _STATIONS:
            pages.append([])
            people = 0
        pages[-1].append(number)
        people += size
    return pages


def _summary(view: StationsView, words: Words) -> Sequence[str]:
    sizes = [len(station.members) for station in view.plan.stations]
    stations = words.count("{number} station", "{number} stations", len(sizes))
    people = words.count("{number} person", "{number} people", sum(sizes))
    lines = [f"{stations} · {people} · {_state(view, words)}"]
    if view.guests:
        lines.append(
            words.count(
                "{number} guest comes along, and sits with whoever brings them.",
                "{number} guests come along, and sit with whoever brings them.",
                sum(view.guests.values()),
            )
        )
    if max(sizes) - min(sizes) > 1:
        lines.append(
            words.say("The stations have between {least} and {most} people.", least=min(sizes), most=max(sizes))
        )
    lines.append(_mixed(view, words))
    lines += _cases_told(view, words)
    lines += differences(view, words)
    lines += _wishes(words.say("Together"), view.plan.together, view, words)
    lines += _wishes(words.say("Kept apart"), view.plan.apart, view, words)
    return lines


def _state(view: StationsView, words: Words) -> str:
    if view.plan.is_told():
        return words.say("people know of them")
    if view.plan.told_at is not None:
        return words.say("changed since people were told")
    return words.say("nobody knows of them yet")


def _mixed(view: StationsView, words: Words) -> str:
    told: list[str] = []
    if view.met:
        told.append(words.count("{number} pair met lately", "{number} pairs met lately", view.met))
    if view.colleagues:
        told.append(
            words.count("{number} pair from one organisation", "{number} pairs from one organisation", view.colleagues)
        )
    if not told:
        return words.say("Nobody sits with a colleague, or with somebody they met lately.")
    return words.say("At one station: {pairs}.", pairs=words.all_of(told))


def _cases_told(view: StationsView, words: Words) -> Sequence[str]:
    cases, stations = len(view.camp.cases), len(view.plan.stations)
    if cases > stations:
        return [
            words.count(
                "{number} case of the camp has no station.",
                "{number} cases of the camp have no station.",
                cases - stations,
            )
        ]
    return []


def differences(view: StationsView, words: Words) -> Sequence[str]:
    """Who has no station yet, who does not come any more, and who has not heard of theirs."""
    lines: list[str] = []
    if view.missing:
        lines.append(words.say("No station yet: {names}.", names=_names(view.missing, view.people, words)))
    if view.gone:
        lines.append(words.say("Not coming any more: {names}.", names=_names(view.gone, view.people, words)))
    if view.unreached:
        names = _names(view.unreached, view.people, words)
        lines.append(words.say("My message did not reach {names}. Tell them yourself.", names=names))
    return lines


def _wishes(label: str, pairs: Sequence[Pair], view: StationsView, words: Words) -> Sequence[str]:
    told = [words.all_of([_name(member, view.people, words) for member in pair]) for pair in pairs[:_WISHES]]
    more = len(pairs) - _WISHES
    if more > 0:
        told.append(words.count("{number} pair more", "{number} pairs more", more))
    return [f"{label}: {'; '.join(told)}."] if told else []


def _station(view: StationsView, number: int, words: Words) -> Sequence[Element]:
    station = view.plan.stations[number - 1]
    mix = words.all_of(
        [
            f"{many} {view.naming.sector(sector, words)}"
            for sector, many in sorted(
                sectors_of(station, view.people).items(), key=lambda entry: (-entry[1], entry[0])
            )
            if sector
        ]
    )
    people = words.count("{number} person", "{number} people", len(station.members))
    marks = f" [{words.say('stays as it is')}]" if station.locked else ""
    counted = f"{people}: {mix}" if mix else people
    head = Paragraph((Bold(station_name(number, station, words)), Plain(f"\n{counted}{marks}")))
    rows = [_row(member, view, words) for member in _by_name(station.members, view.people)]
    # A table would look like one on some platforms, and on others only as long as all its names are short.
    lines = tuple((Bold(name), Plain("".join(f" · {one}" for one in known if one))) for name, *known in rows)
    return (head, Bullets(lines)) if lines else (head,)


def _row(member: MemberId, view: StationsView, words: Words) -> tuple[str, str, str]:
    person = view.people.get(member)
    if person is None:
        return (_name(member, view.people, words), "", "")
    guests = view.guests.get(member, 0)
    name = f"{person.name} +{guests}" if guests else person.name
    return (name, person.organisation, view.naming.sector(person.sector, words))


def _by_name(members: Iterable[MemberId], people: Mapping[MemberId, Member]) -> Sequence[MemberId]:
    return sorted(members, key=lambda member: (people[member].name.casefold() if member in people else "", member))


def _turning(view: StationsView, page: int, last: int, words: Words) -> Sequence[Element]:
    if last == 1:
        return ()
    camp = view.plan.camp
    buttons: list[Button] = []
    if page > 1:
        buttons.append(Button(words.say("Previous page"), ShowStations(camp, page - 1)))
    if page < last:
        buttons.append(Button(words.say("Next page"), ShowStations(camp, page + 1)))
    return (Footnote(plain(words.say("Page {page} of {pages}", page=page, pages=last))), Buttons(tuple(buttons)))


def _decisions(view: StationsView, words: Words, *, in_channel: bool) -> Buttons:
    plan = view.plan
    camp, revision = plan.camp, plan.revision
    buttons: list[Button] = []
    if not plan.is_told():
        buttons.append(Button(words.say("Look at what people get"), PreviewStations(camp, revision), Weight.MAIN))
    elif in_channel:
        buttons.append(show_here(view, words))
    if view.begun:
        buttons.append(Button(words.say("Who is here?"), TickWhoCame(camp)))
    if view.missing or view.gone:
        buttons.append(Button(words.say("Bring up to date"), FitStations(camp, revision)))
    buttons += [
        Button(words.say("Draw again"), RedrawStations(camp, revision), Weight.PLAIN, _redraw_question(view, words)),
        Button(words.say("Move, swap, keep together …"), ChangeStations(camp, revision)),
    ]
    buttons.append(Button(words.say("As a file"), TakeStations(camp)))
    if plan.together or plan.apart or any(station.locked for station in plan.stations):
        buttons.append(Button(words.say("Let go of all locks"), FreeStations(camp, revision)))
    if plan.told_at is None:
        buttons.append(Button(words.say("Throw away"), DropStations(camp), Weight.DANGER, _drop_question(words)))
    return Buttons(tuple(buttons))


def show_here(view: StationsView, words: Words) -> Button:
    """Shows all stations in the channel where the button is."""
    ask = Confirm(
        words.say("Show the stations here?"),
        words.say("Everybody in this channel sees who is at which station."),
        words.say("Show them"),
        words.say("Not now"),
    )
    return Button(
        words.say("Show them in this channel"), PostStationsHere(view.plan.camp, view.plan.revision), Weight.PLAIN, ask
    )


def _redraw_question(view: StationsView, words: Words) -> Confirm | None:
    """Asked where people know their stations, since most of them would get another one."""
    if view.plan.told_at is None:
        return None
    return Confirm(
        words.say("Draw again?"),
        words.say("People know their stations. Most of them get another one, once you post it."),
        words.say("Draw again"),
        words.say("Keep them"),
    )


def _drop_question(words: Words) -> Confirm:
    return Confirm(
        words.say("Throw the stations away?"),
        words.say("Nobody has heard of them. You can plan new ones at any time."),
        words.say("Throw away"),
        words.say("Keep them"),
    )


def _names(members: Sequence[MemberId], people: Mapping[MemberId, Member], words: Words) -> str:
    named = [_name(member, people, words) for member in members[:_NAMED]]
    more = len(members) - _NAMED
    if more > 0:
        named.append(words.count("{number} more", "{number} more", more))
    return words.all_of(named)


def _name(member: MemberId, people: Mapping[MemberId, Member], words: Words) -> str:
    person = people.get(member)
    return person.name if person else words.say("somebody who has left")


def _label(view: StationsView, number: int, words: Words) -> str:
    station = view.plan.stations[number - 1]
    marks = f" [{words.say('stays as it is')}]" if station.locked else ""
    return shortened(f"{station_name(number, station, words)}{marks}", _LABEL)


def station_rows(view: StationsView, words: Words) -> Sequence[tuple[str, ...]]:
    """Who sits where, a line each under a header: for a list at the door."""
    header = (
        words.say("Station"),
        words.say("Case"),
        words.say("Name"),
        words.say("Organisation"),
        words.say("Sector"),
    )
    return [
        header,
        *(
            (words.number(number), station.case, *_row(member, view, words))
            for number, station in enumerate(view.plan.stations, start=1)
            for member in _by_name(station.members, view.people)
        ),
    ]
