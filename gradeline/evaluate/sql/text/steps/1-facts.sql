-- step people: who has the index condition of a guideline, by a number
SELECT CAST(row_number() OVER (ORDER BY p.id) AS INTEGER) AS pid, p.id, p.birth_first, p.birth_last, p.sex,
  p.death_first, p.death_last, p.place, p.observed_last,
  b.day AS birth_day{% for n in age_months %}, b.{{ m(n) }} AS birth_first_{{ m(n) }}, e.{{ m(n) }} AS birth_last_{{ m(n) }}{% endfor %}

FROM patients p
LEFT JOIN calendar b ON b.day = p.birth_first
LEFT JOIN calendar e ON e.day = p.birth_last
WHERE p.id IN (
  SELECT f.patient FROM facts f
  WHERE f.code IN ({{ index_codes }})
    AND EXISTS (SELECT 1 FROM codes c WHERE c.opens AND c.system = f.system AND c.code = f.code){{ among }}
)

-- step hits: their facts that speak for a term, a row for each coding and term
SELECT c.g, w.pid, c.term, f.key, f.kind, f.status, f.sureness, f.first, f.last, f.known, f.assumed, f.until,
  f.value, f.value_unit, f.value_codes, f.declined, f.no_onset, f.time, f.unit, f.specialty, f.side, f.of,
  c.sure, c.general, c.below, c.below_sure,
  CASE {% for site in sites %}WHEN c.g = {{ site.g }} AND c.term = {{ text(site.term) }} THEN f.sites IS NULL OR {{ overlap('f.sites', site.tokens) }} {% endfor %}ELSE TRUE END AS in_place
FROM facts f
JOIN people w ON w.id = f.patient
JOIN codes c ON c.system = f.system AND c.code = f.code
WHERE f.code IN ({{ all_codes }}){{ among }}

-- step kinds_told: facts that say their kind, so that a general code beside it leaves nothing open
SELECT DISTINCT h.g, h.pid, h.key, k.general
FROM hits h JOIN kinds k ON k.g = h.g AND k.special = h.term
WHERE NOT h.general AND h.below = ''

-- step spoken: each fact with each term that it speaks for, and how surely: for it, or only as offered and declined
SELECT h.g, h.pid, h.term, h.key, any_value(h.kind) AS kind, any_value(h.status) AS status,
  any_value(h.first) AS first, any_value(h.last) AS last, any_value(h.known) AS known,
  any_value(h.assumed) AS assumed, any_value(h.until) AS until, any_value(h.value) AS value,
  any_value(h.value_unit) AS value_unit, any_value(h.value_codes) AS value_codes,
  any_value(h.declined) AS declined, any_value(h.no_onset) AS no_onset, any_value(h.time) AS time,
  any_value(h.unit) AS unit, any_value(h.specialty) AS specialty, any_value(h.side) AS side, any_value(h.of) AS of,
  max(CASE WHEN h.status = 'negated' AND h.general THEN NULL
    WHEN NOT (h.sureness = 'sure' AND h.in_place) THEN 0
    WHEN h.status = 'negated' AND h.below <> '' THEN CASE WHEN h.below_sure THEN 1 ELSE 0 END
    WHEN h.sure THEN 1 ELSE 0 END) AS sure,
  max(CASE WHEN NOT h.declined THEN NULL
    WHEN h.sure AND h.sureness = 'sure' AND h.in_place THEN 1 ELSE 0 END) AS offered
FROM hits h
LEFT JOIN kinds_told t ON t.g = h.g AND t.pid = h.pid AND t.key = h.key AND t.general = h.below
WHERE t.key IS NULL
GROUP BY h.g, h.pid, h.term, h.key
