"""The register comes in from CSV: tried first, every mistake named by its line."""

from datetime import UTC, date, datetime

import pytest
from flask import Flask

from tourism_odr.db import unit_of_work
from tourism_odr.people import organisations
from tourism_odr.people.register import Report, import_register, uscc_check, uscc_is_right

AT = datetime(2026, 3, 14, 2, 0, tzinfo=UTC)
FIRST = "91310000MA1FL0001"
CODE = FIRST + uscc_check(FIRST)
OTHER = "91310000MA1FL0002" + uscc_check("91310000MA1FL0002")


def bring_in(text: str, *, dry_run: bool = False) -> Report:
    with unit_of_work():
        return import_register(text, at=AT, source="register", source_day=date(2026, 3, 1), dry_run=dry_run)


def test_a_dry_run_counts_and_writes_nothing(app: Flask) -> None:
    text = f"name,uscc,email\n云程旅行社,{CODE},office@yuncheng.example\n"

    tried = bring_in(text, dry_run=True)
    nothing = organisations.search_operators("云程")
    done = bring_in(text)
    again = bring_in(text)

    assert (tried.new, nothing, done.new, again.new, again.same) == (1, [], 1, 0, 1)
    assert [found.uscc for found in organisations.search_operators("云程")] == [CODE]


def test_each_wrong_row_is_named_and_the_right_ones_come_in(app: Flask) -> None:
    text = f"\ufeffname,uscc,phone,branch_of_uscc\n云程,{CODE},021-62345678,\n,{OTHER},,\n青屿,{CODE[:-1]}?,no phone,{OTHER}\n"

    report = bring_in(text)

    assert report.new == 1
    assert [(wrong.line, wrong.column) for wrong in report.errors] == [
        (3, "name"), (4, "uscc"), (4, "phone"), (4, "branch_of_uscc"),
    ]  # fmt: skip


def test_a_file_without_the_needed_columns_says_which(app: Flask) -> None:
    assert [wrong.column for wrong in bring_in("title\nx\n").errors] == ["name", "uscc"]


def test_wild_cards_in_a_search_are_plain_signs(app: Flask) -> None:
    bring_in(f"name,uscc\n云程旅行社,{CODE}\n")

    assert organisations.search_operators("%") == []
    assert organisations.search_operators("云_") != []  # marks are left out of what is compared


def test_the_last_sign_of_a_code_proves_the_others() -> None:
    assert uscc_is_right(CODE)
    assert not uscc_is_right(CODE[:-1] + ("0" if CODE[-1] != "0" else "1"))


@pytest.mark.parametrize("typed", ["云程旅行社", "云程国际旅行社有限公司", "上海云程旅行社有限公司", "云程", "Yuncheng Travel Agency Co., Ltd."])
def test_a_firm_is_found_with_or_without_the_words_that_every_firm_bears(app: Flask, typed: str) -> None:
    bring_in(f"name,name_en,uscc\n上海云程国际旅行社股份有限公司,Shanghai Yuncheng International,{CODE}\n")

    assert [found.uscc for found in organisations.search_operators(typed)] == [CODE]


def test_words_that_every_firm_bears_find_nobody_by_themselves(app: Flask) -> None:
    bring_in(f"name,uscc\n云程旅行社,{CODE}\n")

    assert organisations.search_operators("国际有限公司") == []
