{% for p in plans %}
-- step truths_{{ p.leg }}: {{ p.id }}: to whom each recommendation applies on each ask, and what leaves it untold
SELECT t.*{% for line in p.lines %},
  CASE WHEN t.applies_{{ loop.index0 }} = 1 THEN {{ line.missing }} END AS missing_{{ loop.index0 }}{% endfor %}

FROM (
  SELECT t.*{% for line in p.lines %},
    {{ line.applies }} AS applies_{{ loop.index0 }}{% endfor %}

  FROM (SELECT t.*, {{ p.population }} AS population, {{ p.index }} AS is_index, {{ p.sign }} AS sign FROM told t WHERE t.leg = {{ p.leg }}) t
) t

-- step signs_{{ p.leg }}: the first day with a warning sign
SELECT t.episode, min(t.day) AS sign FROM truths_{{ p.leg }} t
WHERE t.sign = 2 AND t.reading = 0 AND t.day BETWEEN t.first AND t.read AND {{ has('t.roles', APPLIES) }}
GROUP BY t.episode

-- step reads_{{ p.leg }}: the day on which practice is read, and what ended the follow-up before its horizon
SELECT c.episode, c.reading, c.pid, c.first, c.horizon, c.never_open, g.sign, coalesce(g.sign - 1, c.read) AS read,
  CASE WHEN g.sign IS NOT NULL THEN 'warning sign' ELSE c.cut END AS ended
FROM courses c LEFT JOIN signs_{{ p.leg }} g ON g.episode = c.episode WHERE c.leg = {{ p.leg }}


-- step applied_{{ p.leg }}: the highest of the days
SELECT t.episode, t.reading{% for line in p.lines %},
  max(t.applies_{{ loop.index0 }}) AS applies_{{ loop.index0 }},
  min_by(t.missing_{{ loop.index0 }}, CASE WHEN t.missing_{{ loop.index0 }} IS NOT NULL THEN t.day END) AS missing_{{ loop.index0 }}{% endfor %}

FROM truths_{{ p.leg }} t JOIN reads_{{ p.leg }} r ON r.episode = t.episode AND r.reading = t.reading
WHERE t.day BETWEEN t.first AND r.read AND {{ has('t.roles', APPLIES) }}
GROUP BY t.episode, t.reading

{% for line in p.deadlines %}
-- step stands_{{ p.leg }}_{{ line.number }}: what stands of a limit after each day: it lapses where its own condition turns no before the limit
SELECT b.episode, b.reading, b.day, b.ask, b.is_index, b.done, b.lim1, b.lim2, b.after_, greatest(
  max(b.applies) OVER (PARTITION BY b.episode, b.reading, b.hard, b.soft ORDER BY b.day RANGE BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW),
  least(1, max(b.applies) OVER (PARTITION BY b.episode, b.reading, b.hard ORDER BY b.day RANGE BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW))) AS applied
FROM (
  SELECT a.*, sum(CASE WHEN a.said = 0 AND a.day <= a.lim1 THEN 1 ELSE 0 END) OVER w AS hard,
    sum(CASE WHEN a.said = 0 AND a.day > a.lim1 AND a.day <= a.lim2 THEN 1 ELSE 0 END) OVER w AS soft
  FROM (
    SELECT t.episode, t.reading, t.day, t.ask, t.is_index, t.applies_{{ line.number }} AS applies, {{ line.when }} AS said, {{ line.done }} AS done,
      {{ line.lim1 }} AS lim1, {{ line.lim2 }} AS lim2, t.day > r.read AS after_
    FROM truths_{{ p.leg }} t JOIN reads_{{ p.leg }} r ON r.episode = t.episode AND r.reading = t.reading
    WHERE t.day >= t.first AND {{ has('t.roles', APPLIES) }} AND (t.day <= r.read OR ({{ has('t.roles', AFTER) }} AND r.ended = '' AND t.day = greatest(r.horizon, r.first) + 1))
  ) a WINDOW w AS (PARTITION BY a.episode, a.reading ORDER BY a.day RANGE BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW)
) b

-- step owed_{{ p.leg }}_{{ line.number }}: what stands at the end, or stood on a day on which the action was done
SELECT s.episode, s.reading, max_by(s.ask, s.day) AS ask, least(max_by(s.is_index, s.day), greatest(max(least(s.applied, s.done)),
  CASE WHEN max_by(r.ended, s.day) = '' AND NOT bool_or(s.after_)
    THEN least(max_by(s.applied, s.day), CASE WHEN max(s.day) < max_by(s.lim1, s.day) THEN 0 WHEN max(s.day) < max_by(s.lim2, s.day) THEN 1 ELSE 2 END)
    ELSE max_by(s.applied, s.day) END)) AS applies
