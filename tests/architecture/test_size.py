"""Small files, small functions: who opens one can read it to the end."""

from statistics import quantiles

from tests.architecture import tree

FILE_LINES = 400
FUNCTION_LINES = 60
MEDIAN_LINES = 10
NINE_IN_TEN_LINES = 30


def test_no_file_is_longer_than_400_lines():
    sources = tree.of_kind(".py", ".html", ".css", ".js", ".typ", under=("tourism_odr", "templates", "migrations", "tests"))

    long = {tree.name(path): count for path in sources if (count := path.read_text("utf-8").count("\n")) > FILE_LINES}

    assert long == {}


def test_no_function_is_longer_than_60_lines():
    found = [(tree.name(path), f.name, tree.length(f)) for path in tree.package() for f in tree.functions(path)]

    assert [entry for entry in found if entry[2] > FUNCTION_LINES] == []


def test_half_of_all_functions_have_ten_lines_or_fewer_and_nine_in_ten_under_thirty():
    lengths = [tree.length(f) for path in tree.package() for f in tree.functions(path)]

    tenths = quantiles(lengths, n=10)

    assert tenths[4] <= MEDIAN_LINES
    assert tenths[8] < NINE_IN_TEN_LINES
