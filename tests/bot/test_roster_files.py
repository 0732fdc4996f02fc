"""The roster as people save it, whatever their spreadsheet does to it."""

from collections.abc import Callable
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.members.domain import SECTORS, Sector
from bot.members.roster import HistoryLine, RosterLine, read_history, read_roster, write_roster
from bot.members.spreadsheet import guard, unguard
from bot.messages.text import clean
from tests.members_words import told

DANISH = (
    "Navn;Organisation;Sektor;Temaer;Behov;Tilbud;Sprog;E-mail;Pause til\r\n"
    '"Åse Sørensen";Ældresagen;Civilsamfund;ældre|ensomhed;"lokaler; gratis";frivillige;Dansk;aase@example.org;03-04-2026\r\n'
)


@pytest.mark.parametrize(
    "save",
    [
        lambda text: text.encode("utf-8"),
        lambda text: text.encode("utf-8-sig"),
        lambda text: text.encode("cp1252"),
        lambda text: text.encode("utf-16"),
        lambda text: ("sep=;\r\n" + text).encode("utf-8"),
        lambda text: ("\r\n\r\n" + text + ";;;;;;;;\r\n").encode("utf-8"),
        lambda text: text.replace("\r\n", "\n").encode("utf-8"),
    ],
    ids=["utf-8", "with a mark", "windows", "unicode text", "sep line", "empty lines", "unix"],
)
def test_what_excel_saves_is_understood(save: Callable[[str], bytes]) -> None:
    (line,) = read_roster(save(DANISH))
    assert (line.name, line.organisation, line.sector) == ("Åse Sørensen", "Ældresagen", "civil_society")
    assert line.themes == ("ældre", "ensomhed")
    assert line.needs == ("lokaler; gratis",)
    assert (line.language, line.email, line.paused_until) == ("da", "aase@example.org", date(2026, 4, 3))
    assert not line.has_id


def test_tabs_and_utf_16_as_unicode_text() -> None:
    (line,) = read_roster("id\tname\torganisation\tsector\nm1\tÅse\tFonden\tfond\n".encode("utf-16"))
    assert (line.id, line.name, line.sector) == ("m1", "Åse", "foundation")


def test_columns_in_any_order_and_case_and_only_three_are_needed() -> None:
    (line,) = read_roster(b"SECTOR,Name,ORGANISATION\nresearch,Bo,DTU\n")
    assert line == RosterLine(2, "2", "Bo", "DTU", "research", has_id=False)


def test_an_empty_id_in_a_column_of_ids_gets_one_that_cannot_be_anybody_elses() -> None:
    lines = read_roster(b"id,name,organisation,sector\n3,A,X,business\n,B,Y,research\n")
    assert [line.id for line in lines] == ["3", "line 3"]


def test_every_bad_line_is_told_with_its_number_and_nothing_is_read() -> None:
    data = (
        "id,name,organisation,sector,themes,language,email,slack_id,discord_id,paused_until,intros_per_round\n"
        "a,Bo,DTU,research,,,,,,,\n"
        ",,DTU,kommunen,,,,,,,\n"
        f"c,{'x' * 101},DTU,martian,{'t' * 81},fr,nobody,U 1,12a,32-13-2026,7\n"
        "d,Ida,DTU,research,,,,,1.23457E+17,tomorrow,x\n"
        f"a,Eva,DTU,research,{'|'.join(map(str, range(21)))},,,,,,\n"
        "f,Eva,DTU,research,,,,,,,,too much\n"
    )
    assert told(read_roster, data.replace(",,too much", ",").encode()) == [
        "Line 3: name is missing.",
        "Line 3: unknown sector. Did you mean municipality?",
        "Line 4: name is longer than 100 characters.",
        "Line 4: unknown sector. These are known: business, civil_society, foundation, municipality, research.",
        "Line 4: an entry of themes is longer than 80 characters. Put | between the entries.",
        "Line 4: language is da or en.",
        "Line 4: email does not look right.",
        "Line 4: slack_id does not look right.",
        "Line 4: discord_id does not look right.",
        "Line 4: paused_until has to be a day, for example 2026-03-03.",
        "Line 4: intros_per_round has to be a whole number from 0 to 3.",
        "Line 5: the spreadsheet has shortened discord_id. Format that column as text and write the number again.",
        "Line 5: paused_until has to be a day, for example 2026-03-03.",
        "Line 5: intros_per_round has to be a whole number from 0 to 3.",
        "Line 6: themes has more than 20 entries.",
        "Line 6: the same id as in line 2.",
    ]
    assert told(read_roster, data.encode()) == ["Line 7: it has more cells than the header."]


