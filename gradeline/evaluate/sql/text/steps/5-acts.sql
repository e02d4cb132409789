{% if judging %}
-- step links: what the facts of an action are based on
SELECT DISTINCT w.g, w.pid, w.content, w.key, {{ each_of_list('w.of') }} AS target
FROM wanted w WHERE w.look = 'act' AND w.of IS NOT NULL

-- step act_facts: what speaks of an action that is judged act by act, on the days on which practice may be read
SELECT x.*, CASE WHEN x.ahead THEN x.first ELSE least(x.first, x.day) END AS l1,
  CASE WHEN x.ahead OR x.last <= x.shown THEN x.last ELSE greatest(least(x.first, x.day), x.shown) END AS l2
FROM (
  SELECT a.ask, a.leg, a.day, w.g, w.pid, w.content, w.key, w.kind, w.status, w.assumed, w.sure, w.first, w.last, w.known,
    w.kind = 'order' AND NOT w.assumed AND w.known <> {{ BEGINNING }} AS written,
    w.status = 'planned' OR w.first > a.day AS ahead,
    CASE WHEN w.dated THEN least(a.day, w.known) ELSE a.day END AS shown
  FROM views a JOIN wanted w ON w.g = a.g AND w.pid = a.pid AND {{ has('a.roles', 'w.roles') }}

  WHERE w.look = 'act' AND w.status <> 'negated' AND (w.known <= a.day OR (w.assumed AND w.status = 'planned'))
) x

-- step orders: each order, with the days on which it may have been written
SELECT f.*, CASE WHEN f.written THEN f.known ELSE f.l1 END AS d1, CASE WHEN f.written THEN f.known ELSE f.l2 END AS d2
FROM act_facts f WHERE f.kind = 'order'

-- step linked: what is linked to an order
SELECT f.ask, f.pid, f.content, f.key, min(o.key) AS home, count(DISTINCT o.key) AS orders
FROM act_facts f
JOIN links l ON l.g = f.g AND l.pid = f.pid AND l.content = f.content AND l.key = f.key
JOIN orders o ON o.ask = f.ask AND o.content = f.content AND o.key = l.target
WHERE f.kind <> 'order'
GROUP BY f.ask, f.pid, f.content, f.key

-- step doubted_acts: patients of whom SQL cannot decide exactly which acts they had, and why
SELECT DISTINCT f.pid, 'acts linked to one another' AS why FROM act_facts f
JOIN links l ON l.g = f.g AND l.pid = f.pid AND l.content = f.content AND l.key = f.key
JOIN act_facts o ON o.ask = f.ask AND o.content = f.content AND o.key = l.target
LEFT JOIN linked a ON a.ask = f.ask AND a.content = f.content AND a.key = f.key
LEFT JOIN linked b ON b.ask = f.ask AND b.content = f.content AND b.key = o.key
WHERE f.kind = 'order' OR (o.kind <> 'order'
  AND NOT CASE WHEN a.home IS NULL THEN b.home IS NULL AND f.l1 = f.l2 AND f.l1 = o.l1 AND f.l2 = o.l2
    ELSE coalesce(a.home = b.home, FALSE) END)
UNION SELECT l.pid, 'an act of two orders' FROM linked l WHERE l.orders > 1

-- step of_order: what was done on an order: linked to it, or the same examination soon after the latest one
SELECT h.ask, h.content, h.key, h.home FROM (
  SELECT f.ask, f.content, f.key, o.key AS home, row_number() OVER (PARTITION BY f.ask, f.content, f.key
    ORDER BY o.d1 DESC, o.key DESC) AS n
  FROM act_facts f
  JOIN orders o ON o.ask = f.ask AND o.content = f.content
  LEFT JOIN linked l ON l.ask = f.ask AND l.content = f.content AND l.key = f.key
  WHERE f.kind <> 'order' AND (l.home = o.key OR (l.home IS NULL AND o.d1 <= f.l2 AND f.l1 <= o.d2 + {{ SAME_EXAMINATION }}))
) h WHERE h.n = 1

-- step members: each fact with the act that it speaks of
SELECT f.*, CASE WHEN f.kind = 'order' THEN f.key WHEN h.home IS NOT NULL THEN h.home
  WHEN f.l1 = f.l2 THEN concat('on ', CAST(f.l1 AS {{ string }})) ELSE f.key END AS act
FROM act_facts f LEFT JOIN of_order h ON h.ask = f.ask AND h.content = f.content AND h.key = f.key

-- step acts: each act with its day, and whether it was surely taken in the episode
SELECT x.*, CASE WHEN x.inside = 2 AND x.sure THEN 2 ELSE 1 END AS taken FROM (
  SELECT m.*, a.face, a.day,
    CASE WHEN m.d1 >= a.o2 AND m.d2 <= a.closes THEN 2 ELSE 1 END AS inside
  FROM (
    SELECT m.ask, m.leg, m.g, m.pid, m.content, m.act, bool_or(m.sure) AS sure,
      coalesce(min(CASE WHEN m.kind = 'order' THEN CASE WHEN m.written THEN m.known ELSE m.l1 END END), min(m.l1)) AS d1,
      coalesce(min(CASE WHEN m.kind = 'order' THEN CASE WHEN m.written THEN m.known ELSE m.l2 END END), min(m.l2)) AS d2
    FROM members m GROUP BY m.ask, m.leg, m.g, m.pid, m.content, m.act
  ) m
  JOIN views a ON a.ask = m.ask
  WHERE m.d2 >= a.o1 AND m.d1 <= a.closes
) x

