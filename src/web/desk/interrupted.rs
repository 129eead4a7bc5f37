//! What somebody typed while her session ended. It is sealed into the sign-in page that answers the
//! form, and stands in its place again once the same person has signed in. Nothing of it is kept here,
//! and nobody else gets to see it.

use actix_web::cookie::Cookie;
use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse};
use jiff::{SignedDuration, Timestamp};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use super::signed::{Signed, form_token, origin, who};
use super::{enter, phrases, question};
use crate::domain::{PhraseId, QuestionId, Staff, StaffId};
use crate::secrets::{BearerToken, Keys};
use crate::store::Store;
use crate::views::desk::phrases::Trouble;
use crate::views::desk::question::{self as question_page, Texts};
use crate::views::desk::sign_in::{SignIn, page};
use crate::web::app::App;
use crate::web::errors::{PageError, SignInPage};
use crate::web::respond::see_other;

/// For how long what was typed may wait.
const HOLDS: SignedDuration = SignedDuration::from_mins(30);

/// What the sealed text is for.
const PURPOSE: &str = "typed while a session ended";

/// No more than so many bytes are carried along: sealed they must fit in a form.
const MOST: usize = 40 * 1024;

/// Where text belongs.
enum Target {
    Answer(QuestionId),
    Note(QuestionId),
    Enter,
    Phrase(Option<PhraseId>),
}

impl Target {
    /// The form that is sent to `path`, when text is typed in it that would be a loss.
    fn of(path: &str) -> Option<Self> {
        let parts: Vec<_> = path.strip_prefix("/loket-werk/")?.split('/').collect();
        match parts.as_slice() {
            ["vraag", id, "antwoord" | "voorbeeld" | "concept"] => {
                QuestionId::parse(id).map(Self::Answer)
            }
            ["vraag", id, "notitie"] => QuestionId::parse(id).map(Self::Note),
            ["nieuw"] => Some(Self::Enter),
            ["zinnen"] => Some(Self::Phrase(None)),
            ["zinnen", id] => PhraseId::parse(id).map(|id| Self::Phrase(Some(id))),
            _ => None,
        }
    }
}

/// A form that came too late.
#[derive(Serialize, Deserialize)]
pub(super) struct Interrupted {
    staff: String,
    path: String,
    fields: Vec<(String, String)>,
}

impl Interrupted {
    /// The form in `body`, when one of our pages showed it to somebody, and text was typed in it.
    fn read(keys: &Keys, path: &str, body: &[u8]) -> Option<Self> {
        Target::of(path)?;
        let mut fields: Vec<(String, String)> = serde_urlencoded::from_bytes(body).ok()?;
        let shown_to = fields
            .iter()
            .find(|(name, _)| name == "medewerker")?
            .1
            .clone();
        let staff = StaffId::parse(shown_to.split('.').next()?)?;
        if who(keys, staff) != shown_to {
            return None;
        }
        fields.retain(|(name, _)| name != "medewerker" && name != "teken");
        let typed = |(name, value): &(String, String)| {
            ["tekst", "titel", "vraag"].contains(&name.as_str()) && !value.trim().is_empty()
        };
        fields.iter().any(typed).then(|| Self {
            staff: staff.to_string(),
            path: path.to_owned(),
            fields,
        })
    }

    /// What the sign-in page carries along, while it holds.
    pub(super) fn open(store: &Store, ticket: &str, now: Timestamp) -> Option<Self> {
        let text = store.keys().open_ticket(PURPOSE, ticket, now)?;
        serde_json::from_str(&text).ok()
    }

    fn typed<T: DeserializeOwned>(&self) -> Result<T, PageError> {
        let unreadable = |_| PageError::BadRequest("formulier");
        let body = serde_urlencoded::to_string(&self.fields);
        let body = body.map_err(|_| PageError::BadRequest("formulier"))?;
        serde_urlencoded::from_str(&body).map_err(unreadable)
    }

    /// The page on which it was typed, with it in its place, for `staff` who just signed in; nothing
    /// when somebody else typed it.
    pub(super) async fn back(
        &self,
        (request, app): (&HttpRequest, &App),
        staff: &Staff,
        cookie: &Cookie<'static>,
    ) -> Result<Option<HttpResponse>, PageError> {
        let target = Target::of(&self.path);
        let (Some(target), true) = (target, self.staff == staff.id.to_string()) else {
            return Ok(None);
        };
        if !staff.role.answers() {
            return Ok(None);
        }
        let signed = signed_by(request, app, staff, cookie).await?;
        let page = match self.page(request, app, &signed, target).await {
            // What it was typed on is gone.
            Err(PageError::NotFound) => see_other("/loket-werk").finish(),
            page => page?,
        };
        let mut page = page;
        let added = page.add_cookie(cookie);
        added.map_err(|error| PageError::Internal(error.to_string()))?;
        Ok(Some(page))
    }

    async fn page(
        &self,
        request: &HttpRequest,
        app: &App,
        signed: &Signed,
        target: Target,
    ) -> Result<HttpResponse, PageError> {
        match target {
            Target::Answer(id) | Target::Note(id) => {
                let typed: question::Typed = self.typed()?;
                let text = typed.tekst.as_str();
                let (answer, note) = match target {
                    Target::Note(_) => ("", text),
                    _ => (text, ""),
                };
                let (trouble, texts) = (question_page::Trouble::Back, Texts { answer, note });
                question::shown(request, app, signed, id, Some(trouble), texts).await
            }
            Target::Enter => enter::back(request, app, signed, &self.typed()?),
            Target::Phrase(id) => {
                let typed = self.typed()?;
                phrases::shown(request, app, signed, id, &typed, &[Trouble::Back]).await
            }
        }
    }
}

/// Who is signed in by this new cookie.
async fn signed_by(
    request: &HttpRequest,
    app: &App,
    staff: &Staff,
    cookie: &Cookie<'static>,
) -> Result<Signed, PageError> {
    let store = app.store()?;
    let token = BearerToken::parse(cookie.value()).ok_or(PageError::SignIn)?;
    let digest = token.digest();
    let session = store.session(&digest, app.now()).await?;
    Ok(Signed {
        staff: staff.clone(),
        ends: session.ok_or(PageError::SignIn)?.ends,
        origin: origin(app, request),
        token: form_token(&store, &digest),
        who: who(store.keys(), staff.id),
        digest,
    })
}

/// The answer to a form that came without a session of its own: the sign-in page with what was typed,
/// or `otherwise` when there is nothing to lose.
pub(super) fn sign_in_again(request: &HttpRequest, body: &[u8], otherwise: PageError) -> PageError {
    kept_page(request, body).map_or(otherwise, PageError::SignInAgain)
}

fn kept_page(request: &HttpRequest, body: &[u8]) -> Option<SignInPage> {
    let app = request.app_data::<Data<App>>()?;
    let store = app.store().ok()?;
    let typed = Interrupted::read(store.keys(), request.path(), body)?;
    let text = serde_json::to_string(&typed).ok()?;
    if text.len() > MOST {
        return None;
    }
    let until = app.now() + HOLDS;
    let kept = store
        .keys()
        .issue_ticket(PURPOSE, &text, until, store.random());
    let sign_in = SignIn {
        mail: "",
        kept: &kept,
        refusal: None,
    };
    let page = page(&app.present().site(), &sign_in);
    Some(SignInPage(page.into_string()))
}
