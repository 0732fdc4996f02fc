"""What a member sees about themself: the profile, what comes next, the invitation, the goodbye."""

from collections.abc import Sequence
from datetime import date, datetime

from bot.members.actions import (
    AcceptInvitation,
    AdoptTheme,
    AskErase,
    AskForTags,
    DeclineInvitation,
    EditProfile,
    ExportProfile,
    HearInProfile,
    PauseProfile,
    PostponeInvitation,
    ResumeProfile,
    ShareEmail,
)
from bot.members.consent import waits_for_answer
from bot.members.domain import Consent, Member, WorkspaceOptions
from bot.members.profile import Lists, Nearby, mark, on_card
from bot.members.suggesting import free_texts
from bot.messages.elements import (
    Accent,
    Bullets,
    Button,
    Buttons,
    Card,
    Element,
    Field,
    Fields,
    Footnote,
    Heading,
    Paragraph,
    Weight,
)
from bot.messages.text import Bold, Code, Text, plain
from bot.words import Words

_NAMES_SHOWN = (
    "Somebody I suggest to you sees your name, organisation, sector, what you look for and what you can offer. Organisers see"
    " that too. Nobody ever sees a no."
)
_NAMES_HELD_BACK = (
    "Somebody I suggest to you sees your organisation, sector, what you look for and what you can offer; your name only when"
    " you have both said yes. Organisers see all of it. Nobody ever sees a no."
)


def profile_card(
    member: Member, lists: Lists, options: WorkspaceOptions, words: Words, today: date, *, said: str = ""
) -> Card:
    """All that others may see, who sees it, and everything that can be done with it. ``said`` stands above."""
    title = words.say("Your profile")
    elements: list[Element] = [Heading(title)]
    if said:
        elements.append(Paragraph(plain(said)))
    elements += [
        Fields(
            (
                Field(words.say("Name"), plain(member.name)),
                Field(words.say("Organisation"), plain(member.organisation)),
                Field(words.say("Sector"), plain(lists.sector_name(member.sector, words.language))),
                Field(words.say("Language"), plain(_LANGUAGE_NAMES.get(member.language, member.language))),
                Field(words.say("Themes"), _list(member.themes, words)),
                Field(words.say("I look for"), _list(member.needs, words)),
                Field(words.say("I can offer"), _list(member.offers, words)),
                Field(words.say("Introductions a round"), plain(words.number(member.intros_per_round))),
            )
        ),
        Paragraph(plain(standing(member, words, today))),
        *_muted(member, words),
        *two_lines(member, words),
        _profile_buttons(member, words, today),
        Footnote(plain(_who_sees(options, words))),
    ]
    return Card(said or title, tuple(elements))


def saved_card(member: Member, near: Sequence[Nearby], words: Words, today: date, next_round: datetime | None) -> Card:
    """After the form: what happens next, a theme that may be meant, and the question for somebody not asked yet."""
    title = words.say("Saved, thank you.")
    elements: list[Element] = [Heading(title)]
    if waits_for_answer(member):
        elements += [*_question(words), _answers(member, words)]
    else:
        elements.append(Paragraph(plain(_next(member, words, today, next_round))))
        elements += two_lines(member, words)
        elements.append(_row(_join(member, words)) if member.consent is not Consent.YES else _row(_edit(words)))
    for entry in near:
        theme = entry.theme.name(words.language)
        elements += [
            Paragraph(words.text("By {typed}, do you mean {theme}?", typed=Bold(entry.typed), theme=Bold(theme))),
            _row(Button(words.say("Yes, that one"), AdoptTheme(mark(entry.typed), entry.theme.key))),
        ]
    return Card(title, tuple(elements), Accent.GOOD)


def paused_card(until: date, words: Words) -> Card:
    """The pause holds; how to end it."""
    said = words.say("Enjoy the break. I introduce you to nobody before {day}.", day=words.date(until, "full"))
    resume = Button(words.say("I'm back already"), ResumeProfile())
    return Card(said, (Paragraph(plain(said)), _row(resume)), Accent.GOOD)


