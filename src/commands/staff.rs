//! `loes staff`: accounts of those who work at a loket.

use std::process::ExitCode;

use jiff::Timestamp;

use super::cli::StaffCommand;
use super::{Failure, Outcome, keeping, read_sources, say, today};
use crate::clock::{Clock as _, SystemClock};
use crate::config::Settings;
use crate::content::Library;
use crate::domain::{MailAddress, MailId, Role, Slug, Staff};
use crate::mail::{RESET_WORKS_FOR, reset_address};
use crate::store::{Action, Invitation, Store, StoreError};

/// From where, as the log tells it of what is done on the server itself.
const ORIGIN: &str = "opdrachtregel";

pub(super) fn run(settings: &Settings, what: StaffCommand) -> Outcome {
    keeping::with_store(settings, async |store| match what {
        StaffCommand::Invite { loket, role } => invite(settings, &store, &loket, &role).await,
        StaffCommand::List => list(&store).await,
        StaffCommand::Disable { mail } => disable(&store, &mail).await,
        StaffCommand::Reset { mail, by_mail, app } => {
            reset(settings, &store, &mail, by_mail, app).await
        }
    })
}

async fn invite(settings: &Settings, store: &Store, loket: &str, role: &str) -> Outcome {
    let library = Library::parse(&read_sources(settings)?, today()).library;
    let loket = Slug::parse(loket)
        .ok()
        .filter(|slug| library.loket(slug.as_str()).is_some());
    let loket = loket.ok_or_else(|| Failure::new("dit loket staat niet in content/loketten"))?;
    let role = Role::parse(role).ok_or_else(|| {
        Failure::new("de rol is medewerker, redacteur, beheerder, partner of raad")
    })?;
    let invitation = Invitation {
        role,
        loket: Some(loket),
    };
    let (base_url, now) = (&settings.site.base_url, SystemClock.now());
    let link = keeping::invite(store, &invitation, base_url, now)
        .await
        .map_err(Failure::new)?;
    say(format_args!(
        "Deze link werkt een keer, 7 dagen lang:\n{link}"
    ));
    Ok(ExitCode::SUCCESS)
}

async fn list(store: &Store) -> Outcome {
    for staff in store.all_staff().await.map_err(Failure::new)? {
        say(format_args!(
            "{}\t{}\t{}\t{}{}{}",
            staff.loket,
            staff.role.slug(),
            staff.name,
            staff.mail.as_str(),
            if staff.second_factor {
                ""
            } else {
                "\tzonder app"
            },
            if staff.disabled { "\tafgesloten" } else { "" },
        ));
    }
    Ok(ExitCode::SUCCESS)
}

/// The account with this address.
async fn known(store: &Store, mail: &str) -> Result<Staff, Failure> {
    let unknown = || Failure::new("er is geen account met dit mailadres");
    let mail = MailAddress::parse(mail).ok_or_else(unknown)?;
    let known = store.credentials(&mail).await.map_err(Failure::new)?;
    Ok(known.ok_or_else(unknown)?.staff)
}

async fn reset(
    settings: &Settings,
    store: &Store,
    mail: &str,
    by_mail: bool,
    app: bool,
) -> Outcome {
    let staff = known(store, mail).await?;
    if staff.disabled {
        return Err(Failure::new("dit account is afgesloten"));
    }
    let now = SystemClock.now();
    let id = add_reset(store, &staff, by_mail, app, now)
        .await
        .map_err(Failure::new)?;
    if by_mail {
        say(format_args!(
            "De link gaat per mail naar {}, zodra ‘loes serve’ of ‘loes work’ draait.",
            staff.mail.as_str()
        ));
    } else {
        let key = store.keys().link_key(&id.to_string());
        let link = reset_address(&settings.site.base_url, &key);
        say(format_args!(
            "Deze link werkt een keer, {RESET_WORKS_FOR} lang:\n{link}"
        ));
    }
    Ok(ExitCode::SUCCESS)
}

async fn add_reset(
    store: &Store,
    staff: &Staff,
    by_mail: bool,
    app: bool,
    now: Timestamp,
) -> Result<MailId, StoreError> {
    let mut tx = store.write().await?;
    let id = tx.add_reset(staff.id, app, now).await?;
    if by_mail {
        tx.mail_reset(id, staff, now).await?;
    }
    tx.log(staff, Action::PasswordLink, &[], true, ORIGIN, now)
        .await?;
    tx.commit().await?;
    Ok(id)
}

async fn disable(store: &Store, mail: &str) -> Outcome {
    let known = known(store, mail).await?;
    let mut tx = store.write().await.map_err(Failure::new)?;
    tx.disable_staff(&known, known.id, ORIGIN, SystemClock.now())
        .await
        .map_err(Failure::new)?;
    tx.commit().await.map_err(Failure::new)?;
    say(format_args!(
        "{} kan niet meer inloggen; wat opgepakt was, ligt weer in het postvak.",
        known.name
    ));
    Ok(ExitCode::SUCCESS)
}
