"""What a browser saves keeps its name, whatever script it is written in (RFC 6266)."""

import pytest
from flask import Response

from tourism_odr.web.evidence import attach


@pytest.mark.parametrize(
    ("name", "plain", "whole"),
    [
        ("合同.pdf", "file.pdf", "%E5%90%88%E5%90%8C.pdf"),
        ("room 12.jpg", '"room 12.jpg"', "room%2012.jpg"),
        ("café/a.pdf", '"cafe/a.pdf"', "caf%C3%A9%2Fa.pdf"),
        ("行程\r\nX: y", '"X: y"', "%E8%A1%8C%E7%A8%8B%0D%0AX%3A%20y"),
    ],
)
def test_a_saved_file_keeps_its_name_and_old_browsers_get_one_in_ascii(name: str, plain: str, whole: str) -> None:
    header = attach(Response(), name).headers["Content-Disposition"]

    assert header == f"attachment; filename={plain}; filename*=UTF-8''{whole}"
