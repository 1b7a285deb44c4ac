//! Native Rust: what the workload costs when nothing is interpreted.

use std::collections::HashMap;
use std::hint::black_box;

use crate::race::{Answer, Entry, Parameters, Peer, Row, enter};

pub struct Native;

impl Peer for Native {
    fn name(&self) -> &'static str {
        "native"
    }

    fn enter(&self, row: Row, p: &'static Parameters) -> Entry {
        let n = row.n();
        match row {
            Row::W1 => enter(move || {
                let p = black_box(p);
                Answer::Bool(p.price * p.qty as f64 > p.threshold && p.region == "us-east-1")
            }),
            Row::W2 | Row::W9 => None,
            Row::W3 => enter(move || Answer::Int(loops(black_box(n)))),
            Row::W4 => enter(move || {
                let p = black_box(p);
                let mut text = String::with_capacity(64);
                for part in ["s3://", p.bucket, "/", p.table, "/dt="] {
                    text.push_str(part);
                }
                text.push_str(itoa::Buffer::new().format(p.date));
                text.push_str("/hr=");
                text.push_str(itoa::Buffer::new().format(p.hour));
                Answer::Text(text)
            }),
            Row::W5 => enter(move || Answer::Int(sum(black_box(p.xs.to_vec())))),
            Row::W6 => enter(move || Answer::Int(primes(black_box(n) as usize))),
            Row::W7 => enter(move || Answer::Int(map(black_box(n)))),
            Row::W8 => enter(move || {
                let mut s = String::new();
                for _ in 0..black_box(n) {
                    black_box(&mut s).push_str("ab");
                }
                Answer::Int(s.len() as i64)
            }),
            Row::W9w => enter(move || Answer::Int(months(black_box(p.a), black_box(p.b)))),
        }
    }
}

fn loops(n: i64) -> i64 {
    let mut m = 0_i64;
    for _ in 0..n {
        for _ in 0..n {
            for _ in 0..n {
                m += black_box(1);
            }
        }
    }
    m
}

/// Of an array of its own, as others are passed theirs; it wraps, as the language does.
fn sum(xs: Vec<i64>) -> i64 {
    xs.into_iter().fold(0, i64::wrapping_add)
}

fn primes(n: usize) -> i64 {
    let mut composite = vec![false; n];
    let mut count = 0;
    for i in 2..n {
        if !composite[i] {
            count += 1;
            let mut j = i * i;
            while j < n {
                composite[j] = true;
                j += i;
            }
        }
    }
    count
}

fn map(n: i64) -> i64 {
    let mut m = HashMap::new();
    for i in 0..n {
        m.insert(format!("k{i}"), i);
    }
    (0..n).map(|i| m[&format!("k{i}")]).sum()
}

fn months(a: i64, b: i64) -> i64 {
    let (y1, m1, y2, m2) = (a / 10_000, (a / 100) % 100, b / 10_000, (b / 100) % 100);
    let months = (12 * (y2 - y1) + (m2 - m1)).max(0);
    let (mut y, mut m) = (y1, m1);
    let mut out = vec![0; months as usize];
    for slot in &mut out {
        *slot = y * 100 + m;
        m = if m == 12 { 1 } else { m + 1 };
        if m == 1 {
            y += 1;
        }
    }
    let label = format!("months:{months}");
    assert!(!black_box(label).is_empty(), "empty");
    black_box(&out).len() as i64
}
