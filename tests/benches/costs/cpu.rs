//! What processes have used, as Linux tells it.

use std::fs;
use std::time::Duration;

use super::Failed;

/// Long enough for a thread to be taken from its processor.
const STOP: Duration = Duration::from_micros(50);

/// The processor time of a process, over all its threads that are alive.
pub(super) fn of(process: u32) -> Result<Duration, Failed> {
    let mut nanos = 0;
    for thread in fs::read_dir(format!("/proc/{process}/task"))? {
        let path = thread?.path().join("schedstat");
        // A thread may end meanwhile.
        let Ok(text) = fs::read_to_string(path) else {
            continue;
        };
        let ran = text.split_whitespace().next().unwrap_or_default();
        nanos += ran.parse::<u64>()?;
    }
    Ok(Duration::from_nanos(nanos))
}

/// The same of this process. What a thread has used is added up when it stops running, so this one stops.
pub(super) fn own() -> Result<Duration, Failed> {
    std::thread::sleep(STOP);
    of(std::process::id())
}

/// What was used between two readings. A thread that ended meanwhile takes what it has used with it: the
/// difference would say too little.
pub(super) fn between(before: Duration, after: Duration) -> Result<Duration, Failed> {
    let used = after.checked_sub(before);
    Ok(used.ok_or("a thread has ended, and what it used is not known")?)
}

/// The most memory that a process has held at once, in bytes.
pub(super) fn peak_memory(process: u32) -> Result<u64, Failed> {
    let status = fs::read_to_string(format!("/proc/{process}/status"))?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let kilobytes = line.ok_or("Linux does not tell the peak of the memory")?;
    let kilobytes = kilobytes.trim().trim_end_matches(" kB");
    Ok(1_024 * kilobytes.parse::<u64>()?)
}
