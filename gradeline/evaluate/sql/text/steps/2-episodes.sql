-- step recordings: what the index condition's chains are made of
SELECT s.g, s.pid, s.key, s.kind, s.known AS contact, s.unit, s.side, s.sure = 1 AS sure,
  CASE WHEN s.kind = 'condition' AND s.until IS NOT NULL THEN s.until ELSE {{ END }} END AS over,
  CASE WHEN s.kind <> 'condition' OR s.no_onset OR s.first = {{ BEGINNING }} OR s.first > s.known
    OR (NOT s.assumed AND s.first = s.known AND s.last = s.known) THEN NULL ELSE s.first END AS given_first,
  CASE WHEN s.kind <> 'condition' OR s.no_onset OR s.first = {{ BEGINNING }} OR s.first > s.known
    OR (NOT s.assumed AND s.first = s.known AND s.last = s.known) THEN NULL
    ELSE least(s.last, s.known) END AS given_last
FROM heard s JOIN guidelines q ON q.g = s.g AND q.index_term = s.term
WHERE s.sure IS NOT NULL AND s.status <> 'negated' AND s.known > {{ BEGINNING }}

-- step stops: when there was surgery, as the guideline names it
SELECT DISTINCT s.g, s.pid, s.first, s.last, s.assumed
FROM heard s JOIN ended_by n ON n.g = s.g AND n.term = s.term
WHERE s.sure = 1 AND s.status = 'done' AND s.kind <> 'reason'

-- step ordered: each recording beside the one before it; of one day first who gives an onset, which may begin anew
SELECT r.g, r.pid, r.key, r.contact, r.unit, r.side, r.sure, r.over, r.given_first, r.given_last,
  lag(r.contact) OVER w AS before, row_number() OVER w AS n
FROM recordings r
WINDOW w AS (PARTITION BY r.g, r.pid ORDER BY r.contact, r.over DESC,
  coalesce(r.given_first, {{ END }}), coalesce(r.given_last, {{ END }}), r.key)

-- step past_end: recordings after an end that came after the one before: they begin a new chain
SELECT r.g, r.pid, r.n, max(CASE WHEN u.stop AND u.first < r.before THEN 1 ELSE 0 END) AS doubtful
FROM ordered r JOIN (
  SELECT g, pid, contact AS first, over AS last, FALSE AS stop FROM recordings WHERE over < {{ END }}
  UNION ALL SELECT g, pid, first, last, TRUE FROM stops
) u ON u.g = r.g AND u.pid = r.pid AND u.last >= r.before AND u.last < r.contact AND (u.stop OR u.first <= r.before)
GROUP BY r.g, r.pid, r.n

-- step turns: which recordings begin a chain, and why
SELECT r.*, CASE WHEN r.before IS NULL OR r.contact > {{ by('r.g', 'r.before', 'k', gap) }} THEN 'gap'
    WHEN b.n IS NOT NULL THEN 'end'
    WHEN r.given_first - r.before >= {{ ANOTHER }} THEN 'onset' ELSE '' END AS why,
  coalesce(b.doubtful, 0) AS doubtful
FROM ordered r
LEFT JOIN calendar k ON k.day = r.before
LEFT JOIN past_end b ON b.g = r.g AND b.pid = r.pid AND b.n = r.n

-- step starts: the recordings that begin a chain, sides left aside, each with the number of the next one
SELECT t.g, t.pid, t.n, coalesce(lead(t.n) OVER (PARTITION BY t.g, t.pid ORDER BY t.n) - 1, {{ END }}) AS until
FROM turns t WHERE t.why <> ''

-- step other_sides: recordings of the other side than the chain's: they begin a new one
SELECT r.g, r.pid, r.n FROM (
  SELECT s.g, s.pid, s.n, s.side, s.why, b.n AS block, lag(s.side) OVER (PARTITION BY s.g, s.pid ORDER BY s.n) AS last_side,
    lag(b.n) OVER (PARTITION BY s.g, s.pid ORDER BY s.n) AS last_block
  FROM turns s JOIN starts b ON b.g = s.g AND b.pid = s.pid AND s.n BETWEEN b.n AND b.until WHERE s.side IS NOT NULL
) r WHERE r.why = '' AND r.side <> r.last_side AND r.block = r.last_block

-- step links_of_chains: every recording that begins a chain, numbered, and the last one of it
SELECT r.g, r.pid, r.n, row_number() OVER (PARTITION BY r.g, r.pid ORDER BY r.n) AS chain,
  coalesce(lead(r.n) OVER (PARTITION BY r.g, r.pid ORDER BY r.n) - 1, {{ END }}) AS until, r.side
FROM (SELECT g, pid, n, FALSE AS side FROM starts UNION ALL SELECT g, pid, n, TRUE FROM other_sides) r

-- step chained: each recording with the number of its chain
SELECT t.g, t.pid, t.n, t.contact, t.before, t.unit, t.sure, t.over, t.given_first, t.given_last, b.chain,
  CASE WHEN b.n <> t.n THEN '' WHEN b.side THEN 'side' ELSE t.why END AS turn
