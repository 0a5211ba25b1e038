"""Cases of the living pool on their way through finance, secretariat and hearing."""

from pool.demo.told import ToldCase, freed, from_pool, gain, one_off, running

TRAINING = ToldCase(
    title="Hjemmetræning med sensorer",
    area="Sundhed og Omsorg",
    owner="medarbejder2",
    starts=1,
    goals=(2, 3),
    texts={
        "description": "Ældre, der træner hjemme, holder ofte op efter en måned. Sagen giver 150 borgere en "
        "sensor, der tæller øvelserne og giver terapeuten besked, når nogen går i stå.",
        "focus_areas": "Vores liv: flere klarer sig selv længere.",
        "development_goals": "Ældrepolitikken: træning før hjælp.",
        "other_areas": "Hjemmeplejen minder om træningen.",
        "service": "Træning, når det passer borgeren.",
        "staff_consequences": "Terapeuter følger flere borgere ad gangen.",
        "hearing_parties": "Ældrerådet, Handicaprådet og OmrådeMED Sundhed og Omsorg.",
        "rate_change": "Ingen betydning.",
        "alternatives": "Hold på træningscentret når ikke dem, der bor langt væk.",
        "trial": "30 borgere i 12 uger.",
        "measurement": "Andel, der træner efter tre måneder.",
    },
    lines=(
        from_pool("Sensorer og platform", 380, 240, basis="Tilbud"),
        running("Abonnement", None, 70, 70, 70, 70, 70, basis="Tilbud"),
        gain(
            "Mindre hjemmehjælp",
            "chef.omsorg",
            "Hjemmepleje, træning",
            None,
            290,
            390,
            390,
            390,
            390,
            basis="Erfaringer fra to kommuner",
        ),
    ),
    risks=(("Gevinsten er svær at måle", 4, 3, "Kontrolgruppe på 30 borgere"),),
    milestones=(("30 borgere er i gang", 0, 4, 1), ("150 borgere er i gang", 1, 3, 1)),
)

DEPOT = ToldCase(
    title="Sporing af hjælpemidler",
    area="Sundhed og Omsorg",
    owner="medarbejder",
    collaborators=("medarbejder2",),
    starts=1,
    battles=(1, 2),
    goals=(1, 2),
    texts={
        "description": "Depotet har 18.000 hjælpemidler ude, og hvert tiende kan ikke findes. Sagen mærker "
        "dem, "
        "så de kan ses på kortet og hentes, når de ikke bruges.",
        "focus_areas": "Vores liv: hjælpemidlet er der, når der er brug for det.",
        "development_goals": "Indkøbspolitikken: genbrug før nyt.",
        "other_areas": "Plejecentre og sygeplejen får samme overblik.",
        "service": "Kortere ventetid på senge og lifte.",
        "staff_consequences": "Chaufførerne får ruter på telefonen.",
        "hearing_parties": "Ældrerådet, Handicaprådet og OmrådeMED Sundhed og Omsorg.",
        "rate_change": "Ingen betydning.",
        "alternatives": "En optælling hvert år koster 400 timer og er forældet dagen efter.",
        "trial": "Senge og lifte i et kvartal.",
        "measurement": "Tabte hjælpemidler og nykøb, hvert kvartal.",
    },
    lines=(
        from_pool("Mærker og system", 430, 290, basis="Tilbud fra to leverandører"),
        one_off("Mærkning af lageret", 80, basis="320 timer"),
        running("Licens", None, 55, 55, 55, 55, 55, basis="Tilbud"),
        gain(
            "Færre nykøb",
            "medarbejder",
            "Hjælpemiddeldepotet, indkøb",
            None,
            340,
            480,
            480,
            480,
            480,
            basis="Nykøb i tre år",
        ),
    ),
    risks=(
        ("Borgere føler sig overvåget", 3, 3, "Kun hjælpemidlet vises, ikke borgeren"),
        ("Mærker falder af", 3, 2, "De skrues på"),
    ),
    milestones=(("Senge og lifte er mærket", 0, 5, 1), ("Alt er mærket", 1, 4, 1)),
)

