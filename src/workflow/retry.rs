//! Attempts of a step that failed: how often it is tried again, and how long that waits, by its retry policy.

use serde::{Deserialize, Serialize};

use super::policy::millis;
use crate::value::{Map, Value};

/// The cause of a failed attempt. A retry policy counts each cause separately.
///
/// ```
/// use selvedge::workflow::Cause;
/// assert_eq!(serde_json::from_str::<Cause>(r#""platform""#)?, Cause::Platform);
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Cause {
    /// What the step runs: `error_retry_limit`.
    #[default]
    Error,
    /// What it runs on: `platform_retry_limit`.
    Platform,
    /// It took longer than it may: `timeout_retry_limit`.
    Timeout,
}

impl Cause {
    /// Every cause by its name.
    pub const ALL: &'static [(&'static str, Self)] = &[
        ("error", Self::Error),
        ("platform", Self::Platform),
        ("timeout", Self::Timeout),
    ];

    /// How the keys of a policy begin.
    const fn key(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Platform => "platform",
            Self::Timeout => "timeout",
        }
    }

    /// How often a step is tried again whose policy does not say.
    const fn limit(self) -> i64 {
        match self {
            Self::Error => 2,
            Self::Platform => 10,
            Self::Timeout => 0,
        }
    }

    /// The longest time between two attempts, in seconds, of a policy that does not say.
    const fn longest(self) -> i64 {
        match self {
            Self::Error => 600,
            Self::Platform | Self::Timeout => 3_600,
        }
    }
}

/// Seconds before the first attempt after one that failed, and how the time grows, of a policy that does not say.
const FIRST_WAIT: i64 = 60;
const EXPONENT: i64 = 2;

/// The attempts of a step that failed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Retries {
    error: u64,
    platform: u64,
    timeout: u64,
    /// How long the next attempt waits.
    pub(super) delay_seconds: u64,
}

impl Retries {
    /// All of them.
    pub(super) fn attempt(&self) -> u64 {
        self.error.saturating_add(self.platform).saturating_add(self.timeout)
    }

    const fn count(&mut self, cause: Cause) -> &mut u64 {
        match cause {
            Cause::Error => &mut self.error,
            Cause::Platform => &mut self.platform,
            Cause::Timeout => &mut self.timeout,
        }
    }

    /// With one more; `None` if the policy allows no more.
    pub(super) fn after(mut self, cause: Cause, policy: &Map) -> Option<Self> {
        let count = self.count(cause);
        let limit = number(policy, &format!("{}_retry_limit", cause.key())).unwrap_or(cause.limit());
        if *count >= limit.max(0).unsigned_abs() {
            return None;
        }
        let before = std::mem::replace(count, *count + 1);
        self.delay_seconds = delay(cause, before, policy);
        Some(self)
    }
}

/// The seconds that an attempt waits after so many that failed before.
fn delay(cause: Cause, before: u64, policy: &Map) -> u64 {
    let none = Map::new();
    let backoff = policy.get("backoff").and_then(Value::as_map).unwrap_or(&none);
    let of = |key: &str| number(backoff, &format!("{}_retry_{key}", cause.key()));
    let first = of("backoff_in_secs").unwrap_or(FIRST_WAIT);
    let is_fixed = backoff.get("type").and_then(Value::as_str) == Some("FIXED_BACKOFF");
    let wait = match is_fixed {
        true => first,
        false => {
            let longest = of("limit_in_secs").unwrap_or(cause.longest());
            let exponent = of("exponent").unwrap_or(EXPONENT);
            let factor = exponent.saturating_pow(u32::try_from(before).unwrap_or(u32::MAX));
            first.saturating_mul(factor).min(longest)
        }
    };
    wait.max(0).unsigned_abs()
}

/// A number of a policy, which may be written as a text, and of seconds with units.
fn number(map: &Map, key: &str) -> Option<i64> {
    match map.get(key)? {
        Value::Long(number) => Some(*number),
        Value::Double(number) => Some(*number as i64),
        Value::String(text) => {
            let text: &str = text;
            let in_seconds = || (millis(text) / 1_000) as i64;
            Some(text.parse().unwrap_or_else(|_| in_seconds()))
        }
        _ => None,
    }
}
