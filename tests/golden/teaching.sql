-- How practice related to each recommendation, in SQL: teaching.
-- Written by Gradeline out of the plan that one patient is read through as well; written anew, never edited.
--
-- It reads `facts` and `patients` (reference/facts-tables.md) and makes one small table after another. Days are
-- numbers. A truth is 0 no, 1 unknown, 2 yes. The rows are in `episode_rows`, and what they came to in
-- `course_rows` and `outcome_rows`; the patients of `doubts` are not in them: they go through the evaluator of one
-- patient.


CREATE TEMPORARY TABLE guidelines (g INTEGER, index_term INTEGER);
INSERT INTO guidelines VALUES
  (0, 22 /* polka-hiccups */);

CREATE TEMPORARY TABLE legs (leg INTEGER, id VARCHAR, g INTEGER, period_first INTEGER, period_last INTEGER, data_end INTEGER);
INSERT INTO legs VALUES
  (0, 'teaching', 0, 739617, 739981, 739981);

CREATE TEMPORARY TABLE ended_by (g INTEGER, term INTEGER);
INSERT INTO ended_by VALUES
  (0, 18 /* last-waltz */);

CREATE TEMPORARY TABLE codes (g INTEGER, system VARCHAR, code VARCHAR, term INTEGER, sure BOOLEAN, general BOOLEAN, below INTEGER, below_sure BOOLEAN, opens BOOLEAN, looked BOOLEAN);
INSERT INTO codes VALUES
  (0, 'https://gradeline.example/CodeSystem/terms', 'accordion-heard', 1 /* accordion-heard */, TRUE, FALSE, 0, FALSE, FALSE, TRUE),
  (0, 'https://gradeline.example/CodeSystem/terms', 'any-remedy', 2 /* any-remedy */, TRUE, FALSE, 0, FALSE, FALSE, TRUE),
  (0, 'https://gradeline.example/CodeSystem/terms', 'any-remedy', 26 /* slow-sips */, FALSE, FALSE, 2 /* any-remedy */, TRUE, FALSE, TRUE),
  (0, 'https://gradeline.example/CodeSystem/terms', 'any-remedy', 14 /* hum */, FALSE, FALSE, 2 /* any-remedy */, TRUE, FALSE, TRUE),
  (0, 'https://gradeline.example/CodeSystem/terms', 'any-remedy', 15 /* hum-high */, FALSE, FALSE, 2 /* any-remedy */, TRUE, FALSE, TRUE),
  (0, 'https://gradeline.example/CodeSystem/terms', 'any-remedy', 17 /* hum-low */, FALSE, FALSE, 2 /* any-remedy */, TRUE, FALSE, TRUE),
  (0, 'https://gradeline.example/CodeSystem/terms', 'any-remedy', 4 /* count-backwards */, FALSE, FALSE, 2 /* any-remedy */, TRUE, FALSE, TRUE),
  (0, 'https://gradeline.example/CodeSystem/terms', 'beard-combing', 3 /* beard-combing */, TRUE, FALSE, 0, FALSE, FALSE, TRUE),
  (0, 'https://gradeline.example/CodeSystem/terms', 'count-backwards', 4 /* count-backwards */, TRUE, FALSE, 0, FALSE, FALSE, TRUE),
  (0, 'https://gradeline.example/CodeSystem/terms', 'count-backwards', 2 /* any-remedy */, TRUE, TRUE, 0, FALSE, FALSE, TRUE),
  (0, 'https://gradeline.example/CodeSystem/terms', 'dance-lesson', 5 /* dance-lesson */, TRUE, FALSE, 0, FALSE, FALSE, TRUE),
  (0, 'https://gradeline.example/CodeSystem/terms', 'danced-polka', 6 /* danced-polka */, TRUE, FALSE, 0, FALSE, FALSE, TRUE),
  (0, 'https://gradeline.example/CodeSystem/terms', 'dancing-on', 7 /* dancing-on */, TRUE, FALSE, 0, FALSE, FALSE, TRUE),
  (0, 'https://gradeline.example/CodeSystem/terms', 'encore', 8 /* encore */, TRUE, FALSE, 0, FALSE, FALSE, TRUE),
  (0, 'https://gradeline.example/CodeSystem/terms', 'floor-gives-way', 9 /* floor-gives-way */, TRUE, FALSE, 0, FALSE, FALSE, TRUE),
  (0, 'https://gradeline.example/CodeSystem/terms', 'foot-tapping', 10 /* foot-tapping */, TRUE, FALSE, 0, FALSE, FALSE, TRUE),
  (0, 'https://gradeline.example/CodeSystem/terms', 'grip', 11 /* grip */, TRUE, FALSE, 0, FALSE, FALSE, TRUE),
  (0, 'https://gradeline.example/CodeSystem/terms', 'hat-on-fire', 12 /* hat-on-fire */, TRUE, FALSE, 0, FALSE, FALSE, TRUE),
  (0, 'https://gradeline.example/CodeSystem/terms', 'hiccup-rate', 13 /* hiccup-rate */, TRUE, FALSE, 0, FALSE, FALSE, TRUE),
  (0, 'https://gradeline.example/CodeSystem/terms', 'hum', 14 /* hum */, TRUE, FALSE, 0, FALSE, FALSE, TRUE),
  (0, 'https://gradeline.example/CodeSystem/terms', 'hum', 15 /* hum-high */, FALSE, FALSE, 14 /* hum */, TRUE, FALSE, TRUE),
  (0, 'https://gradeline.example/CodeSystem/terms', 'hum', 17 /* hum-low */, FALSE, FALSE, 14 /* hum */, TRUE, FALSE, TRUE),
  (0, 'https://gradeline.example/CodeSystem/terms', 'hum', 2 /* any-remedy */, TRUE, TRUE, 0, FALSE, FALSE, TRUE),
  (0, 'https://gradeline.example/CodeSystem/terms', 'hum-high', 15 /* hum-high */, TRUE, FALSE, 0, FALSE, FALSE, TRUE),
  (0, 'https://gradeline.example/CodeSystem/terms', 'hum-high', 14 /* hum */, TRUE, TRUE, 0, FALSE, FALSE, TRUE),
  (0, 'https://gradeline.example/CodeSystem/terms', 'hum-high', 2 /* any-remedy */, TRUE, TRUE, 0, FALSE, FALSE, TRUE),
  (0, 'https://gradeline.example/CodeSystem/terms', 'hum-length', 16 /* hum-length */, TRUE, FALSE, 0, FALSE, FALSE, TRUE),
  (0, 'https://gradeline.example/CodeSystem/terms', 'hum-low', 17 /* hum-low */, TRUE, FALSE, 0, FALSE, FALSE, TRUE),
  (0, 'https://gradeline.example/CodeSystem/terms', 'hum-low', 14 /* hum */, TRUE, TRUE, 0, FALSE, FALSE, TRUE),
  (0, 'https://gradeline.example/CodeSystem/terms', 'hum-low', 2 /* any-remedy */, TRUE, TRUE, 0, FALSE, FALSE, TRUE),
  (0, 'https://gradeline.example/CodeSystem/terms', 'last-waltz', 18 /* last-waltz */, TRUE, FALSE, 0, FALSE, FALSE, TRUE),
  (0, 'https://gradeline.example/CodeSystem/terms', 'mood', 19 /* mood */, TRUE, FALSE, 0, FALSE, FALSE, TRUE),
  (0, 'https://gradeline.example/CodeSystem/terms', 'new-shoes', 20 /* new-shoes */, TRUE, FALSE, 0, FALSE, FALSE, FALSE),
  (0, 'https://gradeline.example/CodeSystem/terms', 'partner-agrees', 21 /* partner-agrees */, TRUE, FALSE, 0, FALSE, FALSE, TRUE),
  (0, 'https://gradeline.example/CodeSystem/terms', 'polka-hiccups', 22 /* polka-hiccups */, TRUE, FALSE, 0, FALSE, TRUE, TRUE),
  (0, 'https://gradeline.example/CodeSystem/terms', 'professional-dancer', 23 /* professional-dancer */, TRUE, FALSE, 0, FALSE, FALSE, TRUE),
  (0, 'https://gradeline.example/CodeSystem/terms', 'silliness', 24 /* silliness */, TRUE, FALSE, 0, FALSE, FALSE, TRUE),
  (0, 'https://gradeline.example/CodeSystem/terms', 'sitting-out', 25 /* sitting-out */, TRUE, FALSE, 0, FALSE, FALSE, TRUE),
  (0, 'https://gradeline.example/CodeSystem/terms', 'slow-sips', 26 /* slow-sips */, TRUE, FALSE, 0, FALSE, FALSE, TRUE),
  (0, 'https://gradeline.example/CodeSystem/terms', 'slow-sips', 2 /* any-remedy */, TRUE, TRUE, 0, FALSE, FALSE, TRUE),
  (0, 'https://gradeline.example/CodeSystem/terms', 'smell-of-smoke', 27 /* smell-of-smoke */, TRUE, FALSE, 0, FALSE, FALSE, TRUE),
  (0, 'https://gradeline.example/CodeSystem/terms', 'stared-at', 28 /* stared-at */, TRUE, FALSE, 0, FALSE, FALSE, TRUE),
  (0, 'https://gradeline.example/CodeSystem/terms', 'startling', 29 /* startling */, TRUE, FALSE, 0, FALSE, FALSE, TRUE),
  (0, 'https://gradeline.example/CodeSystem/terms', 'tickling', 30 /* tickling */, TRUE, FALSE, 0, FALSE, FALSE, TRUE),
  (0, 'https://gradeline.example/CodeSystem/terms', 'tickling-taught', 31 /* tickling-taught */, TRUE, FALSE, 0, FALSE, FALSE, TRUE),
  (0, 'https://gradeline.example/CodeSystem/terms', 'upside-down-drinking', 32 /* upside-down-drinking */, TRUE, FALSE, 0, FALSE, FALSE, TRUE);

CREATE TEMPORARY TABLE kinds (g INTEGER, general INTEGER, special INTEGER);
INSERT INTO kinds VALUES
  (0, 14 /* hum */, 15 /* hum-high */),
  (0, 14 /* hum */, 17 /* hum-low */),
  (0, 2 /* any-remedy */, 26 /* slow-sips */),
  (0, 2 /* any-remedy */, 14 /* hum */),
  (0, 2 /* any-remedy */, 15 /* hum-high */),
  (0, 2 /* any-remedy */, 17 /* hum-low */),
  (0, 2 /* any-remedy */, 4 /* count-backwards */);

CREATE TEMPORARY TABLE contents (content INTEGER, g INTEGER, look VARCHAR, term INTEGER, bounds INTEGER, doing VARCHAR, by_whom VARCHAR, roles INTEGER, grp INTEGER, warns BOOLEAN, measured BOOLEAN, compare VARCHAR, amount DOUBLE, unit VARCHAR, lowest DOUBLE, highest DOUBLE, percent BOOLEAN);
INSERT INTO contents VALUES
  (0, 0, 'recorded', 6 /* danced-polka */, 0, 'planned or done', '', 3, 0, FALSE, FALSE, NULL, NULL, NULL, NULL, NULL, FALSE),
  (1, 0, 'recorded', 1 /* accordion-heard */, 1, 'planned or done', '', 3, 0, FALSE, FALSE, NULL, NULL, NULL, NULL, NULL, FALSE),
  (2, 0, 'recorded', 23 /* professional-dancer */, 2, 'planned or done', '', 3, 0, FALSE, FALSE, NULL, NULL, NULL, NULL, NULL, FALSE),
  (3, 0, 'reading', 13 /* hiccup-rate */, 3, 'planned or done', '', 3, 0, FALSE, TRUE, 'over', 10.0, '/min', NULL, NULL, FALSE),
  (4, 0, 'reading', 19 /* mood */, 4, 'planned or done', '', 3, 0, FALSE, TRUE, NULL, NULL, NULL, NULL, NULL, FALSE),
  (5, 0, 'repeated', 28 /* stared-at */, 3, 'planned or done', '', 3, 0, FALSE, FALSE, NULL, NULL, NULL, NULL, NULL, FALSE),
  (6, 0, 'recorded', 15 /* hum-high */, 3, 'planned or done', '', 3, 0, FALSE, FALSE, NULL, NULL, NULL, NULL, NULL, FALSE),
  (7, 0, 'reading', 13 /* hiccup-rate */, 3, 'planned or done', '', 7, 0, FALSE, TRUE, 'at least', 10.0, '/min', NULL, NULL, FALSE),
  (8, 0, 'treated', 2 /* any-remedy */, 3, 'planned or done', '', 7, 0, FALSE, FALSE, NULL, NULL, NULL, NULL, NULL, FALSE),
  (9, 0, 'reading', 24 /* silliness */, 3, 'planned or done', '', 7, 0, FALSE, TRUE, 'at least', 6.0, '1', 0.0, 10.0, FALSE),
  (10, 0, 'recorded', 5 /* dance-lesson */, 5, 'done', '', 11, 0, FALSE, FALSE, NULL, NULL, NULL, NULL, NULL, FALSE),
  (11, 0, 'reading', 16 /* hum-length */, 3, 'planned or done', '', 3, 0, FALSE, TRUE, 'under', 0.000231481481481, 'd', NULL, NULL, FALSE),
  (12, 0, 'recorded', 12 /* hat-on-fire */, 6, 'planned or done', '', 3, 0, TRUE, FALSE, NULL, NULL, NULL, NULL, NULL, FALSE),
  (13, 0, 'reading', 11 /* grip */, 6, 'planned or done', '', 3, 0, TRUE, TRUE, 'at most', 1.0, '1', 0.0, 5.0, FALSE),
  (14, 0, 'recorded', 9 /* floor-gives-way */, 7, 'planned or done', '', 3, 0, TRUE, FALSE, NULL, NULL, NULL, NULL, NULL, FALSE),
  (15, 0, 'recorded', 26 /* slow-sips */, 3, 'planned or done', '', 2, 0, FALSE, FALSE, NULL, NULL, NULL, NULL, NULL, FALSE),
  (16, 0, 'declined', 26 /* slow-sips */, 3, 'planned or done', '', 2, 0, FALSE, FALSE, NULL, NULL, NULL, NULL, NULL, FALSE),
  (17, 0, 'recorded', 32 /* upside-down-drinking */, 3, 'planned or done', '', 2, 0, FALSE, FALSE, NULL, NULL, NULL, NULL, NULL, FALSE),
  (18, 0, 'recorded', 14 /* hum */, 3, 'planned or done', '', 2, 0, FALSE, FALSE, NULL, NULL, NULL, NULL, NULL, FALSE),
  (19, 0, 'recorded', 4 /* count-backwards */, 3, 'planned or done', '', 2, 0, FALSE, FALSE, NULL, NULL, NULL, NULL, NULL, FALSE),
  (20, 0, 'declined', 14 /* hum */, 3, 'planned or done', '', 2, 0, FALSE, FALSE, NULL, NULL, NULL, NULL, NULL, FALSE),
  (21, 0, 'declined', 4 /* count-backwards */, 3, 'planned or done', '', 2, 0, FALSE, FALSE, NULL, NULL, NULL, NULL, NULL, FALSE),
  (22, 0, 'recorded', 10 /* foot-tapping */, 3, 'planned or done', '', 2, 0, FALSE, FALSE, NULL, NULL, NULL, NULL, NULL, FALSE),
  (23, 0, 'recorded', 30 /* tickling */, 3, 'planned or done', '', 2, 0, FALSE, FALSE, NULL, NULL, NULL, NULL, NULL, FALSE),
  (24, 0, 'recorded', 29 /* startling */, 3, 'planned or done', '', 2, 0, FALSE, FALSE, NULL, NULL, NULL, NULL, NULL, FALSE),
  (25, 0, 'recorded', 25 /* sitting-out */, 3, 'planned or done', '', 2, 0, FALSE, FALSE, NULL, NULL, NULL, NULL, NULL, FALSE),
  (26, 0, 'recorded', 7 /* dancing-on */, 3, 'planned or done', '', 2, 0, FALSE, FALSE, NULL, NULL, NULL, NULL, NULL, FALSE),
  (27, 0, 'mine', 25 /* sitting-out */, 3, 'planned or done', '', 2, 0, FALSE, FALSE, NULL, NULL, NULL, NULL, NULL, FALSE),
  (28, 0, 'mine', 7 /* dancing-on */, 3, 'planned or done', '', 2, 0, FALSE, FALSE, NULL, NULL, NULL, NULL, NULL, FALSE),
  (29, 0, 'recorded', 3 /* beard-combing */, 3, 'planned or done', '', 2, 0, FALSE, FALSE, NULL, NULL, NULL, NULL, NULL, FALSE),
  (30, 0, 'declined', 3 /* beard-combing */, 3, 'planned or done', '', 2, 0, FALSE, FALSE, NULL, NULL, NULL, NULL, NULL, FALSE),
  (31, 0, 'recorded', 8 /* encore */, 3, 'planned or done', '', 2, 0, FALSE, FALSE, NULL, NULL, NULL, NULL, NULL, FALSE),
  (32, 0, 'recorded', 27 /* smell-of-smoke */, 2, 'planned or done', '', 2, 0, FALSE, FALSE, NULL, NULL, NULL, NULL, NULL, FALSE),
  (33, 0, 'recorded', 31 /* tickling-taught */, 3, 'planned or done', 'dance teacher', 4, 0, FALSE, FALSE, NULL, NULL, NULL, NULL, NULL, FALSE),
  (34, 0, 'recorded', 5 /* dance-lesson */, 3, 'planned', '', 4, 0, FALSE, FALSE, NULL, NULL, NULL, NULL, NULL, FALSE),
  (35, 0, 'recorded', 21 /* partner-agrees */, 8, 'planned or done', '', 4, 0, FALSE, FALSE, NULL, NULL, NULL, NULL, NULL, FALSE),
  (36, 0, 'recorded', 14 /* hum */, 8, 'done', '', 4, 0, FALSE, FALSE, NULL, NULL, NULL, NULL, NULL, FALSE),
  (37, 0, 'settled', 12 /* hat-on-fire */, 3, 'planned or done', '', 2, 0, FALSE, FALSE, NULL, NULL, NULL, NULL, NULL, FALSE),
  (38, 0, 'settled', 27 /* smell-of-smoke */, 3, 'planned or done', '', 2, 0, FALSE, FALSE, NULL, NULL, NULL, NULL, NULL, FALSE),
  (39, 0, 'settled', 11 /* grip */, 3, 'planned or done', '', 2, 1, FALSE, FALSE, NULL, NULL, NULL, NULL, NULL, FALSE),
  (40, 0, 'settled', 9 /* floor-gives-way */, 3, 'planned or done', '', 2, 1, FALSE, FALSE, NULL, NULL, NULL, NULL, NULL, FALSE),
  (41, 0, 'act', 32 /* upside-down-drinking */, 2, 'planned or done', '', 2, 0, FALSE, FALSE, NULL, NULL, NULL, NULL, NULL, FALSE),
  (42, 0, 'act', 30 /* tickling */, 2, 'planned or done', '', 2, 0, FALSE, FALSE, NULL, NULL, NULL, NULL, NULL, FALSE),
  (43, 0, 'act', 29 /* startling */, 2, 'planned or done', '', 2, 0, FALSE, FALSE, NULL, NULL, NULL, NULL, NULL, FALSE),
  (44, 0, 'act', 8 /* encore */, 2, 'planned or done', '', 2, 0, FALSE, FALSE, NULL, NULL, NULL, NULL, NULL, FALSE);

