"""The page checker itself: each fault that it promises to find, it finds."""

import pytest

from tests.pages import check_page

GOOD = """<!doctype html>
<html lang="en"><head><title>Lodge</title></head><body><h1>Lodge</h1>
<form method="post"><input type="hidden" name="csrf_token" value="x"><label for="a">Name</label><input id="a" name="a"></form>
<p>Waiting for an answer</p></body></html>"""


def test_a_good_page_passes():
    check_page(GOOD, "/en/")


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ("<h1>Lodge</h1>", "", "0 h1"),
        ("<h1>Lodge</h1>", "<h1>A</h1><h1>B</h1>", "2 h1"),
        ("<title>Lodge</title>", "<title></title>", "no title"),
        (' lang="en"', "", "no lang"),
        ('<label for="a">Name</label>', "", "has no label"),
        ('<input type="hidden" name="csrf_token" value="x">', "", "without csrf_token"),
        ("<p>", '<p style="color: red">', "inline style"),
        ("<p>", "<script>alert(1)</script><p>", "inline script"),
        ("<p>", '<p onclick="go()">', "script in onclick="),
        ("<p>", '<a href="javascript:go()">x</a><p>', "script in href="),
        ("Waiting for an answer", "performed-as-reported", "stage 'performed-as-reported' shown"),
    ],
)
def test_a_fault_is_found(old, new, fault):
    with pytest.raises(AssertionError, match=fault):
        check_page(GOOD.replace(old, new), "/en/")


def test_markup_that_a_browser_would_have_to_mend_is_refused():
    with pytest.raises(Exception, match="end"):
        check_page(GOOD.replace("</p>", "</div>"), "/en/")
