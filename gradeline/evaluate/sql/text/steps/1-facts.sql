-- step opened: who has the index condition of a guideline
SELECT DISTINCT f.patient AS id FROM facts f JOIN codes c ON c.system = f.system AND c.code = f.code
WHERE c.opens AND f.code IN (SELECT code FROM codes WHERE opens)


-- step people: they, each by a number
SELECT p.*, b.day AS birth_day{% for n in age_months %}, b.{{ m(n) }} AS birth_first_{{ m(n) }}, e.{{ m(n) }} AS birth_last_{{ m(n) }}{% endfor %}

FROM (
  SELECT CAST(row_number() OVER (ORDER BY p.id) AS INTEGER) AS pid, p.id, p.birth_first, p.birth_last, p.sex,
    p.death_first, p.death_last, p.place, p.observed_last
  FROM patients p JOIN opened o ON o.id = p.id{{ share }}

) p
LEFT JOIN calendar b ON b.day = p.birth_first
LEFT JOIN calendar e ON e.day = p.birth_last

-- step several: their facts with several codings, which may speak for one term or say a kind beside a general code
SELECT DISTINCT w.pid, f.key FROM facts f JOIN people w ON w.id = f.patient
WHERE f.place > 0 AND f.code IN (SELECT code FROM codes WHERE looked){{ among }}


-- step hits: their facts that speak for a term that is asked for, a row for each coding and term
SELECT c.g, w.pid, c.term, f.key, f.kind, f.status, f.first, f.last, f.known, f.assumed, f.until,
  f.value, f.value_unit, {% if lists %}f.value_codes, {% endif %}f.no_onset, f.time, f.unit, {% if by_whom %}f.specialty, {% endif %}f.side, {% if judging or repeated %}f.of, {% endif %}
  c.general, c.below, v.key IS NOT NULL AS beside,
  CASE WHEN f.status = 'negated' AND c.general THEN NULL
    WHEN f.sureness <> 'sure'{% if sites %} OR NOT CASE {% for site in sites %}WHEN c.g = {{ site.g }} AND c.term = {{ site.term }} THEN f.sites IS NULL OR {{ overlap('f.sites', site.tokens) }} {% endfor %}ELSE TRUE END{% endif %} THEN 0
    WHEN f.status = 'negated' AND c.below <> 0 THEN CASE WHEN c.below_sure THEN 1 ELSE 0 END
    WHEN c.sure THEN 1 ELSE 0 END AS sure,
  CASE WHEN NOT f.declined THEN NULL
    WHEN c.sure AND f.sureness = 'sure'{% if sites %} AND CASE {% for site in sites %}WHEN c.g = {{ site.g }} AND c.term = {{ site.term }} THEN f.sites IS NULL OR {{ overlap('f.sites', site.tokens) }} {% endfor %}ELSE TRUE END{% endif %} THEN 1 ELSE 0 END AS offered
FROM facts f
JOIN people w ON w.id = f.patient
JOIN codes c ON c.system = f.system AND c.code = f.code
LEFT JOIN several v ON v.pid = w.pid AND v.key = f.key
WHERE c.looked AND f.code IN (SELECT code FROM codes WHERE looked){{ among }}

-- step kinds_told: facts that say their kind, so that a general code beside it leaves nothing open
SELECT DISTINCT h.g, h.pid, h.key, k.general
FROM hits h JOIN kinds k ON k.g = h.g AND k.special = h.term
WHERE h.beside AND NOT h.general AND h.below = 0

-- step together: each fact with several codings, once for each term, as surely as any of them says
SELECT h.g, h.pid, h.term, h.key, any_value(h.kind) AS kind, any_value(h.status) AS status,
  any_value(h.first) AS first, any_value(h.last) AS last, any_value(h.known) AS known,
  any_value(h.assumed) AS assumed, any_value(h.until) AS until, any_value(h.value) AS value,
  any_value(h.value_unit) AS value_unit, {% if lists %}any_value(h.value_codes) AS value_codes,{% endif %}
  any_value(h.no_onset) AS no_onset, any_value(h.time) AS time,
  any_value(h.unit) AS unit, {% if by_whom %}any_value(h.specialty) AS specialty, {% endif %}any_value(h.side) AS side, {% if judging or repeated %}any_value(h.of) AS of,{% endif %}
  max(h.sure) AS sure, max(h.offered) AS offered
FROM hits h
LEFT JOIN kinds_told t ON t.g = h.g AND t.pid = h.pid AND t.key = h.key AND t.general = h.below
WHERE h.beside AND t.key IS NULL
GROUP BY h.g, h.pid, h.term, h.key

-- view heard: each fact with each term that it speaks for, and how surely: for it, or only as offered and declined
SELECT h.g, h.pid, h.term, h.key, h.kind, h.status, h.first, h.last, h.known, h.assumed, h.until, h.value, h.value_unit,
  {% if lists %}h.value_codes, {% endif %}h.no_onset, h.time, h.unit, {% if by_whom %}h.specialty, {% endif %}h.side, {% if judging or repeated %}h.of, {% endif %}h.sure, h.offered
FROM hits h WHERE NOT h.beside
UNION ALL SELECT * FROM together
