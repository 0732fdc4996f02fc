"""Invented identifiers in the spellings that people use, each in a sentence around it. The same seed
makes the same ones."""

import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from benchmarks.masking_numbers import account, birth, case_number, cpr, cvr, digits, phone, plate
from bot.privacy import Kind

_ROADS = (
    "Nørregade", "Vestergade", "Skovvej", "Birkevænget", "Solbakken", "Hans Broges Gade", "Gammel Køge Landevej",
    "Sankt Knuds Allé", "H.C. Andersens Boulevard", "Ndr. Frihavnsgade", "Kirkestræde", "Rådhuspladsen",
    "Søndre Havnegade", "Åboulevarden", "Ærøvej", "Gl. Kongevej", "Bøgeparken", "Ny Østergade",
)  # fmt: skip
_TOWNS = (
    "8000 Aarhus C", "2610 Rødovre", "1620 København V", "5000 Odense C", "9000 Aalborg", "6400 Sønderborg",
    "4700 Næstved", "DK-2100 København Ø",
)  # fmt: skip
_FLOORS = ("", "", ", 2. tv.", ", st. th.", " 3. mf", ", 1. sal", ", 4. 12", ", kl. tv", " 2 th", ", 3.tv")
_LOCAL = (
    "anna", "anna.holm", "søren.aagård", "a.b+nyhedsbrev", "mette_jensen87", "kontakt", "j-p.hansen", "o'brien",
    "ÆBLE.post",
)  # fmt: skip
_HOSTS = (
    "gmail.com", "rodovre.dk", "mail.kk.dk", "ærø.dk", "hotmail.com", "post.au.dk", "firma.co.uk",
    "xn--rdgrd-vuac.dk", "jubii.dk",
)  # fmt: skip
CARRIERS = (
    "{}", "Det er {}.", "Hun oplyste {} på mødet", "({})", "kan i finde {} i systemet?",
    "Kontakt: {}, hurtigst muligt", "borgeren har {} og vil gerne ringes op", "\"{}\"", "nr. 3: {}; resten følger",
    "Please use {} today.", "{} - er det rigtigt?", "se {}!", "*{}*", "- {}\n- og mere",
    "Jens har {}, Lise har intet", "HUSK {} TIL MØDET", "<{}>", "noter: {}/haster", "{}?", "1) {} 2) intet",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Case:
    """``text`` holds ``identifier`` from ``start`` on; it is of this kind."""

    text: str
    start: int
    identifier: str
    kind: Kind

    @property
    def end(self) -> int:
        return self.start + len(self.identifier)


def identifiers(number: int, seed: int) -> Iterator[Case]:
    """So many, of all kinds in turn."""
    draw = random.Random(seed)
    makers: Sequence[tuple[Kind, Callable[[random.Random], tuple[str, str]]]] = (
        (Kind.CPR, cpr),
        (Kind.PHONE, phone),
        (Kind.EMAIL, _email),
        (Kind.CPR, cpr),
        (Kind.PHONE, phone),
        (Kind.EMAIL, _email),
        (Kind.ADDRESS, _address),
        (Kind.ACCOUNT, account),
        (Kind.CVR, cvr),
        (Kind.PLATE, plate),
        (Kind.NUMBER, case_number),
        (Kind.BIRTH, birth),
        (Kind.HANDLE, _handle),
        (Kind.LINK, _link),
    )
    for place in range(number):
        kind, make = makers[place % len(makers)]
        before, identifier = make(draw)
        head, tail = draw.choice(CARRIERS).replace("{{", "{").replace("}}", "}").split("{}")
        yield Case(f"{head}{before}{identifier}{tail}", len(head) + len(before), identifier, kind)


def _email(draw: random.Random) -> tuple[str, str]:
    local, host = draw.choice(_LOCAL) + draw.choice(("", digits(draw, 2))), draw.choice(_HOSTS)
    name, _, top = host.rpartition(".")
    forms = (
        f"{local}@{host}",
        f"{local}@{host}",
        f"{local}@{host}",
        f"{local.upper()}@{host.upper()}",
        f"{local} [at] {host}",
        f"{local}(at){host}",
        f"{local} (at) {name} dot {top}",
        f"{local}[at]{name}[dot]{top}",
        f"{local} snabel-a {host}",
        f"{local}(at){name} dot {top}",
        f"{local} at {name} dot {top}",
        f"{local} @ {host}",
        f"{local} snabela {name} punktum {top}",
        f"{local}(a){host}",
        f"{local} {{at}} {host}",
        f"{local}@{name} . {top}",
        f"{local}@{name}[.]{top}",
        f"{local}@{name} punktum {top}",
        f"{local}\uff20{name}\uff0e{top}",
        f"{local}&#64;{host}",
        f"{local}%40{host}",
        f"{local}_at_{host}",
        f"{local}-at-{host}",
        f"{local} snabel a {host}",
        f"{local} a-snabel {host}",
        f"{local} (alfakrølle) {host}",
        f"{local} 'at' {host}",
        f"{local}\u00a0@\u00a0{host}",
        f"{local}\\@{host}",
    )
    return draw.choice(("", "", "mail: ", "skriv til ", "mailto:")), draw.choice(forms)


def _address(draw: random.Random) -> tuple[str, str]:
    road = draw.choice(_ROADS)
    number = f" {draw.randint(1, 299)}{draw.choice(('', '', 'A', 'b', ' C'))}"
    town = draw.choice(("", f", {draw.choice(_TOWNS)}", f" {draw.choice(_TOWNS)}", f", {draw.choice(_TOWNS)}"))
    return draw.choice(("bor på ", "adresse: ", "")), f"{road}{number}{draw.choice(_FLOORS)}{town}"


def _handle(draw: random.Random) -> tuple[str, str]:
    number = digits(draw, 3)
    return draw.choice(
        (
            ("", f"<@U0{number}ABC>"),
            ("", f"<@!{number}456789012345>"),
            ("", f"@mette.holm{number}"),
            ("", f"@lise_{number}"),
            ("insta: ", f"lisemus{number}"),
            ("snapchat: ", f"ole-k{number}"),
            ("", f"anders#{number}4"),
        )
    )


def _link(draw: random.Random) -> tuple[str, str]:
    number = digits(draw, 7)
    return "", draw.choice(
        (
            f"https://www.facebook.com/mette.holm.{number}",
            f"https://linkedin.com/in/mette-holm-{number}/",
            f"https://www.instagram.com/lise_{number}",
            f"https://kommune.dk/medarbejder/anders-jensen?id={number}",
            f"www.facebook.com/profile.php?id={number}",
            f"https://x.com/ole{number}",
            f"https://portal.dk/sag/{number}",
        )
    )
