-- step wanted: each fact with what is looked for that it may speak of
SELECT s.g, s.pid, s.key, s.kind, s.status, s.first, s.last, s.known, s.assumed, s.time,{% if judging or repeated %} s.of,{% endif %}
  CASE WHEN s.kind = 'order' AND NOT s.assumed AND s.known <> {{ BEGINNING }} THEN s.known END AS authored,
  NOT (s.kind = 'order' OR s.assumed OR s.known = {{ BEGINNING }}) AS dated,
  CASE WHEN s.kind = 'order' OR s.assumed OR s.known = {{ BEGINNING }} THEN {{ END }} ELSE s.known END AS shown,
  s.status = 'planned' AS planned, s.status = 'done' AS done, s.status = 'negated' AS negated,
  s.assumed AND s.status = 'planned' AS ahead_of_record,
  CASE WHEN c.look = 'reading' THEN 0 WHEN c.look = 'declined' OR s.status = 'negated' OR c.doing = 'planned or done' THEN 2
    WHEN c.doing = 'planned' THEN 1 ELSE 0 END AS takes,
  CASE WHEN {{ has('c.roles', APPLIES) }} THEN 1 ELSE 0 END AS always, c.content, c.look, c.bounds, c.roles, c.doing, c.warns,
  CASE WHEN c.look = 'declined' THEN s.offered ELSE s.sure END = 1{% if by_whom %}

    AND NOT (c.by_whom <> '' AND s.specialty = ''){% endif %} AS sure,
  CASE WHEN c.look <> 'reading' THEN NULL
    WHEN s.status = 'negated' THEN CASE WHEN c.measured THEN 1 ELSE 0 END
{% for list in lists %}
    WHEN c.content = {{ list.content }} THEN CASE WHEN s.value_codes IS NULL OR {{ size('s.value_codes') }} = 0 THEN 1
      WHEN {{ overlap('s.value_codes', list.tokens) }} THEN 2 ELSE 0 END
{% endfor %}
    WHEN s.value IS NULL OR c.unit IS NULL
      OR NOT (s.value_unit = c.unit OR (c.percent AND s.value_unit IN ('1', '%') AND c.unit IN ('1', '%'))) THEN 1
    WHEN c.lowest IS NOT NULL AND (isnan(s.value) OR s.value < c.lowest OR s.value > c.highest) THEN 1
    WHEN isnan(s.value) THEN 0
    WHEN c.compare = 'at least' THEN CASE WHEN s.value >= c.amount THEN 2 ELSE 0 END
    WHEN c.compare = 'over' THEN CASE WHEN s.value > c.amount THEN 2 ELSE 0 END
    WHEN c.compare = 'at most' THEN CASE WHEN s.value <= c.amount THEN 2 ELSE 0 END
    ELSE CASE WHEN s.value < c.amount THEN 2 ELSE 0 END END AS says
FROM heard s
JOIN (SELECT DISTINCT g, pid FROM followed) e ON e.g = s.g AND e.pid = s.pid
JOIN contents c ON c.g = s.g AND c.term = s.term
WHERE s.kind <> 'reason'
  AND CASE WHEN c.look = 'declined' THEN s.offered IS NOT NULL
    WHEN c.look = 'settled' THEN s.sure = 1 AND s.status = 'negated'
    ELSE s.sure IS NOT NULL END{% if by_whom %}

  AND NOT (c.by_whom <> '' AND s.specialty <> '' AND s.specialty <> c.by_whom){% endif %}


-- step apart: the episodes of which a fact may say something else in the one reading of the onset than in the other
SELECT DISTINCT e.episode FROM followed e JOIN wanted w ON w.g = e.g AND w.pid = e.pid
WHERE (w.look = 'act' AND {{ between(0) }}){% for each in onset_windows %}

  OR (w.bounds = {{ each.bounds }}{% if each.days is not none %} AND {{ between(each.days) }}{% endif %}){% endfor %}


-- step courses: each episode in each reading of its onset: as recorded, and, where it is not given, as assumed; its face is the one whose asks it shares
SELECT e.episode * 2 + z.reading AS course, e.episode * 2 + CASE WHEN x.episode IS NULL THEN 0 ELSE z.reading END AS face,
  e.episode, z.reading, e.leg, e.g, e.pid, e.first, e.read, e.horizon, e.cut,
  e.ends < e.first AS never_open, least(e.first, coalesce(e.given_first, e.first)) AS earliest,
  CASE WHEN z.reading = 1 THEN e.first ELSE e.floor END AS onset_first, e.death_last, e.stop_first, e.stop_last
FROM followed e
JOIN (SELECT episode, max(CASE WHEN given_first IS NULL THEN 1 ELSE 0 END) AS reread FROM versions GROUP BY episode) n
  ON n.episode = e.episode
JOIN readings z ON z.reading = 0 OR n.reread = 1
LEFT JOIN apart x ON x.episode = e.episode

-- step faces: the courses of which it is asked, for themselves or for another too
SELECT c.* FROM courses c WHERE c.course = c.face

-- step known_onsets: the onset of each of them as it was known then, and until when that holds
SELECT e.face, v.since, v.until, v.given_first, coalesce(v.given_first, e.onset_first) AS o1, v.onset_last AS o2, v.sure,
  least(v.over, coalesce(e.death_last, {{ END }}),
    greatest({{ by('e.g', 'v.last', 'l', gap) }}, {{ by('e.g', 'v.onset_last', 'o', silence) }})) AS ends
FROM versions v
JOIN faces e ON e.episode = v.episode
JOIN calendar l ON l.day = v.last
JOIN calendar o ON o.day = v.onset_last

