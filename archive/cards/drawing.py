"""Draws a card: the words in the largest letters that fit, the facts below them."""

from __future__ import annotations

import io
from dataclasses import dataclass, field

from PIL import Image, ImageDraw
from PIL.PngImagePlugin import PngInfo

from archive.cards.card import Card, Mark
from archive.cards.fonts import (
    SANS,
    SERIF,
    Font,
    can_draw,
    cut,
    font,
    lines_of,
)

WIDTH, HEIGHT = 1200, 630
EDGE, TOP, BOTTOM = 72, 64, 572  # px
INNER = WIDTH - 2 * EDGE
SIZES = (76, 68, 60, 54, 48, 43, 39, 35, 32, 29)  # px, of the words
LONG = 1_400  # characters: only the smallest letters can hold them
MAX_MEASURED = 5_000  # characters: more than any card can hold
LEADING = 1.2
MIN_ROOM = 60  # px for a text beside another one
COLOURS = 64  # of the file
PAPER, INK, GREY, RULE, BLUE = "#fdfcfa", "#16181c", "#4b4f57", "#dedad2", "#0b4a8f"
STANCES = {
    "supports": ("#0b6459", "#def1ed"),
    "opposes": ("#a33a12", "#fbe7de"),
    "mixed": ("#6f5600", "#f6eecf"),
}
Stroke = tuple[float, float, float, float]  # from x, y to x, y
ICONS: dict[str, list[Stroke]] = {  # in a box of 24, as in templates/icons/
    "supports": [(5, 12.5, 9.5, 17), (9.5, 17, 19, 7.5)],
    "opposes": [(6, 6, 18, 18), (18, 6, 6, 18)],
    "mixed": [(5, 9, 19, 9), (5, 15, 19, 15)],
}
PLAIN = "plain"  # the key of a text without a chip
DASH: list[Stroke] = [(6, 12, 18, 12)]


@dataclass
class Sheet:
    """The picture while it is drawn, and the words on it so far."""

    image: Image.Image
    written: list[tuple[float, float, str]] = field(default_factory=list)

    @property
    def words(self) -> list[str]:
        """In reading order."""
        return [text for _y, _x, text in sorted(self.written)]

    @property
    def pen(self) -> ImageDraw.ImageDraw:
        return ImageDraw.Draw(self.image)

    def write(self, x: float, y: float, text: str, one: Font, colour: str) -> None:
        """Text with its top left corner (of the ascenders) at x, y."""
        if text:
            self.pen.text((x, y), text, font=one, fill=colour)
            self.written.append((y, x, text))


def draw(card: Card) -> bytes:
    """The PNG, 1200 × 630, with its words as the text chunk Description. Words that the
    fonts cannot draw give a card without words.
    """
    sheet = _drawn(card)
    info = PngInfo()
    info.add_itxt("Description", "\n".join(sheet.words), lang="en", tkey="Description")
    picture = sheet.image.quantize(COLOURS, method=Image.Quantize.FASTOCTREE)
    file = io.BytesIO()
    picture.save(file, "PNG", pnginfo=info)
    return file.getvalue()


def drawn_words(card: Card) -> list[str]:
    """What is written on the card, line by line."""
    return _drawn(card).words


def _drawn(card: Card) -> Sheet:
    sheet = Sheet(Image.new("RGB", (WIDTH, HEIGHT), PAPER))
    if not can_draw(card.texts):
        card = card.without_words()
    sheet.pen.rectangle((0, HEIGHT - 12, WIDTH, HEIGHT), fill=INK)
    _head(sheet, card)
    if card.words:
        bottom = _facts(sheet, card)
        _words(sheet, card, TOP + 64, bottom - 24)
    return sheet


def _head(sheet: Sheet, card: Card) -> None:
    """Kind on the left, the site's name on the right; alone it stands large."""
    if not card.words:
        one, mark = font(SERIF, 96, 640), font(SERIF, 200, 640)
        sheet.write(EDGE, 190, "“", mark, BLUE)
        sheet.write(EDGE, 330, card.site, one, INK)
        return
    small, brand = font(SANS, 25, 600), font(SERIF, 36, 640)
    left = WIDTH - EDGE - brand.getlength(f"“ {card.site}")
    kind = _short(card.kind, small, 1, int(left - EDGE - 20))
    sheet.write(EDGE, TOP - 2, "".join(kind), small, GREY)
    sheet.write(left, TOP - 10, "“", brand, BLUE)
    sheet.write(left + brand.getlength("“ "), TOP - 10, card.site, brand, INK)


