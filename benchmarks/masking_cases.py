"""Invented identifiers in the spellings that people use, each in a sentence around it. The same seed
makes the same ones."""

import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from bot.privacy import Kind

_MONTHS = (
    "januar", "februar", "marts", "april", "maj", "juni", "juli", "august", "september", "oktober", "november",
    "december",
)  # fmt: skip
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
_LETTERS = "ABCDEHKLMNPRSTVXYZ"
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
        (Kind.CPR, _cpr),
        (Kind.PHONE, _phone),
        (Kind.EMAIL, _email),
        (Kind.CPR, _cpr),
        (Kind.PHONE, _phone),
        (Kind.EMAIL, _email),
        (Kind.ADDRESS, _address),
        (Kind.ACCOUNT, _account),
        (Kind.CVR, _cvr),
        (Kind.PLATE, _plate),
        (Kind.NUMBER, _case),
        (Kind.BIRTH, _birth),
        (Kind.HANDLE, _handle),
        (Kind.LINK, _link),
    )
    for place in range(number):
        kind, make = makers[place % len(makers)]
        before, identifier = make(draw)
        head, tail = draw.choice(CARRIERS).split("{}")
        yield Case(f"{head}{before}{identifier}{tail}", len(head) + len(before), identifier, kind)


def _digits(draw: random.Random, number: int) -> str:
    return "".join(draw.choice("0123456789") for _ in range(number))


def _cpr(draw: random.Random) -> tuple[str, str]:
    day, month, year, serial = (
        f"{draw.randint(1, 31):02}",
        f"{draw.randint(1, 12):02}",
        _digits(draw, 2),
        _digits(draw, 4),
    )
    before = draw.choice(
        ("", "", "cpr ", "CPR-nr. ", "cpr.nr.: ", "cprnr ", "CPR: ", "personnummer ", "cpr nummer er ")
    )
    forms = (
        f"{day}{month}{year}-{serial}",
        f"{day}{month}{year} {serial}",
        f"{day}{month}{year}{serial}",
        f"{day}{month}{year} - {serial}",
        f"{day}.{month}.{year}-{serial}",
        f"{day} {month} {year} {serial}",
        f"{day}/{month}-{year} {serial}",
        f"{day}-{month}-{year}-{serial}",
        f"{day}/{month}/{year} {serial}",
        f"{day}{month}{year}–{serial}",
        f"{day}{month}{year}-xxxx",
        f"{day}{month}{year}-****",
        f"{day}{month}{year}-XXXX",
        f"{day}{month}{year}.{serial}",
        f"{day}{month}{year}/{serial}",
        f"{day}.{month}.{year} {serial}",
        f"{day} {month} {year}-{serial}",
        f"{day}{month}{year}- {serial}",
        f"{day}{month}{year}\u00a0{serial}",
        f"{day}.{month}.19{year}-{serial}",
        f"{day}{month}19{year}-{serial}",
        f"{day}{month} {year} {serial}",
        f"{day}{month}{year}_{serial}",
    )
    return before, draw.choice(forms)


def _phone(draw: random.Random) -> tuple[str, str]:
    a, b, c, d = (_digits(draw, 2) for _ in range(4))
    a = f"{draw.randint(2, 9)}{a[1]}"
    head = draw.choice(("", "", "", "+45 ", "+45", "0045 ", "0045", "(+45) ", "(0045) ", "+45-", "00 45 "))
    forms = (
        f"{a} {b} {c} {d}",
        f"{a}{b} {c}{d}",
        f"{a}{b}{c}{d}",
        f"{a}-{b}-{c}-{d}",
        f"{a}.{b}.{c}.{d}",
        f"{a}{b}-{c}{d}",
        f"{a} {b}{c}{d}",
        f"{a}{b[0]} {b[1]}{c} {d}",
        f"{a}{b[0]} {b[1]}{c[0]} {c[1]}{d}",
        f"{a}/{b}/{c}/{d}",
        f"{a} - {b} - {c} - {d}",
        f"{a}\u00a0{b}\u00a0{c}\u00a0{d}",
        f"{a}{b}.{c}{d}",
    )
    abroad = (
        f"+46 70 {_digits(draw, 3)} {_digits(draw, 2)} {_digits(draw, 2)}",
        f"+47 {_digits(draw, 8)}",
        f"+44 20 {_digits(draw, 4)} {_digits(draw, 4)}",
        f"+49 (0)30 {_digits(draw, 7)}",
        f"0046 8 {_digits(draw, 6)}",
        f"+1 (212) {_digits(draw, 3)}-{_digits(draw, 4)}",
        f"+90 532 {_digits(draw, 3)} {_digits(draw, 4)}",
        f"+298 {_digits(draw, 6)}",
        f"+299 {_digits(draw, 2)} {_digits(draw, 2)} {_digits(draw, 2)}",
        f"+48-{_digits(draw, 3)}-{_digits(draw, 3)}-{_digits(draw, 3)}",
    )
    before = draw.choice(("", "", "tlf. ", "tlf.: ", "mobil ", "ring på ", "Tlf ", "T: ", "telefon nr. "))
    return before, head + draw.choice(forms) if draw.random() < 0.85 else draw.choice(abroad)


