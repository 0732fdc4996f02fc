"""Exported and pasted conversations: whatever wrote them, the same lines come out, or one sentence that says what to do."""

import io
import json
import zipfile
from collections.abc import Mapping
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.errors import NotUnderstood
from bot.notes.reading import Form, read_conversation, read_files
from bot.notes.transcript import MOST_LINES, Transcript
from bot.words import Languages

ENGLISH = Languages.load().words("en", ZoneInfo("UTC"))

Row = tuple[str, str, str, str, str]


def read(text: str | bytes, name: str = "chat.txt", form: Form | None = None) -> Transcript:
    return read_conversation(name, text.encode() if isinstance(text, str) else text, form)


def rows(transcript: Transcript) -> list[Row]:
    """Id, author, text, when and what it answers."""
    return [
        (one.id, one.author, one.text, one.at.strftime("%Y-%m-%d %H:%M%z") if one.at else "", one.reply_to)
        for one in transcript.lines
    ]


def said(transcript: Transcript) -> list[tuple[str, str]]:
    return [(one.author, one.text) for one in transcript.lines]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (
            "Mette: Hej\nBo: Hej du\nhvordan går det?\nMette: Fint",
            [("Mette", "Hej"), ("Bo", "Hej du\nhvordan går det?"), ("Mette", "Fint")],
        ),
        ("[09:12] Mette: Hej\n[09:13] Bo: Ja\n\nog nej\n", [("Mette", "Hej"), ("Bo", "Ja\n\nog nej")]),
        ("Mette Holm  09:12\nHej alle\nBo Lind  09:13\nJo tak", [("Mette Holm", "Hej alle"), ("Bo Lind", "Jo tak")]),
        ("[22-03 09:12] Mette Holm\nHej\n[22-03 09:13] Bo\nja", [("Mette Holm", "Hej"), ("Bo", "ja")]),
        (
            (
                "WEBVTT\n\n1\n00:00:01.000 --> 00:00:03.000\n<v Mette Holm>Hej alle</v>\n\n2\n"
                "00:00:04.000 --> 00:00:06.000\n<v Bo>Hej\nigen</v>"
            ),
            [("Mette Holm", "Hej alle"), ("Bo", "Hej\nigen")],
        ),
        ("\ufeffMette: Hå\r\nBo: ja\r\nMette: nej", [("Mette", "Hå"), ("Bo", "ja"), ("Mette", "nej")]),
        (
            "#Person1#: Hello.\n#Person2#: Hi.\n#Person1#: Bye.",
            [("#Person1#", "Hello."), ("#Person2#", "Hi."), ("#Person1#", "Bye.")],
        ),
        ("Hej", [("", "Hej")]),
        ("https://example.org/a\nhttps://example.org/b", [("", "https://example.org/a https://example.org/b")]),
        ("", []),
    ],
)
def test_plain_text_in_the_ways_in_which_people_copy_it(text: str, found: list[tuple[str, str]]) -> None:
    assert said(read(text)) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (
            (
                "22/03/2026, 09:12 - Mette Holm: Hej\n"
                "22/03/2026, 09:13 - Messages are end-to-end encrypted\n22/03/2026, 09:14 - Bo: mere"
            ),
            [("Mette Holm", "2026-03-22 09:12+0100"), ("Bo", "2026-03-22 09:14+0100")],
        ),
        (
            "\u200e[22.03.2026 09.12.33] Mette: Hej\n[22.03.2026 09.13.00] ~ Bo: ok",
            [("Mette", "2026-03-22 09:12+0100"), ("Bo", "2026-03-22 09:13+0100")],
        ),
        (
            "3/22/26, 9:12\u202fPM - Ann: hi\n3/23/26, 12:12 AM - Ben: hello",
            [("Ann", "2026-03-22 21:12+0100"), ("Ben", "2026-03-23 00:12+0100")],
        ),
        (
            "[2026-03-22] Ann: hi\n[2026-07-01] Ben: ho",
            [("Ann", "2026-03-22 00:00+0100"), ("Ben", "2026-07-01 00:00+0200")],
        ),
        (
            "Onsdag 25. marts 2026\n[09:12] Ann: hi\n[25:99] Ben: ho\n[31.2.2026 10:00] Carl: hm",
            [("Ann", "2026-03-25 09:12+0100"), ("Ben", ""), ("Carl", "")],
        ),
        ("[9:12] Ann: hi\n[22.3. 9:13] Ann: ho", [("Ann", ""), ("Ann", "")]),
    ],
)
def test_the_times_before_messages(text: str, found: list[tuple[str, str]]) -> None:
    assert [(author, at) for _, author, _, at, _ in rows(read(text))] == found