CREATE TEMPORARY TABLE leaves (leg INTEGER, leaf INTEGER, word INTEGER, bit BIGINT, shape VARCHAR, content INTEGER, times INTEGER, absence INTEGER);
INSERT INTO leaves VALUES
  (0, 1, 0, 2, 'recorded', 0, 1, 1),
  (0, 2, 0, 4, 'recorded', 1, 1, 1),
  (0, 7, 0, 128, 'recorded', 2, 1, 0),
  (0, 8, 0, 256, 'recorded', 15, 1, 1),
  (0, 9, 0, 512, 'declined', 16, 1, 0),
  (0, 10, 0, 1024, 'recorded', 17, 1, 1),
  (0, 11, 0, 2048, 'latest', 3, 1, 1),
  (0, 12, 0, 4096, 'latest', 4, 1, 1),
  (0, 13, 0, 8192, 'recorded', 5, 2, 0),
  (0, 14, 0, 16384, 'recorded', 18, 1, 1),
  (0, 15, 0, 32768, 'recorded', 19, 1, 1),
  (0, 16, 0, 65536, 'declined', 20, 1, 0),
  (0, 17, 0, 131072, 'declined', 21, 1, 0),
  (0, 18, 0, 262144, 'recorded', 6, 1, 1),
  (0, 19, 0, 524288, 'recorded', 22, 1, 1),
  (0, 20, 0, 1048576, 'recorded', 23, 1, 1),
  (0, 21, 0, 2097152, 'persisting', 7, 1, 0),
  (0, 22, 0, 4194304, 'persisting', 9, 1, 0),
  (0, 23, 0, 8388608, 'recorded', 33, 1, 0),
  (0, 24, 0, 16777216, 'recorded', 34, 1, 0),
  (0, 25, 0, 33554432, 'recorded', 35, 1, 0),
  (0, 27, 0, 134217728, 'recorded', 24, 1, 1),
  (0, 28, 0, 268435456, 'recorded', 25, 1, 1),
  (0, 29, 0, 536870912, 'recorded', 26, 1, 1),
  (0, 32, 0, 4294967296, 'persisting', 7, 1, 1),
  (0, 33, 0, 8589934592, 'persisting', 9, 1, 1),
  (0, 34, 0, 17179869184, 'recorded', 10, 1, 1),
  (0, 40, 0, 549755813888, 'latest', 11, 1, 2),
  (0, 41, 0, 1099511627776, 'recorded', 29, 1, 1),
  (0, 42, 0, 2199023255552, 'declined', 30, 1, 0),
  (0, 43, 0, 4398046511104, 'recorded', 31, 1, 1),
  (0, 44, 0, 8796093022208, 'recorded', 36, 1, 0),
  (0, 45, 0, 17592186044416, 'recorded', 12, 1, 0),
  (0, 46, 0, 35184372088832, 'recorded', 32, 1, 0),
  (0, 47, 0, 70368744177664, 'latest', 13, 1, 0),
  (0, 48, 0, 140737488355328, 'recorded', 14, 1, 0);

CREATE TEMPORARY TABLE lasting (leg INTEGER, leaf INTEGER, word INTEGER, bit BIGINT, content INTEGER, treatment INTEGER, p VARCHAR);
INSERT INTO lasting VALUES
  (0, 21, 0, 2097152, 7, 8, '0.21'),
  (0, 22, 0, 4194304, 9, NULL, '0.22'),
  (0, 32, 0, 4294967296, 7, 8, '0.32'),
  (0, 33, 0, 8589934592, 9, NULL, '0.33');

CREATE TEMPORARY TABLE laters (leg INTEGER, leaf INTEGER, word INTEGER, bit BIGINT, content INTEGER, other INTEGER, absence INTEGER);
INSERT INTO laters VALUES
  (0, 30, 0, 1073741824, 27, 28, 1),
  (0, 31, 0, 2147483648, 28, 27, 1);

CREATE TEMPORARY TABLE values_of_signs (leg INTEGER, grp INTEGER, content INTEGER);
INSERT INTO values_of_signs VALUES
  (0, 1, 13);

CREATE TEMPORARY TABLE judging (leg INTEGER, line INTEGER, content INTEGER, reasoned BOOLEAN);
INSERT INTO judging VALUES
  (0, 1, 41, FALSE),
  (0, 4, 42, TRUE),
  (0, 5, 43, FALSE),
  (0, 9, 44, TRUE);

CREATE TEMPORARY TABLE named (leg INTEGER, line INTEGER, term INTEGER);
INSERT INTO named VALUES
  (0, 4, 5 /* dance-lesson */),
  (0, 4, 21 /* partner-agrees */),
  (0, 4, 31 /* tickling-taught */),
  (0, 9, 14 /* hum */);

CREATE TEMPORARY TABLE names (leg INTEGER, leaf INTEGER, name VARCHAR);
INSERT INTO names VALUES
  (0, 0, 'episode'),
  (0, 3, 'index'),
  (0, 1, 'danced-polka'),
  (0, 2, 'accordion-heard'),
  (0, 4, 'age'),
  (0, 5, 'age'),
  (0, 6, 'onset'),
  (0, 7, 'professional-dancer'),
  (0, 11, 'hiccup-rate'),
  (0, 12, 'mood'),
  (0, 13, 'stared-at'),
  (0, 18, 'hum-high'),
  (0, 26, 'onset'),
  (0, 32, 'hiccup-rate'),
  (0, 33, 'silliness'),
  (0, 34, 'dance-lesson'),
  (0, 37, 'sex'),
  (0, 38, 'age'),
  (0, 39, 'onset'),
  (0, 40, 'hum-length'),
  (0, 45, 'hat-on-fire'),
  (0, 47, 'grip'),
  (0, 48, 'floor-gives-way'),
  (0, 8, 'slow-sips'),
  (0, 9, 'slow-sips'),
  (0, 10, 'upside-down-drinking'),
  (0, 14, 'hum'),
  (0, 15, 'count-backwards'),
  (0, 16, 'hum'),
  (0, 17, 'count-backwards'),
  (0, 19, 'foot-tapping'),
  (0, 20, 'tickling'),
  (0, 27, 'startling'),
  (0, 28, 'sitting-out'),
  (0, 29, 'dancing-on'),
  (0, 30, 'sitting-out'),
  (0, 31, 'dancing-on'),
  (0, 36, 'onset'),
  (0, 41, 'beard-combing'),
  (0, 42, 'beard-combing'),
  (0, 43, 'encore'),
  (0, 46, 'smell-of-smoke'),
  (0, 21, 'hiccup-rate'),
  (0, 22, 'silliness'),
  (0, 23, 'tickling-taught'),
  (0, 24, 'dance-lesson'),
  (0, 25, 'partner-agrees'),
  (0, 44, 'hum'),
  (0, -1, 'reason'),
  (0, -2, 'onset'),
  (0, -10, 'slow-sips'),
  (0, -11, 'upside-down-drinking'),
  (0, -12, 'hum'),
  (0, -13, 'hum-high'),
  (0, -14, 'tickling'),
  (0, -15, 'startling'),
  (0, -16, 'sitting-out'),
  (0, -17, 'dance-lesson'),
  (0, -18, 'beard-combing'),
  (0, -19, 'encore');

CREATE TEMPORARY TABLE terms (term INTEGER, name VARCHAR);
INSERT INTO terms VALUES
  (1 /* accordion-heard */, 'accordion-heard'),
  (2 /* any-remedy */, 'any-remedy'),
  (3 /* beard-combing */, 'beard-combing'),
  (4 /* count-backwards */, 'count-backwards'),
  (5 /* dance-lesson */, 'dance-lesson'),
  (6 /* danced-polka */, 'danced-polka'),
  (7 /* dancing-on */, 'dancing-on'),
  (8 /* encore */, 'encore'),
  (9 /* floor-gives-way */, 'floor-gives-way'),
  (10 /* foot-tapping */, 'foot-tapping'),
  (11 /* grip */, 'grip'),
  (12 /* hat-on-fire */, 'hat-on-fire'),
  (13 /* hiccup-rate */, 'hiccup-rate'),
  (14 /* hum */, 'hum'),
  (15 /* hum-high */, 'hum-high'),
  (16 /* hum-length */, 'hum-length'),
  (17 /* hum-low */, 'hum-low'),
  (18 /* last-waltz */, 'last-waltz'),
  (19 /* mood */, 'mood'),
  (20 /* new-shoes */, 'new-shoes'),
  (21 /* partner-agrees */, 'partner-agrees'),
  (22 /* polka-hiccups */, 'polka-hiccups'),
  (23 /* professional-dancer */, 'professional-dancer'),
  (24 /* silliness */, 'silliness'),
  (25 /* sitting-out */, 'sitting-out'),
  (26 /* slow-sips */, 'slow-sips'),
  (27 /* smell-of-smoke */, 'smell-of-smoke'),
  (28 /* stared-at */, 'stared-at'),
  (29 /* startling */, 'startling'),
  (30 /* tickling */, 'tickling'),
  (31 /* tickling-taught */, 'tickling-taught'),
  (32 /* upside-down-drinking */, 'upside-down-drinking');

CREATE TEMPORARY TABLE readings (reading INTEGER);
INSERT INTO readings VALUES
  (0),
  (1);

CREATE TEMPORARY TABLE more (more INTEGER);
INSERT INTO more VALUES
  (0),
  (1);

CREATE TEMPORARY TABLE absent (leg INTEGER, y0 BIGINT, u0 BIGINT, j0 BIGINT);
INSERT INTO absent VALUES
  (0, 549755813889, 5528564325638, 4398181778432);

CREATE TEMPORARY TABLE leaf_bits (leg INTEGER, content INTEGER, bits0 BIGINT);
INSERT INTO leaf_bits VALUES
  (0, 0, 2),
  (0, 1, 4),
  (0, 2, 128),
  (0, 15, 256),
  (0, 16, 512),
  (0, 17, 1024),
  (0, 18, 16384),
  (0, 19, 32768),
  (0, 20, 65536),
  (0, 21, 131072),
  (0, 6, 262144),
  (0, 22, 524288),
  (0, 23, 1048576),
  (0, 33, 8388608),
  (0, 34, 16777216),
  (0, 35, 33554432),
  (0, 24, 134217728),
  (0, 25, 268435456),
  (0, 26, 536870912),
  (0, 10, 17179869184),
  (0, 29, 1099511627776),
  (0, 30, 2199023255552),
  (0, 31, 4398046511104),
  (0, 36, 8796093022208),
  (0, 12, 17592186044416),
  (0, 32, 35184372088832),
  (0, 14, 140737488355328);

-- `calendar` is filled by `dates.py`: every day of two centuries with its month, and the same day so much later or earlier: day, month, months, place, length, m216, m360, m1200, m1, d21_m1, back_m1

-- who has the index condition of a guideline
CREATE TEMPORARY TABLE opened AS
SELECT DISTINCT f.patient AS id FROM facts f JOIN codes c ON c.system = f.system AND c.code = f.code
WHERE c.opens AND f.code IN (SELECT code FROM codes WHERE opens);

-- they, each by a number
CREATE TEMPORARY TABLE people AS
SELECT p.*, b.day AS birth_day, b.m216 AS birth_first_m216, e.m216 AS birth_last_m216, b.m360 AS birth_first_m360, e.m360 AS birth_last_m360, b.m1200 AS birth_first_m1200, e.m1200 AS birth_last_m1200
FROM (
  SELECT CAST(row_number() OVER (ORDER BY p.id) AS INTEGER) AS pid, p.id, p.birth_first, p.birth_last, p.sex,
    p.death_first, p.death_last, p.place, p.observed_last
  FROM patients p JOIN opened o ON o.id = p.id
) p
LEFT JOIN calendar b ON b.day = p.birth_first
LEFT JOIN calendar e ON e.day = p.birth_last;

-- their facts with several codings, which may speak for one term or say a kind beside a general code
CREATE TEMPORARY TABLE several AS
SELECT DISTINCT w.pid, f.key FROM facts f JOIN people w ON w.id = f.patient
WHERE f.place > 0 AND f.code IN (SELECT code FROM codes WHERE looked);

-- their facts that speak for a term that is asked for, a row for each coding and term
CREATE TEMPORARY TABLE hits AS
SELECT c.g, w.pid, c.term, f.key, f.kind, f.status, f.first, f.last, f.known, f.assumed, f.until,
  f.value, f.value_unit, f.value_codes, f.no_onset, f.time, f.unit, f.specialty, f.side, f.of,   c.general, c.below, v.key IS NOT NULL AS beside,
  CASE WHEN f.status = 'negated' AND c.general THEN NULL
    WHEN f.sureness <> 'sure' OR NOT CASE WHEN c.g = 0 AND c.term = 24 THEN f.sites IS NULL OR list_has_any(f.sites, ['']) ELSE TRUE END THEN 0
    WHEN f.status = 'negated' AND c.below <> 0 THEN CASE WHEN c.below_sure THEN 1 ELSE 0 END
    WHEN c.sure THEN 1 ELSE 0 END AS sure,
  CASE WHEN NOT f.declined THEN NULL
    WHEN c.sure AND f.sureness = 'sure' AND CASE WHEN c.g = 0 AND c.term = 24 THEN f.sites IS NULL OR list_has_any(f.sites, ['']) ELSE TRUE END THEN 1 ELSE 0 END AS offered
FROM facts f
JOIN people w ON w.id = f.patient
JOIN codes c ON c.system = f.system AND c.code = f.code
LEFT JOIN several v ON v.pid = w.pid AND v.key = f.key
WHERE c.looked AND f.code IN (SELECT code FROM codes WHERE looked);

-- facts that say their kind, so that a general code beside it leaves nothing open
CREATE TEMPORARY TABLE kinds_told AS
SELECT DISTINCT h.g, h.pid, h.key, k.general
FROM hits h JOIN kinds k ON k.g = h.g AND k.special = h.term
WHERE h.beside AND NOT h.general AND h.below = 0;

-- each fact with several codings, once for each term, as surely as any of them says
CREATE TEMPORARY TABLE together AS
SELECT h.g, h.pid, h.term, h.key, any_value(h.kind) AS kind, any_value(h.status) AS status,
  any_value(h.first) AS first, any_value(h.last) AS last, any_value(h.known) AS known,
  any_value(h.assumed) AS assumed, any_value(h.until) AS until, any_value(h.value) AS value,
  any_value(h.value_unit) AS value_unit, any_value(h.value_codes) AS value_codes,  any_value(h.no_onset) AS no_onset, any_value(h.time) AS time,
  any_value(h.unit) AS unit, any_value(h.specialty) AS specialty, any_value(h.side) AS side, any_value(h.of) AS of,  max(h.sure) AS sure, max(h.offered) AS offered
FROM hits h
LEFT JOIN kinds_told t ON t.g = h.g AND t.pid = h.pid AND t.key = h.key AND t.general = h.below
WHERE h.beside AND t.key IS NULL
GROUP BY h.g, h.pid, h.term, h.key;

-- each fact with each term that it speaks for, and how surely: for it, or only as offered and declined
CREATE TEMPORARY VIEW heard AS
SELECT h.g, h.pid, h.term, h.key, h.kind, h.status, h.first, h.last, h.known, h.assumed, h.until, h.value, h.value_unit,
  h.value_codes, h.no_onset, h.time, h.unit, h.specialty, h.side, h.of, h.sure, h.offered
FROM hits h WHERE NOT h.beside
UNION ALL SELECT * FROM together;

-- what the index condition's chains are made of
CREATE TEMPORARY TABLE recordings AS
SELECT s.g, s.pid, s.key, s.kind, s.known AS contact, s.unit, s.side, s.sure = 1 AS sure,
  CASE WHEN s.kind = 'condition' AND s.until IS NOT NULL THEN s.until ELSE 3652059 END AS over,
  CASE WHEN s.kind <> 'condition' OR s.no_onset OR s.first = 1 OR s.first > s.known
    OR (NOT s.assumed AND s.first = s.known AND s.last = s.known) THEN NULL ELSE s.first END AS given_first,
  CASE WHEN s.kind <> 'condition' OR s.no_onset OR s.first = 1 OR s.first > s.known
    OR (NOT s.assumed AND s.first = s.known AND s.last = s.known) THEN NULL
    ELSE least(s.last, s.known) END AS given_last
FROM heard s JOIN guidelines q ON q.g = s.g AND q.index_term = s.term
WHERE s.sure IS NOT NULL AND s.status <> 'negated' AND s.known > 1;

-- when there was surgery, as the guideline names it
CREATE TEMPORARY TABLE stops AS
SELECT DISTINCT s.g, s.pid, s.first, s.last, s.assumed
FROM heard s JOIN ended_by n ON n.g = s.g AND n.term = s.term
WHERE s.sure = 1 AND s.status = 'done' AND s.kind <> 'reason';

-- each recording beside the one before it; of one day first who gives an onset, which may begin anew
CREATE TEMPORARY TABLE ordered AS
SELECT r.g, r.pid, r.key, r.contact, r.unit, r.side, r.sure, r.over, r.given_first, r.given_last,
  lag(r.contact) OVER w AS before, row_number() OVER w AS n
FROM recordings r
WINDOW w AS (PARTITION BY r.g, r.pid ORDER BY r.contact, r.over DESC,
  coalesce(r.given_first, 3652059), coalesce(r.given_last, 3652059), r.key);

-- recordings after an end that came after the one before: they begin a new chain
CREATE TEMPORARY TABLE past_end AS
SELECT r.g, r.pid, r.n, max(CASE WHEN u.stop AND u.first < r.before THEN 1 ELSE 0 END) AS doubtful
FROM ordered r JOIN (
  SELECT g, pid, contact AS first, over AS last, FALSE AS stop FROM recordings WHERE over < 3652059
  UNION ALL SELECT g, pid, first, last, TRUE FROM stops
) u ON u.g = r.g AND u.pid = r.pid AND u.last >= r.before AND u.last < r.contact AND (u.stop OR u.first <= r.before)
GROUP BY r.g, r.pid, r.n;

-- which recordings begin a chain, and why
CREATE TEMPORARY TABLE turns AS
SELECT r.*, CASE WHEN r.before IS NULL OR r.contact > k.m1 THEN 'gap'
    WHEN b.n IS NOT NULL THEN 'end'
    WHEN r.given_first - r.before >= 28 THEN 'onset' ELSE '' END AS why,
  coalesce(b.doubtful, 0) AS doubtful
FROM ordered r
LEFT JOIN calendar k ON k.day = r.before
LEFT JOIN past_end b ON b.g = r.g AND b.pid = r.pid AND b.n = r.n;

-- the recordings that begin a chain, sides left aside, each with the number of the next one
CREATE TEMPORARY TABLE starts AS
SELECT t.g, t.pid, t.n, coalesce(lead(t.n) OVER (PARTITION BY t.g, t.pid ORDER BY t.n) - 1, 3652059) AS until
FROM turns t WHERE t.why <> '';

-- recordings of the other side than the chain's: they begin a new one
CREATE TEMPORARY TABLE other_sides AS
SELECT r.g, r.pid, r.n FROM (
  SELECT s.g, s.pid, s.n, s.side, s.why, b.n AS block, lag(s.side) OVER (PARTITION BY s.g, s.pid ORDER BY s.n) AS last_side,
    lag(b.n) OVER (PARTITION BY s.g, s.pid ORDER BY s.n) AS last_block
  FROM turns s JOIN starts b ON b.g = s.g AND b.pid = s.pid AND s.n BETWEEN b.n AND b.until WHERE s.side IS NOT NULL
) r WHERE r.why = '' AND r.side <> r.last_side AND r.block = r.last_block;

-- every recording that begins a chain, numbered, and the last one of it
CREATE TEMPORARY TABLE links_of_chains AS
SELECT r.g, r.pid, r.n, row_number() OVER (PARTITION BY r.g, r.pid ORDER BY r.n) AS chain,
  coalesce(lead(r.n) OVER (PARTITION BY r.g, r.pid ORDER BY r.n) - 1, 3652059) AS until, r.side
FROM (SELECT g, pid, n, FALSE AS side FROM starts UNION ALL SELECT g, pid, n, TRUE FROM other_sides) r;

-- each recording with the number of its chain
CREATE TEMPORARY TABLE chained AS
SELECT t.g, t.pid, t.n, t.contact, t.before, t.unit, t.sure, t.over, t.given_first, t.given_last, b.chain,
  CASE WHEN b.n <> t.n THEN '' WHEN b.side THEN 'side' ELSE t.why END AS turn
FROM turns t JOIN links_of_chains b ON b.g = t.g AND b.pid = t.pid AND t.n BETWEEN b.n AND b.until;

-- the organisation of a chain's first recording that names one
CREATE TEMPORARY TABLE units AS
SELECT c.g, c.pid, c.chain, c.unit, row_number() OVER (PARTITION BY c.g, c.pid, c.chain
  ORDER BY c.n) AS place
FROM chained c WHERE c.unit <> '';

-- each chain as the whole record shows it
CREATE TEMPORARY TABLE chains AS
SELECT c.g, c.pid, c.chain, min(c.contact) AS first, max(c.contact) AS last, min(c.over) AS over,
  min(c.given_first) AS given_first, max(c.given_last) AS given_last,
  coalesce(max(c.given_last), min(c.contact)) AS onset_last
