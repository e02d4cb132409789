-- step views: the asks on which their episode is open, with its end as it was known then, an operation taken in
SELECT a.*, least(a.ends, coalesce(CASE WHEN e.stop_first <= a.until THEN least(e.stop_last, a.until) END, {{ END }})) AS closes
FROM (SELECT a.*, CASE WHEN a.day < a.first THEN a.read ELSE a.day END AS until FROM asks a) a
JOIN followed e ON e.episode = a.episode
WHERE a.until <= least(a.ends, coalesce(CASE WHEN e.stop_first <= a.until THEN least(e.stop_last, a.until) END, {{ END }}))

-- step seen: what each fact says on each ask of each thing looked for, where the record shows it and it may lie inside
SELECT y.*, CASE WHEN y.inside = 2 AND y.sure THEN 2 ELSE 1 END AS says_so FROM (
  SELECT x.*, CASE WHEN x.l2 < x.s1 OR x.l1 > x.e2 THEN 0 WHEN x.l1 >= x.s2 AND x.l2 <= x.e1 THEN 2 ELSE 1 END AS inside,
    x.l1 >= x.o2 AND x.l2 <= x.closes AS of_episode
  FROM (
    SELECT f.*, CASE WHEN f.ahead THEN f.first ELSE least(f.first, f.day) END AS l1,
      CASE WHEN f.ahead OR f.last <= f.written THEN f.last ELSE greatest(least(f.first, f.day), f.written) END AS l2
    FROM (
      SELECT a.ask, a.leg, a.day, a.o2, a.closes, w.pid, w.content, w.look, w.status, w.first, w.last, w.time,
        w.sure, w.says, w.doing,
        w.status = 'planned' OR (w.status = 'done' AND w.first > a.day) AS ahead,
        CASE WHEN w.dated THEN least(a.day, w.known) ELSE a.day END AS written,
{% for part in ('s1', 's2', 'e1', 'e2') %}
        CASE w.bounds {% for b in bounds %}WHEN {{ b.number }} THEN {{ b[part] }} {% endfor %}END AS {{ part }}{{ ',' if part != 'e2' }}
{% endfor %}
      FROM views a JOIN wanted w ON w.g = a.g AND w.pid = a.pid AND {{ has('a.roles', 'w.roles') }} AND w.look NOT IN ('act', 'treated')

      WHERE w.known <= a.day OR (w.assumed AND w.status = 'planned')
    ) f
  ) x
) y
WHERE y.inside > 0 AND CASE y.look WHEN 'reading' THEN NOT y.ahead WHEN 'declined' THEN TRUE
  ELSE y.status = 'negated' OR y.doing = 'planned or done' OR (y.doing = 'planned') = y.ahead END

-- step recorded: the surest that speaks for it, and the surest that speaks against it
SELECT s.ask, s.leg, s.content, max(CASE WHEN s.status <> 'negated' OR s.look = 'declined' THEN s.says_so ELSE 0 END) AS speaks,
  max(CASE WHEN s.status = 'negated' AND s.look <> 'declined' THEN s.says_so ELSE 0 END) AS denies,
  {% if repeated %}count(DISTINCT CASE WHEN s.status <> 'negated' AND s.says_so = 2 THEN s.l1 END){% else %}0{% endif %} AS sure_days,
  {% if repeated %}count(DISTINCT CASE WHEN s.status <> 'negated' THEN s.l1 END){% else %}0{% endif %} AS possible_days
FROM seen s WHERE s.look IN ('recorded', 'repeated', 'declined')
GROUP BY s.ask, s.leg, s.content

-- step measured: the values in a window, each beside the day on which the newest may begin
SELECT s.ask, s.leg, s.pid, s.content, s.l1, s.l2, s.time, s.says, s.says_so = 2 AS sure, s.of_episode,
  max(s.l1) OVER (PARTITION BY s.ask, s.content) AS begins,
  max(CASE WHEN s.l1 = s.l2 THEN s.time ELSE '' END) OVER (PARTITION BY s.ask, s.content, s.l1, s.l2) AS latest_time
FROM seen s WHERE s.look = 'reading'

