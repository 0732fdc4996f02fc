"""The dialogs of case notes: a conversation that is pasted, the two halves of a note, and who may see it."""

from collections.abc import Callable, Mapping
from dataclasses import replace

from bot.errors import NotUnderstood, Phrase
from bot.members.domain import Sector, Theme
from bot.messages.elements import Choice
from bot.messages.forms import ChoiceField, FileField, Form, FormField, FormValue, ListField, TextField
from bot.messages.text import plain, shortened
from bot.notes.actions import ChooseAudience, EditNote, LetStand, NoteFromText, ObjectToNote, Side
from bot.notes.casenote import CaseNote
from bot.notes.domain import Audience, Note
from bot.notes.editing import FIELD_CHARACTERS, TITLE_CHARACTERS, Part, lines_of, with_lines
from bot.notes.naming import audience_name, part_name
from bot.notes.publishing import Preview
from bot.notes.service import Opened
from bot.notes.tellcards import steps_back
from bot.words import Words

TEXT, FILE = "text", "file"
TITLE, TAGS, AUDIENCE, THEMES, PLACE, WORDS, REASON = "title", "tags", "audience", "themes", "place", "words", "reason"
_ENDINGS = (".txt", ".md", ".json", ".jsonl", ".csv")
_MAX_FILE = 20_000_000
# In characters, where the platform itself takes so many.
_PASTED = 200_000
_REASON = 500
_MOST_TAGS = 20
_TAG = 60
_CHOICE = 75
_MOST_CHOICES = 25
_HALVES: Mapping[Side, tuple[Part, ...]] = {
    Side.ABOUT: (Part.SUMMARY, Part.SITUATION, Part.PERSPECTIVES),
    Side.OUTCOME: (Part.IDEAS, Part.AGREEMENTS, Part.ACTIONS, Part.QUESTIONS),
}


def text_form(words: Words, typed: str = "") -> Form:
    """A conversation from elsewhere."""
    return Form(
        title=words.say("A note of a conversation"),
        submit=words.say("Make the note"),
        action=NoteFromText(),
        fields=(
            TextField(
                TEXT,
                words.say("Paste the conversation"),
                hint=words.say("One message a line, with “Name: ” before it. Is it long? Choose a file below."),
                value=shortened(typed, FIELD_CHARACTERS),
                multiline=True,
                max_length=_PASTED,
                or_file=True,
            ),
            FileField(
                FILE,
                words.say("Or choose a file"),
                hint=words.say("Text, or an export from Slack or Discord."),
                accepts=_ENDINGS,
                max_bytes=_MAX_FILE,
            ),
        ),
        intro=plain(words.say("Only you see the draft. The conversation itself I do not keep.")),
    )


def edit_form(opened: Opened, side: Side, words: Words) -> Form:
    """One half of a note, a part a field."""
    note = opened.note
    fields: list[FormField] = []
    if side is Side.ABOUT:
        title = shortened(note.content.title, TITLE_CHARACTERS)
        fields.append(TextField(TITLE, words.say("Title"), value=title, required=True, max_length=TITLE_CHARACTERS))
    fields += [_part_field(note, part, opened.sectors, words) for part in _HALVES[side]]
    if side is Side.ABOUT:
        fields.append(
            ListField(
                TAGS,
                words.say("Keywords"),
                hint=words.say("A few words by which others find it."),
                value=tuple(shortened(tag, _TAG) for tag in note.content.tags[:_MOST_TAGS]),
                max_items=_MOST_TAGS,
                max_length=_TAG,
            )
        )
    return Form(
        title=words.say("Edit the note"),
        submit=words.say("Save"),
        action=EditNote(note.id, side),
        fields=tuple(fields),
        intro=plain(
            words.say("One sentence a line. A line that you leave as it is keeps the messages that it rests on.")
        ),
    )


def edited(
    side: Side, values: Mapping[str, FormValue], sectors: Mapping[str, Sector], language: str
) -> Callable[[CaseNote], CaseNote]:
    """What the form changes. The change raises :class:`NotThatWay` for a line that cannot be read."""

    def change(content: CaseNote) -> CaseNote:
        for part in _HALVES[side]:
            try:
                content = with_lines(content, part, str(values[part.value] or ""), sectors, language)
            except NotUnderstood as error:
                raise NotThatWay(part.value, error.said) from error
        if side is Side.OUTCOME:
            return content
        return _named(content, str(values[TITLE]), values[TAGS])

    return change


class NotThatWay(NotUnderstood):
    """A line that cannot be read, in this field."""

    def __init__(self, field: str, said: Phrase) -> None:
        super().__init__(said)
        self.field = field