FROM chained c
GROUP BY c.g, c.pid, c.chain;

-- when each chain ends: over, operated, dead, or by silence
CREATE TEMPORARY TABLE ended AS
SELECT c.*, s.stop_first, s.stop_last, s.stop_assumed, w.death_last,
  least(c.over, coalesce(s.stop_last, 3652059), coalesce(w.death_last, 3652059),
    greatest(l.m1, o.d21_m1)) AS ends
FROM chains c
JOIN people w ON w.pid = c.pid
JOIN calendar l ON l.day = c.last
JOIN calendar o ON o.day = c.onset_last
LEFT JOIN (
  SELECT c.g, c.pid, c.chain, min(s.first) AS stop_first, min(s.last) AS stop_last, any_value(s.assumed) AS stop_assumed
  FROM chains c JOIN stops s ON s.g = c.g AND s.pid = c.pid AND s.first >= c.first
  GROUP BY c.g, c.pid, c.chain
) s ON s.g = c.g AND s.pid = c.pid AND s.chain = c.chain;

-- the earliest that an onset can be of which only the upper bound is known
CREATE TEMPORARY TABLE floors AS
SELECT e.g, e.pid, e.chain, greatest(k.back_m1, coalesce(max(b.ends) + 1, 1)) AS floor
FROM ended e
JOIN calendar k ON k.day = e.first
LEFT JOIN ended b ON b.g = e.g AND b.pid = e.pid AND b.chain < e.chain AND b.ends < e.first
GROUP BY e.g, e.pid, e.chain, e.first, k.back_m1;

-- patients of whom SQL cannot decide exactly which episodes they have, and why
CREATE TEMPORARY TABLE doubted_episodes AS
SELECT DISTINCT d.pid, d.why FROM (
  SELECT s.pid, CASE WHEN s.status = 'negated' THEN 'refuted' WHEN s.known <= 1 THEN 'undated'
    WHEN s.kind = 'condition' AND s.until < s.known THEN 'over before it was recorded'
    WHEN s.assumed AND s.kind = 'condition' AND NOT s.no_onset AND (s.first <> s.last OR s.known <> s.first) THEN 'an onset of an assumed day'
    WHEN s.known < 693604 OR s.known > 766636 THEN 'beyond the calendar' END AS why
  FROM heard s JOIN guidelines q ON q.g = s.g AND q.index_term = s.term WHERE s.sure IS NOT NULL
  UNION ALL SELECT r.pid, 'both sides, and one of them' FROM recordings r WHERE r.side IS NOT NULL
  GROUP BY r.g, r.pid HAVING min(r.side) <> max(r.side) AND min(r.side) = 'both'
  UNION ALL SELECT i.pid, 'sides in turn' FROM chained i
  JOIN chained k ON k.g = i.g AND k.pid = i.pid AND k.chain < i.chain - 1 AND i.turn = 'side'
  JOIN calendar c ON c.day = k.contact WHERE c.m1 >= i.contact
  UNION ALL SELECT s.pid, 'beyond the calendar' FROM recordings s
  WHERE s.given_first < 693604 OR s.given_last > 766636
  UNION ALL SELECT s.pid, 'an operation of an uncertain day' FROM heard s JOIN ended_by n ON n.g = s.g AND n.term = s.term
  WHERE s.sure = 1 AND s.status = 'done' AND s.kind <> 'reason' AND (s.known <> s.first OR (s.first <> s.last AND NOT s.assumed))
  UNION ALL SELECT t.pid, 'recordings of one day that could be sorted otherwise' FROM turns t JOIN turns o
    ON o.g = t.g AND o.pid = t.pid AND o.contact = t.contact AND o.key <> t.key
  WHERE t.given_first - t.before >= 28 AND t.why <> 'gap'
  UNION ALL SELECT t.pid, 'two ends of a chain' FROM turns t WHERE t.doubtful = 1
  UNION ALL SELECT t.pid, 'two ends of a chain' FROM chained t WHERE t.turn IN ('onset', 'end', 'side')
  GROUP BY t.g, t.pid HAVING min(t.turn) <> max(t.turn)
  UNION ALL SELECT c.pid, 'two ends of a chain' FROM chained c JOIN chained e ON e.g = c.g AND e.pid = c.pid AND e.turn = 'end'
    AND c.over < e.contact AND c.over >= e.before AND c.chain <> e.chain - 1
  UNION ALL SELECT c.pid, 'several operations' FROM chains c JOIN stops s ON s.g = c.g AND s.pid = c.pid AND s.first >= c.first
  GROUP BY c.g, c.pid, c.chain HAVING count(*) > 1
  UNION ALL SELECT w.pid, 'dead since an unknown day' FROM people w WHERE w.death_first = 1 AND w.death_last = 3652059
  UNION ALL SELECT w.pid, 'beyond the calendar' FROM people w
  WHERE w.birth_first < 693604 OR w.birth_last > 766636
) d WHERE d.why IS NOT NULL;

-- the episodes of the period with their horizon
CREATE TEMPORARY TABLE horizons AS
SELECT q.leg, q.data_end, CAST(row_number() OVER (ORDER BY q.leg, e.pid, e.chain) AS BIGINT) AS episode, e.*, f.floor,
  greatest((e.onset_last + 21), (e.onset_last + 14)) AS planned, w.observed_last,
  CASE WHEN w.death_last = e.ends THEN w.death_last ELSE 3652059 END AS life,
  row_number() OVER (PARTITION BY q.leg, e.pid, e.first ORDER BY e.chain) - 1 AS ordinal
FROM ended e
JOIN floors f ON f.g = e.g AND f.pid = e.pid AND f.chain = e.chain
JOIN calendar k ON k.day = e.onset_last
JOIN people w ON w.pid = e.pid
JOIN legs q ON q.g = e.g AND e.first BETWEEN q.period_first AND q.period_last;

-- until when each is followed, and what ended that early
CREATE TEMPORARY TABLE followed AS
SELECT h.*, least(h.planned, h.ends) AS horizon,
  greatest(h.first, least(h.planned, h.ends, h.data_end, h.observed_last,
    CASE WHEN h.life < h.planned THEN h.life ELSE 3652059 END)) AS read,
  CASE WHEN h.data_end < least(h.planned, h.ends) AND h.data_end <= least(h.observed_last, h.life) THEN 'data'
    WHEN h.observed_last < least(h.planned, h.ends) AND h.observed_last <= h.life THEN 'observation'
    WHEN h.life < h.planned THEN 'life' ELSE '' END AS cut
FROM horizons h;

-- an episode as it was known from one recording to the next
CREATE TEMPORARY TABLE versions AS
SELECT v.*, coalesce(lead(v.since) OVER (PARTITION BY v.episode ORDER BY v.since) - 1, 3652059) AS until,
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
) v;

-- each fact with what is looked for that it may speak of
CREATE TEMPORARY TABLE wanted AS
SELECT s.g, s.pid, s.key, s.kind, s.status, s.first, s.last, s.known, s.assumed, s.time, s.of,  CASE WHEN s.kind = 'order' AND NOT s.assumed AND s.known <> 1 THEN s.known END AS authored,
  NOT (s.kind = 'order' OR s.assumed OR s.known = 1) AS dated,
  CASE WHEN s.kind = 'order' OR s.assumed OR s.known = 1 THEN 3652059 ELSE s.known END AS shown,
  s.status = 'planned' AS planned, s.status = 'done' AS done, s.status = 'negated' AS negated,
  s.assumed AND s.status = 'planned' AS ahead_of_record,
  CASE WHEN c.look = 'reading' THEN 0 WHEN c.look = 'declined' OR s.status = 'negated' OR c.doing = 'planned or done' THEN 2
    WHEN c.doing = 'planned' THEN 1 ELSE 0 END AS takes,
  CASE WHEN (c.roles & 1) <> 0 THEN 1 ELSE 0 END AS always, c.content, c.look, c.bounds, c.roles, c.doing, c.warns,
  CASE WHEN c.look = 'declined' THEN s.offered ELSE s.sure END = 1
    AND NOT (c.by_whom <> '' AND s.specialty = '') AS sure,
  CASE WHEN c.look <> 'reading' THEN NULL
    WHEN s.status = 'negated' THEN CASE WHEN c.measured THEN 1 ELSE 0 END
    WHEN c.content = 4 THEN CASE WHEN s.value_codes IS NULL OR len(s.value_codes) = 0 THEN 1
      WHEN list_has_any(s.value_codes, ['']) THEN 2 ELSE 0 END
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
    ELSE s.sure IS NOT NULL END
  AND NOT (c.by_whom <> '' AND s.specialty <> '' AND s.specialty <> c.by_whom);

-- the episodes of which a fact may say something else in the one reading of the onset than in the other
CREATE TEMPORARY TABLE apart AS
SELECT DISTINCT e.episode FROM followed e JOIN wanted w ON w.g = e.g AND w.pid = e.pid
WHERE (w.look = 'act' AND least(w.first, w.known) < e.first AND greatest(w.last, w.known) >= e.floor)
  OR (w.bounds = 0 AND least(w.first, w.known) < e.first - 2 AND greatest(w.last, w.known) >= e.floor - 2)
  OR (w.bounds = 1)
  OR (w.bounds = 3 AND least(w.first, w.known) < e.first AND greatest(w.last, w.known) >= e.floor)
  OR (w.bounds = 5)
  OR (w.bounds = 6 AND least(w.first, w.known) < e.first - 28 AND greatest(w.last, w.known) >= e.floor - 28)
  OR (w.bounds = 7 AND least(w.first, w.known) < e.first - 3 AND greatest(w.last, w.known) >= e.floor - 3);

-- each episode in each reading of its onset: as recorded, and, where it is not given, as assumed; its face is the one whose asks it shares
CREATE TEMPORARY TABLE courses AS
SELECT e.episode * 2 + z.reading AS course, e.episode * 2 + CASE WHEN x.episode IS NULL THEN 0 ELSE z.reading END AS face,
  e.episode, z.reading, e.leg, e.g, e.pid, e.first, e.read, e.horizon, e.cut,
  e.ends < e.first AS never_open, least(e.first, coalesce(e.given_first, e.first)) AS earliest,
  CASE WHEN z.reading = 1 THEN e.first ELSE e.floor END AS onset_first, e.death_last, e.stop_first, e.stop_last
FROM followed e
JOIN (SELECT episode, max(CASE WHEN given_first IS NULL THEN 1 ELSE 0 END) AS reread FROM versions GROUP BY episode) n
  ON n.episode = e.episode
JOIN readings z ON z.reading = 0 OR n.reread = 1
LEFT JOIN apart x ON x.episode = e.episode;

-- the courses of which it is asked, for themselves or for another too
CREATE TEMPORARY TABLE faces AS
SELECT c.* FROM courses c WHERE c.course = c.face;

-- the onset of each of them as it was known then, and until when that holds
CREATE TEMPORARY TABLE known_onsets AS
SELECT e.face, v.since, v.until, v.given_first, coalesce(v.given_first, e.onset_first) AS o1, v.onset_last AS o2, v.sure,
  least(v.over, coalesce(e.death_last, 3652059),
    greatest(l.m1, o.d21_m1)) AS ends
FROM versions v
JOIN faces e ON e.episode = v.episode
JOIN calendar l ON l.day = v.last
JOIN calendar o ON o.day = v.onset_last;

-- the days on which an answer can change
CREATE TEMPORARY TABLE points AS
SELECT DISTINCT p.g, p.pid, p.day FROM (
  SELECT w.g, w.pid, unnest([w.known, w.first, w.last]) AS day FROM wanted w WHERE (w.roles & 1) <> 0
  UNION ALL SELECT w.g, w.pid, (w.first + 7) + 0
  FROM wanted w JOIN calendar k ON k.day = w.first
  WHERE w.bounds = 4 AND (w.roles & 1) <> 0
  UNION ALL SELECT w.g, w.pid, (w.first + 7) + 1
  FROM wanted w JOIN calendar k ON k.day = w.first
  WHERE w.bounds = 4 AND (w.roles & 1) <> 0
  UNION ALL SELECT w.g, w.pid, (w.last + 7) + 0
  FROM wanted w JOIN calendar k ON k.day = w.last
  WHERE w.bounds = 4 AND (w.roles & 1) <> 0
  UNION ALL SELECT w.g, w.pid, (w.last + 7) + 1
  FROM wanted w JOIN calendar k ON k.day = w.last
  WHERE w.bounds = 4 AND (w.roles & 1) <> 0
  UNION ALL SELECT 0, w.pid, unnest([w.birth_first_m216, w.birth_last_m216, w.birth_first_m216 + 1, w.birth_last_m216 + 1]) FROM people w
  UNION ALL SELECT 0, w.pid, unnest([w.birth_first_m1200, w.birth_last_m1200, w.birth_first_m1200 + 1, w.birth_last_m1200 + 1]) FROM people w
  UNION ALL SELECT 0, w.pid, unnest([w.birth_first_m360, w.birth_last_m360, w.birth_first_m360 + 1, w.birth_last_m360 + 1]) FROM people w
) p WHERE p.day IS NOT NULL;

-- the courses of those who may have a warning sign: asked on the day before each of their days too
CREATE TEMPORARY TABLE warned AS
SELECT DISTINCT c.face, c.first, c.read FROM wanted w JOIN faces c ON c.g = w.g AND c.pid = w.pid
WHERE w.warns AND NOT w.negated AND w.look <> 'settled';

-- the onsets that a course has been known to have
CREATE TEMPORARY TABLE onsets AS
SELECT DISTINCT e.face, e.g, e.first, e.read, coalesce(v.given_first, e.onset_first) AS o1, v.onset_last AS o2
FROM courses e JOIN versions v ON v.episode = e.episode;

-- the days asked of each course, and what for
CREATE TEMPORARY TABLE days AS
SELECT d.face, d.day, bit_or(d.roles) AS roles FROM (
  SELECT e.face, p.day, 1 AS roles
  FROM faces e JOIN points p ON p.g = e.g AND p.pid = e.pid AND p.day > e.first AND p.day < e.read
  UNION ALL SELECT e.face, e.first, 1 FROM faces e
  UNION ALL SELECT e.face, e.read, 7 FROM faces e
  UNION ALL SELECT e.face, greatest(e.horizon, e.first) + 1, 9
  FROM faces e WHERE e.cut = '' AND e.g IN (0)
  UNION ALL SELECT e.face, v.since, 1
  FROM faces e JOIN known_onsets v ON v.face = e.face AND v.since > e.first AND v.since < e.read
  UNION ALL SELECT v.face, (v.o1 - 2) + m.more, 1
  FROM onsets v
  JOIN more m ON (v.o1 - 2) + m.more > v.first AND (v.o1 - 2) + m.more < v.read
  WHERE v.g IN (0)
  UNION ALL SELECT v.face, (v.o2 - 2) + m.more, 1
  FROM onsets v
  JOIN more m ON (v.o2 - 2) + m.more > v.first AND (v.o2 - 2) + m.more < v.read
  WHERE v.g IN (0)
  UNION ALL SELECT v.face, (v.o1 + 0) + m.more, 1
  FROM onsets v
  JOIN more m ON (v.o1 + 0) + m.more > v.first AND (v.o1 + 0) + m.more < v.read
  WHERE v.g IN (0)
  UNION ALL SELECT v.face, (v.o2 + 0) + m.more, 1
  FROM onsets v
  JOIN more m ON (v.o2 + 0) + m.more > v.first AND (v.o2 + 0) + m.more < v.read
  WHERE v.g IN (0)
  UNION ALL SELECT v.face, (v.o1 + 2) + m.more, 1
  FROM onsets v
  JOIN more m ON (v.o1 + 2) + m.more > v.first AND (v.o1 + 2) + m.more < v.read
  WHERE v.g IN (0)
  UNION ALL SELECT v.face, (v.o2 + 2) + m.more, 1
  FROM onsets v
  JOIN more m ON (v.o2 + 2) + m.more > v.first AND (v.o2 + 2) + m.more < v.read
  WHERE v.g IN (0)
  UNION ALL SELECT v.face, (v.o1 + 21) + m.more, 1
  FROM onsets v
  JOIN more m ON (v.o1 + 21) + m.more > v.first AND (v.o1 + 21) + m.more < v.read
  WHERE v.g IN (0)
  UNION ALL SELECT v.face, (v.o2 + 21) + m.more, 1
  FROM onsets v
  JOIN more m ON (v.o2 + 21) + m.more > v.first AND (v.o2 + 21) + m.more < v.read
  WHERE v.g IN (0)
  UNION ALL SELECT v.face, (v.o1 + 7) + m.more, 1
  FROM onsets v
  JOIN more m ON (v.o1 + 7) + m.more > v.first AND (v.o1 + 7) + m.more < v.read
  WHERE v.g IN (0)
  UNION ALL SELECT v.face, (v.o2 + 7) + m.more, 1
  FROM onsets v
  JOIN more m ON (v.o2 + 7) + m.more > v.first AND (v.o2 + 7) + m.more < v.read
  WHERE v.g IN (0)
  UNION ALL SELECT v.face, (v.o1 + 14) + m.more, 1
  FROM onsets v
  JOIN more m ON (v.o1 + 14) + m.more > v.first AND (v.o1 + 14) + m.more < v.read
  WHERE v.g IN (0)
  UNION ALL SELECT v.face, (v.o2 + 14) + m.more, 1
  FROM onsets v
  JOIN more m ON (v.o2 + 14) + m.more > v.first AND (v.o2 + 14) + m.more < v.read
  WHERE v.g IN (0)
  UNION ALL SELECT v.face, (v.o1 - 28) + m.more, 1
  FROM onsets v
  JOIN more m ON (v.o1 - 28) + m.more > v.first AND (v.o1 - 28) + m.more < v.read
  WHERE v.g IN (0)
  UNION ALL SELECT v.face, (v.o2 - 28) + m.more, 1
  FROM onsets v
  JOIN more m ON (v.o2 - 28) + m.more > v.first AND (v.o2 - 28) + m.more < v.read
  WHERE v.g IN (0)
  UNION ALL SELECT v.face, (v.o1 - 3) + m.more, 1
  FROM onsets v
  JOIN more m ON (v.o1 - 3) + m.more > v.first AND (v.o1 - 3) + m.more < v.read
  WHERE v.g IN (0)
  UNION ALL SELECT v.face, (v.o2 - 3) + m.more, 1
  FROM onsets v
  JOIN more m ON (v.o2 - 3) + m.more > v.first AND (v.o2 - 3) + m.more < v.read
  WHERE v.g IN (0)
  UNION ALL SELECT e.face, f.day, 4
  FROM faces e JOIN (SELECT w.g, w.pid, unnest([w.known, w.first, w.last]) AS day FROM wanted w
    WHERE w.content = 42 AND w.status <> 'negated') f
    ON f.g = e.g AND f.pid = e.pid AND f.day <= e.read AND f.day >= e.earliest
  UNION ALL SELECT e.face, f.day, 4
  FROM faces e JOIN (SELECT w.g, w.pid, unnest([w.known, w.first, w.last]) AS day FROM wanted w
    WHERE w.content = 44 AND w.status <> 'negated') f
    ON f.g = e.g AND f.pid = e.pid AND f.day <= e.read AND f.day >= e.earliest
) d GROUP BY d.face, d.day;

-- an ask a row, where its episode is open: its day, what it is for, and the onset and the end as they were known then
CREATE TEMPORARY TABLE views AS
SELECT a.*
FROM (
  SELECT d.face * 4194304 + (d.day - d.first + 2097152) AS ask, d.face, d.leg, d.g, d.pid, d.first, d.read,
    d.day, d.roles, v.given_first, v.o1, v.o2, v.sure, d.seen,
    least(v.ends, coalesce(CASE WHEN d.stop_first <= d.seen THEN least(d.stop_last, d.seen) END, 3652059)) AS closes
  FROM (
    SELECT c.*, x.day, x.roles, CASE WHEN x.day < c.first THEN c.read ELSE x.day END AS seen
    FROM faces c JOIN (
      SELECT d.face, d.day, d.roles FROM days d WHERE d.face NOT IN (SELECT w.face FROM warned w)
      UNION ALL SELECT d.face, d.day, bit_or(d.roles) AS roles FROM (
        SELECT d.face, d.day, d.roles FROM days d WHERE d.face IN (SELECT w.face FROM warned w)
        UNION ALL SELECT d.face, d.day - 1, 7 FROM days d
        JOIN warned w ON w.face = d.face AND d.day > w.first AND d.day <= w.read
        WHERE (d.roles & 1) <> 0
      ) d GROUP BY d.face, d.day
    ) x ON x.face = c.face
  ) d
  JOIN known_onsets v ON v.face = d.face AND d.seen BETWEEN v.since AND v.until
) a
WHERE a.seen <= a.closes;

