"""The bodies that Discord takes, as tables: field by field with type and limits.

One line a field: its name (``!``: must be there), ``?`` where null may stand, the type, its limits. ``str 1-100`` is a text
of that length, ``[Option] 0-25`` a list, ``A/B`` one of several shapes told apart by their ``type``, ``map`` texts by
language, ``id`` a snowflake, ``time`` an ISO 8601 instant. A test compares the tables with Discord's own description, where
somebody has it at hand.
"""

_WORDS = "placeholder ?str 0-150; min_values ?int 0-25; max_values ?int 1-25; disabled ?bool; required ?bool"
_WHOLE = "-9007199254740991-9007199254740991"
_SELECT = f"id ?int 0-2147483647; custom_id! str 1-100; {_WORDS}"
_NAMED = (
    "name! str 1-32; name_localizations ?map 1-32; description! str 1-100; description_localizations ?map 1-100;"
    " required ?bool"
)
_KINDS = "1|3|0|2|4|5|10|11|12|13|14|15"
_PARTS = "ActionRow/Text/Section/Gallery/File/Separator"
_BODY = (
    f"embeds ?[Embed] 0-10; allowed_mentions ?AllowedMentions; components ?[{_PARTS}/Container] 0-40;"
    " attachments ?[Attachment] 0-10"
)
_OPTION = "label! str 1-100; value! str 1-100; description ?str 0-100; default ?bool"
_FIELD = "TextInput/StringSelect/UserSelect/RoleSelect/MentionableSelect/ChannelSelect"
_LEAVES = (
    "StringOption/IntegerOption/BooleanOption/UserOption/ChannelOption/RoleOption/MentionableOption"
    "/NumberOption/AttachmentOption"
)
_EVENT = (
    "description ?str 0-1000; image ?str; scheduled_end_time ?time; channel_id ?id; recurrence_rule ?any;"
    " entity_metadata ?EventPlace"
)

MESSAGES = {
    "Message": (
        f"content ?str 0-2000; {_BODY}; sticker_ids ?[id] 0-3; flags ?int; poll ?Poll; message_reference ?Reference; "
        "nonce ?nonce; enforce_nonce ?bool; tts ?bool; shared_client_theme ?any"
    ),
    "MessageEdit": f"content ?str 0-2000; {_BODY}; flags ?int; sticker_ids ?[id]; tts ?bool",
    "Answer": f"content ?str 0-2000; {_BODY}; poll ?Poll; tts ?bool; flags ?int",
    "AnswerEdit": f"content ?str 0-2000; {_BODY}; poll ?Poll; flags ?int; tts ?bool",
    "Update": f"content ?str 0-2000; {_BODY}; flags ?int; tts ?bool",
    "AllowedMentions": (
        "parse ?[?word users|roles|everyone] 0-1521 uniq; users ?[?id] 0-100 uniq; roles ?[?id] 0-100 uniq; "
        "replied_user ?bool"
    ),
    "Attachment": (
        "id! id; filename ?str 1-1024; description ?str 0-1024; duration_secs ?num 0-2147483647; "
        "waveform ?str 0-400; title ?str 0-1024; is_spoiler ?bool; is_remix ?bool"
    ),
    "Reference": "guild_id ?id; channel_id ?id; message_id! id; fail_if_not_exists ?bool; type ?enum 0",
    "Poll": (
        "question! PollQuestion; answers! [PollAnswer] 1-10; allow_multiselect ?bool; layout_type ?enum 1; "
        "duration ?int 1-768"
    ),
    "PollQuestion": "text ?str 1-300; emoji ?any",
    "PollAnswer": "poll_media! PollMedia",
    "PollMedia": "text ?str 1-55; emoji ?any",
    "Embed": (
        "type ?str; url ?str 0-2048; title ?str 0-256; color ?int 0-16777215; timestamp ?time; "
        "description ?str 0-4096; author ?EmbedAuthor; image ?EmbedImage; thumbnail ?EmbedImage; "
        "footer ?EmbedFooter; fields ?[EmbedField] 0-25; provider ?any; video ?any"
    ),
    "EmbedAuthor": "name ?str 0-256; url ?str 0-2048; icon_url ?str 0-2048",
    "EmbedImage": (
        "url ?str 0-2048; width ?int; height ?int; placeholder ?str 0-64; placeholder_version ?int 0-2147483647; "
        "is_animated ?bool; description ?str 0-4096"
    ),
    "EmbedFooter": "text ?str 0-2048; icon_url ?str 0-2048",
    "EmbedField": "name! str 0-256; value! str 0-1024; inline ?bool",
}

