//! Which Rust type holds a number exactly.

/// Whether a double-precision number holds a JSON number: its shortest text is the same number.
pub(super) fn is_exact_f64(text: &str) -> bool {
    let value: Option<f64> = text.parse().ok();
    let Some(value) = value.filter(|value| value.is_finite()) else {
        return false;
    };
    let shortest = format!("{value:e}");
    decimal(text).is_some_and(|exact| Some(exact) == decimal(&shortest))
}

/// A decimal number: digits without zeros at either end, and the power of ten that the last one counts.
type Decimal = (bool, String, i64);

/// The number that a text means; equal numbers give equal values.
fn decimal(text: &str) -> Option<Decimal> {
    let (mantissa, exponent) = match text.split_once(['e', 'E']) {
        Some((mantissa, exponent)) => (mantissa, exponent.parse::<i64>().ok()?),
        None => (text, 0),
    };
    let (is_negative, mantissa) = match mantissa.strip_prefix('-') {
        Some(mantissa) => (true, mantissa),
        None => (false, mantissa),
    };
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let all = [whole, fraction].concat();
    let digits = all.trim_start_matches('0');
    let significant = digits.trim_end_matches('0');
    if significant.is_empty() {
        return Some((false, String::new(), 0));
    }
    let zeros = i64::try_from(digits.len() - significant.len()).ok()?;
    let behind_point = i64::try_from(fraction.len()).ok()?;
    let power = exponent.checked_add(zeros)?.checked_sub(behind_point)?;
    Some((is_negative, significant.to_owned(), power))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn knows_what_a_double_holds() {
        let check = |text: &str, expected: bool| assert_eq!(is_exact_f64(text), expected, "{text}");
        check("0", true);
        check("-0.0", true);
        check("10.50", true);
        check("0.1", true);
        check("1e3", true);
        check("1E+400", false);
        check("0.30000000000000004", true);
        check("0.300000000000000041", false);
        check("9007199254740993", false);
        check("9007199254740992", true);
        check("100000000000000000000", true);
        check("5e-324", true);
        check("1e-400", false);
        check("1e99999999999999999999", false);
        check("0e99999999999999999999", false);
    }
}
