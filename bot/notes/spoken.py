"""Which of the two languages a text is in, and which of its words say something."""

import re

_WORD = re.compile(r"[^\W\d_]+")
# Between spaces, so that a word is found as a whole.
_DANISH = " og det er ikke på til af som vi jeg kan har der en et at men skal den med du de "
_ENGLISH = " the and is not on to of that we can have there an it but should be with you they "
# One language has to be so many times as frequent as the other.
_CLEARLY = 2
_SHORTEST = 4
_EMPTY = """ alle altså andet andre bare begge blev blevet bliver burde både da deres derfor derhen dette disse efter eller \
ellers endnu enten faktisk flere fordi forskellige fortsat fra få får gerne gøre går gøres havde have hele hende \
hendes hvad hvem hver hvilke hvilken hvis hvor hvordan hvorfor hvornår hvorvidt igen ikke imod ind ingen intet jeres \
kommer kunne lige lidt mange med meget mellem mens mere mest mulighed må måske når nogle noget nogen også omkring \
over samme samt selv siden sige siger skal skulle snart stadig stor stort står synes således sådan tage tager under \
være været ved vil ville vores about after again also always another because been before being between both could \
does doing done during each either else even ever every from further gets going gone have having here hers herself \
himself into itself just like made make makes many maybe might more most much must need needs never none once only \
other others ours over participants people perhaps quite rather really said same says several shall should since \
some still such take takes than that their theirs them then there these they thing things this those through \
together under until upon used uses very want wants well were what when where whether which while will with within \
without would your yours discussed discussion suggests suggested mentions mentioned think thinks foreslår foreslog \
nævner nævnte mener diskuterede drøftede """


def spoken_language(text: str) -> str:
    """``da`` or ``en``; empty where it is neither, or both, or too short to tell."""
    words = [word.casefold() for word in _WORD.findall(text)]
    danish = sum(f" {word} " in _DANISH for word in words)
    english = sum(f" {word} " in _ENGLISH for word in words)
    if danish > english * _CLEARLY:
        return "da"
    return "en" if english > danish * _CLEARLY else ""


def content_words(text: str) -> list[str]:
    """The words that name something, in small letters: not the short ones, and not those that every sentence has."""
    words = (word.casefold() for word in _WORD.findall(text))
    return [word for word in words if len(word) >= _SHORTEST and f" {word} " not in _EMPTY]
