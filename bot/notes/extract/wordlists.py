"""Small words, Danish and English side by side: which of them carry no meaning of their own, and which stand before a sentence
without belonging to it."""


def words_in(*lines: str) -> frozenset[str]:
    """The words of a table."""
    return frozenset(" ".join(lines).split())


# Pronouns, prepositions and the like: in every sentence, about nothing.
DANISH_SMALL = words_in(
    "ad af alle alt altså altid and anden andet andre at bare begge blev blive bliver blevet bør både da de dem den "
    "denne der",
    "deres det dette dig din dine disse dit dog du efter eller ellers en end endnu enten er et ene eneste fik for "
    "fordi fra få får",
    "fået før gennem gik giver give går gå gør gøre gjort gjorde ham han hans har havde have hej hele helt hende "
    "hendes her hos hun",
    "hvad hvem hver hvilke hvilken hvilket hvis hvor hvordan hvorfor hvornår i ikke imod ind inden ingen intet ja "
    "jeg jer jeres jo",
    "kan kom komme kommer kun kunne lad lade lidt lige lige man mange med meget mellem men mens mere mest mig min "
    "mindre mine mit",
    "mod må måske ned nej nogen noget nogle nok nu når også okay om op os over på samme sammen se selv selvom ses "
    "siden sig sige",
    "siger sin sine sit skal skulle som stadig synes så sådan tage tager til tog ud uden under var ved vel vi vil "
    "ville vore vores",
    "være været godt god gode tror mener ting gang gange lige præcis netop egentlig faktisk bestemt jamen nå øh øhm "
    "hmm ok tak",
    "herfra derfra dertil hertil derfor samt blandt hverken allerede igen aldrig måtte bedre burde lave laver",
)
ENGLISH_SMALL = words_in(
    "a about above actually after again all almost already also always am an and another any are as at away back be "
    "because been",
    "before being below between both but by can cannot cant could couldnt d did didnt do does doesnt doing done dont "
    "down during",
    "each either else enough even ever every few first for from further get gets getting go goes going gonna good "
    "got had has hasnt",
    "have havent having he her here hers him his how however i id if ill im in into is isnt it its ive just kind "
    "know least less let",
    "lets like little ll lot lots m made make makes many maybe me mean might more most much must my need never no "
    "nor not nothing now",
    "of off often oh ok okay on once one only onto or other others our ours out over own perhaps please pretty quite "
    "rather re really",
    "right s said same say saying says see seem seems she should shouldnt since so some somebody someone something "
    "sort still stuff such",
    "sure t take than thank thanks that thats the their theirs them then there theres these they theyre thing things "
    "think this those",
    "though through to too two um uh under until up upon us use used ve very want was wasnt way we well went were "
    "werent weve what",
    "whatever whats when where whether which while who whole whom whose why will with within without wont would "
    "wouldnt yeah yes yet",
    "you your youre yours hmm hm mm mmm mmhmm ah",
)
SMALL = DANISH_SMALL | ENGLISH_SMALL

# Frequent words by which a language is told; none of them is a word of the other.
TELL_DANISH = words_in(
    "og det er jeg ikke vi på som af med har til kan så de der en et den skal vil men om hvad nu også bliver fra "
    "være var ved eller",
    "hvis mig dig os jer deres hvor hvordan hvornår når kunne skulle blev noget nogen meget lige bare mere efter hej "
    "tak",
)
TELL_ENGLISH = words_in(
    "the and is to of it that you we this are was be not but they what would could should with from have has do does "
    "did about which",
    "there their if or when where how can will just then than because been were your our my me he she thanks please",
)

# Words that tell in a question only that it is one, or what kind of answer is wanted.
ASKING = SMALL | words_in(
    "summarize summarise summary discuss discussed discussion discussions discussing talk talked talking group team "
    "thought thoughts",
    "opinion opinions regarding according meeting concerning concern participants describe explain mention mentioned "
    "mentions view",
    "views perspective people agree agreed disagree introduce introduced present presented presentation suggest "
    "suggested reason",
    "propose proposed consider considered recommend recommended decide decided conclude concluded conclusion "
    "attitude attitudes",
    "towards toward tell told give gave given wanted believe believed feel felt response respond concerned mainly main",
    "opsummer opsummér resumé resumer referer diskuterede diskussion diskussionen drøftede drøftet gruppen holdning "
    "holdninger",
    "mening mødet samtalen tråden deltagerne deltagere beskriv forklar nævnte nævnt syn synspunkt enige aftalt "
    "aftalte besluttet",
    "beslutning konklusion konklusionen årsag årsagen foreslog foreslået fortalte fortæl sagt sagde svarede",
)

# The same where no tags are made of them: what people do in a talk, and how one asks about it.
ASKED_WITH = ASKING | words_in(
    "put forward elaborate elaborated elaborating reflect reflecting reflected comment comments commented",
    "responded considering debate debated question questioned questioning answer answered advise advised argue argued",
    "assess assessing assessment thinks thinking pay paid attention due decision progress member members meant plan",
    "svar svare svarer spurgte spørge spørgsmål debat debatten kommentar kommenterede argumenterede vurderede beslutninger",
    "tænkte tænker medlem medlemmer medlemmerne plan planen",
)

