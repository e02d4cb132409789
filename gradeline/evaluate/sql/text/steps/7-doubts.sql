-- step doubts: whom SQL cannot decide exactly, and why: they go through the evaluator of one patient
SELECT DISTINCT d.pid, d.why FROM (
  SELECT s.pid, CASE WHEN s.status = 'negated' THEN 'refuted' WHEN s.known <= {{ BEGINNING }} THEN 'undated'
    WHEN s.kind = 'condition' AND s.until < s.known THEN 'over before it was recorded'
    WHEN s.assumed AND s.kind = 'condition' AND NOT s.no_onset AND (s.first <> s.last OR s.known <> s.first) THEN 'an onset of an assumed day'
    WHEN s.known < {{ calendar_first }} OR s.known > {{ calendar_last }} THEN 'beyond the calendar' END AS why
  FROM heard s JOIN guidelines q ON q.g = s.g AND q.index_term = s.term WHERE s.sure IS NOT NULL
  UNION ALL SELECT r.pid, 'both sides, and one of them' FROM recordings r WHERE r.side IS NOT NULL
  GROUP BY r.g, r.pid HAVING min(r.side) <> max(r.side) AND min(r.side) = 'both'
  UNION ALL SELECT i.pid, 'sides in turn' FROM chained i
  JOIN chained k ON k.g = i.g AND k.pid = i.pid AND k.chain < i.chain - 1 AND i.turn = 'side'
  JOIN calendar c ON c.day = k.contact WHERE {{ by('k.g', 'k.contact', 'c', gap) }} >= i.contact
  UNION ALL SELECT s.pid, 'beyond the calendar' FROM recordings s
  WHERE s.given_first < {{ calendar_first }} OR s.given_last > {{ calendar_last }}

  UNION ALL SELECT s.pid, 'an operation of an uncertain day' FROM heard s JOIN ended_by n ON n.g = s.g AND n.term = s.term
  WHERE s.sure = 1 AND s.status = 'done' AND s.kind <> 'reason' AND (s.known <> s.first OR (s.first <> s.last AND NOT s.assumed))
  UNION ALL SELECT t.pid, 'recordings of one day that could be sorted otherwise' FROM turns t JOIN turns o
    ON o.g = t.g AND o.pid = t.pid AND o.contact = t.contact AND o.key <> t.key
  WHERE t.given_first - t.before >= {{ ANOTHER }} AND t.why <> 'gap'
  UNION ALL SELECT t.pid, 'two ends of a chain' FROM turns t WHERE t.doubtful = 1
  UNION ALL SELECT t.pid, 'two ends of a chain' FROM chained t WHERE t.turn IN ('onset', 'end', 'side')
  GROUP BY t.g, t.pid HAVING min(t.turn) <> max(t.turn)
  UNION ALL SELECT c.pid, 'two ends of a chain' FROM chained c JOIN chained e ON e.g = c.g AND e.pid = c.pid AND e.turn = 'end'
    AND c.over < e.contact AND c.over >= e.before AND c.chain <> e.chain - 1
  UNION ALL SELECT c.pid, 'several operations' FROM chains c JOIN stops s ON s.g = c.g AND s.pid = c.pid AND s.first >= c.first
  GROUP BY c.g, c.pid, c.chain HAVING count(*) > 1
  UNION ALL SELECT w.pid, 'dead since an unknown day' FROM people w WHERE w.death_first = {{ BEGINNING }} AND w.death_last = {{ END }}

  UNION ALL SELECT w.pid, 'beyond the calendar' FROM people w
  WHERE w.birth_first < {{ calendar_first }} OR w.birth_last > {{ calendar_last }}

{% if repeated %}
  UNION ALL SELECT w.pid, 'acts to be counted' FROM wanted w
  WHERE w.look = 'repeated' AND w.status <> 'negated' AND (w.first <> w.last OR w.kind = 'order' OR w.of IS NOT NULL)
{% endif %}
{% if lasting %}
  UNION ALL SELECT v.pid, 'values of an uncertain day' FROM measured v JOIN newest n ON n.ask = v.ask AND n.content = v.content AND n.says = 2
  WHERE v.l1 <> v.l2 AND v.content IN (SELECT content FROM lasting)
{% endif %}
{% if judging %}
  UNION ALL SELECT f.pid, 'acts linked to one another' FROM act_facts f
  JOIN links l ON l.g = f.g AND l.pid = f.pid AND l.content = f.content AND l.key = f.key
  JOIN act_facts o ON o.ask = f.ask AND o.content = f.content AND o.key = l.target
  LEFT JOIN linked a ON a.ask = f.ask AND a.content = f.content AND a.key = f.key
  LEFT JOIN linked b ON b.ask = f.ask AND b.content = f.content AND b.key = o.key
  WHERE f.kind = 'order' OR (o.kind <> 'order'
    AND NOT CASE WHEN a.home IS NULL THEN b.home IS NULL AND f.l1 = f.l2 AND f.l1 = o.l1 AND f.l2 = o.l2
      ELSE coalesce(a.home = b.home, FALSE) END)
  UNION ALL SELECT l.pid, 'an act of two orders' FROM linked l WHERE l.orders > 1
{% endif %}
{% for p in plans if p.groups %}
  UNION ALL SELECT g.pid, 'an older question of a warning sign' FROM gates_{{ p.leg }} g WHERE g.gate = 'no' AND g.raised
{% endfor %}
) d WHERE d.why IS NOT NULL

-- step episode_rows: one row an episode
SELECT e.episode AS number, q.id AS guideline, w.id AS patient, e.first AS episode, CAST(e.ordinal AS INTEGER) AS ordinal,
  coalesce(e.given_first, e.floor) AS onset_first, e.onset_last, e.given_first IS NOT NULL AS given, e.horizon, x.ended,
  CASE WHEN x.sign IS NOT NULL THEN 'yes' ELSE coalesce(g.gate, 'not asked') END AS gate, k.month,
  CASE WHEN w.birth_first > e.first THEN NULL WHEN {{ years('b1', 'k') }} = {{ years('b2', 'k') }} THEN {{ years('b1', 'k') }} END AS age,
  w.sex, w.place, coalesce(u.unit, '') AS unit
FROM followed e
JOIN guidelines q ON q.g = e.g
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
