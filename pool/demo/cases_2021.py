"""The cases of the spring of 2021: one approved on condition, and those still on their way."""

from pool.demo.told import ToldCase, freed, from_pool, gain, one_off, running

OVERVIEW = ToldCase(
    title="Digitalt sagsoverblik i borgerservice",
    area="Borgerservice",
    owner="borgerservice",
    collaborators=("it",),
    starts=1,
    battles=(1, 2),
    goals=(1, 5),
    texts={
        "description": "Borgeren spørger, hvor sagen er, og medarbejderen slår op i fire systemer. Sagen "
        "samler status ét sted, som begge kan se. De fire systemer lukkes efterhånden.\n\n"
        "Aftalen om det største af dem udløber den 31. december 2022.",
        "focus_areas": "Vores liv: svar med det samme. Vores vækst: virksomheder ser selv deres sager.",
        "development_goals": "Borgerservicestrategien: én indgang for alle henvendelser.",
        "other_areas": "Byggesager, pension og sygedagpenge leverer status til overblikket.",
        "service": "Bedre service: borgeren kan se sin sag hele døgnet.",
        "staff_consequences": "Arbejdsgange ændres for 38 medarbejdere. Der er brug for tid til oplæring.",
        "hearing_parties": "HovedMED, Ældrerådet og Handicaprådet.",
        "rate_change": "Ingen betydning.",
        "alternatives": "En forlængelse af den gamle aftale koster 380.000 kr. om året og giver intet nyt.",
        "trial": "Pension og byggesager i et halvt år.",
        "measurement": "Genhenvendelser og opkald pr. sag, opgjort hvert kvartal.",
    },
    lines=(
        from_pool("Sagsoverblik og koblinger", 500, 900, 600, 250, basis="Markedsdialog, december 2020"),
        running("Licens og drift", None, 120, 180, 240, 240, 240, basis="Markedsdialog"),
        gain(
            "Fire systemer lukkes",
            "chef.okonomi",
            "It-systemer",
            None,
            200,
            500,
            700,
            900,
            900,
            basis="Gældende aftaler",
        ),
        gain(
            "Færre opkald",
            "chef.borger",
            "Borgerservice, løn",
            None,
            280,
            600,
            800,
            900,
            900,
            basis="Telefonstatistik 2020",
        ),
        freed("Frigjort tid i fagområderne", None, 100, 250, 250, 250, 250, basis="Skøn fra tre teams"),
    ),
    risks=(
        ("Koblinger bliver forsinket", 3, 4, "Ét system ad gangen, bod i kontrakten"),
        ("Borgere uden MitID holdes udenfor", 2, 3, "Samme overblik ved skranken"),
    ),
    milestones=(
        ("Pension er med", 0, 11, 1),
        ("Gammelt system er lukket", 1, 12, 31),
        ("Alle systemer er lukket", 3, 6, 30),
    ),
)

SCREENS = ToldCase(
    title="Skærmbesøg i hjemmeplejen",
    area="Sundhed og Omsorg",
    owner="medarbejder2",
    starts=2,
    battles=(2,),
    goals=(1, 3),
    texts={
        "description": "En del besøg handler om medicin, væske og en snak. Sagen giver 240 borgere en skærm, "
        "så besøget kan klares uden kørsel, når borgeren ønsker det.",
        "focus_areas": "Vores liv: flere korte samtaler og samme ansigt på skærmen.",
        "development_goals": "Ældrepolitikken: mest mulig frihed i eget hjem.",
        "other_areas": "Sygeplejen bruger de samme skærme.",
        "service": "Borgeren vælger selv. Et fysisk besøg kan altid fås samme dag.",
        "staff_consequences": "En skærmvagt dannes af nuværende medarbejdere.",
        "hearing_parties": "Ældrerådet, Handicaprådet og HovedMED.",
        "rate_change": "Ingen betydning.",
        "alternatives": "Telefonopkald er prøvet, men borgerne savner at se hinanden.",
        "trial": "40 borgere i tre måneder.",
        "measurement": "Antal skærmbesøg, kørte kilometer og tilfredshed hvert halve år.",
    },
    lines=(
        from_pool("Skærme og platform", 550, 400, basis="Rammeaftale"),
        running("Abonnement", None, 90, 90, 90, 90, 90, basis="Rammeaftale"),
        gain(
            "Mindre køretid",
            "chef.omsorg",
            "Hjemmepleje, løn",
            None,
            460,
            700,
            700,
            700,
            700,
            basis="Køreplaner, oktober 2020",
        ),
    ),
    risks=(("Borgere takker nej", 3, 3, "Besøg af en frivillig, der viser det"),),
    milestones=(("40 borgere er i gang", 0, 4, 1), ("240 borgere er i gang", 1, 2, 1)),
)

