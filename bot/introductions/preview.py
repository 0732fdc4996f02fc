"""What organisers see: the round in preparation, page by page, before anything is sent."""

from collections.abc import Sequence

from bot.identity import MemberId
from bot.introductions.actions import (
    ChangeDraft,
    DropRound,
    FreeDraft,
    LockGroup,
    RedrawRound,
    SendRound,
    ShowDraft,
    ShowLeftOut,
    SplitGroup,
)
from bot.introductions.costs import cost_told
from bot.introductions.domain import Intro
from bot.introductions.drafting import DraftView
from bot.introductions.reaching import are_apart
from bot.introductions.reasons import reasons_told
from bot.introductions.summary import drop_question, invitations_told
from bot.matching.domain import WishKind
from bot.matching.words import left_out_text
from bot.messages.elements import (
    Accent,
    Bullets,
    Button,
    Buttons,
    Card,
    Choice,
    Confirm,
    Divider,
    Element,
    Footnote,
    Heading,
    Paragraph,
    Select,
    Weight,
)
from bot.messages.text import Bold, Plain, Text, plain, shortened
from bot.words import Words

# So many groups at the most. With long names fewer, so that they fit in one message everywhere, beside what stands on each page:
# characters, of a page and of what a person and a reason have besides names.
PAGE, _FEWEST = 8, 3
_ROOM, _PERSON, _REASON = 2_600, 20, 60
# As much of a name, and of an organisation, as a list needs.
_NAMED = 40
# As much of a group's names as every platform shows in a list to choose from.
_LABEL = 75
_REASONS = 2
# Pairs kept apart that are named.
_APART = 3


def page_of(shown: DraftView, member: MemberId) -> int:
    """The page with somebody's group; the first where they are in none."""
    places = [place for place, intro in enumerate(shown.draft.intros) if intro.part_of(member)]
    return places[0] // _a_page(shown) + 1 if places else 1


