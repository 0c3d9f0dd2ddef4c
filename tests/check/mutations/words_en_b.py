"""A second set of findings and what rests on them, so that two parts of one paper do not say the same."""

from __future__ import annotations

FINDINGS = {
    "Relevance": (
        (
            "Goals of the {short} were drawn from district plans, and they stayed valid through two changes of government.",
            (
                "Copies of the four district plans are on file, and each goal has its source there. In group "
                "talks, mothers and fathers named the same needs; question {q} can be answered with yes."
            ),
        ),
        (
            "Persons with disabilities were counted at the start, and entrances to {thing} were built without steps.",
            (
                "Drawings and photographs show ramps at every site visited. Two associations of persons with "
                "disabilities confirmed in interviews that their members use them."
            ),
        ),
    ),
    "Coherence": (
        (
            "The {short} filled a gap that neither the {ministry} nor other agencies had covered.",
            (
                "A map of services drawn up by the statistics office shows the gap. Letters from {n_partners} "
                "agencies, and talks with their heads, say the same and settle question {q}."
            ),
        ),
    ),
    "Effectiveness": (
        (
            "Courses in {skill} drew {trained:,} people, more than the {target:,} that had been planned.",
            (
                "Attendance lists, added up in Table 1, and certificates handed out bear out the sum. There "
                "were {trained_women:,} women and {trained_men:,} men. Test scores before and after, which "
                "answer question {q}, rose in all districts. Two trainers disagreed with this reading."
            ),
        ),
        (
            "Of {planned} {thing} foreseen, {built} were {act}, which is {built_share} per cent.",
            "Handover certificates exist for each of them. Engineers who walked the sites with the team found the works sound.",
        ),
    ),
    "Efficiency": (
        (
            "Each course cost US${cost} a head, while purchases came {delay} weeks late.",
            (
                "Ledgers for US${budget} million were tested by sample. Purchase orders, and talks with "
                "suppliers, show where the weeks went; this settles question {q}."
            ),
        ),
    ),
    "Impact": (
        (
            "Families near {act} {thing} raised their savings index from {before} to {after}.",
            (
                "Bank statements of savings groups and a panel of households point the same way. An effect that "
                "nobody had intended was that younger men moved back from the capital. Question {q} is answered "
                "by this."
            ),
        ),
        (
            "Women now chair the user boards in two of the four districts.",
            (
                "Election records name them, and members of the boards who were met spoke of livelier meetings. "
                "Two men disagreed and felt left out."
            ),
        ),
    ),
    "Sustainability": (
        (
            "User boards have taken charge of repairs: {kept} of the {seen} boards visited, or {kept_share} per cent, keep a fund.",
            (
                "Bank books were shown to the team, and mechanics under contract were interviewed. Question {q} "
                "can be answered with a cautious yes."
            ),
        ),
    ),
}
CONCLUSIONS = (
    ("Because goals came from the districts, the {short} kept its support when governments changed.", ("Relevance", "Coherence")),
    (
        "Learning by doing gave the best return of all activities in {country}, and gains were shared between the sexes.",
        ("Effectiveness", "Impact"),
    ),
    ("Money was handled with care, while late deliveries cost goodwill among users.", ("Efficiency",)),
    ("User boards are a sound base for what comes next, provided that their funds are protected by law.", ("Sustainability",)),
)
LESSONS = (
    (
        (
            "If goals are copied from plans that districts have already voted, programmes survive "
            "elections; wherever terms of office are short, as they are in {country}, this saves a year of "
            "talks."
        ),
        "Relevance",
    ),
    (
        (
            "Boards that must publish their bank book each month keep their funds; this was seen in rich "
            "and in poor places and can be asked of any board that handles fees."
        ),
        "Sustainability",
    ),
)
PRACTICES = (
    (
        "Ramps were drawn by users in wheelchairs together with the builder, a way of working that the "
        "district engineers of {d1} now use for schools."
    ),
)
RECOMMENDATIONS = (
    (
        "The {unit} should draft a by-law with the {ministry} that protects the funds of user boards.",
        "By {month} {due}, the by-law is to be in force in {planned} places, with seats for women on each board.",
        3,
        "High",
        "Medium-term",
        "Low",
    ),
    (
        "The {unit} should sign framework contracts with three suppliers of spare parts.",
        "By {month} {due}, deliveries are to take no more than 6 weeks.",
        2,
        "High",
        "Short-term",
        "Low",
    ),
    (
        "The {unit} should hire ten trainers for courses in {skill} in the hill districts.",
        "By {month} {due}, 250 women and 250 men are to have passed the test.",
        1,
        "Medium",
        "Long-term",
        "High",
    ),
    (
        "The {unit} should count users by sex, age and disability at every site twice a year.",
        "By {month} {due}, the first count is to cover all sites.",
        0,
        "Medium",
        "Short-term",
        "Medium",
    ),
    (
        "The {unit} should update the map of services with the statistics office.",
        "By {month} {due}, the new map is to be online.",
        0,
        "Low",
        "Medium-term",
        "Low",
    ),
)
RESPONSES = {
    "accepted": (
        ("The Secretariat accepts this recommendation.", "Its {unit} will write to the governors and propose a text within the quarter."),
        (
            "Agreed.",
            "A tender will be prepared by the {unit}, and the contract committee will be asked for a decision at its next meeting.",
        ),
        ("The recommendation is accepted in full.", "The {unit} will add the task to its work plan and reserve two posts for it."),
    ),
    "partially": (
        (
            "The recommendation is partially accepted.",
            "Hiring can begin in two hill districts; for the others it is not accepted, since the {ministry} runs its own courses there.",
        ),
    ),
    "rejected": (
        (
            "The recommendation is not accepted.",
            (
                "The reason is a law that gives this count to the statistics office alone. Instead, the {unit} "
                "will ask that office for its own figures by sex each year."
            ),
        ),
    ),
}
ACTIONS = (
    "Send a letter to the governors",
    "Publish the tender",
    "Place the first order",
    "Sign a note with the statistics office",
    "Open two posts for trainers",
    "Put the map on the website",
)
TEXT = {
    "method.gender": (
        (
            "Talks with women were led by women, talks with men by men. Results are given by sex, age and "
            "disability, and questions on gender roles were part of each guide."
        ),
    ),
    "method.triangulation": (
        (
            "Results of one method were held against those of another; triangulation of papers, talks and "
            "counts decided what was kept as a finding."
        ),
    ),
    "method.ethics": ("The team kept to the ethics code of its profession: people took part freely, gave consent, and are not named.[^2]",),
    "method": (
        (
            "The aim of the evaluation was to account for results and to help plan what follows. All activities in "
            "{country} from {y0} to {y1} were in its scope, as were gender equality, disability inclusion "
            "and human rights."
        ),
    ),
    "method.limits": (
        (
            "- A strike closed the archive for nine days. The team made up for this with copies held by the "
            "districts.\n- Part of the baseline was lost. This was mitigated by a recall study with {seen} "
            "families."
        ),
    ),
    "method.interviews": (
        (
            "The team held {interviews} interviews, {women} with women and {men} with men; the people met "
            "are listed by group in Annex 2 (Table 3). Talks with {groups} focus groups of {people} came on "
            "top."
        ),
    ),
    "filler": (
        "A bus strike in {d2} moved the second round of visits by six days.",
        "Notes were typed up each evening and read back to two of the speakers.",
        "Seats at the courses were given out by lot in {d1}, in the presence of the mayor.",
        "Spare parts for the {thing} came by sea and were stored in {d3}.",
        "The {short} kept one account for all districts, with two signatures on each payment.",
        "Meals and childcare were offered at the courses, paid from a local gift.",
    ),
}
