"""What organisers hear around a round: that one is ready, that nobody can be introduced yet, what went out, how it went."""

from collections.abc import Sequence

from bot.introductions.actions import DropRound, ShowDraft
from bot.introductions.domain import Intro, Round
from bot.introductions.drafting import NobodyYet
from bot.introductions.gathering import Invitations
from bot.introductions.rounds import PastRound, Sent
from bot.messages.elements import (
    Accent,
    Button,
    Buttons,
    Card,
    Confirm,
    Element,
    Footnote,
    Heading,
    Paragraph,
    Table,
    Weight,
)
from bot.messages.text import Code, plain
from bot.words import Words


def drop_question(words: Words) -> Confirm:
    """Asked before a draft is dropped."""
    return Confirm(
        words.say("Drop this round?"),
        words.say("Nobody hears of it. You can draw a new one at any time."),
        words.say("Drop it"),
        words.say("Keep it"),
    )


def ready_card(round_: Round, intros: Sequence[Intro], words: Words) -> Card:
    """A round waits for somebody to look at it and send it; the first organiser who does, does it for all."""
    title = words.say("Round {number} is ready to look at", number=round_.number)
    told = words.count(
        "I have drawn {number} group. Nothing is sent before an organiser presses Send.",
        "I have drawn {number} groups. Nothing is sent before an organiser presses Send.",
        len(intros),
    )
    return Card(
        title,
        (
            Heading(title),
            Paragraph(plain(told)),
            Buttons(
                (
                    Button(words.say("Look at the round"), ShowDraft(round_.id, 1), Weight.MAIN),
                    Button(words.say("Drop"), DropRound(round_.id), Weight.DANGER, drop_question(words)),
                )
            ),
        ),
        Accent.ASK,
    )


def nobody_card(found: NobodyYet, words: Words) -> Card:
    """There is no round to draw yet, and what to do about it."""
    title = words.say("There is nobody to introduce yet")
    return Card(
        title,
        (
            Heading(title),
            Paragraph(
                plain(
                    words.say(
                        "A round needs at least two members from different sectors who have said yes and have time."
                    )
                )
            ),
            Paragraph(plain(invitations_told(found.invitations, words))),
        ),
    )


def sent_card(sent: Sent, words: Words) -> Card:
    """What went out, and what had to be changed at the last moment."""
    title = words.say("Round {number} is on its way", number=sent.round.number)
    told = [
        words.count(
            "{number} introduction is offered, each to its people alone.",
            "{number} introductions are offered, each to its people alone.",
            sent.groups,
        )
    ]
    if sent.taken_out:
        told.append(
            words.count(
                "{number} member could not take part any more and is not in it.",
                "{number} members could not take part any more and are not in it.",
                sent.taken_out,
            )
        )
    if sent.redrawn:
        told.append(
            words.count(
                "{number} group was drawn anew for those whose partner was gone.",
                "{number} groups were drawn anew for those whose partner was gone.",
                sent.redrawn,
            )
        )
    elements: list[Element] = [Heading(title), *(Paragraph(plain(line)) for line in told)]
    if sent.round.answer_until is not None:
        elements.append(
            Footnote(words.text("They can answer until {when}.", when=words.moment(sent.round.answer_until)))
        )
    return Card(title, tuple(elements), Accent.GOOD)


def dropped_card(words: Words) -> Card:
    """Nothing happened."""
    said = words.text(
        "The round is dropped; nobody heard of it. {command} draws a new one.", command=Code(words.say("/match round"))
    )
    return Card(words.say("The round is dropped"), (Paragraph(said),))


def history_card(past: Sequence[PastRound], words: Words) -> Card:
    """The last rounds in figures; nobody's answer can be read from them."""
    title = words.say("The last rounds")
    if not past:
        nothing = words.text(
            "No round has been sent yet. {command} draws the first.", command=Code(words.say("/match round"))
        )
        return Card(title, (Heading(title), Paragraph(nothing)))
    header = (
        words.say("Round"),
        words.say("Sent"),
        words.say("Groups"),
        words.say("Opened"),
        words.say("Met"),
        words.say("Left out"),
    )
    rows = tuple(
        (
            words.number(one.round.number),
            words.date((one.round.opened_at or one.round.created_at).astimezone(words.zone).date(), "medium"),
            words.number(one.groups),
            words.number(one.opened),
            words.number(one.met),
            words.number(len(one.round.left_out)),
        )
        for one in past
    )
    note = words.say("“Met” counts those where somebody told me so. What each person answered stays with that person.")
    return Card(title, (Heading(title), Table(header, rows), Footnote(plain(note))))


def invitations_told(invitations: Invitations, words: Words) -> str:
    """How the invitation was answered, as counts."""
    told = words.say(
        "Invitation: {yes} of {all} have said yes, {waiting} have not answered, {no} said not now or never.",
        yes=words.number(invitations.yes),
        all=words.number(invitations.asked()),
        waiting=words.number(invitations.waiting),
        no=words.number(invitations.not_now + invitations.never),
    )
    if not invitations.paused:
        return told
    paused = words.count(
        "{number} of those who said yes takes a break.",
        "{number} of those who said yes take a break.",
        invitations.paused,
    )
    return f"{told} {paused}"