def _email(draw: random.Random) -> tuple[str, str]:
    local, host = draw.choice(_LOCAL) + draw.choice(("", _digits(draw, 2))), draw.choice(_HOSTS)
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
    )
    return draw.choice(("", "", "mail: ", "skriv til ", "mailto:")), draw.choice(forms)


def _address(draw: random.Random) -> tuple[str, str]:
    road = draw.choice(_ROADS)
    number = f" {draw.randint(1, 299)}{draw.choice(('', '', 'A', 'b', ' C'))}"
    town = draw.choice(("", f", {draw.choice(_TOWNS)}", f" {draw.choice(_TOWNS)}", f", {draw.choice(_TOWNS)}"))
    return draw.choice(("bor på ", "adresse: ", "")), f"{road}{number}{draw.choice(_FLOORS)}{town}"


def _account(draw: random.Random) -> tuple[str, str]:
    reg, konto = f"{draw.randint(1, 9)}{_digits(draw, 3)}", _digits(draw, 10)
    iban = f"DK{_digits(draw, 2)} {reg} {konto[:4]} {konto[4:8]} {konto[8:]}"
    return draw.choice(
        (
            ("konto ", f"{reg} {konto}"),
            ("", f"{reg}-{konto}"),
            ("reg. 1234 konto ", konto),
            ("kontonr. ", konto[:7]),
            ("", iban),
            ("IBAN: ", iban.replace(" ", "")),
            ("reg.nr. 5301 kontonr. ", konto),
            ("kontonummer: ", f"{reg} {konto[:3]} {konto[3:6]} {konto[6:]}"),
            ("", f"{reg} {konto}"),
            ("kort ", f"4571 {konto[:4]} {konto[4:8]} {reg}"),
        )
    )


def _cvr(draw: random.Random) -> tuple[str, str]:
    number = _digits(draw, 8)
    spaced = f"{number[:2]} {number[2:4]} {number[4:6]} {number[6:]}"
    return draw.choice(
        (
            ("CVR ", number),
            ("cvr-nr. ", number),
            ("CVR-nr.: ", spaced),
            ("", f"DK{number}"),
            ("", f"DK {number}"),
            ("CVR nummer ", number),
            ("cvr: ", spaced),
            ("SE-nr. ", number),
            ("", f"DK-{number}"),
        )
    )


def _plate(draw: random.Random) -> tuple[str, str]:
    letters, number = draw.choice(_LETTERS) + draw.choice(_LETTERS), _digits(draw, 5)
    return draw.choice(
        (
            ("", f"{letters} {number[:2]} {number[2:]}"),
            ("bilen ", f"{letters}{number}"),
            ("", f"{letters}{number[:2]} {number[2:]}"),
            ("nummerplade ", f"{letters.lower()} {number[:2]} {number[2:]}"),
            ("", f"{letters} {number}"),
        )
    )


def _case(draw: random.Random) -> tuple[str, str]:
    year, number = str(draw.randint(10, 26)), _digits(draw, 5)
    return draw.choice(
        (
            ("sagsnr. ", f"{year}/{number}"),
            ("sagsnummer ", f"20{year}-{number}"),
            ("j.nr. ", f"20{year}-{number}-{number[:2]}"),
            ("journalnr.: ", f"A{number}-{year}"),
            ("pas nr. ", f"2{number}{number[:3]}"),
            ("pasnummer ", f"2{number}{number[:3]}"),
            ("sag ", f"{year}/{number}"),
            ("kundenummer ", number),
            ("policenr. ", f"P-{number}"),
            ("case number ", f"{year}-{number}"),
            ("Passport no. ", f"P{number}{number[:3]}"),
        )
    )


def _birth(draw: random.Random) -> tuple[str, str]:
    day, month, year = draw.randint(1, 28), draw.randint(1, 12), draw.randint(1930, 2015)
    forms = (
        f"{day}. {_MONTHS[month - 1]} {year}",
        f"{day:02}.{month:02}.{year}",
        f"{day}/{month} {year}",
        f"{day}/{month}-{year % 100:02}",
        f"{day:02}-{month:02}-{year}",
        f"{day}. {_MONTHS[month - 1]}",
        f"{year}-{month:02}-{day:02}",
        str(year),
    )
    return draw.choice(("født ", "født den ", "fødselsdato: ", "f. ", "født i ", "Fødselsdag: ")), draw.choice(forms)


def _handle(draw: random.Random) -> tuple[str, str]:
    number = _digits(draw, 3)
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
    number = _digits(draw, 7)
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
