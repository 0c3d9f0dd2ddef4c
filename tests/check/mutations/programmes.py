"""Invented programmes that papers are about: enough of them that texts differ in sector, place, people and verbs."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Programme:
    name: str
    short: str
    organisation: str
    org: str
    country: str
    districts: tuple[str, ...]
    people: str
    """Who takes part."""
    thing: str
    """What it builds or runs, plural."""
    act: str
    """What is done with it, as a participle: "repaired"."""
    skill: str
    ministry: str
    units: tuple[tuple[str, str], ...]
    """Short and full names of the units that act."""


ENGLISH = (
    Programme(
        "Rural Irrigation Support Programme",
        "RISP",
        "World Farming Agency",
        "WFA",
        "Malawi",
        ("Dedza", "Salima", "Nkhotakota", "Zomba"),
        "smallholder farmers",
        "irrigation schemes",
        "repaired",
        "water scheduling",
        "Ministry of Agriculture",
        (("WATER", "Water Department"), ("FIELD", "Field Operations Division"), ("PROC", "Procurement Service")),
    ),
    Programme(
        "Youth Skills Partnership",
        "YSP",
        "Learning and Work Organization",
        "LWO",
        "Jordan",
        ("Irbid", "Zarqa", "Karak", "Mafraq"),
        "young apprentices",
        "training workshops",
        "opened",
        "workplace mentoring",
        "Ministry of Labour",
        (("SKILLS", "Skills Branch"), ("EMPLOY", "Employment Policy Department"), ("FINSERV", "Financial Services Unit")),
    ),
    Programme(
        "Primary Health Outreach Programme",
        "PHOP",
        "Global Clinics Fund",
        "GCF",
        "Nepal",
        ("Dolakha", "Sindhuli", "Rolpa", "Baitadi"),
        "community nurses",
        "health posts",
        "equipped",
        "newborn care",
        "Ministry of Health",
        (("CLINIC", "Clinical Services Department"), ("SUPPLY", "Supply Division"), ("HEALTHDATA", "Health Statistics Unit")),
    ),
    Programme(
        "Secondary Schooling Initiative",
        "SSI",
        "Education for All Foundation",
        "EAF",
        "Senegal",
        ("Kolda", "Matam", "Kaffrine", "Fatick"),
        "teachers",
        "classrooms",
        "furnished",
        "remedial teaching",
        "Ministry of Education",
        (("TEACH", "Teacher Development Division"), ("SCHOOL", "School Infrastructure Branch"), ("GRANTS", "Grants Office")),
    ),
    Programme(
        "Coastal Fisheries Management Project",
        "CFMP",
        "Ocean Resources Commission",
        "ORC",
        "Indonesia",
        ("Ambon", "Bitung", "Sorong", "Kendari"),
        "boat owners",
        "landing sites",
        "registered",
        "catch recording",
        "Ministry of Marine Affairs",
        (("FISH", "Fisheries Department"), ("LEGAL", "Legal Services Office"), ("COAST", "Coastal Zone Division")),
    ),
    Programme(
        "Labour Inspection Reform Project",
        "LIRP",
        "Decent Work Secretariat",
        "DWS",
        "Colombia",
        ("Antioquia", "Nariño", "Boyacá", "Tolima"),
        "labour inspectors",
        "inspection offices",
        "connected",
        "case management",
        "Ministry of Labour",
        (("LABADMIN", "Labour Administration Branch"), ("TRAINING", "Training Centre"), ("INFOTEC", "Information Technology Department")),
    ),
    Programme(
        "Municipal Recycling Programme",
        "MRP",
        "Cities Development Agency",
        "CDA",
        "Albania",
        ("Durres", "Vlora", "Korca", "Shkodra"),
        "waste collectors",
        "sorting stations",
        "licensed",
        "safe handling",
        "Ministry of Environment",
        (("CITIES", "Urban Services Department"), ("PARTNER", "Partnerships Division"), ("BUDGET", "Budget Office")),
    ),
    Programme(
        "Social Protection Floor Project",
        "SPFP",
        "Family Security Organization",
        "FSO",
        "Cambodia",
        ("Takeo", "Kampot", "Pursat", "Kratie"),
        "social workers",
        "registration desks",
        "staffed",
        "eligibility assessment",
        "Ministry of Social Affairs",
        (("SOCPRO", "Social Protection Department"), ("ACTUARY", "Actuarial Services Unit"), ("REGIONS", "Regional Programmes Division")),
    ),
    Programme(
        "Community Justice Access Programme",
        "CJAP",
        "Rule of Law Institute",
        "RLI",
        "Rwanda",
        ("Huye", "Rubavu", "Nyagatare", "Karongi"),
        "paralegals",
        "legal aid centres",
        "accredited",
        "dispute mediation",
        "Ministry of Justice",
        (("JUSTICE", "Access to Justice Division"), ("OUTREACH", "Outreach Service"), ("ARCHIVE", "Records Management Unit")),
    ),
)
