//! When to ask again, and how long to wait before: arithmetic over what the host said.
//! Source: docs.github.com, "Rate limits for the REST API", section on exceeding them.

use std::time::Duration;

use super::Patience;

/// What an answer says about asking again.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Signs {
    /// Absent when no answer came.
    pub status: Option<u16>,
    /// `Retry-After`, in seconds.
    pub retry_after: Option<u64>,
    /// `X-RateLimit-Remaining` is 0.
    pub used_up: bool,
    /// Seconds from the answer's own date to `X-RateLimit-Reset`.
    pub reset: Option<u64>,
    /// The words name a secondary limit.
    pub secondary: bool,
}

/// What to do now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Next {
    /// The answer stands, good or bad.
    Take,
    Wait(Duration),
    /// A rate limit that lasts too long, with the seconds it asked for.
    Limited(Option<u64>),
}

/// A secondary limit that names no time asks for a minute at least.
const MINUTE: u64 = 60;

/// `tried` requests were made. `repeatable`: asking twice does no harm even where the first request was carried out.
pub(super) fn next(patience: &Patience, tried: u32, repeatable: bool, signs: &Signs) -> Next {
    if let Some(seconds) = limited(signs) {
        let wait = seconds.map_or(pause(patience, tried), Duration::from_secs);
        return if tried < patience.tries && wait <= patience.longest {
            Next::Wait(wait)
        } else {
            Next::Limited(seconds)
        };
    }
    let failed = signs.status.is_none_or(|status| status >= 500);
    if failed && repeatable && tried < patience.tries { Next::Wait(pause(patience, tried)) } else { Next::Take }
}

/// Whether this is a rate limit, and the seconds it asks for.
fn limited(signs: &Signs) -> Option<Option<u64>> {
    if !matches!(signs.status, Some(403 | 429)) {
        return None;
    }
    match signs {
        Signs { retry_after: Some(seconds), .. } => Some(Some(*seconds)),
        Signs { used_up: true, reset, .. } => Some(*reset),
        Signs { secondary: true, .. } => Some(Some(MINUTE)),
        Signs { status: Some(429), .. } => Some(None),
        _ => None,
    }
}

fn pause(patience: &Patience, tried: u32) -> Duration {
    patience.pause.saturating_mul(1 << tried.saturating_sub(1).min(16))
}

#[cfg(test)]
mod tests {
    use super::*;

    const PATIENCE: Patience = Patience {
        timeout: Duration::from_secs(30),
        tries: 3,
        pause: Duration::from_millis(500),
        longest: Duration::from_secs(60),
    };

    fn after(tried: u32, repeatable: bool, signs: Signs) -> Next {
        next(&PATIENCE, tried, repeatable, &signs)
    }

    fn status(status: u16) -> Signs {
        Signs { status: Some(status), ..Signs::default() }
    }

    #[test]
    fn a_failing_host_is_asked_again_where_that_does_no_harm() {
        assert_eq!(after(1, true, status(500)), Next::Wait(Duration::from_millis(500)));
        assert_eq!(after(2, true, status(502)), Next::Wait(Duration::from_secs(1)));
        assert_eq!(after(3, true, status(500)), Next::Take);
        assert_eq!(after(1, false, status(500)), Next::Take);
        assert_eq!(after(1, true, Signs::default()), Next::Wait(Duration::from_millis(500)));
        assert_eq!(after(1, false, Signs::default()), Next::Take);
    }

    #[test]
    fn answers_stand() {
        for code in [200, 201, 204, 304, 400, 401, 403, 404, 409, 422] {
            assert_eq!(after(1, true, status(code)), Next::Take, "{code}");
        }
    }

    #[test]
    fn limits_are_waited_for_within_bounds() {
        let asks = |seconds| Signs { retry_after: Some(seconds), ..status(429) };
        assert_eq!(after(1, false, asks(7)), Next::Wait(Duration::from_secs(7)));
        assert_eq!(after(1, false, asks(61)), Next::Limited(Some(61)));
        assert_eq!(after(3, false, asks(1)), Next::Limited(Some(1)));
        assert_eq!(after(2, false, status(429)), Next::Wait(Duration::from_secs(1)));
        let refused = |signs: Signs| after(1, false, Signs { status: Some(403), ..signs });
        assert_eq!(refused(Signs { retry_after: Some(2), ..Signs::default() }), Next::Wait(Duration::from_secs(2)));
        assert_eq!(refused(Signs { secondary: true, ..Signs::default() }), Next::Wait(Duration::from_secs(60)));
        let spent = |reset| refused(Signs { used_up: true, reset, ..Signs::default() });
        assert_eq!(spent(Some(30)), Next::Wait(Duration::from_secs(30)));
        assert_eq!(spent(Some(3000)), Next::Limited(Some(3000)));
        assert_eq!(spent(None), Next::Wait(Duration::from_millis(500)));
    }
}
