-- What colleagues need besides questions: a way back in, days away, and texts they use often.

ALTER TABLE staff ADD COLUMN signed_in BIGINT; -- the last time
ALTER TABLE staff ADD COLUMN away TEXT; -- up to and including this day, as 2026-11-22

ALTER TABLE question ADD COLUMN tended BIGINT; -- when who has it last did something on it

-- The key in the link is made of the id by a keyed MAC: whoever reads this table has no link.
CREATE TABLE password_reset (
    mail TEXT NOT NULL PRIMARY KEY, -- the id of the mail that brings the link, if one does
    staff TEXT NOT NULL REFERENCES staff (id) ON DELETE CASCADE,
    drops_app BIGINT NOT NULL, -- using it ends the second factor too
    expires BIGINT NOT NULL
);
CREATE INDEX password_reset_staff ON password_reset (staff);

CREATE TABLE phrase (
    id TEXT NOT NULL PRIMARY KEY,
    loket TEXT NOT NULL,
    form TEXT NOT NULL UNIQUE, -- the form that sent it: sent twice, it is kept once
    title TEXT NOT NULL, -- sealed
    text TEXT NOT NULL, -- sealed
    version BIGINT NOT NULL
);
CREATE INDEX phrase_loket ON phrase (loket, id);
