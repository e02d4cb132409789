-- view asked: the asks once more where more is looked at than on every day
SELECT a.*, 1 AS always FROM views a UNION ALL SELECT a.*, 0 FROM views a WHERE a.roles <> {{ APPLIES }}


-- view seen: what each fact says on each ask of each thing looked for, where the record shows it and it may lie inside
SELECT y.*, y.l1 >= y.o2 AND y.l2 <= y.closes AS of_episode,
  CASE WHEN y.l1 >= y.s2 AND y.l2 <= y.e1 THEN 2 ELSE 1 END AS inside,
  CASE WHEN y.sure AND y.l1 >= y.s2 AND y.l2 <= y.e1 THEN 2 ELSE 1 END AS says_so
FROM (
  SELECT x.*, CASE WHEN x.ahead OR x.last <= x.written THEN x.last ELSE greatest(x.l1, x.written) END AS l2
  FROM (
    SELECT a.ask, a.leg, a.o2, a.closes, w.pid, w.content, w.look, w.last, w.time, w.sure, w.says, w.negated, w.takes,
      w.planned OR (w.done AND w.first > a.day) AS ahead, least(a.day, w.shown) AS written,
      CASE WHEN w.negated THEN least(w.first, a.day) ELSE w.first END AS l1{% for part in ('s1', 's2', 'e1', 'e2') %},
      {{ window('w.bounds', part) }} AS {{ part }}{% endfor %}

    FROM asked a JOIN wanted w ON w.g = a.g AND w.pid = a.pid AND w.always = a.always AND {{ has('a.roles', 'w.roles') }}

    WHERE w.known <= a.day OR w.ahead_of_record
  ) x
  WHERE x.takes = 2 OR (x.takes = 1) = x.ahead
) y
WHERE y.l2 >= y.s1 AND y.l1 <= y.e2

-- step spoken_masks: the leaves of an ask for which facts speak surely or possibly, and against which they do
SELECT s.ask{% for w in words %},
  bit_or(CASE WHEN s.says_so = 2 AND s.speaks THEN l.bits{{ w }} ELSE 0 END) AS s{{ w }},
  bit_or(CASE WHEN s.says_so = 1 AND s.speaks THEN l.bits{{ w }} ELSE 0 END) AS p{{ w }},
  bit_or(CASE WHEN s.says_so = 2 AND NOT s.speaks THEN l.bits{{ w }} ELSE 0 END) AS d{{ w }},
  bit_or(CASE WHEN s.says_so = 1 AND NOT s.speaks THEN l.bits{{ w }} ELSE 0 END) AS e{{ w }}{% endfor %}

FROM (
  SELECT s.ask, s.leg, s.content, s.says_so, NOT s.negated OR s.look = 'declined' AS speaks
  FROM seen s WHERE s.look IN ('recorded', 'declined')
) s JOIN leaf_bits l ON l.leg = s.leg AND l.content = s.content
GROUP BY s.ask

{% if repeated %}
-- step counted: on how many days what has to be recorded several times surely was, and possibly
SELECT s.ask, s.leg, s.content, max(CASE WHEN s.negated THEN s.says_so ELSE 0 END) AS denies,
  count(DISTINCT CASE WHEN NOT s.negated AND s.says_so = 2 THEN s.l1 END) AS sure_days,
  count(DISTINCT CASE WHEN NOT s.negated THEN s.l1 END) AS possible_days
FROM seen s WHERE s.look = 'repeated'
GROUP BY s.ask, s.leg, s.content

{% endif %}
-- step measured: the values in a window
SELECT s.ask, s.leg, s.pid, s.content, s.l1, s.l2, s.time, s.says, s.says_so = 2 AS sure, s.of_episode
FROM seen s WHERE s.look = 'reading'

-- step begins: the day on which the newest of them may begin
SELECT v.ask, v.content, max(v.l1) AS begins FROM measured v GROUP BY v.ask, v.content

