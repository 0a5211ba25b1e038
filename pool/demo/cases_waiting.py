"""Cases of the living pool that are not decided: what waits at somebody's desk."""

from pool.demo.told import ToldCase, freed, from_pool, gain, running

VACANT = ToldCase(
    title="Fælles vagtplan for vikarer",
    area="Sundhed og Omsorg",
    owner="medarbejder",
    starts=1,
    battles=(3,),
    goals=(5,),
    texts={
        "description": "Hvert distrikt ringer selv efter vikarer, og de samme bliver spurgt tre gange. Sagen "
        "samler vagterne ét sted, hvor vikaren selv kan melde sig.",
        "focus_areas": "Vores liv: færre fremmede ansigter i hjemmet.",
        "service": "Uændret service.",
        "hearing_parties": "OmrådeMED Sundhed og Omsorg.",
        "trial": "Ét distrikt i tre måneder.",
    },
    lines=(
        from_pool("Vagtplansystem", 380, 120, basis="Prisliste"),
        gain(
            "Færre bureauvikarer",
            "chef.omsorg",
            "Hjemmepleje, vikarer",
            None,
            240,
            310,
            310,
            310,
            310,
            basis="Regnskab",
        ),
    ),
    risks=(("Vikarer vil hellere ringes op", 3, 2, "Telefonen er åben i det første halve år"),),
)

SELF_SERVICE = ToldCase(
    title="Selvbetjening ved genoptræning",
    area="Sundhed og Omsorg",
    owner="medarbejder",
    starts=1,
    goals=(1, 2),
    texts={
        "description": "Efter hospital venter borgeren ni dage på en tid. Sagen lader borgeren vælge tid "
        "selv "
        "og begynde øvelserne hjemme med video samme dag.",
        "focus_areas": "Vores liv: hurtigere på benene igen.",
        "development_goals": "Sundhedspolitikken: genoptræning begynder inden for en uge.",
        "other_areas": "Hospitalet sender planen som i dag.",
        "service": "Kortere ventetid.",
        "staff_consequences": "Terapeuter bruger mindre tid på at ringe.",
        "hearing_parties": "Ældrerådet og Handicaprådet.",
        "rate_change": "Ingen betydning.",
        "trial": "Knæ og hofter i tre måneder.",
        "measurement": "Dage fra udskrivning til første træning, hver måned.",
    },
    lines=(
        from_pool("Booking og videoer", 420, 180, basis="Tilbud"),
        running("Licens", None, 45, 45, 45, 45, 45, basis="Tilbud"),
        gain(
            "Færre udeblivelser",
            "chef.omsorg",
            "Genoptræning, løn",
            None,
            260,
            330,
            330,
            330,
            330,
            basis="Skøn",
        ),
    ),
    risks=(("Øvelser laves forkert", 3, 3, "Video vises til terapeuten"),),
    milestones=(("Knæ og hofter er med", 0, 5, 1),),
)

LIGHTS = ToldCase(
    title="Intelligent belysning på stier",
    area="Teknik og Miljø",
    owner="vejleder",
    starts=1,
    goals=(1, 3),
    texts={
        "description": "Lyset på 64 km sti er tændt hele natten. Sagen sætter lamper op, der dæmper sig, når "
        "ingen kommer, og lyser op foran den, der går.",
        "focus_areas": "Vores liv: trygge stier. Vores vækst: lavere elregning.",
        "development_goals": "Klimaplanen: gadelys bruger 40 procent mindre strøm.",
        "other_areas": "Boligforeninger kan koble sig på.",
        "service": "Stier, der i dag er mørke efter midnat, får lys, når nogen kommer.",
        "staff_consequences": "Ingen.",
        "hearing_parties": "OmrådeMED Teknik og Miljø.",
        "rate_change": "Ingen betydning.",
        "alternatives": "LED alene halverer gevinsten.",
        "trial": "Tre km sti i et kvartal.",
        "measurement": "kWh pr. km, hver måned.",
    },
    lines=(
        from_pool("Lamper og styring", 700, 550, 250, basis="Rammeaftale"),
        running("Drift af styring", None, 40, 40, 40, 40, 40, basis="Rammeaftale"),
        gain(
            "Lavere elregning",
            "chef.teknik",
            "Vejbelysning",
            None,
            390,
            700,
            780,
            780,
            780,
            basis="Målere på 11 strækninger",
        ),
    ),
    risks=(("Elprisen falder", 3, 2, "Regnet med gennemsnit af fire år"),),
    milestones=(("Tre km er prøvet", 0, 4, 1), ("64 km er færdige", 2, 9, 1)),
)

