"""Sentences of our own for the tagger to learn from: {N} is a name of any form, {F} a first name, {L} a last name."""

CHAT = (
    "jeg snakkede med {F} i går om det", "har du hørt fra {F}?", "hej {F}, er du på arbejde i morgen?", "hej {F} er du der", "kan {F} ikke tage den?", "{F} siger at det er ok",
    "{N} ringede lige, hun er syg i dag", "skriv til {N} og spørg", "det var {F} der sagde det", "ok {F}", "tak {F} 😊", "tak for hjælpen {F}!", "mvh {F}", "hilsen {N}", "kh {F}",
    "vh {N}", "kærlig hilsen {F} og {F}", "mødet er med {F}, {F} og {F}", "{F} og {F} kommer også", "min mor {F} bor der stadig", "hans søn {F} er 12 år", "hendes datter {F} går i 3. klasse",
    "jeg hedder {N}", "hun hedder {F}", "ham der {F} fra kommunen", "altså {F} er jo sød nok men", "godt set {F}", "elsker dig {F} <3", "{F} du er den bedste", "lol {F}", "@all har nogen set {F}?",
    "jeg tager den med {F} senere", "spørg lige {F} om han kan", "{F}: jeg kommer lidt senere", "{N}: ja det kan vi godt", "{F}: hvad mener du?", "hej alle, det er {F} igen", "kære {F}",
    "borgeren {N} har ringet tre gange", "sagsbehandler {N} følger op", "hun bor sammen med sin kæreste {F}", "manden {F} er indlagt igen", "vi skal huske {F} til festen", "hvor er {F}s nøgler",
    "{F}s mor ringede", "det er {F}s tur", "tror {F} har ret", "enig med {F}", "som {F} skriver så er det svært", "jeg har talt med {N} om boligen", "{N} og jeg mødes tirsdag", "hils {F}",
    "ring til {N} på kontoret", "det aftalte jeg med {F} sidst", "{F} fortalte at {F} er flyttet", "har du {F}s nummer?", "ja {F} det er rigtigt", "nej {F} det går ikke", "undskyld {F}", "velkommen {F}",
    "tillykke {F} med fødselsdagen", "{F} er på ferie til mandag", "vi venter på svar fra {N}", "skal vi invitere {N} med", "kontaktpersonen hedder {N}", "mentoren {F} var med til mødet", "så kom {F} forbi",
    "sendt fra {F}", "23:21 skrev {F}", "i går skrev {N} at hun var ked af det", "jeg skrev med {F} hele aftenen", "{F} er sej", "{F} er så sød og dejlig", "du har ret {F}", "miin {F}", "du {F}", "hey {F}!",
    "lærke og {F} er i gruppe", "min veninde {F} synes det samme", "naboen {F} hjælper med indkøb", "har talt m {F}", "mød {F} kl 10", "aftale med {N} kl. 14", "spurgt {F}, intet svar endnu", "{L} ringer tilbage",
    "{L} har sagt ja", "hej {L}", "godt {L}", "skide godt {L}", "vi støtter dig {L}",
)  # fmt: skip

NEWS = (
    "{N} er ansat som leder af centret.", "Det fortæller {N}, der er direktør i virksomheden.", "Borgmester {N} glæder sig over aftalen.", "- Vi har brug for hinanden, siger {N}.", "{N}, 54 år, bor alene.",
    "Ifølge {N} er der stadig lang vej.", "{L} mener, at det er for tidligt.", "Socialrådgiver {N} tog kontakt til familien.", "Sønnen {F} går i skole i byen.", "Hendes mand, {N}, døde i 2011.", "Mødet blev ledet af {N}.",
    "Til stede: {N}, {N} og {N}.", "Afbud: {N}", "Referent: {N}", "Ordstyrer: {N}", "{N} foreslog, at vi begynder i det små.", "Aftale: {N} kontakter foreningen inden fredag.", "{F} har boet på bostedet siden marts.",
    "Læge {N} har skrevet en attest.", "Fru {L} klager over støj.", "Hr. {L} ønsker en afklaring.", "{L}s bog handler om ensomhed.", "Filmen er instrueret af {N}.", "{N} (S) stemte for, mens {N} (V) stemte imod.",
    "I salen sad også {N}.", "Da {F} blev syg, mistede hun sit arbejde.", "Klienten {F} {L} mødte ikke op.", "Kontaktperson: {N}", "Venlig hilsen {N}", "Med venlig hilsen\n{N}", "Kære {F}\nTak for sidst.", "{N} skrev:",
    "Deltagerne var {F}, {F} og {F}.", "{N} har to børn, {F} og {F}.", "Forældrene {F} og {N} var med.", "Statsminister {L} afviser kritikken.", "Sagen om {L} fortsætter.", "Ved bordet sad {N} og hendes datter {F}.",
    "{L} scorede til 2-1.", "Det var {N}s idé.", "Om {N} siger kollegaen: Hun er dygtig.", "{N} fra Aalborg Kommune fortalte om projektet.", "Vi talte med {N} fra Røde Kors.", "Forfatteren {N} har skrevet bogen.",
    "Manden, som vi kalder {F}, vil gerne arbejde.", "{F}, som er 17 år, er anbragt.", "Lærer {F} {L} så det først.", "Skuespilleren {N} spiller hovedrollen.", "Formand {N} bød velkommen.", "Hos {N} er der kaffe.", "Da {L} kom til, blev det bedre.",
)  # fmt: skip