COMPONENTS = {
    "ActionRow": (
        "type! enum 1; id ?int 0-2147483647; "
        "components! [Button/StringSelect/UserSelect/RoleSelect/MentionableSelect/ChannelSelect] 1-5"
    ),
    "Button": (
        "type! enum 2; id ?int 0-2147483647; custom_id ?str 1-100; style! enum 1|2|3|4|5|6; label ?str 0-80; "
        "disabled ?bool; url ?str 0-512; sku_id ?id; emoji ?Emoji"
    ),
    "Emoji": "id ?id; name! str 0-32; animated ?bool",
    "StringSelect": f"type! enum 3; {_SELECT}; options! [SelectOption] 1-25",
    "SelectOption": f"{_OPTION}; emoji ?Emoji",
    "UserSelect": f"type! enum 5; {_SELECT}; default_values ?[Default] 0-25",
    "RoleSelect": f"type! enum 6; {_SELECT}; default_values ?[Default] 0-25",
    "MentionableSelect": f"type! enum 7; {_SELECT}; default_values ?[Default] 0-25",
    "ChannelSelect": f"type! enum 8; {_SELECT}; default_values ?[Default] 0-25; channel_types ?[enum {_KINDS}] uniq",
    "Default": "type! word user|role|channel; id! id",
    "Section": "type! enum 9; id ?int 0-2147483647; components! [Text] 1-3; accessory! Button/Thumbnail",
    "Text": "type! enum 10; id ?int 0-2147483647; content! str 1-4000",
    "Thumbnail": "type! enum 11; id ?int 0-2147483647; description ?str 1-1024; spoiler ?bool; media! Media",
    "Media": "url! str 0-2048",
    "Gallery": "type! enum 12; id ?int 0-2147483647; items! [GalleryItem] 1-10",
    "GalleryItem": "description ?str 1-1024; spoiler ?bool; media! Media",
    "File": "type! enum 13; id ?int 0-2147483647; spoiler ?bool; file! Media",
    "Separator": "type! enum 14; id ?int 0-2147483647; spacing ?enum 1|2; divider ?bool",
    "Container": (
        f"type! enum 17; id ?int 0-2147483647; accent_color ?int 0-16777215; components! [{_PARTS}] 1-40; spoiler ?bool"
    ),
}

MODALS = {
    "Modal": "custom_id! str 1-100; title! str 1-45; components! [Label/Text/InputRow] 1-40",
    "InputRow": "type! enum 1; id ?int 0-2147483647; components! [TextInput] 1-5",
    "Label": (
        "type! enum 18; id ?int 0-2147483647; label! str 1-45; description ?str 1-100; "
        f"component! {_FIELD}/FileUpload/Radio/Checkboxes/Checkbox"
    ),
    "TextInput": (
        "type! enum 4; id ?int 0-2147483647; custom_id! str 1-100; style! enum 1|2; label ?str 1-45; "
        "value ?str 0-4000; placeholder ?str 0-100; required ?bool; min_length ?int 0-4000; max_length ?int 1-4000"
    ),
    "FileUpload": (
        "type! enum 19; id ?int 0-2147483647; custom_id! str 1-100; min_values ?int 0-10; max_values ?int 1-10; "
        "required ?bool"
    ),
    "Radio": "type! enum 21; id ?int 0-2147483647; custom_id! str 1-100; required ?bool; options! [GroupOption] 2-10",
    "Checkboxes": (
        "type! enum 22; id ?int 0-2147483647; custom_id! str 1-100; min_values ?int 0-10; max_values ?int 1-10; "
        "required ?bool; options! [GroupOption] 1-10"
    ),
    "Checkbox": "type! enum 23; id ?int 0-2147483647; custom_id! str 1-100; default ?bool",
    "GroupOption": _OPTION,
}

INTERACTIONS = {
    "SendAnswer": "type! enum 4|5; data ?Answer",
    "UpdateAnswer": "type! enum 6|7; data ?Update",
    "OfferAnswer": "type! enum 8; data! Offer",
    "ModalAnswer": "type! enum 9; data! Modal",
    "Offer": "choices ?[Choice] 0-25",
    "Callback": "type! enum 4|5|6|7|8|9; data ?any",
}

