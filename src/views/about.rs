//! What Loes is, what it does with data, and who can use it.

use maud::{Markup, html};

use super::Site;
use super::components::BACKUPS;
use super::layout::{Page, render};

fn text_page(site: &Site<'_>, path: &str, title: &str, description: &str, text: &Markup) -> Markup {
    let main = html! {
        div class="loes-breed loes-pagina" {
            h1 class="utrecht-heading-1" { (title) }
            div class="loes-tekst" { (text) }
        }
    };
    let frame = Page {
        title,
        description,
        canonical: Some(path),
        ..Page::default()
    };
    render(site, &frame, &main)
}

/// What Loes is for.
#[must_use]
pub fn about_page(site: &Site<'_>) -> Markup {
    let text = html! {
        p { "Loes geeft antwoord op vragen over opgroeien en opvoeden. Voor ouders, voor wie een kind verwacht, voor jongeren tot 23 jaar en voor mensen die met kinderen werken." }
        h2 { "Wat doet Loes?" }
        p { "Loes werkt volgens de drie taken van een Centrum voor Jeugd en Gezin." }
        ol {
            li { strong { "Informatie en advies." } " Je typt je vraag in je eigen woorden, dag en nacht. Je krijgt een antwoord waar je vandaag iets mee kunt." }
            li { strong { "Steun." } " Achter Loes zit het Loesloket van je gemeente. Daar denkt een mens met je mee." }
            li { strong { "Eén plan voor je gezin." } " Zijn er meer mensen nodig? Dan maken die samen met jou één samenhangend plan. Eén persoon houdt het overzicht." }
        }
        h2 { "Waar gaan we van uit?" }
        ul {
            li { "Elke ouder heeft weleens een vraag. Vroeg vragen voorkomt dat zorgen groot worden." }
            li { "Jij kent je kind het best. Wij sluiten aan bij wat jij en je omgeving zelf kunnen." }
            li { "Elk gezin is anders. We schrijven voor alle gezinnen." }
        }
        h2 { "Hoe maken we de antwoorden?" }
        p { "We schrijven in gewone taal, op basis van Nederlandse richtlijnen en publieke organisaties. Onder elk antwoord staan de bronnen en de datum waarop we ze lazen. Bij elk antwoord staat of een professional het heeft beoordeeld." }
        p { "Een antwoord van Loes is geen diagnose. Maak je je zorgen over de gezondheid van je kind? Bel dan je huisarts." }
    };
    let description = "Wat Loes is, voor wie, en hoe de antwoorden worden gemaakt.";
    text_page(site, "/over", "Over Loes", description, &text)
}

/// What Loes does with data.
#[must_use]
pub fn privacy_page(site: &Site<'_>) -> Markup {
    let text = html! {
        h2 { "In het kort" }
        ul {
            li { "Je kunt zoeken en lezen zonder te zeggen wie je bent." }
            li { "Deze pagina’s zetten geen cookies en volgen je niet." }
            li { "We laden niets van andere bedrijven: geen lettertypes, geen filmpjes, geen statistieken." }
        }
        h2 { "Wat bewaren we als je zoekt?" }
        p { "De site bewaart je zoekvraag niet en ook niet het adres van je computer of telefoon. In ons logboek staat alleen welke soort pagina is bekeken, hoe lang dat duurde en of het goed ging." }
        p { "Je zoekvraag staat wel in de adresbalk en in de geschiedenis van je eigen browser. Wil je niet dat iemand anders dat ziet? Gebruik dan een privévenster, of wis je geschiedenis. Op pagina’s over onveiligheid staat een knop om de site snel te verlaten." }
        h2 { "En als je een loket zoekt?" }
        p { "Je postcode gebruiken we alleen om je de goede pagina te tonen. Daarna is hij weg." }
        h2 { "En als je een vraag stelt?" }
        p { "Tot je op ‘Verstuur mijn vraag’ drukt, bewaren we niets. Daarna bewaren we:" }
        ul {
            li { "wat je schreef, en wat het loket antwoordde" }
            li { "de leeftijd, wie je zei te zijn, en de vier cijfers van je postcode, als je die gaf" }
            li { "je naam, mailadres of telefoonnummer, alleen als je die gaf" }
        }
        p { "Je woorden, je naam en hoe we je bereiken, staan versleuteld in onze database. Alleen medewerkers van het loket dat je koos, kunnen ze lezen. Hoort je vraag bij een ander Loesloket? Dan kan dat loket hem overnemen; dat zie je bij je vraag. Van elke keer dat iemand je vraag leest, houden we bij wie dat was." }
        p { "We bewaren je vraag tot een aantal dagen nadat zij is afgerond; bij de meeste loketten is dat 90. Bij het versturen staat hoeveel het er bij jouw loket zijn. Daarna wissen we alles. " (BACKUPS) " Met je code kun je je vraag ook zelf intrekken bij "
            a href="/mijn-vraag" { "Mijn vraag" } ". Dan wissen we haar meteen. Alleen als we haar moeten bewaren, bijvoorbeeld bij een klacht, wissen we haar later; we zeggen dan wanneer." }
        p { "Wat we houden zijn aantallen, zoals hoeveel vragen er in een maand waren. Daarin staat niets over jou." }
        h2 { "Vragen over je gegevens?" }
        p { "Je gemeente is verantwoordelijk voor het loket. Op de pagina van "
            a href="/loket" { "je Loesloket" } " staat hoe je de gemeente bereikt." }
    };
    let description =
        "Wat Loes met je gegevens doet: zoeken en lezen gaat zonder naam, cookies of volgen.";
    text_page(site, "/privacy", "Privacy", description, &text)
}

/// Who can use the site, and what is known of that.
#[must_use]
pub fn accessibility_page(site: &Site<'_>) -> Markup {
    let text = html! {
        p { "We willen dat iedereen Loes kan gebruiken: met een telefoon of computer, met een toetsenbord, met een schermlezer, met grote letters of met weinig kleur." }
        h2 { "Wat hebben we daarvoor gedaan?" }
        ul {
            li { "De site werkt zonder JavaScript." }
            li { "Alles is te bedienen met het toetsenbord, en je ziet waar je bent." }
            li { "Teksten zijn in gewone taal geschreven, op niveau B1." }
            li { "De site past zich aan: aan kleine schermen, aan een donker scherm en aan minder beweging." }
        }
        h2 { "Is dat onderzocht?" }
        @match &site.settings.audit_url {
            Some(url) => { p { "Ja. Lees " a href=(url) { "het laatste onderzoek naar de toegankelijkheid" } "." } }
            None => { p { "Nog niet door een onafhankelijke onderzoeker. Daarom zeggen we hier niet dat de site aan alle eisen (WCAG 2.2, niveau AA) voldoet. Bij elke verandering controleren we de site wel automatisch." } }
        }
        h2 { "Werkt iets niet voor jou?" }
        p { "Laat het je gemeente weten, bijvoorbeeld via " a href="/loket" { "je Loesloket" } ". Zeg op welke pagina het was en wat er misging." }
    };
    let description = "Hoe Loes voor iedereen te gebruiken is, en wat daarvan is onderzocht.";
    text_page(
        site,
        "/toegankelijkheid",
        "Toegankelijkheid",
        description,
        &text,
    )
}