KEYS = ToldCase(
    title="Digitale nøgler til haller og lokaler",
    area="Kultur og Fritid",
    owner="haller",
    starts=2,
    goals=(1,),
    texts={
        "description": "1.400 nøgler er ude hos foreningerne, og ingen ved præcis hvor. Sagen sætter "
        "digitale "
        "låse i 60 lokaler, så adgangen følger bookingen.",
        "focus_areas": "Vores liv: foreninger kommer selv ind, også om aftenen.",
        "development_goals": "Fritidspolitikken: lokaler, der bruges mere.",
        "other_areas": "Skolerne får færre udkald fra pedeller.",
        "service": "Bedre service: adgang på telefonen.",
        "staff_consequences": "Færre aftenvagter for pedeller.",
        "hearing_parties": "Folkeoplysningsudvalget og Skolebestyrelserne.",
        "rate_change": "Ingen betydning.",
        "alternatives": "Nøglebokse er billigere, men deles af for mange.",
        "trial": "Otte lokaler i et halvt år.",
        "measurement": "Udkald og nøgletab, opgjort hvert halve år.",
    },
    lines=(
        from_pool("Låse og opsætning", 500, 300, basis="Tilbud"),
        running("Abonnement", None, 50, 50, 50, 50, 50, basis="Tilbud"),
        gain(
            "Færre udkald og omlægninger",
            "chef.kultur",
            "Lokaler og haller",
            None,
            200,
            310,
            310,
            310,
            310,
            basis="Regnskab 2020",
        ),
    ),
    risks=(("Strømsvigt låser folk ude", 2, 4, "Batteri og nødnøgle hos beredskabet"),),
    milestones=(("Otte lokaler er klar", 0, 3, 1), ("60 lokaler er klar", 1, 8, 1)),
)

ROADS = ToldCase(
    title="Automatisk registrering af vejskader",
    area="Teknik og Miljø",
    owner="vejleder",
    starts=2,
    goals=(1, 2),
    texts={
        "description": "Vejene ses efter fra bil to gange om året. Sagen sætter kameraer på tre "
        "skraldebiler, "
        "så skader findes hver uge og lægges i vejregistret af sig selv.",
        "focus_areas": "Vores vækst: sikre veje og færre erstatninger.",
        "development_goals": "Vejpolitikken: små skader lappes inden tre uger.",
        "other_areas": "Renovationen kører med kameraerne.",
        "service": "Huller lukkes hurtigere.",
        "staff_consequences": "En tilsynsførende får tid til at planlægge.",
        "hearing_parties": "OmrådeMED Teknik og Miljø.",
        "rate_change": "Ingen betydning.",
        "alternatives": "Flere ture med tilsynsbil er regnet igennem og er dyrere.",
        "trial": "Én bil i ét område i et kvartal.",
        "measurement": "Dage fra skade til lapning, hvert kvartal.",
    },
    lines=(
        from_pool("Kameraer og genkendelse", 700, 500, basis="Erfaringer fra to kommuner"),
        running("Licens", None, 60, 60, 60, 60, 60, basis="Leverandørens priser"),
        gain(
            "Billigere vedligehold",
            "chef.teknik",
            "Vejvedligehold",
            None,
            450,
            660,
            660,
            660,
            660,
            basis="Vejregnskab 2018–2020",
        ),
    ),
    risks=(("Ansigter og nummerplader filmes", 3, 4, "De sløres i kameraet"),),
    milestones=(("Én bil kører", 0, 4, 1), ("Tre biler kører", 1, 4, 1)),
)

