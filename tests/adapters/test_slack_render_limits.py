"""The table of limits says what Slack's own library says, where that says anything."""

import pytest
from slack_sdk.models import blocks
from slack_sdk.models.blocks import basic_components, block_elements
from slack_sdk.models.views import View

from adapters.slack import limits
from bot.messages.actions import MAX_ACTION_BYTES

SAME = {
    "HEADER": blocks.HeaderBlock.text_max_length,
    "SECTION_TEXT": blocks.SectionBlock.text_max_length,
    "SECTION_FIELDS": blocks.SectionBlock.fields_max_length,
    "CONTEXT_ELEMENTS": blocks.ContextBlock.elements_max_length,
    "ACTIONS": blocks.ActionsBlock.elements_max_length,
    "ALTERNATIVE": blocks.ImageBlock.alt_text_max_length,
    "INPUT_LABEL": blocks.InputBlock.label_max_length,
    "INPUT_HINT": blocks.InputBlock.hint_max_length,
    "BLOCK_ID": blocks.Block.block_id_max_length,
    "ACTION_ID": block_elements.InteractiveElement.action_id_max_length,
    "BUTTON_LABEL": block_elements.ButtonElement.text_max_length,
    "URL": block_elements.ButtonElement.url_max_length,
    "PLACEHOLDER": block_elements.InputInteractiveElement.placeholder_max_length,
    "OPTIONS": block_elements.StaticSelectElement.options_max_length,
    "OPTION_GROUPS": block_elements.StaticSelectElement.option_groups_max_length,
    "OPTION_TEXT": basic_components.Option.label_max_length,
    "OPTION_VALUE": basic_components.Option.value_max_length,
    "GROUP_LABEL": basic_components.OptionGroup.label_max_length,
    "CONFIRM_TITLE": basic_components.ConfirmObject.title_max_length,
    "CONFIRM_TEXT": basic_components.ConfirmObject.text_max_length,
    "CONFIRM_BUTTON": basic_components.ConfirmObject.confirm_max_length,
    "VIEW_TITLE": View.title_max_length,
    "VIEW_BUTTON": View.submit_max_length,
    "VIEW_BLOCKS": View.blocks_max_length,
    "VIEW_MEMORY": View.private_metadata_max_length,
    "CALLBACK": View.callback_id_max_length,
}


def test_what_the_core_promises_fits_into_slacks_ids() -> None:
    assert len("100|") + MAX_ACTION_BYTES <= limits.ACTION_ID
    assert MAX_ACTION_BYTES <= limits.CALLBACK
    assert MAX_ACTION_BYTES <= limits.OPTION_VALUE  # a choice's value is as long at most


@pytest.mark.parametrize("name", SAME)
def test_a_limit_is_slacks_own(name: str) -> None:
    assert getattr(limits, name) == SAME[name]
