"""By which words somebody takes something on, or is asked to; Danish and English side by side."""

import re

# Without its ending; the present tense adds -r.
_DANISH = (
    "ringe sende skrive lave undersøge kontakte booke bestille følge spørge finde sørge afklare forberede dele "
    "oprette tjekke invitere"
    " holde komme købe hente snakke tale melde vende udarbejde samle reservere printe arrangere planlægge give tage "
    "stå indkalde udfylde"
    " udsende ordne klare formulere lægge sætte opdatere aflevere levere regne søge rette rydde bygge aftale "
    "beskrive koordinere hjælpe"
    " prøve møde træffe besøge skaffe låne betale kalde læse gennemgå teste måle følge lade  redigere oversætte "
    "bage male køre vise"
    " fortælle svare sikre tegne bede bidrage stille optage fordele referere facilitere"
)
_ENGLISH = (
    "call send write make do investigate contact book order follow ask find ensure clarify prepare share create "
    "check invite hold bring buy"
    " fetch talk speak report draft collect gather reserve print arrange plan give take get set put update deliver "
    "look see try meet visit"
    " organise organize email mail phone ring schedule review read test measure fix handle finish work start present "
    "post upload edit"
    " translate coordinate help pay show tell reply answer sign confirm run lead summarise summarize discuss add "
    "come go have be"
)
INFINITIVE = rf"(?:{'|'.join(_DANISH.split())})"
PRESENT = rf"(?:{'|'.join(f'{verb}r' for verb in _DANISH.split())}|mødes)"
_DO = rf"(?:{'|'.join(_ENGLISH.split())})"
_DOES = rf"(?:{'|'.join(f'{verb}e?s' for verb in _ENGLISH.split() if verb not in ('do', 'be', 'have', 'go', 'see', 'look'))})"

