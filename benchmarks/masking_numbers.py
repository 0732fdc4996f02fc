"""Invented numbers that belong to somebody, in the spellings that people use: what stands before it, and the number."""

import random

_MONTHS = (
    "januar", "februar", "marts", "april", "maj", "juni", "juli", "august", "september", "oktober", "november",
    "december",
)  # fmt: skip
_LETTERS = "ABCDEHKLMNPRSTVXYZ"
_WIDE = str.maketrans("0123456789", "".join(chr(0xFF10 + place) for place in range(10)))


def digits(draw: random.Random, number: int) -> str:
    return "".join(draw.choice("0123456789") for _ in range(number))


def cpr(draw: random.Random) -> tuple[str, str]:
    day, month, year, serial = (
        f"{draw.randint(1, 31):02}",
        f"{draw.randint(1, 12):02}",
        digits(draw, 2),
        digits(draw, 4),
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
        f"{day}{month}{year}\u2009\u2011\u2009{serial}",
        f"{day}{month}{year}&nbsp;{serial}",
        f"{day}{month}{year}&ndash;{serial}",
        f"{day}{month}{year}\\-{serial}",
        f"{day}{month}{year} ({serial})",
        f"{day}{month}{year}|{serial}",
        f"{day}{month}{year}--{serial}",
        f"{day}{month}{year}-\n{serial}",
        f"{day}{month}{year}\u200b-\u200b{serial}",
        f"{year}{month}{day}-{serial}",
        f"20{year}-{month}-{day}-{serial}",
        " ".join(f"{day}{month}{year}{serial}"),
        "-".join((day, month, year, serial[:2], serial[2:])),
        f"{day}{month}{year}-{serial}".translate(_WIDE),
        f"**{day}{month}{year}**-{serial}",
        "\ufe0f\u20e3".join(f"{day}{month}{year}{serial}"),
    )
    return before, draw.choice(forms)


def phone(draw: random.Random) -> tuple[str, str]:
    a, b, c, d = (digits(draw, 2) for _ in range(4))
    a = f"{draw.randint(2, 9)}{a[1]}"
    head = draw.choice(
        ("", "", "", "+45 ", "+45", "0045 ", "0045", "(+45) ", "(0045) ", "+45-", "00 45 ", "(45)", "+45:", "00-45-")
    )
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
        f"({a}) {b} {c} {d}",
        f"{a}\u2009{b}\u2009{c}\u2009{d}",
        f"{a}\u2011{b}\u2011{c}\u2011{d}",
        f"{a}·{b}·{c}·{d}",
        f"{a}•{b}•{c}•{d}",
        f"{a},{b},{c},{d}",
        f"{a}&nbsp;{b}&nbsp;{c}&nbsp;{d}",
        f"{a}%20{b}%20{c}%20{d}",
        f"{a}{b}\u00ad{c}{d}",
        " ".join(f"{a}{b}{c}{d}"),
        f"{a}{b}{c}{d}".translate(_WIDE),
        f"{a} {b}\n{c} {d}",
    )
    abroad = (
        f"+46 70 {digits(draw, 3)} {digits(draw, 2)} {digits(draw, 2)}",
        f"+47 {digits(draw, 8)}",
        f"+44 20 {digits(draw, 4)} {digits(draw, 4)}",
        f"+49 (0)30 {digits(draw, 7)}",
        f"0046 8 {digits(draw, 6)}",
        f"+1 (212) {digits(draw, 3)}-{digits(draw, 4)}",
        f"+90 532 {digits(draw, 3)} {digits(draw, 4)}",
        f"+298 {digits(draw, 6)}",
        f"+299 {digits(draw, 2)} {digits(draw, 2)} {digits(draw, 2)}",
        f"+48-{digits(draw, 3)}-{digits(draw, 3)}-{digits(draw, 3)}",
        f"(212) {digits(draw, 3)}-{digits(draw, 4)}",
        f"00 46 70 {digits(draw, 7)}",
        f"+33 6 {digits(draw, 2)} {digits(draw, 2)} {digits(draw, 2)} {digits(draw, 2)}",
    )
    before = draw.choice(("", "", "tlf. ", "tlf.: ", "mobil ", "ring på ", "Tlf ", "T: ", "telefon nr. "))
    return before, head + draw.choice(forms) if draw.random() < 0.85 else draw.choice(abroad)


def account(draw: random.Random) -> tuple[str, str]:
    reg, konto = f"{draw.randint(1, 9)}{digits(draw, 3)}", digits(draw, 10)
    iban = f"DK{digits(draw, 2)} {reg} {konto[:4]} {konto[4:8]} {konto[8:]}"
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
            ("", iban.replace(" ", "\u00a0")),
            ("iban ", iban.replace(" ", "").lower()),
            ("sort 1234 account ", konto),
            ("Reg. nr.: 1234 Konto nr.: ", konto),
            ("+71<", f"{konto}{reg}5+{konto[:8]}"),
        )
    )


def cvr(draw: random.Random) -> tuple[str, str]:
    number = digits(draw, 8)
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


def plate(draw: random.Random) -> tuple[str, str]:
    letters, number = draw.choice(_LETTERS) + draw.choice(_LETTERS), digits(draw, 5)
    return draw.choice(
        (
            ("", f"{letters} {number[:2]} {number[2:]}"),
            ("bilen ", f"{letters}{number}"),
            ("", f"{letters}{number[:2]} {number[2:]}"),
            ("nummerplade ", f"{letters.lower()} {number[:2]} {number[2:]}"),
            ("", f"{letters} {number}"),
            ("", f"{letters}\u2009{number[:2]}\u2009{number[2:]}"),
            ("bilen (", f"{letters.lower()}-{number}"),
            ("", f"{letters}–{number[:2]}–{number[2:]}"),
        )
    )


def case_number(draw: random.Random) -> tuple[str, str]:
    year, number = str(draw.randint(10, 26)), digits(draw, 5)
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


def birth(draw: random.Random) -> tuple[str, str]:
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
