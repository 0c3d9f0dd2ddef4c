"""Words and sentences of invented evaluations in three languages, with slots for figures, places and bodies."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Words:
    """What a paper in one language is made of."""

    code: str
    titles: tuple[str, ...]
    labels: dict[str, tuple[str, ...]]
    """Kind of statement -> ways of labelling it, {n} for its number."""
    says: dict[str, tuple[str, ...]]
    """Kind of statement -> sentences that state one."""
    more: tuple[str, ...]
    """Sentences that may follow any of them."""
    asks: tuple[str, ...]
    """Recommendations that begin with a verb."""
    opens: tuple[str, ...]
    """Sentences that open a list of what is asked for; parts follow."""
    parts: tuple[str, ...]
    """What is asked for, each with a verb first and no mark at the end."""
    answers: dict[str, tuple[str, ...]]
    """Verdict -> sentences that give it."""
    after: tuple[str, ...]
    """What an answer goes on with."""
    overall: tuple[str, ...]
    actions: tuple[str, ...]
    units: tuple[str, ...]
    printed: dict[str, tuple[str, ...]]
    """Field of a recommendation -> what stands in its column."""
    dues: tuple[str, ...]
    statuses: tuple[str, ...]
    deliverables: tuple[str, ...]
    money: tuple[str, ...]
    scale: tuple[str, ...]
    """Words of a six-point scale from the lowest."""
    criteria: dict[str, str]
    """Criterion -> its printed name."""
    notes: tuple[str, ...]
    decisions: tuple[str, ...]
    slots: dict[str, tuple[str, ...]] = field(default_factory=dict)


PLACES = ("Corvane", "Besmarn", "Hestin", "Port Alder", "the Outer Isles", "São Velmo", "Île-aux-Grues", "Ñandera")
SHORT = ("PORTS", "CREWS", "HRL", "GIY/INCL", "DSG/FO", "UNCTAD", "R&D")

EN = Words(
    code="en",
    titles=(
        "Independent evaluation of the harbour safety programme, {y0}–{y1s}",
        "Evaluation of the Organization’s work on seafarers’ skills in {place} ({y0}–{y1})",
        "Final evaluation of the Crew Card project, {y0}–{y1}",
        "Evaluation of small-scale fisheries support",
    ),
    labels={
        "finding": ("Key finding {n}", "Finding {n}", "Finding {n}"),
        "conclusion": ("Conclusion {n}",),
        "lesson": ("Lesson learned {n}", "Lesson {n}"),
        "good_practice": ("Good practice {n}",),
        "recommendation": ("Recommendation {n}",),
    },
    says={
        "finding": (
            "The programme responded to what the harbour authorities had asked for in {y0}, and {n} of the {m} plans were carried out.",
            "Training reached {big} port workers, {pct} per cent of them women, against a target of {big2}.",
            "Support came late: the average delay between request and delivery was {n} months (range 2–{m}).",
            "Inspectors use the checklist (form HS-7) every day, but the data that they enter are seldom looked at.",
            "Three of the five country offices had no plan for the time after the project; in {place} the radio service stopped in {y1}.",
            "Costs per trainee fell from US$1,240 to US$865, chiefly because courses moved to regional schools – a saving of {pct}%.",
            "Cooperation with UNCTAD and the World Maritime University (WMU) avoided overlap in curricula, not in missions.",
            "“Nobody told us that the boats were coming”, said one mayor; consultation was announced, not held.",
        ),
        "conclusion": (
            "The programme did the right things in the right places, yet did too many of them at once.",
            "Results at sea are visible and likely to last; results in law are neither.",
            "The Organization’s comparative advantage lies in standards, data and trust, and less in building.",
            "Without a budget line of their own, small islands will go on depending on what is left at the end of the year.",
        ),
        "lesson": (
            "A count agreed at the start costs little; one made up at the end convinces nobody.",
            "Equipment lasts where those who use it pay for its repair, even if they pay only 5 or 10 per cent.",
            "Joint missions save money only where one partner has the lead and the others keep to its calendar.",
        ),
        "good_practice": (
            "In {place} the inspector, the owner and a passenger sign the safety sheet together, and the sheet hangs in the cabin.",
            "The regional school lends its simulator to four countries in turn, with one calendar for all.",
        ),
    },
    more=(
        "Interviews with {n} skippers and a survey of {big} households (response rate: {pct} per cent) point the same way.",
        "This held in {place} as well as in the capital.",
        "The exception is {place}, where a ministry of its own, with its own staff (11 persons), took the lead.",
        "Expenditure came to US$4.2 million, or {pct} per cent of the amount approved by the Council in {y0}.",
        "Women’s associations were heard twice, in {y0} and {y1}; their proposals were taken up in part.",
        (
            "It remains open whether the same would have happened without the programme: no comparison group was set up, and the baseline "
            "of {y0} counted boats, not people; what changed is therefore known from interviews, visits to {m} landing sites and the "
            "records of the harbour masters, which were complete for {n} years only."
        ),
        "Two things stand in the way: staff change often (every 14 months on average), and files stay with those who leave.",
        "Of the 36 radios delivered, 29 were in use – most of them daily.",
    ),
    asks=(
        "Adopt one calendar for inspections, with dates that shipowners know at least {n} months ahead.",
        "Lay before the Council by {y2} a plan for financing the card after the trust fund has ended.",
        "Strengthen the collection of data on accidents (by sex, age and kind of vessel) and publish them every year.",
        "Merge the training of seafarers and of port workers in one branch, under one budget of about US$2.5 million.",
        "Review the agreements with regional schools and end those that have not been used for {n} years.",
    ),
    opens=("Adopt a single programme for the islands that should:", "Revise the handbook on inspections. The new edition should:"),
    parts=(
        "set aims for ferries, fishing and repair",
        "keep a small staff on the islands, on contracts of at least four years",
        "pool boats, fuel and radios of all projects from January {y2}",
        "publish accident data (by sex and age) every quarter",
        "train at least {n} inspectors a year",
    ),
    answers={
        "accepted": (
            "The Office accepts this recommendation.",
            "The Office agrees with the recommendation.",
            "Management agrees with this recommendation and will act on it.",
        ),
        "partially_accepted": (
            "The Office partially accepts the recommendation.",
            "The Office partly agrees with this recommendation.",
            "The recommendation is accepted in principle.",
        ),
        "rejected": ("The Office does not accept this recommendation.", "Management rejects the recommendation."),
        "noted": ("The Office takes note of the recommendation.",),
        "unclear": (
            "Work on the matter began in {y1} with a survey of landing sites.",
            "Boats of this kind are the business of member States.",
        ),
    },
    after=(
        "A first draft will be ready in March {y2}, and the unions and shipowners will see it before the Council does.",
        "The cost, about US$120,000 a year, will be met from the regular budget.",
        "CREWS has begun to collect the figures; {n} of {m} offices have sent theirs.",
        "The island offices will be asked for their views first, since two of them (Besmarn and Hestin) work under other rules.",
    ),
    overall=(
        "The Office thanks the evaluation team and all those who took part in interviews.",
        "The report comes at the right time: the strategy for {y2}–{y3} is being drafted.",
    ),
    actions=(
        "Draft a calendar of inspections and share it with shipowners",
        "Hold a workshop for harbour masters of {n} countries",
        "Revise the handbook (chapters 3 and 7)",
        "Recruit a data officer",
        "Sign new agreements with the regional schools",
    ),
    units=(
        "CREWS",
        "PORTS",
        "FINANCE",
        "country offices",
        "Human Resources and Learning Department (HRL)",
        "Partnerships and Donor Relations Unit (PARTNER)",
        "Deputy Secretary-General for Field Operations (DSG/FO)",
        "Ministry of Transport",
        "Evaluation Office",
        "GIY/INCL",
    ),
    printed={
        "priority": ("High", "Medium", "Low", "Medium to high", "Very high", "As resources permit"),
        "time": (
            "Short-term",
            "Medium-term",
            "Long-term",
            "Short- to medium-term",
            "Ongoing",
            "By end of {y2}",
            "{y1}–{y2s}",
            "Current biennium",
        ),
        "resources": ("Low", "Medium", "High", "Low to medium", "Within existing resources", "US$250,000", "To be determined"),
    },
    dues=("December {y2}", "31 March {y2}", "Q2 {y2}", "{y2}", "By the end of {y2}"),
    statuses=("Ongoing", "Completed", "Not started", "Planned"),
    deliverables=("Calendar published", "Workshop report", "Handbook, second edition", "{n} agreements signed"),
    money=("US$40,000", "Staff time", "Within existing resources", "2 work-months"),
    scale=(
        "Highly unsatisfactory",
        "Unsatisfactory",
        "Somewhat unsatisfactory",
        "Somewhat satisfactory",
        "Satisfactory",
        "Highly satisfactory",
    ),
    criteria={
        "relevance": "Relevance",
        "coherence": "Coherence",
        "effectiveness": "Effectiveness",
        "efficiency": "Efficiency",
        "impact": "Impact",
        "sustainability": "Sustainability",
    },
    notes=(
        "The full report and its annexes can be had from the Evaluation Office.",
        "Unit costs are in prices of {y1} and leave out salaries.",
        "MSO, Handbook on Evaluation in the Secretariat, third edition, {y0}, p. 41.",
        "The team held {m} interviews and read {n} documents.",
    ),
    decisions=(
        (
            "The Council requested the Secretary-General to take into consideration the recommendations of the evaluations presented in "
            "this document, together with its guidance."
        ),
        "The Council took note of the report and asked for an account of progress at its 60th Session.",
    ),
)

FR = Words(
    code="fr",
    titles=(
        "Évaluation indépendante du programme de sécurité portuaire, {y0}–{y1}",
        "Évaluation finale du projet « Carte d’équipage » ({y0}–{y1})",
        "Évaluation de l’appui à la pêche artisanale",
    ),
    labels={
        "finding": ("Constat {n}", "Principal constat {n}"),
        "conclusion": ("Conclusion {n}",),
        "lesson": ("Leçon apprise {n}", "Enseignement {n}"),
        "good_practice": ("Bonne pratique {n}",),
        "recommendation": ("Recommandation {n}",),
    },
    says={
        "finding": (
            "Le programme a répondu aux demandes exprimées en {y0} par les autorités portuaires : {n} des {m} plans ont été exécutés.",
            "La formation a touché {m}0 dockers, dont {pct} pour cent de femmes, pour une cible de {big2n}.",
            "L’appui est arrivé tard – le délai moyen entre la demande et la livraison était de {n} mois.",
            "Les inspecteurs remplissent chaque jour la fiche (formulaire HS-7), mais les données sont rarement relues.",
            "Le coût par stagiaire est passé de 1 240 à 865 euros, soit une économie de {pct} %.",
        ),
        "conclusion": (
            "Le programme a fait ce qu’il fallait là où il le fallait, mais il a voulu en faire trop à la fois.",
            "Les résultats en mer sont visibles et dureront ; ceux qui touchent à la loi ne sont ni l’un ni l’autre.",
        ),
        "lesson": (
            "Un comptage convenu dès le départ coûte peu ; celui que l’on fait à la fin ne convainc personne.",
            "Le matériel dure là où ceux qui s’en servent paient sa réparation, ne serait-ce qu’à hauteur de 5 pour cent.",
        ),
        "good_practice": (
            "À {place}, l’inspecteur, l’armateur et un passager signent ensemble la fiche de sécurité, qui reste affichée dans la cabine.",
        ),
    },
    more=(
        "Les entretiens avec {n} patrons de pêche et l’enquête auprès de {m}0 ménages (taux de réponse : {pct} %) vont dans le même sens.",
        "Il en va de même à {place} et dans la capitale.",
        "Les dépenses se sont élevées à 4,2 millions d’euros, soit {pct} pour cent du montant approuvé en {y0}.",
        "Deux obstacles demeurent : le personnel change souvent (tous les 14 mois en moyenne), et les dossiers partent avec lui.",
    ),
    asks=(
        "Adopter un calendrier unique des inspections, connu des armateurs au moins {n} mois à l’avance.",
        "Renforcer la collecte des données sur les accidents (par sexe, âge et type de navire) et les publier chaque année.",
        "Élaborer avant {y2} un plan de financement de la carte, d’un montant d’environ 2,5 millions d’euros.",
    ),
    opens=("Adopter pour les îles un programme unique, qui devrait :",),
    parts=(
        "fixer des objectifs pour les ferrys, la pêche et la réparation",
        "former au moins {n} inspecteurs par an",
        "publier chaque trimestre les données sur les accidents",
        "mettre en commun les bateaux et les radios dès janvier {y2}",
    ),
    answers={
        "accepted": ("Le Bureau accepte cette recommandation.", "La recommandation est acceptée."),
        "partially_accepted": ("Le Bureau accepte partiellement la recommandation.", "La recommandation est partiellement acceptée."),
        "rejected": ("La recommandation n’est pas acceptée.", "La recommandation est rejetée."),
        "noted": ("Le Bureau prend note de la recommandation.",),
        "unclear": ("Les travaux ont commencé en {y1} par une enquête sur les points de débarquement.",),
    },
    after=(
        "Un premier projet sera prêt en mars {y2}, et les syndicats le verront avant le Conseil.",
        "Le coût, environ 120 000 euros par an, sera imputé au budget ordinaire.",
    ),
    overall=("Le Bureau remercie l’équipe d’évaluation et toutes les personnes interrogées.",),
    actions=(
        "Rédiger un calendrier des inspections et le communiquer aux armateurs",
        "Tenir un atelier pour les capitaines de port de {n} pays",
        "Réviser le manuel (chapitres 3 et 7)",
    ),
    units=(
        "CREWS",
        "FINANCE",
        "bureaux de pays",
        "Département des ressources humaines (HRL)",
        "Ministère des Transports",
        "Bureau de l’évaluation",
    ),
    printed={
        "priority": ("Élevée", "Moyenne", "Faible", "Haute"),
        "time": ("Court terme", "Moyen terme", "Long terme", "D’ici à fin {y2}"),
        "resources": ("Faibles", "Moyennes", "Élevées", "250 000 euros"),
    },
    dues=("Décembre {y2}", "31 mars {y2}", "Fin {y2}"),
    statuses=("En cours", "Achevée", "Prévue"),
    deliverables=("Calendrier publié", "Rapport de l’atelier"),
    money=("40 000 euros", "Temps du personnel"),
    scale=(
        "Très insatisfaisant",
        "Insatisfaisant",
        "Moyennement insatisfaisant",
        "Moyennement satisfaisant",
        "Satisfaisant",
        "Très satisfaisant",
    ),
    criteria={
        "relevance": "Pertinence",
        "coherence": "Cohérence",
        "effectiveness": "Efficacité",
        "efficiency": "Efficience",
        "impact": "Impact",
        "sustainability": "Durabilité",
    },
    notes=(
        "Le rapport complet et ses annexes sont disponibles auprès du Bureau de l’évaluation.",
        "Les coûts unitaires sont aux prix de {y1}.",
    ),
    decisions=(
        (
            "Le Conseil prie le Secrétaire général de prendre en considération les recommandations des évaluations présentées dans le "
            "présent document."
        ),
    ),
)

ES = Words(
    code="es",
    titles=(
        "Evaluación independiente del programa de seguridad portuaria, {y0}–{y1}",
        "Evaluación final del proyecto «Libreta de mar» ({y0}–{y1})",
        "Evaluación del apoyo a la pesca artesanal",
    ),
    labels={
        "finding": ("Hallazgo {n}", "Constatación {n}"),
        "conclusion": ("Conclusión {n}",),
        "lesson": ("Lección aprendida {n}", "Lección {n}"),
        "good_practice": ("Buena práctica {n}",),
        "recommendation": ("Recomendación {n}",),
    },
    says={
        "finding": (
            "El programa respondió a lo que las autoridades portuarias habían pedido en {y0}: se ejecutaron {n} de los {m} planes.",
            "La formación llegó a {m}0 estibadores, el {pct} por ciento mujeres, frente a una meta de {big2n}.",
            "El apoyo llegó tarde: la demora media entre la solicitud y la entrega fue de {n} meses.",
            "Los inspectores rellenan la ficha (formulario HS-7) a diario, pero los datos rara vez se consultan.",
            "El costo por participante bajó de 1.240 a 865 euros, un ahorro del {pct} %.",
        ),
        "conclusion": (
            "El programa hizo lo debido donde era debido, pero quiso hacer demasiado a la vez.",
            "Los resultados en el mar son visibles y durarán; los resultados en la ley, ni lo uno ni lo otro.",
        ),
        "lesson": (
            "Un recuento acordado al principio cuesta poco; el que se hace al final no convence a nadie.",
            "El equipo dura allí donde quienes lo usan pagan su reparación, aunque solo sea el 5 por ciento.",
        ),
        "good_practice": (
            "En {place}, el inspector, el armador y un pasajero firman juntos la ficha de seguridad, que queda expuesta en la cabina.",
        ),
    },
    more=(
        "Las entrevistas con {n} patrones y la encuesta a {m}0 hogares (tasa de respuesta: {pct} %) apuntan en la misma dirección.",
        "Lo mismo ocurre en {place} y en la capital.",
        "El gasto ascendió a 4,2 millones de euros, es decir, el {pct} por ciento de lo aprobado en {y0}.",
        "Quedan dos obstáculos: el personal cambia a menudo (cada 14 meses), y los expedientes se van con él.",
    ),
    asks=(
        "Adoptar un calendario único de inspecciones, conocido por los armadores con {n} meses de antelación.",
        "Fortalecer la recopilación de datos sobre accidentes (por sexo, edad y tipo de buque) y publicarlos cada año.",
        "Elaborar antes de {y2} un plan de financiación de la libreta, por unos 2,5 millones de euros.",
    ),
    opens=("Adoptar para las islas un programa único, que debería:",),
    parts=(
        "fijar metas para los transbordadores, la pesca y la reparación",
        "formar al menos a {n} inspectores al año",
        "publicar cada trimestre los datos sobre accidentes",
        "establecer un fondo común de barcos y radios desde enero de {y2}",
    ),
    answers={
        "accepted": ("La Oficina acepta esta recomendación.", "La recomendación ha sido aceptada."),
        "partially_accepted": ("La Oficina acepta parcialmente la recomendación.",),
        "rejected": ("La Oficina rechaza esta recomendación.", "La recomendación no es aceptada."),
        "noted": ("La Oficina toma nota de la recomendación.",),
        "unclear": ("Los trabajos empezaron en {y1} con una encuesta en los puntos de desembarque.",),
    },
    after=(
        "Un primer proyecto estará listo en marzo de {y2}, y los sindicatos lo verán antes que el Consejo.",
        "El costo, unos 120.000 euros al año, se financiará con el presupuesto ordinario.",
    ),
    overall=("La Oficina agradece al equipo de evaluación y a todas las personas entrevistadas.",),
    actions=(
        "Redactar un calendario de inspecciones y comunicarlo a los armadores",
        "Celebrar un taller para capitanes de puerto de {n} países",
        "Revisar el manual (capítulos 3 y 7)",
    ),
    units=(
        "CREWS",
        "FINANCE",
        "oficinas de país",
        "Departamento de Recursos Humanos (HRL)",
        "Ministerio de Transporte",
        "Oficina de Evaluación",
    ),
    printed={
        "priority": ("Alta", "Media", "Baja"),
        "time": ("Corto plazo", "Mediano plazo", "Largo plazo", "Antes de fines de {y2}"),
        "resources": ("Bajos", "Medios", "Altos", "250.000 euros"),
    },
    dues=("Diciembre de {y2}", "31 de marzo de {y2}", "Fines de {y2}"),
    statuses=("En curso", "Finalizada", "Prevista"),
    deliverables=("Calendario publicado", "Informe del taller"),
    money=("40.000 euros", "Tiempo del personal"),
    scale=(
        "Muy insatisfactorio",
        "Insatisfactorio",
        "Moderadamente insatisfactorio",
        "Moderadamente satisfactorio",
        "Satisfactorio",
        "Muy satisfactorio",
    ),
    criteria={
        "relevance": "Pertinencia",
        "coherence": "Coherencia",
        "effectiveness": "Eficacia",
        "efficiency": "Eficiencia",
        "impact": "Impacto",
        "sustainability": "Sostenibilidad",
    },
    notes=(
        "El informe completo y sus anexos pueden solicitarse a la Oficina de Evaluación.",
        "Los costos unitarios son a precios de {y1}.",
    ),
    decisions=(
        "El Consejo pide al Secretario General que tenga en cuenta las recomendaciones de las evaluaciones presentadas en este documento.",
    ),
)

LANGUAGES = (EN, FR, ES)
