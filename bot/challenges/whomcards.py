"""Whom one could ask in private, and why; whom not; and where that is nobody, what stands in the way and what leads on."""

from collections.abc import Sequence
from typing import assert_never

from bot.challenges.actions import (
    AskThem,
    ChooseThemes,
    CopyChallenge,
    PutBack,
    SeeChallenge,
    TakeOff,
)
from bot.challenges.asking import Proposal
from bot.challenges.domain import WhyAsked
from bot.challenges.eligible import WhyNobody
from bot.challenges.inviting import Candidate
from bot.challenges.naming import person, sector_name, sectors_named
from bot.challenges.standing import Standing
from bot.members.actions import PreviewInvitations
from bot.members.domain import Member
from bot.messages.elements import (
    Accent,
    Bullets,
    Button,
    Buttons,
    Card,
    Choice,
    Element,
    Footnote,
    Heading,
    Paragraph,
    Select,
    Weight,
)
from bot.messages.text import Bold, Plain, Text, plain, shortened
from bot.words import Words

_LABEL, _TAG = 75, 80


def whom_card(proposal: Proposal, by: Member, words: Words) -> Card:
    """Who could be asked now, sector by sector, and why; nobody is asked yet."""
    shown = proposal.standing
    title = words.say("Whom could I ask?")
    elements: list[Element] = [Heading(title)]
    if proposal.others:
        elements.append(Paragraph(plain(words.say("Meanwhile it would be others. Look once more, please."))))
    if not proposal.chosen:
        return Card(title, (*elements, *_nobody(proposal, by, words)))
    missing = [key for key in shown.unheard() if all(one.sector != key for one in proposal.chosen)]
    elements.append(Bullets(tuple(_line(proposal, one, words) for one in proposal.chosen)))
    if missing:
        nobody = words.say(
            "I find nobody whom I may ask from: {sectors}. Do you know somebody there? Tell them yourself.",
            sectors=sectors_named(shown, missing, words),
        )
        elements.append(Paragraph(plain(nobody)))
    off = words.say("Take somebody off the list")
    elements.append(Select(off, TakeOff(shown.challenge.id), _choices(proposal, proposal.chosen, words), multiple=True))
    elements += _put_back(proposal, words)
    small = words.say(
        "Each gets one private message and no reminder, and may say no by one press, which nobody is told. Nobody is asked more"
        " than once in two weeks. Who is taken off the list hears nothing of it."
    )
    number = len(proposal.chosen)
    ask = words.count("Ask this one", "Ask these {number}", number)
    button = Button(ask, AskThem(shown.challenge.id, proposal.mark), Weight.MAIN)
    back = Button(words.say("Better not"), SeeChallenge(shown.challenge.id))
    return Card(title, (*elements, Buttons((button, back)), Footnote(plain(small))), Accent.ASK)


def _nobody(proposal: Proposal, by: Member, words: Words) -> list[Element]:
    """What stands in the way, and what leads on."""
    challenge = proposal.standing.challenge
    told = words.say("Just now I find nobody whom I may ask. The card stays open to all.")
    whys = [plain(_why_nobody(why, by, words)) for why in proposal.whys]
    buttons: list[Button] = []
    if WhyNobody.NO_YES in proposal.whys and by.is_organiser():
        buttons.append(Button(words.say("Invite to introductions"), PreviewInvitations()))
    if WhyNobody.NO_FIT in proposal.whys and proposal.standing.themes:
        buttons.append(Button(words.say("Choose themes"), ChooseThemes(challenge.id), Weight.MAIN))
    if WhyNobody.ELSEWHERE in proposal.whys and challenge.author == by.id:
        buttons.append(Button(words.say("Ask elsewhere, too"), CopyChallenge(challenge.id)))
    buttons.append(Button(words.say("How it stands"), SeeChallenge(challenge.id)))
    listed = [Bullets(tuple(whys))] if whys else []
    return [Paragraph(plain(told)), *listed, *_put_back(proposal, words), Buttons(tuple(buttons))]


def _why_nobody(why: WhyNobody, by: Member, words: Words) -> str:
    match why:
        case WhyNobody.NO_YES if by.is_organiser():
            return words.say(
                "I only ask those who take part in introductions, and nobody from another organisation does yet. You can invite"
                " them."
            )
        case WhyNobody.NO_YES:
            return words.say(
                "I only ask those who take part in introductions, and nobody from another organisation does yet. An organiser"
                " can invite them."
            )
        case WhyNobody.RESTING:
            return words.say("Some have answered already, or were asked something in the last two weeks.")
        case WhyNobody.ELSEWHERE:
            return words.say("Some are not in the channel where the challenge stands, so they could not read it.")
        case WhyNobody.NO_FIT:
            return words.say("Some have no theme and no offer that fits the question. Themes that you choose help me.")
        case WhyNobody.TAKEN_OFF:
            return words.say("Some fit, and you have taken them off the list.")
        case WhyNobody.ENOUGH:
            return words.say("Some fit, and of their sectors as many were heard or asked as I may ask.")
        case _:
            assert_never(why)


def _put_back(proposal: Proposal, words: Words) -> list[Element]:
    if not proposal.left_out:
        return []
    choices = _choices(proposal, proposal.left_out, words)
    return [
        Select(words.say("Put somebody back on it"), PutBack(proposal.standing.challenge.id), choices, multiple=True)
    ]


def _choices(proposal: Proposal, candidates: Sequence[Candidate], words: Words) -> tuple[Choice, ...]:
    """By what tells them apart and no more: why they are on it stands above."""
    names = [proposal.people[one.id].name for one in candidates]
    apart = proposal.names_shown and len(set(names)) == len(names)
    told = names if apart else [_who(proposal, one, words) for one in candidates]
    return tuple(Choice(str(one.id), shortened(name, _LABEL)) for one, name in zip(candidates, told, strict=True))


def _line(proposal: Proposal, one: Candidate, words: Words) -> Text:
    return (Bold(_who(proposal, one, words)), Plain(f" – {_why(proposal.standing, one, words)}"))


def _who(proposal: Proposal, one: Candidate, words: Words) -> str:
    member, shown = proposal.people[one.id], proposal.standing
    if proposal.names_shown:
        return person(shown, member, words)
    return ", ".join(filter(None, (member.organisation, sector_name(shown, member.sector, words))))


def _why(shown: Standing, one: Candidate, words: Words) -> str:
    if one.why is WhyAsked.OFFER:
        return words.say("offers {offer}", offer=shortened(one.term, _TAG))
    theme = next((theme for theme in shown.themes.values() if theme.goes_by(one.term)), None)
    name = shortened(one.term, _TAG) if theme is None else theme.name(words.language)
    return words.say("works on {theme}", theme=name)
