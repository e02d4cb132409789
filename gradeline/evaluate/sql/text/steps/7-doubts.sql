-- step doubts: whom SQL cannot decide exactly, and why: they go through the evaluator of one patient
SELECT DISTINCT d.pid, d.why FROM (
  SELECT pid, why FROM doubted_episodes
{% if repeated %}
  UNION ALL SELECT w.pid, 'acts to be counted' FROM wanted w
  WHERE w.look = 'repeated' AND w.status <> 'negated' AND (w.first <> w.last OR w.kind = 'order' OR w.of IS NOT NULL)
{% endif %}
{% if lasting %}
  UNION ALL SELECT pid, 'values of an uncertain day' FROM doubted_values
{% endif %}
{% if judging %}
  UNION ALL SELECT pid, why FROM doubted_acts
{% endif %}
{% for p in plans if p.groups %}
  UNION ALL SELECT g.pid, 'an older question of a warning sign' FROM gates_{{ p.leg }} g WHERE g.gate = 'no' AND g.raised
{% endfor %}
) d

-- step episode_rows: one row an episode
SELECT e.episode AS number, q.id AS guideline, w.id AS patient, e.first AS episode, CAST(e.ordinal AS INTEGER) AS ordinal,
  coalesce(e.given_first, e.floor) AS onset_first, e.onset_last, e.given_first IS NOT NULL AS given, e.horizon, x.ended,
  CASE WHEN x.sign IS NOT NULL THEN 'yes' ELSE coalesce(g.gate, 'not asked') END AS gate, k.month,
  CASE WHEN w.birth_first > e.first THEN NULL WHEN {{ years('b1', 'k') }} = {{ years('b2', 'k') }} THEN {{ years('b1', 'k') }} END AS age,
  w.sex, w.place, coalesce(u.unit, '') AS unit
FROM followed e
JOIN legs q ON q.leg = e.leg
JOIN people w ON w.pid = e.pid
JOIN calendar k ON k.day = e.first
LEFT JOIN calendar b1 ON b1.day = w.birth_first
LEFT JOIN calendar b2 ON b2.day = least(w.birth_last, e.first)
LEFT JOIN units u ON u.g = e.g AND u.pid = e.pid AND u.chain = e.chain AND u.place = 1
JOIN (
{% for p in plans %}
  {{ 'UNION ALL ' if not loop.first }}SELECT r.episode, r.ended, r.sign FROM reads_{{ p.leg }} r WHERE r.reading = 0
{% endfor %}
) x ON x.episode = e.episode
LEFT JOIN (
{% for p in plans if p.groups %}
  {{ 'UNION ALL ' if not loop.first }}SELECT g.episode, g.gate FROM gates_{{ p.leg }} g
{% else %}
  SELECT CAST(0 AS BIGINT) AS episode, 'not asked' AS gate
{% endfor %}
) g ON g.episode = e.episode
WHERE e.pid NOT IN (SELECT pid FROM doubts)

-- step outcome_rows: what the recommendations of a guideline came to, wherever they came to the same
SELECT x.outcome, x.recommendation, x.applies, x.practice, x.declined, x.alternative, x.incomplete, n.name AS missing
FROM (
{% for p in plans %}{% set g = loop %}{% for line in p.lines %}
  {{ 'UNION ALL ' if not (g.first and loop.first) }}SELECT {{ p.leg }} AS leg, f.outcome, {{ text(line.id) }} AS recommendation, f.applies_{{ line.number }} AS applies,
    f.practice_{{ line.number }} AS practice, {{ line.declined }} AS declined, {{ line.alternative }} AS alternative,
    f.cut AND coalesce(f.practice_{{ line.number }}, 'unknown') NOT IN ({{ line.final }}) AS incomplete,
    CASE WHEN f.applies_{{ line.number }} = 1 THEN f.missing_{{ line.number }}
      WHEN f.practice_{{ line.number }} = 'unknown' THEN f.unknown_{{ line.number }} END AS missing
  FROM findings_{{ p.leg }} f
  UNION ALL SELECT {{ p.leg }}, {{ p.leg + 1 }}, {{ text(line.id) }}, 0, NULL, FALSE, FALSE, FALSE, NULL
{% endfor %}{% endfor %}
) x LEFT JOIN names n ON n.leg = x.leg AND n.leaf = x.missing

-- step course_rows: what each episode of the rest came to, in both readings
SELECT x.episode AS number, CASE WHEN z.reading = 0 THEN 'strict' ELSE 'assumed' END AS reading, x.outcome
FROM (
{% for p in plans %}
  {{ 'UNION ALL ' if not loop.first }}SELECT c.episode, c.reading, c.pid, c.outcome FROM came_to_{{ p.leg }} c
{% endfor %}
) x
JOIN (SELECT episode, max(reading) AS readings FROM courses GROUP BY episode) c ON c.episode = x.episode
JOIN readings z ON z.reading = x.reading OR c.readings = 0
WHERE x.pid NOT IN (SELECT pid FROM doubts)
