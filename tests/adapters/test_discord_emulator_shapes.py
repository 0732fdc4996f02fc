"""The tables of bodies: that they are read rightly, and that they say what Discord itself says."""

import json
import os
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.emulators.discord_check import Field, check, lines, shape, tree
from tests.emulators.discord_shapes import SHAPES

Json = dict[str, Any]

# Our tables and Discord's names for them.
NAMES: Mapping[str, str] = {
    "Message": "MessageCreateRequest",
    "MessageEdit": "MessageEditRequestPartial",
    "Answer": "IncomingWebhookInteractionRequest",
    "AnswerEdit": "IncomingWebhookUpdateRequestPartial",
    "Update": "IncomingWebhookUpdateForInteractionCallbackRequestPartial",
    "AllowedMentions": "MessageAllowedMentionsRequest",
    "Attachment": "MessageAttachmentRequest",
    "Reference": "MessageReferenceRequest",
    "Poll": "PollCreateRequest",
    "PollQuestion": "PollMedia",
    "PollAnswer": "PollAnswerCreateRequest",
    "PollMedia": "PollMediaCreateRequest",
    "Embed": "RichEmbed",
    "EmbedAuthor": "RichEmbedAuthor",
    "EmbedImage": "RichEmbedImage",
    "EmbedFooter": "RichEmbedFooter",
    "EmbedField": "RichEmbedField",
    "ActionRow": "ActionRowComponentForMessageRequest",
    "Button": "ButtonComponentForMessageRequest",
    "Emoji": "ComponentEmojiForRequest",
    "StringSelect": "StringSelectComponentForMessageRequest",
    "SelectOption": "StringSelectOptionForRequest",
    "UserSelect": "UserSelectComponentForMessageRequest",
    "RoleSelect": "RoleSelectComponentForMessageRequest",
    "MentionableSelect": "MentionableSelectComponentForMessageRequest",
    "ChannelSelect": "ChannelSelectComponentForMessageRequest",
    "Section": "SectionComponentForMessageRequest",
    "Text": "TextDisplayComponentForMessageRequest",
    "Thumbnail": "ThumbnailComponentForMessageRequest",
    "Media": "UnfurledMediaRequest",
    "Gallery": "MediaGalleryComponentForMessageRequest",
    "GalleryItem": "MediaGalleryItemRequest",
    "File": "FileComponentForMessageRequest",
    "Separator": "SeparatorComponentForMessageRequest",
    "Container": "ContainerComponentForMessageRequest",
    "Modal": "ModalInteractionCallbackRequestData",
    "InputRow": "ActionRowComponentForModalRequest",
    "Label": "LabelComponentForModalRequest",
    "TextInput": "TextInputComponentForModalRequest",
    "FileUpload": "FileUploadComponentForModalRequest",
    "Radio": "RadioGroupComponentForModalRequest",
    "Checkboxes": "CheckboxGroupComponentForModalRequest",
    "Checkbox": "CheckboxComponentForModalRequest",
    "GroupOption": "RadioGroupOptionForRequest",
    "SendAnswer": "CreateMessageInteractionCallbackRequest",
    "UpdateAnswer": "UpdateMessageInteractionCallbackRequest",
    "ModalAnswer": "ModalInteractionCallbackRequest",
    "Command": "ApplicationCommandUpdateRequest",
    "Subcommand": "ApplicationCommandSubcommandOption",
    "Group": "ApplicationCommandSubcommandGroupOption",
    "StringOption": "ApplicationCommandStringOption",
    "IntegerOption": "ApplicationCommandIntegerOption",
    "BooleanOption": "ApplicationCommandBooleanOption",
    "UserOption": "ApplicationCommandUserOption",
    "ChannelOption": "ApplicationCommandChannelOption",
    "RoleOption": "ApplicationCommandRoleOption",
    "MentionableOption": "ApplicationCommandMentionableOption",
    "NumberOption": "ApplicationCommandNumberOption",
    "AttachmentOption": "ApplicationCommandAttachmentOption",
    "TextChoice": "ApplicationCommandOptionStringChoice",
    "ThreadNew": "CreateTextThreadWithoutMessageRequest",
    "ThreadOn": "CreateTextThreadWithMessageRequest",
    "ThreadEdit": "UpdateThreadRequestPartial",
    "ChannelEdit": "UpdateGuildChannelRequestPartial",
    "ChannelNew": "CreateGuildChannelRequest",
    "Overwrite": "ChannelPermissionOverwriteRequest",
    "EventNew": "ExternalScheduledEventCreateRequest",
    "EventEdit": "ExternalScheduledEventPatchRequestPartial",
    "ApplicationEdit": "ApplicationFormPartial",
}