ENGLISH = (
    "{N} said that the group should meet again.", "I talked to {F} about it.", "Thanks, {F}!", "Hi {F}, are you coming?", "Best regards, {N}", "Her son {F} is in care.", "Mrs {L} lives alone.", "The caseworker, {N}, will follow up.",
    "My name is {N}.", "{F} and {F} agreed to try it.", "Dr. {L} wrote the report.", "According to {N}, it works.", "{N}: I think we should wait.", "We heard from {N} at the council.", "Minister {L} answered the question.",
    "Thank you, {N}.", "{F}'s mother called.", "ask {F} about the room", "call {N} tomorrow", "As {L} told us, nobody came.",
)  # fmt: skip

NOBODY = (
    "Arbejdspladsen er vigtig for os alle.", "Kommunen betaler halvdelen.", "Projektet slutter i december.", "Foreningen har 200 medlemmer.", "Vejen dertil er lang.", "Hjemmeplejen kommer tre gange om dagen.", "Boligforeningen ejer lokalerne.",
    "Regeringen vil ændre loven.", "Danmark er et lille land.", "København, Aarhus og Odense er de største byer.", "Aalborg Kommune og Region Nordjylland deltager.", "Røde Kors hjælper til.", "Mødet er på Rådhuset tirsdag.", "Ældre Sagen stiller med frivillige.",
    "Frivilligcenter Vejle åbner klokken ni.", "Jobcentret har skrevet et brev.", "Beboerne ønsker flere bænke.", "Hvem tager referat?", "Kaffe og kage fra klokken ti.", "Borgerne skal høres.", "Sygeplejersken besøger hver dag.", "Familien har brug for ro.",
    "Vi aftaler et nyt møde i april.", "Tilbuddet gælder alle over 65.", "Økonomien er stram i år.", "Udfordringen er ensomhed.", "Ensomhed rammer mange.", "Transport er et problem på landet.", "Ungdommens Røde Kors og Kirkens Korshær er med.", "Socialforvaltningen svarede ikke.",
    "Servicelovens paragraf 85 giver støtte.", "Hun var glad for besøget.", "Han havde ikke råd til huslejen.", "Vil du med i biografen?", "Så blev det aften.", "Desværre er der ingen plads.", "Lokalerne ligger i Rødovre.", "Novo Nordisk Fonden støtter projektet.",
    "Realdania og TrygFonden har givet penge.", "Syddansk Universitet følger forløbet.", "Rambøll laver evalueringen.", "Facebook og Instagram bruges mest.", "Microsoft Teams virker ikke i dag.", "Folketinget behandler forslaget.", "Socialdemokratiet og Venstre er enige.",
    "Dansk Flygtningehjælp holder kursus.", "Bydelsmødrene går fra dør til dør.", "Headspace har åbent hver dag.", "Mødrehjælpen rådgiver gratis.", "Natteravnene går tur.", "Kirken låner os sin sal.", "Biblioteket har plads.", "Fodboldklubben har en idé.",
    "jeg vil gerne have et møde i næste uge", "kan nogen tage noter", "vi ses i morgen", "hvad synes i om forslaget", "det var en god dag", "jeg bor alene og har ingen at snakke med", "han har det ikke godt", "hun venter på svar fra kommunen", "er der plads til en mere",
    "husk at tage kage med", "er det ok at vi starter senere", "ja det lyder godt", "nej det kan jeg ikke", "jeg er syg i dag", "tak for i dag", "super fint", "god weekend alle", "nogen der har en nøgle", "bor du stadig i odense", "jeg tager toget til aarhus", "vi kan låne lokalet gratis",
    "Thank you for the question.", "The meeting starts at nine.", "We need more volunteers in the North.", "The Council has agreed to pay.", "Loneliness is the problem that everybody sees.", "Housing costs too much.", "The Red Cross and the University are partners.", "What do you think?",
    "Maybe we should ask the Members first.", "So the remote control needs fewer buttons.", "The Marketing Expert and the Industrial Designer will work on it.", "Project Manager: let's start with the agenda.", "The Welsh Government has published its plan.", "Yeah, I think so too.",
    "The Cabinet Secretary will answer.", "English and Danish are both fine.", "On Monday we meet in London.", "The budget is twelve Euro.", "The Minister for Education will attend.", "Okay. Right. So, next slide please.", "User Interface and Industrial Design come first.",
    "In Wales, the Assembly decides.", "The Health Board will report in March.", "Google, Apple and Microsoft were named.", "Children's services are under pressure.", "Brexit changes everything.", "University tuition fees have risen.", "The First Minister answered.", "PhD students use the corpus.",
)  # fmt: skip
