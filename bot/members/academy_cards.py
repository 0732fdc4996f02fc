"""What organisers see of their academy: who has answered, who holds the keys, sectors and options."""

from collections.abc import Sequence

from bot.deliveries.undelivered import Undelivered
from bot.deliveries.undelivered_cards import undelivered_line
from bot.errors import Phrase
from bot.members.actions import (
    BringRoster,
    EditOptions,
    EditSending,
    LookAtSector,
    LookAtTheme,
    NameOrganiser,
    PreviewInvitations,
    SendInvitations,
    ShowAcademy,
    ShowUndelivered,
    ShowWords,
    StepDown,
    WriteSector,
    WriteTheme,
)
from bot.members.consent import ASK_AGAIN_AFTER
from bot.members.domain import Consent, ImportReport, Member, Sector, Theme, WorkspaceOptions
from bot.members.organisers import Academy
from bot.members.sending import sending_fields
from bot.messages.elements import (
    Accent,
    Bullets,
    Button,
    Buttons,
    Card,
    Choice,
    Confirm,
    Element,
    Field,
    Fields,
    Footnote,
    Heading,
    Paragraph,
    Select,
    Weight,
)
from bot.messages.text import Bold, Code, plain
from bot.notes.actions import EditNoteRules
from bot.notes.rules import rules_fields
from bot.words import Words

_SHOWN = 30
_CONSENTS = {
    Consent.YES: "Said yes",
    Consent.ASKED: "Asked, no answer yet",
    Consent.NOT_NOW: "Not now",
    Consent.NEVER: "Never",
    Consent.NOT_ASKED: "Not asked yet",
}


def academy_card(academy: Academy, words: Words, *, said: str = "") -> Card:
    """The overview, with everything that an organiser may do from it. ``said`` stands above."""
    title = words.say("Your academy")
    options = academy.options
    names = words.say("shown at once") if options.names_before_yes else words.say("held back until both have said yes")
    elements: list[Element] = [Heading(title)]
    if said:
        elements.append(Paragraph(plain(said)))
    elements += [
        Paragraph(plain(words.count("{number} member.", "{number} members.", academy.members))),
        Fields(
            tuple(
                Field(words.say(_CONSENTS[consent]), plain(words.number(academy.consents.get(consent, 0))))
                for consent in _CONSENTS
            )
        ),
        Fields(
            (
                Field(words.say("Organisers"), plain(words.all_of(_names(academy.organisers, words)))),
                Field(words.say("Sectors"), plain(words.all_of(_named(academy.sectors, words)))),
                Field(words.say("Themes"), plain(words.all_of(_named(academy.themes, words)))),
                Field(words.say("Names in a suggestion"), plain(names)),
                Field(
                    words.say("Rounds before the same two may meet again"), plain(words.number(options.novelty_rounds))
                ),
                Field(words.say("Days to answer a suggestion"), plain(words.number(options.answer_days))),
                Field(words.say("Time zone"), plain(options.timezone)),
            )
        ),
        Fields(tuple(sending_fields(options, words))),
        Fields(tuple(rules_fields(options, words))),
        Buttons(
            (
                Button(words.say("Invite"), PreviewInvitations(), Weight.MAIN if academy.to_ask else Weight.PLAIN),
                Button(words.say("Bring in a roster"), BringRoster()),
                Button(words.say("Name an organiser"), NameOrganiser()),
                Button(words.say("Add a sector"), WriteSector()),
                Button(words.say("Add a theme"), WriteTheme()),
                Button(words.say("Words that mean the same"), ShowWords()),
                Button(words.say("Options"), EditOptions()),
                Button(words.say("How I send things"), EditSending()),
                Button(words.say("Case notes"), EditNoteRules()),
            )
        ),
        Select(words.say("Look at a sector"), LookAtSector(), _choices(academy.sectors, words)),
    ]
    if academy.themes:
        elements.append(Select(words.say("Look at a theme"), LookAtTheme(), _choices(academy.themes, words)))
    if academy.undelivered:
        elements += undelivered_hint(academy.undelivered, words)
    elements.append(Footnote(plain(words.say("Only organisers see this. Who answered what stays with each member."))))
    return Card(said or title, tuple(elements))


def undelivered_hint(lost: Sequence[Undelivered], words: Words) -> tuple[Element, ...]:
    """How many messages did not arrive, with a button to look at them."""
    return (
        Paragraph(plain(undelivered_line(lost, words))),
        Buttons((Button(words.say("See which, and why"), ShowUndelivered()),)),
    )


