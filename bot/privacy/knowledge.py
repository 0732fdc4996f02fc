"""What names are known by: the lists, what was learned, and the roster."""

from dataclasses import dataclass

from bot.privacy.lexicon import Lexicon
from bot.privacy.roster import Roster
from bot.privacy.tagger import Weights


@dataclass(frozen=True, slots=True)
class Knowledge:
    """All that names are known by."""

    lexicon: Lexicon
    weights: Weights
    roster: Roster

    def is_common(self, word: str) -> bool:
        """Whether a word in small letters is an ordinary one, be it a name as well."""
        return self.lexicon.is_ordinary(word) or self.weights.is_common(word)
