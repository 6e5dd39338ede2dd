"""Draws what a terminal shows as an SVG picture: rows of text with colour codes in, cells on a grid out.

Lines and blocks are drawn as shapes, so that boxes close whatever the font. It reads the codes that
`tmux capture-pane -e` writes and leaves everything that moves a cursor to the terminal that was captured.
"""

import collections
import html
import re
import unicodedata

CELL_WIDTH, CELL_HEIGHT, MARGIN = 9, 19, 10
Colours = collections.namedtuple("Colours", "ground ink sixteen")
DARK = Colours("#15181f", "#d8dbe2", [
    "#2a2f3a", "#f0656f", "#9ac77b", "#f2cd79", "#6fb3f2", "#c88be0", "#6ccbd8", "#d8dbe2",
    "#757c8a", "#ff7d87", "#b4dd95", "#ffdb8a", "#8cc6ff", "#dba3f0", "#86dfea", "#ffffff",
])
# As pale as such terminals come, so that what can be read here can be read anywhere.
LIGHT = Colours("#ffffff", "#1c1f26", [
    "#000000", "#c91b00", "#00a400", "#c7a600", "#0225c7", "#b92bb0", "#00a0a0", "#c7c7c7",
    "#676767", "#ff6d67", "#5ff967", "#fefb67", "#6871ff", "#ff76ff", "#5ffdff", "#ffffff",
])

CODE = re.compile(r"\x1b\[([\d;:]*)m|\x1b\].*?(?:\x07|\x1b\\)|\x1b[\[(][^a-zA-Z]*[a-zA-Z]|[\x0e\x0f]")

# Arms of a line: up, right, down, left; 1 is thin, 2 is heavy or double.
LINES = {
    "─": (0, 1, 0, 1), "│": (1, 0, 1, 0), "┌": (0, 1, 1, 0), "┐": (0, 0, 1, 1), "└": (1, 1, 0, 0), "┘": (1, 0, 0, 1),
    "├": (1, 1, 1, 0), "┤": (1, 0, 1, 1), "┬": (0, 1, 1, 1), "┴": (1, 1, 0, 1), "┼": (1, 1, 1, 1),
    "╭": (0, 1, 1, 0), "╮": (0, 0, 1, 1), "╰": (1, 1, 0, 0), "╯": (1, 0, 0, 1),
    "━": (0, 2, 0, 2), "┃": (2, 0, 2, 0), "┏": (0, 2, 2, 0), "┓": (0, 0, 2, 2), "┗": (2, 2, 0, 0), "┛": (2, 0, 0, 2),
    "═": (0, 2, 0, 2), "║": (2, 0, 2, 0), "╔": (0, 2, 2, 0), "╗": (0, 0, 2, 2), "╚": (2, 2, 0, 0), "╝": (2, 0, 0, 2),
    "╵": (1, 0, 0, 0), "╶": (0, 1, 0, 0), "╷": (0, 0, 1, 0), "╴": (0, 0, 0, 1),
}

# Filled part of a cell: left, top, right, bottom in eighths, and how dense.
BLOCKS = {"█": (0, 0, 8, 8, 1), "▀": (0, 0, 8, 4, 1), "▐": (4, 0, 8, 8, 1), "▔": (0, 0, 8, 1, 1), "▕": (7, 0, 8, 8, 1),
          "░": (0, 0, 8, 8, 0.25), "▒": (0, 0, 8, 8, 0.5), "▓": (0, 0, 8, 8, 0.75)}
BLOCKS |= {glyph: (0, 7 - n, 8, 8, 1) for n, glyph in enumerate("▁▂▃▄▅▆▇")}
BLOCKS |= {glyph: (0, 0, 7 - n, 8, 1) for n, glyph in enumerate("▉▊▋▌▍▎▏")}

PLAIN = {"ink": None, "ground": None, "bold": False, "faint": False, "italic": False, "underline": False, "reverse": False,
         "struck": False}
SWITCHES = {1: "bold", 2: "faint", 3: "italic", 4: "underline", 7: "reverse", 9: "struck"}
ENDS = {21: ["bold"], 22: ["bold", "faint"], 23: ["italic"], 24: ["underline"], 27: ["reverse"], 29: ["struck"]}


def picture(captured, columns, rows, cursor=None, colours=DARK):
    """The SVG text of a captured screen; `cursor` is (column, row) or None where it is hidden."""
    grounds, shapes = [], []
    style = dict(PLAIN)
    for row, line in enumerate(captured.split("\n")[:rows]):
        column = 0
        for text, style in runs(line, style):
            for glyph in text:
                width = 0 if unicodedata.combining(glyph) else 2 if unicodedata.east_asian_width(glyph) in "WF" else 1
                at = column if width else max(column - 1, 0)
                if at + width <= columns:
                    draw_cell(grounds, shapes, glyph, at, row, max(width, 1), style, colours)
                column += width
    width, height = columns * CELL_WIDTH + 2 * MARGIN, rows * CELL_HEIGHT + 2 * MARGIN
    if cursor:
        x, y = place(*cursor)
        shapes.append(f'<rect x="{x}" y="{y + 1}" width="2" height="{CELL_HEIGHT - 2}" fill="{colours.ink}"/>')
    return "\n".join([
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" font-size="15"'
        ' font-family="JetBrains Mono, DejaVu Sans Mono, monospace" xml:space="preserve">',
        f'<rect width="{width}" height="{height}" rx="6" fill="{colours.ground}"/>',
        *grounds, *shapes, "</svg>",
    ])


