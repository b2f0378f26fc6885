"""What happens to a payment that was agreed: missed, paid late, reported, disputed."""

from tests.journeys.conftest import Opens
from tests.journeys.roads import Road


def test_a_missed_payment_breaks_the_agreement_and_a_late_one_heals_it(open_town: Opens) -> None:
    town = open_town()
    road = Road(town).in_mediation().signed(town.day(10))

    town.waits(days=11)
    road.payments(road.tourist).sees("Not paid in time", "A payment was missed. What is open now:", "Paying late")
    road.tourist.sees("A suit on the agreement", "Confirmation by the court")
    road.open_case(road.handler).sees("A payment was missed", "The payment was not made by its date")
    road.reported()
    road.payments(road.tourist).follows("The money has come").presses("Confirm the payment")

    road.payments(road.tourist).sees("Paid").sees_not("A payment was missed.")
    road.tourist.goes(f"/cases/{road.tourist.case}/agreements").follows("Mediated agreement").sees("Performed")


def test_a_payee_who_says_nothing_is_presumed_paid_until_they_dispute_it(open_town: Opens) -> None:
    town = open_town()
    road = Road(town).in_mediation().signed(town.day(10))

    road.reported()
    town.waits(days=9)
    road.payments(road.tourist).sees("Paid as reported, not confirmed", "Reported, not confirmed.")
    road.tourist.goes(f"/cases/{road.tourist.case}/agreements").follows("Mediated agreement")
    road.tourist.sees("Performed as reported, not confirmed")
    road.payments(road.tourist).follows("The money has not come").presses("Tell the payer").sees("Say what you see in your account.")
    road.tourist.fills(words="Nothing arrived.").presses("Tell the payer")
    town.jobs_run()

    road.payments(road.handler).sees("Payment disputed", "Nothing arrived.", "Report the payment")
    road.handler.goes(f"/cases/{road.tourist.case}/agreements").follows("Mediated agreement").sees("Signed; to be performed")
