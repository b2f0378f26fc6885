"""The codes that rulebook data may use, each with its title.  Data that uses another code is refused."""

from tourism_odr.text import N_

EVENTS = {
    "complaint_received": N_("the complaint was received"),
    "complaint_accepted": N_("the complaint was accepted"),
    "supplement_asked": N_("a supplement was asked for"),
    "respondent_served": N_("the respondent was served"),
    "reminder_sent": N_("the reminder was served"),
    "invitation_sent": N_("the invitation to mediate was served"),
    "choice_opened": N_("the choice was put to the tourist"),
    "mediator_asked": N_("the mediator was asked"),
    "notice_sent": N_("the notice was sent"),
    "offer_made": N_("the offer was made"),
    "step_clicked": N_("the step was taken on the page"),
    "agreement_locked": N_("the text of the agreement was fixed"),
    "agreement_signed": N_("the last signature was given"),
    "payment_reported": N_("the payment was reported"),
    "payment_disputed": N_("the payment was disputed"),
    "urge_sent": N_("the urging was sent"),
    "transfer_sent": N_("the transfer was sent"),
    "draft_changed": N_("the draft was last changed"),
    "trip_ended": N_("the trip ended"),
    "contract_ended": N_("the travel contract ended"),
    "performance_period_ended": N_("the period for performing the contract ended"),
}

WHO = {
    "body": N_("the complaint body"),
    "officer": N_("the duty officer"),
    "tourist": N_("the tourist"),
    "respondent": N_("the respondent"),
    "mediator": N_("the mediator"),
    "offer-receiver": N_("whoever received the offer"),
    "author": N_("whoever took the step"),
    "parties": N_("all parties"),
    "payer": N_("the payer"),
    "payee": N_("the payee"),
    "urged": N_("whoever is urged"),
    "receiving-body": N_("the receiving body"),
}

ROUTES = {
    "court": N_("Bring a suit in the people's court"),
    "arbitration": N_("Apply for arbitration, if the contract has an arbitration clause"),
    "consumer-council": N_("Ask the consumer council to mediate"),
    "competent-body": N_("Turn to the body that is responsible"),
    "follow-there": N_("Follow the matter where it has already been taken"),
    "complain-again": N_("Complain again once the missing points are added"),
}

GRADES = {
    "statute": N_("read in the official text"),
    "secondary": N_("seen in a secondary source"),
    "draft_or_press": N_("seen only in a draft or in the press"),
    "memory": N_("not verified"),
    "house": N_("house rule, not law"),
}

WEAK = frozenset({"draft_or_press", "memory"})
"""Grades that warn and show but harm nobody."""

BASES = {
    "officer-letter": N_("the date in the officer's service letter"),
    "reminder-letter": N_("the date in the officer's reminder"),
    "urge-letter": N_("the date in the officer's letter of urging"),
    "agreement": N_("the date written in the agreement"),
    "offer": N_("the date set in the offer"),
    "setting": N_("a setting by the body, with its ground on record"),
}

AGREED = frozenset({"agreement"})
"""The bases that are the parties' own word."""

HOLIDAYS = {
    "new-year": N_("New Year's Day holiday"),
    "spring-festival": N_("Spring Festival holiday"),
    "tomb-sweeping": N_("Tomb-sweeping Day holiday"),
    "labour-day": N_("Labour Day holiday"),
    "dragon-boat": N_("Dragon Boat Festival holiday"),
    "mid-autumn": N_("Mid-Autumn Festival holiday"),
    "national-day": N_("National Day holiday"),
    "victory-2015": N_("Victory Day holiday of 2015"),
    "weekend": N_("weekend"),
}
