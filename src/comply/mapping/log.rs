//! A logarithm in whole numbers, because that of a library may differ in its last bit from one machine to another.

/// The binary logarithm of a ratio of at least one, in 65,536ths, rounded down.
pub(super) fn log2(over: u64, under: u64) -> u64 {
    const BITS: u32 = 16;
    // The ratio as a number with 48 bits behind the point, halved until it lies between one and two.
    let mut ratio = (u128::from(over) << 48) / u128::from(under.max(1));
    let mut whole = 0u64;
    while ratio >= 2 << 48 {
        ratio >>= 1;
        whole += 1;
    }
    let mut log = whole << BITS;
    for bit in (0..BITS).rev() {
        ratio = (ratio * ratio) >> 48;
        if ratio >= 2 << 48 {
            ratio >>= 1;
            log |= 1 << bit;
        }
    }
    log
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_agrees_with_the_real_one() {
        for (over, under) in [(1, 1), (2, 1), (3, 2), (692, 3), (1000, 1), (7, 5), (1_000_000, 3)] {
            let real = (over as f64 / under as f64).log2() * 65536.0;
            assert!((log2(over, under) as f64 - real).abs() < 2.0, "{over}/{under}");
        }
    }
}