COMMANDS = {
    "Command": (
        "id ?id; name! str 1-32; name_localizations ?map 1-32; description ?str 0-100; "
        f"description_localizations ?map 1-100; options ?[Subcommand/Group/{_LEAVES}] 0-25; "
        "default_member_permissions ?bits; dm_permission ?bool; contexts ?[enum 0|1|2] 1-3 uniq; "
        "integration_types ?[enum 0|1] 1-2 uniq; handler ?enum 1|2; type ?enum 1|2|3|4; nsfw ?bool"
    ),
    "Subcommand": f"type! enum 1; {_NAMED}; options ?[{_LEAVES}] 0-25",
    "Group": f"type! enum 2; {_NAMED}; options ?[Subcommand] 0-25",
    "StringOption": (
        f"type! enum 3; {_NAMED}; autocomplete ?bool; min_length ?int 0-6000; max_length ?int 1-6000; "
        "choices ?[TextChoice] 0-25"
    ),
    "IntegerOption": (
        f"type! enum 4; {_NAMED}; autocomplete ?bool; choices ?[Choice] 0-25; min_value ?int {_WHOLE};"
        f" max_value ?int {_WHOLE}"
    ),
    "BooleanOption": f"type! enum 5; {_NAMED}",
    "UserOption": f"type! enum 6; {_NAMED}",
    "ChannelOption": f"type! enum 7; {_NAMED}; channel_types ?[enum {_KINDS}] uniq",
    "RoleOption": f"type! enum 8; {_NAMED}",
    "MentionableOption": f"type! enum 9; {_NAMED}",
    "NumberOption": (
        f"type! enum 10; {_NAMED}; autocomplete ?bool; choices ?[Choice] 0-25; min_value ?num; max_value ?num"
    ),
    "AttachmentOption": f"type! enum 11; {_NAMED}",
    "TextChoice": "name! str 1-100; name_localizations ?map 1-100; value! str 0-100",
    "Choice": "name! str 1-100; name_localizations ?map 1-100; value! scalar",
}

PLACES = {
    "Direct": "recipient_id! id",
    "ThreadNew": (
        "name! str 1-100; auto_archive_duration ?enum 60|1440|4320|10080; rate_limit_per_user ?int 0-21600; "
        "type ?enum 10|11|12; invitable ?bool; location ?str"
    ),
    "ThreadOn": (
        "name! str 1-100; auto_archive_duration ?enum 60|1440|4320|10080; rate_limit_per_user ?int 0-21600; "
        "location ?str"
    ),
    "ThreadEdit": (
        "name ?str 1-100; archived ?bool; locked ?bool; invitable ?bool; "
        "auto_archive_duration ?enum 60|1440|4320|10080; rate_limit_per_user ?int 0-21600; flags ?int; "
        "applied_tags ?[id] 0-5"
    ),
    "ChannelEdit": (
        "type ?enum 0|5; name str 1-100; position ?int 0-2147483647; topic ?str 0-1024; nsfw ?bool; "
        "rate_limit_per_user ?int 0-21600; parent_id ?id; permission_overwrites ?[Overwrite] 0-100; "
        "default_auto_archive_duration ?enum 60|1440|4320|10080; flags ?int; "
        "default_thread_rate_limit_per_user ?int 0-21600"
    ),
    "ChannelNew": (
        "type ?enum 0|2|4|5|13|14|15; name! str 1-100; position ?int 0-2147483647; topic ?str 0-1024; nsfw ?bool; "
        "rate_limit_per_user ?int 0-21600; parent_id ?id; permission_overwrites ?[Overwrite] 0-100; "
        "default_auto_archive_duration ?enum 60|1440|4320|10080"
    ),
    "Overwrite": "id! id; type ?enum 0|1; allow ?bits; deny ?bits",
    "EventNew": (
        f"name! str 1-100; scheduled_start_time! time; privacy_level! enum 2; entity_type! enum 1|2|3; {_EVENT}"
    ),
    "EventEdit": (
        "name str 1-100; scheduled_start_time time; privacy_level enum 2; entity_type ?enum 1|2|3; "
        f"status ?enum 1|2|3|4; {_EVENT}"
    ),
    "EventPlace": "location ?str 1-100",
    "ApplicationEdit": (
        "description ?str 0-400; icon ?str; cover_image ?str; flags ?int; interactions_endpoint_url ?str 0-2048; "
        "tags ?[str 0-20] 0-5 uniq; custom_install_url ?str 0-2048; install_params ?any; "
        "role_connections_verification_url ?str 0-2048; integration_types_config ?any; "
        "event_webhooks_status ?enum 1|2; event_webhooks_url ?str 0-2048; event_webhooks_types ?[str]"
    ),
    "Nothing": "",
}

SHAPES = {**MESSAGES, **COMPONENTS, **MODALS, **INTERACTIONS, **COMMANDS, **PLACES}
