//! A snapshot: a person's facts as they are now, field by field.

use access::consents::Consent;
use access::grants::Category;
use casework::Case;
use db::{Conn, Keys, Result};
use people::Person;
use persian::Jalali;
use serde_json::{Map, Value};

use super::{Field, covers};
use crate::reference;

/// What a receiver would see. Holds no field its consent does not cover.
#[derive(Clone, Debug)]
pub struct Snapshot {
    /// Values by field.
    pub values: Map<String, Value>,
    /// Fields the service asked for and the consent does not cover.
    pub left_out: Vec<Field>,
}

impl Snapshot {
    /// Copies what the service needs and the consent covers. A field nobody knows is left out.
    pub async fn take(
        conn: &mut Conn,
        keys: &Keys,
        case: &Case,
        service: &str,
        consent: &Consent,
    ) -> Result<Self> {
        let wanted = reference::term(conn, service).await?.fields;
        let person = people::get(conn, case.person_id).await?;
        let mut taken = Self {
            values: Map::new(),
            left_out: Vec::new(),
        };
        for field in wanted {
            if !covers(consent, field.category()) {
                taken.left_out.push(field);
                continue;
            }
            let value = value(conn, keys, case, &person, field).await?;
            if let Some(value) = value {
                taken.values.insert(field.as_str().to_owned(), value);
            }
        }
        Ok(taken)
    }

    /// The fields it holds.
    pub fn fields(&self) -> Vec<Field> {
        self.values
            .keys()
            .filter_map(|word| word.parse().ok())
            .collect()
    }

    /// The most private class among them.
    pub fn category(&self) -> Category {
        let classes = self.fields().into_iter().map(Field::category);
        classes.max().unwrap_or(Category::Operational)
    }

    /// Opens a kept parcel's content.
    pub(crate) fn of_text(text: &str) -> Result<Self> {
        Ok(Self {
            values: serde_json::from_str(text)?,
            left_out: Vec::new(),
        })
    }

    /// The words of a field; empty when it is not there.
    pub fn text(&self, field: Field) -> String {
        match self.values.get(field.as_str()) {
            Some(Value::String(text)) => text.clone(),
            Some(Value::Array(items)) => items
                .iter()
                .filter_map(Value::as_str)
                .collect::<Vec<_>>()
                .join("، "),
            Some(Value::Number(number)) => number.to_string(),
            _ => String::new(),
        }
    }
}

async fn value(
    conn: &mut Conn,
    keys: &Keys,
    case: &Case,
    person: &Person,
    field: Field,
) -> Result<Option<Value>> {
    Ok(match field {
        Field::Name => Some(Value::from(person.name())),
        Field::Phone => contacts::phone(conn, keys, person.contact_id)
            .await?
            .map(Value::from),
        Field::Region => person.region.map(Value::from),
        Field::CaseCode => Some(Value::from(case.code.clone())),
        Field::BirthYear => person
            .birth_on
            .map(|day| Value::from(Jalali::from(day).year)),
        Field::Gender => person.gender.map(|gender| Value::from(gender.as_str())),
        Field::NationalCode => people::national_code(conn, keys, person.id)
            .await?
            .map(Value::from),
        Field::Dependants => person.dependants.map(Value::from),
        Field::TargetGroups => {
            let groups = people::groups::of(conn, person.id).await?;
            (!groups.is_empty()).then(|| Value::from(groups))
        }
    })
}
