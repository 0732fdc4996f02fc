"""What people see around their calendars: the file of a camp, and the address at which all of them are found."""

from urllib.parse import quote, urlencode

from bot.camps.calendar_actions import AddToCalendar, RenewCalendarAddress, ShowCalendarAddress
from bot.camps.domain import Camp, CampState
from bot.messages.elements import Button, Buttons, Card, Confirm, Footnote, Heading, LinkButton, Paragraph
from bot.messages.text import Code, plain
from bot.words import Words

_SECURE = "https://"


def file_card(camp: Camp, words: Words, *, follows: bool) -> Card:
    """What stands above the file. ``follows``: there is an address as well."""
    if camp.state is CampState.CANCELLED:
        title = words.say("{camp} is off: for your calendar", camp=camp.name)
        said = words.say(
            "Open the file, and your calendar takes the camp out or marks it as cancelled, as it is used to."
        )
    else:
        title = words.say("{camp} for your calendar", camp=camp.name)
        said = words.say(
            "Open the file, and your calendar takes it in. Should the camp change, take the file once more."
        )
    row = (
        (
            Buttons(
                (Button(words.say("Keep my calendar up to date"), ShowCalendarAddress()),),
            ),
        )
        if follows
        else ()
    )
    return Card(title, (Heading(title), Paragraph(plain(said)), *row))


def address_card(address: str, coming: Camp | None, words: Words, *, renewed: bool = False) -> Card:
    """The member's own address. ``coming``: the next camp, as a file."""
    title = words.say("Your new calendar address") if renewed else words.say("Camps in your calendar")
    said = words.say(
        "Give your calendar this address, and it keeps itself up to date: new camps, changes and cancellations come by"
        " themselves."
    )
    if renewed:
        said = words.say("The old address is empty from now on. Give your calendar this one instead.")
    where = words.say(
        "In Outlook: Add calendar, Subscribe from web. In Google Calendar: Other calendars, From URL. On a Mac or iPhone:"
        " New calendar subscription."
    )
    row: list[Button | LinkButton] = []
    if address.startswith(_SECURE):
        name = words.say("Camps")
        row += [LinkButton("Outlook", _outlook(address, name)), LinkButton("Google", _google(address))]
    if coming is not None:
        row.append(Button(words.say("Only the next camp"), AddToCalendar(coming.id)))
    sure = Confirm(
        words.say("Another address?"),
        words.say("Calendars that have the old one find nothing there any more."),
        words.say("Yes, another one"),
        words.say("Keep this one"),
    )
    row.append(Button(words.say("Another address"), RenewCalendarAddress(), confirm=sure))
    mine = words.say("The address is yours alone: it shows the camps and whether you come, and names nobody.")
    elements = (
        Heading(title),
        Paragraph(plain(said)),
        Paragraph((Code(address),)),
        Paragraph(plain(where)),
        Buttons(tuple(row)),
        Footnote(plain(mine)),
    )
    return Card(title, elements)


def no_address_card(coming: Camp | None, words: Words) -> Card:
    """Nothing out there could ask this house."""
    title = words.say("Camps in your calendar")
    if coming is None:
        said = words.say("No camp is planned just now. When there is one, you can take it into your calendar here.")
        return Card(title, (Heading(title), Paragraph(plain(said))))
    said = words.say("You can take the next camp into your calendar: {camp}.", camp=coming.name)
    button = Button(words.say("Add to calendar"), AddToCalendar(coming.id))
    return Card(title, (Heading(title), Paragraph(plain(said)), Buttons((button,))))


def _outlook(address: str, name: str) -> str:
    return (
        f"https://outlook.office.com/calendar/0/addfromweb?{urlencode({'url': address, 'name': name}, quote_via=quote)}"
    )


def _google(address: str) -> str:
    webcal = address.replace(_SECURE, "webcal://", 1)
    return f"https://calendar.google.com/calendar/r?{urlencode({'cid': webcal}, quote_via=quote)}"