ROSTER = ToldCase(
    title="Fælles vikarbureau på skolerne",
    area="Børn og Skole",
    owner="chef.skole",
    starts=2,
    battles=(3,),
    goals=(5,),
    texts={
        "description": "Hver skole finder selv vikarer. Sagen ville samle dem i ét bureau med fælles "
        "vagtplan.",
        "focus_areas": "Vores børn og unge: færre aflyste timer.",
        "service": "Uændret service.",
        "staff_consequences": "Vikarer ansættes i fælles bureau.",
        "hearing_parties": "HovedMED og Skolebestyrelserne.",
        "measurement": "Aflyste timer, hver måned.",
    },
    lines=(
        from_pool("Vagtplansystem", 300, basis="Prisliste"),
        gain(
            "Færre eksterne vikarer",
            "chef.skole",
            "Skoler, vikarer",
            None,
            150,
            150,
            150,
            150,
            150,
            basis="Regnskab 2019",
        ),
    ),
    risks=(("Skolerne vil selv bestemme", 4, 3, "Aftale med skolelederne"),),
    milestones=(("Bureauet åbner", 0, 8, 1),),
)

BINS = ToldCase(
    title="Fyldningssensorer i affaldsspande",
    area="Teknik og Miljø",
    owner="vejleder",
    starts=2,
    goals=(1,),
    texts={
        "description": "Spande i byerne tømmes efter en fast plan. Sagen sætter sensorer i 180 spande, så "
        "der "
        "kun køres, når der er noget at hente.",
        "focus_areas": "Vores liv: pænere byer.",
        "service": "Færre overfyldte spande.",
        "staff_consequences": "Ruterne ændres fra dag til dag.",
        "hearing_parties": "OmrådeMED Teknik og Miljø.",
        "trial": "30 spande i Aars.",
        "measurement": "Tømninger pr. spand, hver måned.",
    },
    lines=(
        from_pool("Sensorer", 200, basis="Prisliste"),
        running("Abonnement", None, 30, 30, 30, 30, 30, basis="Prisliste"),
        gain("Færre ture", "vejleder", "Renholdelse", None, 80, 90, 90, 90, 90, basis="Skøn"),
    ),
    risks=(("Sensorer tæres", 3, 2, "Garanti i to år"),),
    milestones=(("30 spande har sensor", 0, 5, 1),),
)

PERMITS = ToldCase(
    title="Digital screening af byggesager",
    area="Teknik og Miljø",
    owner="byggesag",
    starts=1,
    battles=(1, 2),
    goals=(1,),
    texts={
        "description": "To af tre ansøgninger mangler noget, når de kommer ind. Sagen læser ansøgningen, "
        "mens "
        "borgeren skriver den, og siger, hvad der mangler.",
        "focus_areas": "Vores vækst: hurtigere svar, når nogen vil bygge.",
        "development_goals": "Erhvervspolitikken: svar på enkle sager inden to uger.",
        "other_areas": "Beredskabet får kun sager, der er fuldt oplyst.",
        "service": "Kortere sagsbehandlingstid.",
        "staff_consequences": "Sagsbehandlere bruger mindre tid på at rykke.",
        "hearing_parties": "OmrådeMED Teknik og Miljø.",
        "rate_change": "Gebyrer for byggesager ændres ikke.",
        "alternatives": "Flere sagsbehandlere i et år løser puklen, men ikke årsagen.",
        "trial": "Carporte og garager i et halvt år.",
        "measurement": "Andel af ansøgninger, der er komplette, hver måned.",
    },
    lines=(
        from_pool("Screening og koblinger", 300, 700, 500, basis="Markedsdialog"),
        one_off("Oplæring", 40, basis="12 medarbejdere"),
        running("Licens", None, 92, 92, 92, 92, 92, basis="Markedsdialog"),
        gain(
            "Færre timer pr. sag",
            "byggesag",
            "Byggesager, løn",
            None,
            380,
            940,
            940,
            940,
            940,
            basis="Tidsstudie, 60 sager",
        ),
    ),
    risks=(("Lovgivningen ændres", 2, 3, "Regler kan rettes af os selv"),),
    milestones=(("Carporte er med", 0, 9, 1), ("Alle sagstyper er med", 2, 3, 1)),
)