-- step newest: what the newest values say together
SELECT v.ask, v.leg, v.content, CASE WHEN min(CASE WHEN v.sure THEN v.says ELSE 1 END) = max(CASE WHEN v.sure THEN v.says ELSE 1 END)
    THEN min(CASE WHEN v.sure THEN v.says ELSE 1 END) ELSE 1 END AS says,
  max(v.l1) AS last, max(v.l2) AS until, bool_or(v.of_episode) AS of_episode
FROM measured v
WHERE v.l2 >= v.begins AND NOT (v.l1 = v.l2 AND v.time <> '' AND v.time < v.latest_time)
GROUP BY v.ask, v.leg, v.content

{% if lasting %}
-- step daily: what each day's values say, where the newest says so
SELECT v.ask, v.leg, v.content, v.l1 AS day, n.last, n.until, max(CASE WHEN v.sure AND v.says = 2 THEN 1 ELSE 0 END) AS held,
  max(CASE WHEN v.sure AND v.says = 0 THEN 1 ELSE 0 END) AS denied, max(CASE WHEN v.says = 0 THEN 1 ELSE 0 END) AS contradicted,
  max(CASE WHEN v.says = 0 AND NOT v.sure THEN 1 ELSE 0 END) AS doubted
FROM measured v JOIN newest n ON n.ask = v.ask AND n.content = v.content AND n.says = 2
WHERE v.content IN (SELECT content FROM lasting)
GROUP BY v.ask, v.leg, v.content, v.l1, n.last, n.until

-- step broken: the last day before the newest that said otherwise
SELECT d.ask, d.content, max(CASE WHEN d.denied = 1 AND d.held = 0 AND d.day < d.last THEN d.day ELSE 0 END) AS broken
FROM daily d GROUP BY d.ask, d.content

-- step runs: since when the values have said so
SELECT d.ask, d.leg, d.content, d.last, d.until, b.broken,
  coalesce(min(CASE WHEN d.held = 1 AND d.day > b.broken AND d.contradicted = 0 THEN d.day END), d.last) AS start,
  max(CASE WHEN d.doubted = 1 AND d.day < d.last THEN d.day ELSE 0 END) AS doubted
FROM daily d JOIN broken b ON b.ask = d.ask AND b.content = d.content
GROUP BY d.ask, d.leg, d.content, d.last, d.until, b.broken

-- step treated: the first day on which a treatment of the episode had surely begun, where values have persisted
SELECT x.ask, x.content, min(x.begun) AS begun FROM (
  SELECT a.ask, w.content, w.begun, a.o2, a.closes,
    CASE WHEN w.status = 'planned' OR w.first > a.day THEN w.first ELSE least(w.first, a.day) END AS l1,
    CASE WHEN w.status = 'planned' OR w.first > a.day OR w.last <= CASE WHEN w.dated THEN least(a.day, w.known) ELSE a.day END
      THEN w.last ELSE greatest(least(w.first, a.day), CASE WHEN w.dated THEN least(a.day, w.known) ELSE a.day END) END AS l2
  FROM (SELECT DISTINCT r.ask, p.treatment FROM runs r JOIN lasting p ON p.leg = r.leg AND p.content = r.content
    WHERE p.treatment IS NOT NULL) r
  JOIN views a ON a.ask = r.ask
  JOIN wanted w ON w.g = a.g AND w.pid = a.pid AND w.content = r.treatment AND w.sure AND w.status <> 'negated'
    AND (w.known <= a.day OR (w.assumed AND w.status = 'planned'))
) x WHERE x.l1 >= x.o2 AND x.l2 <= x.closes
GROUP BY x.ask, x.content

-- step lasted: what has persisted
SELECT r.ask, p.word, p.bit,
  CASE WHEN {{ by('p.p', 'r.start', 'k', lasting) }} > r.last
      THEN CASE WHEN r.broken > 0 AND {{ by('p.p', 'r.broken', 'b', lasting) }} >= r.until THEN 0 ELSE 1 END
    WHEN r.doubted > r.start OR (p.treatment IS NOT NULL AND NOT coalesce(t.begun < r.last, FALSE)) THEN 1 ELSE 2 END AS state
