"""The first four cases of the history, from the spring of 2020: three in progress and one rejected."""

from pool.demo.told import ToldCase, from_pool, gain, one_off, running

WINTER = ToldCase(
    title="Sensorstyret vintertjeneste",
    area="Teknik og Miljø",
    owner="vejleder",
    battles=(2,),
    goals=(1, 3),
    texts={
        "description": "Vintervagten kalder ud efter en samlet prognose for hele kommunen. Derfor saltes der "
        "også, hvor det ikke er glat. Sagen sætter 42 sensorer i vejene og lader systemet foreslå, hvilke "
        "ruter der skal køres. Vagten bestemmer fortsat.",
        "focus_areas": "Vores vækst: erhvervstrafikken kan regne med vejene. Vores liv: færre udkald om "
        "natten og mindre salt i grundvandet.",
        "development_goals": "Følger målet i vejpolitikken om at bruge en fjerdedel mindre salt.",
        "other_areas": "Ruterne til skoler og plejecentre ændres ikke. Forsyningen får adgang til "
        "målingerne.",
        "service": "Uændret service. Veje i klasse 1 er ryddet til samme tid som i dag.",
        "staff_consequences": "Fire vagter får et kursus på to dage. Ingen stillinger nedlægges.",
        "hearing_parties": "OmrådeMED Teknik og Miljø.",
        "rate_change": "Ingen betydning.",
        "alternatives": "Vi har set på køb af flere prognoser og på udbud af hele vagten. Prognoser løser "
        "ikke problemet med de lokale forskelle, og et udbud kan tidligst ske i 2023.",
        "trial": "Seks ruter i den første vinter, før resten får sensorer.",
        "measurement": "Tons salt, antal udkald og kørte kilometer, opgjort hver april mod de tre vintre "
        "før.",
    },
    lines=(
        from_pool("Sensorer og styresystem", 900, 450, basis="Tilbud fra to leverandører, december 2019"),
        running("Drift af sensorer", None, 60, 60, 60, 60, 60, basis="Samme tilbud"),
        gain(
            "Mindre salt og færre udkald",
            "vejleder",
            "Vintertjeneste",
            None,
            480,
            630,
            630,
            630,
            630,
            basis="Regnskab 2017–2019: 3,1 mio. kr. om året, heraf en femtedel",
        ),
    ),
    risks=(
        ("En mild vinter giver ingen måling", 3, 2, "Vi måler over to vintre"),
        ("Sensorer går i stykker ved asfaltarbejde", 2, 3, "De står i vejregistret, og graveren får besked"),
    ),
    milestones=(
        ("Sensorer på seks ruter", 0, 10, 15),
        ("Første vinter er målt", 1, 4, 30),
        ("Alle ruter er med", 1, 10, 15),
    ),
)

CARE = ToldCase(
    title="Velfærdsteknologi på plejecentre",
    area="Sundhed og Omsorg",
    owner="medarbejder",
    collaborators=("medarbejder2",),
    battles=(2, 3),
    goals=(3, 4),
    texts={
        "description": "På fem plejecentre går meget tid med forflytning, hvor der skal være to til. Sagen "
        "køber loftslifte med vending og sengesensorer til 120 boliger, så én medarbejder kan gøre det "
        "trygt. Borgeren vendes skånsomt og vågner sjældnere om natten.",
        "focus_areas": "Vores liv: mere ro om natten og mere tid sammen med borgeren.",
        "development_goals": "Værdighedspolitikken: den enkelte klarer mest muligt selv.",
        "other_areas": "Hjælpemiddeldepotet står for service og reservedele.",
        "service": "Bedre service: færre forstyrrelser om natten.",
        "staff_consequences": "Mindre nedslidning. 95 medarbejdere oplæres på egen arbejdsplads.",
        "hearing_parties": "Ældrerådet, Handicaprådet og OmrådeMED Sundhed og Omsorg.",
        "rate_change": "Ingen betydning.",
        "alternatives": "Leje af liftene er regnet igennem og er dyrere fra år fire.",
        "trial": "Ét plejecenter i tre måneder, derefter to ad gangen.",
        "measurement": "Timer til forflytning før og efter, sygefravær og borgernes egne svar hvert halve "
        "år.",
    },
    lines=(
        from_pool("Loftslifte og sengesensorer", 750, 650, 400, basis="Rammeaftale, prisliste 2020"),
        one_off("Oplæring", 120, basis="95 medarbejdere, 4 timer"),
        running("Service og licenser", None, 80, 120, 120, 120, 120, basis="Rammeaftale"),
        gain(
            "Færre timer til forflytning",
            "plejecenter",
            "Plejecentre, løn",
            None,
            450,
            900,
            1140,
            1140,
            1140,
            basis="Tidsmåling på to centre, uge 40–43 i 2019",
        ),
    ),
    risks=(
        ("Levering trækker ud", 3, 3, "Bod i kontrakten og rækkefølge efter behov"),
        (
            "Gevinsten bruges til andre opgaver",
            3,
            4,
            "Budgettet sænkes samtidig med, at liftene tages i brug",
        ),
        ("Borgere er utrygge ved sensorer", 2, 3, "Samtale med borger og pårørende inden opsætning"),
    ),
    milestones=(
        ("Første plejecenter er i gang", 0, 6, 1),
        ("Tre centre er i gang", 1, 5, 1),
        ("Alle fem centre er i gang", 2, 4, 1),
    ),
)