def test_minutes_become_paragraphs_of_the_day_that_stands_above() -> None:
    minutes = (
        "Referat 12. marts 2026\nDeltagere: Mette, Bo\n\nVi talte om lokaler og om\nhvem der kan hjælpe.\n"
        "- Beslutning: Vi lejer hallen\n- Mette ringer\n\nEventuelt: intet"
    )
    found = rows(read(minutes))
    assert [text for _, _, text, _, _ in found] == [
        "Referat 12. marts 2026",
        "Deltagere: Mette, Bo",
        "Vi talte om lokaler og om hvem der kan hjælpe.",
        "- Beslutning: Vi lejer hallen",
        "- Mette ringer",
        "Eventuelt: intet",
    ]
    assert {at for _, _, _, at, _ in found} == {"2026-03-12 00:00+0100"}
    assert [number for number, *_ in found] == ["1", "2", "4", "6", "7", "9"]


SLACK_DAY = [
    {"type": "message", "ts": "1711094402.1", "thread_ts": "1711094400.0001", "user": "U2", "text": "ok"},
    {
        "type": "message",
        "user": "U1",
        "ts": "1711094400.0001",
        "thread_ts": "1711094400.0001",
        "text": "Hej <@U2>, <@U9|bo> se <https://x.dk|her>, <https://y.dk>, <#C1|alt>, <!here> &amp; <!subteam^S1|@team>",
        "user_profile": {"real_name": "Mette"},
    },
    {"type": "message", "ts": "1711094401.1", "subtype": "channel_join", "user": "U2", "text": "joined"},
    {"type": "message", "ts": "1711094403.1", "bot_id": "B1", "text": "beep"},
    {"type": "message", "ts": "x", "user": "U1", "text": "no time"},
    {
        "type": "message",
        "ts": "1711094404.1",
        "username": "Gæst",
        "text": "",
        "blocks": [{"type": "rich_text", "elements": [{"elements": [{"type": "text", "text": "fra blokke"}]}]}],
    },
    {"type": "message", "ts": "99999999999999.1", "user": "U3", "text": "far away"},
]
USERS = [{"id": "U2", "name": "bo", "profile": {"real_name": "Bo Lind"}}, {"id": "U3", "name": "ann", "profile": {}}]


def test_a_day_of_a_slack_channel() -> None:
    assert rows(read(json.dumps(SLACK_DAY), "2024-03-22.json")) == [
        (
            "1711094400.0001",
            "Mette",
            "Hej @U2, @bo se her, https://y.dk, #alt,  & @team",
            "2024-03-22 09:00+0100",
            "",
        ),
        ("1711094402.1", "U2", "ok", "2024-03-22 09:00+0100", "1711094400.0001"),
        ("1711094404.1", "Gæst", "fra blokke", "2024-03-22 09:00+0100", ""),
        ("99999999999999.1", "U3", "far away", "", ""),
    ]


def zipped(files: Mapping[str, object]) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for name, value in files.items():
            archive.writestr(name, json.dumps(value))
    return packed.getvalue()


def test_a_whole_slack_export_with_its_names() -> None:
    later = [{"type": "message", "ts": "1711180000.1", "user": "U3", "text": "næste dag"}]
    one = read(
        zipped(
            {"users.json": USERS, "channels.json": [], "alt/2024-03-23.json": later, "alt/2024-03-22.json": SLACK_DAY}
        ),
        "x.zip",
    )
    assert one.title == "alt"
    assert [author for author, _ in said(one)] == ["Mette", "Bo Lind", "Gæst", "ann", "ann"]
    several = read(zipped({"users.json": USERS, "b/1.json": later, "a/2.json": SLACK_DAY[:1], "c/3.json": []}), "x.zip")
    assert (several.title, said(several)) == ("", [("Bo Lind", "ok"), ("ann", "næste dag")])


def test_discord_as_its_exporter_writes_it_and_as_its_interface_gives_it() -> None:
    author = {"id": "4", "name": "mh", "nickname": "Mette", "isBot": False, "roles": [{"name": "Kommune"}]}
    bo = {"id": "5", "name": "bo"}
    exported = {
        "guild": {},
        "channel": {"name": "general"},
        "messages": [
            {
                "id": "9",
                "type": "Default",
                "timestamp": "2026-03-22T09:00:00.12+00:00",
                "content": "Hi <@5> <@77> <:x:1> <#3>",
                "author": author,
                "mentions": [bo],
            },
            {
                "id": "10",
                "type": "Reply",
                "timestamp": "2026-03-22T09:01:00+00:00",
                "content": "yes",
                "author": bo,
                "reference": {"messageId": "9"},
            },
            {"id": "11", "type": "GuildMemberJoin", "content": "", "author": bo},
            {"id": "12", "type": "Default", "content": "beep", "author": {"name": "x", "isBot": True}},
        ],
    }
    found = read(json.dumps(exported), "export.json")
    assert found.title == "general"
    assert rows(found) == [
        ("9", "Mette", "Hi @bo @77  #3", "2026-03-22 10:00+0100", ""),
        ("10", "bo", "yes", "2026-03-22 10:01+0100", "9"),
    ]
    assert [one.sector for one in found.lines] == ["municipality", ""]
    raw = [
        {
            "id": "2",
            "type": 19,
            "timestamp": "2026-03-22T09:01:00+00:00",
            "content": "second",
            "author": {"username": "bo"},
            "message_reference": {"message_id": "1"},
        },
        {
            "id": "1",
            "type": 0,
            "timestamp": "2026-03-22T09:00:00+00:00",
            "content": "first",
            "author": {"global_name": "Ann"},
        },
    ]
    assert said(read(json.dumps(raw))) == [("Ann", "first"), ("bo", "second")]
    undated = [{"id": "2", "type": 0, "timestamp": "soon", "content": "a", "author": {"username": "bo"}}]
    assert rows(read(json.dumps(undated), form=Form.DISCORD)) == [("2", "bo", "a", "", "")]