# Fields that Discord's description does not have: discord.py sends them, or Discord's prose tells of them.
MORE = {
    ("MessageEdit", "tts"), ("AnswerEdit", "tts"), ("Update", "tts"), ("Emoji", "animated"), ("Command", "nsfw"),
    ("ThreadNew", "location"), ("ThreadOn", "location"),
}  # fmt: skip
# Where Discord's prose is stricter than its description, and so are we.
STRICTER = {
    ("Message", "content"): "2000 characters for who has no Nitro",
    ("MessageEdit", "content"): "the same",
    ("MessageEdit", "sticker_ids"): "not used",
    ("PollMedia", "text"): "55 for an answer",
    ("TextChoice", "value"): "100 in the prose",
    ("Command", "contexts"): "there are three",
    ("Command", "integration_types"): "there are two",
    ("Overwrite", "allow"): "a number in a text, as in the prose",
    ("Overwrite", "deny"): "the same",
    ("EventNew", "name"): "1 character at least",
    ("EventNew", "entity_type"): "one table for the three kinds; what belongs together is a rule",
    ("EventNew", "entity_metadata"): "the same",
    ("EventEdit", "name"): "the same",
    ("EventEdit", "scheduled_start_time"): "the same",
    ("EventEdit", "entity_type"): "the same",
    ("ChannelEdit", "type"): "text and announcements only",
    ("ChannelEdit", "topic"): "1024 for what is no forum",
    ("ChannelNew", "topic"): "the same",
    ("ThreadEdit", "name"): "1 character at least",
}

# What Discord has and a bot like ours has no use for: refused here, so that nobody uses it unawares.
_VOICE = {"bitrate", "user_limit", "rtc_region", "video_quality_mode"}
_FORUM = {
    "default_reaction_emoji",
    "default_sort_order",
    "default_forum_layout",
    "default_tag_setting",
    "available_tags",
}
LEFT_OUT: Mapping[str, set[str]] = {
    "ApplicationEdit": {"team_id", "explicit_content_filter", "max_participants", "type"},
    "ChannelEdit": _VOICE | _FORUM,
    "ChannelNew": _VOICE | _FORUM | {"default_thread_rate_limit_per_user"},
    "ThreadEdit": _VOICE,
}


def description() -> Json:
    path = os.environ.get("DISCORD_OPENAPI", "")
    if not path:
        pytest.skip(
            "DISCORD_OPENAPI does not name a copy of Discord's OpenAPI file, which is not part of this repository"
        )
    schemas: Json = json.loads(Path(path).read_text("utf-8"))["components"]["schemas"]
    return schemas


def test_the_tables_say_what_discord_says() -> None:
    schemas = description()
    wrong = {name: list(_differences(name, shape(name), schemas[told], schemas)) for name, told in NAMES.items()}
    assert {name: lines for name, lines in wrong.items() if lines} == {}


def test_every_table_is_compared_or_known_to_be_ours_alone() -> None:
    ours = {"Callback", "OfferAnswer", "Offer", "Choice", "Default", "Direct", "EventPlace", "Nothing"}
    assert SHAPES.keys() - NAMES.keys() == ours


