//! Reminds lokets by mail of what waits: never of what it is about.

use std::sync::Arc;
use std::time::Duration;

use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp, ToSpan as _};

use super::retention::FORGOTTEN;
use super::{Shelf, repeat};
use crate::clock::{Clock, dutch_zone};
use crate::domain::working_days::{later_on, works};
use crate::domain::{Loket, Reminder, StaffId};
use crate::store::{Store, StoreError, Waiting};

/// How often it is looked at.
const LOOK_EVERY: Duration = Duration::from_mins(15);

/// From this hour on a desk is reminded.
const FIRST_HOUR: i8 = 8;

/// How many days before they are erased there is word of questions that nobody answers.
const WARNED: i64 = 30;
const WARNED_AGAIN: i64 = 7;

/// Reminds lokets of what waits.
pub struct Reminders {
    store: Arc<Store>,
    shelf: Arc<Shelf>,
    clock: Arc<dyn Clock>,
}

impl Reminders {
    /// Looks in `store`, by the working days of the lokets on the shelf.
    #[must_use]
    pub fn new(store: Arc<Store>, shelf: Arc<Shelf>, clock: Arc<dyn Clock>) -> Self {
        Self {
            store,
            shelf,
            clock,
        }
    }

    /// Looks for as long as the program runs.
    pub async fn run(self) {
        repeat(LOOK_EVERY, "het herinneren", async || self.round().await).await;
    }

    /// Looks once; returns how many reminders were put in the outbox.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn round(&self) -> Result<usize, StoreError> {
        let here = self.clock.now_here();
        let mut reminded = 0;
        if here.hour() < FIRST_HOUR {
            return Ok(reminded);
        }
        let snapshot = self.shelf.snapshot();
        for loket in snapshot.library().lokets() {
            if !works(here.date(), loket.working_days) {
                continue;
            }
            for reminder in Reminder::ALL {
                reminded += usize::from(self.remind(reminder, loket, here.date()).await?);
            }
        }
        Ok(reminded)
    }

    async fn remind(
        &self,
        reminder: Reminder,
        loket: &Loket,
        today: Date,
    ) -> Result<bool, StoreError> {
        let now = self.clock.now();
        let (from, until) = bounds(reminder, loket, today, now);
        let waiting = self.store.waiting(reminder, &loket.slug, from, until);
        let mut waiting = waiting.await?;
        if reminder == Reminder::StillWaiting {
            // What came today is no news: the mail of that is just in.
            waiting.retain(|one| one.said < start_of(today));
        }
        if reminder.is_of_erasure() {
            // What has to be kept is not erased soon.
            waiting.retain(|one| one.held.is_none_or(|held| held < now));
        }
        let calls = |one: &Waiting| {
            let told = one.told;
            reminder.is_on(today, told.day, told.times, loket.working_days)
        };
        // One mail tells of all: what it covers counts, also where it alone was no reason yet.
        if !waiting.iter().any(calls) {
            return Ok(false);
        }
        let colleagues = self.colleagues(reminder, loket).await?;
        let mut tx = self.store.write().await?;
        let told = tx.remind(reminder, &loket.slug, &waiting, &colleagues, now);
        let told = told.await?;
        tx.commit().await?;
        Ok(told)
    }

    /// Who look after the loket, for what only they hear.
    async fn colleagues(
        &self,
        reminder: Reminder,
        loket: &Loket,
    ) -> Result<Vec<StaffId>, StoreError> {
        if !reminder.is_of_erasure() {
            return Ok(Vec::new());
        }
        let staff = self.store.all_staff().await?;
        let managers = staff.iter().filter(|one| one.may_manage(&loket.slug));
        Ok(managers.map(|one| one.id).collect())
    }
}

/// When questions are due that a reminder is of: from the first moment until before the last.
fn bounds(
    reminder: Reminder,
    loket: &Loket,
    today: Date,
    now: Timestamp,
) -> (Timestamp, Timestamp) {
    let days = |days: i64| SignedDuration::from_hours(24 * days);
    // Questions that were due before this are erased; within a week of it is the last call.
    let erased = now - days(FORGOTTEN);
    let last_call = erased + days(WARNED_AGAIN);
    match reminder {
        Reminder::StillWaiting => {
            let next = later_on(today, 1, loket.working_days);
            (now, start_of(next.checked_add(1.day()).unwrap_or(next)))
        }
        Reminder::Overdue => (last_call, now),
        Reminder::Forgotten => (last_call, erased + days(WARNED)),
        Reminder::LastCall => (Timestamp::MIN, last_call),
    }
}

/// The first moment of a day in the Netherlands.
fn start_of(day: Date) -> Timestamp {
    day.to_zoned(dutch_zone())
        .map_or(Timestamp::MIN, |start| start.timestamp())
}