FROM runs r
JOIN lasting p ON p.leg = r.leg AND p.content = r.content
LEFT JOIN treated t ON t.ask = r.ask AND t.content = p.treatment
LEFT JOIN calendar k ON k.day = r.start
LEFT JOIN calendar b ON b.day = r.broken

{% endif %}
{% if later %}
-- step others: until when the other action was taken
SELECT s.ask, s.content, max(CASE WHEN s.says_so = 2 THEN s.l1 ELSE 0 END) AS sure_first, max(s.l2) AS last
FROM seen s WHERE s.look = 'mine' AND s.status <> 'negated'
GROUP BY s.ask, s.content

-- step later: whether the newest of one action lies after every one of the other
SELECT s.ask, p.word, p.bit, max(least(s.says_so,
  CASE WHEN o.ask IS NULL THEN 2 - p.absence WHEN s.l1 > o.last THEN 2 WHEN s.l2 <= o.sure_first THEN 0 ELSE 1 END)) AS state
FROM seen s
JOIN laters p ON p.leg = s.leg AND p.content = s.content
LEFT JOIN others o ON o.ask = s.ask AND o.content = p.other
WHERE s.look = 'mine' AND s.status <> 'negated'
GROUP BY s.ask, p.word, p.bit, p.leaf

{% endif %}
-- step states: what each leaf is on each ask, where a fact speaks of it
SELECT r.ask, l.word, l.bit, CASE WHEN l.times = 1 AND r.speaks > 0 THEN r.speaks
    WHEN l.times > 1 AND r.sure_days >= l.times THEN 2 WHEN l.times > 1 AND r.possible_days >= l.times THEN 1
    WHEN l.times > 1 AND r.possible_days > 0 THEN 0
    WHEN r.denies = 2 THEN 0 WHEN r.denies = 1 THEN least(l.absence, 1) ELSE l.absence END AS state
FROM recorded r JOIN leaves l ON l.leg = r.leg AND l.content = r.content
UNION ALL
SELECT n.ask, l.word, l.bit, n.says FROM newest n JOIN leaves l ON l.leg = n.leg AND l.content = n.content
{% if lasting %}
WHERE l.shape = 'latest' OR n.says < 2
UNION ALL SELECT ask, word, bit, state FROM lasted
{% endif %}
{% if later %}
UNION ALL SELECT ask, word, bit, state FROM later
{% endif %}

-- step masks: the leaves of an ask that are yes, that are unknown, and that any fact speaks of
SELECT s.ask{% for w in words %}, bit_or(CASE WHEN s.word = {{ w }} AND s.state = 2 THEN s.bit ELSE 0 END) AS y{{ w }},
  bit_or(CASE WHEN s.word = {{ w }} AND s.state = 1 THEN s.bit ELSE 0 END) AS u{{ w }},
  bit_or(CASE WHEN s.word = {{ w }} THEN s.bit ELSE 0 END) AS t{{ w }}{% endfor %}

FROM states s GROUP BY s.ask

-- step told: the masks whole: what no fact speaks of is what its absence means, and the person's and the day's own leaves
SELECT a.*{% for w in words %},
  (b.y{{ w }} & ~coalesce(m.t{{ w }}, 0)) | coalesce(m.y{{ w }}, 0){% for leaf in told if leaf.word == w %}
 | CASE WHEN a.leg = {{ leaf.leg }} AND {{ leaf.yes }} THEN {{ leaf.bit }} ELSE 0 END{% endfor %} AS y{{ w }},
  (b.u{{ w }} & ~coalesce(m.t{{ w }}, 0)) | coalesce(m.u{{ w }}, 0){% for leaf in told if leaf.word == w %}
 | CASE WHEN a.leg = {{ leaf.leg }} AND {{ leaf.unknown }} THEN {{ leaf.bit }} ELSE 0 END{% endfor %} AS u{{ w }}{% endfor %}

FROM views a
JOIN people p ON p.pid = a.pid
JOIN absent b ON b.leg = a.leg
LEFT JOIN masks m ON m.ask = a.ask