def test_no_problem_repeats_what_a_cell_held() -> None:
    data = b"name,organisation,sector,email\nSecret Person,Secret Org,secretsector,secret@@\n"
    assert not any("secret" in problem.casefold() for problem in told(read_roster, data))


def test_the_same_person_twice_is_told_with_both_lines() -> None:
    data = (
        "name,organisation,sector,email,slack_id,discord_id\n"
        "Bo,DTU,research,bo@x.dk,U1,\n"
        "Bo B,DTU,research,BO@x.dk,,7\n"
        "Ida,DTU,research,,U1,7\n"
        "Eva,ITU,research,,,\n"
        "eva,I.T.U,research,,,\n"
        "EVA, itu,research,,,\n"
    )
    assert told(read_roster, data.encode()) == [
        "Line 3: the same email as in line 2.",
        "Line 4: the same slack_id as in line 2.",
        "Line 4: the same discord_id as in line 3.",
        "Line 7: the same name and organisation as in line 5.",
    ]


@pytest.mark.parametrize(
    ("data", "problems"),
    [
        (b"", ["The file is empty."]),
        (b"\n\n , ,\n", ["The file is empty."]),
        (b"name,organisation,sector\n", ["The file has a header but no lines below it."]),
        (b"name;organisation;sectr\n",
         ["I don't know the column “sectr”. Did you mean sector?", "The column sector is missing."]),
        (b"name;name;organisation;sector\n", ["The column name is there twice."]),
        (b"Bo;DTU;research\n", ["Line 1: this has to be a header with the columns’ names, such as: name, organisation, sector."]),
        (b'name,organisation,sector\n"Bo,DTU,research\nIda,ITU,research\n',
         ["Line 2: a quotation mark is opened and not closed as it should be."]),
        (b"PK\x03\x04rest", ["This is a workbook. Save it as “CSV UTF-8” in Excel, and use that file."]),
        (b"\xff\xfe\x00", ["The letters cannot be read. Save it as “CSV UTF-8” in Excel, and use that file."]),
        (b"name\x81\x8d", ["The letters cannot be read. Save it as “CSV UTF-8” in Excel, and use that file."]),
        (b"x" * 20_000_001, ["The file is larger than 20 MB."]),
        (b"name,organisation,sector\n" + b"a,b,fond\n" * 100_001, ["The file has more than 100000 lines. Please split it."]),
    ],
)  # fmt: skip
def test_a_file_that_is_no_roster(data: bytes, problems: list[str]) -> None:
    assert told(read_roster, data) == problems


def test_an_unknown_column_is_named_with_those_that_are_possible() -> None:
    (problem,) = told(read_roster, b"name,organisation,sector,shoe size\nBo,DTU,fond,42\n")
    assert problem.startswith("I don't know the column “shoe size”. These are possible: id, name, organisation")


def test_an_empty_column_between_others_is_no_matter() -> None:
    (line,) = read_roster(b"name,,organisation,sector,,\nBo,,DTU,fond\n")
    assert line.organisation == "DTU"


def test_sectors_are_data() -> None:
    unions = Sector("unions", {"en": "trade union", "da": "fagforening"})
    (line,) = read_roster(b"name,organisation,sector\nBo,3F,Fagforening\n", (*SECTORS, unions))
    assert line.sector == "unions"


def test_where_no_academy_knows_its_sectors_every_name_is_one_and_an_empty_one_is_not_known() -> None:
    data = "name,organisation,sector\nBo,3F,Fagforening\nIda,Fonden,Fonde \nEva,Kommunen,kommune\nUlf,Et sted,\n"
    assert [line.sector for line in read_roster(data.encode(), any_sector=True)] == [
        "Fagforening",
        "Fonde",
        "municipality",
        "",
    ]
    long = f"name,organisation,sector\nBo,3F,{'x' * 61}\n".encode()
    assert told(lambda file: read_roster(file, any_sector=True), long) == [
        "Line 2: sector is longer than 60 characters."
    ]
    assert told(lambda file: read_roster(file, any_sector=True), b"name,organisation\nBo,3F\n")


