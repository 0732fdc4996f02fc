"""What one can say of a poll in a line: the options of ``/poll``, all the words that people type for them, and what they mean."""

from dataclasses import replace

from bot.arguments import MAX_TYPED
from bot.interactions import Call, Option, OptionChoice, OptionKind, PlaceKind
from bot.polls.domain import MOST_OPTIONS, OPTION_CHARACTERS, QUESTION_CHARACTERS, PollKind, PollPlace, Showing
from bot.polls.templates import Template, template
from bot.polls.writing import Written

_KINDS = (
    OptionChoice(PollKind.SINGLE, {"en": "one", "da": "én"}, ("en", "et", "ét", "enkelt", "choice", "valg")),
    OptionChoice(PollKind.MULTIPLE, {"en": "several", "da": "flere"}, ("multi", "many", "mange", "checkbox")),
    OptionChoice(
        PollKind.RANKED,
        {"en": "ranked", "da": "rangeret"},
        ("rank", "ranking", "order", "irv", "rangering", "rækkefølge", "prioriteret", "prioritering"),
    ),
    OptionChoice(
        PollKind.YES_NO,
        {"en": "yes-no", "da": "ja-nej"},
        ("yes/no", "ja/nej", "yesno", "janej", "yes", "ja", "no", "nej"),
    ),
    OptionChoice(
        PollKind.DATES,
        {"en": "dates", "da": "datoer"},
        ("date", "dato", "day", "days", "dag", "dage", "time", "times", "tid", "tider", "tidspunkt"),
    ),
    OptionChoice(
        PollKind.RATING,
        {"en": "stars", "da": "stjerner"},
        ("star", "stjerne", "rate", "score", "1-5", "karakter", "bedømmelse", "vurdering"),
    ),
)
# What people type for "as many as one likes", and for "one": as numbers.
_HOW_MANY = (
    OptionChoice(str(MOST_OPTIONS), {"en": "yes", "da": "ja"}, ("all", "any", "alle", "flere", "several")),
    OptionChoice("1", {"en": "no", "da": "nej"}, ("one", "én", "en")),
)
_TEMPLATES = (
    OptionChoice(Template.PULSE, {"en": "pulse", "da": "puls"}),
    OptionChoice(Template.CAMP, {"en": "camp", "da": "camp"}),
    OptionChoice(Template.NEXT, {"en": "next-camp", "da": "næste-camp"}),
)
_RESULTS = (
    OptionChoice(Showing.LIVE, {"en": "live", "da": "løbende"}, ("now", "nu", "always", "altid")),
    OptionChoice(Showing.AFTER_VOTE, {"en": "voted", "da": "stemt"}, ("after", "efter")),
    OptionChoice(Showing.AT_CLOSE, {"en": "closed", "da": "lukket"}, ("hidden", "skjult", "end", "slut")),
)

OPTIONS = (
    Option("question", {"en": "question", "da": "spørgsmål"}, "what you want to ask", max_length=MAX_TYPED),
    Option(
        "options",
        {"en": "options", "da": "svar"},
        "what people can choose; none for yes or no",
        OptionKind.LIST,
        max_length=10 * OPTION_CHARACTERS,
    ),
    Option(
        "multiple",
        {"en": "multiple", "da": "flere"},
        "how many one may choose",
        OptionKind.NUMBER,
        choices=_HOW_MANY,
        also=("max", "maks"),
    ),
    Option(
        "kind",
        {"en": "kind", "da": "slags"},
        "how people vote",
        OptionKind.CHOICE,
        choices=_KINDS,
        also=("type", "art"),
    ),
    Option(
        "anonymous",
        {"en": "anonymous", "da": "anonym"},
        "nobody can see who voted what",
        OptionKind.FLAG,
    ),
    Option(
        "closes",
        {"en": "closes", "da": "lukker"},
        "until when one can vote; or: all",
        also=("until", "deadline", "frist", "indtil", "slutter", "close", "luk"),
    ),
    Option(
        "results",
        {"en": "results", "da": "resultat"},
        "when the numbers are seen",
        OptionKind.CHOICE,
        choices=_RESULTS,
        also=("result", "resultater", "show", "vis"),
    ),
    Option("add", {"en": "add", "da": "tilføj"}, "whether others may add options", OptionKind.FLAG),
    Option(
        "repeat",
        {"en": "repeat", "da": "gentag"},
        "how it repeats, each time as a poll of its own",
        also=("repeats", "gentages"),
    ),
    Option(
        "in",
        {"en": "in", "da": "i"},
        "the channels in which it is asked; here without it",
        OptionKind.LIST,
        channels=True,
        also=("channel", "channels", "kanal", "kanaler"),
    ),
    Option(
        "template",
        {"en": "template", "da": "skabelon"},
        "one that is ready",
        OptionKind.CHOICE,
        choices=_TEMPLATES,
    ),
    Option(
        "quorum",
        {"en": "quorum", "da": "mindst"},
        "how many have to vote",
        OptionKind.NUMBER,
        also=("kvorum", "min"),
    ),
)


