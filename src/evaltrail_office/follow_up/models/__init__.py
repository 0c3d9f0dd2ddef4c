"""Rows of follow-up. A file a matter: how an evaluation is followed, concerns and decisions, answers, actions, registers, reminders."""

from evaltrail_office.follow_up.models.actions import Action, Claim, Drop, Extension, PlanJudgement, Progress, Proof
from evaltrail_office.follow_up.models.answers import Charge, Clearance, Point, Response, Track, Transmission
from evaltrail_office.follow_up.models.figures import Tally
from evaltrail_office.follow_up.models.frame import FollowUp, House
from evaltrail_office.follow_up.models.governing import BodyDecision, Concern
from evaltrail_office.follow_up.models.registers import Mapping, Register, RegisterRow
from evaltrail_office.follow_up.models.reminders import CalendarFeed, Digest

__all__ = [
    "Action",
    "BodyDecision",
    "CalendarFeed",
    "Charge",
    "Claim",
    "Clearance",
    "Concern",
    "Digest",
    "Drop",
    "Extension",
    "FollowUp",
    "House",
    "Mapping",
    "PlanJudgement",
    "Point",
    "Progress",
    "Proof",
    "Register",
    "RegisterRow",
    "Response",
    "Tally",
    "Track",
    "Transmission",
]