def invitations_card(academy: Academy, words: Words) -> Card:
    """How many would be asked, and the button; nothing has gone out yet."""
    weeks = ASK_AGAIN_AFTER.days // 7
    rule = words.count(
        "Nobody is asked twice within {number} week, and nobody who said never.",
        "Nobody is asked twice within {number} weeks, and nobody who said never.",
        weeks,
    )
    if academy.to_ask == 0:
        title = words.say("There is nobody to invite right now.")
        return Card(title, (Heading(title), Paragraph(plain(rule)), _back(words)))
    title = words.count("Invite {number} member?", "Invite {number} members?", academy.to_ask)
    what = words.say(
        "Each gets one short private message: what this is, how often, who sees what, and Yes, Not now or Never. Nothing has"
        " been sent yet."
    )
    return Card(
        title,
        (
            Heading(title),
            Paragraph(plain(what)),
            Buttons(
                (
                    Button(words.say("Send the invitations"), SendInvitations(), Weight.MAIN),
                    Button(words.say("Not today"), ShowAcademy()),
                )
            ),
            Footnote(plain(rule)),
        ),
        Accent.ASK,
    )


def invited_card(asked: int, words: Words) -> Card:
    """The invitations are on their way."""
    if asked == 0:
        said = words.say("Everybody who may be asked has been asked already.")
    else:
        said = words.count("{number} invitation is on its way.", "{number} invitations are on their way.", asked)
    hint = words.text("{command} shows who has answered.", command=Code(words.say("/academy")))
    return Card(said, (Paragraph(plain(said)), Footnote(hint)), Accent.GOOD)


def named_card(member: Member, words: Words) -> Card:
    """Somebody is an organiser now."""
    said = words.text("{name} is an organiser now.", name=Bold(member.name))
    return Card(words.say("{name} is an organiser now.", name=member.name), (Paragraph(said),), Accent.GOOD)


def step_down_card(member: Member, words: Words) -> Card:
    """Asks once more before the keys are handed back."""
    title = words.say("Step down as an organiser?")
    body = words.say("You stay a member. Another organiser can name you again.")
    return Card(
        title,
        (
            Heading(title),
            Paragraph(plain(body)),
            Buttons(
                (
                    Button(
                        words.say("Step down"),
                        StepDown(member.id),
                        Weight.DANGER,
                        Confirm(title, body, words.say("Step down"), words.say("Stay")),
                    ),
                )
            ),
        ),
        Accent.WARN,
    )


def stepped_down_card(words: Words) -> Card:
    """The goodbye to the keys."""
    said = words.say("You are a member like the others now. Thank you for looking after the academy.")
    return Card(said, (Paragraph(plain(said)),))


def imported_card(report: ImportReport, words: Words) -> Card:
    """What the roster changed, and what comes next."""
    title = words.say("The roster is in.")
    counts = words.say(
        "{added} added, {changed} changed, {unchanged} as before.",
        added=words.number(report.added),
        changed=words.number(report.changed),
        unchanged=words.number(report.unchanged),
    )
    following = words.say("Nobody has been written to. When you are ready, invite them.")
    return Card(
        title,
        (
            Heading(title),
            Paragraph(plain(counts)),
            Paragraph(plain(following)),
            Buttons((Button(words.say("Invite"), PreviewInvitations(), Weight.MAIN),)),
        ),
        Accent.GOOD,
    )


def not_imported_card(problems: Sequence[Phrase], words: Words) -> Card:
    """Every bad line, as many as a card holds, and how many more there are."""
    title = words.count(
        "Nothing was brought in: {number} thing has to be mended first.",
        "Nothing was brought in: {number} things have to be mended first.",
        len(problems),
    )
    elements: list[Element] = [
        Heading(title),
        Bullets(tuple(plain(words.tell(problem)) for problem in problems[:_SHOWN])),
    ]
    more = len(problems) - _SHOWN
    if more > 0:
        elements.append(Footnote(plain(words.count("And {number} more.", "And {number} more.", more))))
    elements.append(Buttons((Button(words.say("Try again"), BringRoster(), Weight.MAIN),)))
    return Card(title, tuple(elements), Accent.WARN)


def options_said(options: WorkspaceOptions, words: Words) -> str:
    """What is said above the overview when the options were saved."""
    del options
    return words.say("Saved. It counts from the next round on.")


def _back(words: Words) -> Buttons:
    return Buttons((Button(words.say("Your academy"), ShowAcademy()),))


def _names(members: Sequence[Member], words: Words) -> list[str]:
    return words.in_order(member.name for member in members) or [words.say("nobody yet")]


def _named(entries: Sequence[Sector | Theme], words: Words) -> list[str]:
    return words.in_order(entry.name(words.language) for entry in entries) or [words.say("nothing yet")]


def _choices(entries: Sequence[Sector | Theme], words: Words) -> tuple[Choice, ...]:
    choices = [Choice(entry.key, entry.name(words.language)) for entry in entries]
    return tuple(sorted(choices, key=lambda choice: words.sort_key(choice.label)))