def audience_form(opened: Opened, words: Words) -> Form:
    """Who may see it, and how others find it."""
    note = opened.note
    return Form(
        title=words.say("Who may see the note?"),
        submit=words.say("Show me how it looks"),
        action=ChooseAudience(note.id),
        fields=(
            ChoiceField(
                AUDIENCE,
                words.say("Who may see it?"),
                tuple(Choice(one.value, audience_name(one, words)) for one in Audience),
                value=(note.audience.value,),
                required=True,
            ),
            ListField(
                THEMES,
                words.say("Themes"),
                hint=words.say("What it is about, such as: homelessness, young people."),
                value=tuple(_theme_name(one, opened.themes, words) for one in note.themes),
                suggestions=tuple(theme.name(words.language) for theme in opened.themes.values()),
                max_items=10,
            ),
            TextField(
                PLACE,
                words.say("Place"),
                hint=words.say("A town or a municipality, if it is about one."),
                value=note.place,
                max_length=100,
            ),
        ),
        intro=plain(" ".join(_intro(note, words))),
    )


def _intro(note: Note, words: Words) -> list[str]:
    first = words.say("Nothing is published yet: first you see just what others will see, with names masked.")
    return [private_words(words), first] if note.source.private else [first]


def private_words(words: Words) -> str:
    """Where the conversation stood, and what follows."""
    return words.say(
        "The conversation stood where not everybody can read along. Ask those who are in it before you let more people read the"
        " note."
    )


def chosen_audience(
    values: Mapping[str, FormValue], themes: Mapping[str, Theme]
) -> tuple[Audience, tuple[str, ...], str]:
    """Who, which themes (by their key where the academy knows them), and where."""
    audience = Audience("".join(_several(values[AUDIENCE])))
    typed = _several(values[THEMES])
    keys = [next((key for key, theme in themes.items() if theme.goes_by(one)), one) for one in typed]
    return audience, tuple(dict.fromkeys(keys)), str(values[PLACE] or "")


def words_form(preview: Preview, words: Words) -> Form:
    """What was masked to be careful, and may be harmless."""
    note = preview.note
    every = tuple(dict.fromkeys((*note.harmless, *preview.covered.unsure)))[:_MOST_CHOICES]
    return Form(
        title=words.say("Words that may stay"),
        submit=words.say("Show me how it looks"),
        action=LetStand(note.id, note.audience),
        fields=(
            ChoiceField(
                WORDS,
                words.say("Which of these name nobody?"),
                tuple(Choice(str(place), shortened(one, _CHOICE)) for place, one in enumerate(every)),
                hint=words.say("Leave it empty if you are in doubt."),
                value=tuple(str(place) for place, one in enumerate(every) if one in note.harmless),
                multiple=True,
            ),
        ),
        intro=plain(words.say("I masked these to be careful. Numbers and members' names are always masked.")),
    )


def chosen_words(preview: Preview, values: Mapping[str, FormValue]) -> tuple[str, ...]:
    """The words that may stay."""
    every = tuple(dict.fromkeys((*preview.note.harmless, *preview.covered.unsure)))
    return tuple(every[int(one)] for one in _several(values[WORDS]) if one.isdecimal() and int(one) < len(every))


def object_form(note: Note, audience: Audience, words: Words) -> Form:
    """Somebody would rather not."""
    return Form(
        title=words.say("I'd rather not"),
        submit=words.say("Say no"),
        action=ObjectToNote(note.id, audience),
        fields=(
            TextField(
                REASON,
                words.say("Why? (you need not say)"),
                hint=words.say("Whoever made the note reads this: without your name, and with others' names masked."),
                multiline=True,
                max_length=_REASON,
            ),
        ),
        intro=plain(steps_back(audience, words)),
    )


def _part_field(note: Note, part: Part, sectors: Mapping[str, Sector], words: Words) -> TextField:
    lines = lines_of(note.content, part, sectors, words.language)
    hint = _hint(part, words)
    if lines.hidden:
        hint = words.count(
            "{number} more line did not fit and stays as it is.",
            "{number} more lines did not fit and stay as they are.",
            lines.hidden,
        )
    return TextField(
        part.value,
        part_name(part, words),
        hint=hint,
        value=lines.text,
        multiline=True,
        max_length=FIELD_CHARACTERS,
    )


def _hint(part: Part, words: Words) -> str:
    match part:
        case Part.PERSPECTIVES:
            return words.say("Sector: what it sees")
        case Part.ACTIONS:
            return words.say("What | who | 2026-04-01")
        case Part.SUMMARY:
            return words.say("Three sentences at most.")
        case _:
            return ""


def _named(content: CaseNote, title: str, tags: FormValue) -> CaseNote:
    shown = shortened(content.title, TITLE_CHARACTERS)
    kept = content.title if title == shown else title
    return replace(content, title=kept, tags=_several(tags))


def _theme_name(key: str, themes: Mapping[str, Theme], words: Words) -> str:
    return themes[key].name(words.language) if key in themes else key


def _several(value: FormValue) -> tuple[str, ...]:
    return value if isinstance(value, tuple) else (str(value),) if value else ()
