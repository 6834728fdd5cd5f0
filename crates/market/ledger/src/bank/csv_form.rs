//! A plain table: one row per order, a last row of count and sum; the answer alike.

use std::fmt::Write as _;

use money::Rial;

use super::{BankFile, Order, Unreadable, amount};
use crate::payouts::{ResultLine, ResultStatus};

const ORDERS: &str = "reference,amount_rial,sheba,name,pay_on";
const RESULTS: &str = "reference,amount_rial,status,reason,bank_reference,settled_on";

/// The file of a batch.
pub(super) fn write(file: &BankFile, total: Rial) -> Vec<u8> {
    let mut out = format!("{ORDERS}\r\n");
    for order in &file.orders {
        // Writing to a string cannot fail.
        let _ = write!(
            out,
            "{},{},{},{},{}\r\n",
            quoted(&order.reference),
            order.amount.get(),
            quoted(&order.sheba),
            quoted(&order.name),
            file.pay_on
        );
    }
    let _ = write!(
        out,
        "TOTAL,{},{},{},\r\n",
        total.get(),
        file.orders.len(),
        quoted(&file.number)
    );
    out.into_bytes()
}

/// Our own file, as the bank reads it.
pub(super) fn read_orders(text: &str) -> Result<Vec<Order>, Unreadable> {
    let mut orders = Vec::new();
    for (place, row) in rows(text, ORDERS)? {
        if row[0] == "TOTAL" {
            continue;
        }
        let [reference, sum, sheba, name, _] = take(row, place)?;
        orders.push(Order {
            reference,
            amount: amount(&sum, place)?,
            name,
            sheba,
        });
    }
    Ok(orders)
}

/// The bank's answer.
pub(super) fn read_result(text: &str) -> Result<Vec<ResultLine>, Unreadable> {
    let mut lines = Vec::new();
    for (place, row) in rows(text, RESULTS)? {
        let [reference, sum, status, reason, bank_reference, day] = take(row, place)?;
        lines.push(ResultLine {
            reference,
            amount: if sum.is_empty() {
                None
            } else {
                Some(amount(&sum, place)?)
            },
            status: status.parse().map_err(|_| Unreadable {
                place,
                fault: "an unknown status",
            })?,
            reason,
            bank_reference,
            day: match day.as_str() {
                "" => None,
                day => Some(day.parse().map_err(|_| Unreadable {
                    place,
                    fault: "not a day",
                })?),
            },
        });
    }
    match lines.is_empty() {
        true => Err(Unreadable {
            place: 1,
            fault: "the file holds no result",
        }),
        false => Ok(lines),
    }
}

/// An answer as the bank writes it.
pub(super) fn write_result(lines: &[ResultLine]) -> Vec<u8> {
    let mut out = format!("{RESULTS}\r\n");
    for line in lines {
        let status: ResultStatus = line.status;
        let _ = write!(
            out,
            "{},{},{status},{},{},{}\r\n",
            quoted(&line.reference),
            line.amount
                .map(|amount| amount.get().to_string())
                .unwrap_or_default(),
            quoted(&line.reason),
            quoted(&line.bank_reference),
            line.day.map(|day| day.to_string()).unwrap_or_default(),
        );
    }
    out.into_bytes()
}

/// The rows below the header, with their line numbers.
fn rows(text: &str, header: &str) -> Result<Vec<(usize, Vec<String>)>, Unreadable> {
    let mut lines = text.lines().enumerate();
    match lines.next() {
        Some((_, first)) if first.trim() == header => {}
        _ => {
            return Err(Unreadable {
                place: 1,
                fault: "the header is not the expected one",
            });
        }
    }
    let rows = lines.filter(|(_, line)| !line.trim().is_empty());
    Ok(rows.map(|(at, line)| (at + 1, cells(line))).collect())
}

/// One row's cells; a cell in quotes may hold commas and doubled quotes.
fn cells(line: &str) -> Vec<String> {
    let mut cells = vec![String::new()];
    let mut is_quoted = false;
    let mut letters = line.chars().peekable();
    while let Some(letter) = letters.next() {
        let cell = cells.len() - 1;
        match letter {
            '"' if is_quoted && letters.peek() == Some(&'"') => {
                cells[cell].push('"');
                letters.next();
            }
            '"' => is_quoted = !is_quoted,
            ',' if !is_quoted => cells.push(String::new()),
            other => cells[cell].push(other),
        }
    }
    cells
}

fn take<const N: usize>(row: Vec<String>, place: usize) -> Result<[String; N], Unreadable> {
    row.try_into().map_err(|_| Unreadable {
        place,
        fault: "the number of columns is wrong",
    })
}

/// A cell; line breaks become spaces so that a row stays a line.
fn quoted(text: &str) -> String {
    let text = text.replace(['\r', '\n'], " ");
    match text.contains([',', '"']) {
        true => format!("\"{}\"", text.replace('"', "\"\"")),
        false => text,
    }
}
