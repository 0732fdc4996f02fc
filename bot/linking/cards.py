"""What people see when accounts or academies are linked."""

from datetime import date

from bot.homes import Installation
from bot.identity import MemberId, WorkspaceId
from bot.introductions.reaching import Reach, called
from bot.linking.academies import Joining
from bot.linking.actions import GiveLinkCode, JoinAcademies, MessagesOn, UniteProfiles, UnlinkAccount
from bot.linking.codes import shown
from bot.linking.profiles import Accounts, Meeting
from bot.linking.proving import Given
from bot.members.cards import standing
from bot.members.domain import Member
from bot.members.profile import Lists, on_card
from bot.messages.elements import (
    Accent,
    Bullets,
    Button,
    Buttons,
    Card,
    Confirm,
    Element,
    Field,
    Fields,
    Footnote,
    Heading,
    Paragraph,
    Weight,
)
from bot.messages.text import Bold, Code, Text, plain
from bot.ports import Workspace
from bot.words import Words


def code_card(given: Given, homes: tuple[Installation, ...], words: Words) -> Card:
    """The code, and what to do with it."""
    title = words.say("Your code: {code}", code=shown(given.code))
    return Card(
        title,
        (
            Heading(title),
            Paragraph(
                words.text(
                    "Now go to {places} and type there: {command}",
                    places=_places(homes, words),
                    command=Code(f"{words.say('/profile link')} {shown(given.code)}"),
                )
            ),
            Paragraph(
                plain(
                    words.say(
                        "You will see there what becomes of your two profiles, before anything happens. From then on you have"
                        " one profile, one history and one break, wherever you write to me."
                    )
                )
            ),
            Footnote(_lasts(given, words)),
        ),
        Accent.ASK,
    )


def accounts_card(accounts: Accounts, words: Words, said: str = "") -> Card:
    """Where the member is, where messages go, and what can be changed about it."""
    title = said or words.say("Your accounts")
    elements: list[Element] = [Heading(title), *_accounts(accounts, words)]
    if not accounts.elsewhere and len(accounts.reaches) < 2:
        elements.append(
            Paragraph(
                words.text(
                    "This academy is on one platform only, so there is nothing to link. Organisers can add another one with"
                    " {command}.",
                    command=Code(words.say("/academy link")),
                )
            )
        )
    return Card(title, tuple(elements))


def meeting_card(meeting: Meeting, words: Words, today: date) -> Card:
    """Whose profile it will be, before anything happens."""
    choices = meeting.choices()
    after = meeting.as_one(choices[0])
    title = words.say("Make these two one?")
    elements: list[Element] = [Heading(title)]
    if after.is_complete():
        elements.append(
            Paragraph(
                plain(words.say("One profile, one history and one set of answers, on both platforms. It will be:"))
            )
        )
        elements.append(_profile(after, meeting.lists, words))
        elements.append(Paragraph(plain(standing(after, words, today))))
    else:
        elements.append(
            Paragraph(
                plain(words.say("Neither has a profile yet. What you tell me from now on counts on both platforms."))
            )
        )
    if len(choices) > 1:
        other = meeting.as_one(choices[1])
        elements.append(
            Paragraph(
                words.text(
                    "The other profile says {name}, {organisation}. You can keep that one instead.",
                    name=Bold(other.name),
                    organisation=Bold(other.organisation),
                )
            )
        )
    elements += [
        Buttons(tuple(_unite(meeting, choice, len(choices) > 1, words) for choice in choices)),
        Footnote(
            plain(
                words.say(
                    "Blocks of both stay, and of two answers the more careful one. Is this not you? Then leave it: nothing has"
                    " happened."
                )
            )
        ),
    ]
    return Card(title, tuple(elements), Accent.ASK)


def notice_card(accounts: Accounts, words: Words) -> Card:
    """The word that two accounts are one, with a way back."""
    title = words.say("Your accounts are one now")
    said = words.say(
        "One profile and one history on both. Was that not you? Then unlink the account that is not yours, and tell an"
        " organiser."
    )
    return Card(title, (Heading(title), Paragraph(plain(said)), *_accounts(accounts, words)), Accent.GOOD)


def academy_code_card(given: Given, homes: tuple[Installation, ...], words: Words) -> Card:
    """The code for an organiser of the other place."""
    title = words.say("The academy's code: {code}", code=shown(given.code))
    return Card(
        title,
        (
            Heading(title),
            Paragraph(
                words.text(
                    "An organiser of the other place types there: {command}",
                    command=Code(f"{words.say('/academy link')} {shown(given.code)}"),
                )
            ),
            Paragraph(
                plain(
                    words.say(
                        "They see what will be joined before anything happens. Then it is one academy: one roster, one round,"
                        " one history, on both platforms."
                    )
                )
            ),
            Bullets(tuple(_home(home, words) for home in homes)),
            Footnote(_lasts(given, words)),
        ),
        Accent.ASK,
    )


