//! The table a measurement prints.

use std::time::Duration;

/// Its head.
pub fn head() {
    println!("| what | engine | figure | baseline | ratio |");
    println!("| --- | --- | --- | --- | --- |");
}

/// One line of the table.
pub fn line(what: &str, engine: &str, (figure, baseline): (f64, f64), unit: &str) {
    let ratio = figure / baseline;
    println!("| {what} | {engine} | {figure:.1} {unit} | {baseline:.1} {unit} | {ratio:.2} |");
}

/// As the table tells times.
pub fn milliseconds(time: Duration) -> f64 {
    time.as_secs_f64() * 1000.0
}
