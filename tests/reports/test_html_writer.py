"""Documents as one web page: parsed again, nothing fetched, nothing of a record run."""

import io
from datetime import date
from html.parser import HTMLParser

from PIL import Image

from ocgdesk.reports import html_writer
from ocgdesk.reports.document import (
    Contents,
    Document,
    Facts,
    Heading,
    Paragraph,
    Picture,
    Table,
    Tone,
)

HOSTILE = '<script src="http://x/y.js">alert(1)</script> & "quoted"'


class Seen(HTMLParser):
    """What a browser would find on the page."""

    def __init__(self):
        super().__init__()
        self.tags, self.text, self.links = [], [], []

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        self.links += [value for name, value in attrs if name in {"src", "href"}]

    def handle_data(self, data):
        self.text.append(data)


def seen(*blocks, **more):
    said = {"title": "OCG profile", "marking": "OFFICIAL-SENSITIVE", "day": date(2026, 11, 18)}
    page = Seen()
    page.feed(html_writer.to_html(Document(**(said | more), blocks=blocks)).decode())
    return page


def test_it_is_marked_at_top_and_bottom_and_says_what_is_invented():
    text = "".join(seen(Paragraph("x"), synthetic=True).text)
    said = "OFFICIAL-SENSITIVE · SYNTHETIC DATA"
    assert text.rpartition("}")[2].count(said) == 2
    assert f'@top-center{{content:"{said}"' in text  # of each page that is printed
    assert f'@bottom-center{{content:"{said}"' in text


def test_a_marking_cannot_leave_the_rules_of_the_printed_page():
    page = seen(Paragraph("x"), marking='A"}</style><script>\\')
    assert "script" not in page.tags
    assert 'content:"A\\22 }\\3c /style>' in "".join(page.text)


def test_words_of_a_record_are_words_and_nothing_is_fetched():
    out = io.BytesIO()
    Image.new("RGB", (3, 3)).save(out, "PNG")
    page = seen(
        Paragraph(HOSTILE),
        Facts(((HOSTILE, HOSTILE),)),
        Table((HOSTILE,), ((HOSTILE,),)),
        Picture(png=out.getvalue(), alt=HOSTILE, caption="Links"),
        title=HOSTILE,
    )
    assert "script" not in page.tags
    assert "".join(page.text).count("alert(1)") == 7
    assert all(link.startswith(("data:image/png", "#")) for link in page.links)
    assert "Figure 1: Links" in "".join(page.text)


def test_headings_are_listed_and_led_to():
    page = seen(Contents(), Heading("County lines"), Paragraph("Late", Tone.WARNING))
    assert page.links == ["#part-1"]
    assert page.tags.count("h2") == 1


def test_lines_of_a_cell_stay_lines():
    assert "br" in seen(Facts((("a", "one\ntwo"),))).tags


def test_headings_of_the_same_words_are_each_reached_and_numbers_stand_at_the_right():
    table = Table(("Strand", "Live"), (("Pursue", "3"),))
    blocks = (Contents(), Heading("Level"), table, Heading("Level"))
    paper = Document(title="P", marking="OFFICIAL", day=date(2026, 11, 18), blocks=blocks)
    page = html_writer.page(paper)
    links = [part.split('"')[0] for part in page.split('href="#')[1:]]
    assert len(set(links)) == 2
    assert all(page.count(f'id="{link}"') == 1 for link in links)
    assert '<th align="right" scope="col">Live</th>' in page
    assert '<td align="right">3</td>' in page


def test_no_level_of_heading_is_left_out():
    page = seen(Heading("First", 2), Heading("Below", 3), Heading("Next", 2))
    assert [tag for tag in page.tags if tag in {"h2", "h3", "h4"}] == ["h2", "h3", "h2"]