def typed_in(call: Call) -> Written:
    """What was typed; beside a template, what takes the place of its own."""
    question, listed = _asked(call)
    if call.text("template"):
        ready = template(Template(call.text("template")), call.words)
        anonymous = call.values.get("anonymous")
        return replace(
            ready,
            anonymous=ready.anonymous if anonymous is None else anonymous is True,
            question=question or ready.question,
            options=listed or ready.options,
            closes=call.text("closes") or ready.closes,
            quorum=_number(call, "quorum"),
            repeat=call.text("repeat"),
        )
    return Written(
        question=question,
        options=listed,
        kind=PollKind(call.text("kind")) if call.text("kind") else None,
        # None at all is not what "as many as one likes" is called.
        most=_number(call, "multiple") or (-1 if "multiple" in call.values else 0),
        may_add=call.values.get("add") is True,
        anonymous=call.values.get("anonymous") is True,
        showing=Showing(call.text("results") or Showing.LIVE),
        live=call.text("results") == Showing.LIVE,
        closes=call.text("closes"),
        quorum=_number(call, "quorum"),
        repeat=call.text("repeat"),
    )


def says_too_little(call: Call, typed: Written) -> bool:
    """Whether there is nothing to show yet: no question, or words that may have been meant otherwise."""
    question = typed.question.strip()
    unclear = (call.bare or " " not in question) and not question.endswith("?") and typed.kind is None
    return not typed.options and len(question) <= QUESTION_CHARACTERS and (not question or unclear)


def trimmed(typed: Written) -> Written:
    """As much of it as a form can show."""
    options = tuple(one[:OPTION_CHARACTERS] for one in typed.options[:MOST_OPTIONS])
    return replace(typed, question=typed.question[:QUESTION_CHARACTERS], options=options)


def _asked(call: Call) -> tuple[str, tuple[str, ...]]:
    """The question and the options. Words without any quotes are the question up to its question mark; without one, all of
    them are."""
    options = call.values.get("options")
    question, listed = call.text("question"), options if isinstance(options, tuple) else ()
    if not call.bare:
        return question, listed
    words = (question, *listed)
    end = next((place for place, word in enumerate(words, start=1) if word.endswith("?")), len(words))
    return " ".join(words[:end]), words[end:]


async def places_of(call: Call) -> tuple[PollPlace, ...]:
    """The channels that were named, or where it was typed, if others read along there. Raises NotUnderstood for a channel that is
    not there, or where nothing can be posted."""
    named = call.values.get("in")
    if isinstance(named, tuple) and named:
        return await call.services.polls.drafts.places(call.arrival.workspace, call.arrival.account, named)
    place = call.arrival.place
    return () if place.kind is PlaceKind.DIRECT else (PollPlace(place.address),)


def _number(call: Call, key: str) -> int:
    value = call.values.get(key)
    return value if isinstance(value, int) else 0
