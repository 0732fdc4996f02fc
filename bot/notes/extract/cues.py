"""By which words a sentence is told to be a decision, an idea, a view or the situation; Danish and English side by "
"side."""

import re


def _any(*parts: str) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{part})" for part in parts), re.IGNORECASE)


# Said of what stands from now on.
DECISION = _any(
    r"^(?:(?:vores|vor|fælles|endelig|den endelige|final|our|the)\s+)?(?:beslutning(?:en|er)?|aftale(?:n|r)?"
    r"|konklusion(?:en)?"
    r"|vedtaget|besluttet|aftalt|decisions?|decided|agreed|agreements?|resolved|conclusions?)(?:\s+(?:er|blev|is"
    r"|was))?\s*[:–—-]",
    r"^(?:deal|(?:det er en )?aftale|agreed|settled)\s*[,:–—-]\s+(?=\S+\s+\S+)",
    r"\bvi\s+(?:\w+\s+){0,2}?(?:aftaler|aftalte|beslutter|besluttede|vedtager|vedtog|vælger|valgte|enes|enedes"
    r"|lander på|landede på"
    r"|holder fast|holder os til|går med|konkluderer|konkluderede|satser på|siger ja til)\b",
    r"\bvi\s+(?:blev|bliver|er|har|har\s+\w+)\s+(?:\w+\s+)?(?:enige|enedes|aftalt|besluttet|vedtaget|valgt|landet på"
    r"|lagt os fast)\b",
    r"\b(?:så|derfor|nu|hermed|dermed|også|altså)\s+(?:aftaler|beslutter|vedtager|vælger)\s+vi\b",
    r"\b(?:har|er|blev|bliver)\s+vi\s+(?:\w+\s+){0,2}?(?:enige om|aftalt|besluttet|vedtaget|landet på)\b",
    r"\b(?:det|der)\s+(?:er|blev|bliver|er\s+\w+|er\s+blevet)\s+(?:\w+\s+)?(?:aftalt|besluttet|vedtaget|bestemt"
    r"|enighed om)\b",
    r"\b(?:er|blev|bliver)\s+(?:det|der)\s+(?:\w+\s+)?(?:aftalt|besluttet|vedtaget|bestemt)\b",
    r"\b(?:aftalen|beslutningen|konklusionen)\s+(?:er|blev|bliver|lyder)\b",
    r"\bså er (?:det|den) (?:en )?aftale\b|\bså siger vi\b|\ber enige om,?\s+at\b|\bbesluttede\s+(?:gruppen|mødet"
    r"|bestyrelsen|vi)\b"
    r"|\b(?:gruppen|mødet|bestyrelsen|udvalget|styregruppen|alle)\s+(?:besluttede|vedtog|aftalte|blev enige"
    r"|godkendte|beslutter|vedtager|aftaler)\b",
    r"\bwe\s+(?:\w+\s+){0,2}?(?:agree|agreed|decide|decided|settle on|settled on|concluded|resolved|chose|opted"
    r"|voted)\b"
    r"(?!\s+to\s+disagree)",
    r"\bwe(?:\s+will|'ll|\s+shall|\s+are|'re)\s+(?:now\s+)?(?:go|going)\s+(?:ahead\s+)?with\b",
    r"\b(?:it|that|this)(?:\s+is|\s+was|'s|\s+has been)\s+(?:now\s+|hereby\s+|therefore\s+)?(?:agreed|decided"
    r"|settled|resolved|adopted)\b",
    r"\b(?:it|which|what)\s+was\s+(?:agreed|decided|resolved)\b|\bhas\s+been\s+(?:agreed|decided|settled|resolved)\b",
    r"\b(?:the|our)\s+(?:final\s+)?(?:decision|agreement|conclusion)\s+(?:is|was)\b",
    r"\blet's go with\b|\blet us go with\b|\bso it's a deal\b|\bwe have a deal\b|\bwe're agreed\b|\bwe are agreed\b",
    r"\b(?:everyone|everybody|all|the (?:group|team|board|meeting|committee))\s+(?:agreed|agrees|decided|decides"
    r"|approved|resolved)\b",
)
# Taken back, wished for, or asked: none of these decides.
UNDECIDED = _any(
    r"\b(?:aftaler|aftalte|beslutter|besluttede|vælger|tager)\s+(?:\w+\s+)?(?:ingenting|intet|ingen|ikke)\b",
    r"\b(?:ikke|aldrig|endnu ikke|ingen)\s+(?:\w+\s+)?(?:aftalt|besluttet|vedtaget|enige|enighed|aftale|beslutning"
    r"|bestemt)\b",
    r"\bvi\s+(?:aftaler|aftalte|beslutter|besluttede|vælger|valgte|er|blev)\s+(?:\w+\s+)?(?:ikke|aldrig)\s+(?:noget"
    r"|enige|om)\b",
    r"\b(?:hvis|når|før|inden|skal|bør|kan|kunne|måske|mon|medmindre|indtil)\s+vi\s+(?:\w+\s+)?(?:aftale|aftaler"
    r"|beslutte|beslutter|vælge"
    r"|vælger|bliver enige|er enige|blive enige)\b",
    r"\b(?:not|n't|never)\s+(?:\w+\s+)?(?:agree|agreed|decide|decided|settled|resolved|a decision)\b",
    r"\b(?:if|when|unless|until|before|once|whether|should|could|can|may|might|do|did|have|must"
    r"|shall)\s+we\s+(?:\w+\s+)?(?:agree|agreed"
    r"|decide|decided|chose|choose|settle)\b",
    r"\bwe\s+(?:\w+\s+)?(?:need|have|want|ought|should|could|must|might|can|may)\s+(?:to\s+)?(?:agree|decide|settle"
    r"|choose|vote)\b",
    r"\bvi\s+(?:\w+\s+)?(?:skal|bør|mangler|kan|kunne|må|burde|vil gerne)\s+(?:\w+\s+){0,2}?(?:aftale|beslutte|vælge"
    r"|enes|blive enige)\b",
)
# A day or an hour that is asked about: "Wednesday the 14th, in the afternoon?".
_DAY_ASKED = (
    r"^(?:(?:what|how) about |hvad med |om |på |on |at |kl\.? )?(?:\w+dag(?:en|e)?|mon|tues|wednes|thurs|fri|satur|sun|\d)"
    r"(?:day)?s?\b[^?]*\?$"
)
DAY_ASKED = re.compile(_DAY_ASKED, re.IGNORECASE)
# What becomes an agreement when somebody says yes to it.
PROPOSAL = _any(
    r"^(?:så\s+)?(?:skal|kan) vi (?:ikke\s+)?(?:sige|aftale|mødes|lave|gøre|tage|holde|bruge|prøve|starte|begynde"
    r"|vælge)\b",
    r"^(?:så\s+)?lad os\b|\bjeg foreslår\b|\bmit forslag er\b|^hvad (?:siger i til|med)\b"
    r"|^(?:så\s+)?(?:vi\s+)?(?:mødes|holder|starter|begynder)\b",
    _DAY_ASKED,
    r"\bvi (?:mødes|holder|starter|begynder|tager|bruger|gør|prøver|kører)\b",
    r"^(?:so\s+)?(?:shall|should|can|could) we\b|^(?:so\s+)?let's\b|^let us\b|\bi (?:propose|suggest)\b|^(?:how"
    r"|what) about\b"
    r"|\bwe(?:'ll| will) (?:meet|use|take|try|start|have|hold|do|keep)\b",
)
ASSENT = re.compile(
    r"^(?:ja|jo|jep|yes|yep|yeah|enig|helt enig|aftale|det er en aftale|deal|agreed|i agree|fint|perfekt|super|godt"
    r"|ok|okay|sounds good"
    r"|all right|alright|that's (?:fine|perfect|okay)|that works|det er i orden|det passer (?:mig |os )?(?:fint|godt|perfekt)"
    r"|lyder godt|det lyder (?:godt|fint)|det gør vi|gør vi|let's do (?:it|that)|perfect|great|fine|sure|absolutely"
    r"|det er fint)\b[^?]*$",
    re.IGNORECASE,
)
DOUBT = re.compile(r"\b(?:men|ikke|but|not|n't|however|dog)\b", re.IGNORECASE)

