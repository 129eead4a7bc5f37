//! `loes staff`: accounts of those who work at a loket.

use std::process::ExitCode;

use super::cli::StaffCommand;
use super::{Failure, Outcome, keeping, read_sources, say, today};
use crate::clock::{Clock as _, SystemClock};
use crate::config::Settings;
use crate::content::Library;
use crate::domain::{MailAddress, Role, Slug};
use crate::store::{Invitation, Store};

pub(super) fn run(settings: &Settings, what: StaffCommand) -> Outcome {
    keeping::with_store(settings, async |store| match what {
        StaffCommand::Invite { loket, role } => invite(settings, &store, &loket, &role).await,
        StaffCommand::List => list(&store).await,
        StaffCommand::Disable { mail } => disable(&store, &mail).await,
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

async fn disable(store: &Store, mail: &str) -> Outcome {
    let unknown = || Failure::new("er is geen account met dit mailadres");
    let mail = MailAddress::parse(mail).ok_or_else(unknown)?;
    let known = store
        .credentials(&mail)
        .await
        .map_err(Failure::new)?
        .ok_or_else(unknown)?;
    let mut tx = store.write().await.map_err(Failure::new)?;
    tx.disable_staff(known.staff.id, SystemClock.now())
        .await
        .map_err(Failure::new)?;
    tx.commit().await.map_err(Failure::new)?;
    say(format_args!(
        "{} kan niet meer inloggen; wat opgepakt was, ligt weer in het postvak.",
        known.staff.name
    ));
    Ok(ExitCode::SUCCESS)
}
