"""An invitation before it goes: how it will look, to whom it goes, and to whom else it could go."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from bot.announcements.audience import EVERYONE
from bot.announcements.cards import audience_in_words
from bot.camps.actions import ChooseInvited, LookAtReminder, OrganiseCamp, SendInvitations
from bot.camps.cards import camp_card
from bot.camps.domain import Camp
from bot.camps.inviting import ToInvite
from bot.camps.seeing import unanswered
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
from bot.messages.forms import Form, FormValue, TextField
from bot.messages.text import plain
from bot.words import Words

TO = "to"
_LINE = 300


def invitation_card(found: ToInvite, words: Words, now: datetime) -> Card:
    """How the invitation will look and to whom it goes; nothing has gone yet."""
    camp = found.seen.camp
    title = words.say("This is how it will look")
    choose = Button(words.say("To whom?"), ChooseInvited(camp.id, found.mark))
    back = Button(words.say("Back"), OrganiseCamp(camp.id))
    if not found.members:
        said = _nobody(found, words)
        remind = Button(words.say("Reminders"), LookAtReminder(camp.id))
        row = (choose, back) if found.mark else (remind, back)
        return Card(said, (Paragraph(plain(said)), *_others(found, words, asked=False), Buttons(row)))
    looks = camp_card(unanswered(found.seen), words, now)
    counted = words.count("It goes to {number} person.", "It goes to {number} people.", len(found.members))
    send = Button(words.say("Send the invitations"), SendInvitations(camp.id, camp.revision, found.mark), Weight.MAIN)
    said = f"{counted} {words.say('Nothing goes before you press the button.')}"
    to = words.say("To: {audience}", audience=audience_in_words(found.names, found.audience, words))
    return Card(
        title,
        (
            Heading(title),
            Divider(),
            *(element for element in looks.elements if not isinstance(element, Buttons)),
            Divider(),
            Paragraph(plain(to)),
            Paragraph(plain(said)),
            *_others(found, words),
            Buttons((send, choose, back)),
        ),
        Accent.ASK,
    )


def invited_form(camp: Camp, mark: str, typed: str, words: Words) -> Form:
    """Whom the invitation is for."""
    return Form(
        title=words.say("To whom?"),
        submit=words.say("Show me how it looks"),
        action=ChooseInvited(camp.id, mark),
        fields=(
            TextField(
                TO,
                words.say("To whom?"),
                hint=words.say("everyone, sector:business, theme:ageing; + for both, a comma for either."),
                value=typed[:_LINE],
                max_length=_LINE,
            ),
        ),
        intro=plain(words.say("You see it before anything goes out.")),
    )


def invited_in(values: Mapping[str, FormValue]) -> str:
    """What came back."""
    return str(values[TO])


def _nobody(found: ToInvite, words: Words) -> str:
    if found.audience == EVERYONE or found.asked:
        return words.say("Everybody has been invited already. Those who have not answered can be asked once more.")
    audience = audience_in_words(found.names, found.audience, words)
    return words.say("There is nobody to invite just now: {audience}.", audience=audience)


def _others(found: ToInvite, words: Words, *, asked: bool = True) -> Sequence[Element]:
    """Who does not get it."""
    said: list[str] = []
    if asked and found.asked:
        said.append(words.count("{number} was invited before.", "{number} were invited before.", found.asked))
    if found.muted:
        said.append(
            words.count(
                "{number} wants no announcements and gets none of this.",
                "{number} want no announcements and get none of this.",
                found.muted,
            )
        )
    if found.public:
        said.append(words.say("Everybody on your Discord server also sees the camp, among the server's events."))
    return (Footnote(plain(" ".join(said))),) if said else ()
