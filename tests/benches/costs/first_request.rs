//! What the first request through TLS costs a function: the functions' own client, in a process of its
//! own.

use std::process::{Command, Stdio};
use std::time::Duration;

use domain::BusinessId;
use infra::{Consistency, Store, client, table};

use super::stats::Sorted;
use super::tls::Tls;
use super::{BUSINESS, Failed, TABLE, cpu};

/// Processor time in milliseconds.
#[derive(Debug, Clone)]
pub(super) struct FirstRequest {
    /// Of building the client.
    pub(super) client: Sorted,
    /// Of its first request.
    pub(super) first: Sorted,
    /// Of building it and its first request: certificates are read where it is built.
    pub(super) both: Sorted,
    /// Of its second one.
    pub(super) second: Sorted,
    pub(super) certificates: usize,
}

/// Measures it so many times.
pub(super) async fn measure(tls: &Tls, endpoint: &str, times: u64) -> Result<FirstRequest, Failed> {
    table::create(&client::at(endpoint), TABLE).await?;
    let endpoint = tls.before(endpoint).await?;
    let mut taken = Vec::new();
    for _ in 0..times {
        let environment = tls.environment(&endpoint);
        let program = std::env::current_exe()?;
        let run = move || {
            let mut command = Command::new(program);
            let command = command.arg(super::FIRST_REQUEST).env_clear();
            command.envs(environment).stderr(Stdio::inherit()).output()
        };
        let output = tokio::task::spawn_blocking(run).await??;
        let text = String::from_utf8(output.stdout)?;
        let nanos: Vec<u64> = text
            .split_whitespace()
            .map(str::parse)
            .collect::<Result<_, _>>()?;
        let [client, first, second] = nanos[..] else {
            return Err(format!("a first request said {text:?}").into());
        };
        taken.push([client, first, second].map(Duration::from_nanos));
    }
    let of = |place: usize| Sorted::of_times(taken.iter().map(|times| times[place]));
    Ok(FirstRequest {
        client: of(0),
        first: of(1),
        both: Sorted::of_times(taken.iter().map(|times| times[0] + times[1])),
        second: of(2),
        certificates: tls.certificates,
    })
}

/// The child: says what the client, its first request and its second one took.
pub(super) async fn run() -> Result<(), Failed> {
    let started = cpu::own()?;
    let client = client::of_function()?;
    let built = cpu::own()?;
    let store = Store::new(client, TABLE);
    let business: BusinessId = BUSINESS.parse()?;
    // A GetItem; whether there are settings is of no matter.
    let read = || store.settings(&business, Consistency::Eventual);
    read().await?;
    let first = cpu::own()?;
    read().await?;
    let second = cpu::own()?;
    let [client, first, second] = [(built, started), (first, built), (second, first)]
        .map(|(after, before)| cpu::between(before, after));
    let nanos = [client?, first?, second?].map(|time| time.as_nanos());
    println!("{} {} {}", nanos[0], nanos[1], nanos[2]);
    Ok(())
}