MAIL_ROOM = ToldCase(
    title="Digital post uden print",
    area="Borgerservice",
    owner="borgerservice",
    starts=1,
    battles=(1, 2),
    goals=(1,),
    texts={
        "description": "71.000 breve printes og kuverteres om året, fordi fagsystemerne ikke kan sende "
        "digitalt. Sagen bygger én udgang, som alle kan bruge.",
        "focus_areas": "Vores vækst: enklere administration.",
        "development_goals": "Digitaliseringsstrategien: 95 procent af posten er digital.",
        "other_areas": "Ti fagsystemer kobles på.",
        "service": "Borgere, der er fritaget, får fortsat brev.",
        "staff_consequences": "Postrummet bemandes tre dage om ugen.",
        "hearing_parties": "HovedMED.",
        "rate_change": "Ingen betydning.",
        "alternatives": "Fjernprint er billigere at begynde med, men dyrere fra år to.",
        "trial": "To fagsystemer i et kvartal.",
        "measurement": "Breve pr. måned.",
    },
    lines=(
        from_pool("Fælles udgang og koblinger", 450, 350, basis="Tilbud"),
        running("Drift", None, 60, 60, 60, 60, 60, basis="Tilbud"),
        gain(
            "Mindre porto og print",
            "chef.borger",
            "Porto og print",
            None,
            310,
            420,
            420,
            420,
            420,
            basis="Regnskab",
        ),
        freed("Frigjort tid", None, 90, 120, 120, 120, 120, basis="Tre minutter pr. brev"),
    ),
    risks=(("Et fagsystem skiftes ud", 2, 3, "Det kobles på til sidst"),),
    milestones=(("To systemer er koblet på", 0, 4, 1), ("Ti systemer er koblet på", 1, 9, 1)),
)

PUMPS = ToldCase(
    title="Varmepumper i daginstitutioner",
    area="Børn og Skole",
    owner="ejendom",
    starts=1,
    goals=(3,),
    texts={
        "description": "Seks daginstitutioner varmes med gas. Sagen skifter til varmepumper, mens taget "
        "alligevel "
        "skal laves.",
        "focus_areas": "Vores børn og unge: bedre indeklima.",
        "development_goals": "Klimaplanen: ingen gas i egne bygninger.",
        "other_areas": "Ejendomme står for arbejdet.",
        "service": "Uændret service.",
        "staff_consequences": "Ingen.",
        "hearing_parties": "HovedMED.",
        "rate_change": "Ingen betydning.",
        "alternatives": "Fjernvarme kommer ikke til fire af de seks.",
        "trial": "Én institution i en fyringssæson.",
        "measurement": "kWh pr. m², hver måned.",
    },
    lines=(
        from_pool("Varmepumper", 900, 900, basis="Rådgivers overslag"),
        running("Service", None, 40, 60, 60, 60, 60, basis="Rådgivers overslag"),
        gain(
            "Mindre varmeregning",
            "ejendom",
            "Daginstitutioner, energi",
            None,
            300,
            560,
            560,
            560,
            560,
            basis="Forbrug i tre år",
        ),
    ),
    risks=(("Tagene udskydes", 3, 3, "Pumperne kan stå på jorden"),),
    milestones=(("Én institution er prøvet", 0, 10, 1), ("Alle seks er færdige", 1, 11, 1)),
)
