"""Bad input: each kind gets an error that says where, what, and what would have worked."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest
from typer.testing import CliRunner

from generator.cli import app
from generator.errors import ArticleError
from generator.readers import MAX_PROSE, read, read_article

LEDE = "The ministers of both countries agreed on Tuesday to reopen the crossing, officials said."


def refusal(data: bytes | str, name: str = "2026-03-03-talks.txt") -> str:
    with pytest.raises(ArticleError) as caught:
        read(data.encode() if isinstance(data, str) else data, name)
    return str(caught.value)


@pytest.mark.parametrize("data", [b"", b"\n \t\r\n", b"\xef\xbb\xbf\n"])
def test_an_empty_file_is_called_empty(data: bytes) -> None:
    """A file without a sign in it is refused as empty."""
    assert refusal(data) == "2026-03-03-talks.txt: the file is empty; an article is text in paragraphs"


def test_a_binary_file_is_told_by_its_first_zero() -> None:
    """A file with a zero byte is no text, and the message says where."""
    assert "byte 7 is zero" in refusal(b"MZ\x90\x01\x03\x04\x04\x00\x00\xff")


def test_documents_are_named_for_what_they_are() -> None:
    """PDFs, office documents and pictures are recognised, and the way out is said."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("word/document.xml", LEDE)
    assert "this is a PDF; save its text" in refusal(b"%PDF-1.7\n\x00")
    assert "office document" in refusal(packed.getvalue())
    assert "a picture" in refusal(b"\x89PNG\r\n\x1a\n\x00")


def test_a_wrong_encoding_names_the_byte_and_the_line() -> None:
    """Text in Windows-1252 is refused with the first byte that is no UTF-8, and how to convert it."""
    message = refusal(f"{LEDE}\n\nThe caf\u00e9 closed.".encode("cp1252"))
    at = len(LEDE) + 2 + len("The caf")
    assert message.startswith(f"2026-03-03-talks.txt:3: byte {at} (0xe9) is not UTF-8")
    assert "iconv -f WINDOWS-1252 -t UTF-8" in message


@pytest.mark.parametrize("encoding", ["utf-16", "utf-32"])
def test_wide_encodings_are_named(encoding: str) -> None:
    """Text in UTF-16 or UTF-32 is refused by its name, with the command that converts it."""
    assert f"the file is {encoding.upper()}; convert it" in refusal(LEDE.encode(encoding))


def test_five_megabytes_are_refused_with_the_limit() -> None:
    """A file that is far too long for an article is refused, and the message says how much may be."""
    message = refusal((LEDE + "\n\n") * 60_000)
    assert f"the limit is {MAX_PROSE:,}" in message


def test_a_very_long_file_is_not_even_read(tmp_path: Path) -> None:
    """Beyond the limit for any file, only its size is looked at."""
    path = tmp_path / "2026-03-03-big.html"
    with path.open("wb") as file:
        file.truncate(30_000_000)
    with pytest.raises(ArticleError, match="30 MB is too long for an article; 20 MB is the limit"):
        read_article(path)


@pytest.mark.parametrize("text", ["12 345\n\n* * *\n", "!!! ???", "\u200b\u00ad\n\n---"])
def test_a_file_without_letters_has_no_words(text: str) -> None:
    """Numbers and signs alone are no article."""
    assert "there are no words in it" in refusal(text)


def test_a_headline_alone_is_no_article() -> None:
    """A headline without text below it is refused, and the message says what is missing."""
    message = refusal("Ministers Agree to Reopen the Crossing\n")
    assert "there is only a headline ('Ministers Agree to Reopen the Crossing')" in message
    assert "put the article's text below it" in message


def test_an_article_without_a_date_asks_for_one() -> None:
    """Without a date anywhere, the message says the three places where one can be given."""
    message = refusal(f"{LEDE}\n\n{LEDE}", "talks.txt")
    assert "has no date" in message
    assert "--date 2025-05-17" in message
    assert "Date: 2025-05-17" in message


@pytest.mark.parametrize("value", ["05/06/2025", "next week", "2025-02-30"])
def test_a_date_that_cannot_be_read_is_named(value: str) -> None:
    """A date in doubt is refused with the forms that would have worked."""
    message = refusal(f"Title: Talks\nDate: {value}\n\n{LEDE}")
    assert f"the date {value!r} cannot be understood; 2025-05-17, 17 May 2025" in message