FROM turns t JOIN links_of_chains b ON b.g = t.g AND b.pid = t.pid AND t.n BETWEEN b.n AND b.until

-- step units: the organisation of a chain's first recording that names one
SELECT c.g, c.pid, c.chain, c.unit, row_number() OVER (PARTITION BY c.g, c.pid, c.chain
  ORDER BY c.n) AS place
FROM chained c WHERE c.unit <> ''

-- step chains: each chain as the whole record shows it
SELECT c.g, c.pid, c.chain, min(c.contact) AS first, max(c.contact) AS last, min(c.over) AS over,
  min(c.given_first) AS given_first, max(c.given_last) AS given_last,
  coalesce(max(c.given_last), min(c.contact)) AS onset_last
FROM chained c
GROUP BY c.g, c.pid, c.chain

-- step ended: when each chain ends: over, operated, dead, or by silence
SELECT c.*, s.stop_first, s.stop_last, s.stop_assumed, w.death_last,
  least(c.over, coalesce(s.stop_last, {{ END }}), coalesce(w.death_last, {{ END }}),
    greatest({{ by('c.g', 'c.last', 'l', gap) }}, {{ by('c.g', 'c.onset_last', 'o', silence) }})) AS ends
FROM chains c
JOIN people w ON w.pid = c.pid
JOIN calendar l ON l.day = c.last
JOIN calendar o ON o.day = c.onset_last
LEFT JOIN (
  SELECT c.g, c.pid, c.chain, min(s.first) AS stop_first, min(s.last) AS stop_last, any_value(s.assumed) AS stop_assumed
  FROM chains c JOIN stops s ON s.g = c.g AND s.pid = c.pid AND s.first >= c.first
  GROUP BY c.g, c.pid, c.chain
) s ON s.g = c.g AND s.pid = c.pid AND s.chain = c.chain

-- step floors: the earliest that an onset can be of which only the upper bound is known
SELECT e.g, e.pid, e.chain, greatest({{ by('e.g', 'e.first', 'k', back_gap) }}, coalesce(max(b.ends) + 1, {{ BEGINNING }})) AS floor
FROM ended e
JOIN calendar k ON k.day = e.first
LEFT JOIN ended b ON b.g = e.g AND b.pid = e.pid AND b.chain < e.chain AND b.ends < e.first
GROUP BY e.g, e.pid, e.chain, e.first, {{ by('e.g', 'e.first', 'k', back_gap) }}

-- step doubted_episodes: patients of whom SQL cannot decide exactly which episodes they have, and why
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

) d WHERE d.why IS NOT NULL

-- step horizons: the episodes of the period with their horizon
SELECT q.leg, q.data_end, CAST(row_number() OVER (ORDER BY q.leg, e.pid, e.chain) AS BIGINT) AS episode, e.*, f.floor,
  {{ speaks('e.g', 'e.onset_last', 'k', 'e.ends') }} AS planned, w.observed_last,
  CASE WHEN w.death_last = e.ends THEN w.death_last ELSE {{ END }} END AS life,
  row_number() OVER (PARTITION BY q.leg, e.pid, e.first ORDER BY e.chain) - 1 AS ordinal
FROM ended e
JOIN floors f ON f.g = e.g AND f.pid = e.pid AND f.chain = e.chain
JOIN calendar k ON k.day = e.onset_last
JOIN people w ON w.pid = e.pid
JOIN legs q ON q.g = e.g AND e.first BETWEEN q.period_first AND q.period_last

-- step followed: until when each is followed, and what ended that early
SELECT h.*, least(h.planned, h.ends) AS horizon,
  greatest(h.first, least(h.planned, h.ends, h.data_end, h.observed_last,
    CASE WHEN h.life < h.planned THEN h.life ELSE {{ END }} END)) AS read,
  CASE WHEN h.data_end < least(h.planned, h.ends) AND h.data_end <= least(h.observed_last, h.life) THEN 'data'
    WHEN h.observed_last < least(h.planned, h.ends) AND h.observed_last <= h.life THEN 'observation'
    WHEN h.life < h.planned THEN 'life' ELSE '' END AS cut
FROM horizons h

-- step versions: an episode as it was known from one recording to the next
SELECT v.*, coalesce(lead(v.since) OVER (PARTITION BY v.episode ORDER BY v.since) - 1, {{ END }}) AS until,
  v.since AS last, coalesce(v.given_last, v.first) AS onset_last
FROM (
  SELECT d.episode, d.g, d.first, d.since, min(d.over) OVER u AS over, min(d.given_first) OVER u AS given_first,
    max(d.given_last) OVER u AS given_last, max(d.sure) OVER u AS sure
  FROM (
    SELECT e.episode, e.g, e.first, c.contact AS since, min(c.over) AS over, min(c.given_first) AS given_first,
      max(c.given_last) AS given_last, max(CASE WHEN c.sure THEN 2 ELSE 0 END) AS sure
    FROM chained c JOIN followed e ON e.g = c.g AND e.pid = c.pid AND e.chain = c.chain
    GROUP BY e.episode, e.g, e.first, c.contact
  ) d
  WINDOW u AS (PARTITION BY d.episode ORDER BY d.since ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW)
) v
