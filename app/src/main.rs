#![doc = include_str!("../README.md")]

mod api_description;
mod city;
mod cli;
mod commands;
mod demo;
mod fault;
mod following;
mod health;
mod log;
mod pages;
mod rooms;
mod serve;
mod settings;
mod stop;
#[cfg(test)]
mod tests;
mod upkeep;

use std::process::ExitCode;

fn main() -> ExitCode {
    cli::run()
}
