"""Invented e-mail addresses as people and programs write them, and what may stand around any identifier."""

import random
from collections import Counter
from collections.abc import Sequence

from benchmarks.masking_numbers import digits
from benchmarks.masking_spellings import Part, Spelt, cpr, phone
from bot.privacy import Masker

_LOCAL = (
    "anna", "anna.holm", "a.holm", "søren.aagård", "mette_jensen87", "j-p.hansen", "o'brien", "a.b+nyheder", "x",
    "post.hanne", "åse.ørum",
    "KARIN.POULSEN", "m.k.l", "hanne1962", "mail+tag", "jens..holm", "12345", "bo", "lis-1", "_ida", "ida_",
    "info.borger", "żaneta", "h%k", "2600abc",
)  # fmt: skip
_HOSTS = (
    ("gmail", "com"), ("kk", "dk"), ("rødovre", "dk"), ("mail.kk", "dk"), ("xn--rdovre-uxa", "dk"),
    ("firma.co", "uk"), ("live", "dk"),
    ("hotmail", "com"), ("ofir", "dk"), ("æble-ø", "dk"), ("regionh", "dk"), ("sub.dept.nhs", "uk"),
    ("post.au", "dk"), ("proton", "me"),
    ("web", "de"), ("icloud", "com"), ("umbraco", "agency"), ("bolig", "social"), ("uni", "edu"), ("åen", "nu"),
)  # fmt: skip
_AT = (
    "@", "@", "@", "@", " @ ", " @", "@ ", "(at)", " (at) ", "[at]", " [at] ", "{at}", " {at} ", "<at>", " <at> ",
    "(a)", "[a]", "(@)", "[@]",
    " [@] ", " at ", " AT ", " 'at' ", ' "at" ', " *at* ", "_at_", "-at-", "[snabel-a]", "(snabel-a)", " (snabela) ",
    " snabel-a ", " snabela ",
    " snabel a ", "snabel-a", " Snabel-A ", " SNABEL-A ", " alfakrølle ", " (krøllet a) ", " krølle-a ", " a-snabel ",
    "\uff20", "\ufe6b",
    "&#64;", "&#x40;", "&commat;", "%40", "%2540", "=40", "\\@", "\\u0040", "\u200b@\u200b", "@\n", "\n@", "@\r\n> ",
    "\u00a0@\u00a0", "<span>@</span>",
    "<b>@</b>", "**@**", " (AT) ", "(ät)", " at-tegn ", "[ at ]", "( at )", " //at// ", "|at|", "@@", "(snabel)",
    " snabel ", "{@}", "'@'",
    "<!-- x -->@", " -at- ", "[æt]", " æt ",
)  # fmt: skip
_DOT = (
    ".", ".", ".", ".", " dot ", "[dot]", " [dot] ", "(dot)", " (dot) ", "{dot}", " DOT ", " punktum ", "[punktum]",
    "(punktum)", " (punktum) ",
    " prik ", " punkt ", "(prik)", "[.]", "(.)", "{.}", " . ", ". ", "\uff0e", "\u3002", "&#46;", "&period;", "%2E",
    "\\.", "\u200b.\u200b", ".\n", "_dot_",
    "-dot-", " dot\n", ",", "<wbr>.", "｡",
)  # fmt: skip
_LOUD_AT = frozenset(
    one for one in _AT if one.strip(" \u200b\n\r>'\"*") != "at" and one not in (" AT ", " æt ", " snabel ")
)
_QUIET_DOT = frozenset((". ", ".\n", ","))
_WRAPPED = (
    "{}", "{}", "{}", "{}", "{}", "<{}>", "mailto:{}", "<mailto:{}>", "[skriv]({})", "[mail](mailto:{})",
    "MAILTO:{}?subject=hej", "smtp:{}", "e-mail={}",
    "'{}'", "Email:{}", "({})", "«{}»", "https://x.dk/?email={}", "https://x.dk/unsubscribe/{}",
    '<a href="mailto:{}">', '{{"email":"{}"}}',
    "xmpp:{}", "sip:{}", "From:{}", "Til:{};", "[EMAIL]{}[/EMAIL]", "Lise Holm <{}>", '"Holm, Lise" <{}>', "acct:{}",
    "*{}*", "_{}_", "`{}`", "~{}~", "||{}||",
)  # fmt: skip

