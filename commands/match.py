"""``/match``: my introductions; somebody for a need, now; the organisers' rounds, from the draft to the weekly rule."""

from bot.interactions import Command, Option, OptionKind, Verb, Who, answer, fill
from bot.introductions.actions import (
    AcceptIntro,
    AskForIntro,
    ChangeDraft,
    DeclineIntro,
    DeclinePerson,
    DropRound,
    FreeDraft,
    HandMeeting,
    LiftBlock,
    LockGroup,
    LookFor,
    ReconsiderIntro,
    RedrawRound,
    SendRound,
    SetWeekly,
    ShowDraft,
    ShowLeftOut,
    SplitGroup,
    StopWeekly,
    TellOutcome,
    WriteTo,
)
from bot.introductions.forms import LONGEST_TERM
from commands import match_offers as offers
from commands import match_rounds as rounds
from commands import match_weekly as weekly
from commands.suggestions import terms, weekly_times

COMMAND = Command(
    name="match",
    names={"en": "match", "da": "match"},
    summary="Introductions: yours, and somebody for a need; organisers run the rounds",
    default="status",
    verbs=(
        Verb(
            run=offers.status,
            only_shows=True,
            summary="your introductions: what waits for you, and how it went",
            name="status",
            names={"en": "status", "da": "status"},
        ),
        Verb(
            run=offers.find,
            summary="find somebody for a need or a theme, now",
            name="find",
            names={"en": "find", "da": "find"},
            options=(
                Option(
                    "term",
                    {"en": "term", "da": "ord"},
                    summary="what you need, or a theme",
                    max_length=LONGEST_TERM,
                    rest=True,
                    suggests=terms,
                ),
            ),
            opens_form=True,
            example='/match find "premises"',
            shortcut={"en": "Find somebody", "da": "Find nogen"},
        ),
        Verb(
            run=rounds.draw,
            summary="draw a round and look at it before it is sent",
            name="round",
            names={"en": "round", "da": "runde"},
            who=Who.ORGANISER,
        ),
        Verb(
            run=rounds.preview,
            summary="look at the round in preparation, and change it",
            name="preview",
            names={"en": "preview", "da": "forhåndsvis"},
            who=Who.ORGANISER,
        ),
        Verb(
            run=weekly.schedule,
            summary="a round every week by itself",
            name="schedule",
            names={"en": "schedule", "da": "plan"},
            who=Who.ORGANISER,
            options=(
                Option(
                    "every",
                    {"en": "every", "da": "hver"},
                    summary="weekday and time",
                    max_length=60,
                    suggests=weekly_times,
                ),
                Option(
                    "approval",
                    {"en": "approval", "da": "godkend"},
                    summary="whether an organiser looks at each round before it is sent",
                    kind=OptionKind.FLAG,
                ),
            ),
            example='/match schedule every:"tuesday 09:00"',
        ),
        Verb(
            run=rounds.history,
            only_shows=True,
            summary="the last rounds in figures",
            name="history",
            names={"en": "history", "da": "historik"},
            who=Who.ORGANISER,
        ),
    ),
)

ACTIONS = (
    answer(AcceptIntro, offers.accept),
    answer(DeclineIntro, offers.decline),
    answer(DeclinePerson, offers.decline_person),
    answer(ReconsiderIntro, offers.reconsider),
    answer(LiftBlock, offers.lift_block),
    answer(HandMeeting, offers.hand_meeting),
    answer(WriteTo, offers.open_line),
    answer(TellOutcome, offers.tell_outcome),
    answer(AskForIntro, offers.ask),
    answer(LookFor, offers.open_look),
    answer(ShowDraft, rounds.show, Who.ORGANISER),
    answer(ShowLeftOut, rounds.show_left_out, Who.ORGANISER),
    answer(LockGroup, rounds.lock, Who.ORGANISER),
    answer(SplitGroup, rounds.split, Who.ORGANISER),
    answer(RedrawRound, rounds.redraw, Who.ORGANISER),
    answer(FreeDraft, rounds.free, Who.ORGANISER),
    answer(ChangeDraft, rounds.open_change, Who.ORGANISER),
    answer(SendRound, rounds.send, Who.ORGANISER),
    answer(DropRound, rounds.drop, Who.ORGANISER),
    answer(SetWeekly, weekly.confirm, Who.ORGANISER),
    answer(StopWeekly, weekly.stop, Who.ORGANISER),
)

FORMS = (
    fill(ChangeDraft, rounds.change_form_for, rounds.change, Who.ORGANISER),
    fill(LookFor, offers.look_form_for, offers.look),
    fill(WriteTo, offers.line_form_for, offers.send_line),
)