-- the asks once more where more is looked at than on every day
CREATE TEMPORARY VIEW asked AS
SELECT a.*, 1 AS always FROM views a UNION ALL SELECT a.*, 0 FROM views a WHERE a.roles <> 1;

-- what each fact says on each ask of each thing looked for, where the record shows it and it may lie inside
CREATE TEMPORARY VIEW seen AS
SELECT y.*, y.l1 >= y.o2 AND y.l2 <= y.closes AS of_episode,
  CASE WHEN y.l1 >= y.s2 AND y.l2 <= y.e1 THEN 2 ELSE 1 END AS inside,
  CASE WHEN y.sure AND y.l1 >= y.s2 AND y.l2 <= y.e1 THEN 2 ELSE 1 END AS says_so
FROM (
  SELECT x.*, CASE WHEN x.ahead OR x.last <= x.written THEN x.last ELSE greatest(x.l1, x.written) END AS l2
  FROM (
    SELECT a.ask, a.leg, a.o2, a.closes, w.pid, w.content, w.look, w.last, w.time, w.sure, w.says, w.negated, w.takes,
      w.planned OR (w.done AND w.first > a.day) AS ahead, least(a.day, w.shown) AS written,
      CASE WHEN w.negated THEN least(w.first, a.day) ELSE w.first END AS l1,
      CASE WHEN w.bounds IN (0) THEN (a.o1 - 2) WHEN w.bounds IN (2) THEN 1 WHEN w.bounds IN (4) THEN (a.day - 7) WHEN w.bounds IN (6) THEN (a.o1 - 28) WHEN w.bounds IN (7) THEN (a.o1 - 3) WHEN w.bounds IN (8) THEN (a.day - 3) ELSE (a.o1 + 0) END AS s1,
      CASE WHEN w.bounds IN (0) THEN (a.o2 - 2) WHEN w.bounds IN (2) THEN 1 WHEN w.bounds IN (4) THEN (a.day - 7) WHEN w.bounds IN (6) THEN (a.o1 - 28) WHEN w.bounds IN (7) THEN (a.o1 - 3) WHEN w.bounds IN (8) THEN (a.day - 3) ELSE (a.o2 + 0) END AS s2,
      CASE WHEN w.bounds IN (2, 4, 8) THEN 3652059 WHEN w.bounds IN (1) THEN (a.o1 + 2) WHEN w.bounds IN (5) THEN (a.o1 + 14) ELSE a.closes END AS e1,
      CASE WHEN w.bounds IN (2, 4, 8) THEN 3652059 WHEN w.bounds IN (1) THEN (a.o2 + 2) WHEN w.bounds IN (5) THEN (a.o2 + 14) ELSE a.closes END AS e2
    FROM asked a JOIN wanted w ON w.g = a.g AND w.pid = a.pid AND w.always = a.always AND (a.roles & w.roles) <> 0
    WHERE w.known <= a.day OR w.ahead_of_record
  ) x
  WHERE x.takes = 2 OR (x.takes = 1) = x.ahead
) y
WHERE y.l2 >= y.s1 AND y.l1 <= y.e2;

-- the leaves of an ask for which facts speak surely or possibly, and against which they do
CREATE TEMPORARY TABLE spoken_masks AS
SELECT s.ask,
  bit_or(CASE WHEN s.says_so = 2 AND s.speaks THEN l.bits0 ELSE 0 END) AS s0,
  bit_or(CASE WHEN s.says_so = 1 AND s.speaks THEN l.bits0 ELSE 0 END) AS p0,
  bit_or(CASE WHEN s.says_so = 2 AND NOT s.speaks THEN l.bits0 ELSE 0 END) AS d0,
  bit_or(CASE WHEN s.says_so = 1 AND NOT s.speaks THEN l.bits0 ELSE 0 END) AS e0
FROM (
  SELECT s.ask, s.leg, s.content, s.says_so, NOT s.negated OR s.look = 'declined' AS speaks
  FROM seen s WHERE s.look IN ('recorded', 'declined')
) s JOIN leaf_bits l ON l.leg = s.leg AND l.content = s.content
GROUP BY s.ask;

-- on how many days what has to be recorded several times surely was, and possibly
CREATE TEMPORARY TABLE counted AS
SELECT s.ask, s.leg, s.content, max(CASE WHEN s.negated THEN s.says_so ELSE 0 END) AS denies,
  count(DISTINCT CASE WHEN NOT s.negated AND s.says_so = 2 THEN s.l1 END) AS sure_days,
  count(DISTINCT CASE WHEN NOT s.negated THEN s.l1 END) AS possible_days
FROM seen s WHERE s.look = 'repeated'
GROUP BY s.ask, s.leg, s.content;

-- the values in a window
CREATE TEMPORARY TABLE measured AS
SELECT s.ask, s.leg, s.pid, s.content, s.l1, s.l2, s.time, s.says, s.says_so = 2 AS sure, s.of_episode
FROM seen s WHERE s.look = 'reading';

-- the day on which the newest of them may begin
CREATE TEMPORARY TABLE begins AS
SELECT v.ask, v.content, max(v.l1) AS begins FROM measured v GROUP BY v.ask, v.content;

-- the values that may be the newest
CREATE TEMPORARY TABLE candidates AS
SELECT v.ask, v.leg, v.content, v.l1, v.l2, v.time, CASE WHEN v.sure THEN v.says ELSE 1 END AS says, v.of_episode
FROM measured v JOIN begins b ON b.ask = v.ask AND b.content = v.content AND v.l2 >= b.begins;

-- what the newest values say together; of two of one day the later one, where both have a time
CREATE TEMPORARY TABLE newest AS
SELECT v.ask, v.leg, v.content, CASE WHEN min(v.says) = max(v.says) THEN min(v.says) ELSE 1 END AS says,
  max(v.l1) AS last, max(v.l2) AS until, bool_or(v.of_episode) AS of_episode
FROM candidates v
LEFT JOIN (
  SELECT c.ask, c.content, max(c.time) AS latest FROM candidates c WHERE c.l1 = c.l2 AND c.time <> ''
  GROUP BY c.ask, c.content HAVING count(*) > 1
) t ON t.ask = v.ask AND t.content = v.content AND t.latest > v.time AND v.l1 = v.l2 AND v.time <> ''
WHERE t.ask IS NULL
GROUP BY v.ask, v.leg, v.content;

-- patients of whom SQL cannot decide exactly how long values have lasted
CREATE TEMPORARY TABLE doubted_values AS
SELECT DISTINCT v.pid FROM measured v JOIN newest n ON n.ask = v.ask AND n.content = v.content AND n.says = 2
WHERE v.l1 <> v.l2 AND v.content IN (SELECT content FROM lasting);

-- what each day's values say, where the newest says so
CREATE TEMPORARY TABLE daily AS
SELECT v.ask, v.leg, v.content, v.l1 AS day, n.last, n.until, max(CASE WHEN v.sure AND v.says = 2 THEN 1 ELSE 0 END) AS held,
  max(CASE WHEN v.sure AND v.says = 0 THEN 1 ELSE 0 END) AS denied, max(CASE WHEN v.says = 0 THEN 1 ELSE 0 END) AS contradicted,
  max(CASE WHEN v.says = 2 THEN 1 ELSE 0 END) AS asserted
FROM measured v JOIN newest n ON n.ask = v.ask AND n.content = v.content AND n.says = 2
WHERE v.content IN (SELECT content FROM lasting)
GROUP BY v.ask, v.leg, v.content, v.l1, n.last, n.until;

-- the last day before the newest that surely said otherwise, and the last that may have
CREATE TEMPORARY TABLE broken AS
SELECT d.ask, d.content, max(CASE WHEN d.denied = 1 AND d.asserted = 0 AND d.day < d.last THEN d.day ELSE 0 END) AS broken,
  max(CASE WHEN d.contradicted = 1 AND d.held = 0 AND d.day < d.last THEN d.day ELSE 0 END) AS doubted
FROM daily d GROUP BY d.ask, d.content;

-- since when the values have surely said so
CREATE TEMPORARY TABLE runs AS
SELECT d.ask, d.leg, d.content, d.last, d.until, b.broken,
  coalesce(min(CASE WHEN d.held = 1 AND d.day > b.doubted AND d.contradicted = 0 THEN d.day END), d.last) AS start,
  max(CASE WHEN d.contradicted = 1 AND d.day = d.last THEN 1 ELSE 0 END) AS disputed
FROM daily d JOIN broken b ON b.ask = d.ask AND b.content = d.content
GROUP BY d.ask, d.leg, d.content, d.last, d.until, b.broken;

-- the first day on which a treatment of the episode had surely begun, where values have persisted
CREATE TEMPORARY TABLE treated AS
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
GROUP BY x.ask, x.content;

-- what has persisted
CREATE TEMPORARY TABLE lasted AS
SELECT r.ask, p.word, p.bit,
  CASE WHEN r.disputed = 1 THEN 1 WHEN CASE p.p WHEN '0.21' THEN (r.start + 5) WHEN '0.22' THEN (r.start + 10) WHEN '0.32' THEN (r.start + 5) WHEN '0.33' THEN (r.start + 10) END > r.last
      THEN CASE WHEN r.broken > 0 AND CASE p.p WHEN '0.21' THEN (r.broken + 5) WHEN '0.22' THEN (r.broken + 10) WHEN '0.32' THEN (r.broken + 5) WHEN '0.33' THEN (r.broken + 10) END >= r.until THEN 0 ELSE 1 END
    WHEN p.treatment IS NOT NULL AND NOT coalesce(t.begun < r.last, FALSE) THEN 1 ELSE 2 END AS state
FROM runs r
JOIN lasting p ON p.leg = r.leg AND p.content = r.content
LEFT JOIN treated t ON t.ask = r.ask AND t.content = p.treatment
LEFT JOIN calendar k ON k.day = r.start
LEFT JOIN calendar b ON b.day = r.broken;

-- until when the other action was taken
CREATE TEMPORARY TABLE others AS
SELECT s.ask, s.content, max(CASE WHEN s.says_so = 2 THEN s.l1 ELSE 0 END) AS sure_first, max(s.l2) AS last
FROM seen s WHERE s.look = 'mine' AND NOT s.negated
GROUP BY s.ask, s.content;

-- whether the newest of one action lies after every one of the other
CREATE TEMPORARY TABLE later AS
SELECT s.ask, p.word, p.bit, max(least(s.says_so,
  CASE WHEN o.ask IS NULL THEN 2 - p.absence WHEN s.l1 > o.last THEN 2 WHEN s.l2 <= o.sure_first THEN 0 ELSE 1 END)) AS state
FROM seen s
JOIN laters p ON p.leg = s.leg AND p.content = s.content
LEFT JOIN others o ON o.ask = s.ask AND o.content = p.other
WHERE s.look = 'mine' AND NOT s.negated
GROUP BY s.ask, p.word, p.bit, p.leaf;

-- what each leaf is on each ask that asks for values, for days or for what came later, where a fact speaks of it
CREATE TEMPORARY TABLE states AS
SELECT n.ask, l.word, l.bit, n.says AS state FROM newest n JOIN leaves l ON l.leg = n.leg AND l.content = n.content
WHERE l.shape = 'latest' OR n.says < 2
UNION ALL SELECT ask, word, bit, state FROM lasted
UNION ALL SELECT c.ask, l.word, l.bit, CASE WHEN c.sure_days >= l.times THEN 2 WHEN c.possible_days >= l.times THEN 1
    WHEN c.possible_days > 0 THEN 0 WHEN c.denies = 2 THEN 0 WHEN c.denies = 1 THEN least(l.absence, 1) ELSE l.absence END
FROM counted c JOIN leaves l ON l.leg = c.leg AND l.content = c.content
UNION ALL SELECT ask, word, bit, state FROM later;

-- those leaves of an ask that are yes, that are unknown, and of which any fact speaks
CREATE TEMPORARY TABLE masks AS
SELECT s.ask, bit_or(CASE WHEN s.word = 0 AND s.state = 2 THEN s.bit ELSE 0 END) AS y0,
  bit_or(CASE WHEN s.word = 0 AND s.state = 1 THEN s.bit ELSE 0 END) AS u0,
  bit_or(CASE WHEN s.word = 0 THEN s.bit ELSE 0 END) AS t0
FROM states s GROUP BY s.ask;

-- the masks whole: what no fact speaks of is what its absence means, and the person's and the day's own leaves
CREATE TEMPORARY TABLE told AS
SELECT a.course * 4194304 + (a.day - a.first + 2097152) AS ask, a.course, a.leg, a.first, a.read, a.day, a.roles, (a.o1 + 14) AS limit_o1_d14, (a.o2 + 14) AS limit_o2_d14,
  (b.y0 & ~(a.s0 | a.p0 | a.d0 | a.e0 | a.t0)) | a.s0 | a.y0
  | CASE a.leg WHEN 0 THEN CASE WHEN a.sure = 2 THEN 8 ELSE 0 END | CASE WHEN coalesce(p.birth_last_m216 <= a.day, FALSE) THEN 16 ELSE 0 END | CASE WHEN coalesce(p.birth_first_m1200 > a.day, FALSE) THEN 32 ELSE 0 END | CASE WHEN (a.o1 + 21) >= a.day THEN 64 ELSE 0 END | CASE WHEN (a.o2 + 7) < a.day THEN 67108864 ELSE 0 END | CASE WHEN a.day > (a.o2 + 14) THEN 34359738368 ELSE 0 END | CASE WHEN coalesce(p.sex = 'male', FALSE) THEN 68719476736 ELSE 0 END | CASE WHEN coalesce(p.birth_last_m360 < a.day, FALSE) THEN 137438953472 ELSE 0 END | CASE WHEN (a.o2 + 2) <= a.day THEN 274877906944 ELSE 0 END ELSE 0 END AS y0,
  (b.u0 & ~(a.s0 | a.p0 | a.d0 | a.e0 | a.t0)) | (a.p0 & ~a.s0) | (a.e0 & ~(a.s0 | a.p0 | a.d0) & (b.y0 | b.u0)) | a.u0
  | CASE a.leg WHEN 0 THEN CASE WHEN (p.birth_first IS NULL OR (NOT (p.birth_last_m216 <= a.day) AND p.birth_first_m216 <= a.day)) THEN 16 ELSE 0 END | CASE WHEN (p.birth_first IS NULL OR (NOT (p.birth_first_m1200 > a.day) AND p.birth_last_m1200 > a.day)) THEN 32 ELSE 0 END | CASE WHEN (NOT ((a.o1 + 21) >= a.day) AND (a.o2 + 21) >= a.day) THEN 64 ELSE 0 END | CASE WHEN (NOT ((a.o2 + 7) < a.day) AND (a.o1 + 7) < a.day) THEN 67108864 ELSE 0 END | CASE WHEN (NOT (a.day > (a.o2 + 14)) AND a.day > (a.o1 + 14)) THEN 34359738368 ELSE 0 END | CASE WHEN p.sex IS NULL THEN 68719476736 ELSE 0 END | CASE WHEN (p.birth_first IS NULL OR (NOT (p.birth_last_m360 < a.day) AND p.birth_first_m360 < a.day)) THEN 137438953472 ELSE 0 END | CASE WHEN (NOT ((a.o2 + 2) <= a.day) AND (a.o1 + 2) <= a.day) THEN 274877906944 ELSE 0 END ELSE 0 END AS u0,
  a.d0 & b.j0 AS d0, a.e0 & b.j0 AS e0
FROM (
  SELECT c.course, a.leg, a.pid, a.first, a.read, a.day, a.roles, a.sure, coalesce(a.given_first, c.onset_first) AS o1, a.o2, coalesce(m.s0, 0) AS s0, coalesce(m.p0, 0) AS p0, coalesce(m.d0, 0) AS d0, coalesce(m.e0, 0) AS e0, coalesce(v.y0, 0) AS y0, coalesce(v.u0, 0) AS u0, coalesce(v.t0, 0) AS t0
  FROM courses c JOIN views a ON a.face = c.face
  LEFT JOIN spoken_masks m ON m.ask = a.ask LEFT JOIN masks v ON v.ask = a.ask
) a
JOIN people p ON p.pid = a.pid
JOIN absent b ON b.leg = a.leg;

-- the different masks that there are: many asks look alike
CREATE TEMPORARY TABLE sights AS
SELECT CAST(row_number() OVER (ORDER BY s.leg, s.y0, s.u0, s.d0, s.e0) AS INTEGER) AS sight, s.*
FROM (SELECT DISTINCT t.leg, t.y0, t.u0, t.d0, t.e0 FROM told t) s;

-- each ask with the masks that it found
CREATE TEMPORARY TABLE looks AS
SELECT t.ask, t.course, t.leg, t.first, t.read, t.day, t.roles, s.sight, t.limit_o1_d14, t.limit_o2_d14
FROM told t JOIN sights s ON s.leg = t.leg AND s.y0 = t.y0 AND s.u0 = t.u0 AND s.d0 = t.d0 AND s.e0 = t.e0;