SURROUNDINGS = (
    "{}", "{}", "Det er {}.", "Ring på {} i dag", "({})", "[{}]", "\"{}\"", "‘{}’", "»{}«", "*{}*", "_{}_", "~{}~",
    "`{}`", "**Ref:** {}", "> {}", "- {}\n- og mere",
    "| {} | x |", "<td>{}</td>", "<p>{}</p>", "{}✅", "👉 {}", "👉{}", "☎️{}", "📞 {}", "nr. {}", "Nr: {}", "nr.{}",
    "#{}", "Kontakt/{}", "1) {}", "2. {}",
    "a) {}", "side 3: {}", "år 2024 {}", "{} (30 år)", "kl. 10 {} kl. 12", "kl. 14.30: {}", "den 3/4 {}",
    "{}. Hun sagde", "{}, og så", "{}; resten følger",
    "{}!", "{}?", "{}…", "{}...", "{} - er det rigtigt?", "hans: {}", "Ida {}", "T: {}", "ID={}", "id:{}",
    "\u202a{}\u202c", "\u200b{}", "\ufeff{}", "HUSK {} TIL MØDET",
    "er det {} eller hvad", "{}/haster", "haster/{}", "Lise;{};ja", "Lise,{},ja", "Lise\t{}\tja",
    "{{\"ref\": \"{}\"}}", "ref={}&x=1", "Please use {} today.",
    "{} 2 gange", "3 x {}", "10.000 kr. til {} i går", "[12:30] {}", "[22.11.2026 12.30] Bo: {}", "12.30 {}",
    "Side 1 af 2\n{}", "{}\nSide 2", "§ 85: {}", "{} jf. § 85",
    "🙂{}🙂", "hej\n\n{}\n\nhilsen", "¤{}¤", "kontakt={}", "-> {}", "«{}»", "({}; 14 år)", "lok. 12, {}", "@ {}",
    "{} lok. 12", "{},\nhilsen",
)  # fmt: skip


def mail(draw: random.Random) -> Spelt:
    """An address: its two halves, what stands for the sign, what for the dots, and what it is wrapped in."""
    local, (name, top) = draw.choice(_LOCAL) + draw.choice(("", "", digits(draw, 2))), draw.choice(_HOSTS)
    at = draw.choice(_AT)
    dot = draw.choice(_DOT) if draw.random() < 0.45 else "."
    # Two bare words with "at" between them are no address to anybody.
    if at not in _LOUD_AT and dot in _QUIET_DOT:
        dot = "."
    names = name.split(".")
    pieces = [Part(local, secret=True), Part(at), Part(names[0], secret=True)]
    for one in names[1:]:
        pieces += [Part(dot), Part(one, secret=True)]
    pieces += [Part(dot), Part(top)]
    before, behind = (
        draw.choice(_WRAPPED if not any(sign.isspace() for sign in at + dot) else _WRAPPED[:6])
        .replace("{{", "{")
        .replace("}}", "}")
        .split("{}")
    )
    return f"{at!r} {dot!r} {before!r}", [Part(before), *pieces, Part(behind)]


def surrounded(draw: random.Random, spelt: Sequence[Part]) -> tuple[str, list[tuple[int, int]]]:
    """A text around the spelling, and where in it stands what must not be readable."""
    before, behind = draw.choice(SURROUNDINGS).replace("{{", "{").replace("}}", "}").split("{}")
    text = before
    secrets: list[tuple[int, int]] = []
    for part in spelt:
        if part.secret:
            secrets.append((len(text), len(text) + len(part.text)))
        text += part.text
    return text + behind, secrets


def composed(masker: Masker, number: int, seed: int) -> tuple[Counter[str], Counter[str]]:
    """How many spellings of each kind are still readable in part, of how many."""
    draw = random.Random(seed)
    missed: Counter[str] = Counter()
    tried: Counter[str] = Counter()
    makers = (("CPR number", cpr), ("telephone number", phone), ("e-mail", mail))
    for place in range(number):
        kind, make = makers[place % len(makers)]
        text, secrets = surrounded(draw, make(draw)[1])
        tried[kind] += 1
        missed[kind] += bool(readable(masker, text, secrets))
    return missed, tried


def readable(masker: Masker, text: str, secrets: Sequence[tuple[int, int]]) -> str:
    """The letters and digits of what must not be readable that are not masked."""
    covered = bytearray(len(text))
    for one in masker.find(text):
        covered[one.start : one.end] = b"\1" * (one.end - one.start)
    places = (place for start, end in secrets for place in range(start, end))
    return "".join(
        text[place] for place in places if not covered[place] and (text[place].isalnum() or text[place].isnumeric())
    )
