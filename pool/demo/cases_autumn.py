"""The cases of the autumn of 2020: two approved, and two that are ready for decision."""

from pool.demo.told import ToldCase, freed, from_pool, gain, one_off, own_investment, running

HALLS = ToldCase(
    title="Energistyring i haller",
    area="Kultur og Fritid",
    owner="haller",
    starts=1,
    collaborators=("ejendom",),
    goals=(1, 2),
    texts={
        "description": "Kommunens ni haller varmes op efter et fast ur, også når ingen har booket. Sagen "
        "kobler varme, ventilation og lys til bookingsystemet og sætter målere på hvert rum.",
        "focus_areas": "Vores liv: bedre luft, når hallen er i brug. Vores vækst: lavere udledning.",
        "development_goals": "Klimaplanen: 2 procent mindre energi om året i egne bygninger.",
        "other_areas": "Ejendomme får målingerne og passer anlægget.",
        "service": "Foreningerne møder en varm hal. Den, der ikke booker, må selv trykke.",
        "staff_consequences": "Halinspektørerne får et nyt værktøj. Ingen ændring i normeringen.",
        "hearing_parties": "Folkeoplysningsudvalget og OmrådeMED Teknik og Miljø.",
        "rate_change": "Ingen betydning.",
        "alternatives": "Nye varmepumper alene giver en mindre gevinst og er tre gange så dyre.",
        "trial": "To haller i fyringssæsonen, før de øvrige kobles på.",
        "measurement": "kWh pr. booket time, aflæst hver måned og korrigeret for vejret.",
    },
    lines=(
        from_pool("Styring og målere", 800, 350, basis="Rådgivers overslag, august 2020"),
        running("Abonnement og service", None, 40, 40, 40, 40, 40, basis="Rådgivers overslag"),
        gain(
            "Lavere energiforbrug",
            "haller",
            "Haller, energi",
            None,
            375,
            570,
            570,
            570,
            570,
            basis="Energimærker og forbrug 2017–2019",
        ),
    ),
    risks=(
        ("Foreninger booker ikke", 3, 3, "Besked til alle foreninger og en knap på væggen"),
        ("Gamle anlæg kan ikke styres", 2, 4, "Gennemgang inden udbud"),
    ),
    milestones=(("To haller er koblet på", 0, 10, 1), ("Alle haller er koblet på", 1, 9, 1)),
)

MINUTES = ToldCase(
    title="Sprogteknologi til referater",
    area="Økonomi og IT",
    owner="it",
    starts=1,
    battles=(2, 3),
    goals=(1, 3),
    texts={
        "description": "Udvalg, MED og teammøder giver 2.300 referater om året. Sagen køber talegenkendelse, "
        "der skriver et udkast på stedet. Den, der har mødet, retter og godkender.",
        "focus_areas": "Vores vækst: hurtigere svar til borgere og virksomheder.",
        "development_goals": "Digitaliseringsstrategien: ingen skriver det samme to gange.",
        "other_areas": "Alle afdelinger kan bruge løsningen.",
        "service": "Referater af åbne møder kommer frem dagen efter.",
        "staff_consequences": "Sekretærerne bruger mindre tid på at skrive og mere på at følge op.",
        "hearing_parties": "HovedMED.",
        "rate_change": "Ingen betydning.",
        "alternatives": "Ekstern udskrivning koster 42 kr. pr. minut.",
        "trial": "Fem sekretærer i otte uger.",
        "measurement": "Timer pr. referat, målt i to uger hvert halve år.",
    },
    lines=(
        from_pool("Talegenkendelse og tilpasning", 350, 150, basis="To tilbud"),
        running("Licens", None, 70, 70, 70, 70, 70, basis="Laveste tilbud"),
        gain(
            "Færre købte udskrifter og timer",
            "chef.okonomi",
            "Administration, køb af ydelser",
            None,
            230,
            315,
            315,
            315,
            315,
            basis="Regnskab 2019",
        ),
        freed("Frigjort tid hos mødeledere", None, 80, 160, 160, 160, 160, basis="15 minutter pr. referat"),
    ),
    risks=(("Dialekt giver dårlige udkast", 3, 2, "Afprøvning med lokale optagelser før køb"),),
    milestones=(("Afprøvning er slut", 0, 5, 1), ("Alle sekretærer er i gang", 0, 11, 1)),
)

