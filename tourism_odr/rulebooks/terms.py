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
    "application_asked": N_("an application to a competent body was asked for"),
    "application_sent": N_("the application was sent"),
    "trip_ended": N_("the trip ended"),
    "contract_ended": N_("the travel contract ended"),
    "performance_period_ended": N_("the period for performing the contract ended"),
    "both_consented": N_("both sides consented to mediation"),
    "appointment_asked": N_("the appointment of a mediator was asked for"),
    "mediator_accepted": N_("the mediator accepted"),
    "suit_filed": N_("the suit was filed"),
    "suit_registered": N_("the court registered the suit"),
    "suit_served": N_("the copy of the suit was served"),
    "evidence_asked": N_("the court asked for evidence"),
    "online_notice_received": N_("the notice of the online suit arrived"),
    "fee_notice_received": N_("the notice of the court fee arrived"),
    "instrument_effective": N_("the court's instrument took effect"),
    "agreement_effective": N_("the agreement took effect"),
    "confirmation_asked": N_("judicial confirmation was applied for"),
    "confirmation_registered": N_("the application for confirmation was registered"),
    "correction_asked": N_("the court asked for corrections"),
    "ruling_served": N_("the ruling was served"),
    "ruling_known": N_("the third party learned of the ruling"),
    "performance_due": N_("the last day for performance passed"),
    "harm_known": N_("the harm and who is liable became known"),
    "harm_done": N_("the harm was done"),
    "termination_arrived": N_("the notice of termination arrived"),
    "court_invited": N_("the court asked both sides about mediation"),
    "top_up_asked": N_("the notice to top up the deposit arrived"),
    "channel_received": N_("the channel that sent the matter received it"),
    "file_complete": N_("the complete file arrived"),
    "trader_asked": N_("the trader was asked to put it right"),
    "refund_chosen": N_("the passenger asked for the refund"),
    "extension_asked": N_("more time was proposed"),
    "lower_class_flown": N_("the passenger flew in a lower class"),
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
    "court": N_("the court"),
    "claimant": N_("the claimant"),
    "agency": N_("the travel agency"),
    "consumer-council": N_("the consumer council"),
    "market-authority": N_("the market supervision authority"),
    "third-party": N_("the third party"),
    "carrier": N_("the airline"),
}

BODIES = {
    "tourism-authority": N_("Tourism complaint body"),
    "legislature": N_("Law for everybody"),
    "consumer-council": N_("Consumer council"),
    "market-authority": N_("Market supervision authority"),
    "court": N_("Court"),
    "house": N_("This service"),
    "adr-entity": N_("Consumer dispute body"),
    "": N_("Not named"),
}
"""Whose rule it is."""

ROUTES = {
    "court": N_("Bring a suit in the people's court"),
    "arbitration": N_("Apply for arbitration, if the contract has an arbitration clause"),
    "consumer-council": N_("Ask the consumer council to mediate"),
    "competent-body": N_("Turn to the body that is responsible"),
    "follow-there": N_("Follow the matter where it has already been taken"),
    "complain-again": N_("Complain again once the missing points are added"),
    "trader-first": N_("Ask the trader first, and come back if that does not help"),
    "national-court": N_("Bring the claim before a court of the country"),
}

GRADES = {
    "statute_text": N_("read in the official text"),
    "template": N_("read in the text of the model contract"),
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
    "channel": N_("the date that the channel named"),
    "court-notice": N_("the date in the court's notice"),
    "setting": N_("a setting by the body, with its ground on record"),
    "time-limit": N_("the end of the time limit that is to become longer"),
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
    "st-brigid": N_("Saint Brigid's Day"),
    "st-patrick": N_("Saint Patrick's Day"),
    "easter-monday": N_("Easter Monday"),
    "may-holiday": N_("May public holiday"),
    "june-holiday": N_("June public holiday"),
    "august-holiday": N_("August public holiday"),
    "october-holiday": N_("October public holiday"),
    "christmas": N_("Christmas Day"),
    "st-stephen": N_("Saint Stephen's Day"),
    "weekend": N_("weekend"),
}

NOT_COUNTED = HOLIDAYS | {"paused": N_("the time stood still")}
"""Why a day of a count has no number."""

PERIODS = {
    "working": N_("%(count)s working days"),
    "calendar": N_("%(count)s calendar days"),
    "months": N_("%(count)s months"),
    "years": N_("%(count)s years"),
    "minutes": N_("%(count)s minutes"),
}

PAUSES = {
    "appraisal": N_("appraisal or inspection"),
    "correction": N_("correction of the papers"),
}
"""What may halt a count, where its rule says so."""

AUTHORITIES = {
    "all-parties": N_("consent of all parties"),
    "president": N_("approval of the president of the court"),
    "court": N_("decision of the court"),
    "body": N_("decision of the body"),
}
"""Who may extend a period."""

SIDES = {
    "complainant": N_("complainant %(number)s"),
    "respondent": N_("respondent %(number)s"),
    "third": N_("third party %(number)s"),
}
"""A party without its name, as an explanation holds it."""

ASKS = {
    "trader-first": N_("that the trader was first asked to put it right"),
}
"""What a complaint has to say beside what every complaint says."""

PROOFS = {
    "inbox": N_("arrival in an inbox that its owner agreed to"),
    "invitation": N_("the letter was opened by its code"),
    "hand": N_("delivered by hand, with the receipt on file"),
    "post": N_("delivered by post, with the receipt on file"),
    "call": N_("a call on record"),
}
"""What counts as service."""
