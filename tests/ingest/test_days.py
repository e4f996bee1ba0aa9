"""Days, as pages, tables and programs of many countries write them."""

import pytest

from onrecord.ingest.days import day, day_order


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ("2. Januar 2025", "2025-01-02"),
        ("1er mars 2025", "2025-03-01"),
        ("mardi 4 févr. 2025", "2025-02-04"),
        ("2 de marzo de 2025", "2025-03-02"),
        ("12 maja 2025", "2025-05-12"),
        ("2025年1月2日", "2025-01-02"),
        ("02.01.2025", "2025-01-02"),
        ("2025/1/2", "2025-01-02"),
        ("13/02/2025", "2025-02-13"),
        ("02/13/2025", "2025-02-13"),
        ("01/02/2025", None),
        ("31.02.2025", None),
        ("2-Jan-2025", "2025-01-02"),
        ("Sept. 3, 2025", "2025-09-03"),
        ("January 2025", "2025-01"),
        ("Thu Jan 02 10:00:00 +0000 2025", "2025-01-02"),
        ("1735776000", "2025-01-02"),
        ("1735776000000", "2025-01-02"),
        ("2 января 2025 г.", "2025-01-02"),
        ("2 січня 2025 р.", "2025-01-02"),
        ("2 Ocak 2025", "2025-01-02"),
        ("2 Oktober 2025", "2025-10-02"),
        ("2 listopada 2025", "2025-11-02"),
        ("2 de gener de 2025", "2025-01-02"),
        ("2025. 1. 2.", "2025-01-02"),
        ("2025.01.02.", "2025-01-02"),
        ("2025. 13. 2.", None),
        ("2025. január 2.", "2025-01-02"),
        ("2025 m. sausio 2 d.", "2025-01-02"),
        ("٢ يناير ٢٠٢٥", "2025-01-02"),
        ("2nd of January 2025", "2025-01-02"),
        ("1403/10/13", None),
        ("Ma 2025", None),
        ("today", None),
    ],
)
def test_a_day_is_read_where_it_has_one_meaning(written, told):
    assert day(written) == told


@pytest.mark.parametrize(
    ("column", "read"),
    [
        (["3/4/2025", "3/14/2025"], "2025-03-04"),
        (["3/4/2025", "14/3/2025"], "2025-04-03"),
        (["3/4/2025", "14/3/2025", "3/14/2025"], None),
        (["3/4/2025"], None),
    ],
)
def test_other_days_of_a_column_tell_whether_the_month_stands_first(column, read):
    assert day(column[0], day_order(column)) == read