def back_card(member: Member, words: Words, today: date, next_round: datetime | None) -> Card:
    """The pause is over."""
    title = words.say("Good to have you back.")
    return Card(
        title,
        (Heading(title), Paragraph(plain(_next(member, words, today, next_round))), _row(_edit(words))),
        Accent.GOOD,
    )


def invitation_card(member: Member, lists: Lists, options: WorkspaceOptions, words: Words) -> Card:
    """What this is, how often, who sees what; Yes, Not now, Never."""
    title = words.say("May I introduce you to somebody from another sector?")
    points = (
        words.count(
            "How often: at most {number} introduction a round, and you can pause whenever you like.",
            "How often: at most {number} introductions a round, and you can pause whenever you like.",
            max(1, member.intros_per_round),
        ),
        words.say("Each time you are asked first. It only happens when both of you say yes."),
        _who_sees(options, words),
    )
    known = words.text(
        "I know you as {name} from {organisation} ({sector}). {command} corrects that.",
        name=Bold(member.name),
        organisation=Bold(member.organisation),
        sector=lists.sector_name(member.sector, words.language),
        command=Code(words.say("/profile")),
    )
    return Card(
        title,
        (
            Heading(title),
            Paragraph(
                plain(
                    words.say(
                        "I am Brobygger. In rounds I find two members who can help each other, and introduce them:"
                        " what one looks for, the other has."
                    )
                )
            ),
            Bullets(tuple(plain(point) for point in points)),
            _answers(member, words),
            Footnote(known),
        ),
        Accent.ASK,
    )


def answered_card(member: Member, words: Words, today: date, next_round: datetime | None) -> Card:
    """What the answer means, and how to change one's mind."""
    match member.consent:
        case Consent.YES:
            said, accent = words.say("Lovely, you're in."), Accent.GOOD
        case Consent.NOT_NOW:
            said, accent = words.say("That's fine. I won't ask again for at least eight weeks."), Accent.CALM
        case _:
            said, accent = words.say("That's fine. I won't ask again, and I introduce you to nobody."), Accent.CALM
    elements: list[Element] = [Heading(said)]
    if member.consent is Consent.YES:
        elements.append(Paragraph(plain(_next(member, words, today, next_round))))
        elements.append(
            Footnote(
                words.text(
                    "Changed your mind? {pause} gives you a break; {show} has everything else.",
                    pause=Code(words.say("/profile pause")),
                    show=Code(words.say("/profile show")),
                )
            )
        )
    else:
        elements.append(
            Footnote(
                words.text("Changed your mind? {show} has a button for that.", show=Code(words.say("/profile show")))
            )
        )
    return Card(said, tuple(elements), accent)


def organiser_card(words: Words) -> Card:
    """To somebody who was just named."""
    title = words.say("You are an organiser now.")
    more = words.text(
        "You can run rounds and look after the academy: {academy} shows how it stands, {help} what you can do. Rather not?"
        " {down} hands it back. If you do not find these where you are, type them here, to me.",
        academy=Code(words.say("/academy")),
        help=Code(words.say("/help")),
        down=Code(words.say("/academy step-down")),
    )
    return Card(title, (Heading(title), Paragraph(more)), Accent.GOOD)


def two_lines(member: Member, words: Words) -> tuple[Paragraph, ...]:
    """What one need and one offer would do, for somebody who has neither: a line on cards that they look at anyway."""
    if member.needs or member.offers:
        return ()
    said = words.text(
        "With one need and one offer I can find somebody who has what you look for, and looks for what you have. Two lines in"
        " {command} are enough.",
        command=Code(words.say("/profile")),
    )
    return (Paragraph(said),)