{% if judged %}
-- step whys: what the orders and the acts themselves give as their reasons
SELECT DISTINCT j.leg, t.g, j.line, f.pid, f.key, f.sureness, f.known, f.assumed, f.system, f.code, f.codings_place, f.target
FROM (SELECT w.pid, f.key, f.sureness, f.known, f.assumed, f.system, f.code, f.place AS codings_place, {{ each_of_list('f.of') }} AS target
  FROM facts f JOIN people w ON w.id = f.patient WHERE f.kind = 'reason' AND f.of IS NOT NULL{{ among }}) f
JOIN (
  SELECT w.g, w.pid, w.content, w.key AS target FROM wanted w WHERE w.look = 'act'
  UNION SELECT l.g, l.pid, l.content, l.target FROM links l
) t ON t.pid = f.pid AND t.target = f.target
JOIN judging j ON j.content = t.content

-- step terms_of_whys: each of them with the terms that it names; of two codings of one term the last one counts
SELECT y.leg, y.line, y.pid, y.target, y.key, y.known, y.assumed, y.sureness, c.term,
  max_by(c.sure, y.codings_place) AS sure
FROM whys y LEFT JOIN codes c ON c.g = y.g AND c.system = y.system AND c.code = y.code
GROUP BY y.leg, y.line, y.pid, y.target, y.key, y.known, y.assumed, y.sureness, c.term

-- step read_whys: how surely each is one of the guideline's reasons; one that cannot be read may be one
SELECT y.leg, y.line, y.pid, y.target, y.key, y.known, y.assumed,
  CASE WHEN count(y.term) = 0 THEN 1 ELSE max(CASE WHEN n.term IS NULL THEN 0
    WHEN y.sure AND y.sureness = 'sure' THEN 2 ELSE 1 END) END AS says
FROM terms_of_whys y LEFT JOIN named n ON n.leg = y.leg AND n.line = y.line AND n.term = y.term
GROUP BY y.leg, y.line, y.pid, y.target, y.key, y.known, y.assumed

-- step grounds: where each act may have its reasons: its facts, and what these are based on, whatever that is
SELECT m.ask, m.pid, m.content, m.act, m.key AS target, m.assumed AND m.status = 'planned' AS booked FROM members m
UNION ALL SELECT m.ask, m.pid, m.content, m.act, l.target, FALSE FROM members m
JOIN links l ON l.g = m.g AND l.pid = m.pid AND l.content = m.content AND l.key = m.key

{% endif %}
-- step act_days: each act on the first and the last day on which it may have been, with the reason that it names
SELECT j.leg, j.line, a.ask + (c.course - c.face) * {{ SPREAD }} AS ask, a.act, a.taken, a.day, d.day AS on_day,
  {% if judged %}coalesce(max(CASE WHEN r.known <= d.day OR (r.assumed AND m.booked) THEN r.says END), 0){% else %}0{% endif %} AS named
FROM acts a
JOIN courses c ON c.face = a.face
JOIN judging j ON j.leg = a.leg AND j.content = a.content
JOIN (SELECT ask, content, act, {{ each_of(['least(d1, day)', 'least(d2, day)']) }} AS day FROM acts) d
  ON d.ask = a.ask AND d.content = a.content AND d.act = a.act
{% if judged %}
JOIN grounds m ON m.ask = a.ask AND m.content = a.content AND m.act = a.act
LEFT JOIN read_whys r ON r.leg = j.leg AND r.line = j.line AND r.pid = m.pid AND r.target = m.target
{% endif %}
GROUP BY j.leg, j.line, c.course, c.face, a.ask, a.act, a.taken, a.day, d.day

-- step reasons: whether one of the guideline's reasons was known by the end of a day
{% for each in reasons %}
{{ 'UNION ALL ' if not loop.first }}SELECT l.leg, {{ each.line }} AS line, l.ask, {{ each.tree }} AS says
FROM looks l JOIN sights t ON t.sight = l.sight WHERE l.leg = {{ each.leg }} AND {{ has('l.roles', REASON) }}

{% else %}
SELECT 0 AS leg, 0 AS line, CAST(0 AS BIGINT) AS ask, 0 AS says FROM looks l WHERE FALSE
{% endfor %}

-- step weighed: each act: departed, justified, or unknown; the worst counts
SELECT w.leg, w.line, w.ask, min(CASE WHEN w.practice = 'departed' THEN 0 WHEN w.practice = 'unknown' THEN 1 ELSE 2 END) AS worst,
  min(w.taken) AS taken
FROM (
  SELECT d.leg, d.line, d.ask, d.act, d.taken, CASE WHEN d.taken < 2 THEN 'unknown' WHEN NOT j.reasoned THEN 'departed'
    WHEN min(greatest(d.named, coalesce(r.says, 0))) <> max(greatest(d.named, coalesce(r.says, 0))) THEN 'unknown'
    WHEN min(greatest(d.named, coalesce(r.says, 0))) = 2 THEN 'justified'
    WHEN min(greatest(d.named, coalesce(r.says, 0))) = 0 THEN 'departed' ELSE 'unknown' END AS practice
  FROM act_days d
  JOIN judging j ON j.leg = d.leg AND j.line = d.line
  LEFT JOIN reasons r ON r.leg = d.leg AND r.line = d.line AND r.ask = d.ask - d.day + d.on_day
  GROUP BY d.leg, d.line, d.ask, d.act, d.taken, j.reasoned
) w GROUP BY w.leg, w.line, w.ask
{% endif %}