-- step points: the days on which an answer can change
SELECT DISTINCT p.g, p.pid, p.day FROM (
  SELECT w.g, w.pid, {{ each_of(['w.known', 'w.first', 'w.last']) }} AS day FROM wanted w WHERE {{ has('w.roles', APPLIES) }}
{% for each in backs %}
  UNION ALL SELECT w.g, w.pid, {{ move('w.' ~ each.end, 'k', each.span) }} + {{ each.more }}

  FROM wanted w JOIN calendar k ON k.day = w.{{ each.end }}
  WHERE w.bounds = {{ each.bounds }} AND {{ has('w.roles', APPLIES) }}
{% endfor %}
{% for each in ages %}
  UNION ALL SELECT {{ each.g }}, w.pid, {{ each_of([each.first, each.last, each.first ~ ' + 1', each.last ~ ' + 1']) }} FROM people w
{% endfor %}
) p WHERE p.day IS NOT NULL

-- step warned: the courses of those who may have a warning sign: asked on the day before each of their days too
SELECT DISTINCT c.face, c.first, c.read FROM wanted w JOIN faces c ON c.g = w.g AND c.pid = w.pid
WHERE w.warns AND NOT w.negated AND w.look <> 'settled'

-- step onsets: the onsets that a course has been known to have
SELECT DISTINCT e.face, e.g, e.first, e.read, coalesce(v.given_first, e.onset_first) AS o1, v.onset_last AS o2
FROM courses e JOIN versions v ON v.episode = e.episode

-- step days: the days asked of each course, and what for
SELECT d.face, d.day, bit_or(d.roles) AS roles FROM (
  SELECT e.face, p.day, {{ APPLIES }} AS roles
  FROM faces e JOIN points p ON p.g = e.g AND p.pid = e.pid AND p.day > e.first AND p.day < e.read
  UNION ALL SELECT e.face, e.first, {{ APPLIES }} FROM faces e
  UNION ALL SELECT e.face, e.read, {{ APPLIES + PRACTICE + REASON }} FROM faces e
{% if deadlines %}
  UNION ALL SELECT e.face, greatest(e.horizon, e.first) + 1, {{ AFTER + APPLIES }}

  FROM faces e WHERE e.cut = '' AND e.g IN ({{ deadlines }})
{% endif %}
  UNION ALL SELECT e.face, v.since, {{ APPLIES }}

  FROM faces e JOIN known_onsets v ON v.face = e.face AND v.since > e.first AND v.since < e.read
{% for each in limits %}
  UNION ALL SELECT v.face, {{ move('v.' ~ each.end, 'k', each.span) }} + m.more, {{ APPLIES }}

  FROM onsets v{% if each.span.months %} JOIN calendar k ON k.day = v.{{ each.end }}{% endif %}

  JOIN more m ON {{ move('v.' ~ each.end, 'k', each.span) }} + m.more > v.first AND {{ move('v.' ~ each.end, 'k', each.span) }} + m.more < v.read
  WHERE v.g IN ({{ each.g }})

{% endfor %}
{% for each in judged %}
  UNION ALL SELECT e.face, f.day, {{ REASON }}

  FROM faces e JOIN (SELECT w.g, w.pid, {{ each_of(['w.known', 'w.first', 'w.last']) }} AS day FROM wanted w
    WHERE w.content = {{ each.content }} AND w.status <> 'negated') f
    ON f.g = e.g AND f.pid = e.pid AND f.day <= e.read AND f.day >= e.earliest
{% endfor %}
) d GROUP BY d.face, d.day

-- step views: an ask a row, where its episode is open: its day, what it is for, and the onset and the end as they were known then
SELECT a.*{% for base, n in shifts %}, {{ {'o1': 'k1', 'o2': 'k2', 'day': 'kd'}[base] }}.{{ m(n) }} AS {{ base }}_{{ m(n) }}{% endfor %}

FROM (
  SELECT d.face * {{ SPREAD }} + (d.day - d.first + {{ SPREAD // 2 }}) AS ask, d.face, d.leg, d.g, d.pid, d.first, d.read,
    d.day, d.roles, v.given_first, v.o1, v.o2, v.sure, d.seen,
    least(v.ends, coalesce(CASE WHEN d.stop_first <= d.seen THEN least(d.stop_last, d.seen) END, {{ END }})) AS closes
  FROM (
    SELECT c.*, x.day, x.roles, CASE WHEN x.day < c.first THEN c.read ELSE x.day END AS seen
    FROM faces c JOIN (
      SELECT d.face, d.day, d.roles FROM days d WHERE d.face NOT IN (SELECT w.face FROM warned w)
      UNION ALL SELECT d.face, d.day, bit_or(d.roles) AS roles FROM (
        SELECT d.face, d.day, d.roles FROM days d WHERE d.face IN (SELECT w.face FROM warned w)
        UNION ALL SELECT d.face, d.day - 1, {{ APPLIES + PRACTICE + REASON }} FROM days d
        JOIN warned w ON w.face = d.face AND d.day > w.first AND d.day <= w.read
        WHERE {{ has('d.roles', APPLIES) }}

      ) d GROUP BY d.face, d.day
    ) x ON x.face = c.face
  ) d
  JOIN known_onsets v ON v.face = d.face AND d.seen BETWEEN v.since AND v.until
) a
{% for alias, base in (('k1', 'a.o1'), ('k2', 'a.o2'), ('kd', 'a.day')) if alias in shifted %}
JOIN calendar {{ alias }} ON {{ alias }}.day = {{ base }}

{% endfor %}
WHERE a.seen <= a.closes