FURNITURE = ToldCase(
    title="Genbrug af inventar på tværs",
    area="Økonomi og IT",
    owner="medarbejder2",
    starts=1,
    battles=(1,),
    goals=(5,),
    texts={
        "description": "Kommunen køber møbler for 2,4 mio. kr. om året og smider brugbare ud. Sagen laver et "
        "lager og en side, hvor alle kan se, hvad der står.",
        "focus_areas": "Vores vækst: mindre affald.",
        "development_goals": "Indkøbspolitikken: genbrug før nyt.",
        "other_areas": "Alle institutioner kan hente.",
        "service": "Ingen konsekvenser for borgerne.",
        "staff_consequences": "To i fleksjob passer lageret.",
        "hearing_parties": "HovedMED.",
        "rate_change": "Ingen betydning.",
        "alternatives": "Salg på nettet giver mindre end det koster.",
        "trial": "Skoler og rådhus i et halvt år.",
        "measurement": "Møbelindkøb, hvert kvartal.",
    },
    lines=(
        from_pool("Indretning af lager og side", 210, basis="Overslag"),
        running("Husleje og varebil", 30, 60, 60, 60, 60, 60, basis="Aftaler"),
        gain(
            "Færre nye møbler",
            "chef.okonomi",
            "Inventar",
            None,
            140,
            160,
            160,
            160,
            160,
            basis="Indkøb i to år",
        ),
    ),
    risks=(("Ingen henter", 3, 3, "Nyt kræver, at lageret er set"),),
    milestones=(("Lageret åbner", 0, 3, 1),),
)

VISITS = ToldCase(
    title="Skærmbesøg fra sygeplejen",
    area="Sundhed og Omsorg",
    owner="plejecenter",
    collaborators=("it",),
    starts=1,
    goals=(1, 3),
    texts={
        "description": "Sygeplejen kører 410.000 km om året, og hvert femte besøg er en samtale. Sagen giver "
        "borgere med kroniske sygdomme et skærmbesøg, når de selv vælger det.",
        "focus_areas": "Vores liv: hurtig kontakt, også i weekenden.",
        "development_goals": "Sundhedspolitikken: tidlig indsats.",
        "other_areas": "Lægehusene kan være med på skærmen.",
        "service": "Et fysisk besøg kan altid fås.",
        "staff_consequences": "Vagten deles mellem fem sygeplejersker.",
        "hearing_parties": "Ældrerådet og Handicaprådet.",
        "rate_change": "Ingen betydning.",
        "alternatives": "En hotline er prøvet uden virkning.",
        "trial": "50 borgere i tre måneder.",
        "measurement": "Skærmbesøg og kørte kilometer, hver måned.",
    },
    lines=(
        from_pool("Skærme og platform", 340, 260, basis="Rammeaftale"),
        running("Abonnement", None, 65, 65, 65, 65, 65, basis="Rammeaftale"),
        gain(
            "Mindre kørsel",
            "medarbejder",
            "Sygepleje, kørsel",
            None,
            270,
            360,
            360,
            360,
            360,
            basis="Kørebøger",
        ),
        freed("Frigjort tid", None, 140, 200, 200, 200, 200, basis="18 minutter pr. besøg"),
    ),
    risks=(("Dårlig dækning i landdistrikter", 3, 3, "Skærme med to simkort"),),
    milestones=(("50 borgere er i gang", 0, 4, 1),),
)

LIBRARY = ToldCase(
    title="Robotter i bibliotekernes sortering",
    area="Kultur og Fritid",
    owner="haller",
    starts=1,
    goals=(3,),
    texts={
        "description": "Bøger sorteres i hånden på tre biblioteker. Sagen ville sætte sorteringsrobotter op.",
        "focus_areas": "Vores børn og unge: bøger hurtigere på hylden.",
        "service": "Uændret service.",
        "staff_consequences": "Færre løft.",
        "hearing_parties": "HovedMED.",
        "trial": "Ét bibliotek i et halvt år.",
        "measurement": "Timer til sortering, hver måned.",
    },
    lines=(
        from_pool("Sorteringsrobotter", 640, basis="Tilbud"),
        running("Service", None, 50, 50, 50, 50, 50, basis="Tilbud"),
        gain(
            "Færre timer",
            "chef.kultur",
            "Biblioteker, løn",
            None,
            120,
            120,
            120,
            120,
            120,
            basis="Timeregnskab",
        ),
    ),
    risks=(("Larm i læsesalen", 3, 2, "Robotten kører om natten"),),
    milestones=(("Ét bibliotek er prøvet", 0, 6, 1),),
)

PRINTING = ToldCase(
    title="3D-print af reservedele",
    area="Teknik og Miljø",
    owner="byggesag",
    starts=1,
    goals=(3, 4),
    texts={
        "description": "Værkstedet venter i uger på små dele. Sagen ville købe en printer, men et "
        "samarbejde med "
        "erhvervsskolen dækker behovet.",
        "focus_areas": "Vores vækst: maskiner, der kører.",
        "service": "Ingen konsekvenser.",
        "staff_consequences": "En smed oplæres.",
        "hearing_parties": "OmrådeMED Teknik og Miljø.",
        "trial": "20 dele.",
        "measurement": "Ventedage pr. reparation.",
    },
    lines=(
        from_pool("Printer", 180, basis="Tilbud"),
        gain("Billigere dele", "chef.teknik", "Værksted", None, 60, 60, 60, 60, 60, basis="Skøn"),
    ),
    risks=(("Delene holder ikke", 3, 3, "Kun dele uden last"),),
    milestones=(("20 dele er prøvet", 0, 5, 1),),
)