# What is said while one looks for words; taken out wherever it stands.
FILLERS = r"(?:u+h+|u+m+|uh-huh|mm-?hmm?|h?mm+|hm+|erm|eh+m*|øh+m?|æh+m?)"

# Before a sentence, followed by more: a greeting, an assent, a turn of speech.
OPENINGS = (
    r"(?:(?:hej(?:sa)?|halløj|dav|kære|godmorgen|god ?(?:morgen|dag|aften)|hi|hello|hey|dear|good (?:morning"
    r"|afternoon|evening))"
    r"(?:\s+(?:alle(?: sammen)?|venner|all|everyone|everybody|team|folks|there|jer|[A-ZÆØÅ]\w+|#\w+#))?\s*[,!.:–-]+"
    r"|(?:ja|jo|nej|nå|jamen|okay|ok|altså|tja|hmm|tak|super|fint|perfekt|godt|fedt|yes|yeah|yep|no|well|okay|right"
    r"|oh|ah|so|sure"
    r"|alright|all right|thanks|thank you|great|perfect|i see|you know|i mean|og|and|but|men|så)\s*[,!:–-]+(?=\s)"
    r"|(?:altså|jamen|nå men|well|okay so|ok so|yeah so|so yeah|yeah|and then|and so|you know|i mean)\s+(?=\w))"
)

# English verbs as they stand after "I".
BASE_VERBS = words_in(
    "want need think like know see hope feel believe work live suggest propose agree prefer mean guess wonder",
    "understand find get take make call ask look love plan expect remember send write book bring check talk speak",
    "come run own support offer recommend assume suppose doubt promise say keep use help read hear meet start",
    "stop give tell appreciate go wish smoke drink eat play forget hate lose leave let stay sleep sit stand wear win teach",
    "sell cook drive travel wait walk watch wash turn trust thank suggest study spend save return rent receive pick order open",
    "miss mind manage lie learn lend join invite imagine hurry hire finish feel explain earn drop doubt depend cover copy",
    "collect clean choose change carry care cancel build borrow begin answer accept admit afford allow arrange avoid share",
)

# English modal verbs and past tenses: the same for all persons.
SAME_FOR_ALL = words_in(
    "can could will would should shall may might must can't couldn't won't wouldn't shouldn't wasn't didn't did",
    "had was went got said saw found made took thought knew told gave felt came heard meant kept left met sent",
    "spoke wrote brought bought paid spent lost began became threw broke forgot grew drove ate drank slept stood",
    "understood put cut hit let hadn't",
)

# Before "you" where it is no subject, unless a verb follows that is its own.
BEFORE_OBJECT = words_in(
    "to for with from at of by about after before than behind give gives gave lend lends lent tell tells told show shows showed",
    "help helps helped ask asks asked call calls called get gets got bring brings brought send sends sent see saw meet met",
    "thank wish offer offers offered promise pay pays paid teach join invite miss love let lets cost costs take takes took",
)
# What stands between "I" and its verb.
BETWEEN = words_in("just really also already still only always never usually often probably actually definitely")

# Words of time and of talk: often said, and nothing is found by them.
NO_TAGS = words_in(
    "mandag tirsdag onsdag torsdag fredag lørdag søndag monday tuesday wednesday thursday friday saturday sunday",
    "morgen tomorrow today uge ugen week dag dage days aften møde mødet meeting idag mødes aftaler aftalt aftale",
    "beslutning agree decision spørgsmål question hjælp hjælpe help tænker tænke skriver sender ringer spørger",
    "kigger prøve prøver starte starter finde finder vide work januar februar marts april maj juni juli august",
    "september oktober november december january february march june july october folk people person første",
    "sidste næste hold holde klokken følge forslag idé ideer idea",
)

# Words that stand before a colon in minutes and are nobody's name.
HEADINGS = words_in(
    "dato date tid time sted place deltagere participants present til stede afbud apologies referent referat",
    "minutes dagsorden agenda emne subject punkt item beslutning beslutninger decision decisions aftale aftaler",
    "agreement agreements handling handlinger action actions opgave opgaver task tasks spørgsmål question",
    "questions næste møde next meeting konklusion conclusion bemærkning note notes notat obs ps nb http https",
    "ansvarlig owner deadline frist idé ideer idea ideas baggrund background problem status formål purpose",
    "eventuelt evt todo to do",
)

# Before the day by which something is to be done, as times are folded.
UNTIL = words_in("inden senest til foer by before until deadline frist due fristen no later d den")

# Other words of a day, as times are folded.
OF_DAYS = words_in(
    "maj may ons tor fre okt oct nov dec jan feb apr aug sep morgen overmorgen dag aften uge ugen uger dage weekend weekenden",
    "maaned maaneden tomorrow today tonight week weeks days month months mdr",
)

# No one in particular: nobody has a task by such a word.
NOBODY = words_in(
    "people everybody everyone somebody someone nobody others children",
    "folk alle nogen ingen mange andre børn børnene deltagerne borgerne",
)
