"""The charts of a report, as SVG that takes its colours and letters from the page."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt
from typing import Any

from gradeline.evaluate.audit.counts.bounds import Z
from gradeline.records.store.engine import installed

COLOURS = {"#101112": "var(--ink)", "#505152": "var(--soft)", "#d0d1d2": "var(--rule)"}
COLOURS |= {"#0b5a61": "var(--for)", "#4c4a7e": "var(--practice)"}
INK, SOFT, RULE, RECORDED, ASSUMED = COLOURS
WIDTH, ROW, HEIGHT = 380, 48, 150
"""A chart is no wider than a page on a telephone can show with letters that can be read."""
LABEL = " "
"""Where a group's name stands: above its lines, in the place of a reading."""
OUTER = 3.0902
"""Of a funnel's outer limits: 99.8 %."""


@dataclass(frozen=True)
class Mark:
    """One group in one reading: its share, if it has one, and what the share lies between."""

    group: str
    reading: str
    lowest: float | None
    highest: float | None
    share: float | None
    of: int | None = None


@dataclass(frozen=True)
class Words:
    """The words of a chart."""

    share: str
    groups: str
    episodes: str


def tells(marks: Sequence[Mark]) -> bool:
    """Whether there is anything to see: a share, or a bound that is not all or nothing."""
    return any(
        mark.share is not None or (mark.lowest is not None and (mark.lowest, mark.highest) != (0.0, 1.0))
        for mark in marks
    )


def spread(marks: Sequence[Mark], words: Words) -> str:
    """For each group a line over what its share lies between, and a point for the share; its name stands above."""
    altair = installed("altair")
    groups, readings = (list(dict.fromkeys(each)) for each in zip(*((m.group, m.reading) for m in marks), strict=True))
    place = altair.Y("group:N", sort=groups, axis=None)
    within = altair.YOffset("reading:N", scale=altair.Scale(domain=[LABEL, *readings], paddingOuter=0.1))
    share = {"scale": altair.Scale(domain=[0, 1]), "title": words.share, "axis": axis(altair)}
    ends = altair.X("lowest:Q", **share), altair.X2("highest:Q")
    names = altair.Chart(altair.Data(values=[{"group": group, "reading": LABEL} for group in groups]))
    named = names.mark_text(align="left", fontSize=12, color=INK).encode(
        y=place, yOffset=within, x=altair.value(0), text="group:N"
    )
    lines, points = drawn(altair, marks)
    lines = lines.encode(y=place, yOffset=within, x=ends[0], x2=ends[1])
    points = points.encode(y=place, yOffset=within, x=altair.X("share:Q", **share))
    return svg((named + lines + points).properties(width=WIDTH, height=ROW * len(groups)))


def run(marks: Sequence[Mark], words: Words) -> str:
    """The same, one group after the other from left to right: months."""
    altair = installed("altair")
    groups = list(dict.fromkeys(mark.group for mark in marks))
    names = altair.Axis(ticks=False, domain=False, labelAngle=0, labelOverlap=True, labelPadding=10)
    place = altair.X("group:N", sort=groups, title=None, axis=names)
    within = altair.XOffset("reading:N", sort=None)
    share = {"scale": altair.Scale(domain=[0, 1]), "title": words.share, "axis": axis(altair)}
    lines, points = drawn(altair, marks)
    lines = lines.encode(x=place, xOffset=within, y=altair.Y("lowest:Q", **share), y2=altair.Y2("highest:Q"))
    points = points.encode(x=place, xOffset=within, y=altair.Y("share:Q", **share))
    return svg((lines + points).properties(width=WIDTH, height=HEIGHT))


def drawn(altair: Any, marks: Sequence[Mark]) -> tuple[Any, Any]:
    """The lines and the points of some marks, in the colours of their readings."""
    base = altair.Chart(altair.Data(values=[vars(mark) for mark in marks]))
    colour = altair.Color("reading:N", sort=None, scale=scale(altair, marks), legend=None)
    lines = base.mark_rule(strokeWidth=5, opacity=0.38, strokeCap="round").encode(color=colour)
    return lines, base.mark_point(size=52, filled=True, opacity=1).encode(color=colour)


def funnel(marks: Sequence[Mark], words: Words) -> str:
    """Each group's share by its number of episodes, within limits around the share of all."""
    altair = installed("altair")
    counted = [mark for mark in marks if mark.share is not None and mark.of]
    whole = sum(mark.of or 0 for mark in counted)
    middle = sum((mark.share or 0) * (mark.of or 0) for mark in counted) / whole
    most = max(mark.of or 0 for mark in counted)
    share = altair.Y("share:Q", scale=altair.Scale(domain=[0, 1]), title=words.share, axis=axis(altair))
    number = altair.X("of:Q", title=words.episodes, scale=altair.Scale(domain=[0, most * 1.05]))
    values = [{"of": mark.of, "share": mark.share} for mark in counted]
    layers = altair.Chart(altair.Data(values=values)).mark_point(filled=True, size=45, color=RECORDED, opacity=0.8)
    layers = layers.encode(x=number, y=share)
    for z, dash in ((Z, [1, 0]), (OUTER, [4, 3])):
        for sign in (-1, 1):
            line = altair.Chart(altair.Data(values=limit(middle, sign * z, most)))
            layers += line.mark_line(color=SOFT, strokeWidth=1, strokeDash=dash).encode(x=number, y=share)
    return svg(layers.properties(width=WIDTH, height=220))


def limit(middle: float, z: float, most: int) -> list[dict[str, float]]:
    """One limit of a funnel: so many standard errors from the middle."""
    counts = [max(1, round(most * 1.05 * part / 40)) for part in range(1, 41)]
    ends = (middle + z * sqrt(middle * (1 - middle) / count) for count in counts)
    return [{"of": count, "share": min(max(end, 0.0), 1.0)} for count, end in zip(counts, ends, strict=True)]


def axis(altair: Any) -> Any:
    """An axis of shares."""
    return altair.Axis(format=".0%", values=[0, 0.25, 0.5, 0.75, 1], gridColor=RULE, domain=False, ticks=False)


def scale(altair: Any, marks: Sequence[Mark]) -> Any:
    """A colour for each reading."""
    readings = list(dict.fromkeys(mark.reading for mark in marks))
    return altair.Scale(domain=readings, range=[RECORDED, ASSUMED][: len(readings)])


CONFIG = {
    "background": None,
    "view": {"stroke": None},
    "axis": {"labelColor": INK, "titleColor": SOFT, "labelFontSize": 12, "titleFontSize": 12, "titleFontWeight": 400},
}


def svg(chart: Any) -> str:
    """A chart as SVG to stand in a page: it shrinks with the page, in the page's letters and colours."""
    spec = chart.to_dict()
    spec["config"] = CONFIG
    drawn: str = installed("vl_convert").vegalite_to_svg(spec)
    for colour, own in COLOURS.items():
        drawn = drawn.replace(colour, own)
    drawn = re.sub(r' font-family="[^"]*"', "", drawn)
    drawn = re.sub(r' aria-\w+="[^"]*"| role="[^"]*"', "", drawn)
    width, height = re.search(r'<svg[^>]* width="([\d.]+)" height="([\d.]+)"', drawn).groups()  # type: ignore[union-attr]
    size = f'viewBox="0 0 {width} {height}" width="{width}"'
    head = f'<svg xmlns="http://www.w3.org/2000/svg" class="chart" {size} aria-hidden="true">'
    return re.sub(r"<svg[^>]*>", head, drawn, count=1)
