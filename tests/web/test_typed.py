"""What cannot stand in a page is gone before anybody reads what was typed."""

import pytest
from flask import request

from tourism_odr.web.typed import showable


@pytest.mark.parametrize("typed", ["a\x00b", "a\x0b\x1bb", "a\ud800b", "a\ufffeb", "a\U0010ffffb", "a\x85b"])
def test_what_no_page_can_hold_is_left_out(typed):
    assert showable(typed) == "ab"


@pytest.mark.parametrize("typed", ["客房\n没有窗", "é\t😀", "\u202eright to left\u202c"])
def test_everything_else_stays(typed):
    assert showable(typed) == typed


@pytest.mark.parametrize("first", ["form", "files"])
def test_forms_and_queries_are_read_so_whatever_is_looked_at_first(built, first):
    sent = {"method": "POST", "data": {"a": "x\x0by", "f\x00": "z"}, "query_string": {"q": "1\x012"}}

    with built.test_request_context("/", **sent):
        getattr(request, first)

        assert dict(request.form) == {"a": "xy", "f": "z"}
        assert (request.args["q"], request.values["q"]) == ("12", "12")
