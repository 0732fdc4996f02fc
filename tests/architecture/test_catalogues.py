"""Everything that a person sees is translated, and every translation is of something that is still said."""

from collections import defaultdict
from functools import cache
from pathlib import Path

import pytest

from commands import COMMANDS
from tests.spoken import Heard, listen, read_module, read_template
from tests.words import LOCALES, catalogues, english, entries, fields_of, forms_of, key_of, missing


@cache
def heard() -> Heard:
    return listen()


def test_every_sentence_is_written_where_reading_finds_it() -> None:
    assert not heard().unclear, "\n".join(
        ["Write the sentence as a literal, or as a constant of the same file:", *heard().unclear]
    )


def test_every_sentence_has_whole_placeholders() -> None:
    wrong: list[str] = []
    for said in heard().said:
        try:
            for text in (said.one, said.many):
                fields_of(text)
        except ValueError as error:
            wrong.append(f"{said.file}:{said.line}: {error}: {said.one}")
    assert not wrong, "\n".join(wrong)


def test_a_sentence_has_one_plural_everywhere() -> None:
    wrong = [
        f"{places[0].file}:{places[0].line}: {key!r} has the plurals {sorted(plurals)}"
        for key, places in heard().by_key().items()
        if len(plurals := {said.many for said in places if said.many}) > 1
    ]
    assert not wrong, "\n".join(wrong)


def test_what_commands_declare_is_found_by_reading() -> None:
    known = heard().by_key()
    declared = [command.summary for command in COMMANDS]
    for command in COMMANDS:
        for verb in command.verbs:
            declared += [verb.summary, *(option.summary for option in verb.options)]
    assert [summary for summary in declared if summary not in known] == []


def test_nothing_is_untranslated_in_danish() -> None:
    absent = [
        f"{groups[0].file}:{groups[0].line}: {groups[0].one}"
        for part in missing(heard(), "da").values()
        for groups in part
    ]
    assert not absent, "\n".join(["`make words` prints these ready to be filled in:", *absent])


@pytest.mark.parametrize("language", ["da", "en"])
def test_no_translation_is_fuzzy_obsolete_or_of_something_no_longer_said(language: str) -> None:
    known = heard().by_key()
    wrong: list[str] = []
    for part, catalogue in catalogues(language).items():
        wrong += [f"{language}/{part}.po: obsolete: {key}" for key in catalogue.obsolete]
        for message in entries(catalogue):
            one, many = key_of(message)
            if message.fuzzy:
                wrong.append(f"{language}/{part}.po: fuzzy: {one}")
            if one not in known:
                wrong.append(f"{language}/{part}.po: nobody says this any more: {one}")
            elif many and many not in {said.many for said in known[one]}:
                wrong.append(f"{language}/{part}.po: another plural is said now: {many}")
            elif not many and any(said.many for said in known[one]):
                wrong.append(f"{language}/{part}.po: needs msgid_plural: {one}")
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("language", ["da", "en"])
def test_both_sides_have_the_same_placeholders(language: str) -> None:
    wrong: list[str] = []
    for part, catalogue in catalogues(language).items():
        for message in entries(catalogue):
            one, many = key_of(message)
            forms = forms_of(message)
            wanted = [fields_of(one), fields_of(many)] if many else [fields_of(one)]
            # Where something is counted, the singular may say "one" and leave the number out.
            free = {"number"} if many else set[str]()
            wrong += [
                f"{language}/{part}.po: {sorted(fields_of(form))} and not {sorted(need)}: {one}"
                for need, form in zip(wanted, forms, strict=False)
                if fields_of(form) - free != need - free
            ]
            if many and len(forms) != 2:
                wrong.append(f"{language}/{part}.po: {len(forms)} forms and not 2: {one}")
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("language", ["da", "en"])
def test_two_catalogues_never_disagree(language: str) -> None:
    translations: dict[str, dict[tuple[str, ...], list[str]]] = defaultdict(dict)
    for part, catalogue in catalogues(language).items():
        for message in entries(catalogue):
            translations[key_of(message)[0]].setdefault(forms_of(message), []).append(f"{part}.po")
    wrong = [f"{language}: {key!r}: {by_form}" for key, by_form in translations.items() if len(by_form) > 1]
    assert not wrong, "\n".join(wrong)


def test_the_english_catalogues_are_up_to_date() -> None:
    wanted = english(heard())
    stored = {file.stem: file.read_text("utf-8") for file in (LOCALES / "en").glob("*.po")}
    stale = sorted(part for part in wanted.keys() | stored.keys() if wanted.get(part) != stored.get(part))
    assert not stale, f"run `make words`: bot/locales/en is behind the code in {', '.join(stale)}"


def test_reading_a_module_finds_every_way_of_saying_something() -> None:
    found = Heard()
    source = """
REASONS = {"a": "Because of {need}", "b": "Because of {offer}"}
async def show(call, words, kind, late):
    words.say("Hello {name}", name="x")
    call.words.text("First" if late else "Second")
    words.count("One day", "{number} days", 3)
    words.say(REASONS[kind], need=1)
    raise NotThere(phrase("Over and " "done"))
COMMAND = Command(name="x", names={}, summary="What it is", verbs=(Verb(run=show, summary=SUMMARY),))
OPTION = Option("day", {"en": "day"}, "Which day")
def page(words, tell):
    say = words.say
    tell("Not this either")
    return say("From an alias")
call.text("not this") + "".count("nor this")
words.say(kind)
"""
    read_module(source, "commands/x.py", found)

    assert {(said.one, said.many) for said in found.said} == {
        ("Hello {name}", ""),
        ("First", ""),
        ("Second", ""),
        ("One day", "{number} days"),
        ("Because of {need}", ""),
        ("Because of {offer}", ""),
        ("Over and done", ""),
        ("What it is", ""),
        ("Which day", ""),
        ("From an alias", ""),
    }
    assert {line.rpartition(": ")[2] for line in found.unclear} == {"SUMMARY", "kind"}


def test_reading_a_template_finds_what_it_says() -> None:
    found = Heard()
    read_template(
        '<p title="{{ words.say("A {thing}", thing=x) }}">{{ page.words.count("one", "many", n) }}{% if say("Now") %}{% endif %}'
        '{{ call.text("no") }}{{ words.say(variable) }}</p>',
        "adapters/web/templates/x.html",
        found,
    )

    assert [(said.one, said.many) for said in found.said] == [("A {thing}", ""), ("one", "many"), ("Now", "")]
    assert len(found.unclear) == 1


def test_a_missing_translation_is_noticed(tmp_path: Path) -> None:
    (tmp_path / "da").mkdir()
    (tmp_path / "da" / "x.po").write_text(
        'msgid ""\nmsgstr "Language: da\\n"\n\nmsgid "Known"\nmsgstr "Kendt"\n', "utf-8"
    )
    found = Heard()
    read_module('words.say("Known"); words.say("Unknown")', "commands/x.py", found)

    assert [places[0].one for places in missing(found, "da", tmp_path)["x"]] == ["Unknown"]
