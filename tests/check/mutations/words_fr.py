"""The words of clean reports in French."""

from __future__ import annotations

LABELS = {
    "finding": "Constat",
    "conclusion": "Conclusion",
    "lesson": "Enseignement",
    "practice": "Bonne pratique",
    "recommendation": "Recommandation",
    "table": "Tableau",
    "annex": "Annexe",
    "unit": "Unité responsable",
    "priority": "Priorité",
    "time": "Délai",
    "resources": "Ressources",
    "action": "Action",
    "owner": "Responsable",
    "due": "Échéance",
    "status": "État",
    "criterion": "Critère",
    "rating": "Note",
    "value": "Valeur",
    "why": "Justification",
    "acronym": "Sigle",
    "meaning": "Signification",
}
SCALE = ("Très insatisfaisant", "Insatisfaisant", "Plutôt insatisfaisant", "Plutôt satisfaisant", "Satisfaisant", "Très satisfaisant")
PROGRAMMES = (
    {
        "name": "Programme d’appui à l’irrigation rurale",
        "de": "du Programme d’appui à l’irrigation rurale",
        "short": "PAIR",
        "organisation": "Agence pour l’agriculture",
        "org": "APA",
        "country": "Togo",
        "en": "au Togo",
        "districts": ("Kara", "Sokodé", "Dapaong", "Atakpamé"),
        "people": "petits exploitants",
        "thing": "périmètres irrigués",
        "act": "réparés",
        "skill": "gestion de l’eau",
        "ministry": "Ministère de l’agriculture",
        "units": (("HYDRO", "Département de l’eau"), ("TERRAIN", "Division des opérations"), ("ACHATS", "Service des achats")),
    },
    {
        "name": "Projet de santé communautaire",
        "de": "du Projet de santé communautaire",
        "short": "PSC",
        "organisation": "Fonds des dispensaires",
        "org": "FDD",
        "country": "Bénin",
        "en": "au Bénin",
        "districts": ("Parakou", "Natitingou", "Lokossa", "Abomey"),
        "people": "agents de santé",
        "thing": "dispensaires",
        "act": "équipés",
        "skill": "soins du nouveau-né",
        "ministry": "Ministère de la santé",
        "units": (("SOINS", "Département des soins"), ("STOCKS", "Division des stocks"), ("DONNEES", "Service des statistiques")),
    },
    {
        "name": "Initiative pour l’école secondaire",
        "de": "de l’Initiative pour l’école secondaire",
        "short": "IES",
        "organisation": "Fondation pour l’éducation",
        "org": "FPE",
        "country": "Sénégal",
        "en": "au Sénégal",
        "districts": ("Kolda", "Matam", "Kaffrine", "Fatick"),
        "people": "enseignants",
        "thing": "salles de classe",
        "act": "meublées",
        "skill": "pédagogie de soutien",
        "ministry": "Ministère de l’éducation",
        "units": (("ENSEIGN", "Division de la formation"), ("ECOLES", "Service des bâtiments"), ("DOTATION", "Bureau des dotations")),
    },
    {
        "name": "Projet d’accès à la justice",
        "de": "du Projet d’accès à la justice",
        "short": "PAJ",
        "organisation": "Institut du droit",
        "org": "IDD",
        "country": "Burundi",
        "en": "au Burundi",
        "districts": ("Gitega", "Ngozi", "Muyinga", "Rutana"),
        "people": "parajuristes",
        "thing": "bureaux d’aide juridique",
        "act": "ouverts",
        "skill": "médiation",
        "ministry": "Ministère de la justice",
        "units": (("JUSTICE", "Division de la justice"), ("CONTACT", "Service des relations"), ("ARCHIVES", "Service des archives")),
    },
)
TITLES = ("Évaluation indépendante {de} {en}, {y0}–{y1}", "Évaluation finale {de} {en} ({y0}–{y1})")
NAMES = ("Aline Kaboré", "Marc Delorme", "Fatou Ndiaye", "Luc Perrin", "Claire Adjovi", "Yves Mbarga")
FRONT = (
    ("Évaluateurs : {a} et {b}, évaluateurs indépendants", "Équipe d’évaluation : {a} et {b}"),
    ("Commanditaire : Bureau de l’évaluation ({org})", "Évaluation commanditée par le Bureau de l’évaluation ({org})"),
    ("Date : {day} {month} {paper}", "Date du rapport : {month} {paper}"),
)
CRITERIA = ("Pertinence", "Cohérence", "Efficacité", "Efficience", "Impact", "Durabilité")
QUESTIONS = (
    "Dans quelle mesure le programme a-t-il répondu aux besoins des femmes et des hommes ?",
    "Le programme s’accordait-il avec le travail des autres partenaires ?",
    "Quels résultats prévus ont été atteints, et pour qui ?",
    "L’argent, le personnel et le temps ont-ils été bien employés ?",
    "Quels changements plus larges, voulus ou imprévus, le programme a-t-il entraînés ?",
    "Quels bienfaits dureront probablement après le programme ?",
)
FINDINGS = (
    (
        "La conception du programme correspondait aux priorités que le {ministry} avait fixées dans son plan.",
        (
            "L’examen de {documents} documents montre que les quatre priorités du plan ont été reprises. "
            "Les entretiens avec {n_officials} fonctionnaires le confirment. Ceci répond à la question 1."
        ),
    ),
    (
        (
            "Le travail avec les autres partenaires a été planifié ensemble, et aucun double emploi n’a été "
            "constaté dans les quatre districts."
        ),
        (
            "Les plans de travail communs nomment chaque partenaire et sa tâche. Les entretiens avec "
            "{n_partners} partenaires vont dans le même sens, ce qui répond à la question 2."
        ),
    ),
    (
        "Le résultat visé en matière de formation a été atteint : {trained} personnes ont été formées pour une cible de {target}.",
        (
            "Le tableau 1 donne les nombres par district, et les registres de formation les confirment. "
            "Parmi les personnes formées, {trained_women} étaient des femmes et {trained_men} des hommes. "
            "Les groupes de discussion confirment le résultat, ce qui répond à la question 3. Un groupe "
            "n’était pas du même avis et jugeait le cours trop court."
        ),
    ),
    (
        "Les fonds ont été dépensés comme prévu, mais les achats ont pris {delay} semaines de plus que prévu.",
        (
            "Les rapports financiers font état de dépenses de {budget} millions de dollars É.-U. Les "
            "dossiers d’achat et les entretiens avec le personnel expliquent le retard, ce qui répond à la "
            "question 4."
        ),
    ),
    (
        "Le revenu des ménages est passé d’un indice de {before} à {after} là où les {thing} ont été {act}.",
        (
            "L’enquête auprès des ménages et les statistiques des districts montrent la même hausse. Un "
            "effet imprévu a été observé : les loyers ont augmenté. Ceci répond à la question 5."
        ),
    ),
    (
        (
            "Les bienfaits dureront probablement là où des comités locaux perçoivent des redevances : "
            "{kept} des {seen} comités, soit {kept_share} pour cent, le font."
        ),
        (
            "Les livres de comptes des comités ont été lus lors des visites, et les entretiens avec leurs "
            "trésoriers les confirment. Ceci répond à la question 6."
        ),
    ),
)
CONCLUSIONS = (
    ("Le programme est venu au bon moment, puisqu’il partait de ce que la population et le ministère avaient demandé. (Constats 1 et 2)"),
    ("La formation en {skill} est ce qui a le mieux réussi, pour les femmes comme pour les hommes. (Constats 3 et 5)"),
    ("La lenteur des achats a freiné des travaux pourtant bien préparés. (Constat 4)"),
    ("Les acquis restent en danger tant que l’entretien dépend de la bonne volonté. (Constat 6)"),
)
LESSONS = (
    (
        "Là où les usagers versent une petite redevance à un comité qu’ils élisent eux-mêmes, le "
        "matériel est mieux entretenu ; dans les quatre districts, cela valait pour les villages "
        "pauvres comme pour les plus riches, et d’autres programmes peuvent s’attendre au même effet. "
        "(Constat 6)"
    ),
    (
        "Quand l’approbation se fait loin du terrain, une délégation écrite raccourcit les achats plus "
        "qu’un nouveau logiciel ; l’expérience {en} montre que le plafond doit être écrit. (Constat 4)"
    ),
)
RECOMMENDATIONS = (
    (
        "Le {unit} devrait publier un plan d’entretien de tous les {thing} avec le {ministry}.",
        "D’ici à {month} {due}, le plan couvrira au moins {planned} sites et une ligne budgétaire pour les comités de femmes et d’hommes.",
        "Cette recommandation découle de la conclusion 4 et du constat 6.",
        "Élevée",
        "Moyen terme",
        "Moyennes",
    ),
    (
        "Le {unit} devrait déléguer au bureau de pays l’approbation des achats de moins de 20 000 dollars É.-U.",
        "D’ici à {month} {due}, la durée moyenne d’un achat tombera à 8 semaines.",
        "Cette recommandation découle de la conclusion 3 et du constat 4.",
        "Élevée",
        "Court terme",
        "Faibles",
    ),
    (
        "Le {unit} devrait étendre la formation en {skill} à deux autres districts.",
        "D’ici à {month} {due}, au moins 300 personnes, dont la moitié de femmes, auront achevé le cours.",
        "Cette recommandation découle de la conclusion 2 et du constat 3.",
        "Moyenne",
        "Long terme",
        "Élevées",
    ),
    (
        "Le {unit} devrait enregistrer les résultats par sexe, âge et handicap dans un seul registre.",
        "D’ici à {month} {due}, les quatre districts enverront des données complètes chaque trimestre.",
        "Cette recommandation découle de la conclusion 1 et du constat 1.",
        "Moyenne",
        "Court terme",
        "Faibles",
    ),
)
RESPONSES = (
    (
        "accepted",
        "Le Bureau accepte la recommandation. Le {unit} rédigera le texte avec le personnel des districts et le soumettra au {ministry}.",
    ),
    ("accepted", "La recommandation est acceptée. Un groupe de travail sera formé et rendra compte au {unit} tous les deux mois."),
    (
        "partially",
        (
            "La recommandation est partiellement acceptée. La première étape peut être engagée tout de "
            "suite ; la seconde ne le peut pas, car l’accord de siège laisse la décision au {ministry}."
        ),
    ),
    (
        "rejected",
        (
            "Le Bureau n’accepte pas la recommandation. La raison en est que les statuts réservent cette "
            "décision au Conseil. À la place, le {unit} enverra au Conseil une note annuelle."
        ),
    ),
)
ACTIONS = (
    "Rédiger le document et le faire circuler",
    "Tenir un atelier avec le personnel des districts",
    "Soumettre le texte final pour approbation",
)
TEXT = {
    "summary": (
        (
            "Le présent rapport évalue le programme {name} ({short}), que l’{organisation} ({org}) a mené "
            "{en} de {y0} à {y1} avec le {ministry}."
        ),
        (
            "L’objet de l’évaluation était de rendre compte des résultats et d’aider l’{org} à décider "
            "d’une deuxième phase. Ses utilisateurs sont le Conseil, le {ministry} et les partenaires des "
            "districts."
        ),
        (
            "Méthode : l’équipe a examiné {documents} documents, mené {interviews} entretiens ({women} avec "
            "des femmes et {men} avec des hommes) et une enquête à laquelle {answers} personnes sur {sent} "
            "ont répondu."
        ),
        (
            "Principaux constats : le programme était pertinent. Il a formé {trained} personnes, dont "
            "{trained_women} femmes. Les achats ont pris {delay} semaines de plus que prévu. Les bienfaits "
            "dureront probablement là où des comités perçoivent des redevances."
        ),
        (
            "Conclusions : le programme est venu au bon moment ; la formation a le mieux réussi ; les "
            "achats ont freiné les travaux ; l’entretien n’est pas assuré."
        ),
        "Le rapport formule quatre recommandations :",
    ),
    "background": (
        (
            "En {y0}, le gouvernement a fait des {thing} une priorité. Les {people} de quatre districts "
            "devaient en profiter d’abord.[^1] Le {short} est né de ce plan."
        ),
        (
            "Le {short} s’adressait aux {people}, femmes et hommes, avec une attention aux personnes "
            "handicapées et aux familles vulnérables des villages éloignés. Il respecte les droits humains. "
            "Ses partenaires étaient le {ministry} et les bureaux de district."
        ),
    ),
    "background.logic": (
        (
            "Selon la théorie du changement, la formation en {skill} et les {thing} {act} augmentent "
            "ensemble le revenu des ménages, pourvu que les comités paient l’entretien. Le cadre de "
            "résultats figure à l’annexe 6 (tableau 5)."
        ),
    ),
    "method": (
        (
            "L’objet de l’évaluation était de rendre compte des résultats et de préparer une deuxième "
            "phase. Elle couvre toutes les activités du programme {en} de {y0} à {y1}. Son champ comprend "
            "l’égalité des sexes, l’inclusion des personnes handicapées et les droits humains."
        ),
    ),
    "method.criteria": (
        (
            "L’évaluation a utilisé six critères : pertinence, cohérence, efficacité, efficience, impact et "
            "durabilité. La matrice d’évaluation (annexe 5, tableau 4) relie chaque question à des "
            "indicateurs et à des sources."
        ),
    ),
    "method.scale": ("La performance a été notée sur une échelle à six niveaux : {legend}.",),
    "method.data": (
        "L’équipe a examiné {documents} documents, dont la liste figure à l’annexe 3, ainsi que les données de suivi du programme.",
        (
            "Au total, {interviews} entretiens ont été menés, {women} avec des femmes et {men} avec des "
            "hommes ; l’annexe 2 (tableau 3) présente les personnes rencontrées par groupe. L’équipe a "
            "aussi réuni {groups} groupes de discussion."
        ),
        (
            "Une enquête a été envoyée à {sent} personnes ; {answers} y ont répondu, soit un taux de "
            "réponse de {rate} pour cent. Le questionnaire figure à l’annexe 4."
        ),
        (
            "Les districts et les villages ont été choisis par échantillonnage raisonné. Les personnes "
            "interrogées par l’enquête ont été tirées au sort dans les registres."
        ),
        (
            "Toutes les données ont été ventilées par sexe, âge et handicap, et les questions portaient "
            "aussi sur les rôles des femmes et des hommes."
        ),
    ),
    "method.analysis": (
        (
            "Les données tirées des documents, des entretiens, de l’enquête et des visites ont été "
            "triangulées : un constat n’a été retenu que si deux types de sources concordaient."
        ),
    ),
    "method.ethics": (
        (
            "L’équipe a suivi des règles d’éthique. La participation était volontaire, le consentement "
            "éclairé a été obtenu et les noms restent confidentiels."
        ),
        (
            "Les parties prenantes ont été consultées sur les questions au début, et un projet de rapport a "
            "été examiné avec elles lors d’un atelier de validation."
        ),
    ),
    "method.limits": (
        (
            "- Deux villages n’ont pas pu être visités à cause des inondations. Pour y remédier, les "
            "entretiens ont été menés par téléphone.\n- Les données de référence étaient incomplètes. "
            "L’équipe a atténué ce problème en utilisant l’enquête de l’office statistique."
        ),
    ),
    "findings": ("Les constats sont présentés par critère.",),
    "ratings": ("Le tableau 2 donne la note de chaque critère et sa raison ; la note globale est celle du milieu.",),
    "recommendations": ("L’évaluation formule quatre recommandations. Elles ont été examinées avec les unités concernées.",),
    "response": (
        (
            "Le Bureau remercie l’équipe. Il accepte deux des quatre recommandations pleinement et une "
            "partiellement, et il n’en accepte pas une."
        ),
    ),
}
HEADINGS = {
    "contents": "Table des matières",
    "acronyms": "Sigles et abréviations",
    "data_sheet": "Fiche du projet",
    "summary": "Résumé exécutif",
    "background": "Contexte",
    "background.logic": "Théorie du changement",
    "method": "Objet, champ et méthodologie",
    "method.criteria": "Critères et questions d’évaluation",
    "method.data": "Collecte des données",
    "method.analysis": "Analyse et triangulation",
    "method.ethics": "Éthique et consultation",
    "method.limits": "Limites",
    "findings": "Constats",
    "ratings": "Notation par critère",
    "conclusions": "Conclusions",
    "lessons": "Enseignements tirés",
    "recommendations": "Recommandations",
    "response": "Réponse de la direction",
}
ANNEXES = (
    ("tor", "Annexe 1. Termes de référence"),
    ("people", "Annexe 2. Personnes rencontrées"),
    ("documents", "Annexe 3. Documents consultés"),
    ("tools", "Annexe 4. Instruments de collecte des données"),
    ("matrix", "Annexe 5. Matrice d’évaluation"),
    ("results", "Annexe 6. Cadre de résultats"),
)
