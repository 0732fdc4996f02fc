"""What is said to a person comes whole out of another process."""

import pickle

import pytest

from bot.errors import NotThere, NotUnderstood, Sorry, phrase


@pytest.mark.parametrize("kind", [Sorry, NotUnderstood, NotThere])
def test_a_kind_sentence_crosses_from_one_process_to_another(kind: type[Sorry]) -> None:
    raised = kind(phrase("{command} is where you can, {name}.", command=phrase("/profile"), name="Åse"))
    arrived = pickle.loads(pickle.dumps(raised))  # noqa: S301 - what the planner's process does
    assert type(arrived) is kind
    assert arrived.said == raised.said
    assert str(arrived) == str(raised)
