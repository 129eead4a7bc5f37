//! The words of each mail: plain Dutch (B1), short, and telling nothing of what there is to read.

use url::Url;

use super::kind::Kind;
use super::letter::OneTimeLink;

/// What a reader sees.
pub(super) struct Wording {
    pub(super) subject: String,
    pub(super) body: String,
}

/// The words of a mail of `kind`; `link` is there when the kind needs one.
pub(super) fn write(
    kind: Kind,
    base_url: &Url,
    loket_name: &str,
    link: Option<OneTimeLink<'_>>,
) -> Wording {
    let loket = one_line(loket_name);
    let page = |path: &str| format!("{}/{path}", base_url.as_str().trim_end_matches('/'));
    let (address, works_for) = link.map_or((String::new(), String::new()), |link| {
        (link.address.to_owned(), one_line(link.works_for))
    });
    let place = match kind {
        Kind::AnswerReady | Kind::ReturnLink => page("mijn-vraag"),
        Kind::Invitation | Kind::PasswordReset => address,
        Kind::NewQuestion
        | Kind::StillWaiting
        | Kind::Overdue
        | Kind::NearlyErased
        | Kind::StaffNotice => page("loket-werk"),
    };
    let message = message(kind, &loket, &place, &works_for);
    let reach = reach(kind, &page("loket"));
    Wording {
        subject: subject(kind, &loket),
        body: format!("Hallo,\n\n{message}\n\n{reach}\n\n{DO_NOT_REPLY}\n"),
    }
}

const DO_NOT_REPLY: &str = "Antwoord niet op deze mail: niemand leest je antwoord. \
    Schrijf dus ook niets persoonlijks terug.";

/// The subject stands in a list of mails that others may see.
fn subject(kind: Kind, loket: &str) -> String {
    match kind {
        Kind::NewQuestion => format!("Nieuw bij {loket}"),
        Kind::StillWaiting => format!("Er wacht nog iets bij {loket}"),
        Kind::Overdue => format!("Er wacht te lang iets bij {loket}"),
        Kind::NearlyErased => format!("Er wordt binnenkort iets gewist bij {loket}"),
        Kind::AnswerReady => "Er staat iets voor je klaar".to_owned(),
        Kind::ReturnLink => "Zo kom je terug bij Loes".to_owned(),
        Kind::Invitation => "Je uitnodiging voor Loes".to_owned(),
        Kind::PasswordReset => "Kies een nieuw wachtwoord voor Loes".to_owned(),
        Kind::StaffNotice => "Er is een bericht voor je bij Loes".to_owned(),
    }
}

/// What there is to do, with `place` on a line of its own: no mark behind it becomes part of it.
fn message(kind: Kind, loket: &str, place: &str, works_for: &str) -> String {
    match kind {
        Kind::NewQuestion | Kind::StillWaiting | Kind::Overdue | Kind::NearlyErased => {
            let waits = waits(kind, loket);
            format!("{waits}\n\nLees het hier:\n{place}\n\n{NOTHING_INSIDE}")
        }
        Kind::AnswerReady => {
            format!("Er is een bericht voor je. Lees het met je code op deze pagina:\n{place}")
        }
        Kind::ReturnLink => format!(
            "Met je code kun je altijd terugkomen op deze pagina:\n{place}\n\n\
             Je code staat niet in deze mail. Bewaar hem op een plek die je makkelijk vindt."
        ),
        Kind::Invitation => format!(
            "Je bent uitgenodigd om mee te werken bij {loket}. Maak hier je account:\n{place}\n\n\
             {} Werkt hij niet meer? Vraag dan een nieuwe uitnodiging aan je beheerder.\n\n\
             Ken je {loket} niet? Dan hoef je niets te doen.",
            once(works_for)
        ),
        Kind::PasswordReset => format!(
            "Kies hier een nieuw wachtwoord:\n{place}\n\n\
             {}\n\n\
             Heb je hier niet om gevraagd? Dan hoef je niets te doen. \
             Je wachtwoord blijft zoals het is.",
            once(works_for)
        ),
        Kind::StaffNotice => {
            format!("Er is een bericht voor je bij {loket}.\n\nLees het hier:\n{place}")
        }
    }
}

/// What waits for staff.
fn waits(kind: Kind, loket: &str) -> String {
    match kind {
        Kind::StillWaiting => {
            format!("Bij {loket} wacht iemand nog op een reactie. Wil je er vandaag naar kijken?")
        }
        Kind::Overdue => format!(
            "Bij {loket} wacht iemand langer op een reactie dan we hebben beloofd. \
             Wil je er nu naar kijken? Lukt dat niet, vraag dan een collega."
        ),
        Kind::NearlyErased => format!(
            "Bij {loket} wacht iemand al bijna een jaar op een reactie. Komt die er niet, \
             dan wordt alles daarvan binnenkort gewist. Wil je er nu naar kijken?"
        ),
        _ => format!("Er is iets nieuws binnengekomen bij {loket}."),
    }
}