def _differences(name: str, ours: Mapping[str, Field], theirs: Json, schemas: Json) -> Iterator[str]:
    known: Json = theirs["properties"]
    for field in ours.keys() - known.keys():
        if (name, field) not in MORE:
            yield f"{field}: Discord does not have it"
    for field in known.keys() - ours.keys():
        if field not in LEFT_OUT.get(name, ()):
            yield f"{field}: Discord has it, the table has not"
    required = set(theirs.get("required", ()))
    for field in ours.keys() & known.keys():
        if (name, field) not in STRICTER:
            told = _told(known[field], schemas)
            yield from (f"{field}: {line}" for line in _field_differs(ours[field], told, field in required))


def _field_differs(ours: Field, theirs: Json, required: bool) -> Iterator[str]:
    if ours.required != required:
        yield f"required {ours.required}, Discord says {required}"
    inner = ours.each if ours.each is not None else ours
    if len(inner.words) > 1 and inner.kind == "shape":
        wanted = {_name(option) for option in _options(theirs.get("items", theirs))}
        if {_kind(NAMES[word]) for word in inner.words} != {_kind(word) for word in wanted}:
            yield f"{inner.words}, Discord says {sorted(wanted)}"
    if ours.kind not in ("any", "shape", "time", "bits", "id", "scalar", "nonce"):
        yield from _limits(ours, theirs)


def _options(schema: Json) -> Sequence[Json]:
    return schema.get("oneOf") or schema.get("anyOf") or [schema]


def _name(schema: Json) -> str:
    return str(schema.get("$ref", "")).rpartition("/")[2]


def _kind(name: str) -> str:
    return name.removesuffix("ForMessageRequest").removesuffix("ForModalRequest")


def _told(schema: Json, schemas: Json) -> Json:
    """A field of the description, without its null and its references."""
    if "$ref" in schema:
        return _told(schemas[schema["$ref"].rpartition("/")[2]], schemas)
    options = [one for one in schema.get("oneOf", ()) if one.get("type") != "null"]
    if len(options) == 1 and "const" not in options[0]:
        return _told(options[0], schemas)
    return schema


def _limits(ours: Field, theirs: Json) -> Iterator[str]:
    words = [str(one["const"]) for one in theirs.get("oneOf", ()) if "const" in one] or [
        str(one) for one in theirs.get("enum", ())
    ]
    if ours.kind in ("enum", "word"):
        if set(ours.words) != set(words):
            yield f"{ours.words}, Discord says {words}"
        return
    names = {
        "str": ("minLength", "maxLength"),
        "list": ("minItems", "maxItems"),
        "int": ("minimum", "maximum"),
        "num": ("minimum", "maximum"),
    }
    if ours.kind not in names:
        return
    least, most = (theirs.get(word) for word in names[ours.kind])
    if most is not None and most < 100_000 and ours.most != most:
        yield f"at most {ours.most}, Discord says {most}"
    if (ours.least or 0) != (least or 0):
        yield f"at least {ours.least}, Discord says {least}"


# How the tables are read


def test_a_right_body_has_nothing_wrong_in_it() -> None:
    button = {"type": 2, "style": 1, "custom_id": "x", "label": "Go"}
    body = {
        "content": "Hello",
        "components": [{"type": 1, "components": [button]}],
        "nonce": "abc",
        "enforce_nonce": True,
    }
    assert check("Message", body) == []