-- step candidates: the values that may be the newest
SELECT v.ask, v.leg, v.content, v.l1, v.l2, v.time, CASE WHEN v.sure THEN v.says ELSE 1 END AS says, v.of_episode
FROM measured v JOIN begins b ON b.ask = v.ask AND b.content = v.content AND v.l2 >= b.begins

-- step newest: what the newest values say together; of two of one day the later one, where both have a time
SELECT v.ask, v.leg, v.content, CASE WHEN min(v.says) = max(v.says) THEN min(v.says) ELSE 1 END AS says,
  max(v.l1) AS last, max(v.l2) AS until, bool_or(v.of_episode) AS of_episode
FROM candidates v
LEFT JOIN (
  SELECT c.ask, c.content, max(c.time) AS latest FROM candidates c WHERE c.l1 = c.l2 AND c.time <> ''
  GROUP BY c.ask, c.content HAVING count(*) > 1
) t ON t.ask = v.ask AND t.content = v.content AND t.latest > v.time AND v.l1 = v.l2 AND v.time <> ''
WHERE t.ask IS NULL
GROUP BY v.ask, v.leg, v.content

{% if lasting %}
-- step doubted_values: patients of whom SQL cannot decide exactly how long values have lasted
SELECT DISTINCT v.pid FROM measured v JOIN newest n ON n.ask = v.ask AND n.content = v.content AND n.says = 2
WHERE v.l1 <> v.l2 AND v.content IN (SELECT content FROM lasting)

-- step daily: what each day's values say, where the newest says so
SELECT v.ask, v.leg, v.content, v.l1 AS day, n.last, n.until, max(CASE WHEN v.sure AND v.says = 2 THEN 1 ELSE 0 END) AS held,
  max(CASE WHEN v.sure AND v.says = 0 THEN 1 ELSE 0 END) AS denied, max(CASE WHEN v.says = 0 THEN 1 ELSE 0 END) AS contradicted,
  max(CASE WHEN v.says = 2 THEN 1 ELSE 0 END) AS asserted
FROM measured v JOIN newest n ON n.ask = v.ask AND n.content = v.content AND n.says = 2
WHERE v.content IN (SELECT content FROM lasting)
GROUP BY v.ask, v.leg, v.content, v.l1, n.last, n.until

-- step broken: the last day before the newest that surely said otherwise, and the last that may have
SELECT d.ask, d.content, max(CASE WHEN d.denied = 1 AND d.asserted = 0 AND d.day < d.last THEN d.day ELSE 0 END) AS broken,
  max(CASE WHEN d.contradicted = 1 AND d.held = 0 AND d.day < d.last THEN d.day ELSE 0 END) AS doubted
FROM daily d GROUP BY d.ask, d.content

-- step runs: since when the values have surely said so
SELECT d.ask, d.leg, d.content, d.last, d.until, b.broken,
  coalesce(min(CASE WHEN d.held = 1 AND d.day > b.doubted AND d.contradicted = 0 THEN d.day END), d.last) AS start,
  max(CASE WHEN d.contradicted = 1 AND d.day = d.last THEN 1 ELSE 0 END) AS disputed
FROM daily d JOIN broken b ON b.ask = d.ask AND b.content = d.content
GROUP BY d.ask, d.leg, d.content, d.last, d.until, b.broken