const NOTHING_INSIDE: &str =
    "In deze mail staat niet waar het over gaat. Dat lees je pas als je bent ingelogd.";

fn once(works_for: &str) -> String {
    format!("De link werkt {works_for}, en maar één keer. Geef hem aan niemand anders.")
}

/// How to reach a person; a phone number stays on the page, where it is kept up to date.
fn reach(kind: Kind, loket_page: &str) -> String {
    if kind.is_for_parent() {
        format!(
            "Kun je je code niet vinden, of wil je liever iemand spreken? \
             Hier lees je hoe je ons belt en waar je binnen kunt lopen:\n{loket_page}"
        )
    } else {
        format!(
            "Kom je er niet uit? Vraag het je beheerder. \
             Hier lees je hoe je een loket bereikt:\n{loket_page}"
        )
    }
}

/// `text` on one line: what editors write gets no line, and no header, of its own.
fn one_line(text: &str) -> String {
    text.split(|c: char| c.is_whitespace() || c.is_control())
        .filter(|word| !word.is_empty())
        .collect::<Vec<_>>()
        .join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    const LINK: &str = "https://loes.example/account/abc";

    fn written(kind: Kind) -> Wording {
        written_for(kind, "https://loes.example/", "Loesloket Tubbergen")
    }

    fn written_for(kind: Kind, base: &str, loket: &str) -> Wording {
        let link = kind.needs_link().then_some(OneTimeLink {
            address: LINK,
            works_for: "7 dagen",
        });
        write(kind, &Url::parse(base).expect("a url"), loket, link)
    }

    #[test]
    fn subjects_give_nothing_away() {
        for kind in Kind::ALL {
            let subject = written(kind).subject;
            let low = subject.to_lowercase();
            for told in [
                "kind", "opvoed", "vraag", "antwoord", "code", "ouder", "gezin",
            ] {
                assert!(!low.contains(told), "{kind}: {subject}");
            }
            assert!(subject.chars().count() <= 60, "{subject}");
        }
        assert_eq!(
            written(Kind::AnswerReady).subject,
            "Er staat iets voor je klaar"
        );
    }

    #[test]
    fn each_kind_leads_to_its_page() {
        for kind in Kind::ALL {
            let body = written(kind).body;
            let place = match kind {
                Kind::AnswerReady | Kind::ReturnLink => "https://loes.example/mijn-vraag",
                Kind::Invitation | Kind::PasswordReset => LINK,
                _ => "https://loes.example/loket-werk",
            };
            let addresses: Vec<&str> = body.lines().filter(|l| l.contains("://")).collect();
            assert_eq!(addresses, [place, "https://loes.example/loket"], "{kind}");
        }
    }

    #[test]
    fn every_mail_ends_with_whom_to_reach_and_not_to_reply() {
        for kind in Kind::ALL {
            let body = written(kind).body;
            assert!(body.contains("https://loes.example/loket\n\n"), "{body}");
            assert!(body.contains("niemand leest je antwoord"), "{body}");
            assert!(body.ends_with("niets persoonlijks terug.\n"), "{body}");
            assert!(!body.contains("  "), "{body}");
        }
    }

    #[test]
    fn no_mail_holds_a_phone_number_or_names_what_parents_ask() {
        for kind in Kind::ALL {
            let body = written(kind).body.replace("7 dagen", "");
            assert!(!body.contains(|c: char| c.is_ascii_digit()), "{body}");
            let words = body.replace("/mijn-vraag", "").to_lowercase();
            for told in ["kind", "opvoed", "jeugd", "gezin"] {
                assert!(!words.contains(told), "{kind}: {body}");
            }
        }
    }

    #[test]
    fn a_one_time_link_says_how_long_it_works() {
        for kind in [Kind::Invitation, Kind::PasswordReset] {
            let body = written(kind).body;
            assert!(body.contains("werkt 7 dagen, en maar één keer"), "{body}");
        }
    }

    #[test]
    fn staff_read_at_which_loket_on_one_line() {
        let wording = written_for(
            Kind::NewQuestion,
            "https://loes.example",
            "Loesloket\r\nBcc: a@b.nl\u{0}",
        );
        assert_eq!(wording.subject, "Nieuw bij Loesloket Bcc: a@b.nl");
    }

    #[test]
    fn a_site_below_a_path_keeps_its_path() {
        for base in [
            "https://gemeente.example/loes",
            "https://gemeente.example/loes/",
        ] {
            let body = written_for(Kind::AnswerReady, base, "").body;
            assert!(
                body.contains("https://gemeente.example/loes/mijn-vraag\n"),
                "{body}"
            );
        }
    }
}