FROM stands_{{ p.leg }}_{{ line.number }} s JOIN reads_{{ p.leg }} r ON r.episode = s.episode AND r.reading = s.reading
GROUP BY s.episode, s.reading

{% endfor %}
-- step done_{{ p.leg }}: what was done, by the first decision that holds
SELECT t.ask, t.episode, t.reading{% for line in p.lines %},
  {{ line.practice }} AS practice_{{ loop.index0 }},
  {{ line.unknown }} AS unknown_{{ loop.index0 }}{% endfor %}{% for line in p.declines %},
  {{ line.tree }} AS declined_{{ line.number }}{% endfor %}

FROM truths_{{ p.leg }} t{% for line in p.judged %}

LEFT JOIN weighed w{{ line }} ON w{{ line }}.leg = {{ p.leg }} AND w{{ line }}.line = {{ line }} AND w{{ line }}.ask = t.ask
LEFT JOIN recorded n{{ line }} ON n{{ line }}.content = {{ p.lines[line].action }} AND n{{ line }}.ask = t.ask{% endfor %}

WHERE {{ has('t.roles', PRACTICE) }}


-- step findings_{{ p.leg }}: a course a row: each recommendation, whether it applied, what was done
SELECT r.episode, r.reading, r.pid, r.first, r.ended{% for line in p.lines %},
  {{ line.applied }} AS applies_{{ loop.index0 }}, a.missing_{{ loop.index0 }},
  CASE WHEN {{ line.applied }} > 0 THEN {{ line.read }}.practice_{{ loop.index0 }} END AS practice_{{ loop.index0 }},
  {{ line.read }}.unknown_{{ loop.index0 }} AS unknown_{{ loop.index0 }}{% endfor %}{% for line in p.declines %},
  d.declined_{{ line.number }}{% endfor %}

FROM reads_{{ p.leg }} r
JOIN applied_{{ p.leg }} a ON a.episode = r.episode AND a.reading = r.reading
JOIN asks k ON k.episode = r.episode AND k.reading = r.reading AND k.day = r.read
JOIN done_{{ p.leg }} d ON d.ask = k.ask{% for line in p.deadlines %}

JOIN owed_{{ p.leg }}_{{ line.number }} o{{ line.number }} ON o{{ line.number }}.episode = r.episode AND o{{ line.number }}.reading = r.reading
JOIN done_{{ p.leg }} d{{ line.number }} ON d{{ line.number }}.ask = o{{ line.number }}.ask{% endfor %}

WHERE r.read >= r.first

{% if p.groups %}
-- step gates_{{ p.leg }}: whether each group of signs was asked for, on the day read
SELECT t.episode, CASE WHEN {% for group in p.groups %}{{ ' AND ' if not loop.first }}s.settled_{{ loop.index0 }} = 1 AND {{ group.signs }} = 0{% endfor %} THEN 'no' ELSE 'not asked' END AS gate,
  {% for group in p.groups if group.questions %}{{ ' OR ' if not loop.first }}{{ group.questions }} > 0{% else %}FALSE{% endfor %} AS raised
FROM told t JOIN reads_{{ p.leg }} r ON r.episode = t.episode AND r.reading = t.reading AND r.read = t.day
JOIN (SELECT t.ask{% for group in p.groups %}, max(CASE WHEN x.grp = {{ loop.index0 }} THEN 1 ELSE 0 END) AS settled_{{ loop.index0 }}{% endfor %}

  FROM told t LEFT JOIN (
    SELECT s.ask, c.grp FROM seen s JOIN contents c ON c.content = s.content WHERE s.look = 'settled' AND s.inside = 2

    UNION ALL SELECT n.ask, v.grp FROM newest n JOIN values_of_signs v ON v.content = n.content WHERE v.leg = {{ p.leg }} AND n.says = 0 AND n.of_episode
  ) x ON x.ask = t.ask WHERE t.leg = {{ p.leg }} AND t.reading = 0 GROUP BY t.ask) s ON s.ask = t.ask
WHERE t.leg = {{ p.leg }} AND t.reading = 0

{% endif %}
{% endfor %}