WRONG: list[tuple[Json, str, str]] = [
    ({"content": "x" * 2001}, "content", "BASE_TYPE_MAX_LENGTH"),
    ({"content": 1}, "content", "STRING_TYPE_CONVERT"),
    ({"tts": "yes"}, "tts", "BOOLEAN_TYPE_CONVERT"),
    ({"flags": "4"}, "flags", "NUMBER_TYPE_COERCE"),
    ({"flags": True}, "flags", "NUMBER_TYPE_COERCE"),
    ({"nonce": "x" * 26}, "nonce", "NONCE_TYPE_TOO_LONG"),
    ({"nonce": True}, "nonce", "NONCE_TYPE_TOO_LONG"),
    ({"unheard": 1}, "unheard", "UNKNOWN_FIELD"),
    ({"embeds": {}}, "embeds", "LIST_TYPE_CONVERT"),
    ({"embeds": [[]]}, "embeds.0", "MODEL_TYPE_CONVERT"),
    ({"embeds": [{"timestamp": "soon"}]}, "embeds.0.timestamp", "DATE_TIME_TYPE_PARSE"),
    ({"embeds": [{"timestamp": "2026-01-01T00:00:00"}]}, "embeds.0.timestamp", "DATE_TIME_TYPE_PARSE"),
    ({"embeds": [{"fields": [{"name": None, "value": "x"}]}]}, "embeds.0.fields.0.name", "BASE_TYPE_REQUIRED"),
    ({"embeds": [{"fields": [{"value": "x"}]}]}, "embeds.0.fields.0.name", "BASE_TYPE_REQUIRED"),
    ({"sticker_ids": ["one"]}, "sticker_ids.0", "NUMBER_TYPE_COERCE"),
    ({"components": [{"type": 99}]}, "components.0.type", "UNION_TYPE_CHOICES"),
    ({"components": [{"type": 1, "components": []}]}, "components.0.components", "BASE_TYPE_MIN_LENGTH"),
    ({"components": [{"type": 14, "spacing": 3}]}, "components.0.spacing", "BASE_TYPE_CHOICES"),
    ({"components": [{"type": 14, "id": -1}]}, "components.0.id", "NUMBER_TYPE_MIN"),
    ({"components": [{"type": 14, "id": 1 << 31}]}, "components.0.id", "NUMBER_TYPE_MAX"),
    ({"poll": {"question": {"text": "?"}, "answers": [], "duration": 24.0}}, "poll.duration", "NUMBER_TYPE_COERCE"),
    ({"allowed_mentions": {"users": ["1", "1"]}}, "allowed_mentions.users", "SET_TYPE_ALREADY_CONTAINS_VALUE"),
    ({"allowed_mentions": {"parse": ["all"]}}, "allowed_mentions.parse.0", "BASE_TYPE_CHOICES"),
]  # fmt: skip


@pytest.mark.parametrize(("body", "where", "code"), WRONG)
def test_what_is_wrong_is_told_with_its_place(body: Json, where: str, code: str) -> None:
    assert (where, code) in {(".".join(map(str, at)), told) for at, told, _ in check("Message", body)}


def test_the_other_types() -> None:
    assert lines(check("Overwrite", {"id": "1", "allow": "1024", "deny": 5})) == []
    assert check("Overwrite", {"id": "1", "allow": "many"})[0][1] == "NUMBER_TYPE_COERCE"
    named = {"name": "x", "description": "X", "name_localizations": {"dk": "y", "da": "z" * 33}}
    assert [code for _, code, _ in check("Command", named)] == ["BASE_TYPE_CHOICES", "BASE_TYPE_MAX_LENGTH"]
    assert check("Command", {"name": "x", "name_localizations": []})[0][1] == "DICT_TYPE_CONVERT"
    assert check("Choice", {"name": "x", "value": {}})[0][1] == "BASE_TYPE_BAD_TYPE"
    assert lines(check("Message", []))[0].startswith("body: MODEL_TYPE_CONVERT")


def test_errors_are_nested_as_discord_nests_them() -> None:
    wrong = check("Message", {"embeds": [{"title": 5}]})
    assert tree(wrong)["embeds"]["0"]["title"]["_errors"][0]["code"] == "STRING_TYPE_CONVERT"


values: st.SearchStrategy[object] = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["type", "content", "components", "id", "x"]), inner)
    ),
    max_leaves=12,
)


@given(values)
def test_no_body_is_too_strange_to_be_told_what_is_wrong(body: object) -> None:
    for name in ("Message", "Container", "Modal", "Command"):
        told = check(name, body)
        assert json.dumps(tree(told))
        assert len(lines(told)) == len(told)
