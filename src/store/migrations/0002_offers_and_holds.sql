-- What happens to a question besides an answer: it is offered to another loket, kept because it has to
-- be, or known to be more than a question.

ALTER TABLE question ADD COLUMN held BIGINT; -- until when it is kept, whoever asks to erase it
ALTER TABLE question ADD COLUMN withdrawn BIGINT; -- when the parent asked to erase it while it was held
ALTER TABLE question ADD COLUMN formal TEXT; -- a complaint, an application or a request for inspection
ALTER TABLE question ADD COLUMN formal_at BIGINT; -- when staff said so

CREATE TABLE hold (
    question TEXT NOT NULL PRIMARY KEY REFERENCES question (id) ON DELETE CASCADE,
    staff TEXT NOT NULL,
    name TEXT NOT NULL,
    at BIGINT NOT NULL,
    reason TEXT NOT NULL -- sealed
);

CREATE TABLE offer (
    id TEXT NOT NULL PRIMARY KEY,
    question TEXT NOT NULL UNIQUE REFERENCES question (id) ON DELETE CASCADE, -- to one loket at a time
    loket TEXT NOT NULL, -- to which
    staff TEXT NOT NULL,
    name TEXT NOT NULL,
    at BIGINT NOT NULL,
    reason TEXT NOT NULL -- sealed
);
CREATE INDEX offer_loket ON offer (loket, id);

CREATE TABLE transfer (
    id TEXT NOT NULL PRIMARY KEY, -- that of the offer that was accepted
    question TEXT NOT NULL REFERENCES question (id) ON DELETE CASCADE,
    at BIGINT NOT NULL,
    giver TEXT NOT NULL,
    taker TEXT NOT NULL
);
CREATE INDEX transfer_question ON transfer (question, id);
