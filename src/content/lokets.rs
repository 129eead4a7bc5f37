//! `loketten/<gemeente>.toml`: one file a loket.

use jiff::civil::Date;

use super::facts::read_hours;
use super::node::Node;
use super::problem::Problems;
use super::reader::Reader;
use crate::domain::hours::{parse_day, parse_time};
use crate::domain::spreekuur::SpreekuurException;
use crate::domain::{DaySet, Loket, Partner, PhoneNumber, PostcodeRange, Slug, Spreekuur};

/// The loket of the file whose name is `slug`.
pub(super) fn read_loket(
    slug: Slug,
    root: &Node,
    partners: &[Partner],
    problems: &mut Problems<'_>,
) -> Option<Loket> {
    let mut table = Reader::new(root, problems);
    let name = table.text("naam");
    let municipality = table.text("gemeente");
    let cbs_code = table.parsed("cbs", "een code als GM0183", parse_cbs_code);
    let postcodes = table.parsed_list("postcodes", "7601-7611 of 7627", PostcodeRange::parse);
    let example = table.truth("voorbeeld").unwrap_or(false);
    let working_days = table.parsed("werkdagen", "dagen als ma-vr", DaySet::parse);
    let slots = table.nodes("bereikbaar");
    let answer_days = table.parsed("antwoord_binnen_werkdagen", "een aantal", |t| {
        t.parse().ok()
    });
    let retention_days = table.parsed("bewaren_dagen", "een aantal dagen", |t| t.parse().ok());
    let retention_rule = table.text("selectielijst");
    let phone = table.parsed_if_any("telefoon", "een telefoonnummer", PhoneNumber::parse);
    let mail = table.parsed("mail", "een mailadres", parse_mail);
    let controller = table.text("verantwoordelijke");
    let privacy_officer = table.text("functionaris_gegevensbescherming");
    let safety_officer = table.text("aandachtsfunctionaris");
    let accent = table.parsed_if_any("accent", "een kleur als #1f5c7a", parse_colour);
    let walk_ins = table.nodes("spreekuur");
    let partner_keys = table.list("partners");
    table.finish();
    for key in &partner_keys {
        if !partners
            .iter()
            .any(|partner| partner.key.as_str() == key.value)
        {
            let message = format!("De partner ‘{}’ staat niet in partners.toml.", key.value);
            problems.error("dode-verwijzing", key.span.clone(), message);
        }
    }
    if postcodes.is_empty() {
        problems.error(
            "geen-postcodes",
            0..0,
            "Een loket heeft minstens één postcode.",
        );
    }
    Some(Loket {
        slug,
        name: name?.value,
        municipality: municipality?.value,
        cbs_code: cbs_code?,
        postcodes,
        example,
        working_days: working_days?,
        hours: read_hours(slots, problems),
        answer_days: answer_days?,
        retention_days: retention_days?,
        retention_rule: retention_rule?.value,
        phone,
        mail: mail?,
        controller: controller?.value,
        privacy_officer: privacy_officer?.value,
        safety_officer: safety_officer?.value,
        accent,
        spreekuren: walk_ins
            .iter()
            .filter_map(|node| read_spreekuur(node, problems))
            .collect(),
        partners: partner_keys
            .iter()
            .filter_map(|key| Slug::parse(&key.value).ok())
            .collect(),
    })
}

fn read_spreekuur(node: &Node, problems: &mut Problems<'_>) -> Option<Spreekuur> {
    let mut table = Reader::new(node, problems).reported_at(node.span.clone());
    let place = table.text("plaats");
    let address = table.text("adres");
    let day = table.parsed("dag", "een dag als dinsdag", parse_day);
    let from = table.parsed("van", "een tijd als 09:00", parse_time);
    let to = table.parsed("tot", "een tijd als 11:00", parse_time);
    let exceptions = table.nodes("uitzondering");
    table.finish();
    if let (Some(from), Some(to)) = (from, to)
        && from >= to
    {
        let message = "Het spreekuur eindigt voor het begint.";
        problems.error("verkeerde-tijd", node.span.clone(), message);
    }
    Some(Spreekuur {
        place: place?.value,
        address: address?.value,
        day: day?,
        from: from?,
        to: to?,
        exceptions: exceptions
            .iter()
            .filter_map(|node| read_exception(node, problems))
            .collect(),
    })
}

fn read_exception(node: &Node, problems: &mut Problems<'_>) -> Option<SpreekuurException> {
    let mut table = Reader::new(node, problems).reported_at(node.span.clone());
    let date: Option<Date> = table.date("datum");
    let reason = table.text("reden");
    table.finish();
    Some(SpreekuurException {
        date: date?,
        reason: reason?.value,
    })
}

fn parse_cbs_code(text: &str) -> Option<String> {
    let digits = text.strip_prefix("GM")?;
    (digits.len() == 4 && digits.bytes().all(|b| b.is_ascii_digit())).then(|| text.to_owned())
}

fn parse_mail(text: &str) -> Option<String> {
    let (name, host) = text.split_once('@')?;
    let fits = !name.is_empty() && host.contains('.') && !text.contains(char::is_whitespace);
    fits.then(|| text.to_owned())
}

fn parse_colour(text: &str) -> Option<String> {
    let digits = text.strip_prefix('#')?;
    (digits.len() == 6 && digits.bytes().all(|b| b.is_ascii_hexdigit())).then(|| text.to_owned())
}