@pytest.mark.parametrize(
    "front, line, problem",
    [
        ("---\ntitle: a: b\ndate: 2026-03-03\n---\n", 2, "mapping values are not allowed"),
        ('---\ntitle: "Talks\ndate: 2026-03-03\n---\n', 4, "found unexpected end of stream"),
        ("---\n- one\n- two\n---\n", 2, "no list of keys"),
        ("---\ntitle: Talks\n\n", 1, "never ends"),
        ("---\ntitle: [a, b\n---\n", 3, "expected ',' or ']'"),
    ],
)
def test_front_matter_that_cannot_be_read_is_located(front: str, line: int, problem: str) -> None:
    """Broken front matter is refused with file, line and problem."""
    message = refusal(front + LEDE, "2026-03-03-talks.md")
    assert message.startswith("2026-03-03-talks.md:")
    assert problem in message
    assert abs(int(message.split(":")[1]) - line) <= 1


def test_broken_json_is_located() -> None:
    """JSON that cannot be parsed is refused with its line; JSON without a text, with the keys looked for."""
    broken = refusal('{"title": "Talks",\n "text": }', "talks.json")
    assert broken.startswith("talks.json:2: this is no valid JSON")
    assert "articleBody, text" in refusal('{"title": "Talks"}', "talks.json")
    assert "nested too deeply" in refusal("[" * 100_000, "talks.json")


def test_a_page_without_an_article_is_refused() -> None:
    """HTML in which no article is found says so."""
    assert "no article was found" in refusal("<!doctype html><html><body></body></html>", "a.html")


def test_another_language_is_refused() -> None:
    """An article in another language is not put through a model for English."""
    german = (
        "Die Minister beider Länder haben sich am Dienstag darauf verständigt, den Grenzübergang wieder zu "
        "öffnen, wie Beamte in beiden Hauptstädten mitteilten. Über die Zukunft des Tals, um das sie seit "
        "einer Generation streiten, wurde keine Einigung erzielt. Die Gespräche sollen im April weitergehen."
    )
    assert "does not read like English" in refusal(f"{german}\n\n{german}")
    assert "its language is 'fr'" in refusal(f"---\nlanguage: fr\n---\n{LEDE}")


@pytest.mark.parametrize("ends", ["\n", "\r\n", "\r", "\n\r\n", "\u2028"])
def test_line_ends_make_no_difference(ends: str) -> None:
    """Any line ends, also mixed ones, give the same paragraphs."""
    text = f"{LEDE}{ends}{ends}The road is open.\r\n\r\nNobody crossed it.\n\n{LEDE}"
    found = read(text.encode(), "2026-03-03-talks.txt")
    assert found.prose == f"{LEDE}\n\nThe road is open.\n\nNobody crossed it.\n\n{LEDE}"


def test_a_folder_that_does_not_exist_is_an_error() -> None:
    """A path that leads nowhere is named, and the exit code is 1."""
    result = CliRunner().invoke(app, ["generate", "no/such/folder"])
    assert result.exit_code != 0
    assert "no/such/folder: there is no such file or folder" in str(result.exception)


def test_a_file_that_cannot_be_opened_is_named(tmp_path: Path) -> None:
    """A folder in the place of a file is an error with its name, not a traceback."""
    with pytest.raises(ArticleError, match="cannot be opened"):
        read_article(tmp_path / "gone.txt")


UNBALANCED = f"""{LEDE}

"We will be back, the minister of trade, Ana Reyes, said in Holt.

The road was closed for six years.

"The talks were good," Reyes said.
"""


def test_unbalanced_quotation_marks_cost_no_article(tmp_path: Path) -> None:
    """Quotation marks that never close lose at most their own quote; the sound ones are found."""
    from generator.batch import Task, understand

    path = tmp_path / "2026-03-03-talks.txt"
    path.write_text(UNBALANCED, encoding="utf-8")
    outcome = understand(Task(str(path)))
    assert outcome.error is None
    assert outcome.article is not None
    assert outcome.analysis is not None
    quotes = [
        "".join(outcome.article.prose[slice(*part)] for part in q.parts) for q in outcome.analysis.quotes
    ]
    assert any(quote.startswith("The talks were good") for quote in quotes)


