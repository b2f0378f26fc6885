"""Pieces of the road that many journeys share, each walked through the pages by the people themselves."""

from datetime import date

from tests.journeys.person import Person
from tests.journeys.town import EVERYTHING, Complaint, Tourist, Town, photo

AGENCY, SECOND_AGENCY = "远山旅行社", "近水旅行社"


class Road:
    """One complaint and everybody who works on it; each method is one thing that somebody does."""

    def __init__(self, town: Town, locale: str = "en") -> None:
        cast = town.cast
        self.town = town
        self.tourist = town.tourist(locale)
        self.officer = town.somebody(cast.officer)
        self.head = town.somebody(cast.head)
        self.handler = town.somebody(cast.handler)
        self.second_handler = town.somebody(cast.second_handler)
        self.mediator = town.somebody(cast.mediator)

    def authorised(self, *kinds: str) -> "Road":
        """The head lets papers be issued in their name when a time limit runs out."""
        for kind in kinds:
            self.head.goes("/supervision/authorities").fills(kind=kind, agree=True).presses("Sign").sees("In force")
        return self

    def head_signs(self) -> "Road":
        """The head reads a paper that waits, and signs it."""
        self.head.goes("/supervision/documents").follows("Read and sign").fills(read=True).presses("Sign")
        self.town.jobs_run()
        return self

    def lodged(self, said: Complaint | None = None) -> "Road":
        """The tourist lodges."""
        self.tourist.lodges(said)
        return self

    def on_the_desk(self, who: Person | None = None) -> Person:
        """The officer opens the case on the desk."""
        return (who or self.officer).goes(f"/triage/cases/{self.tourist.case}")

    def open_case(self, who: Person) -> Person:
        """Anybody opens the page of the case."""
        return who.goes(f"/cases/{self.tourist.case}")

    def accepted(self) -> "Road":
        """The officer accepts."""
        self.town.waits(hours=1)
        self.on_the_desk().follows("Accept").presses("Accept the complaint")
        return self

    def served(self, times: int = 1) -> "Road":
        """The officer serves every respondent, with the proposed date and by invitation."""
        for _ in range(times):
            self.on_the_desk().follows("Serve the complaint").fills(method="invitation")
            self.officer.presses("Issue and send the letter")
        self.town.jobs_run()
        return self

    def opened(self, handler: Person | None = None) -> "Road":
        """A handler opens the letter."""
        handler = handler or self.handler
        self.town.waits(hours=1)
        handler.goes("/respond").follows(self.tourist.number).presses("Open the letter")
        handler.sees("The complaint as it was served")
        return self

    def answered(self, handler: Person | None = None, *, consent: str = "yes", story: str = "Rooms were full.") -> "Road":
        """A handler answers, and agrees to mediation or not."""
        handler = handler or self.handler
        handler.goes("/respond").follows(self.tourist.number).follows("Write the answer")
        handler.answers_all("stand-", "in-part").fills(account=story, consent=consent).presses("Check the answer")
        handler.sees(story).fills(true=True).presses("Send the answer")
        return self

    def seated(self, mediator: str = "顾清和") -> "Road":
        """A mediator is asked, and takes the case up."""
        self.on_the_desk().follows("Assign mediator").fills(mediator=mediator).presses("Ask this mediator")
        self.town.jobs_run()
        self.mediator.goes("/desk").follows("Read and answer").fills(free=True, secret=True)
        self.mediator.presses("Accept the appointment")
        return self

    def in_mediation(self) -> "Road":
        """From nothing to a mediator who sits with both sides."""
        return self.lodged().accepted().served().opened().answered().seated()

    def drafted(self, day: date, amount: str = "1,200") -> "Road":
        """The mediator writes one payment and sends the text for signature."""
        mediator = self.mediator
        mediator.goes(f"/cases/{self.tourist.case}/agreements").follows("Draft an agreement")
        mediator.fills(respondents=[AGENCY]).presses("Begin")
        from_the_offer = "Change clause 1" in mediator.words
        mediator.follows("Change clause 1" if from_the_offer else "Payment").fills(
            payer=AGENCY, payee="Lin Xiaotong", amount=amount, day=day, method="bank-transfer",
            default="每日万分之五", text="退还房费差价",
        ).presses("Save the clause")  # fmt: skip
        mediator.follows("Check and send").sees("Send the text for signature").presses("Send for signature")
        mediator.sees("Waiting for signatures")
        return self

    def power_filed_and_checked(self) -> "Road":
        """The agency files a power; the mediator looks at the paper."""
        self.open_case(self.handler).follows("File a power")
        self.handler.fills(kind="written-power", scopes=EVERYTHING, paper=[(photo("blue"), "power.jpg")])
        self.handler.presses("File the power").sees("It counts once the mediator or the officer has checked it")
        self.open_case(self.mediator).follows("Check the power").follows("Check")
        self.mediator.fills(sound="yes").presses("Record the check")
        return self

    def room(self, who: Person, tab: str = "Joint room") -> Person:
        """Somebody opens the room, and in it one of its places."""
        return who.goes(f"/cases/{self.tourist.case}/room").follows(tab)

    def says(self, who: Person, words: str, tab: str = "Joint room") -> Person:
        """Somebody writes in a place of the room."""
        self.room(who, tab).fills(words=words)
        return who.presses("Send in private" if "Private" in tab else "Send")

    def offered(self, who: Person, amount: str, until: date | None = None) -> "Road":
        """Somebody makes an offer in the joint room."""
        self.room(who).follows("Make an offer").fills(amount=amount, words=f"退还 {amount} 元，一次付清。")
        if until:
            who.fills(until=until)
        who.presses("Make an offer").sees("Your offer is open.")
        return self

    def signs(self, who: Person) -> Person:
        """Somebody reads the text and signs it; a tourist proves with the recovery code that it is them."""
        who.goes(f"/cases/{self.tourist.case}/agreements").follows("Mediated agreement").follows("Read and sign")
        who.fills(read=True, free=True, binds=True, effect=True)
        if isinstance(who, Tourist):
            who.fills(code=who.code)
        return who.presses("Sign")

    def signed(self, day: date) -> "Road":
        """From mediation to a text that both have signed."""
        self.drafted(day).power_filed_and_checked()
        self.signs(self.tourist)
        self.signs(self.handler)
        return self

    def issued(self) -> "Road":
        """The mediator signs after the parties, then the head; the body's document goes out."""
        self.mediator.goes(f"/cases/{self.tourist.case}/agreements").follows("Mediated agreement").follows("Read and sign")
        self.mediator.presses("Sign as the mediator").sees("waits for the signature of the supervising body")
        self.head_signs()
        return self

    def payments(self, who: Person) -> Person:
        """Somebody looks at the payments."""
        return who.goes(f"/cases/{self.tourist.case}/payments")

    def reported(self) -> "Road":
        """The agency says that it paid, with a proof."""
        self.payments(self.handler).follows("Report the payment")
        self.handler.fills(files=[(photo("green"), "transfer.jpg")]).presses("Report the payment")
        return self