-- teaching: to whom each recommendation applies, and what leaves it untold
CREATE TEMPORARY TABLE truths_0 AS
SELECT t.*, CAST(CASE t.applies_0 WHEN 2 THEN 3 WHEN 1 THEN 1 ELSE 0 END + CASE t.applies_2 WHEN 2 THEN 48 WHEN 1 THEN 16 ELSE 0 END + CASE t.applies_3 WHEN 2 THEN 192 WHEN 1 THEN 64 ELSE 0 END + CASE t.applies_5 WHEN 2 THEN 3072 WHEN 1 THEN 1024 ELSE 0 END + CASE t.applies_7 WHEN 2 THEN 49152 WHEN 1 THEN 16384 ELSE 0 END + CASE t.applies_8 WHEN 2 THEN 196608 WHEN 1 THEN 65536 ELSE 0 END AS BIGINT) AS b0,
  CASE WHEN t.applies_0 = 1 THEN least(CASE WHEN t.is_index = 1 THEN least(CASE WHEN CASE WHEN (t.y0 & 1) <> 0 THEN 2 WHEN (t.u0 & 1) <> 0 THEN 1 ELSE 0 END = 1 THEN 0 ELSE 9999 END, CASE WHEN greatest(CASE WHEN (t.y0 & 8) <> 0 THEN 2 WHEN (t.u0 & 8) <> 0 THEN 1 ELSE 0 END, CASE WHEN (t.y0 & 6) <> 0 THEN 2 WHEN (t.u0 & 6) <> 0 THEN 1 ELSE 0 END) = 1 THEN least(CASE WHEN CASE WHEN (t.y0 & 8) <> 0 THEN 2 WHEN (t.u0 & 8) <> 0 THEN 1 ELSE 0 END = 1 THEN 3 ELSE 9999 END, CASE WHEN CASE WHEN (t.y0 & 6) <> 0 THEN 2 WHEN (t.u0 & 6) <> 0 THEN 1 ELSE 0 END = 1 THEN least(CASE WHEN CASE WHEN (t.y0 & 2) <> 0 THEN 2 WHEN (t.u0 & 2) <> 0 THEN 1 ELSE 0 END = 1 THEN 1 ELSE 9999 END, CASE WHEN CASE WHEN (t.y0 & 4) <> 0 THEN 2 WHEN (t.u0 & 4) <> 0 THEN 1 ELSE 0 END = 1 THEN 2 ELSE 9999 END) ELSE 9999 END) ELSE 9999 END) ELSE 9999 END, CASE WHEN least(CASE WHEN (t.y0 & 112) = 112 THEN 2 WHEN ((t.y0 | t.u0) & 112) = 112 THEN 1 ELSE 0 END, (2 - CASE WHEN (t.y0 & 128) <> 0 THEN 2 WHEN (t.u0 & 128) <> 0 THEN 1 ELSE 0 END)) = 1 THEN least(CASE WHEN CASE WHEN (t.y0 & 16) <> 0 THEN 2 WHEN (t.u0 & 16) <> 0 THEN 1 ELSE 0 END = 1 THEN 4 ELSE 9999 END, CASE WHEN CASE WHEN (t.y0 & 32) <> 0 THEN 2 WHEN (t.u0 & 32) <> 0 THEN 1 ELSE 0 END = 1 THEN 5 ELSE 9999 END, CASE WHEN CASE WHEN (t.y0 & 64) <> 0 THEN 2 WHEN (t.u0 & 64) <> 0 THEN 1 ELSE 0 END = 1 THEN 6 ELSE 9999 END, CASE WHEN (2 - CASE WHEN (t.y0 & 128) <> 0 THEN 2 WHEN (t.u0 & 128) <> 0 THEN 1 ELSE 0 END) = 1 THEN 7 ELSE 9999 END) ELSE 9999 END) END AS missing_0,
  CASE WHEN t.applies_2 = 1 THEN least(CASE WHEN t.population = 1 THEN least(CASE WHEN t.is_index = 1 THEN least(CASE WHEN CASE WHEN (t.y0 & 1) <> 0 THEN 2 WHEN (t.u0 & 1) <> 0 THEN 1 ELSE 0 END = 1 THEN 0 ELSE 9999 END, CASE WHEN greatest(CASE WHEN (t.y0 & 8) <> 0 THEN 2 WHEN (t.u0 & 8) <> 0 THEN 1 ELSE 0 END, CASE WHEN (t.y0 & 6) <> 0 THEN 2 WHEN (t.u0 & 6) <> 0 THEN 1 ELSE 0 END) = 1 THEN least(CASE WHEN CASE WHEN (t.y0 & 8) <> 0 THEN 2 WHEN (t.u0 & 8) <> 0 THEN 1 ELSE 0 END = 1 THEN 3 ELSE 9999 END, CASE WHEN CASE WHEN (t.y0 & 6) <> 0 THEN 2 WHEN (t.u0 & 6) <> 0 THEN 1 ELSE 0 END = 1 THEN least(CASE WHEN CASE WHEN (t.y0 & 2) <> 0 THEN 2 WHEN (t.u0 & 2) <> 0 THEN 1 ELSE 0 END = 1 THEN 1 ELSE 9999 END, CASE WHEN CASE WHEN (t.y0 & 4) <> 0 THEN 2 WHEN (t.u0 & 4) <> 0 THEN 1 ELSE 0 END = 1 THEN 2 ELSE 9999 END) ELSE 9999 END) ELSE 9999 END) ELSE 9999 END, CASE WHEN least(CASE WHEN (t.y0 & 112) = 112 THEN 2 WHEN ((t.y0 | t.u0) & 112) = 112 THEN 1 ELSE 0 END, (2 - CASE WHEN (t.y0 & 128) <> 0 THEN 2 WHEN (t.u0 & 128) <> 0 THEN 1 ELSE 0 END)) = 1 THEN least(CASE WHEN CASE WHEN (t.y0 & 16) <> 0 THEN 2 WHEN (t.u0 & 16) <> 0 THEN 1 ELSE 0 END = 1 THEN 4 ELSE 9999 END, CASE WHEN CASE WHEN (t.y0 & 32) <> 0 THEN 2 WHEN (t.u0 & 32) <> 0 THEN 1 ELSE 0 END = 1 THEN 5 ELSE 9999 END, CASE WHEN CASE WHEN (t.y0 & 64) <> 0 THEN 2 WHEN (t.u0 & 64) <> 0 THEN 1 ELSE 0 END = 1 THEN 6 ELSE 9999 END, CASE WHEN (2 - CASE WHEN (t.y0 & 128) <> 0 THEN 2 WHEN (t.u0 & 128) <> 0 THEN 1 ELSE 0 END) = 1 THEN 7 ELSE 9999 END) ELSE 9999 END) ELSE 9999 END, CASE WHEN list_sort([CASE WHEN (t.y0 & 2048) <> 0 THEN 2 WHEN (t.u0 & 2048) <> 0 THEN 1 ELSE 0 END, CASE WHEN (t.y0 & 4096) <> 0 THEN 2 WHEN (t.u0 & 4096) <> 0 THEN 1 ELSE 0 END, CASE WHEN (t.y0 & 8192) <> 0 THEN 2 WHEN (t.u0 & 8192) <> 0 THEN 1 ELSE 0 END])[2] = 1 THEN least(CASE WHEN CASE WHEN (t.y0 & 2048) <> 0 THEN 2 WHEN (t.u0 & 2048) <> 0 THEN 1 ELSE 0 END = 1 THEN 11 ELSE 9999 END, CASE WHEN CASE WHEN (t.y0 & 4096) <> 0 THEN 2 WHEN (t.u0 & 4096) <> 0 THEN 1 ELSE 0 END = 1 THEN 12 ELSE 9999 END, CASE WHEN CASE WHEN (t.y0 & 8192) <> 0 THEN 2 WHEN (t.u0 & 8192) <> 0 THEN 1 ELSE 0 END = 1 THEN 13 ELSE 9999 END) ELSE 9999 END) END AS missing_2,
  CASE WHEN t.applies_3 = 1 THEN least(CASE WHEN t.population = 1 THEN least(CASE WHEN t.is_index = 1 THEN least(CASE WHEN CASE WHEN (t.y0 & 1) <> 0 THEN 2 WHEN (t.u0 & 1) <> 0 THEN 1 ELSE 0 END = 1 THEN 0 ELSE 9999 END, CASE WHEN greatest(CASE WHEN (t.y0 & 8) <> 0 THEN 2 WHEN (t.u0 & 8) <> 0 THEN 1 ELSE 0 END, CASE WHEN (t.y0 & 6) <> 0 THEN 2 WHEN (t.u0 & 6) <> 0 THEN 1 ELSE 0 END) = 1 THEN least(CASE WHEN CASE WHEN (t.y0 & 8) <> 0 THEN 2 WHEN (t.u0 & 8) <> 0 THEN 1 ELSE 0 END = 1 THEN 3 ELSE 9999 END, CASE WHEN CASE WHEN (t.y0 & 6) <> 0 THEN 2 WHEN (t.u0 & 6) <> 0 THEN 1 ELSE 0 END = 1 THEN least(CASE WHEN CASE WHEN (t.y0 & 2) <> 0 THEN 2 WHEN (t.u0 & 2) <> 0 THEN 1 ELSE 0 END = 1 THEN 1 ELSE 9999 END, CASE WHEN CASE WHEN (t.y0 & 4) <> 0 THEN 2 WHEN (t.u0 & 4) <> 0 THEN 1 ELSE 0 END = 1 THEN 2 ELSE 9999 END) ELSE 9999 END) ELSE 9999 END) ELSE 9999 END, CASE WHEN least(CASE WHEN (t.y0 & 112) = 112 THEN 2 WHEN ((t.y0 | t.u0) & 112) = 112 THEN 1 ELSE 0 END, (2 - CASE WHEN (t.y0 & 128) <> 0 THEN 2 WHEN (t.u0 & 128) <> 0 THEN 1 ELSE 0 END)) = 1 THEN least(CASE WHEN CASE WHEN (t.y0 & 16) <> 0 THEN 2 WHEN (t.u0 & 16) <> 0 THEN 1 ELSE 0 END = 1 THEN 4 ELSE 9999 END, CASE WHEN CASE WHEN (t.y0 & 32) <> 0 THEN 2 WHEN (t.u0 & 32) <> 0 THEN 1 ELSE 0 END = 1 THEN 5 ELSE 9999 END, CASE WHEN CASE WHEN (t.y0 & 64) <> 0 THEN 2 WHEN (t.u0 & 64) <> 0 THEN 1 ELSE 0 END = 1 THEN 6 ELSE 9999 END, CASE WHEN (2 - CASE WHEN (t.y0 & 128) <> 0 THEN 2 WHEN (t.u0 & 128) <> 0 THEN 1 ELSE 0 END) = 1 THEN 7 ELSE 9999 END) ELSE 9999 END) ELSE 9999 END, CASE WHEN CASE WHEN (t.y0 & 262144) <> 0 THEN 2 WHEN (t.u0 & 262144) <> 0 THEN 1 ELSE 0 END = 1 THEN 18 ELSE 9999 END) END AS missing_3,
  CASE WHEN t.applies_5 = 1 THEN least(CASE WHEN t.population = 1 THEN least(CASE WHEN t.is_index = 1 THEN least(CASE WHEN CASE WHEN (t.y0 & 1) <> 0 THEN 2 WHEN (t.u0 & 1) <> 0 THEN 1 ELSE 0 END = 1 THEN 0 ELSE 9999 END, CASE WHEN greatest(CASE WHEN (t.y0 & 8) <> 0 THEN 2 WHEN (t.u0 & 8) <> 0 THEN 1 ELSE 0 END, CASE WHEN (t.y0 & 6) <> 0 THEN 2 WHEN (t.u0 & 6) <> 0 THEN 1 ELSE 0 END) = 1 THEN least(CASE WHEN CASE WHEN (t.y0 & 8) <> 0 THEN 2 WHEN (t.u0 & 8) <> 0 THEN 1 ELSE 0 END = 1 THEN 3 ELSE 9999 END, CASE WHEN CASE WHEN (t.y0 & 6) <> 0 THEN 2 WHEN (t.u0 & 6) <> 0 THEN 1 ELSE 0 END = 1 THEN least(CASE WHEN CASE WHEN (t.y0 & 2) <> 0 THEN 2 WHEN (t.u0 & 2) <> 0 THEN 1 ELSE 0 END = 1 THEN 1 ELSE 9999 END, CASE WHEN CASE WHEN (t.y0 & 4) <> 0 THEN 2 WHEN (t.u0 & 4) <> 0 THEN 1 ELSE 0 END = 1 THEN 2 ELSE 9999 END) ELSE 9999 END) ELSE 9999 END) ELSE 9999 END, CASE WHEN least(CASE WHEN (t.y0 & 112) = 112 THEN 2 WHEN ((t.y0 | t.u0) & 112) = 112 THEN 1 ELSE 0 END, (2 - CASE WHEN (t.y0 & 128) <> 0 THEN 2 WHEN (t.u0 & 128) <> 0 THEN 1 ELSE 0 END)) = 1 THEN least(CASE WHEN CASE WHEN (t.y0 & 16) <> 0 THEN 2 WHEN (t.u0 & 16) <> 0 THEN 1 ELSE 0 END = 1 THEN 4 ELSE 9999 END, CASE WHEN CASE WHEN (t.y0 & 32) <> 0 THEN 2 WHEN (t.u0 & 32) <> 0 THEN 1 ELSE 0 END = 1 THEN 5 ELSE 9999 END, CASE WHEN CASE WHEN (t.y0 & 64) <> 0 THEN 2 WHEN (t.u0 & 64) <> 0 THEN 1 ELSE 0 END = 1 THEN 6 ELSE 9999 END, CASE WHEN (2 - CASE WHEN (t.y0 & 128) <> 0 THEN 2 WHEN (t.u0 & 128) <> 0 THEN 1 ELSE 0 END) = 1 THEN 7 ELSE 9999 END) ELSE 9999 END) ELSE 9999 END, CASE WHEN CASE WHEN (t.y0 & 67108864) <> 0 THEN 2 WHEN (t.u0 & 67108864) <> 0 THEN 1 ELSE 0 END = 1 THEN 26 ELSE 9999 END) END AS missing_5,
  CASE WHEN t.applies_7 = 1 THEN least(CASE WHEN t.population = 1 THEN least(CASE WHEN t.is_index = 1 THEN least(CASE WHEN CASE WHEN (t.y0 & 1) <> 0 THEN 2 WHEN (t.u0 & 1) <> 0 THEN 1 ELSE 0 END = 1 THEN 0 ELSE 9999 END, CASE WHEN greatest(CASE WHEN (t.y0 & 8) <> 0 THEN 2 WHEN (t.u0 & 8) <> 0 THEN 1 ELSE 0 END, CASE WHEN (t.y0 & 6) <> 0 THEN 2 WHEN (t.u0 & 6) <> 0 THEN 1 ELSE 0 END) = 1 THEN least(CASE WHEN CASE WHEN (t.y0 & 8) <> 0 THEN 2 WHEN (t.u0 & 8) <> 0 THEN 1 ELSE 0 END = 1 THEN 3 ELSE 9999 END, CASE WHEN CASE WHEN (t.y0 & 6) <> 0 THEN 2 WHEN (t.u0 & 6) <> 0 THEN 1 ELSE 0 END = 1 THEN least(CASE WHEN CASE WHEN (t.y0 & 2) <> 0 THEN 2 WHEN (t.u0 & 2) <> 0 THEN 1 ELSE 0 END = 1 THEN 1 ELSE 9999 END, CASE WHEN CASE WHEN (t.y0 & 4) <> 0 THEN 2 WHEN (t.u0 & 4) <> 0 THEN 1 ELSE 0 END = 1 THEN 2 ELSE 9999 END) ELSE 9999 END) ELSE 9999 END) ELSE 9999 END, CASE WHEN least(CASE WHEN (t.y0 & 112) = 112 THEN 2 WHEN ((t.y0 | t.u0) & 112) = 112 THEN 1 ELSE 0 END, (2 - CASE WHEN (t.y0 & 128) <> 0 THEN 2 WHEN (t.u0 & 128) <> 0 THEN 1 ELSE 0 END)) = 1 THEN least(CASE WHEN CASE WHEN (t.y0 & 16) <> 0 THEN 2 WHEN (t.u0 & 16) <> 0 THEN 1 ELSE 0 END = 1 THEN 4 ELSE 9999 END, CASE WHEN CASE WHEN (t.y0 & 32) <> 0 THEN 2 WHEN (t.u0 & 32) <> 0 THEN 1 ELSE 0 END = 1 THEN 5 ELSE 9999 END, CASE WHEN CASE WHEN (t.y0 & 64) <> 0 THEN 2 WHEN (t.u0 & 64) <> 0 THEN 1 ELSE 0 END = 1 THEN 6 ELSE 9999 END, CASE WHEN (2 - CASE WHEN (t.y0 & 128) <> 0 THEN 2 WHEN (t.u0 & 128) <> 0 THEN 1 ELSE 0 END) = 1 THEN 7 ELSE 9999 END) ELSE 9999 END) ELSE 9999 END, CASE WHEN CASE WHEN (t.y0 & 12884901888) <> 0 THEN 2 WHEN (t.u0 & 12884901888) <> 0 THEN 1 ELSE 0 END = 1 THEN least(CASE WHEN CASE WHEN (t.y0 & 4294967296) <> 0 THEN 2 WHEN (t.u0 & 4294967296) <> 0 THEN 1 ELSE 0 END = 1 THEN 32 ELSE 9999 END, CASE WHEN CASE WHEN (t.y0 & 8589934592) <> 0 THEN 2 WHEN (t.u0 & 8589934592) <> 0 THEN 1 ELSE 0 END = 1 THEN 33 ELSE 9999 END) ELSE 9999 END) END AS missing_7,
  CASE WHEN t.applies_8 = 1 THEN least(CASE WHEN t.population = 1 THEN least(CASE WHEN t.is_index = 1 THEN least(CASE WHEN CASE WHEN (t.y0 & 1) <> 0 THEN 2 WHEN (t.u0 & 1) <> 0 THEN 1 ELSE 0 END = 1 THEN 0 ELSE 9999 END, CASE WHEN greatest(CASE WHEN (t.y0 & 8) <> 0 THEN 2 WHEN (t.u0 & 8) <> 0 THEN 1 ELSE 0 END, CASE WHEN (t.y0 & 6) <> 0 THEN 2 WHEN (t.u0 & 6) <> 0 THEN 1 ELSE 0 END) = 1 THEN least(CASE WHEN CASE WHEN (t.y0 & 8) <> 0 THEN 2 WHEN (t.u0 & 8) <> 0 THEN 1 ELSE 0 END = 1 THEN 3 ELSE 9999 END, CASE WHEN CASE WHEN (t.y0 & 6) <> 0 THEN 2 WHEN (t.u0 & 6) <> 0 THEN 1 ELSE 0 END = 1 THEN least(CASE WHEN CASE WHEN (t.y0 & 2) <> 0 THEN 2 WHEN (t.u0 & 2) <> 0 THEN 1 ELSE 0 END = 1 THEN 1 ELSE 9999 END, CASE WHEN CASE WHEN (t.y0 & 4) <> 0 THEN 2 WHEN (t.u0 & 4) <> 0 THEN 1 ELSE 0 END = 1 THEN 2 ELSE 9999 END) ELSE 9999 END) ELSE 9999 END) ELSE 9999 END, CASE WHEN least(CASE WHEN (t.y0 & 112) = 112 THEN 2 WHEN ((t.y0 | t.u0) & 112) = 112 THEN 1 ELSE 0 END, (2 - CASE WHEN (t.y0 & 128) <> 0 THEN 2 WHEN (t.u0 & 128) <> 0 THEN 1 ELSE 0 END)) = 1 THEN least(CASE WHEN CASE WHEN (t.y0 & 16) <> 0 THEN 2 WHEN (t.u0 & 16) <> 0 THEN 1 ELSE 0 END = 1 THEN 4 ELSE 9999 END, CASE WHEN CASE WHEN (t.y0 & 32) <> 0 THEN 2 WHEN (t.u0 & 32) <> 0 THEN 1 ELSE 0 END = 1 THEN 5 ELSE 9999 END, CASE WHEN CASE WHEN (t.y0 & 64) <> 0 THEN 2 WHEN (t.u0 & 64) <> 0 THEN 1 ELSE 0 END = 1 THEN 6 ELSE 9999 END, CASE WHEN (2 - CASE WHEN (t.y0 & 128) <> 0 THEN 2 WHEN (t.u0 & 128) <> 0 THEN 1 ELSE 0 END) = 1 THEN 7 ELSE 9999 END) ELSE 9999 END) ELSE 9999 END, CASE WHEN CASE WHEN (t.y0 & 1030792151040) = 1030792151040 THEN 2 WHEN ((t.y0 | t.u0) & 1030792151040) = 1030792151040 THEN 1 ELSE 0 END = 1 THEN least(CASE WHEN CASE WHEN (t.y0 & 68719476736) <> 0 THEN 2 WHEN (t.u0 & 68719476736) <> 0 THEN 1 ELSE 0 END = 1 THEN 37 ELSE 9999 END, CASE WHEN CASE WHEN (t.y0 & 137438953472) <> 0 THEN 2 WHEN (t.u0 & 137438953472) <> 0 THEN 1 ELSE 0 END = 1 THEN 38 ELSE 9999 END, CASE WHEN CASE WHEN (t.y0 & 274877906944) <> 0 THEN 2 WHEN (t.u0 & 274877906944) <> 0 THEN 1 ELSE 0 END = 1 THEN 39 ELSE 9999 END, CASE WHEN CASE WHEN (t.y0 & 549755813888) <> 0 THEN 2 WHEN (t.u0 & 549755813888) <> 0 THEN 1 ELSE 0 END = 1 THEN 40 ELSE 9999 END) ELSE 9999 END) END AS missing_8,
  CASE WHEN (t.y0 & 12884901888) <> 0 THEN 2 WHEN (t.u0 & 12884901888) <> 0 THEN 1 ELSE 0 END AS when_7, CASE WHEN (t.y0 & 17179869184) <> 0 THEN 2 WHEN (t.u0 & 17179869184) <> 0 THEN 1 ELSE 0 END AS done_7, CASE WHEN CASE WHEN (t.y0 & 17179869184) <> 0 THEN 2 WHEN (t.u0 & 17179869184) <> 0 THEN 1 ELSE 0 END = 2 THEN 'followed' WHEN CASE WHEN (t.y0 & 17179869184) <> 0 THEN 2 WHEN (t.u0 & 17179869184) <> 0 THEN 1 ELSE 0 END = 1 THEN 'unknown' WHEN CASE WHEN (t.y0 & 34359738368) <> 0 THEN 2 WHEN (t.u0 & 34359738368) <> 0 THEN 1 ELSE 0 END = 2 THEN 'departed' WHEN CASE WHEN (t.y0 & 34359738368) <> 0 THEN 2 WHEN (t.u0 & 34359738368) <> 0 THEN 1 ELSE 0 END = 1 THEN 'unknown' WHEN t.decides_10 = 2 THEN 'open' WHEN t.decides_10 = 1 THEN 'unknown' ELSE 'unknown' END AS practice_7,
  CASE WHEN CASE WHEN (t.y0 & 17179869184) <> 0 THEN 2 WHEN (t.u0 & 17179869184) <> 0 THEN 1 ELSE 0 END = 2 THEN NULL WHEN CASE WHEN (t.y0 & 17179869184) <> 0 THEN 2 WHEN (t.u0 & 17179869184) <> 0 THEN 1 ELSE 0 END = 1 THEN 34 WHEN CASE WHEN (t.y0 & 34359738368) <> 0 THEN 2 WHEN (t.u0 & 34359738368) <> 0 THEN 1 ELSE 0 END = 2 THEN NULL WHEN CASE WHEN (t.y0 & 34359738368) <> 0 THEN 2 WHEN (t.u0 & 34359738368) <> 0 THEN 1 ELSE 0 END = 1 THEN 36 WHEN t.decides_10 = 2 THEN NULL WHEN t.decides_10 = 1 THEN 36 ELSE -17 END AS unknown_7, CAST(NULL AS INTEGER) AS declined_7
