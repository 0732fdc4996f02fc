"""Conversations of nobody real, for tests of what becomes of them."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from bot.notes.transcript import Line, Transcript

# A Tuesday.
MORNING = datetime(2026, 3, 17, 9, 0, tzinfo=ZoneInfo("Europe/Copenhagen"))


def talk(*said: tuple[str, str] | tuple[str, str, str], title: str = "") -> Transcript:
    """Author, text, and sector where it matters; a minute between two, ids ``m1``, ``m2`` ..."""
    return Transcript(
        [
            Line(f"m{place}", one[0], one[1], one[2] if len(one) > 2 else "", MORNING + timedelta(minutes=place))
            for place, one in enumerate(said, start=1)
        ],
        title,
    )


def noise(number: int) -> Sequence[tuple[str, str]]:
    """So many messages that decide nothing, ask nothing and promise nothing."""
    people = ("Mette", "Bo", "Anna", "Sofie")
    subjects = ("vejret", "bussen", "frokosten", "trappen", "kaffen", "parkeringen", "lyset", "døren")
    return [
        (people[place % 4], f"{subjects[place % 8].capitalize()} var {('fin', 'sen', 'varm')[place % 3]} i går.")
        for place in range(number)
    ]


LONELY_EVENINGS = talk(
    ("Mette Holm", "Hej alle. Vi har et problem på Broparken: mange af de ældre er ensomme om aftenen.", "municipality"),
    ("Bo Lind", "Vi oplever det samme i foreningen. Vores frivillige vil gerne besøge nogen.", "civil_society"),
    ("Anna Krog", "Hvad med at bruge vores kantine om torsdagen? Den står tom efter kl. 15.", "business"),
    ("Mette Holm", "God idé! Hvor mange er der plads til?", "municipality"),
    ("Anna Krog", "Der er plads til 60.", "business"),
    ("Sofie Ravn", "Vi kunne måle, om det hjælper. Hvem skal have adgang til data?", "research"),
    ("Bo Lind", "Kan du ringe til hjemmeplejen, Mette?", "civil_society"),
    ("Mette Holm", "Ja, det gør jeg inden fredag.", "municipality"),
    ("Anna Krog", "Jeg booker kantinen til den 2. april.", "business"),
    ("Mette Holm", "Vi aftaler, at vi begynder torsdag den 2. april kl. 15, og at Bo sørger for tre frivillige.", "municipality"),
    ("Bo Lind", "👍 Enig", "civil_society"),
    ("Sofie Ravn", "Hvad koster transporten, og hvem betaler?", "research"),
)  # fmt: skip
EMPTY_ROOMS = talk(
    ("Ann Lee", "Hi everybody, the challenge is that our club rooms stand empty every morning."),
    ("Ben Fox", "What if the school used them? Their gym is being rebuilt."),
    ("Ann Lee", "Good idea. Who could ask the headmaster?"),
    ("Ben Fox", "I'll call her tomorrow."),
    ("Ann Lee", "Great. Decision: the school gets the rooms from 1 May, free of charge."),
    ("Ben Fox", "Carla Winter will send the contract by 24 April."),
    ("Ann Lee", "What about the insurance?"),
)
