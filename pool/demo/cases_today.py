"""Cases of the living pool that are decided or under way: what has money."""

from pool.demo.told import ToldCase, freed, from_pool, gain, one_off, operation_from_pool, running

CLEANERS = ToldCase(
    title="Robotstøvsugere i plejeboliger",
    area="Sundhed og Omsorg",
    owner="medarbejder",
    collaborators=("medarbejder2",),
    battles=(2, 3),
    goals=(3,),
    texts={
        "description": "Rengøring af plejeboliger tager 34.000 timer om året, og gulvene er en tredjedel. "
        "Sagen "
        "køber robotstøvsugere til 310 boliger, så tiden kan bruges på det, en robot ikke kan.",
        "focus_areas": "Vores liv: rene gulve hver dag og mere tid med borgeren.",
        "development_goals": "Værdighedspolitikken: hjemmet er borgerens eget.",
        "other_areas": "Hjælpemiddeldepotet står for reservedele og batterier.",
        "service": "Gulve gøres rene hver dag mod hver anden uge i dag.",
        "staff_consequences": "Rengøringstimer falder ved naturlig afgang.",
        "hearing_parties": "Ældrerådet, Handicaprådet og OmrådeMED Sundhed og Omsorg.",
        "rate_change": "Ingen betydning.",
        "alternatives": "Udbud af rengøringen er regnet igennem og giver en mindre gevinst.",
        "trial": "Et plejecenter i to måneder.",
        "measurement": "Rengøringstimer pr. bolig, hvert kvartal.",
    },
    lines=(
        from_pool("Robotter og ladestationer", 620, 280, basis="Rammeaftale"),
        running("Service og batterier", None, 60, 60, 60, 60, 60, basis="Rammeaftale"),
        gain(
            "Færre rengøringstimer",
            "plejecenter",
            "Plejecentre, rengøring",
            None,
            330,
            470,
            470,
            470,
            470,
            basis="Timeregnskab for sidste år",
        ),
    ),
    risks=(
        ("Dørtrin stopper robotten", 4, 2, "Ramper følger med"),
        ("Borgere snubler", 2, 4, "Kører om dagen efter aftale med borgeren"),
    ),
    milestones=(("Første center er i gang", 0, 12, 1), ("Alle boliger er med", 1, 6, 1)),
)

FILING = ToldCase(
    title="Hjælp til journalisering med AI",
    area="Økonomi og IT",
    owner="medarbejder2",
    collaborators=("it",),
    battles=(1, 2),
    goals=(1, 4),
    texts={
        "description": "Hver dag lægges 1.100 dokumenter på sager i hånden. Sagen lader et sprogværktøj "
        "foreslå "
        "sag, titel og emne. Medarbejderen ser forslaget og bestemmer.",
        "focus_areas": "Vores vækst: sager kan findes, når nogen beder om aktindsigt.",
        "development_goals": "Digitaliseringsstrategien: rigtig journalisering første gang.",
        "other_areas": "Fire fagområder er med fra begyndelsen.",
        "service": "Hurtigere svar på aktindsigt.",
        "staff_consequences": "Opgaven bliver mindre ensformig.",
        "hearing_parties": "HovedMED.",
        "rate_change": "Ingen betydning.",
        "alternatives": "Et nyt ESDH-system ville koste 6 mio. kr.",
        "trial": "Ét fagområde i otte uger med fuld manuel kontrol.",
        "measurement": "Andel af forslag, der godkendes uændret, hver uge.",
    },
    lines=(
        from_pool("Værktøj og kobling til ESDH", 480, 360, basis="To tilbud"),
        one_off("Oplæring", 60, basis="140 medarbejdere"),
        running("Licens", None, 75, 75, 75, 75, 75, basis="Laveste tilbud"),
        gain(
            "Færre timer til journalisering",
            "chef.okonomi",
            "Administration, løn",
            None,
            320,
            450,
            450,
            450,
            450,
            basis="Måling i uge 35",
        ),
        freed("Frigjort tid til sagsbehandling", None, 120, 180, 180, 180, 180, basis="Samme måling"),
    ),
    risks=(("Forkerte forslag slipper igennem", 3, 4, "Stikprøve hver uge"),),
    milestones=(("Første fagområde er i gang", 0, 5, 1), ("Fire fagområder er i gang", 1, 2, 1)),
)

MOWING = ToldCase(
    title="Selvkørende pleje af grønne områder",
    area="Teknik og Miljø",
    owner="vejleder",
    starts=1,
    goals=(3,),
    texts={
        "description": "Plejen af 140 hektar kræver 19 sæsonfolk, som bliver sværere at finde. Sagen prøver "
        "selvkørende redskaber på de store flader. Det første år lejes de, siden købes de.",
        "focus_areas": "Vores liv: grønne byer. Vores vækst: støjfri pleje på batteri.",
        "development_goals": "Planen for biodiversitet: kanter slås én gang om året.",
        "other_areas": "Haller og idrætsanlæg kan låne redskaberne.",
        "service": "Uændret service.",
        "staff_consequences": "Tre sæsonårsværk bortfalder over tre år.",
        "hearing_parties": "OmrådeMED Teknik og Miljø.",
        "rate_change": "Ingen betydning.",
        "alternatives": "Udbud af plejen udløber først om fire år.",
        "trial": "To parker i en sæson, med lejet udstyr.",
        "measurement": "Timer pr. hektar, hver måned i sæsonen.",
    },
    lines=(
        operation_from_pool("Leje i prøveåret", 250, basis="Lejetilbud"),
        from_pool("Selvkørende redskaber", None, 600, 450, 300, basis="Prisliste"),
        running("Service og strøm", None, 50, 90, 120, 120, 120, basis="Leverandørens tal"),
        gain(
            "Færre sæsonårsværk",
            "chef.teknik",
            "Vej og Park, løn",
            None,
            420,
            840,
            1260,
            1260,
            1260,
            basis="Lønregnskab",
        ),
    ),
    risks=(("Redskaberne kan ikke køre på skråninger", 3, 2, "Skråninger slås som i dag"),),
    milestones=(("To parker er prøvet", 0, 10, 1), ("Alle store flader er med", 3, 5, 1)),
)

