"""The kernel's tables, one file a noun."""

from tourism_odr.cases.models.agreement import Agreement, Clause, Instalment, Performance, Signature
from tourism_odr.cases.models.application import Application, ApplicationFile
from tourism_odr.cases.models.case import BodySetting, Case, NumberCounter, Subject
from tourism_odr.cases.models.change import CaseChange
from tourism_odr.cases.models.claim import ClaimElement, Stand, TripValue
from tourism_odr.cases.models.clock import Clock, PendingStep
from tourism_odr.cases.models.confirmation import Applicant, Confirmation, RosterEntry
from tourism_odr.cases.models.court import CourtOutcome, CourtReceipt
from tourism_odr.cases.models.document import Document, DocumentFile, StandingAuthority
from tourism_odr.cases.models.event import Event
from tourism_odr.cases.models.extension import Extension, ExtensionConsent
from tourism_odr.cases.models.external import External
from tourism_odr.cases.models.filing import Filing, FilingPaper, FilingPoint
from tourism_odr.cases.models.mediation import Appointment, Offer, OfferRecipient, Service, Transfer, Urge
from tourism_odr.cases.models.notice import JobRun, Notice
from tourism_odr.cases.models.party import Consent, Party, Power
from tourism_odr.cases.models.pause import Pause
from tourism_odr.cases.models.place import Evidence, Item, ItemText, Member, Place
from tourism_odr.cases.models.reading import Reading, ReadMark
from tourism_odr.cases.models.rules import CalendarYear, ClockChange, RuleConfirmation
from tourism_odr.cases.models.volume import Volume, VolumeEntry, VolumeLoan, VolumeOrder

__all__ = [
    "Agreement",
    "Applicant",
    "Application",
    "ApplicationFile",
    "Appointment",
    "BodySetting",
    "CalendarYear",
    "Case",
    "CaseChange",
    "ClaimElement",
    "Clause",
    "Clock",
    "ClockChange",
    "Confirmation",
    "Consent",
    "CourtOutcome",
    "CourtReceipt",
    "Document",
    "DocumentFile",
    "Event",
    "Evidence",
    "Extension",
    "ExtensionConsent",
    "External",
    "Filing",
    "FilingPaper",
    "FilingPoint",
    "Instalment",
    "Item",
    "ItemText",
    "JobRun",
    "Member",
    "Notice",
    "NumberCounter",
    "Offer",
    "OfferRecipient",
    "Party",
    "Pause",
    "PendingStep",
    "Performance",
    "Place",
    "Power",
    "ReadMark",
    "Reading",
    "RosterEntry",
    "RuleConfirmation",
    "Service",
    "Signature",
    "Stand",
    "StandingAuthority",
    "Subject",
    "Transfer",
    "TripValue",
    "Urge",
    "Volume",
    "VolumeEntry",
    "VolumeLoan",
    "VolumeOrder",
]
