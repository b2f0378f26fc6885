"""An administrator sets a new body up: the body, its people, the register of operators."""

from datetime import date
from io import BytesIO

import pyotp

from tests.journeys.conftest import Opens
from tests.journeys.person import Person
from tests.journeys.town import Town
from tourism_odr.clock import now
from tourism_odr.people.register import uscc_check

PASSWORD = "a sentence that is long enough"
FIRST = "91310115MA1FL0000"
HEADINGS = "name,name_en,licence,uscc,territory"


def test_an_administrator_sets_up_a_body_its_people_and_the_register(open_town: Opens) -> None:
    town = open_town()
    admin = town.somebody(town.cast.admin)

    admin.goes("/administration/organisations").follows("Add an organisation").presses("Save").sees("Select a kind.", "Enter the name.")
    admin.fills(kind="Supervising body", name="新区旅游质量监督所", name_en="New Area Office", code="新旅质", territory="31")
    admin.presses("Save").sees("Enter the six digits of the division").sees_in("name", "新区旅游质量监督所")
    admin.fills(territory="310115", level="district").presses("Save").sees("新区旅游质量监督所", "310115")

    admin.follows("Invite somebody").fills(role="Duty officer", name="何新", email="nobody", locale="zh-Hans")
    admin.presses("Send the invitation").sees("Enter an e-mail address such as").sees_in("name", "何新")
    admin.fills(email="he@new-area.example").presses("Send the invitation")
    town.jobs_run()
    officer = comes_by_invitation(town, "he@new-area.example")
    officer.goes("/en/triage").sees("Triage")
    admin.goes("/administration/people").sees("何新")

    imports_the_register(admin)


def comes_by_invitation(town: Town, address: str) -> Person:
    """Open the invitation from the mail, set password and authenticator."""
    words = town.last_mail_to(address)
    link = next(word for word in words.split() if "/invitation/" in word)
    person = Person(town.new_client(), f"{town.base}/zh-Hans").goes(link.replace("/zh-Hans/", "/en/")).presses("Open the invitation")
    key = person.words.partition("Type this key:")[2].split("Code")[0].split("Your")[0].replace(" ", "")[:32]
    person.fills(password=PASSWORD, again=PASSWORD, code=pyotp.TOTP(key).at(now())).presses("Accept the invitation")
    return person


def imports_the_register(admin: Person) -> None:
    """First dry, with a mistake; then for good, without the bad row."""
    code = FIRST + uscc_check(FIRST)
    rows = [HEADINGS, f"云山国际旅行社,Cloud Hill Travel,L-SH-90001,{code},310115", "无证旅行社,,L-SH-90002,123,310115"]
    sheet = "\n".join(rows).encode()
    filled = {"source": "市文旅局名录", "day": date(2026, 10, 1)}
    admin.goes("/administration/register").presses("Try it, change nothing").sees("Choose one CSV file.", "Say where the file comes from.")
    admin.fills(files=[(BytesIO(sheet), "register.csv")], **filled).presses("Try it, change nothing")
    admin.sees("What the file would do", "Nothing is changed yet.", "Mistakes in the file")
    admin.goes("/administration/register?q=云山").sees("No operator fits.")
    admin.goes("/administration/register").fills(files=[(BytesIO(sheet), "register.csv")], **filled).presses("Import")
    admin.sees("What the import did")
    admin.goes("/administration/register?q=云山").sees("云山国际旅行社", "L-SH-90001", "市文旅局名录")
    admin.goes("/administration/register?q=无证").sees("No operator fits.")
    admin.goes("/administration/audit").sees("新区旅游质量监督所")