FROM (
  SELECT t.*,
    t.population AS applies_0,
    least(t.population, list_sort([CASE WHEN (t.y0 & 2048) <> 0 THEN 2 WHEN (t.u0 & 2048) <> 0 THEN 1 ELSE 0 END, CASE WHEN (t.y0 & 4096) <> 0 THEN 2 WHEN (t.u0 & 4096) <> 0 THEN 1 ELSE 0 END, CASE WHEN (t.y0 & 8192) <> 0 THEN 2 WHEN (t.u0 & 8192) <> 0 THEN 1 ELSE 0 END])[2]) AS applies_2,
    least(CASE WHEN (t.y0 & 262144) = 262144 THEN 2 WHEN ((t.y0 | t.u0) & 262144) = 262144 THEN 1 ELSE 0 END, t.population) AS applies_3,
    least(CASE WHEN (t.y0 & 67108864) = 67108864 THEN 2 WHEN ((t.y0 | t.u0) & 67108864) = 67108864 THEN 1 ELSE 0 END, t.population) AS applies_5,
    least(t.population, CASE WHEN (t.y0 & 12884901888) <> 0 THEN 2 WHEN (t.u0 & 12884901888) <> 0 THEN 1 ELSE 0 END) AS applies_7,
    least(t.population, CASE WHEN (t.y0 & 1030792151040) = 1030792151040 THEN 2 WHEN ((t.y0 | t.u0) & 1030792151040) = 1030792151040 THEN 1 ELSE 0 END) AS applies_8,
    CASE WHEN (t.y0 & 768) <> 0 THEN 2 WHEN (t.u0 & 768) <> 0 THEN 1 ELSE 0 END AS decides_0,
    (2 - CASE WHEN (t.y0 & 256) <> 0 THEN 2 WHEN (t.u0 & 256) <> 0 THEN 1 ELSE 0 END) AS decides_1,
    greatest(CASE WHEN (t.y0 & 49152) <> 0 THEN 2 WHEN (t.u0 & 49152) <> 0 THEN 1 ELSE 0 END, CASE WHEN (t.y0 & 196608) <> 0 THEN 2 WHEN (t.u0 & 196608) <> 0 THEN 1 ELSE 0 END) AS decides_2,
    (2 - CASE WHEN (t.y0 & 49152) <> 0 THEN 2 WHEN (t.u0 & 49152) <> 0 THEN 1 ELSE 0 END) AS decides_3,
    CASE WHEN (t.y0 & 786432) = 786432 THEN 2 WHEN ((t.y0 | t.u0) & 786432) = 786432 THEN 1 ELSE 0 END AS decides_4,
    least(CASE WHEN (t.y0 & 262144) = 262144 THEN 2 WHEN ((t.y0 | t.u0) & 262144) = 262144 THEN 1 ELSE 0 END, (2 - CASE WHEN (t.y0 & 524288) <> 0 THEN 2 WHEN (t.u0 & 524288) <> 0 THEN 1 ELSE 0 END), (2 - CASE WHEN (t.y0 & 1) <> 0 THEN 2 WHEN (t.u0 & 1) <> 0 THEN 1 ELSE 0 END)) AS decides_5,
    least(CASE WHEN (t.y0 & 262144) = 262144 THEN 2 WHEN ((t.y0 | t.u0) & 262144) = 262144 THEN 1 ELSE 0 END, (2 - CASE WHEN (t.y0 & 524288) <> 0 THEN 2 WHEN (t.u0 & 524288) <> 0 THEN 1 ELSE 0 END)) AS decides_6,
    least(CASE WHEN (t.y0 & 268435456) = 268435456 THEN 2 WHEN ((t.y0 | t.u0) & 268435456) = 268435456 THEN 1 ELSE 0 END, greatest(CASE WHEN (t.y0 & 1073741824) <> 0 THEN 2 WHEN (t.u0 & 1073741824) <> 0 THEN 1 ELSE 0 END, (2 - CASE WHEN (t.y0 & 536870912) <> 0 THEN 2 WHEN (t.u0 & 536870912) <> 0 THEN 1 ELSE 0 END))) AS decides_7,
    least(CASE WHEN (t.y0 & 536870912) = 536870912 THEN 2 WHEN ((t.y0 | t.u0) & 536870912) = 536870912 THEN 1 ELSE 0 END, greatest(CASE WHEN (t.y0 & 2147483648) <> 0 THEN 2 WHEN (t.u0 & 2147483648) <> 0 THEN 1 ELSE 0 END, (2 - CASE WHEN (t.y0 & 268435456) <> 0 THEN 2 WHEN (t.u0 & 268435456) <> 0 THEN 1 ELSE 0 END))) AS decides_8,
    least((2 - CASE WHEN (t.y0 & 268435456) <> 0 THEN 2 WHEN (t.u0 & 268435456) <> 0 THEN 1 ELSE 0 END), (2 - CASE WHEN (t.y0 & 536870912) <> 0 THEN 2 WHEN (t.u0 & 536870912) <> 0 THEN 1 ELSE 0 END)) AS decides_9,
    (2 - CASE WHEN (t.y0 & 34359738368) <> 0 THEN 2 WHEN (t.u0 & 34359738368) <> 0 THEN 1 ELSE 0 END) AS decides_10,
    CASE WHEN (t.y0 & 3298534883328) <> 0 THEN 2 WHEN (t.u0 & 3298534883328) <> 0 THEN 1 ELSE 0 END AS decides_11,
    (2 - CASE WHEN (t.y0 & 1099511627776) <> 0 THEN 2 WHEN (t.u0 & 1099511627776) <> 0 THEN 1 ELSE 0 END) AS decides_12
  FROM (SELECT t.*, least(least(CASE WHEN (t.y0 & 1) = 1 THEN 2 WHEN ((t.y0 | t.u0) & 1) = 1 THEN 1 ELSE 0 END, greatest(CASE WHEN (t.y0 & 8) <> 0 THEN 2 WHEN (t.u0 & 8) <> 0 THEN 1 ELSE 0 END, CASE WHEN (t.y0 & 6) <> 0 THEN 2 WHEN (t.u0 & 6) <> 0 THEN 1 ELSE 0 END)), least(CASE WHEN (t.y0 & 112) = 112 THEN 2 WHEN ((t.y0 | t.u0) & 112) = 112 THEN 1 ELSE 0 END, (2 - CASE WHEN (t.y0 & 128) <> 0 THEN 2 WHEN (t.u0 & 128) <> 0 THEN 1 ELSE 0 END))) AS population, least(CASE WHEN (t.y0 & 1) = 1 THEN 2 WHEN ((t.y0 | t.u0) & 1) = 1 THEN 1 ELSE 0 END, greatest(CASE WHEN (t.y0 & 8) <> 0 THEN 2 WHEN (t.u0 & 8) <> 0 THEN 1 ELSE 0 END, CASE WHEN (t.y0 & 6) <> 0 THEN 2 WHEN (t.u0 & 6) <> 0 THEN 1 ELSE 0 END)) AS is_index, greatest(CASE WHEN (t.y0 & 17592186044416) <> 0 THEN 2 WHEN (t.u0 & 17592186044416) <> 0 THEN 1 ELSE 0 END, CASE WHEN (t.y0 & 211106232532992) <> 0 THEN 2 WHEN (t.u0 & 211106232532992) <> 0 THEN 1 ELSE 0 END) AS sign FROM sights t WHERE t.leg = 0) t
) t;

-- what the facts of an action are based on
CREATE TEMPORARY TABLE links AS
SELECT DISTINCT w.g, w.pid, w.content, w.key, unnest(w.of) AS target
FROM wanted w WHERE w.look = 'act' AND w.of IS NOT NULL;

-- what speaks of an action that is judged act by act, on the days on which practice may be read
CREATE TEMPORARY TABLE act_facts AS
SELECT x.*, CASE WHEN x.ahead THEN x.first ELSE least(x.first, x.day) END AS l1,
  CASE WHEN x.ahead OR x.last <= x.shown THEN x.last ELSE greatest(least(x.first, x.day), x.shown) END AS l2
FROM (
  SELECT a.ask, a.leg, a.day, w.g, w.pid, w.content, w.key, w.kind, w.status, w.assumed, w.sure, w.first, w.last, w.known,
    w.kind = 'order' AND NOT w.assumed AND w.known <> 1 AS written,
    w.status = 'planned' OR w.first > a.day AS ahead,
    CASE WHEN w.dated THEN least(a.day, w.known) ELSE a.day END AS shown
  FROM views a JOIN wanted w ON w.g = a.g AND w.pid = a.pid AND (a.roles & w.roles) <> 0
  WHERE w.look = 'act' AND w.status <> 'negated' AND (w.known <= a.day OR (w.assumed AND w.status = 'planned'))
) x;

-- each order, with the days on which it may have been written
CREATE TEMPORARY TABLE orders AS
SELECT f.*, CASE WHEN f.written THEN f.known ELSE f.l1 END AS d1, CASE WHEN f.written THEN f.known ELSE f.l2 END AS d2
FROM act_facts f WHERE f.kind = 'order';

-- what is linked to an order
CREATE TEMPORARY TABLE linked AS
SELECT f.ask, f.pid, f.content, f.key, min(o.key) AS home, count(DISTINCT o.key) AS orders
FROM act_facts f
JOIN links l ON l.g = f.g AND l.pid = f.pid AND l.content = f.content AND l.key = f.key
JOIN orders o ON o.ask = f.ask AND o.content = f.content AND o.key = l.target
WHERE f.kind <> 'order'
GROUP BY f.ask, f.pid, f.content, f.key;

-- patients of whom SQL cannot decide exactly which acts they had, and why
CREATE TEMPORARY TABLE doubted_acts AS
SELECT DISTINCT f.pid, 'acts linked to one another' AS why FROM act_facts f
JOIN links l ON l.g = f.g AND l.pid = f.pid AND l.content = f.content AND l.key = f.key
JOIN act_facts o ON o.ask = f.ask AND o.content = f.content AND o.key = l.target
LEFT JOIN linked a ON a.ask = f.ask AND a.content = f.content AND a.key = f.key
LEFT JOIN linked b ON b.ask = f.ask AND b.content = f.content AND b.key = o.key
WHERE f.kind = 'order' OR (o.kind <> 'order'
  AND NOT CASE WHEN a.home IS NULL THEN b.home IS NULL AND f.l1 = f.l2 AND f.l1 = o.l1 AND f.l2 = o.l2
    ELSE coalesce(a.home = b.home, FALSE) END)
UNION SELECT l.pid, 'an act of two orders' FROM linked l WHERE l.orders > 1;

-- what was done on an order: linked to it, or the same examination soon after the latest one
CREATE TEMPORARY TABLE of_order AS
SELECT h.ask, h.content, h.key, h.home FROM (
  SELECT f.ask, f.content, f.key, o.key AS home, row_number() OVER (PARTITION BY f.ask, f.content, f.key
    ORDER BY o.d1 DESC, o.key DESC) AS n
  FROM act_facts f
  JOIN orders o ON o.ask = f.ask AND o.content = f.content
  LEFT JOIN linked l ON l.ask = f.ask AND l.content = f.content AND l.key = f.key
  WHERE f.kind <> 'order' AND (l.home = o.key OR (l.home IS NULL AND o.d1 <= f.l2 AND f.l1 <= o.d2 + 90))
) h WHERE h.n = 1;

-- each fact with the act that it speaks of
CREATE TEMPORARY TABLE members AS
SELECT f.*, CASE WHEN f.kind = 'order' THEN f.key WHEN h.home IS NOT NULL THEN h.home
  WHEN f.l1 = f.l2 THEN concat('on ', CAST(f.l1 AS VARCHAR)) ELSE f.key END AS act
FROM act_facts f LEFT JOIN of_order h ON h.ask = f.ask AND h.content = f.content AND h.key = f.key;

-- each act with its day, and whether it was surely taken in the episode
CREATE TEMPORARY TABLE acts AS
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
) x;

-- what the orders and the acts themselves give as their reasons
CREATE TEMPORARY TABLE whys AS
SELECT DISTINCT j.leg, t.g, j.line, f.pid, f.key, f.sureness, f.known, f.assumed, f.system, f.code, f.codings_place, f.target
FROM (SELECT w.pid, f.key, f.sureness, f.known, f.assumed, f.system, f.code, f.place AS codings_place, unnest(f.of) AS target
  FROM facts f JOIN people w ON w.id = f.patient WHERE f.kind = 'reason' AND f.of IS NOT NULL) f
JOIN (
  SELECT w.g, w.pid, w.content, w.key AS target FROM wanted w WHERE w.look = 'act'
  UNION SELECT l.g, l.pid, l.content, l.target FROM links l
) t ON t.pid = f.pid AND t.target = f.target
JOIN judging j ON j.content = t.content;

-- each of them with the terms that it names; of two codings of one term the last one counts
CREATE TEMPORARY TABLE terms_of_whys AS
SELECT y.leg, y.line, y.pid, y.target, y.key, y.known, y.assumed, y.sureness, c.term,
  max_by(c.sure, y.codings_place) AS sure
FROM whys y LEFT JOIN codes c ON c.g = y.g AND c.system = y.system AND c.code = y.code
GROUP BY y.leg, y.line, y.pid, y.target, y.key, y.known, y.assumed, y.sureness, c.term;

-- how surely each is one of the guideline's reasons; one that cannot be read may be one
CREATE TEMPORARY TABLE read_whys AS
SELECT y.leg, y.line, y.pid, y.target, y.key, y.known, y.assumed,
  CASE WHEN count(y.term) = 0 THEN 1 ELSE max(CASE WHEN n.term IS NULL THEN 0
    WHEN y.sure AND y.sureness = 'sure' THEN 2 ELSE 1 END) END AS says
FROM terms_of_whys y LEFT JOIN named n ON n.leg = y.leg AND n.line = y.line AND n.term = y.term
GROUP BY y.leg, y.line, y.pid, y.target, y.key, y.known, y.assumed;

-- where each act may have its reasons: its facts, and what these are based on, whatever that is
CREATE TEMPORARY TABLE grounds AS
SELECT m.ask, m.pid, m.content, m.act, m.key AS target, m.assumed AND m.status = 'planned' AS booked FROM members m
UNION ALL SELECT m.ask, m.pid, m.content, m.act, l.target, FALSE FROM members m
JOIN links l ON l.g = m.g AND l.pid = m.pid AND l.content = m.content AND l.key = m.key;

-- each act on the first and the last day on which it may have been, with the reason that it names
CREATE TEMPORARY TABLE act_days AS
SELECT j.leg, j.line, a.ask + (c.course - c.face) * 4194304 AS ask, a.act, a.taken, a.day, d.day AS on_day,
  coalesce(max(CASE WHEN r.known <= d.day OR (r.assumed AND m.booked) THEN r.says END), 0) AS named
FROM acts a
JOIN courses c ON c.face = a.face
JOIN judging j ON j.leg = a.leg AND j.content = a.content
JOIN (SELECT ask, content, act, unnest([least(d1, day), least(d2, day)]) AS day FROM acts) d
  ON d.ask = a.ask AND d.content = a.content AND d.act = a.act
JOIN grounds m ON m.ask = a.ask AND m.content = a.content AND m.act = a.act
LEFT JOIN read_whys r ON r.leg = j.leg AND r.line = j.line AND r.pid = m.pid AND r.target = m.target
GROUP BY j.leg, j.line, c.course, c.face, a.ask, a.act, a.taken, a.day, d.day;

-- whether one of the guideline's reasons was known by the end of a day
CREATE TEMPORARY TABLE reasons AS
SELECT l.leg, 4 AS line, l.ask, greatest(CASE WHEN (t.y0 & 33554432) <> 0 THEN 2 WHEN (t.u0 & 33554432) <> 0 THEN 1 ELSE 0 END, CASE WHEN (t.y0 & 6291456) <> 0 THEN 2 WHEN (t.u0 & 6291456) <> 0 THEN 1 ELSE 0 END, CASE WHEN (t.y0 & 25165824) <> 0 THEN 2 WHEN (t.u0 & 25165824) <> 0 THEN 1 ELSE 0 END) AS says
FROM looks l JOIN sights t ON t.sight = l.sight WHERE l.leg = 0 AND (l.roles & 4) <> 0
UNION ALL SELECT l.leg, 9 AS line, l.ask, CASE WHEN (t.y0 & 8796093022208) <> 0 THEN 2 WHEN (t.u0 & 8796093022208) <> 0 THEN 1 ELSE 0 END AS says
FROM looks l JOIN sights t ON t.sight = l.sight WHERE l.leg = 0 AND (l.roles & 4) <> 0;

-- each act: departed, justified, or unknown; the worst counts
CREATE TEMPORARY TABLE weighed AS
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
) w GROUP BY w.leg, w.line, w.ask;

-- teaching: the first day with a warning sign
CREATE TEMPORARY TABLE signs_0 AS
SELECT l.course, min(l.day) AS sign FROM looks l JOIN truths_0 t ON t.sight = l.sight
WHERE l.leg = 0 AND t.sign = 2 AND l.course % 2 = 0 AND l.day BETWEEN l.first AND l.read AND (l.roles & 1) <> 0
GROUP BY l.course;

-- the day on which practice is read, and what ended the follow-up before its horizon
CREATE TEMPORARY TABLE reads_0 AS
SELECT c.course, c.episode, c.reading, c.pid, c.first, c.horizon, c.never_open, g.sign, coalesce(g.sign - 1, c.read) AS read,
  CASE WHEN g.sign IS NOT NULL THEN 'warning sign' ELSE c.cut END AS ended,
  c.course * 4194304 + (coalesce(g.sign - 1, c.read) - c.first + 2097152) AS ask
FROM courses c LEFT JOIN signs_0 g ON g.course = c.episode * 2 WHERE c.leg = 0;

-- the highest of the days, two bits a recommendation, and the first day on which something was missing
CREATE TEMPORARY TABLE applied_0 AS
SELECT l.course, bit_or(t.b0) AS b0,
  min(CAST(l.day AS BIGINT) * 16384 + t.missing_0) AS missing_0,
  min(CAST(l.day AS BIGINT) * 16384 + t.missing_2) AS missing_2,
  min(CAST(l.day AS BIGINT) * 16384 + t.missing_3) AS missing_3,
  min(CAST(l.day AS BIGINT) * 16384 + t.missing_5) AS missing_5,
  min(CAST(l.day AS BIGINT) * 16384 + t.missing_7) AS missing_7,
  min(CAST(l.day AS BIGINT) * 16384 + t.missing_8) AS missing_8
FROM looks l JOIN truths_0 t ON t.sight = l.sight JOIN reads_0 r ON r.course = l.course
WHERE l.leg = 0 AND l.day BETWEEN r.first AND r.read AND (l.roles & 1) <> 0
GROUP BY l.course;

-- dance-lesson: each day of its limit, and the day after
CREATE TEMPORARY VIEW limited_0_7 AS
SELECT l.course, l.day, l.ask, t.applies_7 AS applies, t.when_7 AS said, t.done_7 AS done,
  l.limit_o1_d14 AS lim1, l.limit_o2_d14 AS lim2, l.day > r.read AS after_
FROM looks l JOIN truths_0 t ON t.sight = l.sight JOIN reads_0 r ON r.course = l.course
WHERE l.leg = 0 AND l.day >= l.first AND (l.roles & 1) <> 0 AND (l.day <= r.read
  OR ((l.roles & 8) <> 0 AND r.ended = '' AND l.day = greatest(r.horizon, r.first) + 1));

