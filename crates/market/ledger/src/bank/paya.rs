//! Group transfer in XML, after ISO 20022: pain.001 out, pain.002 back.

use std::fmt::Write as _;

use money::Rial;

use super::xml::{element, elements, escaped, plain};
use super::{BankFile, Order, Unreadable, amount};
use crate::payouts::{ResultLine, ResultStatus};

/// The file of a batch.
pub(super) fn write(file: &BankFile, total: Rial) -> Vec<u8> {
    let mut out = String::with_capacity(1_000 + file.orders.len() * 420);
    let (count, sum) = (file.orders.len(), total.get());
    // Writing to a string cannot fail.
    let _ = write!(
        out,
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
         <Document xmlns=\"urn:iso:std:iso:20022:tech:xsd:pain.001.001.03\">\n<CstmrCdtTrfInitn>\n\
         <GrpHdr><MsgId>{number}</MsgId><CreDtTm>{made}</CreDtTm><NbOfTxs>{count}</NbOfTxs>\
         <CtrlSum>{sum}</CtrlSum><InitgPty><Nm>{debtor}</Nm></InitgPty></GrpHdr>\n\
         <PmtInf><PmtInfId>{number}</PmtInfId><PmtMtd>TRF</PmtMtd><NbOfTxs>{count}</NbOfTxs>\
         <CtrlSum>{sum}</CtrlSum><ReqdExctnDt>{day}</ReqdExctnDt><Dbtr><Nm>{debtor}</Nm></Dbtr>\
         <DbtrAcct><Id><IBAN>{account}</IBAN></Id></DbtrAcct>\n",
        number = escaped(&file.number),
        made = file.made_at,
        debtor = escaped(&file.debtor.name),
        day = file.pay_on,
        account = escaped(&file.debtor.sheba),
    );
    for order in &file.orders {
        let _ = writeln!(
            out,
            "<CdtTrfTxInf><PmtId><InstrId>{reference}</InstrId><EndToEndId>{reference}</EndToEndId></PmtId>\
             <Amt><InstdAmt Ccy=\"IRR\">{amount}</InstdAmt></Amt><Cdtr><Nm>{name}</Nm></Cdtr>\
             <CdtrAcct><Id><IBAN>{sheba}</IBAN></Id></CdtrAcct></CdtTrfTxInf>",
            reference = escaped(&order.reference),
            amount = order.amount.get(),
            name = escaped(&order.name),
            sheba = escaped(&order.sheba),
        );
    }
    out.push_str("</PmtInf>\n</CstmrCdtTrfInitn>\n</Document>\n");
    out.into_bytes()
}

/// Our own file, as the bank reads it.
pub(super) fn read_orders(text: &str) -> Result<Vec<Order>, Unreadable> {
    let mut orders = Vec::new();
    for (at, one) in elements(text, "CdtTrfTxInf").enumerate() {
        let place = at + 1;
        let field = |name, fault| {
            element(one, name)
                .map(plain)
                .ok_or(Unreadable { place, fault })
        };
        orders.push(Order {
            reference: field("EndToEndId", "no reference")?,
            amount: amount(&field("InstdAmt", "no amount")?, place)?,
            name: field("Nm", "no name")?,
            sheba: field("IBAN", "no account")?,
        });
    }
    match orders.is_empty() {
        true => Err(Unreadable {
            place: 1,
            fault: "the file holds no payment",
        }),
        false => Ok(orders),
    }
}

/// The bank's answer: ACSC paid, RJCT not paid, RTRN came back.
pub(super) fn read_result(text: &str) -> Result<Vec<ResultLine>, Unreadable> {
    let mut lines = Vec::new();
    for (at, one) in elements(text, "TxInfAndSts").enumerate() {
        let place = at + 1;
        let optional = |name| element(one, name).map(plain).unwrap_or_default();
        let status = match optional("TxSts").as_str() {
            "ACSC" => ResultStatus::Paid,
            "RJCT" => ResultStatus::Failed,
            "RTRN" => ResultStatus::Returned,
            _ => {
                return Err(Unreadable {
                    place,
                    fault: "an unknown status",
                });
            }
        };
        let reference = optional("OrgnlEndToEndId");
        if reference.is_empty() {
            return Err(Unreadable {
                place,
                fault: "no reference",
            });
        }
        let named = optional("InstdAmt");
        let day = optional("AccptncDt");
        lines.push(ResultLine {
            reference,
            amount: if named.is_empty() {
                None
            } else {
                Some(amount(&named, place)?)
            },
            status,
            reason: optional("AddtlInf"),
            bank_reference: optional("AcctSvcrRef"),
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
    let mut out = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
        <Document xmlns=\"urn:iso:std:iso:20022:tech:xsd:pain.002.001.03\">\n<CstmrPmtStsRpt>\n\
        <OrgnlPmtInfAndSts>\n"
        .to_owned();
    for line in lines {
        let status = match line.status {
            ResultStatus::Paid => "ACSC",
            ResultStatus::Failed => "RJCT",
            ResultStatus::Returned => "RTRN",
        };
        let _ = write!(
            out,
            "<TxInfAndSts><OrgnlEndToEndId>{}</OrgnlEndToEndId><TxSts>{status}</TxSts>\
             <StsRsnInf><AddtlInf>{}</AddtlInf></StsRsnInf><AcctSvcrRef>{}</AcctSvcrRef>",
            escaped(&line.reference),
            escaped(&line.reason),
            escaped(&line.bank_reference),
        );
        if let Some(amount) = line.amount {
            let _ = write!(out, "<InstdAmt Ccy=\"IRR\">{}</InstdAmt>", amount.get());
        }
        if let Some(day) = line.day {
            let _ = write!(out, "<AccptncDt>{day}</AccptncDt>");
        }
        out.push_str("</TxInfAndSts>\n");
    }
    out.push_str("</OrgnlPmtInfAndSts>\n</CstmrPmtStsRpt>\n</Document>\n");
    out.into_bytes()
}
