"""A draft whose people may want to be forgotten: their words leave it, and so does their name."""

from dataclasses import replace
from datetime import UTC, datetime

from bot.identity import MemberId, NoteId, new_id
from bot.notes.casenote import CaseNote, Statement, Task
from bot.notes.domain import Audience, Note, NoteState, Source
from bot.notes.forgetting import without

ANNA, BO = MemberId(new_id()), MemberId(new_id())
NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)


def a_draft(content: CaseNote, **said_by: MemberId) -> Note:
    links = {id_: f"https://example.org/{id_}" for id_ in said_by}
    return Note(
        NoteId(new_id()), ANNA, NoteState.DRAFT, Audience.ACADEMY, content, Source("#general", links), (ANNA, BO), NOW, NOW,
        said_by=said_by,
    )  # fmt: skip


CONTENT = CaseNote(
    "Vores daghjem lukker klokken tre",
    "da",
    summary=(Statement("Bo Lind: Vores daghjem lukker klokken tre.", ("2",)), Statement("Mange spiser alene.", ("1",))),
    perspectives={"civil": (Statement("Vores daghjem lukker klokken tre.", ("2",)),)},
    ideas=(Statement("Åbn caféen om aftenen.", ("1", "2")), Statement("Spis i hallen.", ("1",))),
    agreements=(Statement("Vi aftaler at spørge Bo.", ("1",)),),
    actions=(Task("Ringer til hallen.", ("1",), owner="Bo"), Task("Skriver til BOS.", ("1",), owner="Anna")),
    tags=("daghjem", "hallen"),
)


def test_what_rests_on_somebodys_words_or_names_them_goes() -> None:
    left = without(a_draft(CONTENT, **{"1": ANNA, "2": BO}), BO, "Bo Lind")
    assert left is not None
    assert left.content == CaseNote(
        "Mange spiser alene.",
        "da",
        summary=(Statement("Mange spiser alene.", ("1",)),),
        ideas=(Statement("Spis i hallen.", ("1",)),),
        actions=(Task("Skriver til BOS.", ("1",), owner="Anna"),),
        tags=("hallen",),
    )
    assert dict(left.said_by) == {"1": ANNA}
    assert list(left.source.links) == ["1"]
    assert (left.forgotten, left.revision) == (1, 1)


def test_where_nothing_is_left_there_is_no_draft() -> None:
    alone = CaseNote("Aftaler", "da", agreements=(Statement("Vi ses torsdag.", ("2",)),))
    assert without(a_draft(alone, **{"2": BO}), BO, "Bo Lind") is None


def test_in_a_draft_of_before_the_name_alone_tells() -> None:
    left = without(a_draft(CONTENT), BO, "Bo Lind")
    assert left is not None
    assert left.content.title == "Mange spiser alene."
    assert left.content.perspectives == CONTENT.perspectives
    assert left.content.summary == CONTENT.summary[1:]


def test_a_name_is_no_part_of_another_word() -> None:
    said = ("BO LIND kommer.", "Bos hus er stort.", "Vi skal bo her.", "Boligen er lille.", "lindetræet står der")
    told = CaseNote("Om huset", "da", situation=tuple(Statement(text, ("1",)) for text in said))
    left = without(a_draft(told, **{"1": ANNA}), BO, "Bo Lind")
    assert left is not None
    assert [one.text for one in left.content.situation] == list(said[2:])


def test_who_has_no_name_any_more_is_known_by_the_messages() -> None:
    draft = replace(a_draft(CONTENT, **{"1": ANNA, "2": BO}), forgotten=1)
    left = without(draft, BO, "")
    assert left is not None
    assert [one.text for one in left.content.agreements] == ["Vi aftaler at spørge Bo."]
    assert left.forgotten == 2
