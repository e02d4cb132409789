{% for p in plans %}
-- step signs_{{ p.leg }}: {{ p.id }}: the first day with a warning sign
SELECT l.course, min(l.day) AS sign FROM looks l JOIN truths_{{ p.leg }} t ON t.sight = l.sight
WHERE l.leg = {{ p.leg }} AND t.sign = 2 AND l.course % 2 = 0 AND l.day BETWEEN l.first AND l.read AND {{ has('l.roles', APPLIES) }}

GROUP BY l.course

-- step reads_{{ p.leg }}: the day on which practice is read, and what ended the follow-up before its horizon
SELECT c.course, c.episode, c.reading, c.pid, c.first, c.horizon, c.never_open, g.sign, coalesce(g.sign - 1, c.read) AS read,
  CASE WHEN g.sign IS NOT NULL THEN 'warning sign' ELSE c.cut END AS ended,
  c.course * {{ SPREAD }} + (coalesce(g.sign - 1, c.read) - c.first + {{ SPREAD // 2 }}) AS ask
FROM courses c LEFT JOIN signs_{{ p.leg }} g ON g.course = c.episode * 2 WHERE c.leg = {{ p.leg }}


-- step applied_{{ p.leg }}: the highest of the days, two bits a recommendation, and the first day on which something was missing
SELECT l.course{% for word in p.packs %}, bit_or(t.b{{ word }}) AS b{{ word }}{% endfor %}{% for line in p.wholes %},
  min(CAST(l.day AS BIGINT) * {{ LEAVES }} + t.missing_{{ line.number }}) AS missing_{{ line.number }}{% endfor %}

FROM looks l JOIN truths_{{ p.leg }} t ON t.sight = l.sight JOIN reads_{{ p.leg }} r ON r.course = l.course
WHERE l.leg = {{ p.leg }} AND l.day BETWEEN r.first AND r.read AND {{ has('l.roles', APPLIES) }}

GROUP BY l.course

{% for line in p.deadlines %}
{% set key = p.leg ~ '_' ~ line.number %}
-- view limited_{{ key }}: {{ line.id }}: each day of its limit, and the day after
SELECT l.course, l.day, l.ask, t.applies_{{ line.same }} AS applies, t.when_{{ line.number }} AS said, t.done_{{ line.number }} AS done,
  l.{{ line.lim1 }} AS lim1, l.{{ line.lim2 }} AS lim2, l.day > r.read AS after_
FROM looks l JOIN truths_{{ p.leg }} t ON t.sight = l.sight JOIN reads_{{ p.leg }} r ON r.course = l.course
WHERE l.leg = {{ p.leg }} AND l.day >= l.first AND {{ has('l.roles', APPLIES) }} AND (l.day <= r.read
  OR ({{ has('l.roles', AFTER) }} AND r.ended = '' AND l.day = greatest(r.horizon, r.first) + 1))

-- step lapsing_{{ key }}: when it last applied, surely and perhaps, and last lapsed: where its own condition turned no before the limit
SELECT b.course, max(CASE WHEN b.applies > 0 THEN b.day END) AS maybe, max(CASE WHEN b.applies = 2 THEN b.day END) AS surely,
  max(CASE WHEN b.said = 0 AND b.day <= b.lim1 THEN b.day ELSE 0 END) AS hard,
  max(CASE WHEN b.said = 0 AND b.day <= b.lim2 THEN b.day ELSE 0 END) AS soft,
  max(b.done) AS done, max(b.day) AS last, bool_or(b.after_) AS after_
FROM limited_{{ key }} b GROUP BY b.course

-- step stood_{{ key }}: what stood of it on a day on which the action was done
SELECT s.course, max(least(s.applied, s.done)) AS best FROM (
  SELECT b.course, b.done, greatest(
    max(b.applies) OVER (PARTITION BY b.course, b.hard, b.soft ORDER BY b.day RANGE BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW),
    least(1, max(b.applies) OVER (PARTITION BY b.course, b.hard ORDER BY b.day RANGE BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW))) AS applied
  FROM (
    SELECT a.*, sum(CASE WHEN a.said = 0 AND a.day <= a.lim1 THEN 1 ELSE 0 END) OVER w AS hard,
      sum(CASE WHEN a.said = 0 AND a.day > a.lim1 AND a.day <= a.lim2 THEN 1 ELSE 0 END) OVER w AS soft
    FROM limited_{{ key }} a WHERE a.course IN (SELECT course FROM lapsing_{{ key }} WHERE done > 0)
    WINDOW w AS (PARTITION BY a.course ORDER BY a.day RANGE BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW)
  ) b
) s GROUP BY s.course

-- step owed_{{ key }}: what stands at the end, or stood on a day on which the action was done
SELECT x.course, x.sight, least(t.is_index, greatest(coalesce(x.best, 0),
  CASE WHEN x.ended = '' AND NOT x.after_ THEN least(x.stands, CASE WHEN x.last < x.lim1 THEN 0 WHEN x.last < x.lim2 THEN 1 ELSE 2 END)
    ELSE x.stands END)) AS applies
FROM (
  SELECT s.course, s.last, s.after_, o.best, r.ended, l.sight, l.{{ line.lim1 }} AS lim1, l.{{ line.lim2 }} AS lim2,
    CASE WHEN s.surely >= s.soft THEN 2 WHEN s.maybe >= s.hard THEN 1 ELSE 0 END AS stands
  FROM lapsing_{{ key }} s
  JOIN reads_{{ p.leg }} r ON r.course = s.course
  JOIN looks l ON l.ask = s.course * {{ SPREAD }} + (s.last - r.first + {{ SPREAD // 2 }})
  LEFT JOIN stood_{{ key }} o ON o.course = s.course
) x JOIN truths_{{ p.leg }} t ON t.sight = x.sight

{% endfor %}
-- step ends_{{ p.leg }}: what each course looks like on the day read, and how the acts that are judged were weighed
SELECT r.course, r.ended <> '' AS cut, l.sight{% for line in p.judged %},
  coalesce(w{{ line }}.worst * 4 + w{{ line }}.taken, -1) AS weighed_{{ line }}{% endfor %}

FROM reads_{{ p.leg }} r JOIN looks l ON l.ask = r.ask{% for line in p.judged %}

LEFT JOIN weighed w{{ line }} ON w{{ line }}.leg = {{ p.leg }} AND w{{ line }}.line = {{ line }} AND w{{ line }}.ask = r.ask{% endfor %}

WHERE r.read >= r.first

-- step deeds_{{ p.leg }}: what was done, by the first decision that holds
SELECT d.sight{% for line in p.judged %}, d.weighed_{{ line }}{% endfor %}{% for line in p.lines if not line.deadline %},
  {{ line.practice }} AS practice_{{ line.number }},
  {{ line.unknown }} AS unknown_{{ line.number }}, {{ line.tree or 'CAST(NULL AS INTEGER)' }} AS declined_{{ line.number }}{% endfor %}{% if p.manners == ['always'] %}, 0 AS always{% endif %}

FROM (SELECT DISTINCT e.sight{% for line in p.judged %}, e.weighed_{{ line }}{% endfor %} FROM ends_{{ p.leg }} e) d
JOIN truths_{{ p.leg }} t ON t.sight = d.sight

-- step manners_{{ p.leg }}: the different ways of what was done
SELECT CAST(row_number() OVER (ORDER BY {{ p.manners | join(', ') }}) AS INTEGER) AS manner, m.* FROM (
  SELECT DISTINCT {{ p.manners | join(', ') }} FROM deeds_{{ p.leg }}

) m

-- step found_{{ p.leg }}: a course a row: to whom what applies, what is missing, what was done
SELECT e.course, e.cut, m.manner{% for word in p.packs %}, a.b{{ word }}{% endfor %}{% for line in p.lines if line.deadline or line.number == line.same %},
  CASE WHEN {{ line.applied }} = 1 THEN coalesce(a.missing_{{ line.same }} % {{ LEAVES }}, {{ ONSET }}) ELSE 0 END AS missing_{{ line.number }}{% endfor %}{% for line in p.deadlines %}{% set n = line.number %},
  o{{ n }}.applies AS owed_{{ n }}, t{{ n }}.practice_{{ n }}, coalesce(t{{ n }}.unknown_{{ n }}, 0) AS unknown_{{ n }}, coalesce(t{{ n }}.declined_{{ n }}, 0) AS declined_{{ n }}{% endfor %}

FROM ends_{{ p.leg }} e
JOIN applied_{{ p.leg }} a ON a.course = e.course
JOIN deeds_{{ p.leg }} d ON d.sight = e.sight{% for line in p.judged %} AND d.weighed_{{ line }} = e.weighed_{{ line }}{% endfor %}

JOIN manners_{{ p.leg }} m ON {% for name in p.manners %}{{ ' AND ' if not loop.first }}coalesce(m.{{ name }}, {{ "''" if name.startswith('practice') else -99 }}) = coalesce(d.{{ name }}, {{ "''" if name.startswith('practice') else -99 }}){% else %}TRUE{% endfor %}
{% for line in p.deadlines %}{% set n = line.number %}

JOIN owed_{{ p.leg }}_{{ n }} o{{ n }} ON o{{ n }}.course = e.course
JOIN truths_{{ p.leg }} t{{ n }} ON t{{ n }}.sight = o{{ n }}.sight{% endfor %}


-- step kinds_of_{{ p.leg }}: the different things that were found: many courses come to the same
SELECT row_number() OVER (ORDER BY {{ p.found | join(', ') }}) * {{ plans | length }} + {{ p.leg + 1 }} AS outcome, k.* FROM (
  SELECT DISTINCT {{ p.found | join(', ') }} FROM found_{{ p.leg }}

) k

-- step findings_{{ p.leg }}: each of them recommendation by recommendation: whether it applied, what was done
SELECT f.*{% for line in p.lines %},
  CASE WHEN f.applies_{{ line.number }} > 0 THEN f.done_{{ line.number }} END AS practice_{{ line.number }}{% endfor %}

FROM (
  SELECT k.outcome, k.cut{% for line in p.lines %}{% set from = 'k' if line.deadline else 'm' %},
    {{ line.truth }} AS applies_{{ line.number }}, k.missing_{{ line.number if line.deadline else line.same }} AS missing_{{ line.number }}, {{ from }}.practice_{{ line.number }} AS done_{{ line.number }},
    {{ from }}.unknown_{{ line.number }}, {{ from }}.declined_{{ line.number }}{% endfor %}

  FROM kinds_of_{{ p.leg }} k JOIN manners_{{ p.leg }} m ON m.manner = k.manner
) f

-- step came_to_{{ p.leg }}: which of them each course came to; the first where it was asked on no day
SELECT r.episode, r.reading, r.pid, k.outcome
FROM reads_{{ p.leg }} r JOIN found_{{ p.leg }} f ON f.course = r.course
JOIN kinds_of_{{ p.leg }} k ON {% for name in p.found %}{{ ' AND ' if not loop.first }}k.{{ name }} = f.{{ name }}{% endfor %}

UNION ALL SELECT r.episode, r.reading, r.pid, {{ p.leg + 1 }} FROM reads_{{ p.leg }} r WHERE r.read < r.first OR r.never_open

{% if p.groups %}
-- step gates_{{ p.leg }}: whether each group of signs was asked for, on the day read; whoever had a sign may owe another answer
SELECT r.episode, r.pid, CASE WHEN {% for group in p.groups %}{{ ' AND ' if not loop.first }}(s.settled & {{ 2 ** loop.index0 }}) <> 0 AND {{ group.signs }} = 0{% endfor %} THEN 'no' ELSE 'not asked' END AS gate,
  {% for group in p.groups if group.questions %}{{ group.questions }} > 0 OR {% endfor %}w.pid IS NOT NULL AS raised
FROM reads_{{ p.leg }} r JOIN looks l ON l.ask = r.ask JOIN sights t ON t.sight = l.sight
JOIN (
  SELECT x.ask, bit_or(CASE x.grp {% for group in p.groups %}WHEN {{ loop.index0 }} THEN {{ 2 ** loop.index0 }} {% endfor %}END) AS settled FROM (
    SELECT s.ask, c.grp FROM seen s JOIN contents c ON c.content = s.content WHERE s.leg = {{ p.leg }} AND s.look = 'settled' AND s.inside = 2
    UNION ALL SELECT n.ask, v.grp FROM newest n JOIN values_of_signs v ON v.content = n.content WHERE v.leg = {{ p.leg }} AND n.says = 0 AND n.of_episode
  ) x GROUP BY x.ask
) s ON s.ask = r.ask
LEFT JOIN (
  SELECT DISTINCT w.pid FROM wanted w JOIN legs q ON q.g = w.g
  WHERE q.leg = {{ p.leg }} AND w.warns AND NOT w.negated AND w.look = 'recorded'
) w ON w.pid = r.pid
WHERE r.reading = 0

{% endif %}
{% endfor %}