-- when it last applied, surely and perhaps, and last lapsed: where its own condition turned no before the limit
CREATE TEMPORARY TABLE lapsing_0_7 AS
SELECT b.course, max(CASE WHEN b.applies > 0 THEN b.day END) AS maybe, max(CASE WHEN b.applies = 2 THEN b.day END) AS surely,
  max(CASE WHEN b.said = 0 AND b.day <= b.lim1 THEN b.day ELSE 0 END) AS hard,
  max(CASE WHEN b.said = 0 AND b.day <= b.lim2 THEN b.day ELSE 0 END) AS soft,
  max(b.done) AS done, max(b.day) AS last, bool_or(b.after_) AS after_
FROM limited_0_7 b GROUP BY b.course;

-- what stood of it on a day on which the action was done
CREATE TEMPORARY TABLE stood_0_7 AS
SELECT s.course, max(least(s.applied, s.done)) AS best FROM (
  SELECT b.course, b.done, greatest(
    max(b.applies) OVER (PARTITION BY b.course, b.hard, b.soft ORDER BY b.day RANGE BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW),
    least(1, max(b.applies) OVER (PARTITION BY b.course, b.hard ORDER BY b.day RANGE BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW))) AS applied
  FROM (
    SELECT a.*, sum(CASE WHEN a.said = 0 AND a.day <= a.lim1 THEN 1 ELSE 0 END) OVER w AS hard,
      sum(CASE WHEN a.said = 0 AND a.day > a.lim1 AND a.day <= a.lim2 THEN 1 ELSE 0 END) OVER w AS soft
    FROM limited_0_7 a WHERE a.course IN (SELECT course FROM lapsing_0_7 WHERE done > 0)
    WINDOW w AS (PARTITION BY a.course ORDER BY a.day RANGE BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW)
  ) b
) s GROUP BY s.course;

-- what stands at the end, or stood on a day on which the action was done
CREATE TEMPORARY TABLE owed_0_7 AS
SELECT x.course, x.sight, least(t.is_index, greatest(coalesce(x.best, 0),
  CASE WHEN x.ended = '' AND NOT x.after_ THEN least(x.stands, CASE WHEN x.last < x.lim1 THEN 0 WHEN x.last < x.lim2 THEN 1 ELSE 2 END)
    ELSE x.stands END)) AS applies
FROM (
  SELECT s.course, s.last, s.after_, o.best, r.ended, l.sight, l.limit_o1_d14 AS lim1, l.limit_o2_d14 AS lim2,
    CASE WHEN s.surely >= s.soft THEN 2 WHEN s.maybe >= s.hard THEN 1 ELSE 0 END AS stands
  FROM lapsing_0_7 s
  JOIN reads_0 r ON r.course = s.course
  JOIN looks l ON l.ask = s.course * 4194304 + (s.last - r.first + 2097152)
  LEFT JOIN stood_0_7 o ON o.course = s.course
) x JOIN truths_0 t ON t.sight = x.sight;

-- what each course looks like on the day read, and how the acts that are judged were weighed
CREATE TEMPORARY TABLE ends_0 AS
SELECT r.course, r.ended <> '' AS cut, l.sight,
  coalesce(w1.worst * 4 + w1.taken, -1) AS weighed_1,
  coalesce(w4.worst * 4 + w4.taken, -1) AS weighed_4,
  coalesce(w5.worst * 4 + w5.taken, -1) AS weighed_5,
  coalesce(w9.worst * 4 + w9.taken, -1) AS weighed_9
FROM reads_0 r JOIN looks l ON l.ask = r.ask
LEFT JOIN weighed w1 ON w1.leg = 0 AND w1.line = 1 AND w1.ask = r.ask
LEFT JOIN weighed w4 ON w4.leg = 0 AND w4.line = 4 AND w4.ask = r.ask
LEFT JOIN weighed w5 ON w5.leg = 0 AND w5.line = 5 AND w5.ask = r.ask
LEFT JOIN weighed w9 ON w9.leg = 0 AND w9.line = 9 AND w9.ask = r.ask
WHERE r.read >= r.first;

-- what was done, by the first decision that holds
CREATE TEMPORARY TABLE deeds_0 AS
SELECT d.sight, d.weighed_1, d.weighed_4, d.weighed_5, d.weighed_9,
  CASE WHEN t.decides_0 = 2 THEN 'followed' WHEN t.decides_0 = 1 THEN 'unknown' WHEN t.decides_1 = 2 THEN 'open' WHEN t.decides_1 = 1 THEN 'unknown' ELSE 'unknown' END AS practice_0,
  CASE WHEN t.decides_0 = 2 THEN NULL WHEN t.decides_0 = 1 THEN least(CASE WHEN CASE WHEN (t.y0 & 256) <> 0 THEN 2 WHEN (t.u0 & 256) <> 0 THEN 1 ELSE 0 END = 1 THEN 8 ELSE 9999 END, CASE WHEN CASE WHEN (t.y0 & 512) <> 0 THEN 2 WHEN (t.u0 & 512) <> 0 THEN 1 ELSE 0 END = 1 THEN 9 ELSE 9999 END) WHEN t.decides_1 = 2 THEN NULL WHEN t.decides_1 = 1 THEN 8 ELSE -10 END AS unknown_0, CASE WHEN (t.y0 & 512) <> 0 THEN 2 WHEN (t.u0 & 512) <> 0 THEN 1 ELSE 0 END AS declined_0,
  CASE WHEN d.weighed_1 < 0 THEN CASE WHEN CASE WHEN (t.d0 & 1024) <> 0 THEN 0 WHEN (t.e0 & 1024) <> 0 THEN 1 ELSE 1 END = 0 THEN 'followed' ELSE 'unknown' END WHEN d.weighed_1 < 4 THEN 'departed' WHEN d.weighed_1 < 8 THEN 'unknown' ELSE 'justified' END AS practice_1,
  CASE WHEN d.weighed_1 = 6 THEN -1 WHEN d.weighed_1 < 0 OR d.weighed_1 BETWEEN 4 AND 7 THEN 10 END AS unknown_1, CAST(NULL AS INTEGER) AS declined_1,
  CASE WHEN t.decides_2 = 2 THEN 'followed' WHEN t.decides_2 = 1 THEN 'unknown' WHEN t.decides_3 = 2 THEN 'open' WHEN t.decides_3 = 1 THEN 'unknown' ELSE 'unknown' END AS practice_2,
  CASE WHEN t.decides_2 = 2 THEN NULL WHEN t.decides_2 = 1 THEN least(CASE WHEN CASE WHEN (t.y0 & 49152) <> 0 THEN 2 WHEN (t.u0 & 49152) <> 0 THEN 1 ELSE 0 END = 1 THEN least(CASE WHEN CASE WHEN (t.y0 & 16384) <> 0 THEN 2 WHEN (t.u0 & 16384) <> 0 THEN 1 ELSE 0 END = 1 THEN 14 ELSE 9999 END, CASE WHEN CASE WHEN (t.y0 & 32768) <> 0 THEN 2 WHEN (t.u0 & 32768) <> 0 THEN 1 ELSE 0 END = 1 THEN 15 ELSE 9999 END) ELSE 9999 END, CASE WHEN CASE WHEN (t.y0 & 196608) <> 0 THEN 2 WHEN (t.u0 & 196608) <> 0 THEN 1 ELSE 0 END = 1 THEN least(CASE WHEN CASE WHEN (t.y0 & 65536) <> 0 THEN 2 WHEN (t.u0 & 65536) <> 0 THEN 1 ELSE 0 END = 1 THEN 16 ELSE 9999 END, CASE WHEN CASE WHEN (t.y0 & 131072) <> 0 THEN 2 WHEN (t.u0 & 131072) <> 0 THEN 1 ELSE 0 END = 1 THEN 17 ELSE 9999 END) ELSE 9999 END) WHEN t.decides_3 = 2 THEN NULL WHEN t.decides_3 = 1 THEN least(CASE WHEN CASE WHEN (t.y0 & 16384) <> 0 THEN 2 WHEN (t.u0 & 16384) <> 0 THEN 1 ELSE 0 END = 1 THEN 14 ELSE 9999 END, CASE WHEN CASE WHEN (t.y0 & 32768) <> 0 THEN 2 WHEN (t.u0 & 32768) <> 0 THEN 1 ELSE 0 END = 1 THEN 15 ELSE 9999 END) ELSE -12 END AS unknown_2, CASE WHEN (t.y0 & 196608) <> 0 THEN 2 WHEN (t.u0 & 196608) <> 0 THEN 1 ELSE 0 END AS declined_2,
  CASE WHEN t.decides_4 = 2 THEN 'followed' WHEN t.decides_4 = 1 THEN 'unknown' WHEN t.decides_5 = 2 THEN 'departed' WHEN t.decides_5 = 1 THEN 'unknown' WHEN t.decides_6 = 2 THEN 'open' WHEN t.decides_6 = 1 THEN 'unknown' ELSE 'unknown' END AS practice_3,
  CASE WHEN t.decides_4 = 2 THEN NULL WHEN t.decides_4 = 1 THEN least(CASE WHEN CASE WHEN (t.y0 & 262144) <> 0 THEN 2 WHEN (t.u0 & 262144) <> 0 THEN 1 ELSE 0 END = 1 THEN 18 ELSE 9999 END, CASE WHEN CASE WHEN (t.y0 & 524288) <> 0 THEN 2 WHEN (t.u0 & 524288) <> 0 THEN 1 ELSE 0 END = 1 THEN 19 ELSE 9999 END) WHEN t.decides_5 = 2 THEN NULL WHEN t.decides_5 = 1 THEN least(CASE WHEN CASE WHEN (t.y0 & 262144) <> 0 THEN 2 WHEN (t.u0 & 262144) <> 0 THEN 1 ELSE 0 END = 1 THEN 18 ELSE 9999 END, CASE WHEN (2 - CASE WHEN (t.y0 & 524288) <> 0 THEN 2 WHEN (t.u0 & 524288) <> 0 THEN 1 ELSE 0 END) = 1 THEN 19 ELSE 9999 END, CASE WHEN (2 - CASE WHEN (t.y0 & 1) <> 0 THEN 2 WHEN (t.u0 & 1) <> 0 THEN 1 ELSE 0 END) = 1 THEN 0 ELSE 9999 END) WHEN t.decides_6 = 2 THEN NULL WHEN t.decides_6 = 1 THEN least(CASE WHEN CASE WHEN (t.y0 & 262144) <> 0 THEN 2 WHEN (t.u0 & 262144) <> 0 THEN 1 ELSE 0 END = 1 THEN 18 ELSE 9999 END, CASE WHEN (2 - CASE WHEN (t.y0 & 524288) <> 0 THEN 2 WHEN (t.u0 & 524288) <> 0 THEN 1 ELSE 0 END) = 1 THEN 19 ELSE 9999 END) ELSE -13 END AS unknown_3, CAST(NULL AS INTEGER) AS declined_3,
  CASE WHEN d.weighed_4 < 0 THEN CASE WHEN CASE WHEN (t.d0 & 1048576) <> 0 THEN 0 WHEN (t.e0 & 1048576) <> 0 THEN 1 ELSE 1 END = 0 THEN 'followed' ELSE 'unknown' END WHEN d.weighed_4 < 4 THEN 'departed' WHEN d.weighed_4 < 8 THEN 'unknown' ELSE 'justified' END AS practice_4,
  CASE WHEN d.weighed_4 = 6 THEN -1 WHEN d.weighed_4 < 0 OR d.weighed_4 BETWEEN 4 AND 7 THEN 20 END AS unknown_4, CAST(NULL AS INTEGER) AS declined_4,
  CASE WHEN d.weighed_5 < 0 THEN CASE WHEN CASE WHEN (t.d0 & 134217728) <> 0 THEN 0 WHEN (t.e0 & 134217728) <> 0 THEN 1 ELSE 1 END = 0 THEN 'followed' ELSE 'unknown' END WHEN d.weighed_5 < 4 THEN 'departed' WHEN d.weighed_5 < 8 THEN 'unknown' ELSE 'justified' END AS practice_5,
  CASE WHEN d.weighed_5 = 6 THEN -1 WHEN d.weighed_5 < 0 OR d.weighed_5 BETWEEN 4 AND 7 THEN 27 END AS unknown_5, CAST(NULL AS INTEGER) AS declined_5,
  CASE WHEN t.decides_7 = 2 THEN 'followed' WHEN t.decides_7 = 1 THEN 'unknown' WHEN t.decides_8 = 2 THEN 'departed' WHEN t.decides_8 = 1 THEN 'unknown' WHEN t.decides_9 = 2 THEN 'open' WHEN t.decides_9 = 1 THEN 'unknown' ELSE 'unknown' END AS practice_6,
  CASE WHEN t.decides_7 = 2 THEN NULL WHEN t.decides_7 = 1 THEN least(CASE WHEN CASE WHEN (t.y0 & 268435456) <> 0 THEN 2 WHEN (t.u0 & 268435456) <> 0 THEN 1 ELSE 0 END = 1 THEN 28 ELSE 9999 END, CASE WHEN greatest(CASE WHEN (t.y0 & 1073741824) <> 0 THEN 2 WHEN (t.u0 & 1073741824) <> 0 THEN 1 ELSE 0 END, (2 - CASE WHEN (t.y0 & 536870912) <> 0 THEN 2 WHEN (t.u0 & 536870912) <> 0 THEN 1 ELSE 0 END)) = 1 THEN least(CASE WHEN (2 - CASE WHEN (t.y0 & 536870912) <> 0 THEN 2 WHEN (t.u0 & 536870912) <> 0 THEN 1 ELSE 0 END) = 1 THEN 29 ELSE 9999 END, CASE WHEN CASE WHEN (t.y0 & 1073741824) <> 0 THEN 2 WHEN (t.u0 & 1073741824) <> 0 THEN 1 ELSE 0 END = 1 THEN 30 ELSE 9999 END) ELSE 9999 END) WHEN t.decides_8 = 2 THEN NULL WHEN t.decides_8 = 1 THEN least(CASE WHEN CASE WHEN (t.y0 & 536870912) <> 0 THEN 2 WHEN (t.u0 & 536870912) <> 0 THEN 1 ELSE 0 END = 1 THEN 29 ELSE 9999 END, CASE WHEN greatest(CASE WHEN (t.y0 & 2147483648) <> 0 THEN 2 WHEN (t.u0 & 2147483648) <> 0 THEN 1 ELSE 0 END, (2 - CASE WHEN (t.y0 & 268435456) <> 0 THEN 2 WHEN (t.u0 & 268435456) <> 0 THEN 1 ELSE 0 END)) = 1 THEN least(CASE WHEN (2 - CASE WHEN (t.y0 & 268435456) <> 0 THEN 2 WHEN (t.u0 & 268435456) <> 0 THEN 1 ELSE 0 END) = 1 THEN 28 ELSE 9999 END, CASE WHEN CASE WHEN (t.y0 & 2147483648) <> 0 THEN 2 WHEN (t.u0 & 2147483648) <> 0 THEN 1 ELSE 0 END = 1 THEN 31 ELSE 9999 END) ELSE 9999 END) WHEN t.decides_9 = 2 THEN NULL WHEN t.decides_9 = 1 THEN least(CASE WHEN (2 - CASE WHEN (t.y0 & 268435456) <> 0 THEN 2 WHEN (t.u0 & 268435456) <> 0 THEN 1 ELSE 0 END) = 1 THEN 28 ELSE 9999 END, CASE WHEN (2 - CASE WHEN (t.y0 & 536870912) <> 0 THEN 2 WHEN (t.u0 & 536870912) <> 0 THEN 1 ELSE 0 END) = 1 THEN 29 ELSE 9999 END) ELSE -16 END AS unknown_6, CAST(NULL AS INTEGER) AS declined_6,
  CASE WHEN t.decides_11 = 2 THEN 'followed' WHEN t.decides_11 = 1 THEN 'unknown' WHEN t.decides_12 = 2 THEN 'open' WHEN t.decides_12 = 1 THEN 'unknown' ELSE 'unknown' END AS practice_8,
  CASE WHEN t.decides_11 = 2 THEN NULL WHEN t.decides_11 = 1 THEN least(CASE WHEN CASE WHEN (t.y0 & 1099511627776) <> 0 THEN 2 WHEN (t.u0 & 1099511627776) <> 0 THEN 1 ELSE 0 END = 1 THEN 41 ELSE 9999 END, CASE WHEN CASE WHEN (t.y0 & 2199023255552) <> 0 THEN 2 WHEN (t.u0 & 2199023255552) <> 0 THEN 1 ELSE 0 END = 1 THEN 42 ELSE 9999 END) WHEN t.decides_12 = 2 THEN NULL WHEN t.decides_12 = 1 THEN 41 ELSE -18 END AS unknown_8, CASE WHEN (t.y0 & 2199023255552) <> 0 THEN 2 WHEN (t.u0 & 2199023255552) <> 0 THEN 1 ELSE 0 END AS declined_8,
  CASE WHEN d.weighed_9 < 0 THEN CASE WHEN CASE WHEN (t.d0 & 4398046511104) <> 0 THEN 0 WHEN (t.e0 & 4398046511104) <> 0 THEN 1 ELSE 1 END = 0 THEN 'followed' ELSE 'unknown' END WHEN d.weighed_9 < 4 THEN 'departed' WHEN d.weighed_9 < 8 THEN 'unknown' ELSE 'justified' END AS practice_9,
  CASE WHEN d.weighed_9 = 6 THEN -1 WHEN d.weighed_9 < 0 OR d.weighed_9 BETWEEN 4 AND 7 THEN 43 END AS unknown_9, CAST(NULL AS INTEGER) AS declined_9
FROM (SELECT DISTINCT e.sight, e.weighed_1, e.weighed_4, e.weighed_5, e.weighed_9 FROM ends_0 e) d
JOIN truths_0 t ON t.sight = d.sight;

-- the different ways of what was done
CREATE TEMPORARY TABLE manners_0 AS
SELECT CAST(row_number() OVER (ORDER BY practice_0, unknown_0, declined_0, practice_1, unknown_1, declined_1, practice_2, unknown_2, declined_2, practice_3, unknown_3, declined_3, practice_4, unknown_4, declined_4, practice_5, unknown_5, declined_5, practice_6, unknown_6, declined_6, practice_8, unknown_8, declined_8, practice_9, unknown_9, declined_9) AS INTEGER) AS manner, m.* FROM (
  SELECT DISTINCT practice_0, unknown_0, declined_0, practice_1, unknown_1, declined_1, practice_2, unknown_2, declined_2, practice_3, unknown_3, declined_3, practice_4, unknown_4, declined_4, practice_5, unknown_5, declined_5, practice_6, unknown_6, declined_6, practice_8, unknown_8, declined_8, practice_9, unknown_9, declined_9 FROM deeds_0
) m;

-- a course a row: to whom what applies, what is missing, what was done
CREATE TEMPORARY TABLE found_0 AS
SELECT e.course, e.cut, m.manner, a.b0,
  CASE WHEN CASE WHEN (a.b0 & 2) <> 0 THEN 2 WHEN (a.b0 & 1) <> 0 THEN 1 ELSE 0 END = 1 THEN coalesce(a.missing_0 % 16384, -2) ELSE 0 END AS missing_0,
  CASE WHEN CASE WHEN (a.b0 & 32) <> 0 THEN 2 WHEN (a.b0 & 16) <> 0 THEN 1 ELSE 0 END = 1 THEN coalesce(a.missing_2 % 16384, -2) ELSE 0 END AS missing_2,
  CASE WHEN CASE WHEN (a.b0 & 128) <> 0 THEN 2 WHEN (a.b0 & 64) <> 0 THEN 1 ELSE 0 END = 1 THEN coalesce(a.missing_3 % 16384, -2) ELSE 0 END AS missing_3,
  CASE WHEN CASE WHEN (a.b0 & 2048) <> 0 THEN 2 WHEN (a.b0 & 1024) <> 0 THEN 1 ELSE 0 END = 1 THEN coalesce(a.missing_5 % 16384, -2) ELSE 0 END AS missing_5,
  CASE WHEN o7.applies = 1 THEN coalesce(a.missing_7 % 16384, -2) ELSE 0 END AS missing_7,
  CASE WHEN CASE WHEN (a.b0 & 131072) <> 0 THEN 2 WHEN (a.b0 & 65536) <> 0 THEN 1 ELSE 0 END = 1 THEN coalesce(a.missing_8 % 16384, -2) ELSE 0 END AS missing_8,
  o7.applies AS owed_7, t7.practice_7, coalesce(t7.unknown_7, 0) AS unknown_7, coalesce(t7.declined_7, 0) AS declined_7
