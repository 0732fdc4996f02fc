"""A person's own page, where a platform has one: what waits for them, their introductions, their profile; for organisers
also what waits for the academy. Each part is a few elements, and none where there is nothing to say.
"""

from collections.abc import Awaitable, Callable, Sequence
from datetime import date, datetime
from typing import TypeAlias

from bot.deliveries.undelivered import Undelivered
from bot.interactions import Call
from bot.introductions.actions import AcceptIntro, DeclineIntro, LookFor, ShowDraft
from bot.introductions.answers import Mine
from bot.introductions.drafting import Draft
from bot.introductions.life import Standing
from bot.introductions.reasons import reasons_for
from bot.introductions.seeing import Seen
from bot.introductions.status import met_buttons, opened_line
from bot.members.academy_cards import undelivered_hint
from bot.members.actions import AcceptInvitation, EditProfile, PauseProfile, ResumeProfile
from bot.members.cards import standing as taking_part
from bot.members.cards import two_lines
from bot.members.domain import Consent, Member
from bot.members.profile import Lists, on_card
from bot.messages.elements import (
    Bullets,
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
from bot.messages.text import Bold, Code, Inline, Plain, plain
from bot.words import Words

HomePart: TypeAlias = Callable[[Call], Awaitable[Sequence[Element]]]

_OFFERS = 3
_WAITING = 3
_OPENED = 5


def stranger_card(words: Words) -> Card:
    """For somebody who has told nothing about themself yet: what this is, and where to begin."""
    title = words.say("Welcome! I am Brobygger.")
    return Card(
        title,
        (
            Heading(title),
            Paragraph(
                plain(
                    words.say(
                        "I introduce people in your academy who can help each other across sectors: what one looks for,"
                        " the other has. You are asked each time, and nothing happens before you have both said yes."
                    )
                )
            ),
            Paragraph(plain(words.say("Tell me who you are and what you look for. It takes a minute."))),
            Buttons((Button(words.say("Make my profile"), EditProfile(), Weight.MAIN),)),
            Footnote(words.text("{help} shows what I can do.", help=Code(words.say("/help")))),
        ),
    )


def home_card(member: Member, parts: Sequence[Sequence[Element]], words: Words) -> Card:
    """The page: its parts one below the other, the empty ones left out."""
    title = words.say("Hello, {name}", name=(member.name.split() or [member.name])[0])
    elements: list[Element] = [Heading(title)]
    for place, part in enumerate(filter(None, parts)):
        elements += [Divider(), *part] if place else part
    return Card(title, tuple(elements))


def waiting_part(mine: Mine, words: Words) -> Sequence[Element]:
    """What the member has not answered, shortly and with the same buttons as on the card that they were sent."""
    asked = [seen for seen in mine.introductions if seen.standing() is Standing.ASKED]
    if not asked:
        return [Paragraph(plain(words.say("Nothing waits for your answer.")))]
    elements: list[Element] = [Heading(words.say("Waiting for your answer"))]
    for place, seen in enumerate(asked[:_OFFERS]):
        elements += _offer(seen, words, Weight.PLAIN if place else Weight.MAIN)
    more = len(asked) - _OFFERS
    said = words.text("A no is never shown. {command} has the whole cards.", command=Code(words.say("/match status")))
    if more > 0:
        counted = words.count("And {number} more.", "And {number} more.", more)
        said = (Plain(f"{counted} "), *said)
    return [*elements, Footnote(said)]


def introductions_part(mine: Mine, words: Words) -> Sequence[Element]:
    """Those that are open, and those that wait for the others; who there is, and the next step."""
    waiting = [seen for seen in mine.introductions if seen.standing() is Standing.WAITING][:_WAITING]
    opened = [seen for seen in mine.introductions if seen.standing() is Standing.OPEN][:_OPENED]
    find = Button(words.say("Find somebody now"), LookFor())
    title = Heading(words.say("Your introductions"))
    if not waiting and not opened:
        said = words.say("None yet. They come with the rounds, or you look for somebody yourself.")
        return [title, Paragraph(plain(said)), Buttons((find,))]
    lines = [*(opened_line(seen, words) for seen in opened), *(_waiting_line(seen, words) for seen in waiting)]
    return [title, Bullets(tuple(lines)), *met_buttons(opened, words), Buttons((find,))]


def profile_part(
    member: Member, lists: Lists, words: Words, today: date, next_round: datetime | None
) -> Sequence[Element]:
    """Two lines of the profile, whether the member takes part and when that matters next, and what can be done."""
    sector = lists.sector_name(member.sector, words.language)
    who: list[Inline] = [Bold(member.name), Plain(f" – {member.organisation} ({sector})")]
    tags = [
        words.say("You look for {needs}.", needs=on_card(member.needs)) if member.needs else "",
        words.say("You can offer {offers}.", offers=on_card(member.offers)) if member.offers else "",
    ]
    told = [taking_part(member, words, today)]
    if member.takes_part(today) and next_round is not None:
        told.append(words.say("The next round goes out on {when}.", when=words.when(next_round)))
    elements: list[Element] = [Heading(words.say("Your profile")), Paragraph(tuple(who))]
    if any(tags):
        elements.append(Paragraph(plain(" ".join(filter(None, tags)))))
    elements += two_lines(member, words)
    return [*elements, Paragraph(plain(" ".join(told))), _profile_buttons(member, words, today)]


def round_part(draft: Draft | None, words: Words) -> Sequence[Element]:
    """For organisers: the round that nobody else knows of yet, in figures."""
    title = Heading(words.say("For organisers"))
    if draft is None:
        said = words.text("No round is in preparation. {command} draws one.", command=Code(words.say("/match round")))
        return [title, Paragraph(said)]
    people, out = sum(len(intro.parts) for intro in draft.intros), len(draft.round.left_out)
    told = [
        words.say("Round {number} is in preparation.", number=draft.round.number),
        words.count("{number} group.", "{number} groups.", len(draft.intros)),
        words.count("{number} member gets a suggestion.", "{number} members get a suggestion.", people),
        words.count("{number} is left out.", "{number} are left out.", out) if out else "",
        words.say("Nothing is sent before one of you presses Send."),
    ]
    look = Button(words.say("Look at the round"), ShowDraft(draft.round.id, 1))
    return [title, Paragraph(plain(" ".join(filter(None, told)))), Buttons((look,))]


def undelivered_part(lost: Sequence[Undelivered], words: Words) -> Sequence[Element]:
    """For organisers: that something did not arrive, with a button to see what."""
    return undelivered_hint(lost, words) if lost else ()


def _offer(seen: Seen, words: Words, weight: Weight) -> Sequence[Element]:
    names = words.all_of([seen.called(member, words) for member in seen.others()]) or words.say("somebody who has left")
    elements: list[Element] = [Paragraph((Bold(words.say("May I introduce you to {names}?", names=names)),))]
    reasons = reasons_for(seen, words)[:1]
    if reasons:
        elements.append(Bullets(tuple(reasons)))
    if seen.intro.answer_until is not None:
        until = words.text("You can answer until {when}.", when=words.moment(seen.intro.answer_until))
        elements.append(Footnote(until))
    yes = Button(words.say("Yes, introduce us"), AcceptIntro(seen.intro.id), weight)
    return [*elements, Buttons((yes, Button(words.say("Not now"), DeclineIntro(seen.intro.id))))]


def _waiting_line(seen: Seen, words: Words) -> tuple[Inline, ...]:
    names = words.all_of([seen.called(member, words) for member in seen.others()]) or words.say("somebody who has left")
    return (Bold(names), Plain(f" – {words.say('you said yes; I write to you if it becomes an introduction')}"))


def _profile_buttons(member: Member, words: Words, today: date) -> Buttons:
    edit = Button(words.say("Edit"), EditProfile())
    if member.consent is not Consent.YES:
        return Buttons((Button(words.say("Introduce me"), AcceptInvitation(member.id)), edit))
    if member.is_paused(today):
        return Buttons((edit, Button(words.say("I'm back already"), ResumeProfile())))
    return Buttons((edit, Button(words.say("Take a break"), PauseProfile())))
