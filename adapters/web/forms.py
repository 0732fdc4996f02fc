"""Forms as HTML for the browser's own dialog; what comes back is read by the core against the same form."""

import json
from collections.abc import Mapping
from typing import assert_never

from jinja2 import Environment
from markupsafe import Markup

from adapters.web.limits import OPEN_CHOICES
from adapters.web.render import Pieces, render_text
from adapters.web.wording import interface
from bot.identity import MessageId
from bot.messages.actions import encode_action
from bot.messages.forms import (
    CheckField,
    ChoiceField,
    DateField,
    FileField,
    Form,
    FormField,
    ListField,
    MemberField,
    TextField,
)
from bot.messages.meanwhile import marks_of
from bot.words import Words


class FormRenderer:
    """Turns a form into the content of a dialog."""

    def __init__(self, templates: Environment) -> None:
        self._pieces = Pieces(templates, "form.html")

    def form(self, form: Form, words: Words, name: str, origin: MessageId | None = None) -> Markup:
        """The form; ``name`` makes its ids unique in the page, ``origin`` is the message whose button opened it."""
        labels = interface(words)
        fields = [self._field(field, f"{name}-{place}", labels) for place, field in enumerate(form.fields)]
        return self._pieces.make(
            "form",
            form=form,
            name=name,
            intro=render_text(form.intro, words),
            wire=encode_action(form.action),
            seen=json.dumps(marks_of(form)),
            origin=str(origin) if origin else "",
            fields=Markup("").join(fields),
            t=labels,
        )

    def _field(self, field: FormField, name: str, t: Mapping[str, str]) -> Markup:
        make = self._pieces.make
        match field:
            case TextField():
                return make("text_field", field=field, name=name, t=t)
            case ListField():
                return make("list_field", field=field, name=name, t=t)
            case ChoiceField():
                shape = "choice_field" if field.multiple or len(field.choices) <= OPEN_CHOICES else "select_field"
                return make(shape, field=field, name=name, t=t)
            case MemberField():
                return make("member_field", field=field, name=name, t=t)
            case DateField():
                return make("date_field", field=field, name=name, t=t)
            case CheckField():
                return make("check_field", field=field, name=name, t=t)
            case FileField():
                return make("file_field", field=field, name=name, t=t)
            case _:
                assert_never(field)