def joining_card(other: WorkspaceId, joining: Joining, words: Words) -> Card:
    """What will be joined, before anything happens."""
    title = words.say("Make the two academies one?")
    told = [
        words.say(
            "{moving} ({there}) moves in with {staying} ({here}).",
            moving=joining.moves.name,
            there=_platforms(joining.moves, words),
            staying=joining.stays.name,
            here=_platforms(joining.stays, words),
        ),
        words.count(
            "{number} member comes along, with profile and answers.",
            "{number} members come along, with profile and answers.",
            joining.members,
        ),
    ]
    if joining.known:
        told.append(
            words.count(
                "{number} of them is on the other roster already and becomes one with that entry.",
                "{number} of them are on the other roster already and become one with those entries.",
                joining.known,
            )
        )
    if joining.planned:
        told.append(
            words.count(
                "{number} planned announcement comes along. If it is for everyone, it goes to all of you from then on.",
                "{number} planned announcements come along. Those for everyone go to all of you from then on.",
                joining.planned,
            )
        )
    told.append(words.say("The sectors, options, rounds and history are those of {name}.", name=joining.stays.name))
    ask = Confirm(
        words.say("Make them one?"),
        words.say("This can't be undone."),
        words.say("Make them one"),
        words.say("Not yet"),
    )
    return Card(
        title,
        (
            Heading(title),
            Bullets(tuple(plain(line) for line in told)),
            Buttons((Button(words.say("Make them one"), JoinAcademies(other), Weight.MAIN, ask),)),
            Footnote(
                words.text(
                    "Members who are in both places link their own two accounts with {command}.",
                    command=Code(words.say("/profile link")),
                )
            ),
        ),
        Accent.ASK,
    )


def joined_card(academy: Workspace, words: Words) -> Card:
    """It is one academy now."""
    title = words.say("It is one academy now: {name}", name=academy.name)
    more = words.text(
        "Tell the members: whoever is in both places types {command} once, and is one member.",
        command=Code(words.say("/profile link")),
    )
    homes = Bullets(tuple(_home(home, words) for home in academy.installations))
    return Card(title, (Heading(title), homes, Paragraph(more)), Accent.GOOD)


def _accounts(accounts: Accounts, words: Words) -> list[Element]:
    lines = tuple(
        _reach(reach, place == 0 and len(accounts.reaches) > 1, words) for place, reach in enumerate(accounts.reaches)
    )
    elements: list[Element] = [Bullets(lines)] if lines else []
    buttons = [
        Button(
            words.say("My messages on {platform}", platform=called(reach.account.platform)),
            MessagesOn(reach.account.platform),
        )
        for reach in accounts.reaches[1:]
    ]
    if accounts.elsewhere:
        buttons.append(Button(words.say("Give me a code"), GiveLinkCode(), Weight.MAIN))
    if len(accounts.reaches) > 1:
        buttons += [_unlink(reach, words) for reach in accounts.reaches]
    return [*elements, Buttons(tuple(buttons))] if buttons else elements


def _unlink(reach: Reach, words: Words) -> Button:
    platform = called(reach.account.platform)
    ask = Confirm(
        words.say("Unlink {platform}?", platform=platform),
        words.say(
            "Your profile and history stay with your other account. On {platform} you are new then.", platform=platform
        ),
        words.say("Unlink"),
        words.say("Keep it"),
    )
    return Button(
        words.say("Unlink {platform}", platform=platform), UnlinkAccount(reach.account.platform), Weight.DANGER, ask
    )


def _reach(reach: Reach, first: bool, words: Words) -> Text:
    platform = Bold(called(reach.account.platform))
    if first:
        return words.text("{platform} {home} – your messages go here", platform=platform, home=reach.home)
    return words.text("{platform} {home}", platform=platform, home=reach.home)


def _unite(meeting: Meeting, profile: Member, chooses: bool, words: Words) -> Button:
    action = UniteProfiles(MemberId(meeting.theirs.id), profile.id)
    if not chooses:
        return Button(words.say("Yes, both are me"), action, Weight.MAIN)
    name = profile.organisation if len(profile.organisation) <= 40 else f"{profile.organisation[:39]}…"
    return Button(words.say("Both are me: keep {organisation}", organisation=name), action, Weight.MAIN)


def _profile(member: Member, lists: Lists, words: Words) -> Fields:
    entries = (
        (words.say("Name"), member.name),
        (words.say("Organisation"), member.organisation),
        (words.say("Sector"), lists.sector_name(member.sector, words.language)),
        (words.say("I look for"), on_card(member.needs)),
        (words.say("I can offer"), on_card(member.offers)),
    )
    return Fields(tuple(Field(label, plain(value)) for label, value in entries if value))


def _places(homes: tuple[Installation, ...], words: Words) -> str:
    return words.any_of([f"{called(home.platform)} ({home.name})" for home in homes])


def _platforms(academy: Workspace, words: Words) -> str:
    return words.all_of([called(home.platform) for home in academy.installations])


def _home(home: Installation, words: Words) -> Text:
    return words.text("{platform}: {name}", platform=Bold(called(home.platform)), name=home.name)


def _lasts(given: Given, words: Words) -> Text:
    return words.text("It is good until {time}, and once. Tell it nobody else.", time=words.clock(given.good_until))
