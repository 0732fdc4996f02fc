"""The dialogs in which a challenge is written and changed, and in which one answers."""

from collections.abc import Mapping, Sequence

from bot.challenges.actions import ChangeAnswer, ChangeChallenge, ChooseThemes, GiveAnswer, WriteChallenge
from bot.challenges.domain import PART_CHARACTERS, QUESTION_CHARACTERS, VIEW_CHARACTERS, Answer, Challenge
from bot.challenges.examples import example
from bot.challenges.standing import Standing
from bot.challenges.writing import Written
from bot.members.domain import Theme
from bot.messages.elements import Choice
from bot.messages.forms import ChoiceField, Form, FormField, FormValue, TextField
from bot.messages.text import Bold, Plain, plain, shortened
from bot.words import Words

QUESTION, VIEW, THEMES, CLOSES, WHERE = "question", "view", "themes", "closes", "where"
SEES, SUGGESTS, SEEN_BY = "sees", "suggests", "seen_by"
_ALL, _AUTHOR = "all", "author"
_LINE = 300
# All platforms show so many choices.
_CHOICES, _LABEL = 25, 75


def write_form(
    words: Words, themes: Sequence[Theme], typed: Written | None = None, *, where: str | None = None, told: str = ""
) -> Form:
    """A new challenge, with what was typed already. ``where``: the channel that was named so far; None where it was asked for
    in one, so that none has to be named. ``told``: what is wrong with it so far."""
    intro = plain(words.say("You see it before anything is posted. Begin from somebody's life, not from a service."))
    return Form(
        title=words.say("New challenge"),
        submit=words.say("Show me how it looks"),
        action=WriteChallenge(),
        fields=(
            *_fields(typed or Written(), themes, words),
            *([] if where is None else [_where(words, where, required=True)]),
        ),
        intro=(Bold(told), Plain("\n"), *intro) if told else intro,
    )


def change_form(challenge: Challenge, themes: Sequence[Theme], words: Words) -> Form:
    """A draft, as it stands; another channel can be named, and where it stands nowhere yet, one has to be."""
    closes = "" if challenge.closes_at is None else words.when(challenge.closes_at)
    typed = Written(challenge.question, challenge.view, challenge.themes, closes)
    name = "" if challenge.place is None else challenge.place.name
    where = _where(words, f"#{name}" if name else "", required=challenge.place is None)
    return Form(
        title=words.say("Change the challenge"),
        submit=words.say("Show me how it looks"),
        action=ChangeChallenge(challenge.id, challenge.revision),
        fields=(*_fields(typed, themes, words), where),
    )


def filled_in(values: Mapping[str, FormValue]) -> Written:
    """What came back."""
    return Written(
        question=str(values[QUESTION] or ""),
        view=str(values[VIEW] or ""),
        themes=themes_in(values),
        closes=str(values[CLOSES] or ""),
    )


def themes_form(challenge: Challenge, themes: Sequence[Theme], words: Words) -> Form:
    """What one that is open is about."""
    return Form(
        title=words.say("What is it about?"),
        submit=words.say("Look again"),
        action=ChooseThemes(challenge.id),
        fields=tuple(_themes(challenge.themes, themes, words)),
        intro=plain(words.say("By themes I find members who know something about it; they stand on the card, too.")),
    )


def themes_in(values: Mapping[str, FormValue]) -> tuple[str, ...]:
    """The keys that came back."""
    chosen = values.get(THEMES)
    return chosen if isinstance(chosen, tuple) else ()


def answer_form(
    shown: Standing, mine: Answer | None, words: Words, action: GiveAnswer | ChangeAnswer | None = None
) -> Form:
    """What somebody sees and what they suggest, with what they have said so far."""
    alone = words.say("nobody here: only for the case note")
    if shown.author is not None:
        alone = words.say("only {name}", name=shown.author.name)
    choices = (
        Choice(_ALL, words.say("all who see the challenge, with my name")),
        Choice(_AUTHOR, shortened(alone, _LABEL)),
    )
    small = words.say("Leave out citizens' names, numbers and addresses. You can change your answer until it closes.")
    return Form(
        title=words.say("Your answer"),
        submit=words.say("Answer"),
        action=action or GiveAnswer(shown.challenge.id),
        fields=(
            TextField(
                SEES,
                words.say("What do you see?"),
                hint=words.say("From where you stand: what is it like for those whom it is about?"),
                value="" if mine is None else mine.sees,
                multiline=True,
                max_length=PART_CHARACTERS,
            ),
            TextField(
                SUGGESTS,
                words.say("Which solutions do you suggest?"),
                hint=words.say("Small and concrete is fine; half an idea as well."),
                value="" if mine is None else mine.suggests,
                multiline=True,
                max_length=PART_CHARACTERS,
            ),
            ChoiceField(
                SEEN_BY,
                words.say("Who sees your answer?"),
                choices,
                value=(_AUTHOR if mine is not None and not mine.shown else _ALL,),
                required=True,
            ),
        ),
        intro=(Bold(shown.challenge.question), Plain("\n"), Plain(small)),
    )


def answer_in(values: Mapping[str, FormValue]) -> tuple[tuple[str, str], bool]:
    """Both halves of what came back, and whether all may see it."""
    seen_by = values[SEEN_BY]
    chosen = "".join(seen_by) if isinstance(seen_by, tuple) else str(seen_by)
    return (str(values[SEES] or ""), str(values[SUGGESTS] or "")), chosen != _AUTHOR


def _fields(typed: Written, themes: Sequence[Theme], words: Words) -> list[FormField]:
    known = _known(typed.themes, themes)
    fields: list[FormField] = [
        TextField(
            QUESTION,
            words.say("What do you want to ask?"),
            hint=example(tuple(theme.key for theme in known), words),
            value=typed.question,
            required=True,
            max_length=QUESTION_CHARACTERS,
        ),
        TextField(
            VIEW,
            words.say("How do you see it yourselves?"),
            hint=words.say("A few lines: what you know, what you have tried, what puzzles you. No citizens' names."),
            value=typed.view,
            multiline=True,
            max_length=VIEW_CHARACTERS,
        ),
    ]
    closes = TextField(
        CLOSES,
        words.say("Open until"),
        hint=words.say("Friday at 12, or 12 June at 16. Empty: until you close it, 90 days at most."),
        value=typed.closes,
        max_length=_LINE,
    )
    return [*fields, *_themes(typed.themes, themes, words), closes]


def _known(typed: Sequence[str], themes: Sequence[Theme]) -> list[Theme]:
    return [theme for theme in themes if any(theme.goes_by(one) for one in typed)]


def _themes(typed: Sequence[str], themes: Sequence[Theme], words: Words) -> list[FormField]:
    """Nothing, where the academy has none."""
    known = _known(typed, themes)
    shown = [*known, *(theme for theme in themes if theme not in known)][:_CHOICES]
    ordered = sorted(shown, key=lambda theme: words.sort_key(theme.name(words.language)))
    choices = tuple(Choice(theme.key, shortened(theme.name(words.language), _LABEL)) for theme in ordered)
    value = tuple(theme.key for theme in known)
    field = ChoiceField(THEMES, words.say("What is it about?"), choices, value=value, multiple=True)
    return [field] if choices else []


def _where(words: Words, value: str = "", *, required: bool) -> TextField:
    hint = words.say("Where others see it and answer, for example #general")
    return TextField(WHERE, words.say("In which channel?"), hint=hint, value=value, required=required, max_length=_LINE)
