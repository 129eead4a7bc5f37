//! The last step: the question is kept, and the receipt is the answer.

use std::time::Duration;

use actix_web::http::StatusCode;
use jiff::SignedDuration;

use super::receipt::Made;
use super::{Shown, Visit, WRONG};
use crate::domain::{Channel, FormErrors, NewQuestion};
use crate::secrets::{FormToken, ReceiptCode};
use crate::views::ask::Again;
use crate::web::asking::{Kept, has_said, keep, must_wait, takes_questions};
use crate::web::errors::PageError;

/// Nobody fills in a form faster than this.
const FASTEST: SignedDuration = SignedDuration::from_secs(3);

impl Visit<'_> {
    pub(super) async fn send(&mut self) -> Result<Shown, PageError> {
        let lokets = self.present.snapshot.library().lokets();
        let parsed = self.raw.parse(lokets);
        if let Some(receipt) = self.sent_long_ago(&parsed).await? {
            return Ok(receipt);
        }
        let (question, token) = match (parsed, self.judge()) {
            (Ok(question), Ok(token)) => (question, token),
            (parsed, judged) => {
                let errors = parsed.err().unwrap_or_default();
                return Ok(self.details(self.loket().ok(), &errors, judged.err()));
            }
        };
        if let Ok(loket) = self.loket()
            && !takes_questions(self.app, &self.store, loket).await?
        {
            return Ok((WRONG, self.closed(loket).1));
        }
        let code = self.store.keys().receipt_code(token.id());
        if let Some(wait) = must_wait(self.app, &self.store, self.asker, &code).await? {
            return Ok(self.too_many(wait));
        }
        let kept = keep(self.present, &self.store, &question, &code, Channel::Site).await?;
        Ok(if let Some(kept) = kept {
            self.receipt(&code, &kept)
        } else {
            // Withdrawn, and the page loaded anew: only a fresh form asks again.
            self.token = None;
            self.details(
                self.loket().ok(),
                &FormErrors::default(),
                Some(Again::TooOld),
            )
        })
    }

    /// Whether the form is as people send it.
    fn judge(&self) -> Result<FormToken, Again> {
        let token = self.token.ok_or(Again::TooOld)?;
        if !self.sent.website.is_empty() {
            return Err(Again::Odd);
        }
        if token.age(self.app.now()) < FASTEST {
            return Err(Again::TooFast);
        }
        Ok(token)
    }

    /// The receipt of a form that is too old to be taken, but was taken when it was not.
    async fn sent_long_ago(
        &self,
        parsed: &Result<NewQuestion, FormErrors>,
    ) -> Result<Option<Shown>, PageError> {
        let old = self.store.keys().read_form_token(&self.sent.sleutel);
        let Some(old) = old.filter(|_| self.token.is_none()) else {
            return Ok(None);
        };
        let code = self.store.keys().receipt_code(old.id());
        let Some(thread) = self.store.thread_by_code(&code).await? else {
            return Ok(None);
        };
        let is_same = |new: &NewQuestion| {
            has_said(&thread, &new.text)
                && new.contact == thread.contact
                && new.loket == thread.question.loket
        };
        let words = parsed
            .as_ref()
            .map_or(self.raw.text.trim(), |new| &new.text);
        let other = !parsed.as_ref().is_ok_and(is_same);
        let kept = Kept::before(thread, words, other);
        Ok(Some(self.receipt(&code, &kept)))
    }

    /// The form once more, to be sent after `wait`.
    fn too_many(&self, wait: Duration) -> Shown {
        let minutes = wait.as_secs() / 60 + 1;
        let again = Some(Again::TooMany { minutes });
        let form = self.details(self.loket().ok(), &FormErrors::default(), again);
        (StatusCode::TOO_MANY_REQUESTS, form.1)
    }

    fn receipt(&self, code: &ReceiptCode, kept: &Kept) -> Shown {
        let words = if kept.said { "" } else { self.raw.text.trim() };
        let made = Made {
            app: self.app,
            present: self.present,
            store: &self.store,
            code,
            kept,
            safety: &self.safety,
            late: kept.other.then_some(words),
        };
        (StatusCode::OK, made.page("", None))
    }
}
