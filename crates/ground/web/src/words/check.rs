//! What makes a catalogue unsound.

use std::collections::{BTreeMap, BTreeSet};

use fluent_syntax::ast::{
    CallArguments, Entry, Expression, InlineExpression, Pattern, PatternElement,
};
use persian::Lang;

use super::{Catalogue, Words};

/// One message taken apart: its text pieces and the variables it mentions.
#[derive(Default)]
struct Message<'a> {
    pieces: Vec<&'a str>,
    variables: BTreeSet<&'a str>,
    mentions_another: bool,
}

impl Message<'_> {
    fn text(&self) -> String {
        self.pieces.concat()
    }
}

pub(super) fn check(words: &Words) -> Vec<String> {
    let fa = messages(&words.fa);
    let en = messages(&words.en);
    let mut faults: Vec<String> = words
        .fa
        .faults
        .iter()
        .chain(&words.en.faults)
        .cloned()
        .collect();
    for key in fa.keys().filter(|key| !en.contains_key(*key)) {
        faults.push(format!("en: {key} is missing"));
    }
    for (key, english) in &en {
        match fa.get(key) {
            None => faults.push(format!("fa: {key} is missing")),
            Some(persian) => compare(key, persian, english, &mut faults),
        }
    }
    for (lang, all) in [(Lang::Fa, &fa), (Lang::En, &en)] {
        for (key, message) in all {
            let nothing = message.text().trim().is_empty();
            if nothing && message.variables.is_empty() && !message.mentions_another {
                faults.push(format!("{lang:?}: {key} is empty"));
            }
        }
    }
    for (key, message) in &fa {
        spelling(key, &message.text(), &mut faults);
    }
    faults
}

fn compare(key: &str, fa: &Message, en: &Message, faults: &mut Vec<String>) {
    if fa.variables != en.variables {
        faults.push(format!(
            "{key}: variables differ, fa {:?}, en {:?}",
            fa.variables, en.variables
        ));
    }
    let text = fa.text();
    // An all-capitals name such as PDF is the same word in both languages.
    let has_words = text
        .chars()
        .any(|c| c.is_alphabetic() && !c.is_ascii_uppercase());
    if has_words && text == en.text() {
        faults.push(format!("{key}: not translated"));
    }
}

fn spelling(key: &str, text: &str, faults: &mut Vec<String>) {
    if text.contains(['ي', 'ك', 'ى']) {
        faults.push(format!("fa: {key} has Arabic ye or kaf"));
    }
    if text.contains('\u{640}') {
        faults.push(format!("fa: {key} has tatweel"));
    }
    if text.contains(|c: char| c.is_ascii_digit()) {
        faults.push(format!("fa: {key} has a Latin digit"));
    }
    if text.contains(['?', ';', ',']) {
        faults.push(format!(
            "fa: {key} has a Latin question mark, semicolon or comma"
        ));
    }
}

fn messages(catalogue: &Catalogue) -> BTreeMap<&str, Message<'_>> {
    let entries = catalogue.source.entries().filter_map(|entry| match entry {
        Entry::Message(message) => Some(message),
        _ => None,
    });
    entries
        .map(|message| {
            let mut parts = Message::default();
            if let Some(pattern) = &message.value {
                read_pattern(pattern, &mut parts);
            }
            (message.id.name, parts)
        })
        .collect()
}

fn read_pattern<'a>(pattern: &Pattern<&'a str>, parts: &mut Message<'a>) {
    for element in &pattern.elements {
        match element {
            PatternElement::TextElement { value } => parts.pieces.push(value),
            PatternElement::Placeable { expression } => read_expression(expression, parts),
        }
    }
}

fn read_expression<'a>(expression: &Expression<&'a str>, parts: &mut Message<'a>) {
    match expression {
        Expression::Inline(inline) => read_inline(inline, parts),
        Expression::Select { selector, variants } => {
            read_inline(selector, parts);
            for variant in variants {
                read_pattern(&variant.value, parts);
            }
        }
    }
}

fn read_inline<'a>(inline: &InlineExpression<&'a str>, parts: &mut Message<'a>) {
    match inline {
        InlineExpression::VariableReference { id } => {
            parts.variables.insert(id.name);
        }
        InlineExpression::StringLiteral { value } => parts.pieces.push(value),
        InlineExpression::Placeable { expression } => read_expression(expression, parts),
        InlineExpression::FunctionReference { arguments, .. } => {
            let CallArguments { positional, .. } = arguments;
            for argument in positional {
                read_inline(argument, parts);
            }
        }
        InlineExpression::MessageReference { .. } | InlineExpression::TermReference { .. } => {
            parts.mentions_another = true;
        }
        InlineExpression::NumberLiteral { .. } => {}
    }
}
