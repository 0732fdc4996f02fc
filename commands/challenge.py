"""``/challenge``: an open question to all sectors. It is shown first, exactly as it will look, and posted when the button is
pressed; what is answered becomes the draft of a case note."""

from collections.abc import Mapping

from bot.arguments import MAX_TYPED
from bot.challenges.actions import WriteChallenge
from bot.challenges.domain import ChallengePlace
from bot.challenges.draftcards import preview_card
from bot.challenges.forms import WHERE, filled_in, write_form
from bot.challenges.hostcards import list_card
from bot.challenges.writing import Written, overflowing
from bot.errors import NotUnderstood
from bot.interactions import Call, Command, Option, OptionKind, PlaceKind, Verb, answer, fill
from bot.messages.forms import Form, FormValue
from bot.messages.replies import Correct, OpenForm, Private, Replies
from commands import challenge_answers, challenge_drafts, challenge_hosting
from commands.challenge_drafts import corrected


async def new(call: Call) -> Replies:
    """A draft and how it will look; the form where too little, or too much, was typed."""
    typed, challenges = overflowing(_typed(call)), call.services.challenges
    if not typed.question.strip():
        return (OpenForm(await _form(call, typed)),)
    problems = {**await challenges.drafts.problems(call.arrival.workspace, typed, call.words)}
    problems.pop("closes", None)  # that one is asked about, with buttons
    if problems:
        # With all that was typed, so that nothing has to be typed again.
        told = call.words.tell(next(iter(problems.values())))
        return (OpenForm(await _form(call, typed, told)),)
    try:
        place = await _place(call, call.text("in"))
    except NotUnderstood as sorry:
        return (OpenForm(await _form(call, typed, call.words.tell(sorry.said), call.text("in"))),)
    shown = await challenges.drafts.write(call.arrival.workspace, call.member.id, typed, place, call.words)
    return (Private(preview_card(shown, call.words)),)


async def list_(call: Call) -> Replies:
    """The challenges that are open, and those that were closed lately."""
    here = call.arrival.place.address
    every = await call.services.challenges.every(call.arrival.workspace, call.member, here)
    return (Private(list_card(every, call.words, muted=call.member.challenges_muted)),)


async def open_new(call: Call, _action: WriteChallenge, _chosen: tuple[str, ...]) -> Replies:
    """Opens the empty form."""
    return (OpenForm(await _form(call, Written())),)


async def new_form(call: Call, _action: WriteChallenge) -> Form:
    """The form to read back."""
    return await _form(call, Written())


async def write(call: Call, _action: WriteChallenge, values: Mapping[str, FormValue]) -> Replies:
    """The form came back: shows how it will look."""
    typed, drafts = filled_in(values), call.services.challenges.drafts
    problems = await drafts.problems(call.arrival.workspace, typed, call.words)
    if problems:
        return (corrected(call, problems),)
    try:
        place = await _place(call, str(values.get(WHERE) or ""))
    except NotUnderstood as sorry:
        return (Correct({WHERE: call.words.tell(sorry.said)}),)
    shown = await drafts.write(call.arrival.workspace, call.member.id, typed, place, call.words)
    return (Private(preview_card(shown, call.words)),)


async def _form(call: Call, typed: Written, told: str = "", where: str = "") -> Form:
    themes = await call.services.challenges.themes(call.arrival.workspace)
    named = None if call.arrival.place.kind is not PlaceKind.DIRECT and not where else where
    return write_form(call.words, themes, typed, where=named, told=told)


async def _place(call: Call, named: str) -> ChallengePlace | None:
    """The channel that was named, or where it was typed, if others read along there."""
    if named.strip():
        return await call.services.challenges.drafts.place(call.arrival.workspace, call.arrival.account, named)
    place = call.arrival.place
    return None if place.kind is PlaceKind.DIRECT else ChallengePlace(place.address)


def _typed(call: Call) -> Written:
    themes = call.values.get("themes")
    return Written(
        question=call.text("question"),
        view=call.text("view"),
        themes=themes if isinstance(themes, tuple) else (),
        closes=call.text("closes"),
    )


_OPTIONS = (
    Option(
        "question",
        {"en": "question", "da": "spørgsmål"},
        "an open question that starts from somebody's life",
        max_length=MAX_TYPED,
        sentence=True,
    ),
    Option("view", {"en": "view", "da": "syn"}, "how you see it yourselves", max_length=MAX_TYPED),
    Option(
        "themes",
        {"en": "themes", "da": "temaer"},
        "what it is about: themes of the academy",
        OptionKind.LIST,
        also=("theme", "tema"),
    ),
    Option(
        "closes",
        {"en": "closes", "da": "lukker"},
        "until when one can answer",
        also=("until", "deadline", "frist", "indtil", "slutter", "close", "luk"),
    ),
    Option(
        "in",
        {"en": "in", "da": "i"},
        "the channel in which it is asked; here without it",
        channels=True,
        also=("channel", "kanal"),
    ),
)

COMMAND = Command(
    name="challenge",
    names={"en": "challenge", "da": "udfordring"},
    summary="Ask all sectors an open question; the answers become a case note",
    default="new",
    verbs=(
        Verb(
            run=new,
            summary="ask an open question and look at it before it is posted",
            name="new",
            names={"en": "new", "da": "ny"},
            options=_OPTIONS,
            opens_form=True,
            example='/challenge "What does it take for a senior to have somebody to eat with?" closes:"friday 12:00"',
        ),
        Verb(
            run=list_,
            only_shows=True,
            summary="challenges that are open, and those that were closed lately",
            name="list",
            names={"en": "list", "da": "liste"},
        ),
    ),
)

ACTIONS = (
    answer(WriteChallenge, open_new),
    *challenge_drafts.ACTIONS,
    *challenge_answers.ACTIONS,
    *challenge_hosting.ACTIONS,
)

FORMS = (
    fill(WriteChallenge, new_form, write, watches=True),
    *challenge_drafts.FORMS,
    *challenge_answers.FORMS,
    *challenge_hosting.FORMS,
)