def test_a_cell_with_a_line_break_does_not_move_the_numbers_of_the_lines_after_it() -> None:
    data = b'name,organisation,sector\n"Bo\r\nBrun","D\nT\nU",research\nIda,ITU,nowhere\n'
    assert told(read_roster, data)[0].startswith("Line 6: unknown sector")


@pytest.mark.parametrize("cell", ["=1+1", "+45", "-x", "@me", "'=1", "''@", "'quoted'", "plain", "", "＝1"])
def test_no_spreadsheet_runs_what_is_exported(cell: str) -> None:
    kept = guard(cell)
    assert not kept.startswith(tuple("=+-@＝"))
    assert unguard(kept) == cell


def test_written_for_excel_it_opens_with_a_double_click() -> None:
    data = write_roster([RosterLine(2, "m1", "Åse", "Fonden", "foundation")], for_excel=True)
    assert data.startswith(b"\xef\xbb\xbfid;name;organisation;")
    assert data.endswith(b"\r\n")
    assert read_roster(data)[0].name == "Åse"


def _tidy(text: str) -> str:
    return " ".join(clean(text).split())


_WORDS = (
    st.text(st.characters(exclude_categories=["Cs"]), max_size=30).map(_tidy).filter(lambda text: _tidy(text) == text)
)
_NEEDED = _WORDS.filter(bool)
_TAG = _NEEDED.map(lambda text: _tidy(text.replace("|", "/"))).filter(lambda tag: bool(tag) and _tidy(tag) == tag)
_TAGS = st.lists(_TAG, max_size=4, unique=True).map(tuple)


@st.composite
def _people(draw: st.DrawFn) -> tuple[RosterLine, ...]:
    number = draw(st.integers(1, 5))
    return tuple(
        RosterLine(
            line=place + 2,
            id=f"{draw(_WORDS)}{place}",
            name=draw(_NEEDED),
            organisation=draw(_NEEDED),
            sector=draw(st.sampled_from([sector.key for sector in SECTORS])),
            themes=draw(_TAGS),
            needs=draw(_TAGS),
            offers=draw(_TAGS),
            language=draw(st.sampled_from(["", "da", "en"])),
            email=draw(st.sampled_from(["", f"p{place}@example.org"])),
            slack_id=draw(st.sampled_from(["", f"U{place}"])),
            discord_id=draw(st.sampled_from(["", f"{10**17 + place}"])),
            paused_until=draw(st.none() | st.dates(date(2000, 1, 1), date(2100, 1, 1))),
            intros_per_round=draw(st.none() | st.integers(0, 3)),
        )
        for place in range(number)
    )


@settings(max_examples=60, deadline=None)
@given(_people(), st.booleans())
def test_what_is_written_is_read_back(people: tuple[RosterLine, ...], for_excel: bool) -> None:
    assert read_roster(write_roster(people, for_excel=for_excel)) == people


@settings(max_examples=80, deadline=None)
@given(st.binary(max_size=300) | st.text(max_size=300).map(lambda text: f"name,organisation,sector\n{text}".encode()))
def test_whatever_the_bytes_there_are_lines_or_problems(data: bytes) -> None:
    problems = told(read_roster, data)
    lines = () if problems else read_roster(data)
    assert bool(lines) != bool(problems)
    assert all(line.name and line.organisation and line.sector for line in lines)


class TestHistory:
    def test_a_group_a_line(self) -> None:
        assert read_history(b"round,members\n1,m1|m2\n2, m3 | m4 | m5\n") == (
            HistoryLine(1, ("m1", "m2")),
            HistoryLine(2, ("m3", "m4", "m5")),
        )

    def test_as_a_danish_spreadsheet_saves_it(self) -> None:
        assert read_history("Runde;Medlemmer\r\n1;a|b\r\n".encode("cp1252")) == (HistoryLine(1, ("a", "b")),)

    def test_bad_lines(self) -> None:
        assert told(read_history, b"round,members\nx,a|b\n1,a\n-1,a|b\n") == [
            "Line 2: round has to be a whole number.",
            "Line 3: members has to name at least two ids, with | between them.",
            "Line 4: round has to be a whole number.",
        ]

    def test_nobody_met_yet(self) -> None:
        assert read_history(b"round,members\n") == ()