-- step treated: the first day on which a treatment of the episode had surely begun, where values have persisted
SELECT x.ask, x.content, min(coalesce(x.authored, x.l2)) AS begun FROM (
  SELECT a.ask, w.content, w.authored, a.o2, a.closes,
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
  CASE WHEN r.disputed = 1 THEN 1 WHEN {{ by('p.p', 'r.start', 'k', lasting) }} > r.last
      THEN CASE WHEN r.broken > 0 AND {{ by('p.p', 'r.broken', 'b', lasting) }} >= r.until THEN 0 ELSE 1 END
    WHEN p.treatment IS NOT NULL AND NOT coalesce(t.begun < r.last, FALSE) THEN 1 ELSE 2 END AS state
FROM runs r
JOIN lasting p ON p.leg = r.leg AND p.content = r.content
LEFT JOIN treated t ON t.ask = r.ask AND t.content = p.treatment
LEFT JOIN calendar k ON k.day = r.start
LEFT JOIN calendar b ON b.day = r.broken

{% endif %}
{% if later %}
-- step others: until when the other action was taken
SELECT s.ask, s.content, max(CASE WHEN s.says_so = 2 THEN s.l1 ELSE 0 END) AS sure_first, max(s.l2) AS last
FROM seen s WHERE s.look = 'mine' AND NOT s.negated
GROUP BY s.ask, s.content

-- step later: whether the newest of one action lies after every one of the other
SELECT s.ask, p.word, p.bit, max(least(s.says_so,
  CASE WHEN o.ask IS NULL THEN 2 - p.absence WHEN s.l1 > o.last THEN 2 WHEN s.l2 <= o.sure_first THEN 0 ELSE 1 END)) AS state
FROM seen s
JOIN laters p ON p.leg = s.leg AND p.content = s.content
LEFT JOIN others o ON o.ask = s.ask AND o.content = p.other
WHERE s.look = 'mine' AND NOT s.negated
GROUP BY s.ask, p.word, p.bit, p.leaf

{% endif %}
-- step states: what each leaf is on each ask that asks for values, for days or for what came later, where a fact speaks of it
SELECT n.ask, l.word, l.bit, n.says AS state FROM newest n JOIN leaves l ON l.leg = n.leg AND l.content = n.content
{% if lasting %}
WHERE l.shape = 'latest' OR n.says < 2
UNION ALL SELECT ask, word, bit, state FROM lasted
{% endif %}
{% if repeated %}
UNION ALL SELECT c.ask, l.word, l.bit, CASE WHEN c.sure_days >= l.times THEN 2 WHEN c.possible_days >= l.times THEN 1
    WHEN c.possible_days > 0 THEN 0 WHEN c.denies = 2 THEN 0 WHEN c.denies = 1 THEN least(l.absence, 1) ELSE l.absence END
FROM counted c JOIN leaves l ON l.leg = c.leg AND l.content = c.content
{% endif %}
{% if later %}
UNION ALL SELECT ask, word, bit, state FROM later
{% endif %}

-- step masks: those leaves of an ask that are yes, that are unknown, and of which any fact speaks
SELECT s.ask{% for w in words %}, bit_or(CASE WHEN s.word = {{ w }} AND s.state = 2 THEN s.bit ELSE 0 END) AS y{{ w }},
  bit_or(CASE WHEN s.word = {{ w }} AND s.state = 1 THEN s.bit ELSE 0 END) AS u{{ w }},
  bit_or(CASE WHEN s.word = {{ w }} THEN s.bit ELSE 0 END) AS t{{ w }}{% endfor %}

FROM states s GROUP BY s.ask

-- step told: the masks whole: what no fact speaks of is what its absence means, and the person's and the day's own leaves
SELECT a.course * {{ SPREAD }} + (a.day - a.first + {{ SPREAD // 2 }}) AS ask, a.course, a.leg, a.first, a.read, a.day, a.roles{% for name, day in limit_days %}, {{ day }} AS {{ name }}{% endfor %}{% for w in words %},
  (b.y{{ w }} & ~(a.s{{ w }} | a.p{{ w }} | a.d{{ w }} | a.e{{ w }} | a.t{{ w }})) | a.s{{ w }} | a.y{{ w }}{{ own_leaves(w, 'yes') }} AS y{{ w }},
  (b.u{{ w }} & ~(a.s{{ w }} | a.p{{ w }} | a.d{{ w }} | a.e{{ w }} | a.t{{ w }})) | (a.p{{ w }} & ~a.s{{ w }}) | (a.e{{ w }} & ~(a.s{{ w }} | a.p{{ w }} | a.d{{ w }}) & (b.y{{ w }} | b.u{{ w }})) | a.u{{ w }}{{ own_leaves(w, 'unknown') }} AS u{{ w }},
  a.d{{ w }} & b.j{{ w }} AS d{{ w }}, a.e{{ w }} & b.j{{ w }} AS e{{ w }}{% endfor %}

FROM (
  SELECT c.course, a.leg, a.pid, a.first, a.read, a.day, a.roles, a.sure, coalesce(a.given_first, c.onset_first) AS o1, a.o2{% for base, n in shifts if base != 'o1' %}, a.{{ base }}_{{ m(n) }}{% endfor %}{% for base, n in shifts if base == 'o1' %}, k1.{{ m(n) }} AS o1_{{ m(n) }}{% endfor %}{% for w in words %}{% for mask in 'spde' %}, coalesce(m.{{ mask }}{{ w }}, 0) AS {{ mask }}{{ w }}{% endfor %}{% for mask in 'yut' %}, coalesce(v.{{ mask }}{{ w }}, 0) AS {{ mask }}{{ w }}{% endfor %}{% endfor %}

  FROM courses c JOIN views a ON a.face = c.face
  LEFT JOIN spoken_masks m ON m.ask = a.ask LEFT JOIN masks v ON v.ask = a.ask{% if 'k1' in shifted %}

  JOIN calendar k1 ON k1.day = coalesce(a.given_first, c.onset_first){% endif %}

) a
JOIN people p ON p.pid = a.pid
JOIN absent b ON b.leg = a.leg

-- step sights: the different masks that there are: many asks look alike
SELECT CAST(row_number() OVER (ORDER BY s.leg{% for w in words %}, s.y{{ w }}, s.u{{ w }}, s.d{{ w }}, s.e{{ w }}{% endfor %}) AS INTEGER) AS sight, s.*
FROM (SELECT DISTINCT t.leg{% for w in words %}, t.y{{ w }}, t.u{{ w }}, t.d{{ w }}, t.e{{ w }}{% endfor %} FROM told t) s

-- step looks: each ask with the masks that it found
SELECT t.ask, t.course, t.leg, t.first, t.read, t.day, t.roles, s.sight{% for name, _ in limit_days %}, t.{{ name }}{% endfor %}

FROM told t JOIN sights s ON s.leg = t.leg{% for w in words %} AND s.y{{ w }} = t.y{{ w }} AND s.u{{ w }} = t.u{{ w }} AND s.d{{ w }} = t.d{{ w }} AND s.e{{ w }} = t.e{{ w }}{% endfor %}


{% for p in plans %}
-- step truths_{{ p.leg }}: {{ p.id }}: to whom each recommendation applies, and what leaves it untold
SELECT t.*, {{ packed(p.wholes) }}{% for line in p.wholes %},
  CASE WHEN t.applies_{{ line.number }} = 1 THEN {{ line.missing }} END AS missing_{{ line.number }}{% endfor %}{% for line in p.deadlines %},
  {{ line.when }} AS when_{{ line.number }}, {{ line.done }} AS done_{{ line.number }}, {{ line.practice }} AS practice_{{ line.number }},
  {{ line.unknown }} AS unknown_{{ line.number }}, {{ line.tree or 'CAST(NULL AS INTEGER)' }} AS declined_{{ line.number }}{% endfor %}

FROM (
  SELECT t.*{% for line in p.wholes %},
    {{ line.applies }} AS applies_{{ line.number }}{% endfor %}{% for when in p.whens %},
    {{ when.tree }} AS {{ when.name }}{% endfor %}

  FROM (SELECT t.*, {{ p.population }} AS population, {{ p.index }} AS is_index, {{ p.sign }} AS sign FROM sights t WHERE t.leg = {{ p.leg }}) t
) t

{% endfor %}
