//! The time and memory of `bedrock-iam check` for large texts of many shapes.
//!
//! `cargo bench -p bedrock-iam-cli --bench check -- [KiB] [FORMAT…]`; by default, 1024 KiB in all
//! formats. A line has the seconds and, on Linux, the peak memory in MB for each format; `!` marks more
//! than a second or 100 MB, and the last line is the number of such shapes.

use std::error::Error;
use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

#[path = "../tests/support/shapes.rs"]
mod shapes;

fn main() -> Result<(), Box<dyn Error>> {
    let arguments = std::env::args().skip(1).filter(|it| !it.starts_with('-'));
    let (sizes, mut formats): (Vec<_>, Vec<_>) =
        arguments.partition(|it| it.parse::<usize>().is_ok());
    let kib = sizes
        .first()
        .map_or(Ok(1024), |size| size.parse::<usize>())?;
    if formats.is_empty() {
        formats = ["text", "json", "sarif", "github"]
            .map(str::to_owned)
            .into();
    }
    let names: String = formats.iter().map(|name| format!("{name:>18}")).collect();
    println!("{:28}{names}", format!("{kib} KiB"));
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("shapes");
    fs::create_dir_all(&folder)?;
    let mut exceeding = 0;
    for (name, text) in shapes::all(kib << 10) {
        let file = folder.join(format!("{name}.json"));
        fs::write(&file, text)?;
        let mut line = format!("{name:28}");
        let mut exceeds = false;
        for format in &formats {
            let (seconds, memory) = measured(format, &file)?;
            let is_over = seconds > 1.0 || memory.is_some_and(|memory| memory > 100.0);
            exceeds |= is_over;
            let mark = if is_over { "!" } else { " " };
            let memory = memory.map_or("-".to_owned(), |memory| format!("{memory:.0}"));
            line += &format!("{seconds:7.2} s{memory:>5} MB{mark}");
        }
        exceeding += usize::from(exceeds);
        println!("{line}");
    }
    println!("over a second or 100 MB: {exceeding}");
    Ok(())
}

/// Returns the seconds of a check, and its peak memory in MB.
fn measured(format: &str, file: &Path) -> Result<(f64, Option<f64>), Box<dyn Error>> {
    let start = Instant::now();
    let mut child = Command::new(env!("CARGO_BIN_EXE_bedrock-iam"))
        .args(["check", "--format", format])
        .arg(file)
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()?;
    let status = format!("/proc/{}/status", child.id());
    let mut peak = None;
    while child.try_wait()?.is_none() {
        let text = fs::read_to_string(&status).unwrap_or_default();
        let line = text.lines().find_map(|line| line.strip_prefix("VmHWM:"));
        let kib = line.and_then(|line| line.trim().strip_suffix(" kB")?.parse::<f64>().ok());
        peak = kib.map(|kib| kib / 1024.0).or(peak);
        sleep(Duration::from_millis(1));
    }
    Ok((start.elapsed().as_secs_f64(), peak))
}
