//! A collection as banks read it: `pain.008.001.08` of ISO 20022, in the use of the SEPA core
//! direct debit scheme (European Payments Council, EPC130-08).

use std::io;

use chrono::SecondsFormat;
use domain::sepa::{Batch, Bic, CollectionFile, Creditor, Debit, SepaText};
use infra::Fault;
use quick_xml::Writer;
use quick_xml::escape::partial_escape;
use quick_xml::events::{BytesDecl, BytesText, Event};

type Xml = Writer<Vec<u8>>;

/// The file in UTF-8, one `PmtInf` for each sequence. The same collection always gives the same
/// bytes.
///
/// # Errors
/// [`Fault::Broken`] when the XML cannot be written, which takes no more than memory.
pub fn pain008(file: &CollectionFile) -> Result<Vec<u8>, Fault> {
    let mut xml = Writer::new_with_indent(Vec::new(), b' ', 1);
    document(&mut xml, file).map_err(|error| Fault::Broken {
        cause: format!("pain.008: {error}"),
    })?;
    Ok(xml.into_inner())
}

fn document(xml: &mut Xml, file: &CollectionFile) -> io::Result<()> {
    xml.write_event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)))?;
    let namespace = ("xmlns", "urn:iso:std:iso:20022:tech:xsd:pain.008.001.08");
    let document = xml.create_element("Document").with_attribute(namespace);
    document.write_inner_content(|xml| {
        within(xml, "CstmrDrctDbtInitn", |xml| {
            within(xml, "GrpHdr", |xml| group_header(xml, file))?;
            let mut batches = file.batches().into_iter();
            batches.try_for_each(|batch| within(xml, "PmtInf", |xml| payment(xml, file, &batch)))
        })
    })?;
    Ok(())
}

fn group_header(xml: &mut Xml, file: &CollectionFile) -> io::Result<()> {
    let created_at = (file.created_at()).to_rfc3339_opts(SecondsFormat::Secs, true);
    put(xml, "MsgId", file.id().as_str())?;
    put(xml, "CreDtTm", &created_at)?;
    put(xml, "NbOfTxs", &file.debits().len().to_string())?;
    put(xml, "CtrlSum", &euro(file.total_cents()))?;
    put(
        xml,
        "InitgPty/Nm",
        name(file.creditor().name.as_str()).as_str(),
    )
}

fn payment(xml: &mut Xml, file: &CollectionFile, batch: &Batch) -> io::Result<()> {
    put(xml, "PmtInfId", &batch.id)?;
    put(xml, "PmtMtd", "DD")?;
    put(xml, "NbOfTxs", &batch.debits.len().to_string())?;
    put(xml, "CtrlSum", &euro(batch.total_cents()))?;
    within(xml, "PmtTpInf", |xml| {
        put(xml, "SvcLvl/Cd", "SEPA")?;
        put(xml, "LclInstrm/Cd", "CORE")?;
        put(xml, "SeqTp", batch.sequence.code())
    })?;
    put(xml, "ReqdColltnDt", &file.collect_on().to_string())?;
    creditor(xml, file.creditor())?;
    let mut debits = batch.debits.iter();
    debits.try_for_each(|debit| within(xml, "DrctDbtTxInf", |xml| transaction(xml, debit)))
}

fn creditor(xml: &mut Xml, creditor: &Creditor) -> io::Result<()> {
    put(xml, "Cdtr/Nm", name(creditor.name.as_str()).as_str())?;
    put(xml, "CdtrAcct/Id/IBAN", creditor.iban.electronic())?;
    agent(xml, "CdtrAgt", creditor.bic.as_ref())?;
    put(xml, "ChrgBr", "SLEV")?;
    within(xml, "CdtrSchmeId", |xml| {
        within(xml, "Id", |xml| {
            within(xml, "PrvtId", |xml| {
                within(xml, "Othr", |xml| {
                    put(xml, "Id", creditor.id.as_str())?;
                    put(xml, "SchmeNm/Prtry", "SEPA")
                })
            })
        })
    })
}

fn transaction(xml: &mut Xml, debit: &Debit) -> io::Result<()> {
    let mandate = &debit.mandate;
    put(xml, "PmtId/EndToEndId", debit.id.as_str())?;
    let amount = xml.create_element("InstdAmt");
    let amount = amount.with_attribute(("Ccy", debit.amount.currency().code()));
    amount.write_text_content(BytesText::new(&euro(debit.amount.amount_minor())))?;
    within(xml, "DrctDbtTx", |xml| {
        within(xml, "MndtRltdInf", |xml| {
            put(xml, "MndtId", mandate.reference.as_str())?;
            put(xml, "DtOfSgntr", &mandate.signed_on.to_string())
        })
    })?;
    agent(xml, "DbtrAgt", mandate.bic.as_ref())?;
    put(xml, "Dbtr/Nm", name(mandate.holder.as_str()).as_str())?;
    put(xml, "DbtrAcct/Id/IBAN", mandate.iban.electronic())?;
    put(xml, "RmtInf/Ustrd", debit.remittance.as_str())
}

/// A bank by its BIC or, where nobody gave one, as the scheme says so.
fn agent(xml: &mut Xml, element: &str, bic: Option<&Bic>) -> io::Result<()> {
    within(xml, element, |xml| match bic {
        Some(bic) => put(xml, "FinInstnId/BICFI", bic.as_str()),
        None => put(xml, "FinInstnId/Othr/Id", "NOTPROVIDED"),
    })
}

/// Of the 140 characters of ISO 20022, SEPA passes on 70.
fn name(text: &str) -> SepaText<70> {
    SepaText::of(text)
}

/// An amount in euro with its cents, such as `1250.00`.
fn euro(cents: u64) -> String {
    format!("{}.{:02}", cents / 100, cents % 100)
}

fn within(
    xml: &mut Xml,
    element: &str,
    content: impl FnOnce(&mut Xml) -> io::Result<()>,
) -> io::Result<()> {
    xml.create_element(element).write_inner_content(content)?;
    Ok(())
}

/// Writes a text within the elements of a path, the outermost first.
fn put(xml: &mut Xml, path: &str, text: &str) -> io::Result<()> {
    match path.split_once('/') {
        Some((outer, inner)) => within(xml, outer, |xml| put(xml, inner, text)),
        None => {
            let element = xml.create_element(path);
            // Outside attributes, quotation marks and apostrophes stand as they are.
            let text = BytesText::from_escaped(partial_escape(text));
            element.write_text_content(text)?;
            Ok(())
        }
    }
}
