use persian::Timestamp;
use proptest::prelude::*;

use super::*;
use crate::payouts::ResultStatus;

fn file(orders: Vec<Order>) -> BankFile {
    BankFile {
        number: "P-1405-0001".into(),
        made_at: Timestamp::from_unix(1_795_420_800),
        pay_on: Timestamp::from_unix(1_795_420_800).date(),
        debtor: Debtor {
            name: "شهر & بازار".into(),
            sheba: "IR062960000000100324200001".into(),
        },
        orders,
    }
}

fn order(reference: &str, amount: i64, name: &str) -> Order {
    Order {
        reference: reference.into(),
        amount: Rial::new(amount),
        name: name.into(),
        sheba: "IR820540102680020817909002".into(),
    }
}

#[test]
fn the_control_sum_and_the_count_stand_in_the_file() {
    let bytes = Profile::Paya
        .write(&file(vec![order("A", 1_000, "x"), order("B", 2_500, "y")]))
        .unwrap();
    let text = String::from_utf8(bytes).unwrap();
    assert_eq!(xml::element(&text, "CtrlSum"), Some("3500"));
    assert_eq!(xml::element(&text, "NbOfTxs"), Some("2"));
}

#[test]
fn a_broken_answer_names_its_place() {
    let fault = Profile::Csv.read_result(b"nonsense").unwrap_err();
    assert_eq!(fault.place, 1);
    let text = "reference,amount_rial,status,reason,bank_reference,settled_on\r\nA,-5,paid,,,\r\n";
    assert_eq!(
        Profile::Csv.read_result(text.as_bytes()).unwrap_err().place,
        2
    );
    assert!(Profile::Paya.read_result(b"<Document/>").is_err());
    assert!(Profile::Paya.read_result(&[0xff, 0xfe]).is_err());
}

#[test]
fn a_sum_that_does_not_fit_writes_no_file() {
    let both = file(vec![order("A", i64::MAX, "x"), order("B", 1, "y")]);
    assert!(Profile::Paya.write(&both).is_err());
}

proptest! {
    #[test]
    fn the_bank_reads_what_we_wrote_and_two_writings_agree(
        names in prop::collection::vec("[ا-ی a-z<>&\"',]{1,20}", 1..20), amounts in prop::collection::vec(1_i64..1_000_000_000, 20),
    ) {
        let orders: Vec<Order> = names.iter().zip(amounts).enumerate()
            .map(|(at, (name, amount))| order(&format!("P-{at:05}"), amount, name.trim())).collect();
        let file = file(orders.clone());
        for profile in [Profile::Paya, Profile::Csv] {
            let bytes = profile.write(&file).unwrap();
            prop_assert_eq!(&bytes, &profile.write(&file).unwrap());
            prop_assert_eq!(profile.read_orders(&bytes).unwrap(), orders.clone());
        }
    }

    #[test]
    fn we_read_what_the_bank_answers(reasons in prop::collection::vec("[ا-ی a-z<>&\"',]{0,20}", 1..20)) {
        let lines: Vec<ResultLine> = reasons.iter().enumerate().map(|(at, reason)| ResultLine {
            reference: format!("P-{at:05}"),
            amount: (at % 2 == 0).then_some(Rial::new(5_000)),
            status: ResultStatus::ALL[at % 3],
            reason: reason.trim().into(),
            bank_reference: at.to_string(),
            day: (at % 3 == 0).then(|| Timestamp::from_unix(1_795_420_800).date()),
        }).collect();
        for profile in [Profile::Paya, Profile::Csv] {
            prop_assert_eq!(profile.read_result(&profile.write_result(&lines)).unwrap(), lines.clone());
        }
    }

    #[test]
    fn no_file_makes_the_reader_panic(text in ".{0,300}") {
        for profile in [Profile::Paya, Profile::Csv] {
            let _ = profile.read_result(text.as_bytes());
            let _ = profile.read_orders(text.as_bytes());
        }
    }
}
