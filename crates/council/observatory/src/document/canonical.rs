use serde::Serialize;
use serde_json::Value;

/// The one text of a value: names of fields in order, no spaces, as in RFC 8785. All numbers are
/// whole, so nothing else of that form matters.
pub fn canonical<T: Serialize>(value: &T) -> db::Result<String> {
    let mut text = String::new();
    write(&serde_json::to_value(value)?, &mut text);
    Ok(text)
}

fn write(value: &Value, text: &mut String) {
    match value {
        Value::Object(fields) => {
            let mut fields: Vec<_> = fields.iter().collect();
            fields.sort_unstable_by_key(|(name, _)| *name);
            text.push('{');
            for (place, (name, value)) in fields.into_iter().enumerate() {
                if place > 0 {
                    text.push(',');
                }
                text.push_str(&Value::from(name.as_str()).to_string());
                text.push(':');
                write(value, text);
            }
            text.push('}');
        }
        Value::Array(items) => {
            text.push('[');
            for (place, value) in items.iter().enumerate() {
                if place > 0 {
                    text.push(',');
                }
                write(value, text);
            }
            text.push(']');
        }
        plain => text.push_str(&plain.to_string()),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::canonical;

    #[test]
    fn the_order_in_which_fields_were_written_does_not_matter() {
        let one = json!({ "b": [1, null, { "z": "«\"»", "a": true }], "a": -5 });
        let text = canonical(&one).unwrap();
        assert_eq!(text, r#"{"a":-5,"b":[1,null,{"a":true,"z":"«\"»"}]}"#);
        let again: serde_json::Value = serde_json::from_str(&text).unwrap();
        assert_eq!(canonical(&again).unwrap(), text);
    }
}