def _a_page(shown: DraftView) -> int:
    """How many groups a page has: the longest decide, so that no page is cut in two."""
    longest = sorted((_length(intro, shown) for intro in shown.draft.intros), reverse=True)[:PAGE]
    return max(_FEWEST, min(PAGE, PAGE * _ROOM // max(1, sum(longest))))


def _length(intro: Intro, shown: DraftView) -> int:
    """About so many characters."""
    people = [shown.people[member] for member in intro.members() if member in shown.people]
    named = sum(min(_NAMED, len(one.name)) + min(_NAMED, len(one.organisation)) + _PERSON for one in people)
    in_reasons = 2 * max((len(one.name) for one in people), default=0) + _REASON
    return named + _REASONS * in_reasons


def preview_card(shown: DraftView, words: Words, page: int = 1) -> Card:
    """One page of the draft. What concerns the whole round stands on each page, in few words."""
    draft, size = shown.draft, _a_page(shown)
    last = max(1, -(-len(draft.intros) // size))
    page = min(max(1, page), last)
    on_page = draft.intros[(page - 1) * size : page * size]
    title = words.say("Round {number}, not sent yet", number=draft.round.number)
    elements: list[Element] = [Heading(title)]
    if shown.note is not None:
        elements.append(Paragraph((Bold(words.tell(shown.note)),)))
    elements += [Paragraph(plain(line)) for line in _summary(shown, words)]
    elements.append(Divider())
    elements.append(Bullets(tuple(_group(intro, shown, words) for intro in on_page)))
    if on_page:
        elements += _selects(on_page, shown, page, words)
    elements += _turning(shown, page, last, words)
    elements.append(_decisions(shown, words))
    elements.append(
        Footnote(plain(words.say("Nobody has heard of this round. Nothing goes out before you press Send.")))
    )
    return Card(title, tuple(elements), Accent.ASK)


def left_out_card(shown: DraftView, words: Words) -> Card:
    """Who is left out, and why; for organisers only."""
    title = words.say("Left out of round {number}", number=shown.draft.round.number)
    names = _names(shown)
    out = [left for left in shown.draft.round.left_out if left.id in names]
    lines = tuple(left_out_text(left, names, words) for left in out)
    if not lines:
        return Card(
            title,
            (
                Heading(title),
                Paragraph(plain(words.say("Nobody is left out."))),
            ),
        )
    return Card(title, (Heading(title), Bullets(lines)))


def _summary(shown: DraftView, words: Words) -> Sequence[str]:
    round_ = shown.draft.round
    groups = words.count("{number} group", "{number} groups", len(shown.draft.intros))
    members = sum(len(intro.parts) for intro in shown.draft.intros)
    people = words.count("{number} member", "{number} members", members)
    out = words.count("{number} left out", "{number} left out", len(round_.left_out))
    lines = [f"{groups} · {people} · {out}", invitations_told(shown.invitations, words)]
    if round_.novelty_exhausted:
        lines.append(
            words.say(
                "Some have met everybody they can meet, so the oldest acquaintances meet again. They are marked below."
            )
        )
    apart = sum(_is_apart(intro, shown) for intro in shown.draft.intros)
    if apart:
        lines.append(
            words.count(
                "{number} group is on different platforms: they get each other's contact cards, and a room only for those who"
                " share one.",
                "{number} groups are on different platforms: they get each other's contact cards, and a room only for those"
                " who share one.",
                apart,
            )
        )
    lines += _wishes(shown, words)
    if shown.gone:
        lines.append(
            words.count(
                "{number} group is not possible any more as things are now. When you send, I take it out and draw those who"
                " are left anew.",
                "{number} groups are not possible any more as things are now. When you send, I take them out and draw those"
                " who are left anew.",
                len(shown.gone),
            )
        )
    return lines


def _wishes(shown: DraftView, words: Words) -> Sequence[str]:
    """Who is kept apart, and what everything that was asked for costs together; what a lock costs stands beside it."""
    lines: list[str] = []
    for pair in shown.draft.round.forbidden[:_APART]:
        cost = shown.draft.cost_of(WishKind.APART, pair)
        names = words.all_of([_name(member, shown, words) for member in pair])
        told = cost_told(cost, words) if cost else ""
        lines.append(
            words.say("Kept apart: {names} ({cost}).", names=names, cost=told)
            if told
            else words.say("Kept apart: {names}.", names=names)
        )
    more = len(shown.draft.round.forbidden) - _APART
    if more > 0:
        lines.append(words.count("And {number} pair more.", "And {number} pairs more.", more))
    together = shown.draft.cost_of(WishKind.ALL)
    if together is not None and (told := cost_told(together, words)):
        lines.append(words.say("All that you have asked for, together: {cost}.", cost=told))
    return lines


def _group(intro: Intro, shown: DraftView, words: Words) -> Text:
    """``Anna (municipality, Rødovre) · Bo (business, X)`` and why."""
    pieces: list[Bold | Plain] = []
    for place, member in enumerate(intro.members()):
        person = shown.people.get(member)
        if place:
            pieces.append(Plain(" · "))
        if person is None:
            pieces.append(Plain(words.say("somebody who has left")))
            continue
        pieces.append(Bold(shortened(person.name, _NAMED)))
        organisation = shortened(person.organisation, _NAMED)
        pieces.append(Plain(f" ({shown.naming.sector(person.sector, words)}, {organisation})"))
    marks: list[str] = []
    if shown.draft.is_locked(intro):
        marks.append(words.say("locked"))
    if _is_apart(intro, shown):
        marks.append(words.say("on different platforms"))
    if intro.repeat:
        marks.append(words.say("they know each other"))
    if intro.id in shown.gone:
        marks.append(words.say("not possible any more"))
    if marks:
        pieces.append(Plain(f" [{', '.join(marks)}]"))
    cost = shown.draft.cost_of(WishKind.LOCKED, intro.members()) if shown.draft.is_locked(intro) else None
    if cost is not None and (told := cost_told(cost, words)):
        pieces.append(Plain(f" {told}"))
    reasons = reasons_told(intro.reasons, shown.people, shown.naming, words)[:_REASONS]
    why: list[Text] = [(Plain("\n"), *reason) for reason in reasons]
    return (*pieces, *(piece for reason in why for piece in reason))


def _is_apart(intro: Intro, shown: DraftView) -> bool:
    people = [shown.people[member] for member in intro.members() if member in shown.people]
    return are_apart(people, shown.platforms)


def _selects(on_page: Sequence[Intro], shown: DraftView, page: int, words: Words) -> Sequence[Element]:
    round_, mark = shown.draft.round.id, shown.draft.mark()
    choices = tuple(Choice(str(intro.id), _label(intro, shown, words)) for intro in on_page)
    return (
        Select(words.say("Lock a group, or let go of it"), LockGroup(round_, page, mark), choices),
        Select(words.say("Keep a group's members apart"), SplitGroup(round_, page, mark), choices),
    )


def _turning(shown: DraftView, page: int, last: int, words: Words) -> Sequence[Element]:
    round_ = shown.draft.round.id
    buttons: list[Button] = []
    if page > 1:
        buttons.append(Button(words.say("Previous page"), ShowDraft(round_, page - 1)))
    if page < last:
        buttons.append(Button(words.say("Next page"), ShowDraft(round_, page + 1)))
    if shown.draft.round.left_out:
        buttons.append(Button(words.say("Who is left out"), ShowLeftOut(round_)))
    elements: list[Element] = []
    if last > 1:
        elements.append(Footnote(plain(words.say("Page {page} of {pages}", page=page, pages=last))))
    if buttons:
        elements.append(Buttons(tuple(buttons)))
    return elements


def _decisions(shown: DraftView, words: Words) -> Buttons:
    round_, mark, groups = shown.draft.round, shown.draft.mark(), len(shown.draft.intros)
    buttons: list[Button] = []
    if groups:
        members = sum(len(intro.parts) for intro in shown.draft.intros)
        ask = Confirm(
            words.say("Send the round?"),
            words.count(
                "{number} member gets a private card now.", "{number} members get a private card each, now.", members
            ),
            words.say("Send"),
            words.say("Not yet"),
        )
        buttons.append(Button(words.say("Send"), SendRound(round_.id, mark), Weight.MAIN, ask))
    buttons += [
        Button(words.say("Draw again"), RedrawRound(round_.id, mark)),
        Button(words.say("Put together, keep apart, swap …"), ChangeDraft(round_.id, mark)),
    ]
    if round_.locked or round_.forbidden:
        buttons.append(Button(words.say("Let go of all locks"), FreeDraft(round_.id, mark)))
    buttons.append(Button(words.say("Drop"), DropRound(round_.id), Weight.DANGER, drop_question(words)))
    return Buttons(tuple(buttons))


def _label(intro: Intro, shown: DraftView, words: Words) -> str:
    names = [_name(member, shown, words) for member in intro.members()]
    room = _LABEL // len(names) - 3
    return " · ".join(name if len(name) <= room else f"{name[: room - 1]}…" for name in names)


def _name(member: MemberId, shown: DraftView, words: Words) -> str:
    person = shown.people.get(member)
    return person.name if person else words.say("somebody who has left")


def _names(shown: DraftView) -> dict[str, str]:
    return {str(member.id): member.name for member in shown.people.values()}