def run(tmp_path: Path, *arguments: str) -> tuple[int, str]:
    result = CliRunner().invoke(app, ["generate", *arguments, "--briefings", str(tmp_path / "briefings")])
    return result.exit_code, result.output


def test_two_articles_with_one_title_are_both_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two articles with the same headline, date and file name make two pages."""
    monkeypatch.chdir(tmp_path)
    for folder, who in (("north", "ministers"), ("south", "mayors")):
        (tmp_path / "seeds" / folder).mkdir(parents=True)
        text = f"Crossing Reopens After Talks\n\nThe {who} met. {LEDE}\n"
        (tmp_path / "seeds" / folder / "2026-03-03-crossing.txt").write_text(text, encoding="utf-8")
    code, output = run(tmp_path)
    pages = sorted((tmp_path / "briefings").glob("*.md"))
    assert (code, len(pages)) == (0, 2), output
    assert {"ministers met" in page.read_text() for page in pages} == {True, False}
    again = run(tmp_path, "--force")[1]
    assert sorted((tmp_path / "briefings").glob("*.md")) == pages, again


def test_one_bad_article_does_not_stop_the_others(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The good articles are written, the bad one is named, and the exit code is 1."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "seeds").mkdir()
    (tmp_path / "seeds" / "2026-03-01-good.txt").write_text(f"{LEDE}\n\n{LEDE}", encoding="utf-8")
    (tmp_path / "seeds" / "2026-03-02-bad.txt").write_bytes(b"\xff\xfe\x00")
    (tmp_path / "seeds" / "2026-03-03-good.txt").write_text(f"{LEDE}\n\n{LEDE}", encoding="utf-8")
    code, output = run(tmp_path)
    assert code == 1
    assert "failed    seeds/2026-03-02-bad.txt: the file is UTF-16" in output
    assert len(list((tmp_path / "briefings").glob("*.md"))) == 2


def test_a_page_that_somebody_broke_is_left_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A page whose front matter cannot be read stays as it is; it is named, and the others are written."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "seeds").mkdir()
    for day in (1, 2):
        (tmp_path / "seeds" / f"2026-03-0{day}-good.txt").write_text(f"{LEDE}\n\n{LEDE}", encoding="utf-8")
    run(tmp_path)
    page = tmp_path / "briefings" / "2026-03-01-good.md"
    broken = page.read_text().replace("date: 2026-03-01", "date: [")
    page.write_text(broken)
    (tmp_path / "seeds" / "2026-03-01-good.txt").write_text(f"{LEDE}\n\nIt rained.", encoding="utf-8")
    (tmp_path / "seeds" / "2026-03-02-good.txt").write_text(f"{LEDE}\n\nIt rained.", encoding="utf-8")
    code, output = run(tmp_path)
    assert code == 1
    assert page.read_text() == broken
    assert "2026-03-01-good.md" in output
    assert "It rained." in (tmp_path / "briefings" / "2026-03-02-good.md").read_text()


AWKWARD_TEXT = f"""# Heading <script>alert(1)</script> {{{{ config }}}} {{% raw %}}

{LEDE}

---

1. first *bold* _under_ `code` ``x`` | a | b |

"[x](javascript:alert(1)) &lt;b&gt; :smile: [^1] ![i](j) <img src=x onerror=y>, and more," Reyes said.

[^1]: a footnote

*[HTML]: abbr

--8<-- "Makefile"

!!! note

{{: .x #y}}

Reyes <b>said</b> so.
"""


def test_markup_in_an_article_stays_in_its_paragraphs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The page of an article full of markup reads back with the article's words, sign by sign."""
    from generator.page import parse

    monkeypatch.chdir(tmp_path)
    (tmp_path / "seeds").mkdir()
    name = "2026-03-03-..%2f..%2fetc.txt"
    (tmp_path / "seeds" / name).write_text(AWKWARD_TEXT, encoding="utf-8")
    code, output = run(tmp_path)
    assert code == 0, output
    (page,) = tmp_path.rglob("briefings/*.md")
    assert page.parent == tmp_path / "briefings"
    shown = [paragraph.text for paragraph in parse(page.read_text(), path=str(page)).paragraphs]
    article = read_article(tmp_path / "seeds" / name)
    assert shown == [article.prose[block.start : block.end] for block in article.blocks]