def runs(line, style):
    """Pieces of a line, each with the style it is written in; the last style goes on to the next line."""
    at = 0
    for code in CODE.finditer(line):
        yield line[at:code.start()], style
        if code.group(1) is not None:
            style = changed(style, code.group(1))
        at = code.end()
    yield line[at:], style


def changed(style, codes):
    """The style after a colour code."""
    style = dict(style)
    numbers = [int(code.split(":")[0] or 0) for code in codes.split(";")]
    while numbers:
        code = numbers.pop(0)
        if code == 0:
            style = dict(PLAIN)
        elif code in SWITCHES:
            style[SWITCHES[code]] = True
        elif code in ENDS:
            style |= dict.fromkeys(ENDS[code], False)
        elif code in (38, 48):
            style["ink" if code == 38 else "ground"] = extended(numbers)
        elif code in (39, 49):
            style["ink" if code == 39 else "ground"] = None
        else:
            for first, what, bright in ((30, "ink", 0), (40, "ground", 0), (90, "ink", 8), (100, "ground", 8)):
                if first <= code < first + 8:
                    style[what] = code - first + bright
    return style


def extended(numbers):
    """A colour of the 256 or of all, taken from the numbers that follow 38 or 48; of the sixteen its number."""
    kind = numbers.pop(0) if numbers else 0
    if kind == 2 and len(numbers) >= 3:
        return "#%02x%02x%02x" % tuple(numbers.pop(0) for _ in range(3))
    index = numbers.pop(0) if numbers else 0
    if index < 16:
        return index
    if index >= 232:
        return "#" + "%02x" % (8 + 10 * (index - 232)) * 3
    index -= 16
    return "#%02x%02x%02x" % tuple(55 + 40 * part if part else 0 for part in (index // 36, index // 6 % 6, index % 6))


def place(column, row):
    return MARGIN + column * CELL_WIDTH, MARGIN + row * CELL_HEIGHT


def draw_cell(grounds, shapes, glyph, column, row, width, style, colours):
    def shown(colour, otherwise):
        return otherwise if colour is None else colours.sixteen[colour] if isinstance(colour, int) else colour

    ink, ground = shown(style["ink"], colours.ink), shown(style["ground"], None)
    if style["reverse"]:
        ink, ground = ground or colours.ground, ink
    x, y = place(column, row)
    wide = width * CELL_WIDTH
    if ground:
        grounds.append(f'<rect x="{x}" y="{y}" width="{wide}" height="{CELL_HEIGHT}" fill="{ground}" shape-rendering="crispEdges"/>')
    opacity = ' opacity="0.6"' if style["faint"] else ""
    if glyph in LINES:
        shapes.append(box_line(LINES[glyph], x, y, ink, opacity))
    elif glyph in BLOCKS:
        left, top, right, bottom, density = BLOCKS[glyph]
        across, down = CELL_WIDTH / 8, CELL_HEIGHT / 8
        shapes.append(f'<rect x="{x + left * across}" y="{y + top * down}" width="{(right - left) * across}"'
                      f' height="{(bottom - top) * down}" fill="{ink}" opacity="{density}"/>')
    elif not glyph.isspace():
        weight = ' font-weight="bold"' if style["bold"] else ""
        slant = ' font-style="italic"' if style["italic"] else ""
        shapes.append(f'<text x="{x}" y="{y + 14}" fill="{ink}"{weight}{slant}{opacity}>{html.escape(glyph)}</text>')
    for is_on, height in ((style["underline"], 17), (style["struck"], 10)):
        if is_on:
            shapes.append(f'<rect x="{x}" y="{y + height}" width="{wide}" height="1" fill="{ink}"{opacity}/>')


def box_line(arms, x, y, ink, opacity):
    up, right, down, left = arms
    middle_x, middle_y = x + CELL_WIDTH / 2, y + CELL_HEIGHT / 2
    ends = ((up, middle_x, y), (right, x + CELL_WIDTH, middle_y), (down, middle_x, y + CELL_HEIGHT), (left, x, middle_y))
    heavy = 2.4 if max(arms) == 2 else 1.2
    path = " ".join(f"M{middle_x} {middle_y} L{to_x} {to_y}" for arm, to_x, to_y in ends if arm)
    return f'<path d="{path}" stroke="{ink}" stroke-width="{heavy}" stroke-linecap="square" fill="none"{opacity}/>'