def _facts(sheet: Sheet, card: Card) -> float:
    """Draws the lines below the words, from the bottom upwards; returns their top."""
    y = float(BOTTOM)
    small, bold = font(SANS, 24, 440), font(SANS, 30, 660)
    for text in (card.source, card.note):
        for line in reversed(_short(text, small, 1)):
            y -= 34
            sheet.write(EDGE, y, line, small, GREY)
    for line in reversed(_short(card.on, small, 2)):
        y -= 34
        sheet.write(EDGE, y, line, small, INK)
    for row in reversed(_rows(card)):
        y -= 52
        _marks(sheet, row, y)
    if card.name or card.role:
        y -= 46
        name = next(iter(_short(card.name, bold, 1)), "")
        sheet.write(EDGE, y, name, bold, INK)
        x = EDGE + bold.getlength(f"{name}  ") if name else EDGE
        role = _short(card.role, small, 1, int(WIDTH - EDGE - x))
        sheet.write(x, y + 5, next(iter(role), ""), small, GREY)
    y -= 24
    sheet.pen.line((EDGE, y, WIDTH - EDGE, y), fill=RULE, width=2)
    return y


def _short(text: str, one: Font, count: int, width: int = INNER) -> list[str]:
    """At most `count` lines; a longer text ends with …, and without room there is
    none.
    """
    if width < MIN_ROOM:
        return []
    lines = lines_of(text, one, width)
    return cut(lines, count, one, width, "") if len(lines) > count else lines


def _rows(card: Card) -> list[list[Mark]]:
    """The stances as chips and the basis as plain text, in rows that fit."""
    rows: list[list[Mark]] = []
    left = 0.0
    for mark in [*card.marks, *([Mark(PLAIN, card.basis)] if card.basis else [])]:
        width = _width(mark)
        if not rows or width > left:
            rows.append([])
            left = INNER
        rows[-1].append(mark)
        left -= width + 12
    return rows


def _width(mark: Mark) -> float:
    if mark.key == PLAIN:
        return font(SANS, 24, 440).getlength(mark.text)
    return 62 + font(SANS, 24, 640).getlength(mark.text)


def _marks(sheet: Sheet, row: list[Mark], y: float) -> None:
    x = float(EDGE)
    for mark in row:
        if mark.key == PLAIN:
            small = font(SANS, 24, 440)
            sheet.write(x, y + 6, _short(mark.text, small, 1)[0], small, GREY)
        else:
            _chip(sheet, mark, (x, y, x + _width(mark), y + 42), font(SANS, 24, 640))
        x += _width(mark) + 12


def _chip(
    sheet: Sheet, mark: Mark, box: tuple[float, float, float, float], one: Font
) -> None:
    colour, back = STANCES.get(mark.key, (GREY, "#f4f2ed"))
    sheet.pen.rounded_rectangle(box, radius=8, fill=back)
    x, y, _right, _bottom = box
    for x1, y1, x2, y2 in ICONS.get(mark.key, DASH):
        ends = (x + 12 + x1, y + 9 + y1, x + 12 + x2, y + 9 + y2)
        sheet.pen.line(ends, fill=colour, width=3)
    sheet.write(x + 44, y + 6, mark.text, one, colour)


def _words(sheet: Sheet, card: Card, top: float, bottom: float) -> None:
    """In the largest letters that fit; cut, and marked so, only if the smallest do
    not.
    """
    text = card.words[:MAX_MEASURED]
    for size in SIZES if len(text) < LONG else SIZES[-1:]:
        one, leading = font(SERIF, size, 520), size * LEADING
        lines = lines_of(text, one, INNER)
        if len(lines) * leading <= bottom - top:
            break
    else:
        note = font(SANS, 21, 440)
        bottom -= 30
        end = "”" if card.words.endswith("”") else ""
        lines = cut(lines, max(1, int((bottom - top) // leading)), one, INNER, end)
        sheet.write(EDGE, bottom + 4, card.cut, note, GREY)
    y = top + max(0, (bottom - top - len(lines) * leading) / 2)
    for line in lines:
        sheet.write(EDGE, y, line, one, INK)
        y += leading