def test_jsonl_and_the_same_in_one_list() -> None:
    first = {
        "id": "1",
        "author": "A",
        "sector": "research",
        "at": "2026-03-22T09:00:00+01:00",
        "text": "hej",
        "reply_to": None,
    }
    second = {"author": "B", "text": None, "at": "2026-03-22T09:00:00", "reply_to": 1}
    found = [("1", "A", "hej", "2026-03-22 09:00+0100", ""), ("line-2", "B", "", "2026-03-22 09:00+0100", "1")]
    assert rows(read(f"{json.dumps(first)}\n{json.dumps(second)}\n\n")) == found
    assert rows(read(json.dumps([first, second]), "x.jsonl")) == found
    assert rows(read(json.dumps([first, second]))) == found


@pytest.mark.parametrize(
    ("text", "name", "form", "sentence"),
    [
        ('{"text":"a"}\nxx', "x", None, "Line 2 is no message."),
        ('{"text":"a"}\n[1]', "x", None, "Line 2 is no message."),
        ('{"author":"a"}', "x", None, "Line 1 has no “text”."),
        ('{"text":3}', "x", None, "Line 1 is no message."),
        ('{"text":"a","at":"soon"}', "x", None, "Line 1: “at” is no time."),
        ('{"id":1,"text":"a"}\n{"id":1,"text":"b"}', "x", None, "Line 2 has the same id as line 1."),
        ('{"messages": [\n{"a": }]}', "x", None, "Line 2 of the file is not JSON."),
        ("Hej", "x.json", None, "Line 1 of the file is not JSON."),
        ("[" * 100_000, "x.json", None, "This JSON cannot be read."),
        ('[{"a":1}]', "x", None, "I don't know this kind of JSON."),
        ('[{"ts":"1.0","text":"a"}]', "x", Form.DISCORD, "This file looks like slack, not like discord."),
        ('[{"a":1}]', "x", Form.SLACK, "This file is no export of slack that I know."),
        (b"PK\x03\x04broken", "x", None, "This zip file cannot be opened."),
        (bytes(range(32)) * 20, "x", None, "This file is no text."),
        (zipped({"readme.txt": ""}), "x.zip", None, "There are no messages in this zip file."),
        ("\n".join("A: b" for _ in range(MOST_LINES + 1)), "x", None, "These are 20001 messages"),
    ],
)
def test_what_cannot_be_read_is_told_in_one_sentence(
    text: str | bytes, name: str, form: Form | None, sentence: str
) -> None:
    with pytest.raises(NotUnderstood) as told:
        read(text, name, form)
    assert ENGLISH.tell(told.value.said).startswith(sentence)


def test_several_files_are_an_export_of_slack_or_none() -> None:
    with pytest.raises(NotUnderstood):
        read_files({"a.txt": b"x", "b.txt": b"y"}, Form.TEXT)
    assert not read_files({"users.json": b"[]"}).lines


def test_an_export_that_would_fill_the_memory_is_not_unpacked() -> None:
    packed = bytearray(zipped({"a/1.json": []}))
    # The size that the directory tells of the file in it.
    told = packed.index(b"PK\x01\x02") + 24
    packed[told : told + 4] = (3_000_000_000).to_bytes(4, "little")
    with pytest.raises(NotUnderstood, match="too large"):
        read(bytes(packed), "x.zip")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_the_usual_encodings(encoding: str) -> None:
    assert said(read("Åse: blåbær\r\nBo: øl\r\nÅse: æ".encode(encoding))) == [
        ("Åse", "blåbær"),
        ("Bo", "øl"),
        ("Åse", "æ"),
    ]


BYTES_OF_A_ROW = st.characters(codec="utf-8", exclude_categories=["Cc", "Zl", "Zp"])


@settings(max_examples=30)
@given(st.lists(st.tuples(st.sampled_from(["Ann", "Bo", "Åse"]), st.text(BYTES_OF_A_ROW, max_size=40)), min_size=2))
def test_a_jsonl_is_read_as_it_was_written(chat: list[tuple[str, str]]) -> None:
    written = "\n".join(json.dumps({"author": who, "text": text}, ensure_ascii=False) for who, text in chat)
    assert said(read(written, "x.jsonl")) == chat


@settings(max_examples=30)
@given(st.binary(max_size=300) | st.text(max_size=300).map(str.encode))
def test_any_bytes_are_read_or_refused(content: bytes) -> None:
    try:
        found = read(content)
    except NotUnderstood:
        return
    assert len({one.id for one in found.lines}) == len(found.lines)
