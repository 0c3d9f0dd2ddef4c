"""The words of clean papers in English: for each thing that a paper says several ways of saying it."""

from __future__ import annotations

LABELS = {
    "finding": "Finding",
    "conclusion": "Conclusion",
    "lesson": "Lesson",
    "practice": "Good practice",
    "recommendation": "Recommendation",
    "table": "Table",
    "annex": "Annex",
    "unit": "Responsible unit",
    "priority": "Priority",
    "time": "Time implication",
    "resources": "Resource implication",
    "action": "Action",
    "owner": "Responsible",
    "due": "Due date",
    "status": "Status",
    "criterion": "Criterion",
    "rating": "Rating",
    "value": "Value",
    "why": "Justification",
    "acronym": "Acronym",
    "meaning": "Meaning",
}
SCALES = (
    ("Highly unsatisfactory", "Unsatisfactory", "Somewhat unsatisfactory", "Somewhat satisfactory", "Satisfactory", "Highly satisfactory"),
    (
        "Highly unsatisfactory",
        "Unsatisfactory",
        "Moderately unsatisfactory",
        "Moderately satisfactory",
        "Satisfactory",
        "Highly satisfactory",
    ),
)
CRITERIA = ("Relevance", "Coherence", "Effectiveness", "Efficiency", "Impact", "Sustainability")
QUESTIONS = {
    "Relevance": "How far did the programme answer the needs of women and men among {people}?",
    "Coherence": "How well did the programme fit with the work of other partners?",
    "Effectiveness": "Which of the planned outcomes were reached, and for whom?",
    "Efficiency": "Were money, staff and time used well?",
    "Impact": "Which wider changes, intended or unintended, did the programme bring about?",
    "Sustainability": "Which benefits are likely to last after the programme?",
}
# A finding and the paragraphs of evidence under it; each list holds variants, of which a paper takes two at most.
FINDINGS = {
    "Relevance": (
        (
            "The design of the programme matched the priorities that the {ministry} set out in its sector plan.",
            (
                "A review of {documents} documents shows that all four priorities of the sector plan were taken up. "
                "Interviews with {n_officials} officials of the ministry confirmed this, and the answer to "
                "question {q} is that the needs were met."
            ),
        ),
        (
            "Women among {people} had asked for training in {skill} before the design began, and the programme gave it.",
            (
                "The needs study of {y0}, a document of the {org}, records the request. In the survey, "
                "{user_share} per cent of those who answered said that the training fitted their work."
            ),
        ),
    ),
    "Coherence": (
        (
            "Work with other partners was planned together, and no overlap was found in the four districts.",
            (
                "The joint work plans in the files name each partner and its task. Interviews with {n_partners} "
                "partners agreed with the plans, which answers question {q}."
            ),
        ),
        (
            "The programme shared its data on {thing} with two other agencies every quarter.",
            (
                "Twelve quarterly data sheets are on file. In interviews, both agencies described how they had "
                "used them in their own planning."
            ),
        ),
    ),
    "Effectiveness": (
        (
            "The outcome on skills was reached: the programme trained {trained:,} people against a target of {target:,}.",
            (
                "Table 1 shows the numbers by district, and the training registers bear them out. Of the people "
                "trained, {trained_women:,} were women and {trained_men:,} were men. "
                "Focus groups with {people} confirmed the result, which answers question {q}. One group "
                "disagreed and held that the course was too short."
            ),
        ),
        (
            "The programme {act} {built} of the {planned} planned {thing}, or {built_share} per cent.",
            (
                "Monitoring reports give the count for each district, and the site visits of the evaluation "
                "team found the same. The rest had been put off because land titles were not settled."
            ),
        ),
    ),
    "Efficiency": (
        (
            "Funds were spent as planned, but procurement took {delay} weeks longer than foreseen.",
            (
                "Financial reports show spending of US${budget} million. Procurement files and interviews with "
                "staff explain the delay by a single approval step, which answers question {q}."
            ),
        ),
        (
            "The cost of training fell to US${cost} for each person.",
            (
                "The figure comes from the accounts of {y1}. Interviews with the finance officers trace the "
                "saving to local trainers, whose fees were lower."
            ),
        ),
    ),
    "Impact": (
        (
            "Household income rose from an index of {before} to {after} where {thing} were {act}.",
            (
                "The household survey and the statistics of the district offices show the same rise. One "
                "unintended effect was seen: rents near the {thing} went up. This answers question {q}."
            ),
        ),
        (
            "Women took more decisions on money in the households that the evaluation followed.",
            (
                "Diaries kept by women’s groups record the change, and case study notes describe how it came "
                "about. Dissenting voices were heard in one group, where men saw no change."
            ),
        ),
    ),
    "Sustainability": (
        (
            (
                "The benefits are likely to last where local committees collect fees: {kept} of {seen} "
                "committees, or {kept_share} per cent, did so."
            ),
            (
                "Account books of the committees were read during the site visits, and interviews with their "
                "treasurers support them. This answers question {q}."
            ),
        ),
        (
            "Upkeep of {thing} has no place in the budget of the {ministry} and is at risk.",
            (
                "Neither the budget law of {y1} nor the ministry’s plan names the item. Interviews with "
                "district engineers point to the same gap."
            ),
        ),
    ),
}
CONCLUSIONS = (
    (
        "The programme was the right one for its time and place, since it started from what people and the ministry had asked for.",
        ("Relevance", "Coherence"),
    ),
    ("Training in {skill} is the part that worked best, and it worked for women as well as for men.", ("Effectiveness", "Impact")),
    ("Slow purchasing held back works that were otherwise well prepared.", ("Efficiency",)),
    ("What has been gained stays in danger as long as upkeep depends on goodwill.", ("Sustainability",)),
)
LESSONS = (
    (
        (
            "Where users pay a small fee to a committee that they elect themselves, equipment is kept in "
            "order longer; in the four districts this held for poor and richer villages alike, "
            "and other programmes with shared equipment can expect the same if fees are agreed before the works begin."
        ),
        "Sustainability",
    ),
    (
        (
            "In settings where approval lies far from the field, one clerk with a delegated limit shortens "
            "purchasing more than new software does; the experience of {country} shows that the limit has "
            "to be written down."
        ),
        "Efficiency",
    ),
)
PRACTICES = (
    (
        "Diaries kept by groups of women gave the monitoring team a record of change at little cost, "
        "and two districts have taken up the method."
    ),
)
# Text, measure, subject of the conclusion (index), priority, time, resources.
RECOMMENDATIONS = (
    (
        "The {unit} should publish a maintenance plan for all {thing} together with the {ministry}.",
        (
            "By {month} {due}, the plan is to cover at least {planned} {thing} and to name a budget line "
            "for women’s and men’s committees alike."
        ),
        3,
        "High",
        "Medium-term",
        "Medium",
    ),
    (
        "The {unit} should delegate approval of purchases below US$20,000 to the country office.",
        "By {month} {due}, the average time of a purchase is to fall to 8 weeks.",
        2,
        "High",
        "Short-term",
        "Low",
    ),
    (
        "The {unit} should extend the training in {skill} to two further districts.",
        "By {month} {due}, at least 300 people, half of them women, are to have completed the course.",
        1,
        "Medium",
        "Long-term",
        "High",
    ),
    (
        "The {unit} should record results by sex, age and disability in one register for every district.",
        "By {month} {due}, all four districts are to send complete data each quarter.",
        0,
        "Medium",
        "Short-term",
        "Low",
    ),
    (
        "The {unit} should sign a data agreement with the two agencies that work on {thing}.",
        "By {month} {due}, both agreements are to be in force.",
        0,
        "Low",
        "Medium-term",
        "Low",
    ),
)
BASIS = ("This rests on conclusion {c} and {f}.", "It follows from conclusion {c} ({f}).", "Based on conclusion {c} and {f}.")
RESPONSES = {
    "accepted": (
        ("The Office accepts the recommendation.", "The {unit} will draw up the text with district staff and submit it to the {ministry}."),
        (
            "The recommendation is accepted.",
            "Work will start with a review of the present practice, led by the {unit}, and the result will be put into the manual.",
        ),
        ("Management agrees with the recommendation.", "A working group will be formed and will report to the {unit} every two months."),
    ),
    "partially": (
        (
            "The Office partially accepts the recommendation.",
            "The first step can be taken at once; the second cannot, because the host agreement leaves the decision to the {ministry}.",
        ),
    ),
    "rejected": (
        (
            "The Office does not accept the recommendation.",
            (
                "The reason is that the statutes reserve such decisions for the Board. As an alternative, the "
                "{unit} will send the Board a yearly note on the matter."
            ),
        ),
    ),
}
ACTIONS = (
    "Draft the document and circulate it for comments",
    "Hold a workshop with district staff",
    "Submit the final text for approval",
    "Issue a circular to the country offices",
    "Train the focal points in the four districts",
    "Report the first figures to the Board",
)
FRONT = {
    "by": ("Conducted by: {a} and {b}, independent evaluators", "Evaluators: {a} (team leader) and {b}", "Evaluation team: {a}, {b}"),
    "for": ("Commissioned by: Evaluation Office of the {organisation}", "Commissioned by the Evaluation Office of the {organisation}"),
    "date": ("Date: {day} {month} {paper}", "{day} {month} {paper}", "Date of the report: {month} {paper}"),
}
NAMES = (
    "Amina Sorel",
    "Peter Krall",
    "Lucía Benítez",
    "Tomas Ahlberg",
    "Grace Mwangi",
    "Hiro Tanabe",
    "Nadia Farouk",
    "Sean Doyle",
    "Ingrid Voss",
    "Paolo Ricci",
)
HEADINGS = {
    "contents": ("Contents", "Table of contents"),
    "acronyms": ("Acronyms", "Acronyms and abbreviations", "List of acronyms"),
    "data_sheet": ("Project data sheet", "Programme data", "Key data of the programme"),
    "summary": ("Executive summary", "Summary"),
    "background": ("Background", "Background and context"),
    "background.logic": ("Theory of change", "Theory of change and expected results"),
    "method": ("Purpose, scope and method", "Evaluation purpose and methodology", "Methodology"),
    "method.criteria": ("Evaluation criteria and questions",),
    "method.data": ("Data collection", "Sources and data collection"),
    "method.analysis": ("Analysis and triangulation",),
    "method.ethics": ("Ethics and consultation",),
    "method.limits": ("Limitations", "Limitations and how they were met"),
    "findings": ("Findings", "Main findings"),
    "ratings": ("Ratings", "Ratings by criterion"),
    "conclusions": ("Conclusions",),
    "lessons": ("Lessons learned",),
    "practices": ("Good practices",),
    "recommendations": ("Recommendations",),
    "response": ("Management response",),
}
ANNEXES = (
    (
        "tor",
        "Terms of reference",
        (
            "The terms of reference asked for an independent evaluation of the {name} and set the six "
            "criteria, the budget of the team and the dates of delivery."
        ),
    ),
    ("people", "People met", None),
    (
        "documents",
        "Documents reviewed",
        (
            "{organisation}, Design document of the {name}, {y0}.\n\n{ministry}, Sector plan, "
            "{y0}.\n\n{organisation}, Accounts of the {name}, {y1}."
        ),
    ),
    (
        "tools",
        "Data collection instruments",
        "The interview guide has nine questions, and the questionnaire of the survey has fourteen. Both were tested in {d0} before use.",
    ),
    ("matrix", "Evaluation matrix", None),
    ("results", "Results framework", None),
)
