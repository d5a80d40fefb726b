from __future__ import annotations

from tests.memo.matters import FEW, brabant
from tests.memo.report.made import DAY, report

from afweging.io.carriers import carrier_of, extract
from afweging.io.dossier import fingerprint, problem_of, read_dossier
from afweging.memo.dossier import text_of
from afweging.memo.report.make import report_bytes, text_and_page


def test_a_report_carries_its_dossier() -> None:
    """It is a web page, with the whole problem and the text that it shows in it."""
    content, mark = report_bytes(brabant(), FEW, day=DAY)
    assert content == report()
    assert carrier_of(content) == "html"
    said = read_dossier(extract(content))
    assert fingerprint(extract(content)) == mark
    assert f"<code>{mark}</code>".encode() in content
    assert text_of(said) == text_and_page(brabant(), day=DAY)[0]
    assert problem_of(said).alternatives == brabant().comparison.problem.alternatives


def test_a_report_is_small() -> None:
    """The report of Brabant takes less than 1 MB, in both languages."""
    assert [len(report(language)) < 1_000_000 for language in ("nl", "en")] == [True, True]