IDEA = _any(
    r"^(?:(?:ny|en|god|min|mit|a|my|new|another)\s+)?(?:idé|ide|idea|forslag|suggestion|proposal)\s*[:–—-]",
    r"\b(?:hvad (?:nu )?hvis|hvad med (?:at|en|et|om)|(?:kunne|kan) (?:vi|man|i) (?:ikke |måske |evt\.? )?\w+"
    r"|vi (?:kunne|kan måske)|man kunne"
    r"|måske (?:kan|kunne|skulle) (?:vi|man|i)|jeg (?:foreslår|kunne forestille mig)|(?:mit|et) forslag|(?:en|min"
    r"|god) (?:idé|ide)|skulle vi (?:ikke|måske)|lad os prøve)\b",
    r"\b(?:what if|how about|what about (?!the\b|our|my|your|you|it\b|that|this|him|her|them|those|these)"
    r"|why don't we|we (?:could|might)|you could|could we|couldn't we|maybe we"
    r"|perhaps we|i (?:suggest|propose)"
    r"|i(?:'d| would) suggest|my suggestion|(?:an?|my|one|another|good) idea|let's try"
    r"|it would be (?:great|nice|good|cool) to)\b",
)
SITUATION = _any(
    r"\b(?:problem(?:et|er|erne)?|udfordring(?:en|er|erne)?|situation(?:en)?|i dag|lige nu|i øjeblikket|borger(?:e"
    r"|ne|en)?|mangler|savner"
    r"|svært|ensom(?:me|hed)?|oplever|står med|det handler om|baggrund(?:en)?|vi har (?:mange|få|ingen|ikke|kun|en"
    r"|et|brugt|set)"
    r"|antallet|hver (?:uge|måned|dag|fjerde|tredje)|procent|venteliste\w*|for (?:få|mange))\b",
    r"\b(?:problem|issue|challenge|situation|currently|at the moment|right now|today|citizens?|lacks?|lacking"
    r"|struggl\w+|difficult|hard to"
    r"|lonel\w+|background|we have (?:many|few|no|only|a|had|seen)|percent|per cent|waiting list|too (?:few|many)"
    r"|every (?:week|month|day)|need)\b",
)
VIEW = _any(
    r"\b(?:hos os|fra vores side|vi (?:ser|oplever|møder|har erfaring|kan tilbyde|kan bidrage|kan stille|mangler"
    r"|har brug for)|set fra"
    r"|jeg (?:ser|oplever|mener|tror|synes)|vores (?:erfaring|borgere|medlemmer|frivillige|medarbejdere|forskning"
    r"|virksomhed)|som (?:kommune|forening"
    r"|virksomhed|fond|forsker))\b",
    r"\b(?:from our side|in our (?:experience|view)|we (?:see|experience|find|can offer|can contribute|lack|need)"
    r"|i (?:think|believe|feel|see)"
    r"|our (?:experience|members|volunteers|staff|research|company)|as an? (?:municipality|association|company"
    r"|foundation|researcher))\b",
)
# What somebody wishes, needs or cannot do: what most exchanges are about.
WISH = _any(
    r"\bi(?:'d| would) (?:like|love)\b|\bi (?:want|need|wish|have to|must|can't|cannot|couldn't|don't know|lost|forgot)\b",
    r"\bi'm (?:looking for|calling|going to|planning|worried)\b|\bi've (?:lost|got|decided|bought|booked)\b"
    r"|\bwe(?:'d like| want| need)\b",
    r"\b(?:jeg|vi) (?:vil gerne|har brug for|mangler|leder efter|ønsker|er nødt til|kan ikke|ved ikke|har (?:mistet|glemt"
    r"|besluttet|købt|bestilt))\b",
)
# What somebody will do, offers or advises.
OUTCOME = _any(
    r"\byou (?:should|ought to|could|can|must|need to|have to|don't have to)\b|\bwhy don't (?:you|we)\b|\b(?:how|what) about\b",
    r"\bi(?:'d| would)? (?:recommend|suggest)\b|\b(?:i|we)(?:'ll| will| can| could)\b|\bi promise\b|\blet's\b|\bshall we\b",
    r"\bdu (?:skal|bør|skulle|burde|kan|kunne|må)\b|\bhvorfor \w+ (?:du|vi) ikke\b|\bhvad med\b|\blad os\b|\bskal vi\b",
    r"\b(?:jeg|vi) (?:kan|kunne|skal nok|foreslår|anbefaler|skal|bør)\b|\bså (?:gør|tager|siger) (?:jeg|vi)\b|\bdet gør jeg\b"
    r"|\bvi aftaler\b",
)
# Politeness before and after what is said; nothing that makes it more or less certain.
POLITE_OPENING = re.compile(
    r"^(?:(?:excuse me|(?:oh,? )?(?:(?:i'm|i am) )?(?:(?:so|very|terribly|really) )?sorry(?: about that| to hear that)?"
    r"|(?:i'm|i am) afraid(?: that)?|to be honest|to tell the truth|honestly|of course|certainly|sure|please|by the way|i see"
    r"|(?:you're|that's) right|i know,? but|(?:good|great|nice) idea"
    r"|doctor|sir|madam|mum|mom|dad|also|listen|look|really|guess what|(?:wait )?(?:one|a) moment|good point"
    r"|undskyld|beklager|desværre|ærligt talt|selvfølgelig|naturligvis|forresten|hør|du har ret|det er rigtigt"
    r"|(?:det )?ved jeg godt,? men|god idé|godt tænkt|doktor|mor|far|skat)\b"
    r"(?:[\s,.!:;–-]+|$))+",
    re.IGNORECASE,
)
POLITE_ENDING = re.compile(
    r"\s*,\s*(?:please|though|if you like|you know|right|is that (?:right|correct)|isn't it|don't you|aren't you|of course"
    r"|honestly|to be honest|yes|ja|tak|ikke(?: også| sandt)?|vel|ærligt talt|selvfølgelig)(?=[.?!]?$)",
    re.IGNORECASE,
)
# Said only to one another, or about the talk itself.
SMALL_TALK = re.compile(
    r"^(?:(?:tak|mange tak|tusind tak|selv tak|velkommen|held og lykke|god (?:weekend|dag|aften|ferie|bedring)"
    r"|vi ses|vi tales|ses|hej|farvel"
    r"|thanks?|thank you|you're welcome|welcome|good luck|see you|bye|goodbye|cheers|nice to meet you|have a (?:nice"
    r"|good|great) \w+"
    r"|godmorgen|god morgen|goddag|(?:(?:just|lige) )?(?:an? |et? )?(?:quick|short|small|hurtigt?|kort|lille)"
    r" (?:one|question|note|update|spørgsmål|ting)"
    r"|do you have (?:a|one) (?:minute|moment|second)|have you got a (?:minute|moment)"
    r"|har du (?:lige )?(?:et øjeblik|tid et øjeblik|to minutter)"
    r"|det var (?:et )?(?:godt|dejligt|hyggeligt|fint) (?:møde|at)|it was (?:a )?(?:good|nice|great) (?:meeting|to)"
    r"|(?:that|it)(?:'s|'d| is| was| would| sounds)(?: be)?(?: a| an| very| so| really)?"
    r" (?:great|lovely|nice|wonderful|perfect|good"
    r"|fine|kind|excellent|fantastic)(?: help| idea| of you| to me)?(?=[.!]?$)"
    r"|det (?:er|var|ville være|lyder)(?: en| rigtig| virkelig| meget)?"
    r" (?:godt|fint|dejligt|skønt|perfekt|super|rart|fantastisk|god idé"
    r"|sødt af dig|pænt af dig)(?=[.!]?$)"
    r"|hi|hello|hey|hvordan går det|how are you|how's it going|how are things)\b[^?]{0,40}\??$)",
    re.IGNORECASE,
)
# Somebody's number or address, and what is said to a machine: never the gist of anything.
NO_KNOWLEDGE = re.compile(
    r"\b\d{6}[\s-]{0,3}\d{4}\b|\b(?:konto|reg)\b\W{0,3}\d{4}|\b\d{2} ?\d{2} ?\d{2} ?\d{2}\b|[\w.+-]+@[\w-]+\.\w+"
    r"|\b(?:ignor\w+|disregard|glem)\s+(?:\w+\s+){0,2}(?:tidligere|previous|prior|above|ovenstående)\b"
    r"|^\W*(?:system|assistant|developer|admin|prompt)(?:\s+\w+)?\s*:",
    re.IGNORECASE,
)
# Begins with what was named before, or without the one who does it.
POINTS_BACK = re.compile(
    r"^(?:and|but|so|then|og|men|så)?\s*(?:(?:it|that|this|these|those|they|he|she|the (?:first|last|second|other)(?: one)?)\b"
    r"|(?:happy|glad|cheap|sounds|looks|seems|worth|lyder|virker|gerne|billigt|samme)\b"
    r"|(?:den|de|han|hun|sådan|dér|derfor|det (?:sidste|første|samme|andet))\b(?! \w+e\b)"
    r"|det (?:gør|gjorde|har|havde|kan|vil|skal|virker|virkede)\b)",
    re.IGNORECASE,
)
