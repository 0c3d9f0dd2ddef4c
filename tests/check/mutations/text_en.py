"""The running text of a clean report in English: each list holds ways of saying the same thing."""

from __future__ import annotations

TEXT = {
    "summary.object": (
        (
            "This report evaluates the {name} ({short}), which the {organisation} ({org}) ran in {country} "
            "from {y0} to {y1} with the {ministry}. It worked in four districts."
        ),
        (
            "The {name} ({short}) was carried out by the {organisation} ({org}) in four districts of "
            "{country} between {y0} and {y1}, together with the {ministry}."
        ),
    ),
    "summary.purpose": (
        (
            "The purpose of the evaluation was to account for results and to help the {org} decide on a "
            "second phase. Its users are the Board, the {ministry} and the partners in the districts."
        ),
        (
            "The evaluation was meant to show what had been achieved and to inform the planning of a second "
            "phase by the {org}, its Board and the {ministry}."
        ),
    ),
    "summary.method": (
        (
            "Method: the team reviewed {documents} documents, held {interviews} interviews ({women} with "
            "women and {men} with men), ran a survey that {answers} of {sent} people answered, and met "
            "{groups} groups. "
            "Each main finding rests on at least two kinds of source."
        ),
    ),
    "summary.findings": (
        (
            "Main findings: the programme was relevant and fitted with the work of others. It trained "
            "{trained:,} people, of whom {trained_women:,} were women, and {act} {built} of {planned} "
            "planned {thing}. "
            "Purchases took {delay} weeks longer than planned. Income rose where {thing} were {act}. "
            "Benefits are likely to last where committees collect fees."
        ),
    ),
    "summary.conclusions": (
        (
            "Conclusions: the programme was the right one for its time and place; training worked best; "
            "slow purchasing held back works; and upkeep is not secured."
        ),
    ),
    "background": (
        (
            "{country} has made {skill} a part of its national plan. When the programme was designed in "
            "{y0}, {people} in the four districts had little access to it, and half of the {thing} were out "
            "of use.[^1] The {short} was to change both."
        ),
        (
            "In {y0} the government of {country} named {thing} as a priority. {people_cap} in four "
            "districts were to benefit first, since their {thing} were the oldest.[^1] The {short} grew out "
            "of this plan."
        ),
    ),
    "background.people": (
        (
            "The programme was addressed to {people}, women and men, with attention to persons with "
            "disabilities and to families in remote villages. Its partners were the {ministry}, the "
            "district offices and associations of {people}. Its work is in line with human rights standards "
            "on equal access.[^3]"
        ),
    ),
    "background.logic": (
        (
            "The theory of change holds that training in {skill} and {act} {thing} together raise household "
            "income, provided that local committees pay for upkeep. The results framework in Annex 6 (Table "
            "5) sets out outcomes, indicators and targets."
        ),
        (
            "According to the theory of change, people who know {skill} and can use {act} {thing} will earn "
            "more, as long as committees keep the {thing} in order. Outcomes, indicators and targets stand "
            "in the results framework (Annex 6, Table 5)."
        ),
    ),
    "method": (
        (
            "The purpose of the evaluation was to account for results and to inform a second phase. It "
            "covers all activities of the programme in {country} from {y0} to {y1}. The scope includes "
            "gender equality, the inclusion of persons with disabilities, and human rights."
        ),
    ),
    "method.criteria": (
        (
            "The evaluation used six criteria: relevance, coherence, effectiveness, efficiency, impact and "
            "sustainability. The evaluation matrix in Annex 5 (Table 4) links each of the questions below "
            "to indicators and sources."
        ),
        (
            "Six criteria were applied: relevance, coherence, effectiveness, efficiency, impact and "
            "sustainability. Each question below is set out with indicators and sources in the evaluation "
            "matrix (Annex 5, Table 4)."
        ),
    ),
    "method.scale": ("Performance was rated on a six-point scale: {legend}.",),
    "method.documents": (
        (
            "The team reviewed {documents} documents, which are listed in Annex 3. Monitoring data of the "
            "programme and statistics of the {ministry} were used as well."
        ),
    ),
    "method.interviews": (
        (
            "A total of {interviews} interviews were held, {women} with women and {men} with men. The "
            "people met are listed by group in Annex 2 (Table 3). In addition, {groups} focus groups were "
            "held with {people}."
        ),
        (
            "In all, {interviews} interviews were conducted, of which {women} with women and {men} with "
            "men; Annex 2 lists the people met by group (Table 3). The team also met {groups} focus groups "
            "of {people}."
        ),
    ),
    "method.survey": (
        (
            "A survey was sent to {sent} people who had taken part in the training; {answers} of them "
            "answered, a response rate of {rate} per cent. The questionnaire is in Annex 4."
        ),
    ),
    "method.sampling": (
        (
            "Districts and villages were chosen by purposive sampling, so that remote and central places, "
            "and villages with high and low results, were in the sample. Respondents of the survey were "
            "drawn at random from the registers."
        ),
    ),
    "method.gender": (
        (
            "Women and men were interviewed apart where they wished it. All data were disaggregated by sex, "
            "age and disability, and the questions looked at gender roles in the households."
        ),
    ),
    "method.triangulation": (
        (
            "Data from documents, interviews, the survey and site visits were triangulated: a finding was "
            "kept only where two kinds of source agreed. Where sources differed, the difference is "
            "reported."
        ),
    ),
    "method.ethics": (
        (
            "The team followed ethical guidelines for evaluation. Participation was voluntary, informed "
            "consent was obtained, and names are kept confidential.[^2]"
        ),
        (
            "Ethical standards were kept: respondents gave their informed consent, could stop at any time, "
            "and were promised confidentiality.[^2]"
        ),
    ),
    "method.consultation": (
        (
            "Stakeholders were consulted on the questions at the start, and a draft of the report was "
            "discussed with them at a validation workshop in {d0}. Their comments were taken into account."
        ),
    ),
    "method.limits": (
        (
            "- Two villages could not be visited because of floods. To make up for this, interviews there were held by telephone.\n"
            "- Baseline data on income were incomplete. The team mitigated this by using the household survey of the statistics office."
        ),
        (
            "- Some former staff had left the country. This was compensated for by video calls with those who could be found.\n"
            "- Records of the first year were incomplete. To mitigate this, the team compared them with the accounts of the districts."
        ),
    ),
    "findings": (
        "The findings are set out by criterion, and each names the question that it answers.",
        "This chapter gives the findings for each of the six criteria.",
    ),
    "ratings": ("Table 2 gives the rating of each criterion with its reason; the overall rating is the middle of the six.",),
    "recommendations": ("The evaluation makes five recommendations. They were discussed with the units concerned.",),
    "response": (
        (
            "The Office thanks the evaluation team. It accepts three of the five recommendations fully and "
            "one partially, and it does not accept one."
        ),
    ),
    "note2": ("The guidelines are part of the evaluation policy of the {org}.",),
    "note3": ("Equal access is named in article 4 of the agreement between the {org} and the {ministry}.",),
    "note": ("{organisation}, Design document of the {name}, {y0}, page 12.",),
    "filler": (
        "District staff kept a log of visits, and the team checked the entries of two months against travel records.",
        "Each village chose a speaker, who gave the team an account of the work in the open air.",
        "The {short} office in {d1} had five rooms and shared two vehicles with the district office.",
        "Rain in {d2} delayed the works, and the schedule was changed so that training came first.",
        "Radio spots in the local language told villages when registration would begin.",
        "The steering committee met twice a year, and its minutes record each decision with its date.",
        "Trainers were recruited in {d3} and paid by the day, on rates agreed with the {ministry}.",
        "Visits were announced three days ahead, so that those who wished could be present.",
    ),
}
