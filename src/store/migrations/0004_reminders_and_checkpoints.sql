-- Of what a loket was reminded by mail: of which questions, and on which days.

CREATE TABLE reminder (
    loket TEXT NOT NULL,
    kind TEXT NOT NULL,
    day TEXT NOT NULL, -- one mail of a kind a day: of two workers the second finds this row
    PRIMARY KEY (loket, kind, day)
);

CREATE TABLE reminded (
    question TEXT NOT NULL REFERENCES question (id) ON DELETE CASCADE,
    kind TEXT NOT NULL,
    due BIGINT NOT NULL, -- of the question at the time: another one counts anew
    day TEXT NOT NULL, -- the last
    times BIGINT NOT NULL,
    PRIMARY KEY (question, kind)
);

ALTER TABLE outbox ADD COLUMN addressee TEXT REFERENCES staff (id) ON DELETE CASCADE; -- empty: the loket or the parent
ALTER TABLE outbox ADD COLUMN address TEXT; -- sealed; only until the mail is sent or given up
ALTER TABLE outbox ADD COLUMN form TEXT; -- the form that asked for it: sent twice, it is one mail
CREATE UNIQUE INDEX outbox_form ON outbox (form);

CREATE TABLE audit_start (
    loket TEXT NOT NULL PRIMARY KEY,
    seq BIGINT NOT NULL, -- of the last row that is gone because its term is over
    mac TEXT NOT NULL, -- of that row: the first that is kept hangs on it
    seal TEXT NOT NULL -- over both
);
CREATE INDEX audit_at ON audit (loket, at);
