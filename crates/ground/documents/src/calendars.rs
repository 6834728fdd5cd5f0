//! Calendar files (RFC 5545), for phones and mail programs.

use persian::{Date, Timestamp};

/// A calendar file as it grows; from its first line to [`CalendarFile::end`].
pub struct CalendarFile(String);

impl CalendarFile {
    /// An empty calendar that says which part of the programme made it.
    pub fn begin(maker: &str) -> Self {
        let mut file = Self(String::new());
        file.line("BEGIN:VCALENDAR");
        file.line("VERSION:2.0");
        file.line(&format!("PRODID:-//zanjireh//{maker}//EN"));
        file
    }

    /// A line whose value needs no escaping.
    pub fn plain(&mut self, name: &str, value: &str) {
        self.line(&format!("{name}:{value}"));
    }

    /// A line of words as people wrote them.
    pub fn text(&mut self, name: &str, words: &str) {
        self.line(&format!("{name}:{}", escaped(words)));
    }

    /// A line with an instant, in universal time.
    pub fn instant(&mut self, name: &str, at: Timestamp) {
        self.line(&format!("{name}:{}", stamp(at)));
    }

    /// A line with a whole day.
    pub fn day(&mut self, name: &str, day: Date) {
        let day = day.to_string().replace('-', "");
        self.line(&format!("{name};VALUE=DATE:{day}"));
    }

    /// The whole file.
    pub fn end(mut self) -> String {
        self.line("END:VCALENDAR");
        self.0
    }

    /// A line, folded so that none is longer than 75 bytes.
    fn line(&mut self, text: &str) {
        let mut length = 0;
        for letter in text.chars() {
            if length + letter.len_utf8() > 75 {
                self.0.push_str("\r\n ");
                length = 1;
            }
            self.0.push(letter);
            length += letter.len_utf8();
        }
        self.0.push_str("\r\n");
    }
}

/// `20261123T084540Z`
fn stamp(at: Timestamp) -> String {
    at.to_string()
        .chars()
        .filter(|letter| !matches!(letter, '-' | ':'))
        .collect()
}

fn escaped(text: &str) -> String {
    let text = text.replace('\\', "\\\\").replace(';', "\\;");
    text.replace(',', "\\,").replace('\n', "\\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_lines_are_folded_between_letters() {
        let mut file = CalendarFile::begin("test");
        file.text("SUMMARY", &"ترشی ".repeat(40));
        let text = file.end();
        for line in text.split("\r\n") {
            assert!(line.len() <= 75, "{} bytes", line.len());
        }
        let unfolded = text.replace("\r\n ", "");
        let line = format!("SUMMARY:{}\r\n", "ترشی ".repeat(40));
        assert!(unfolded.contains(&line), "{unfolded}");
    }

    #[test]
    fn commas_and_line_ends_do_not_break_a_line() {
        assert_eq!(escaped("a,b;c\\d\ne"), "a\\,b\\;c\\\\d\\ne");
    }

    #[test]
    fn an_instant_is_written_in_universal_time_and_a_day_as_a_day() {
        assert_eq!(stamp(Timestamp::from_unix(0)), "19700101T000000Z");
        let mut file = CalendarFile::begin("test");
        file.day("DTSTART", Timestamp::from_unix(0).date());
        assert!(file.end().contains("DTSTART;VALUE=DATE:19700101\r\n"));
    }
}