I_DO = re.compile(
    rf"\bjeg\s+(?:(?:så|nu|lige|også|gerne|selv|straks|da|i morgen|i dag|på \w+)\s+){{0,2}}{PRESENT}\b"
    rf"|(?<!hvad )(?<!hvordan )(?<!når )\b{PRESENT}\s+jeg\b"
    rf"|\bjeg\s+(?:vil|skal|kan|skal nok|kan godt|vil gerne|kan gerne|lover at|prøver at"
    rf"|påtager mig at)\s+(?:\w+\s+){{0,2}}?{INFINITIVE}\b"
    rf"|\b(?:kan|skal|vil)\s+jeg\s+(?:\w+\s+){{0,2}}?{INFINITIVE}\b"
    r"|\bjeg\s+(?:er|bliver)\s+(?:tovholder|ansvarlig)\b|\bjeg\s+har\s+(?:ansvaret|bolden)\b"
    rf"|\b(?:i'll|i\s+will|i'm\s+going\s+to|i\s+am\s+going\s+to|i'm\s+gonna|i\s+can|i\s+shall|let\s+me"
    rf"|i'd\s+be\s+happy\s+to|i\s+promise\s+to"
    rf"|i'm\s+happy\s+to|i\s+volunteer\s+to)\s+(?:(?:also|then|just|gladly|definitely|\w+ly)\s+)?{_DO}\b"
    r"|\bi(?:'m| am)\s+(?:responsible|in charge)\b",
    re.IGNORECASE,
)
NOT_DONE = re.compile(
    r"\bjeg\s+\w+\s+(?:\w+\s+)?ikke\b|\bikke\s+jeg\b|\bjeg (?:synes|tror|mener|kender)\b|\bi\s+(?:can't|cannot|won't"
    r"|will not|can not)\b|\bhvis jeg\b"
    r"|\bif i\b|\bi(?:'ll| will| can) (?:be honest|see (?:that|why|how|what|your)|tell you|never|not|have to)\b"
    r"|\bas i\b|\bi can (?:be|have|see|do)\b"
    r"|\bi'll be\b|\blet me (?:see|have|be|put it)\b|\bi can (?:understand|imagine)\b",
    re.IGNORECASE,
)
# After a name.
NAME_DOES = re.compile(
    rf"^\s*(?:{PRESENT}|(?:skal|vil|bør|sørger for at|har lovet at|kan)\s+(?:\w+\s+){{0,2}}?{INFINITIVE}"
    rf"|er (?:tovholder|ansvarlig)|har (?:ansvaret|bolden)"
    rf"|(?:will|shall|should|must|to|is going to|has promised to|agreed to|needs to|has to|can)\s+(?:\w+ly\s+)?{_DO}"
    rf"|{_DOES}"
    r"|is responsible|is in charge)\b",
    re.IGNORECASE,
)
NAME_DOES_SURELY = re.compile(
    r"^\s*(?:skal|vil|står|tager|sørger|har lovet|will|shall|must|is going|has promised|agreed to|is responsible)\b",
    re.IGNORECASE,
)
REQUEST = re.compile(
    r"\b(?:kan|vil|gider|kunne|tager|sender|ringer|skriver) du\b|\bkan (?:nogen|en af jer|i)\b"
    rf"|\bhvem (?:\w+ )?(?:kan|vil|gør|{PRESENT})\b"
    r"|\bdu må(?: meget)? gerne\b|\bhusk (?:lige )?at\b"
    r"|\b(?:can|could|will|would) (?:you|somebody|someone|anybody|anyone|one of you)\b|\bwho (?:can|will|wants to"
    r"|is going to)\b|\bplease\b"
    rf"|^(?:(?:and|but|so)\s+)?who\s+{_DOES}\b",
    re.IGNORECASE,
)
# Asked for at once and done at once: no task for later.
AT_ONCE = re.compile(
    r"\bplease (?:sit|come in|wait|hold|have a seat|take a seat|sign|follow me|excuse)\b|\b(?:sit down|come in|have a seat)\b"
    r"|\bsid ned\b|\bkom (?:bare )?ind(?:enfor)?\b|\bvent (?:lige|et øjeblik)\b",
    re.IGNORECASE,
)
ACCEPTED = re.compile(
    r"^(?:(?:ja|jo|jep|yes|yep|yeah|sure|ok|okay|fint|selvfølgelig|of course|absolutely|gerne|klart)[\s,.!]*)*(?:"
    r"(?:det|den|dem) (?:gør|kan|tager|ordner|klarer|skal) jeg(?: godt| gerne| nok)?|jeg (?:gør|tager|ordner|klarer"
    r"|kigger på) (?:det|den|dem)"
    r"|(?:det )?gør jeg|det vil jeg(?: gerne)?|jeg skal nok|jeg er på|jeg melder mig|i(?:'ll| will| can) (?:do|take"
    r"|handle) (?:it|that|this|them|so)"
    r"|will do|on it|consider it done|i(?:'d| would) (?:love|be happy|be glad) to|i(?:'ll| will)|happy to"
    r"|jeg kan godt)\b"
    r"|^(?:ja|jo|jep|yes|yep|yeah|sure|all right|alright|selvfølgelig|of course|absolutely|certainly|gerne|klart"
    r"|no problem)\b(?!.*\b(?:men|but|ikke|not)\b)",
    re.IGNORECASE,
)
LABEL = re.compile(
    r"^(?:(?:ny |næste |new |next )?(?:handling(?:er)?|opgave(?:r)?|action(?: item| point)?s?|to[- ]?do|ap"
    r"|næste skridt|next steps?|task)"
    r"(?:\s+(?:til|for|to))?)\s*[:–—-]\s*",
    re.IGNORECASE,
)
OWNER = re.compile(
    r"(?i:\b(?:ansvarlig|ansv\.?|tovholder|owner|responsible|assigned to|assignee)\s*(?:er|is|:"
    r"|=)?\s*)@?([A-ZÆØÅ][\w'-]+(?:\s+[A-ZÆØÅ][\w'-]+)?)"
    r"|\(\s*@?([A-ZÆØÅ][\w'-]+(?:\s+[A-ZÆØÅ][\w'-]+)?)\s*(?:[,)])"
)
BY_WHEN = re.compile(r"\b(?:inden|senest|deadline|frist(?:en)?|before|by|no later than|due)\b", re.IGNORECASE)
# Between two parts of a sentence, the second of which begins with somebody.
CLAUSE = re.compile(
    r"(?:[,;]?\s+(?:og|and|mens|while|men|but|så|at|that)|[,:;–])\s+(?=@?[A-ZÆØÅ][\w'-]+\s+[a-zæøå@A-ZÆØÅ]|jeg\s"
    r"|I'll\s|I\s(?:will|can)\s)"
)