EXPENSES = ToldCase(
    title="Automatisk kontrol af kørselsgodtgørelse",
    area="Økonomi og IT",
    owner="regnskab",
    goals=(1,),
    texts={
        "description": "9.000 kørselsbilag om året blev kontrolleret ved stikprøve. Sagen lader systemet "
        "regne "
        "ruten efter og vise dem, der afviger.",
        "focus_areas": "Vores vækst: orden i det fælles.",
        "development_goals": "Økonomipolitikken: kontrol, hvor den betyder noget.",
        "other_areas": "Alle ledere godkender færre bilag.",
        "service": "Ingen konsekvenser for borgerne.",
        "staff_consequences": "En opgave bortfalder i regnskab.",
        "hearing_parties": "HovedMED.",
        "rate_change": "Ingen betydning.",
        "alternatives": "Flere stikprøver kræver flere timer.",
        "trial": "Ét område i en måned.",
        "measurement": "Afviste kilometer, hver måned.",
    },
    lines=(
        from_pool("Modul og opsætning", 160, basis="Tilbud"),
        running("Licens", None, 15, 15, 15, 15, 15, basis="Tilbud"),
        gain(
            "Færre forkerte kilometer",
            "chef.okonomi",
            "Kørselsgodtgørelse",
            60,
            110,
            110,
            110,
            110,
            110,
            basis="Stikprøve",
        ),
    ),
    risks=(("Kort er forældede", 2, 2, "Opdateres hvert kvartal"),),
    milestones=(("Alle områder er med", 0, 9, 1),),
)

CHILDCARE = ToldCase(
    title="Digitale tilsyn i dagplejen",
    area="Børn og Skole",
    owner="dagpleje",
    collaborators=("it",),
    battles=(2, 3),
    goals=(1, 2),
    texts={
        "description": "Tilsyn i 118 dagplejehjem skrives på papir og renskrives bagefter. Sagen giver de "
        "tilsynsførende et skema på tablet, der kan bruges uden net.",
        "focus_areas": "Vores børn og unge: mere tid til børnene under tilsynet.",
        "development_goals": "Kvalitetsplanen for dagtilbud: to uanmeldte tilsyn om året.",
        "other_areas": "Sundhedsplejen kan bruge skemaet.",
        "service": "Forældre kan læse tilsynet dagen efter.",
        "staff_consequences": "Tilsynsførende slipper for at skrive rent.",
        "hearing_parties": "HovedMED.",
        "rate_change": "Ingen betydning.",
        "alternatives": "Et fælleskommunalt system kommer tidligst om tre år.",
        "trial": "Fire tilsynsførende i to måneder.",
        "measurement": "Timer pr. tilsyn, før og efter.",
    },
    lines=(
        from_pool("Skema, tablets og drift det første år", 240, basis="Tilbud"),
        running("Licens", None, 20, 20, 20, 20, 20, basis="Tilbud"),
        gain(
            "Færre timer til renskrivning",
            "chef.skole",
            "Dagpleje, løn",
            40,
            95,
            95,
            95,
            95,
            95,
            basis="Timeregistrering i to uger",
        ),
    ),
    risks=(("Tablets mistes", 2, 2, "De kan slettes på afstand"),),
    milestones=(("Alle tilsynsførende er i gang", 0, 10, 1),),
)

COAST = ToldCase(
    title="Droneovervågning af badevand",
    area="Teknik og Miljø",
    owner="ejendom",
    goals=(3,),
    texts={
        "description": "Sagen ville tage vandprøver fra drone ved otte strande. Leverandøren trak sig, og "
        "ingen anden kunne levere inden sæsonen.",
        "focus_areas": "Vores liv: rent badevand.",
        "service": "Hurtigere svar om badevandet.",
        "staff_consequences": "En tekniker oplæres.",
        "hearing_parties": "OmrådeMED Teknik og Miljø.",
        "trial": "To strande i en måned.",
        "measurement": "Dage fra prøve til svar.",
    },
    lines=(
        from_pool("Drone og prøvetager", 300, basis="Tilbud"),
        gain("Færre ture", "chef.teknik", "Miljøtilsyn", None, 90, 90, 90, 90, 90, basis="Regnskab"),
    ),
    risks=(("Leverandøren er lille", 3, 4, "Betaling efter levering"),),
    milestones=(("To strande er prøvet", 0, 6, 15),),
)