DRIVING = ToldCase(
    title="Fælles kørselskoordinering",
    area="Sundhed og Omsorg",
    owner="medarbejder",
    starts=1,
    collaborators=("medarbejder2",),
    battles=(2, 1),
    goals=(1, 5),
    texts={
        "description": "Hjemmepleje, hjælpemidler, madservice, teknisk service og biblioteker planlægger "
        "hver "
        "for sig. Over halvdelen af dagen holder bilerne stille, og når alle kører på én gang, bestilles "
        "der taxa. Sagen giver 96 biler sensorer og lægger planlægningen i ét system.\n\n"
        "To distrikter prøver det af i 12 uger. Først derefter kommer de andre med.",
        "focus_areas": "Vores liv: borgerne får besøget til den aftalte tid. Vores vækst: færre kilometer og "
        "mindre udledning.",
        "development_goals": "Klimaplanen: kommunens egen kørsel falder med en femtedel inden 2025.",
        "other_areas": "Fem områder planlægger sammen. Biblioteker og madservice kommer med fra 2023.",
        "service": "Uændret service. Ruter ændres ikke for borgere med fast kontaktperson.",
        "staff_consequences": "To planlæggere får nye opgaver i den fælles koordinering.",
        "hearing_parties": "HovedMED, Ældrerådet og OmrådeMED Sundhed og Omsorg.",
        "rate_change": "Ingen betydning.",
        "alternatives": "Et udbud af kørslen er regnet igennem: det er dyrere og låser os i fire år.",
        "trial": "12 uger i to distrikter.",
        "measurement": "Kilometer, leasede biler og taxaregninger opgøres hvert kvartal og holdes op mod "
        "2019.",
    },
    lines=(
        from_pool("Koordineringssystem og bilsensorer", 900, 700, 300, basis="Tilbud fra tre leverandører"),
        own_investment("Projektledelse", 150, 100, basis="En kvart stilling i to år"),
        one_off("Oplæring og omlægning af ruter", 160, 80, basis="210 medarbejdere, 3 timer"),
        running("Licenser og kørselskoordinator", 120, 180, 240, 240, 240, 240, basis="Tilbud og lønskema"),
        gain(
            "Færre kørte kilometer",
            "koersel",
            "Hjemmepleje, fælles kørsel",
            None,
            260,
            520,
            640,
            640,
            640,
            basis="Kørebøger for 2019, statens takst",
        ),
        gain(
            "14 færre leasede biler",
            "koersel",
            "Fælles bilpulje, leasing",
            None,
            360,
            720,
            960,
            960,
            960,
            basis="Leasingaftaler, udløb 2022 og 2023",
        ),
        gain(
            "Færre taxaregninger",
            "chef.omsorg",
            "Hjemmepleje, taxa",
            None,
            None,
            210,
            300,
            300,
            300,
            basis="Regnskab 2019",
        ),
        freed("Frigjort tid", None, 150, 300, 300, 300, 300, basis="11 minutter pr. medarbejder pr. dag"),
    ),
    risks=(
        ("Færre bruger systemet end ventet", 2, 3, "Kurser og en superbruger i hvert distrikt"),
        ("Leasingaftaler kan ikke opsiges i tide", 2, 4, "Aftaler forlænges kun med tre måneder"),
        ("Sensorer opfattes som overvågning", 3, 3, "Aftale i MED om, hvad der ses og slettes"),
        ("Leverandøren bliver forsinket", 3, 2, "Bod i kontrakten"),
    ),
    milestones=(
        ("Systemet er købt", 0, 5, 1),
        ("To distrikter prøver det", 0, 8, 16),
        ("Afprøvningen er gjort op", 0, 11, 15),
        ("Alle distrikter er med", 1, 4, 1),
        ("Syv biler er leveret tilbage", 1, 9, 1),
        ("Biblioteker og madservice er med", 2, 3, 1),
    ),
    documents=(
        (
            "biler-og-km-2019.csv",
            "Område;Biler;Km 2019\nHjemmepleje;58;812.400\nHjælpemidler;13;148.900\n"
            "Madservice;9;121.300\nTeknisk service;11;96.700\nBiblioteker;5;31.200\n",
        ),
        (
            "afproevning.txt",
            "Plan for afprøvning i to distrikter\n\nUge 33–44. Kørslen planlægges samlet, "
            "men de gamle ruter ligger klar.\nUgentlig opfølgning med distriktslederne.\n",
        ),
    ),
)

LAWNS = ToldCase(
    title="Robotklipning af boldbaner",
    area="Kultur og Fritid",
    owner="haller",
    starts=1,
    goals=(3,),
    texts={
        "description": "Ti boldbaner klippes to gange om ugen med traktor. Sagen køber satellitstyrede "
        "klippere, der kører om natten. Banerne bliver tættere, og traktoren kan sælges.",
        "focus_areas": "Vores liv: bedre baner til foreningerne.",
        "development_goals": "Fritidspolitikken: anlæg, der kan bruges hele ugen.",
        "other_areas": "Vej og Park får færre klippeture og hjælper med sne på stierne.",
        "service": "Bedre service: banerne er klippet hver dag.",
        "staff_consequences": "Et sæsonårsværk bortfalder fra 2022.",
        "hearing_parties": "Folkeoplysningsudvalget.",
        "rate_change": "Ingen betydning.",
        "alternatives": "Klipning hos en entreprenør blev prøvet i 2018 og var dyrere.",
        "trial": "To baner i en sæson.",
        "measurement": "Timer pr. bane og foreningernes svar i oktober.",
    },
    lines=(
        from_pool("Fem klippere og sendemast", 420, basis="Tilbud"),
        running("Service", None, 30, 30, 30, 30, 30, basis="Serviceaftale"),
        gain(
            "Færre timer og ingen traktor",
            "haller",
            "Idrætsanlæg",
            None,
            155,
            175,
            175,
            175,
            175,
            basis="Timeregnskab 2019",
        ),
    ),
    risks=(("Klippere bliver stjålet", 2, 3, "Sporing og kode"),),
    milestones=(("To baner klippes", 0, 5, 1), ("Ti baner klippes", 1, 5, 1)),
)
