"""Questions that nobody answered, in all that was said afterwards."""

import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from bot.notes.extract.cues import SMALL_TALK
from bot.notes.extract.exchange import is_exchange
from bot.notes.extract.people import People
from bot.notes.extract.sentences import Conversation, Sentence
from bot.notes.extract.who import answers_who

_FEWEST_WORDS = 3
_FEWEST_WITH_QUESTION_WORD = 2
# Lines after a question in which an answer is looked for by how it sounds.
_NEAR = 5
# Share of what a question is about that an answer speaks of: soon after it, and anywhere later.
_SHARED, _ABOUT = 0.34, 0.7
_LEAST_ABOUT = 2  # stems
_EVASIVE = re.compile(
    r"\b(?:ved (?:jeg )?(?:det )?ikke|aner (?:det )?ikke|ikke sikker|godt spørgsmål|det må vi|finde ud af|undersøge"
    r"|vender tilbage"
    r"|tænke over|det samme|også gerne vide|don't know|do not know|no idea|not sure|good question|find out"
    r"|have to (?:see|check|ask)"
    r"|get back|wondering)\b",
    re.IGNORECASE,
)
_YES_NO = re.compile(
    r"^(?:ja|nej|jo|jep|yes|no|yeah|nope|yep|sure|certainly|gladly|all right|alright|okay|ok|fint|that's fine|that works"
    r"|det passer|of course|selvfølgelig|naturligvis|klart|gerne"
    r"|(?:that|it)(?:'d| would) be (?:great|wonderful|lovely|nice|perfect|fine|good|a great help)"
    r"|det (?:ville|vil|kunne) være (?:dejligt|fint|godt|skønt|perfekt|super|rart|fantastisk)|det må du (?:meget )?gerne)\b",
    re.IGNORECASE,
)
_TAG = re.compile(
    r"(?:^|[,\s])(?:ikke(?: også)?|right|okay|ok|vel|huh|isn't it|don't you think|you know|yeah)\?$", re.IGNORECASE
)
_QUESTION_WORD = re.compile(
    r"\b(?P<who>hvem|who|whom|whose)\b|\b(?P<when>hvornår|when|what time|(?:hvilken|which) (?:dag|uge|day|week))\b"
    r"|\b(?P<much>hvor (?:mange|meget|længe|langt|stor|gammel)|hvad koster|how (?:many|much|long|far|big|old))\b"
    r"|\b(?P<other>hvad|hvordan|hvorfor|hvor|hvilke[nt]?|what|how|why|where|which)\b",
    re.IGNORECASE,
)
# How an answer to each of these but "who" sounds, if it comes at once.
_ANSWERS = {
    "when": re.compile(
        r"\d|\b(?:i (?:dag|morgen|aften|næste uge)|på \w+dag|\w*dag(?:en)?|snart|tomorrow|today|tonight|\w+days?"
        r"|next \w+|soon|uge|week)\b",
        re.IGNORECASE,
    ),
    "much": re.compile(
        r"\d|\b(?:en|et|to|tre|fire|fem|seks|syv|otte|ni|ti|tyve|mange|få|alle|ingen|gratis|intet|one|two|three|four"
        r"|five|six|seven|eight|nine|ten"
        r"|twenty|hundred|many|few|all|none|nothing|free|since|siden)\b",
        re.IGNORECASE,
    ),
    "other": re.compile(
        r"^(?:det|den|de|der|han|hun|fordi|ved at|for at|it|that|they|he|she|there|because|since|by|to|this|these)\b",
        re.IGNORECASE,
    ),
}
# How an answer to any but "who" begins where only two speak, and one answers the other at once.
_ANSWERS_ONE = re.compile(
    r"^(?:i|we|you|my|our|your|his|her|their|in|on|at|by|near|from|outside|inside|under|over|opposite|around|about|for|with"
    r"|jeg|vi|du|min|mit|mine|vores|din|dit|hans|hendes|på|ved|hos|fra|uden|under|over|omkring|med)\b",
    re.IGNORECASE,
)

_SPEAKER = re.compile(r"^(?:we|my|our|jeg|vi|min|mit|mine|vores)\b", re.IGNORECASE)


def open_questions(talk: Conversation, elsewhere: Iterable[int]) -> list[Sentence]:
    """Those that were asked and not answered later. ``elsewhere``: places of sentences that are something else already. Where it
    cannot be told whether it was answered, it is taken to be open: that is easier to strike out than to remember."""
    other = set(elsewhere)
    weights = _weights(talk)
    people = People(talk.authors)
    spoken = _where(talk)
    replies: dict[str, list[int]] = {}
    for place, line in enumerate(talk.lines):
        if line.reply_to:
            replies.setdefault(line.reply_to, []).append(place)
    return [
        one
        for one in talk.sentences
        if one.place not in other
        and _is_asked(one)
        and not _is_answered_soon(talk, people, one, weights, replies.get(talk.id(one), ()))
        and not _is_answered_later(talk, one, weights, spoken)
    ]


def _is_asked(one: Sentence) -> bool:
    if not one.asks or not one.stems:
        return False
    fewest = _FEWEST_WITH_QUESTION_WORD if _QUESTION_WORD.search(one.text) else _FEWEST_WORDS
    return one.words >= fewest and not SMALL_TALK.match(one.text) and not _TAG.search(one.text)