def standing(member: Member, words: Words, today: date) -> str:
    """Whether the member takes part, in one sentence."""
    if member.consent is not Consent.YES:
        return words.say("You take no part in introductions: you have not said yes to them.")
    if member.is_paused(today) and member.paused_until is not None:
        return words.say("You are on a break until {day}.", day=words.date(member.paused_until, "full"))
    if member.intros_per_round == 0:
        return words.say("You have asked for no introductions for now.")
    return words.say("You take part in introductions.")


def _next(member: Member, words: Words, today: date, next_round: datetime | None) -> str:
    if not member.takes_part(today):
        return standing(member, words, today)
    if next_round is None:
        return words.say("When I have found somebody for you, I write to you here. You need do nothing until then.")
    return words.say(
        "The next round is on {when}. When I have found somebody for you, I write to you here.",
        when=words.when(next_round),
    )


def _question(words: Words) -> tuple[Element, ...]:
    return (
        Paragraph(
            plain(
                words.say(
                    "One thing more: may I introduce you to members from other sectors who fit what you look for and offer?"
                    " Each time you are asked first, and you can stop whenever you like."
                )
            )
        ),
    )


def _answers(member: Member, words: Words) -> Buttons:
    return _row(
        Button(words.say("Yes, please"), AcceptInvitation(member.id), Weight.MAIN),
        Button(words.say("Not now"), PostponeInvitation(member.id)),
        Button(words.say("Never"), DeclineInvitation(member.id)),
    )


def _profile_buttons(member: Member, words: Words, today: date) -> Buttons:
    rest = (
        Button(words.say("I'm back already"), ResumeProfile())
        if member.is_paused(today)
        else Button(words.say("Take a break"), PauseProfile())
    )
    part = _join(member, words) if member.consent is not Consent.YES else _stop(member, words)
    tags = (Button(words.say("Short tags for my sentences"), AskForTags()),) if free_texts(member) else ()
    return _row(
        Button(words.say("Edit"), EditProfile(), Weight.MAIN if member.consent is Consent.YES else Weight.PLAIN),
        part,
        rest,
        *tags,
        *_email(member, words),
        *_announcements(member, words),
        Button(words.say("Export my data"), ExportProfile()),
        Button(words.say("Forget me"), AskErase(), Weight.DANGER),
    )


def _email(member: Member, words: Words) -> Sequence[Button]:
    """Only where a roster has told us an address."""
    if not member.email:
        return ()
    if member.shares_email:
        return (Button(words.say("Keep my e-mail to myself"), ShareEmail(0)),)
    return (Button(words.say("Show my e-mail to those I meet"), ShareEmail(1)),)


def _muted(member: Member, words: Words) -> tuple[Paragraph, ...]:
    if not member.announcements_muted:
        return ()
    return (Paragraph(plain(words.say("You get no announcements: you have switched them off."))),)


def _announcements(member: Member, words: Words) -> Sequence[Button]:
    """Only for somebody who has switched them off; the button for that is below each of them."""
    return (Button(words.say("Get announcements again"), HearInProfile()),) if member.announcements_muted else ()


def _join(member: Member, words: Words) -> Button:
    return Button(words.say("Introduce me"), AcceptInvitation(member.id), Weight.MAIN)


def _stop(member: Member, words: Words) -> Button:
    return Button(words.say("No more introductions"), DeclineInvitation(member.id))


def _edit(words: Words) -> Button:
    return Button(words.say("Edit"), EditProfile())


def _row(*buttons: Button) -> Buttons:
    return Buttons(buttons)


def _list(items: Sequence[str], words: Words) -> Text:
    return plain(on_card(items)) if items else plain(words.say("nothing yet"))


def _who_sees(options: WorkspaceOptions, words: Words) -> str:
    return words.say(_NAMES_SHOWN) if options.names_before_yes else words.say(_NAMES_HELD_BACK)


_LANGUAGE_NAMES = {"da": "Dansk", "en": "English"}
