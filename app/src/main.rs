#![doc = include_str!("../README.md")]

mod api_description;
mod city;
mod cli;
mod commands;
mod demo;
mod following;
mod health;
mod log;
mod pages;
mod rooms;
mod serve;
mod settings;
#[cfg(test)]
mod tests;

use std::process::ExitCode;

fn main() -> ExitCode {
    cli::run()
}