def _weights(talk: Conversation) -> Mapping[str, float]:
    """How telling each stem is here: rare ones are."""
    seen = Counter(stem for one in talk.sentences for stem in set(one.stems))
    number = len(talk.sentences)
    return {stem: math.log(1 + number / times) for stem, times in seen.items()}


def _where(talk: Conversation) -> Mapping[str, Sequence[int]]:
    found: dict[str, list[int]] = {}
    for one in talk.sentences:
        for stem in set(one.stems):
            found.setdefault(stem, []).append(one.place)
    return found


def _is_answered_soon(
    talk: Conversation, people: People, question: Sentence, weights: Mapping[str, float], replies: Sequence[int]
) -> bool:
    """By somebody else soon after or in a reply: by what sounds like an answer to just that, or speaks of the same."""
    near = range(question.line + 1, min(len(talk.lines), question.line + 1 + _NEAR))
    others = 0
    for place in (*near, *(place for place in replies if place > question.line + _NEAR)):
        line = talk.lines[place]
        if line.author == talk.author(question) or not _may_answer(talk, question, place):
            continue
        others += 1
        for one in talk.of_line[place]:
            if (others == 1 or is_exchange(talk)) and _is_yes_or_no(talk, question, one):
                return True
            if others == 1 and _names_a_day(talk, question, one):
                return True
            if _says_nothing(one):
                continue
            if others == 1 and _is_told(talk, question, one):
                return True
            at_once = others == 1 or line.reply_to == talk.id(question)
            if (at_once and _sounds_right(talk, people, question, one)) or _share(question, one, weights) >= _SHARED:
                return True
    return False


def _is_told(talk: Conversation, question: Sentence, one: Sentence) -> bool:
    """Where only two speak: whether something is stated at once ("Did you miss the bus?", "Somebody stole my bike.") and
    who asked goes on from there. Not where they want to know who, when, or how much."""
    if not is_exchange(talk) or not one.stems:
        return False
    asked = _QUESTION_WORD.search(question.text)
    content = any(line.author == talk.author(question) for line in talk.lines[one.line + 1 :])
    return content and (asked is None or asked.lastgroup == "other")


def _is_yes_or_no(talk: Conversation, question: Sentence, one: Sentence) -> bool:
    """Also where more follows that says nothing: "No. I still don't know what I want to study."."""
    return _QUESTION_WORD.search(question.text) is None and _YES_NO.match(talk.lines[one.line].text) is not None


def _names_a_day(talk: Conversation, question: Sentence, one: Sentence) -> bool:
    """Where only two speak, and the day that was asked for is proposed by a question: "Which day?", "Wednesday the 14th?"."""
    asked = _QUESTION_WORD.search(question.text)
    when = asked is not None and asked.lastgroup == "when"
    return (
        when
        and is_exchange(talk)
        and not _QUESTION_WORD.search(one.text)
        and _ANSWERS["when"].search(one.text) is not None
    )


def _may_answer(talk: Conversation, question: Sentence, place: int) -> bool:
    """Not where it is a reply to something else."""
    return talk.lines[place].reply_to in {"", talk.id(question), talk.lines[question.line].reply_to}


def _says_nothing(one: Sentence) -> bool:
    return one.asks or _EVASIVE.search(one.text) is not None


def _sounds_right(talk: Conversation, people: People, question: Sentence, one: Sentence) -> bool:
    asked = _QUESTION_WORD.search(question.text)
    # The yes itself is no part of the sentence that follows it.
    if asked is None or asked.lastgroup is None:
        return _YES_NO.match(one.text) is not None or _YES_NO.match(talk.lines[one.line].text) is not None
    if asked.lastgroup == "who":
        return answers_who(question, one, people)
    # "We have" and "my" tell neither a day nor a number.
    fits = asked.lastgroup == "other" or _SPEAKER.match(one.text) is None
    if fits and is_exchange(talk) and _ANSWERS_ONE.match(one.text):
        return True
    return _ANSWERS[asked.lastgroup].search(one.text) is not None


def _share(question: Sentence, one: Sentence, weights: Mapping[str, float]) -> float:
    # In the order in which they stand, since sums of fractions depend on it.
    stems = dict.fromkeys(question.stems)
    said = set(one.stems)
    return sum(weights[stem] for stem in stems if stem in said) / sum(weights[stem] for stem in stems)


def _is_answered_later(
    talk: Conversation, question: Sentence, weights: Mapping[str, float], spoken: Mapping[str, Sequence[int]]
) -> bool:
    """By a sentence of another person, wherever it stands, that speaks of most that the question is about."""
    stems = set(question.stems)
    if len(stems) < _LEAST_ABOUT:
        return False
    # What speaks of most has one of the two rarest.
    rarest = sorted(stems, key=lambda stem: (-weights[stem], stem))[:_LEAST_ABOUT]
    places = {place for stem in rarest for place in spoken[stem] if place > question.place}
    author = talk.author(question)
    return any(
        talk.author(talk.sentences[place]) != author
        and not _says_nothing(talk.sentences[place])
        and _share(question, talk.sentences[place], weights) >= _ABOUT
        for place in places
    )
