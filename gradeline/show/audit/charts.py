"""The charts of a report, as SVG that takes its colours and letters from the page."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt
from typing import Any

from gradeline.evaluate.audit.counts.bounds import Z
from gradeline.records.store.engine import installed

COLOURS = {"#101112": "var(--ink)", "#505152": "var(--soft)", "#d0d1d2": "var(--rule)"}
COLOURS |= {"#0b5a61": "var(--for)", "#4c4a7e": "var(--practice)"}
INK, SOFT, RULE, RECORDED, ASSUMED = COLOURS
WIDTH, ROW = 400, 34
LONG, BRIEF, SHORT = 240, 150, 22
"""The width of long labels and of brief ones, and how many letters are brief."""
WRAPPED = 34
"""Letters of a line of a label."""
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


def spread(marks: Sequence[Mark], words: Words, upright: bool = False) -> str:
    """For each group a line over what its share lies between, and a point for the share: below or beside each other."""
    altair = installed("altair")
    rows = [{**vars(mark), "group": textwrap.fill(mark.group, WRAPPED)} for mark in marks]
    groups = list(dict.fromkeys(str(row["group"]) for row in rows))
    base = altair.Chart(altair.Data(values=rows))
    group = {
        "sort": groups,
        "title": None,
        "axis": altair.Axis(labelLimit=320, labelPadding=8, ticks=False, domain=False),
    }
    share = {"scale": altair.Scale(domain=[0, 1]), "title": words.share, "axis": axis(altair)}
    colour = altair.Color("reading:N", sort=None, scale=scale(altair, marks), legend=None)
    if upright:
        channels = {"x": altair.X("group:N", **group), "xOffset": altair.XOffset("reading:N", sort=None)}
        ends = {"y": altair.Y("lowest:Q", **share), "y2": "highest:Q"}, {"y": altair.Y("share:Q", **share)}
        size = {"width": WIDTH, "height": 150}
    else:
        channels = {"y": altair.Y("group:N", **group), "yOffset": altair.YOffset("reading:N", sort=None)}
        ends = {"x": altair.X("lowest:Q", **share), "x2": "highest:Q"}, {"x": altair.X("share:Q", **share)}
        size = {"width": WIDTH, "height": ROW * len(groups)}
    lines = base.mark_rule(strokeWidth=5, opacity=0.38, strokeCap="round").encode(**channels, **ends[0], color=colour)
    points = base.mark_point(size=52, filled=True, opacity=1).encode(**channels, **ends[1], color=colour)
    return svg((lines + points).properties(**size))


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


def labels(altair: Any, groups: Sequence[str], upright: bool) -> Any:
    """The axis of the groups: as wide in every chart as the longest of its kind needs, long names on two lines."""
    plain = {"ticks": False, "domain": False}
    if upright:
        return altair.Axis(**plain, labelAngle=0, labelOverlap=True)
    wide = LONG if any(len(group) > SHORT for group in groups) else BRIEF
    return altair.Axis(**plain, labelExpr="split(datum.label, '\\n')", minExtent=wide, maxExtent=wide, labelPadding=8)


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
