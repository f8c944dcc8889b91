//! Where coupons come from: files are read, shops are asked, with the token that the environment holds.

use super::{Environment, asking};
use crate::coupons::{self, Coupons};
use crate::error::Error;
use crate::evidence::Unanswered;
use crate::probe::{Cancel, Secret};
use crate::read;
use crate::settings::{CouponSource, LinkSettings};
use crate::shop;
use crate::source::Source;

/// The coupons that are known, and the shops of which they are not.
#[derive(Default)]
pub(super) struct Known {
    /// Nothing where no source gave any answer.
    pub(super) coupons: Option<Coupons>,
    pub(super) unanswered: Vec<Unanswered>,
}

/// Reads the files and asks the shops. A shop that gives no answer is no error: what can be checked without it is.
pub(super) fn read(sources: &[CouponSource], links: &LinkSettings, environment: &Environment) -> Result<Known, Error> {
    let mut all = Vec::new();
    let mut unanswered = Vec::new();
    for source in sources {
        match source {
            CouponSource::File(path) => all.push(file(path)?),
            CouponSource::Shop(shop) if links.offline => unanswered.push(shop::not_asked(shop)),
            CouponSource::Shop(shop) => {
                let options = asking::options(links, environment, &Cancel::default())?;
                match shop::read(shop, token(shop.token_env()).as_ref(), &options) {
                    Ok(coupons) => all.push(coupons),
                    Err(fault) => unanswered.push(fault),
                }
            }
        }
    }
    Ok(Known { coupons: (!all.is_empty()).then(|| Coupons::merge(all)), unanswered })
}

/// Reads one coupon file.
pub(super) fn file(path: &str) -> Result<Coupons, Error> {
    coupons::read(&Source::raw(path, read::bytes(path, "coupon list")?))
}

#[expect(clippy::disallowed_methods, reason = "a token is part of the environment, and is read where it is needed")]
fn token(name: &str) -> Option<Secret> {
    std::env::var(name).ok().filter(|value| !value.trim().is_empty()).map(|value| Secret::new(&value))
}
