//! The programs in JavaScript, each a function of its parameters.

use crate::race::Row;

pub fn source(row: Row) -> &'static str {
    match row.program() {
        Row::W1 | Row::W2 => {
            r#"(function (price, qty, threshold, region) { return price * qty > threshold && region === "us-east-1"; })"#
        }
        Row::W3 => include_str!("../programs/w3.js"),
        Row::W4 => {
            r#"(function (bucket, table, date, hour) { return "s3://" + bucket + "/" + table + "/dt=" + date + "/hr=" + hour; })"#
        }
        Row::W5 => include_str!("../programs/w5.js"),
        Row::W6 => include_str!("../programs/w6.js"),
        Row::W7 => include_str!("../programs/w7.js"),
        Row::W8 => include_str!("../programs/w8.js"),
        Row::W9 | Row::W9w => include_str!("../programs/w9.js"),
    }
}