INVOICES = ToldCase(
    title="Automatiseret fakturakontrol",
    area="Økonomi og IT",
    owner="regnskab",
    collaborators=("it",),
    battles=(1, 2),
    goals=(1,),
    texts={
        "description": "Kommunen får 64.000 fakturaer om året, og hver femte åbnes af to. Sagen indfører en "
        "kontrol, der læser fakturaen mod aftale og ordre og kun sender afvigelserne til en medarbejder.",
        "focus_areas": "Vores vækst: leverandører får deres penge til tiden.",
        "development_goals": "Indkøbspolitikken: 90 procent af indkøbene sker på aftale.",
        "other_areas": "Alle, der godkender fakturaer, får færre af dem.",
        "service": "Ingen konsekvenser for borgerne.",
        "staff_consequences": "To opgaver lægges sammen ved naturlig afgang i 2021.",
        "hearing_parties": "HovedMED.",
        "rate_change": "Ingen betydning.",
        "alternatives": "Et større økonomisystem kan det samme, men kræver et udbud.",
        "trial": "Tre forvaltninger i et kvartal med dobbelt kontrol.",
        "measurement": "Andel af fakturaer, der går igennem uden hænder, og prisafvigelser fundet, hver "
        "måned.",
    },
    lines=(
        from_pool("Kontrolmodul og opsætning", 400, 200, basis="Tilbud fra leverandøren"),
        running("Licens", None, 45, 45, 45, 45, 45, basis="Tilbud fra leverandøren"),
        gain(
            "Færre timer og bedre priser",
            "chef.okonomi",
            "Regnskab og indkøb",
            None,
            340,
            420,
            420,
            420,
            420,
            basis="Stikprøve på 600 fakturaer i november 2019",
        ),
    ),
    risks=(("Aftaler ligger ikke digitalt", 4, 2, "De 50 største lægges ind først"),),
    milestones=(("Tre forvaltninger er med", 0, 9, 1), ("Alle er med", 1, 2, 1)),
)

ROOFS = ToldCase(
    title="Droneinspektion af tage",
    area="Teknik og Miljø",
    owner="ejendom",
    goals=(3,),
    texts={
        "description": "Kommunens 210 tage ses efter hvert tredje år med lift. Sagen køber en drone med "
        "varmekamera og uddanner to piloter, så tagene kan ses efter hvert år.",
        "focus_areas": "Vores vækst: bygningerne holder længere.",
        "development_goals": "Ejendomsstrategien: skader findes, før de bliver dyre.",
        "other_areas": "Beredskabet kan låne dronen.",
        "service": "Uændret service.",
        "staff_consequences": "To teknikere får dronebevis.",
        "hearing_parties": "OmrådeMED Teknik og Miljø.",
        "rate_change": "Ingen betydning.",
        "alternatives": "Køb af enkelte inspektioner koster 1.900 kr. pr. tag.",
        "trial": "20 tage i foråret, sammenlignet med lift.",
        "measurement": "Fundne skader og udgift pr. tag, opgjort hvert år i november.",
    },
    lines=(
        from_pool("Drone, kamera og uddannelse", 380, basis="Prisliste"),
        running("Forsikring og service", None, 40, 40, 40, 40, 40, basis="Forsikringstilbud"),
        gain(
            "Mindre leje af lift",
            "chef.teknik",
            "Bygningsdrift",
            None,
            70,
            70,
            70,
            70,
            70,
            basis="Regnskab 2019",
        ),
    ),
    risks=(("Vinden gør det umuligt at flyve om vinteren", 4, 2, "Flyvning fra april til oktober"),),
    milestones=(("20 tage er prøvet", 0, 5, 31), ("Alle tage er set efter", 0, 10, 31)),
)
