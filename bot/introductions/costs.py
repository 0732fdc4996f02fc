"""What an organiser's wishes cost a round, in a few words beside each: a per cent of the round, never a figure of a person."""

from typing import assert_never

from bot.matching.domain import Loss, WishCost
from bot.words import Words


def cost_told(cost: WishCost, words: Words) -> str:
    """A short phrase; empty where the wish costs nothing."""
    match cost.loss:
        case Loss.NOTHING:
            return ""
        case Loss.WORTH:
            return _share_told(cost, words)
        case Loss.LEFT_OUT:
            return words.count(
                "leaves {number} more without a partner", "leaves {number} more without a partner", cost.amount
            )
        case Loss.WAITING:
            return words.say("lets somebody wait again")
        case Loss.TRIOS:
            return words.count("makes {number} more group of three", "makes {number} more groups of three", cost.amount)
        case Loss.TWINS:
            return words.say("puts two from one sector together in a group of three")
        case Loss.REPEATS:
            return words.count("{number} more pair meets again", "{number} more pairs meet again", cost.amount)
        case Loss.SOONER:
            return words.say("lets a pair meet again sooner")
        case Loss.AGAIN:
            return words.count("{number} more pair has met before", "{number} more pairs have met before", cost.amount)
        case _:
            assert_never(cost.loss)


def _share_told(cost: WishCost, words: Words) -> str:
    percent = round(cost.share * 100)
    if percent < 1:
        return words.say("costs the round less than 1 %")
    if cost.exact:
        return words.say("costs the round {percent} %", percent=words.number(percent))
    return words.say("costs the round about {percent} %", percent=words.number(percent))
