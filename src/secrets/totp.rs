//! The second factor: a code that a telephone makes anew every 30 seconds (TOTP, RFC 6238).

use jiff::Timestamp;
use subtle::ConstantTimeEq;
use totp_rs::{Builder, Secret, Totp};
use zeroize::Zeroizing;

use crate::random::{Random, array};

/// Seconds in a step.
const STEP: i64 = 30;

/// What server and telephone share: 160 bits, as RFC 4226 recommends. `Debug` does not show it.
#[derive(Clone, PartialEq, Eq)]
pub struct TotpSecret(Zeroizing<[u8; 20]>);

redact!(TotpSecret);

impl TotpSecret {
    /// A new secret.
    #[must_use]
    pub fn generate(random: &dyn Random) -> Self {
        Self(Zeroizing::new(array(random)))
    }

    /// Reads base32 (RFC 4648), capitals or not, with spaces or without; `None` when it is no such
    /// text or not 160 bits.
    #[must_use]
    pub fn parse(base32: &str) -> Option<Self> {
        let symbols = base32.chars().filter(|c| !c.is_whitespace());
        let plain: Zeroizing<String> =
            Zeroizing::new(symbols.map(|c| c.to_ascii_uppercase()).collect());
        let secret = Secret::try_from_base32(plain.as_str()).ok()?;
        let bytes = <[u8; 20]>::try_from(secret.as_bytes()).ok()?;
        Some(Self(Zeroizing::new(bytes)))
    }

    /// 32 symbols of base32, to type into a telephone or to seal.
    #[must_use]
    pub fn to_base32(&self) -> String {
        self.secret().to_base32()
    }

    /// The `otpauth` address that a telephone reads from a QR code. A colon cannot stand in either
    /// name and becomes a space.
    #[must_use]
    pub fn uri(&self, issuer: &str, account: &str) -> String {
        let name = |text: &str| match text.replace(':', " ").trim() {
            "" => "-".to_owned(),
            name => name.to_owned(),
        };
        let totp = Builder::new()
            .with_secret(self.secret())
            .with_issuer(Some(name(issuer)))
            .with_account_name(name(account))
            .build_noncompliant();
        address(&totp)
    }

    /// The step that `code` (six digits, with spaces or without) belongs to, if that is the
    /// present one or the one before or after. Keep it: a step up to `last_step` (0 at first) is
    /// not taken again (RFC 6238, 5.2).
    #[must_use]
    pub fn check(&self, code: &str, now: Timestamp, last_step: i64) -> Option<i64> {
        let code: Zeroizing<String> =
            Zeroizing::new(code.chars().filter(|c| !c.is_whitespace()).collect());
        let present = now.as_second().div_euclid(STEP);
        let totp = self.totp();
        // The last that fits counts: were two codes the same, the first would leave the code good
        // for once more.
        (present - 1..=present + 1)
            .rev()
            .find(|step| *step > last_step && fits(&totp, *step, &code))
    }

    fn secret(&self) -> Secret {
        Secret::new_stack(*self.0)
    }

    fn totp(&self) -> Totp {
        Builder::new()
            .with_secret(self.secret())
            .build_noncompliant()
    }
}

#[expect(
    clippy::expect_used,
    reason = "refused is only an account without a name or with a colon in it"
)]
fn address(totp: &Totp) -> String {
    totp.to_url().expect("a good name")
}

fn fits(totp: &Totp, step: i64, code: &str) -> bool {
    u64::try_from(step * STEP).is_ok_and(|seconds| {
        let expected = Zeroizing::new(totp.generate(seconds).to_string());
        expected.as_bytes().ct_eq(code.as_bytes()).into()
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::random::SeededRandom;

    /// The secret of RFC 6238, appendix B.
    fn secret() -> TotpSecret {
        TotpSecret(Zeroizing::new(*b"12345678901234567890"))
    }

    fn at(seconds: i64) -> Timestamp {
        Timestamp::from_second(seconds).expect("a timestamp")
    }

    #[test]
    fn the_codes_are_those_of_the_rfc() {
        // Appendix B, SHA-1, the last six of its eight digits.
        for (seconds, code) in [
            (59, "287082"),
            (1_111_111_109, "081804"),
            (1_111_111_111, "050471"),
            (1_234_567_890, "005924"),
            (2_000_000_000, "279037"),
            (20_000_000_000, "353130"),
        ] {
            assert_eq!(
                secret().check(code, at(seconds), 0),
                Some(seconds / 30),
                "{seconds}"
            );
        }
    }

    #[test]
    fn one_step_to_either_side_is_taken_and_no_more() {
        let step = 1_234_567_890 / 30;
        let check = |seconds| secret().check("005924", at(seconds), 0);
        assert_eq!(check((step - 1) * 30), Some(step));
        assert_eq!(check((step + 1) * 30 + 29), Some(step));
        assert_eq!(check((step - 1) * 30 - 1), None);
        assert_eq!(check((step + 2) * 30), None);
    }

    #[test]
    fn a_step_is_taken_once() {
        let now = at(1_234_567_890);
        let step = secret().check("005924", now, 0).expect("a step");
        assert_eq!(secret().check("005924", now, step), None);
        assert_eq!(secret().check("005924", now, step - 1), Some(step));
        assert_eq!(secret().check("005924", now, step + 1), None);
    }

    #[test]
    fn a_code_that_two_steps_share_is_taken_once() {
        let (step, code) = (50_424_280, "070562");
        let now = at(step * 30);
        assert_eq!(secret().check(code, now, 0), Some(step + 1));
        assert_eq!(secret().check(code, now, step + 1), None);
    }

    #[test]
    fn spaces_are_no_matter_and_all_else_is() {
        let check = |code| secret().check(code, at(1_234_567_890), 0);
        assert!(check(" 005 924\u{a0}").is_some());
        for bad in ["", "5924", "0005924", "+05924", "005925", "00592é"] {
            assert_eq!(check(bad), None, "{bad}");
        }
        assert_eq!(secret().check("287082", at(-59), 0), None);
    }

    #[test]
    fn a_secret_is_read_again_from_base32() {
        let secret = TotpSecret::generate(&SeededRandom::new(1));
        let text = secret.to_base32();
        assert_eq!(text.len(), 32);
        let typed: String = text
            .to_lowercase()
            .split_inclusive('a')
            .collect::<Vec<_>>()
            .join(" ");
        for text in [text.as_str(), &typed] {
            assert!(TotpSecret::parse(text) == Some(secret.clone()), "{text}");
        }
        for bad in [
            "",
            "A",
            "JBSWY3DPEHPK3PXP",
            &"1".repeat(32),
            &"é".repeat(16),
        ] {
            assert!(TotpSecret::parse(bad).is_none(), "{bad}");
        }
        assert_eq!(format!("{secret:?}"), "TotpSecret(..)");
    }

    #[test]
    fn the_address_names_who_and_where() {
        assert_eq!(
            secret().uri("Loes: Tubbergen", "els@tubbergen.nl"),
            "otpauth://totp/Loes%20%20Tubbergen:els%40tubbergen.nl\
             ?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=Loes%20%20Tubbergen"
        );
        assert!(secret().uri(":", "").starts_with("otpauth://totp/-:-?"));
    }
}
