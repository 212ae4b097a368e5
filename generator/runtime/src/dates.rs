//! Dates and times as servers write them.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

/// A time: an HTTP date (`Sun, 06 Nov 1994 08:49:37 GMT`; RFC 9110, section 5.6.7) or an ISO date-time in UTC or with an
/// offset (`1994-11-06T08:49:37Z`; RFC 3339).
pub(super) fn parse(text: &str) -> Option<SystemTime> {
    let seconds = http_date(text).or_else(|| iso(text))?;
    UNIX_EPOCH.checked_add(Duration::from_secs(u64::try_from(seconds).ok()?))
}

const MONTHS: [&str; 12] = [
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
];

fn http_date(text: &str) -> Option<i64> {
    let (_, text) = text.split_once(", ")?;
    let mut words = text.split(' ');
    let day = words.next()?.parse().ok()?;
    let name = words.next()?;
    let month = MONTHS.iter().position(|month| *month == name)?;
    let year = words.next()?.parse().ok()?;
    let seconds = time_of_day(words.next()?)?;
    (words.next() == Some("GMT")).then_some(())?;
    Some(days(year, i64::try_from(month).ok()? + 1, day)? * 86_400 + seconds)
}

fn iso(text: &str) -> Option<i64> {
    let (date, time) = text.split_once(['T', 't', ' '])?;
    let mut parts = date.splitn(3, '-').map(|part| part.parse::<i64>().ok());
    let day = days(parts.next()??, parts.next()??, parts.next()??)?;
    let zone_at = time.find(['Z', 'z', '+', '-']).unwrap_or(time.len());
    let (time, zone) = time.split_at(zone_at);
    let time = time.split('.').next()?;
    Some(day * 86_400 + time_of_day(time)? - offset(zone)?)
}

/// `08:49:37`, in seconds.
fn time_of_day(text: &str) -> Option<i64> {
    let mut parts = text.split(':').map(|part| part.parse::<i64>().ok());
    let (hours, minutes, seconds) = (parts.next()??, parts.next()??, parts.next()??);
    let is_legal =
        (0..24).contains(&hours) && (0..60).contains(&minutes) && (0..=60).contains(&seconds);
    (is_legal && parts.next().is_none()).then_some(hours * 3600 + minutes * 60 + seconds)
}

/// `Z`, nothing or `+02:00`, in seconds.
fn offset(zone: &str) -> Option<i64> {
    if matches!(zone, "" | "Z" | "z") {
        return Some(0);
    }
    let (sign, zone) = zone.split_at(1);
    let (hours, minutes) = zone.split_once(':')?;
    let seconds = hours.parse::<i64>().ok()? * 3600 + minutes.parse::<i64>().ok()? * 60;
    Some(if sign == "-" { -seconds } else { seconds })
}

/// The days from 1970-01-01 to a date of the Gregorian calendar, by eras of 400 years that begin in March.
fn days(year: i64, month: i64, day: i64) -> Option<i64> {
    let is_legal =
        (1..=9999).contains(&year) && (1..=12).contains(&month) && (1..=31).contains(&day);
    is_legal.then(|| {
        let year = if month <= 2 { year - 1 } else { year };
        let (era, of_era) = (year.div_euclid(400), year.rem_euclid(400));
        let of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
        era * 146_097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719_468
    })
}