FROM ends_0 e
JOIN applied_0 a ON a.course = e.course
JOIN deeds_0 d ON d.sight = e.sight AND d.weighed_1 = e.weighed_1 AND d.weighed_4 = e.weighed_4 AND d.weighed_5 = e.weighed_5 AND d.weighed_9 = e.weighed_9
JOIN manners_0 m ON coalesce(m.practice_0, '') = coalesce(d.practice_0, '') AND coalesce(m.unknown_0, -99) = coalesce(d.unknown_0, -99) AND coalesce(m.declined_0, -99) = coalesce(d.declined_0, -99) AND coalesce(m.practice_1, '') = coalesce(d.practice_1, '') AND coalesce(m.unknown_1, -99) = coalesce(d.unknown_1, -99) AND coalesce(m.declined_1, -99) = coalesce(d.declined_1, -99) AND coalesce(m.practice_2, '') = coalesce(d.practice_2, '') AND coalesce(m.unknown_2, -99) = coalesce(d.unknown_2, -99) AND coalesce(m.declined_2, -99) = coalesce(d.declined_2, -99) AND coalesce(m.practice_3, '') = coalesce(d.practice_3, '') AND coalesce(m.unknown_3, -99) = coalesce(d.unknown_3, -99) AND coalesce(m.declined_3, -99) = coalesce(d.declined_3, -99) AND coalesce(m.practice_4, '') = coalesce(d.practice_4, '') AND coalesce(m.unknown_4, -99) = coalesce(d.unknown_4, -99) AND coalesce(m.declined_4, -99) = coalesce(d.declined_4, -99) AND coalesce(m.practice_5, '') = coalesce(d.practice_5, '') AND coalesce(m.unknown_5, -99) = coalesce(d.unknown_5, -99) AND coalesce(m.declined_5, -99) = coalesce(d.declined_5, -99) AND coalesce(m.practice_6, '') = coalesce(d.practice_6, '') AND coalesce(m.unknown_6, -99) = coalesce(d.unknown_6, -99) AND coalesce(m.declined_6, -99) = coalesce(d.declined_6, -99) AND coalesce(m.practice_8, '') = coalesce(d.practice_8, '') AND coalesce(m.unknown_8, -99) = coalesce(d.unknown_8, -99) AND coalesce(m.declined_8, -99) = coalesce(d.declined_8, -99) AND coalesce(m.practice_9, '') = coalesce(d.practice_9, '') AND coalesce(m.unknown_9, -99) = coalesce(d.unknown_9, -99) AND coalesce(m.declined_9, -99) = coalesce(d.declined_9, -99)
JOIN owed_0_7 o7 ON o7.course = e.course
JOIN truths_0 t7 ON t7.sight = o7.sight;

-- the different things that were found: many courses come to the same
CREATE TEMPORARY TABLE kinds_of_0 AS
SELECT row_number() OVER (ORDER BY manner, cut, b0, missing_0, missing_2, missing_3, missing_5, missing_7, missing_8, owed_7, practice_7, unknown_7, declined_7) * 1 + 1 AS outcome, k.* FROM (
  SELECT DISTINCT manner, cut, b0, missing_0, missing_2, missing_3, missing_5, missing_7, missing_8, owed_7, practice_7, unknown_7, declined_7 FROM found_0
) k;

-- each of them recommendation by recommendation: whether it applied, what was done
CREATE TEMPORARY TABLE findings_0 AS
SELECT f.*,
  CASE WHEN f.applies_0 > 0 THEN f.done_0 END AS practice_0,
  CASE WHEN f.applies_1 > 0 THEN f.done_1 END AS practice_1,
  CASE WHEN f.applies_2 > 0 THEN f.done_2 END AS practice_2,
  CASE WHEN f.applies_3 > 0 THEN f.done_3 END AS practice_3,
  CASE WHEN f.applies_4 > 0 THEN f.done_4 END AS practice_4,
  CASE WHEN f.applies_5 > 0 THEN f.done_5 END AS practice_5,
  CASE WHEN f.applies_6 > 0 THEN f.done_6 END AS practice_6,
  CASE WHEN f.applies_7 > 0 THEN f.done_7 END AS practice_7,
  CASE WHEN f.applies_8 > 0 THEN f.done_8 END AS practice_8,
  CASE WHEN f.applies_9 > 0 THEN f.done_9 END AS practice_9
FROM (
  SELECT k.outcome, k.cut,
    CASE WHEN (k.b0 & 2) <> 0 THEN 2 WHEN (k.b0 & 1) <> 0 THEN 1 ELSE 0 END AS applies_0, k.missing_0 AS missing_0, m.practice_0 AS done_0,
    m.unknown_0, m.declined_0,
    CASE WHEN (k.b0 & 2) <> 0 THEN 2 WHEN (k.b0 & 1) <> 0 THEN 1 ELSE 0 END AS applies_1, k.missing_0 AS missing_1, m.practice_1 AS done_1,
    m.unknown_1, m.declined_1,
    CASE WHEN (k.b0 & 32) <> 0 THEN 2 WHEN (k.b0 & 16) <> 0 THEN 1 ELSE 0 END AS applies_2, k.missing_2 AS missing_2, m.practice_2 AS done_2,
    m.unknown_2, m.declined_2,
    CASE WHEN (k.b0 & 128) <> 0 THEN 2 WHEN (k.b0 & 64) <> 0 THEN 1 ELSE 0 END AS applies_3, k.missing_3 AS missing_3, m.practice_3 AS done_3,
    m.unknown_3, m.declined_3,
    CASE WHEN (k.b0 & 2) <> 0 THEN 2 WHEN (k.b0 & 1) <> 0 THEN 1 ELSE 0 END AS applies_4, k.missing_0 AS missing_4, m.practice_4 AS done_4,
    m.unknown_4, m.declined_4,
    CASE WHEN (k.b0 & 2048) <> 0 THEN 2 WHEN (k.b0 & 1024) <> 0 THEN 1 ELSE 0 END AS applies_5, k.missing_5 AS missing_5, m.practice_5 AS done_5,
    m.unknown_5, m.declined_5,
    CASE WHEN (k.b0 & 2) <> 0 THEN 2 WHEN (k.b0 & 1) <> 0 THEN 1 ELSE 0 END AS applies_6, k.missing_0 AS missing_6, m.practice_6 AS done_6,
    m.unknown_6, m.declined_6,
    k.owed_7 AS applies_7, k.missing_7 AS missing_7, k.practice_7 AS done_7,
    k.unknown_7, k.declined_7,
    CASE WHEN (k.b0 & 131072) <> 0 THEN 2 WHEN (k.b0 & 65536) <> 0 THEN 1 ELSE 0 END AS applies_8, k.missing_8 AS missing_8, m.practice_8 AS done_8,
    m.unknown_8, m.declined_8,
    CASE WHEN (k.b0 & 2) <> 0 THEN 2 WHEN (k.b0 & 1) <> 0 THEN 1 ELSE 0 END AS applies_9, k.missing_0 AS missing_9, m.practice_9 AS done_9,
    m.unknown_9, m.declined_9
  FROM kinds_of_0 k JOIN manners_0 m ON m.manner = k.manner
) f;

-- which of them each course came to; the first where it was asked on no day
CREATE TEMPORARY TABLE came_to_0 AS
SELECT r.episode, r.reading, r.pid, k.outcome
FROM reads_0 r JOIN found_0 f ON f.course = r.course
JOIN kinds_of_0 k ON k.manner = f.manner AND k.cut = f.cut AND k.b0 = f.b0 AND k.missing_0 = f.missing_0 AND k.missing_2 = f.missing_2 AND k.missing_3 = f.missing_3 AND k.missing_5 = f.missing_5 AND k.missing_7 = f.missing_7 AND k.missing_8 = f.missing_8 AND k.owed_7 = f.owed_7 AND k.practice_7 = f.practice_7 AND k.unknown_7 = f.unknown_7 AND k.declined_7 = f.declined_7
UNION ALL SELECT r.episode, r.reading, r.pid, 1 FROM reads_0 r WHERE r.read < r.first OR r.never_open;

-- whether each group of signs was asked for, on the day read; whoever had a sign may owe another answer
CREATE TEMPORARY TABLE gates_0 AS
SELECT r.episode, r.pid, CASE WHEN (s.settled & 1) <> 0 AND CASE WHEN (t.y0 & 17592186044416) <> 0 THEN 2 WHEN (t.u0 & 17592186044416) <> 0 THEN 1 ELSE 0 END = 0 AND (s.settled & 2) <> 0 AND CASE WHEN (t.y0 & 211106232532992) <> 0 THEN 2 WHEN (t.u0 & 211106232532992) <> 0 THEN 1 ELSE 0 END = 0 THEN 'no' ELSE 'not asked' END AS gate,
  CASE WHEN (t.y0 & 35184372088832) <> 0 THEN 2 WHEN (t.u0 & 35184372088832) <> 0 THEN 1 ELSE 0 END > 0 OR w.pid IS NOT NULL AS raised
FROM reads_0 r JOIN looks l ON l.ask = r.ask JOIN sights t ON t.sight = l.sight
JOIN (
  SELECT x.ask, bit_or(CASE x.grp WHEN 0 THEN 1 WHEN 1 THEN 2 END) AS settled FROM (
    SELECT s.ask, c.grp FROM seen s JOIN contents c ON c.content = s.content WHERE s.leg = 0 AND s.look = 'settled' AND s.inside = 2
    UNION ALL SELECT n.ask, v.grp FROM newest n JOIN values_of_signs v ON v.content = n.content WHERE v.leg = 0 AND n.says = 0 AND n.of_episode
  ) x GROUP BY x.ask
) s ON s.ask = r.ask
LEFT JOIN (
  SELECT DISTINCT w.pid FROM wanted w JOIN legs q ON q.g = w.g
  WHERE q.leg = 0 AND w.warns AND NOT w.negated AND w.look = 'recorded'
) w ON w.pid = r.pid
WHERE r.reading = 0;

-- whom SQL cannot decide exactly, and why: they go through the evaluator of one patient
CREATE TEMPORARY TABLE doubts AS
SELECT DISTINCT d.pid, d.why FROM (
  SELECT pid, why FROM doubted_episodes
  UNION ALL SELECT w.pid, 'acts to be counted' FROM wanted w
  WHERE w.look = 'repeated' AND w.status <> 'negated' AND (w.first <> w.last OR w.kind = 'order' OR w.of IS NOT NULL)
  UNION ALL SELECT pid, 'values of an uncertain day' FROM doubted_values
  UNION ALL SELECT pid, why FROM doubted_acts
  UNION ALL SELECT g.pid, 'an older question of a warning sign' FROM gates_0 g WHERE g.gate = 'no' AND g.raised
) d;

-- one row an episode
CREATE TEMPORARY TABLE episode_rows AS
SELECT e.episode AS number, q.id AS guideline, w.id AS patient, e.first AS episode, CAST(e.ordinal AS INTEGER) AS ordinal,
  coalesce(e.given_first, e.floor) AS onset_first, e.onset_last, e.given_first IS NOT NULL AS given, e.horizon, x.ended,
  CASE WHEN x.sign IS NOT NULL THEN 'yes' ELSE coalesce(g.gate, 'not asked') END AS gate, k.month,
  CASE WHEN w.birth_first > e.first THEN NULL WHEN CAST(floor((k.months - b1.months - CASE WHEN least(b1.place, k.length) > k.place THEN 1 ELSE 0 END) / 12.0) AS INTEGER) = CAST(floor((k.months - b2.months - CASE WHEN least(b2.place, k.length) > k.place THEN 1 ELSE 0 END) / 12.0) AS INTEGER) THEN CAST(floor((k.months - b1.months - CASE WHEN least(b1.place, k.length) > k.place THEN 1 ELSE 0 END) / 12.0) AS INTEGER) END AS age,
  w.sex, w.place, coalesce(u.unit, '') AS unit
FROM followed e
JOIN legs q ON q.leg = e.leg
JOIN people w ON w.pid = e.pid
JOIN calendar k ON k.day = e.first
LEFT JOIN calendar b1 ON b1.day = w.birth_first
LEFT JOIN calendar b2 ON b2.day = least(w.birth_last, e.first)
LEFT JOIN units u ON u.g = e.g AND u.pid = e.pid AND u.chain = e.chain AND u.place = 1
JOIN (
  SELECT r.episode, r.ended, r.sign FROM reads_0 r WHERE r.reading = 0
) x ON x.episode = e.episode
LEFT JOIN (
  SELECT g.episode, g.gate FROM gates_0 g
) g ON g.episode = e.episode
WHERE e.pid NOT IN (SELECT pid FROM doubts);

-- what the recommendations of a guideline came to, wherever they came to the same
CREATE TEMPORARY TABLE outcome_rows AS
SELECT x.outcome, x.recommendation, x.applies, x.practice, x.declined, x.alternative, x.incomplete, n.name AS missing
FROM (
  SELECT 0 AS leg, f.outcome, 'slow-sips' AS recommendation, f.applies_0 AS applies,
    f.practice_0 AS practice, (f.practice_0 = 'followed' AND f.declined_0 = 2) IS TRUE AS declined, FALSE AS alternative,
    f.cut AND coalesce(f.practice_0, 'unknown') NOT IN ('followed', 'unknown') AS incomplete,
    CASE WHEN f.applies_0 = 1 THEN f.missing_0
      WHEN f.practice_0 = 'unknown' THEN f.unknown_0 END AS missing
  FROM findings_0 f
  UNION ALL SELECT 0, 1, 'slow-sips', 0, NULL, FALSE, FALSE, FALSE, NULL
  UNION ALL SELECT 0 AS leg, f.outcome, 'upside-down' AS recommendation, f.applies_1 AS applies,
    f.practice_1 AS practice, FALSE AS declined, FALSE AS alternative,
    f.cut AND coalesce(f.practice_1, 'unknown') NOT IN ('departed', 'unknown') AS incomplete,
    CASE WHEN f.applies_1 = 1 THEN f.missing_1
      WHEN f.practice_1 = 'unknown' THEN f.unknown_1 END AS missing
  FROM findings_0 f
  UNION ALL SELECT 0, 1, 'upside-down', 0, NULL, FALSE, FALSE, FALSE, NULL
  UNION ALL SELECT 0 AS leg, f.outcome, 'hum-or-count' AS recommendation, f.applies_2 AS applies,
    f.practice_2 AS practice, (f.practice_2 = 'followed' AND f.declined_2 = 2) IS TRUE AS declined, FALSE AS alternative,
    f.cut AND coalesce(f.practice_2, 'unknown') NOT IN ('followed', 'unknown') AS incomplete,
    CASE WHEN f.applies_2 = 1 THEN f.missing_2
      WHEN f.practice_2 = 'unknown' THEN f.unknown_2 END AS missing
  FROM findings_0 f
  UNION ALL SELECT 0, 1, 'hum-or-count', 0, NULL, FALSE, FALSE, FALSE, NULL
  UNION ALL SELECT 0 AS leg, f.outcome, 'hum-and-tap' AS recommendation, f.applies_3 AS applies,
    f.practice_3 AS practice, FALSE AS declined, FALSE AS alternative,
    f.cut AND coalesce(f.practice_3, 'unknown') NOT IN ('followed', 'unknown') AS incomplete,
    CASE WHEN f.applies_3 = 1 THEN f.missing_3
      WHEN f.practice_3 = 'unknown' THEN f.unknown_3 END AS missing
  FROM findings_0 f
  UNION ALL SELECT 0, 1, 'hum-and-tap', 0, NULL, FALSE, FALSE, FALSE, NULL
  UNION ALL SELECT 0 AS leg, f.outcome, 'tickling' AS recommendation, f.applies_4 AS applies,
    f.practice_4 AS practice, FALSE AS declined, FALSE AS alternative,
    f.cut AND coalesce(f.practice_4, 'unknown') NOT IN ('departed', 'unknown') AS incomplete,
    CASE WHEN f.applies_4 = 1 THEN f.missing_4
      WHEN f.practice_4 = 'unknown' THEN f.unknown_4 END AS missing
  FROM findings_0 f
  UNION ALL SELECT 0, 1, 'tickling', 0, NULL, FALSE, FALSE, FALSE, NULL
  UNION ALL SELECT 0 AS leg, f.outcome, 'startle' AS recommendation, f.applies_5 AS applies,
    f.practice_5 AS practice, FALSE AS declined, FALSE AS alternative,
    f.cut AND coalesce(f.practice_5, 'unknown') NOT IN ('departed', 'unknown') AS incomplete,
    CASE WHEN f.applies_5 = 1 THEN f.missing_5
      WHEN f.practice_5 = 'unknown' THEN f.unknown_5 END AS missing
  FROM findings_0 f
  UNION ALL SELECT 0, 1, 'startle', 0, NULL, FALSE, FALSE, FALSE, NULL
  UNION ALL SELECT 0 AS leg, f.outcome, 'sit-out' AS recommendation, f.applies_6 AS applies,
    f.practice_6 AS practice, FALSE AS declined, FALSE AS alternative,
    f.cut AND coalesce(f.practice_6, 'unknown') NOT IN ('unknown') AS incomplete,
    CASE WHEN f.applies_6 = 1 THEN f.missing_6
      WHEN f.practice_6 = 'unknown' THEN f.unknown_6 END AS missing
  FROM findings_0 f
  UNION ALL SELECT 0, 1, 'sit-out', 0, NULL, FALSE, FALSE, FALSE, NULL
  UNION ALL SELECT 0 AS leg, f.outcome, 'dance-lesson' AS recommendation, f.applies_7 AS applies,
    f.practice_7 AS practice, FALSE AS declined, FALSE AS alternative,
    f.cut AND coalesce(f.practice_7, 'unknown') NOT IN ('departed', 'followed', 'unknown') AS incomplete,
    CASE WHEN f.applies_7 = 1 THEN f.missing_7
      WHEN f.practice_7 = 'unknown' THEN f.unknown_7 END AS missing
  FROM findings_0 f
  UNION ALL SELECT 0, 1, 'dance-lesson', 0, NULL, FALSE, FALSE, FALSE, NULL
  UNION ALL SELECT 0 AS leg, f.outcome, 'beard-combing' AS recommendation, f.applies_8 AS applies,
    f.practice_8 AS practice, (f.practice_8 = 'followed' AND f.declined_8 = 2) IS TRUE AS declined, FALSE AS alternative,
    f.cut AND coalesce(f.practice_8, 'unknown') NOT IN ('followed', 'unknown') AS incomplete,
    CASE WHEN f.applies_8 = 1 THEN f.missing_8
      WHEN f.practice_8 = 'unknown' THEN f.unknown_8 END AS missing
  FROM findings_0 f
  UNION ALL SELECT 0, 1, 'beard-combing', 0, NULL, FALSE, FALSE, FALSE, NULL
  UNION ALL SELECT 0 AS leg, f.outcome, 'encore' AS recommendation, f.applies_9 AS applies,
    f.practice_9 AS practice, FALSE AS declined, FALSE AS alternative,
    f.cut AND coalesce(f.practice_9, 'unknown') NOT IN ('departed', 'unknown') AS incomplete,
    CASE WHEN f.applies_9 = 1 THEN f.missing_9
      WHEN f.practice_9 = 'unknown' THEN f.unknown_9 END AS missing
  FROM findings_0 f
  UNION ALL SELECT 0, 1, 'encore', 0, NULL, FALSE, FALSE, FALSE, NULL
) x LEFT JOIN names n ON n.leg = x.leg AND n.leaf = x.missing;

-- what each episode of the rest came to, in both readings
CREATE TEMPORARY TABLE course_rows AS
SELECT x.episode AS number, CASE WHEN z.reading = 0 THEN 'strict' ELSE 'assumed' END AS reading, x.outcome
FROM (
  SELECT c.episode, c.reading, c.pid, c.outcome FROM came_to_0 c
) x
JOIN (SELECT episode, max(reading) AS readings FROM courses GROUP BY episode) c ON c.episode = x.episode
JOIN readings z ON z.reading = x.reading OR c.readings = 0
WHERE x.pid NOT IN (SELECT pid FROM doubts);
