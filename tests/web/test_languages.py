"""The language of a text is told by its script."""

import pytest

from tourism_odr.web.languages import language_of

WORDS = [
    ("酒店降级了。", "en", "zh-Hans"),
    ("The hotel 云帆 was two classes lower than promised.", "zh-Hans", "en"),
    ("ホテルのランクが約束と違いました。", "en", "ja"),
    ("호텔 등급이 달랐습니다.", "zh-Hans", "ko"),
    ("", "zh-Hans", "en"),
    ("L'hôtel était sale.", "en", "en"),
]


@pytest.mark.parametrize(("words", "reader", "language"), WORDS)
def test_a_text_is_marked_with_its_language(words: str, reader: str, language: str) -> None:
    assert language_of(words, reader) == language
