"""The tables, one noun or family a file."""

import app.models.column  # noqa: F401  names the constraints of every table that follows
from app.models.area import ActionGoal, Area, Coordination, Coordinator
from app.models.board import Ballot, Board, BoardEvent, CredentialPointer, Receipt
from app.models.body import Body, Deputy, ReservePlace, Seat, Term
from app.models.card import Card, EnrolmentNonce, SpareCard, VotingKey
from app.models.circular import DeclaredAbsence, Heartbeat, Reminder
from app.models.commission import CountingCommission, Trustee
from app.models.confirmation import Confirmation
from app.models.count_key import EveningKey
from app.models.credential import (
    Invitation,
    Passkey,
    Passphrase,
    RecoveryCode,
    SecondFactor,
    UsedChallenge,
)
from app.models.decision import ApplicantLetter, Decision
from app.models.doubt import Annulment, Correction, NotedObjection, Objection, Report
from app.models.entrance import SignInLink, Throttle, UserSession
from app.models.handover import Handover
from app.models.installation import Installation
from app.models.log_entry import LogEntry, LogText
from app.models.mail import Mail
from app.models.meeting import (
    AgendaDocument,
    AgendaItem,
    Attendance,
    Meeting,
    MeetingInvitation,
    MistakenStay,
)
from app.models.member import Member, Membership, Officer
from app.models.minutes import Minutes, MinutesCorrection
from app.models.money import (
    Amendment,
    Condition,
    Fund,
    Grant,
    Movement,
    Payment,
    Pot,
    Sharing,
)
from app.models.opinion import Opinion
from app.models.own_data import Erasure, LookUp
from app.models.paper import (
    CountEntry,
    Paper,
    PaperEnterer,
    PaperNumber,
    PaperReturn,
    PaperVoter,
    RollAnswer,
    RollCall,
    Tablet,
)
from app.models.proposal import Comment, CostItem, Proposal
from app.models.roster_import import RosterImport
from app.models.round import Question, Recusal, RollEntry, Round
from app.models.rules_of_procedure import RulesOfProcedure
from app.models.security_event import SecurityEvent

__all__ = [
    "ActionGoal",
    "AgendaDocument",
    "AgendaItem",
    "Amendment",
    "Annulment",
    "ApplicantLetter",
    "Area",
    "Attendance",
    "Ballot",
    "Board",
    "BoardEvent",
    "Body",
    "Card",
    "Comment",
    "Condition",
    "Confirmation",
    "Coordination",
    "Coordinator",
    "Correction",
    "CostItem",
    "CountEntry",
    "CountingCommission",
    "CredentialPointer",
    "Decision",
    "DeclaredAbsence",
    "Deputy",
    "EnrolmentNonce",
    "Erasure",
    "EveningKey",
    "Fund",
    "Grant",
    "Handover",
    "Heartbeat",
    "Installation",
    "Invitation",
    "LogEntry",
    "LogText",
    "LookUp",
    "Mail",
    "Meeting",
    "MeetingInvitation",
    "Member",
    "Membership",
    "Minutes",
    "MinutesCorrection",
    "MistakenStay",
    "Movement",
    "NotedObjection",
    "Objection",
    "Officer",
    "Opinion",
    "Paper",
    "PaperEnterer",
    "PaperNumber",
    "PaperReturn",
    "PaperVoter",
    "Passkey",
    "Passphrase",
    "Payment",
    "Pot",
    "Proposal",
    "Question",
    "Receipt",
    "RecoveryCode",
    "Recusal",
    "Reminder",
    "Report",
    "ReservePlace",
    "RollAnswer",
    "RollCall",
    "RollEntry",
    "RosterImport",
    "Round",
    "RulesOfProcedure",
    "Seat",
    "SecondFactor",
    "SecurityEvent",
    "Sharing",
    "SignInLink",
    "SpareCard",
    "Tablet",
    "Term",
    "Throttle",
    "Trustee",
    "UsedChallenge",
    "UserSession",
    "VotingKey",
]
