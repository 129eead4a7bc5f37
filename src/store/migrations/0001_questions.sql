-- Portable SQL: TEXT and BIGINT alone. Moments are microseconds UTC, ids UUIDs of version 7, yes and
-- no are 1 and 0, what is sealed is base64 text. Words of parents and staff stand only in sealed columns.

CREATE TABLE meta (
    name TEXT NOT NULL PRIMARY KEY,
    value TEXT NOT NULL
);

CREATE TABLE staff (
    id TEXT NOT NULL PRIMARY KEY,
    name TEXT NOT NULL,
    mail TEXT NOT NULL,
    sign_in TEXT NOT NULL UNIQUE, -- the mail address in lower case
    role TEXT NOT NULL,
    loket TEXT NOT NULL,
    password TEXT NOT NULL, -- PHC string
    totp TEXT, -- sealed
    totp_step BIGINT NOT NULL, -- the last 30-second step that was used
    created BIGINT NOT NULL,
    disabled BIGINT
);

CREATE TABLE recovery_code (
    digest TEXT NOT NULL PRIMARY KEY,
    staff TEXT NOT NULL REFERENCES staff (id) ON DELETE CASCADE
);

CREATE TABLE invitation (
    digest TEXT NOT NULL PRIMARY KEY, -- of the token in the link
    role TEXT NOT NULL,
    loket TEXT, -- chosen by whom accepts it when empty: the very first
    created BIGINT NOT NULL,
    expires BIGINT NOT NULL
);

CREATE TABLE session (
    digest TEXT NOT NULL PRIMARY KEY, -- of the token in the cookie
    staff TEXT NOT NULL REFERENCES staff (id) ON DELETE CASCADE,
    created BIGINT NOT NULL,
    seen BIGINT NOT NULL
);
CREATE INDEX session_staff ON session (staff);

CREATE TABLE question (
    id TEXT NOT NULL PRIMARY KEY,
    lookup TEXT NOT NULL UNIQUE, -- HMAC of the receipt code
    body TEXT NOT NULL, -- HMAC of the form as it was sent
    key TEXT NOT NULL, -- the key of this question, wrapped
    contact TEXT NOT NULL, -- sealed
    loket TEXT NOT NULL,
    state TEXT NOT NULL,
    owner TEXT REFERENCES staff (id),
    channel TEXT NOT NULL,
    audience TEXT NOT NULL,
    age TEXT,
    calm BIGINT NOT NULL, -- 0: its words call for help at once, so that those sort first
    created BIGINT NOT NULL,
    due BIGINT NOT NULL,
    closed BIGINT,
    helped BIGINT,
    version BIGINT NOT NULL
);
CREATE INDEX question_inbox ON question (loket, state, calm, due, id);
CREATE INDEX question_closed ON question (loket, id) WHERE state = 'gesloten';
CREATE INDEX question_owner ON question (owner, loket, state, calm, due, id) WHERE owner IS NOT NULL;

CREATE TABLE message (
    id TEXT NOT NULL PRIMARY KEY,
    question TEXT NOT NULL REFERENCES question (id) ON DELETE CASCADE,
    nr BIGINT NOT NULL, -- 0: the question itself; clocks differ, this does not
    form TEXT NOT NULL UNIQUE, -- the form that sent it: sent twice, it is kept once
    staff TEXT, -- empty: who asks
    name TEXT,
    at BIGINT NOT NULL,
    text TEXT NOT NULL -- sealed
);
CREATE INDEX message_question ON message (question, nr);

CREATE TABLE note (
    id TEXT NOT NULL PRIMARY KEY,
    question TEXT NOT NULL REFERENCES question (id) ON DELETE CASCADE,
    staff TEXT NOT NULL,
    name TEXT NOT NULL,
    at BIGINT NOT NULL,
    text TEXT NOT NULL -- sealed
);
CREATE INDEX note_question ON note (question, id);

CREATE TABLE draft (
    question TEXT NOT NULL REFERENCES question (id) ON DELETE CASCADE,
    staff TEXT NOT NULL REFERENCES staff (id) ON DELETE CASCADE,
    saved BIGINT NOT NULL,
    text TEXT NOT NULL, -- sealed
    PRIMARY KEY (question, staff)
);

CREATE TABLE outbox (
    id TEXT NOT NULL PRIMARY KEY,
    kind TEXT NOT NULL,
    question TEXT REFERENCES question (id) ON DELETE CASCADE,
    loket TEXT NOT NULL,
    due BIGINT NOT NULL, -- when it is tried next
    taken BIGINT, -- until when a worker has it
    attempts BIGINT NOT NULL,
    sent BIGINT,
    refused BIGINT, -- given up; staff see it
    problem TEXT -- the last one: never an address
);
CREATE INDEX outbox_due ON outbox (due, id) WHERE sent IS NULL AND refused IS NULL;
CREATE INDEX outbox_refused ON outbox (loket, refused) WHERE refused IS NOT NULL;
CREATE INDEX outbox_question ON outbox (question);

CREATE TABLE audit (
    loket TEXT NOT NULL,
    seq BIGINT NOT NULL,
    at BIGINT NOT NULL,
    staff TEXT NOT NULL,
    action TEXT NOT NULL,
    question TEXT NOT NULL,
    result TEXT NOT NULL,
    origin TEXT NOT NULL,
    mac TEXT NOT NULL,
    PRIMARY KEY (loket, seq)
);

CREATE TABLE audit_head (
    loket TEXT NOT NULL PRIMARY KEY,
    seq BIGINT NOT NULL,
    mac TEXT NOT NULL, -- of the last row
    seal TEXT NOT NULL -- over both: a chain that is cut short has none
);

CREATE TABLE counter (
    month TEXT NOT NULL,
    loket TEXT NOT NULL,
    what TEXT NOT NULL,
    value TEXT NOT NULL,
    n BIGINT NOT NULL,
    PRIMARY KEY (month, loket, what, value)
);

CREATE TABLE erasure (
    question TEXT NOT NULL PRIMARY KEY, -- the id of what was erased: a backup that is put back erases it again
    at BIGINT NOT NULL,
    why TEXT NOT NULL,
    lookup TEXT UNIQUE -- for as long as its form may come again: it is not asked a second time
);
