"""What organisers see of the academy's vocabulary: words that mean the same here, one sector, one theme."""

from collections.abc import Sequence

from bot.members.actions import (
    LookAtWords,
    RemoveSector,
    RemoveTheme,
    RemoveWords,
    ShowAcademy,
    ShowWords,
    TakeKnownWords,
    WriteSector,
    WriteTheme,
    WriteWords,
)
from bot.members.domain import Sector
from bot.members.vocabulary import Listed
from bot.members.wording import WordGroup
from bot.messages.elements import (
    Accent,
    Bullets,
    Button,
    Buttons,
    Card,
    Choice,
    Confirm,
    Element,
    Field,
    Fields,
    Footnote,
    Heading,
    Paragraph,
    Select,
    Weight,
)
from bot.messages.text import Bold, Inline, Plain, Text, plain, shortened
from bot.words import Words

_GROUPS_SHOWN = 12
_LINE = 120
_CHOICE = 70


def words_card(groups: Sequence[WordGroup], words: Words, page: int = 0, *, said: str = "") -> Card:
    """A page of the groups, each with what it does; ``said`` stands above. A page that is no longer there is the last."""
    title = words.say("Words that mean the same here")
    elements: list[Element] = [Heading(title)]
    if said:
        elements.append(Paragraph(plain(said)))
    pages = max(1, -(-len(groups) // _GROUPS_SHOWN))
    page = min(max(page, 0), pages - 1)
    here = groups[page * _GROUPS_SHOWN : (page + 1) * _GROUPS_SHOWN]
    if here:
        elements.append(Bullets(tuple(_line(group, words) for group in here)))
        choices = tuple(Choice(group.mark, shortened(words_told(group.words), _CHOICE)) for group in here)
        elements.append(Select(words.say("Look at a group"), LookAtWords(), choices))
    else:
        elements.append(
            Paragraph(
                plain(
                    words.say(
                        "I know many words already, in Danish and English. Add those that only your academy uses: then a"
                        " need and an offer find each other although they are called differently."
                    )
                )
            )
        )
    turning = [Button(words.say("Earlier"), ShowWords(page - 1))] if page else []
    if page + 1 < pages:
        turning.append(Button(words.say("More"), ShowWords(page + 1)))
    elements.append(
        Buttons(
            (
                Button(words.say("Add words"), WriteWords(), Weight.MAIN),
                *turning,
                Button(words.say("Your academy"), ShowAcademy()),
            )
        )
    )
    if pages > 1:
        elements.append(
            Footnote(
                plain(words.say("Page {page} of {pages}.", page=words.number(page + 1), pages=words.number(pages)))
            )
        )
    return Card(said or title, tuple(elements))


def word_group_card(group: WordGroup, words: Words, *, said: str = "") -> Card:
    """One group, what it does, and what can be done with it."""
    title = words.say("These mean the same here")
    elements: list[Element] = [Heading(title)]
    if said:
        elements.append(Paragraph(plain(said)))
    elements += [Paragraph(plain(words_told(group.words))), Paragraph(plain(_effect(group, words)))]
    seen = group.mark, group.seen
    take: tuple[Button, ...] = ()
    if group.known:
        elements.append(
            Paragraph(
                words.text(
                    "My own table says these together with one of them: {words}. Here your words count, so they now stand"
                    " apart.",
                    words=Bold(shortened(", ".join(group.known), _LINE * 2)),
                )
            )
        )
        take = (Button(words.say("Take those in too"), TakeKnownWords(*seen)),)
    elements.append(
        Buttons(
            (
                Button(words.say("Change"), WriteWords(*seen)),
                *take,
                Button(
                    words.say("Remove"),
                    RemoveWords(*seen),
                    Weight.DANGER,
                    Confirm(
                        words.say("Remove these words?"),
                        words.say("Nobody's profile changes. The words just mean what they meant before."),
                        words.say("Remove"),
                        words.say("Keep them"),
                    ),
                ),
                Button(words.say("All words"), ShowWords()),
            )
        )
    )
    return Card(said or title, tuple(elements), Accent.GOOD if said else Accent.CALM)


def listed_card(listed: Listed, words: Words) -> Card:
    """A sector or theme: its names, how many have it, and what can be done with it."""
    entry = listed.entry
    is_sector = isinstance(entry, Sector)
    rename = WriteSector(entry.key) if is_sector else WriteTheme(entry.key)
    remove = RemoveSector(entry.key) if is_sector else RemoveTheme(entry.key)
    buttons = [Button(words.say("Rename"), rename)]
    if not listed.members:
        buttons.append(
            Button(
                words.say("Remove"),
                remove,
                Weight.DANGER,
                Confirm(
                    words.say("Remove {name}?", name=entry.name(words.language)),
                    words.say("Nobody has it. You can add it again whenever you like."),
                    words.say("Remove"),
                    words.say("Keep it"),
                ),
            )
        )
    buttons.append(Button(words.say("Your academy"), ShowAcademy()))
    title = entry.name(words.language)
    elements: list[Element] = [
        Heading(title),
        Fields(
            (
                Field(words.say("Name in Danish"), plain(entry.name("da"))),
                Field(words.say("Name in English"), plain(entry.name("en"))),
                Field(words.say("Members"), plain(words.number(listed.members))),
            )
        ),
    ]
    if listed.members:
        elements.append(
            Paragraph(
                plain(
                    words.count(
                        "It can be removed when nobody has it; {number} member does now.",
                        "It can be removed when nobody has it; {number} members do now.",
                        listed.members,
                    )
                )
            )
        )
    return Card(title, (*elements, Buttons(tuple(buttons))))


def words_told(group: Sequence[str]) -> str:
    """The words of a group on one line."""
    return " = ".join(group)


def _line(group: WordGroup, words: Words) -> Text:
    tags = words.count("{number} time in profiles", "{number} times in profiles", group.tags)
    pieces: tuple[Inline, ...] = (Bold(shortened(words_told(group.words), _LINE)), Plain(f" – {tags}"))
    return pieces


def _effect(group: WordGroup, words: Words) -> str:
    if not group.tags:
        return words.say("No profile speaks of them yet. From now on they count whenever I look for people who fit.")
    times = words.count(
        "They stand {number} time in the members' profiles",
        "They stand {number} times in the members' profiles",
        group.tags,
    )
    ways = words.count("written in {number} way", "written in {number} ways", group.ways)
    return words.say("{times}, {ways}. All of that counts as the same.", times=times, ways=ways)
